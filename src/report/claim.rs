//! What a headline claims, beside its words: so that a longer run can be asked whether it is so.

use crate::figures::{Figure, ScopeKind, ScopeResult, TargetResult, Verdict};
use crate::units::Span;

/// The sentence and what it claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headline {
    /// Without its full stop.
    pub text: String,
    /// In the order of the text.
    pub claims: Vec<Claim>,
}

/// A target that a claim is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The name of the queue, the channel or the total.
    pub scope: String,
    /// Which of them it is.
    pub kind: ScopeKind,
    /// What the target is about.
    pub figure: Figure,
}

impl About {
    pub(super) fn new(scope: &ScopeResult, target: &TargetResult) -> About {
        About { scope: scope.name.clone(), kind: scope.kind, figure: target.figure }
    }
}

/// One thing that a headline claims.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// A target is kept, missed or not decided over the whole time.
    Stands(About, Verdict),
    /// It is missed on the day of this label.
    MissedOnDay(About, String),
    /// From the first to the second time since the start so many agents are short of it.
    AgentsShort(About, Span, Span, f64),
    /// From the first to the second time since the start customers are let down most.
    LetDown(About, Span, Span),
    /// This share of all attempts hears the busy signal.
    BusySignals(f64),
}
