//! The integration tests, one binary.

mod draws;
mod laws;
mod pinned_draws;
