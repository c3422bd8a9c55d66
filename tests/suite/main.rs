//! The integration tests, one binary.

mod report;
mod sample;
