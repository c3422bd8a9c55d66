//! Channels: how contacts travel, and which keys belong to which kind of them.

use super::names::ChannelName;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Count, Declares, Duration, Flag, List, Positive, Reads, Word};
use crate::reading::shape::Kind;
use crate::reading::suggest;
use crate::reading::table::{KeyOf, Optional, table};
use crate::reading::tree::Data;
use crate::units::Span;
use crate::vocabulary::words;

words! {
    /// Kinds of channels, as they are written.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum KindWord {
        Voice = "voice",
        Chat = "chat",
        Messaging = "messaging",
        Deferred = "deferred",
    }
}

/// `[channels.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Self-service + waiting + talking at once; one more hears the busy signal. `None`: no limit.
    pub lines: Option<u32>,
    /// Waiting at once, over all its queues.
    pub max_waiting: Option<u32>,
    /// What kind of channel it is.
    pub kind: ChannelKind,
}

/// What travels on a channel, and how agents handle it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ChannelKind {
    /// Phone or video: one at a time, the customer on the line.
    #[default]
    Voice,
    /// Several at a time, both present.
    Chat(Sharing),
    /// SMS, social messages: conversations that either side may let rest.
    Messaging(Sharing),
    /// E-mail, tickets, back office: nobody waits on the line.
    Deferred {
        /// `None`: it is never interrupted.
        interruption: Option<Interruption>,
        /// Upper ends of the age bands of the backlog, ascending.
        age_bands: Vec<Span>,
    },
}

impl ChannelKind {
    /// The word that the scenario file has for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.written().word()
    }

    /// The same, for who compares.
    pub(super) fn written(&self) -> KindWord {
        match self {
            ChannelKind::Voice => KindWord::Voice,
            ChannelKind::Chat(_) => KindWord::Chat,
            ChannelKind::Messaging(_) => KindWord::Messaging,
            ChannelKind::Deferred { .. } => KindWord::Deferred,
        }
    }

    /// Whether the customer is there: voice and chat. The others are accepted at any time, open or
    /// closed.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, ChannelKind::Voice | ChannelKind::Chat(_))
    }

    /// Conversations at once at an agent.
    #[must_use]
    pub fn concurrency(&self) -> u32 {
        match self {
            ChannelKind::Chat(sharing) | ChannelKind::Messaging(sharing) => sharing.concurrency,
            ChannelKind::Voice | ChannelKind::Deferred { .. } => 1,
        }
    }
}

/// How an agent shares attention between conversations.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// Conversations at once at an agent.
    pub concurrency: u32,
    /// Talk-time factors with 1, 2, 3 conversations at the agent; the last one holds for more.
    pub slowdown: Vec<f64>,
    /// No new ones so long before the end of an agent's shift.
    pub wind_down: Span,
}

/// Work that a voice or chat contact may interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// Added to what is left when it resumes.
    pub restart_cost: Span,
}

table! {
    /// How contacts travel. Each kind has keys of its own; a key of another kind is refused.
    #[doc = "\n\n- `voice`: telephone, video. One at a time, the customer on the line."]
    #[doc = "\n- `chat`: several at a time, both sides present."]
    #[doc = "\n- `messaging`: SMS, WhatsApp, social messages. A conversation that either side may let rest."]
    #[doc = "\n- `deferred`: e-mail, tickets, back office, public posts. Nobody waits on the line; a deadline counts."]
    keys of Channel = "channel" {
        /// What travels on it
        kind: Word<KindWord>, default("voice"), example("chat");
        /// Trunks (voice, chat): self-service + waiting + talking; one more hears the busy signal
        lines: Count<1>, none("no limit"), example(120);
        /// Waiting at once, over all its queues
        max_waiting: Count<0>, none("no limit"), example(60);
        /// Conversations of one agent at once (chat, messaging)
        concurrency: Count<1>, default(3), example(3);
        /// Talk-time factor with 1, 2, 3 conversations at the agent; the last one holds for more (chat,
        /// messaging)
        slowdown: List<Positive>, empty("1 each"), example([1.0, 1.25, 1.6]);
        /// No new conversations so long before the end of an agent's shift (chat, messaging)
        wind_down: Duration, default("0s"), example("15m");
        /// A voice or chat contact may interrupt it; it resumes where it stopped (deferred)
        interruptible: Flag, default(false), example(true);
        /// With `interruptible`: added to what is left when it resumes (deferred)
        restart_cost: Duration, default("0s"), example("30s");
        /// Upper ends of the age bands of the backlog, ascending (deferred)
        age_bands: AgeBands, default(["4h", "1d", "3d"]), example(["4h", "1d", "3d"]);
    }
}

/// Keys and the kinds of channels that have them.
const KIND_KEYS: [(&[&str], &[KindWord]); 3] = [
    (&[Channel::lines.name], &[KindWord::Voice, KindWord::Chat]),
    (
        &[Channel::concurrency.name, Channel::slowdown.name, Channel::wind_down.name],
        &[KindWord::Chat, KindWord::Messaging],
    ),
    (
        &[Channel::interruptible.name, Channel::restart_cost.name, Channel::age_bands.name],
        &[KindWord::Deferred],
    ),
];

/// The channels, as far as they could be read.
pub(super) struct Channels {
    /// In file order; never empty.
    pub(super) list: Vec<Channel>,
    /// Those whose kind could not be read: nothing is refused for their sake.
    unsure: Vec<String>,
}

