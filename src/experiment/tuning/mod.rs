//! Which values of several settings are best: the cross-entropy method on common customers.

mod cross_entropy;
mod range;
mod tune;

pub use range::SettingRange;
pub use tune::{Generation, Tune, TuneFailure, Tuned};
