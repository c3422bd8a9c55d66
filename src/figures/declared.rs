//! What is declared of a figure: how it is called, what it means, and how it is counted.

use crate::estimate::Form;
use crate::observations::{Count, GroupCount, PassageCount};

use super::passage::{self, Beside};
use super::tally::{self, Extra};

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of 1; printed in percent.
    Share,
    /// Seconds.
    Seconds,
    /// How many, per replication.
    Count,
    /// Hours, per replication.
    Hours,
    /// Money (no currency is assumed).
    Money,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Better {
    Higher,
    Lower,
    Neither,
}

/// What a figure has to do with waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing.
    Apart,
    /// It hinges on how long customers wait, so work without end has none.
    Hinges,
    /// It is a time waited, on the line or for a response: of unlike channels there is no common one.
    Time,
}

/// A file in which the column of a figure may stand even where nothing was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sheet {
    Queues,
    Groups,
    Intervals,
    /// In long form: which figures are told there at all.
    Cases,
}

/// What a line of results is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A queue or a channel; the total too, but for what it defines for itself.
    Scope,
    /// The total alone.
    Total,
    /// One kind of contact of a scope.
    Kind,
    /// An interval or a day of a queue or the total.
    Row,
    /// A follow-up.
    FollowUp,
    /// A group, or all of them.
    Group,
    /// An interval of a group.
    GroupRow,
}

/// All that is said of a figure.
pub(super) struct Declared {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) unit: Unit,
    pub(super) better: Better,
    pub(super) waiting: Waiting,
    pub(super) stands_in: &'static [Sheet],
    pub(super) meaning: &'static str,
    /// How it is counted, by the lines that have it.
    pub(super) counted: &'static [(&'static [Line], Counted)],
}

/// Counters, each with its weight.
pub(super) type Terms = Form<'static>;

/// The counters that a formula is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vector {
    /// Of stays and cases ([`tally`]).
    Stays,
    /// Of whole scopes only ([`passage`]).
    Passages,
    /// Of groups, in hours.
    Group,
}

/// A histogram that percentiles are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    WaitsOfAll,
    WaitsOfAnswered,
    WaitsOfAbandoned,
    Responses,
}

/// A target that agents can mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mended {
    ServiceLevel,
    Abandonment,
}

/// How a figure follows from sums over replications.
#[derive(Clone, Copy, Debug)]
pub(super) enum Formula {
    /// One sum over another.
    Ratio(Terms, Terms),
    /// A sum in one occurrence of what the line is about.
    Count(Terms),
    /// A sum over the time that the line is about.
    Average(Terms),
    /// A sum over the number of ends of rows.
    AtEnds(Terms),
    /// A sum times what an hour costs.
    Pay(Terms),
    /// A sum over the hours of a full-time equivalent.
    Fte(Terms),
    /// One sum times another over a third and the time.
    Load(Terms, Terms, Terms),
    /// Of so many that these add up to.
    Deviation { squares: Terms, sum: Terms, of: Terms },
    /// Of a number that changes with time.
    DeviationOverTime { squares: Terms, sum: Terms },
    /// Not more than this share of the times lie below.
    Percentile(Times, f64),
    /// The longest of all waits.
    Longest,
    /// Of the agents that a target takes: by another formula, where it is missed.
    Shortage(Mended),
    /// The sum of the backlog's age bands.
    OfAges,
}

/// Where a figure is left out although its line could have it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Absent {
    Never,
    /// Where what it counts, or is a share of, never happened.
    WhereNone,
    /// Where none of these counters ever moved.
    Without(&'static [usize]),
    /// Where no agent shares time between conversations.
    WhereNobodyShares,
    /// Where agents cost nothing.
    WhereFree,
}

/// How a figure is counted on some lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) vector: Vector,
    pub(super) formula: Formula,
    pub(super) absent: Absent,
}

impl Vector {
    const fn by(self, formula: Formula) -> Counted {
        Counted { vector: self, formula, absent: Absent::Never }
    }

    pub(super) const fn ratio(self, over: Terms, under: Terms) -> Counted {
        self.by(Formula::Ratio(over, under))
    }

    pub(super) const fn count(self, terms: Terms) -> Counted {
        self.by(Formula::Count(terms))
    }

