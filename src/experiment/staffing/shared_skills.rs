//! Agents by interval of groups that share queues: which of them lacks an agent at ten o'clock?
//!
//! The search of [`super::staff`], in every interval by itself and in all of them at once: a play with an agent more
//! (and less) of a group in every interval tells each what such an agent is worth to it, and a play of all intervals' next
//! plans is one try for each. An interval's figures depend on the agents before it too; so what each found best is
//! played together in the end, until all of them keep their targets beside each other.

use crate::figures::Results;

use super::super::failure::Failure;
use super::interval_plans::{Plan, Plans, Team};
use super::required::NotByInterval;
use super::search::{Anchors, Error, Ground, Reach, guess};
use super::surface::Surface;
use super::trials::least;

/// Passes that try, at most.
const MOST_PASSES: usize = 40;

/// Passes that put together what the intervals found, at most.
const MOST_JOINED: usize = 8;

/// Gradients are sampled anew so many times at most, where many intervals have moved far from where theirs were.
const MOST_SAMPLES: usize = 4;

/// So far is far, in steps.
const FAR: u32 = 3;

/// Groups from a twentieth of their agents on are searched in larger steps first.
const COARSE: u32 = 20;

/// The room of plans that could not be played: queues grew without end.
const NO_ROOM: f64 = -9.0;

/// All teams that share.
pub(super) struct SharedSkills<'a> {
    plans: &'a Plans<'a>,
    /// (the team's number, its search).
    teams: Vec<(usize, Shared<'a>)>,
}

/// The intervals of a team.
struct Shared<'a> {
    team: &'a Team,
    bounds: Vec<(u32, u32)>,
    error: Error,
    /// `None` where nobody comes, or too few to tell: what the formula says stays.
    cells: Vec<Option<Cell>>,
}

/// An interval.
struct Cell {
    costs: Vec<f64>,
    steps: Vec<u32>,
    surface: Surface,
    /// What was played, with the room to every target.
    known: Anchors,
    /// The cheapest that kept all of them.
    best: Option<Vec<u32>>,
    /// What is played next, with the least room that is expected of it.
    next: (Vec<u32>, Option<f64>),
    failures: usize,
    done: bool,
}

