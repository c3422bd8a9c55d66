//! The keys of groups, their skills and shifts.

use super::{HEADS, QUEUE_NAME, TIMES};
use crate::reading::shape::Kind::{
    Between, Count, Days, Duration, Each, Either, Flag, List, Members, Number, Stepped, Table, Tables, Text,
    TimeOfDay,
};
use crate::reading::shape::Range::{NotNegative, Part, Positive, Share};
use crate::reading::shape::{Shape, key, one_of};
use crate::vocabulary::Leave;

pub(in crate::scenario) static GROUP: Shape = Shape {
    name: "group",
    doc: "Agents who share skills, pay and shifts. It has `staff`, `shifts`, or both.",
    keys: &[
        key(
            "skills",
            Either(&[List(&QUEUE_NAME), Tables(&SKILL)]),
            "required",
            "[\"billing\", \"technical\"]",
            "What it can serve: a list of queues, all of priority 1, or a table for each",
        ),
        key(
            "staff",
            HEADS,
            "",
            "{ \"08:00\" = 12, \"18:00\" = 4 }",
            "Heads on contacts, without shifts; may be a step table",
        ),
        key(
            "shifts",
            Members(&SHIFT),
            "",
            ".early = { agents = 12, start = \"08:00\", length = \"8h30m\" }",
            "Rostered agents",
        ),
        key(
            "shrinkage",
            Either(&[Number(Share), Each { of: "reason", value: &Number(Share) }]),
            "0",
            "{ total = 0.28 }",
            "Paid time not available: `total` (paid breaks included), or `absence` and any others; `staff` counts heads without it",
        ),
        key(
            "capacity",
            Each { of: "channel", value: &Number(Part) },
            "1 (voice, deferred), 1/`concurrency` (chat, messaging)",
            "{ phone = 1.0, chat = 0.33, email = 0.5 }",
            "Share of an agent that one contact takes: what may run together sums up to 1",
        ),
        key("cost", Table(&COST), "", "{ per_hour = 17.75 }", "Pay"),
        key("site", Text, "", "\"lyon\"", "Where it sits"),
        key(
            "leave",
            one_of::<Leave>(),
            "\"longest_idle\"",
            "\"first_to_finish\"",
            "Who leaves when `staff` falls. `longest_idle`: first the longest idle, then the longest busy, who finish what they do; `random`: anyone, by a draw; `first_to_finish`: whoever is free first. When `staff` rises before they have left, those marked last stay",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static SKILL: Shape = Shape {
    name: "skill",
    doc: "A group's ability to serve a queue.",
    keys: &[
        key("priority", Count(1), "1", "2", "Orders the groups for an arriving contact: 1 before 2"),
        key("takes", Count(1), "the priority", "2", "Orders the queues for a freed agent: 1 before 2"),
        key("speed", Number(Positive), "1", "0.85", "Divides talk and wrap-up times"),
        key("resolution", Number(Share), "the queue's", "0.8", "Share of finished legs that solve the case"),
        key("after", Duration, "at once", "\"90s\"", "Helps only those who have waited this long"),
        key("talk", Stepped(&TIMES), "the queue's", "{ mean = \"5m\" }", "Talk time"),
    ],
    base: None,
};

static COST: Shape = Shape {
    name: "cost",
    doc: "Pay.",
    keys: &[key("per_hour", Number(NotNegative), "required", "17.75", "Per paid hour")],
    base: None,
};

static SHIFT: Shape = Shape {
    name: "shift",
    doc: "Rostered agents, the same every day.",
    keys: &[
        key("agents", Count(0), "required", "12", "Rostered heads"),
        key("days", Days, "\"mon-sun\"", "\"mon-fri\"", "Weekdays on which it starts"),
        key("start", TimeOfDay, "required", "\"08:00\"", "When it starts"),
        key("length", Duration, "required", "\"8h30m\"", "Start to end, breaks included"),
        key("breaks", Tables(&BREAK), "", ".coffee = { after = \"2h\", length = \"15m\" }", "Its breaks"),
    ],
    base: None,
};

static BREAK: Shape = Shape {
    name: "break",
    doc: "A break: `after` so long (spread over the agents), or `between` two times of day.",
    keys: &[
        key("after", Duration, "", "\"2h\"", "This long after the shift's start"),
        key(
            "spread",
            Duration,
            "\"0s\"",
            "\"45m\"",
            "With `after`: from the first agent's break to the last one's",
        ),
        key(
            "between",
            Between,
            "",
            "\"12:00-13:30\"",
            "Taken whole between two times of day, the agents spread evenly",
        ),
        key("length", Duration, "required", "\"30m\"", "How long"),
        key("paid", Flag, "true", "false", "Whether the pay goes on"),
    ],
    base: None,
};
