//! The keys of what moves a contact on: transfers, self-service.

use super::{OPEN, TIMES, TO_QUEUES};
use crate::reading::shape::Kind::{Count, Duration, Name, Number, Table};
use crate::reading::shape::Range::Share;
use crate::reading::shape::{Shape, key, one_of};
use crate::vocabulary::{Requeue, words};

words! {
    /// What the agent who passes a customer on does meanwhile.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::scenario) enum TransferKind {
        Cold = "cold",
        Warm = "warm",
        Conference = "conference",
    }
}

pub(in crate::scenario) static TRANSFER: Shape = Shape {
    name: "transfer",
    doc: "Contacts passed on to another queue at the end of the talk.",
    keys: &[
        key("probability", Number(Share), "0", "0.12", "Share of finished legs"),
        key(
            "kind",
            one_of::<TransferKind>(),
            "\"cold\"",
            "\"warm\"",
            "The agent hangs up at once; stays with the customer until taken over; stays to the end of the \
             next agent's talk",
        ),
        key(
            "requeue",
            one_of::<Requeue>(),
            "\"tail\"",
            "\"age\"",
            "Behind everyone; by its age since its first entry; before everyone",
        ),
        key("handover", Duration, "\"0s\"", "\"30s\"", "Both agents busy after the take-over (warm)"),
        key(
            "hold_limit",
            Duration,
            "no limit",
            "\"2m\"",
            "The first agent waits with the customer so long; then it becomes a cold one (warm, conference)",
        ),
        key(
            "follow_up",
            Name("follow-up"),
            "none",
            "\"courtesy_call\"",
            "The follow-up that it starts; its trigger is \"transfer\"",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static SELF_SERVICE: Shape = Shape {
    name: "self-service",
    doc: "IVR, chatbot or help pages in front of a queue. A session contains the contact, loses it or lets \
          it through.",
    keys: &[
        key("open", OPEN, "\"always\"", "\"mon-fri 06:00-23:00\"", "Its own hours, as a queue's `open`"),
        key("time", TIMES, "required", "{ mean = \"70s\" }", "How long a session takes"),
        key(
            "containment",
            Number(Share),
            "0",
            "0.25",
            "Share of sessions that ends there, the problem solved",
        ),
        key(
            "false_containment",
            Table(&FALSE_CONTAINMENT),
            "none",
            "{ share = 0.15, delay = { mean = \"6h\" } }",
            "The contained who only seemed so",
        ),
        key("hang_up", Number(Share), "0", "0.05", "Share of sessions that the customer breaks off"),
        key(
            "to",
            TO_QUEUES,
            "the queue itself",
            "{ sales = 0.3 }",
            "Where the others go; what the shares leave goes to the queue itself",
        ),
        key(
            "to_when_closed",
            TO_QUEUES,
            "as without self-service",
            "{ mail = 0.8 }",
            "The same while the queue itself is closed",
        ),
        key("sessions", Count(1), "no limit", "100", "Sessions at once; one more hears the busy signal"),
    ],
    base: None,
};

static FALSE_CONTAINMENT: Shape = Shape {
    name: "false containment",
    doc: "Contained for the moment only.",
    keys: &[
        key("share", Number(Share), "required", "0.15", "Share of the contained"),
        key("delay", TIMES, "required", "{ mean = \"6h\" }", "They come back after this time"),
    ],
    base: None,
};
