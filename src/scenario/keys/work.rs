//! The keys of queues and groups.

use super::Kind::{
    Between, Count, Days, Duration, Each, Either, Flag, List, Moment, Name, Number, Stepped, Table, Tables,
    Text, TimeOfDay, Within,
};
use super::Range::{Inside, NotNegative, Positive, Share};
use super::centre::QUEUE_NAME;
use super::times::{HEADS, TIMES};
use super::{Kind, PATIENCE, Shape, TRACE, VOLUME_FILE, key, later, words};

const TO_QUEUES: Kind = Each { of: "queue", value: &Number(Share) };

pub(in super::super) static QUEUE: Shape = Shape {
    name: "queue",
    doc: "What contacts wait in and what a skill is for.",
    keys: &[
        key("channel", Name("channel"), "the only channel", "How its contacts travel"),
        key(
            "open",
            Either(&[Text, List(&Text)]),
            "\"always\"",
            "\"always\", or rules: \"mon-fri 08:00-20:00\", \"2026-05-01 closed\"",
        ),
        key(
            "at_close",
            Text,
            "\"serve\"",
            "Those inside: \"serve\" (by who is on duty, as overtime), \"clear\", \"serve_for 10m\"",
        ),
        key("priority", Count(1), "1", "1 before 2"),
        key("max_waiting", Count(0), "no limit", "Waiting at once; one more hears the busy signal"),
        key("talk", Stepped(&TIMES), "required", "Talk time; may vary over the day"),
        key("wrap_up", Stepped(&TIMES), "none", "Work after the talk; may vary over the day"),
        key("patience", Stepped(&Kind::Law(&PATIENCE)), "nobody gives up", "How long a customer would wait"),
        key("overflow", Table(&OVERFLOW), "", "Leaves for another queue after a while"),
        key("target", Table(&ANSWER), "", "Short for `targets.answer`"),
        key("targets", Table(&TARGETS), "", "Its promises"),
        key("redial", Table(&REDIALS), "", "Customers who try again"),
        key("arrivals", Table(&ARRIVALS), "no case begins here", "Cases that begin here"),
        key("resolution", Table(&RESOLUTION), "every leg solves", "Solved or not"),
        key("transfers", Tables(&TRANSFER), "", "Passed on, by the queue it goes to"),
        key("stream", Text, "its name", "The name its draws go by: keeps them when it is renamed"),
        later("self_service", "IVR, chatbot or help pages in front of it"),
        later("callback", "A waiting customer's place kept while they hang up"),
        later("backlog", "Work that is there at the start"),
    ],
    base: None,
};

static OVERFLOW: Shape = Shape {
    name: "overflow",
    doc: "A waiting contact leaves for another queue.",
    keys: &[
        key("after", Duration, "required", "After waiting this long"),
        key("to", QUEUE_NAME, "required", "For this queue"),
    ],
    base: None,
};

static TARGETS: Shape = Shape {
    name: "targets",
    doc: "What a queue promises.",
    keys: &[
        key("answer", Table(&ANSWER), "", "On waits"),
        key("abandonment", Table(&ABANDONMENT), "", "On giving up"),
        key("resolve", Table(&RESOLVE), "", "On solving, from the opening of the case"),
    ],
    base: None,
};

static ANSWER: Shape = Shape {
    name: "answer target",
    doc: "A share answered within a wait.",
    keys: &[
        key("share", Number(Inside), "required", "Share promised"),
        key("within", Duration, "required", "Within this wait"),
        key(
            "formula",
            words(&[
                "answered_of_offered",
                "answered_of_answered",
                "less_short_abandons",
                "abandons_met",
                "short_abandons_met",
            ]),
            "\"answered_of_offered\"",
            "How the service level is counted",
        ),
        key("short", Duration, "\"0s\"", "An abandonment up to this wait is short (`short_abandons_met`)"),
    ],
    base: None,
};

static ABANDONMENT: Shape = Shape {
    name: "abandonment target",
    doc: "At most a share gives up.",
    keys: &[key("max", Number(Share), "required", "At most this share")],
    base: None,
};

