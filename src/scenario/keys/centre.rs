//! The keys of the whole file: horizon, experiment, channels, routing, report.

use super::Kind::{Count, Date, Duration, Each, List, Name, Number, Table, Tables, Text, Word};
use super::Range::{Inside, NotNegative, Positive};
use super::{GROUP, QUEUE, Shape, key, later, words};

pub(in super::super) static SCENARIO: Shape = Shape {
    name: "scenario",
    doc: "One contact centre.",
    keys: &[
        key("title", Text, "the file's name", "What the report calls it"),
        key("extends", Text, "", "Starts from another scenario file; what stands here goes over it"),
        key("horizon", Table(&HORIZON), "required", "The time that is played"),
        key("experiment", Table(&EXPERIMENT), "", "How often it is played, and with which seed"),
        key("channels", Tables(&CHANNEL), "one, `phone`", "How contacts travel"),
        key("queues", Tables(&QUEUE), "required", "What contacts wait in"),
        key("groups", Tables(&GROUP), "required", "Agents who share skills, pay and shifts"),
        key("routing", Table(&ROUTING), "", "Who gets whom"),
        key("report", Table(&REPORT), "", "What the report shows"),
        key(
            "profiles",
            Each { of: "profile", value: &List(&Number(NotNegative)) },
            "",
            "Named profiles: weights of the intervals of a day, from midnight",
        ),
        later("follow_ups", "Work that the centre itself starts for a case"),
        later("sweep", "A grid of variants"),
        later("variants", "The same centre with some settings changed"),
    ],
    base: None,
};

pub(in super::super) static HORIZON: Shape = Shape {
    name: "horizon",
    doc: "The time that is played: whole days from a date, or a length of the steady state.",
    keys: &[
        key("start", Date, "", "The first day; gives the weekdays. Every day has 24 hours"),
        key("days", Count(1), "1", "How many days (with `start`)"),
        key("length", Duration, "", "How long (without `start`: a study of the steady state)"),
        key("interval", Duration, "\"30m\"", "The reporting step; divides the day evenly"),
        key("warm_up", Duration, "\"0s\"", "Played before the start, not reported; whole days with `start`"),
        key(
            "at_end",
            words(&["cut", "drain"]),
            "\"cut\"",
            "What is unfinished is reported as still here, or finishes",
        ),
    ],
    base: None,
};

pub(in super::super) static EXPERIMENT: Shape = Shape {
    name: "experiment",
    doc: "How often the horizon is played, and how the draws are made.",
    keys: &[
        key("replications", Count(1), "100", "Independent play-throughs (with `precision`: the first look)"),
        key("seed", Count(0), "1", "The seed of all draws"),
        key("confidence", Number(Inside), "0.95", "Of the intervals"),
        key("precision", Table(&PRECISION), "", "Go on until a figure is known this well"),
    ],
    base: None,
};

pub(in super::super) static PRECISION: Shape = Shape {
    name: "precision",
    doc: "A half-width to reach before stopping.",
    keys: &[
        key("figure", Text, "required", "The dotted name of the figure: `total.service_level`"),
        key(
            "half_width",
            Number(Positive),
            "required",
            "In the figure's unit: shares in 0..1, times in seconds",
        ),
        key("max_replications", Count(1), "10000", "Stop there whatever the half-width"),
    ],
    base: None,
};

pub(in super::super) static CHANNEL: Shape = Shape {
    name: "channel",
    doc: "How contacts travel.",
    keys: &[
        key(
            "kind",
            Word { words: &["voice"], later: &["chat", "messaging", "deferred"] },
            "\"voice\"",
            "One at a time, the customer on the line",
        ),
        key("lines", Count(1), "no limit", "Trunks: waiting + talking; one more hears the busy signal"),
        key("max_waiting", Count(0), "no limit", "Waiting at once, over all its queues"),
        later("concurrency", "Conversations of one agent at a time"),
        later("slowdown", "Talk-time factor with 1, 2, 3 conversations"),
        later("interruptible", "A live contact may interrupt it"),
    ],
    base: None,
};

pub(in super::super) static ROUTING: Shape = Shape {
    name: "routing",
    doc: "Which rules decide who gets whom.",
    keys: &[
        key(
            "agents",
            Word {
                words: &["skill_priority", "longest_idle", "random"],
                later: &[
                    "least_occupied",
                    "most_idle",
                    "fastest_first",
                    "slowest_first",
                    "best_resolver",
                    "cheapest",
                    "least_loaded",
                    "last_agent_first",
                ],
            },
            "\"skill_priority\"",
            "An arriving contact: which agent",
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
            "A freed agent: which contact",
        ),
        key(
            "policy",
            words(&["skill_priority", "first_come_first_served"]),
            "",
            "Sets both: `skill_priority` with `priority`, or `longest_idle` with `first_come_first_served`",
        ),
        key(
            "reserve",
            Each { of: "queue", value: &Count(0) },
            "",
            "Other work starts only if more than so many agents able to serve the queue are idle",
        ),
        later("by_channel", "Rules of one channel"),
    ],
    base: None,
};

pub(in super::super) static REPORT: Shape = Shape {
    name: "report",
    doc: "What the report shows.",
    keys: &[
        key(
            "fcr_window",
            Duration,
            "\"7d\"",
            "A further contact within this time spoils the measured first-contact resolution",
        ),
        key(
            "intervals",
            words(&["auto", "each"]),
            "\"auto\"",
            "`auto`: past 28 days by date, and by weekday and time of day",
        ),
    ],
    base: None,
};

/// The word for the name of a queue.
pub(super) const QUEUE_NAME: super::Kind = Name("queue");
