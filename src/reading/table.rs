//! A table of the file, declared once: what its keys mean, what they may be, what holds where one is left
//! out. The reference, the schema and the reader are made of the one declaration.

use std::marker::PhantomData;

use super::context::Context;
use super::diagnostic::Log;
use super::fields::{Fields, Written};
use super::kinds::Reads;
use super::shape::Shape;
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
    /// What holds where it is left out, as it would be written, or in words.
    default: &'static str,
    kind: PhantomData<(K, L)>,
}

impl<K, L> KeyOf<K, L> {
    pub(crate) const fn new(table: &'static str, name: &'static str, default: &'static str) -> KeyOf<K, L> {
        KeyOf { name, table, default, kind: PhantomData }
    }
}

impl Fields<'_> {
    /// What `key` says, or what holds where it is left out.
    pub(crate) fn read<K: Reads, L: LeftOut<K>>(&self, key: KeyOf<K, L>) -> L::Given {
        let own = [Some(self.shape), self.shape.base].into_iter().flatten();
        if !own.into_iter().any(|shape| shape.name == key.table) {
            self.misread(key.name, "a key of another table");
        }
        let written = self.written(key.name).and_then(|written| K::read(&written));
        L::given(&key, written, self)
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
        written.unwrap_or_else(|| {
            let (log, cx) = (Log::default(), fields.cx);
            let cx = &Context::new(&log, cx.sources, cx.time, cx.zone.clone());
            let node = &tree::parse_value(key.default, 0, 0).ok().expect("a default is written as in a file");
            let (path, key_place) = (String::new(), Place { source: 0, start: 0, end: 0 });
            let read = K::read(&Written { cx, node, key: key.name, key_place, path });
            read.unwrap_or_else(|| panic!("the default of `{}` in {} is none", key.name, key.table))
        })
    }
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
/// - `empty("the same queue")`: a list without entries, and what this means.
///
/// Where the type is another than what is written, the keys are declared for a type that stands beside:
/// `keys of Transfer = "transfer" { probability: Share, default(0), example(0.12); }`, and a function
/// reads each with `fields.read(Transfer::probability)`, which gives what the kind reads. A key that is
/// declared and not read is named by the compiler as never used.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $vis:vis struct $table:ident = $called:literal {
            $(
                $(#[doc = $meaning:literal])+
                $field_vis:vis $key:ident: $type:ty as $kind:ty,
                $left:ident $(($($value:tt)+))?, example($($example:tt)+);
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
                $($(#[doc = $meaning])+ $key: $kind, $left $(($($value)+))?, example($($example)+);)+
            }
        }

        impl $crate::reading::table::Tabled for $table {
            fn read(fields: &$crate::reading::fields::Fields<'_>) -> Option<$table> {
                $(let $key = fields.read($table::$key);)+
                Some($table { $($key: $crate::reading::table::table!(@field $left $key),)+ })
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        keys of $table:ident = $called:literal $(and of $base:ty)? {
            $(
                $(#[doc = $meaning:literal])+
                $key:ident: $kind:ty,
                $left:ident $(($($value:tt)+))?, example($($example:tt)+);
            )+
        }
    ) => {
        #[allow(non_upper_case_globals)]
        impl $table {
            $(
                pub(crate) const $key: $crate::reading::table::KeyOf<
                    $kind,
                    $crate::reading::table::table!(@left $left),
                > = $crate::reading::table::KeyOf::new(
                    $called,
                    stringify!($key),
                    $crate::reading::table::table!(@default $left $(($($value)+))?),
                );
            )+
        }

        impl $crate::reading::table::Keyed for $table {
            const SHAPE: &'static $crate::reading::shape::Shape = {
                static SHAPE: $crate::reading::shape::Shape = $crate::reading::shape::Shape {
                    name: $called,
                    doc: $crate::reading::table::doc(concat!($($doc),+)),
                    keys: &[$(
                        $crate::reading::shape::key(
                            stringify!($key),
                            <$kind as $crate::reading::kinds::Declares>::KIND,
                            $crate::reading::table::table!(@default $left $(($($value)+))?),
                            stringify!($($example)+),
                            $crate::reading::table::doc(concat!($($meaning),+)),
                        ),
                    )+],
                    base: $crate::reading::table::table!(@base $($base)?),
                };
                &SHAPE
            };
        }
    };
    (@left required) => { $crate::reading::table::Required };
    (@left none) => { $crate::reading::table::Optional };
    (@left empty) => { $crate::reading::table::Empty };
    (@left default) => { $crate::reading::table::Defaulted };
    (@default required) => { "required" };
    (@default none) => { "" };
    (@default none ($words:literal)) => { $words };
    (@default empty ($words:literal)) => { $words };
    (@default default ($($value:tt)+)) => { stringify!($($value)+) };
    (@field required $field:ident) => { $field? };
    (@field $left:ident $field:ident) => { $field };
    (@base) => { None };
    (@base $base:ty) => { Some(<$base as $crate::reading::table::Keyed>::SHAPE) };
}

pub(crate) use table;
