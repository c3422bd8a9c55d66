//! Channels and queues, compiled.

use crate::random::Sampler;
use crate::scenario::{AnswerTarget, Requeue};
use crate::units::{Calendar, ChannelId, Instant, QueueId, Span};

use super::{ArrivalProcess, Timed};

/// A voice channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Waiting + talking at once; `u32::MAX`: no limit.
    pub lines: u32,
    /// Waiting at once; `u32::MAX`: no limit.
    pub max_waiting: u32,
}

/// When a queue is open: ascending, apart from each other, within the play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openings(pub Vec<(Instant, Instant)>);

impl Openings {
    /// The first opening that has not ended at `at`: the one that holds `at`, else the next one.
    #[must_use]
    pub fn from(&self, at: Instant) -> Option<(Instant, Instant)> {
        let next = self.0.partition_point(|(_, close)| *close <= at);
        self.0.get(next).copied()
    }

    /// When the last opening before `at`, or up to it, closed.
    #[must_use]
    pub fn last_closing(&self, at: Instant) -> Option<Instant> {
        let next = self.0.partition_point(|(_, close)| *close <= at);
        next.checked_sub(1).map(|last| self.0[last].1)
    }

    /// Whether `at` lies in an opening.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        self.from(at).is_some_and(|(open, _)| open <= at)
    }

    /// `opened` + `days` working days: as many further days that have an opening, at the same
    /// time of day; from the next opening where `opened` lies outside. `Instant::NEVER` past the
    /// last opening.
    #[must_use]
    pub fn working_days_after(&self, opened: Instant, days: f64, calendar: &Calendar) -> Instant {
        let Some((open, _)) = self.from(opened) else { return Instant::NEVER };
        let from = opened.max(open);
        let first_day = calendar.day(from);
        let mut open_days: Vec<i64> = Vec::new();
        for (open, _) in self.0.iter().filter(|(open, _)| calendar.day(*open) > first_day) {
            let day = calendar.day(*open);
            if open_days.last() != Some(&day) {
                open_days.push(day);
            }
        }
        let whole = days.floor() as usize;
        let rest = Span::from_seconds((days - days.floor()) * Span::DAY.seconds());
        let day = match whole {
            0 => first_day,
            n => match open_days.get(n - 1) {
                Some(day) => *day,
                None => return Instant::NEVER,
            },
        };
        from + Span::DAY * (day - first_day) as u64 + rest
    }
}

/// What happens to those inside at closing time: served while someone able is on duty, until this
/// long after closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Zero: sent away at once; for ever: served by who is on duty.
    pub served_for: Span,
}

/// Where a customer turns next.
#[derive(Clone, Debug)]
pub struct Destinations {
    /// (cumulative share, queue); what is left stays with the same queue.
    shares: Vec<(f64, QueueId)>,
}

impl Destinations {
    /// From shares that sum to at most 1.
    #[must_use]
    pub fn new(to: impl IntoIterator<Item = (f64, QueueId)>) -> Destinations {
        let mut sum = 0.0;
        let cumulate = |(share, queue)| {
            sum += share;
            (sum, queue)
        };
        Destinations { shares: to.into_iter().map(cumulate).collect() }
    }

    /// The destination that the uniform `u` picks, from `here`.
    #[inline]
    #[must_use]
    pub fn pick(&self, u: f64, here: QueueId) -> QueueId {
        self.shares.iter().find(|(share, _)| u < *share).map_or(here, |(_, queue)| *queue)
    }
}

/// A customer who tries again.
#[derive(Clone, Debug)]
pub struct Redial {
    /// Share that does.
    pub probability: f64,
    /// `None`: at the next opening.
    pub delay: Option<Sampler>,
    /// At most so many further attempts of one case.
    pub limit: u32,
    /// Where.
    pub to: Destinations,
}

/// An unsolved case that comes back.
#[derive(Clone, Debug)]
pub struct Recontact {
    /// Share that does; the rest is lost.
    pub probability: f64,
    /// When.
    pub delay: Sampler,
    /// Where.
    pub to: Destinations,
}

/// A share of legs that is passed on.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// Cumulative over the queue's transfers.
    pub cumulative: f64,
    /// Where to.
    pub to: QueueId,
    /// Its place there.
    pub requeue: Requeue,
}

/// A promise to solve.
#[derive(Clone, Copy, Debug)]
pub enum ResolveTarget {
    /// Within this time of the case's opening.
    Clock(Span),
    /// Within so many working days.
    WorkingDays(f64),
}

/// A queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// The name of its draws.
    pub stream: String,
    /// Its channel.
    pub channel: ChannelId,
    /// `None`: always open.
    pub openings: Option<Openings>,
    /// At closing time.
    pub closing: Closing,
    /// 1 before 2.
    pub priority: u32,
    /// Waiting at once; `u32::MAX`: no limit.
    pub max_waiting: u32,
    /// Talk time.
    pub talk: Timed,
    /// Wrap-up time.
    pub wrap_up: Option<Timed>,
    /// `None`: nobody gives up.
    pub patience: Option<Timed>,
    /// Share that gives up at once if it must wait.
    pub balk: f64,
    /// (after, to).
    pub overflow: Option<(Span, QueueId)>,
    /// The wait T of the service level; for ever where no target is set.
    pub within: Span,
    /// An abandonment up to this wait is short.
    pub short: Span,
    /// The promise on waits.
    pub answer: Option<AnswerTarget>,
    /// The promise on abandonment: at most this share.
    pub max_abandonment: Option<f64>,
    /// The promise on solving: this share, within this time.
    pub resolve: Option<(f64, ResolveTarget)>,
    /// After giving up.
    pub after_abandon: Option<Redial>,
    /// After a busy signal.
    pub after_busy: Option<Redial>,
    /// After finding it closed.
    pub after_closed: Option<Redial>,
    /// Share of finished legs that solve the case, where the skill does not say.
    pub solved: f64,
    /// What becomes of the unsolved.
    pub recontact: Option<Recontact>,
    /// Passed on.
    pub transfers: Vec<Transfer>,
    /// `None`: no case begins here.
    pub arrivals: Option<ArrivalProcess>,
}
