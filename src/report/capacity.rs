//! A capacity plan: tables by week or by month, the answer in sentences, and files for other programs.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::experiment::{Aim, Capacity, GroupWeek, PlannedGroup};
use crate::figures::Figure;
use crate::units::printable;

use super::csv_files::{Csv, texts};
use super::shown::Shown;
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, wrapped};

/// Levels that a table has columns for; the files have all.
const MOST_AIMS: usize = 3;

/// Less than so many full-time equivalents are missing to nobody.
const NOTHING: f64 = 0.05;

/// A line of a table: a week, or the weeks of a month.
pub(super) struct Line {
    /// The first day of the first week.
    pub(super) from: Date,
    /// What it is called.
    pub(super) name: String,
    /// Which weeks.
    weeks: std::ops::Range<usize>,
}

/// The weeks one by one, or by the month in which they begin.
pub(super) fn lines(capacity: &Capacity, by_month: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (week, date) in capacity.weeks.iter().enumerate() {
        let month = date.strftime("%b %Y").to_string();
        match lines.last_mut().filter(|line| by_month && line.name == month) {
            Some(line) => line.weeks.end += 1,
            None => {
                let name = if by_month { month } else { date.to_string() };
                lines.push(Line { from: *date, name, weeks: week..week + 1 });
            }
        }
    }
    lines
}

/// A group, or all of them, over the weeks of a line: means of heads and FTE, sums of who comes and goes.
pub(super) fn over(line: &Line, of: &dyn Fn(usize) -> GroupWeek) -> GroupWeek {
    let all: Vec<GroupWeek> = line.weeks.clone().map(of).collect();
    let sum = |value: &dyn Fn(&GroupWeek) -> f64| all.iter().map(value).sum::<f64>();
    let mean = |value: &dyn Fn(&GroupWeek) -> f64| sum(value) / all.len().max(1) as f64;
    let required: Option<f64> = all.iter().map(|week| week.required).sum();
    GroupWeek {
        required: required.map(|sum| sum / all.len().max(1) as f64),
        paid: mean(&|week| week.paid),
        available: mean(&|week| week.available),
        people: crate::experiment::PeopleWeek {
            begin: all.first().map_or(0.0, |week| week.people.begin),
            hired: sum(&|week| week.people.hired),
            left: sum(&|week| week.people.left),
            heads: mean(&|week| week.people.heads),
            able: mean(&|week| week.people.able),
        },
    }
}

/// The level of a target over the weeks of a line: of contacts, not of weeks.
fn level(capacity: &Capacity, line: &Line, aim: &Aim) -> Option<f64> {
    let weeks = || line.weeks.clone().filter_map(|week| Some((capacity.contacts[week], aim.expected[week]?)));
    let contacts: f64 = weeks().map(|(contacts, _)| contacts).sum();
    (contacts > 0.0).then(|| weeks().map(|(contacts, level)| contacts * level).sum::<f64>() / contacts)
}

/// `Service level, calls`: the queue is named where there are several.
fn aim_head(capacity: &Capacity, aim: &Aim) -> String {
    let what = aim.figure.label();
    let several = capacity.aims.iter().any(|other| other.queue != aim.queue);
    if several { format!("{what}, {}", printable(&aim.queue)) } else { what.to_owned() }
}

pub(super) fn share(value: Option<f64>) -> String {
    value.map_or_else(|| ABSENT.to_owned(), |value| format!("{} %", grouped(value * 100.0, 1)))
}

pub(super) fn tenths(value: Option<f64>) -> String {
    value.map_or_else(|| ABSENT.to_owned(), |value| grouped(value, 1))
}

/// With its sign.
pub(super) fn signed(value: Option<f64>) -> String {
    value.map_or_else(
        || ABSENT.to_owned(),
        |value| if value > NOTHING { format!("+{}", grouped(value, 1)) } else { grouped(value, 1) },
    )
}

/// The plan as a terminal shows it.
#[must_use]
pub fn render_capacity(capacity: &Capacity, by_month: bool) -> String {
    let capacity = &*capacity.shown();
    let lines = lines(capacity, by_month);
    let mut blocks = Vec::new();
    let what = if by_month { "by month, means of its weeks" } else { "by week" };
    let levels = "levels with the people available";
    let title = match capacity.groups.as_slice() {
        [only] => format!("{} in full-time equivalents {what}; {levels}", printable(&only.name)),
        _ => format!("All groups in full-time equivalents {what}; {levels}"),
    };
    let all = |week: usize| capacity.total(week);
    blocks.push(format!("{title}\n{}", table(capacity, &lines, by_month, &all, &capacity.aims)));
    if let groups @ [_, _, ..] = capacity.groups.as_slice() {
        for group in groups {
            let own = |week: usize| group.weeks[week];
            let table = table(capacity, &lines, by_month, &own, &[]);
            blocks.push(format!("{}\n{table}", printable(&group.name)));
        }
    }
    let sentences: Vec<String> =
        answer(capacity).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    blocks.push(sentences.join("\n"));
    blocks.join("\n") + "\n"
}