impl<'a> SharedSkills<'a> {
    pub(super) fn of(plans: &'a Plans<'a>) -> SharedSkills<'a> {
        let shared = plans.teams.iter().enumerate().filter(|(_, team)| team.alone().is_none());
        let of = |team: &'a Team| Shared {
            team,
            bounds: team.groups.iter().map(|&place| plans.bounds[place]).collect(),
            error: Error::default(),
            cells: Vec::new(),
        };
        SharedSkills { plans, teams: shared.map(|(number, team)| (number, of(team))).collect() }
    }

    /// Searches from a plan. Where it is stopped, the plan is the best so far.
    pub(super) fn search(
        &mut self,
        plan: &mut Plan,
        seed: u64,
        passes: &mut Vec<(f64, usize)>,
    ) -> Result<(), NotByInterval> {
        if self.teams.is_empty() || !self.sample(plan, seed)? {
            return Ok(());
        }
        let mut samples = 1;
        for _ in 0..MOST_PASSES {
            if samples < MOST_SAMPLES && self.moved() {
                self.put(plan, Cell::here);
                if !self.sample(plan, seed)? {
                    break;
                }
                samples += 1;
            }
            self.teams.iter_mut().for_each(|(_, shared)| shared.choose());
            if self.teams.iter().all(|(_, shared)| shared.cells.iter().flatten().all(|cell| cell.done)) {
                break;
            }
            self.put(plan, |cell| cell.next.0.clone());
            if !self.pass(plan, seed, passes)? {
                break;
            }
        }
        for _ in 0..MOST_JOINED {
            self.put(plan, Cell::here);
            if !self.pass(plan, seed, passes)? || !self.mended() {
                break;
            }
        }
        self.put(plan, Cell::here);
        Ok(())
    }

    /// More agents in an interval that was seen to miss a target on customers it was not sought with.
    pub(super) fn raise(&mut self, team: usize, row: usize, seen: &Results, plan: &mut Plan) {
        let Some((_, shared)) = self.teams.iter_mut().find(|(number, _)| *number == team) else { return };
        let Some(cell) = shared.cells[row].as_mut() else { return };
        let now: Vec<u32> = shared.team.groups.iter().map(|&place| plan[place][row]).collect();
        let Some(rooms) = self.plans.on.rooms(seen, &shared.team.pools, row) else { return };
        if let Some(more) = cell.refuted(&now, &rooms, &shared.bounds) {
            shared.team.groups.iter().zip(more).for_each(|(&place, agents)| plan[place][row] = agents);
        }
    }

    /// Writes a plan of every interval into the whole.
    fn put(&self, plan: &mut Plan, which: impl Fn(&Cell) -> Vec<u32>) {
        for (_, shared) in &self.teams {
            for (row, cell) in shared.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                shared
                    .team
                    .groups
                    .iter()
                    .zip(which(cell))
                    .for_each(|(&place, agents)| plan[place][row] = agents);
            }
        }
    }

    /// Plays all intervals' plans, and tells each what it came to. Returns whether it was not stopped.
    fn pass(
        &mut self,
        plan: &Plan,
        seed: u64,
        passes: &mut Vec<(f64, usize)>,
    ) -> Result<bool, NotByInterval> {
        let seen = match self.plans.play(plan, seed) {
            Ok(Some(seen)) => Some(seen),
            Ok(None) => return Ok(false),
            // Some of what was tried is too few for a queue that nobody abandons.
            Err(NotByInterval::Failure(Failure::Unstable(_))) => None,
            Err(failure) => return Err(failure),
        };
        if let Some(seen) = &seen {
            passes.push((self.plans.hours(plan), self.plans.lacking(plan, seen).len()));
        }
        for (_, shared) in &mut self.teams {
            let groups = &shared.team.groups;
            for (row, cell) in shared.cells.iter_mut().enumerate() {
                let Some(cell) = cell else { continue };
                let played: Vec<u32> = groups.iter().map(|&place| plan[place][row]).collect();
                let rooms = match &seen {
                    Some(seen) => self.plans.on.rooms(seen, &shared.team.pools, row),
                    None if cell.best.as_ref() == Some(&played) => continue,
                    None => Some(vec![NO_ROOM; cell.targets()]),
                };
                if let Some(off) = rooms.and_then(|rooms| cell.saw(played, rooms)) {
                    shared.error.saw(off);
                }
            }
        }
        Ok(true)
    }

    /// Samples the surfaces of all intervals around a plan. Returns whether it was not stopped.
    fn sample(&mut self, plan: &Plan, seed: u64) -> Result<bool, NotByInterval> {
        let Some(base) = self.plans.play(plan, seed)? else { return Ok(false) };
        let most = self.teams.iter().map(|(_, shared)| shared.team.groups.len()).max().unwrap_or(0);
        // By group of each team, more and less.
        let mut sides: Vec<[Option<Results>; 2]> = Vec::new();
        for nth in 0..most {
            let mut side = [None, None];
            for (less, seen) in side.iter_mut().enumerate() {
                let mut moved = plan.clone();
                for (_, shared) in &self.teams {
                    let Some(&place) = shared.team.groups.get(nth) else { continue };
                    for row in 0..moved[place].len() {
                        let open = shared.team.groups.iter().any(|&place| plan[place][row] > 0);
                        let next = shared.moved(nth, plan[place][row], less == 1);
                        moved[place][row] = next.filter(|_| open).unwrap_or(plan[place][row]);
                    }
                }
                *seen = match self.plans.play(&moved, seed) {
                    Ok(Some(seen)) => Some(seen),
                    Ok(None) => return Ok(false),
                    Err(NotByInterval::Failure(Failure::Unstable(_))) => None,
                    Err(failure) => return Err(failure),
                };
            }
            sides.push(side);
        }
        for (_, shared) in &mut self.teams {
            shared.around(self.plans, plan, &base, &sides);
        }
        Ok(true)
    }

    /// Whether many intervals that still search are far from where their surface was sampled.
    fn moved(&self) -> bool {
        let cells = self.teams.iter().flat_map(|(_, shared)| shared.cells.iter().flatten());
        let open: Vec<&Cell> = cells.filter(|cell| !cell.done).collect();
        let far = open.iter().filter(|cell| {
            let step = cell.steps.iter().copied().max().unwrap_or(1);
            cell.surface.distance(&cell.here()) > FAR * step
        });
        4 * far.count() > open.len()
    }

    /// Puts right what keeps its targets no longer beside the others' plans. Returns whether there was any.
    fn mended(&mut self) -> bool {
        let mut any = false;
        for (_, shared) in &mut self.teams {
            for cell in shared.cells.iter_mut().flatten() {
                let here = cell.here();
                let rooms = cell.known.get(&here).cloned().unwrap_or_default();
                if least(&rooms) >= 0.0 {
                    continue;
                }
                cell.best = cell.cheapest_kept();
                if cell.best.is_none()
                    && let Some(more) = cell.raised(&here, &rooms, &shared.bounds)
                {
                    cell.best = Some(more);
                }
                any |= cell.best.as_ref().is_some_and(|best| *best != here);
            }
        }
        any
    }
}

