//! Forecasts for terminals: how good forecasts of past days were, and the days to come.

use crate::estimate::Scatter;
use crate::forecast::{self, Forecast, Score};
use crate::units::{Span, printable};

use super::text_table::{Align, TextTable};
use super::wording::grouped;

/// Queues of which each has tables of its own.
const IN_FULL: usize = 3;

/// What was learnt, the back-test and the days to come.
#[must_use]
pub fn render_forecasts(forecasts: &[Forecast]) -> String {
    let mut text = String::new();
    for one in forecasts {
        let (from, to, days) = one.learnt;
        let of = if one.queue.is_empty() { String::new() } else { format!("{}: ", printable(&one.queue)) };
        text.push_str(&format!("{of}learnt from {days} days with contacts, {from} to {to}.\n"));
        one.notes.iter().for_each(|note| text.push_str(&format!("  {note}\n")));
    }
    if forecasts.len() <= IN_FULL {
        for one in forecasts {
            text.push_str(&in_full(one));
        }
    } else {
        text.push_str(&in_short(forecasts));
    }
    text.push_str(&together(forecasts));
    text
}

/// What queues have in common, in a sentence.
fn together(forecasts: &[Forecast]) -> String {
    let shared = forecast::shared(forecasts);
    let share: Vec<(&Forecast, f64)> =
        forecasts.iter().zip(shared).filter(|(_, shared)| *shared > 0.0).collect();
    let pairs = share
        .iter()
        .enumerate()
        .flat_map(|(place, (_, one))| share[place + 1..].iter().map(move |(_, other)| (one * other).sqrt()));
    let (least, most) = pairs.fold((1.0, 0.0), |(least, most), one: f64| (one.min(least), one.max(most)));
    if share.is_empty() {
        return String::new();
    }
    let names: Vec<String> = share.iter().map(|(one, _)| printable(&one.queue).into_owned()).collect();
    let span = if most - least < 0.005 { format!("{most:.2}") } else { format!("{least:.2} to {most:.2}") };
    format!(
        "Busy days are busy in several queues: what days lie from their forecasts has a correlation of {span} between each two of {}.\n",
        names.join(", ")
    )
}

/// `half-hours`, `intervals of 1h`.
pub(super) fn intervals(step: Span) -> String {
    match step.micros() / 1_000_000 {
        900 => "quarter-hours".to_owned(),
        1800 => "half-hours".to_owned(),
        3600 => "hours".to_owned(),
        _ => format!("intervals of {step}"),
    }
}

