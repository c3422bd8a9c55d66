//! The keys of customers who try again, and of cases that come back.

use super::{TIMES, TO_QUEUES};
use crate::reading::shape::Kind::{Count, Number, Table};
use crate::reading::shape::Range::Share;
use crate::reading::shape::{Shape, key};

pub(in crate::scenario) static REDIALS: Shape = Shape {
    name: "redial",
    doc: "Customers who try again.",
    keys: &[
        key(
            "after_abandon",
            Table(&REDIAL),
            "",
            "{ probability = 0.4, delay = { mean = \"12m\" } }",
            "After giving up",
        ),
        key("after_busy", Table(&REDIAL), "", "{ probability = 0.7, delay = \"2m\" }", "After a busy signal"),
        key(
            "after_closed",
            Table(&REDIAL_CLOSED),
            "",
            "{ probability = 0.6 }",
            "After finding it closed (voice, chat)",
        ),
    ],
    base: None,
};

static REDIAL: Shape = Shape {
    name: "redial rule",
    doc: "Who tries again, when and where.",
    keys: &[
        key("probability", Number(Share), "0", "0.4", "Share that tries again"),
        key("delay", TIMES, "required", "{ mean = \"12m\" }", "After this time"),
        key("limit", Count(1), "no limit", "4", "At most so many further attempts of one case"),
        key(
            "to",
            TO_QUEUES,
            "the same queue",
            "{ billing = 0.8, chat = 0.2 }",
            "Where; what the shares leave tries the same queue",
        ),
    ],
    base: None,
};

static REDIAL_CLOSED: Shape = Shape {
    name: "redial rule after closing",
    doc: "Who tries again after finding the queue closed.",
    keys: &[
        key("probability", Number(Share), "0", "0.6", "Share that tries again"),
        key("delay", TIMES, "the next opening", "\"1h\"", "After this time"),
        key("limit", Count(1), "no limit", "2", "At most so many further attempts of one case"),
        key(
            "to",
            TO_QUEUES,
            "the same queue",
            "{ mail = 0.5 }",
            "Where; what the shares leave tries the same queue",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static RESOLUTION: Shape = Shape {
    name: "resolution",
    doc: "Whether a finished leg solves the case, and what becomes of the others.",
    keys: &[
        key(
            "probability",
            Number(Share),
            "1",
            "0.78",
            "Share of finished legs without transfer that solve the case",
        ),
        key(
            "recontact",
            Table(&RECONTACT),
            "the others are lost",
            "{ probability = 0.6, delay = { mean = \"1d\" } }",
            "The unsolved that come back",
        ),
    ],
    base: None,
};

static RECONTACT: Shape = Shape {
    name: "recontact",
    doc: "Unsolved cases that come back.",
    keys: &[
        key("probability", Number(Share), "0", "0.6", "Share of the unsolved; the rest is lost"),
        key("delay", TIMES, "required", "{ mean = \"1d\" }", "After this time"),
        key(
            "to",
            TO_QUEUES,
            "the same queue",
            "{ billing = 0.7, mail = 0.3 }",
            "Where; what the shares leave comes to the same queue",
        ),
    ],
    base: None,
};