impl Channels {
    /// Reads `[channels]`; without any there is one, `phone`.
    pub(super) fn of(tables: &[Fields<'_>]) -> Channels {
        let mut channels = Channels { list: Vec::new(), unsure: Vec::new() };
        for table in tables {
            let kind = table.read_if_sound(Channel::kind);
            if kind.is_none() {
                table.forgive();
                channels.unsure.push(table.name.to_owned());
            }
            channels.list.push(channel(table, kind));
        }
        if channels.list.is_empty() {
            let (name, kind) = ("phone".to_owned(), ChannelKind::Voice);
            channels.list.push(Channel { name, lines: None, max_waiting: None, kind });
        }
        channels
    }

    /// The channel that a table names; left out, the only one there is.
    pub(super) fn named(&self, table: &Fields<'_>, key: KeyOf<ChannelName, Optional>) -> String {
        let written = table.has(key.name);
        if let Some(name) = table.read(key) {
            return name;
        }
        match self.list.as_slice() {
            [only] => only.name.clone(),
            list if written || list.is_empty() => String::new(),
            list => {
                let names: Vec<&str> = list.iter().map(|channel| channel.name.as_str()).collect();
                let title = format!("`{}` needs `channel`", table.path);
                let help = (names.len() <= 12).then(|| format!("channels are {}", suggest::list(&names)));
                table.cx.log.error(table.place, title, "there is more than one").maybe_help(help);
                String::new()
            }
        }
    }

    /// The kind of a channel, where it is known.
    pub(super) fn kind(&self, name: &str) -> Option<&ChannelKind> {
        let known = self.list.iter().find(|channel| channel.name == name)?;
        (!self.unsure.iter().any(|unsure| unsure == name)).then_some(&known.kind)
    }
}

/// Reads one; where the kind is not known, nothing of it is refused.
fn channel(table: &Fields<'_>, kind: Option<KindWord>) -> Channel {
    for (keys, kinds) in KIND_KEYS {
        keys.iter().for_each(|key| {
            goes_with(table, key, kind, kinds, None);
        });
    }
    let kind = match kind {
        Some(KindWord::Chat) => ChannelKind::Chat(sharing(table)),
        Some(KindWord::Messaging) => ChannelKind::Messaging(sharing(table)),
        Some(KindWord::Deferred) => {
            let age_bands = table.read(Channel::age_bands);
            ChannelKind::Deferred { interruption: interruption(table), age_bands }
        }
        Some(KindWord::Voice) | None => ChannelKind::Voice,
    };
    let lines = if kind.is_live() { table.read(Channel::lines) } else { None };
    Channel { name: table.name.to_owned(), lines, max_waiting: table.read(Channel::max_waiting), kind }
}

fn sharing(table: &Fields<'_>) -> Sharing {
    let concurrency = table.read(Channel::concurrency);
    let slowdown = table.read(Channel::slowdown);
    if slowdown.len() > concurrency as usize {
        let key = Channel::slowdown.name;
        let title = format!("`{}` has more factors than conversations at once", table.at(key));
        let reason = format!("{} factors; `concurrency` is {concurrency}", slowdown.len());
        let logged = table.cx.log.error(table.place_of(key), title, reason);
        logged.help("the first factor is for one conversation, the second for two, and so on");
    }
    Sharing { concurrency, slowdown, wind_down: table.read(Channel::wind_down) }
}

fn interruption(table: &Fields<'_>) -> Option<Interruption> {
    let interruptible = table.read_if_sound(Channel::interruptible);
    let restart_cost = table.read(Channel::restart_cost);
    let key = Channel::restart_cost.name;
    if table.has(key) && interruptible == Some(false) {
        let title = format!("`{}` goes with `interruptible` only", table.at(key));
        let reason = "what is never interrupted never restarts";
        let logged = table.cx.log.error(table.place_of(key), title, reason);
        logged.help("add `interruptible = true`, or leave it out");
    }
    interruptible?.then_some(Interruption { restart_cost })
}

/// Upper ends of bands of ages.
pub(super) enum AgeBands {}

impl Declares for AgeBands {
    const KIND: Kind = List::<Duration>::KIND;
}

impl Reads for AgeBands {
    type Value = Vec<Span>;

    fn read(written: &Written<'_>) -> Option<Vec<Span>> {
        let Written { cx, node, path, .. } = written;
        let Data::List(items) = &node.data else {
            written.wrong("a list");
            return None;
        };
        if items.is_empty() {
            cx.log
                .error(node.place, format!("`{path}` is empty"), "no band at all")
                .help("leave it out for [\"4h\", \"1d\", \"3d\"]");
        }
        let mut bands: Vec<Span> = Vec::new();
        for item in written.items() {
            let Some(band) = Duration::read(&item) else { continue };
            if band <= bands.last().copied().unwrap_or(Span::ZERO) {
                let reason = match bands.last() {
                    Some(last) => format!("{band} comes after {last}"),
                    None => "a band must have some length".to_owned(),
                };
                cx.log
                    .error(item.node.place, format!("`{path}` must ascend"), reason)
                    .help("each is the upper end of a band: [\"4h\", \"1d\", \"3d\"]");
            }
            bands.push(band);
        }
        Some(bands)
    }
}

/// Refuses a key where the channel is not of one of these kinds; gives whether all is fine, as it is where
/// the kind is not known.
pub(super) fn goes_with(
    table: &Fields<'_>,
    key: &str,
    kind: Option<KindWord>,
    kinds: &[KindWord],
    help: Option<&'static str>,
) -> bool {
    let Some(kind) = kind.filter(|kind| !kinds.contains(kind)) else { return true };
    if table.written(key).is_none() {
        return true;
    }
    let title = format!("`{}` has no meaning on a {} channel", table.at(key), kind.word());
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let reason = format!("only {} channels have it", suggest::list(&kinds));
    table.cx.log.error(table.place_of(key), title, reason).maybe_help(help.map(str::to_owned));
    false
}