/// The time at which an interval of the day begins.
pub(super) fn clock(slot: usize, step: Span) -> String {
    let minutes = slot as u64 * step.micros() / 60_000_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn share(value: f64) -> String {
    format!("{:.1} %", 100.0 * value)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What the bands held, as a sentence.
fn held(score: &Score, of: &str) -> String {
    format!("{} of {of} and {} of days", share(score.held_intervals()), share(score.held_days()))
}

fn in_full(one: &Forecast) -> String {
    let test = &one.test;
    let mut text = String::new();
    let of = intervals(one.step);
    let title = if one.queue.is_empty() { String::new() } else { format!(" of {}", printable(&one.queue)) };
    match (test.days.first(), test.days.last()) {
        (Some(first), Some(last)) => {
            text.push_str(&format!(
                "\nBack-test{title}: {} days from {} to {}, each forecast from the days before it alone\n",
                test.ahead.days, first.date, last.date
            ));
            let heads = [(Align::Left, "Error (WAPE)"), (Align::Right, &capital(&of)), (Align::Right, "Days")];
            let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
            let mut row = |name: &str, score: &Score| {
                table.row([name.to_owned(), share(score.of_intervals()), share(score.of_days())]);
            };
            row("forecast, a day ahead", &test.ahead);
            if test.week.days > 0 {
                row("forecast, a week ahead", &test.week);
            }
            table.line();
            for (rule, score) in &test.rules {
                table.row([rule.word().to_owned(), share(score.of_intervals()), share(score.of_days())]);
            }
            table.line();
            table.row(["chance alone, were the mean known".to_owned(), share(test.chance), String::new()]);
            text.push_str(&table.text());
            text.push_str(&format!("\nThe 90 % band held {}", held(&test.ahead, &of)));
            if test.week.days > 0 {
                text.push_str(&format!("; a week ahead {}", held(&test.week, &of)));
            }
            text.push_str(".\n");
        }
        _ => text.push_str(
            "\nNo back-test: the history is too short to forecast a part of it from the rest. Bands are guesses.\n",
        ),
    }
    if let (Some(rest), Some(day)) = (&one.rest, one.days.first()) {
        let from = clock(one.first + rest.seen, one.step);
        if rest.again.days > 0 {
            text.push_str(&format!(
                "\nThe rest of these days from {from}, forecast again then: {} of {of} and {} of days off; the day before it \
                 was {} and {}. The band held {}.\n",
                share(rest.again.of_intervals()),
                share(rest.again.of_days()),
                share(rest.before.of_intervals()),
                share(rest.before.of_days()),
                held(&rest.again, &of)
            ));
        }
        text.push_str(&format!(
            "Of {}, what came before {from} is seen, and the rest is forecast from it.\n",
            day.date
        ));
    }
    text.push_str(&format!("\nForecast{title}\n"));
    let heads = ["Day", "Contacts", "90 % band", "Holiday"];
    let align = [Align::Left, Align::Right, Align::Right, Align::Left];
    let holidays = one.days.iter().any(|day| day.holiday.is_some());
    let columns = if holidays { 4 } else { 3 };
    let mut table = TextTable::new(align.into_iter().zip(heads.map(str::to_owned)).take(columns));
    for day in &one.days {
        let row = [
            day.date.strftime("%a %Y-%m-%d").to_string(),
            grouped(day.total.mean, 0),
            format!("{} – {}", grouped(day.total.low, 0), grouped(day.total.high, 0)),
            printable(day.holiday.as_deref().unwrap_or("")).into_owned(),
        ];
        table.row(row.into_iter().take(columns));
    }
    text.push_str(&table.text());
    text.push_str(&format!("\n{}\n", unknown(&one.scatter())));
    text
}

/// What is not known, in a sentence.
fn unknown(scatter: &Scatter) -> String {
    if scatter.whole_day == 0.0 {
        return "Beside the chance of single contacts, days came as they were forecast.".to_owned();
    }
    let mut text = format!(
        "Beside the chance of single contacts, days lie {} from their forecasts (standard deviation)",
        share(scatter.whole_day)
    );
    if scatter.day_to_day > 0.0 {
        text.push_str(&format!(
            ", a day's error with a correlation of {:.2} to the day before's",
            scatter.day_to_day
        ));
    }
    if let Some(within) = scatter.within {
        text.push_str(&format!(
            "; within the day, factors vary by {} and have a correlation of {:.2} an hour apart",
            share(within.cv),
            within.correlation_at_1h
        ));
    }
    text + ". volumes.toml plays it."
}

/// A line a queue.
fn in_short(forecasts: &[Forecast]) -> String {
    let of = forecasts.first().map_or_else(String::new, |one| intervals(one.step));
    let heads = [
        "Queue".to_owned(),
        "Contacts a day".to_owned(),
        format!("Error, {of}"),
        "Days".to_owned(),
        "Best simple rule".to_owned(),
        "Band held".to_owned(),
        "Days".to_owned(),
    ];
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let mut table = TextTable::new(heads.into_iter().enumerate().map(|(at, head)| (align(at), head)));
    for one in forecasts {
        let test = &one.test;
        let rules = test.rules.iter().map(|(_, score)| score.of_intervals());
        let best = rules.fold(f64::INFINITY, f64::min);
        let tested = |text: String| if test.ahead.days > 0 { text } else { "–".to_owned() };
        let mean = one.days.iter().map(|day| day.total.mean).sum::<f64>() / one.days.len().max(1) as f64;
        table.row([
            printable(&one.queue).into_owned(),
            grouped(mean, 0),
            tested(share(test.ahead.of_intervals())),
            tested(share(test.ahead.of_days())),
            tested(share(best)),
            tested(share(test.ahead.held_intervals())),
            tested(share(test.ahead.held_days())),
        ]);
    }
    format!(
        "\nForecasts a day ahead of past days, each from the days before it alone: error (WAPE), and how often the 90 % band \
         held\n{}\n",
        table.text()
    )
}
