//! How much agents differ: a random effect of the agent on the logarithm of handle times.
//!
//! A time is its queue's mean, times the agent's factor, times chance. The variance of the factors is that of the agents'
//! means, less what chance gives means of so many calls; its interval is Thomas & Hultquist's (1978), of means that are
//! not weighted.

use std::collections::BTreeMap;

use crate::acd::{Call, Outcome, Service};
use crate::random::Distribution;

use super::likelihood::Estimated;

/// Agents who differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgentsFitted {
    /// Agents with enough calls.
    pub agents: usize,
    /// Their calls.
    pub calls: usize,
    /// Coefficient of variation of their factors.
    pub cv: Estimated,
}

impl AgentsFitted {
    /// The spread that is left of a queue's times, where the agents' is played apart.
    #[must_use]
    pub fn within(&self, cv: f64) -> f64 {
        ((1.0 + cv * cv) / (1.0 + self.cv.value * self.cv.value) - 1.0).max(0.0).sqrt()
    }
}

/// Fewer agents say nothing of others.
const FEWEST_AGENTS: usize = 5;

/// Fewer calls of an agent say nothing of it.
const FEWEST_CALLS: f64 = 10.0;

/// Logarithms of talk times of an agent in a queue.
#[derive(Clone, Copy, Debug, Default)]
struct Logs {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Logs {
    /// Their squares around a centre.
    fn around(&self, centre: f64) -> f64 {
        self.squares - 2.0 * centre * self.sum + self.count * centre * centre
    }
}

/// Of each agent, by queue.
type ByAgent<'c> = BTreeMap<&'c str, BTreeMap<&'c str, Logs>>;

fn calls_of(own: &BTreeMap<&str, Logs>) -> f64 {
    own.values().map(|logs| logs.count).sum()
}

/// Fits the agents' factors to the talk times of all queues; `None` where too few have a name.
#[must_use]
pub fn agents_differ<'c>(calls: impl IntoIterator<Item = Call<'c>>) -> Option<AgentsFitted> {
    let mut agents: ByAgent<'c> = BTreeMap::new();
    for call in calls {
        if let Outcome::Answered(Service { agent: Some(agent), talk, .. }) = call.outcome
            && talk > 0.0
        {
            let logs = agents.entry(agent).or_default().entry(call.queue).or_default();
            let log = libm::log(talk);
            *logs = Logs { count: logs.count + 1.0, sum: logs.sum + log, squares: logs.squares + log * log };
        }
    }
    agents.retain(|_, own| calls_of(own) >= FEWEST_CALLS);
    if agents.len() < FEWEST_AGENTS {
        return None;
    }
    let means = of_queues(&agents);
    let (mut own_means, mut squares, mut harmonic, mut calls) = (Vec::new(), 0.0, 0.0, 0.0);
    for own in agents.values() {
        let count = calls_of(own);
        let mean = own.iter().map(|(queue, logs)| logs.sum - logs.count * means[queue]).sum::<f64>() / count;
        squares += own.iter().map(|(queue, logs)| logs.around(means[queue] + mean)).sum::<f64>();
        harmonic += 1.0 / count;
        calls += count;
        own_means.push(mean);
    }
    let count = own_means.len() as f64;
    let chance = squares / (calls - count) * harmonic / count;
    let all = own_means.iter().sum::<f64>() / count;
    let between = own_means.iter().map(|mean| (mean - all) * (mean - all)).sum::<f64>();
    let degrees = count - 1.0;
    let chi_square = Distribution::gamma(degrees, (2.0 / degrees).sqrt()).ok()?;
    let cv = |spread: f64| libm::expm1((spread - chance).max(0.0)).sqrt();
    Some(AgentsFitted {
        agents: own_means.len(),
        calls: calls as usize,
        cv: Estimated {
            value: cv(between / degrees),
            low: cv(between / chi_square.quantile(0.975)),
            high: cv(between / chi_square.quantile(0.025)),
        },
    })
}

