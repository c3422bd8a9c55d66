//! Erlang C: M/M/n, everyone waits until answered.
//!
//! Source: Erlang (1917). With C the probability of waiting and d = n mu - lambda, the wait is 0 with
//! probability 1 - C and else exponential of rate d. For a fractional n the probability is that of the
//! continuous extension of Erlang B.

use super::erlang_b::inverse_erlang_b;

/// A centre whose customers never abandon.
///
/// Where the load is not below the agents there is no steady state: probabilities of waiting are 1,
/// waits and queues infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// Arrivals a second, at least 0.
    pub arrivals_per_second: f64,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Agents, at least 0, whole or not.
    pub agents: f64,
}

impl ErlangC {
    /// The offered load in agents.
    #[must_use]
    pub fn load(&self) -> f64 {
        self.arrivals_per_second * self.mean_service
    }

    /// Whether a steady state exists.
    #[must_use]
    pub fn stable(&self) -> bool {
        self.load() < self.agents
    }

    /// The probability of waiting, P(W > 0).
    ///
    /// # Complexity
    /// Proportional to `agents`, as all that follow.
    ///
    /// # Panics
    /// If a field is negative or not finite, as all that follow.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        let inverse_b = inverse_erlang_b(self.load(), self.agents);
        if !self.stable() {
            return 1.0;
        }
        // C = n B / (n - a (1 - B)), by 1/B.
        self.agents / (self.load() + (self.agents - self.load()) * inverse_b)
    }

    /// Mean wait of all, in seconds.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.delayed() * self.mean_wait_delayed()
    }

    /// Mean wait of those who wait, in seconds.
    #[must_use]
    pub fn mean_wait_delayed(&self) -> f64 {
        if self.stable() { self.mean_service / (self.agents - self.load()) } else { f64::INFINITY }
    }

    /// P(W > t), t in seconds, at least 0.
    #[must_use]
    pub fn wait_exceeds(&self, t: f64) -> f64 {
        match self.stable() {
            true => self.delayed() * libm::exp(-t / self.mean_wait_delayed()),
            false => 1.0,
        }
    }

    /// The share answered within `t` seconds.
    #[must_use]
    pub fn service_level(&self, within: f64) -> f64 {
        1.0 - self.wait_exceeds(within)
    }

    /// The wait in seconds that a share `p` in 0..1 does not exceed.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let delayed = self.delayed();
        if 1.0 - p >= delayed {
            return 0.0;
        }
        self.mean_wait_delayed() * libm::log(delayed / (1.0 - p))
    }

    /// The share of time that exactly so many wait.
    #[must_use]
    pub fn exactly_waiting(&self, waiting: u32) -> f64 {
        let (all_busy, busy) = (self.delayed(), self.occupancy());
        match waiting {
            0 => 1.0 - all_busy * busy,
            n => all_busy * (1.0 - busy) * libm::pow(busy, f64::from(n)),
        }
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.arrivals_per_second * self.mean_wait()
    }

    /// The share of time an agent is busy.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        if self.stable() { self.load() / self.agents } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_agent_is_the_m_m_1_queue() {
        let c = ErlangC { arrivals_per_second: 0.8, mean_service: 1.0, agents: 1.0 };
        assert!((c.delayed() - 0.8).abs() < 1e-15);
        assert!((c.mean_wait() - 4.0).abs() < 1e-13);
        assert!((c.queue() - 3.2).abs() < 1e-13);
        assert!((c.wait_exceeds(5.0) - 0.8 * libm::exp(-1.0)).abs() < 1e-14);
        assert!((c.wait_exceeds(c.quantile(0.9)) - 0.1).abs() < 1e-14);
        assert_eq!(c.quantile(0.1), 0.0);
    }

    #[test]
    fn no_steady_state_means_that_all_wait_for_ever() {
        let c = ErlangC { arrivals_per_second: 2.0, mean_service: 1.0, agents: 2.0 };
        assert_eq!(
            (c.delayed(), c.mean_wait(), c.service_level(20.0), c.quantile(0.5)),
            (1.0, f64::INFINITY, 0.0, f64::INFINITY)
        );
    }
}
