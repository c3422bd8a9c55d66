//! Erlang B, C and A beside each other for one centre, and the agents that each asks for.

use super::finite_room::{FiniteRoom, FiniteRoomSolved};
use super::offered_wait::OfferedWait;
use super::patience::ExponentialPatience;
use super::service_level::ServiceLevels;
use super::staffing::{self, Goal, ROUNDING, Unreachable};
use super::{ErlangA, ErlangB, ErlangC};

/// A centre and its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Arrivals a second, above 0.
    pub arrivals_per_second: f64,
    /// Mean service (talk and wrap-up) in seconds, above 0.
    pub mean_service: f64,
    /// Mean patience in seconds, above 0; without it there is no Erlang A.
    pub mean_patience: Option<f64>,
    /// Agents, at least 1; without them each model answers for the agents that it asks for.
    pub agents: Option<u32>,
    /// Waiting and talking at once, at least the agents; without it no limit.
    pub lines: Option<u32>,
    /// The targets; all of them are to be kept.
    pub goals: Vec<Goal>,
    /// The service level's time T in seconds.
    pub within: f64,
    /// The short time s in seconds.
    pub short: f64,
    /// The number waiting whose probability is asked for.
    pub waiting: Option<u32>,
}

/// What the models say.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize))]
pub struct Answer {
    /// The offered load in agents.
    pub load: f64,
    /// Who finds all agents busy is lost.
    pub erlang_b: Lost,
    /// Who waits never abandons.
    pub erlang_c: Waiting,
    /// Who waits abandons after an exponential time; `None` if patience was not given.
    pub erlang_a: Option<Waiting>,
}

/// Erlang B's figures.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize))]
pub struct Lost {
    /// Agents these figures are for.
    pub agents: u32,
    /// Share that is lost.
    pub blocked: f64,
    /// Mean number of busy agents.
    pub busy: f64,
    /// Share of time an agent is busy.
    pub occupancy: f64,
    /// The fewest agents that keep the targets, where those who are not lost count as answered in time.
    pub agents_needed: u32,
}

/// Erlang C's or A's answer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize))]
pub struct Waiting {
    /// Agents the figures are for.
    pub agents: u32,
    /// The fewest agents that keep all targets.
    pub agents_needed: u32,
    /// The figures; `None` where there is no steady state.
    pub figures: Option<WaitingFigures>,
}

/// The figures of a centre where one waits. Times in seconds; shares are of those who got in.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize))]
#[allow(missing_docs)]
pub struct WaitingFigures {
    /// Share of all arrivals that heard the busy signal.
    pub blocked: f64,
    pub delayed: f64,
    pub abandonment: f64,
    pub service_levels: ServiceLevels,
    pub mean_wait: f64,
    pub mean_wait_answered: f64,
    /// `None` where nobody abandons.
    pub mean_wait_abandoned: Option<f64>,
    /// Of the answered, as the other two.
    pub wait_p50: f64,
    pub wait_p80: f64,
    pub wait_p90: f64,
    pub wait_p95: f64,
    pub queue: f64,
    /// The share of time that exactly so many wait as was asked for; `None` where nothing was.
    pub exactly_waiting: Option<f64>,
    pub busy: f64,
    pub occupancy: f64,
}

impl Question {
    /// What the models say.
    ///
    /// # Errors
    /// If no number of agents keeps a target, and why.
    ///
    /// # Panics
    /// If a field is out of its range.
    pub fn answer(&self) -> Result<Answer, Unreachable> {
        Ok(Answer {
            load: self.arrivals_per_second * self.mean_service,
            erlang_b: self.lost()?,
            erlang_c: self.waiting(None)?,
            erlang_a: self.mean_patience.map(|mean| self.waiting(Some(mean))).transpose()?,
        })
    }

    fn lost(&self) -> Result<Lost, Unreachable> {
        let load = self.arrivals_per_second * self.mean_service;
        self.goals.iter().try_for_each(Goal::check)?;
        let agents_needed = staffing::smallest(|agents| {
            let b = ErlangB { load, agents };
            self.goals.iter().all(|goal| match *goal {
                Goal::ServiceLevel { share, .. } => b.blocked() <= 1.0 - share + ROUNDING,
                Goal::Occupancy { max } => agents > 0.0 && b.occupancy() <= max + ROUNDING,
                // Nobody waits.
                Goal::Delayed { .. } | Goal::Abandonment { .. } | Goal::MeanWait { .. } => true,
            })
        });
        let agents = self.agents.unwrap_or(agents_needed);
        let b = ErlangB { load, agents: f64::from(agents) };
        let (blocked, busy, occupancy) = (b.blocked(), b.busy(), b.occupancy());
        Ok(Lost { agents, blocked, busy, occupancy, agents_needed })
    }

