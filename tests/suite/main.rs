//! The integration tests, one binary.

mod formulas;
