//! The keys of work that the centre itself starts: callbacks and follow-ups.

use super::super::Trigger;
use super::{QUEUE_NAME, TIMES};
use crate::reading::shape::Kind::Word;
use crate::reading::shape::Kind::{Count, Duration, Either, List, Name, Number, Stepped, Table};
use crate::reading::shape::Range::Share;
use crate::reading::shape::{Shape, key, one_of, word};
use crate::vocabulary::Clock;

pub(in crate::scenario) static CALLBACK: Shape = Shape {
    name: "callback",
    doc: "A waiting customer's place kept while they hang up (virtual hold).",
    keys: &[
        key(
            "offer_when",
            Table(&OFFER_WHEN),
            "required",
            "{ expected_wait = \"3m\" }",
            "When an arriving customer who must wait is offered one",
        ),
        key("accept", Number(Share), "0", "0.5", "Share that accepts"),
        key(
            "start_when",
            Either(&[word(&["place_reached"]), Table(&START_WHEN)]),
            "required",
            "{ idle_agents = 2 }",
            "When it is made; \"place_reached\": everyone who came before has been served",
        ),
        key("reached", Number(Share), "1", "0.9", "Share of calls that the customer answers"),
        key("ring", Duration, "\"30s\"", "\"20s\"", "An agent's time for a call that is not answered"),
        key("retries", Count(0), "0", "2", "Further calls after one that is not answered"),
        key("retry_after", TIMES, "\"30m\"", "{ mean = \"30m\" }", "After this time"),
    ],
    base: None,
};

static OFFER_WHEN: Shape = Shape {
    name: "offer of a callback",
    doc: "When a callback is offered: one of them.",
    keys: &[
        key("expected_wait", Duration, "", "\"3m\"", "The head of the line has waited at least so long"),
        key("queue_length", Count(0), "", "10", "At least so many wait, the customer not counted"),
    ],
    base: None,
};

static START_WHEN: Shape = Shape {
    name: "start of a callback",
    doc: "When a callback is made: one of them.",
    keys: &[
        key("idle_agents", Count(1), "", "2", "Nobody waits and at least so many able agents are idle"),
        key(
            "within",
            Duration,
            "",
            "\"2h\"",
            "Nobody waits and an able agent is idle; after so long, before everyone",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static FOLLOW_UP: Shape = Shape {
    name: "follow-up",
    doc: "Work that the centre itself starts for a case: a courtesy call, an acknowledgement, a check.",
    keys: &[
        key(
            "trigger",
            one_of::<Trigger>(),
            "required",
            "\"transfer\"",
            "What starts it. `transfer`: one that names it. `unresolved`: a leg that did not solve the case. \
             `resolved`: one after which the agent takes it for solved. `complaint`: a customer who comes back \
             unsolved, or chases. `arrival`: a new case (an acknowledgement)",
        ),
        key(
            "queues",
            List(&QUEUE_NAME),
            "all",
            "[\"billing\"]",
            "In these queues (with `transfer` the transfers name it instead)",
        ),
        key("share", Number(Share), "1", "0.5", "Share of the occasions"),
        key(
            "owner",
            Either(&[Word { words: &["first_agent", "last_agent"], later: &[] }, QUEUE_NAME]),
            "\"last_agent\"",
            "\"first_agent\"",
            "Who does it: the case's first agent, the agent of the leg that started it, or whoever serves a \
             queue",
        ),
        key(
            "after",
            TIMES,
            "\"0s\"",
            "{ mean = \"4h\" }",
            "Begun after this time of the clock; where only opening hours count, not before the queue opens",
        ),
        key("due", Duration, "no date", "\"24h\"", "To be done so long after it was started"),
        key(
            "clock",
            one_of::<Clock>(),
            "\"always\"",
            "\"open_hours\"",
            "Which time counts for `due`, and when it may be begun: at any time, or in the opening hours of \
             the case's queue",
        ),
        key("channel", Name("channel"), "the only channel", "\"phone\"", "How it travels"),
        key("talk", Stepped(&TIMES), "required", "{ mean = \"3m\" }", "Talk time; may vary over the day"),
        key("wrap_up", Stepped(&TIMES), "none", "\"20s\"", "Work after the talk; may vary over the day"),
        key("priority", Count(1), "2", "1", "1 before 2, among queues and follow-ups"),
        key("reached", Number(Share), "1", "0.7", "Share of attempts that reach the customer"),
        key("ring", Duration, "\"30s\"", "\"20s\"", "An agent's time for an attempt that does not"),
        key("retries", Count(0), "0", "2", "Further attempts"),
        key("retry_after", TIMES, "\"2h\"", "{ mean = \"2h\" }", "After this time"),
        key("solves", Number(Share), "0", "0.5", "Share of still-open cases that it solves"),
    ],
    base: None,
};
