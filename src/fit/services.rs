//! The services of each agent, one after the other.

use crate::acd::{Calls, Outcome, Service};

/// The services of the agents of a log, in the order of [`Calls::agents`].
pub(super) struct Services<'c> {
    calls: &'c Calls,
    /// Numbers of calls, by when their service began.
    of_agents: Vec<Vec<u32>>,
}

/// What lies between two services of an agent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Between {
    /// The end of all services so far.
    pub(super) from: f64,
    /// The begin of the next one; not before `from`.
    pub(super) to: f64,
    /// The end of the next one.
    pub(super) end: f64,
}

impl<'c> Services<'c> {
    pub(super) fn of(calls: &'c Calls) -> Services<'c> {
        let mut of_agents = vec![Vec::new(); calls.agents().len()];
        for number in 0..calls.len() {
            if let Some(agent) = calls.agent_of(number) {
                of_agents[agent].push(number as u32);
            }
        }
        let services = Services { calls, of_agents: Vec::new() };
        let times = |number: u32| services.one(number).map_or((0.0, 0.0), |one| (one.start, one.end));
        for own in &mut of_agents {
            own.sort_unstable_by(|one, other| {
                let (a, b) = (times(*one), times(*other));
                a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(one.cmp(other))
            });
        }
        Services { calls, of_agents }
    }

    pub(super) fn calls(&self) -> &'c Calls {
        self.calls
    }

    pub(super) fn agents(&self) -> usize {
        self.of_agents.len()
    }

    /// Whether no call has an agent's name.
    pub(super) fn is_empty(&self) -> bool {
        self.of_agents.iter().all(Vec::is_empty)
    }

    fn one(&self, number: u32) -> Option<Service<'c>> {
        match self.calls.call(number as usize).outcome {
            Outcome::Answered(service) => Some(service),
            Outcome::Abandoned | Outcome::Left => None,
        }
    }

    /// The services of one agent, with the numbers of their calls.
    pub(super) fn by(&self, agent: usize) -> impl Iterator<Item = (usize, Service<'c>)> {
        self.of_agents[agent].iter().filter_map(|number| Some((*number as usize, self.one(*number)?)))
    }

    /// What lies between the services of one agent.
    pub(super) fn between(&self, agent: usize) -> impl Iterator<Item = Between> {
        let mut so_far = None::<f64>;
        self.by(agent).filter_map(move |(_, service)| {
            let from = so_far.replace(so_far.map_or(service.end, |end| end.max(service.end)))?;
            Some(Between { from, to: service.start.max(from), end: service.end.max(from) })
        })
    }
}
