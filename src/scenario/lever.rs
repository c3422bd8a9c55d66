//! What a planner turns first: volumes, handle times, patience, agents, shrinkage and opening hours, as far as a
//! file says them in numbers. A lever knows the settings that turning it comes to.

use crate::reading::Setting;
use crate::reading::setting::find;
use crate::reading::tree::{Data, Node, Table, key};
use crate::units::{Span, parse_duration};
use crate::vocabulary::{Lever, LeverKind, Position};

use super::load::Written;

/// The levers of a centre.
#[derive(Clone, Debug, Default)]
pub struct Levers {
    list: Vec<Lever>,
    /// What each changes.
    holds: Vec<Hold>,
}

/// What a lever changes.
#[derive(Clone, Debug)]
struct Hold {
    /// What is written where.
    values: Vec<(String, Node)>,
    /// Which entry of a table of steps it is about.
    step: Option<usize>,
}

impl Written {
    /// The levers of a centre with `settings` laid over it: queue by queue, then group by group, in the file's order.
    #[must_use]
    pub fn levers(&self, settings: &[String]) -> Levers {
        let tree = self.tree_with(settings);
        let calendar = find(&tree, "horizon.start").is_some();
        let mut levers: Vec<(Lever, Hold)> = Vec::new();
        for (name, path) in named(&tree, "queues") {
            levers.extend(volume(&tree, name, &path));
            levers.extend(handle_time(&tree, name, &path));
            levers.extend(patience(&tree, name, &path));
            levers.extend(opening(&tree, name, &path).filter(|_| calendar));
        }
        for (name, path) in named(&tree, "groups") {
            levers.extend(agents(&tree, name, &path));
            levers.extend(shrinkage(&tree, name, &path));
        }
        let (list, holds) = levers.into_iter().unzip();
        Levers { list, holds }
    }
}

impl Levers {
    /// All of them: queue by queue, then group by group.
    #[must_use]
    pub fn list(&self) -> &[Lever] {
        &self.list
    }

    /// The settings that turning some comes to: (number of the lever, where it stands then). What is turned to where it
    /// stands already changes nothing and gives no setting.
    #[must_use]
    pub fn turned(&self, turns: &[(usize, Position)]) -> Vec<Setting> {
        let mut values: Vec<(String, Node)> = Vec::new();
        for (number, position) in turns {
            let lever = self.list.get(*number).zip(self.holds.get(*number));
            let Some((_, hold)) = lever.filter(|(lever, _)| lever.position != *position) else { continue };
            for (path, written) in &hold.values {
                let at = values.iter().position(|(known, _)| known == path).unwrap_or_else(|| {
                    values.push((path.clone(), written.clone()));
                    values.len() - 1
                });
                hold.turn(&mut values[at].1, position);
            }
        }
        let setting = |(path, node): (String, Node)| Setting::read(&format!("{path}={}", node.as_toml()));
        values.into_iter().map(setting).collect()
    }
}

impl Hold {
    /// Changes what is written to what it is where the lever stands.
    fn turn(&self, node: &mut Node, position: &Position) {
        match (position, self.step, &mut node.data) {
            (Position::Factor(factor), ..) => {
                if let Some(scaled) = times(node, *factor) {
                    *node = scaled;
                }
            }
            (Position::Agents(agents), Some(step), Data::Table(table)) => {
                if let Some(entry) = table.entries.get_mut(step) {
                    entry.value.data = Data::Integer((*agents).into());
                }
            }
            (Position::Agents(agents), ..) => node.data = Data::Integer((*agents).into()),
            (Position::Hours(hours), ..) => {
                let text = |hours: &String| Node { place: node.place, data: Data::Text(hours.clone()) };
                node.data = Data::List(hours.iter().map(text).collect());
            }
        }
    }
}

/// A lever and what it changes.
fn lever(
    kind: LeverKind,
    of: &str,
    said: String,
    position: Position,
    values: Vec<(String, Node)>,
) -> (Lever, Hold) {
    (Lever { kind, of: of.to_owned(), part: None, said, position }, Hold { values, step: None })
}

/// The tables of a name, each with its path; not those whose names cannot be written on a command line.
fn named<'t>(tree: &'t Node, of: &str) -> Vec<(&'t str, String)> {
    let entries = find(tree, of).and_then(Node::table).map_or(&[][..], |table| &table.entries);
    let plain = |name: &str| !name.contains(['"', '\\']) && !name.contains(char::is_control);
    let names = entries.iter().map(|entry| entry.key.as_str()).filter(|name| plain(name));
    names.map(|name| (name, format!("{of}.{}", key(name)))).collect()
}

