//! Patience: how long a customer would wait, and who abandons without a word.

use super::channel::{KindWord, goes_with};
use super::times::{Times, read_with};
use crate::random::Distribution;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, Duration, Share};
use crate::reading::shape::Kind;
use crate::reading::table::{Keyed, table};
use crate::units::{Span, Steps};

/// How long a customer would wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    /// In seconds; read at the stay's entry.
    pub distribution: Steps<Distribution>,
    /// Share that abandons at once if it must wait.
    pub balk: f64,
    /// Share of those who abandon that say nothing (chat): the agent finds out later.
    pub silent: f64,
    /// How long an agent waits for an answer before finding out.
    pub found_out: Span,
}

table! {
    /// How long a customer would wait before abandoning: a distribution, and who abandons at once.
    keys of Patience = "patience", and of Times {
        /// Share that abandons at once if it must wait
        balk: Share, default(0), example(0.01);
        /// Share of those who abandon that say nothing: an agent finds out later (chat)
        silent: Share, default(0), example(0.3);
        /// With `silent`: how long the agent waits for an answer before finding out (chat)
        found_out: Duration, default("2m"), example("90s");
    }
}

impl Declares for Patience {
    const KIND: Kind = Kind::Stepped(&Kind::Distribution(Patience::SHAPE));
}

impl Patience {
    /// Reads `queues.X.patience`.
    pub(super) fn of(written: &Written<'_>, kind: Option<KindWord>) -> Option<Patience> {
        let cx = written.cx;
        let nobody = || (Patience::silent.default(cx), Patience::found_out.default(cx));
        let more = |table: Option<&Fields<'_>>| match table {
            Some(table) => (table.read(Patience::balk), silence(table, kind).unwrap_or_else(nobody)),
            None => (Patience::balk.default(cx), nobody()),
        };
        let (distribution, (balk, (silent, found_out))) = read_with(written, Patience::SHAPE, more)?;
        Some(Patience { distribution, balk, silent, found_out })
    }
}

/// The share that says nothing, and when the agent finds out.
fn silence(table: &Fields<'_>, kind: Option<KindWord>) -> Option<(f64, Span)> {
    let (silent, found_out) = (Patience::silent.name, Patience::found_out.name);
    let help = (kind == Some(KindWord::Voice)).then_some("a caller who hangs up is noticed at once");
    let chat = &[KindWord::Chat];
    if !goes_with(table, silent, kind, chat, help) | !goes_with(table, found_out, kind, chat, None) {
        return None;
    }
    if table.has(found_out) && !table.has(silent) {
        let title = format!("`{}` goes with `{silent}` only", table.at(found_out));
        let logged = table.cx.log.error(table.place_of(found_out), title, "nobody abandons without a word");
        logged.help("add `silent = 0.3`");
    }
    Some((table.read(Patience::silent), table.read(Patience::found_out)))
}
