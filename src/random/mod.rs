//! Named draws and the laws they follow.

mod draw;
mod generator;
mod law;

pub use draw::{Key, Purpose, unit};
pub use generator::Draws;
pub use law::{Law, Sampler, UnitExponential, normal_cdf, normal_quantile};
