//! Who is served first, as a log shows it.
//!
//! Whenever an agent takes a call while others wait whom it could have taken, it decides between queues. The model is
//! that of McFadden (1974): of the first of each queue the agent takes with odds e^(wait / noise + a constant of the queue). Where
//! constants are worth it, a constant times the noise is a head start: so much longer do the waits of a queue count. Other
//! rules of the telephone system (priority customers within a queue, say) are in the noise.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::acd::{Calls, Outcome};

use super::likelihood::{DEVIATIONS, Estimated};
use super::services::Services;
use super::skills::Skills;

/// The order in which queues are served.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// How often an agent decided between queues.
    pub decisions: usize,
    /// Seconds: how blurred the decisions are.
    pub noise: f64,
    /// In the order of the log; those alone that were ever decided about.
    pub queues: Vec<QueueOrder>,
    /// Whether head starts explain the decisions better than waits alone (by the Bayesian information criterion).
    pub differs: bool,
}

/// How a queue is served.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueOrder {
    /// As the log calls it.
    pub called: String,
    /// Seconds that its waits count longer than those of the queue that comes last.
    pub head_start: Estimated,
    /// Its calls that were taken while others waited, and how many of these had not waited themselves.
    pub taken: (usize, usize),
}

/// Fewer decisions tell no order.
const FEWEST: usize = 100;

/// So many tell enough.
const MOST: usize = 100_000;

/// Clocks of a log differ by a second or so.
const CLOCKS: i64 = 1_000_000;

/// A priority that no wait outweighs.
const LONGEST: f64 = 3600.0;

/// The standard deviation that constants have beforehand: keeps those finite that nothing bounds.
const WIDE: f64 = 8.0;

/// One who was taken or who waited on: the queue, and seconds.
type Waiting = (usize, f64);

/// Decisions one after the other: of each the chosen one, then the others.
#[derive(Default)]
struct Decisions {
    all: Vec<Waiting>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Decisions {
    fn iter(&self) -> impl Iterator<Item = &[Waiting]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.all[begin..*end])
    }
}

/// The order that a log shows; `None` where nobody ever had to decide, or waits play no part.
#[must_use]
pub fn order(calls: &Calls) -> Option<Order> {
    let services = Services::of(calls);
    let skills = Skills::of(&services);
    of_skills(calls, &skills)
}

pub(super) fn of_skills(calls: &Calls, skills: &Skills) -> Option<Order> {
    let count = calls.queues().len();
    let mut taken = vec![(0, 0); count];
    let decisions = decisions(calls, skills, &mut taken);
    if decisions.ends.len() < FEWEST {
        return None;
    }
    let mut known = vec![false; count];
    decisions.all.iter().for_each(|(queue, _)| known[*queue] = true);
    let queues: Vec<usize> = (0..count).filter(|queue| known[*queue]).collect();
    let alone = Choice::fit(&decisions, &vec![None; count], 0)?;
    // The one that is taken most often is measured against.
    let most = *queues.iter().max_by_key(|queue| taken[**queue].0)?;
    let mut places = vec![None; count];
    let others = queues.iter().filter(|queue| **queue != most);
    others.clone().enumerate().for_each(|(at, queue)| places[*queue] = Some(at + 1));
    let choice = Choice::fit(&decisions, &places, queues.len() - 1).filter(Choice::goes_by_waits)?;
    let constant = |queue: usize| places[queue].map_or(0.0, |place| choice.at[place]);
    let last = *queues.iter().min_by(|one, other| constant(**one).total_cmp(&constant(**other)))?;
    let gained = 2.0 * (choice.value - alone.value);
    let one = |queue: &usize| QueueOrder {
        called: calls.queues()[*queue].clone(),
        head_start: choice.head_start(places[*queue], places[last]),
        taken: taken[*queue],
    };
    Some(Order {
        decisions: decisions.ends.len(),
        noise: 1.0 / choice.at[0],
        queues: queues.iter().map(one).collect(),
        differs: gained > (queues.len() - 1) as f64 * libm::log(decisions.ends.len() as f64),
    })
}

