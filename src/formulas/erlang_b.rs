//! Erlang B: M/M/n/n, calls that find all lines busy are lost.
//!
//! Source: Erlang (1917); the continuous extension in n: Jagerman (1974), "Some properties of the Erlang
//! loss function", Bell System Technical Journal 53. The formula is insensitive: it needs the mean of
//! the service time only.

use super::quadrature;

/// A loss system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangB {
    /// The offered load: arrivals a second times mean service in seconds; at least 0.
    pub load: f64,
    /// Lines (or agents, where nobody may wait); at least 0, whole or not.
    pub agents: f64,
}

impl ErlangB {
    /// The share of calls that find all lines busy, in 0..=1.
    ///
    /// # Complexity
    /// Proportional to `agents`.
    ///
    /// # Panics
    /// If the load or the agents are negative or not finite.
    #[must_use]
    pub fn blocked(&self) -> f64 {
        1.0 / inverse_erlang_b(self.load, self.agents)
    }

    /// The mean number of busy agents.
    ///
    /// # Panics
    /// As [`blocked`](Self::blocked).
    #[must_use]
    pub fn busy(&self) -> f64 {
        self.load * (1.0 - self.blocked())
    }

    /// The share of time an agent is busy; 0 where there is none.
    ///
    /// # Panics
    /// As [`blocked`](Self::blocked).
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        if self.agents > 0.0 { self.busy() / self.agents } else { 0.0 }
    }
}

/// 1 / B(n, a), at least 1; infinite where B is too small for an `f64` (or the load is 0).
///
/// 1/B(n) = 1 + (n / a) / B(n - 1) has positive terms only, so it keeps its relative precision. It starts
/// from 1/B(0) = 1, or for a fractional n from the integral of exp(-t) (1 + t/a)^n at n in (0, 1).
///
/// # Complexity
/// Proportional to `agents`.
///
/// # Panics
/// If the load or the agents are negative or not finite.
#[must_use]
pub fn inverse_erlang_b(load: f64, agents: f64) -> f64 {
    assert!(load.is_finite() && load >= 0.0, "an offered load is at least 0, not {load}");
    assert!(agents.is_finite() && agents >= 0.0, "agents are at least 0, not {agents}");
    if load == 0.0 {
        return if agents == 0.0 { 1.0 } else { f64::INFINITY };
    }
    let whole = agents.floor();
    let fraction = agents - whole;
    let start = match fraction {
        0.0 => 1.0,
        power => quadrature::half_line(|t| libm::exp(power * libm::log1p(t / load) - t)),
    };
    (1..=whole as u64).fold(start, |inverse, k| 1.0 + (k as f64 + fraction) / load * inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_systems_agree_with_the_sum() {
        // B(3, 2) = (8/6) / (1 + 2 + 2 + 8/6).
        let b = ErlangB { load: 2.0, agents: 3.0 };
        assert!((b.blocked() - 4.0 / 19.0).abs() < 1e-15);
        assert!((b.busy() - 30.0 / 19.0).abs() < 1e-15);
        assert_eq!(ErlangB { load: 2.0, agents: 0.0 }.blocked(), 1.0);
        assert_eq!(ErlangB { load: 0.0, agents: 2.0 }.blocked(), 0.0);
    }

    #[test]
    fn the_continuous_extension_joins_the_whole_numbers() {
        for load in [0.1, 1.0, 80.0, 5000.0] {
            for n in [1.0, 10.0, 100.0] {
                let at = ErlangB { load, agents: n }.blocked();
                for near in [n - 1e-9, n + 1e-9] {
                    let beside = ErlangB { load, agents: near }.blocked();
                    assert!((beside / at - 1.0).abs() < 1e-7, "{load} {near}: {beside} {at}");
                }
            }
        }
    }

    #[test]
    fn a_half_line_is_the_error_function() {
        // 1/B(1/2, a) = a^(-1/2) e^a Gamma(3/2, a), and Gamma(3/2, a) = sqrt(a) e^-a + sqrt(pi)/2 erfc(sqrt a).
        let a: f64 = 1.7;
        let gamma = a.sqrt() * libm::exp(-a) + std::f64::consts::PI.sqrt() / 2.0 * libm::erfc(a.sqrt());
        let want = gamma * libm::exp(a) / a.sqrt();
        let got = inverse_erlang_b(a, 0.5);
        assert!((got / want - 1.0).abs() < 1e-13, "{got} {want}");
    }
}
