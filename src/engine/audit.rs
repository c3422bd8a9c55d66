//! The conservation laws, checked at every event where a test asks for it.

use crate::observations::{Count, Counts};
use crate::routing::Policy;
use crate::state::{Activity, AgentState, Case, List, Role, Stage, Task, Whereabouts, Work};
use crate::units::{AgentId, GroupId, Instant, QueueId};

use super::player::Player;
use super::recorder::Recorder;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Checks that every list agrees with every counter and that nobody got lost.
    ///
    /// # Panics
    /// When a distribution is broken: a fault of the engine, never of a scenario.
    pub(super) fn audit(&self) {
        for queue in (0..self.model.queues.len()).map(QueueId::at) {
            self.audit_queue(queue);
        }
        for group in (0..self.model.groups.len()).map(GroupId::at) {
            self.audit_group(group);
        }
        for (id, agent) in self.agents() {
            self.audit_places(id, agent);
        }
        self.audit_cases();
        self.audit_contacts();
        self.audit_follow_ups();
    }

    fn audit_queue(&self, queue: QueueId) {
        let state = self.state.queue(queue);
        let waiting: Vec<_> = state.waiting.iter(&self.state.cases).collect();
        assert_eq!(waiting.len(), state.waiting.len() as usize, "list of {queue:?} against its length");
        for id in &waiting {
            let case = &self.state.cases[*id];
            let Whereabouts::Waiting { list: List::Queue, until } = case.whereabouts else {
                panic!("{id:?} waits in {queue:?} and is {:?}", case.whereabouts);
            };
            assert_eq!(case.queue, queue, "{id:?} waits elsewhere");
            assert!(until >= self.now, "{id:?} waits past its patience");
        }
        let all = |wanted: &dyn Fn(&Case) -> bool| {
            self.state.cases.iter().filter(|(_, case)| case.queue == queue && wanted(case)).count()
        };
        let is_waiting = |case: &Case| case.whereabouts.is_waiting();
        let in_queue =
            |case: &Case| matches!(case.whereabouts, Whereabouts::Waiting { list: List::Queue, .. });
        let elsewhere = all(&|case| is_waiting(case) && !in_queue(case));
        assert_eq!(state.elsewhere as usize, elsewhere, "of {queue:?} in other lists");
        let callbacks = state.callbacks.iter(&self.state.cases).count();
        let hung_up = all(&|case| case.whereabouts == Whereabouts::AwaitingCallback);
        assert_eq!(
            (callbacks, callbacks),
            (state.callbacks.len() as usize, hung_up),
            "callbacks of {queue:?}"
        );
        let sessions = all(&|case| matches!(case.whereabouts, Whereabouts::SelfService { .. }));
        assert_eq!(state.sessions as usize, sessions, "sessions of {queue:?}");
        let stays = all(&|case| {
            is_waiting(case) && !case.has_begun() && !matches!(case.role, Role::Ghost | Role::Stock)
        });
        let mut counts = Counts::default();
        self.seen.queues[queue.index()].rows.iter().for_each(|row| counts += row);
        let ended = counts[Count::Answered]
            + counts[Count::Abandoned]
            + counts[Count::Overflowed]
            + counts[Count::CalledBack]
            + counts[Count::ClosedOut];
        assert_eq!(counts[Count::Entered], ended + stays as u64, "stays of {queue:?}");
        let busy = self.state.works.iter().filter(|w| w.stage.is_active() && w.stay.queue == queue).count();
        assert_eq!(state.busy as usize, busy, "work of {queue:?}");
    }

    fn audit_group(&self, group: GroupId) {
        let state = self.state.group(group);
        let of_group = |wanted: &dyn Fn(Activity) -> bool| {
            self.agents().filter(|(_, a)| a.group == group && wanted(a.activity)).count() as u32
        };
        let idle = state.idle.iter(&self.state.agents).count() as u32;
        assert_eq!((idle, idle), (state.idle.len(), of_group(&|a| a == Activity::Idle)), "idle of {group:?}");
        assert_eq!(state.working, of_group(&|a| a == Activity::Working), "working of {group:?}");
        assert_eq!(state.on_break, of_group(&|a| a == Activity::Break), "on break of {group:?}");
        assert_eq!(state.on_duty, of_group(&|a| a != Activity::Off), "on duty of {group:?}");
        assert_eq!(state.on_duty, idle + state.working + state.on_break, "agents of {group:?}");
        let order = state.idle.iter(&self.state.agents).map(|a| (self.state.agents[a.index()].since, a));
        assert!(order.is_sorted(), "idle list of {group:?} is longest first, ties by number");
        for (level, list) in state.partly.iter().enumerate() {
            let load = self.model.groups[group.index()].loads[level];
            for agent in list.iter(&self.state.agents).map(|agent| &self.state.agents[agent.index()]) {
                let found = (agent.activity, agent.load, usize::from(agent.listed));
                assert_eq!(found, (Activity::Working, load, level + 1), "partly loaded of {group:?}");
                assert!(!agent.is_closed(), "who takes nothing new is not found");
            }
        }
        let interruptible = self.state.interruptible(group).count();
        let may_be = |work: &&Work| {
            let agent = &self.state.agents[work.agent.index()];
            let of_queue = self.model.queues[work.stay.queue.index()].restart_cost.is_some();
            agent.group == group && !agent.is_single() && of_queue && work.stage == Stage::Talk
        };
        assert_eq!(
            interruptible,
            self.state.works.iter().filter(may_be).count(),
            "to interrupt in {group:?}"
        );
    }

    fn audit_places(&self, id: AgentId, agent: &AgentState) {
        let due = self.timers.at(id.index());
        let places: Vec<&Work> = agent.all_places().map(|place| &self.state.works[place.index()]).collect();
        let active = places.iter().filter(|work| work.stage.is_active()).count();
        match agent.activity {
            Activity::Off | Activity::Idle | Activity::Break => {
                let resting = agent.activity == Activity::Break;
                assert_eq!(due < Instant::NEVER, resting, "timer of {id:?}");
                assert_eq!(active, 0, "{id:?} has work and is {:?}", agent.activity);
            }
            Activity::Working => {
                assert!(due >= self.now, "timer of {id:?}");
                assert!(active > 0, "{id:?} works on nothing");
            }
        }
        let holding = places.iter().filter(|work| matches!(work.stage, Stage::Holding(_)));
        let joined = places.iter().filter(|work| work.stage == Stage::Conference);
        for work in holding.clone().chain(joined) {
            assert_eq!(
                self.state.cases[work.case].held_by.get(),
                Some(id),
                "{id:?} stays with a customer who does not know"
            );
        }
        assert!(agent.held || holding.count() == 0, "{id:?} is held");
        if !agent.is_single() {
            let load: u16 = places.iter().filter(|work| work.stage.is_active()).map(|work| work.share).sum();
            let open = places.iter().filter(|work| work.stage != Stage::Free).count();
            assert_eq!((agent.load, usize::from(agent.open)), (load, open), "load of {id:?}");
            assert!(load <= 1000, "{id:?} has more than fits");
            let of = |stage| places.iter().filter(|work| work.stage == stage).count();
            assert!(of(Stage::Suspended) <= 1, "{id:?} has two interrupted works");
            assert!(of(Stage::Compose) <= 1, "{id:?} writes two replies at once");
            assert!(
                of(Stage::Ready) == 0 || of(Stage::Compose) == 1,
                "{id:?} lets customers wait for no reason"
            );
        }
    }

    fn audit_cases(&self) {
        let mut counts = Counts::default();
        self.seen.queues.iter().flat_map(|queue| &queue.rows).for_each(|row| counts += row);
        let of_role = |role| self.state.cases.iter().filter(|(_, case)| case.role == role).count() as u64;
        assert_eq!(counts[Count::Cases], counts.closed() + of_role(Role::Case), "cases");
        let at = |there: fn(Whereabouts) -> bool| {
            self.state.cases.iter().filter(|(_, case)| there(case.whereabouts)).count() as u32
        };
        assert_eq!(at(|there| there == Whereabouts::Moving), 0, "nobody is between two events");
        let waiting = at(Whereabouts::is_waiting);
        let talking = at(|there| there == Whereabouts::Served);
        let with_case = self.state.works.iter().filter(|work| work.stage.has_case());
        assert_eq!(
            (waiting, talking as usize),
            (self.state.waiting, with_case.clone().count()),
            "waiting, talking"
        );
        for work in with_case {
            assert_eq!(
                self.state.cases[work.case].whereabouts,
                Whereabouts::Served,
                "case of {:?}",
                work.agent
            );
        }
        let sessions = at(|there| matches!(there, Whereabouts::SelfService { .. }));
        let parked = at(|there| matches!(there, Whereabouts::Parked { .. }));
        assert_eq!((sessions, parked), (self.sessions, self.parked), "sessions and parked conversations");
        let under_way = at(|there| matches!(there, Whereabouts::UnderWay { .. }));
        assert_eq!(under_way, self.under_way, "passed on and not there yet");
        assert_eq!(at(|there| there == Whereabouts::AwaitingCallback), self.state.callbacks, "callbacks");
        // Follow-ups take a line when they are made; what nobody has sent takes none.
        let lineless = self.state.cases.iter().filter(|(_, case)| {
            case.whereabouts.is_waiting() && matches!(case.role, Role::FollowUp | Role::Stock)
        });
        let lines: u32 = self.state.channels.iter().map(|channel| channel.lines).sum();
        assert_eq!(
            lines,
            waiting - lineless.count() as u32 + talking + sessions + under_way + parked,
            "lines taken"
        );
        let in_channels: u32 = self.state.channels.iter().map(|channel| channel.waiting).sum();
        assert_eq!(in_channels, waiting, "waiting by channel");
    }

    /// Every contact that began is over, in one of the ways in which it can be, or still here.
    fn audit_contacts(&self) {
        let plain = |queue: &crate::model::Queue| {
            queue.self_service.is_none()
                && queue.callback.is_none()
                && queue.chase.is_none()
                && queue.follow_up.is_none()
        };
        // What else ends contacts is counted in the reported time only.
        if !self.model.queues.iter().all(plain) {
            return;
        }
        let mut counts = Counts::default();
        self.seen.queues.iter().flat_map(|queue| &queue.rows).for_each(|row| counts += row);
        let ended = [Count::Blocked, Count::TurnedAway, Count::Abandoned, Count::ClosedOut, Count::Legs]
            .into_iter()
            .map(|count| counts[count])
            .sum::<u64>()
            - counts[Count::Transferred];
        let here = self.state.cases.iter().filter(|(_, case)| {
            let there = matches!(
                case.whereabouts,
                Whereabouts::Waiting { .. }
                    | Whereabouts::UnderWay { .. }
                    | Whereabouts::Served
                    | Whereabouts::Parked { .. }
            );
            there && case.role == Role::Case
        });
        assert_eq!(self.seen.contacts, ended + here.count() as u64, "contacts");
    }

    /// Cases know how many follow-ups may still solve them.
    fn audit_follow_ups(&self) {
        let of_role = |role| self.state.cases.iter().filter(move |(_, case)| case.role == role);
        let task = |id| self.state.cases.rare(id).task.expect("a follow-up has a task");
        let tasks: Vec<Task> = of_role(Role::FollowUp).map(|(id, _)| task(id)).collect();
        let cases = of_role(Role::Case);
        for (id, case) in cases {
            let pending = tasks.iter().filter(|task| task.may_solve && task.about == (id, case.key)).count();
            assert_eq!(usize::from(self.state.cases.rare(id).solvers), pending, "follow-ups of {id:?}");
            let is_pending = matches!(case.whereabouts, Whereabouts::Pending(_));
            assert!(!is_pending || pending > 0, "{id:?} should be lost");
        }
        for (agent, own) in self.state.own.iter().enumerate() {
            for id in own.iter(&self.state.cases) {
                let case = &self.state.cases[id];
                let in_own = matches!(case.whereabouts, Whereabouts::Waiting { list: List::Agent(own), .. } if own.index() == agent);
                assert!(in_own, "{id:?} in the wrong list");
            }
        }
    }

    fn agents(&self) -> impl Iterator<Item = (AgentId, &AgentState)> {
        (0..).map(AgentId).zip(&self.state.agents)
    }
}
