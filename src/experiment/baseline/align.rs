//! A report laid onto a scenario: which of its queues and intervals are which.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::acd::{Column, Fault, Faults, Interval, Report, threshold};
use crate::estimate::Terms;
use crate::figures::Figure;
use crate::model::{Model, Rows};
use crate::reading::hint;
use crate::units::{QueueId, Span, Within};

/// What is compared, in the order of tables: first what the scenario says, then what comes of it.
pub(super) const FIGURES: [Figure; 7] = [
    Figure::Offered,
    Figure::Aht,
    Figure::Talk,
    Figure::WaitAnswered,
    Figure::ServiceLevel,
    Figure::Abandonment,
    Figure::Occupancy,
];

/// One interval of one queue, as it was seen.
#[derive(Clone, Debug)]
pub struct SeenRow {
    /// The queue.
    pub queue: QueueId,
    /// The row of the scenario's rows.
    pub row: usize,
    /// The line of the file; `None` where the report has no row, which says that nobody came.
    pub line: Option<u64>,
    /// By [`FIGURES`]: what was seen, as one sum over another.
    pub(super) values: [Option<Terms>; FIGURES.len()],
}

/// A report laid onto a scenario.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// By queue, then time.
    pub rows: Vec<SeenRow>,
    /// What is worth knowing of it.
    pub notes: Vec<String>,
}

/// What was seen, as sums.
fn values(seen: &Interval) -> [Option<Terms>; FIGURES.len()] {
    let mean = |value: Option<f64>, of: Option<f64>| {
        let under = of.unwrap_or(1.0);
        value.map(|value| Terms { over: value * under, under })
    };
    let ended = seen.answered.zip(seen.abandoned).map(|(answered, abandoned)| answered + abandoned);
    let abandonment = seen.abandoned.zip(ended.filter(|ended| *ended > 0.0));
    [
        seen.offered.map(|over| Terms { over, under: 1.0 }),
        mean(seen.aht, seen.answered),
        // Part of the handle time, where that is told.
        mean(seen.talk.filter(|_| seen.aht.is_none()), seen.answered),
        mean(seen.asa, seen.answered),
        mean(seen.service_level, seen.offered),
        abandonment.map(|(over, under)| Terms { over, under }),
        mean(seen.occupancy, seen.agents),
    ]
}

