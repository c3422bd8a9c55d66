//! How many agents: the smallest number that keeps a target, and the square-root rule.
//!
//! Sources: the rule: Halfin & Whitt (1981), "Heavy-traffic limits for queues with many exponential
//! servers", Operations Research 29; with abandonment Garnett, Mandelbaum & Reiman (2002), theorem 4.

use std::fmt;

use super::{ErlangA, ErlangB, ErlangC};

/// Shares on the border of a target lie on its good side: B(1, 2) is exactly 1/5, whatever the last digit
/// of a floating-point number says.
pub(super) const ROUNDING: f64 = 1e-12;

/// The target; each figure gets better with every agent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// At least this share (above 0, below 1) of all is answered within so many seconds (at least 0).
    ServiceLevel {
        /// The share.
        share: f64,
        /// Seconds.
        within: f64,
    },
    /// At most this share (above 0) finds no agent free.
    Delayed {
        /// The share.
        max: f64,
    },
    /// At most this share (above 0) abandons; Erlang A only.
    Abandonment {
        /// The share.
        max: f64,
    },
    /// All wait at most so many seconds (above 0) on average.
    MeanWait {
        /// Seconds.
        max: f64,
    },
    /// Agents are busy at most this share of their time (above 0).
    Occupancy {
        /// The share.
        max: f64,
    },
}

/// Why no number of agents keeps a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unreachable {
    /// A share of 1 is answered in time.
    Everyone,
    /// A figure that only falls towards 0 is to be 0 or less.
    Nothing {
        /// The figure.
        figure: &'static str,
        /// What was asked.
        max: f64,
    },
    /// With an agent on every line the target is still broken.
    TooFewLines {
        /// The lines there are.
        lines: u32,
    },
    /// The target is not a number that makes sense.
    NotANumber {
        /// What it should have been.
        what: &'static str,
        /// What it is.
        value: f64,
    },
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreachable::Everyone => f.write_str(
                "no number of agents answers everyone in time; ask for a share below 1, such as 0.99",
            ),
            Unreachable::Nothing { figure, max } => {
                write!(f, "no number of agents brings {figure} down to {max}; ask for more than 0")
            }
            Unreachable::TooFewLines { lines } => write!(
                f,
                "not even an agent for each of the {lines} lines keeps the target; more lines are needed"
            ),
            Unreachable::NotANumber { what, value } => write!(f, "{value} is not a {what}"),
        }
    }
}

impl std::error::Error for Unreachable {}

impl Goal {
    /// Tells why no number of agents can keep it.
    ///
    /// # Errors
    /// The reason.
    pub fn check(&self) -> Result<(), Unreachable> {
        let above_zero = |figure, max: f64| match max {
            max if max > 0.0 => Ok(()),
            max if max.is_nan() => Err(Unreachable::NotANumber { what: figure, value: max }),
            max => Err(Unreachable::Nothing { figure, max }),
        };
        match *self {
            Goal::ServiceLevel { share, .. } if share.is_nan() || share <= 0.0 => {
                Err(Unreachable::NotANumber { what: "share above 0 and below 1", value: share })
            }
            Goal::ServiceLevel { share, .. } if share >= 1.0 => Err(Unreachable::Everyone),
            Goal::ServiceLevel { within, .. } if within.is_nan() || within < 0.0 => {
                Err(Unreachable::NotANumber { what: "time of at least 0 s", value: within })
            }
            Goal::ServiceLevel { .. } => Ok(()),
            Goal::Delayed { max } => above_zero("share that waits", max),
            Goal::Abandonment { max } => above_zero("abandonment", max),
            Goal::MeanWait { max } => above_zero("mean wait", max),
            Goal::Occupancy { max } => above_zero("occupancy", max),
        }
    }

