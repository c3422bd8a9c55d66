//! One table of the file: typed getters that remember which keys were asked for.

use std::cell::{Cell, RefCell};

use super::context::Context;
use super::shape::{Key, Kind, Shape};
use super::source::Place;
use super::suggest;
use super::tree::{Data, Entry, Node, Table};
use super::values;

/// A table being read. When it goes out of scope, the keys that nobody asked for are reported as
/// unknown.
pub(crate) struct Fields<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(super) shape: &'static Shape,
    table: &'a Table,
    /// The key that the table belongs to.
    pub(crate) place: Place,
    /// That key: the name of a named table.
    pub(crate) name: &'a str,
    /// Its dotted path.
    pub(crate) path: String,
    asked: RefCell<Vec<&'static str>>,
    passed_over: RefCell<Vec<&'static str>>,
    /// Unknown keys are no longer reported: something says that the table is of another kind.
    forgiving: Cell<bool>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        cx: &'a Context<'a>,
        shape: &'static Shape,
        table: &'a Table,
        (name, place): (&'a str, Place),
        path: String,
    ) -> Fields<'a> {
        let (asked, passed_over) = (RefCell::default(), RefCell::default());
        Fields { cx, shape, table, place, name, path, asked, passed_over, forgiving: Cell::new(false) }
    }

    /// Which keys it may have.
    pub(crate) fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// The dotted path of one of its keys.
    pub(crate) fn at(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// The declaration of `key`.
    fn declared(&self, key: &str) -> &'static Key {
        self.shape.key(key).unwrap_or_else(|| self.misread(key, "a key of it"))
    }

    /// A reader asks for something else than what is declared, which is a mistake of ours: silence would
    /// read nothing.
    pub(super) fn misread(&self, key: &str, wanted: &str) -> ! {
        panic!("`{key}` of {} is read as {wanted}, which it is not", self.shape.name)
    }

    /// What `key` says was refused, so that it is read as if it were left out.
    pub(crate) fn pass_over(&self, key: &'static str) {
        self.passed_over.borrow_mut().push(key);
    }

    /// The value of `key` as it stands, and what it takes to read it.
    pub(crate) fn written(&self, key: &str) -> Option<Written<'a>> {
        self.asked.borrow_mut().push(self.declared(key).name);
        if self.passed_over.borrow().contains(&key) {
            return None;
        }
        let entry = self.table.entries.iter().find(|entry| entry.key == key)?;
        let (node, key_place, path) = (&entry.value, entry.key_place, self.at(key));
        Some(Written { cx: self.cx, node, key: &entry.key, key_place, path })
    }

    /// Where `key` was written, else where the table begins.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.table.entries.iter().find(|entry| entry.key == key).map_or(self.place, |entry| entry.value.place)
    }

    /// Where `key` of the table at `table` was written, else where that table begins.
    pub(crate) fn place_within(&self, table: &str, key: &str) -> Place {
        let Some(entry) = self.table.entries.iter().find(|entry| entry.key == table) else {
            return self.place;
        };
        let within = entry.value.table().and_then(|table| table.get(key));
        within.map_or(entry.key_place, |node| node.place)
    }

    /// What to point at where the table as a whole is wrong: what was set over it last, else its key.
    pub(crate) fn place_of_whole(&self) -> Place {
        let places = self.table.entries.iter().map(|entry| entry.value.place);
        let set = places.filter(|place| self.cx.sources.get(place.source).name == "--set");
        set.max_by_key(|place| place.source).unwrap_or(self.place)
    }

    /// Whether `key` was written.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.get(self.declared(key).name).is_some()
    }

    /// Unknown keys are not worth reporting any more.
    pub(crate) fn forgive(&self) {
        self.forgiving.set(true);
    }

    /// Says that one of these must be given, if none is.
    pub(crate) fn require(&self, keys: &[&str]) {
        if keys.iter().any(|key| self.has(key)) {
            return;
        }
        let title = match self.path.as_str() {
            "" => format!("{} is missing", suggest::list(keys)),
            path if keys.len() == 1 => format!("`{path}` needs {}", suggest::list(keys)),
            path => format!("`{path}` needs one of {}", suggest::list(keys)),
        };
        let doc = match keys {
            [key] => self.shape.key(key).map_or("", |key| key.doc).to_owned(),
            _ => String::new(),
        };
        let logged = self.cx.log.error(self.place, title, "");
        let logged = if doc.is_empty() { logged } else { logged.help(format!("`{}`: {doc}", keys[0])) };
        logged.derived();
    }

    /// One of two keys must be given, and not the other.
    pub(crate) fn require_one<const N: usize>(&self, keys: [&str; N]) {
        self.require(&keys);
        let mut written = keys.into_iter().filter(|key| self.has(key));
        if let (Some(first), Some(second)) = (written.next(), written.next()) {
            let title = format!("`{}` has both `{first}` and `{second}`", self.path);
            self.cx.log.error(self.place_of(second), title, "one of them must go");
        }
    }

    /// Names with a value each, in file order.
    pub(crate) fn each(&self, key: &str) -> Vec<(&'a str, Place, &'a Node)> {
        let each = self.written(key).map(|written| written.each()).unwrap_or_default();
        each.into_iter().map(|value| (value.key, value.key_place, value.node)).collect()
    }

    /// A key of this table that says nothing beside what else is written.
    fn out_of_place(&self, entry: &Entry) {
        let title = format!("`{}` has no meaning here", self.at(&entry.key));
        let kind = self.shape.all().find(|key| key.name == "kind");
        let (reason, help) = match kind.map(|key| (&key.kind, self.table.get("kind"))) {
            Some((Kind::Word { words }, None)) => {
                let kinds = suggest::list(words);
                ("it goes with a `kind`, which is left out".to_owned(), Some(format!("kinds are {kinds}")))
            }
            Some((_, Some(kind))) => {
                (format!("kind `{}` has no such key", kind.text().unwrap_or_default()), None)
            }
            _ => ("it does not go with the other keys".to_owned(), None),
        };
        self.cx.log.error(entry.key_place, title, reason).maybe_help(help);
    }

    fn report_unknown_keys(&self) {
        let asked = self.asked.borrow();
        for entry in &self.table.entries {
            if asked.contains(&entry.key.as_str()) {
                continue;
            }
            let path = self.at(&entry.key);
            if self.forgiving.get() {
                continue;
            }
            if self.shape.all().any(|key| key.name == entry.key) {
                self.out_of_place(entry);
                continue;
            }
            let names = self.shape.all().map(|key| key.name);
            let title = format!("unknown key `{path}`");
            let logged = self.cx.log.error(entry.key_place, title, "there is no such key here");
            let elsewhere = self.shape.elsewhere_called(&entry.key);
            let called =
                elsewhere.map(|key| format!("here it is called `{}`: {}", key.name, first_line(key.doc)));
            logged.maybe_help(called.or_else(|| suggest::hint(&entry.key, names)));
        }
    }
}

