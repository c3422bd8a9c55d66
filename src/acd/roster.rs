//! A roster with a row for each activity of an agent: who is on contacts when.
//!
//! An agent is on contacts in the activities that are contacts, less those that are something else: exports write a shift and
//! its breaks over it, or one activity after the other, and both come to the same.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::tables::{self, Moment, Sheet, Stamp, is_gap};

use super::column::OF_ROSTERS;
use super::fault::Fault;
use super::heading::{self, Taken};
use super::stamps::{self, Cells, EPOCH, micros};
use super::{Asked, Column, Faults};

/// A roster that was read.
#[derive(Clone, Debug)]
pub struct Roster {
    /// What messages call the file.
    pub name: String,
    /// By name.
    pub teams: Vec<Team>,
    /// What its columns were taken for.
    pub taken: Vec<Taken>,
    /// What was decided and left out.
    pub notes: Vec<String>,
}

/// Agents who are planned together.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// As the roster calls them; empty where it tells no team.
    pub called: String,
    /// How many different agents.
    pub agents: usize,
    /// Hours on contacts of all.
    pub hours: f64,
    /// From each time on, so many.
    pub heads: Vec<(DateTime, u32)>,
}

/// What activities are, where their names do not tell.
#[derive(Clone, Debug, Default)]
pub struct Activities {
    /// Contacts.
    pub contacts: Vec<String>,
    /// Something else.
    pub away: Vec<String>,
}

const AWAY: [&str; 27] = [
    "break",
    "breaks",
    "lunch",
    "meal",
    "dinner",
    "training",
    "coaching",
    "meeting",
    "off",
    "vacation",
    "holiday",
    "leave",
    "absence",
    "absent",
    "sick",
    "sickness",
    "pto",
    "unavailable",
    "admin",
    "project",
    "pause",
    "mittag",
    "urlaub",
    "krank",
    "schulung",
    "besprechung",
    "abwesend",
];

const CONTACTS: [&str; 23] = [
    "work",
    "working",
    "shift",
    "phone",
    "phones",
    "call",
    "calls",
    "inbound",
    "chat",
    "email",
    "mail",
    "contacts",
    "available",
    "open",
    "queue",
    "ticket",
    "tickets",
    "productive",
    "regular",
    "dienst",
    "schicht",
    "telefon",
    "arbeit",
];

impl Activities {
    /// Whether an activity is contacts; `None` where nobody says.
    fn is_contacts(&self, name: &str) -> Option<bool> {
        let named = |list: &[String]| list.iter().any(|one| one.trim().eq_ignore_ascii_case(name.trim()));
        if named(&self.contacts) {
            return Some(true);
        }
        if named(&self.away) {
            return Some(false);
        }
        let lower = name.to_lowercase();
        let has =
            |known: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word));
        // A paid break and a break from work are breaks.
        if has(&AWAY) {
            return Some(false);
        }
        has(&CONTACTS).then_some(true)
    }
}

/// A row as it is written.
struct Raw {
    agent: String,
    team: String,
    activity: Option<String>,
    cells: Cells,
}

/// Stretches of time: from, to, in microseconds.
type Stretches = Vec<(i64, i64)>;

/// Those of one agent.
#[derive(Default)]
struct Day {
    contacts: Stretches,
    away: Stretches,
}

impl Roster {
    /// Reads one.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(name: &str, bytes: &[u8], asked: &Asked, activities: &Activities) -> Result<Roster, Faults> {
        let names = heading::names(asked, OF_ROSTERS);
        let columns: Vec<&str> = names.iter().map(String::as_str).collect();
        let wanted = tables::Asked { columns: &columns, headless: false, sheet: asked.sheet.as_deref() };
        let sheet = Sheet::open(bytes, &wanted).map_err(|refused| Fault {
            title: format!("{name} is not a table that can be read: {}", refused.reason),
            hint: refused.help,
        })?;
        let taken = heading::taken(&sheet.head, asked, OF_ROSTERS, name).map_err(Faults)?;
        let has = |column: Column| taken.iter().any(|one| one.column == column);
        for (column, what) in [
            (Column::Agent, "whose row it is"),
            (Column::Time, "when an activity begins"),
            (Column::End, "when an activity ends"),
        ] {
            if !has(column) {
                let shown: Vec<String> = sheet.head.iter().take(12).map(|head| format!("`{head}`")).collect();
                return Err(Faults::one(
                    format!("{name} has no column that tells {what}"),
                    format!(
                        "name it: `--column {}=HEAD`; its columns are {}",
                        column.word(),
                        shown.join(", ")
                    ),
                ));
            }
        }
        let raw = rows(&sheet, &taken, asked, name)?;
        let mut notes = sheet.notes.clone();
        let teams = teams(&raw, asked, activities, name, &mut notes)?;
        Ok(Roster { name: name.to_owned(), teams, taken, notes })
    }
}

