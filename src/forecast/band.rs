//! Bands that past errors draw: what came over what was forecast.

/// A forecast of a number of contacts and the band that holds nine of ten.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// Contacts on average.
    pub mean: f64,
    /// One in twenty comes below.
    pub low: f64,
    /// One in twenty comes above.
    pub high: f64,
}

impl Band {
    /// Whether so many lie within.
    #[must_use]
    pub fn holds(&self, contacts: f64) -> bool {
        (self.low..=self.high).contains(&contacts)
    }
}

/// Ratios older than so many are forgotten.
const KEPT: usize = 80;
/// Fewer ratios have no twentieth part.
const LEAST: usize = 19;
const PART: f64 = 0.05;
/// Of the normal distribution, where there are too few ratios.
const DEVIATIONS: f64 = 1.645;

/// Ends of a band as factors of the forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Ends {
    /// Of a normal deviation.
    pub(super) fn normal(variance: f64) -> Ends {
        let deviation = DEVIATIONS * variance.sqrt();
        Ends { low: libm::exp(-deviation), high: libm::exp(deviation) }
    }

    /// Where too few errors are known: some variance, and the chance of single contacts.
    pub(super) fn guessed(variance: f64, contacts: f64) -> Ends {
        Ends::normal(variance + 1.0 / contacts.max(0.5))
    }

    /// A part of the way to other ends.
    pub(super) fn towards(self, other: Ends, part: f64) -> Ends {
        let between = |one: f64, other: f64| one + part * (other - one);
        Ends { low: between(self.low, other.low), high: between(self.high, other.high) }
    }

    /// As much wider as deviations are larger.
    pub(super) fn wider(self, by: f64) -> Ends {
        Ends { low: libm::pow(self.low, by), high: libm::pow(self.high, by) }
    }

    pub(super) fn around(self, mean: f64) -> Band {
        Band { mean, low: mean * self.low.min(1.0), high: mean * self.high.max(1.0) }
    }
}

/// What came over what was forecast, by interval of the day and for whole days.
#[derive(Clone, Debug)]
pub(super) struct Ratios {
    slots: Vec<Vec<f64>>,
    days: Vec<f64>,
}

impl Ratios {
    pub(super) fn new(slots: usize) -> Ratios {
        Ratios { slots: vec![Vec::new(); slots], days: Vec::new() }
    }

    /// A day that was forecast has come.
    pub(super) fn add(&mut self, forecast: &[f64], seen: &[f64]) {
        let put = |ratios: &mut Vec<f64>, forecast: f64, seen: f64| {
            if forecast > 0.0 {
                if ratios.len() == KEPT {
                    ratios.remove(0);
                }
                ratios.push(seen / forecast);
            }
        };
        for ((ratios, forecast), seen) in self.slots.iter_mut().zip(forecast).zip(seen) {
            put(ratios, *forecast, *seen);
        }
        put(&mut self.days, forecast.iter().sum(), seen.iter().sum());
    }

    /// The ends for a whole day; `None` after too few.
    pub(super) fn day(&self) -> Option<Ends> {
        ends(&self.days)
    }

    /// The ends for an interval: of its own ratios, else of those of all.
    pub(super) fn slot(&self, slot: usize) -> Option<Ends> {
        ends(&self.slots[slot]).or_else(|| ends(&self.slots.concat()))
    }
}

fn ends(ratios: &[f64]) -> Option<Ends> {
    if ratios.len() < LEAST {
        return None;
    }
    let mut sorted = ratios.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some(Ends { low: quantile(&sorted, PART), high: quantile(&sorted, 1.0 - PART) })
}

/// The value below which the next of a row of alike numbers lies with this chance: n numbers part the line into n + 1.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * (sorted.len() + 1) as f64 - 1.0;
    let below = place.max(0.0).floor() as usize;
    let last = sorted.len() - 1;
    if below >= last {
        return sorted[last];
    }
    let (one, other) = (sorted[below], sorted[below + 1]);
    one + (place - below as f64).max(0.0) * (other - one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nineteen_numbers_part_the_line_into_twenty() {
        let mut ratios = Ratios::new(1);
        for seen in 1..=18 {
            ratios.add(&[10.0], &[f64::from(seen)]);
        }
        assert_eq!(ratios.day(), None);
        ratios.add(&[10.0], &[19.0]);
        assert_eq!(ratios.day(), Some(Ends { low: 0.1, high: 1.9 }));
        let band = Ends { low: 0.1, high: 1.9 }.around(50.0);
        assert_eq!((band.low, band.mean, band.high), (5.0, 50.0, 95.0));
        // 39 of 1/10 ... 39/10: the second and the last but one.
        for seen in 20..=39 {
            ratios.add(&[10.0], &[f64::from(seen)]);
        }
        let ends = ratios.slot(0).expect("there are enough");
        assert!((ends.low - 0.2).abs() < 1e-12 && (ends.high - 3.8).abs() < 1e-12, "{ends:?}");
    }
}
