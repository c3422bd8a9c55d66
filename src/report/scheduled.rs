//! A roster: its shifts, what is over and under in every interval, and files for other programs.

use serde_json::{Value, json};

use crate::experiment::{Coverage, GroupSchedule, Minimize, NamedShift, Rostered, Schedule};
use crate::reading::resolved::key;
use crate::units::{Span, Weekday, printable};

use super::csv_files::{Csv, texts};
use super::required::{interval_sentences, targets_value};
use super::shift_times::{clock, days};
use super::shown::{Shown, money_head};
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{grouped, percent, shortened, wrapped};
use super::work_weeks;

/// Lines of a table on a terminal; of more, the first ones.
const MOST_LINES: usize = 100;

/// Rounds that a terminal shows; of more, the first and the last ones.
const MOST_ROUNDS: usize = 8;

/// Columns of names.
const NAME_WIDTH: usize = 24;

/// A roster as a terminal shows it.
#[must_use]
pub fn render_schedule(schedule: &Schedule) -> String {
    rendered(&schedule.shown())
}

fn rendered(schedule: &Schedule) -> String {
    let mut blocks = Vec::new();
    for (number, group) in schedule.groups.iter().enumerate() {
        let name = printable(&group.name);
        blocks.push(format!("Shifts of {name}\n{}", shifts(group)));
        let weeks = work_weeks::table(schedule, number);
        blocks.extend(weeks.map(|weeks| format!("Weeks of {name}\n{weeks}")));
    }
    for pool in &schedule.pools {
        blocks.push(format!(
            "Agents of {} on contacts: required, and how many more or fewer are scheduled\n{}",
            printable(&whose(pool)),
            over_under(schedule, pool)
        ));
    }
    let sentences: Vec<String> =
        answer(schedule).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    blocks.push(sentences.join("\n"));
    blocks.join("\n") + "\n"
}

/// A roster that was played, as a terminal shows it.
#[must_use]
pub fn render_rostered(rostered: &Rostered) -> String {
    let rostered = &*rostered.shown();
    let schedule = &rostered.schedule;
    let head = match schedule.minimize {
        Minimize::Cost => money_head("Cost", &schedule.labels),
        _ => "Value".into(),
    };
    let heads =
        [(Align::Left, "Roster"), (Align::Right, &*head), (Align::Right, "Targets of intervals missed")];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    let hidden = rostered.rounds.len().saturating_sub(MOST_ROUNDS);
    for (place, round) in rostered.rounds.iter().enumerate() {
        if hidden == 0 || !(4..4 + hidden).contains(&place) {
            table.row([(place + 1).to_string(), grouped(round.value, 2), grouped(round.missed as f64, 0)]);
        }
    }
    table.line();
    let sentences: Vec<String> =
        said_of(rostered).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    format!("{}\n{}{}\n", table.text(), rendered(schedule), sentences.join("\n"))
}

/// What is known of a roster that was played.
#[must_use]
pub fn rostered_sentences(rostered: &Rostered) -> Vec<String> {
    said_of(&rostered.shown())
}

fn said_of(rostered: &Rostered) -> Vec<String> {
    interval_sentences(&rostered.targets, &rostered.labels, rostered.verified, "the roster was checked")
}

/// The same for other programs.
#[must_use]
pub fn rostered_json(rostered: &Rostered) -> String {
    let mut whole = roster_value(&rostered.schedule);
    whole["rounds"] = rostered
        .rounds
        .iter()
        .map(|round| json!({ "value": rounded(round.value), "missed": round.missed }))
        .collect();
    whole["targets"] = targets_value(&rostered.targets);
    whole["target_intervals"] = json!(rostered.labels);
    whole["verified"] = json!(
        rostered.verified.map(|(replications, seed)| json!({ "replications": replications, "seed": seed }))
    );
    format!("{whole:#}\n")
}

