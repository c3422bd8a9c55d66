//! What every command that plays a scenario may be given, and where results go.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::threads::use_threads;

/// The flags of every command that plays.
#[derive(Args, Clone, Debug, Default)]
pub struct PlayArgs {
    /// Sets one value of the scenario, whatever its place: `queues.billing.talk.mean=5m`
    #[arg(long, value_name = "PATH=VALUE", value_parser = super::typed)]
    pub set: Vec<String>,
    /// Independent play-throughs (over the scenario's)
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub replications: Option<NonZeroU64>,
    /// The seed of all draws (over the scenario's)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; the results are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub threads: Option<NonZeroU64>,
    /// No progress, no warnings
    #[arg(long, short)]
    pub quiet: bool,
}

impl PlayArgs {
    /// Everything that goes over the scenario, the special flags last.
    #[must_use]
    pub fn settings(&self) -> Vec<String> {
        let mut settings = self.set.clone();
        settings.extend(self.over());
        settings
    }

    /// What the special flags put over the scenario.
    pub(super) fn over(&self) -> impl Iterator<Item = String> {
        let replications = self.replications.map(|count| format!("experiment.replications={count}"));
        let seed = self.seed.map(|seed| format!("experiment.seed={seed}"));
        replications.into_iter().chain(seed)
    }

    /// Makes the threads.
    ///
    /// # Errors
    /// The machine refuses them.
    pub(super) fn use_threads(&self) -> Result<(), Failure> {
        use_threads(self.threads, self.quiet)
    }
}

/// The flags of every command that fills a folder.
#[derive(Args, Clone, Debug, Default)]
pub struct OutArgs {
    /// Where the results go [default: a folder in output/, named after the scenario]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write into a folder that holds other files too: those of the results' names are replaced
    #[arg(long)]
    pub force: bool,
}

/// How results are shown that have tables and a page.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct ShownArgs {
    /// Print the results as JSON instead of tables
    #[arg(long)]
    pub json: bool,
    /// Write all tables as one Excel workbook too: `tables.xlsx`
    #[arg(long)]
    pub xlsx: bool,
    /// Open the page in the browser when it is written
    #[cfg(feature = "open")]
    #[arg(long)]
    pub open: bool,
}

impl ShownArgs {
    /// Opens the page of what was written, which is the first of it, where that was asked.
    pub(super) fn open_page(self, written: &[PathBuf]) {
        #[cfg(feature = "open")]
        written.iter().take(usize::from(self.open)).for_each(super::browser::show);
        #[cfg(not(feature = "open"))]
        let _ = written;
    }
}

/// A whole number of 1 or more.
pub(super) fn at_least_one(text: &str) -> Result<NonZeroU64, String> {
    match text.parse::<u64>().map(NonZeroU64::new) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err("it must be at least 1".to_owned()),
        Err(_) => Err("it must be a whole number of 1 or more".to_owned()),
    }
}