    pub(super) const fn average(self, terms: Terms) -> Counted {
        self.by(Formula::Average(terms))
    }

    pub(super) const fn at_ends(self, terms: Terms) -> Counted {
        self.by(Formula::AtEnds(terms))
    }

    pub(super) const fn fte(self, terms: Terms) -> Counted {
        self.by(Formula::Fte(terms))
    }

    pub(super) const fn pay(self, terms: Terms) -> Counted {
        self.by(Formula::Pay(terms)).absent(Absent::WhereFree)
    }

    pub(super) const fn load(self, contacts: Terms, work: Terms, per: Terms) -> Counted {
        self.by(Formula::Load(contacts, work, per))
    }

    pub(super) const fn deviation(self, squares: Terms, sum: Terms, of: Terms) -> Counted {
        self.by(Formula::Deviation { squares, sum, of })
    }

    pub(super) const fn deviation_over_time(self, squares: Terms, sum: Terms) -> Counted {
        self.by(Formula::DeviationOverTime { squares, sum })
    }
}

impl Counted {
    const fn absent(self, absent: Absent) -> Counted {
        Counted { absent, ..self }
    }

    pub(super) const fn where_any(self) -> Counted {
        self.absent(Absent::WhereNone)
    }

    pub(super) const fn with(self, counters: &'static [usize]) -> Counted {
        self.absent(Absent::Without(counters))
    }

    pub(super) const fn where_shared(self) -> Counted {
        self.absent(Absent::WhereNobodyShares)
    }

    pub(super) const fn where_paid(self) -> Counted {
        self.absent(Absent::WhereFree)
    }
}

/// Taken from what is no vector of counters.
const fn apart(formula: Formula) -> Counted {
    Vector::Stays.by(formula)
}

pub(super) const fn percentile(times: Times, p: f64) -> Counted {
    apart(Formula::Percentile(times, p))
}

pub(super) const fn longest() -> Counted {
    apart(Formula::Longest)
}

pub(super) const fn shortage(of: Mended) -> Counted {
    apart(Formula::Shortage(of))
}

pub(super) const fn of_ages() -> Counted {
    apart(Formula::OfAges)
}

pub(super) const fn one(count: Count) -> (usize, f64) {
    (tally::at(count), 1.0)
}

pub(super) const fn less(count: Count) -> (usize, f64) {
    (tally::at(count), -1.0)
}

pub(super) const fn extra(count: Extra) -> (usize, f64) {
    (tally::extra(count), 1.0)
}

pub(super) const fn less_extra(count: Extra) -> (usize, f64) {
    (tally::extra(count), -1.0)
}

pub(super) const fn of(count: PassageCount) -> (usize, f64) {
    (passage::passage(count), 1.0)
}

pub(super) const fn less_of(count: PassageCount) -> (usize, f64) {
    (passage::passage(count), -1.0)
}

pub(super) const fn beside(count: Beside) -> (usize, f64) {
    (passage::beside(count), 1.0)
}

pub(super) const fn hours(count: GroupCount) -> (usize, f64) {
    (tally::group_at(count), 1.0)
}

/// The spread of occupancy between agents, which is known for whole groups.
pub(super) const fn spread() -> (usize, f64) {
    (tally::SPREAD, 1.0)
}

/// What premiums come to, in usual hours, which is known for whole groups.
pub(super) const fn premium() -> (usize, f64) {
    (tally::PREMIUM, 1.0)
}

pub(super) const fn less_hours(count: GroupCount) -> (usize, f64) {
    (tally::group_at(count), -1.0)
}

impl Formula {
    /// Whether it is one sum over another, or over what does not depend on chance.
    pub(super) const fn is_ratio(&self) -> bool {
        match self {
            Formula::Ratio(..)
            | Formula::Count(_)
            | Formula::Average(_)
            | Formula::AtEnds(_)
            | Formula::Fte(_)
            | Formula::Pay(_) => true,
            Formula::Load(..)
            | Formula::Deviation { .. }
            | Formula::DeviationOverTime { .. }
            | Formula::Percentile(..)
            | Formula::Longest
            | Formula::Shortage(_)
            | Formula::OfAges => false,
        }
    }
}
