//! The integration tests, one binary.

mod laws;
mod formulas;
mod hand_written_loops;
mod report;
mod sample;
