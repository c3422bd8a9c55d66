//! Patience: how long a customer would wait, and who gives up without a word.

use crate::units::Span;

use super::super::keys::PATIENCE;
use super::super::times::read_with;
use super::super::{ChannelKind, Patience};
use super::channel::belongs_to;
use crate::reading::fields::Fields;

/// How long an agent waits for an answer where nothing is said.
const FOUND_OUT: Span = Span::from_whole_seconds(120);

/// Reads `queues.X.patience`.
pub(super) fn patience(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Patience> {
    if let Some(kind) = kind {
        let help = "nobody waits on the line; `chase` says who gets in touch again";
        if !belongs_to(fields, "patience", kind.word(), &["voice", "chat", "messaging"], Some(help)) {
            return None;
        }
    }
    let more = |table: Option<&Fields<'_>>| table.map(|table| (table.number("balk"), silence(table, kind)));
    let (law, more) = read_with(&fields.written("patience")?, &PATIENCE, more)?;
    let (balk, (silent, found_out)) = more.unwrap_or((None, (0.0, FOUND_OUT)));
    Some(Patience { law, balk: balk.unwrap_or(0.0), silent, found_out })
}

/// The share that says nothing, and when the agent finds out.
fn silence(table: &Fields<'_>, kind: Option<&ChannelKind>) -> (f64, Span) {
    if let Some(kind) = kind {
        let help = "a caller who hangs up is noticed at once";
        let help = (kind.word() == "voice").then_some(help);
        if !belongs_to(table, "silent", kind.word(), &["chat"], help)
            | !belongs_to(table, "found_out", kind.word(), &["chat"], None)
        {
            return (0.0, FOUND_OUT);
        }
    }
    if table.has("found_out") && !table.has("silent") {
        let title = format!("`{}` goes with `silent` only", table.at("found_out"));
        let reason = "nobody gives up without a word";
        table.cx.log.error(table.place_of("found_out"), title, reason).help("add `silent = 0.3`");
    }
    let found_out = table.duration("found_out");
    (table.number("silent").unwrap_or(0.0), found_out.unwrap_or(FOUND_OUT))
}