fn table(
    capacity: &Capacity,
    lines: &[Line],
    by_month: bool,
    of: &dyn Fn(usize) -> GroupWeek,
    aims: &[Aim],
) -> String {
    let shown = &aims[..aims.len().min(MOST_AIMS)];
    let first = if by_month { "Month" } else { "Week of" };
    let heads = ["Required", "Available", "Gap", "Heads", "Hired", "Leave"];
    let contacts = (!aims.is_empty()).then(|| "Contacts".to_owned());
    let aim_heads = shown.iter().map(|aim| aim_head(capacity, aim));
    let right = contacts.into_iter().chain(heads.map(str::to_owned)).chain(aim_heads);
    let mut table = TextTable::new(
        std::iter::once((Align::Left, first.to_owned())).chain(right.map(|head| (Align::Right, head))),
    );
    for line in lines {
        let week = over(line, of);
        let contacts: f64 = line.weeks.clone().map(|week| capacity.contacts[week]).sum();
        let mut cells = vec![line.name.clone()];
        if !aims.is_empty() {
            cells.push(grouped(contacts, 0));
        }
        cells.extend([
            tenths(week.required),
            tenths(Some(week.available)),
            signed(week.gap()),
            tenths(Some(week.people.heads)),
            if week.people.hired > 0.0 { grouped(week.people.hired, 0) } else { String::new() },
            tenths(Some(week.people.left)),
        ]);
        cells.extend(shown.iter().map(|aim| share(level(capacity, line, aim))));
        table.row(cells);
    }
    table.line();
    table.text()
}

/// What the plan says, in sentences.
pub(super) fn answer(capacity: &Capacity) -> Vec<String> {
    let mut sentences = vec![short(capacity)];
    for aim in &capacity.aims {
        sentences.push(missed(capacity, aim));
    }
    let unmet = (0..capacity.weeks.len()).filter(|week| capacity.total(*week).required.is_none()).count();
    if unmet > 0 {
        let why = if capacity.stopped {
            "it was stopped before they were found"
        } else {
            "more of the same agents at the same hours bring them no nearer"
        };
        sentences.push(format!("In {} no number of agents keeps all targets: {why}.", weeks(unmet)));
    }
    let (hired, left) = (0..capacity.weeks.len())
        .map(|week| capacity.total(week).people)
        .fold((0.0, 0.0), |(hired, left), week| (hired + week.hired, left + week.left));
    let learning: f64 = (0..capacity.weeks.len())
        .map(|week| capacity.total(week))
        .map(|week| week.paid - week.available)
        .sum();
    let mut people = format!("{} begin and {} are expected to leave", grouped(hired, 0), grouped(left, 1));
    if learning > NOTHING {
        people += &format!("; newcomers' learning takes {} FTE weeks", grouped(learning, 1));
    }
    if let Some(cost) = capacity.cost() {
        people += &format!("; all are paid {}", capacity.labels.money(&grouped(cost, 0)));
    }
    sentences.push(format!("{people}."));
    let now = capacity.groups.iter().map(|group| group.now).sum::<f64>();
    sentences.push(format!(
        "Required: the file's agents, {} FTE of {} paid hours a week, times what keeps every target by the means of {} \
         replications; {} factors were played.",
        grouped(now, 1),
        grouped(capacity.fte_hours, 1),
        grouped(capacity.replications as f64, 0),
        capacity.factors.len()
    ));
    if !capacity.fixed.is_empty() {
        let names: Vec<String> = capacity.fixed.iter().map(|name| printable(name).into_owned()).collect();
        sentences.push(format!("Without `people`, and as the file has them: {}.", names.join(", ")));
    }
    if capacity.days_left > 0 {
        sentences.push(format!("The last {} days are no whole week and left out.", capacity.days_left));
    }
    sentences
}

fn weeks(number: usize) -> String {
    if number == 1 { "1 week".to_owned() } else { format!("{number} weeks") }
}

