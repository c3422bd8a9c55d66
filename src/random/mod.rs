//! Named draws and the laws they follow.

mod draw;
mod generator;
mod law;

// What a study samples by itself, it samples with the versions that are pinned here.
pub use rand;
pub use rand_distr;

pub use draw::{Key, Purpose, unit};
pub use generator::Draws;
pub use law::{Law, Sampler, UnitExponential, normal_cdf, normal_quantile};
