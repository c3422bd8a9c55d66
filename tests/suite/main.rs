//! The integration tests, one binary.

mod laws;