/// In which weeks how many are missing.
fn short(capacity: &Capacity) -> String {
    let gaps: Vec<(usize, f64)> =
        (0..capacity.weeks.len()).filter_map(|week| Some((week, capacity.total(week).gap()?))).collect();
    let short: Vec<&(usize, f64)> = gaps.iter().filter(|(_, gap)| *gap < -NOTHING).collect();
    let worst = short.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    let all = weeks(capacity.weeks.len());
    match worst {
        None => format!("In none of {all} are people missing."),
        Some((week, gap)) => format!(
            "In {} of {all} people are missing, the most in the week of {}: {} FTE.",
            short.len(),
            capacity.weeks[*week],
            grouped(-gap, 1)
        ),
    }
}

/// In which weeks a target is missed with the people who are there.
fn missed(capacity: &Capacity, aim: &Aim) -> String {
    let known: Vec<(usize, f64)> =
        aim.expected.iter().enumerate().filter_map(|(week, level)| Some((week, (*level)?))).collect();
    let target = match aim.figure {
        Figure::Abandonment => format!("an abandonment of at most {}", percent(aim.bound)),
        _ => format!("its {}", percent(aim.bound)),
    };
    let queue = printable(&aim.queue);
    let missed = known.iter().filter(|(_, level)| aim.room(*level) < 0.0);
    let worst = missed.clone().min_by(|one, other| aim.room(one.1).total_cmp(&aim.room(other.1)));
    match worst {
        None => format!("With the people available {queue} keeps {target} in all weeks."),
        Some((week, level)) => format!(
            "With the people available {queue} misses {target} in {} of {}, the farthest in the week of {}: {}.",
            missed.count(),
            weeks(known.len()),
            capacity.weeks[*week],
            share(Some(*level))
        ),
    }
}

/// The plan as CSV: a line for each week and group, and for all groups together.
#[must_use]
pub fn capacity_csv(capacity: &Capacity) -> String {
    let heads = [
        "week",
        "group",
        "contacts",
        "required_fte",
        "available_fte",
        "gap_fte",
        "paid_fte",
        "heads",
        "begin",
        "hired",
        "left",
    ];
    let levels = capacity.aims.iter().map(|aim| format!("{}.{}", aim.queue, aim.figure.name()));
    let mut sheet = Csv::new(texts(heads).chain(levels));
    let number = |value: Option<f64>| {
        value.map_or_else(String::new, |value| ((value * 1e6).round() / 1e6).to_string())
    };
    let mut row = |week: usize, name: &str, of: &GroupWeek, levels: bool| {
        let contacts = levels.then_some(capacity.contacts[week]);
        let people = &of.people;
        let numbers = [
            contacts,
            of.required,
            Some(of.available),
            of.gap(),
            Some(of.paid),
            Some(people.heads),
            Some(people.begin),
            Some(people.hired),
            Some(people.left),
        ];
        let expected = capacity.aims.iter().map(|aim| number(aim.expected[week].filter(|_| levels)));
        let first = [capacity.weeks[week].to_string(), name.to_owned()];
        sheet.row(first.into_iter().chain(numbers.map(number)).chain(expected));
    };
    for week in 0..capacity.weeks.len() {
        for group in &capacity.groups {
            row(week, &group.name, &group.weeks[week], false);
        }
        row(week, "total", &capacity.total(week), true);
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

/// The plan for other programs.
#[must_use]
pub fn capacity_json(capacity: &Capacity) -> String {
    let week = |of: &GroupWeek| {
        json!({
            "required_fte": of.required,
            "available_fte": of.available,
            "gap_fte": of.gap(),
            "paid_fte": of.paid,
            "heads": of.people.heads,
            "begin": of.people.begin,
            "hired": of.people.hired,
            "left": of.people.left,
        })
    };
    let group = |group: &PlannedGroup| {
        json!({
            "group": group.name,
            "hours_per_week": group.hours,
            "fte_of_the_file": group.now,
            "weeks": group.weeks.iter().map(week).collect::<Vec<Value>>(),
        })
    };
    let aim = |aim: &Aim| json!({ "queue": aim.queue, "figure": aim.figure.name(), "target": aim.bound, "expected": aim.expected });
    let totals: Vec<Value> = (0..capacity.weeks.len()).map(|number| week(&capacity.total(number))).collect();
    let whole = json!({
        "weeks": capacity.weeks.iter().map(Date::to_string).collect::<Vec<_>>(),
        "contacts": capacity.contacts,
        "groups": capacity.groups.iter().map(group).collect::<Vec<Value>>(),
        "total": totals,
        "targets": capacity.aims.iter().map(aim).collect::<Vec<Value>>(),
        "fte_hours": capacity.fte_hours,
        "cost": capacity.cost(),
        "factors": capacity.factors,
        "replications": capacity.replications,
        "stopped": capacity.stopped,
    });
    format!("{whole:#}\n")
}
