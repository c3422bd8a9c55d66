//! The agents that are required on contacts over a week, group by group: from a table, or from the search by interval.

use std::collections::BTreeMap;

use crate::scenario::Scenario;
use crate::tables::{Asked, Decimal, Moment, Row, Sheet, Stamp, decimal, find, is_gap, number, order};
use crate::units::{Calendar, Span, Weekday};

use super::super::staffing::Required;

/// A week, in microseconds.
pub(super) const WEEK: u64 = 7 * Span::DAY.micros();

/// Columns that hold the time, the group and the agents, by the names that people give them.
const TIMES: [&str; 7] = ["time", "interval", "interval_start", "from", "start", "date_time", "date"];
const GROUPS: [&str; 3] = ["group", "team", "skill"];
const AGENTS: [&str; 5] = ["agents", "required", "required_agents", "staff", "heads"];

/// What is required.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// How long an interval is: a part of a day.
    pub interval: Span,
    /// Who is required together, in file order.
    pub pools: Vec<Needed>,
}

/// Agents on contacts that are required of a group, or of several together.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// Of whom.
    pub groups: Vec<String>,
    /// For each interval of a week from Monday midnight. Of several weeks the most.
    pub week: Vec<f64>,
}

/// Why a table holds no requirement: a sentence, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoDemand {
    /// What is wrong.
    pub title: String,
    /// What would be right.
    pub hint: String,
}

fn refuse<T>(title: impl Into<String>, hint: impl Into<String>) -> Result<T, NoDemand> {
    Err(NoDemand { title: title.into(), hint: hint.into() })
}

/// A number of a table before it is known of when.
struct Cell {
    line: u64,
    moment: Moment,
    group: String,
    text: String,
}

impl Demand {
    /// Nobody is required of these groups.
    pub(super) fn nothing(interval: Span, pools: impl IntoIterator<Item = Vec<String>>) -> Demand {
        let intervals = (WEEK / interval.micros()) as usize;
        let needed = |groups| Needed { groups, week: vec![0.0; intervals] };
        Demand { interval, pools: pools.into_iter().map(needed).collect() }
    }

    /// What a search by interval found.
    #[must_use]
    pub fn of(required: &Required, scenario: &Scenario) -> Demand {
        let names = required.groups.iter().map(|group| vec![group.name.clone()]);
        let mut demand = Demand::nothing(required.length, names);
        for (pool, group) in required.groups.iter().enumerate() {
            for (row, agents) in group.agents.iter().enumerate() {
                let most = demand.of_row(pool, row, scenario);
                *most = most.max(f64::from(*agents));
            }
        }
        demand
    }

    /// The place in the week of an interval of the horizon.
    pub(super) fn place(&self, row: usize, scenario: &Scenario) -> usize {
        let first = Calendar::new(scenario.horizon.start, Span::ZERO).weekday(0).index();
        let by_day = (Span::DAY.micros() / self.interval.micros()) as usize;
        (first * by_day + row) % (7 * by_day)
    }

    /// What is required in an interval of the horizon.
    pub(super) fn of_row(&mut self, pool: usize, row: usize, scenario: &Scenario) -> &mut f64 {
        let place = self.place(row, scenario);
        &mut self.pools[pool].week[place]
    }

