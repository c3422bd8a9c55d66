//! Covering a requirement by shifts: a mixed-integer program, solved part by part.
//!
//! How many agents work each shift is a whole number; in every interval those on contacts are as many as are
//! required. What has no interval and no limit in common, as the days of a week mostly have not, is solved by
//! itself: the sum of the minima is the minimum, and the parts are small.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use microlp::{
    ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, ResumeOptions, SolveOptions,
    SolveOutcome, TerminationReason, Variable,
};

use super::super::watch::Watch;

/// The solver is asked in slices, so that whoever looks on can stop it between them.
const SLICE: Duration = Duration::from_millis(200);

/// How near to the bound a hard program is solved, as a share.
const CLOSE: f64 = 1e-3;

/// Agents who work a shift at most, where nothing else limits them.
const MOST: u32 = 100_000;

/// A shift that may be worked: in which rows it covers, and how much of a required agent each of its agents is.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) cost: f64,
    pub(super) covers: Vec<(usize, f64)>,
}

/// Agents of several columns together.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    pub(super) columns: Vec<usize>,
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

/// What is to be as small as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The cost; the requirement is covered.
    Cost,
    /// The sum of what is over and what is under the requirement.
    Difference,
}

/// The program.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    pub(super) aim: Aim,
    pub(super) columns: Vec<Column>,
    /// Required agents.
    pub(super) rows: Vec<f64>,
    pub(super) limits: Vec<Limit>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Covered {
    /// Agents by column.
    pub(super) agents: Vec<u32>,
    /// Nothing costs less (or differs less); what is not proved is below `value`.
    pub(super) bound: f64,
    /// What it costs, or by how much it differs.
    pub(super) value: f64,
    /// Whether the limits leave some rows short.
    pub(super) short: bool,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotCovered {
    /// The time was over before there was any.
    Stopped,
    /// The limits contradict each other.
    Contradiction,
    /// The solver failed.
    Solver(String),
}

impl Cover {
    /// Solves it until `deadline`.
    ///
    /// # Errors
    /// See [`NotCovered`].
    pub(super) fn solve(&self, deadline: Instant, watch: &dyn Watch) -> Result<Covered, NotCovered> {
        let mut whole = Covered { agents: vec![0; self.columns.len()], bound: 0.0, value: 0.0, short: false };
        let mut parts = self.parts();
        let mut left = parts.len() as u32;
        for part in parts.drain(..) {
            // What a hard part does not need is left for those after it.
            let now = Instant::now();
            let own = now + deadline.saturating_duration_since(now) / left;
            left -= 1;
            let answer = part.cover.solve_part(own, watch)?;
            for (column, agents) in part.columns.iter().zip(&answer.agents) {
                whole.agents[*column] = *agents;
            }
            whole.bound += answer.bound;
            whole.value += answer.value;
            whole.short |= answer.short;
        }
        Ok(whole)
    }

    /// What hangs together by rows and limits.
    fn parts(&self) -> Vec<Part> {
        let mut joined = Joined::new(self.columns.len() + self.rows.len());
        for (column, shift) in self.columns.iter().enumerate() {
            shift.covers.iter().for_each(|(row, _)| joined.join(column, self.columns.len() + row));
        }
        for limit in &self.limits {
            limit.columns.windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
        }
        let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
        let mut rows = vec![0; self.rows.len()];
        for (row, need) in self.rows.iter().enumerate() {
            let part =
                parts.entry(joined.root(self.columns.len() + row)).or_insert_with(|| Part::new(self.aim));
            rows[row] = part.cover.rows.len();
            part.cover.rows.push(*need);
        }
        let mut columns = vec![0; self.columns.len()];
        for (column, shift) in self.columns.iter().enumerate() {
            let part = parts.entry(joined.root(column)).or_insert_with(|| Part::new(self.aim));
            columns[column] = part.columns.len();
            part.columns.push(column);
            let covers = shift.covers.iter().map(|(row, share)| (rows[*row], *share)).collect();
            part.cover.columns.push(Column { cost: shift.cost, covers });
        }
        for limit in &self.limits {
            let Some(first) = limit.columns.first() else { continue };
            if let Some(part) = parts.get_mut(&joined.root(*first)) {
                let within = limit.columns.iter().map(|column| columns[*column]).collect();
                part.cover.limits.push(Limit { columns: within, ..*limit });
            }
        }
        parts.into_values().collect()
    }

    fn solve_part(&self, deadline: Instant, watch: &dyn Watch) -> Result<Covered, NotCovered> {
        if self.rows.iter().all(|need| *need <= 0.0)
            && self.limits.iter().all(|limit| limit.least == 0)
            && self.aim == Aim::Cost
        {
            return Ok(Covered { agents: vec![0; self.columns.len()], bound: 0.0, value: 0.0, short: false });
        }
        // A rostered agent that is but a part of a required one makes programs hard: what is found as if all were the
        // least of such parts is where their search begins.
        let from = match self.in_whole_agents() {
            Some(whole) => whole.solve_as(false, None, deadline, watch).ok().map(|covered| covered.agents),
            None => None,
        };
        match self.solve_as(false, from.as_deref(), deadline, watch) {
            // Limits that leave too few: as few as possible are missing then.
            Err(NotCovered::Contradiction) if self.aim == Aim::Cost => {
                self.solve_as(true, None, deadline, watch).map(|covered| Covered { short: true, ..covered })
            }
            solved => solved,
        }
    }

    /// `short`: rows may lack agents, at a price above that of any shift.
    /// The same program with every part of an agent as small as the smallest in its row; nothing where all are whole.
    fn in_whole_agents(&self) -> Option<Cover> {
        let mut least = vec![1.0_f64; self.rows.len()];
        for (row, share) in self.columns.iter().flat_map(|column| &column.covers) {
            least[*row] = least[*row].min(*share);
        }
        if self.aim != Aim::Cost || least.iter().all(|share| *share >= 1.0) {
            return None;
        }
        let column = |column: &Column| Column {
            covers: column.covers.iter().map(|(row, _)| (*row, 1.0)).collect(),
            cost: column.cost,
        };
        let rows = self.rows.iter().zip(&least).map(|(need, share)| (need / share - 1e-6).ceil().max(0.0));
        Some(Cover {
            columns: self.columns.iter().map(column).collect(),
            rows: rows.collect(),
            aim: self.aim,
            limits: self.limits.clone(),
        })
    }

    /// `from` is where the search begins.
    fn solve_as(
        &self,
        short: bool,
        from: Option<&[u32]>,
        deadline: Instant,
        watch: &dyn Watch,
    ) -> Result<Covered, NotCovered> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let dearest = self.columns.iter().map(|column| column.cost).fold(1.0, f64::max);
        let highest = self.rows.iter().copied().fold(1.0, f64::max).ceil();
        let variables: Vec<Variable> = self
            .columns
            .iter()
            .map(|column| {
                let least_share = column.covers.iter().map(|(_, share)| *share).fold(1.0, f64::min);
                let most = (highest / least_share).ceil().clamp(1.0, f64::from(MOST)) as u32;
                let least: u32 = self.limits.iter().map(|limit| limit.least).max().unwrap_or(0);
                let cost = if self.aim == Aim::Cost { column.cost } else { 0.0 };
                problem.add_integer_var(cost, (0, most.max(least) as i32))
            })
            .collect();
        let mut by_row: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.rows.len()];
        for (column, variable) in self.columns.iter().zip(&variables) {
            column.covers.iter().for_each(|(row, share)| by_row[*row].push((*variable, *share)));
        }
        for (covers, need) in by_row.iter().zip(&self.rows) {
            let sum = |more: Option<(Variable, f64)>| {
                let mut sum = LinearExpr::empty();
                covers.iter().chain(&more).for_each(|(variable, share)| sum.add(*variable, *share));
                sum
            };
            match self.aim {
                Aim::Cost if *need <= 0.0 => {}
                Aim::Cost => {
                    let lacking = short.then(|| (problem.add_var(10.0 * dearest, (0.0, f64::INFINITY)), 1.0));
                    problem.add_constraint(sum(lacking), ComparisonOp::Ge, *need);
                }
                Aim::Difference => {
                    let off = problem.add_var(1.0, (0.0, f64::INFINITY));
                    problem.add_constraint(sum(Some((off, 1.0))), ComparisonOp::Ge, *need);
                    problem.add_constraint(sum(Some((off, -1.0))), ComparisonOp::Le, *need);
                }
            }
        }
        for limit in &self.limits {
            let sum = || limit.columns.iter().map(|column| (variables[*column], 1.0));
            if limit.least > 0 {
                problem.add_constraint(sum(), ComparisonOp::Ge, f64::from(limit.least));
            }
            if let Some(most) = limit.most {
                problem.add_constraint(sum(), ComparisonOp::Le, f64::from(most));
            }
        }
        let hint = from.map(|agents| {
            variables.iter().zip(agents).map(|(variable, agents)| (*variable, f64::from(*agents))).collect()
        });
        let solved = search(&problem, hint, deadline, watch)?;
        let agents: Vec<u32> = match (solved.solution(), from) {
            (Some(solution), _) => variables
                .iter()
                .map(|variable| solution.var_value(*variable).round().max(0.0) as u32)
                .collect(),
            // Nothing better than where it began.
            (None, Some(from)) => from.to_vec(),
            (None, None) => return Err(NotCovered::Stopped),
        };
        let value = self.value(&agents);
        let bound = match solved.is_optimal() && !short {
            true => value,
            // With rows that lack agents the bound is about their price too, and says nothing.
            false if short => 0.0,
            false => solved.stats().best_bound.unwrap_or(0.0).min(value).max(0.0),
        };
        Ok(Covered { agents, bound, value, short })
    }

    /// What agents cost, or by how much they differ from the requirement.
    fn value(&self, agents: &[u32]) -> f64 {
        match self.aim {
            Aim::Cost => {
                agents.iter().zip(&self.columns).map(|(agents, of)| f64::from(*agents) * of.cost).sum()
            }
            Aim::Difference => {
                let mut there = vec![0.0; self.rows.len()];
                for (agents, column) in agents.iter().zip(&self.columns) {
                    column.covers.iter().for_each(|(row, share)| there[*row] += f64::from(*agents) * share);
                }
                there.iter().zip(&self.rows).map(|(there, need)| (there - need).abs()).sum()
            }
        }
    }
}

