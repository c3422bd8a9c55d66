//! Figures worked out: what is declared of them, applied to the sums of a line of results.
//!
//! `docs/figures.md` says the same in words, with worked examples.

use crate::estimate::{CoarseHistogram, Estimated, Form, Moments, Percentiles, PooledBins, Terms};
use crate::units::Span;

use super::Figure;
use super::declared::{Absent, Counted, Formula, Line, Times, Vector};
use super::fold::{RowFold, ScopeFold};
use super::interval::Estimate;
use super::results::Figures;

/// Where the times of a line are counted, for its percentiles.
#[derive(Clone, Copy, Debug)]
pub(super) enum Histograms<'a> {
    None,
    Whole(&'a ScopeFold),
    /// The waits of a row, pooled over replications.
    Pooled(&'a PooledBins),
}

/// What the figures of a line follow from.
#[derive(Clone, Debug)]
pub(super) struct Sums<'a> {
    pub(super) line: Line,
    /// Of stays, or of a group.
    pub(super) moments: &'a Moments,
    pub(super) passages: Option<&'a Moments>,
    pub(super) histograms: Histograms<'a>,
    /// The multiple of standard errors that makes a half-width; `None` from one replication.
    pub(super) multiple: Option<f64>,
    /// What the line covers: seconds, of groups hours.
    pub(super) time: f64,
    /// How often what is described comes in a replication: counts are those of one occurrence.
    pub(super) times: f64,
    /// Ends of rows in a replication.
    pub(super) ends: f64,
    /// Whether any agents' time is shared between conversations.
    pub(super) shares: bool,
    /// What an hour costs; of the total, which knows its cost, whether there is any.
    pub(super) per_hour: Option<f64>,
    /// Hours of a full-time equivalent over the whole time; of groups, where it is a working week or more.
    pub(super) fte_hours: Option<f64>,
    /// Of single replications: what did not happen in this one may happen in the next.
    pub(super) of_one: bool,
}

/// A figure that is a ratio: of two sums, or of a sum and a number.
enum Over<'a> {
    Sum(Form<'a>, Form<'a>),
    Number(Form<'a>, f64),
}

impl<'a> Sums<'a> {
    /// Of many replications.
    pub(super) fn new(line: Line, moments: &'a Moments, multiple: Option<f64>) -> Sums<'a> {
        Sums {
            line,
            moments,
            passages: None,
            histograms: Histograms::None,
            multiple,
            time: 0.0,
            times: 1.0,
            ends: 1.0,
            shares: false,
            per_hour: None,
            fte_hours: None,
            of_one: false,
        }
    }

    /// Of a whole scope.
    pub(super) fn of_scope(line: Line, fold: &'a ScopeFold, multiple: Option<f64>) -> Sums<'a> {
        let sums = Sums::new(line, &fold.moments, multiple);
        Sums { passages: Some(&fold.passages), histograms: Histograms::Whole(fold), ..sums }
    }

    /// Of a row.
    pub(super) fn of_row(fold: &'a RowFold, waits: &'a PooledBins, multiple: Option<f64>) -> Sums<'a> {
        let sums = Sums::new(Line::Row, &fold.moments, multiple);
        Sums { histograms: Histograms::Pooled(waits), ..sums }
    }

    /// Of a single replication.
    pub(super) fn of_one(line: Line, moments: &'a Moments, passages: Option<&'a Moments>) -> Sums<'a> {
        Sums { passages, shares: true, of_one: true, ..Sums::new(line, moments, None) }
    }

    /// All figures of the line; those without observations stay out.
    pub(super) fn figures(&self) -> Figures {
        let of = |figure: &Figure| {
            let counted = figure.counted_at(self.line).filter(|counted| self.occurs(counted))?;
            self.estimate(counted).filter(|estimate| estimate.value.is_finite()).map(|found| (*figure, found))
        };
        Figures(Figure::ALL.iter().filter_map(of).collect())
    }

    /// What a figure is a ratio of; `None` where the line has no such figure, or it is no ratio.
    pub(super) fn terms(&self, figure: Figure) -> Option<Terms> {
        let counted = figure.counted_at(self.line).filter(|counted| self.occurs(counted))?;
        let sums = self.vector(counted.vector)?;
        Some(match self.over(&counted.formula)? {
            Over::Sum(over, under) => Terms { over: sums.sum(over), under: sums.sum(under) },
            Over::Number(form, by) => Terms { over: sums.sum(form) / by, under: 1.0 },
        })
    }

    /// The forms that a figure of the stays' counters is a ratio of; without the second where it is a sum over a number.
    pub(super) fn forms(&self, figure: Figure) -> Option<(Form<'static>, Option<Form<'static>>)> {
        let counted = figure.counted_at(self.line)?;
        Some(match counted.formula {
            Formula::Ratio(over, under) => (over, Some(under)),
            Formula::Count(form) | Formula::Average(form) => (form, None),
            _ => return None,
        })
    }