impl Shared<'_> {
    /// The steps of a plan.
    fn step(agents: u32) -> u32 {
        (agents / COARSE).max(1)
    }

    /// A step more or less of a group, within its bounds.
    fn moved(&self, nth: usize, agents: u32, less: bool) -> Option<u32> {
        let step = Self::step(agents);
        let moved = if less { agents.checked_sub(step) } else { agents.checked_add(step) };
        let (fewest, most) = self.bounds[nth];
        moved.filter(|agents| (fewest..=most).contains(agents))
    }

    /// Takes the surfaces around a plan from plays of it and of its neighbours.
    fn around(&mut self, plans: &Plans<'_>, plan: &Plan, base: &Results, sides: &[[Option<Results>; 2]]) {
        let mut cells: Vec<Option<Cell>> = Vec::new();
        for row in plans.rows() {
            let centre: Vec<u32> = self.team.groups.iter().map(|&place| plan[place][row]).collect();
            let rooms = plans.on.rooms(base, &self.team.pools, row);
            let Some(rooms) = rooms.filter(|_| centre.iter().any(|agents| *agents > 0)) else {
                cells.push(None);
                continue;
            };
            let steps: Vec<u32> = centre.iter().map(|&agents| Self::step(agents)).collect();
            let neighbours = centre.iter().zip(sides).enumerate().map(|(nth, (&agents, side))| {
                [false, true].map(|less| {
                    let seen = side[usize::from(less)].as_ref()?;
                    self.moved(nth, agents, less)?;
                    plans.on.rooms(seen, &self.team.pools, row)
                })
            });
            let surface = Surface::of(centre.clone(), &rooms, &steps, neighbours);
            let costs = self.team.groups.iter().map(|&place| plans.costs[place][row]).collect();
            let mut cell = match self.cells.get_mut(row).and_then(Option::take) {
                Some(known) => Cell { surface, ..known },
                None => Cell {
                    costs,
                    steps,
                    surface,
                    known: Anchors::new(),
                    best: None,
                    next: (centre.clone(), None),
                    failures: 0,
                    done: false,
                },
            };
            cell.saw(centre, rooms);
            cells.push(Some(cell));
        }
        self.cells = cells;
    }

    /// What every interval tries next.
    fn choose(&mut self) {
        let error = self.error.size();
        for cell in self.cells.iter_mut().flatten() {
            cell.choose(&self.bounds, error);
        }
    }
}

impl Cell {
    /// The best plan, or where it is.
    fn here(&self) -> Vec<u32> {
        self.best.clone().unwrap_or_else(|| self.next.0.clone())
    }

    fn targets(&self) -> usize {
        self.known.values().next().map_or(0, Vec::len)
    }

    /// Takes note of what a plan came to. Returns by how much less room there was than expected.
    fn saw(&mut self, plan: Vec<u32>, rooms: Vec<f64>) -> Option<f64> {
        let room = least(&rooms);
        let off = (self.next.0 == plan).then(|| self.next.1.take()).flatten().map(|expected| expected - room);
        self.known.insert(plan.clone(), rooms);
        let cost = |plan: &[u32]| cost_of(plan, &self.costs);
        if self.best.as_ref() == Some(&plan) {
            return off;
        }
        if room >= 0.0 && self.best.as_ref().is_none_or(|best| cost(&plan) < cost(best)) {
            self.best = Some(plan);
            self.failures = 0;
        } else {
            self.failures += 1;
        }
        off
    }

