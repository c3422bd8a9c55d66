//! What a folder of results holds, and the names that files in it may have.

use serde::{Deserialize, Serialize};

use crate::report::charts;

/// The marker of a folder that holdline made.
pub(super) const MARKER: &str = ".holdline";

/// Where a sweep keeps its rows until all are there.
pub const UNFINISHED: &str = "unfinished";

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// The results of a run.
    Run,
    /// A sweep, or a part of one.
    Sweep,
    /// A comparison.
    Comparison,
    /// A scenario beside what was seen.
    Validation,
    /// A league of routing rules.
    League,
    /// What each parameter moves.
    Tornado,
    /// A scenario that was made out of an export.
    Scenario,
    /// A forecast.
    Forecast,
}

impl Holds {
    /// In a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Holds::Run => "the results of a run",
            Holds::Sweep => "a sweep",
            Holds::Comparison => "a comparison",
            Holds::Validation => "a scenario beside a report",
            Holds::League => "a league",
            Holds::Tornado => "a tornado",
            Holds::Scenario => "an imported scenario",
            Holds::Forecast => "a forecast",
        }
    }

    /// The names of its files, but for charts.
    fn names(self) -> &'static [&'static str] {
        match self {
            Holds::Run => &[
                "report.html",
                "summary.json",
                "queues.csv",
                "intervals.csv",
                "backlog.csv",
                "groups.csv",
                "cases.csv",
                "journeys.csv",
                "scenario.toml",
                "contacts.csv",
                "contacts.jsonl",
                "contacts.parquet",
                "events.csv",
                "events.jsonl",
                "events.parquet",
                "replications.csv",
                "replications.jsonl",
                "replications.parquet",
                "states.csv",
                "states.jsonl",
                "states.parquet",
                "work.csv",
                "work.jsonl",
                "work.parquet",
                "tables.xlsx",
            ],
            Holds::Sweep => &["report.html", "sweep.csv", "sweep.json", "progress.json", "tables.xlsx"],
            Holds::Comparison => {
                &["compare.html", "compare.csv", "targets.csv", "summary.json", "tables.xlsx"]
            }
            Holds::Validation => &["validate.html", "baseline.csv", "totals.csv", "summary.json"],
            Holds::League => {
                &["league.csv", "league.md", "league.tex", "compare.csv", "targets.csv", "summary.json"]
            }
            Holds::Forecast => &["forecast.csv", "days.csv", "back_test.csv", "volumes.toml"],
            Holds::Tornado => &["tornado.csv", "summary.json"],
            Holds::Scenario => &[
                "centre.toml",
                "volumes.csv",
                "staff.csv",
                "talk.csv",
                "not_ready.csv",
                "arrivals.csv",
                "origin.md",
                "roster.toml",
            ],
        }
    }

    /// Whether a chart of it may have this name.
    fn has_chart(self, name: &str) -> bool {
        match self {
            Holds::Run => charts::is_of_run(name),
            Holds::Sweep => charts::is_of_sweep(name),
            Holds::Comparison => charts::is_of_comparison(name),
            Holds::Validation | Holds::Scenario => false,
            Holds::League => charts::is_of_league(name),
            Holds::Forecast => charts::is_of_forecast(name),
            Holds::Tornado => charts::is_of_tornado(name),
        }
    }

    /// Whether a file of it may have this name (within the folder, with `/`), or a folder that such a file lies in.
    pub(super) fn may_hold(self, name: &str) -> bool {
        if name.starts_with(MARKER) || self.names().contains(&name) {
            return true;
        }
        match name.split_once('/') {
            None if name == "charts" => !matches!(self, Holds::Validation | Holds::Scenario),
            None => name == UNFINISHED && self == Holds::Sweep,
            Some(("charts", chart)) => {
                let Some((stem, "svg" | "png")) = chart.rsplit_once('.') else { return false };
                let (stem, part) = stem.split_once('-').unwrap_or((stem, "2"));
                self.has_chart(stem) && part.bytes().all(|b| b.is_ascii_digit())
            }
            Some((UNFINISHED, _)) => self == Holds::Sweep,
            Some(_) => false,
        }
    }
}
