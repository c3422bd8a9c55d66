//! `--set path=value`: one value laid over the file, whatever its place. It is read once, and laid over as often as one likes.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::Arc;

use crate::vocabulary::Quantity;

use super::by_weekday::{days_of, single_days, spelled_out};
use super::meaning::Meaning;
use super::overlay;
use super::relative;
use super::shape::Shape;
use super::source::{Place, Source, Sources};
use super::suggest;
use super::tree::{self, Data, Entry, Node, SyntaxError, Table, key};

/// What is wrong, or doubtful, with a setting.
pub(crate) struct Remark {
    pub(crate) place: Place,
    pub(crate) title: String,
    pub(crate) reason: String,
    pub(crate) help: Option<String>,
}

/// One setting: a dotted path and the value that is to stand there.
#[derive(Clone, Debug)]
pub struct Setting {
    /// As `--set` takes it.
    line: String,
    /// Where its `=` is.
    equals: usize,
    /// The parts of the path, and the value with its places in the line; or what is wrong, which is told where it is laid over.
    read: Result<(Arc<[Part]>, Node), Unreadable>,
}

/// Why a setting cannot be read.
#[derive(Clone, Debug)]
enum Unreadable {
    /// (where, why).
    Path(usize, String),
    Value(SyntaxError),
}

/// A dotted path, read.
#[derive(Clone, Debug)]
pub struct DottedPath {
    text: String,
    parts: Result<Arc<[Part]>, (usize, String)>,
}

/// One part of a dotted path.
#[derive(Clone, Debug)]
struct Part {
    key: String,
    /// Numbers of list items, from 0: `profile[3]`.
    indices: Vec<usize>,
    start: usize,
    end: usize,
}

impl Part {
    /// What stands there, within something that means `meaning`.
    fn within(meaning: Meaning, part: &Part) -> Meaning {
        part.indices.iter().fold(meaning.of(&part.key), |meaning, _| meaning.item())
    }
}

impl DottedPath {
    /// Reads a path. One that is none is told where a setting of it is laid over.
    #[must_use]
    pub fn read(text: &str) -> DottedPath {
        let parts = parse_path(&format!("{text}=")).map(|(parts, _)| parts.into());
        DottedPath { text: text.to_owned(), parts }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its keys, without the quotes that keep the dots of a name; none where it is no path.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(|parts| parts.iter()).map(|part| part.key.as_str())
    }
}

impl Setting {
    /// Reads `path=value`. What is wrong with it is told where it is laid over.
    #[must_use]
    pub fn read(line: &str) -> Setting {
        let (equals, read) = match parse_path(line) {
            Ok((parts, equals)) => {
                let value = value_of(line, equals).map_err(Unreadable::Value);
                (equals, value.map(|value| (parts.into(), value)))
            }
            Err((at, reason)) => (line.find('=').unwrap_or(line.len()), Err(Unreadable::Path(at, reason))),
        };
        Setting { line: line.to_owned(), equals, read }
    }

    /// A number or a time at a path; `written` is how TOML, or who types it, writes it.
    #[must_use]
    pub fn of(path: &DottedPath, value: Quantity, written: &str) -> Setting {
        let (line, equals) = (format!("{}={written}", path.text), path.text.len());
        let place = Place { source: 0, start: equals + 1, end: line.len() };
        let data = match value {
            Quantity::Whole(number) => Data::Integer(number),
            // Written without a point, it is a whole number.
            Quantity::Number(number) if number == libm::trunc(number) && number.abs() < MOST_WHOLE => {
                Data::Integer(number as i64)
            }
            Quantity::Number(number) => Data::Float(number),
            Quantity::Time(span) => Data::Text(span.to_string()),
        };
        let read = match &path.parts {
            Ok(parts) => Ok((parts.clone(), Node { place, data })),
            Err((at, reason)) => Err(Unreadable::Path(*at, reason.clone())),
        };
        Setting { line, equals, read }
    }

