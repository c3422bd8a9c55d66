//! Tallies, histograms, ratio estimators, intervals: pure mathematics.

mod competing;
mod histogram;
mod moments;
mod percentile;
mod ratio;
mod spread;
mod student;

pub use competing::{Incidence, cumulative_incidence};
pub use histogram::{CoarseHistogram, FineHistogram, Histogram, PooledBins};
pub use moments::{Form, Moments};
pub use percentile::{Percentile, Percentiles};
pub use ratio::{Estimated, ratio_of_sums};
pub use spread::{Scale, Spread};
pub use student::student_multiple;
