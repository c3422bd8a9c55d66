//! The keys of the routing rules.

use crate::reading::shape::Kind::{Count, Duration, Each, Number, Tables, Word};
use crate::reading::shape::Range::{Any, Positive};
use crate::reading::shape::{Kind, Shape, key, one_of};
use crate::vocabulary::{AgentRule, ContactRule, Words, words};

words! {
    /// Both rules at once.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::scenario) enum Policy {
        SkillPriority = "skill_priority",
        FirstComeFirstServed = "first_come_first_served",
    }
}

const AGENT_RULE: Kind = Word { words: AgentRule::NAMES, later: &["most_idle", "last_agent_first"] };

pub(in crate::scenario) static ROUTING: Shape = Shape {
    name: "routing",
    doc: "Which rules decide who gets whom.",
    keys: &[
        key(
            "agents",
            AGENT_RULE,
            "\"skill_priority\"",
            "\"longest_idle\"",
            "An arriving contact: which agent. `least_loaded`: lowest skill priority, then the fewest \
             conversations; `fastest_first` and `slowest_first`: by mean handle time; `most_solved_per_hour`: share solved / handle \
             time; `least_occupied`: the least part of the time since log-in at work. Equals: longest idle",
        ),
        key(
            "contacts",
            Word { words: ContactRule::NAMES, later: &["max_weight"] },
            "\"priority\"",
            "\"first_come_first_served\"",
            "A freed agent: which contact. `longest_weighted_wait`: weight x wait; `c_mu`: weight / mean handle time; \
             `generalised_c_mu`: weight x wait / mean handle time; `share_of_target`: wait / target time. Equals: longest wait",
        ),
        key(
            "policy",
            one_of::<Policy>(),
            "",
            "\"first_come_first_served\"",
            "Sets both: `skill_priority` with `priority`, or `longest_idle` with `first_come_first_served`",
        ),
        key(
            "reserve",
            Each { of: "queue", value: &Count(0) },
            "",
            "{ vip = 2 }",
            "Other work starts only if more than so many agents able to serve the queue are idle",
        ),
        key(
            "weights",
            Each { of: "queue", value: &Number(Positive) },
            "1 each",
            "{ vip = 4 }",
            "How much a queue counts in `longest_weighted_wait`, `c_mu` and `generalised_c_mu`: the cost of waiting there",
        ),
        key("by_channel", Tables(&BY_CHANNEL), "", ".chat.agents = \"least_loaded\"", "Rules of one channel"),
        key(
            "sticky",
            Duration,
            "at once anyone",
            "\"5m\"",
            "A returning customer waits so long for the last agent before anyone may take them",
        ),
        key(
            "max_transfers",
            Count(0),
            "no limit",
            "3",
            "At most so many transfers of a contact; a leg beyond is not passed on",
        ),
        key(
            "parameters",
            Each { of: "parameter", value: &Number(Any) },
            "",
            "{ threshold = 0.5 }",
            "Numbers for a policy of one's own, written in Rust; the built-in rules do not read them",
        ),
    ],
    base: None,
};

static BY_CHANNEL: Shape = Shape {
    name: "routing of a channel",
    doc: "Rules for the contacts of one channel, by its name.",
    keys: &[key("agents", AGENT_RULE, "required", "\"least_loaded\"", "An arriving contact: which agent")],
    base: None,
};
