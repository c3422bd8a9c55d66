//! `[routing]`: which rules decide who gets whom.

use super::names::{Each, GroupName, Names, QueueName};
use super::script::{Script, Steps, scripts as scripts_of};
use crate::expression::Expression;
use crate::reading::fields::Fields;
use crate::reading::kinds::{AnyNumber, AtLeastOne, Count, Duration, Positive, Text, Word};
use crate::reading::score::expression;
use crate::reading::table::{KeyOf, LeftOut, Tabled, Tables, table};
use crate::units::Span;
use crate::vocabulary::{AgentRule, AgentTerm, ContactRule, ContactTerm, ScriptTerm, Words, words};

words! {
    /// Both rules at once.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum Policy {
        SkillPriority = "skill_priority",
        FirstComeFirstServed = "first_come_first_served",
        QueueAndIdlenessRatio = "queue_and_idleness_ratio",
        Matching = "matching",
    }
}

/// `[routing]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Routing {
    /// An arriving contact: which agent.
    pub agents: AgentRule,
    /// A freed agent: which contact.
    pub contacts: ContactRule,
    /// (queue, n): other work starts only if more than n agents able to serve the queue are idle,
    /// the one who would start it counted.
    pub reserve: Vec<(String, u32)>,
    /// (queue, weight) of the contact rules that weigh queues; 1 where nothing is said.
    pub weights: Vec<(String, f64)>,
    /// (queue, power): the cost of a wait grows with this power of it; 2 where nothing is said.
    pub cost_power: Vec<(String, f64)>,
    /// (queue, part): how all who wait should be spread over the queues; 1 where nothing is said.
    pub queue_ratio: Vec<(String, f64)>,
    /// (group, part): how all who are idle should be spread over the groups; 1 where nothing is said.
    pub idleness_ratio: Vec<(String, f64)>,
    /// (group, n): with at least n agents idle who can serve the contact, the group comes first.
    pub thresholds: Vec<(String, u32)>,
    /// (queue, time): its contacts count as having waited so much longer.
    pub head_start: Vec<(String, Span)>,
    /// (channel, rule): another rule for the contacts of a channel.
    pub by_channel: Vec<(String, AgentRule)>,
    /// (queue, rule): another rule for the contacts of a queue.
    pub by_queue: Vec<(String, AgentRule)>,
    /// What is done for contacts as they wait.
    pub scripts: Vec<Script>,
    /// A returning customer waits so long for the last agent before anyone may take them.
    pub sticky: Option<Span>,
    /// At most so many transfers of a contact; a leg beyond is not passed on.
    pub max_transfers: Option<u32>,
    /// The number of a waiting contact by rule `score`.
    pub contact_score: Option<Expression<ContactTerm>>,
    /// The number of an agent by rule `score`.
    pub agent_score: Option<Expression<AgentTerm>>,
    /// (name, value): for scores, and for a policy of one's own.
    pub parameters: Vec<(String, f64)>,
}

