//! Booking: which counters an event moves, and integrals over time.
//!
//! A stay belongs to the row of its entry, a case to that of its opening; time integrals belong to
//! the clock interval, so all of them are brought up to date when a row turns.

use crate::model::Model;
use crate::observations::{CaseCounts, Count, Counts, GroupCount, Kind, LossReason};
use crate::routing::Policy;
use crate::scenario::AtEnd;
use crate::state::{Activity, Case, CaseId, Stay};
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::player::Player;

/// The present row, and since when each integral stands.
#[derive(Clone, Debug)]
pub(super) struct Meters {
    pub(super) row: usize,
    pub(super) day: usize,
    pub(super) reported: bool,
    pub(super) boundary: Instant,
    queues: Vec<Instant>,
    presence: Vec<Instant>,
}

impl Meters {
    pub(super) fn new(model: &Model) -> Meters {
        Meters {
            row: 0,
            day: 0,
            reported: false,
            boundary: Instant::NEVER,
            queues: vec![Instant::START; model.queues.len()],
            presence: vec![Instant::START; model.groups.len()],
        }
    }

    pub(super) fn restart(&mut self, model: &Model) {
        self.queues.fill(Instant::START);
        self.presence.fill(Instant::START);
        self.turn(model, Instant::START);
    }

    fn turn(&mut self, model: &Model, now: Instant) {
        self.row = model.rows.row(now);
        self.day = model.rows.day(now);
        self.reported = self.row != model.rows.unreported();
        self.boundary = model.rows.next_boundary(now);
    }
}

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// The next row begins.
    pub(super) fn turn_row(&mut self) {
        for queue in (0..self.model.queues.len()).map(QueueId::at) {
            self.meter_waiting(queue);
        }
        for group in (0..self.model.groups.len()).map(GroupId::at) {
            self.meter_presence(group);
        }
        for agent in (0..self.model.agents.len()).map(AgentId::at) {
            if matches!(self.state.agents[agent.index()].activity, Activity::Talking(_) | Activity::WrapUp) {
                self.meter_work(agent);
            }
        }
        self.meters.turn(self.model, self.now);
    }

    /// Brings the integral of a queue's waiting contacts up to date; before their number changes.
    #[inline]
    pub(super) fn meter_waiting(&mut self, queue: QueueId) {
        let since = std::mem::replace(&mut self.meters.queues[queue.index()], self.now);
        let waiting = u64::from(self.state.queues[queue.index()].waiting.len());
        if waiting > 0 {
            let lasted = self.now.since(since).micros();
            let seen = &mut self.seen.queues[queue.index()];
            seen.rows[self.meters.row][Count::Waiting] += waiting * lasted;
            if self.meters.reported {
                seen.waiting_squares += u128::from(waiting * waiting) * u128::from(lasted);
            }
        }
    }

    /// Adds an agent's work so far to its queue's and its group's integrals: when it ends, and when
    /// a row turns.
    #[inline(always)]
    pub(super) fn meter_work(&mut self, agent: AgentId) {
        let state = &mut self.state.agents[agent.index()];
        let lasted = self.now.since(std::mem::replace(&mut state.metered, self.now)).micros();
        let row = self.meters.row;
        self.seen.queues[state.queue.index()].rows[row][Count::Busy] += lasted;
        self.seen.groups[state.group.index()][row][GroupCount::Working] += lasted;
    }

    /// Brings the integrals of a group's presence up to date; rare, as agents seldom come and go.
    pub(super) fn meter_presence(&mut self, group: GroupId) {
        let since = std::mem::replace(&mut self.meters.presence[group.index()], self.now);
        let lasted = self.now.since(since).micros();
        let state = &self.state.groups[group.index()];
        let row = &mut self.seen.groups[group.index()][self.meters.row];
        let (heads, scheduled) = (u64::from(state.heads), u64::from(state.scheduled));
        let (on_break, overtime) = (u64::from(state.on_break), u64::from(state.overtime));
        row[GroupCount::Scheduled] += scheduled * lasted;
        row[GroupCount::OnDuty] += u64::from(state.on_duty) * lasted;
        row[GroupCount::OnBreak] += on_break * lasted;
        row[GroupCount::Overtime] += overtime * lasted;
        let paid_heads = Span::from_seconds(
            Span::from_micros(heads * lasted).seconds() * self.model.groups[group.index()].paid_per_hour,
        );
        row[GroupCount::Paid] += (scheduled - heads + overtime) * lasted + paid_heads.micros();
    }

    /// Moves the counters of a stay: its row, and its kind and date where these are counted apart.
    #[inline]
    pub(super) fn book_stay(&mut self, stay: Stay, book: impl Fn(&mut Counts)) {
        let seen = &mut self.seen.queues[stay.queue.index()];
        book(&mut seen.rows[stay.row as usize]);
        if stay.kind != Kind::First && stay.row as usize != self.model.rows.unreported() {
            book(&mut seen.later_kinds[stay.kind as usize]);
        }
        if let Some(day) = seen.days.get_mut(stay.day as usize) {
            book(day);
        }
    }

    /// The same for what happens to a case, where and when it opened.
    #[inline]
    fn book_case(&mut self, case: &Case, book: impl Fn(&mut Counts)) {
        let seen = &mut self.seen.queues[case.opening_queue.index()];
        book(&mut seen.rows[case.opening_row as usize]);
        if let Some(day) = seen.days.get_mut(case.opening_day as usize) {
            book(day);
        }
    }

    /// Stamps a case with the present row as its stay's.
    #[inline]
    pub(super) fn stamp(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        (case.row, case.day) = (self.meters.row as u32, self.meters.day as u32);
    }

    /// A case opens in the present row.
    #[inline]
    pub(super) fn book_opening(&mut self, case: &mut Case) {
        (case.opening_row, case.opening_day) = (self.meters.row as u32, self.meters.day as u32);
        case.reported = self.meters.reported;
        self.book_case(case, |counts| counts[Count::Cases] += 1);
    }

    /// An agent takes a contact that has waited.
    #[inline]
    pub(super) fn book_answer(&mut self, stay: Stay, wait: Span, delayed: bool) {
        let within = u64::from(wait <= self.model.queues[stay.queue.index()].within);
        self.book_stay(stay, |counts| {
            counts[Count::Answered] += 1;
            counts[Count::AnsweredWithin] += within;
            counts[Count::Delayed] += u64::from(delayed);
            counts[Count::WaitAnswered] += wait.micros();
        });
        if wait > Span::ZERO && stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].answered.add(wait);
            self.book_wait(stay, wait);
        }
    }

    /// The customer gives up.
    pub(super) fn book_abandonment(&mut self, stay: Stay, wait: Span) {
        let queue = &self.model.queues[stay.queue.index()];
        let (within, short) = (u64::from(wait <= queue.within), u64::from(wait <= queue.short));
        self.book_stay(stay, |counts| {
            counts[Count::Abandoned] += 1;
            counts[Count::AbandonedWithin] += within;
            counts[Count::AbandonedShort] += short;
            counts[Count::Delayed] += 1;
            counts[Count::WaitAbandoned] += wait.micros();
        });
        if wait > Span::ZERO && stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].abandoned.add(wait);
            self.book_wait(stay, wait);
        }
    }

    #[inline]
    fn book_wait(&mut self, stay: Stay, wait: Span) {
        let seen = &mut self.seen.queues[stay.queue.index()];
        seen.row_waits[stay.row as usize].add(wait);
        let millis = wait.micros() / 1000;
        seen.wait_squares += u128::from(millis) * u128::from(millis);
        seen.longest = seen.longest.max(wait);
    }

    pub(super) fn book_still_waiting(&mut self, id: CaseId) {
        self.book_stay(self.state.cases[id].stay(), |counts| {
            counts[Count::StillWaiting] += 1;
            counts[Count::Delayed] += 1;
        });
    }

    /// A case is solved.
    #[inline]
    pub(super) fn book_solution(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (opening, row, day) =
            (case.opening_queue.index(), case.opening_row as usize, case.opening_day as usize);
        let (took, reported) = (self.now.since(case.opened), case.reported);
        let first = u64::from(case.answered_contact == case.contact);
        let in_time = self.model.queues[opening].resolve.is_some() && self.now <= self.resolve_by(case);
        let seen = &mut self.seen.queues[opening];
        let book = |counts: &mut Counts| {
            counts[Count::Solved] += 1;
            counts[Count::SolvedFirst] += first;
        };
        book(&mut seen.rows[row]);
        if let Some(day) = seen.days.get_mut(day) {
            book(day);
        }
        if reported {
            book_history(&mut seen.cases.counts, case);
            seen.cases.counts.solved_in_time += u64::from(in_time);
            seen.cases.counts.time_to_resolution += took.micros();
            seen.cases.solved_after.add(took);
        }
    }

    /// Until when a case is promised to be solved; never where nothing is promised.
    fn resolve_by(&self, case: &Case) -> Instant {
        use crate::model::ResolveTarget;
        let queue = &self.model.queues[case.opening_queue.index()];
        match queue.resolve.map(|(_, within)| within) {
            None => Instant::NEVER,
            Some(ResolveTarget::Clock(within)) => case.opened + within,
            Some(ResolveTarget::WorkingDays(days)) => match &queue.openings {
                Some(openings) => openings.working_days_after(case.opened, days, &self.model.calendar),
                None => case.opened + Span::from_seconds(days * Span::DAY.seconds()),
            },
        }
    }

    /// A case is lost.
    pub(super) fn book_loss(&mut self, id: CaseId, why: LossReason) {
        let case = self.state.cases[id];
        self.book_case(&case, |counts| counts[Count::Lost] += 1);
        if case.reported {
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            book_history(&mut tally.counts, &case);
            tally.counts.lost[why as usize] += 1;
            tally.lost_after.add(self.now.since(case.opened));
        }
    }

    /// The ages and histories of the cases that are open when the horizon ends.
    pub(super) fn book_open_cases(&mut self) {
        let end = match self.model.at_end {
            AtEnd::Cut => self.model.end,
            AtEnd::Drain => self.now,
        };
        for (_, case) in self.state.cases.iter().filter(|(_, case)| case.reported) {
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            book_history(&mut tally.counts, case);
            tally.open_age.add(end.since(case.opened));
        }
    }
}

/// What a case has been through, counted once: when it ends, or when the horizon does.
#[inline]
fn book_history(counts: &mut CaseCounts, case: &Case) {
    counts.contacts += u64::from(case.contact) + 1;
    counts.legs += u64::from(case.legs);
    counts.transfers += u64::from(case.transfers);
    counts.ever_answered += u64::from(case.answered_contact != u16::MAX);
}
