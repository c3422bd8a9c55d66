//! How long after a call an agent is not ready for the next one.
//!
//! Nobody records it. It is seen while customers wait: an agent on duty who lets them wait is not ready, and who takes one
//! of them is. Between the last time that somebody waited in vain and the next call, nobody knows: such times are
//! intervals, and the likeliest distribution is that of Turnbull (1976).

use std::collections::BTreeMap;

/// Times not ready, in whole seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct NotReady {
    /// How often: not ready for at least and at most so long.
    between: BTreeMap<(u32, u32), u32>,
    /// Whether any was seen to the second.
    exact: bool,
}

/// Quantiles of the time not ready.
pub(super) const QUANTILES: usize = 1_000;

/// Clocks of a log differ by a second or so.
pub(super) const CLOCKS: f64 = 1.0;

/// The estimate changes no more.
const SETTLED: f64 = 1e-9;

const MOST_ROUNDS: usize = 500;

/// Whole seconds, of more than two minutes tens of them: there may be many.
fn coarse(seconds: f64) -> u32 {
    let seconds = seconds as u32;
    if seconds > 120 { seconds / 10 * 10 } else { seconds }
}

impl NotReady {
    /// An agent who took the next call `after` seconds; until `in_vain` somebody waited for it.
    pub(super) fn add(&mut self, in_vain: Option<f64>, after: f64) {
        let seen = in_vain.is_some_and(|in_vain| in_vain >= after - CLOCKS);
        self.exact |= seen;
        let least = if seen { after } else { in_vain.unwrap_or(0.0) };
        *self.between.entry((coarse(least), coarse(after))).or_default() += 1;
    }

    /// Evenly spaced quantiles; none where nobody was seen to become ready.
    pub(super) fn quantiles(&self) -> Vec<f64> {
        if !self.exact {
            return Vec::new();
        }
        let shares = self.shares();
        let (mut below, mut found) = (0.0, Vec::with_capacity(QUANTILES));
        for (seconds, share) in shares.iter().enumerate() {
            below += share;
            while found.len() < QUANTILES && (found.len() as f64 + 0.5) / QUANTILES as f64 <= below {
                found.push(seconds as f64);
            }
        }
        found.resize(QUANTILES, (shares.len() - 1) as f64);
        found
    }

    /// The share of each second, by self-consistency.
    fn shares(&self) -> Vec<f64> {
        let longest = self.between.keys().map(|(_, most)| *most as usize).max().unwrap_or(0);
        let all: f64 = self.between.values().map(|count| f64::from(*count)).sum();
        let mut shares = vec![1.0 / (longest + 1) as f64; longest + 1];
        for _ in 0..MOST_ROUNDS {
            let mut below = vec![0.0; longest + 2];
            for (second, share) in shares.iter().enumerate() {
                below[second + 1] = below[second] + share;
            }
            let mut weights = vec![0.0; longest + 2];
            for ((least, most), count) in &self.between {
                let (least, beyond) = (*least as usize, *most as usize + 1);
                let mass = below[beyond] - below[least];
                if mass > 0.0 {
                    weights[least] += f64::from(*count) / mass;
                    weights[beyond] -= f64::from(*count) / mass;
                }
            }
            let (mut weight, mut moved) = (0.0, 0.0f64);
            for (share, change) in shares.iter_mut().zip(&weights) {
                weight += change;
                let next = (*share * weight / all).max(0.0);
                moved = moved.max((next - *share).abs());
                *share = next;
            }
            if moved < SETTLED {
                break;
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three are seen at 2 s and one at 8 s. Of four who were ready within 5 s, nothing but 2 s is likely.
    #[test]
    fn what_is_known_within_bounds_goes_where_others_were_seen() {
        let mut times = NotReady::default();
        (0..3).for_each(|_| times.add(Some(2.0), 2.0));
        times.add(Some(8.0), 8.0);
        (0..4).for_each(|_| times.add(None, 5.0));
        let shares = times.shares();
        assert!((shares[2] - 7.0 / 8.0).abs() < 1e-6 && (shares[8] - 1.0 / 8.0).abs() < 1e-6, "{shares:?}");
        assert_eq!(times.quantiles().iter().filter(|seconds| **seconds == 2.0).count(), 875);
        // Somebody waited in vain for 6 s: ready at 8 s.
        times.add(Some(6.0), 20.0);
        assert!((times.shares()[8] - 2.0 / 9.0).abs() < 1e-6);
    }

    #[test]
    fn bounds_alone_tell_nothing() {
        let mut times = NotReady::default();
        times.add(None, 5.0);
        assert_eq!(times.quantiles(), [0.0; 0]);
    }
}