fn rows(sheet: &Sheet<'_>, taken: &[Taken], asked: &Asked, name: &str) -> Result<Vec<Raw>, Faults> {
    let mut conditions = Vec::new();
    for (head, text) in &asked.conditions {
        conditions.push((heading::place(&sheet.head, head, name)?, text));
    }
    let place = |column: Column| taken.iter().find(|one| one.column == column).map(|one| one.place);
    let mut raw = Vec::new();
    let read = sheet.each(|row| {
        if !conditions.iter().all(|(column, text)| row.cell(*column) == text.as_str()) {
            return Ok(());
        }
        let cell = |column: Column| {
            place(column).map(|place| row.cell(place)).filter(|cell| !is_gap(cell)).map(str::to_owned)
        };
        raw.push(Raw {
            agent: cell(Column::Agent).unwrap_or_default(),
            team: cell(Column::Team).unwrap_or_default(),
            activity: cell(Column::Activity),
            cells: Cells {
                line: row.line,
                date: cell(Column::Date),
                time: cell(Column::Time),
                end: cell(Column::End),
            },
        });
        Ok(())
    });
    read.map_err(|reason| {
        Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line")
    })?;
    if raw.is_empty() {
        return Err(Faults::one(format!("{name} has no rows to read"), "does `--where` fit any?"));
    }
    Ok(raw)
}

fn teams(
    raw: &[Raw],
    asked: &Asked,
    activities: &Activities,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<Team>, Faults> {
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for row in raw {
        let activity = row.activity.as_deref().unwrap_or("shift");
        match activities.is_contacts(activity) {
            Some(contacts) => _ = known.insert(activity, contacts),
            None => *unknown.entry(activity).or_default() += 1,
        }
    }
    if !unknown.is_empty() {
        let shown: Vec<String> =
            unknown.iter().take(8).map(|(name, count)| format!("`{name}` ({count} rows)")).collect();
        return Err(Faults::one(
            format!(
                "nobody says whether these activities of {name} are work on contacts: {}",
                shown.join(", ")
            ),
            "say it: `--contacts NAME` for those that are, `--away NAME` for those that are not",
        ));
    }
    for (contacts, what) in [(true, "work on contacts"), (false, "something else, and taken off")] {
        let own: Vec<&str> = known.iter().filter(|one| *one.1 == contacts).map(|one| *one.0).collect();
        if !own.is_empty() {
            notes.push(format!("taken for {what}: {}", own.join(", ")));
        }
    }
    // The ends are read here: what ends earlier than it begins ends on the next day.
    let begins: Vec<Cells> = raw
        .iter()
        .map(|row| Cells {
            line: row.cells.line,
            date: row.cells.date.clone(),
            time: row.cells.time.clone(),
            end: None,
        })
        .collect();
    let (times, order) = stamps::stamps(&begins, asked, name)?;
    notes.extend(order.map(|order| (*order).to_owned()));
    let mut agents: BTreeMap<(&str, &str), Day> = BTreeMap::new();
    let mut nobody = 0usize;
    for (row, at) in raw.iter().zip(&times) {
        if row.agent.is_empty() {
            nobody += 1;
            continue;
        }
        let stretch = (micros(at.local), micros(end(row, at.local, asked, name)?));
        let day = agents.entry((row.team.as_str(), row.agent.as_str())).or_default();
        let contacts = known[row.activity.as_deref().unwrap_or("shift")];
        let list = if contacts { &mut day.contacts } else { &mut day.away };
        list.push(stretch);
    }
    if nobody > 0 {
        notes.push(format!("{nobody} rows name no agent and are left out"));
    }
    let mut teams: BTreeMap<&str, (usize, Stretches)> = BTreeMap::new();
    for ((team, _), day) in agents {
        let own = less(&joined(day.contacts), &joined(day.away));
        let team = teams.entry(team).or_default();
        team.0 += usize::from(!own.is_empty());
        team.1.extend(own);
    }
    let made = |(called, (agents, stretches)): (&str, (usize, Stretches))| Team {
        called: called.to_owned(),
        agents,
        hours: stretches.iter().map(|(from, to)| (to - from) as f64).sum::<f64>() / 3.6e9,
        heads: heads(&stretches),
    };
    Ok(teams.into_iter().map(made).filter(|team| team.agents > 0).collect())
}

/// When a row ends.
fn end(row: &Raw, begun: DateTime, asked: &Asked, name: &str) -> Result<DateTime, Faults> {
    let line = row.cells.line;
    let unread = || {
        Faults::one(
            format!("line {line} of {name} does not tell when its activity ends"),
            "write times of day like 16:30; `--column end=HEAD` names the column",
        )
    };
    let cell = row.cells.end.as_deref().ok_or_else(unread)?;
    let moment = Moment::read(cell).ok_or_else(unread)?;
    let next = |at: DateTime| {
        if at > begun { at } else { at.checked_add(SignedDuration::from_hours(24)).unwrap_or(at) }
    };
    match moment.stamp(asked.dates) {
        Ok(Stamp::Clock(clock)) => {
            let midnight = begun.date().to_datetime(jiff::civil::Time::midnight());
            let at = midnight.checked_add(SignedDuration::from_micros(clock)).map_err(|_| unread())?;
            Ok(next(at))
        }
        Err(_) if asked.dates.is_none() => Err(Faults::one(
            format!("line {line} of {name}: its end can be read in two ways"),
            "say whether day or month comes first: `--dates dmy` or `--dates mdy`",
        )),
        _ => {
            let (at, _) = stamps::local(&moment, asked.dates, asked, line, name)?;
            if at > begun { Ok(at) } else { Err(unread()) }
        }
    }
}

/// Stretches in order, those that meet as one.
fn joined(mut stretches: Stretches) -> Stretches {
    stretches.sort_unstable();
    let mut all: Stretches = Vec::new();
    for (from, to) in stretches {
        match all.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => all.push((from, to)),
        }
    }
    all
}

