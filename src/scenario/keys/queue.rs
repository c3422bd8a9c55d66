//! The keys of queues: what a contact waits in.

use super::super::callback::{Callback, CallbacksCount};
use super::super::chase::Chase;
use super::super::conversation::Conversation;
use super::super::escalation::Escalation;
use super::{ARRIVALS, PATIENCE, QUEUE_NAME, REDIALS, RESOLUTION, SELF_SERVICE, TIMES, TRANSFER};
use crate::reading::kinds::Declares;
use crate::reading::shape::Kind::{
    Count, Duration, Either, Law, List, Name, Number, Stepped, Table, Tables, Text, Within,
};
use crate::reading::shape::Range::{Inside, Share};
use crate::reading::shape::{Kind, Shape, key, one_of};
use crate::reading::table::Keyed;
use crate::vocabulary::{Backlog, Clock, ServiceLevelFormula};

/// Opening hours.
pub(super) const OPEN: Kind = Either(&[Text, List(&Text)]);

pub(in crate::scenario) static QUEUE: Shape = Shape {
    name: "queue",
    doc: "What contacts wait in and what a skill is for.",
    keys: &[
        key("channel", Name("channel"), "the only channel", "\"phone\"", "How its contacts travel"),
        key(
            "open",
            OPEN,
            "\"always\"",
            "[\"mon-fri 08:00-20:00\", \"2026-05-01 closed\"]",
            "\"always\", or rules. Outside them voice and chat contacts are turned away, messaging and \
             deferred ones accepted",
        ),
        key(
            "at_close",
            Text,
            "\"serve\"",
            "\"serve_for 10m\"",
            "Those inside: \"serve\" (by who is on duty, as overtime), \"clear\", \"serve_for 10m\" (voice, \
             chat)",
        ),
        key("priority", Count(1), "1", "2", "1 before 2"),
        key("max_waiting", Count(0), "no limit", "20", "Waiting at once; one more hears the busy signal"),
        key(
            "talk",
            Stepped(&TIMES),
            "required (or `conversation`)",
            "{ kind = \"lognormal\", mean = \"4m20s\", cv = 1.1 }",
            "Talk time; may vary over the day",
        ),
        key(
            "conversation",
            Table(Conversation::SHAPE),
            "",
            "{ replies = 4, work = { mean = \"70s\" }, customer_reply = { mean = \"20m\" } }",
            "In place of `talk`: turns of agent and customer (chat, messaging)",
        ),
        key(
            "wrap_up",
            Stepped(&TIMES),
            "none",
            "{ mean = \"40s\" }",
            "Work after the talk; may vary over the day",
        ),
        key(
            "patience",
            Stepped(&Law(&PATIENCE)),
            "nobody gives up",
            "{ mean = \"3m\", balk = 0.01 }",
            "How long a customer would wait (voice, chat; messaging: for the first response)",
        ),
        key(
            "overflow",
            Table(&OVERFLOW),
            "",
            "{ after = \"2m\", to = \"any_agent\" }",
            "Leaves for another queue after a while",
        ),
        key("target", Table(&ANSWER), "", "{ share = 0.8, within = \"20s\" }", "Short for `targets.answer`"),
        key("targets", Table(&TARGETS), "", "{ abandonment = { max = 0.05 } }", "Its promises"),
        key(
            "redial",
            Table(&REDIALS),
            "",
            "{ after_busy = { probability = 0.7, delay = \"2m\" } }",
            "Customers who try again",
        ),
        key(
            "arrivals",
            Table(&ARRIVALS),
            "no case begins here",
            "{ per_day = 1800 }",
            "Cases that begin here",
        ),
        key(
            "backlog",
            Backlog::KIND,
            "none",
            "400",
            "Contacts that wait here at the start, or \"unlimited\": more than can ever be done (deferred)",
        ),
        key(
            "chase",
            Table(Chase::SHAPE),
            "nobody chases",
            "{ probability = 0.3, after = { mean = \"2d\" } }",
            "Customers who have waited too long get in touch again (deferred)",
        ),
        key("resolution", Table(&RESOLUTION), "every leg solves", "{ probability = 0.78 }", "Solved or not"),
        key(
            "transfers",
            Tables(&TRANSFER),
            "",
            ".technical = { probability = 0.12 }",
            "Passed on, by the queue it goes to",
        ),
        key(
            "escalation",
            Table(Escalation::SHAPE),
            "",
            "{ to = \"level_two\", after_attempts = 3 }",
            "Goes to a higher level instead",
        ),
        key(
            "self_service",
            Table(&SELF_SERVICE),
            "",
            "{ time = { mean = \"70s\" }, containment = 0.25 }",
            "IVR, chatbot or help pages in front of it",
        ),
        key(
            "callback",
            Table(Callback::SHAPE),
            "",
            "{ offer_when = { expected_wait = \"3m\" }, accept = 0.5, start_when = \"place_reached\" }",
            "A waiting customer's place kept while they hang up (voice)",
        ),
        key(
            "callbacks",
            one_of::<CallbacksCount>(),
            "\"count_apart\"",
            "\"count_as_answered\"",
            "Whether service level, waits and abandonment are of those who waited on the line, or whoever is called back counts as \
             answered at once",
        ),
        key(
            "stream",
            Text,
            "its name",
            "\"old_name\"",
            "The name its draws go by: keeps them when it is renamed",
        ),
    ],
    base: None,
};

