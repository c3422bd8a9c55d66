//! Estimates: pure mathematics.

pub mod normal;
pub mod student;