    fn waiting(&self, mean_patience: Option<f64>) -> Result<Waiting, Unreachable> {
        let needed = self.goals.iter().map(|goal| self.needed(mean_patience, goal));
        let agents_needed = needed.collect::<Result<Vec<u32>, _>>()?.into_iter().max().unwrap_or(1);
        let agents = self.agents.unwrap_or(agents_needed);
        Ok(Waiting { agents, agents_needed, figures: self.figures(mean_patience, agents) })
    }

    fn needed(&self, mean_patience: Option<f64>, goal: &Goal) -> Result<u32, Unreachable> {
        goal.check()?;
        if let Some(lines) = self.lines {
            let met = |agents: f64| {
                agents > 0.0
                    && (agents > f64::from(lines) || self.room(mean_patience, lines, agents as u32, goal))
            };
            let agents = staffing::smallest(met);
            return if agents > lines { Err(Unreachable::TooFewLines { lines }) } else { Ok(agents) };
        }
        match mean_patience {
            None => staffing::agents_for_c(&self.c(0), goal),
            Some(mean) => staffing::agents_for_a(&self.a(mean, 0), goal),
        }
    }

    /// Whether so many agents behind so many lines keep a target.
    fn room(&self, mean_patience: Option<f64>, lines: u32, agents: u32, goal: &Goal) -> bool {
        let solved = self.finite(mean_patience, lines, agents).solve();
        match *goal {
            Goal::ServiceLevel { share, within } => solved.after(within).0 >= share - ROUNDING,
            Goal::Delayed { max } => solved.delayed() <= max + ROUNDING,
            Goal::Abandonment { max } => solved.abandonment() <= max + ROUNDING,
            Goal::MeanWait { max } => solved.mean_wait() <= max * (1.0 + ROUNDING),
            Goal::Occupancy { max } => solved.occupancy() <= max + ROUNDING,
        }
    }

    fn figures(&self, mean_patience: Option<f64>, agents: u32) -> Option<WaitingFigures> {
        match (self.lines, mean_patience) {
            (Some(lines), _) => Some(self.of_room(&self.finite(mean_patience, lines, agents).solve())),
            (None, Some(mean)) => Some(self.of_a(&self.a(mean, agents))),
            (None, None) => self.of_c(&self.c(agents)),
        }
    }

    fn finite(&self, mean_patience: Option<f64>, lines: u32, agents: u32) -> FiniteRoom {
        FiniteRoom {
            arrivals_per_second: self.arrivals_per_second,
            mean_service: self.mean_service,
            mean_patience: mean_patience.unwrap_or(f64::INFINITY),
            agents,
            waiting_room: lines.saturating_sub(agents),
        }
    }

    fn a(&self, mean_patience: f64, agents: u32) -> ErlangA {
        ErlangA {
            arrivals_per_second: self.arrivals_per_second,
            mean_service: self.mean_service,
            mean_patience,
            agents: f64::from(agents),
        }
    }

    fn c(&self, agents: u32) -> ErlangC {
        ErlangC {
            arrivals_per_second: self.arrivals_per_second,
            mean_service: self.mean_service,
            agents: f64::from(agents),
        }
    }

    fn of_c(&self, c: &ErlangC) -> Option<WaitingFigures> {
        c.stable().then(|| WaitingFigures {
            blocked: 0.0,
            delayed: c.delayed(),
            abandonment: 0.0,
            service_levels: ServiceLevels::new(1.0, c.service_level(self.within), 0.0, 0.0),
            mean_wait: c.mean_wait(),
            mean_wait_answered: c.mean_wait(),
            mean_wait_abandoned: None,
            wait_p50: c.quantile(0.5),
            wait_p80: c.quantile(0.8),
            wait_p90: c.quantile(0.9),
            wait_p95: c.quantile(0.95),
            queue: c.queue(),
            exactly_waiting: self.waiting.map(|waiting| c.exactly_waiting(waiting)),
            busy: c.load(),
            occupancy: c.occupancy(),
        })
    }

    fn of_a(&self, centre: &ErlangA) -> WaitingFigures {
        let a: OfferedWait<ExponentialPatience> = centre.solve();
        WaitingFigures {
            blocked: 0.0,
            delayed: a.delayed(),
            abandonment: a.abandonment(),
            service_levels: a.service_levels(self.within, self.short),
            mean_wait: a.mean_wait(),
            mean_wait_answered: a.mean_wait_answered(),
            mean_wait_abandoned: Some(a.mean_wait_abandoned()),
            wait_p50: a.quantile_answered(0.5),
            wait_p80: a.quantile_answered(0.8),
            wait_p90: a.quantile_answered(0.9),
            wait_p95: a.quantile_answered(0.95),
            queue: a.queue(),
            exactly_waiting: self.waiting.map(|waiting| centre.exactly_waiting(waiting)),
            busy: a.busy(),
            occupancy: a.occupancy(),
        }
    }