    /// By how much the target is kept, in the figure's unit; below 0 it is broken.
    fn slack_by_a(&self, centre: &ErlangA) -> f64 {
        let wait = centre.solve();
        match *self {
            Goal::ServiceLevel { share, within } => wait.answered_within(within) - share,
            Goal::Delayed { max } => max - wait.delayed(),
            Goal::Abandonment { max } => max - wait.abandonment(),
            Goal::MeanWait { max } => max - wait.mean_wait(),
            Goal::Occupancy { max } => max - wait.occupancy(),
        }
    }

    fn met_by_c(&self, centre: &ErlangC) -> bool {
        centre.stable()
            && match *self {
                Goal::ServiceLevel { share, within } => centre.service_level(within) >= share - ROUNDING,
                Goal::Delayed { max } => centre.delayed() <= max + ROUNDING,
                Goal::Abandonment { .. } => true,
                Goal::MeanWait { max } => centre.mean_wait() <= max * (1.0 + ROUNDING),
                Goal::Occupancy { max } => centre.occupancy() <= max + ROUNDING,
            }
    }
}

/// The fewest agents with whom at most a share `blocked` of the calls is lost (Erlang B).
///
/// # Errors
/// If the share is not above 0.
///
/// # Panics
/// If the load is negative or not finite.
pub fn agents_for_b(load: f64, blocked: f64) -> Result<u32, Unreachable> {
    Goal::Delayed { max: blocked }.check()?;
    Ok(smallest(|agents| ErlangB { load, agents }.blocked() <= blocked + ROUNDING))
}

/// The fewest agents that keep a target when nobody abandons (Erlang C); `centre.agents` plays no part.
///
/// # Errors
/// If no number does.
///
/// # Panics
/// If a field is out of its range.
pub fn agents_for_c(centre: &ErlangC, goal: &Goal) -> Result<u32, Unreachable> {
    goal.check()?;
    if centre.arrivals_per_second == 0.0 {
        return Ok(0);
    }
    Ok(smallest(|agents| goal.met_by_c(&ErlangC { agents, ..*centre })))
}

/// The fewest agents that keep a target when customers abandon (Erlang A); `centre.agents` plays no part.
///
/// # Errors
/// If no number does.
///
/// # Panics
/// If a field is out of its range; arrivals may be 0.
///
/// # Complexity
/// Some 20 solutions: about a millisecond for 100 agents.
pub fn agents_for_a(centre: &ErlangA, goal: &Goal) -> Result<u32, Unreachable> {
    goal.check()?;
    if centre.arrivals_per_second == 0.0 {
        return Ok(0);
    }
    Ok(smallest(|agents| goal.slack_by_a(&ErlangA { agents, ..*centre }) >= -ROUNDING))
}

/// As [`agents_for_a`], with fractions: the number at which the target is just kept. With an observed
/// figure as the goal it is the number of agents whose work the centre shows.
///
/// # Errors
/// If no number does.
///
/// # Panics
/// If a field is out of its range; arrivals may be 0.
pub fn exact_agents_for_a(centre: &ErlangA, goal: &Goal) -> Result<f64, Unreachable> {
    let Some(Bracket { mut low, mut below, mut high, mut above }) = bracket(centre, goal, 0.0)? else {
        return Ok(0.0);
    };
    let slack = |agents| goal.slack_by_a(&ErlangA { agents, ..*centre });
    // Regula falsi; an end that stays twice counts half (the Illinois rule: Dowell & Jarratt 1971).
    // Every third step halves, which bounds the number of steps whatever the shape.
    let (mut last, mut steps) = (None, 0_u32);
    while high - low > 1e-9 * high.max(1.0) {
        steps += 1;
        let share = if steps.is_multiple_of(3) { 0.5 } else { (below / (below - above)).clamp(0.0, 1.0) };
        let next = low + (high - low) * share;
        let found = slack(next);
        let kept = found >= 0.0;
        if found == 0.0 {
            return Ok(next);
        }
        if kept {
            (high, above) = (next, found);
            below /= if last == Some(kept) { 2.0 } else { 1.0 };
        } else {
            (low, below) = (next, found);
            above /= if last == Some(kept) { 2.0 } else { 1.0 };
        }
        last = Some(kept);
    }
    Ok(high)
}

