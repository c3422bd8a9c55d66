//! Whether a target is kept: told by the mean and its confidence interval, never by the mean alone.

use super::interval::Estimate;
use super::results::{Figures, TargetResult};
use super::{Better, Figure};

/// How a target stands at the replications that were played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The whole interval lies on the wrong side of the target.
    Missed,
    /// The interval covers the target, or there is none, as of a single replication.
    Undecided,
    /// The whole interval lies on the right side; on the target itself counts as right.
    Kept,
}

impl Verdict {
    /// Of an estimate of a figure that is to be at least this much (at most, where less is better).
    ///
    /// ```
    /// use holdline::figures::{Better, Estimate, Verdict};
    ///
    /// let level = |value, half_width| Estimate { value, half_width: Some(half_width) };
    /// assert_eq!(Verdict::of(level(0.84, 0.04), 0.8, Better::Higher), Verdict::Kept);
    /// assert_eq!(Verdict::of(level(0.84, 0.05), 0.8, Better::Higher), Verdict::Undecided);
    /// assert_eq!(Verdict::of(level(0.07, 0.01), 0.05, Better::Lower), Verdict::Missed);
    /// ```
    #[must_use]
    pub fn of(estimate: Estimate, target: f64, better: Better) -> Verdict {
        let Some(half_width) = estimate.half_width else { return Verdict::Undecided };
        let good = match better {
            Better::Lower => target - estimate.value,
            _ => estimate.value - target,
        };
        // Shares are ratios of counts: what is equal to the target is so but for rounding.
        let rounding = 1e-12;
        if good + rounding >= half_width {
            Verdict::Kept
        } else if good + half_width + rounding < 0.0 {
            Verdict::Missed
        } else {
            Verdict::Undecided
        }
    }

    /// `kept`, `missed`, `not decided`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Missed => "missed",
            Verdict::Undecided => "not decided",
            Verdict::Kept => "kept",
        }
    }

    /// Of several targets together: missed where any is, kept where all are.
    #[must_use]
    pub fn all(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
        verdicts.into_iter().min().unwrap_or(Verdict::Kept)
    }
}

impl TargetResult {
    /// How the target stands by these figures: its scope's over the whole time, or a row's. `None`
    /// where nothing was observed.
    #[must_use]
    pub fn verdict(&self, figures: &Figures) -> Option<Verdict> {
        figures.get(self.figure).map(|estimate| Verdict::of(estimate, self.share, self.figure.better()))
    }

    /// Whether another target is about the same measure, so that one number may stand for both.
    #[must_use]
    pub fn is_measured_as(&self, other: &TargetResult) -> bool {
        let how = |target: &TargetResult| {
            (target.figure, target.response, target.open_hours, target.formula, target.short)
        };
        how(self) == how(other) && self.within == other.within
    }

    /// Whether all of these are about the same measure.
    #[must_use]
    pub fn are_alike<'t>(targets: impl IntoIterator<Item = &'t TargetResult>) -> bool {
        let mut targets = targets.into_iter();
        let first = targets.next();
        first.is_none_or(|first| targets.all(|other| other.is_measured_as(first)))
    }

    /// Whether it is about waiting for an agent, which agents can mend.
    #[must_use]
    pub fn is_of_waiting(&self) -> bool {
        matches!(self.figure, Figure::ServiceLevel | Figure::SecondLevel | Figure::Abandonment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_decides() {
        let of = |value, half_width| Verdict::of(Estimate { value, half_width }, 0.8, Better::Higher);
        assert_eq!(of(0.9, None), Verdict::Undecided, "one replication decides nothing");
        assert_eq!(of(0.8, Some(0.0)), Verdict::Kept, "on the target is kept");
        assert_eq!(of(0.79, Some(0.02)), Verdict::Undecided);
        assert_eq!(of(0.81, Some(0.02)), Verdict::Undecided);
        assert_eq!(of(0.77, Some(0.02)), Verdict::Missed);
        // 4.08 % of the calls abandon, give or take 0.20, where at most 4 % may.
        let most = |value, half_width| {
            Verdict::of(Estimate { value, half_width: Some(half_width) }, 0.04, Better::Lower)
        };
        assert_eq!(most(0.0408, 0.0020), Verdict::Undecided);
        assert_eq!(most(0.0408, 0.0005), Verdict::Missed);
        assert_eq!(most(0.0380, 0.0020), Verdict::Kept);
    }

    #[test]
    fn all_are_kept_only_together() {
        use Verdict::{Kept, Missed, Undecided};
        assert_eq!(Verdict::all([Kept, Kept]), Kept);
        assert_eq!(Verdict::all([Kept, Undecided]), Undecided);
        assert_eq!(Verdict::all([Undecided, Missed, Kept]), Missed);
    }
}
