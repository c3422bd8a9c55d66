//! A queue's promises.

use crate::units::Span;

use super::super::{ChannelKind, Hours, ResolveTarget};
use crate::reading::fields::Fields;
use crate::units::Within;
use crate::vocabulary::{AnswerTarget, Clock, ServiceLevelFormula};

/// What a queue promises: on waits, on giving up, on solving.
pub(super) type Targets = (Option<AnswerTarget>, Option<f64>, Option<ResolveTarget>);

/// Reads `queues.X.target` and `queues.X.targets`.
pub(super) fn targets(fields: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Targets {
    let read = |table: Fields<'_>| answer_target(&table, kind, hours);
    let short = fields.table("target").and_then(read);
    let Some(targets) = fields.table("targets") else { return (short, None, None) };
    if fields.has("target") && targets.has("answer") {
        let title = format!("`{}` has both `target` and `targets.answer`", fields.path);
        fields.cx.log.error(targets.place_of("answer"), title, "the one is short for the other");
    }
    let answer = targets.table("answer").and_then(read);
    let abandonment = targets.table("abandonment").and_then(|table| {
        table.require(&["max"]);
        table.number("max")
    });
    let resolve = targets.table("resolve").and_then(|table| {
        table.require(&["share"]);
        table.require(&["within"]);
        let (share, within) = (table.number("share"), table.within("within"));
        working_days_need_a_calendar(&table, within);
        Some(ResolveTarget { share: share?, within: within? })
    });
    (short.or(answer), abandonment, resolve)
}

fn working_days_need_a_calendar(table: &Fields<'_>, within: Option<Within>) {
    if matches!(within, Some(Within::WorkingDays(_))) && !table.cx.time.calendar {
        let title = format!("`{}` cannot count working days", table.at("within"));
        let reason = "without `horizon.start` there are none";
        table.cx.log.error(table.place_of("within"), title, reason);
    }
}

fn answer_target(table: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Option<AnswerTarget> {
    table.require(&["share"]);
    table.require(&["within"]);
    let formula = table.word::<ServiceLevelFormula>("formula").unwrap_or_default();
    if formula.is_about_short_abandons() {
        table.require(&["short"]);
    }
    let short = table.duration("short").unwrap_or(Span::ZERO);
    let (share, within) = (table.number("share"), table.within("within"));
    let clock = clock(table, kind, hours);
    if let (Some(Within::WorkingDays(_)), Some(kind)) = (within, kind)
        && kind.is_live()
    {
        let title = format!("`{}` cannot count working days", table.at("within"));
        let reason = format!("a {} customer waits by the clock", kind.word());
        table.cx.log.error(table.place_of("within"), title, reason).help("write it like \"20s\" or \"2m\"");
    } else {
        working_days_need_a_calendar(table, within);
    }
    Some(AnswerTarget { share: share?, within: within?, clock, formula, short })
}

fn clock(table: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Clock {
    if table.word("clock") != Some(Clock::OpenHours) {
        return Clock::Always;
    }
    let log = table.cx.log;
    let title = format!("`{}` cannot be `open_hours`", table.at("clock"));
    if let Some(kind) = kind
        && kind.is_live()
    {
        let reason = format!("a {} customer waits by the clock", kind.word());
        log.error(table.place_of("clock"), title, reason)
            .help("opening hours count on messaging and deferred channels");
    } else if *hours == Hours::Always {
        log.error(table.place_of("clock"), title, "the queue is always open")
            .help("give the queue `open` rules, or leave `clock` out");
    }
    Clock::OpenHours
}