table! {
    /// Which rules decide who gets whom.
    keys of Routing = "routing" {
        /// An arriving contact: which agent. `least_loaded`: lowest skill priority, then the fewest
        /// conversations; `fastest_first` and `slowest_first`: by mean handle time; `most_solved_per_hour`:
        /// share solved / handle time; `least_occupied`: the least part of the time since log-in at work; `most_idle`:
        /// the most idle time since log-in; `last_agent_first`: whoever served the customer last, else as
        /// `skill_priority`; `threshold`: by `thresholds`; `queue_and_idleness_ratio`: by `idleness_ratio`;
        /// `matching`: by the skills' `matching`. Equals: longest idle
        agents: Word<AgentRule>, default("skill_priority"), example("longest_idle");
        /// A freed agent: which contact. `longest_weighted_wait`: weight x wait; `c_mu`: weight / mean handle
        /// time; `generalised_c_mu`: weight x wait / mean handle time; `share_of_target`: wait / target time;
        /// `queue_and_idleness_ratio`: by `queue_ratio`; `matching`: by the skills' `matching`. Equals: longest wait
        contacts: Word<ContactRule>, default("priority"), example("first_come_first_served");
        /// Sets both: `skill_priority` with `priority`, `longest_idle` with `first_come_first_served`, or
        /// `queue_and_idleness_ratio` or `matching` with itself
        policy: Word<Policy>, none, example("first_come_first_served");
        /// Other work starts only if more than so many agents able to serve the queue are idle
        reserve: Each<QueueName, Count<0>>, empty, example({ vip = 2 });
        /// How much a queue counts in `longest_weighted_wait`, `c_mu` and `generalised_c_mu`: the cost of
        /// waiting there. With `priority`, weight x wait decides between contacts of one rank
        weights: Each<QueueName, Positive>, empty("1 each"), example({ vip = 4 });
        /// `generalised_c_mu`: the cost of a wait is weight x minutes to this power
        cost_power: Each<QueueName, AtLeastOne>, empty("2 each"), example({ vip = 3 });
        /// `queue_and_idleness_ratio`: all who wait should be spread over the queues in these proportions
        queue_ratio: Each<QueueName, Positive>, empty("1 each"), example({ vip = 1, service = 4 });
        /// `queue_and_idleness_ratio`: all agents who are idle should be spread over the groups in these proportions
        idleness_ratio: Each<GroupName, Positive>, empty("1 each"), example({ seniors = 2, juniors = 1 });
        /// `threshold`: where at least so many agents are idle who can serve the contact, the group comes first; of
        /// several the one of the highest threshold, after them the one of the lowest
        thresholds: Each<GroupName, Count<0>>, empty("0 each"), example({ thorough = 3 });
        /// Contacts of the queue count as having waited so much longer when they are compared with those of others
        head_start: Each<QueueName, Duration>, empty, example({ vip = "60s" });
        /// What `contacts = "score"` goes by, which need not be written beside it: the highest is taken, of equals
        /// the longest wait. An expression over `wait`, `target`, `weight`, `handle_time`, `rate`, `solved`,
        /// `patience`, `waiting`, `idle`, `priority`, `takes`, `attempts`, `legs`, `age`, `is_retry`, `is_repeat` and
        /// `parameters`
        contact_score: Text, none, example("weight * wait / target");
        /// What `agents = "score"` goes by: the highest is taken, of equals the longest idle. An expression over
        /// `idle_time`, `busy_share`, `worked`, `load`, `handle_time`, `rate`, `solved`, `pay`, `priority`, `idle`,
        /// `skills`, `wait`, `waiting`, `attempts`, `legs`, `age` and `parameters`
        agent_score: Text, none, example("solved * rate");
        /// Rules of one channel
        by_channel: Tables<ByChannel>, none, example(.chat.agents = "least_loaded");
        /// Rules of one queue; they come before those of its channel
        by_queue: Tables<ByQueue>, none, example(.vip.agents = "best_resolver");
        /// What is done for the contacts of a queue as they wait, step by step: whom they are offered to, and from when;
        /// a callback; another queue. Without a step that asks, all who can serve the queue are asked
        scripts: Each<QueueName, Steps>, empty, example({ billing.later = { after = "30s", ask = ["generalists"] } });
        /// A returning customer waits so long for the last agent before anyone may take them
        sticky: Duration, none("at once anyone"), example("5m");
        /// At most so many transfers of a contact; a leg beyond is not passed on
        max_transfers: Count<0>, none("no limit"), example(3);
        /// Numbers that the scores call by name, and that a policy of one's own, written in Rust, can ask for
        parameters: Each<Parameter, AnyNumber>, empty, example({ threshold = 0.5 });
    }
}

/// A name that the policy chooses.
pub(super) enum Parameter {}

impl Names for Parameter {
    const OF: &'static str = "parameter";
    const REFERS: bool = false;
}

/// The score of a key, if it is written.
fn score<T: Words + PartialEq, L: LeftOut<Text, Given = Option<String>>>(
    table: &Fields<'_>,
    key: KeyOf<Text, L>,
    parameters: &[(String, f64)],
) -> Option<Expression<T>> {
    let (place, path) = (table.place_of(key.name), table.at(key.name));
    let text = table.read(key)?;
    let score: Expression<T> = expression(table.cx, (&text, place, &path), parameters)?;
    if score.terms().is_empty() {
        let title = format!("`{path}` is the same for everyone, and decides nothing");
        table.cx.log.error(place, title, "").help("a score asks for something, as `wait` or `idle_time`");
        return None;
    }
    Some(score)
}

/// Rules of one channel.
pub(super) enum ByChannel {}

table! {
    /// Rules for the contacts of one channel, by its name.
    keys of ByChannel = "routing of a channel" {
        /// An arriving contact: which agent
        agents: Word<AgentRule>, required, example("least_loaded");
    }
}