fn volume(tree: &Node, name: &str, path: &str) -> Option<(Lever, Hold)> {
    let arrivals = find(tree, &format!("{path}.arrivals"))?;
    let table = arrivals.table().filter(|table| table.get("trace").is_none())?;
    let now = table.get("factor").cloned();
    let now = now.unwrap_or(Node { place: arrivals.place, data: Data::Integer(1) });
    let said = ["per_day", "per_hour"].iter().find_map(|form| match table.get(form)?.data {
        Data::Integer(number) => Some(format!("{number} {}", form.replace("per_", "a "))),
        Data::Float(number) => Some(format!("{number} {}", form.replace("per_", "a "))),
        _ => None,
    });
    let said = said.filter(|_| table.get("factor").is_none()).unwrap_or_default();
    let values = vec![(format!("{path}.arrivals.factor"), now)];
    Some(lever(LeverKind::Volume, name, said, Position::Factor(1.0), values))
}

fn handle_time(tree: &Node, name: &str, path: &str) -> Option<(Lever, Hold)> {
    let parts = ["talk", "wrap_up"].iter().filter_map(|part| {
        let path = format!("{path}.{part}");
        distribution(find(tree, &path)?, path)
    });
    factor_of(LeverKind::HandleTime, name, parts.collect())
}

fn patience(tree: &Node, name: &str, path: &str) -> Option<(Lever, Hold)> {
    let path = format!("{path}.patience");
    let part = distribution(find(tree, &path)?, path)?;
    factor_of(LeverKind::Patience, name, vec![part])
}

/// A lever on distributions.
fn factor_of(kind: LeverKind, name: &str, values: Vec<(String, Node)>) -> Option<(Lever, Hold)> {
    if values.is_empty() {
        return None;
    }
    let said: Vec<&str> = values.iter().filter_map(|(_, node)| node.text()).collect();
    let said = if said.len() == values.len() { said.join(" + ") } else { String::new() };
    Some(lever(kind, name, said, Position::Factor(1.0), values))
}

/// What of a distribution is multiplied: its mean alone where that is all, else the whole of it.
fn distribution(node: &Node, path: String) -> Option<(String, Node)> {
    let whole = (path, node.clone());
    let changed = match node.table() {
        Some(table) if table.get("sd").is_none() => match table.get("mean") {
            Some(mean) => (format!("{}.mean", whole.0), mean.clone()),
            None => whole,
        },
        _ => whole,
    };
    times(&changed.1, 1.5).is_some_and(|scaled| scaled.as_toml() != changed.1.as_toml()).then_some(changed)
}

fn opening(tree: &Node, name: &str, path: &str) -> impl Iterator<Item = (Lever, Hold)> {
    let path = format!("{path}.open");
    let written = find(tree, &path);
    let hours: Option<Vec<String>> = match written.map(|node| &node.data) {
        None => Some(vec!["always".to_owned()]),
        Some(Data::Text(text)) => Some(vec![text.clone()]),
        Some(Data::List(items)) => items.iter().map(|item| item.text().map(str::to_owned)).collect(),
        Some(_) => None,
    };
    let node = written.cloned().unwrap_or(Node { place: tree.place, data: Data::List(Vec::new()) });
    hours
        .map(|hours| {
            let said = hours.join("; ");
            lever(LeverKind::Opening, name, said, Position::Hours(hours), vec![(path, node)])
        })
        .into_iter()
}

fn agents(tree: &Node, name: &str, path: &str) -> Vec<(Lever, Hold)> {
    let shift = |part: Option<&str>, path: String, node: &Node, heads: &Node, step: Option<usize>| {
        let Data::Integer(heads) = heads.data else { return None };
        let position = Position::Agents(u32::try_from(heads).ok()?);
        let values = vec![(path, node.clone())];
        let (lever, hold) = lever(LeverKind::Agents, name, heads.to_string(), position, values);
        Some((Lever { part: part.map(str::to_owned), ..lever }, Hold { step, ..hold }))
    };
    let mut levers = Vec::new();
    let staff = format!("{path}.staff");
    if let Some(node) = find(tree, &staff) {
        match node.table() {
            None => levers.extend(shift(None, staff, node, node, None)),
            Some(table) if table.entries.iter().all(|entry| is_time(&entry.key)) => {
                for (number, entry) in table.entries.iter().enumerate() {
                    let part = format!("from {}", entry.key);
                    levers.extend(shift(Some(&part), staff.clone(), node, &entry.value, Some(number)));
                }
            }
            Some(_) => {}
        }
    }
    for (name, path) in named(tree, &format!("{path}.shifts")) {
        let path = format!("{path}.agents");
        if let Some(node) = find(tree, &path) {
            match node.table() {
                None => levers.extend(shift(Some(name), path, node, node, None)),
                Some(table) => {
                    for (number, entry) in table.entries.iter().enumerate() {
                        let part = format!("{name}, {}", entry.key);
                        levers.extend(shift(Some(&part), path.clone(), node, &entry.value, Some(number)));
                    }
                }
            }
        }
    }
    levers
}

