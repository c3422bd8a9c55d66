//! M/M/n with classes of customers, the first class first, nobody interrupted.
//!
//! Source: Cobham (1954), "Priority assignment in waiting line problems", Operations Research 2.

use super::ErlangC;

/// Classes that share agents and one exponential distribution of service; nobody abandons.
#[derive(Clone, Debug, PartialEq)]
pub struct Cobham {
    /// Arrivals a second of each class, the first class served first; each at least 0.
    pub arrivals_per_second: Vec<f64>,
    /// Mean service time in seconds, above 0, the same for all.
    pub mean_service: f64,
    /// Agents, at least 0.
    pub agents: f64,
}

impl Cobham {
    /// Mean wait of each class in seconds; infinite from the class on that the agents cannot keep up with.
    ///
    /// With C the Erlang C probability and s(k) the occupancy by the first k classes,
    /// W(k) = C E\[S\] / (n (1 - s(k - 1)) (1 - s(k))).
    ///
    /// # Panics
    /// If the agents or the sum of arrivals are negative or not finite.
    #[must_use]
    pub fn mean_waits(&self) -> Vec<f64> {
        let all = ErlangC {
            arrivals_per_second: self.arrivals_per_second.iter().sum(),
            mean_service: self.mean_service,
            agents: self.agents,
        };
        let residual = all.delayed() * self.mean_service / self.agents;
        let mut room = 1.0;
        let mut waits = Vec::new();
        for arrivals in &self.arrivals_per_second {
            let left = room - arrivals * self.mean_service / self.agents;
            waits.push(if left > 0.0 { residual / (room * left) } else { f64::INFINITY });
            room = left.max(0.0);
        }
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_only_share_out_the_wait() {
        // Conservation: the arrival-weighted mean is the mean wait without priorities.
        let classes = Cobham { arrivals_per_second: vec![3.0, 5.0, 1.0], mean_service: 1.0, agents: 10.0 };
        let waits = classes.mean_waits();
        let mean = (3.0 * waits[0] + 5.0 * waits[1] + waits[2]) / 9.0;
        let plain = ErlangC { arrivals_per_second: 9.0, mean_service: 1.0, agents: 10.0 };
        assert!((mean / plain.mean_wait() - 1.0).abs() < 1e-13);
        assert!(waits[0] < waits[1] && waits[1] < waits[2]);
    }

    #[test]
    fn one_agent_agrees_with_cobham() {
        // M/M/1, rho 0.2 + 0.3: W1 = 0.5 / 0.8, W2 = 0.5 / (0.8 x 0.5).
        let waits =
            Cobham { arrivals_per_second: vec![0.2, 0.3], mean_service: 1.0, agents: 1.0 }.mean_waits();
        assert!((waits[0] - 0.625).abs() < 1e-14 && (waits[1] - 1.25).abs() < 1e-14, "{waits:?}");
    }

    #[test]
    fn an_overload_starves_the_last_class_only() {
        let waits =
            Cobham { arrivals_per_second: vec![0.5, 0.6], mean_service: 1.0, agents: 1.0 }.mean_waits();
        assert_eq!(waits, [2.0, f64::INFINITY]);
    }
}
