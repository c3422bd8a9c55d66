//! Simple rules that a forecast has to beat.

use crate::vocabulary::words;

use super::calendar::weekday;
use super::history::Day;

words! {
    /// A simple rule.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Rule {
        /// What came on the same weekday last time.
        LastWeek = "same weekday last week",
        /// The mean of the same weekday's last four.
        MeanOf4 = "mean of the last 4 same weekdays",
        /// The mean of the same weekday's last eight.
        MeanOf8 = "mean of the last 8 same weekdays",
        /// A smoothed level times the weekday's factor times its profile.
        Plain = "level x weekday x profile, plain",
    }
}

/// The weight of the newest day in a smoothed level.
const SMOOTHING: f64 = 0.25;

/// A past day with its counts and their sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past<'h> {
    weekday: usize,
    counts: &'h [f64],
    total: f64,
}

impl<'h> Past<'h> {
    /// Of a day whose counts are known and that is no holiday.
    pub(super) fn of(day: &'h Day) -> Option<Past<'h>> {
        let counts = day.counts().filter(|_| day.holiday.is_none())?;
        Some(Past { weekday: weekday(day.date), counts, total: counts.iter().sum() })
    }
}

impl Rule {
    /// What the rule says of a weekday after these days; `None` where it was never seen.
    pub(super) fn forecast(self, past: &[Past<'_>], weekday: usize) -> Option<Vec<f64>> {
        let alike: Vec<&Past<'_>> = past.iter().filter(|day| day.weekday == weekday).collect();
        let mean = |most: usize| -> Option<Vec<f64>> {
            let last = &alike[alike.len().saturating_sub(most)..];
            let slots = last.first()?.counts.len();
            Some(
                (0..slots)
                    .map(|slot| last.iter().map(|day| day.counts[slot]).sum::<f64>() / last.len() as f64)
                    .collect(),
            )
        };
        match self {
            Rule::LastWeek => mean(1),
            Rule::MeanOf4 => mean(4),
            Rule::MeanOf8 => mean(8),
            Rule::Plain => {
                let factors = factors(past);
                let deseasoned = |day: &Past<'_>| day.total / factors[day.weekday];
                let mut level = deseasoned(past.first()?);
                past.iter().for_each(|day| level += SMOOTHING * (deseasoned(day) - level));
                let last = &alike[alike.len().saturating_sub(8)..];
                let slots = last.first()?.counts.len();
                let share = |slot: usize| {
                    last.iter().map(|day| day.counts[slot] / day.total).sum::<f64>() / last.len() as f64
                };
                Some((0..slots).map(|slot| level * factors[weekday] * share(slot)).collect())
            }
        }
    }
}

/// The mean of each weekday over the mean of all weekdays seen.
fn factors(past: &[Past<'_>]) -> [f64; 7] {
    let mut sums = [(0.0, 0.0); 7];
    for day in past {
        sums[day.weekday].0 += day.total;
        sums[day.weekday].1 += 1.0;
    }
    let seen: Vec<f64> = sums.iter().filter(|(_, days)| *days > 0.0).map(|(sum, days)| sum / days).collect();
    let mean = seen.iter().sum::<f64>() / seen.len().max(1) as f64;
    sums.map(|(sum, days)| if days > 0.0 { sum / days / mean } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_say_what_is_worked_out_by_hand() {
        let day = |weekday, counts: &'static [f64]| Past { weekday, counts, total: counts.iter().sum() };
        let past =
            [day(0, &[60.0, 40.0]), day(1, &[10.0, 40.0]), day(0, &[90.0, 110.0]), day(1, &[20.0, 30.0])];
        assert_eq!(Rule::LastWeek.forecast(&past, 0), Some(vec![90.0, 110.0]));
        assert_eq!(Rule::MeanOf4.forecast(&past, 0), Some(vec![75.0, 75.0]));
        assert_eq!(Rule::LastWeek.forecast(&past, 2), None);
        // Factors 150 and 50 over 100. Without them 66.7, 100, 133.3, 100; smoothed 66.7, 75, 89.58, 92.19. Shares on
        // Mondays .6 and .45: .525.
        let plain = Rule::Plain.forecast(&past, 0).expect("Mondays were seen");
        let level =
            200.0 / 3.0 * 0.75 * 0.75 * 0.75 + 100.0 * 0.25 * 0.75 * 0.75 + 400.0 / 3.0 * 0.25 * 0.75 + 25.0;
        assert!((plain[0] - level * 1.5 * 0.525).abs() < 1e-9, "{plain:?} {level}");
        assert!((plain[1] - level * 1.5 * 0.475).abs() < 1e-9);
    }
}
