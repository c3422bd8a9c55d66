//! (floor under construction)

pub mod erlang;
