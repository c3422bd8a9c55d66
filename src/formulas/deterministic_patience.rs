//! M/M/n+D: everyone abandons after the same time.
//!
//! Sources: Barrer (1957), "Queuing with impatient customers and ordered service"; Baccelli & Hebuterne
//! (1981).

use super::offered_wait::OfferedWait;
use super::patience::ConstantPatience;

/// A centre whose customers all abandon after the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeterministicPatience {
    /// Arrivals a second, above 0.
    pub arrivals_per_second: f64,
    /// Mean (exponential) service time in seconds, above 0.
    pub mean_service: f64,
    /// The patience in seconds, above 0 and finite.
    pub patience: f64,
    /// Agents, at least 0, whole or not.
    pub agents: f64,
}

impl DeterministicPatience {
    /// The model solved: all figures at hand.
    ///
    /// # Complexity
    /// Proportional to `agents`.
    ///
    /// # Panics
    /// If a field is out of its range.
    #[must_use]
    pub fn solve(&self) -> OfferedWait<ConstantPatience> {
        let patience = self.patience;
        assert!(patience > 0.0 && patience.is_finite(), "patience is above 0 and finite, not {patience}");
        OfferedWait::solve(
            self.arrivals_per_second,
            self.mean_service,
            self.agents,
            ConstantPatience(patience),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_agent_agrees_with_barrer() {
        // M/M/1+D: with d = mu - lambda, the lost share is (1 - rho) rho e^(-d D) / (1 - rho^2 e^(-d D)).
        for arrivals in [0.5, 0.9, 1.4] {
            let queue = DeterministicPatience {
                arrivals_per_second: arrivals,
                mean_service: 1.0,
                patience: 2.5,
                agents: 1.0,
            };
            let fall = libm::exp(-(1.0 - arrivals) * 2.5);
            let want = (1.0 - arrivals) * arrivals * fall / (1.0 - arrivals * arrivals * fall);
            let got = queue.solve().abandonment();
            assert!((got / want - 1.0).abs() < 1e-12, "{got} {want}");
        }
    }

    #[test]
    fn who_abandons_has_waited_just_that_long() {
        let queue = DeterministicPatience {
            arrivals_per_second: 0.42,
            mean_service: 240.0,
            patience: 60.0,
            agents: 100.0,
        };
        let solved = queue.solve();
        assert!((solved.mean_wait_abandoned() - 60.0).abs() < 1e-9);
        assert_eq!(solved.abandoned_within(59.9), 0.0);
        assert_eq!(solved.wait_exceeds(60.0), 0.0);
        assert!((solved.abandoned_within(60.0) - solved.abandonment()).abs() < 1e-14);
    }
}
