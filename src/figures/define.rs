//! The definitions of the figures: each a ratio of two linear forms of counters.
//!
//! `docs/figures.md` says the same in words, with worked examples.

use crate::estimate::{Form, Moments, Terms};
use crate::observations::{Count, GroupCount};

use super::Figure;
use super::results::{Estimate, Figures};
use super::tally::{Extra, at, extra, group_at};

/// Collects figures; those without observations stay out.
pub(super) struct Definitions<'a> {
    moments: &'a Moments,
    /// The multiple of standard errors that makes a half-width; `None` from one replication.
    multiple: Option<f64>,
    /// How often what is described comes in a replication: counts are those of one occurrence.
    times: f64,
    figures: Figures,
    /// Of a single replication: what figures are ratios of, instead of the figures. Nothing is left
    /// out there, as what did not happen in this replication may happen in the next.
    terms: Option<Vec<(Figure, Terms)>>,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(moments: &'a Moments, multiple: Option<f64>) -> Definitions<'a> {
        Definitions { moments, multiple, times: 1.0, figures: Figures::default(), terms: None }
    }

    /// Of something that comes so many times in a replication.
    pub(super) fn per(self, times: f64) -> Self {
        Definitions { times: times.max(1.0), ..self }
    }

    /// Collects the terms of a single replication's figures.
    pub(super) fn of_one(moments: &'a Moments) -> Definitions<'a> {
        Definitions { terms: Some(Vec::new()), ..Definitions::new(moments, None) }
    }

    /// What was collected of a single replication.
    pub(super) fn into_terms(self) -> Vec<(Figure, Terms)> {
        self.terms.unwrap_or_default()
    }

    pub(super) fn finish(self) -> Figures {
        let mut figures = self.figures;
        figures.0.sort_by_key(|(figure, _)| *figure);
        figures
    }

    /// E[over] / E[under].
    pub(super) fn ratio(&mut self, figure: Figure, over: Form, under: Form) {
        if let Some(terms) = &mut self.terms {
            terms.push((figure, Terms { over: self.moments.sum(over), under: self.moments.sum(under) }));
            return;
        }
        if let Some(estimated) = self.moments.ratio(over, under) {
            let half_width =
                estimated.standard_error.zip(self.multiple).map(|(error, multiple)| error * multiple);
            self.push(figure, estimated.value, half_width);
        }
    }

    /// How many in one occurrence.
    pub(super) fn count(&mut self, figure: Figure, form: Form) {
        self.mean(figure, form, self.times);
    }

    /// E[form] / `by`.
    pub(super) fn mean(&mut self, figure: Figure, form: Form, by: f64) {
        if let Some(terms) = &mut self.terms {
            terms.push((figure, Terms { over: self.moments.sum(form) / by, under: 1.0 }));
            return;
        }
        if let Some(estimated) = self.moments.mean(form) {
            let half_width =
                estimated.standard_error.zip(self.multiple).map(|(error, multiple)| error * multiple / by);
            self.push(figure, estimated.value / by, half_width);
        }
    }

    pub(super) fn push(&mut self, figure: Figure, value: f64, half_width: Option<f64>) {
        // What is no ratio of two sums has no terms.
        if value.is_finite() && self.terms.is_none() {
            self.figures.0.push((figure, Estimate { value, half_width }));
        }
    }

    /// Takes the figures of other counters of the same scope.
    pub(super) fn add(&mut self, other: Figures) {
        self.figures.0.extend(other.0);
    }

    fn any(&self, count: Count) -> bool {
        self.occurs(at(count))
    }

    /// Whether a counter of the vector ever moved; of a single replication nobody knows yet.
    pub(super) fn occurs(&self, place: usize) -> bool {
        self.terms.is_some() || self.moments.sum(&[(place, 1.0)]) > 0.0
    }

    /// What is counted of stays; `seconds` of reported time.
    pub(super) fn stays(&mut self, seconds: f64) {
        use Count::*;
        let one = |count: Count| (at(count), 1.0);
        let offered = [one(Entered), (at(Overflowed), -1.0), (at(CalledBack), -1.0)];
        // Of those who waited on the line; who was called back has figures of their own.
        let on_line = [one(Answered), (at(ByCallback), -1.0)];
        let ended = [one(Answered), one(Abandoned), (at(ByCallback), -1.0)];
        let could_wait = [offered[0], offered[1], offered[2], (at(ByCallback), -1.0)];
        let handled = [one(Talk), one(WrapUp)];
        self.count(Figure::Offered, &offered);
        self.count(Figure::Answered, &[one(Answered)]);
        self.count(Figure::Abandoned, &[one(Abandoned)]);
        for (figure, count) in [
            (Figure::Redials, Redials),
            (Figure::Blocked, Blocked),
            (Figure::TurnedAway, TurnedAway),
            (Figure::Overflowed, Overflowed),
            (Figure::ClosedOut, ClosedOut),
            (Figure::StillWaiting, StillWaiting),
            (Figure::Callbacks, CalledBack),
        ] {
            if self.any(count) {
                self.count(figure, &[one(count)]);
            }
        }
        if self.any(Blocked) {
            let attempts = [offered[0], offered[1], offered[2], one(Blocked)];
            self.ratio(Figure::BusySignals, &[one(Blocked)], &attempts);
        }
        self.ratio(
            Figure::ServiceLevel,
            &[(extra(Extra::ServiceMet), 1.0)],
            &[(extra(Extra::ServiceAsked), 1.0)],
        );
        self.ratio(Figure::Delayed, &[one(Delayed)], &could_wait);
        self.ratio(Figure::Wait, &[one(WaitAnswered), one(WaitAbandoned)], &ended);
        self.ratio(Figure::WaitAnswered, &[one(WaitAnswered)], &on_line);
        self.ratio(Figure::WaitAbandoned, &[one(WaitAbandoned)], &[one(Abandoned)]);
        self.ratio(Figure::Abandonment, &[one(Abandoned)], &ended);
        self.ratio(Figure::Talk, &[one(Talk)], &[one(Legs)]);
        self.ratio(Figure::WrapUp, &[one(WrapUp)], &[one(Legs)]);
        self.ratio(Figure::Aht, &handled, &[one(Legs)]);
        if self.any(Transferred) {
            self.ratio(Figure::Transferred, &[one(Transferred)], &[one(Legs)]);
        }
        if seconds > 0.0 {
            self.mean(Figure::QueueLength, &[one(Waiting)], seconds);
            self.mean(Figure::Busy, &[one(Busy)], seconds);
            self.load(&offered, seconds);
        }
    }

    /// The agents that the offered contacts would keep busy if all were answered at once:
    /// offered x AHT / time, where conversations that share an agent count as their part of one.
    /// Where no leg has ended there is no AHT yet, and no load.
    fn load(&mut self, offered: Form, seconds: f64) {
        let handled = [(at(Count::Talk), 1.0), (at(Count::WrapUp), 1.0), (extra(Extra::Slack), -1.0)];
        if let Some(load) = self.moments.product_ratio(offered, &handled, &[(at(Count::Legs), 1.0)]) {
            let half_width =
                load.standard_error.zip(self.multiple).map(|(error, multiple)| error * multiple / seconds);
            self.push(Figure::Load, load.value / seconds, half_width);
        }
    }

    /// Cases by their opening, as far as rows tell.
    pub(super) fn cases(&mut self) {
        use Count::*;
        let one = |count: Count| (at(count), 1.0);
        if !self.any(Cases) {
            return;
        }
        let cases = [one(Cases)];
        self.count(Figure::Cases, &cases);
        self.ratio(Figure::CasesSolvedFirst, &[one(SolvedFirst)], &cases);
        self.ratio(Figure::CasesSolvedLater, &[one(Solved), (at(SolvedFirst), -1.0)], &cases);
        self.ratio(Figure::CasesLost, &[one(Lost)], &cases);
        if self.any(Contained) {
            self.ratio(Figure::CasesContained, &[one(Contained)], &cases);
        }
        let open = [one(Cases), (at(Solved), -1.0), (at(Contained), -1.0), (at(Lost), -1.0)];
        self.ratio(Figure::CasesOpen, &open, &cases);
        let solved = [one(Solved), one(Contained)];
        self.ratio(Figure::Resolution, &solved, &[one(Solved), one(Contained), one(Lost)]);
    }

    /// What only whole scopes know.
    pub(super) fn scope(&mut self, seconds: f64) {
        use Count::*;
        let one = |count: Count| (at(count), 1.0);
        let more = |place: Extra| (extra(place), 1.0);
        self.spread(
            Figure::WaitSd,
            &[more(Extra::WaitSquares)],
            &[one(WaitAnswered), one(WaitAbandoned)],
            self.moments.sum(&[one(Answered), one(Abandoned), (at(ByCallback), -1.0)]),
        );
        let time = seconds * self.moments.replications() as f64;
        self.spread(Figure::QueueLengthSd, &[more(Extra::WaitingSquares)], &[one(Waiting)], time);
        self.ratio(Figure::DaysOnTarget, &[more(Extra::AnswerDaysMet)], &[more(Extra::AnswerDays)]);
        let ever = [more(Extra::EverAnswered)];
        self.ratio(Figure::Fcr, &[one(SolvedFirst)], &ever);
        self.ratio(Figure::FcrMeasured, &[more(Extra::EverAnswered), (extra(Extra::Repeated), -1.0)], &ever);
        self.ratio(Figure::ResolvedInTime, &[more(Extra::SolvedInTime)], &[more(Extra::ResolveAsked)]);
        self.ratio(
            Figure::TimeToResolution,
            &[more(Extra::TimeToResolution)],
            &[one(Solved), one(Contained)],
        );
        self.ratio(Figure::ContactsPerCase, &[more(Extra::Contacts)], &[one(Cases)]);
        self.ratio(Figure::LegsPerCase, &[more(Extra::CaseLegs)], &[one(Cases)]);
        self.ratio(Figure::TransfersPerCase, &[more(Extra::CaseTransfers)], &[one(Cases)]);
    }

    /// The total's own: handle time per contact instead of per leg, and cost.
    pub(super) fn total(&mut self, has_cost: bool) {
        let contacts = [(extra(Extra::AnsweredContacts), 1.0)];
        self.figures.0.retain(|(figure, _)| *figure != Figure::Aht);
        if let Some(terms) = &mut self.terms {
            terms.retain(|(figure, _)| *figure != Figure::Aht);
        }
        self.ratio(Figure::Aht, &[(at(Count::Talk), 1.0), (at(Count::WrapUp), 1.0)], &contacts);
        if has_cost {
            let cost = [(extra(Extra::Cost), 1.0)];
            self.count(Figure::Cost, &cost);
            self.ratio(Figure::CostPerContact, &cost, &contacts);
            let solved = [(at(Count::Solved), 1.0), (at(Count::Contained), 1.0)];
            self.ratio(Figure::CostPerSolved, &cost, &solved);
        }
    }

    /// A standard deviation from pooled sums, without an interval.
    fn spread(&mut self, figure: Figure, squares: Form, sum: Form, n: f64) {
        if n > 0.0 {
            let mean = self.moments.sum(sum) / n;
            let variance = self.moments.sum(squares) / n - mean * mean;
            self.push(figure, libm::sqrt(variance.max(0.0)), None);
        }
    }

    /// A group's figures over `hours` of reported time.
    pub(super) fn group(&mut self, hours: f64, cost_per_hour: Option<f64>) {
        use GroupCount::*;
        let one = |count: GroupCount| (group_at(count), 1.0);
        let less = |count: GroupCount| (group_at(count), -1.0);
        let paid = [one(Paid), less(Unpaid)];
        self.mean(Figure::Scheduled, &[one(Scheduled)], hours);
        self.mean(Figure::OnDuty, &[one(OnDuty), less(OnBreak)], hours);
        self.mean(Figure::Busy, &[one(Working)], hours);
        self.ratio(Figure::Occupancy, &[one(Working)], &[one(OnDuty), less(OnBreak)]);
        self.ratio(Figure::Utilisation, &[one(Working)], &paid);
        self.ratio(Figure::Shrinkage, &[one(Paid), less(Unpaid), less(OnDuty), one(OnBreak)], &paid);
        self.count(Figure::PaidHours, &paid);
        self.count(Figure::Overtime, &[one(Overtime)]);
        if self.occurs(group_at(TwoOpen)) || self.occurs(group_at(ThreeOpen)) {
            self.ratio(Figure::OneOpen, &[one(OneOpen)], &[one(Working)]);
            self.ratio(Figure::TwoOpen, &[one(TwoOpen)], &[one(Working)]);
            self.ratio(Figure::ThreeOpen, &[one(ThreeOpen)], &[one(Working)]);
        }
        if let Some(pay) = cost_per_hour {
            self.mean(Figure::Cost, &paid, 1.0 / pay);
        }
    }
}