/// The shifts as CSV: a line for each shift and number of agents.
#[must_use]
pub fn roster_csv(schedule: &Schedule) -> String {
    let heads =
        ["group", "shift", "template", "days", "start", "end", "agents", "paid_hours", "cost", "breaks"];
    let mut sheet = Csv::new(texts(heads));
    for group in &schedule.groups {
        for named in group.named() {
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
    for pool in &schedule.pools {
        for (row, (required, scheduled)) in pool.required.iter().zip(&pool.scheduled).enumerate() {
            let (weekday, time) = schedule.time_of(row);
            if !schedule.weekdays[weekday] {
                continue;
            }
            let off = scheduled - required;
            let [required, scheduled, over, under] =
                [*required, *scheduled, off.max(0.0), (-off).max(0.0)].map(number);
            let day = Weekday::ALL[weekday].short();
            sheet.row(texts([&whose(pool), day, &time.to_string(), &required, &scheduled, &over, &under]));
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
        let named = group.named();
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
    format!("{:#}\n", roster_value(schedule))
}

fn roster_value(schedule: &Schedule) -> Value {
    let shift = |named: &NamedShift<'_>| {
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
        json!({
            "group": group.name,
            "shifts": group.named().iter().map(shift).collect::<Vec<Value>>(),
        })
    };
    let hours = |pool: &Coverage| {
        let [required, scheduled, over, under] = schedule.hours_of(pool).map(rounded);
        json!({ "required": required, "scheduled": scheduled, "over": over, "under": under })
    };
    let pool = |pool: &Coverage| {
        let rows = || (0..pool.required.len()).filter(planned);
        json!({
            "groups": pool.groups,
            "agent_hours": hours(pool),
            "required": rows().map(|row| pool.required[row]).collect::<Vec<f64>>(),
            "scheduled": rows().map(|row| rounded(pool.scheduled[row])).collect::<Vec<f64>>(),
        })
    };
    let rows = schedule.pools.first().map_or(0, |pool| pool.required.len());
    let labels: Vec<String> = (0..rows)
        .filter(planned)
        .map(|row| {
            let (weekday, time) = schedule.time_of(row);
            format!("{} {time}", Weekday::ALL[weekday].short())
        })
        .collect();
    let (shifts, paid, cost) = schedule.totals();
    json!({
        "minimized": schedule.minimize.word(),
        "value": rounded(schedule.value),
        "bound": rounded(schedule.bound),
        "gap": rounded(schedule.gap()),
        "proved": schedule.proved(),
        "short": schedule.short,
        "shifts_worked": shifts,
        "paid_hours": rounded(paid),
        "fte": schedule.fte().map(rounded),
        "cost": cost.map(rounded),
        "interval_seconds": schedule.interval.seconds(),
        "intervals": labels,
        "groups": schedule.groups.iter().map(group).collect::<Vec<Value>>(),
        "weeks": work_weeks::value(schedule),
        "pools": schedule.pools.iter().map(pool).collect::<Vec<Value>>(),
    })
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

/// The groups that are required together.
pub(super) fn whose(pool: &Coverage) -> String {
    pool.groups.join(" + ")
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
    for named in group.named().iter().take(MOST_LINES) {
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
fn over_under(schedule: &Schedule, pool: &Coverage) -> String {
    let planned: Vec<usize> = (0..7).filter(|day| schedule.weekdays[*day]).collect();
    let heads = planned.iter().map(|day| (Align::Right, Weekday::ALL[*day].name()[..3].to_owned()));
    let mut table = TextTable::new([(Align::Left, "From".to_owned())].into_iter().chain(heads));
    let by_day = (Span::DAY.micros() / schedule.interval.micros()) as usize;
    let cell = |day: &usize, row: usize| {
        let row = day * by_day + row;
        let (required, scheduled) = (pool.required[row], pool.scheduled[row]);
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

pub(super) fn answer(schedule: &Schedule) -> Vec<String> {
    let (shifts, paid, cost) = schedule.totals();
    let cost = cost.map(|cost| schedule.labels.money(&grouped(cost, 2)));
    let cost = cost.map_or_else(String::new, |cost| format!(", at a cost of {cost}"));
    let span = if schedule.weekdays.iter().all(|day| *day) { " a week" } else { "" };
    let fte = schedule.fte().map_or_else(String::new, |fte| {
        format!(" ({} FTE of {} hours)", grouped(fte, 1), grouped(schedule.fte_hours, 1))
    });
    let mut sentences = vec![format!(
        "{} shifts{span} with {} paid hours{fte}{cost}.",
        grouped(f64::from(shifts), 0),
        grouped(paid, 1)
    )];
    sentences.extend(work_weeks::sentence(schedule));
    let told = |of: &str, hours: [f64; 4]| {
        let [required, scheduled, over, under] = hours.map(|hours| grouped(hours, 1));
        format!(
            "{required} agent hours on contacts{of} are required and {scheduled} scheduled: {over} over, {under} under."
        )
    };
    if schedule.pools.iter().all(|pool| pool.groups.len() == 1) {
        sentences.push(told("", schedule.hours()));
    } else {
        let each = schedule.pools.iter();
        sentences.extend(
            each.map(|pool| told(&format!(" of {}", printable(&whose(pool))), schedule.hours_of(pool))),
        );
    }
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
