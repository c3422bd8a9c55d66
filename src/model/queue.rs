//! Queues, compiled.

use crate::random::Sampler;
use crate::units::{Calendar, ChannelId, Instant, QueueId, Span};
use crate::vocabulary::{
    AnswerTarget, Backlog, Handover, OfferWhen, Replies, Requeue, SecondTarget, StartWhen,
};

use super::{ArrivalProcess, ChannelKind, FollowUpId, Timed};

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

    /// `from` + so much open time; `Instant::NEVER` past the last opening.
    #[must_use]
    pub fn open_time_after(&self, from: Instant, span: Span) -> Instant {
        let mut left = span;
        let next = self.0.partition_point(|(_, close)| *close <= from);
        for (open, close) in &self.0[next..] {
            let begin = (*open).max(from);
            let lasts = close.since(begin);
            if left <= lasts {
                return begin + left;
            }
            left = left - lasts;
        }
        Instant::NEVER
    }

    /// `opened` + `days` working days: as many further days that have an opening, at the same
    /// time of day; from the next opening where `opened` lies outside. `Instant::NEVER` past the
    /// last opening.
    #[must_use]
    pub fn working_days_after(&self, opened: Instant, days: f64, calendar: &Calendar) -> Instant {
        let next = self.0.partition_point(|(_, close)| *close <= opened);
        let Some((open, _)) = self.0.get(next) else { return Instant::NEVER };
        let from = opened.max(*open);
        let first_day = calendar.day(from);
        let mut latest = first_day;
        // Openings ascend, so the further days that have one are those later than all before.
        let days_of = self.0[next..].iter().map(|(open, _)| calendar.day(*open));
        let mut further = days_of.filter(|day| std::mem::replace(&mut latest, *day) < *day);
        let day = match days.floor() as usize {
            0 => Some(first_day),
            whole => further.nth(whole - 1),
        };
        let Some(day) = day else { return Instant::NEVER };
        let rest = Span::from_seconds((days - days.floor()) * Span::DAY.seconds());
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

/// The centre calls customers while agents are idle.
#[derive(Clone, Debug)]
pub struct Dialer {
    /// Calls that ring for each idle agent who can serve the queue.
    pub calls_per_idle_agent: f64,
    /// Share of calls that the customer answers.
    pub reached: f64,
    /// How long a call rings.
    pub ring: Sampler,
    /// How many there are to call.
    pub customers: u32,
}

/// What it costs that customers wait and abandon.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WaitingCost {
    /// An hour that one customer waits.
    pub per_waiting_hour: f64,
    /// A customer who abandons.
    pub per_abandonment: f64,
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
pub struct Retry {
    /// Share that does, after the first attempt, the second and so on; the last one holds for all that follow.
    pub probability: Vec<f64>,
    /// `None`: at the next opening.
    pub delay: Option<Sampler>,
    /// At most so many further attempts of one case.
    pub limit: u32,
    /// Where.
    pub to: Destinations,
}

impl Retry {
    /// The share that tries again after this attempt, from 0.
    #[inline]
    #[must_use]
    pub fn probability(&self, attempt: u16) -> f64 {
        let of_attempt = self.probability.get(usize::from(attempt)).or(self.probability.last());
        of_attempt.copied().unwrap_or(0.0)
    }
}

/// An unsolved case that comes back.
#[derive(Clone, Debug)]
pub struct RepeatContact {
    /// Share that does; the rest is lost.
    pub probability: f64,
    /// When.
    pub delay: Sampler,
    /// Where.
    pub to: Destinations,
}

/// A share of legs that is passed on.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Cumulative over the queue's transfers.
    pub cumulative: f64,
    /// Where to.
    pub to: QueueId,
    /// Its place there.
    pub requeue: Requeue,
    /// What the first agent does meanwhile.
    pub handover: Handover,
    /// Both agents are busy so long after a warm one is taken over.
    pub told_for: Sampler,
    /// So long the customer is with nobody.
    pub delay: Sampler,
    /// The follow-up that it starts.
    pub follow_up: Option<FollowUpId>,
}

/// A conversation of turns.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Replies of the agent.
    pub replies: Replies,
    /// From a reply to the customer's next message.
    pub customer_reply: Sampler,
    /// The slot is freed after so long a silence; `Span::FOREVER`: kept.
    pub park_after: Span,
    /// A parked one goes on with the agent who had it.
    pub to_last_agent: bool,
}

/// IVR, chatbot or help pages in front of a queue.
#[derive(Clone, Debug)]
pub struct SelfService {
    /// `None`: always open.
    pub openings: Option<Openings>,
    /// How long a session takes.
    pub time: Sampler,
    /// Share that ends there.
    pub containment: f64,
    /// Of these: (share that comes back, when).
    pub false_containment: Option<(f64, Sampler, Destinations)>,
    /// Share that breaks off.
    pub hang_up: f64,
    /// Where the others go.
    pub to: Destinations,
    /// The same while the queue is closed; `None`: as the queue itself.
    pub to_when_closed: Option<Destinations>,
    /// Sessions at once.
    pub sessions: u32,
}

/// A waiting customer's place kept while they hang up.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Whether who is called back counts as answered after no wait.
    pub counts_as_answered: bool,
    /// When it is offered.
    pub offer_when: OfferWhen,
    /// Share that accepts.
    pub accept: f64,
    /// When it is made.
    pub start_when: StartWhen,
    /// Share of calls that the customer answers.
    pub reached: f64,
    /// An agent's time for a call that is not answered.
    pub ring: Span,
    /// Further calls.
    pub retries: u32,
    /// After this time.
    pub retry_after: Sampler,
}

