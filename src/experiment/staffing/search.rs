//! The cheapest plan that keeps all targets, as far as a local search on simulated figures finds it.
//!
//! In the manner of Cezik & L'Ecuyer (2008, Management Science 54) and Atlason, Epelman & Henderson (2008, the
//! same volume): sampled gradients of all figures say which cheaper plan is likely to keep the targets; it is
//! played on the same customers, and what is seen corrects what is expected next. In place of their integer
//! program all plans near the best one are looked through: some agents less here, some more there.

use super::surface::{Surface, distance};
use super::trials::{Plan, Trials, least};

/// Plans whose cost differs by less are equally cheap.
const SAME_COST: f64 = 1e-9;

/// A first look at a plan, in replications.
const FIRST_LOOK: u64 = 4;

/// How far guesses are off to begin with, and at least.
const FIRST_ERROR: f64 = 0.15;
const LEAST_ERROR: f64 = 0.03;

/// Plans less likely than this to keep all targets are not tried.
const UNLIKELY: f64 = 0.01;

/// How far around a plan is looked.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// Groups that change together, at most.
    groups: usize,
    /// Steps in all of them, at most.
    steps: u32,
    /// Steps in one of them, at most.
    one: i64,
}

impl Reach {
    /// As far as leaves fewer than 300,000 plans to be looked through. With six groups the best plan of Pot, Bhulai &
    /// Koole lies nine steps in five groups from where searches of six steps in four groups end, 2 % above its cost.
    pub(super) fn of(groups: usize) -> Reach {
        match groups {
            0..=6 => Reach { groups: 5, steps: 10, one: 4 },
            7..=10 => Reach { groups: 4, steps: 8, one: 4 },
            11..=25 => Reach { groups: 3, steps: 6, one: 3 },
            _ => Reach { groups: 2, steps: 6, one: 3 },
        }
    }

    /// Where many plans are searched at once, each a little way at a time.
    pub(super) const NEAR: Reach = Reach { groups: 3, steps: 4, one: 3 };
}

/// Plans that are looked through at a time.
const MOST_LOOKED_AT: usize = 300_000;

/// Rounds of descending and widening, at most.
const MOST_ROUNDS: usize = 12;

/// Rounds that raise an infeasible plan, at most.
const MOST_RAISES: usize = 200;

/// The ground on which the search moves.
pub(super) struct Ground<'a> {
    /// Cost of an agent of each free group.
    pub(super) costs: &'a [f64],
    /// Fewest and most agents of each.
    pub(super) bounds: &'a [(u32, u32)],
    /// Replications that decide.
    pub(super) most: u64,
    /// How far it looks.
    pub(super) reach: Reach,
}

