//! What a queue targets: on waits, on abandoning, on solving.

use super::channel::{ChannelKind, KindWord, goes_with};
use super::hours::Hours;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Duration, Inside, Share, Within, Word};
use crate::reading::table::{Table, table};
use crate::units;
use crate::vocabulary::{AnswerTarget, Clock, SecondTarget, ServiceLevelFormula};

/// `queues.X.targets`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Targets {
    /// On waits.
    pub(super) answer: Option<AnswerTarget>,
    /// A second one on waits.
    pub(super) second: Option<SecondTarget>,
    /// On abandonment: at most this share.
    pub(super) max_abandonment: Option<f64>,
    /// On solving.
    pub(super) resolve: Option<ResolveTarget>,
}

table! {
    /// Targets of a queue.
    keys of Targets = "targets" {
        /// On waits
        answer: Table<AnswerTarget>, none, example({ share = 0.8, within = "20s" });
        /// A second one on waits: a larger share within a longer time, as of who waits longest (voice, chat)
        second: Table<SecondTarget>, none, example({ share = 0.95, within = "60s" });
        /// On abandoning
        abandonment: Table<AbandonmentTarget>, none, example({ max = 0.05 });
        /// On solving, from the opening of the case
        resolve: Table<ResolveTarget>, none, example({ share = 0.9, within = "2wd" });
    }
}

table! {
    /// A share answered within a wait; for messaging and deferred queues a target on the response.
    keys of AnswerTarget = "answer target" {
        /// Target share
        share: Inside, required, example(0.8);
        /// Within this wait; `wd` are working days of the queue's hours (messaging, deferred)
        within: Within, required, example("20s");
        /// Which time counts: all of it, or the queue's opening hours (messaging, deferred)
        clock: Word<Clock>, default("always"), example("open_hours");
        /// How the service level is counted
        formula: Word<ServiceLevelFormula>, default("answered_of_offered"), example("short_abandons_met");
        /// An abandonment up to this wait is short (required by `less_short_abandons` and `short_abandons_met`)
        short: Duration, default("0s"), example("5s");
    }
}

table! {
    /// At most a share abandons.
    pub(super) struct AbandonmentTarget = "abandonment target" {
        /// At most this share
        max: f64 as Share, required, example(0.05);
    }
}

table! {
    /// A share of cases solved within a time of their opening.
    pub struct ResolveTarget = "resolve target", checked {
        /// Target share
        pub share: f64 as Inside, required, example(0.9);
        /// Within this time; `wd` are working days of the queue's hours
        pub within: units::Within as Within, required, example("2wd");
    }
}

table! {
    /// A second target on waits, beside `answer`.
    keys of SecondTarget = "second target" {
        /// Target share
        share: Inside, required, example(0.95);
        /// Within this wait
        within: Duration, required, example("60s");
        /// How its service level is counted, whatever the formula of `answer`
        formula: Word<ServiceLevelFormula>, default("answered_of_offered"), example("less_short_abandons");
        /// An abandonment up to this wait is short (required by `less_short_abandons` and `short_abandons_met`)
        short: Duration, default("0s"), example("5s");
    }
}

impl Targets {
    /// Reads `queues.X.targets`.
    pub(super) fn of(table: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Targets {
        let answer = table.table(Targets::answer);
        let word = kind.map(ChannelKind::written);
        let help = "a target on responses is `answer`";
        let live =
            goes_with(table, Targets::second.name, word, &[KindWord::Voice, KindWord::Chat], Some(help));
        Targets {
            answer: answer.and_then(|table| answer_target(&table, kind, hours)),
            second: table.table(Targets::second).and_then(|table| second_target(&table)).filter(|_| live),
            max_abandonment: table.read(Targets::abandonment).map(|target| target.max),
            resolve: table.read(Targets::resolve),
        }
    }
}

fn second_target(table: &Fields<'_>) -> Option<SecondTarget> {
    let (share, within) = (table.read(SecondTarget::share), table.read(SecondTarget::within));
    let formula = table.read(SecondTarget::formula);
    if formula.is_about_short_abandons() {
        table.require(&[SecondTarget::short.name]);
    }
    let short = table.read(SecondTarget::short);
    Some(SecondTarget { share: share?, within: within?, formula, short })
}

impl ResolveTarget {
    fn check(&self, table: &Fields<'_>) {
        working_days_need_a_calendar(table, self.within);
    }
}

fn working_days_need_a_calendar(table: &Fields<'_>, within: units::Within) {
    if matches!(within, units::Within::WorkingDays(_)) && !table.cx.time.calendar {
        let title = format!("`{}` cannot count working days", table.at("within"));
        let reason = "without `horizon.start` there are none";
        table.cx.log.error(table.place_of("within"), title, reason);
    }
}

/// Reads `queues.X.targets.answer`, or `queues.X.target` for short.
pub(super) fn answer_target(
    table: &Fields<'_>,
    kind: Option<&ChannelKind>,
    hours: &Hours,
) -> Option<AnswerTarget> {
    let (share, within) = (table.read(AnswerTarget::share), table.read(AnswerTarget::within));
    let formula = table.read(AnswerTarget::formula);
    if formula.is_about_short_abandons() {
        table.require(&[AnswerTarget::short.name]);
    }
    let short = table.read(AnswerTarget::short);
    let clock = clock(table, kind, hours);
    if let (Some(units::Within::WorkingDays(_)), Some(kind)) = (within, kind)
        && kind.is_live()
    {
        let title = format!("`{}` cannot count working days", table.at("within"));
        let reason = format!("a {} customer waits by the clock", kind.word());
        table.cx.log.error(table.place_of("within"), title, reason).help("write it like \"20s\" or \"2m\"");
    } else if let Some(within) = within {
        working_days_need_a_calendar(table, within);
    }
    Some(AnswerTarget { share: share?, within: within?, clock, formula, short })
}

fn clock(table: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Clock {
    let clock = table.read(AnswerTarget::clock);
    if clock != Clock::OpenHours {
        return clock;
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
    clock
}
