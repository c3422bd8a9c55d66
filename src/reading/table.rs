//! A table of the file, declared once: what its keys mean, what they may be, what holds where one is left
//! out. The reference, the schema and the reader are made of the one declaration.

use std::marker::PhantomData;

use super::context::Context;
use super::diagnostic::Log;
use super::fields::{Fields, Written};
use super::kinds::{Declares, Reads};
use super::shape::{Key, Kind, Shape};
use super::source::Place;
use super::tree;

/// A type that has the keys of a table.
pub(crate) trait Keyed {
    const SHAPE: &'static Shape;
}

/// A table that is read as it stands: a field for each key.
pub(crate) trait Tabled: Keyed + Sized {
    /// `None` where something that it needs is missing or wrong.
    fn read(fields: &Fields<'_>) -> Option<Self>;
}

/// A key of a table: of the kind `K`, and with `L` for what holds where it is left out.
pub(crate) struct KeyOf<K, L> {
    pub(crate) name: &'static str,
    /// What the reference calls its table.
    pub(super) table: &'static str,
    /// What holds where it is left out, as it would be written, if anything does.
    default: &'static str,
    kind: PhantomData<(K, L)>,
}

impl<K, L> KeyOf<K, L> {
    pub(crate) const fn new(table: &'static str, name: &'static str, default: &'static str) -> KeyOf<K, L> {
        KeyOf { name, table, default, kind: PhantomData }
    }
}

impl<'a> Fields<'a> {
    /// What `key` says, or what holds where it is left out.
    pub(crate) fn read<K: Reads, L: LeftOut<K>>(&self, key: KeyOf<K, L>) -> L::Given {
        if self.shape.key(key.name).is_none_or(|declared| declared.table != key.table) {
            self.misread(key.name, "a key of another table");
        }
        L::given(&key, self.given(&key), self)
    }

    /// What `key` says, if it is written and right.
    pub(crate) fn given<K: Reads, L>(&self, key: &KeyOf<K, L>) -> Option<K::Value> {
        self.written(key.name).and_then(|written| K::read(&written))
    }

    /// The table of `key`, for who reads it with more than it says itself.
    pub(crate) fn table<T: Keyed, L>(&self, key: KeyOf<Table<T>, L>) -> Option<Fields<'a>> {
        self.written(key.name)?.fields(T::SHAPE)
    }

    /// The named tables of `key`, in file order.
    pub(crate) fn tables<K: Holds, L>(&self, key: KeyOf<K, L>) -> Vec<Fields<'a>> {
        self.written(key.name).map(|written| written.tables(K::Of::SHAPE)).unwrap_or_default()
    }

    /// What `key` says or holds, but nothing where what is written is wrong, for who refuses other keys for its sake.
    pub(crate) fn read_if_sound<K: Reads>(&self, key: KeyOf<K, Defaulted>) -> Option<K::Value> {
        match self.written(key.name) {
            Some(written) => K::read(&written),
            None => Some(key.default(self.cx)),
        }
    }
}

/// What holds where a key is left out, and so what reading it gives.
pub(crate) trait LeftOut<K: Reads>: Sized {
    type Given;

    fn given(key: &KeyOf<K, Self>, written: Option<K::Value>, fields: &Fields<'_>) -> Self::Given;
}

/// It must not be: reading it says so.
pub(crate) enum Required {}

impl<K: Reads> LeftOut<K> for Required {
    type Given = Option<K::Value>;

    fn given(key: &KeyOf<K, Self>, written: Option<K::Value>, fields: &Fields<'_>) -> Option<K::Value> {
        fields.require(&[key.name]);
        written
    }
}

/// Nothing.
pub(crate) enum Optional {}

impl<K: Reads> LeftOut<K> for Optional {
    type Given = Option<K::Value>;

    fn given(_: &KeyOf<K, Self>, written: Option<K::Value>, _: &Fields<'_>) -> Option<K::Value> {
        written
    }
}

/// The value without anything in it: no entries of a list.
pub(crate) enum Empty {}

impl<K: Reads<Value: Default>> LeftOut<K> for Empty {
    type Given = K::Value;

    fn given(_: &KeyOf<K, Self>, written: Option<K::Value>, _: &Fields<'_>) -> K::Value {
        written.unwrap_or_default()
    }
}

/// The value that the declaration has, read as if it were written in the file.
pub(crate) enum Defaulted {}

impl<K: Reads> LeftOut<K> for Defaulted {
    type Given = K::Value;

