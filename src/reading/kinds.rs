//! Kinds of values as types: what a key is declared as is what its reader gets.

use std::marker::PhantomData;

use super::days::parse_days;
use super::fields::Written;
use super::shape::{Kind, Range};
use super::steps::stepped;
use super::tree::Data;
use super::values;
use crate::units::{self, Span, Steps};
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
    /// A text.
    Text: Kind::Text => String, |it| values::text(it.cx.log, it.node, &it.path);
    /// The path of a file.
    File: Kind::File => String, |it| values::text(it.cx.log, it.node, &it.path);
    /// `true` or `false`.
    Flag: Kind::Flag => bool, |it| values::flag(it.cx.log, it.node, &it.path);
    /// A number from 0 to 1.
    Share: Kind::Number(Range::Share) => f64, |it| number(it, Range::Share);
    /// Any number.
    AnyNumber: Kind::Number(Range::Any) => f64, |it| number(it, Range::Any);
    /// A number above 0 and below 1.
    Inside: Kind::Number(Range::Inside) => f64, |it| number(it, Range::Inside);
    /// A number of 0 or more.
    NotNegative: Kind::Number(Range::NotNegative) => f64, |it| number(it, Range::NotNegative);
    /// A number above 0.
    Positive: Kind::Number(Range::Positive) => f64, |it| number(it, Range::Positive);
    /// A number above 0, up to 1.
    Part: Kind::Number(Range::Part) => f64, |it| number(it, Range::Part);
    /// A number of 1 or more.
    AtLeastOne: Kind::Number(Range::AtLeastOne) => f64, |it| number(it, Range::AtLeastOne);
    /// A whole number of people, below 0 too: a million at most.
    Signed: Kind::Number(Range::Any) => i32, |it| {
        let number = number(it, Range::Any)?;
        if number.fract() != 0.0 {
            let title = format!("`{}` must be a whole number", it.path);
            it.cx.log.error(it.node.place, title, format!("{number} is not"));
            return None;
        }
        it.cx.head_count(number.abs() as u64, it.node.place, &it.path).map(|_| number as i32)
    };
    /// A whole number, of people, lines or attempts: a million at most.
    Count<const LEAST>: Kind::Count(LEAST) => u32, |it| {
        let number = values::count(it.cx.log, it.node, &it.path, LEAST)?;
        it.cx.head_count(number, it.node.place, &it.path)
    };
    /// A whole number without a limit.
    Whole<const LEAST>: Kind::Count(LEAST) => u64, |it| values::count(it.cx.log, it.node, &it.path, LEAST);
    /// A time of day.
    TimeOfDay: Kind::TimeOfDay => units::TimeOfDay, |it| values::time_of_day(it.cx.log, it.node, &it.path);
    /// From one time of day to another.
    Between: Kind::Between => (units::TimeOfDay, units::TimeOfDay), |it| {
        values::between(it.cx.log, it.node, &it.path)
    };
    /// Weekdays, Monday first.
    Weekdays: Kind::Days => [bool; 7], |it| {
        let text = values::text(it.cx.log, it.node, &it.path)?;
        let refuse = |reason| {
            let logged = it.cx.log.error(it.node.place, format!("`{}` must be weekdays", it.path), reason);
            logged.help("write it like \"mon-fri\" or \"sat,sun\"");
        };
        parse_days(&text).map_err(refuse).ok()
    };
    /// A date.
    Date: Kind::Date => jiff::civil::Date, |it| values::date(it.cx.log, it.node, &it.path);
    /// A date and time as microseconds since the start; in a study without calendar a duration since then.
    Moment: Kind::Moment => i64, |it| {
        if it.cx.time.calendar {
            values::date_time(it.cx.log, it.node, &it.path).and_then(|at| it.cx.time.micros(at))
        } else {
            values::duration(it.cx.log, it.node, &it.path).map(|span| span.micros() as i64)
        }
    };
    /// A duration, or a number of working days.
    Within: Kind::Within => units::Within, |it| values::within(it.cx.log, it.node, &it.path);
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
    const KIND: Kind = Kind::Word { words: W::NAMES };
}

impl<W: Words> Reads for Word<W> {
    type Value = W;

    fn read(it: &Written<'_>) -> Option<W> {
        let number = values::word(it.cx.log, it.node, &it.path, W::NAMES)?;
        W::ALL.get(number).copied()
    }
}

/// A list.
pub(crate) struct List<K>(PhantomData<K>);

impl<K: Declares> Declares for List<K> {
    const KIND: Kind = Kind::List(&K::KIND);
}

impl<K: Reads> Reads for List<K> {
    type Value = Vec<K::Value>;

    fn read(it: &Written<'_>) -> Option<Vec<K::Value>> {
        let Data::List(_) = it.node.data else {
            it.wrong("a list");
            return None;
        };
        // All of them, so that every mistake is told.
        let read: Vec<Option<K::Value>> = it.items().iter().map(K::read).collect();
        read.into_iter().collect()
    }
}

/// A value that may vary over the day or the elapsed time.
pub(crate) struct Stepped<K>(PhantomData<K>);

impl<K: Declares> Declares for Stepped<K> {
    const KIND: Kind = Kind::Stepped(&K::KIND);
}

impl<K: Reads<Value: Clone>> Reads for Stepped<K> {
    type Value = Steps<K::Value>;

    fn read(it: &Written<'_>) -> Option<Steps<K::Value>> {
        stepped(it.cx, it.node, &it.path, |node, path| {
            K::read(&Written { node, path: path.to_owned(), ..*it })
        })
    }
}
