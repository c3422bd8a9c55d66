//! Named draws and the laws they follow.

mod draw;
#[cfg(feature = "rand")]
mod generator;
mod law;

// What a study samples by itself, it samples with the versions that are pinned here.
#[cfg(feature = "rand")]
pub use rand;
#[cfg(feature = "rand")]
pub use rand_distr;

pub use draw::{Key, Purpose, unit};
#[cfg(feature = "rand")]
pub use generator::Draws;
pub use law::{Law, Sampler, UnitExponential, normal_cdf, normal_quantile};
