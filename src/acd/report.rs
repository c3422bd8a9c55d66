//! An interval report, read: a row for each queue and interval.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::tables::{self, Decimal, Moment, Row, Sheet, Unit, elapsed, is_gap, names_another_unit, number};
use crate::units::{Span, parse_duration};

use super::column::{Cells as Kind, OF_REPORTS};
use super::fault::Fault;
use super::heading::{self, Taken};
use super::stamps::{At, Cells, stamps};
use super::{Asked, Column, Faults};

/// What a report says of one queue in one interval. What it does not say is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Of the file.
    pub line: u64,
    /// As the report calls it; empty where it is about one queue alone.
    pub queue: String,
    /// On the centre's clock.
    pub at: DateTime,
    /// Contacts.
    pub offered: Option<f64>,
    /// Of these, taken by an agent.
    pub answered: Option<f64>,
    /// Of the offered, abandoned.
    pub abandoned: Option<f64>,
    /// Share answered in the target time.
    pub service_level: Option<f64>,
    /// Average speed of answer, seconds.
    pub asa: Option<f64>,
    /// Average wait of who abandoned, seconds.
    pub abandon_time: Option<f64>,
    /// Average handle time, seconds.
    pub aht: Option<f64>,
    /// Average talk time, time on hold included, seconds.
    pub talk: Option<f64>,
    /// After-call work, seconds.
    pub wrap_up: Option<f64>,
    /// Share of the agents' time.
    pub occupancy: Option<f64>,
    /// Agents on duty.
    pub agents: Option<f64>,
    /// The holiday that the day is.
    pub holiday: Option<String>,
}

/// A report that was read.
#[derive(Clone, Debug)]
pub struct Report {
    /// What messages call the file.
    pub name: String,
    /// By time, then queue.
    pub intervals: Vec<Interval>,
    /// How long an interval lasts.
    pub step: Span,
    /// What its columns were taken for.
    pub taken: Vec<Taken>,
    /// Heads of columns that are not used.
    pub unused: Vec<String>,
    /// What was decided.
    pub notes: Vec<String>,
}

/// A row before its numbers are understood.
struct Raw {
    line: u64,
    queue: String,
    holiday: Option<String>,
    cells: Vec<String>,
}

impl Report {
    /// Reads a report from the bytes of a file; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Report, Faults> {
        if let Some(preset) = asked.from.filter(|preset| preset.writes_tickets()) {
            return Err(Faults::one(
                format!(
                    "`--from {}` names a system that writes tickets, and {name} is read as a report of intervals",
                    preset.word()
                ),
                "`holdline import` makes such a report of them: the `volumes.csv` in its folder",
            ));
        }
        let names = heading::names(asked, OF_REPORTS);
        let columns: Vec<&str> = names.iter().map(String::as_str).collect();
        let sheet = Sheet::open(
            bytes,
            &tables::Asked { columns: &columns, headless: false, sheet: asked.sheet.as_deref() },
        )
        .map_err(|refused| Fault {
            title: format!("{name} is not a table that can be read: {}", refused.reason),
            hint: refused.help,
        })?;
        let mut taken = heading::taken(&sheet.head, asked, OF_REPORTS, name).map_err(Faults)?;
        let mut notes = sheet.notes.clone();
        let across = if asked.wide { Some(across(&sheet.head, &mut taken, name)?) } else { None };
        needed(&taken, &sheet.head, across.is_some(), name)?;
        let (stamps, raw) = rows(&sheet, &taken, across.as_deref(), asked, name, &mut notes)?;
        let numbers = numbers(&raw, &taken, &sheet, asked, name, &mut notes)?;
        let step = step(&stamps, asked, name, &mut notes)?;
        let intervals = intervals(&raw, &stamps, &numbers, asked, name)?;
        let wide = |place: usize| across.iter().flatten().any(|column| *column == place);
        let used = |place: usize| wide(place) || taken.iter().any(|one| one.place == place);
        let unused =
            (0..sheet.head.len()).filter(|place| !used(*place)).map(|place| sheet.head[place].clone());
        Ok(Report {
            name: name.to_owned(),
            intervals,
            step,
            unused: unused.filter(|head| !head.is_empty()).collect(),
            taken,
            notes,
        })
    }

    /// The queues, as the report calls them, in order.
    #[must_use]
    pub fn queues(&self) -> Vec<&str> {
        let mut queues: Vec<&str> = self.intervals.iter().map(|row| row.queue.as_str()).collect();
        queues.sort_unstable();
        queues.dedup();
        queues
    }

    /// The head that a column was taken from.
    #[must_use]
    pub fn head(&self, column: Column) -> Option<&str> {
        self.taken.iter().find(|one| one.column == column).map(|one| one.head.as_str())
    }
}

