//! Why there is no roster.

use std::fmt;

use super::candidates::MOST;

/// Why there is no roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotScheduled {
    /// The file has no templates.
    NoTemplate,
    /// Nobody is required.
    NothingRequired,
    /// A group that is required has no `staff` that shifts could replace.
    NoStaff(String),
    /// A group's shifts are written by another clock than what is required.
    OtherClock(String),
    /// No shift covers some times.
    Uncovered {
        /// The groups, one of which would do.
        groups: Vec<String>,
        /// Weekday and times of the first gaps.
        times: Vec<String>,
    },
    /// Some have costs and some do not.
    NoCost(String),
    /// More shifts than anybody can choose from.
    TooMany,
    /// The times of the templates have no common step of a minute or more.
    TooFine,
    /// `at_least` of a template cannot be.
    Contradiction,
    /// The time was over before there was a roster.
    Stopped,
    /// The solver failed.
    Solver(String),
}

impl fmt::Display for NotScheduled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotScheduled::NoTemplate => f.write_str("the scenario has no shift templates"),
            NotScheduled::NothingRequired => f.write_str("nobody is required at any time"),
            NotScheduled::OtherClock(group) => {
                write!(
                    f,
                    "`groups.{group}.time_zone` is another clock than the centre's, by which agents are required"
                )
            }
            NotScheduled::NoStaff(group) => write!(
                f,
                "agents of `groups.{group}` are required, and it has no `staff` that shifts could replace"
            ),
            NotScheduled::Uncovered { groups, times } => write!(
                f,
                "no template covers {} {}, when agents are required",
                named(groups),
                times.join(", ")
            ),
            NotScheduled::NoCost(group) => write!(f, "`groups.{group}` has no cost, and others have one"),
            NotScheduled::TooMany => write!(f, "the templates allow more than {MOST} shifts"),
            NotScheduled::TooFine => {
                f.write_str("the times of the templates have no step of a minute or more in common")
            }
            NotScheduled::Contradiction => {
                f.write_str("the limits `at_least` and `at_most` of the templates leave no roster")
            }
            NotScheduled::Stopped => f.write_str("there was no roster yet when the time was over"),
            NotScheduled::Solver(reason) => write!(f, "the solver failed: {reason}"),
        }
    }
}

impl std::error::Error for NotScheduled {}

fn named(groups: &[String]) -> String {
    groups.iter().map(|name| format!("`groups.{name}`")).collect::<Vec<_>>().join(" or ")
}
