//! What the counts mean: every figure, defined once, with its confidence interval.

mod figure;
mod results;

pub use figure::{Better, Figure, Unit};
pub use results::{
    CaseOutcomes, Estimate, Figures, GroupResult, KindResult, Results, Ribbon, Row, ScopeKind, ScopeResult,
    TargetResult,
};
