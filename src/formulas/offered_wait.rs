//! M/M/n+G: the wait of a customer of infinite patience, when all others have theirs.
//!
//! Source: Baccelli & Hebuterne (1981), "On queues with impatient customers"; Zeltyn & Mandelbaum (2005),
//! "Call centers with impatient customers: many-server asymptotics of the M/M/n + G queue", section 4.
//! The offered wait V is 0 with probability E / (E + lambda J) and else has a density proportional to
//! exp(lambda H(x) - n mu x), where H(x) = E\[min(tau, x)\], J is the integral of that function, and
//! E = 1 / B(n - 1, a). All figures are integrals over V. The function is log-concave, so a window
//! around its peak holds all of its mass; scaling by the peak keeps it in range for any n. Nothing in
//! it asks for a whole n.

use super::erlang_b::inverse_erlang_b;
use super::patience::Patience;
use super::quadrature;
use super::service_level::ServiceLevels;

/// The window ends where the density has fallen by exp(-45), below 1e-19 of its peak.
const NEGLIGIBLE: f64 = 45.0;
/// Panels of 16 nodes over the window: under 8 units of exponent each, of which the rule misses less than 1e-14.
const PANELS: u32 = 12;
/// Fewer agents than this are as good as none, and the density still exists.
const FEWEST: f64 = 1e-9;

/// An M/M/n+G queue, solved. Times in seconds; all shares are of all customers, in 0..=1.
#[derive(Clone, Debug)]
pub struct OfferedWait<P> {
    arrivals: f64,
    mean_service: f64,
    agents: f64,
    patience: P,
    /// Panel edges of the window in which V has its mass, given V > 0.
    edges: Vec<f64>,
    /// Where the density has its peak.
    top: f64,
    /// The integral of the scaled density.
    mass: f64,
    at_once: f64,
    delayed: f64,
}

impl<P: Patience> OfferedWait<P> {
    /// Solves the queue: `arrivals` a second, `mean_service` in seconds, `agents` whole or not (none
    /// means that nobody is ever answered).
    ///
    /// # Complexity
    /// Proportional to `agents`, and some 200 exponentials here and for each figure: a few microseconds.
    ///
    /// # Panics
    /// If arrivals or mean service are not above 0 and finite, or agents negative or not finite.
    #[must_use]
    pub fn solve(arrivals: f64, mean_service: f64, agents: f64, patience: P) -> OfferedWait<P> {
        assert!(arrivals > 0.0 && arrivals.is_finite(), "arrivals are above 0 and finite, not {arrivals}");
        assert!(mean_service > 0.0 && mean_service.is_finite(), "service is above 0 and finite");
        assert!(agents >= 0.0 && agents.is_finite(), "agents are at least 0 and finite, not {agents}");
        let agents = agents.max(FEWEST);
        let mut solved = OfferedWait {
            arrivals,
            mean_service,
            agents,
            patience,
            edges: Vec::new(),
            top: 0.0,
            mass: 1.0,
            at_once: 1.0,
            delayed: 0.0,
        };
        solved.place_window();
        solved.mass = solved.integral(0.0, f64::INFINITY, |_| 1.0);
        let load = arrivals * mean_service;
        // 1 / B(n - 1), below one agent by the recursion 1/B(n) = 1 + (n/a) / B(n - 1) backwards.
        let unqueued = match agents >= 1.0 {
            true => inverse_erlang_b(load, agents - 1.0),
            false => (inverse_erlang_b(load, agents) - 1.0) * load / agents,
        } * libm::exp(-solved.exponent(0.0, solved.top));
        let queued = arrivals * solved.mass;
        solved.at_once = if unqueued.is_finite() { unqueued / (unqueued + queued) } else { 1.0 };
        solved.delayed = queued / (unqueued + queued);
        solved
    }

    /// The rise of the exponent lambda H(x) - n mu x between two times. Near the peak of a large centre its
    /// terms are huge and all but cancel, so it is never taken as a difference of two exponents.
    fn exponent(&self, from: f64, to: f64) -> f64 {
        self.arrivals * self.patience.integral(from, to) - self.agents / self.mean_service * (to - from)
    }

    fn place_window(&mut self) {
        let rate = self.agents / self.mean_service;
        let rising = |x: f64| self.arrivals * self.patience.survival(x) > rate;
        let top = if rising(0.0) { boundary(0.0, 1.0 / rate, rising) } else { 0.0 };
        let near = |x: f64| self.exponent(top, x) > -NEGLIGIBLE;
        let high = boundary(top, 1.0 / rate, near);
        let low = if near(0.0) { 0.0 } else { bisect(0.0, top, |x| !near(x)) };
        let mut edges: Vec<f64> =
            (0..=PANELS).map(|i| low + (high - low) * f64::from(i) / f64::from(PANELS)).collect();
        edges.extend(self.patience.breaks().into_iter().filter(|&x| low < x && x < high));
        edges.sort_by(f64::total_cmp);
        self.edges = edges;
        self.top = top;
    }

    /// The integral of `f` against the scaled density of V over `low..high`.
    fn integral(&self, low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
        let scaled = |x: f64| libm::exp(self.exponent(self.top, x)) * f(x);
        quadrature::panels(&self.edges, low, high, scaled)
    }

    /// E\[f(V) | V > 0\] over `0..high`.
    fn given_delay(&self, high: f64, f: impl Fn(f64) -> f64) -> f64 {
        self.integral(0.0, high, f) / self.mass
    }

