//! The cheapest staff of a centre that keeps every target of every queue, step by step.

use std::fmt;

use crate::figures::NoSuchFigure;
use crate::model::Labels;
use crate::scenario::{Scenario, Staff};

use super::super::targets::{QueueTarget, queue_targets};
use super::super::watch::Watch;
use super::condition::Condition;
use super::paid_time::PaidTime;
use super::search::{Ground, Reach};
use super::start::{dedicated, demands, pooled};
use super::trials::{Plan, Standing, Trials, least};

/// Plans that seemed to keep the targets and do not on fresh customers are left; so many at most.
const MOST_DOUBTS: usize = 6;

/// The fresh customers' seed: the scenario's and this.
pub(in super::super) const FRESH: u64 = 1_000_003;

/// A verification that does not decide goes on up to so many times the replications.
const LONGER: u64 = 4;

/// Agents that are as good as any number, for each that a queue needs by itself.
const PLENTY: f64 = 3.0;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staffing {
    /// What is to hold; where there is none, the targets of all queues.
    pub conditions: Vec<Condition>,
    /// (group, fewest agents).
    pub at_least: Vec<(String, u32)>,
    /// (group, most agents).
    pub at_most: Vec<(String, u32)>,
}

/// A group whose agents are sought.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffedGroup {
    /// Its name.
    pub name: String,
    /// Agents on contacts.
    pub agents: u32,
    /// What the file has.
    pub before: u32,
    /// Of an agent on contacts, shrinkage and premiums included: pay an hour, or 1 where nobody's pay is given.
    pub cost: f64,
    /// Paid heads for each agent on contacts.
    pub paid: f64,
}

/// A step of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchStep {
    /// What it is.
    pub what: StepKind,
    /// Agents by group.
    pub plan: Vec<u32>,
    /// What they cost an hour.
    pub cost: f64,
    /// The least room to a target by the search's customers, and which; below 0 it is missed.
    pub tightest: Option<(usize, f64)>,
}

/// What a step of the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Erlang A for each queue by itself.
    Alone,
    /// Erlang A for all queues as one.
    Pooled,
    /// Agents added until all targets are kept.
    Raised,
    /// A better plan.
    Better,
    /// A plan that keeps the targets no longer on fresh customers.
    Refuted,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffed {
    /// The groups, in file order.
    pub groups: Vec<StaffedGroup>,
    /// Whether pay is given; else agents are counted.
    pub has_cost: bool,
    /// What the plan costs an hour.
    pub cost: f64,
    /// How the search went.
    pub steps: Vec<SearchStep>,
    /// What was to hold.
    pub conditions: Vec<Condition>,
    /// How each stands, on fresh customers where the search came so far.
    pub standings: Vec<Standing>,
    /// Conditions that no number of these agents keeps, with what plenty of them reach; the plan leaves
    /// them out of account.
    pub unreachable: Vec<(Condition, Option<f64>)>,
    /// Replications of the verification, and its seed.
    pub verified: Option<(u64, u64)>,
    /// Plans that were played, and replications of all of them.
    pub effort: (usize, u64),
    /// Groups that stay as they are: their staff changes over the day, or they work in shifts.
    pub fixed: Vec<String>,
    /// How many hours the reported time has.
    pub hours: f64,
    /// Paid hours of a full-time equivalent over it; `None` where it is less than a working week.
    pub fte_hours: Option<f64>,
    /// What people call groups and money.
    pub labels: Labels,
}

impl Staffed {
    /// Hours of a group's agents.
    #[must_use]
    pub fn time(&self, group: &StaffedGroup) -> PaidTime {
        PaidTime::of(f64::from(group.agents) * self.hours, group.paid)
    }

    /// Hours of all of them.
    #[must_use]
    pub fn total(&self) -> PaidTime {
        self.groups.iter().map(|group| self.time(group)).sum()
    }
}

/// Why no staff can be sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffFailure {
    /// A condition's figure is none of this centre's.
    Figure(NoSuchFigure),
    /// Nothing is to hold.
    NoTarget,
    /// Nothing can be changed.
    NoGroup,
    /// Some have pay and some do not.
    NoCost(String),
    /// A bound on a group that is not sought.
    NoSuchGroup(String),
    /// Bounds that contradict each other.
    Bounds(String),
    /// It was stopped before there was a plan.
    Stopped,
}

impl fmt::Display for StaffFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StaffFailure::Figure(cause) => cause.fmt(f),
            StaffFailure::NoTarget => f.write_str("no queue has a target"),
            StaffFailure::NoGroup => f.write_str("no group has a plain number of agents (`staff = 12`)"),
            StaffFailure::NoCost(group) => write!(f, "`groups.{group}` has no cost, and others have one"),
            StaffFailure::NoSuchGroup(group) => {
                write!(f, "`{group}` is no group with a plain number of agents")
            }
            StaffFailure::Bounds(group) => write!(f, "`{group}` has a lower bound above its upper one"),
            StaffFailure::Stopped => f.write_str("stopped before there was a plan"),
        }
    }
}

