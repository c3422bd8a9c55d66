//! The integration tests, one binary.

mod erlang_command;
mod formulas;
mod hand_written_loops;
