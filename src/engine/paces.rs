//! Agents who are not equally fast: what each of them makes of the times that are drawn.

use crate::model::{Crew, Model, Skill};
use crate::random::{Key, unit};
use crate::units::{AgentId, Span};

/// A factor of handle times for each agent, of a replication; nothing where all are alike.
#[derive(Clone, Debug)]
pub(super) struct Paces(Vec<f64>);

impl Paces {
    pub(super) fn new(model: &Model) -> Paces {
        let differ = model.groups.iter().any(|group| group.agents_differ.is_some());
        Paces(if differ { vec![1.0; model.agents.len()] } else { Vec::new() })
    }

    /// Draws who is fast and who is slow in a replication: by group, shift and number, so that more agents beside them
    /// leave those there as they are.
    pub(super) fn restart(&mut self, model: &Model, replication: Key) {
        let paces = replication.named("paces");
        for (agent, pace) in model.agents.iter().zip(&mut self.0) {
            let group = &model.groups[agent.group.index()];
            let Some(distribution) = &group.agents_differ else { continue };
            let of_group = paces.named(&group.name);
            let crew = match agent.crew {
                Crew::Staff => of_group.named("staff"),
                Crew::Shift(number) => of_group.named("shift").named(&group.shifts[number as usize].name),
            };
            *pace = distribution.quantile(unit(crew.nth(u64::from(agent.number))));
        }
    }

    /// How long an agent takes for what is drawn.
    #[inline(always)]
    pub(super) fn time(&self, drawn: Span, skill: &Skill, agent: AgentId) -> Span {
        if skill.as_drawn { drawn } else { self.at_pace(drawn, skill, agent) }
    }

    #[inline(never)]
    fn at_pace(&self, drawn: Span, skill: &Skill, agent: AgentId) -> Span {
        let pace = self.0.get(agent.index()).copied().unwrap_or(1.0);
        Span::from_seconds(drawn.seconds() / skill.speed * pace)
    }
}
