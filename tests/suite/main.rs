//! The integration tests, one binary.

mod commands;
mod diagnostics;
mod draws;
mod erlang_command;
mod formulas;
mod hand_written_loops;
mod laws;
mod pilot;
mod pinned_draws;
mod real_data;
mod report;
mod sample;
mod scenario;