    fn given(key: &KeyOf<K, Self>, written: Option<K::Value>, fields: &Fields<'_>) -> K::Value {
        written.unwrap_or_else(|| key.default(fields.cx))
    }
}

impl<K: Reads> KeyOf<K, Defaulted> {
    /// What holds where it is left out.
    pub(crate) fn default(&self, cx: &Context<'_>) -> K::Value {
        let log = Log::default();
        let cx = &Context::new(&log, cx.sources, cx.time, None);
        let node = &tree::parse_value(self.default, 0, 0).expect("a default is written as in a file");
        let (path, key_place) = (String::new(), Place { source: 0, start: 0, end: 0 });
        let read = K::read(&Written { cx, node, key: self.name, key_place, path });
        read.unwrap_or_else(|| panic!("the default of `{}` in {} is none", self.name, self.table))
    }
}

/// A table.
pub(crate) struct Table<T>(PhantomData<T>);

impl<T: Keyed> Declares for Table<T> {
    const KIND: Kind = Kind::Table(T::SHAPE);
}

impl<T: Tabled> Reads for Table<T> {
    type Value = T;

    fn read(written: &Written<'_>) -> Option<T> {
        T::read(&written.fields(T::SHAPE)?)
    }
}

/// A kind of value that holds named tables.
pub(crate) trait Holds {
    type Of: Keyed;
}

/// Any number of tables with names.
pub(crate) struct Tables<T>(PhantomData<T>);

impl<T: Keyed> Holds for Tables<T> {
    type Of = T;
}

impl<T: Keyed> Declares for Tables<T> {
    const KIND: Kind = Kind::Tables(T::SHAPE);
}

impl<T: Tabled> Reads for Tables<T> {
    type Value = Vec<T>;