/// A value as it stands in the file.
pub(crate) struct Written<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) node: &'a Node,
    /// The key that it belongs to.
    pub(crate) key: &'a str,
    pub(crate) key_place: Place,
    /// The dotted path of the key.
    pub(crate) path: String,
}

impl<'a> Written<'a> {
    /// Its table, which has the keys of `shape`.
    pub(crate) fn fields(&self, shape: &'static Shape) -> Option<Fields<'a>> {
        let Some(table) = self.node.table() else {
            self.wrong("a table");
            return None;
        };
        Some(Fields::new(self.cx, shape, table, (self.key, self.key_place), self.path.clone()))
    }

    /// Its named tables, in file order, each with the keys of `shape`.
    pub(crate) fn tables(&self, shape: &'static Shape) -> Vec<Fields<'a>> {
        let Some(table) = self.node.table() else {
            self.wrong("tables with names");
            return Vec::new();
        };
        let read = |entry: &'a Entry| {
            let (node, key, key_place) = (&entry.value, entry.key.as_str(), entry.key_place);
            Written { cx: self.cx, node, key, key_place, path: join(&self.path, key) }.fields(shape)
        };
        table.entries.iter().filter_map(read).collect()
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Vec<Written<'a>> {
        let Data::List(items) = &self.node.data else { return Vec::new() };
        let item = |(number, node)| Written { node, path: format!("{}[{number}]", self.path), ..*self };
        items.iter().enumerate().map(item).collect()
    }

    /// The path of the table that it stands in.
    pub(crate) fn table(&self) -> &str {
        self.path.strip_suffix(self.key).map_or("", |path| path.trim_end_matches('.'))
    }

    /// Says that it must be something else.
    pub(crate) fn wrong(&self, wanted: &str) {
        values::wrong_type(self.cx.log, self.node, &self.path, wanted);
    }

    /// Says what it may be, where it is neither one of the words nor of the kinds that it may be.
    pub(crate) fn is_none_of<T>(&self, possible: &str, wanted: &str) -> Option<T> {
        match self.node.text() {
            Some(text) => {
                let title = format!("`{}` cannot be `{text}`", self.path);
                let logged = self.cx.log.error(self.node.place, title, "no such word here");
                logged.help(format!("possible are {possible}"));
            }
            None => self.wrong(wanted),
        }
        None
    }

    /// The values of its keys, which are names, in file order.
    pub(crate) fn each(&self) -> Vec<Written<'a>> {
        let Some(table) = self.node.table() else {
            self.wrong("a table of names");
            return Vec::new();
        };
        let each = |entry: &'a Entry| {
            let (node, key, key_place) = (&entry.value, entry.key.as_str(), entry.key_place);
            Written { cx: self.cx, node, key, key_place, path: format!("{}.{key}", self.path) }
        };
        table.entries.iter().map(each).collect()
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        self.report_unknown_keys();
    }
}

/// The sentence that a meaning begins with.
fn first_line(doc: &str) -> String {
    let mut words = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(end) = words.find(". ") {
        words.truncate(end);
    }
    words
}

/// A dotted path; names that would be misread are quoted.
pub(crate) fn join(path: &str, key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-:".contains(c));
    let key = if plain { key.to_owned() } else { format!("\"{key}\"") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}
