//! Tallies, histograms, ratio estimators, intervals: pure mathematics.

mod best;
mod busyness;
mod competing;
mod contrasts;
mod histogram;
mod in_common;
mod moments;
mod mser;
mod ocba;
mod paired;
mod percentile;
mod ratio;
mod sampling;
mod selection;
mod spread;
mod student;

pub use best::probability_best;
pub use busyness::{PastDay, Scatter, WithinDay};
pub use competing::{Incidence, cumulative_incidence};
pub use histogram::{CoarseHistogram, FineHistogram, Histogram, PooledBins};
pub use in_common::in_common;
pub use moments::{Form, Moments};
pub use mser::mser_5;
pub use ocba::ocba;
pub use paired::{
    LinearRatio, PairedDifference, Terms, interval_multiple, paired_difference, ratio_of_terms,
};
pub use percentile::{LinearPercentile, Percentile, Percentiles};
pub use ratio::{Estimated, ratio_of_sums};
pub use sampling::{LOOK_EVERY, Lengths, Place, Sampling};
pub use selection::KimNelson;
pub use spread::{Scale, Spread};
pub use student::student_multiple;
