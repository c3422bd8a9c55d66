//! What is known of the slacks near a plan: sampled gradients, and a guess of a plan that was not played.
//!
//! Around a centre the room to each target, on a scale on which agents add up, is taken as a plane through the
//! plans with some agents more and less, which were played on the same customers. A guess starts from the
//! nearest plan that was played and adds what the plane says of the difference, so every play corrects the
//! guesses around it.

use super::trials::{Plan, Trials};

/// A centre and the change of every slack with every group.
pub(super) struct Surface {
    centre: Plan,
    /// By group: the step, and the change of each slack with so many agents more and less.
    sides: Vec<Side>,
}

struct Side {
    step: f64,
    up: Option<Vec<f64>>,
    down: Option<Vec<f64>>,
}

impl Surface {
    /// Plays the neighbours of a plan, so many replications each.
    pub(super) fn sample(
        trials: &mut Trials<'_>,
        centre: &[u32],
        steps: &[u32],
        bounds: &[(u32, u32)],
        replications: u64,
    ) -> Surface {
        trials.play(centre, replications);
        let base = trials.slacks(centre, replications);
        let mut neighbours = Vec::new();
        for (group, &step) in steps.iter().enumerate() {
            let mut slacks = |agents: Option<u32>| {
                let agents = agents.filter(|agents| (bounds[group].0..=bounds[group].1).contains(agents))?;
                let mut plan = centre.to_vec();
                plan[group] = agents;
                trials.play(&plan, replications);
                Some(trials.slacks(&plan, replications))
            };
            neighbours
                .push([slacks(centre[group].checked_add(step)), slacks(centre[group].checked_sub(step))]);
        }
        Surface::of(centre.to_vec(), &base, steps, neighbours)
    }

    /// From the slacks of a centre, and of plans with a step more and less of each group, as far as there are such.
    pub(super) fn of(
        centre: Plan,
        base: &[f64],
        steps: &[u32],
        neighbours: impl IntoIterator<Item = [Option<Vec<f64>>; 2]>,
    ) -> Surface {
        let change = |slacks: Vec<f64>| slacks.iter().zip(base).map(|(there, here)| there - here).collect();
        let side = |(&step, [up, down]): (&u32, [Option<Vec<f64>>; 2])| Side {
            step: f64::from(step),
            up: up.map(change),
            down: down.map(change),
        };
        let sides = steps.iter().zip(neighbours).map(side).collect();
        Surface { centre, sides }
    }

    /// How far a plan lies from the centre, in agents.
    pub(super) fn distance(&self, plan: &[u32]) -> u32 {
        distance(&self.centre, plan)
    }

    /// What the plane says of a plan against the centre, for one slack.
    fn change(&self, plan: &[u32], target: usize) -> f64 {
        let mut sum = 0.0;
        for (group, side) in self.sides.iter().enumerate() {
            let moved = f64::from(plan[group]) - f64::from(self.centre[group]);
            if moved != 0.0 {
                sum += side.change(moved, target);
            }
        }
        sum
    }

    /// The least slack that is to be expected of a plan, from the plan `near` and its slacks.
    pub(super) fn guess(&self, plan: &[u32], near: &[u32], slacks: &[f64]) -> f64 {
        let guess =
            |(target, slack): (usize, &f64)| slack + self.change(plan, target) - self.change(near, target);
        slacks.iter().enumerate().map(guess).fold(f64::INFINITY, f64::min)
    }
}

impl Side {
    fn change(&self, moved: f64, target: usize) -> f64 {
        let steps = moved / self.step;
        match (&self.up, &self.down) {
            (Some(up), Some(down)) => (up[target] - down[target]) / 2.0 * steps,
            (Some(up), None) => up[target] * steps,
            (None, Some(down)) => -down[target] * steps,
            (None, None) => 0.0,
        }
    }
}

/// Agents by which two plans differ.
pub(super) fn distance(one: &[u32], other: &[u32]) -> u32 {
    one.iter().zip(other).map(|(one, other)| one.abs_diff(*other)).sum()
}
