//! Named draws and the distributions they follow.

mod distribution;
mod draw;
#[cfg(feature = "rand")]
mod generator;

// What a study samples by itself, it samples with the versions that are pinned here.
#[cfg(feature = "rand")]
pub use rand;
#[cfg(feature = "rand")]
pub use rand_distr;

pub use distribution::{Distribution, Sampler, UnitExponential, normal_cdf, normal_quantile};
pub use draw::{Key, Purpose, unit};
#[cfg(feature = "rand")]
pub use generator::Draws;
