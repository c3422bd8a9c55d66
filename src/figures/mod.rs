//! What the counts mean: every figure, defined once, with its confidence interval.

mod build;
mod define;
mod define_passages;
mod endless;
mod figure;
mod fold;
mod journeys;
mod load;
mod passage;
mod probe;
mod results;
mod shortage;
mod tally;
mod targets;
mod verdict;

pub use build::About;
pub use figure::{Better, Figure, Unit};
pub use fold::Fold;
pub use journeys::{Flow, Journey, JourneyEnd, JourneyResults, JourneyStep, Place};
pub use probe::{NoSuchFigure, Probe};
pub use results::{
    BacklogByAge, CaseOutcomes, Estimate, Figures, GroupResult, KindResult, Results, Ribbon, Row, ScopeKind,
    ScopeResult, TargetResult,
};
pub use targets::targets_of;
pub use verdict::Verdict;