    /// As `--set` takes it.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// `groups.night.staff`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.line[..self.equals]
    }

    /// `5`, `"2m"`, `{ mean = "3m" }`.
    #[must_use]
    pub fn value(&self) -> &str {
        self.line.get(self.equals + 1..).unwrap_or_default()
    }

    /// The value for a reader: a text without its quotes.
    #[must_use]
    pub fn shown(&self) -> &str {
        let bare = self.value().strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        bare.unwrap_or(self.value())
    }
}

/// Two paths are one where they are written alike.
impl PartialEq for DottedPath {
    fn eq(&self, other: &DottedPath) -> bool {
        self.text == other.text
    }
}

/// Two settings are one where they are written alike.
impl PartialEq for Setting {
    fn eq(&self, other: &Setting) -> bool {
        self.line == other.line
    }
}

impl Eq for Setting {}

impl PartialOrd for Setting {
    fn partial_cmp(&self, other: &Setting) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Setting {
    fn cmp(&self, other: &Setting) -> Ordering {
        (self.path(), self.value()).cmp(&(other.path(), other.value()))
    }
}

/// The value behind the `=` of a setting, with its places in the line.
fn value_of(line: &str, equals: usize) -> Result<Node, SyntaxError> {
    let trimmed = line[equals + 1..].trim();
    let start = line.trim_end().len() - trimmed.len();
    tree::parse_value(trimmed, start, 0).or_else(|syntax| {
        // A bare word or duration is a text; what was begun as TOML must be TOML.
        if trimmed.is_empty() || trimmed.starts_with(['[', '{', '"', '\'']) {
            return Err(syntax);
        }
        let place = Place { source: 0, start, end: start + trimmed.len() };
        Ok(Node { place, data: Data::Text(trimmed.to_owned()) })
    })
}

/// Whole numbers below this one have a double of their own.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Lays `setting` over the tree; gives the doubts about it. The text of the setting becomes a source of its own.
pub(crate) fn apply(
    tree: &mut Node,
    setting: &Setting,
    sources: &mut Sources,
    root: &'static Shape,
) -> Result<Vec<Remark>, Remark> {
    let source = sources.add(Source {
        name: "--set".to_owned(),
        text: setting.line.clone(),
        folder: PathBuf::new(),
        file: None,
    });
    let place = |start, end| Place { source, start, end };
    let error = |start, end, title: &str, reason: String, help: Option<&str>| Remark {
        place: place(start, end),
        title: title.to_owned(),
        reason,
        help: help.map(str::to_owned),
    };
    let (mut parts, value) = match &setting.read {
        Ok((parts, value)) => (parts.to_vec(), value.within(source)),
        Err(Unreadable::Path(at, reason)) => {
            let help = "write it like `--set groups.night.staff=5`";
            let end = setting.line.len().max(*at);
            return Err(error(*at, end, "this is not a setting", reason.clone(), Some(help)));
        }
        Err(Unreadable::Value(syntax)) => {
            let Place { start, end, .. } = syntax.place;
            return Err(error(start, end, "the value is not valid TOML", syntax.message.clone(), None));
        }
    };
    let renamed = bring_up_to_date(&mut parts, root);
    let mut doubts: Vec<Remark> = renamed
        .into_iter()
        .map(|(number, was)| Remark {
            place: place(parts[number].start, parts[number].end),
            title: format!("`{was}` is called `{}` now", parts[number].key),
            reason: "the old name is still understood".to_owned(),
            help: None,
        })
        .collect();
    if let Some((part, title, help)) = unknown_name(tree, &parts, root) {
        return Err(Remark {
            place: place(part.start, part.end),
            title,
            reason: "no such name".into(),
            help,
        });
    }
    doubts.extend(flattened_steps(tree, &parts, &value, root).map(|(first, path)| Remark {
        place: value.place,
        title: format!("`{path}` had steps and has the same value always now"),
        reason: "this replaces all of its steps".to_owned(),
        help: Some(format!(
            "one step alone is set like this: `--set {path}.{first}={}`",
            setting.value().trim()
        )),
    }));
    set(tree, &parts, &mut Vec::new(), (value, Meaning::Table(root)), &place)
        .map_err(|(part, reason)| error(part.0, part.1, "this setting leads nowhere", reason, None))?;
    Ok(doubts)
}

/// A setting as it was typed: a number with a sign is a change of what is there, where none may be below 0. Numbers of
/// ranges and files are numbers, so this is not for them.
pub(crate) fn as_typed(setting: &str, root: &'static Shape) -> String {
    let Some((path, value)) = setting.split_once('=') else { return setting.to_owned() };
    let of = meaning(root, path);
    if !relative::is_change(value.trim()) || !of.is_measured() || of.may_be_negative() {
        return setting.to_owned();
    }
    format!("{path}=\"{}\"", value.trim())
}

/// What is declared of a dotted path.
pub(crate) fn meaning(root: &'static Shape, path: &str) -> Meaning {
    let Ok((mut parts, _)) = parse_path(&format!("{path}=")) else { return Meaning::Unknown };
    bring_up_to_date(&mut parts, root);
    parts.iter().fold(Meaning::Table(root), Part::within)
}

/// Gives the keys of a path the names that they have now; which these are, and what they were called.
fn bring_up_to_date(parts: &mut [Part], root: &'static Shape) -> Vec<(usize, String)> {
    let (mut meaning, mut renamed) = (Meaning::Table(root), Vec::new());
    for (number, part) in parts.iter_mut().enumerate() {
        if let Some(now) = meaning.now_called(&part.key) {
            renamed.push((number, std::mem::replace(&mut part.key, now.to_owned())));
        }
        meaning = Part::within(meaning, part);
    }
    renamed
}

/// A dotted path with the names that its keys have now, if one of them had another.
pub(crate) fn now_called(root: &'static Shape, path: &str) -> Option<String> {
    let (mut parts, _) = parse_path(&format!("{path}=")).ok()?;
    if bring_up_to_date(&mut parts, root).is_empty() {
        return None;
    }
    let written = |part: &Part| {
        let indices: String = part.indices.iter().map(|index| format!("[{index}]")).collect();
        format!("{}{indices}", key(&part.key))
    };
    Some(parts.iter().map(written).collect::<Vec<_>>().join("."))
}

/// The value at a dotted path, if the file has one.
pub(crate) fn find<'t>(tree: &'t Node, path: &str) -> Option<&'t Node> {
    let (parts, _) = parse_path(&format!("{path}=")).ok()?;
    parts.iter().try_fold(tree, |node, part| {
        let node = node.table()?.get(&part.key)?;
        part.indices.iter().try_fold(node, |node, &index| match &node.data {
            Data::List(items) => items.get(index),
            _ => None,
        })
    })
}