    /// Reads a table: a row for each interval, with a column of groups, with a column for each group, or of one
    /// group alone. `name` is what messages call it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(name: &str, bytes: &[u8], scenario: &Scenario) -> Result<Demand, NoDemand> {
        let sheet = match Sheet::open(bytes, &Asked { columns: &["time"], ..Asked::default() }) {
            Ok(sheet) => sheet,
            Err(refused) => {
                let hint = refused.help.unwrap_or_else(|| EXAMPLE.to_owned());
                return refuse(format!("{name} is not a table that can be read: {}", refused.reason), hint);
            }
        };
        let cells = cells(name, &sheet, scenario)?;
        let texts = cells.iter().map(|cell| cell.text.as_str());
        let signs = match decimal(texts, sheet.habit) {
            Ok(signs) => signs,
            Err(reason) => return refuse(format!("{name}: {reason}"), "write decimals with a point"),
        };
        // (day or none, microseconds since midnight), group, agents.
        let mut found: BTreeMap<(String, Option<jiff::civil::Date>, u64), f64> = BTreeMap::new();
        let order = match order(cells.iter().map(|cell| &cell.moment), None) {
            Ok(order) => order,
            Err(_) => {
                return refuse(
                    format!("{name} has dates that can be read in two ways"),
                    "write them like 2026-03-02",
                );
            }
        };
        for cell in &cells {
            let (date, clock) = match cell.moment.stamp(order) {
                Ok(Stamp::Local(at) | Stamp::Marked(_, at)) => {
                    let since = at.duration_since(at.date().to_datetime(jiff::civil::Time::midnight()));
                    (Some(at.date()), since.as_micros() as u64)
                }
                Ok(Stamp::Clock(clock)) => (None, clock as u64),
                _ => {
                    let title =
                        format!("{name}, line {}: neither a date and time nor a time of day", cell.line);
                    return refuse(title, "write 2026-03-02T08:30, or 08:30 for every day");
                }
            };
            let agents = agents(name, cell, signs)?;
            if found.insert((cell.group.clone(), date, clock), agents).is_some() {
                let title = format!("{name}, line {}: this time stands there twice", cell.line);
                return refuse(title, "give each group one row for an interval");
            }
        }
        week(name, found, scenario)
    }

    /// Whether anybody is required.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.pools.iter().all(|pool| pool.week.iter().all(|agents| *agents == 0.0))
    }
}

const EXAMPLE: &str =
    "write columns `time`, `group` and `agents`, as `holdline staff --by-interval --csv` does";

/// All numbers of the table.
fn cells(name: &str, sheet: &Sheet<'_>, scenario: &Scenario) -> Result<Vec<Cell>, NoDemand> {
    let named = |names: &[&str]| names.iter().find_map(|name| find(&sheet.head, name).ok());
    let Some(time) = named(&TIMES) else {
        return refuse(format!("{name} has no column `time`"), EXAMPLE);
    };
    let mut planned: Vec<&str> = scenario
        .groups
        .iter()
        .filter(|group| group.staff.is_some())
        .map(|group| group.name.as_str())
        .collect();
    if let ([], [only]) = (planned.as_slice(), scenario.groups.as_slice()) {
        planned.push(&only.name);
    }
    let is_group = |called: &str| scenario.groups.iter().find(|group| group.name == uncovered(called));
    // (column of the agents, group of all its rows).
    let columns: Vec<(usize, Option<String>)> = match (named(&AGENTS), named(&GROUPS), planned.as_slice()) {
        (Some(agents), Some(_), _) => vec![(agents, None)],
        (Some(agents), None, [only]) => vec![(agents, Some((*only).to_owned()))],
        (Some(_), None, _) => {
            return refuse(
                format!("{name} does not say whose agents are required"),
                "write a column `group`, or a column for each group",
            );
        }
        (None, _, planned) => {
            let heads = sheet.head.iter().enumerate().filter(|(column, _)| *column != time);
            let by_group: Vec<(usize, Option<String>)> = heads
                .clone()
                .filter_map(|(column, head)| Some((column, Some(is_group(head)?.name.clone()))))
                .collect();
            let others: Vec<usize> = heads.map(|(column, _)| column).collect();
            match (by_group.is_empty(), others.as_slice(), planned) {
                (false, ..) => by_group,
                // A plain table of times and numbers.
                (true, [only], [group]) => vec![(*only, Some((*group).to_owned()))],
                _ => {
                    return refuse(
                        format!("{name} has no column `agents`, and none that is called as a group"),
                        EXAMPLE,
                    );
                }
            }
        }
    };
    let by_row = named(&GROUPS);
    let mut cells = Vec::new();
    let mut wrong = None;
    let read = sheet.each(|row: Row<'_>| {
        if row.is_total(&[time]) {
            return Ok(());
        }
        let Some(moment) = Moment::read(row.cell(time)) else {
            let what = row.cell(time);
            return Err(format!("line {}: `{what}` is neither a date and time nor a time of day", row.line));
        };
        for (column, group) in &columns {
            let group = match (group, by_row) {
                (Some(group), _) => group.clone(),
                (None, Some(by_row)) => match is_group(row.cell(by_row)) {
                    Some(group) => group.name.clone(),
                    None => {
                        wrong.get_or_insert_with(|| uncovered(row.cell(by_row)).to_owned());
                        continue;
                    }
                },
                (None, None) => continue,
            };
            cells.push(Cell { line: row.line, moment, group, text: row.cell(*column).to_owned() });
        }
        Ok(())
    });
    if let Err(reason) = read {
        return refuse(format!("{name}, {reason}"), "write 2026-03-02T08:30, or 08:30 for every day");
    }
    if let Some(group) = wrong {
        let known: Vec<String> = scenario.groups.iter().map(|group| format!("`{}`", group.name)).collect();
        let title = format!("{name} requires agents of `{group}`, which is no group of the scenario");
        return refuse(title, format!("its groups are {}", known.join(", ")));
    }
    if cells.is_empty() { refuse(format!("{name} has no rows"), EXAMPLE) } else { Ok(cells) }
}