static RESOLVE: Shape = Shape {
    name: "resolve target",
    doc: "A share of cases solved within a time of their opening.",
    keys: &[
        key("share", Number(Inside), "required", "Share promised"),
        key("within", Within, "required", "Within this time; `wd` are working days of the queue's hours"),
    ],
    base: None,
};

static REDIALS: Shape = Shape {
    name: "redial",
    doc: "Customers who try again.",
    keys: &[
        key("after_abandon", Table(&REDIAL), "", "After giving up"),
        key("after_busy", Table(&REDIAL), "", "After a busy signal"),
        key("after_closed", Table(&REDIAL_CLOSED), "", "After finding it closed"),
    ],
    base: None,
};

static REDIAL: Shape = Shape {
    name: "redial rule",
    doc: "Who tries again, when and where.",
    keys: &[
        key("probability", Number(Share), "0", "Share that tries again"),
        key("delay", TIMES, "required", "After this time"),
        key("limit", Count(1), "no limit", "At most so many further attempts of one case"),
        key("to", TO_QUEUES, "the same queue", "Where; what the shares leave tries the same queue"),
    ],
    base: None,
};

static REDIAL_CLOSED: Shape = Shape {
    name: "redial rule after closing",
    doc: "Who tries again after finding the queue closed.",
    keys: &[
        key("probability", Number(Share), "0", "Share that tries again"),
        key("delay", TIMES, "the next opening", "After this time"),
        key("limit", Count(1), "no limit", "At most so many further attempts of one case"),
        key("to", TO_QUEUES, "the same queue", "Where; what the shares leave tries the same queue"),
    ],
    base: None,
};

static RESOLUTION: Shape = Shape {
    name: "resolution",
    doc: "Whether a finished leg solves the case, and what becomes of the others.",
    keys: &[
        key("probability", Number(Share), "1", "Share of finished legs without transfer that solve the case"),
        key("recontact", Table(&RECONTACT), "the others are lost", "The unsolved that come back"),
    ],
    base: None,
};

static RECONTACT: Shape = Shape {
    name: "recontact",
    doc: "Unsolved cases that come back.",
    keys: &[
        key("probability", Number(Share), "0", "Share of the unsolved; the rest is lost"),
        key("delay", TIMES, "required", "After this time"),
        key("to", TO_QUEUES, "the same queue", "Where; what the shares leave comes to the same queue"),
    ],
    base: None,
};

static TRANSFER: Shape = Shape {
    name: "transfer",
    doc: "Contacts passed on to another queue at the end of the talk.",
    keys: &[
        key("probability", Number(Share), "0", "Share of finished legs"),
        key(
            "kind",
            Kind::Word { words: &["cold"], later: &["warm"] },
            "\"cold\"",
            "Cold: the agent hangs up at once",
        ),
        key(
            "requeue",
            words(&["tail", "age", "head"]),
            "\"tail\"",
            "Behind everyone; by its age since its first entry; before everyone",
        ),
        later("handover", "Both agents busy at a warm transfer"),
        later("hold_limit", "Then a warm transfer becomes a cold one"),
        later("follow_up", "What the first agent does afterwards"),
    ],
    base: None,
};

static ARRIVALS: Shape = Shape {
    name: "arrivals",
    doc: "Cases that begin in a queue. One of `per_day`, `per_hour`, `per_interval`, `csv`, `trace`.",
    keys: &[
        key("per_day", Number(NotNegative), "", "Cases on a weekday of factor 1"),
        key(
            "profile",
            Either(&[List(&Number(NotNegative)), Name("profile")]),
            "evenly over the opening hours",
            "With `per_day`: weights of the intervals of a day, from midnight, or a named profile",
        ),
        key("per_hour", Stepped(&Number(NotNegative)), "", "Cases per hour"),
        key(
            "per_interval",
            List(&Number(NotNegative)),
            "",
            "Cases in each reporting interval of a day, or of the whole horizon",
        ),
        key("csv", Table(&VOLUME_FILE), "", "Volumes in a file; each is a Poisson mean"),
        key("trace", Table(&TRACE), "", "Single arrivals in a file, replayed as they are"),
        key(
            "weekday",
            Each { of: "weekday", value: &Number(NotNegative) },
            "1 each",
            "Factors of the weekdays",
        ),
        key("busyness", Table(&BUSYNESS), "", "Good and bad days: a gamma factor a day, of mean 1"),
        key("events", Tables(&EVENT), "", "Stretches of time with another volume"),
    ],
    base: None,
};

