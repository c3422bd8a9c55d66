//! Heads without shifts: who comes when their number rises, who leaves when it falls.

use crate::model::Crew;
use crate::random::unit;
use crate::routing::Policy;
use crate::state::Activity;
use crate::units::{AgentId, GroupId};
use crate::vocabulary::Leave;

use super::agenda::Planned;
use super::player::Player;
use super::recorder::Recorder;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    pub(super) fn change_heads(&mut self, group: GroupId) {
        let heads = &self.model.groups[group.index()].heads;
        let micros = self.model.reported_micros(self.now);
        let wanted = heads.at(micros);
        if let Some(next) = heads.next_step(micros).and_then(|next| self.model.calendar.instant(next)) {
            self.agenda.push(next, Planned::Heads(group));
        }
        self.meter_presence(group);
        let state = &mut self.state.groups[group.index()];
        let before = std::mem::replace(&mut state.heads, wanted);
        state.scheduled = state.scheduled - before + wanted;
        // Who comes in is not off any more, so that the lowest who is lies further on each time.
        let mut crew = self.crew(group);
        for _ in before..wanted {
            self.add_head(group, &mut crew);
        }
        for number in wanted..before {
            self.remove_head(group, number);
        }
    }

    /// One more: the latest marked stays, else the lowest number comes in.
    fn add_head(&mut self, group: GroupId, crew: &mut impl Iterator<Item = AgentId>) {
        let departures = &mut self.departures[group.index()];
        if let Some(agent) = departures.marked.pop() {
            let state = &mut self.state.agents[agent.index()];
            (state.leaving, state.overtime) = (false, false);
            self.state.groups[group.index()].overtime -= 1;
            self.stay_on(agent);
        } else if departures.owed > 0 {
            departures.owed -= 1;
            self.state.groups[group.index()].overtime -= 1;
        } else if let Some(agent) = crew.find(|a| self.state.agents[a.index()].activity == Activity::Off) {
            self.log_in(agent);
        }
    }

    /// One less, by the group's rule.
    fn remove_head(&mut self, group: GroupId, number: u32) {
        let model = self.model;
        let of_crew = |agent: &AgentId| model.agents[agent.index()].crew == Crew::Staff;
        let longest_idle = self.state.group(group).idle.iter(&self.state.agents).find(of_crew);
        match model.groups[group.index()].leave {
            Leave::LongestIdle => match longest_idle {
                Some(agent) => self.log_out(agent),
                None => {
                    let busy = self.crew(group).filter(|agent| self.may_be_marked(*agent));
                    let longest = busy.min_by_key(|agent| self.state.agents[agent.index()].since);
                    self.mark(group, longest);
                }
            },
            Leave::FirstToFinish => match longest_idle {
                Some(agent) => self.log_out(agent),
                None => {
                    self.departures[group.index()].owed += 1;
                    self.state.groups[group.index()].overtime += 1;
                }
            },
            Leave::Random => {
                let there: Vec<AgentId> = self
                    .crew(group)
                    .filter(|a| {
                        self.state.agents[a.index()].activity == Activity::Idle || self.may_be_marked(*a)
                    })
                    .collect();
                let name = self.key.named("leave").named(&model.groups[group.index()].name);
                let u = unit(name.child(self.now.micros()).nth(u64::from(number)));
                let picked = there.get((u * there.len() as f64) as usize).copied();
                match picked {
                    Some(agent) if self.state.agents[agent.index()].activity == Activity::Idle => {
                        self.log_out(agent)
                    }
                    picked => self.mark(group, picked),
                }
            }
        }
    }

    pub(super) fn mark(&mut self, group: GroupId, agent: Option<AgentId>) {
        if let Some(agent) = agent {
            let state = &mut self.state.agents[agent.index()];
            // Whoever leaves for an owed departure already counts as staying over.
            let stays_over = !std::mem::replace(&mut state.overtime, true);
            state.leaving = true;
            self.state.groups[group.index()].overtime += u32::from(stays_over);
            self.departures[group.index()].marked.push(agent);
            self.wind_up(agent);
        }
    }

    /// Busy and not marked yet.
    fn may_be_marked(&self, agent: AgentId) -> bool {
        let state = &self.state.agents[agent.index()];
        !state.leaving && state.activity == Activity::Working
    }

    /// The heads without shifts of a group.
    fn crew(&self, group: GroupId) -> impl Iterator<Item = AgentId> + use<P, AUDIT, R> {
        let first = self.model.groups[group.index()].first_agent;
        let most = self.model.groups[group.index()].heads.most();
        (first..first + most).map(AgentId)
    }

    /// Whether a freed agent is the one that leaves because someone of the crew must.
    pub(super) fn owes_departure(&mut self, agent: AgentId, group: GroupId) -> bool {
        let owed = &mut self.departures[group.index()].owed;
        if *owed == 0 || self.model.agents[agent.index()].crew != Crew::Staff {
            return false;
        }
        *owed -= 1;
        self.state.agents[agent.index()].overtime = true;
        true
    }
}