/// The mean logarithm of each queue, agents apart: where some take more of the one than of the other, a queue's mean
/// is not that of its agents.
fn of_queues<'c>(agents: &ByAgent<'c>) -> BTreeMap<&'c str, f64> {
    let mut means: BTreeMap<&str, f64> = BTreeMap::new();
    let mut effects = vec![0.0; agents.len()];
    // Means of queues without the agents' effects, and effects without the queues' means, by turns.
    for _ in 0..50 {
        let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for (own, effect) in agents.values().zip(&effects) {
            for (queue, logs) in own {
                let sum = sums.entry(queue).or_default();
                *sum = (sum.0 + logs.sum - logs.count * effect, sum.1 + logs.count);
            }
        }
        means = sums.into_iter().map(|(queue, (sum, count))| (queue, sum / count)).collect();
        if means.len() == 1 {
            break;
        }
        for (own, effect) in agents.values().zip(&mut effects) {
            let left = own.iter().map(|(queue, logs)| logs.sum - logs.count * means[queue]).sum::<f64>();
            *effect = left / calls_of(own);
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = ["ann", "bob", "cem", "dee", "eve", "fay"];

    fn call(agent: i32, queue: &'static str, talk: f64) -> Call<'static> {
        let agent = Some(NAMES[agent as usize]);
        let service = Service { agent, start: 0.0, end: talk, talk, wrap_up: None };
        Call { queue, arrived: 0.0, wait: 0.0, outcome: Outcome::Answered(service), customer: None }
    }

    /// Five agents whose logarithms are 4, 4.1, ..., 4.4, each call 0.3 above or below: the variance of the means is
    /// 0.025, that of chance 0.09 x 20/19 over 20 calls.
    #[test]
    fn the_spread_of_means_is_that_of_agents_and_of_chance() {
        let calls: Vec<Call<'_>> = (0..5)
            .flat_map(|agent| {
                (0..20).map(move |number| {
                    let log = 4.0 + 0.1 * f64::from(agent) + if number % 2 == 0 { 0.3 } else { -0.3 };
                    call(agent, "sales", libm::exp(log))
                })
            })
            .collect();
        let found = agents_differ(calls.iter().copied()).expect("there are enough");
        let right = libm::expm1(0.025 - 0.09 / 19.0).sqrt();
        assert!((found.cv.value - right).abs() < 1e-9, "{found:?}, not {right}");
        // 95 % of a chi-square of 4 degrees lie between 0.4844 and 11.1433.
        let low = libm::expm1(0.1 / 11.1433 - 0.09 / 19.0).sqrt();
        let high = libm::expm1(0.1 / 0.4844 - 0.09 / 19.0).sqrt();
        assert!((found.cv.low - low).abs() < 1e-4 && (found.cv.high - high).abs() < 1e-3, "{found:?}");
        assert_eq!((found.agents, found.calls), (5, 100));
        assert_eq!(agents_differ(calls[..80].iter().copied()), None, "four agents are too few");
        // A lognormal time of cv 0.5 of which agents have a part.
        assert!(
            (AgentsFitted { cv: Estimated { value: 0.3, low: 0.0, high: 1.0 }, ..found }.within(0.5)
                - (1.25f64 / 1.09 - 1.0).sqrt())
            .abs()
                < 1e-12
        );
    }

    /// Agents who take more of the queue with long talks are not slower for it.
    #[test]
    fn queues_are_set_apart_from_agents() {
        let calls: Vec<Call<'_>> = (0..6)
            .flat_map(|agent| {
                (0..40).map(move |number| {
                    let long = number % 6 <= agent;
                    let log = if long { 6.0 } else { 4.0 } + if number / 6 % 2 == 0 { 0.2 } else { -0.2 };
                    call(agent, if long { "long" } else { "short" }, libm::exp(log))
                })
            })
            .collect();
        let found = agents_differ(calls.iter().copied()).expect("there are enough");
        assert!(found.cv.value < 0.05, "{found:?}");
    }
}
