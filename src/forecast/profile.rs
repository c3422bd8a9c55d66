//! The course of a day: the share of each interval, by weekday, smoothed over the days.

/// How much of what is new a smoothed profile takes up.
const COMMON: f64 = 0.05;
/// How much the deviation of a weekday from it does.
const OWN: f64 = 0.05;

/// Shares of the intervals: those of all days, and how weekdays deviate.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    common: Vec<f64>,
    own: Vec<Vec<f64>>,
    days: u32,
    of_weekday: [u32; 7],
}

impl Profile {
    /// Nothing is known of any day.
    pub(super) fn new(slots: usize) -> Profile {
        Profile { common: vec![0.0; slots], own: vec![vec![0.0; slots]; 7], days: 0, of_weekday: [0; 7] }
    }

    /// Takes up a day; `weight` is less than 1 for a day that is out of the ordinary. The first days are averaged; a
    /// weekday seen once keeps half of its deviation.
    pub(super) fn learn(&mut self, weekday: usize, counts: &[f64], weight: f64) {
        let total: f64 = counts.iter().sum();
        if total <= 0.0 {
            return;
        }
        let common = weight * COMMON.max(1.0 / f64::from(self.days + 1));
        let own = weight * OWN.max(1.0 / f64::from(self.of_weekday[weekday] + 2));
        for (slot, count) in counts.iter().enumerate() {
            let error = count / total - self.common[slot] - self.own[weekday][slot];
            self.common[slot] += common * error;
            self.own[weekday][slot] += own * error;
        }
        self.days += 1;
        self.of_weekday[weekday] += 1;
    }

    /// The shares of a weekday, which sum up to 1.
    pub(super) fn shares(&self, weekday: usize) -> Vec<f64> {
        let shares: Vec<f64> =
            self.common.iter().zip(&self.own[weekday]).map(|(all, own)| (all + own).max(0.0)).collect();
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return vec![1.0 / shares.len().max(1) as f64; shares.len()];
        }
        shares.into_iter().map(|share| share / sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_that_never_changes_is_learnt_whatever_the_volume() {
        let mut profile = Profile::new(3);
        for day in 0..10 {
            let size = f64::from(100 + 7 * day);
            profile.learn(day as usize % 5, &[0.2 * size, 0.5 * size, 0.3 * size], 1.0);
        }
        for (share, right) in profile.shares(2).into_iter().zip([0.2, 0.5, 0.3]) {
            assert!((share - right).abs() < 1e-12);
        }
    }

    #[test]
    fn a_weekday_keeps_half_of_its_first_deviation() {
        let mut profile = Profile::new(2);
        profile.learn(0, &[50.0, 50.0], 1.0);
        profile.learn(1, &[80.0, 20.0], 1.0);
        // The first day: common 1 x .5, own of Monday .5 x .5 = .25. The second errs by .8 - .5: common .5 + .5 x .3 = .65,
        // own of Tuesday .5 x .3 = .15, and .2 - .5 for the other: .35, -.15. Sums are 1.
        let shares = profile.shares(1);
        assert!((shares[0] - 0.8).abs() < 1e-12 && (shares[1] - 0.2).abs() < 1e-12, "{shares:?}");
    }
}
