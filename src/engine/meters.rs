//! Booking: which counters an event moves, and integrals over time.
//!
//! A stay belongs to the row of its entry, a case to that of its opening; time integrals belong to
//! the clock interval, so all of them are brought up to date when a row turns.

use crate::model::Model;
use crate::observations::{Count, Counts, GroupCount, LossReason};
use crate::routing::Policy;
use crate::scenario::AtEnd;
use crate::state::{Case, CaseId};
use crate::units::{GroupId, Instant, QueueId, Span};

use super::player::Player;

/// The present row, and since when each integral stands.
#[derive(Clone, Debug)]
pub(super) struct Meters {
    pub(super) row: usize,
    pub(super) day: usize,
    pub(super) reported: bool,
    pub(super) boundary: Instant,
    queues: Vec<Instant>,
    working: Vec<Instant>,
    presence: Vec<Instant>,
}

impl Meters {
    pub(super) fn new(model: &Model) -> Meters {
        let groups = vec![Instant::START; model.groups.len()];
        Meters {
            row: 0,
            day: 0,
            reported: false,
            boundary: Instant::NEVER,
            queues: vec![Instant::START; model.queues.len()],
            working: groups.clone(),
            presence: groups,
        }
    }

    pub(super) fn restart(&mut self, model: &Model) {
        self.queues.fill(Instant::START);
        self.working.fill(Instant::START);
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
            self.meter_queue(queue);
        }
        for group in (0..self.model.groups.len()).map(GroupId::at) {
            self.meter_working(group);
            self.meter_presence(group);
        }
        self.meters.turn(self.model, self.now);
    }

    /// Brings a queue's integrals up to date; to be called before its numbers change.
    #[inline]
    pub(super) fn meter_queue(&mut self, queue: QueueId) {
        let since = std::mem::replace(&mut self.meters.queues[queue.index()], self.now);
        let lasted = self.now.since(since).micros();
        let state = &self.state.queues[queue.index()];
        let seen = &mut self.seen.queues[queue.index()];
        let waiting = u64::from(state.waiting.len());
        let row = &mut seen.rows[self.meters.row];
        row[Count::Busy] += u64::from(state.busy) * lasted;
        if waiting > 0 {
            row[Count::Waiting] += waiting * lasted;
            if self.meters.reported {
                seen.waiting_squares += u128::from(waiting * waiting) * u128::from(lasted);
            }
        }
    }

    /// Brings the integral of a group's working agents up to date.
    #[inline]
    pub(super) fn meter_working(&mut self, group: GroupId) {
        let since = std::mem::replace(&mut self.meters.working[group.index()], self.now);
        let lasted = self.now.since(since).micros();
        let working = u64::from(self.state.groups[group.index()].working);
        self.seen.groups[group.index()][self.meters.row][GroupCount::Working] += working * lasted;
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

    /// Moves the counters of a case's present stay: its row, its kind, its date.
    #[inline]
    pub(super) fn book_stay(&mut self, case: &Case, book: impl Fn(&mut Counts)) {
        let seen = &mut self.seen.queues[case.queue.index()];
        let row = case.row as usize;
        book(&mut seen.rows[row]);
        if row != self.model.rows.unreported() {
            book(&mut seen.kinds[case.kind as usize]);
        }
        if let Some(day) = seen.days.get_mut(case.day as usize) {
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

    #[inline]
    pub(super) fn book_opening(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        (case.opening_row, case.opening_day) = (self.meters.row as u32, self.meters.day as u32);
        case.reported = self.meters.reported;
        let case = *case;
        self.book_case(&case, |counts| counts[Count::Cases] += 1);
    }

    /// An agent takes the contact.
    #[inline]
    pub(super) fn book_answer(&mut self, case: &Case) {
        let wait = self.now.since(case.entered);
        let within = u64::from(wait <= self.model.queues[case.queue.index()].within);
        let delayed = u64::from(case.delayed);
        self.book_stay(case, |counts| {
            counts[Count::Answered] += 1;
            counts[Count::AnsweredWithin] += within;
            counts[Count::Delayed] += delayed;
            counts[Count::WaitAnswered] += wait.micros();
        });
        if case.row as usize != self.model.rows.unreported() {
            self.seen.queues[case.queue.index()].answered.add(wait);
            self.book_wait(case, wait);
        }
    }

    /// The customer gives up.
    pub(super) fn book_abandonment(&mut self, case: &Case) {
        let wait = self.now.since(case.entered);
        let queue = &self.model.queues[case.queue.index()];
        let (within, short) = (u64::from(wait <= queue.within), u64::from(wait <= queue.short));
        self.book_stay(case, |counts| {
            counts[Count::Abandoned] += 1;
            counts[Count::AbandonedWithin] += within;
            counts[Count::AbandonedShort] += short;
            counts[Count::Delayed] += 1;
            counts[Count::WaitAbandoned] += wait.micros();
        });
        if case.row as usize != self.model.rows.unreported() {
            self.seen.queues[case.queue.index()].abandoned.add(wait);
            self.book_wait(case, wait);
        }
    }

    #[inline]
    fn book_wait(&mut self, case: &Case, wait: Span) {
        if wait > Span::ZERO {
            let seen = &mut self.seen.queues[case.queue.index()];
            seen.row_waits[case.row as usize].add(wait);
            let millis = wait.micros() / 1000;
            seen.wait_squares += u128::from(millis) * u128::from(millis);
            seen.longest = seen.longest.max(wait);
        }
    }

    pub(super) fn book_still_waiting(&mut self, id: CaseId) {
        let case = self.state.cases[id];
        self.book_stay(&case, |counts| {
            counts[Count::StillWaiting] += 1;
            counts[Count::Delayed] += 1;
        });
    }

    /// A case is solved.
    pub(super) fn book_solution(&mut self, case: &Case) {
        let took = self.now.since(case.opened);
        let first = u64::from(case.answered_contact == case.contact);
        self.book_case(case, |counts| {
            counts[Count::Solved] += 1;
            counts[Count::SolvedFirst] += first;
        });
        if case.reported {
            let in_time = u64::from(self.now <= self.resolve_by(case));
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            tally.counts.solved_in_time += in_time;
            tally.counts.time_to_resolution += took.micros();
            tally.solved_after.add(took);
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
    pub(super) fn book_loss(&mut self, case: &Case, why: LossReason) {
        self.book_case(case, |counts| counts[Count::Lost] += 1);
        if case.reported {
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            tally.counts.lost[why as usize] += 1;
            tally.lost_after.add(self.now.since(case.opened));
        }
    }

    /// The ages of the cases that are open when the horizon ends.
    pub(super) fn book_open_cases(&mut self) {
        let end = match self.model.at_end {
            AtEnd::Cut => self.model.end,
            AtEnd::Drain => self.now,
        };
        for (_, case) in self.state.cases.iter().filter(|(_, case)| case.reported) {
            self.seen.queues[case.opening_queue.index()].cases.open_age.add(end.since(case.opened));
        }
    }
}