    /// The share that finds no agent free.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        self.delayed
    }

    /// P(V > t): a customer of infinite patience would wait longer than `t`.
    #[must_use]
    pub fn offered_wait_exceeds(&self, t: f64) -> f64 {
        self.delayed * (self.integral(t, f64::INFINITY, |_| 1.0) / self.mass).min(1.0)
    }

    /// P(W > t): still waiting `t` after arrival, whatever happens later.
    #[must_use]
    pub fn wait_exceeds(&self, t: f64) -> f64 {
        self.offered_wait_exceeds(t) * self.patience.survival(t)
    }

    /// The share that abandons.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        self.delayed * self.given_delay(f64::INFINITY, |x| self.patience.impatient_by(x))
    }

    /// The share that is answered.
    #[must_use]
    pub fn answered(&self) -> f64 {
        self.answered_within(f64::INFINITY)
    }

    /// The share that is answered within `t`.
    #[must_use]
    pub fn answered_within(&self, t: f64) -> f64 {
        self.at_once + self.delayed * self.given_delay(t, |x| self.patience.survival(x))
    }

    /// The share that abandons within `t`.
    #[must_use]
    pub fn abandoned_within(&self, t: f64) -> f64 {
        let earlier = self.given_delay(t, |x| self.patience.impatient_by(x));
        self.delayed * earlier + self.offered_wait_exceeds(t) * self.patience.impatient_by(t)
    }

    /// Mean wait of all.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.delayed * self.given_delay(f64::INFINITY, |x| self.patience.mean_up_to(x))
    }

    /// Mean wait of the answered (ASA), zeros included.
    #[must_use]
    pub fn mean_wait_answered(&self) -> f64 {
        self.delayed * self.given_delay(f64::INFINITY, |x| x * self.patience.survival(x)) / self.answered()
    }

    /// Mean wait of those who abandon.
    #[must_use]
    pub fn mean_wait_abandoned(&self) -> f64 {
        // E[tau; tau <= x] = E[min(tau, x)] - x P(tau > x).
        let left = |x: f64| self.patience.mean_up_to(x) - x * self.patience.survival(x);
        self.given_delay(f64::INFINITY, left)
            / self.given_delay(f64::INFINITY, |x| self.patience.impatient_by(x))
    }

    /// The wait that a share `p` in 0..1 of the answered does not exceed.
    #[must_use]
    pub fn quantile_answered(&self, p: f64) -> f64 {
        let goal = p * self.answered();
        self.quantile(|t| self.answered_within(t) < goal)
    }

    /// The wait that a share `p` in 0..1 of all does not exceed.
    #[must_use]
    pub fn quantile_all(&self, p: f64) -> f64 {
        self.quantile(|t| self.wait_exceeds(t) > 1.0 - p)
    }

    fn quantile(&self, too_short: impl Fn(f64) -> bool) -> f64 {
        if too_short(0.0) { boundary(0.0, self.mean_service / self.agents, too_short) } else { 0.0 }
    }

    /// Mean number waiting (Little).
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.arrivals * self.mean_wait()
    }

    /// Mean number of busy agents.
    #[must_use]
    pub fn busy(&self) -> f64 {
        self.arrivals * self.answered() * self.mean_service
    }

    /// The share of time an agent is busy.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        self.busy() / self.agents
    }

    /// The six service levels for a target time `within` and a `short` time.
    #[must_use]
    pub fn service_levels(&self, within: f64, short: f64) -> ServiceLevels {
        ServiceLevels::new(
            self.answered(),
            self.answered_within(within),
            self.abandoned_within(within),
            self.abandoned_within(short),
        )
    }
}

/// Where `holds`, which is true at `from` and false from some point on, turns false; the first guess lies
/// `step` away.
fn boundary(from: f64, step: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let mut reach = step;
    let mut low = from;
    while holds(from + reach) && reach < f64::MAX / 4.0 {
        low = from + reach;
        reach *= 2.0;
    }
    bisect(low, from + reach, holds)
}

/// Where `holds`, true at `low` and false at `high`, turns false, to the last bit.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high || high - low <= 1e-15 * high {
            return middle;
        }
        if holds(middle) { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::patience::ExponentialPatience;

    #[test]
    fn bisection_ends_and_finds() {
        let got = boundary(0.0, 1e-3, |x| x * x < 2.0);
        assert!((got - std::f64::consts::SQRT_2).abs() < 1e-14);
    }

    #[test]
    fn shares_add_up_whoever_balks() {
        for balk in [0.0, 0.2] {
            let patience = ExponentialPatience { mean: 90.0, balk };
            let wait = OfferedWait::solve(0.4, 240.0, 97.0, patience);
            assert!((wait.answered() + wait.abandonment() - 1.0).abs() < 1e-13);
            let met = wait.answered_within(20.0) + wait.abandoned_within(20.0);
            assert!((met + wait.wait_exceeds(20.0) - 1.0).abs() < 1e-13);
            let parts =
                wait.answered() * wait.mean_wait_answered() + wait.abandonment() * wait.mean_wait_abandoned();
            assert!((parts - wait.mean_wait()).abs() < 1e-12);
            // Who abandons and did not balk does so at a rate of one per mean patience of waiting.
            let balked = balk * wait.delayed();
            assert!((wait.abandonment() - balked - wait.mean_wait() / 90.0).abs() < 1e-13);
        }
    }

    #[test]
    fn without_agents_nobody_is_answered() {
        let wait = OfferedWait::solve(0.4, 240.0, 0.0, ExponentialPatience { mean: 90.0, balk: 0.0 });
        assert!((wait.abandonment() - 1.0).abs() < 1e-7);
        assert!((wait.mean_wait() - 90.0).abs() < 1e-5);
        assert!(wait.answered_within(20.0) < 1e-7);
    }
}