    fn of_room(&self, room: &FiniteRoomSolved) -> WaitingFigures {
        WaitingFigures {
            blocked: room.blocked(),
            delayed: room.delayed(),
            abandonment: room.abandonment(),
            service_levels: room.service_levels(self.within, self.short),
            mean_wait: room.mean_wait(),
            mean_wait_answered: room.mean_wait_answered(),
            mean_wait_abandoned: room.mean_wait_abandoned(),
            wait_p50: room.quantile_answered(0.5),
            wait_p80: room.quantile_answered(0.8),
            wait_p90: room.quantile_answered(0.9),
            wait_p95: room.quantile_answered(0.95),
            queue: room.queue(),
            exactly_waiting: self.waiting.map(|waiting| room.exactly_waiting(waiting)),
            busy: room.busy(),
            occupancy: room.occupancy(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        Question {
            arrivals_per_second: 0.8,
            mean_service: 60.0,
            mean_patience: Some(120.0),
            agents: Some(50),
            lines: None,
            goals: vec![Goal::ServiceLevel { share: 0.8, within: 20.0 }],
            within: 20.0,
            short: 5.0,
            waiting: None,
        }
    }

    #[test]
    fn abandonment_makes_do_with_fewer_agents() {
        let answer = question().answer().unwrap();
        let a = answer.erlang_a.unwrap();
        assert!(a.agents_needed < answer.erlang_c.agents_needed);
        assert_eq!((answer.load, answer.erlang_b.agents, a.agents), (48.0, 50, 50));
        let (a, c) = (a.figures.unwrap(), answer.erlang_c.figures.unwrap());
        assert!(a.mean_wait < c.mean_wait && a.wait_p90 < c.wait_p90);
        assert_eq!((c.abandonment, c.mean_wait_abandoned), (0.0, None));
    }

    #[test]
    fn plenty_of_lines_change_nothing() {
        let (free, lined) =
            (question().answer().unwrap(), Question { lines: Some(600), ..question() }.answer().unwrap());
        assert_eq!(free.erlang_c.agents_needed, lined.erlang_c.agents_needed);
        let (free, lined) = (free.erlang_a.unwrap(), lined.erlang_a.unwrap());
        assert_eq!(free.agents_needed, lined.agents_needed);
        let (free, lined) = (free.figures.unwrap(), lined.figures.unwrap());
        assert!((free.mean_wait - lined.mean_wait).abs() < 1e-9);
        assert!((free.wait_p95 - lined.wait_p95).abs() < 2e-3);
    }

    #[test]
    fn too_few_agents_have_no_steady_state_without_abandonment_or_lines() {
        let few = Question { agents: Some(48), ..question() };
        assert_eq!(few.answer().unwrap().erlang_c.figures, None);
        let lined = Question { lines: Some(60), ..few };
        assert!(lined.answer().unwrap().erlang_c.figures.is_some());
    }

    #[test]
    fn numbers_waiting_sum_to_all_and_to_the_queue() {
        for (lines, agents) in [(None, 50), (Some(70), 50), (None, 49)] {
            let of = |waiting: u32| {
                let question = Question { waiting: Some(waiting), lines, agents: Some(agents), ..question() };
                let answer = question.answer().unwrap();
                [answer.erlang_c.figures.unwrap(), answer.erlang_a.unwrap().figures.unwrap()]
            };
            let (mut sum, mut mean) = ([0.0; 2], [0.0; 2]);
            for waiting in 0..2_000 {
                if lines.is_some_and(|lines| agents + waiting > lines) {
                    assert_eq!(of(waiting).map(|model| model.exactly_waiting), [Some(0.0); 2]);
                    break;
                }
                for (i, model) in of(waiting).iter().enumerate() {
                    sum[i] += model.exactly_waiting.unwrap();
                    mean[i] += f64::from(waiting) * model.exactly_waiting.unwrap();
                }
            }
            for (i, model) in of(0).iter().enumerate() {
                assert!((sum[i] - 1.0).abs() < 1e-9, "{lines:?} {i}: {}", sum[i]);
                assert!((mean[i] - model.queue).abs() < 1e-6, "{lines:?} {i}: {} {}", mean[i], model.queue);
            }
        }
    }

    #[test]
    fn few_lines_cannot_keep_agents_from_being_busy() {
        let goals = vec![Goal::Occupancy { max: 0.5 }];
        let few = Question { lines: Some(20), agents: Some(20), goals, ..question() };
        assert_eq!(few.answer(), Err(Unreachable::TooFewLines { lines: 20 }));
    }
}