/// Customers who have waited too long get in touch again.
#[derive(Clone, Debug)]
pub struct Chase {
    /// Share that does.
    pub probability: f64,
    /// After waiting so long.
    pub after: Sampler,
    /// Where.
    pub to: Destinations,
    /// At most so many further attempts of one case.
    pub limit: u32,
    /// An agent's time for the contact that is left behind.
    pub duplicate: Span,
}

/// A contact goes to a higher level at once.
#[derive(Clone, Copy, Debug)]
pub struct Escalation {
    /// The higher level.
    pub to: QueueId,
    /// Contacts of cases with so many attempts before; `u32::MAX`: never for that.
    pub after_attempts: u32,
    /// This share of all contacts.
    pub share: f64,
    /// The queue's overflow is an escalation after a wait.
    pub after_wait: bool,
}

/// Which follow-ups the events of a queue start.
#[derive(Clone, Debug, Default)]
pub struct Starts {
    /// A new case.
    pub arrival: Vec<FollowUpId>,
    /// A leg that solves nothing.
    pub unresolved: Vec<FollowUpId>,
    /// A leg after which the agent takes the case for solved.
    pub resolved: Vec<FollowUpId>,
    /// A customer who comes back unsolved, or chases.
    pub complaint: Vec<FollowUpId>,
}

/// By when a stay is to be answered, or responded to.
#[derive(Clone, Debug)]
pub enum Deadline {
    /// So long after its entry (also where there is no target: for ever).
    Clock(Span),
    /// After so much open time.
    OpenTime(Span, Openings),
    /// After so many working days.
    WorkingDays(f64, Openings),
}

/// A target of solving.
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
    /// What travels on it.
    pub kind: ChannelKind,
    /// Its channel's lines.
    pub lines: u32,
    /// When it takes contacts; `None`: always.
    pub openings: Option<Openings>,
    /// Its opening hours, which deadlines may count though it takes contacts at any time; `None`: always open.
    pub clock: Option<Openings>,
    /// At closing time.
    pub closing: Closing,
    /// 1 before 2.
    pub priority: u32,
    /// Waiting at once; `u32::MAX`: no limit.
    pub max_waiting: u32,
    /// Talk time; of a conversation: one reply.
    pub talk: Timed,
    /// The talk is a conversation of turns.
    pub conversation: Option<Conversation>,
    /// Wrap-up time.
    pub wrap_up: Option<Timed>,
    /// `None`: nobody abandons.
    pub patience: Option<Timed>,
    /// Its mean, seconds; infinite where nobody abandons.
    pub mean_patience: f64,
    /// Share that abandons at once if it must wait.
    pub balk: f64,
    /// Of those who abandon: share that says nothing, and how long an agent takes to find out.
    pub silent: (f64, Span),
    /// (after, to).
    pub overflow: Option<(Span, QueueId)>,
    /// The wait T of the service level; for ever where no target is set, or one on the response.
    pub within: Span,
    /// What the target gives for the answer, or for the response where responses count.
    pub deadline: Deadline,
    /// An abandonment up to this wait is short.
    pub short: Span,
    /// The target of waits.
    pub answer: Option<AnswerTarget>,
    /// The target of abandonment: at most this share.
    pub max_abandonment: Option<f64>,
    /// The centre calls customers.
    pub dialer: Option<Dialer>,
    /// What waiting and abandoning cost.
    pub cost: WaitingCost,
    /// A retry has the patience and the times of the first attempt.
    pub same_call: bool,
    /// A second target on waits.
    pub second: Option<SecondTarget>,
    /// The target of solving: this share, within this time.
    pub resolve: Option<(f64, ResolveTarget)>,
    /// After abandoning.
    pub after_abandon: Option<Retry>,
    /// After a busy signal.
    pub after_busy: Option<Retry>,
    /// After finding it closed.
    pub after_closed: Option<Retry>,
    /// Share of finished legs that solve the case, where the skill does not say.
    pub solved: f64,
    /// What becomes of the unsolved.
    pub repeat_contact: Option<RepeatContact>,
    /// Passed on.
    pub transfers: Vec<Transfer>,
    /// `None`: no case begins here.
    pub arrivals: Option<ArrivalProcess>,
    /// In front of it.
    pub self_service: Option<SelfService>,
    /// A place kept.
    pub callback: Option<Callback>,
    /// Customers who write again.
    pub chase: Option<Chase>,
    /// To a higher level.
    pub escalation: Option<Escalation>,
    /// Work that is there at the start.
    pub backlog: Option<Backlog>,
    /// Its contacts may interrupt other work.
    pub interrupts: bool,
    /// Its work may be interrupted; this is added to what is left when it resumes.
    pub restart_cost: Option<Span>,
    /// The follow-ups that it starts.
    pub starts: Starts,
    /// It is the work list of this follow-up.
    pub follow_up: Option<FollowUpId>,
}

impl Queue {
    /// Whether its agents stay with customers whom they pass on.
    #[must_use]
    pub fn holds_agents(&self) -> bool {
        self.transfers.iter().any(|transfer| transfer.handover != Handover::Cold)
    }

    /// By when the target wants a stay that began at `entered` to be answered, or responded to where responses count;
    /// never where there is no target.
    #[inline]
    #[must_use]
    pub fn due(&self, entered: Instant, calendar: &Calendar) -> Instant {
        match &self.deadline {
            Deadline::Clock(span) => entered + *span,
            Deadline::OpenTime(span, openings) => openings.open_time_after(entered, *span),
            Deadline::WorkingDays(days, openings) => openings.working_days_after(entered, *days, calendar),
        }
    }
}