/// The best that is found until the deadline, or until somebody stops it.
fn search(
    problem: &Problem,
    from: Option<Vec<(Variable, f64)>>,
    deadline: Instant,
    watch: &dyn Watch,
) -> Result<SolveOutcome, NotCovered> {
    let refused = |error: Error| match error {
        Error::Infeasible => NotCovered::Contradiction,
        other => NotCovered::Solver(other.to_string()),
    };
    let slice =
        || SLICE.min(deadline.saturating_duration_since(Instant::now())).max(Duration::from_millis(1));
    let mut options = SolveOptions::default();
    options.time_limit = Some(slice());
    // Nobody waits for the last thousandth of a program that is hard.
    options.mip_gap = if from.is_some() { CLOSE } else { 0.0 };
    let gap = options.mip_gap;
    options.warm_start = from;
    let mut outcome = problem.solve_with(options).map_err(refused)?;
    let done = |outcome: &SolveOutcome| {
        matches!(outcome.termination_reason(), TerminationReason::ProvenOptimal | TerminationReason::MipGap)
    };
    while !done(&outcome) && Instant::now() < deadline && !watch.stopped() {
        let mut options = ResumeOptions::default();
        options.time_limit = Some(slice());
        options.mip_gap = Some(gap);
        outcome = outcome.resume_with(options).map_err(refused)?;
    }
    Ok(outcome)
}