/// Without times and volumes there is nothing to compare.
fn needed(taken: &[Taken], head: &[String], wide: bool, name: &str) -> Result<(), Faults> {
    let has = |column: Column| taken.iter().any(|one| one.column == column);
    let mut faults = Vec::new();
    let shown: Vec<String> =
        head.iter().filter(|one| !one.is_empty()).take(12).map(|one| format!("`{one}`")).collect();
    let columns = format!("its columns are {}", shown.join(", "));
    if !has(Column::Time) && !has(Column::Date) {
        faults.push(Fault::new(
            format!("{name} has no column that tells the interval"),
            format!("name it: `--column time=HEAD`; {columns}"),
        ));
    }
    let volumes = has(Column::Offered) || (has(Column::Answered) && has(Column::Abandoned));
    if !volumes && !wide {
        let across = head.iter().filter(|one| Moment::read(one).is_some()).count() > 1;
        faults.push(Fault::new(
            format!("{name} has no column of the contacts offered, nor of those answered and abandoned"),
            if across {
                "it has columns for times of day or for dates: `--wide` reads them".to_owned()
            } else {
                format!("name it: `--column offered=HEAD`; {columns}")
            },
        ));
    }
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

/// The columns of a wide report that are named by a time of day, or by a date; what stands below them is the offered.
fn across(head: &[String], taken: &mut Vec<Taken>, name: &str) -> Result<Vec<usize>, Faults> {
    let named = |(place, head): (usize, &String)| Some((place, Moment::read(head)?));
    let columns: Vec<(usize, Moment)> = head.iter().enumerate().filter_map(named).collect();
    let days = columns.iter().filter(|(_, moment)| moment.has_day()).count();
    if columns.is_empty() || (days != 0 && days != columns.len()) {
        let shown: Vec<String> = head.iter().take(6).map(|one| format!("`{one}`")).collect();
        return Err(Faults::one(
            format!("{name} has no columns for times of day or dates alone"),
            format!("name them like 08:30, or like 2026-03-02; its columns are {} ...", shown.join(", ")),
        ));
    }
    taken.retain(|one| one.column != Column::Offered);
    let (first, last) = (columns[0].0, columns[columns.len() - 1].0);
    taken.push(Taken {
        column: Column::Offered,
        head: format!("{} ... {}", head[first], head[last]),
        place: first,
    });
    Ok(columns.into_iter().map(|(place, _)| place).collect())
}

/// The holiday that a cell names, if any: many files write 0 and 1, or no and yes.
fn named_holiday(cell: &str) -> Option<String> {
    match cell.trim().to_lowercase().as_str() {
        "0" | "no" | "n" | "false" | "none" => None,
        "1" | "yes" | "y" | "true" | "x" => Some("holiday".to_owned()),
        _ if is_gap(cell) => None,
        _ => Some(cell.trim().to_owned()),
    }
}

/// The rows that count, and when they are of.
fn rows(
    sheet: &Sheet<'_>,
    taken: &[Taken],
    across: Option<&[usize]>,
    asked: &Asked,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<(Vec<At>, Vec<Raw>), Faults> {
    let place = |column: Column| taken.iter().find(|one| one.column == column).map(|one| one.place);
    let (date, time, end, queue) =
        (place(Column::Date), place(Column::Time), place(Column::End), place(Column::Queue));
    let holiday = place(Column::Holiday);
    let times: Vec<usize> = [date, time].into_iter().flatten().collect();
    let mut conditions = Vec::new();
    for (head, text) in &asked.conditions {
        conditions.push((heading::place(&sheet.head, head, name)?, text));
    }
    let (mut raw, mut cells, mut totals, mut all) = (Vec::new(), Vec::new(), 0, 0);
    let read = sheet.each(|row: Row<'_>| {
        if row.is_total(&times) {
            totals += 1;
            return Ok(());
        }
        all += 1;
        if conditions.iter().any(|(column, text)| row.cell(*column) != text.as_str()) {
            return Ok(());
        }
        let cell = |place: Option<usize>| {
            place.map(|place| row.cell(place).to_owned()).filter(|cell| !cell.is_empty())
        };
        let named = cell(queue).unwrap_or_default();
        let holiday = cell(holiday).and_then(|cell| named_holiday(&cell));
        let mut add = |stamp: Cells, offered: Option<usize>| {
            let text = |one: &Taken| match (one.column, offered) {
                (Column::Offered, Some(place)) => row.cell(place).to_owned(),
                _ => row.cell(one.place).to_owned(),
            };
            let (queue, holiday) = (named.clone(), holiday.clone());
            raw.push(Raw { line: row.line, queue, holiday, cells: taken.iter().map(text).collect() });
            cells.push(stamp);
        };
        let line = row.line;
        match across {
            None => add(Cells { line, date: cell(date), time: cell(time), end: cell(end) }, None),
            Some(columns) => {
                for place in columns {
                    let head = sheet.head[*place].clone();
                    // What the head does not tell, the row does.
                    let day = Moment::read(&head).is_some_and(|moment| moment.has_day());
                    let (date, time) = if day {
                        (Some(head), cell(time).or(cell(date)))
                    } else {
                        (cell(date).or(cell(time)), Some(head))
                    };
                    add(Cells { line, date, time, end: None }, Some(*place));
                }
            }
        }
        Ok(())
    });
    read.map_err(|reason| {
        Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line")
    })?;
    if raw.is_empty() {
        let hint = if all == 0 { "it has a head and nothing below it" } else { "no row fits `--where`" };
        return Err(Faults::one(format!("{name} has no rows to read"), hint));
    }
    if totals > 0 {
        notes.push(format!("{totals} rows are totals and are left out"));
    }
    let (stamps, order) = stamps(&cells, asked, name)?;
    notes.extend(order.map(str::to_owned));
    if stamps.iter().any(|at| at.moment.is_some()) {
        notes.push("times are converted to the centre's clock".to_owned());
    }
    Ok((stamps, raw))
}

/// The numbers of each row, by the columns that were taken; all mistakes at once.
fn numbers(
    raw: &[Raw],
    taken: &[Taken],
    sheet: &Sheet<'_>,
    asked: &Asked,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<BTreeMap<Column, f64>>, Faults> {
    let mut numbers = vec![BTreeMap::new(); raw.len()];
    let mut faults = Vec::new();
    for (index, one) in taken.iter().enumerate() {
        let kind = one.column.cells();
        if kind == Kind::Texts {
            continue;
        }
        let bare = |cell: &str| cell.trim().trim_end_matches('%').trim().to_owned();
        let cells = || raw.iter().map(|row| row.cells[index].as_str()).filter(|cell| !is_gap(cell));
        let plain: Vec<String> = cells().filter(|cell| !cell.contains(':')).map(bare).collect();
        let decimal = match asked
            .decimal
            .map_or_else(|| tables::decimal(plain.iter().map(String::as_str), sheet.habit), Ok)
        {
            Ok(decimal) => decimal,
            Err(question) => {
                faults.push(Fault::new(
                    format!("the numbers of `{}` in {name} can be read in two ways: {question}", one.head),
                    "say what stands before decimals: `--decimal .` or `--decimal ,`",
                ));
                continue;
            }
        };
        let vendor = asked.from.and_then(|preset| preset.unit());
        let named = names_another_unit(&one.head);
        let unit = asked.unit.or(named.and_then(unit_named)).or(vendor).unwrap_or(Unit::Seconds);
        if kind == Kind::Times && unit != Unit::Seconds && cells().any(|cell| !cell.contains(':')) {
            notes.push(format!("`{}` counts {}", one.head, unit.word()));
        }
        // Shares are written as 0.8 or as 80: the largest tells which.
        let percent = kind == Kind::Shares
            && cells().any(|cell| {
                cell.contains('%') || number(&bare(cell), decimal).is_some_and(|value| value > 1.5)
            });
        let mut bad = 0;
        for (row, numbers) in raw.iter().zip(&mut numbers) {
            let cell = row.cells[index].as_str();
            if is_gap(cell) {
                continue;
            }
            let read = match kind {
                Kind::Times => length(cell, decimal, unit),
                Kind::Shares => {
                    number(&bare(cell), decimal).map(|value| if percent { value / 100.0 } else { value })
                }
                _ => number(cell, decimal),
            };
            let within = |value: &f64| *value >= 0.0 && (kind != Kind::Shares || *value <= 1.0 + 1e-9);
            match read.filter(within) {
                Some(value) => {
                    numbers.insert(one.column, value);
                }
                None => {
                    bad += 1;
                    if bad == 1 {
                        let wanted = match kind {
                            Kind::Times => {
                                "a length of time; write seconds, 4:15 (minutes) or 0:04:15 (hours)"
                            }
                            Kind::Shares => "a share; write 0.8 or 80 %",
                            _ => "a number of 0 or more",
                        };
                        faults.push(Fault::new(
                            format!("line {} of {name}: `{cell}` in `{}` cannot be read", row.line, one.head),
                            format!(
                                "`{}` must be {wanted}; `--column {}=HEAD` names another column",
                                one.head,
                                one.column.word()
                            ),
                        ));
                    }
                }
            }
        }
        if bad > 1
            && let Some(fault) = faults.last_mut()
        {
            fault.title = format!("{}, and {} more like it", fault.title, bad - 1);
        }
    }
    if faults.is_empty() { Ok(numbers) } else { Err(Faults(faults)) }
}

pub(super) fn unit_named(word: &str) -> Option<Unit> {
    <Unit as crate::vocabulary::Words>::ALL.iter().copied().find(|unit| unit.word() == word)
}

/// A length of time in seconds: a number, `:45`, `4:15`, `0:04:15` or `4m15s`.
pub(super) fn length(cell: &str, decimal: Decimal, unit: Unit) -> Option<f64> {
    let cell = cell.trim();
    let filled = if cell.starts_with(':') { format!("0{cell}") } else { cell.to_owned() };
    elapsed(&filled, decimal, unit).or_else(|| parse_duration(cell).ok().map(|span| span.seconds()))
}

/// How long the intervals of a report last.
fn step(stamps: &[At], asked: &Asked, name: &str, notes: &mut Vec<String>) -> Result<Span, Faults> {
    if let Some(step) = asked.interval {
        return Ok(step);
    }
    let mut counted: BTreeMap<u64, usize> = BTreeMap::new();
    let told: Vec<u64> = stamps.iter().filter_map(|at| at.lasts).collect();
    if told.len() == stamps.len() {
        told.iter().for_each(|length| *counted.entry(*length).or_default() += 1);
    } else {
        let mut times: Vec<DateTime> = stamps.iter().map(|at| at.local).collect();
        times.sort_unstable();
        times.dedup();
        for pair in times.windows(2) {
            let seconds = pair[0].duration_until(pair[1]).as_secs();
            if pair[0].date() == pair[1].date() && seconds > 0 {
                *counted.entry(seconds.unsigned_abs() * 1_000_000).or_default() += 1;
            }
        }
    }
    let usual = counted.iter().max_by_key(|(length, count)| (**count, std::cmp::Reverse(**length)));
    let Some((&micros, _)) = usual else {
        return Err(Faults::one(
            format!("how long the intervals of {name} last is not known: it has one time only"),
            "say it: `--interval 30m`",
        ));
    };
    let step = Span::from_micros(micros);
    notes.push(format!("intervals of {step}"));
    Ok(step)
}

/// The rows with what they say; two of one queue and time are a mistake, unless they are to add up.
fn intervals(
    raw: &[Raw],
    stamps: &[At],
    numbers: &[BTreeMap<Column, f64>],
    asked: &Asked,
    name: &str,
) -> Result<Vec<Interval>, Faults> {
    let mut all: BTreeMap<(DateTime, &str), (Interval, At)> = BTreeMap::new();
    let mut shared: Option<(u64, u64, usize)> = None;
    for ((row, at), numbers) in raw.iter().zip(stamps).zip(numbers) {
        let interval = interval(row, at, numbers);
        match all.get_mut(&(at.local, row.queue.as_str())) {
            None => {
                all.insert((at.local, row.queue.as_str()), (interval, *at));
            }
            Some((known, first)) => {
                // An hour that the clock repeats has two rows, and the centre plays it once.
                let apart = first.moment.is_some() && first.moment != at.moment;
                if !apart && !asked.sum {
                    let count = shared.map_or(0, |(.., count)| count) + 1;
                    let (one, other) = shared.map_or((known.line, row.line), |(one, other, _)| (one, other));
                    shared = Some((one, other, count));
                }
                known.add(&interval);
            }
        }
    }
    if let Some((one, other, count)) = shared {
        let more = if count > 1 { format!(", and {} more like it", count - 1) } else { String::new() };
        return Err(Faults::one(
            format!("lines {one} and {other} of {name} are of the same queue and time{more}"),
            "choose rows with `--where HEAD=TEXT`, name the column of the queue with `--column queue=HEAD`, \
             or add them up with `--sum`",
        ));
    }
    Ok(all.into_values().map(|(interval, _)| interval).collect())
}

/// What a row says, as far as its numbers tell.
fn interval(row: &Raw, at: &At, numbers: &BTreeMap<Column, f64>) -> Interval {
    let of = |column: Column| numbers.get(&column).copied();
    let (offered, answered, abandoned) = (of(Column::Offered), of(Column::Answered), of(Column::Abandoned));
    let offered = offered.or_else(|| Some(answered? + abandoned?));
    let answered = answered.or_else(|| Some((offered? - abandoned?).max(0.0)));
    let abandoned = abandoned.or_else(|| Some((offered? - answered?).max(0.0)));
    let over = |total: Option<f64>, count: Option<f64>| Some(total? / count.filter(|count| *count > 0.0)?);
    let each = |mean: Column, total: Column| of(mean).or_else(|| over(of(total), answered));
    let wrap_up = each(Column::WrapUp, Column::WrapUpTotal);
    let talk = each(Column::Talk, Column::TalkTotal);
    let talk = talk.map(|talk| talk + each(Column::Hold, Column::HoldTotal).unwrap_or(0.0));
    // Talk alone is no handle time: who knows how long the work after it was.
    let aht = each(Column::Aht, Column::AhtTotal).or_else(|| Some(talk? + wrap_up?));
    // A mean of nobody is no observation, whatever stands there.
    let some =
        |value: Option<f64>, count: Option<f64>| value.filter(|_| count.is_none_or(|count| count > 0.0));
    Interval {
        line: row.line,
        queue: row.queue.clone(),
        at: at.local,
        service_level: some(of(Column::ServiceLevel).or_else(|| over(of(Column::Within), offered)), offered),
        asa: some(each(Column::Asa, Column::AsaTotal), answered),
        abandon_time: some(of(Column::AbandonTime), abandoned),
        aht: some(aht, answered),
        talk: some(talk, answered),
        wrap_up: some(wrap_up, answered),
        occupancy: of(Column::Occupancy),
        agents: of(Column::Agents),
        holiday: row.holiday.clone(),
        offered,
        answered,
        abandoned,
    }
}

impl Interval {
    /// Adds another row of the same queue and time: counts add up, means are weighted.
    fn add(&mut self, other: &Interval) {
        let mean = |one: Option<f64>, n: Option<f64>, two: Option<f64>, m: Option<f64>| match (one, two) {
            (Some(one), Some(two)) => {
                let (n, m) = (n.unwrap_or(1.0), m.unwrap_or(1.0));
                (n + m > 0.0).then(|| (one * n + two * m) / (n + m))
            }
            (one, two) => one.or(two),
        };
        let sum = |one: Option<f64>, two: Option<f64>| match (one, two) {
            (Some(one), Some(two)) => Some(one + two),
            (one, two) => one.or(two),
        };
        self.service_level = mean(self.service_level, self.offered, other.service_level, other.offered);
        self.asa = mean(self.asa, self.answered, other.asa, other.answered);
        self.abandon_time = mean(self.abandon_time, self.abandoned, other.abandon_time, other.abandoned);
        self.aht = mean(self.aht, self.answered, other.aht, other.answered);
        self.talk = mean(self.talk, self.answered, other.talk, other.answered);
        self.wrap_up = mean(self.wrap_up, self.answered, other.wrap_up, other.answered);
        self.occupancy = mean(self.occupancy, None, other.occupancy, None);
        self.agents = sum(self.agents, other.agents);
        self.offered = sum(self.offered, other.offered);
        self.answered = sum(self.answered, other.answered);
        self.abandoned = sum(self.abandoned, other.abandoned);
    }
}
