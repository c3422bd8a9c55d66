//! Past days: the contacts of one queue by date and interval of the day.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::acd::{Fault, Faults, Report};
use crate::units::{Span, TimeOfDay};

use super::calendar::{Holidays, weekday};
use super::profile::Profile;

/// Where so many contacts are usual, none at all is a hole in the file.
const USUAL: f64 = 10.0;

/// What is known of a past day.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// Contacts by interval.
    Counts(Vec<f64>),
    /// Nothing came, or nobody was there.
    Closed,
    /// Rows are missing.
    InPart,
}

/// A past day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Its date.
    pub date: Date,
    /// The holiday that it is.
    pub holiday: Option<String>,
    /// What came.
    pub seen: Seen,
}

impl Day {
    /// Its contacts by interval, where all are known.
    #[must_use]
    pub fn counts(&self) -> Option<&[f64]> {
        match &self.seen {
            Seen::Counts(counts) => Some(counts),
            Seen::Closed | Seen::InPart => None,
        }
    }
}

/// A day that has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Today {
    /// Its date.
    pub date: Date,
    /// Contacts of the intervals that are over.
    pub seen: Vec<f64>,
}

/// What came of one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// As the file calls it; empty where it is about one queue alone.
    pub queue: String,
    /// How long an interval lasts.
    pub step: Span,
    /// The number of the first interval of a day, from midnight.
    pub first: usize,
    /// Every date from the first with contacts to the last.
    pub days: Vec<Day>,
    /// The last day, where it has begun and its rest is to be forecast.
    pub today: Option<Today>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// The counts of one day under construction: by interval of the day, contacts and the rows that tell them.
type Rows = BTreeMap<usize, (f64, u32)>;

