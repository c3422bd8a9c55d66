//! A case's story in plain sentences: what happened, who took it, and why this agent and not that one.

use crate::engine::{CaseEvent, WorkEvent};
use crate::experiment::{Happened, LoggedEvent, Story};
use crate::figures::Unit;
use crate::model::Model;
use crate::observations::Kind;
use crate::routing::{AgentSeen, Between, Choice, GroupSeen, HeadSeen, Offer};
use crate::state::Role;
use crate::units::{AgentId, Instant, QueueId, Span};
use crate::vocabulary::{AgentRule, ContactRule, GoesBy};

use super::contact_sheet::{group_of, number_of};
use super::wording::{grouped, percent, plain, wrapped};

/// What comes before a sentence.
const INDENT: &str = "    ";

const WIDTH: usize = 100;

/// So many others are named.
const MOST_OTHERS: usize = 3;

/// The story of a case of a replication (from 1).
#[must_use]
pub fn render_story(story: &Story, replication: u64, model: &Model) -> String {
    let mut teller = Teller { model, choices: &story.choices, text: String::new(), before: None };
    let first = story.events.first().map(|event| teller.queue(event.about.queue));
    let from = first.map_or_else(String::new, |queue| format!(", which opened at {queue}"));
    teller.text = format!("Case {} of replication {replication}{from}\n", story.case);
    for event in &story.events {
        teller.tell(event);
    }
    teller.text
}

struct Teller<'a> {
    model: &'a Model,
    /// Those not told yet.
    choices: &'a [Choice],
    text: String,
    /// The line of time that was written last.
    before: Option<String>,
}

impl<'a> Teller<'a> {
    fn queue(&self, id: QueueId) -> String {
        format!("`{}`", self.model.queues[id.index()].name)
    }

    fn agent(&self, id: AgentId) -> String {
        format!("{} {}", self.model.groups[group_of(self.model, id)].name, number_of(self.model, id))
    }

    /// `2026-03-02 08:00:03.5`, or the elapsed time.
    fn moment(&self, at: Instant) -> String {
        let calendar = &self.model.calendar;
        let of_day = calendar.time_of_day(at).micros();
        let seconds = of_day / 1_000_000;
        let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        let clock = match of_day % 1_000_000 / 100_000 {
            0 => clock,
            tenths => format!("{clock}.{tenths}"),
        };
        let day = calendar.day(at);
        match calendar.date(day) {
            Some(date) => format!("{date} {clock}"),
            None if day == 0 => clock,
            None => format!("day {} {clock}", day + 1),
        }
    }

    fn say(&mut self, at: Instant, sentence: &str) {
        let moment = self.moment(at);
        if self.before.as_ref() != Some(&moment) {
            self.text.push_str(&format!("\n{moment}\n"));
            self.before = Some(moment);
        }
        for line in wrapped(sentence, WIDTH - INDENT.len()) {
            self.text.push_str(&format!("{INDENT}{}\n", line.trim_end()));
        }
    }

    fn tell(&mut self, event: &LoggedEvent) {
        let sentence = match event.what {
            Happened::ToCase(what) => self.of_case(event, what),
            Happened::AtWork(what) => self.of_work(event, what),
        };
        if let Some(sentence) = sentence {
            self.say(event.at, &sentence);
        }
    }

