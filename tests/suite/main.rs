//! The integration tests, one binary.

mod commands;
mod diagnostics;
mod erlang_command;
mod formulas;
mod hand_written_loops;
mod laws;
mod report;
mod sample;
mod scenario;
