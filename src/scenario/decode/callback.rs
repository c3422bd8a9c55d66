//! Callbacks: a waiting customer's place kept while they hang up.

use crate::random::Law;
use crate::units::Span;

use super::super::keys::CallbacksCount;
use super::super::{Callback, ChannelKind};
use super::channel::belongs_to;
use super::returns::warn_of_never;
use super::{always, law};
use crate::reading::fields::Fields;
use crate::reading::tree::Data;
use crate::reading::values;
use crate::vocabulary::{OfferWhen, StartWhen};

/// An agent's time for a call that is not answered, where nothing is said.
const RING: Span = Span::from_whole_seconds(30);

/// Reads `queues.X.callback`.
pub(super) fn callback(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Callback> {
    if let Some(kind) = kind
        && !belongs_to(
            fields,
            "callback",
            kind.word(),
            &["voice"],
            Some("only a caller can hang up and be called"),
        )
    {
        return None;
    }
    let counts_as_answered = fields.word("callbacks") == Some(CallbacksCount::AsAnswered);
    if fields.has("callbacks") && !fields.has("callback") {
        let title = format!("`{}` needs a `callback`", fields.at("callbacks"));
        let reason = "without one nobody is called back";
        fields
            .cx
            .log
            .error(fields.place_of("callbacks"), title, reason)
            .help("leave it out, or add `callback`");
    }
    let table = fields.table("callback")?;
    ["offer_when", "start_when"].iter().for_each(|key| table.require(&[key]));
    warn_of_never(&table, "accept");
    let offer_when = offer_when(&table);
    let start_when = start_when(&table);
    let accept = table.number("accept").unwrap_or(0.0);
    let attempts = attempts(&table, Span::from_whole_seconds(1800));
    Some(Callback {
        counts_as_answered,
        offer_when: offer_when?,
        accept,
        start_when: start_when?,
        reached: attempts.reached,
        ring: attempts.ring,
        retries: attempts.retries,
        retry_after: attempts.retry_after,
    })
}

fn offer_when(table: &Fields<'_>) -> Option<OfferWhen> {
    let node = table.node("offer_when")?;
    if node.table().is_none() {
        let wanted = "{ expected_wait = \"3m\" } or { queue_length = 10 }";
        values::wrong_type(table.cx.log, node, &table.at("offer_when"), wanted);
        return None;
    }
    let table = table.table("offer_when")?;
    one_of(&table, ["expected_wait", "queue_length"]);
    let wait = table.duration("expected_wait").map(OfferWhen::ExpectedWait);
    let length = table.count("queue_length").map(OfferWhen::QueueLength);
    wait.or(length)
}

fn start_when(table: &Fields<'_>) -> Option<StartWhen> {
    let node = table.node("start_when")?;
    let path = table.at("start_when");
    match &node.data {
        Data::Text(text) if text == "place_reached" => Some(StartWhen::PlaceReached),
        Data::Text(text) => {
            let title = format!("`{path}` cannot be `{text}`");
            let possible = "possible are \"place_reached\", { idle_agents = 2 } and { within = \"2h\" }";
            table.cx.log.error(node.place, title, "no such word here").help(possible);
            None
        }
        Data::Table(_) => {
            let table = table.table("start_when")?;
            one_of(&table, ["idle_agents", "within"]);
            let idle = table.count("idle_agents").map(StartWhen::IdleAgents);
            let within = table.positive_duration("within").map(StartWhen::Within);
            idle.or(within)
        }
        _ => {
            let wanted = "\"place_reached\", { idle_agents = 2 } or { within = \"2h\" }";
            values::wrong_type(table.cx.log, node, &path, wanted);
            None
        }
    }
}

/// One of two keys must be given, and not the other.
fn one_of(table: &Fields<'_>, keys: [&str; 2]) {
    table.require(&keys);
    let [first, second] = keys;
    if table.has(first) && table.has(second) {
        let title = format!("`{}` has both `{first}` and `{second}`", table.path);
        table.cx.log.error(table.place_of(second), title, "one of them must go");
    }
}

/// How a customer is tried to be reached.
pub(super) struct Attempts {
    /// Share of attempts that succeed.
    pub(super) reached: f64,
    /// An agent's time for one that does not.
    pub(super) ring: Span,
    /// Further attempts.
    pub(super) retries: u32,
    /// After this time.
    pub(super) retry_after: Law,
}

/// Reads `reached`, `ring`, `retries` and `retry_after`.
pub(super) fn attempts(table: &Fields<'_>, retry_after: Span) -> Attempts {
    let reached = table.number("reached");
    let log = table.cx.log;
    if reached.is_none_or(|reached| reached >= 1.0) && !(table.has("reached") && reached.is_none()) {
        for key in ["ring", "retries", "retry_after"] {
            if table.has(key) {
                let title = format!("`{}` has no effect", table.at(key));
                log.warning(table.place_of(key), title, "`reached` is 1: every customer answers");
            }
        }
    } else if table.has("retry_after") && !table.has("retries") {
        let title = format!("`{}` has no effect", table.at("retry_after"));
        log.warning(table.place_of("retry_after"), title, "`retries` is 0: nobody is tried again");
    }
    if reached == Some(0.0) {
        let title = format!("`{}` never reaches anybody", table.path);
        log.warning(table.place_of("reached"), title, "`reached` is 0");
    }
    Attempts {
        reached: reached.unwrap_or(1.0),
        ring: table.duration("ring").unwrap_or(RING),
        retries: table.count("retries").unwrap_or(0),
        retry_after: law::law(table, "retry_after").unwrap_or_else(|| always(retry_after)),
    }
}