/// Lays a report onto a scenario. `names` says of queues of the report which of the scenario they are; none
/// where they are left out.
///
/// # Errors
/// Everything that does not fit.
pub(super) fn align(
    report: &Report,
    model: &Model,
    names: &[(String, Option<String>)],
) -> Result<Aligned, Faults> {
    let name = &report.name;
    let Some(start) = model.calendar.start() else {
        return Err(Faults::one(
            "the scenario has no dates, so no report can be laid beside it",
            "give its horizon a `start` and `days`",
        ));
    };
    if model.rows.kind == Rows::Week {
        return Err(Faults::one(
            "the scenario plays more than 28 days, whose intervals are folded to a week",
            "compare a part, as with `--set horizon.days=28`, or keep all with `--set report.intervals=each`",
        ));
    }
    let queues = queues(report, model, names)?;
    let mut notes = Vec::new();
    let (mut placed, mut outside, mut uneven): (BTreeMap<(usize, usize), SeenRow>, usize, Vec<u64>) =
        (BTreeMap::new(), 0, Vec::new());
    let mut days: BTreeMap<Date, (usize, usize)> = BTreeMap::new();
    let mut dates: BTreeSet<Date> = BTreeSet::new();
    for seen in &report.intervals {
        let Some(queue) = queues.get(seen.queue.as_str()).copied().flatten() else { continue };
        dates.insert(seen.at.date());
        let micros = start.to_datetime(jiff::civil::Time::midnight()).duration_until(seen.at).as_micros();
        let row = i64::try_from(micros)
            .ok()
            .and_then(|micros| model.calendar.instant(micros))
            .map(|at| model.rows.row(at));
        let Some(row) = row.filter(|row| *row < model.rows.count && micros >= 0) else {
            outside += 1;
            continue;
        };
        if micros % i128::from(model.rows.interval.micros()) != 0 {
            uneven.push(seen.line);
            continue;
        }
        let day = days.entry(seen.at.date()).or_insert((row, row));
        *day = (day.0.min(row), day.1.max(row));
        placed.insert(
            (queue.index(), row),
            SeenRow { queue, row, line: Some(seen.line), values: values(seen) },
        );
    }
    if let Some(line) = uneven.first() {
        return Err(Faults::one(
            format!("line {line} of {name} begins within an interval of {}", model.rows.interval),
            "say how long its intervals last: `--interval 15m`",
        ));
    }
    let (first, last) = (dates.first().copied(), dates.last().copied());
    if placed.is_empty() {
        return Err(other_days(name, model, first.zip(last)));
    }
    if outside > 0 {
        notes.push(format!("{outside} rows of {name} lie outside the simulated time and are left out"));
    }
    let filled = fill(&mut placed, &days, queues.values().flatten());
    if filled > 0 {
        notes.push(format!(
            "{filled} intervals between the first and the last of a day have no row in {name}: nobody came then"
        ));
    }
    let silent = (0..model.rows.days).filter_map(|day| model.calendar.date(day as i64));
    let silent: Vec<Date> = silent.filter(|date| !days.contains_key(date)).collect();
    if let Some(one) = silent.first() {
        notes.push(format!(
            "{} simulated days have no row in {name} and are not compared, {one} the first",
            silent.len()
        ));
    }
    let known: BTreeSet<usize> = placed.keys().map(|(queue, _)| *queue).collect();
    for (_, queue) in model.customer_queues().iter().enumerate().filter(|(id, _)| !known.contains(id)) {
        notes.push(format!("{name} says nothing of the queue `{}`", queue.name));
    }
    let mut rows: Vec<SeenRow> = placed.into_values().collect();
    service_levels(&mut rows, report, model, &mut notes);
    Ok(Aligned { rows, notes })
}

/// Fills in intervals without a row on days that have some. Gives how many.
fn fill<'q>(
    placed: &mut BTreeMap<(usize, usize), SeenRow>,
    days: &BTreeMap<Date, (usize, usize)>,
    queues: impl Iterator<Item = &'q QueueId> + Clone,
) -> usize {
    let mut filled = 0;
    let distinct: BTreeSet<QueueId> = queues.copied().collect();
    for queue in distinct {
        for (first, last) in days.values() {
            for row in *first..=*last {
                placed.entry((queue.index(), row)).or_insert_with(|| {
                    filled += 1;
                    let mut values = [None; FIGURES.len()];
                    values[0] = Some(Terms { over: 0.0, under: 1.0 });
                    SeenRow { queue, row, line: None, values }
                });
            }
        }
    }
    filled
}

/// That a report is of other days.
fn other_days(name: &str, model: &Model, report: Option<(Date, Date)>) -> Faults {
    let span = |first: Date, last: Date| {
        if first == last { format!("of {first}") } else { format!("of {first} to {last}") }
    };
    let played = model.calendar.date(0).zip(model.calendar.date(model.rows.days as i64 - 1));
    let of = |days: Option<(Date, Date)>| days.map_or_else(String::new, |(first, last)| span(first, last));
    let start = report.map_or_else(String::new, |(first, _)| format!(": `--set horizon.start={first}`"));
    Faults::one(
        format!("{name} is {}, and the scenario plays the days {}", of(report), of(played)),
        format!("play the days of the report{start}"),
    )
}

