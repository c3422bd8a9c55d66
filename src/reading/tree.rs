//! TOML as a tree in which every value knows its place and tables keep the order of the file.

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::source::Place;

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) data: Data,
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    Time(Datetime),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and values in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<Entry>,
    /// Written in one piece, as `{ ... }` or under its own `[header]`; not by dotted keys.
    pub(crate) whole: bool,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) value: Node,
}

impl Table {
    /// The value of `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

impl Node {
    /// What it is, in a sentence.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.data {
            Data::Text(_) => "a text",
            Data::Integer(_) => "a whole number",
            Data::Float(_) => "a number",
            Data::Flag(_) => "true or false",
            Data::Time(time) if time.time.is_none() => "a date",
            Data::Time(time) if time.date.is_none() => "a time of day",
            Data::Time(_) => "a date and time",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }

    /// As TOML writes it, in one piece.
    pub(crate) fn as_toml(&self) -> String {
        match &self.data {
            Data::Text(text) => toml::Value::String(text.clone()).to_string(),
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => toml::Value::Float(*number).to_string(),
            Data::Flag(flag) => flag.to_string(),
            Data::Time(time) => time.to_string(),
            Data::List(items) => {
                format!("[{}]", items.iter().map(Node::as_toml).collect::<Vec<_>>().join(", "))
            }
            Data::Table(table) => {
                let entry = |entry: &Entry| format!("{} = {}", key(&entry.key), entry.value.as_toml());
                format!("{{ {} }}", table.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Its text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its table, if it is one.
    pub(crate) fn table(&self) -> Option<&Table> {
        match &self.data {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// A key as a file and a setting write it.
pub(crate) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_owned();
    }
    toml::Value::String(name.to_owned()).to_string()
}

/// Settings by dotted path: tables made of dotted keys or headers are walked into, those written in
/// one piece are values.
pub(crate) fn flatten(table: &Table, path: &str, each: &mut impl FnMut(String, &Node)) {
    for entry in &table.entries {
        let bare = |c: char| c.is_ascii_alphanumeric() || "_-.[]\"".contains(c);
        let key = if entry.key.chars().all(bare) { entry.key.clone() } else { format!("\"{}\"", entry.key) };
        let path = if path.is_empty() { key } else { format!("{path}.{key}") };
        match entry.value.table() {
            Some(inner) if !inner.whole => flatten(inner, &path, each),
            _ => each(path, &entry.value),
        }
    }
}

/// A mistake in the TOML itself: what is wrong, and where.
#[derive(Clone, Debug)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) place: Place,
}

/// Reads a whole text; what can be understood of a broken one is still in the tree.
pub(crate) fn parse(text: &str, source: usize) -> (Node, Vec<SyntaxError>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<SyntaxError> = errors.iter().map(|error| syntax_error(error, text, source)).collect();
    let mut reader = Reader { text, source, errors: &mut errors };
    let mut table = reader.table(document.get_ref());
    table.whole = true;
    let place = Place { source, start: 0, end: 0 };
    (Node { place, data: Data::Table(table) }, errors)
}

/// Reads one value, `text`, that stands at `offset` of its source.
pub(crate) fn parse_value(text: &str, offset: usize, source: usize) -> Result<Node, SyntaxError> {
    let value = DeValue::parse(text).map_err(|error| {
        let mut error = syntax_error(&error, text, source);
        error.place.start += offset;
        error.place.end += offset;
        error
    })?;
    let mut errors = Vec::new();
    let mut node = Reader { text, source, errors: &mut errors }.value(value.get_ref(), value.span());
    node.shift(offset);
    match errors.pop() {
        Some(mut error) => {
            error.place.start += offset;
            error.place.end += offset;
            Err(error)
        }
        None => Ok(node),
    }
}

fn syntax_error(error: &toml::de::Error, text: &str, source: usize) -> SyntaxError {
    let span = error.span().unwrap_or(0..0);
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    SyntaxError { message: error.message().trim().to_owned(), place: Place { source, start, end } }
}

struct Reader<'a> {
    text: &'a str,
    source: usize,
    errors: &'a mut Vec<SyntaxError>,
}

impl Reader<'_> {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place { source: self.source, start: span.start, end: span.end }
    }

    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_place: self.place(key.span()),
                value: self.value(value.get_ref(), value.span()),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_place.start);
        Table { entries, whole: false }
    }

    fn value(&mut self, value: &DeValue<'_>, span: std::ops::Range<usize>) -> Node {
        let place = self.place(span);
        let data = match value {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Data::Integer(number),
                Err(_) => {
                    let message = "this whole number is too large".to_owned();
                    self.errors.push(SyntaxError { message, place });
                    Data::Integer(0)
                }
            },
            // Infinities and NaN are refused where the number is used, with what it is for.
            DeValue::Float(number) => Data::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Data::Flag(*flag),
            DeValue::Datetime(time) => Data::Time(*time),
            DeValue::Array(list) => {
                Data::List(list.iter().map(|item| self.value(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => {
                let mut table = self.table(table);
                table.whole = self.text[place.start..].starts_with(['{', '[']);
                Data::Table(table)
            }
        };
        Node { place, data }
    }
}

impl Node {
    /// Moves all places by `offset` bytes.
    fn shift(&mut self, offset: usize) {
        self.each_place(&mut |place| (place.start, place.end) = (place.start + offset, place.end + offset));
    }

    /// The same value in another text, at the same places there.
    pub(super) fn within(&self, source: usize) -> Node {
        let mut node = self.clone();
        node.each_place(&mut |place| place.source = source);
        node
    }

    fn each_place(&mut self, change: &mut impl FnMut(&mut Place)) {
        change(&mut self.place);
        match &mut self.data {
            Data::List(items) => items.iter_mut().for_each(|item| item.each_place(change)),
            Data::Table(table) => {
                for entry in &mut table.entries {
                    change(&mut entry.key_place);
                    entry.value.each_place(change);
                }
            }
            _ => {}
        }
    }
}
