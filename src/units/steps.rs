//! A value that may change over the day (or over the elapsed time of a study without a calendar).

use super::Span;

/// Steps that hold until the next one.
///
/// With a `period` (a day) the last step holds on into the next period until the first key comes
/// round again; without one the last step holds for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps<T> {
    period: Option<Span>,
    /// Never empty; the first lies at zero; strictly ascending.
    steps: Vec<(Span, T)>,
}

impl<T: Clone> Steps<T> {
    /// The same value always.
    pub fn constant(value: T) -> Steps<T> {
        Steps { period: None, steps: vec![(Span::ZERO, value)] }
    }

    /// Steps by time of day, each day alike; before the first key the last one still holds.
    ///
    /// # Panics
    /// When `steps` is empty.
    pub fn daily(steps: Vec<(Span, T)>) -> Steps<T> {
        Steps::periodic(Span::DAY, steps)
    }

    /// Steps that come round again every `period`; before the first key the last one still holds.
    ///
    /// # Panics
    /// When `steps` is empty.
    pub fn periodic(period: Span, mut steps: Vec<(Span, T)>) -> Steps<T> {
        steps.sort_by_key(|step| step.0);
        if steps[0].0 > Span::ZERO {
            let last = steps[steps.len() - 1].1.clone();
            steps.insert(0, (Span::ZERO, last));
        }
        Steps { period: Some(period), steps }
    }

    /// Steps by elapsed time since the start of the reported time; the first also holds before it.
    ///
    /// # Panics
    /// When `steps` is empty.
    pub fn elapsed(mut steps: Vec<(Span, T)>) -> Steps<T> {
        steps.sort_by_key(|step| step.0);
        steps[0].0 = Span::ZERO;
        Steps { period: None, steps }
    }

    /// The period after which the steps come round again.
    #[must_use]
    pub fn period(&self) -> Option<Span> {
        self.period
    }

    /// All steps: never empty, the first at zero, ascending.
    #[must_use]
    pub fn steps(&self) -> &[(Span, T)] {
        &self.steps
    }

    /// Whether the value never changes.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.steps.len() == 1
    }

    /// The value `micros` after the start of the reported time (negative in the warm-up).
    #[must_use]
    #[inline]
    pub fn at(&self, micros: i64) -> &T {
        match self.steps.as_slice() {
            [only] => &only.1,
            _ => self.varying_at(micros),
        }
    }

    fn varying_at(&self, micros: i64) -> &T {
        let offset = match self.period {
            Some(period) => micros.rem_euclid(period.micros() as i64) as u64,
            None => micros.max(0) as u64,
        };
        let after = self.steps.partition_point(|step| step.0.micros() <= offset);
        &self.steps[after - 1].1
    }

    /// When the next step begins after `micros`, if one does.
    #[must_use]
    pub fn next_step(&self, micros: i64) -> Option<i64> {
        if self.is_constant() {
            return None;
        }
        let (base, offset) = match self.period {
            Some(period) => {
                let offset = micros.rem_euclid(period.micros() as i64);
                (micros - offset, offset)
            }
            None => (0, micros),
        };
        let next = self.steps.iter().map(|step| step.0.micros() as i64).find(|at| *at > offset);
        match (next, self.period) {
            (Some(next), _) => Some(base + next),
            (None, Some(period)) => Some(base + period.micros() as i64),
            (None, None) => None,
        }
    }

    /// The same steps of another kind of value.
    /// The mean of a number of the steps, each counted once.
    #[must_use]
    pub fn mean_of(&self, number: impl Fn(&T) -> f64) -> f64 {
        self.steps.iter().map(|(_, value)| number(value)).sum::<f64>() / self.steps.len().max(1) as f64
    }

    /// The same steps with other values.
    pub fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> Steps<U> {
        let steps = self.steps.iter().map(|(at, value)| (*at, change(value))).collect();
        Steps { period: self.period, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_of_a_day_holds_until_the_first_key_of_the_next() {
        let hours = |h: u64| Span::HOUR * h;
        let staff = Steps::daily(vec![(hours(8), 12), (hours(20), 3)]);
        let at = |h: i64| *staff.at(h * Span::HOUR.micros() as i64);
        let next =
            |h: i64| staff.next_step(h * Span::HOUR.micros() as i64).map(|m| m / Span::HOUR.micros() as i64);
        assert_eq!([next(0), next(8), next(20), next(-1)], [Some(8), Some(20), Some(24), Some(0)]);
        assert_eq!([at(0), at(8), at(19), at(20), at(24), at(32), at(-1)], [3, 12, 12, 3, 3, 12, 3]);
    }
}