/// The histories of all queues of a report, in intervals of `step`; without one in half-hours, or in the report's
/// own where those are longer or do not fit. With a time of day the last day is over up to that time alone.
///
/// # Errors
/// Where the report cannot be counted in such intervals, or is too short.
pub fn histories(
    report: &Report,
    step: Option<Span>,
    until: Option<TimeOfDay>,
    holidays: &Holidays,
) -> Result<Vec<History>, Faults> {
    let half_hour = Span::from_whole_seconds(1800);
    let fits = |step: Span| step.micros().is_multiple_of(report.step.micros());
    let step = match step {
        Some(step) if !fits(step) => {
            return Err(Faults::one(
                format!("intervals of {step} cannot be made of the {} of {}", report.step, report.name),
                "ask for a multiple of them with `--step`",
            ));
        }
        Some(step) => step,
        None if fits(half_hour) => half_hour,
        None => report.step,
    };
    if let Some(until) = until
        && (!until.span().micros().is_multiple_of(step.micros()) || until.span() >= Span::DAY)
    {
        return Err(Faults::one(
            format!("no interval of {step} ends at {until}"),
            "say with `--seen-until` when the last interval ended that is over, as in `--seen-until 12:00`",
        ));
    }
    let busy = report.intervals.iter().filter(|row| row.offered.is_some_and(|offered| offered > 0.0));
    let Some(last) = busy.map(|row| row.at.date()).max() else {
        return Err(Faults::one(format!("{} tells of no contacts", report.name), "is it the right column?"));
    };
    let faults: Vec<Result<History, Fault>> = report
        .queues()
        .into_iter()
        .map(|queue| history(report, queue, step, last, until, holidays))
        .collect();
    let mut all = Vec::new();
    let mut wrong = Vec::new();
    for one in faults {
        match one {
            Ok(history) => all.push(history),
            Err(fault) => wrong.push(fault),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(Faults(wrong)) }
}

/// What came of one queue up to the report's last day.
fn history(
    report: &Report,
    queue: &str,
    step: Span,
    to: Date,
    until: Option<TimeOfDay>,
    holidays: &Holidays,
) -> Result<History, Fault> {
    let called = if queue.is_empty() { report.name.clone() } else { format!("`{queue}` in {}", report.name) };
    let mut rows: BTreeMap<Date, Rows> = BTreeMap::new();
    let mut named: BTreeMap<Date, String> = BTreeMap::new();
    for row in report.intervals.iter().filter(|row| row.queue == queue) {
        let date = row.at.date();
        if let Some(holiday) = &row.holiday {
            named.insert(date, holiday.clone());
        }
        let Some(offered) = row.offered else { continue };
        let seconds = row.at.duration_since(date.to_datetime(jiff::civil::Time::midnight())).as_secs_f64();
        let slot = rows.entry(date).or_default().entry((seconds / step.seconds()) as usize).or_default();
        slot.0 += offered;
        slot.1 += 1;
    }
    // Days before the first contact tell nothing.
    let sum = |rows: &Rows| rows.values().map(|slot| slot.0).sum::<f64>();
    let Some(from) = rows.iter().find(|(_, rows)| sum(rows) > 0.0).map(|(date, _)| *date) else {
        return Err(Fault::new(format!("no contacts of {called} are told"), "is it the right column?"));
    };
    let busy = || rows.values().flatten().filter(|(_, slot)| slot.0 > 0.0).map(|(at, _)| *at);
    let (first, last) = (busy().min().unwrap_or(0), busy().max().unwrap_or(0));
    let (mut notes, mut found) = (Vec::new(), None);
    let mut days: Vec<Day> = Vec::new();
    let mut date = from;
    while date <= to {
        let seen = match rows.get(&date).filter(|rows| sum(rows) > 0.0) {
            Some(rows) => {
                Seen::Counts((first..=last).map(|at| rows.get(&at).map_or(0.0, |slot| slot.0)).collect())
            }
            None => Seen::Closed,
        };
        let holiday = holidays.name(date).map(str::to_owned).or_else(|| named.remove(&date));
        days.push(Day { date, holiday, seen });
        date = date.saturating_add(1.days());
    }
    let holes = holes(&rows, &days, first);
    if let Some(until) = until {
        let today = today(&rows, &mut days, (first, last), until, step, &called)?;
        if holes.get(&days.len()).is_some_and(|hole| hole.from < today.seen.len()) {
            return Err(Fault::new(
                format!("{} of {called} has no row for some time before {until}", today.date),
                "say with `--seen-until` up to when its rows are complete",
            ));
        }
        found = Some(today);
    }
    let mut begun = None;
    for (index, day) in days.iter_mut().enumerate().rev() {
        let Some(missing) = holes.get(&index) else { continue };
        let at_end = index == holes_end(index, &holes) && missing.at_end && day.date == to;
        day.seen = Seen::InPart;
        if at_end {
            let over = clock(first + missing.from, step);
            notes.push(format!(
                "{} is not over and not learnt from: its rows end at {over}; `--seen-until {over}` forecasts its rest",
                day.date
            ));
            begun = Some(day.date);
        }
    }
    let left: Vec<String> = (0..days.len())
        .filter(|index| days[*index].seen == Seen::InPart && Some(days[*index].date) != begun)
        .map(|index| days[index].date.to_string())
        .collect();
    if !left.is_empty() {
        notes.push(format!(
            "{} without some of their rows, and left out: {}",
            counted(left.len(), "day is", "days are"),
            some(&left)
        ));
    }
    if begun.is_some() {
        days.pop();
    }
    let usual = usual_weekdays(&days);
    let closed = |day: &&Day| day.seen == Seen::Closed && usual[weekday(day.date)] && day.holiday.is_none();
    let closed: Vec<String> = days.iter().filter(closed).map(|day| day.date.to_string()).collect();
    if !closed.is_empty() {
        notes.push(format!(
            "{} without contacts though their weekday usually has some, and taken as closed: {}",
            counted(closed.len(), "day is", "days are"),
            some(&closed)
        ));
    }
    let seen = days.iter().filter(|day| day.counts().is_some()).count();
    if seen < LEAST || days.len() < 21 {
        return Err(Fault::new(
            format!(
                "{called} has {} with contacts, and a forecast needs {LEAST} in 3 weeks",
                counted(seen, "day", "days")
            ),
            "give a longer history: weekdays and times of the month can only be learnt from several weeks",
        ));
    }
    Ok(History { queue: queue.to_owned(), step, first, days, today: found, notes })
}

/// Takes the last day away from the past, as far as it is over.
fn today(
    rows: &BTreeMap<Date, Rows>,
    days: &mut Vec<Day>,
    (first, last): (usize, usize),
    until: TimeOfDay,
    step: Span,
    called: &str,
) -> Result<Today, Fault> {
    let over = (until.span().micros() / step.micros()) as usize;
    let (Some(day), true) = (days.pop(), over > first && over <= last) else {
        let (opens, ends) = (clock(first, step), clock(last + 1, step));
        return Err(Fault::new(
            format!("contacts of {called} come from {opens} to {ends}, and {until} is not between"),
            "say with `--seen-until` up to when the last day is seen",
        ));
    };
    let came = |at: usize| rows.get(&day.date).and_then(|rows| rows.get(&at)).map_or(0.0, |slot| slot.0);
    Ok(Today { date: day.date, seen: (first..over).map(came).collect() })
}

/// Days with contacts without which nothing can be learnt.
pub(super) const LEAST: usize = 10;

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The first few of some names.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 8 { format!("{shown}, ...") } else { shown }
}

