//! Genesys Cloud's conversation details: JSON, as its analytics API delivers them, page by page or one conversation a line.
//!
//! Of a conversation each participant for the purpose `acd` is a stay in a queue; the agent who comes next took it. Times
//! are UTC. A conversation that is on several pages counts once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::call::{self, Call, Calls, Outcome, Rows, Service};
use super::stamps::{EPOCH, micros};
use super::{Asked, Faults};

/// Whether a file looks like them.
pub(super) fn is_one(begin: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(begin).into_owned();
    let begin = begin.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begin.starts_with(['{', '['])
        && begin.contains("\"conversationId\"")
        && begin.contains("\"participants\"")
}

/// What is read of a conversation; it has much more.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conversation {
    conversation_id: String,
    originating_direction: Option<String>,
    #[serde(default)]
    participants: Vec<Participant>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    purpose: Option<String>,
    participant_name: Option<String>,
    user_id: Option<String>,
    #[serde(default)]
    sessions: Vec<Session>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    media_type: Option<String>,
    ani: Option<String>,
    #[serde(default)]
    segments: Vec<Segment>,
    #[serde(default)]
    metrics: Vec<Metric>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    segment_type: Option<String>,
    #[serde(default, deserialize_with = "moment")]
    segment_start: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    segment_end: Option<Timestamp>,
    queue_id: Option<String>,
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}

#[derive(Debug, Deserialize)]
struct Metric {
    name: String,
    /// Milliseconds.
    value: Option<f64>,
}

/// The media that is read unless `--where mediaType=...` says another.
const MEDIA: &str = "voice";

impl Segment {
    fn is(&self, kinds: &[&str]) -> bool {
        self.segment_type.as_deref().is_some_and(|kind| kinds.contains(&kind))
    }

    /// A segment that has not ended lasts no time.
    fn seconds(&self) -> f64 {
        match (self.segment_start, self.segment_end) {
            (Some(start), Some(end)) => start.duration_until(end).as_secs_f64().max(0.0),
            _ => 0.0,
        }
    }
}

impl Session {
    fn metric(&self, name: &str) -> Option<f64> {
        self.metrics
            .iter()
            .find(|metric| metric.name == name)
            .map(|metric| metric.value.unwrap_or(0.0) / 1000.0)
    }

    fn begin(&self, fits: impl Fn(&Segment) -> bool) -> Option<Timestamp> {
        self.segments.iter().filter(|segment| fits(segment)).filter_map(|segment| segment.segment_start).min()
    }
}

/// A session with who had it.
type Own<'c> = (&'c Participant, &'c Session);

/// Reads them.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Calls, Faults> {
    let media = match asked.conditions.as_slice() {
        [] => MEDIA,
        [(head, text)] if head == "mediaType" => text,
        _ => {
            return Err(Faults::one(
                format!("of the conversations of {name} `--where` can choose the media alone"),
                "write `--where mediaType=voice`, or chat, or message",
            ));
        }
    };
    let Some(centre) = &asked.centre else {
        return Err(Faults::one(
            format!("the times of {name} are UTC, not those of the centre's clock"),
            "give the zone of the centre: `--centre-zone Europe/London`",
        ));
    };
    let (conversations, delivered) = conversations(name, bytes)?;
    let mut notes = vec!["Genesys Cloud's conversation details".to_owned()];
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    tell(delivered - conversations.len(), "conversations are told again: of each the last counts");
    let mut rows = Rows::default();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut outbound, mut queueless, mut nameless) = (0, 0, 0);
    for conversation in conversations.values() {
        if conversation.originating_direction.as_deref() == Some("outbound") {
            outbound += 1;
            continue;
        }
        let sessions = |purpose: &'static str| {
            let fits = move |one: &&Participant| one.purpose.as_deref() == Some(purpose);
            conversation
                .participants
                .iter()
                .filter(fits)
                .flat_map(|one| one.sessions.iter().map(move |session| (one, session)))
        };
        let mut stays: Vec<(Timestamp, Own<'_>)> = Vec::new();
        for (who, session) in sessions("acd") {
            let own = session.media_type.as_deref().unwrap_or(MEDIA);
            if own != media {
                *others.entry(own).or_default() += 1;
            } else if let Some(joined) = session.begin(|segment| segment.queue_id.is_some()) {
                stays.push((joined, (who, session)));
            }
        }
        queueless += usize::from(stays.is_empty() && sessions("acd").count() == 0);
        stays.sort_by_key(|stay| stay.0);
        let mut agents: Vec<(Timestamp, Own<'_>)> = sessions("agent")
            .filter_map(|(who, session)| Some((session.begin(|one| one.is(&["interact"]))?, (who, session))))
            .collect();
        agents.sort_by_key(|agent| agent.0);
        let customer =
            sessions("customer").chain(sessions("external")).find_map(|(_, one)| one.ani.as_deref());
        for (number, (joined, stay)) in stays.iter().enumerate() {
            let until = stays.get(number + 1).map(|next| next.0);
            let of_stay = |at: &Timestamp| at >= joined && until.is_none_or(|until| *at < until);
            let agent = agents.iter().find(|agent| of_stay(&agent.0)).copied();
            let mut call = contact(*joined, *stay, agent);
            call.customer = customer.and_then(call::customer);
            nameless += usize::from(matches!(call.outcome, Outcome::Answered(Service { agent: None, .. })));
            rows.push(micros(centre.local(*joined)), &call);
            if stays.len() > 1 {
                rows.part_of(call::number_of(&conversation.conversation_id));
            }
        }
    }
    for (other, count) in &others {
        notes.push(format!("{count} of media {other} are left out; `--where mediaType={other}` reads these"));
    }
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    tell(outbound, "are outbound and left out");
    tell(queueless, "never joined a queue and are left out");
    tell(nameless, "answered contacts have no agent's name");
    let Some((start, _)) = rows.sorted(EPOCH) else {
        return Err(Faults::one(
            format!("{name} has no conversations of media {media} that joined a queue"),
            "`--where mediaType=chat` reads another one",
        ));
    };
    Ok(Calls { name: name.to_owned(), start, taken: Vec::new(), notes, rows })
}

