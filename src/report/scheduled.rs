//! A roster: its shifts, what is over and under in every interval, and files for other programs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::experiment::{GroupSchedule, Minimize, PlannedShift, Schedule};
use crate::reading::resolved::key;
use crate::units::{Span, TimeOfDay, Weekday, printable};

use super::csv_files::{Csv, texts};
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{grouped, percent, shortened, wrapped};

/// Lines of a table on a terminal; of more, the first ones.
const MOST_LINES: usize = 100;

/// Columns of names.
const NAME_WIDTH: usize = 24;

/// A roster as a terminal shows it.
#[must_use]
pub fn render_schedule(schedule: &Schedule) -> String {
    let mut blocks = Vec::new();
    for group in &schedule.groups {
        let name = printable(&group.name);
        blocks.push(format!("Shifts of {name}\n{}", shifts(group)));
        blocks.push(format!(
            "Agents of {name} on contacts: required, and how many more or fewer are scheduled\n{}",
            over_under(schedule, group)
        ));
    }
    let sentences: Vec<String> =
        answer(schedule).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    blocks.push(sentences.join("\n"));
    blocks.join("\n") + "\n"
}

/// The shifts as CSV: a line for each shift and number of agents.
#[must_use]
pub fn roster_csv(schedule: &Schedule) -> String {
    let heads =
        ["group", "shift", "template", "days", "start", "end", "agents", "paid_hours", "cost", "breaks"];
    let mut sheet = Csv::new(texts(heads));
    for group in &schedule.groups {
        for named in named(group) {
            let shift = named.shift;
            let [start, end] = [clock(shift, Span::ZERO), clock(shift, shift.length)];
            let cost = shift.cost.map_or_else(String::new, number);
            let breaks: Vec<String> = (shift.breaks.iter())
                .map(|pause| {
                    let [from, to] = [pause.after, pause.after + pause.length].map(|at| clock(shift, at));
                    format!("{} {from}-{to}", pause.name)
                })
                .collect();
            sheet.row(texts([
                &group.name,
                &named.name,
                &shift.template,
                &days(&named.days),
                &start,
                &end,
                &named.agents.to_string(),
                &number(shift.paid),
                &cost,
                &breaks.join("; "),
            ]));
        }
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

/// What is required and scheduled as CSV: a line for each group and interval of the planned days.
#[must_use]
pub fn over_under_csv(schedule: &Schedule) -> String {
    let mut sheet = Csv::new(texts(["group", "day", "time", "required", "scheduled", "over", "under"]));
    for group in &schedule.groups {
        for (row, (required, scheduled)) in group.required.iter().zip(&group.scheduled).enumerate() {
            let (weekday, time) = schedule.time_of(row);
            if !schedule.weekdays[weekday] {
                continue;
            }
            let off = scheduled - required;
            let [required, scheduled, over, under] =
                [*required, *scheduled, off.max(0.0), (-off).max(0.0)].map(number);
            let day = Weekday::ALL[weekday].short();
            sheet.row(texts([&group.name, day, &time.to_string(), &required, &scheduled, &over, &under]));
        }
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

/// A scenario that extends another one by the shifts, in place of the groups' `staff`.
#[must_use]
pub fn roster_toml(schedule: &Schedule, extends: &str) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = format!("extends = {}\n", text(extends));
    for group in &schedule.groups {
        let path = format!("groups.{}", key(&group.name));
        let named = named(group);
        // Without any shift nobody of it is required at any time.
        let staff = if named.is_empty() { "0" } else { "\"none\"" };
        out += &format!("\n[{path}]\nstaff = {staff}\n");
        for named in named {
            let shift = named.shift;
            out += &format!(
                "\n[{path}.shifts.{}]\nagents = {}\ndays = {}\nstart = {}\nlength = {}\n",
                key(&named.name),
                named.agents,
                text(&days(&named.days)),
                text(&shift.start.to_string()),
                text(&written(shift.length))
            );
            for pause in &shift.breaks {
                out += &format!(
                    "breaks.{} = {{ after = {}, length = {}, paid = {} }}\n",
                    key(&pause.name),
                    text(&written(pause.after)),
                    text(&written(pause.length)),
                    pause.paid
                );
            }
        }
    }
    out
}

/// The roster for other programs.
#[must_use]
pub fn roster_json(schedule: &Schedule) -> String {
    let shift = |named: &Named<'_>| {
        let shift = named.shift;
        json!({
            "shift": named.name,
            "template": shift.template,
            "days": days(&named.days),
            "start": shift.start.to_string(),
            "length_seconds": shift.length.seconds(),
            "agents": named.agents,
            "paid_hours": shift.paid,
            "cost": shift.cost,
            "breaks": shift.breaks.iter().map(|pause| json!({
                "name": pause.name,
                "after_seconds": pause.after.seconds(),
                "length_seconds": pause.length.seconds(),
                "paid": pause.paid,
            })).collect::<Vec<Value>>(),
        })
    };
    let planned = |row: &usize| schedule.weekdays[schedule.time_of(*row).0];
    let group = |group: &GroupSchedule| {
        let rows = || (0..group.required.len()).filter(planned);
        json!({
            "group": group.name,
            "shifts": named(group).iter().map(shift).collect::<Vec<Value>>(),
            "required": rows().map(|row| group.required[row]).collect::<Vec<f64>>(),
            "scheduled": rows().map(|row| rounded(group.scheduled[row])).collect::<Vec<f64>>(),
        })
    };
    let rows = schedule.groups.first().map_or(0, |group| group.required.len());
    let labels: Vec<String> = (0..rows)
        .filter(planned)
        .map(|row| {
            let (weekday, time) = schedule.time_of(row);
            format!("{} {time}", Weekday::ALL[weekday].short())
        })
        .collect();
    let (shifts, paid, cost) = schedule.totals();
    let [required, scheduled, over, under] = schedule.hours().map(rounded);
    let whole = json!({
        "minimized": schedule.minimize.word(),
        "value": rounded(schedule.value),
        "bound": rounded(schedule.bound),
        "gap": rounded(schedule.gap()),
        "proved": schedule.proved(),
        "short": schedule.short,
        "shifts_worked": shifts,
        "paid_hours": rounded(paid),
        "cost": cost.map(rounded),
        "agent_hours": { "required": required, "scheduled": scheduled, "over": over, "under": under },
        "interval_seconds": schedule.interval.seconds(),
        "intervals": labels,
        "groups": schedule.groups.iter().map(group).collect::<Vec<Value>>(),
    });
    format!("{whole:#}\n")
}

/// A shift under the name that files give it: on days that have as many agents.
struct Named<'s> {
    name: String,
    shift: &'s PlannedShift,
    days: [bool; 7],
    agents: u32,
}

/// Each shift with a name that says its template and start, once for each number of agents.
fn named(group: &GroupSchedule) -> Vec<Named<'_>> {
    let mut taken: BTreeSet<String> = group.taken.iter().cloned().collect();
    let mut all = Vec::new();
    for shift in &group.shifts {
        let numbers: BTreeSet<u32> = shift.agents.iter().copied().filter(|agents| *agents > 0).collect();
        // The most agents first.
        for agents in numbers.into_iter().rev() {
            let (seconds, days) =
                (shift.start.span().micros() / 1_000_000, shift.agents.map(|own| own == agents));
            let plain = format!("{}_{:02}{:02}", shift.template, seconds / 3600, seconds / 60 % 60);
            let mut name = plain.clone();
            let mut number = 1;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("{plain}_{number}");
            }
            all.push(Named { name, shift, days, agents });
        }
    }
    all
}

