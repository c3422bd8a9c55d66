//! The targets of a queue, before anyone has looked how it went.

use crate::model::{Queue, ResolveTarget};
use crate::units::Span;
use crate::vocabulary::{AnswerTarget, Clock, ServiceLevelFormula};

use super::Figure;
use super::results::TargetResult;

/// A queue's targets, in the order of reports; nothing is said of days yet.
#[must_use]
pub fn targets_of(queue: &Queue) -> Vec<TargetResult> {
    let mut targets = Vec::new();
    targets.extend(queue.answer.as_ref().map(|target| answer_target(target, queue.kind.counts_responses())));
    targets.extend(queue.second.map(|target| TargetResult {
        within: Some(target.within.to_string()),
        within_seconds: Some(target.within.seconds()),
        formula: Some(target.formula),
        short: short(target.formula, target.short),
        ..plain(Figure::SecondLevel, target.share)
    }));
    targets.extend(queue.max_abandonment.map(|most| plain(Figure::Abandonment, most)));
    if let Some((share, within)) = queue.resolve {
        let (text, seconds) = match within {
            ResolveTarget::Clock(span) => (span.to_string(), Some(span.seconds())),
            ResolveTarget::WorkingDays(days) => (format!("{days}wd"), None),
        };
        targets.push(TargetResult {
            within: Some(text),
            within_seconds: seconds,
            ..plain(Figure::ResolvedInTime, share)
        });
    }
    targets
}

/// The target of a queue's answers, or of its responses.
#[must_use]
pub fn answer_target(target: &AnswerTarget, response: bool) -> TargetResult {
    TargetResult {
        within: Some(target.within.to_string()),
        within_seconds: target.within.span().map(Span::seconds),
        response,
        open_hours: target.clock == Clock::OpenHours,
        formula: Some(target.formula),
        short: short(target.formula, target.short),
        ..plain(Figure::ServiceLevel, target.share)
    }
}

fn plain(figure: Figure, share: f64) -> TargetResult {
    TargetResult {
        figure,
        share,
        within: None,
        within_seconds: None,
        response: false,
        open_hours: false,
        formula: None,
        short: None,
        days_met: None,
        missed_by_weekday: Vec::new(),
    }
}

fn short(formula: ServiceLevelFormula, short: Span) -> Option<Span> {
    formula.is_about_short_abandons().then_some(short)
}