/// The time at which an interval begins.
pub(super) fn clock(slot: usize, step: Span) -> String {
    let minutes = slot as u64 * step.micros() / 60_000_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Rows that a day lacks.
struct Hole {
    /// The first interval with fewer rows than usual, from the first of the day.
    from: usize,
    /// Whether nothing comes after.
    at_end: bool,
}

fn holes_end(index: usize, holes: &BTreeMap<usize, Hole>) -> usize {
    holes.keys().last().copied().unwrap_or(index)
}

/// Days that lack rows at times at which their weekday usually has some, and contacts in them.
fn holes(rows: &BTreeMap<Date, Rows>, days: &[Day], first: usize) -> BTreeMap<usize, Hole> {
    let mut found = BTreeMap::new();
    for of in 0..7 {
        let alike: Vec<usize> = (0..days.len())
            .filter(|index| weekday(days[*index].date) == of && days[*index].counts().is_some())
            .collect();
        if alike.len() < 3 {
            continue;
        }
        let told = |index: usize, slot: usize| {
            rows.get(&days[index].date).and_then(|rows| rows.get(&(first + slot))).map_or(0, |slot| slot.1)
        };
        let slots = days[alike[0]].counts().map_or(0, <[f64]>::len);
        let usual: Vec<(u32, f64)> = (0..slots)
            .map(|slot| {
                let mut counts: Vec<u32> = alike.iter().map(|index| told(*index, slot)).collect();
                counts.sort_unstable();
                let sum: f64 = alike.iter().filter_map(|index| days[*index].counts()).map(|c| c[slot]).sum();
                (counts[counts.len() / 2], sum / alike.len() as f64)
            })
            .collect();
        for index in alike {
            let lacks = |slot: &usize| usual[*slot].1 >= USUAL && told(index, *slot) < usual[*slot].0;
            let Some(from) = (0..slots).find(lacks) else { continue };
            let at_end = (from..slots).all(|slot| lacks(&slot) || usual[slot].1 < USUAL);
            found.insert(index, Hole { from: from.max(1), at_end: at_end && from > 0 });
        }
    }
    found
}

/// Weekdays on which contacts usually come: on half of the last eight at least.
pub(super) fn usual_weekdays(days: &[Day]) -> [bool; 7] {
    let mut usual = [false; 7];
    for (of, usual) in usual.iter_mut().enumerate() {
        let last: Vec<&Day> = days.iter().rev().filter(|day| weekday(day.date) == of).take(8).collect();
        let open = last.iter().filter(|day| day.seen != Seen::Closed).count();
        *usual = open > 0 && 2 * open >= last.len();
    }
    usual
}

impl History {
    /// Intervals of a day.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.days.iter().find_map(Day::counts).map_or(0, <[f64]>::len)
    }

    /// The profile of no day at all.
    pub(super) fn profile(&self) -> Profile {
        Profile::new(self.slots())
    }

    /// The time at which an interval of the day begins.
    #[must_use]
    pub fn clock(&self, slot: usize) -> String {
        clock(self.first + slot, self.step)
    }
}
