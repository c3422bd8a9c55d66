//! How a value is spread over days: counts in bins, so that memory does not grow with replications.

use std::collections::BTreeMap;

/// The scale of the bins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Shares: bins of half a percent.
    Share,
    /// Anything not negative: 16 bins an octave, within 2.2 %.
    Magnitude,
}

/// Values seen, in bins. A row's values lie close together, so only occupied bins are kept.
#[derive(Clone, Debug)]
pub struct Spread {
    scale: Scale,
    bins: BTreeMap<u16, u64>,
}

/// Bins of a share.
const SHARES: f64 = 200.0;
/// Bins of an octave, and the first octave: 2^-20.
const PER_OCTAVE: f64 = 16.0;
const FIRST_OCTAVE: f64 = -20.0;

impl Spread {
    /// Nothing seen.
    #[must_use]
    pub fn new(scale: Scale) -> Spread {
        Spread { scale, bins: BTreeMap::new() }
    }

    /// Takes one value.
    pub fn add(&mut self, value: f64) {
        let bin = match self.scale {
            Scale::Share => (value.clamp(0.0, 1.0) * SHARES + 0.5) as usize,
            Scale::Magnitude if value <= 0.0 => 0,
            Scale::Magnitude => 1 + ((libm::log2(value) - FIRST_OCTAVE) * PER_OCTAVE).max(0.0) as usize,
        };
        *self.bins.entry(bin.min(2000) as u16).or_default() += 1;
    }

    /// Adds what another saw.
    pub fn merge(&mut self, later: &Spread) {
        for (bin, count) in &later.bins {
            *self.bins.entry(*bin).or_default() += count;
        }
    }

    /// The `p`-quantile of the values; `None` before the first.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let total: u64 = self.bins.values().sum();
        let wanted = ((p * total as f64).ceil() as u64).max(1);
        let mut seen = 0;
        let (bin, _) = self.bins.iter().find(|(_, count)| {
            seen += *count;
            seen >= wanted
        })?;
        let bin = f64::from(*bin);
        Some(match self.scale {
            Scale::Share => bin / SHARES,
            Scale::Magnitude if bin == 0.0 => 0.0,
            Scale::Magnitude => libm::exp2((bin - 0.5) / PER_OCTAVE + FIRST_OCTAVE),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_come_back_within_a_bin() {
        let (mut shares, mut times) = (Spread::new(Scale::Share), Spread::new(Scale::Magnitude));
        for i in 1..=100 {
            shares.add(f64::from(i) / 100.0);
            times.add(f64::from(i) * 3.0);
        }
        assert_eq!(shares.quantile(0.1), Some(0.1));
        assert!((times.quantile(0.9).unwrap() / 270.0 - 1.0).abs() < 0.03);
        assert_eq!(Spread::new(Scale::Share).quantile(0.5), None);
    }
}