fn shrinkage(tree: &Node, name: &str, path: &str) -> Option<(Lever, Hold)> {
    let path = format!("{path}.shrinkage");
    let node = find(tree, &path)?;
    let values: Vec<(String, Node)> = match node.table() {
        Some(_) => {
            let parts = named(tree, &path).into_iter();
            parts.filter_map(|(_, path)| Some((path.clone(), find(tree, &path)?.clone()))).collect()
        }
        None => vec![(path, node.clone())],
    };
    let number = |node: &Node| match node.data {
        Data::Integer(number) => number as f64,
        Data::Float(number) => number,
        _ => 0.0,
    };
    let sum: f64 = values.iter().map(|(_, node)| number(node)).sum();
    let said = format!("{} %", libm::round(sum * 1e4) / 1e2);
    (sum > 0.0).then(|| lever(LeverKind::Shrinkage, name, said, Position::Factor(1.0), values))
}

fn is_time(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
}

/// The keys of a distribution that are times.
const TIMES: [&str; 7] = ["mean", "sd", "low", "high", "mode", "scale", "values"];

/// A number, a time, steps of them or a distribution, so many times as large; `None` where that cannot be told.
fn times(node: &Node, factor: f64) -> Option<Node> {
    let data = match &node.data {
        Data::Text(text) => Data::Text(written_time(parse_duration(text).ok()?.seconds() * factor)),
        Data::Integer(number) => Data::Float(tidy(*number as f64 * factor)),
        Data::Float(number) => Data::Float(tidy(number * factor)),
        Data::List(items) => Data::List(items.iter().map(|item| times(item, factor)).collect::<Option<_>>()?),
        Data::Table(table) => Data::Table(times_within(table, factor)?),
        Data::Flag(_) | Data::Time(_) => return None,
    };
    Some(Node { place: node.place, data })
}

fn times_within(table: &Table, factor: f64) -> Option<Table> {
    let mut scaled = table.clone();
    for entry in &mut scaled.entries {
        match entry.key.as_str() {
            // Their numbers lie elsewhere, or are no times.
            "csv" | "mu" => return None,
            "parts" => {
                let Data::Table(parts) = &mut entry.value.data else { return None };
                for part in &mut parts.entries {
                    part.value = times(&part.value, factor)?;
                }
            }
            key if is_time(key) || TIMES.contains(&key) => entry.value = times(&entry.value, factor)?,
            _ => {}
        }
    }
    Some(scaled)
}

/// Without the dust of binary fractions.
fn tidy(number: f64) -> f64 {
    libm::round(number * 1e9) / 1e9
}

