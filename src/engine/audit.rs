//! The conservation laws, checked at every event where a test asks for it.

use crate::observations::{Count, Counts};
use crate::routing::Policy;
use crate::state::{Activity, Whereabouts};
use crate::units::{AgentId, GroupId, Instant, QueueId};

use super::player::Player;

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// Checks that every list agrees with every counter and that nobody got lost.
    ///
    /// # Panics
    /// When a law is broken: a fault of the engine, never of a scenario.
    pub(super) fn audit(&self) {
        for queue in (0..self.model.queues.len()).map(QueueId::at) {
            self.audit_queue(queue);
        }
        for group in (0..self.model.groups.len()).map(GroupId::at) {
            self.audit_group(group);
        }
        self.audit_cases();
    }

    fn audit_queue(&self, queue: QueueId) {
        let state = self.state.queue(queue);
        let waiting: Vec<_> = state.waiting.iter(&self.state.cases).collect();
        assert_eq!(waiting.len(), state.waiting.len() as usize, "list of {queue:?} against its length");
        for id in &waiting {
            let case = &self.state.cases[*id];
            assert_eq!(
                (case.whereabouts, case.queue),
                (Whereabouts::Waiting, queue),
                "{id:?} waits elsewhere"
            );
            assert!(case.deadline >= self.now, "{id:?} waits past its patience");
        }
        let mut counts = Counts::default();
        self.seen.queues[queue.index()].rows.iter().for_each(|row| counts += row);
        let ended = counts[Count::Answered]
            + counts[Count::Abandoned]
            + counts[Count::Overflowed]
            + counts[Count::ClosedOut];
        assert_eq!(counts[Count::Entered], ended + waiting.len() as u64, "stays of {queue:?}");
        let busy = self.agents().filter(|(_, a)| is_working(a.activity) && a.queue == queue).count();
        assert_eq!(state.busy as usize, busy, "agents busy with {queue:?}");
    }

    fn audit_group(&self, group: GroupId) {
        let state = self.state.group(group);
        let of_group = |wanted: &dyn Fn(Activity) -> bool| {
            self.agents().filter(|(_, a)| a.group == group && wanted(a.activity)).count() as u32
        };
        let idle = state.idle.iter(&self.state.agents).count() as u32;
        assert_eq!((idle, idle), (state.idle.len(), of_group(&|a| a == Activity::Idle)), "idle of {group:?}");
        assert_eq!(state.working, of_group(&is_working), "working of {group:?}");
        assert_eq!(state.on_break, of_group(&|a| a == Activity::Break), "on break of {group:?}");
        assert_eq!(state.on_duty, of_group(&|a| a != Activity::Off), "on duty of {group:?}");
        assert_eq!(state.on_duty, idle + state.working + state.on_break, "agents of {group:?}");
        let order = state.idle.iter(&self.state.agents).map(|a| (self.state.agents[a.index()].since, a));
        assert!(order.is_sorted(), "idle list of {group:?} is longest first, ties by number");
        for (id, agent) in self.agents().filter(|(_, agent)| agent.group == group) {
            let due = self.timers.at(id.index());
            match agent.activity {
                Activity::Off | Activity::Idle => assert_eq!(due, Instant::NEVER, "timer of {id:?}"),
                Activity::Talking(_) | Activity::WrapUp | Activity::Break => {
                    assert!(due >= self.now && due < Instant::NEVER, "timer of {id:?}");
                }
            }
        }
    }

    fn audit_cases(&self) {
        let mut counts = Counts::default();
        self.seen.queues.iter().flat_map(|queue| &queue.rows).for_each(|row| counts += row);
        let over = counts[Count::Solved] + counts[Count::Lost];
        assert_eq!(counts[Count::Cases], over + self.state.cases.len() as u64, "cases");
        let mut waiting = 0;
        let mut talking = 0;
        for (_, case) in self.state.cases.iter() {
            waiting += u32::from(case.whereabouts == Whereabouts::Waiting);
            talking += u32::from(case.whereabouts == Whereabouts::Talking);
        }
        let with_customer = self.agents().filter(|(_, a)| matches!(a.activity, Activity::Talking(_))).count();
        assert_eq!((waiting, talking as usize), (self.state.waiting, with_customer), "waiting and talking");
        let lines: u32 = self.state.channels.iter().map(|channel| channel.lines).sum();
        assert_eq!(lines, waiting + talking, "lines taken");
        let in_channels: u32 = self.state.channels.iter().map(|channel| channel.waiting).sum();
        assert_eq!(in_channels, waiting, "waiting by channel");
        let ended = [Count::Blocked, Count::TurnedAway, Count::Abandoned, Count::ClosedOut, Count::Legs]
            .into_iter()
            .map(|count| counts[count])
            .sum::<u64>()
            - counts[Count::Transferred];
        assert_eq!(self.seen.contacts, ended + u64::from(waiting + talking), "contacts");
    }

    fn agents(&self) -> impl Iterator<Item = (AgentId, &crate::state::AgentState)> {
        (0..).map(AgentId).zip(&self.state.agents)
    }
}

fn is_working(activity: Activity) -> bool {
    matches!(activity, Activity::Talking(_) | Activity::WrapUp)
}
