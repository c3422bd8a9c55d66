//! The keys of the routing rules.

use super::Kind::{Count, Duration, Each, Tables, Word};
use super::{Kind, Shape, key, words};

const AGENT_RULE: Kind = Word {
    words: &["skill_priority", "longest_idle", "random", "least_loaded"],
    later: &[
        "least_occupied",
        "most_idle",
        "fastest_first",
        "slowest_first",
        "best_resolver",
        "cheapest",
        "last_agent_first",
    ],
};

pub(in super::super) static ROUTING: Shape = Shape {
    name: "routing",
    doc: "Which rules decide who gets whom.",
    keys: &[
        key(
            "agents",
            AGENT_RULE,
            "\"skill_priority\"",
            "\"longest_idle\"",
            "An arriving contact: which agent. `least_loaded`: lowest skill priority, then the fewest \
             conversations",
        ),
        key(
            "contacts",
            Word {
                words: &["priority", "first_come_first_served"],
                later: &[
                    "longest_weighted_wait",
                    "earliest_due",
                    "share_of_target",
                    "accumulating_priority",
                    "longest_queue",
                    "max_weight",
                ],
            },
            "\"priority\"",
            "\"first_come_first_served\"",
            "A freed agent: which contact",
        ),
        key(
            "policy",
            words(&["skill_priority", "first_come_first_served"]),
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
    ],
    base: None,
};

static BY_CHANNEL: Shape = Shape {
    name: "routing of a channel",
    doc: "Rules for the contacts of one channel, by its name.",
    keys: &[key("agents", AGENT_RULE, "required", "\"least_loaded\"", "An arriving contact: which agent")],
    base: None,
};
