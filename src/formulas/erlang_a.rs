//! Erlang A: M/M/n+M, customers of exponential patience.
//!
//! Sources: Palm (1957); Garnett, Mandelbaum & Reiman (2002), "Designing a call center with impatient
//! customers"; Mandelbaum & Zeltyn (2007), "Service engineering in action: the Palm/Erlang-A queue".

use super::offered_wait::OfferedWait;
use super::patience::ExponentialPatience;
use super::service_level::ServiceLevels;

/// A centre whose customers abandon after an exponential time.
///
/// It always has a steady state. Each method solves the model anew; for several figures of one centre
/// call [`solve`](Self::solve) once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangA {
    /// Arrivals a second, above 0.
    pub arrivals_per_second: f64,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Mean patience in seconds, above 0 and finite.
    pub mean_patience: f64,
    /// Agents, at least 0; a fraction is the continuous extension, which grows steadily from one whole
    /// number to the next.
    pub agents: f64,
}

/// Where a chain that falls too slowly is cut.
const LONGEST_QUEUE: u32 = 100_000_000;

impl ErlangA {
    /// The offered load in agents.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.arrivals_per_second * self.mean_service
    }

    /// The model solved: all figures at hand.
    ///
    /// # Complexity
    /// Proportional to `agents`; about 20 microseconds for 100.
    ///
    /// # Panics
    /// If a field is out of its range, as all other methods.
    #[must_use]
    pub fn solve(&self) -> OfferedWait<ExponentialPatience> {
        let mean = self.mean_patience;
        assert!(mean > 0.0 && mean.is_finite(), "mean patience is above 0 and finite, not {mean}");
        let patience = ExponentialPatience { mean, balk: 0.0 };
        OfferedWait::solve(self.arrivals_per_second, self.mean_service, self.agents, patience)
    }

    /// The share that finds no agent free.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        self.solve().delayed()
    }

    /// The share that abandons.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        self.solve().abandonment()
    }

    /// Mean wait of all, in seconds.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.solve().mean_wait()
    }

    /// Mean wait of the answered (ASA) in seconds, zeros included.
    #[must_use]
    pub fn mean_wait_answered(&self) -> f64 {
        self.solve().mean_wait_answered()
    }

    /// Mean wait of those who abandon, in seconds.
    #[must_use]
    pub fn mean_wait_abandoned(&self) -> f64 {
        self.solve().mean_wait_abandoned()
    }

    /// P(W > t): still waiting `t` seconds after arrival.
    #[must_use]
    pub fn wait_exceeds(&self, t: f64) -> f64 {
        self.solve().wait_exceeds(t)
    }

    /// The share of all that is answered within this many seconds.
    #[must_use]
    pub fn service_level(&self, within: f64) -> f64 {
        self.solve().answered_within(within)
    }

    /// The six service levels for a target time `within` and a `short` time, in seconds.
    #[must_use]
    pub fn service_levels(&self, within: f64, short: f64) -> ServiceLevels {
        self.solve().service_levels(within, short)
    }

    /// The share of time that exactly so many wait. The chain from all agents busy on: one more
    /// waiting is as likely as the one before, times arrivals over what leaves then; together they are
    /// the share of time that all are busy, which arrivals see as the delayed.
    ///
    /// # Complexity
    /// Proportional to the number waiting at which the chain ends for all purposes.
    #[must_use]
    pub fn exactly_waiting(&self, waiting: u32) -> f64 {
        let leaving = |waiting: f64| self.agents / self.mean_service + waiting / self.mean_patience;
        let (mut term, mut sum, mut asked, mut n) = (1.0_f64, 0.0, 0.0, 0_u32);
        while term > sum * 1e-18 || n <= waiting {
            sum += term;
            asked = if n == waiting { term } else { asked };
            n += 1;
            term *= self.arrivals_per_second / leaving(f64::from(n));
            if sum > 1e250 {
                (term, sum, asked) = (term / 1e250, sum / 1e250, asked / 1e250);
            }
            if term == 0.0 || n > LONGEST_QUEUE {
                break;
            }
        }
        let all_busy = self.delayed();
        let share = all_busy * asked / sum;
        if waiting == 0 { 1.0 - all_busy + share } else { share }
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.solve().queue()
    }

    /// The share of time an agent is busy.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        self.solve().occupancy()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::{ErlangB, ErlangC};

    fn close(got: f64, want: f64, relative: f64) {
        assert!((got / want - 1.0).abs() < relative, "{got} is not {want}");
    }

    #[test]
    fn when_patience_equals_service_the_system_is_a_poisson_population() {
        // mu = theta: N is Poisson(a), whatever the agents, so P(wait) = P(N >= n).
        let a = ErlangA { arrivals_per_second: 2.0, mean_service: 1.0, mean_patience: 1.0, agents: 3.0 };
        let below: f64 = libm::exp(-2.0) * (1.0 + 2.0 + 2.0);
        close(a.delayed(), 1.0 - below, 1e-14);
        let busy = libm::exp(-2.0) * (2.0 + 4.0) + 3.0 * (1.0 - below);
        close(a.occupancy(), busy / 3.0, 1e-14);
        close(a.queue(), 2.0 - busy, 1e-13);
        close(a.abandonment(), (2.0 - busy) / 2.0, 1e-13);
    }

    #[test]
    fn endless_patience_is_erlang_c_and_none_is_erlang_b() {
        let c = ErlangC { arrivals_per_second: 0.38, mean_service: 240.0, agents: 100.0 };
        let with = |mean_patience| ErlangA {
            arrivals_per_second: 0.38,
            mean_service: 240.0,
            mean_patience,
            agents: 100.0,
        };
        let patient = with(1e12).solve();
        close(patient.delayed(), c.delayed(), 1e-7);
        close(patient.mean_wait(), c.mean_wait(), 1e-7);
        close(patient.wait_exceeds(30.0), c.wait_exceeds(30.0), 1e-7);
        close(patient.quantile_answered(0.9), c.quantile(0.9), 1e-7);
        let b = ErlangB { load: 91.2, agents: 100.0 };
        let hasty = with(1e-9).solve();
        close(hasty.abandonment(), b.blocked(), 1e-7);
        close(hasty.occupancy(), b.occupancy(), 1e-7);
    }

    proptest::proptest! {
        #[test]
        fn rates_balance_in_any_centre(
            agents in 0.05_f64..2000.0,
            relative_load in 0.01_f64..20.0,
            patience_exponent in -4.0_f64..6.0,
            within in 0.0_f64..3.0,
        ) {
            let patience = 240.0 * libm::exp10(patience_exponent);
            let centre = ErlangA {
                arrivals_per_second: agents * relative_load / 240.0,
                mean_service: 240.0,
                mean_patience: patience,
                agents,
            };
            let wait = centre.solve();
            let t = within * wait.mean_wait_answered();
            let (answered, abandoned) = (wait.answered(), wait.abandonment());
            proptest::prop_assert!((answered + abandoned - 1.0).abs() < 1e-9);
            // Who waits abandons at a rate of one a mean patience.
            proptest::prop_assert!((abandoned - wait.mean_wait() / patience).abs() < 1e-9);
            // Agents do not work more than they can.
            proptest::prop_assert!(wait.occupancy() < 1.0 + 1e-9);
            let ended = wait.answered_within(t) + wait.abandoned_within(t) + wait.wait_exceeds(t);
            proptest::prop_assert!((ended - 1.0).abs() < 1e-9);
            let p90 = wait.quantile_answered(0.9);
            proptest::prop_assert!(p90 == 0.0 || (wait.answered_within(p90) / answered - 0.9).abs() < 1e-9);
            let more = ErlangA { agents: agents + 0.3, ..centre }.solve();
            proptest::prop_assert!(more.delayed() <= wait.delayed() && more.abandonment() <= abandoned + 1e-12);
        }
    }

    #[test]
    fn large_and_overloaded_centres_stay_in_range() {
        for (agents, load) in [(10_000.0, 9_000.0), (10_000.0, 10_000.0), (10_000.0, 30_000.0), (5.0, 1e6)] {
            let a = ErlangA {
                arrivals_per_second: load / 300.0,
                mean_service: 300.0,
                mean_patience: 3600.0,
                agents,
            };
            let wait = a.solve();
            // The balance of rates: what is neither abandoned nor answered does not exist.
            assert!((wait.answered() + wait.abandonment() - 1.0).abs() < 1e-11, "{agents} {load}");
            assert!((wait.abandonment() - wait.mean_wait() / 3600.0).abs() < 1e-11);
            if load > 2.0 * agents {
                close(wait.abandonment(), 1.0 - agents / load, 1e-9);
            }
        }
    }

    #[test]
    fn figures_move_smoothly_between_whole_numbers_of_agents() {
        let level = |agents| {
            let centre =
                ErlangA { arrivals_per_second: 0.1, mean_service: 60.0, mean_patience: 30.0, agents };
            centre.service_level(20.0)
        };
        let steps: Vec<f64> = (0..=100).map(|i| level(f64::from(i) * 0.1)).collect();
        assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{steps:?}");
        // Second differences are small: no kink at the whole numbers.
        assert!(steps.windows(3).all(|s| (s[0] - 2.0 * s[1] + s[2]).abs() < 0.01), "{steps:?}");
    }
}
