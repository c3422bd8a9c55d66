//! Tallies, histograms, ratio estimators, intervals: pure mathematics.

mod histogram;
mod moments;
mod ratio;

pub use histogram::{CoarseHistogram, FineHistogram, Histogram, PooledBins};
pub use moments::{Form, Moments};
pub use ratio::Estimated;