    fn of_case(&mut self, event: &LoggedEvent, what: CaseEvent) -> Option<String> {
        let about = &event.about;
        let queue = self.queue(about.queue);
        let who = match about.record {
            Role::FollowUp => format!("The follow-up {queue}"),
            Role::Duplicate => "What was written first".to_owned(),
            Role::Ghost => "The place in the chat's queue".to_owned(),
            Role::Case | Role::Stock => "The contact".to_owned(),
        };
        Some(match what {
            CaseEvent::Opens { .. } if about.record == Role::FollowUp => {
                format!("A follow-up is planned: {queue}.")
            }
            CaseEvent::Opens { .. } => return None,
            CaseEvent::GetsInTouch => {
                let channel = self.model.queues[about.queue.index()].channel;
                let channel = &self.model.channels[channel.index()].name;
                let how = match (about.contact, about.kind) {
                    (1, _) => "for the first time".to_owned(),
                    (number, Kind::Retry) => format!("again, attempt {number}: a retry"),
                    (number, _) => format!("again, attempt {number}: a repeat contact"),
                };
                format!("The customer gets in touch with {queue} by {channel}, {how}.")
            }
            CaseEvent::BeginsSelfService => "Self-service receives the customer.".to_owned(),
            CaseEvent::Contained => "Self-service helps: the case is solved.".to_owned(),
            CaseEvent::FalselyContained => "Self-service seems to help.".to_owned(),
            CaseEvent::HangsUp => "The customer breaks off in self-service.".to_owned(),
            CaseEvent::Blocked => "There is no free line or place: the customer hears the busy signal.".to_owned(),
            CaseEvent::TurnedAway => format!("{queue} is closed: the customer is turned away."),
            CaseEvent::Enters => match about.kind {
                Kind::Callback => "The centre calls the customer back, who answers.".to_owned(),
                _ => format!("{who} joins the queue {queue}."),
            },
            CaseEvent::Waits => {
                let why = self.why_nobody(event.at, about.queue);
                format!("{who} waits.{why}")
            }
            CaseEvent::Answered { agent, wait, .. } => {
                let passed_over = self.passed_over(event.at);
                let why = self.why(event.at, agent, about.queue);
                let after = if wait == Span::ZERO { "at once".to_owned() } else { format!("after {}", span(wait)) };
                format!("{passed_over}{} takes it up {after}.{why}", self.agent(agent))
            }
            CaseEvent::Abandons { wait, silently } => {
                let passed_over = self.passed_over(event.at);
                let how = if silently { ", without a word" } else { "" };
                format!("{passed_over}The customer abandons after {}{how}.", span(wait))
            }
            CaseEvent::Overflows { to } => {
                format!("It has waited long enough and overflows to {}.", self.queue(to))
            }
            CaseEvent::AcceptsCallback => "The customer hangs up, to be called back.".to_owned(),
            CaseEvent::ClosedOut => format!("{queue} has closed: who waits is sent away."),
            CaseEvent::BrokenOff => format!("{queue} has closed: the conversation breaks off."),
            CaseEvent::StillWaits => format!("{who} still waits when the simulation ends."),
            CaseEvent::LeavesBehind { .. } => {
                "The customer has waited too long and writes again; what was written first stays in the queue."
                    .to_owned()
            }
            CaseEvent::FallsBack { .. } => {
                "That led nowhere: the customer waits for the answer to what was written first.".to_owned()
            }
            CaseEvent::NotReached { agent } => {
                format!("{} calls, and nobody answers.", self.agent(agent))
            }
            CaseEvent::Responded { within } => {
                let how = if within { ", in the target's time" } else { "" };
                format!("The customer has a response{how}.")
            }
            CaseEvent::WillReturn { at, .. } if at == Instant::NEVER => {
                "The customer means to try again, but nothing opens any more.".to_owned()
            }
            CaseEvent::WillReturn { at, to, .. } => {
                format!("Not solved: the customer will be back at {}, in {}.", self.moment(at), self.queue(to))
            }
            CaseEvent::Solved { later: true, .. } => "The follow-up solves the case.".to_owned(),
            CaseEvent::Solved { first, .. } => {
                let how = if first { ", by the first contact that was answered" } else { "" };
                format!("The case is solved{how}.")
            }
            CaseEvent::Lost(why) => format!("The case is lost: {}.", why.name()),
            CaseEvent::StaysOpen => "The case is still open when the simulation ends.".to_owned(),
            CaseEvent::Needless => format!("{who} is no longer needed."),
        })
    }

    fn of_work(&self, event: &LoggedEvent, what: WorkEvent) -> Option<String> {
        let agent = event.agent.map(|agent| self.agent(agent))?;
        Some(match what {
            WorkEvent::Begins { .. } => return None,
            WorkEvent::Served { talk, wrap_up, passed_on } => {
                let wrap_up = match wrap_up {
                    Span::ZERO => String::new(),
                    wrap_up => format!(", with {} of wrap-up to come", span(wrap_up)),
                };
                let passed_on =
                    passed_on.map(|to| format!(" The contact is passed on to {}.", self.queue(to)));
                format!("{agent} has talked for {}{wrap_up}.{}", span(talk), passed_on.unwrap_or_default())
            }
            WorkEvent::Held { talk } => format!("{agent} has stayed with the customer for {}.", span(talk)),
            WorkEvent::Parked { talk } => {
                format!("The customer lets it rest; {agent} parks it after {}.", span(talk))
            }
            WorkEvent::Suspended { talk } => format!("Other work interrupts {agent} after {}.", span(talk)),
            WorkEvent::Resumes => format!("{agent} goes on with it."),
            WorkEvent::Ends => format!("{agent} is free again."),
        })
    }

