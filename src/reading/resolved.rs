//! The whole scenario written out again as one TOML text, in the order it was read.

use std::fmt::Write as _;
use std::path::absolute;

use super::meaning::Meaning;
use super::setting;
use super::shape::{Kind, Shape};
use super::source::Sources;
use super::tree::{Data, Node, Table, flatten};

/// One text that needs no other: without `extends`, with the paths of files made absolute.
/// A scenario that has no title but its file's name keeps that, under whatever name it is read again.
pub(crate) fn resolved(tree: &Node, sources: &Sources, title: &str, root: &'static Shape) -> String {
    let mut out = String::new();
    if tree.table().is_some_and(|table| table.get("title").is_none()) {
        let _ = writeln!(out, "title = {}", toml::Value::String(title.to_owned()));
    }
    if let Some(table) = tree.table() {
        Writer { sources, root, out: &mut out }.table(table, Meaning::Table(root), &mut Vec::new());
    }
    out
}

/// One value of a dotted path as TOML writes it, the paths of files made absolute.
pub(crate) fn literal(node: &Node, sources: &Sources, root: &'static Shape, path: &str) -> String {
    Writer { sources, root, out: &mut String::new() }.value(node, setting::meaning(root, path))
}

struct Writer<'a> {
    sources: &'a Sources,
    root: &'static Shape,
    out: &'a mut String,
}

impl Writer<'_> {
    /// Writes a table's own values, then its tables under headers of their own.
    fn table(&mut self, table: &Table, meaning: Meaning, path: &mut Vec<String>) {
        if self.is_variant(path) {
            // Dotted keys change one value each; a table in one piece would replace a distribution.
            return flatten(table, "", &mut |path, node| {
                let value = self.value(node, setting::meaning(self.root, &path));
                let _ = writeln!(self.out, "{path} = {value}");
            });
        }
        let split = has_headers(table, path.is_empty());
        let under_header = |node: &Node| split && node.table().is_some();
        for entry in table.entries.iter().filter(|entry| !under_header(&entry.value)) {
            if path.is_empty() && entry.key == "extends" {
                continue;
            }
            let value = self.value(&entry.value, self.of(meaning, &entry.key));
            let _ = writeln!(self.out, "{} = {value}", key(&entry.key));
        }
        for entry in table.entries.iter().filter(|entry| under_header(&entry.value)) {
            let Some(inner) = entry.value.table() else { continue };
            path.push(key(&entry.key));
            // What only holds tables with headers of their own needs none itself.
            let only_tables = inner.entries.iter().all(|entry| entry.value.table().is_some());
            if self.is_variant(path) || !only_tables || !has_headers(inner, false) {
                let newline = if self.out.is_empty() { "" } else { "\n" };
                let _ = writeln!(self.out, "{newline}[{}]", path.join("."));
            }
            self.table(inner, self.of(meaning, &entry.key), path);
            path.pop();
        }
    }

    fn value(&self, node: &Node, meaning: Meaning) -> String {
        match &node.data {
            Data::Text(text) if meaning.is_file() => self.path(text, node),
            Data::Text(text) => toml::Value::String(text.clone()).to_string(),
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => toml::Value::Float(*number).to_string(),
            Data::Flag(flag) => flag.to_string(),
            Data::Time(time) => time.to_string(),
            Data::List(items) => {
                // What a path runs through are values of it.
                let item_of = if meaning.is_file() || is_swept(meaning) { meaning } else { meaning.item() };
                let items: Vec<String> = items.iter().map(|item| self.value(item, item_of)).collect();
                format!("[{}]", items.join(", "))
            }
            Data::Table(table) => {
                let entry = |entry: &super::tree::Entry| {
                    format!(
                        "{} = {}",
                        key(&entry.key),
                        self.value(&entry.value, self.of(meaning, &entry.key))
                    )
                };
                let entries: Vec<String> = table.entries.iter().map(entry).collect();
                if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
            }
        }
    }

    /// What the value of `key` is; of what is swept, a key is a whole path, or holds several.
    fn of(&self, meaning: Meaning, key: &str) -> Meaning {
        match meaning {
            _ if !is_swept(meaning) => meaning.of(key),
            _ if key == "zip" => meaning,
            _ => setting::meaning(self.root, key),
        }
    }

    /// Whether the table at this path is a variant: settings under one header.
    fn is_variant(&self, path: &[String]) -> bool {
        let [variants, _] = path else { return false };
        matches!(Meaning::Table(self.root).of(variants), Meaning::Value(Kind::Variants(_)))
    }

    /// The path of a file, so that it can be found from any folder.
    fn path(&self, text: &str, node: &Node) -> String {
        let path = self.sources.get(node.place.source).folder.join(text);
        let path = absolute(&path).unwrap_or(path);
        toml::Value::String(path.display().to_string()).to_string()
    }
}

/// Whether it is what a sweep runs through: paths with their values.
fn is_swept(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Value(Kind::Paths))
}

/// Whether a table's tables stand under headers of their own. Named tables keep their order only if
/// all of them do, or none does.
fn has_headers(table: &Table, top: bool) -> bool {
    table.entries.iter().filter_map(|entry| entry.value.table()).any(|inner| top || !is_small(inner))
}

/// Whether it fits on a line: no tables within.
fn is_small(table: &Table) -> bool {
    table.entries.iter().all(|entry| entry.value.table().is_none())
}

/// A key as TOML has it: in quotes where it must be.
pub(crate) fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { key.to_owned() } else { toml::Value::String(key.to_owned()).to_string() }
}