    fn cheapest_kept(&self) -> Option<Vec<u32>> {
        let kept = self.known.iter().filter(|(_, rooms)| least(rooms) >= 0.0).map(|(plan, _)| plan);
        kept.min_by(|one, other| cost_of(one, &self.costs).total_cmp(&cost_of(other, &self.costs))).cloned()
    }

    fn choose(&mut self, bounds: &[(u32, u32)], error: f64) {
        if self.done {
            self.next = (self.here(), None);
            return;
        }
        let ground = Ground { costs: &self.costs, bounds, most: 0, reach: Reach::NEAR };
        let next = match &self.best {
            _ if self.failures > 2 * self.costs.len() + 4 => None,
            Some(best) => ground.likeliest(&self.known, &self.surface, best, (&self.steps, error)),
            None => self.towards(&ground, error),
        };
        match next {
            Some((plan, guess)) => self.next = (plan, Some(guess)),
            None if self.steps.iter().any(|step| *step > 1) => {
                self.steps.fill(1);
                self.failures = 0;
                self.choose(bounds, error);
            }
            None => {
                self.done = true;
                self.next = (self.here(), None);
            }
        }
    }

    /// Where no plan keeps the targets yet: the cheapest one that probably does, else the one with the most room.
    fn towards(&self, ground: &Ground<'_>, error: f64) -> Option<(Vec<u32>, f64)> {
        let mut found: Option<(bool, f64, f64, Vec<u32>)> = None;
        ground.around(&self.next.0, &self.steps, &mut |plan| {
            if self.known.contains_key(plan) {
                return;
            }
            let guess = guess(&self.surface, &self.known, plan);
            let (likely, cost) = (guess > error / 2.0, ground.cost(plan));
            let better = found.as_ref().is_none_or(|(was_likely, was_cost, was_guess, _)| {
                match (likely, was_likely) {
                    (true, true) => cost < *was_cost,
                    (true, false) => true,
                    (false, true) => false,
                    (false, false) => guess > *was_guess,
                }
            });
            if better {
                found = Some((likely, cost, guess, plan.clone()));
            }
        });
        found.map(|(_, _, guess, plan)| (plan, guess))
    }

    /// The cheapest plan near one that had less room on other customers, that should keep the targets with them too: what was
    /// played has its room lowered by as much. Else one agent more.
    fn refuted(&mut self, plan: &[u32], rooms: &[f64], bounds: &[(u32, u32)]) -> Option<Vec<u32>> {
        if let Some(was) = self.known.get(plan).cloned() {
            let lower: Vec<f64> = rooms.iter().zip(&was).map(|(now, was)| (now - was).min(0.0)).collect();
            for known in self.known.values_mut() {
                known.iter_mut().zip(&lower).for_each(|(room, lower)| *room += lower);
            }
        }
        self.known.insert(plan.to_vec(), rooms.to_vec());
        let ground = Ground { costs: &self.costs, bounds, most: 0, reach: Reach::NEAR };
        let mut found: Option<(f64, Vec<u32>)> = None;
        ground.around(&plan.to_vec(), &vec![1; plan.len()], &mut |next| {
            let cost = ground.cost(next);
            if found.as_ref().is_none_or(|(least, _)| cost < *least)
                && guess(&self.surface, &self.known, next) >= 0.0
            {
                found = Some((cost, next.clone()));
            }
        });
        found.map(|(_, next)| next).or_else(|| self.raised(plan, rooms, bounds))
    }

    /// A plan with one agent more, of the group of which one mends the most for its cost.
    fn raised(&self, plan: &[u32], rooms: &[f64], bounds: &[(u32, u32)]) -> Option<Vec<u32>> {
        let more = (0..plan.len()).filter(|&nth| plan[nth] < bounds[nth].1).map(|nth| {
            let mut more = plan.to_vec();
            more[nth] += 1;
            let gain = (self.surface.guess(&more, plan, rooms) - least(rooms)) / self.costs[nth].max(1e-9);
            (gain, more)
        });
        more.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, more)| more)
    }
}

fn cost_of(plan: &[u32], costs: &[f64]) -> f64 {
    plan.iter().zip(costs).map(|(&agents, cost)| f64::from(agents) * cost).sum()
}