impl Ground<'_> {
    /// What a plan costs.
    pub(super) fn cost(&self, plan: &[u32]) -> f64 {
        plan.iter().zip(self.costs).map(|(&agents, cost)| f64::from(agents) * cost).sum()
    }

    /// The plan within the bounds.
    pub(super) fn clamped(&self, plan: &[u32]) -> Plan {
        plan.iter().zip(self.bounds).map(|(&agents, &(low, high))| agents.clamp(low, high)).collect()
    }

    /// Replications of a sampled gradient.
    fn sampled(&self) -> u64 {
        (self.most / 4).clamp(2.min(self.most), 16)
    }

    /// Adds agents until all targets are kept: each time those that mend the most for their cost. `None`
    /// where more agents mend nothing.
    pub(super) fn raise(&self, trials: &mut Trials<'_>, from: &[u32]) -> Option<Plan> {
        let mut plan = self.clamped(from);
        let mut step = 1;
        for _ in 0..MOST_RAISES {
            if trials.stopped() {
                return None;
            }
            if trials.decide(&plan, FIRST_LOOK, self.most) {
                return Some(plan);
            }
            let look = self.sampled();
            let short = |trials: &Trials<'_>, plan: &[u32]| -> f64 {
                trials.slacks(plan, look).iter().map(|slack| (-slack).max(0.0)).sum()
            };
            let (mut now, mut worst) = (short(trials, &plan), trials.slacks(&plan, look));
            if now == 0.0 {
                // By the first replications all is well, by all of them not: the thinnest one counts.
                worst = trials.standings(&plan).iter().map(|standing| standing.slack).collect();
                now = worst.iter().map(|slack| (-slack).max(0.0)).sum();
            }
            let mut best: Option<(f64, Plan)> = None;
            for group in 0..plan.len() {
                let mut more = plan.clone();
                more[group] = (plan[group] + step).min(self.bounds[group].1);
                if more[group] == plan[group] {
                    continue;
                }
                trials.play(&more, look);
                let mended = now - short(trials, &more);
                let gain = mended / (self.cost(&more) - self.cost(&plan)).max(SAME_COST);
                if mended > 1e-6 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, more));
                }
            }
            match best {
                Some((_, more)) => plan = more,
                None if step < 1024 => step *= 2,
                None => return None,
            }
            if now > 0.5 * worst.len() as f64 {
                step = (step * 2).min(64);
            } else {
                step = 1.max(step / 2);
            }
        }
        None
    }

    /// Searches from a plan that keeps all targets; `step` is told of each better one.
    pub(super) fn descend(
        &self,
        trials: &mut Trials<'_>,
        from: Plan,
        refuted: &[Plan],
        step: &mut dyn FnMut(&Trials<'_>, &Plan),
    ) -> Plan {
        let mut best = from;
        // Large groups first in steps of some agents, then in single ones.
        let coarse: Vec<u32> = best.iter().map(|agents| (agents / 20).max(1)).collect();
        if coarse.iter().any(|step| *step > 1) {
            best = self.descend_by(trials, best, (&coarse, self.sampled()), step);
        }
        let single = vec![1; best.len()];
        let mut looks = self.sampled();
        for _ in 0..MOST_ROUNDS {
            let before = best.clone();
            best = self.descend_by(trials, best, (&single, looks), step);
            best = self.widen(trials, best, refuted, step);
            if trials.stopped() {
                break;
            }
            // With more room to the targets a cheaper plan may come within reach; where there is none, gradients of a few
            // replications may have hidden it.
            match best == before {
                true if looks < self.most => looks = self.most,
                true => break,
                false => looks = self.sampled(),
            }
        }
        best
    }

    /// The cheapest plan that was played and keeps all targets, but for those that were refuted.
    pub(super) fn next_best(&self, trials: &mut Trials<'_>, refuted: &[Plan]) -> Option<Plan> {
        let keeps = |plan: &&Plan| !refuted.contains(plan) && least(&trials.slacks(plan, u64::MAX)) >= 0.0;
        let mut plans: Vec<Plan> = trials.known(FIRST_LOOK.min(self.most)).filter(keeps).cloned().collect();
        plans.sort_by(|one, other| self.cost(one).total_cmp(&self.cost(other)));
        plans.into_iter().find(|plan| trials.decide(plan, FIRST_LOOK, self.most))
    }

    /// One agent more than a refuted plan, where it mends the most for its cost.
    pub(super) fn raise_past(&self, trials: &mut Trials<'_>, plan: &Plan, refuted: &[Plan]) -> Option<Plan> {
        let mut best: Option<(f64, Plan)> = None;
        for group in 0..plan.len() {
            let mut more = plan.clone();
            more[group] += 1;
            if more[group] > self.bounds[group].1 || refuted.contains(&more) {
                continue;
            }
            trials.play(&more, self.sampled());
            let gain = least(&trials.slacks(&more, self.sampled())) / self.costs[group].max(SAME_COST);
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, more));
            }
        }
        best.map(|(_, plan)| plan)
    }

    fn descend_by(
        &self,
        trials: &mut Trials<'_>,
        from: Plan,
        (steps, looks): (&[u32], u64),
        step: &mut dyn FnMut(&Trials<'_>, &Plan),
    ) -> Plan {
        let mut best = from;
        let mut error = Error::default();
        let most_failures = 3 * steps.len() + 12;
        let mut surface = Surface::sample(trials, &best, steps, self.bounds, looks);
        let mut failures = 0;
        while failures < most_failures && !trials.stopped() {
            if surface.distance(&best) > 2 * steps.iter().copied().max().unwrap_or(1) {
                surface = Surface::sample(trials, &best, steps, self.bounds, looks);
            }
            let Some((plan, guess)) =
                self.likeliest(&anchors(trials), &surface, &best, (steps, error.size()))
            else {
                break;
            };
            let kept = trials.decide(&plan, FIRST_LOOK, self.most);
            error.saw(guess - least(&trials.slacks(&plan, self.most)));
            if kept {
                best = plan;
                failures = 0;
                step(trials, &best);
            } else {
                failures += 1;
            }
        }
        best
    }

    /// Among plans that cost as much as the best one, one with more room to all targets.
    fn widen(
        &self,
        trials: &mut Trials<'_>,
        from: Plan,
        refuted: &[Plan],
        step: &mut dyn FnMut(&Trials<'_>, &Plan),
    ) -> Plan {
        let mut best = from;
        let steps = vec![1; best.len()];
        for _ in 0..2 {
            if trials.stopped() {
                break;
            }
            trials.play(&best, self.most);
            let mut room = least(&trials.slacks(&best, self.most));
            if refuted.contains(&best) {
                room = f64::NEG_INFINITY;
            }
            let surface = Surface::sample(trials, &best, &steps, self.bounds, self.sampled());
            let cost = self.cost(&best);
            let mut wider: Option<(f64, Plan)> = None;
            let anchors = anchors(trials);
            self.around(&best, &steps, &mut |plan| {
                if (self.cost(plan) - cost).abs() > 1e-6 || known(&anchors, plan) {
                    return;
                }
                let guess = guess(&surface, &anchors, plan);
                if wider.as_ref().is_none_or(|(most, _)| guess > *most) {
                    wider = Some((guess, plan.to_vec()));
                }
            });
            let Some((_, plan)) = wider.filter(|(guess, _)| *guess > room + LEAST_ERROR / 2.0) else { break };
            let kept = trials.decide(&plan, FIRST_LOOK, self.most);
            if kept {
                trials.play(&plan, self.most);
            }
            if kept && least(&trials.slacks(&plan, self.most)) > room {
                best = plan;
                step(trials, &best);
            }
        }
        best
    }

    /// The cheaper plan of which most is to be expected: what it saves, times how likely it keeps all targets.
    pub(super) fn likeliest(
        &self,
        anchors: &Anchors,
        surface: &Surface,
        best: &Plan,
        (steps, error): (&[u32], f64),
    ) -> Option<(Plan, f64)> {
        let cost = self.cost(best);
        let mut found: Option<(f64, f64, Plan)> = None;
        self.around(best, steps, &mut |plan| {
            let saved = cost - self.cost(plan);
            if saved <= SAME_COST * cost.max(1.0) || known(anchors, plan) {
                return;
            }
            let guess = guess(surface, anchors, plan);
            let likely = 0.5 * libm::erfc(-guess / error / std::f64::consts::SQRT_2);
            let expected = saved * likely;
            if likely > UNLIKELY && found.as_ref().is_none_or(|(most, _, _)| expected > *most) {
                found = Some((expected, guess, plan.to_vec()));
            }
        });
        found.map(|(_, guess, plan)| (plan, guess))
    }

    /// Every plan within the bounds and near another one.
    pub(super) fn around(&self, centre: &Plan, steps: &[u32], each: &mut dyn FnMut(&Plan)) {
        let mut left = MOST_LOOKED_AT;
        let mut plan = centre.clone();
        self.vary(centre, steps, 0, self.reach, &mut plan, &mut left, each);
    }

    #[allow(clippy::too_many_arguments)]
    fn vary(
        &self,
        centre: &Plan,
        steps: &[u32],
        group: usize,
        reach: Reach,
        plan: &mut Plan,
        left: &mut usize,
        each: &mut dyn FnMut(&Plan),
    ) {
        if group == centre.len() {
            if *left > 0 {
                *left -= 1;
                each(plan);
            }
            return;
        }
        self.vary(centre, steps, group + 1, reach, plan, left, each);
        if reach.groups == 0 {
            return;
        }
        for moved in (1..=reach.one).flat_map(|moved| [-moved, moved]) {
            let Some(left_over) = reach.steps.checked_sub(moved.unsigned_abs() as u32) else { continue };
            let agents = i64::from(centre[group]) + moved * i64::from(steps[group]);
            let (low, high) = self.bounds[group];
            let Some(agents) = u32::try_from(agents).ok().filter(|agents| (low..=high).contains(agents))
            else {
                continue;
            };
            plan[group] = agents;
            let reach = Reach { groups: reach.groups - 1, steps: left_over, ..reach };
            self.vary(centre, steps, group + 1, reach, plan, left, each);
        }
        plan[group] = centre[group];
    }
}

/// Plans that were played, with their slacks.
pub(super) type Anchors = std::collections::BTreeMap<Plan, Vec<f64>>;

fn anchors(trials: &Trials<'_>) -> Anchors {
    trials.known(2).map(|plan| (plan.clone(), trials.slacks(plan, u64::MAX))).collect()
}

fn known(anchors: &Anchors, plan: &Plan) -> bool {
    anchors.contains_key(plan)
}

/// The least slack that is to be expected, from the nearest plan that was played.
pub(super) fn guess(surface: &Surface, anchors: &Anchors, plan: &Plan) -> f64 {
    let nearest = anchors.iter().min_by_key(|(near, _)| distance(near, plan));
    nearest.map_or(f64::NEG_INFINITY, |(near, slacks)| surface.guess(plan, near, slacks))
}

/// How far guesses were off lately.
pub(super) struct Error {
    square: f64,
}

impl Default for Error {
    fn default() -> Error {
        Error { square: FIRST_ERROR * FIRST_ERROR }
    }
}

impl Error {
    pub(super) fn saw(&mut self, off: f64) {
        self.square += (off * off - self.square) / 6.0;
    }

    pub(super) fn size(&self) -> f64 {
        libm::sqrt(self.square).max(LEAST_ERROR)
    }
}