/// As [`agents_for_a`], with fractions by the straight line between the whole numbers around the answer,
/// which are looked for from a guess outwards: with a good guess two or three solutions, where
/// [`exact_agents_for_a`] takes dozens of dearer ones. Whole answers are exact.
///
/// # Errors
/// If no number does.
///
/// # Panics
/// If a field is out of its range; arrivals may be 0.
pub fn interpolated_agents_for_a(centre: &ErlangA, goal: &Goal, guess: f64) -> Result<f64, Unreachable> {
    let Some(Bracket { low, below, high, above }) = bracket(centre, goal, guess)? else { return Ok(0.0) };
    Ok(low + (high - low) * (below / (below - above)).clamp(0.0, 1.0))
}

/// Two whole numbers of agents, one apart, and by how much they keep a target: not, and just.
struct Bracket {
    low: f64,
    below: f64,
    high: f64,
    above: f64,
}

/// The bracket of the answer, from a guess outwards; `None` where no agent is needed.
fn bracket(centre: &ErlangA, goal: &Goal, guess: f64) -> Result<Option<Bracket>, Unreachable> {
    goal.check()?;
    if centre.arrivals_per_second == 0.0 {
        return Ok(None);
    }
    let slack = |agents| goal.slack_by_a(&ErlangA { agents, ..*centre });
    let mut low = guess.max(0.0).floor();
    let mut below = slack(low);
    let mut step = 1.0;
    let (mut high, mut above) = (low, below);
    while above < 0.0 {
        assert!(high < f64::from(1_u32 << 31), "some number of agents keeps the target");
        (low, below) = (high, above);
        high += step;
        above = slack(high);
        step *= 2.0;
    }
    while below >= 0.0 {
        if low == 0.0 {
            return Ok(None);
        }
        (high, above) = (low, below);
        low = (low - step).max(0.0);
        below = slack(low);
        step *= 2.0;
    }
    while high - low > 1.0 {
        let middle = ((low + high) / 2.0).floor();
        let found = slack(middle);
        if found >= 0.0 { (high, above) = (middle, found) } else { (low, below) = (middle, found) }
    }
    Ok(Some(Bracket { low, below, high, above }))
}

/// The smallest whole number that `met` holds for; it holds from there on, and somewhere.
///
/// # Complexity
/// Twice the binary logarithm of the answer.
///
/// # Panics
/// If it holds for no number up to 2^31.
pub fn smallest(met: impl Fn(f64) -> bool) -> u32 {
    if met(0.0) {
        return 0;
    }
    let (mut low, mut high) = (0_u32, 1_u32);
    while !met(f64::from(high)) {
        assert!(high < 1 << 31, "some number of agents keeps the target");
        (low, high) = (high, high * 2);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if met(f64::from(middle)) { high = middle } else { low = middle }
    }
    high
}

/// The square-root rule: load + beta sqrt(load) agents.
#[must_use]
pub fn square_root(load: f64, beta: f64) -> f64 {
    load + beta * load.sqrt()
}

/// The probability of waiting in a large centre of load + beta sqrt(load) agents. `patience_ratio` is mean
/// patience / mean service; infinite: nobody abandons, and `beta` must be above 0.
#[must_use]
pub fn delayed_by_square_root(beta: f64, patience_ratio: f64) -> f64 {
    if patience_ratio.is_infinite() {
        return if beta > 0.0 { 1.0 / (1.0 + beta / hazard(-beta)) } else { 1.0 };
    }
    let root = patience_ratio.sqrt();
    1.0 / (1.0 + hazard(beta * root) / (root * hazard(-beta)))
}