static OVERFLOW: Shape = Shape {
    name: "overflow",
    doc: "A waiting contact leaves for another queue.",
    keys: &[
        key("after", Duration, "required", "\"2m\"", "After waiting this long"),
        key("to", QUEUE_NAME, "required", "\"any_agent\"", "For this queue"),
    ],
    base: None,
};

static TARGETS: Shape = Shape {
    name: "targets",
    doc: "What a queue promises.",
    keys: &[
        key("answer", Table(&ANSWER), "", "{ share = 0.8, within = \"20s\" }", "On waits"),
        key("abandonment", Table(&ABANDONMENT), "", "{ max = 0.05 }", "On giving up"),
        key(
            "resolve",
            Table(&RESOLVE),
            "",
            "{ share = 0.9, within = \"2wd\" }",
            "On solving, from the opening of the case",
        ),
    ],
    base: None,
};

static ANSWER: Shape = Shape {
    name: "answer target",
    doc: "A share answered within a wait; for messaging and deferred queues a promise on the response.",
    keys: &[
        key("share", Number(Inside), "required", "0.8", "Share promised"),
        key(
            "within",
            Within,
            "required",
            "\"20s\"",
            "Within this wait; `wd` are working days of the queue's hours (messaging, deferred)",
        ),
        key(
            "clock",
            one_of::<Clock>(),
            "\"always\"",
            "\"open_hours\"",
            "Which time counts: all of it, or the queue's opening hours (messaging, deferred)",
        ),
        key(
            "formula",
            one_of::<ServiceLevelFormula>(),
            "\"answered_of_offered\"",
            "\"short_abandons_met\"",
            "How the service level is counted",
        ),
        key(
            "short",
            Duration,
            "\"0s\"",
            "\"5s\"",
            "An abandonment up to this wait is short (required by `less_short_abandons` and `short_abandons_met`)",
        ),
    ],
    base: None,
};

static ABANDONMENT: Shape = Shape {
    name: "abandonment target",
    doc: "At most a share gives up.",
    keys: &[key("max", Number(Share), "required", "0.05", "At most this share")],
    base: None,
};

static RESOLVE: Shape = Shape {
    name: "resolve target",
    doc: "A share of cases solved within a time of their opening.",
    keys: &[
        key("share", Number(Inside), "required", "0.9", "Share promised"),
        key(
            "within",
            Within,
            "required",
            "\"2wd\"",
            "Within this time; `wd` are working days of the queue's hours",
        ),
    ],
    base: None,
};
