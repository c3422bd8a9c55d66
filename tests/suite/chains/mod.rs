//! Yardsticks of the channels: small chains and product forms for chats, tiers, transfers and callbacks.
//!
//! They are solved exactly, and tested here against the formulas of which they are an extension, so that
//! `exact` can hold the simulation to them. Rates are per second, times in seconds.

pub mod callbacks;
pub mod chat;
pub mod interruption;
pub mod repeat_contacts;
pub mod tiers;
pub mod turns;
pub mod warm_transfer;

#[track_caller]
fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1e-3), "{got} is not {want}");
}
