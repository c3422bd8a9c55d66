//! What the counts mean: every figure, defined once, with its confidence interval.

mod build;
mod days_missed;
mod declared;
mod define;
mod endless;
mod figure;
mod fold;
mod interval;
mod journeys;
mod load;
mod passage;
mod plan;
mod probe;
mod required;
mod results;
mod row_probe;
mod scope_path;
mod service_level;
mod shortage;
mod slice_probe;
mod tally;
mod targets;
mod times;
mod vectors;
mod verdict;
mod week_probe;

pub use build::About;
pub use declared::{Better, Line, Sheet, Unit, Waiting};
pub use figure::Figure;
pub use fold::Fold;
pub use interval::{Estimate, Ribbon};
pub use journeys::{Flow, Journey, JourneyEnd, JourneyResults, JourneyStep, Place};
pub use plan::{Plan, ShiftPlan};
pub use probe::{NoSuchFigure, Probe, Taken};
pub use required::required;
pub use results::{
    BacklogByAge, CaseOutcomes, Figures, GroupResult, KindResult, Results, Row, ScopeKind, ScopeResult,
    TargetResult, Trace,
};
pub use row_probe::RowProbe;
pub use slice_probe::{Slice, SliceProbe};
pub use targets::{answer_target, targets_of};
pub use verdict::Verdict;
pub use week_probe::WeekProbe;