/// All conversations by their names, and how many were told.
fn conversations(name: &str, bytes: &[u8]) -> Result<(BTreeMap<String, Conversation>, usize), Faults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let broken = |error: serde_json::Error| {
        Faults::one(
            format!("{name} is no file of conversation details: {error}"),
            "it is what `/api/v2/analytics/conversations/details` answers: one page or more, or a conversation a line",
        )
    };
    let (mut all, mut told) = (BTreeMap::new(), 0);
    let mut left: Vec<Value> =
        serde_json::Deserializer::from_slice(bytes).into_iter().collect::<Result<_, _>>().map_err(broken)?;
    left.reverse();
    while let Some(value) = left.pop() {
        match value {
            Value::Array(many) => left.extend(many.into_iter().rev()),
            Value::Object(mut page) if page.contains_key("conversations") => {
                left.extend(page.remove("conversations"));
            }
            one => {
                let one: Conversation = serde_json::from_value(one).map_err(broken)?;
                told += 1;
                all.insert(one.conversation_id.clone(), one);
            }
        }
    }
    Ok((all, told))
}

/// A stay in a queue with the agent who took it, if any; its times count from when it began.
fn contact<'c>(joined: Timestamp, (acd, stay): Own<'c>, agent: Option<(Timestamp, Own<'c>)>) -> Call<'c> {
    let since = |at: Timestamp| joined.duration_until(at).as_secs_f64().max(0.0);
    let ended = stay.segments.iter().filter_map(|segment| segment.segment_end).max();
    let whole = || stay.metric("tAcd").or(ended.map(since)).unwrap_or(0.0);
    let abandoned = stay.metric("tAbandon");
    let (wait, outcome) = match (abandoned, agent) {
        (Some(wait), _) => (wait, Outcome::Abandoned),
        (None, Some((at, (who, session)))) => {
            let wait = stay.metric("tAnswered").unwrap_or_else(|| since(at));
            let sum = |kinds: &[&str]| -> f64 {
                session.segments.iter().filter(|segment| segment.is(kinds)).map(Segment::seconds).sum()
            };
            // The customer on hold keeps the agent, too.
            let talk = sum(&["interact", "hold"]);
            let service = Service {
                agent: who.user_id.as_deref().or(who.participant_name.as_deref()),
                start: wait,
                end: wait + talk,
                talk,
                wrap_up: Some(sum(&["wrapup"])),
            };
            (wait, Outcome::Answered(service))
        }
        (None, None) => (whole(), Outcome::Left),
    };
    let queue = stay.segments.iter().find_map(|segment| segment.queue_id.as_deref());
    let queue = acd.participant_name.as_deref().or(queue).unwrap_or("calls");
    Call { queue, arrived: 0.0, wait, outcome, customer: None }
}
