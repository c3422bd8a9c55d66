//! The keys of follow-ups: work that the centre itself starts.

use super::super::Trigger;
use super::{QUEUE_NAME, TIMES};
use crate::reading::shape::Kind::Word;
use crate::reading::shape::Kind::{Count, Duration, Either, List, Name, Number, Stepped};
use crate::reading::shape::Range::Share;
use crate::reading::shape::{Shape, key, one_of};
use crate::vocabulary::Clock;

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