/// A part of a program that hangs together.
struct Part {
    cover: Cover,
    /// The columns of the whole that are its own.
    columns: Vec<usize>,
}

impl Part {
    fn new(aim: Aim) -> Part {
        let cover = Cover { aim, columns: Vec::new(), rows: Vec::new(), limits: Vec::new() };
        Part { cover, columns: Vec::new() }
    }
}

/// Which things hang together (union and find).
struct Joined(Vec<usize>);

impl Joined {
    fn new(things: usize) -> Joined {
        Joined((0..things).collect())
    }

    fn root(&mut self, thing: usize) -> usize {
        let mut root = thing;
        while self.0[root] != root {
            // Half of the way is cut off for the next who asks.
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Silent;

    fn solved(cover: &Cover) -> Covered {
        cover.solve(Instant::now() + Duration::from_secs(60), &Silent).expect("there is an answer")
    }

    /// Agents for every hour round the clock, in shifts of eight hours that begin at any hour.
    #[test]
    fn a_cyclic_requirement_needs_55_agents() {
        let rows = [6, 6, 6, 6, 6, 8, 9, 12, 18, 22, 25, 21, 21, 20, 18, 21, 21, 24, 24, 18, 18, 18, 12, 8];
        let column = |start: usize| Column {
            cost: 1.0,
            covers: (0..8).map(|hour| ((start + hour) % 24, 1.0)).collect(),
        };
        let cover = Cover {
            aim: Aim::Cost,
            columns: (0..24).map(column).collect(),
            rows: rows.map(f64::from).to_vec(),
            limits: Vec::new(),
        };
        let found = solved(&cover);
        assert_eq!((found.value, found.bound), (55.0, 55.0));
    }

    /// Two days that have nothing in common, and a shift that covers nothing.
    #[test]
    fn parts_are_solved_by_themselves() {
        let column =
            |cost, covers: &[usize]| Column { cost, covers: covers.iter().map(|row| (*row, 1.0)).collect() };
        let cover = Cover {
            aim: Aim::Cost,
            columns: vec![column(3.0, &[0, 1]), column(2.0, &[1]), column(5.0, &[2]), column(1.0, &[])],
            rows: vec![2.0, 3.0, 1.0],
            limits: Vec::new(),
        };
        assert_eq!(cover.parts().len(), 3);
        let found = solved(&cover);
        assert_eq!(found.agents, [2, 1, 1, 0]);
        assert_eq!((found.value, found.bound, found.short), (13.0, 13.0, false));
    }

    /// At most two of the three that the first row needs: the row stays one short.
    #[test]
    fn limits_leave_a_row_short_by_as_few_as_possible() {
        let cover = Cover {
            aim: Aim::Cost,
            columns: vec![Column { cost: 4.0, covers: vec![(0, 1.0), (1, 1.0)] }],
            rows: vec![3.0, 1.0],
            limits: vec![Limit { columns: vec![0], least: 0, most: Some(2) }],
        };
        let found = solved(&cover);
        assert_eq!((found.agents.as_slice(), found.value, found.short), ([2].as_slice(), 8.0, true));
    }
}