/// A setting as a line of a file; `None` where it reaches into a list, which no key of a file does.
pub(crate) fn as_toml(setting: &str) -> Option<String> {
    let (parts, equals) = parse_path(setting).ok()?;
    if parts.iter().any(|part| !part.indices.is_empty()) {
        return None;
    }
    let keys: Vec<String> = parts.iter().map(|part| key(&part.key)).collect();
    let value = setting[equals + 1..].trim();
    let is_toml = tree::parse_value(value, 0, 0).is_ok();
    let value = if is_toml { value.to_owned() } else { toml::Value::String(value.to_owned()).to_string() };
    Some(format!("{} = {value}", keys.join(".")))
}

/// What a centre has (a queue, a shift) and is not there: a setting changes one, but makes none, so that
/// a slip of the pen is not taken for a new one. Gives the part, what is wrong and a hint.
fn unknown_name<'p>(
    tree: &Node,
    parts: &'p [Part],
    root: &'static Shape,
) -> Option<(&'p Part, String, Option<String>)> {
    let (mut node, mut meaning) = (tree, Meaning::Table(root));
    for (number, pair) in parts.windows(2).enumerate() {
        let [holder, name] = pair else { return None };
        node = node.table()?.get(&holder.key)?;
        meaning = meaning.of(&holder.key);
        let Some(shape) = meaning.members() else { continue };
        let known = node.table()?;
        // Without any, one may be made or meant by default; that there are none is reported elsewhere.
        if known.entries.is_empty() {
            return None;
        }
        if known.get(&name.key).is_none() {
            let around: Vec<&str> = parts[..number].iter().map(|part| part.key.as_str()).collect();
            let title = match around.join(".") {
                around if around.is_empty() => format!("there is no {} `{}`", shape.name, name.key),
                around => format!("`{around}` has no {} `{}`", shape.name, name.key),
            };
            return Some((name, title, hint(name, known)));
        }
    }
    None
}

