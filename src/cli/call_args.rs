//! What the words of a log of calls mean, for every command that reads one.

use clap::Args;

use crate::acd::CallWords;
use crate::units::{Span, parse_duration};

/// The flags.
#[derive(Args, Clone, Debug)]
pub struct CallArgs {
    /// Calls: an outcome of calls that an agent took
    #[arg(long, value_name = "TEXT")]
    pub answered: Vec<String>,
    /// Calls: an outcome of calls whose customer abandoned
    #[arg(long, value_name = "TEXT")]
    pub abandoned: Vec<String>,
    /// Calls: a name that stands where no agent is known
    #[arg(long, value_name = "TEXT")]
    pub nobody: Vec<String>,
    /// Calls: who abandoned sooner asked for no agent
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = parse_duration)]
    pub ignore_abandons_under: Span,
}

impl CallArgs {
    /// What they say.
    pub(super) fn words(&self) -> CallWords {
        CallWords {
            answered: self.answered.clone(),
            abandoned: self.abandoned.clone(),
            nobody: self.nobody.clone(),
            least_wait: self.ignore_abandons_under.seconds(),
        }
    }
}