    fn read(written: &Written<'_>) -> Option<Vec<T>> {
        Some(written.tables(T::SHAPE).iter().filter_map(T::read).collect())
    }
}

/// Any number of tables with names, of which a setting changes one, but makes none.
pub(crate) struct Members<T>(PhantomData<T>);

impl<T: Keyed> Holds for Members<T> {
    type Of = T;
}

impl<T: Keyed> Declares for Members<T> {
    const KIND: Kind = Kind::Members(T::SHAPE);
}

/// A name that may be a word of Rust: `r#where`.
pub(crate) const fn name(written: &'static str) -> &'static str {
    match written.as_bytes() {
        [b'r', b'#', ..] => written.split_at(2).1,
        _ => written,
    }
}

/// A key that another type declares.
pub(crate) const fn key_of<T: Keyed>(name: &'static str) -> Key {
    let keys = T::SHAPE.keys;
    let mut number = 0;
    while number < keys.len() {
        if is(keys[number].name, name) {
            return keys[number];
        }
        number += 1;
    }
    panic!("there is no such key")
}

/// Whether two texts are the same, which `==` does not tell before the program runs.
const fn is(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    one.len() == at && other.len() == at
}

/// A doc comment as one text.
pub(crate) const fn doc(lines: &'static str) -> &'static str {
    lines.trim_ascii_start()
}

/// Declares a table of the file. Of a struct with a field for each key, all of it is made: the struct, the
/// declaration of the keys and the reader.
///
/// ```text
/// table! {
///     /// A contact goes to a higher level instead.
///     pub struct Escalation = "escalation" {
///         /// The higher level
///         pub to: String as QueueName, required, example("level_two");
///         /// Contacts that have waited so long
///         pub after_wait: Option<Span> as PositiveDuration, none, example("10m");
///         /// This share of all contacts, at once
///         pub share: f64 as Share, default(0), example(0.02);
///     }
/// }
/// ```
///
/// Comments are the words of the reference, `"escalation"` is its name for the table. After `as` stands the
/// kind of the value, which a type of `kinds` or of `scenario` declares and reads; then what holds where the
/// key is left out:
///
/// - `required`: nothing; without it the table is no table;
/// - `default(0)`: the value in parentheses, as it would be written;
/// - `none`, `none("no limit")`: nothing, and what this means;
/// - `empty("the same queue")`: a list without entries, and what this means;
/// - `defaults`, `defaults("every leg solves")`: a table in which every key is left out, and what this means.
///
/// `example("level_two"), was("level")` is a key that had another name once, which files may still use;
/// `also("tier")` are words by which others call it, which the hint for an unknown key knows.
///
/// `pub struct Chase = "chase", checked { ... }` hands each to its method `check`, with its place in the file.
///
/// Where the type is another than what is written, the keys are declared for a type that stands beside:
/// `keys of Transfer = "transfer" { probability: Share, default(0), example(0.12); }`, and a function
/// reads each with `fields.read(Transfer::probability)`, which gives what the kind reads. `file of TableFile;`
/// is a key that the other type declares. A key that is
/// declared and not read is named by the compiler as never used.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $vis:vis struct $table:ident = $called:literal $(, $checked:ident)? {
            $(
                $(#[doc = $meaning:literal])+
                $field_vis:vis $key:ident: $type:ty as $kind:ty,
                $left:ident $(($($value:tt)+))?, example($($example:tt)+) $(, was($was:literal))? $(, also($($also:literal),+))?;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $table {
            $($(#[doc = $meaning])+ $field_vis $key: $type,)+
        }

        $crate::reading::table::table! {
            $(#[doc = $doc])+
            keys of $table = $called {
                $($(#[doc = $meaning])+ $key: $kind, $left $(($($value)+))?, example($($example)+) $(, was($was))? $(, also($($also),+))?;)+
            }
        }

        impl $crate::reading::table::Tabled for $table {
            fn read(fields: &$crate::reading::fields::Fields<'_>) -> Option<$table> {
                $(let $key = fields.read($table::$key);)+
                let table = $table { $($key: $crate::reading::table::table!(@field $left $key),)+ };
                $crate::reading::table::table!(@check fields table $($checked)?);
                Some(table)
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        keys of $table:ident = $called:literal $(, and of $base:ty)? {
            $(
                $(#[doc = $meaning:literal])*
                $key:ident
                $(of $shared:ty)?
                $(: $kind:ty, $left:ident $(($($value:tt)+))?, example($($example:tt)+) $(, was($was:literal))? $(, also($($also:literal),+))?)?;
            )+
        }
    ) => {
        #[allow(non_upper_case_globals)]
        impl $table {
            $($(
                pub(super) const $key: $crate::reading::table::KeyOf<
                    $kind,
                    $crate::reading::table::table!(@left $left),
                > = $crate::reading::table::KeyOf::new(
                    $called,
                    $crate::reading::table::name(stringify!($key)),
                    $crate::reading::table::table!(@value $left $(($($value)+))?),
                );
            )?)+
        }

        impl $crate::reading::table::Keyed for $table {
            const SHAPE: &'static $crate::reading::shape::Shape = {
                static SHAPE: $crate::reading::shape::Shape = $crate::reading::shape::Shape {
                    name: $called,
                    doc: $crate::reading::table::doc(concat!($($doc),+)),
                    keys: &[$(
                        $crate::reading::table::table!(
                            @key $called $key [$($meaning),*]
                            $(of $shared)?
                            $(: $kind, $left $(($($value)+))?, example($($example)+) $(, was($was))? $(, also($($also),+))?)?
                        ),
                    )+],
                    base: $crate::reading::table::table!(@base $($base)?),
                };
                &SHAPE
            };
        }
    };
    (@key $called:literal $key:ident [] of $shared:ty) => {
        $crate::reading::table::key_of::<$shared>($crate::reading::table::name(stringify!($key)))
    };
    (
        @key $called:literal $key:ident [$($meaning:literal),+]
        : $kind:ty, $left:ident $(($($value:tt)+))?, example($($example:tt)+) $(, was($was:literal))? $(, also($($also:literal),+))?
    ) => {
        $crate::reading::shape::Key {
            table: $called,
            name: $crate::reading::table::name(stringify!($key)),
            was: &[$($was)?],
            also: &[$($($also),+)?],
            kind: <$kind as $crate::reading::kinds::Declares>::KIND,
            default: $crate::reading::table::table!(@default $left $(($($value)+))?),
            example: stringify!($($example)+),
            doc: $crate::reading::table::doc(concat!($($meaning),+)),
        }
    };
    (@check $fields:ident $table:ident) => {};
    (@check $fields:ident $table:ident checked) => { $table.check($fields); };
    (@left required) => { $crate::reading::table::Required };
    (@left none) => { $crate::reading::table::Optional };
    (@left empty) => { $crate::reading::table::Empty };
    (@left default) => { $crate::reading::table::Defaulted };
    (@left defaults) => { $crate::reading::table::Defaulted };
    (@default required) => { "required" };
    (@default none) => { "" };
    (@default none ($words:literal)) => { $words };
    (@default empty) => { "" };
    (@default empty ($words:literal)) => { $words };
    (@default default ($($value:tt)+)) => { stringify!($($value)+) };
    (@default defaults) => { "" };
    (@default defaults ($words:literal)) => { $words };
    (@value default ($($value:tt)+)) => { stringify!($($value)+) };
    (@value defaults $(($words:literal))?) => { "{}" };
    (@value $left:ident $(($words:literal))?) => { "" };
    (@field required $field:ident) => { $field? };
    (@field $left:ident $field:ident) => { $field };
    (@base) => { None };
    (@base $base:ty) => { Some(|| <$base as $crate::reading::table::Keyed>::SHAPE) };
}

pub(crate) use table;