fn hint(part: &Part, known: &Table) -> Option<String> {
    suggest::hint(&part.key, known.entries.iter().map(|entry| entry.key.as_str()))
}

/// Whether a single value is about to replace a step table: the key of its first step, and the path.
fn flattened_steps(
    tree: &Node,
    parts: &[Part],
    value: &Node,
    root: &'static Shape,
) -> Option<(String, String)> {
    let meaning = Meaning::Table(root).at(parts.iter().map(|part| part.key.as_str()));
    if !(meaning.is_stepped() || meaning.is_by_weekday())
        || value.table().is_some()
        || value.text().is_some_and(|text| text == "none" || relative::is_change(text))
        || parts.iter().any(|p| !p.indices.is_empty())
    {
        return None;
    }
    let node = parts.iter().try_fold(tree, |node, part| node.table()?.get(&part.key))?;
    let steps = &node.table()?.entries;
    let step = |key: &str| key.starts_with(|c: char| c.is_ascii_digit()) || meaning.is_by_weekday();
    let first = steps.iter().find(|entry| step(&entry.key)).filter(|_| steps.len() > 1)?;
    let keys: Vec<&str> = parts.iter().map(|part| part.key.as_str()).collect();
    Some((first.key.clone(), keys.join(".")))
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
        if parts.len() == MOST_KEYS {
            return Err((start, format!("a path has {MOST_KEYS} keys at most")));
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

/// The most keys of a path: the deepest key of a scenario has some ten above it.
const MOST_KEYS: usize = 32;

type Lost = ((usize, usize), String);

fn set(
    node: &mut Node,
    parts: &[Part],
    path: &mut Vec<String>,
    (mut value, meaning): (Node, Meaning),
    place: &impl Fn(usize, usize) -> Place,
) -> Result<(), Lost> {
    let Some((part, rest)) = parts.split_first() else {
        // A table merges as a file laid over would.
        let old = std::mem::replace(node, Node { place: value.place, data: Data::Flag(false) });
        *node = overlay::merge(old, value, meaning);
        return Ok(());
    };
    let spot = (part.start, part.end);
    if !matches!(node.data, Data::Table(_)) {
        let what = node.describe();
        return Err((spot, format!("`{}` is {what}, not a table; set it as a whole", path.join("."))));
    }
    let Data::Table(table) = &mut node.data else { return Ok(()) };
    let index = table.entries.iter().position(|entry| entry.key == part.key).unwrap_or_else(|| {
        let change = value.text().filter(|_| rest.is_empty() && part.indices.is_empty());
        let changed = change.and_then(|text| relative::changed_default(meaning, &part.key, text));
        if let Some(data) = changed {
            // What it comes to is set in place of the change.
            value.data = data;
        }
        let empty = Node { place: place(part.start, part.end), data: Data::Table(Table::default()) };
        let key_place = place(part.start, part.end);
        table.entries.push(Entry { key: part.key.clone(), key_place, value: empty });
        table.entries.len() - 1
    });
    let days = days_of(table);
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
    let meaning = Part::within(meaning, part);
    if let [day] = rest
        && meaning.is_by_weekday()
    {
        // Each weekday has a number of its own then.
        let old = std::mem::replace(target, Node { place: value.place, data: Data::Flag(false) });
        *target = spelled_out(old, days);
        return single_days(&day.key).into_iter().try_for_each(|key| {
            set(target, &[Part { key, ..day.clone() }], path, (value.clone(), meaning), place)
        });
    }
    set(target, rest, path, (value, meaning), place)
}