/// A time as a scenario writes it, to the millisecond.
fn written_time(seconds: f64) -> String {
    let seconds = libm::round(seconds * 1e3) / 1e3;
    let span = Span::from_seconds(seconds);
    let short = span.to_string();
    match parse_duration(&short) {
        Ok(read) if read == span => short,
        _ => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn levers(file: &str) -> Levers {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file);
        Written::read(&path).unwrap().levers(&[])
    }

    fn at(levers: &Levers, kind: LeverKind, of: &str, part: Option<&str>) -> usize {
        let found = |lever: &Lever| lever.kind == kind && lever.of == of && lever.part.as_deref() == part;
        levers.list().iter().position(found).unwrap()
    }

    fn lines(levers: &Levers, turns: &[(usize, Position)]) -> Vec<String> {
        levers.turned(turns).iter().map(|one| one.line().to_owned()).collect()
    }

    #[test]
    fn a_lever_comes_to_settings() {
        let levers = levers("retail.toml");
        let turn = |kind, of, part, position| lines(&levers, &[(at(&levers, kind, of, part), position)]);
        assert_eq!(
            turn(LeverKind::Volume, "orders", None, Position::Factor(1.1)),
            ["queues.orders.arrivals.factor=1.1"]
        );
        assert_eq!(
            turn(LeverKind::HandleTime, "orders", None, Position::Factor(1.1)),
            ["queues.orders.talk.mean=\"4m2s\"", "queues.orders.wrap_up.mean=\"27.5s\""]
        );
        assert_eq!(
            turn(LeverKind::Agents, "generalists", Some("monday"), Position::Agents(32)),
            ["groups.generalists.shifts.monday.agents=32"]
        );
        assert_eq!(
            turn(LeverKind::Shrinkage, "returns_desk", None, Position::Factor(2.0)),
            ["groups.returns_desk.shrinkage.absence=0.1", "groups.returns_desk.shrinkage.training=0.08"]
        );
        let hours = Position::Hours(vec!["mon-fri 09:00-18:00".to_owned()]);
        assert_eq!(
            turn(LeverKind::Opening, "vip", None, hours),
            ["queues.vip.open=[\"mon-fri 09:00-18:00\"]"]
        );
        assert_eq!(levers.list()[at(&levers, LeverKind::HandleTime, "orders", None)].said, "3m40s + 25s");
        assert_eq!(levers.list()[at(&levers, LeverKind::Volume, "vip", None)].said, "950 a day");
    }

    #[test]
    fn what_stands_where_it_stood_changes_nothing() {
        let levers = levers("retail.toml");
        let all: Vec<_> = levers.list().iter().map(|lever| lever.position.clone()).enumerate().collect();
        assert!(all.len() > 30, "{}", all.len());
        assert!(levers.turned(&all).is_empty());
    }

    #[test]
    fn steps_of_a_day_are_turned_one_by_one_and_set_together() {
        let levers = levers("outage.toml");
        let step = |time: &str| {
            let part = format!("from {time}");
            levers.list().iter().position(|lever| lever.part.as_deref() == Some(part.as_str())).unwrap()
        };
        let turns = [(step("08:00"), Position::Agents(50)), (step("22:00"), Position::Agents(2))];
        let [line] = &lines(&levers, &turns)[..] else { panic!("one setting") };
        let (_, steps) = line.split_once('=').unwrap();
        assert_eq!(
            steps,
            "{ \"07:00\" = 26, \"08:00\" = 50, \"09:00\" = 56, \"12:00\" = 51, \"15:00\" = 45, \"18:00\" = 38, \
             \"19:00\" = 27, \"20:00\" = 21, \"22:00\" = 2 }"
        );
    }

    #[test]
    fn all_levers_of_all_scenarios_make_settings_that_can_be_read() {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let written = Written::read(&path).unwrap();
            let levers = written.levers(&[]);
            assert!(!levers.list().is_empty(), "{}", path.display());
            for (number, lever) in levers.list().iter().enumerate() {
                let position = match &lever.position {
                    Position::Factor(_) => Position::Factor(1.05),
                    Position::Agents(agents) => Position::Agents(agents + 1),
                    Position::Hours(hours) => Position::Hours(hours.iter().rev().cloned().collect()),
                };
                let settings: Vec<String> = lines(&levers, &[(number, position)]);
                if let Err(mistakes) = written.with(&settings) {
                    panic!("{}: {settings:?}: {}", path.display(), mistakes.render(false));
                }
            }
        }
    }

    #[test]
    fn a_distribution_without_a_mean_is_turned_as_a_whole() {
        let text = "[queues.a]\ntalk = { kind = \"triangular\", low = \"1m\", mode = \"2m\", high = \"5m\" }\n\
                    patience = { mean = { \"00:00\" = \"2m\", \"12:00\" = \"3m\" }, balk = 0.1 }\n\
                    arrivals.per_hour = { \"08:00\" = 10 }\n[groups.g]\nskills = [\"a\"]\nstaff = 3\n";
        let written = Written::of_text("centre.toml", text);
        let levers = written.levers(&[]);
        let turn = |kind| lines(&levers, &[(at(&levers, kind, "a", None), Position::Factor(2.0))]);
        assert_eq!(
            turn(LeverKind::HandleTime),
            ["queues.a.talk={ kind = \"triangular\", low = \"2m\", mode = \"4m\", high = \"10m\" }"]
        );
        assert_eq!(
            turn(LeverKind::Patience),
            ["queues.a.patience.mean={ \"00:00\" = \"4m\", \"12:00\" = \"6m\" }"]
        );
        let reversed = [(at(&levers, LeverKind::Agents, "g", None), Position::Agents(4))];
        assert_eq!(lines(&levers, &reversed), ["groups.g.staff=4"]);
    }
}
