//! What a file may have: tables, their keys, and of each key its type, unit, default and meaning.
//!
//! The declarations serve everyone: readers ask for nothing that is not declared, the JSON Schema and
//! the reference are written from them, an unknown key is compared with them, and whoever walks the tree
//! learns from them what a value means.

/// A kind of table: which keys it may have.
pub(crate) struct Shape {
    /// What the reference calls it, in the singular.
    pub(crate) name: &'static str,
    /// One sentence.
    pub(crate) doc: &'static str,
    /// Its keys, in the order of the reference.
    pub(crate) keys: &'static [Key],
    /// Further keys that it shares with another kind of table, which may have such tables itself.
    pub(crate) base: Option<fn() -> &'static Shape>,
}

/// One key of a table.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    /// What the reference calls the table that declares it.
    pub(crate) table: &'static str,
    pub(crate) name: &'static str,
    /// Names that it had in earlier versions, which files may still use.
    pub(crate) was: &'static [&'static str],
    /// What others call it: other tools, spreadsheets, the trade's abbreviations.
    pub(crate) also: &'static [&'static str],
    pub(crate) kind: Kind,
    /// What holds when it is left out, as it would be written; `required` where it must be given.
    pub(crate) default: &'static str,
    /// A value as it would be written; one that begins with a dot follows the key as it is
    /// (`.chat = { kind = "chat" }` of `channels`).
    pub(crate) example: &'static str,
    /// One line, without a period.
    pub(crate) doc: &'static str,
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// Any finite number.
    Any,
    /// 0 or more.
    NotNegative,
    /// More than 0.
    Positive,
    /// 0 to 1.
    Share,
    /// More than 0, less than 1.
    Inside,
    /// More than 0, at most 1.
    Part,
    /// 1 or more.
    AtLeastOne,
}

impl Range {
    /// Whether it is a part of a whole, which may be written as a percentage.
    pub(crate) fn is_share(self) -> bool {
        matches!(self, Range::Share | Range::Inside | Range::Part)
    }
}

/// What a value may be.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A text.
    Text,
    /// The path of a file, relative to the one that it is written in.
    File,
    /// `true` or `false`.
    Flag,
    /// A whole number of at least so many.
    Count(u64),
    /// A number.
    Number(Range),
    /// A duration: `"4m30s"`.
    Duration,
    /// A duration that may count working days: `"2wd"`.
    Within,
    /// A date: `2026-03-02`.
    Date,
    /// A date and time, or a duration since the start in a study without calendar.
    Moment,
    /// A time of day: `"08:00"`.
    TimeOfDay,
    /// Two times of day: `"12:00-13:30"`.
    Between,
    /// Weekdays: `"mon-fri"`.
    Days,
    /// One of these words.
    Word {
        /// What may be written.
        words: &'static [&'static str],
    },
    /// The name of a queue, a channel, ...
    Name(&'static str),
    /// A distribution of times, or a duration for a constant.
    Distribution(&'static Shape),
    /// A number or duration that may be a step table.
    Stepped(&'static Kind),
    /// A list.
    List(&'static Kind),
    /// A value for each of some names: `{ billing = 0.8 }`.
    Each {
        /// What the names name.
        of: &'static str,
        /// What each has.
        value: &'static Kind,
    },
    /// A table of one kind.
    Table(&'static Shape),
    /// Any number of named tables of one kind.
    Tables(&'static Shape),
    /// The same of what a centre has: a setting changes one of them, but makes none.
    Members(&'static Shape),
    /// One of several.
    Either(&'static [Kind]),
    /// A table of settings by dotted path.
    Paths,
    /// Named tables of settings by dotted path, of a file of this shape.
    Variants(fn() -> &'static Shape),
}

impl Shape {
    /// The table whose keys it has too.
    pub(crate) fn base(&self) -> Option<&'static Shape> {
        self.base.map(|base| base())
    }

    /// All keys, its own first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Key> + Clone {
        self.keys.iter().chain(self.base().map_or(&[][..], |base| base.keys))
    }

    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.name == name)
    }

    /// The key that others call so.
    pub(super) fn elsewhere_called(&self, name: &str) -> Option<&'static Key> {
        let name = name.to_lowercase().replace(['-', ' '], "_");
        self.all().find(|key| key.also.contains(&name.as_str()))
    }

    /// The key that had this name once.
    pub(super) fn once_called(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.was.contains(&name))
    }
}

impl Key {
    /// The example as a whole line: `talk = "3m"`.
    pub(crate) fn line(&self) -> String {
        let equals = if self.example.starts_with('.') { "" } else { " = " };
        // Longer ones are broken into lines where the declaration is read.
        let example: Vec<&str> = self.example.split_whitespace().collect();
        format!("{}{equals}{}", self.name, example.join(" "))
    }
}

/// A single word beside values of other kinds.
pub(crate) const fn word(word: &'static [&'static str; 1]) -> Kind {
    Kind::Word { words: word }
}