/// Rules of one queue.
pub(super) enum ByQueue {}

table! {
    /// Rules for the contacts of one queue, by its name.
    keys of ByQueue = "routing of a queue" {
        /// An arriving contact: which agent
        agents: Word<AgentRule>, required, example("fastest_first");
    }
}

impl Tabled for Routing {
    fn read(table: &Fields<'_>) -> Option<Routing> {
        let log = table.cx.log;
        let (by_agents, by_contacts) = (Routing::agents.name, Routing::contacts.name);
        let policy = table.read(Routing::policy);
        for key in [by_agents, by_contacts] {
            if policy.is_some() && table.has(key) {
                let title = format!("`routing.policy` and `routing.{key}` contradict each other");
                let reason = "`policy` sets both `agents` and `contacts`";
                log.error(table.place_of(key), title, reason).help("leave one of them out");
            }
        }
        let (mut agents, mut contacts) = (table.read(Routing::agents), table.read(Routing::contacts));
        match policy {
            None | Some(Policy::SkillPriority) => {}
            Some(Policy::FirstComeFirstServed) => {
                (agents, contacts) = (AgentRule::LongestIdle, ContactRule::FirstComeFirstServed);
            }
            Some(Policy::QueueAndIdlenessRatio) => {
                (agents, contacts) = (AgentRule::QueueAndIdlenessRatio, ContactRule::QueueAndIdlenessRatio);
            }
            Some(Policy::Matching) => (agents, contacts) = (AgentRule::Matching, ContactRule::Matching),
        }
        let parameters = table.read(Routing::parameters);
        let scripts = table.read(Routing::scripts);
        if !scripts.is_empty()
            || table.has(Routing::contact_score.name)
            || table.has(Routing::agent_score.name)
        {
            shadowed(table, &parameters);
        }
        let scripts = scripts_of(table, scripts, &parameters);
        let contact_score: Option<Expression<ContactTerm>> =
            score(table, Routing::contact_score, &parameters);
        let agent_score: Option<Expression<AgentTerm>> = score(table, Routing::agent_score, &parameters);
        let whens = scripts.iter().flat_map(|script| &script.steps).filter_map(|step| step.when.as_ref());
        let texts: Vec<String> = (contact_score.iter().map(ToString::to_string))
            .chain(agent_score.iter().map(ToString::to_string))
            .chain(whens.map(ToString::to_string))
            .collect();
        unused(table, &parameters, &texts.iter().map(String::as_str).collect::<Vec<_>>());
        // A score that is written is meant, where no rule says otherwise.
        if table.has(Routing::contact_score.name) && policy.is_none() && !table.has(by_contacts) {
            contacts = ContactRule::Score;
        }
        if table.has(Routing::agent_score.name) && policy.is_none() && !table.has(by_agents) {
            agents = AgentRule::Score;
        }
        let weights = table.read(Routing::weights);
        let weighs = contact_score.as_ref().is_some_and(|score| score.terms().contains(&ContactTerm::Weight));
        if !weights.is_empty() && !contacts.weighs() && !weighs {
            let title = "`routing.weights` changes nothing here";
            let reason = "the rule of `routing.contacts` weighs no queues";
            let help = "`longest_weighted_wait`, the `c_mu` rules, `max_weight`, `priority` among contacts of one \
                        rank, and scores with `weight` do";
            log.error(table.place_of(Routing::weights.name), title, reason).help(help);
        }
        let by_channel = |table: &Fields<'_>| {
            table.cx.refer("channel", table.name, table.place, "routing.by_channel".to_owned());
            Some((table.name.to_owned(), table.read(ByChannel::agents)?))
        };
        let by_channel: Vec<_> = table.tables(Routing::by_channel).iter().filter_map(by_channel).collect();
        let by_queue = |table: &Fields<'_>| {
            table.cx.refer("queue", table.name, table.place, "routing.by_queue".to_owned());
            Some((table.name.to_owned(), table.read(ByQueue::agents)?))
        };
        let by_queue: Vec<_> = table.tables(Routing::by_queue).iter().filter_map(by_queue).collect();
        let some = |wanted: AgentRule| {
            let others = by_channel.iter().chain(&by_queue).map(|(_, rule)| *rule);
            std::iter::once(agents).chain(others).any(|rule| rule == wanted)
        };
        used(table, by_agents, Routing::agent_score.name, some(AgentRule::Score));
        used(table, by_contacts, Routing::contact_score.name, contacts == ContactRule::Score);
        used(table, by_agents, Routing::thresholds.name, some(AgentRule::Threshold));
        let by_ratio = some(AgentRule::QueueAndIdlenessRatio);
        idle_key(
            table,
            Routing::idleness_ratio.name,
            by_ratio,
            "`agents = \"queue_and_idleness_ratio\"` goes by it",
        );
        let by_ratio = contacts == ContactRule::QueueAndIdlenessRatio;
        idle_key(
            table,
            Routing::queue_ratio.name,
            by_ratio,
            "`contacts = \"queue_and_idleness_ratio\"` goes by it",
        );
        let convex = contacts == ContactRule::GeneralisedCMu;
        idle_key(table, Routing::cost_power.name, convex, "`contacts = \"generalised_c_mu\"` goes by it");
        let help = "`priority`, `first_come_first_served`, `longest_weighted_wait`, `generalised_c_mu`, \
                    `share_of_target` and `earliest_due` compare waits";
        idle_key(table, Routing::head_start.name, contacts.compares_waits(), help);
        Some(Routing {
            agents,
            contacts,
            reserve: table.read(Routing::reserve),
            weights,
            cost_power: table.read(Routing::cost_power),
            queue_ratio: table.read(Routing::queue_ratio),
            idleness_ratio: table.read(Routing::idleness_ratio),
            thresholds: table.read(Routing::thresholds),
            head_start: table.read(Routing::head_start),
            by_channel,
            by_queue,
            sticky: table.read(Routing::sticky),
            scripts,
            max_transfers: table.read(Routing::max_transfers),
            contact_score,
            agent_score,
            parameters,
        })
    }
}

