//! Why an experiment has no results.

use std::fmt;

use crate::engine::Unstable;
use crate::figures::NoSuchFigure;

/// Why an experiment or a comparison has no results.
#[derive(Debug)]
pub enum Failure {
    /// The queues grow without end.
    Unstable(Unstable),
    /// Those of one of several variants do.
    UnstableVariant {
        /// Its name.
        variant: String,
        /// What grew.
        unstable: Unstable,
    },
    /// It was stopped before the first replication (of each variant) was done.
    Stopped,
    /// The precision asks for a figure that has no value.
    NoFigure(String),
    /// The replications of two centres are not about the same time.
    Horizon {
        /// Its name.
        variant: String,
        /// The baseline's.
        baseline: String,
        /// What differs.
        reason: String,
    },
    /// A figure that a centre does not have.
    Figure {
        /// The centre's name.
        variant: String,
        /// What is wrong.
        cause: NoSuchFigure,
    },
    /// Something was said about a figure that is not compared.
    NotCompared(String),
    /// A contest needs a figure of which more or less is better.
    NoDirection(String),
    /// A contest needs a spread to begin with.
    TooFew,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Unstable(unstable) => unstable.fmt(f),
            Failure::UnstableVariant { variant, unstable } => write!(f, "{variant}: {unstable}"),
            Failure::Stopped => f.write_str("stopped before the first replication was done"),
            Failure::NoFigure(figure) => {
                write!(f, "`{figure}` has no value in this scenario, so no precision can be reached")
            }
            Failure::Horizon { variant, baseline, reason } => {
                write!(f, "{variant} and {baseline} cannot be compared: {reason}")
            }
            Failure::Figure { variant, cause } => write!(f, "{variant}: {cause}"),
            Failure::NotCompared(figure) => {
                write!(f, "`{figure}` is not among the figures that are compared")
            }
            Failure::NoDirection(figure) => {
                write!(f, "nothing is best by `{figure}`: neither more nor less of it is better")
            }
            Failure::TooFew => f.write_str("the best can be found from two replications on"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Unstable> for Failure {
    fn from(unstable: Unstable) -> Failure {
        Failure::Unstable(unstable)
    }
}
