//! The integration tests, one binary.

mod diagnostics;
mod draws;
mod erlang_command;
mod exact;
mod formulas;
mod hand_written_loops;
mod laws;
mod pinned_draws;
mod report;
mod sample;
mod scenario;