static BUSYNESS: Shape = Shape {
    name: "busyness",
    doc: "A gamma factor a day, of mean 1.",
    keys: &[
        key("cv", Number(NotNegative), "required", "Standard deviation of the factor"),
        key("shared", Text, "its own", "Queues that name the same share the factor"),
        key("correlation", Number(Share), "1", "To the shared factor; 1 is the shared factor itself"),
    ],
    base: None,
};

static EVENT: Shape = Shape {
    name: "event",
    doc: "A stretch of time with another volume.",
    keys: &[
        key("at", Moment, "required", "When it begins (without calendar: time since the start)"),
        key("length", Duration, "required", "How long"),
        key("factor", Number(NotNegative), "required", "What the volume is multiplied by"),
    ],
    base: None,
};

pub(in super::super) static GROUP: Shape = Shape {
    name: "group",
    doc: "Agents who share skills, pay and shifts. It has `staff`, `shifts`, or both.",
    keys: &[
        key(
            "skills",
            Either(&[List(&QUEUE_NAME), Tables(&SKILL)]),
            "required",
            "What it can serve: a list of queues, all of priority 1, or a table for each",
        ),
        key("staff", HEADS, "", "Heads on contacts, without shifts; may be a step table"),
        key("shifts", Tables(&SHIFT), "", "Rostered agents"),
        key(
            "shrinkage",
            Either(&[Number(Share), Each { of: "reason", value: &Number(Share) }]),
            "0",
            "Paid time not available: `total` (paid breaks included), or `absence` and any others; `staff` counts heads without it",
        ),
        key("cost", Table(&COST), "", "Pay"),
        key("site", Text, "", "Where it sits"),
        key(
            "leave",
            words(&["longest_idle", "random", "first_to_finish"]),
            "\"longest_idle\"",
            "Who leaves when `staff` falls",
        ),
        later("capacity", "What may run together at one agent"),
    ],
    base: None,
};

pub(in super::super) static SKILL: Shape = Shape {
    name: "skill",
    doc: "A group's ability to serve a queue.",
    keys: &[
        key("priority", Count(1), "1", "Orders the groups for an arriving contact: 1 before 2"),
        key("takes", Count(1), "the priority", "Orders the queues for a freed agent: 1 before 2"),
        key("speed", Number(Positive), "1", "Divides talk and wrap-up times"),
        key("resolution", Number(Share), "the queue's", "Share of finished legs that solve the case"),
        key("after", Duration, "at once", "Helps only those who have waited this long"),
        key("talk", Stepped(&TIMES), "the queue's", "Talk time"),
    ],
    base: None,
};

static COST: Shape = Shape {
    name: "cost",
    doc: "Pay.",
    keys: &[key("per_hour", Number(NotNegative), "required", "Per paid hour")],
    base: None,
};

static SHIFT: Shape = Shape {
    name: "shift",
    doc: "Rostered agents, the same every day.",
    keys: &[
        key("agents", Count(0), "required", "Rostered heads"),
        key("days", Days, "\"mon-sun\"", "Weekdays on which it starts"),
        key("start", TimeOfDay, "required", "When it starts"),
        key("length", Duration, "required", "Start to end, breaks included"),
        key("breaks", Tables(&BREAK), "", "Its breaks"),
    ],
    base: None,
};

static BREAK: Shape = Shape {
    name: "break",
    doc: "A break: `after` so long (spread over the agents), or `between` two times of day.",
    keys: &[
        key("after", Duration, "", "This long after the shift's start"),
        key("spread", Duration, "\"0s\"", "With `after`: from the first agent's break to the last one's"),
        key("between", Between, "", "Taken whole between two times of day, the agents spread evenly"),
        key("length", Duration, "required", "How long"),
        key("paid", Flag, "true", "Whether the pay goes on"),
    ],
    base: None,
};
