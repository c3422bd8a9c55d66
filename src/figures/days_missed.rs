//! On how many days a target was missed, weekday by weekday.

use crate::units::Weekday;

/// Days of all replications on which a target was missed, and all on which it could be, Monday first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DaysMissed {
    missed: [u64; 7],
    all: [u64; 7],
}

impl DaysMissed {
    /// Counts a day; `None` where nobody came.
    pub(super) fn count(&mut self, weekday: Weekday, kept: Option<bool>) {
        if let Some(kept) = kept {
            self.all[weekday.index()] += 1;
            self.missed[weekday.index()] += u64::from(!kept);
        }
    }

    /// Adds what others counted.
    pub(super) fn merge(&mut self, later: &DaysMissed) {
        self.missed.iter_mut().zip(later.missed).for_each(|(sum, part)| *sum += part);
        self.all.iter_mut().zip(later.all).for_each(|(sum, part)| *sum += part);
    }

    /// The shares of weekdays to which somebody came.
    pub(super) fn shares(&self) -> Vec<(Weekday, f64)> {
        let came = Weekday::ALL.into_iter().filter(|day| self.all[day.index()] > 0);
        came.map(|day| (day, self.missed[day.index()] as f64 / self.all[day.index()] as f64)).collect()
    }
}
