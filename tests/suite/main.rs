//! The integration tests, one binary.

// Yardsticks may be computed by whatever is at hand.
#![allow(clippy::disallowed_methods)]

mod commands;
mod diagnostics;
mod draws;
mod erlang_command;
mod figures_doc;
mod formulas;
mod hand_written_loops;
mod laws;
mod markdown;
mod page;
mod pinned_draws;
mod report;
mod sample;
mod scenario;
mod written_commands;
