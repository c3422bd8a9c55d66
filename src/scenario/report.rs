//! `[report]`: what the report shows.

use crate::units::Span;
use crate::vocabulary::words;

words! {
    /// Which interval rows are kept.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum IntervalRows {
        /// Each interval up to 28 days; by date, and by weekday and time of day, past that.
        #[default]
        Auto = "auto",
        /// Each interval, however many.
        Each = "each",
    }
}

/// `[report]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportOptions {
    /// A further contact of the case within this time spoils the measured FCR.
    pub fcr_window: Span,
    /// Which interval rows are kept.
    pub intervals: IntervalRows,
}

impl Default for ReportOptions {
    fn default() -> ReportOptions {
        ReportOptions { fcr_window: Span::DAY * 7, intervals: IntervalRows::Auto }
    }
}