/// Parameters that nothing written asks for. Without scores and scripts they are for a policy of one's own.
fn unused(table: &Fields<'_>, parameters: &[(String, f64)], texts: &[&str]) {
    let word = |c: char| !(c.is_alphanumeric() || c == '_');
    let asked = |name: &str| texts.iter().any(|text| text.split(word).any(|part| part == name));
    for (name, _) in parameters.iter().filter(|(name, _)| !texts.is_empty() && !asked(name)) {
        let title = format!("nothing asks for `routing.parameters.{name}`");
        let reason = "no score and no condition of a script names it";
        table.cx.log.warning(table.place_within(Routing::parameters.name, name), title, reason);
    }
}

/// A parameter that a term of the scores hides.
fn shadowed(table: &Fields<'_>, parameters: &[(String, f64)]) {
    let terms = ContactTerm::NAMES.iter().chain(AgentTerm::NAMES).chain(ScriptTerm::NAMES);
    for (name, _) in parameters.iter().filter(|(name, _)| terms.clone().any(|term| term == name)) {
        let title = format!("`routing.parameters.{name}` has a name that scores know already");
        let reason = format!("in a score, `{name}` is what its contact or agent has");
        let place = table.place_within(Routing::parameters.name, name);
        table.cx.log.error(place, title, reason).help("call the parameter something else");
    }
}

/// A rule without the key that it goes by, or the key without the rule: `score` with its score, `threshold` with its
/// thresholds.
fn used(table: &Fields<'_>, rule: &'static str, key: &'static str, by_rule: bool) {
    let log = table.cx.log;
    let (word, what) =
        if key == Routing::thresholds.name { ("threshold", "threshold") } else { ("score", "score") };
    if by_rule && !table.has(key) {
        let title = format!("`routing.{rule} = \"{word}\"` needs `routing.{key}`");
        log.error(table.place_of(rule), title, format!("no {what} is given")).derived();
    } else if !by_rule && table.has(key) {
        let title = format!("`routing.{key}` changes nothing here");
        let reason = format!("`{rule}` is another rule");
        log.error(table.place_of(key), title, reason)
            .help(format!("write {rule} = \"{word}\", or leave it out"));
    }
}

/// A key that the rules do not ask for.
fn idle_key(table: &Fields<'_>, key: &'static str, asked: bool, help: &str) {
    if table.has(key) && !asked {
        let title = format!("`routing.{key}` changes nothing here");
        let reason = "the rules of `routing` do not ask for it";
        table.cx.log.error(table.place_of(key), title, reason).help(help);
    }
}
