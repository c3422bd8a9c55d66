//! Booking: which counters an event moves. A stay belongs to the row of its entry, a case to that of
//! its opening.

use crate::model::{Model, Queue, ResolveTarget};
use crate::observations::{
    CaseCounts, CaseEnd, CaseTally, Count, Counts, Kind, LossReason, Observations, PassageCount,
};
use crate::routing::Policy;
use crate::state::{Case, CaseId, Role, Stay};
use crate::units::{Instant, Span};
use crate::vocabulary::AtEnd;

use super::player::Player;
use super::recorder::{CaseEvent, Recorder};

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Moves the counters of a stay: its row, and its kind and date where these are counted apart.
    #[inline(always)]
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

    /// Whether a case opened in the reported time.
    #[inline]
    pub(super) fn is_reported(&self, case: &Case) -> bool {
        case.opening_row as usize != self.model.rows.unreported()
    }

    /// Stamps a case with the present row as its stay's.
    #[inline]
    pub(super) fn stamp(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        (case.row, case.day) = (self.meters.row as u32, self.meters.day as u32);
    }

    /// A case opens in the present row.
    #[inline]
    pub(super) fn book_opening(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        (case.opening_row, case.opening_day) = (self.meters.row as u32, self.meters.day as u32);
        let seen = &mut self.seen.queues[case.opening_queue.index()];
        seen.rows[case.opening_row as usize][Count::Cases] += 1;
        if let Some(day) = seen.days.get_mut(case.opening_day as usize) {
            day[Count::Cases] += 1;
        }
    }

    /// An agent takes a contact, which may have waited. `ENTERS`: the stay begins with it.
    #[inline(always)]
    pub(super) fn book_answer<const ENTERS: bool>(
        &mut self,
        queue: &Queue,
        stay: Stay,
        wait: Span,
        delayed: bool,
    ) {
        // Where responses count, the target is judged later.
        let within = u64::from(wait <= queue.within && !queue.kind.counts_responses());
        self.book_stay(stay, |counts| {
            counts[Count::Entered] += u64::from(ENTERS);
            counts[Count::Answered] += 1;
            counts[Count::AnsweredWithin] += within;
            counts[Count::Delayed] += u64::from(delayed);
            counts[Count::WaitAnswered] += wait.micros();
        });
        if queue.second.as_ref().is_some_and(|target| wait <= target.within) {
            self.book_passage(stay, PassageCount::AnsweredInSecond, 1);
        }
        if !self.model.routing.scripts.is_empty() {
            let judged = (!queue.kind.counts_responses()).then_some(within > 0);
            self.remember(stay, judged, Some(wait));
        }
        if wait > Span::ZERO && stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].answered.add(wait);
            self.book_wait(stay, wait);
        }
    }

    /// The customer abandons.
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
        if let Some(target) = &queue.second {
            self.book_passage(stay, PassageCount::AbandonedInSecond, u64::from(wait <= target.within));
            self.book_passage(stay, PassageCount::AbandonedShortOfSecond, u64::from(wait <= target.short));
        }
        if !self.model.routing.scripts.is_empty() {
            self.remember(stay, Some(false), None);
        }
        if wait > Span::ZERO && stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].abandoned.add(wait);
            self.book_wait(stay, wait);
        }
    }

    /// What scripts ask of a queue's last contacts.
    #[cold]
    fn remember(&mut self, stay: Stay, within: Option<bool>, answered: Option<Span>) {
        let recent = &mut self.state.queues[stay.queue.index()].recent;
        within.into_iter().for_each(|within| recent.judge(within));
        answered.into_iter().for_each(|wait| recent.answer(wait));
    }

    #[inline]
    fn book_wait(&mut self, stay: Stay, wait: Span) {
        let seen = &mut self.seen.queues[stay.queue.index()];
        seen.row_waits[stay.row as usize].add(wait);
        if let Some(waits) = seen.day_waits.get_mut(stay.day as usize) {
            waits.add(wait);
        }
        let millis = wait.micros() / 1000;
        seen.wait_squares += u128::from(millis) * u128::from(millis);
        seen.longest = seen.longest.max(wait);
    }

    /// Counts something of a stay that is not counted by row.
    pub(super) fn book_passage(&mut self, stay: Stay, count: PassageCount, by: u64) {
        if stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].passages[count] += by;
        }
    }

    /// A contact gets its (first) response.
    pub(super) fn book_response(&mut self, id: CaseId, stay: Stay) {
        let queue = &self.model.queues[stay.queue.index()];
        if !queue.kind.counts_responses() && queue.conversation.is_none() {
            return;
        }
        let entered = self.state.cases[id].entered;
        let took = self.now.since(entered);
        self.book_passage(stay, PassageCount::Responses, 1);
        self.book_passage(stay, PassageCount::ResponseTime, took.micros());
        if stay.row as usize != self.model.rows.unreported() {
            self.seen.queues[stay.queue.index()].responses.add(took);
        }
        let in_time = self.now <= queue.due(entered, &self.model.calendar);
        if in_time && queue.kind.counts_responses() {
            self.book_stay(stay, |counts| counts[Count::AnsweredWithin] += 1);
            self.book_passage(stay, PassageCount::ResponsesWithin, 1);
        }
        if queue.kind.counts_responses() && !self.model.routing.scripts.is_empty() {
            self.remember(stay, Some(in_time), None);
        }
        self.tell(id, CaseEvent::Responded { within: in_time && queue.kind.counts_responses() });
    }

    pub(super) fn book_still_waiting(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        if case.has_begun() || matches!(case.role, Role::Ghost | Role::Stock) {
            return;
        }
        self.book_stay(case.stay(), |counts| {
            counts[Count::StillWaiting] += 1;
            counts[Count::Delayed] += 1;
        });
        self.tell(id, CaseEvent::StillWaits);
    }

    /// A case is solved by a follow-up.
    pub(super) fn solve_later(&mut self, id: CaseId) {
        self.returns_no_more(id);
        book_solved(&mut self.seen, self.model, self.now, &self.state.cases[id], false, false);
        self.tell(id, CaseEvent::Solved { first: false, later: true });
        self.state.cases.close(id);
    }

    /// A case ends in self-service.
    pub(super) fn book_containment(&mut self, id: CaseId) {
        let case = self.state.cases[id];
        self.book_case(&case, |counts| counts[Count::Contained] += 1);
        self.tell(id, CaseEvent::Contained);
        if self.is_reported(&case) {
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            book_resolution(tally, self.model, self.now, &case, case.contact == 0);
        }
    }

    /// A case is lost.
    pub(super) fn book_loss(&mut self, id: CaseId, why: LossReason) {
        let case = self.state.cases[id];
        self.book_case(&case, |counts| counts[Count::Lost] += 1);
        self.tell(id, CaseEvent::Lost(why));
        if self.is_reported(&case) {
            let tally = &mut self.seen.queues[case.opening_queue.index()].cases;
            book_history(&mut tally.counts, &case);
            tally.counts.lost[why as usize] += 1;
            tally.lost_after.add(self.now.since(case.opened));
        }
    }

    fn tell_of_open_cases(&mut self) {
        if self.recorder.listens() {
            let open = self.state.cases.iter().filter(|(_, case)| case.role == Role::Case);
            let open: Vec<CaseId> = open.map(|(id, _)| id).collect();
            open.into_iter().for_each(|id| self.tell(id, CaseEvent::StaysOpen));
        }
    }

    /// The ages and histories of the cases that are open when the horizon ends.
    pub(super) fn book_open_cases(&mut self) {
        self.tell_of_open_cases();
        let end = match self.model.at_end {
            AtEnd::Cut => self.model.end,
            AtEnd::Drain => self.now,
        };
        let unreported = self.model.rows.unreported();
        let reported = |case: &Case| case.opening_row as usize != unreported;
        for (_, case) in self.state.cases.iter().filter(|(_, case)| reported(case) && case.role == Role::Case)
        {
            self.seen.journeys.end(case.journey, CaseEnd::Open, end.since(case.opened).micros());
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
    counts.agents += u64::from(case.agents);
    counts.ever_answered += u64::from(case.answered_contact.is_some());
}

/// A case is solved: by the first contact that was answered, by the first of all.
#[inline(always)]
pub(super) fn book_solved(
    seen: &mut Observations,
    model: &Model,
    now: Instant,
    case: &Case,
    first: bool,
    at_once: bool,
) {
    let Observations { queues, journeys, .. } = seen;
    let seen = &mut queues[case.opening_queue.index()];
    let counts = &mut seen.rows[case.opening_row as usize];
    counts[Count::Solved] += 1;
    counts[Count::SolvedFirst] += u64::from(first);
    if let Some(counts) = seen.days.get_mut(case.opening_day as usize) {
        counts[Count::Solved] += 1;
        counts[Count::SolvedFirst] += u64::from(first);
    }
    if case.opening_row as usize != model.rows.unreported() {
        seen.cases.counts.solved_by_first_agent += u64::from(case.last_agent == case.first_agent);
        let took = book_resolution(&mut seen.cases, model, now, case, at_once);
        journeys.end(case.journey, CaseEnd::Solved, took.micros());
    }
}

/// A case is resolved, by an agent or in self-service: how long that took.
#[inline(always)]
fn book_resolution(tally: &mut CaseTally, model: &Model, now: Instant, case: &Case, at_once: bool) -> Span {
    let took = now.since(case.opened);
    book_history(&mut tally.counts, case);
    tally.counts.solved_at_once += u64::from(at_once);
    tally.counts.time_to_resolution += took.micros();
    tally.counts.solved_in_time += u64::from(is_solved_in_time(model, now, case));
    tally.solved_after.add(took);
    took
}

/// Whether a case that is solved now is solved by the target's time; without a target none is.
#[inline]
fn is_solved_in_time(model: &Model, now: Instant, case: &Case) -> bool {
    let queue = &model.queues[case.opening_queue.index()];
    match queue.resolve.map(|(_, within)| within) {
        None => false,
        Some(ResolveTarget::Clock(within)) => now <= case.opened + within,
        Some(ResolveTarget::WorkingDays(days)) => {
            let whole = Span::DAY * days.floor() as u64;
            let rest = Span::from_seconds((days - days.floor()) * Span::DAY.seconds());
            // So many working days are at least as many days: most need no look at the opening hours.
            let is_early = now <= case.opened + whole + rest;
            is_early
                || queue.clock.as_ref().is_some_and(|openings| {
                    now <= openings.working_days_after(case.opened, days, &model.calendar)
                })
        }
    }
}
