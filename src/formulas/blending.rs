//! M/M/n with work that never runs out and agents kept free: calls first, and the rest of the time
//! for e-mails or outgoing calls.
//!
//! Sources: Bhulai & Koole (2003), "A queueing model for call blending in call centers", IEEE
//! Transactions on Automatic Control 48; Gans & Zhou (2003), "A call-routing problem with service-level
//! constraints", Operations Research 51. Both prove that such a threshold does the most deferred work under
//! a target of waits.

use super::ErlangC;

/// A team that takes calls at once when it can, and begins deferred work, of which there is always some,
/// only while more than `kept_idle` agents are idle. Nobody abandons and nothing begun is interrupted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blending {
    /// Calls a second, above 0.
    pub arrivals_per_second: f64,
    /// Mean service time in seconds, above 0, of calls and of deferred work.
    pub mean_service: f64,
    /// Agents, at least 1.
    pub agents: u32,
    /// So many are kept free for calls, at most `agents`; 0: nobody is ever idle.
    pub kept_idle: u32,
}

impl Blending {
    fn load(&self) -> f64 {
        self.arrivals_per_second * self.mean_service
    }

    /// Relative weights of the states "nobody waits, b busy" for b from `agents - kept_idle` to `agents`,
    /// the last of which stands for all states in which every agent is busy.
    fn weights(&self) -> Vec<f64> {
        assert!(self.kept_idle <= self.agents, "at most all agents are kept free");
        let load = self.load();
        let n = f64::from(self.agents);
        assert!(load > 0.0 && load.is_finite(), "the load is above 0 and finite, not {load}");
        let mut weights = vec![1.0];
        // Downwards from a full team, so that no relative precision is lost to large numbers.
        for busy in (self.agents - self.kept_idle..self.agents).rev() {
            weights.push(weights[weights.len() - 1] * f64::from(busy + 1) / load);
        }
        // Of those in which all are busy, the one without a queue is a share 1 - rho.
        weights[0] /= 1.0 - load / n;
        weights.reverse();
        weights
    }

    /// Whether the calls leave any time.
    #[must_use]
    pub fn stable(&self) -> bool {
        self.load() < f64::from(self.agents)
    }

    /// The share of calls that finds no agent free; 1 where the calls alone are too many.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        if !self.stable() {
            return 1.0;
        }
        let weights = self.weights();
        weights[weights.len() - 1] / weights.iter().sum::<f64>()
    }

    /// Mean wait of calls in seconds; infinite where they are too many.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.delayed() * self.plain().mean_wait_delayed()
    }

    /// The share of calls answered within this many seconds.
    #[must_use]
    pub fn service_level(&self, within: f64) -> f64 {
        if !self.stable() {
            return 0.0;
        }
        // Once all are busy, the wait is that of Erlang C: exponential.
        1.0 - self.delayed() * libm::exp(-within / self.plain().mean_wait_delayed())
    }

    /// Mean number of agents at work.
    #[must_use]
    pub fn busy(&self) -> f64 {
        let n = f64::from(self.agents);
        if !self.stable() {
            return n;
        }
        let weights = self.weights();
        let total: f64 = weights.iter().sum();
        let idle = |place: usize| (weights.len() - 1 - place) as f64;
        n - weights.iter().enumerate().map(|(place, weight)| weight * idle(place)).sum::<f64>() / total
    }

    /// Deferred work done, a second.
    #[must_use]
    pub fn deferred_per_second(&self) -> f64 {
        if self.stable() { (self.busy() - self.load()) / self.mean_service } else { 0.0 }
    }

    fn plain(&self) -> ErlangC {
        ErlangC {
            arrivals_per_second: self.arrivals_per_second,
            mean_service: self.mean_service,
            agents: f64::from(self.agents),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blending(kept_idle: u32) -> Blending {
        Blending { arrivals_per_second: 40.0 / 60.0, mean_service: 60.0, agents: 50, kept_idle }
    }

    #[test]
    fn a_team_kept_free_altogether_is_erlang_c() {
        let (all, plain) = (blending(50), blending(50).plain());
        assert!((all.delayed() / plain.delayed() - 1.0).abs() < 1e-12);
        assert!((all.mean_wait() / plain.mean_wait() - 1.0).abs() < 1e-12);
        assert!((all.service_level(20.0) / plain.service_level(20.0) - 1.0).abs() < 1e-12);
        assert!((all.busy() - 40.0).abs() < 1e-11 && all.deferred_per_second().abs() < 1e-12);
    }

    #[test]
    fn nobody_kept_free_leaves_nobody_idle() {
        let none = blending(0);
        assert_eq!((none.delayed(), none.busy()), (1.0, 50.0));
        assert!((none.deferred_per_second() * 60.0 - 10.0).abs() < 1e-12);
        assert!((none.mean_wait() - 6.0).abs() < 1e-12, "1 / (50 - 40) minutes");
    }

    #[test]
    fn too_many_calls_leave_no_time() {
        let swamped = Blending { arrivals_per_second: 1.0, ..blending(5) };
        assert!(!swamped.stable());
        assert_eq!((swamped.delayed(), swamped.busy(), swamped.deferred_per_second()), (1.0, 50.0, 0.0));
        assert_eq!((swamped.mean_wait(), swamped.service_level(20.0)), (f64::INFINITY, 0.0));
    }
}
