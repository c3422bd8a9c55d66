//! Times with how often each was seen: many calls share a few lengths of time.

use std::collections::BTreeMap;

/// A wait: seconds, and whether it ended because the customer abandoned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Seconds in the queue.
    pub seconds: f64,
    /// Whether the customer abandoned; else patience was at least as long.
    pub abandoned: bool,
}

/// Times, each once, ascending.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub(super) times: Vec<Seen>,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seen {
    pub(super) seconds: f64,
    /// How many ended after it.
    pub(super) ended: f64,
    /// How many were cut: they would have lasted longer.
    pub(super) cut: f64,
}

impl Tally {
    /// Waits, of which some were cut.
    #[must_use]
    pub fn of_waits(waits: &[Wait]) -> Tally {
        Tally::of(waits.iter().map(|wait| (wait.seconds, wait.abandoned)))
    }

    /// Times that were seen whole.
    #[must_use]
    pub fn of_times(times: &[f64]) -> Tally {
        Tally::of(times.iter().map(|time| (*time, true)))
    }

    fn of(all: impl Iterator<Item = (f64, bool)>) -> Tally {
        let mut all: Vec<(f64, bool)> = all.collect();
        all.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let mut times: Vec<Seen> = Vec::new();
        for (seconds, ended) in all {
            let one = f64::from(u8::from(ended));
            match times.last_mut() {
                Some(last) if last.seconds == seconds => {
                    last.ended += one;
                    last.cut += 1.0 - one;
                }
                _ => times.push(Seen { seconds, ended: one, cut: 1.0 - one }),
            }
        }
        Tally { times }
    }

    /// All of them.
    pub(super) fn seen(&self) -> f64 {
        self.times.iter().map(|time| time.ended + time.cut).sum()
    }

    /// Those that ended.
    pub(super) fn ended(&self) -> f64 {
        self.times.iter().map(|time| time.ended).sum()
    }

    /// Those of nothing at all.
    pub(super) fn of_nothing(&self) -> f64 {
        self.times.first().filter(|time| time.seconds <= 0.0).map_or(0.0, |time| time.ended + time.cut)
    }

    /// Each time of those that ended, ascending, and how often it was seen.
    pub fn ended_after(&self) -> impl Iterator<Item = (f64, f64)> {
        self.times.iter().filter(|time| time.ended > 0.0).map(|time| (time.seconds, time.ended))
    }

    /// The time that this share of those who ended did not exceed.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        let (all, mut below) = (self.ended(), 0.0);
        let at = self.times.iter().find(|time| {
            below += time.ended;
            below >= share * all
        });
        at.or(self.times.last()).map_or(0.0, |time| time.seconds)
    }

    /// Evenly spaced quantiles of those who ended.
    pub(super) fn quantiles(&self, count: usize) -> Vec<f64> {
        let mut found = Vec::with_capacity(count);
        let (all, mut below) = (self.ended(), 0.0);
        for time in &self.times {
            below += time.ended;
            while found.len() < count && (found.len() as f64 + 0.5) / count as f64 * all <= below {
                found.push(time.seconds);
            }
        }
        found
    }
}

/// Counts times as they come; of very many different ones, those within a thousandth are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    /// By milliseconds: ended, cut.
    times: BTreeMap<u32, (u32, u32)>,
    coarse: bool,
}

/// So many different times are kept apart.
const MOST: usize = 50_000;

/// The digits, of base two, that are kept of many.
const DIGITS: u32 = 11;

fn coarse(millis: u32) -> u32 {
    let surplus = (u32::BITS - millis.leading_zeros()).saturating_sub(DIGITS);
    // The middle of what becomes one.
    if surplus == 0 { millis } else { (millis >> surplus << surplus) | (1 << (surplus - 1)) }
}

impl Counter {
    pub(super) fn add(&mut self, seconds: f64, ended: bool) {
        let millis = (seconds * 1000.0).round() as u32;
        let millis = if self.coarse { coarse(millis) } else { millis };
        let counts = self.times.entry(millis).or_default();
        counts.0 += u32::from(ended);
        counts.1 += u32::from(!ended);
        if !self.coarse && self.times.len() > MOST {
            self.coarse = true;
            for (millis, (ended, cut)) in std::mem::take(&mut self.times) {
                let counts = self.times.entry(coarse(millis)).or_default();
                *counts = (counts.0 + ended, counts.1 + cut);
            }
        }
    }

    pub(super) fn tally(&self) -> Tally {
        let seen = |(millis, (ended, cut)): (&u32, &(u32, u32))| Seen {
            seconds: f64::from(*millis) / 1000.0,
            ended: f64::from(*ended),
            cut: f64::from(*cut),
        };
        Tally { times: self.times.iter().map(seen).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_times_none_moves_by_more_than_a_two_thousandth() {
        let mut counter = Counter::default();
        let all = 3 * MOST as u32;
        (1..=all).for_each(|number| counter.add(f64::from(number) / 100.0, number % 3 > 0));
        let tally = counter.tally();
        assert!(tally.times.len() < MOST / 2, "{} different ones", tally.times.len());
        assert_eq!((tally.seen(), tally.ended()), (f64::from(all), f64::from(all / 3 * 2)));
        let mean = tally.times.iter().map(|time| time.seconds * (time.ended + time.cut)).sum::<f64>();
        let right = f64::from(all + 1) / 200.0;
        assert!((mean / f64::from(all) / right - 1.0).abs() < 1e-4);
        for millis in [1, 2047, 2048, 123_456, u32::MAX] {
            let off = (f64::from(coarse(millis)) / f64::from(millis) - 1.0).abs();
            assert!(off <= 1.0 / 2048.0, "{millis}: {off}");
        }
    }

    #[test]
    fn equal_times_are_counted() {
        let wait = |seconds, abandoned| Wait { seconds, abandoned };
        let tally = Tally::of_waits(&[wait(5.0, true), wait(0.0, false), wait(5.0, false), wait(5.0, true)]);
        let seen = |seconds, ended, cut| Seen { seconds, ended, cut };
        assert_eq!(tally.times, [seen(0.0, 0.0, 1.0), seen(5.0, 2.0, 1.0)]);
        assert_eq!((tally.seen(), tally.ended(), tally.of_nothing()), (4.0, 2.0, 1.0));
        let times = Tally::of_times(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!((times.quantile(0.5), times.quantile(0.51), times.quantile(1.0)), (2.0, 3.0, 4.0));
        assert_eq!((times.quantiles(2), times.quantiles(4)), (vec![1.0, 3.0], vec![1.0, 2.0, 3.0, 4.0]));
    }
}