/// Plays the log: who waits is in the heap until its wait is over.
fn decisions(calls: &Calls, skills: &Skills, taken: &mut [(usize, usize)]) -> Decisions {
    let micros = |seconds: f64| (seconds * 1e6).round() as i64;
    let mut found = Decisions::default();
    let mut waiting: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::new();
    let mut heads: Vec<Option<i64>> = vec![None; calls.queues().len()];
    for number in 0..=calls.len() {
        let arrival = if number < calls.len() { micros(calls.call(number).arrived) } else { i64::MAX };
        while let Some(Reverse((now, first))) =
            waiting.peek().copied().filter(|Reverse((until, _))| *until <= arrival)
        {
            waiting.pop();
            let call = calls.call(first as usize);
            let (Outcome::Answered(service), Some(agent)) = (call.outcome, calls.agent_of(first as usize))
            else {
                continue;
            };
            let (set, own) = (skills.at(agent, service.start), calls.queue_of(first as usize));
            heads.fill(None);
            for Reverse((until, other)) in &waiting {
                let queue = calls.queue_of(*other as usize);
                if *until > now + CLOCKS && (queue == own || set.has(queue)) {
                    let since = micros(calls.call(*other as usize).arrived);
                    heads[queue] = Some(heads[queue].map_or(since, |head| head.min(since)));
                }
            }
            if heads.iter().all(Option::is_none) {
                continue;
            }
            taken[own].0 += 1;
            taken[own].1 += usize::from(call.wait == 0.0);
            let since = heads[own].map_or(micros(call.arrived), |head| head.min(micros(call.arrived)));
            heads[own] = None;
            let seconds = |since: i64| (now - since) as f64 / 1e6;
            let others =
                heads.iter().enumerate().filter_map(|(queue, head)| Some((queue, seconds((*head)?))));
            let before = found.all.len();
            found.all.push((own, seconds(since)));
            found.all.extend(others);
            if found.all.len() == before + 1 {
                found.all.pop();
                continue;
            }
            found.ends.push(found.all.len());
            if found.ends.len() == MOST {
                return found;
            }
        }
        if number < calls.len() {
            let call = calls.call(number);
            waiting.push(Reverse((micros(call.arrived + call.wait), number as u32)));
        }
    }
    found
}

/// The likeliest parameters: first the weight of a second, then the constants of queues.
struct Choice {
    at: Vec<f64>,
    /// The logarithm of the likelihood.
    value: f64,
    covariance: Vec<Vec<f64>>,
}

const MOST_STEPS: usize = 100;

impl Choice {
    /// Newton's method: the likelihood has one peak. `None` where it is flat.
    fn fit(decisions: &Decisions, places: &[Option<usize>], constants: usize) -> Option<Choice> {
        let size = constants + 1;
        let mut at = vec![0.0; size];
        at[0] = 0.01;
        let mut covariance = Vec::new();
        let mut value = f64::NAN;
        for _ in 0..MOST_STEPS {
            let (here, slope, bend) = slopes(decisions, places, &at);
            covariance = inverse(bend)?;
            value = here;
            let step: Vec<f64> = covariance
                .iter()
                .map(|row| row.iter().zip(&slope).map(|(one, other)| one * other).sum())
                .collect();
            // Far from the peak whole steps can be too long: by more than e a minute, or a queue.
            let longest =
                step.iter().skip(1).fold(60.0 * step[0].abs(), |longest: f64, one| longest.max(one.abs()));
            let part = if longest > 1.0 { 1.0 / longest } else { 1.0 };
            at.iter_mut().zip(&step).for_each(|(one, step)| *one += part * step);
            if longest < 1e-7 {
                break;
            }
        }
        value.is_finite().then_some(Choice { at, value, covariance })
    }

    /// Whether who waits longer is surely taken sooner.
    fn goes_by_waits(&self) -> bool {
        self.at[0] > DEVIATIONS * self.covariance[0][0].max(0.0).sqrt()
    }

    /// How much longer waits count in one queue than in another.
    fn head_start(&self, one: Option<usize>, other: Option<usize>) -> Estimated {
        let constant = |place: Option<usize>| place.map_or(0.0, |place| self.at[place]);
        let weight = self.at[0];
        let value = (constant(one) - constant(other)) / weight;
        let mut slope = vec![0.0; self.at.len()];
        slope[0] = -value / weight;
        if let Some(place) = one {
            slope[place] += 1.0 / weight;
        }
        if let Some(place) = other {
            slope[place] -= 1.0 / weight;
        }
        let rows = self.covariance.iter().zip(&slope);
        let variance: f64 = rows
            .map(|(row, one)| one * row.iter().zip(&slope).map(|(cell, other)| cell * other).sum::<f64>())
            .sum();
        let width = DEVIATIONS * variance.max(0.0).sqrt();
        let bound = |value: f64| value.clamp(0.0, LONGEST);
        Estimated { value: bound(value), low: bound(value - width), high: bound(value + width) }
    }
}