/// A name without the sign that keeps spreadsheets from computing it.
fn uncovered(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

fn agents(name: &str, cell: &Cell, signs: Decimal) -> Result<f64, NoDemand> {
    if is_gap(&cell.text) {
        return Ok(0.0);
    }
    match number(&cell.text, signs).filter(|agents| (0.0..=1e6).contains(agents)) {
        Some(agents) => Ok(agents),
        None => refuse(
            format!("{name}, line {}: `{}` is no number of agents", cell.line, cell.text),
            "write a number of 0 or more",
        ),
    }
}

/// A week of the numbers: a row lasts as long as the usual step of the table.
fn week(
    name: &str,
    found: BTreeMap<(String, Option<jiff::civil::Date>, u64), f64>,
    scenario: &Scenario,
) -> Result<Demand, NoDemand> {
    let mut often: BTreeMap<u64, usize> = BTreeMap::new();
    let keys: Vec<&(String, Option<jiff::civil::Date>, u64)> = found.keys().collect();
    for pair in keys.windows(2) {
        if pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1 {
            *often.entry(pair[1].2 - pair[0].2).or_default() += 1;
        }
    }
    let usual = often.into_iter().max_by_key(|(step, count)| (*count, std::cmp::Reverse(*step)));
    let interval = usual.map_or(scenario.horizon.interval.micros(), |(step, _)| step);
    let fits =
        Span::DAY.micros().is_multiple_of(interval) && keys.iter().all(|key| key.2.is_multiple_of(interval));
    if !fits {
        let title =
            format!("{name} has rows that do not fit into intervals of {}", Span::from_micros(interval));
        return refuse(title, "let every row last as long, and a whole number of them a day");
    }
    let calendar = Calendar::new(scenario.horizon.start, Span::ZERO);
    let days = scenario.horizon.length.micros().div_ceil(Span::DAY.micros()).min(7) as i64;
    let played: Vec<usize> = (0..days).map(|day| calendar.weekday(day).index()).collect();
    let names = scenario.groups.iter().map(|group| group.name.clone());
    let names = names.filter(|name| keys.iter().any(|key| key.0 == *name));
    let mut demand = Demand::nothing(Span::from_micros(interval), names.map(|name| vec![name]));
    let by_day = (Span::DAY.micros() / interval) as usize;
    for ((group, date, clock), agents) in &found {
        let pool = demand.pools.iter_mut().find(|pool| pool.groups[0] == *group);
        let Some(Needed { week, .. }) = pool else { continue };
        let weekdays = match date {
            Some(date) => vec![Weekday::ALL[date.weekday().to_monday_zero_offset() as usize].index()],
            None => played.clone(),
        };
        for weekday in weekdays {
            let most = &mut week[weekday * by_day + (clock / interval) as usize % by_day];
            *most = most.max(*agents);
        }
    }
    Ok(demand)
}