    fn vector(&self, vector: Vector) -> Option<&'a Moments> {
        match vector {
            Vector::Stays | Vector::Group => Some(self.moments),
            Vector::Passages => self.passages,
        }
    }

    fn occurs(&self, counted: &Counted) -> bool {
        let any = |form: Form| self.of_one || self.vector(counted.vector).is_some_and(|v| v.sum(form) > 0.0);
        match (counted.absent, counted.formula) {
            (Absent::Never, _) => true,
            (
                Absent::WhereNone,
                Formula::Ratio(form, _)
                | Formula::Count(form)
                | Formula::Average(form)
                | Formula::AtEnds(form),
            ) => any(form),
            (Absent::WhereNone, _) => true,
            (Absent::Without(counters), _) => counters.iter().any(|counter| any(&[(*counter, 1.0)])),
            (Absent::WhereNobodyShares, _) => self.shares,
            (Absent::WhereFree, _) => self.per_hour.is_some(),
        }
    }

    fn over(&self, formula: &Formula) -> Option<Over<'static>> {
        match *formula {
            Formula::Ratio(over, under) => Some(Over::Sum(over, under)),
            Formula::Count(form) => Some(Over::Number(form, self.times)),
            Formula::Average(form) => (self.time > 0.0).then_some(Over::Number(form, self.time)),
            Formula::AtEnds(form) => Some(Over::Number(form, self.ends)),
            Formula::Fte(form) => self.fte_hours.map(|hours| Over::Number(form, hours)),
            Formula::Pay(form) => self.per_hour.map(|pay| Over::Number(form, 1.0 / pay)),
            Formula::Load(..)
            | Formula::Deviation { .. }
            | Formula::DeviationOverTime { .. }
            | Formula::Percentile(..)
            | Formula::Longest
            | Formula::Shortage(_)
            | Formula::OfAges => None,
        }
    }

    fn estimate(&self, counted: &Counted) -> Option<Estimate> {
        let sums = self.vector(counted.vector)?;
        let alone = |value: f64| Estimate { value, half_width: None };
        match counted.formula {
            Formula::Load(contacts, work, per) => {
                // The agents that the offered contacts would keep busy if all were answered at once. Where no
                // leg has ended there is no handle time yet, and no load.
                let time = Some(self.time).filter(|time| *time > 0.0)?;
                sums.product_ratio(contacts, work, per).map(|load| self.with_interval(load, time))
            }
            Formula::Deviation { squares, sum, of } => deviation(sums, squares, sum, sums.sum(of)).map(alone),
            Formula::DeviationOverTime { squares, sum } => {
                deviation(sums, squares, sum, self.time * sums.replications() as f64).map(alone)
            }
            Formula::Percentile(times, p) => self.percentile(times, p),
            Formula::Longest => self.longest().map(|longest| alone(longest.seconds())),
            // Worked out when the others are known.
            Formula::Shortage(_) | Formula::OfAges => None,
            Formula::Ratio(..)
            | Formula::Count(_)
            | Formula::Average(_)
            | Formula::AtEnds(_)
            | Formula::Fte(_)
            | Formula::Pay(_) => match self.over(&counted.formula)? {
                Over::Sum(over, under) => sums.ratio(over, under).map(|found| self.with_interval(found, 1.0)),
                Over::Number(form, by) => sums.mean(form).map(|found| self.with_interval(found, by)),
            },
        }
    }

    fn with_interval(&self, found: Estimated, by: f64) -> Estimate {
        let half_width =
            found.standard_error.zip(self.multiple).map(|(error, multiple)| error * multiple / by);
        Estimate { value: found.value / by, half_width }
    }

    fn percentile(&self, times: Times, p: f64) -> Option<Estimate> {
        let of = |percentiles: &Percentiles| {
            let found = percentiles.percentile(p, self.multiple)?;
            Some(Estimate { value: found.value, half_width: found.half_width })
        };
        match self.histograms {
            Histograms::None => None,
            Histograms::Whole(fold) => match times {
                Times::WaitsOfAll => of(&fold.waits),
                Times::WaitsOfAnswered => of(&fold.answered),
                Times::WaitsOfAbandoned => of(&fold.abandoned),
                Times::Responses => of(fold.responses.as_deref()?),
            },
            Histograms::Pooled(waits) => {
                let bin = waits.quantile_bin(p)?;
                Some(Estimate { value: CoarseHistogram::value_seconds(bin), half_width: None })
            }
        }
    }

    fn longest(&self) -> Option<Span> {
        match self.histograms {
            Histograms::Whole(fold) if fold.waits.pooled().total() > 0 => Some(fold.longest),
            _ => None,
        }
    }
}

/// A standard deviation from pooled sums.
fn deviation(sums: &Moments, squares: Form, sum: Form, n: f64) -> Option<f64> {
    (n > 0.0).then(|| {
        let mean = sums.sum(sum) / n;
        let variance = sums.sum(squares) / n - mean * mean;
        libm::sqrt(variance.max(0.0))
    })
}