/// The hazard rate of the standard normal distribution.
fn hazard(x: f64) -> f64 {
    if x > 30.0 {
        return x + 1.0 / x;
    }
    let density = libm::exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    density / (0.5 * libm::erfc(x / std::f64::consts::SQRT_2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ErlangA =
        ErlangA { arrivals_per_second: 0.38, mean_service: 240.0, mean_patience: 120.0, agents: 0.0 };
    const C: ErlangC = ErlangC { arrivals_per_second: 0.38, mean_service: 240.0, agents: 0.0 };

    const GOALS: [Goal; 5] = [
        Goal::ServiceLevel { share: 0.8, within: 20.0 },
        Goal::Delayed { max: 0.2 },
        Goal::Abandonment { max: 0.03 },
        Goal::MeanWait { max: 5.0 },
        Goal::Occupancy { max: 0.85 },
    ];

    #[test]
    fn one_agent_less_misses_the_target() {
        for goal in GOALS {
            let n = f64::from(agents_for_a(&A, &goal).unwrap());
            assert!(goal.slack_by_a(&ErlangA { agents: n, ..A }) >= 0.0, "{goal:?} {n}");
            assert!(goal.slack_by_a(&ErlangA { agents: n - 1.0, ..A }) < 0.0, "{goal:?} {n}");
            let n = f64::from(agents_for_c(&C, &goal).unwrap());
            assert!(goal.met_by_c(&ErlangC { agents: n, ..C }), "{goal:?} {n}");
            assert!(!goal.met_by_c(&ErlangC { agents: n - 1.0, ..C }), "{goal:?} {n}");
        }
    }

    #[test]
    fn observed_figures_give_the_agents_back() {
        for agents in [0.4, 3.0, 88.8, 97.25] {
            let centre = ErlangA { agents, ..A };
            let seen = centre.service_level(20.0);
            let goal = Goal::ServiceLevel { share: seen, within: 20.0 };
            let got = exact_agents_for_a(&A, &goal).unwrap();
            assert!((got - agents).abs() < 1e-6, "{got} is not {agents}");
        }
    }

    #[test]
    fn a_target_that_cannot_be_met_says_why() {
        let why = |goal: Goal| goal.check().unwrap_err().to_string();
        assert_eq!(
            why(Goal::ServiceLevel { share: 1.0, within: 20.0 }),
            "no number of agents answers everyone in time; ask for a share below 1, such as 0.99"
        );
        assert_eq!(
            why(Goal::MeanWait { max: 0.0 }),
            "no number of agents brings mean wait down to 0; ask for more than 0"
        );
        assert_eq!(
            why(Goal::ServiceLevel { share: f64::NAN, within: 1.0 }),
            "NaN is not a share above 0 and below 1"
        );
        assert_eq!(agents_for_a(&ErlangA { arrivals_per_second: 0.0, ..A }, &GOALS[0]), Ok(0));
    }

    #[test]
    fn large_centres_follow_the_square_root_rule() {
        let load = 1e6;
        for beta in [0.5, 1.0, 1.5] {
            let agents = square_root(load, beta);
            let c = ErlangC { arrivals_per_second: load, mean_service: 1.0, agents };
            assert!((c.delayed() - delayed_by_square_root(beta, f64::INFINITY)).abs() < 1e-3);
            for ratio in [0.25, 4.0] {
                let a =
                    ErlangA { arrivals_per_second: load, mean_service: 1.0, mean_patience: ratio, agents };
                assert!((a.delayed() - delayed_by_square_root(beta, ratio)).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn lines_are_counted_by_erlang_b() {
        // B(10, 5) = 0.018385, B(11, 5) = 0.008287.
        assert_eq!(agents_for_b(5.0, 0.01), Ok(11));
        // B(1, 2) is 1/5 exactly, and 1 - 0.8 is a little less.
        assert_eq!((agents_for_b(1.0, 1.0 - 0.8), agents_for_b(1.0, 0.1999)), (Ok(2), Ok(3)));
    }
}