/// Which queue of the scenario each queue of the report is; `None` for those that are left out.
fn queues<'r>(
    report: &'r Report,
    model: &Model,
    names: &[(String, Option<String>)],
) -> Result<BTreeMap<&'r str, Option<QueueId>>, Faults> {
    let own: Vec<&str> = model.customer_queues().iter().map(|queue| queue.name.as_str()).collect();
    let mut faults = Vec::new();
    let mut found = BTreeMap::new();
    for (called, queue) in names {
        if !report.queues().contains(&called.as_str()) {
            let known = hint(called, report.queues()).unwrap_or_else(|| "write its name exactly".to_owned());
            faults.push(Fault::new(format!("{} has no queue `{called}`", report.name), known));
        }
        if let Some(queue) = queue.as_deref().filter(|queue| !own.contains(queue)) {
            let known = hint(queue, own.clone()).unwrap_or_else(|| "write its name exactly".to_owned());
            faults.push(Fault::new(format!("the scenario has no queue `{queue}`"), known));
        }
    }
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    for called in report.queues() {
        if let Some((_, queue)) = names.iter().find(|(name, _)| name == called) {
            found.insert(called, queue.as_deref().and_then(|queue| model.queue_named(queue)));
            continue;
        }
        let exact = own.iter().position(|name| *name == called);
        let alike: Vec<usize> = (0..own.len()).filter(|&id| plain(own[id]) == plain(called)).collect();
        let alone = (report.head(Column::Queue).is_none() && own.len() == 1).then_some(0);
        match exact.or(alone).or(if let [one] = alike.as_slice() { Some(*one) } else { None }) {
            Some(id) => {
                found.insert(called, Some(QueueId::at(id)));
            }
            None if called.is_empty() => faults.push(Fault::new(
                format!("{} has no column of queues, and the scenario has {}", report.name, own.len()),
                "name the column, `--column queue=HEAD`, or say which queue it is about, `--queue =NAME`",
            )),
            None => {
                let line = report.intervals.iter().find(|row| row.queue == called).map_or(0, |row| row.line);
                let near = hint(called, own.clone()).map_or_else(String::new, |hint| format!(" ({hint})"));
                faults.push(Fault::new(
                    format!("line {line} of {} is about a queue `{called}` that the scenario does not have", report.name),
                    format!("say which it is, `--queue \"{called}=NAME\"`, or leave it out, `--queue \"{called}=\"`{near}"),
                ));
            }
        }
    }
    let mut taken: BTreeMap<QueueId, &str> = BTreeMap::new();
    for (called, queue) in &found {
        let Some(queue) = queue else { continue };
        if let Some(other) = taken.insert(*queue, called) {
            faults.push(Fault::new(
                format!(
                    "`{other}` and `{called}` of {} would both be the queue `{}`",
                    report.name,
                    own[queue.index()]
                ),
                "leave one of them out, as with `--queue \"NAME=\"`",
            ));
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(Faults(faults)) }
}

/// Takes away service levels that cannot be compared, and says why.
fn service_levels(rows: &mut [SeenRow], report: &Report, model: &Model, notes: &mut Vec<String>) {
    let at = FIGURES.iter().position(|figure| *figure == Figure::ServiceLevel).unwrap_or(0);
    let head = report.head(Column::ServiceLevel).or(report.head(Column::Within));
    let Some(head) = head else { return };
    for (id, queue) in model.customer_queues().iter().enumerate() {
        if !rows.iter().any(|row| row.queue.index() == id) {
            continue;
        }
        let reason = match (&queue.answer, threshold(head)) {
            (None, _) => "the scenario has no target for it".to_owned(),
            (Some(target), Some(seconds)) if target.within != Within::Clock(Span::from_seconds(seconds)) => {
                format!("the report is about {seconds} s and the scenario's target is {}", target.within)
            }
            _ => continue,
        };
        rows.iter_mut().filter(|row| row.queue.index() == id).for_each(|row| row.values[at] = None);
        notes.push(format!("the service level of `{}` is not compared: {reason}", queue.name));
    }
}
