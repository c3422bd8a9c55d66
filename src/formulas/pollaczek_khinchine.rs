//! M/G/1: one agent, any service time.
//!
//! Sources: Pollaczek (1930), Khinchine (1932); the variance: Takacs (1962).

/// One agent with Poisson arrivals and any distribution of service, first come first served. Where the load is
/// not below 1 there is no steady state and waits are infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PollaczekKhinchine {
    /// Arrivals a second, at least 0.
    pub arrivals_per_second: f64,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Its coefficient of variation (standard deviation / mean): 0 constant, 1 exponential.
    pub service_cv: f64,
}

impl PollaczekKhinchine {
    /// The share of time the agent is busy, which is also the share that waits.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        (self.arrivals_per_second * self.mean_service).min(1.0)
    }

    /// Mean wait in seconds: lambda E\[S^2\] / (2 (1 - rho)).
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        let second_moment = self.mean_service * self.mean_service * (1.0 + self.service_cv * self.service_cv);
        self.arrivals_per_second * second_moment / (2.0 * (1.0 - self.occupancy()))
    }

    /// Mean number waiting (Little).
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.arrivals_per_second * self.mean_wait()
    }

    /// Variance of the wait in seconds squared, given the third moment of the service time in seconds
    /// cubed: E\[W\]^2 + lambda E\[S^3\] / (3 (1 - rho)).
    #[must_use]
    pub fn wait_variance(&self, third_moment: f64) -> f64 {
        let mean = self.mean_wait();
        mean * mean + self.arrivals_per_second * third_moment / (3.0 * (1.0 - self.occupancy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_service_is_the_m_m_1_queue_and_constant_service_halves_its_wait() {
        let exponential = PollaczekKhinchine { arrivals_per_second: 0.8, mean_service: 1.0, service_cv: 1.0 };
        assert!((exponential.mean_wait() - 4.0).abs() < 1e-14);
        // M/M/1: W is 0 with 1 - rho, else exponential of rate 1 - rho: variance rho (2 - rho) / (1 - rho)^2.
        assert!((exponential.wait_variance(6.0) - 24.0).abs() < 1e-12);
        let constant = PollaczekKhinchine { service_cv: 0.0, ..exponential };
        assert!((constant.mean_wait() - 2.0).abs() < 1e-14);
        assert_eq!(PollaczekKhinchine { arrivals_per_second: 1.1, ..constant }.mean_wait(), f64::INFINITY);
    }
}