/// The first less the second; both in order and apart.
fn less(stretches: &[(i64, i64)], taken: &[(i64, i64)]) -> Stretches {
    let mut left = Vec::new();
    for &(mut from, to) in stretches {
        for &(begin, end) in taken {
            if end <= from || begin >= to {
                continue;
            }
            if begin > from {
                left.push((from, begin));
            }
            from = from.max(end);
        }
        if from < to {
            left.push((from, to));
        }
    }
    left
}

fn heads(stretches: &[(i64, i64)]) -> Vec<(DateTime, u32)> {
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for (from, to) in stretches {
        *changes.entry(*from).or_default() += 1;
        *changes.entry(*to).or_default() -= 1;
    }
    let midnight = EPOCH.to_datetime(jiff::civil::Time::midnight());
    let mut now = 0;
    let mut all = Vec::new();
    for (at, change) in changes.into_iter().filter(|(_, change)| *change != 0) {
        now += change;
        let at = midnight.checked_add(SignedDuration::from_micros(at)).unwrap_or(midnight);
        all.push((at, u32::try_from(now).unwrap_or(0)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_off_is_what_both_have() {
        let shift = [(8, 12), (13, 17)];
        assert_eq!(less(&shift, &[(9, 10), (11, 14), (16, 18)]), [(8, 9), (10, 11), (14, 16)]);
        assert_eq!(less(&shift, &[]), shift);
        assert!(less(&shift, &[(0, 24)]).is_empty());
        assert_eq!(joined(vec![(5, 6), (1, 3), (3, 4), (2, 3)]), [(1, 4), (5, 6)]);
    }

    #[test]
    fn activities_are_known_by_a_word_of_their_name() {
        let given = Activities { contacts: vec!["Back office".to_owned()], away: Vec::new() };
        for (name, contacts) in [
            ("Inbound calls", Some(true)),
            ("Paid break", Some(false)),
            ("Lunch", Some(false)),
            ("Training: phone", Some(false)),
            ("back office", Some(true)),
            ("Office", None),
            ("X", None),
        ] {
            assert_eq!(given.is_contacts(name), contacts, "{name}");
        }
    }
}