impl std::error::Error for StaffFailure {}

impl From<NoSuchFigure> for StaffFailure {
    fn from(cause: NoSuchFigure) -> StaffFailure {
        StaffFailure::Figure(cause)
    }
}

/// The targets of all queues, as conditions.
#[must_use]
pub fn targets(file: &Scenario) -> Vec<Condition> {
    let condition = |target: QueueTarget| {
        let (figure, name) = (target.figure, &file.queues[target.queue].name);
        let path = format!("queues.{name}.{}", figure.name());
        Condition { path, figure, at_least: target.at_least(), bound: target.bound }
    };
    queue_targets(file).into_iter().map(condition).collect()
}

impl Staffing {
    /// Searches.
    ///
    /// # Errors
    /// See [`StaffFailure`].
    pub fn run(&self, file: &Scenario, watch: &dyn Watch) -> Result<Staffed, StaffFailure> {
        let conditions = if self.conditions.is_empty() { targets(file) } else { self.conditions.clone() };
        if conditions.is_empty() {
            return Err(StaffFailure::NoTarget);
        }
        let plain = |group: &crate::scenario::Group| match &group.staff {
            Some(Staff::Steps(steps)) if steps.is_constant() => Some(steps.steps()[0].1),
            _ => None,
        };
        let free: Vec<usize> = (0..file.groups.len()).filter(|&g| plain(&file.groups[g]).is_some()).collect();
        if free.is_empty() {
            return Err(StaffFailure::NoGroup);
        }
        let has_cost = free.iter().any(|&group| file.groups[group].pay_per_hour().is_some());
        let model = crate::model::Model::compile(file);
        let mut groups = Vec::new();
        for &group in &free {
            let group = &file.groups[group];
            let compiled = model.group_named(&group.name).map(|id| &model.groups[id.index()]);
            let paid = compiled.map_or(1.0, |group| group.paid_per_hour);
            // At all hours alike: premiums by their mean.
            let above = compiled.map_or(&[][..], |group| &group.premiums);
            let premium = above.iter().sum::<f64>() / above.len().max(1) as f64;
            let cost = match group.pay_per_hour() {
                Some(cost) => cost * paid * (1.0 + premium),
                None if has_cost => return Err(StaffFailure::NoCost(group.name.clone())),
                None => 1.0,
            };
            let before = plain(group).unwrap_or(0);
            groups.push(StaffedGroup { name: group.name.clone(), agents: before, before, cost, paid });
        }
        let costs: Vec<f64> = groups.iter().map(|group| group.cost).collect();
        let demands = demands(file);
        let needed: f64 = demands.iter().map(|demand| demand.agents).sum();
        let plenty = (needed * PLENTY) as u32 + 10;
        let bounds = self.bounds(&groups, plenty)?;
        let most = file.experiment.replications;

        // What plenty of agents do not keep, no number does.
        let mut trials = Trials::new(file, &free, &conditions, file.experiment.seed, watch)?;
        let all: Plan = bounds.iter().map(|(_, high)| *high).collect();
        trials.decide(&all, 4, most);
        let (mut kept, mut unreachable) = (Vec::new(), Vec::new());
        for (condition, standing) in conditions.iter().zip(trials.standings(&all)) {
            match standing.verdict {
                crate::figures::Verdict::Missed => {
                    unreachable.push((condition.clone(), standing.estimate.map(|estimate| estimate.value)));
                }
                _ => kept.push(condition.clone()),
            }
        }
        let ground = Ground { costs: &costs, bounds: &bounds, most, reach: Reach::of(costs.len()) };
        let mut staffed = Staffed {
            has_cost,
            cost: 0.0,
            steps: Vec::new(),
            conditions: kept.clone(),
            standings: Vec::new(),
            unreachable,
            verified: None,
            effort: trials.effort(),
            hours: file.horizon.length.hours(),
            fte_hours: model.fte_hours,
            labels: Labels::of(file),
            fixed: file
                .groups
                .iter()
                .filter(|group| plain(group).is_none())
                .map(|g| g.name.clone())
                .collect(),
            groups,
        };
        if kept.is_empty() {
            return Ok(staffed);
        }
        let mut trials = Trials::new(file, &free, &kept, file.experiment.seed, watch)?;
        let mut best = self.begin(file, &free, &ground, &demands, &mut trials, &mut staffed)?;
        let tell = |steps: &mut Vec<SearchStep>, trials: &Trials<'_>, plan: &Plan, what: StepKind| {
            steps.push(step(&ground, trials, plan, what));
        };
        let mut fresh = Trials::new(file, &free, &kept, file.experiment.seed.wrapping_add(FRESH), watch)?;
        let mut refuted: Vec<Plan> = Vec::new();
        let mut from = best.clone();
        for _ in 0..MOST_DOUBTS {
            let mut steps = Vec::new();
            from = ground.descend(&mut trials, from, &refuted, &mut |trials, plan| {
                tell(&mut steps, trials, plan, StepKind::Better);
            });
            staffed.steps.append(&mut steps);
            best = from.clone();
            if trials.stopped() {
                break;
            }
            fresh.decide(&best, most, most.saturating_mul(LONGER));
            if least(&fresh.slacks(&best, u64::MAX)) >= 0.0 {
                break;
            }
            // Lucky customers: another plan, the cheapest of those that were kept, or some agents more.
            tell(&mut staffed.steps, &fresh, &best, StepKind::Refuted);
            refuted.push(best.clone());
            let next = ground.next_best(&mut trials, &refuted);
            let Some(next) = next.or_else(|| ground.raise_past(&mut trials, &best, &refuted)) else { break };
            from = next;
        }
        // No more looking for cheaper ones: what is answered is to keep its targets on fresh customers too.
        let mut tried = 0;
        while refuted.contains(&best) && tried < 2 * MOST_DOUBTS && !trials.stopped() {
            tried += 1;
            let known = (tried <= MOST_DOUBTS).then(|| ground.next_best(&mut trials, &refuted)).flatten();
            let next = known.or_else(|| ground.raise_past(&mut trials, &best, &refuted));
            let Some(next) = next else { break };
            best = next;
            fresh.decide(&best, most, most.saturating_mul(LONGER));
            if least(&fresh.slacks(&best, u64::MAX)) < 0.0 {
                tell(&mut staffed.steps, &fresh, &best, StepKind::Refuted);
                refuted.push(best.clone());
            }
        }
        let verified = fresh.standings(&best);
        let is_fresh = verified.iter().any(|standing| standing.estimate.is_some());
        staffed.standings = if is_fresh { verified } else { trials.standings(&best) };
        staffed.verified = is_fresh.then(|| (fresh.replications(&best), fresh.seed()));
        let efforts = [trials.effort(), fresh.effort()];
        staffed.effort = (efforts[0].0, efforts[0].1 + efforts[1].1);
        staffed.cost = ground.cost(&best);
        for (group, &agents) in staffed.groups.iter_mut().zip(&best) {
            group.agents = agents;
        }
        Ok(staffed)
    }

    /// A plan that keeps all targets, from the formulas' ones.
    fn begin(
        &self,
        file: &Scenario,
        free: &[usize],
        ground: &Ground<'_>,
        demands: &[super::start::Demand],
        trials: &mut Trials<'_>,
        staffed: &mut Staffed,
    ) -> Result<Plan, StaffFailure> {
        let alone = ground.clamped(&dedicated(file, free, ground.costs, demands));
        let together = ground.clamped(&pooled(file, &alone, demands));
        let both = [(StepKind::Alone, alone.clone()), (StepKind::Pooled, together)];
        let mut kept = None;
        for (what, plan) in both {
            if trials.decide(&plan, 4, ground.most) {
                kept = Some(plan.clone());
            }
            staffed.steps.push(step(ground, trials, &plan, what));
        }
        if let Some(plan) = kept {
            return Ok(plan);
        }
        let all: Plan = ground.bounds.iter().map(|(_, high)| *high).collect();
        let raised = match ground.raise(trials, &alone) {
            Some(raised) => raised,
            None if trials.stopped() => return Err(StaffFailure::Stopped),
            None => all,
        };
        staffed.steps.push(step(ground, trials, &raised, StepKind::Raised));
        Ok(raised)
    }

    fn bounds(&self, groups: &[StaffedGroup], plenty: u32) -> Result<Vec<(u32, u32)>, StaffFailure> {
        let named = |bounds: &[(String, u32)]| -> Result<(), StaffFailure> {
            match bounds.iter().find(|(name, _)| groups.iter().all(|group| group.name != *name)) {
                Some((name, _)) => Err(StaffFailure::NoSuchGroup(name.clone())),
                None => Ok(()),
            }
        };
        named(&self.at_least)?;
        named(&self.at_most)?;
        let of = |bounds: &[(String, u32)], name: &str| {
            bounds.iter().rev().find(|(known, _)| known == name).map(|(_, agents)| *agents)
        };
        let bound = |group: &StaffedGroup| {
            let low = of(&self.at_least, &group.name).unwrap_or(0);
            let high = of(&self.at_most, &group.name).unwrap_or(plenty.max(low));
            if low > high { Err(StaffFailure::Bounds(group.name.clone())) } else { Ok((low, high)) }
        };
        groups.iter().map(bound).collect()
    }
}

fn step(ground: &Ground<'_>, trials: &Trials<'_>, plan: &Plan, what: StepKind) -> SearchStep {
    let slacks = trials.standings(plan).into_iter().map(|standing| standing.slack);
    let tightest = slacks.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    SearchStep { what, plan: plan.clone(), cost: ground.cost(plan), tightest }
}
