//! `--set path=value`: one value laid over the file, whatever its place.

use std::path::PathBuf;

use super::overlay;
use super::source::{Place, Source, Sources};
use super::tree::{self, Data, Entry, Node, Table};

/// What is wrong with a setting.
pub(super) struct SettingError {
    pub(super) place: Place,
    pub(super) title: String,
    pub(super) reason: String,
    pub(super) help: Option<String>,
}

/// One part of a dotted path.
struct Part {
    key: String,
    /// Numbers of list items, from 0: `profile[3]`.
    indices: Vec<usize>,
    start: usize,
    end: usize,
}

/// Lays `setting` over the tree. The text of the setting becomes a source of its own.
pub(super) fn apply(tree: &mut Node, setting: &str, sources: &mut Sources) -> Result<(), SettingError> {
    let source =
        sources.add(Source { name: "--set".to_owned(), text: setting.to_owned(), folder: PathBuf::new() });
    let place = |start, end| Place { source, start, end };
    let error = |start, end, title: &str, reason: String, help: Option<&str>| SettingError {
        place: place(start, end),
        title: title.to_owned(),
        reason,
        help: help.map(str::to_owned),
    };
    let (parts, equals) = parse_path(setting).map_err(|(at, reason)| {
        let help = "write it like `--set groups.night.staff=5`";
        error(at, setting.len().max(at), "this is not a setting", reason, Some(help))
    })?;
    let trimmed = setting[equals + 1..].trim();
    let start = setting.trim_end().len() - trimmed.len();
    let value = match tree::parse_value(trimmed, start, source) {
        Ok(value) => value,
        // A bare word or duration is a text; what was begun as TOML must be TOML.
        Err(_) if !trimmed.is_empty() && !trimmed.starts_with(['[', '{', '"', '\'']) => {
            Node { place: place(start, start + trimmed.len()), data: Data::Text(trimmed.to_owned()) }
        }
        Err(syntax) => {
            return Err(SettingError {
                place: syntax.place,
                title: "the value is not valid TOML".to_owned(),
                reason: syntax.message,
                help: None,
            });
        }
    };
    set(tree, &parts, &mut Vec::new(), value, &place)
        .map_err(|(part, reason)| error(part.0, part.1, "this setting leads nowhere", reason, None))
}

/// Reads the path up to the `=`; gives the parts and where the `=` is.
fn parse_path(text: &str) -> Result<(Vec<Part>, usize), (usize, String)> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        let rest = &text[at..];
        let key = if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').ok_or((at, "a quote is not closed".to_owned()))?;
            at += end + 2;
            quoted[..end].to_owned()
        } else {
            let end = rest.find(['.', '=', '[']).unwrap_or(rest.len());
            at += end;
            rest[..end].trim().to_owned()
        };
        if key.is_empty() {
            return Err((start, "a key is missing".to_owned()));
        }
        let mut indices = Vec::new();
        while let Some(rest) = text[at..].strip_prefix('[') {
            let end = rest.find(']').ok_or((at, "a `[` is not closed".to_owned()))?;
            let index =
                rest[..end].parse().map_err(|_| (at, "an index must be a whole number".to_owned()))?;
            indices.push(index);
            at += end + 2;
        }
        parts.push(Part { key, indices, start, end: at });
        let rest = &text[at..];
        let space = rest.len() - rest.trim_start().len();
        at += space;
        match text[at..].chars().next() {
            Some('.') => at += 1,
            Some('=') => return Ok((parts, at)),
            Some(_) => return Err((at, "a `.` or `=` belongs here".to_owned())),
            None => return Err((0, "it has no `=`".to_owned())),
        }
    }
}

type Lost = ((usize, usize), String);

fn set(
    node: &mut Node,
    parts: &[Part],
    path: &mut Vec<String>,
    value: Node,
    place: &impl Fn(usize, usize) -> Place,
) -> Result<(), Lost> {
    let Some((part, rest)) = parts.split_first() else {
        // A table merges as a file laid over would.
        let old = std::mem::replace(node, Node { place: value.place, data: Data::Flag(false) });
        *node = overlay::merge(old, value, path);
        return Ok(());
    };
    let spot = (part.start, part.end);
    if !matches!(node.data, Data::Table(_)) {
        let what = node.describe();
        return Err((spot, format!("`{}` is {what}, not a table; set it as a whole", path.join("."))));
    }
    let Data::Table(table) = &mut node.data else { return Ok(()) };
    let index = table.entries.iter().position(|entry| entry.key == part.key).unwrap_or_else(|| {
        let empty = Node { place: place(part.start, part.end), data: Data::Table(Table::default()) };
        let key_place = place(part.start, part.end);
        table.entries.push(Entry { key: part.key.clone(), key_place, value: empty });
        table.entries.len() - 1
    });
    let mut target = &mut table.entries[index].value;
    for index in &part.indices {
        let Data::List(items) = &mut target.data else {
            return Err((spot, format!("`{}` is not a list", part.key)));
        };
        let length = items.len();
        target = items
            .get_mut(*index)
            .ok_or_else(|| (spot, format!("the list has {length} items, the first is [0]")))?;
    }
    path.push(part.key.clone());
    set(target, rest, path, value, place)
}
