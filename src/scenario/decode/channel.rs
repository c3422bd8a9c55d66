//! Channels, and which keys belong to which kind of them.

use crate::units::Span;

use super::super::keys::KindWord;
use super::super::{Channel, ChannelKind, Interruption, Sharing};
use crate::reading::fields::Fields;
use crate::reading::suggest;
use crate::reading::values;

/// Conversations at once where nothing is said.
const CONCURRENCY: u32 = 3;

/// Keys and the kinds of channels that have them.
const KIND_KEYS: [(&[&str], &[&str]); 3] = [
    (&["lines"], &["voice", "chat"]),
    (&["concurrency", "slowdown", "wind_down"], &["chat", "messaging"]),
    (&["interruptible", "restart_cost", "age_bands"], &["deferred"]),
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
    pub(super) fn read(root: &Fields<'_>) -> Channels {
        let mut channels = Channels { list: Vec::new(), unsure: Vec::new() };
        for fields in root.tables("channels") {
            let kind = if fields.has("kind") { fields.word("kind") } else { Some(KindWord::Voice) };
            if kind.is_none() {
                fields.forgive();
                channels.unsure.push(fields.name.to_owned());
            }
            channels.list.push(channel(&fields, kind));
        }
        if channels.list.is_empty() {
            channels.list.push(Channel {
                name: "phone".to_owned(),
                lines: None,
                max_waiting: None,
                kind: ChannelKind::Voice,
            });
        }
        channels
    }

    /// The channel that a table names; left out, the only one there is.
    pub(super) fn named(&self, fields: &Fields<'_>) -> String {
        if let Some(name) = fields.text("channel") {
            fields.cx.refer("channel", &name, fields.place_of("channel"), fields.at("channel"));
            return name;
        }
        if self.list.len() > 1 && !fields.has("channel") {
            let names: Vec<&str> = self.list.iter().map(|channel| channel.name.as_str()).collect();
            let title = format!("`{}` needs `channel`", fields.path);
            let help = (names.len() <= 12).then(|| format!("channels are {}", suggest::list(&names)));
            fields.cx.log.error(fields.place, title, "there is more than one").maybe_help(help);
        }
        if self.list.len() > 1 {
            return String::new();
        }
        self.list.first().map(|channel| channel.name.clone()).unwrap_or_default()
    }

    /// The kind of a channel, where it is known.
    pub(super) fn kind(&self, name: &str) -> Option<&ChannelKind> {
        let known = self.list.iter().find(|channel| channel.name == name)?;
        (!self.unsure.iter().any(|unsure| unsure == name)).then_some(&known.kind)
    }
}

/// Reads one; where the kind is not known, nothing of it is refused.
fn channel(fields: &Fields<'_>, kind: Option<KindWord>) -> Channel {
    for (keys, kinds) in KIND_KEYS {
        if let Some(kind) = kind {
            keys.iter().for_each(|key| {
                belongs_to(fields, key, kind.word(), kinds, None);
            });
        }
    }
    let kind = match kind {
        Some(KindWord::Chat) => ChannelKind::Chat(sharing(fields)),
        Some(KindWord::Messaging) => ChannelKind::Messaging(sharing(fields)),
        Some(KindWord::Deferred) => {
            ChannelKind::Deferred { interruption: interruption(fields), age_bands: age_bands(fields) }
        }
        Some(KindWord::Voice) | None => ChannelKind::Voice,
    };
    let lines = if kind.is_live() { fields.count("lines") } else { None };
    Channel { name: fields.name.to_owned(), lines, max_waiting: fields.count("max_waiting"), kind }
}

fn sharing(fields: &Fields<'_>) -> Sharing {
    let concurrency = fields.count("concurrency").unwrap_or(CONCURRENCY);
    let slowdown = fields.numbers("slowdown").unwrap_or_default();
    let log = fields.cx.log;
    if fields.has("slowdown") && slowdown.len() > concurrency as usize {
        let title = format!("`{}` has more factors than conversations at once", fields.at("slowdown"));
        let reason = format!("{} factors; `concurrency` is {concurrency}", slowdown.len());
        log.error(fields.place_of("slowdown"), title, reason)
            .help("the first factor is for one conversation, the second for two, and so on");
    }
    let wind_down = fields.duration("wind_down").unwrap_or(Span::ZERO);
    Sharing { concurrency, slowdown, wind_down }
}

fn interruption(fields: &Fields<'_>) -> Option<Interruption> {
    let interruptible = fields.flag("interruptible");
    let restart_cost = fields.duration("restart_cost");
    if fields.has("restart_cost") && (interruptible == Some(false) || !fields.has("interruptible")) {
        let title = format!("`{}` goes with `interruptible` only", fields.at("restart_cost"));
        fields
            .cx
            .log
            .error(fields.place_of("restart_cost"), title, "what is never interrupted never restarts")
            .help("add `interruptible = true`, or leave it out");
    }
    let restart_cost = restart_cost.unwrap_or(Span::ZERO);
    interruptible?.then_some(Interruption { restart_cost })
}

fn age_bands(fields: &Fields<'_>) -> Vec<Span> {
    let default = vec![Span::HOUR * 4, Span::DAY, Span::DAY * 3];
    let Some(items) = fields.list("age_bands") else { return default };
    let log = fields.cx.log;
    let path = fields.at("age_bands");
    let mut bands: Vec<Span> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let Some(band) = values::duration(log, item, &format!("{path}[{number}]")) else { continue };
        let last = bands.last().copied().unwrap_or(Span::ZERO);
        if band <= last {
            let reason = match bands.last() {
                Some(last) => format!("{band} comes after {last}"),
                None => "a band must have some length".to_owned(),
            };
            log.error(item.place, format!("`{path}` must ascend"), reason)
                .help("each is the upper end of a band: [\"4h\", \"1d\", \"3d\"]");
        }
        bands.push(band);
    }
    if items.is_empty() {
        log.error(fields.place_of("age_bands"), format!("`{path}` is empty"), "no band at all")
            .help("leave it out for [\"4h\", \"1d\", \"3d\"]");
    }
    bands
}

/// Refuses a key where the channel is not of one of these kinds; gives whether all is fine.
pub(super) fn belongs_to(
    fields: &Fields<'_>,
    key: &str,
    kind: &str,
    kinds: &[&str],
    help: Option<&str>,
) -> bool {
    if kinds.contains(&kind) || fields.node(key).is_none() {
        return true;
    }
    let title = format!("`{}` has no meaning on a {kind} channel", fields.at(key));
    let reason = format!("only {} channels have it", suggest::list(kinds));
    fields.cx.log.error(fields.place_of(key), title, reason).maybe_help(help.map(str::to_owned));
    false
}
