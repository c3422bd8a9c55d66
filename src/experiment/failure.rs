//! Why an experiment has no results.

use thiserror::Error;

use crate::engine::Unstable;
use crate::figures::NoSuchFigure;

/// Why an experiment or a comparison has no results.
#[derive(Debug, Error)]
pub enum Failure {
    /// The queues grow without end.
    #[error(transparent)]
    Unstable(#[from] Unstable),
    /// Those of one of several variants do.
    #[error("{variant}: {unstable}")]
    UnstableVariant {
        /// Its name.
        variant: String,
        /// What grew.
        unstable: Unstable,
    },
    /// It was stopped before the first replication (of each variant) was done.
    #[error("stopped before the first replication was done")]
    Stopped,
    /// The precision asks for a figure that has no value.
    #[error("`{0}` has no value in this scenario, so no precision can be reached")]
    NoFigure(String),
    /// The replications of two centres are not about the same time.
    #[error("{variant} and {baseline} cannot be compared: {reason}")]
    Horizon {
        /// Its name.
        variant: String,
        /// The baseline's.
        baseline: String,
        /// What differs.
        reason: String,
    },
    /// A figure that a centre does not have.
    #[error("{variant}: {cause}")]
    Figure {
        /// The centre's name.
        variant: String,
        /// What is wrong.
        cause: NoSuchFigure,
    },
    /// Something was said about a figure that is not compared.
    #[error("`{0}` is not among the figures that are compared")]
    NotCompared(String),
    /// A contest needs a figure of which more or less is better.
    #[error("nothing is best by `{0}`: neither more nor less of it is better")]
    NoDirection(String),
    /// A contest needs a spread to begin with.
    #[error("the best can be found from two replications on")]
    TooFew,
}