/// Weekdays as a scenario has them: `mon-wed,fri`.
fn days(days: &[bool; 7]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| days[*day]) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let short = |day: usize| Weekday::ALL[day].short();
    let run = |(first, last): &(usize, usize)| match last - first {
        0 => short(*first).to_owned(),
        1 => format!("{},{}", short(*first), short(*last)),
        _ => format!("{}-{}", short(*first), short(*last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

/// A length as a scenario reads it back, to the second.
fn written(span: Span) -> String {
    let minutes = span.micros() / 60_000_000;
    match (span.micros() % 60_000_000, minutes / 60, minutes % 60) {
        (0, 0, minutes) => format!("{minutes}m"),
        (0, hours, 0) => format!("{hours}h"),
        (0, hours, minutes) => format!("{hours}h{minutes}m"),
        _ => format!("{}s", span.micros() / 1_000_000),
    }
}

/// The time of day so long after a shift's start.
fn clock(shift: &PlannedShift, after: Span) -> String {
    let seconds = (shift.start.span() + after).micros() / 1_000_000 % 86_400;
    TimeOfDay::from_seconds(seconds as u32).to_string()
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn number(value: f64) -> String {
    rounded(value).to_string()
}

fn shifts(group: &GroupSchedule) -> String {
    let heads = [
        (Align::Left, "Shift"),
        (Align::Left, "Days"),
        (Align::Left, "Start"),
        (Align::Left, "End"),
        (Align::Left, "Breaks"),
        (Align::Right, "Agents"),
    ];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    for named in named(group).iter().take(MOST_LINES) {
        let shift = named.shift;
        let breaks: Vec<String> = (shift.breaks.iter())
            .map(|pause| format!("{} {}", shortened(&printable(&pause.name), 12), clock(shift, pause.after)))
            .collect();
        table.row([
            shortened(&printable(&named.name), NAME_WIDTH),
            days(&named.days),
            clock(shift, Span::ZERO),
            clock(shift, shift.length),
            shortened(&breaks.join(", "), 48),
            named.agents.to_string(),
        ]);
    }
    table.line();
    table.text()
}

/// By time of day, a column a weekday: `12 +2`.
fn over_under(schedule: &Schedule, group: &GroupSchedule) -> String {
    let planned: Vec<usize> = (0..7).filter(|day| schedule.weekdays[*day]).collect();
    let heads = planned.iter().map(|day| (Align::Right, Weekday::ALL[*day].name()[..3].to_owned()));
    let mut table = TextTable::new([(Align::Left, "From".to_owned())].into_iter().chain(heads));
    let by_day = (Span::DAY.micros() / schedule.interval.micros()) as usize;
    let cell = |day: &usize, row: usize| {
        let row = day * by_day + row;
        let (required, scheduled) = (group.required[row], group.scheduled[row]);
        let short = |value: f64| format!("{}", (value * 10.0).round() / 10.0);
        match (scheduled - required, required + scheduled > 0.0) {
            (_, false) => String::new(),
            (off, _) if off > 0.05 => format!("{} +{}", short(required), short(off)),
            (off, _) if off < -0.05 => format!("{} −{}", short(required), short(-off)),
            _ => format!("{}   ", short(required)),
        }
    };
    let lines = (0..by_day).map(|row| planned.iter().map(|day| cell(day, row)).collect::<Vec<String>>());
    let told = lines.enumerate().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    for (row, cells) in told.take(MOST_LINES) {
        table.row([schedule.time_of(row).1.to_string()].into_iter().chain(cells));
    }
    table.line();
    table.text()
}

fn answer(schedule: &Schedule) -> Vec<String> {
    let (shifts, paid, cost) = schedule.totals();
    let cost = cost.map_or_else(String::new, |cost| format!(", at a cost of {}", grouped(cost, 2)));
    let span = if schedule.weekdays.iter().all(|day| *day) { " a week" } else { "" };
    let mut sentences = vec![format!(
        "{} shifts{span} with {} paid hours{cost}.",
        grouped(f64::from(shifts), 0),
        grouped(paid, 1)
    )];
    let [required, scheduled, over, under] = schedule.hours().map(|hours| grouped(hours, 1));
    sentences.push(format!(
        "{required} agent hours on contacts are required and {scheduled} scheduled: {over} over, {under} under."
    ));
    if schedule.short {
        sentences.push(
            "The limits of the templates (`at_most`) leave intervals short; as few agents as possible are missing."
                .to_owned(),
        );
    }
    let what = match (
        schedule.minimize,
        schedule.groups.iter().flat_map(|group| &group.shifts).all(|shift| shift.cost.is_some()),
    ) {
        (Minimize::Cost, true) => "costs less",
        (Minimize::Cost, false) => "has fewer paid hours",
        (Minimize::Shifts, _) => "has fewer shifts",
        (Minimize::Difference, _) => "is nearer to the requirement",
    };
    let candidates = grouped(schedule.candidates as f64, 0);
    if schedule.proved() {
        sentences
            .push(format!("No roster of the {candidates} shifts that the templates allow {what} (proved)."));
    } else if !schedule.short {
        let gap = percent((schedule.gap() * 1e4).round() / 1e4);
        let [bound, value] = [schedule.bound, schedule.value].map(|value| grouped(value, 2));
        sentences.push(format!(
            "It was stopped before a proof: of the {candidates} shifts that the templates allow no roster comes to \
             less than {bound}, and this one comes to {value}. At most {gap} could be saved."
        ));
    }
    sentences
}
