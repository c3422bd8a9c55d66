//! What a comparison found.

use crate::figures::{self, Better, Estimate, Figure, Results, TargetResult};
use crate::model::Labels;

use super::budget::BudgetResult;
use super::contest::ContestResult;

/// What a difference amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verdict {
    Better,
    Worse,
    /// More or less of a figure of which neither is better.
    Higher,
    Lower,
    /// The same in every replication.
    Same,
    /// The whole interval lies within the smallest difference that matters.
    NoneThatMatters,
    /// The interval holds zero: more replications would tell.
    Unclear,
}

/// A figure of one variant beside the baseline's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Beside {
    /// The variant's figure; `None` without observations.
    pub value: Option<Estimate>,
    /// The variant's less the baseline's; `None` for the baseline itself.
    pub difference: Option<Estimate>,
    /// The half-width that independent runs would have given.
    pub independent_half_width: Option<f64>,
    /// How many times as many replications independent runs would need for the same half-width.
    pub saving: Option<f64>,
    /// How probably it is the best of all by this figure, where that was asked (see
    /// [`crate::estimate::probability_best`]).
    pub best: Option<f64>,
}

impl Beside {
    /// No difference is known more finely than its figures are: half of what both are wide together, in the figure's
    /// unit. One that no replication knows of stays.
    pub(super) fn no_finer_than(mut self, half_width: f64) -> Beside {
        let known = self.difference.as_mut().filter(|it| it.value != 0.0 || it.half_width != Some(0.0));
        if let Some(least) = known.and_then(|difference| difference.half_width.as_mut()) {
            *least = least.max(half_width);
        }
        self
    }
}

/// A figure of all variants.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedFigure {
    /// Its dotted name.
    pub path: String,
    /// Which figure it is.
    pub figure: Figure,
    /// The smallest difference that matters, in its unit; 0 where nobody said.
    pub delta: f64,
    /// By variant.
    pub variants: Vec<Beside>,
}

/// A figure of a queue on one day, or in one hour of all days, of all variants.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedSlice {
    /// `Mon 2 Mar`, `09:00`.
    pub when: String,
    /// The queue's name.
    pub queue: String,
    /// The figure; its path does not name the time.
    pub figure: ComparedFigure,
}

/// What those compared came to over time.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    /// All results, by variant.
    pub results: Vec<Results>,
    /// Day by day, the baseline's queues in file order; none where days have no date of their own.
    pub days: Vec<ComparedSlice>,
    /// The same by hour of the day, of all days together; none without a calendar.
    pub hours: Vec<ComparedSlice>,
}

/// How a queue's target stands at one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The target, which is the variant's own.
    pub target: TargetResult,
    /// What the target is about; `None` without observations.
    pub value: Option<Estimate>,
}

impl Judged {
    /// Whether it is kept; `None` without observations.
    #[must_use]
    pub fn verdict(&self) -> Option<figures::Verdict> {
        self.value.map(|value| figures::Verdict::of(value, self.target.share, self.target.figure.better()))
    }
}

/// A target of a queue at all variants.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedTarget {
    /// The queue's name.
    pub queue: String,
    /// What the target is about.
    pub figure: Figure,
    /// By variant; `None` where it has no such queue or no such target.
    pub variants: Vec<Option<Judged>>,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Their names; the order of all lists by variant.
    pub names: Vec<String>,
    /// Which of them is the baseline.
    pub baseline: usize,
    /// In the order asked for; the usual ones only where anyone has observations.
    pub figures: Vec<ComparedFigure>,
    /// The targets of all queues: the baseline's first, then those that only others have.
    pub targets: Vec<JudgedTarget>,
    /// Replications of each variant that the differences rest on.
    pub replications: u64,
    /// Replications that were asked for (more, where it was interrupted).
    pub asked: u64,
    /// The seed of all.
    pub seed: u64,
    /// Of each interval.
    pub confidence: f64,
    /// Which is the best, where that was asked.
    pub contest: Option<ContestResult>,
    /// The same with a budget of replications.
    pub budget: Option<BudgetResult>,
    /// Whether the intervals of all differences of a figure hold together.
    pub together: bool,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// What the baseline calls queues and money.
    pub labels: Labels,
}

impl Compared {
    /// How a variant stands with all its targets together; `None` where it has none with observations.
    #[must_use]
    pub fn standing(&self, variant: usize) -> Option<figures::Verdict> {
        let judged = self.targets.iter().filter_map(|target| target.variants[variant].as_ref());
        let verdicts: Vec<figures::Verdict> = judged.filter_map(Judged::verdict).collect();
        (!verdicts.is_empty()).then(|| figures::Verdict::all(verdicts))
    }
}

impl ComparedFigure {
    /// What a variant's difference to the baseline amounts to; `None` for the baseline, and where either
    /// has no observations or there was a single replication.
    #[must_use]
    pub fn verdict(&self, variant: usize) -> Option<Verdict> {
        let difference = self.variants[variant].difference?;
        let (value, half_width) = (difference.value, difference.half_width?);
        Some(if value == 0.0 && half_width == 0.0 {
            Verdict::Same
        } else if value.abs() + half_width <= self.delta {
            Verdict::NoneThatMatters
        } else if value.abs() <= half_width {
            Verdict::Unclear
        } else {
            match (self.figure.better(), value > 0.0) {
                (Better::Higher, true) | (Better::Lower, false) => Verdict::Better,
                (Better::Higher, false) | (Better::Lower, true) => Verdict::Worse,
                (Better::Neither, true) => Verdict::Higher,
                (Better::Neither, false) => Verdict::Lower,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(figure: Figure, delta: f64, value: f64, half_width: f64) -> Option<Verdict> {
        let difference = Some(Estimate { value, half_width: Some(half_width) });
        let beside =
            Beside { value: difference, difference, independent_half_width: None, saving: None, best: None };
        ComparedFigure { path: String::new(), figure, delta, variants: vec![beside] }.verdict(0)
    }

    #[test]
    fn verdicts_know_which_way_is_better_and_what_matters() {
        use Figure::{Occupancy, ServiceLevel, Wait};
        assert_eq!(verdict(ServiceLevel, 0.0, 0.02, 0.01), Some(Verdict::Better));
        assert_eq!(verdict(Wait, 0.0, 2.0, 1.0), Some(Verdict::Worse));
        assert_eq!(verdict(Wait, 0.0, -2.0, 1.0), Some(Verdict::Better));
        assert_eq!(verdict(Occupancy, 0.0, -0.02, 0.01), Some(Verdict::Lower));
        assert_eq!(verdict(Wait, 0.0, 2.0, 2.0), Some(Verdict::Unclear));
        assert_eq!(verdict(Wait, 5.0, 2.0, 1.0), Some(Verdict::NoneThatMatters));
        assert_eq!(verdict(Wait, 5.0, 4.5, 1.0), Some(Verdict::Worse), "it may be larger than delta");
        assert_eq!(verdict(Wait, 0.0, 0.0, 0.0), Some(Verdict::Same));
    }
}
