//! The steady state of a birth-death chain.
//!
//! Source: any text on queues, e.g. Kleinrock (1975), chapter 3: p(k + 1) / p(k) = birth(k) / death(k).

/// A birth-death chain on 0..=m, in its steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct BirthDeath {
    shares: Vec<f64>,
}

impl BirthDeath {
    /// `births[k]` is the rate from k to k + 1, `deaths[k]` the rate from k + 1 to k. Rates past a birth
    /// rate of 0 play no part.
    ///
    /// # Complexity
    /// Proportional to the number of states. It multiplies away from the most likely state, so nothing
    /// overflows and no relative precision is lost.
    ///
    /// # Panics
    /// If the lengths differ, a birth rate is negative, or a death rate is not above 0.
    #[must_use]
    pub fn new(births: &[f64], deaths: &[f64]) -> BirthDeath {
        assert_eq!(births.len(), deaths.len(), "a death rate for each birth rate");
        assert!(births.iter().all(|&rate| rate >= 0.0), "birth rates are at least 0");
        assert!(deaths.iter().all(|&rate| rate > 0.0), "death rates are above 0");
        let ratios: Vec<f64> = births.iter().zip(deaths).map(|(birth, death)| birth / death).collect();
        // The most likely state by logarithms, where nothing can overflow.
        let (mut best, mut highest, mut height) = (0, 0.0, 0.0);
        for (k, &ratio) in ratios.iter().enumerate() {
            height += libm::log(ratio);
            if height > highest {
                (best, highest) = (k + 1, height);
            }
        }
        let mut shares = vec![0.0; ratios.len() + 1];
        shares[best] = 1.0;
        for k in best..ratios.len() {
            shares[k + 1] = shares[k] * ratios[k];
        }
        for k in (0..best).rev() {
            shares[k] = shares[k + 1] / ratios[k];
        }
        let total: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= total);
        BirthDeath { shares }
    }

    /// The share of time in each state; they sum to 1.
    #[must_use]
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The long-run mean of `f` of the state.
    pub fn mean(&self, f: impl Fn(usize) -> f64) -> f64 {
        self.shares.iter().enumerate().map(|(k, share)| share * f(k)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::ErlangB;

    #[test]
    fn a_loss_system_is_erlang_b() {
        for (lines, load) in [(3_u32, 2.0), (2000, 1900.0), (50, 4000.0)] {
            let deaths: Vec<f64> = (1..=lines).map(f64::from).collect();
            let chain = BirthDeath::new(&vec![load; lines as usize], &deaths);
            let b = ErlangB { load, agents: f64::from(lines) };
            let got = chain.shares()[lines as usize];
            assert!((got / b.blocked() - 1.0).abs() < 1e-11, "{got}");
            assert!((chain.mean(|k| k as f64) / b.busy() - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn a_birth_rate_of_zero_ends_the_chain() {
        let chain = BirthDeath::new(&[1.0, 0.0, 5.0], &[1.0, 1.0, 1.0]);
        assert_eq!(chain.shares(), &[0.5, 0.5, 0.0, 0.0]);
    }
}
