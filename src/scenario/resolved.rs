//! The whole scenario written out again as one TOML text, in the order it was read.

use std::fmt::Write as _;
use std::path::absolute;

use super::source::Sources;
use super::tree::{Data, Node, Table, flatten};

/// One text that needs no other: without `extends`, with the paths of files made absolute.
/// A scenario that has no title but its file's name keeps that, under whatever name it is read again.
pub(super) fn resolved(tree: &Node, sources: &Sources, title: &str) -> String {
    let mut out = String::new();
    if tree.table().is_some_and(|table| table.get("title").is_none()) {
        let _ = writeln!(out, "title = {}", toml::Value::String(title.to_owned()));
    }
    if let Some(table) = tree.table() {
        Writer { sources, out: &mut out }.table(table, &mut Vec::new());
    }
    out
}

/// One value as TOML writes it, the paths of files made absolute.
pub(super) fn literal(node: &Node, sources: &Sources) -> String {
    Writer { sources, out: &mut String::new() }.value(node, "")
}

struct Writer<'a> {
    sources: &'a Sources,
    out: &'a mut String,
}

impl Writer<'_> {
    /// Writes a table's own values, then its tables under headers of their own.
    fn table(&mut self, table: &Table, path: &mut Vec<String>) {
        if let [variants, _] = path.as_slice()
            && variants == "variants"
        {
            // Dotted keys change one value each; a table in one piece would replace a law.
            return flatten(table, "", &mut |setting, node| {
                let _ = writeln!(self.out, "{setting} = {}", self.value(node, ""));
            });
        }
        let split = has_headers(table, path.is_empty());
        let under_header = |node: &Node| split && node.table().is_some();
        for entry in table.entries.iter().filter(|entry| !under_header(&entry.value)) {
            if path.is_empty() && entry.key == "extends" {
                continue;
            }
            let value = self.value(&entry.value, &entry.key);
            let _ = writeln!(self.out, "{} = {value}", key(&entry.key));
        }
        for entry in table.entries.iter().filter(|entry| under_header(&entry.value)) {
            let Some(inner) = entry.value.table() else { continue };
            path.push(key(&entry.key));
            // What only holds tables with headers of their own needs none itself.
            let only_tables = inner.entries.iter().all(|entry| entry.value.table().is_some());
            let variant = path.len() == 2 && path[0] == "variants";
            if variant || !only_tables || !has_headers(inner, false) {
                let newline = if self.out.is_empty() { "" } else { "\n" };
                let _ = writeln!(self.out, "{newline}[{}]", path.join("."));
            }
            self.table(inner, path);
            path.pop();
        }
    }

    fn value(&self, node: &Node, name: &str) -> String {
        match &node.data {
            Data::Text(text) if name == "file" => self.path(text, node),
            Data::Text(text) => toml::Value::String(text.clone()).to_string(),
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => toml::Value::Float(*number).to_string(),
            Data::Flag(flag) => flag.to_string(),
            Data::Time(time) => time.to_string(),
            Data::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item, "")).collect();
                format!("[{}]", items.join(", "))
            }
            Data::Table(table) => {
                let entry = |entry: &super::tree::Entry| {
                    format!("{} = {}", key(&entry.key), self.value(&entry.value, &entry.key))
                };
                let entries: Vec<String> = table.entries.iter().map(entry).collect();
                if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
            }
        }
    }

    /// The path of a file, so that it can be found from any folder.
    fn path(&self, text: &str, node: &Node) -> String {
        let path = self.sources.get(node.place.source).folder.join(text);
        let path = absolute(&path).unwrap_or(path);
        toml::Value::String(path.display().to_string()).to_string()
    }
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

fn key(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare { key.to_owned() } else { toml::Value::String(key.to_owned()).to_string() }
}
