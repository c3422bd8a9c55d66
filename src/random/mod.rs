//! Named draws and the laws they follow.

mod draw;
mod law;

pub use draw::{Key, Purpose, unit};
pub use law::{Law, Sampler};
