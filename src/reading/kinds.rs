//! Kinds of values as types: what a key is declared as is what its reader gets.

use std::marker::PhantomData;

use super::fields::Written;
use super::shape::{Kind, Range};
use super::values;
use crate::units::Span;
use crate::vocabulary::Words;

/// What the file may have for a value.
pub(crate) trait Declares {
    const KIND: Kind;
}

/// What is read of it.
pub(crate) trait Reads: Declares {
    type Value;

    /// Reads it, or says what is wrong with it.
    fn read(written: &Written<'_>) -> Option<Self::Value>;
}

/// Declares kinds: what the reference says of it, what is read, and how.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident $(<const $least:ident>)?: $kind:expr => $value:ty, $read:expr;)+) => {
        $(
            $(#[$doc])+
            pub(crate) enum $name $(<const $least: u64>)? {}

            impl $(<const $least: u64>)? Declares for $name $(<$least>)? {
                const KIND: Kind = $kind;
            }

            impl $(<const $least: u64>)? Reads for $name $(<$least>)? {
                type Value = $value;

                fn read(written: &Written<'_>) -> Option<$value> {
                    let read: fn(&Written<'_>) -> Option<$value> = $read;
                    read(written)
                }
            }
        )+
    };
}

kinds! {
    /// A number from 0 to 1.
    Share: Kind::Number(Range::Share) => f64, |it| number(it, Range::Share);
    /// A number of 1 or more.
    AtLeastOne: Kind::Number(Range::AtLeastOne) => f64, |it| number(it, Range::AtLeastOne);
    /// A whole number, of people, lines or attempts: a million at most.
    Count<const LEAST>: Kind::Count(LEAST) => u32, |it| {
        let number = values::count(it.cx.log, it.node, &it.path, LEAST)?;
        it.cx.head_count(number, it.node.place, &it.path)
    };
    /// A duration.
    Duration: Kind::Duration => Span, |it| values::duration(it.cx.log, it.node, &it.path);
    /// A duration that is more than nothing.
    PositiveDuration: Kind::Duration => Span, |it| {
        let span = values::duration(it.cx.log, it.node, &it.path)?;
        if span == Span::ZERO {
            let title = format!("`{}` must be more than nothing", it.path);
            it.cx.log.error(it.node.place, title, "no time at all");
            return None;
        }
        Some(span)
    };
}

fn number(it: &Written<'_>, range: Range) -> Option<f64> {
    values::number(it.cx.log, it.node, &it.path, range)
}

/// One of the words of an enum.
pub(crate) struct Word<W>(PhantomData<W>);

impl<W: Words> Declares for Word<W> {
    const KIND: Kind = Kind::Word { words: W::NAMES, later: &[] };
}

impl<W: Words> Reads for Word<W> {
    type Value = W;

    fn read(it: &Written<'_>) -> Option<W> {
        let number = values::word(it.cx.log, it.node, &it.path, W::NAMES, &[])?;
        W::ALL.get(number).copied()
    }
}