/// The logarithm of the likelihood, its slope, and how it bends.
fn slopes(decisions: &Decisions, places: &[Option<usize>], at: &[f64]) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
    let size = at.len();
    let (mut value, mut slope, mut bend) = (0.0, vec![0.0; size], vec![vec![0.0; size]; size]);
    let mut odds = Vec::new();
    for one in decisions.iter() {
        let score = |(queue, wait): &Waiting| at[0] * wait + places[*queue].map_or(0.0, |place| at[place]);
        let top = one.iter().map(score).fold(f64::MIN, f64::max);
        odds.clear();
        odds.extend(one.iter().map(|waiting| libm::exp(score(waiting) - top)));
        let all: f64 = odds.iter().sum();
        odds.iter_mut().for_each(|odds| *odds /= all);
        value += libm::log(odds[0].max(f64::MIN_POSITIVE));
        let wait: f64 = one.iter().zip(&odds).map(|((_, wait), odds)| wait * odds).sum();
        slope[0] += one[0].1 - wait;
        if let Some(place) = places[one[0].0] {
            slope[place] += 1.0;
        }
        for ((queue, waited), share) in one.iter().zip(&odds) {
            bend[0][0] += share * (waited - wait) * (waited - wait);
            let Some(place) = places[*queue] else { continue };
            slope[place] -= share;
            bend[place][0] += share * (waited - wait);
            bend[place][place] += share;
            for ((other, _), more) in one.iter().zip(&odds) {
                if let Some(other) = places[*other] {
                    bend[place][other] -= share * more;
                }
            }
        }
    }
    for place in 1..size {
        bend[0][place] = bend[place][0];
        value -= at[place] * at[place] / (2.0 * WIDE * WIDE);
        slope[place] -= at[place] / (WIDE * WIDE);
        bend[place][place] += 1.0 / (WIDE * WIDE);
    }
    (value, slope, bend)
}

/// Of a symmetric matrix; `None` where it has none.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    for (at, row) in matrix.iter_mut().enumerate() {
        row.resize(2 * size, 0.0);
        row[size + at] = 1.0;
    }
    for at in 0..size {
        // Positive definite: no rows need to change places.
        let pivot = matrix[at][at];
        if pivot.is_nan() || pivot <= 1e-300 {
            return None;
        }
        matrix[at].iter_mut().for_each(|cell| *cell /= pivot);
        let row = matrix[at].clone();
        for other in (0..size).filter(|other| *other != at) {
            let factor = matrix[other][at];
            if factor != 0.0 {
                matrix[other].iter_mut().zip(&row).for_each(|(cell, of)| *cell -= factor * of);
            }
        }
    }
    Some(matrix.into_iter().map(|row| row[size..].to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acd::{Call, Service};

    /// Uniform numbers: Numerical Recipes' generator.
    fn uniform(state: &mut u64) -> f64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*state >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A caller of each of two queues waits, so long as chance has it. Which one is taken first is a logistic draw: `vip`
    /// has a head start of 90 s, the noise is 40 s.
    fn log(decisions: usize, seed: u64) -> Calls {
        let mut state = seed;
        let mut all = Vec::new();
        for number in 0..decisions {
            let taken = 1_000.0 * (number as f64 + 1.0);
            let waits = [0, 1].map(|_| (300.0 * uniform(&mut state)).ceil());
            let lead = (waits[0] + 90.0 - waits[1]) / 40.0;
            let first = usize::from(uniform(&mut state) > 1.0 / (1.0 + libm::exp(-lead)));
            for (queue, name) in ["vip", "other"].into_iter().enumerate() {
                let start = if queue == first { taken } else { taken + 60.0 };
                let (arrived, wait) = (taken - waits[queue], start - taken + waits[queue]);
                let service =
                    Service { agent: Some("ann"), start, end: start + 50.0, talk: 50.0, wrap_up: None };
                all.push(Call {
                    queue: name,
                    arrived,
                    wait,
                    outcome: Outcome::Answered(service),
                    customer: None,
                });
            }
        }
        Calls::of("log", "2026-03-02".parse().expect("a day"), all)
    }

    #[test]
    fn a_head_start_is_recovered_from_who_was_taken_first() {
        let mut held = 0;
        for seed in 0..60 {
            let calls = log(600, seed);
            let found = order(&calls).expect("there are decisions");
            assert_eq!(found.decisions, 600);
            assert!(found.differs && (found.noise - 40.0).abs() < 12.0, "{found:?}");
            let start = |name: &str| {
                found.queues.iter().find(|one| one.called == name).expect("it is told").head_start
            };
            assert_eq!(start("other").value, 0.0);
            let vip = start("vip");
            assert!((vip.value - 90.0).abs() < 30.0, "{vip:?}");
            held += u32::from(vip.low <= 90.0 && 90.0 <= vip.high);
        }
        // Binomial of 60 at 95 %: fewer than 52 in one of a hundred such tests.
        assert!(held >= 52, "{held} of 60 intervals hold the head start");
    }

    #[test]
    fn few_decisions_tell_no_order() {
        assert_eq!(order(&log(99, 1)), None);
    }

    #[test]
    fn a_matrix_times_its_inverse_is_one() {
        let found = inverse(vec![vec![4.0, 1.0], vec![1.0, 3.0]]).expect("it has one");
        // 1 / 11 of ((3, -1), (-1, 4)).
        let right = [[3.0, -1.0], [-1.0, 4.0]].map(|row| row.map(|cell| cell / 11.0));
        for (row, right) in found.iter().zip(right) {
            row.iter().zip(right).for_each(|(cell, right)| assert!((cell - right).abs() < 1e-15));
        }
        assert_eq!(inverse(vec![vec![0.0]]), None);
    }
}