    /// The decisions up to this moment, which are told now.
    fn until(&mut self, at: Instant) -> &'a [Choice] {
        let count = self.choices.iter().take_while(|choice| choice.at <= at).count();
        let (told, rest) = self.choices.split_at(count);
        self.choices = rest;
        told
    }

    /// Why no agent takes a contact at once.
    fn why_nobody(&mut self, at: Instant, queue: QueueId) -> String {
        let told = self.until(at);
        let groups = told.iter().rev().find_map(|choice| match &choice.between {
            Between::Agents { groups, .. } => Some(groups),
            Between::Contacts { .. } => None,
        });
        let Some(groups) = groups else { return String::new() };
        let name = |group: &GroupSeen| self.model.groups[group.group.index()].name.as_str();
        let reasons = groups.iter().map(|group| match (group.on_duty, group.with_room.len()) {
            (0, _) => format!("of {} nobody is on duty", name(group)),
            (1, 0) => format!("the one of {} is at work", name(group)),
            (all, 0) => format!("all {all} of {} are at work", name(group)),
            (_, room) if group.after > Span::ZERO => {
                format!("{} ({room} with room) helps only who has waited {}", name(group), span(group.after))
            }
            (_, room) => format!("{} ({room} with room) is kept in reserve for others", name(group)),
        });
        let reasons: Vec<String> = reasons.collect();
        match reasons.is_empty() {
            true => format!(" Nobody serves {}.", self.queue(queue)),
            false => format!(" Who serves {}: {}.", self.queue(queue), reasons.join("; ")),
        }
    }

    /// Agents who could have served it and took others first.
    fn passed_over(&mut self, at: Instant) -> String {
        let before = self.choices.iter().take_while(|choice| choice.at <= at);
        let others = before.filter_map(|choice| match &choice.between {
            Between::Contacts { agent, taken: Some(taken), ours: false, .. } => Some((*agent, *taken)),
            _ => None,
        });
        let others: Vec<(AgentId, QueueId)> = others.collect();
        let Some((first, queue)) = others.first() else { return String::new() };
        let more = match others.len() {
            1 => String::new(),
            count => format!(", and {} more did so later", count - 1),
        };
        format!(
            "Meanwhile {}, who could have served it, took another contact of {} first{more}. ",
            self.agent(*first),
            self.queue(*queue)
        )
    }

    /// Why this agent.
    fn why(&mut self, at: Instant, agent: AgentId, queue: QueueId) -> String {
        let told = self.until(at);
        let decision = told.iter().rev().find(|choice| {
            choice.at == at
                && match &choice.between {
                    Between::Agents { offer, .. } => {
                        matches!(offer, Offer::Agent(by) | Offer::Interrupt(by) if *by == agent)
                    }
                    Between::Contacts { agent: by, ours, .. } => *ours && *by == agent,
                }
        });
        match decision.map(|choice| &choice.between) {
            None => String::new(),
            Some(Between::Agents { offer: Offer::Interrupt(_), .. }) => {
                " Nobody has room; the latest begun work that may be interrupted is this agent's.".to_owned()
            }
            Some(Between::Agents { groups, .. }) => self.why_agent(groups, agent, queue),
            Some(Between::Contacts { heads, .. }) => self.why_contact(heads, agent),
        }
    }

    fn why_agent(&self, groups: &[GroupSeen], agent: AgentId, queue: QueueId) -> String {
        let rule = self.model.routing.agents[queue.index()];
        let all = || groups.iter().flat_map(|group| group.with_room.iter().map(move |seen| (group, seen)));
        let Some((group, chosen)) = all().find(|(_, seen)| seen.agent == agent) else { return String::new() };
        let mut others: Vec<(&GroupSeen, &AgentSeen)> =
            all().filter(|(_, seen)| seen.agent != agent).collect();
        if others.is_empty() {
            return " No other agent who serves it has room.".to_owned();
        }
        // The nearest ones first, as the rule sees them.
        others.sort_by(|a, b| self.rank(rule, *a).total_cmp(&self.rank(rule, *b)));
        let named = |(group, seen): &(&GroupSeen, &AgentSeen)| {
            format!("{} ({})", self.agent(seen.agent), self.value(rule, group, seen))
        };
        let mut list: Vec<String> = others.iter().take(MOST_OTHERS).map(named).collect();
        if others.len() > MOST_OTHERS {
            list.push(format!("{} more", grouped((others.len() - MOST_OTHERS) as f64, 0)));
        }
        format!(
            " Why: by `{}`, {} ({}) comes before {}.",
            rule.word(),
            self.agent(agent),
            self.value(rule, group, chosen),
            joined(&list)
        )
    }

    /// What an agent rule goes by, lowest first; equals by idle time.
    fn rank(&self, rule: AgentRule, (group, seen): (&GroupSeen, &AgentSeen)) -> f64 {
        let idle = seen.idle.map_or(0.0, Span::seconds);
        match rule {
            AgentRule::LongestIdle | AgentRule::Random => -idle,
            AgentRule::LeastOccupied => seen.busy_share,
            AgentRule::Score
            | AgentRule::MostIdle
            | AgentRule::QueueAndIdlenessRatio
            | AgentRule::Threshold
            | AgentRule::Matching => -seen.score,
            AgentRule::LastAgentFirst => f64::from(group.priority) * 1e12 - seen.score * 1e16 - idle,
            AgentRule::LeastLoaded => f64::from(group.priority) * 1e12 + f64::from(seen.load) * 1e8 - idle,
            _ => f64::from(group.priority) * 1e12 - idle,
        }
    }

    /// What an agent rule sees of an agent.
    fn value(&self, rule: AgentRule, group: &GroupSeen, seen: &AgentSeen) -> String {
        let idle = match seen.idle {
            Some(idle) => format!("idle for {}", span(idle)),
            None => format!("at work, {} of it taken", percent(f64::from(seen.load) / 1000.0)),
        };
        let handles = || plain(Unit::Seconds, group.handle_time);
        let first = match rule {
            AgentRule::LeastLoaded => format!("priority {}", group.priority),
            AgentRule::FastestFirst | AgentRule::SlowestFirst => format!("handles one in {}", handles()),
            AgentRule::BestResolver => format!("solves {}", plain(Unit::Share, group.solved)),
            AgentRule::MostSolvedPerHour => {
                format!("solves {} an hour", grouped(group.solved / group.handle_time * 3600.0, 1))
            }
            AgentRule::Cheapest => {
                let pay = self.model.groups[group.group.index()].cost_per_hour;
                format!("costs {} an hour", plain(Unit::Money, pay))
            }
            AgentRule::LeastOccupied => {
                return format!("at work for {} of its time", plain(Unit::Share, seen.busy_share));
            }
            AgentRule::MostIdle => {
                return format!("idle for {} since log-in", plain(Unit::Seconds, seen.score));
            }
            AgentRule::QueueAndIdlenessRatio => {
                let by = grouped(seen.score.abs(), 2);
                let side = if seen.score < 0.0 { "under" } else { "over" };
                format!("group {by} {side} its share of the idle")
            }
            AgentRule::Threshold => {
                format!("threshold {}", self.model.routing.thresholds[group.group.index()])
            }
            AgentRule::LastAgentFirst if seen.score > 0.0 => format!("served the customer last, {idle}"),
            AgentRule::LastAgentFirst => format!("priority {}", group.priority),
            AgentRule::LongestIdle | AgentRule::Random => return idle,
            // The place of the group among those of the queue.
            rule if rule.goes_by() == GoesBy::Groups => format!("priority {}", group.priority),
            rule => format!("{} {}", rule.word(), grouped(seen.score, 3)),
        };
        format!("{first}, {idle}")
    }

    fn why_contact(&self, heads: &[HeadSeen], agent: AgentId) -> String {
        let rule = self.model.routing.contacts;
        let value = |head: &HeadSeen| {
            let waited = format!("waiting for {}", span(head.age));
            match rule {
                ContactRule::FirstComeFirstServed => waited,
                ContactRule::Priority => {
                    let takes =
                        if head.level.1 == 1 { String::new() } else { format!(", taken {}.", head.level.1) };
                    format!("queue priority {}{takes}, {waited}", head.level.0)
                }
                _ => format!("{}, {waited}", grouped(head.index, 3)),
            }
        };
        let Some(ours) = heads.iter().find(|head| head.ours) else {
            return format!(" Why: {} is free for it.", self.agent(agent));
        };
        let others: Vec<String> = heads
            .iter()
            .filter(|head| !head.ours)
            .map(|head| format!("{} ({})", self.queue(head.queue), value(head)))
            .collect();
        let queue = self.queue(ours.queue);
        if others.is_empty() {
            return format!(
                " Why: it is free, and nobody else waits first in what it serves; {queue} has waited {}.",
                span(ours.age)
            );
        }
        format!(
            " Why: it is free, and by `{}` {queue} ({}) comes before {}.",
            rule.word(),
            value(ours),
            joined(&others)
        )
    }
}

fn span(span: Span) -> String {
    plain(Unit::Seconds, span.seconds())
}

/// `a`, `a and b`, `a, b and c`.
fn joined(list: &[String]) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
