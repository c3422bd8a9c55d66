//! The files of a forecast: volumes by interval that a scenario reads, days, the back-test, and the scenario's lines.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::estimate::Scatter;
use crate::fit::keys;
use crate::forecast::{self, Band, Forecast};
use crate::units::Span;

use super::charts;
use super::csv_files::{Csv, texts};
use super::folder::Product;
use super::foreseen::clock;
use super::inert::inert;

/// `forecast.csv`, `days.csv`, `back_test.csv`, `volumes.toml` and the charts; where days have a course, `profile.csv` and
/// `totals.toml`, too. `source` names the history.
#[must_use]
pub fn forecast_products(forecasts: &[Forecast], source: &str) -> Vec<Product> {
    let mut products = vec![
        Product::new("forecast.csv", volumes(forecasts)),
        Product::new("days.csv", days(forecasts)),
        Product::new("back_test.csv", back_test(forecasts)),
        Product::new("volumes.toml", scenario(forecasts, source, Form::Intervals)),
    ];
    if forecasts.iter().any(|one| one.step != Span::DAY) {
        products.push(Product::new("profile.csv", profile(forecasts)));
        products.push(Product::new("totals.toml", scenario(forecasts, source, Form::Totals)));
    }
    for chart in charts::forecast_charts(forecasts) {
        products.push(Product::new(&format!("charts/{}.svg", chart.name), chart.svg()));
    }
    products
}

/// Thousandths of a contact are enough.
fn number(value: f64) -> String {
    ((value * 1000.0).round() / 1000.0).to_string()
}

fn band(band: Band) -> [String; 3] {
    [number(band.mean), number(band.low), number(band.high)]
}

/// When an interval begins; of a whole day its date.
fn at(date: Date, slot: usize, step: Span) -> String {
    if step == Span::DAY {
        return date.to_string();
    }
    format!("{date} {}", clock(slot, step))
}

/// What a queue is called that the history does not name.
fn called(forecast: &Forecast) -> &str {
    if forecast.queue.is_empty() { "contacts" } else { &forecast.queue }
}

fn volumes(forecasts: &[Forecast]) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["time", "queue", "forecast", "low", "high"]));
    for one in forecasts {
        for day in &one.days {
            for (slot, volume) in day.slots.iter().enumerate() {
                let first = [at(day.date, one.first + slot, one.step), called(one).to_owned()];
                sheet.row(first.into_iter().chain(band(*volume)));
            }
        }
    }
    sheet.bytes()
}

fn days(forecasts: &[Forecast]) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["date", "queue", "forecast", "low", "high", "holiday"]));
    for one in forecasts {
        for day in &one.days {
            let first = [day.date.to_string(), called(one).to_owned()];
            let holiday = day.holiday.clone().unwrap_or_default();
            sheet.row(first.into_iter().chain(band(day.total)).chain([holiday]));
        }
    }
    sheet.bytes()
}

fn back_test(forecasts: &[Forecast]) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["time", "queue", "seen", "forecast", "low", "high"]));
    for one in forecasts {
        for day in &one.test.days {
            for (slot, (volume, seen)) in day.slots.iter().zip(&day.seen).enumerate() {
                let first = [at(day.date, one.first + slot, one.step), called(one).to_owned(), number(*seen)];
                sheet.row(first.into_iter().chain(band(*volume)));
            }
        }
    }
    sheet.bytes()
}

/// What is not known, as a scenario has it: `cv = 0.03, day_to_day = 0.4`.
fn busyness(scatter: &Scatter, step: Span, shared: f64) -> String {
    let mut text = format!("cv = {}", number(scatter.day));
    if shared > 0.0 && scatter.whole_day > 0.0 {
        let _ = write!(text, ", shared = \"days\", correlation = {}", number(shared));
    }
    if scatter.day_to_day > 0.0 {
        let _ = write!(text, ", day_to_day = {}", number(scatter.day_to_day));
    }
    if let Some(within) = scatter.within {
        let _ = write!(
            text,
            ", within_day = {{ cv = {}, correlation_at_1h = {}",
            number(within.cv),
            number(within.correlation_at_1h)
        );
        let _ = if step == Span::from_whole_seconds(1800) {
            write!(text, " }}")
        } else {
            write!(text, ", step = \"{step}\" }}")
        };
    }
    text
}

/// How a scenario has the volumes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Each interval has its own.
    Intervals,
    /// Each day has a total, and all days one course.
    Totals,
}

impl Form {
    const fn file(self) -> &'static str {
        match self {
            Form::Intervals => "volumes.toml",
            Form::Totals => "totals.toml",
        }
    }
}

/// The course that all days have together: of each time of day what comes on all of them.
fn profile(forecasts: &[Forecast]) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["time", "queue", "contacts"]));
    for one in forecasts.iter().filter(|one| one.step != Span::DAY) {
        let slots = one.days.iter().map(|day| day.slots.len()).max().unwrap_or(0);
        for slot in 0..slots {
            let of_day = one.days.iter().filter_map(|day| day.slots.get(slot));
            let sum: f64 = of_day.map(|volume| volume.mean).sum();
            sheet.row([clock(one.first + slot, one.step), called(one).to_owned(), number(sum)]);
        }
    }
    sheet.bytes()
}

/// The lines of a scenario that play the forecast, with what it does not know.
fn scenario(forecasts: &[Forecast], source: &str, form: Form) -> String {
    let own = form.file();
    let mut text = format!(
        "# Made by `holdline forecast` from {source}: the volumes to come, and how far days lie from their forecasts.\n\
         # A scenario that says `extends = \"{own}\"` takes all of it; `check` and `run` want talk times,\n\
         # patience and agents besides.\n"
    );
    if form == Form::Totals {
        text.push_str(
            "# The totals of days.csv may be changed by hand: profile.csv spreads them over the day, all days alike.\n",
        );
    }
    let all = || forecasts.iter().flat_map(|one| &one.days).map(|day| day.date);
    if let (Some(first), Some(last)) = (all().min(), all().max()) {
        let step = forecasts.first().map_or(Span::from_whole_seconds(1800), |one| one.step);
        let days = (last - first).get_days() + 1;
        let _ = write!(text, "\n[horizon]\nstart    = {first}\ndays     = {days}\n");
        text.push_str(&match step {
            Span::DAY => "# Volumes are totals of days: `open` says over which hours they come, `arrivals.profile` how.\n"
                .to_owned(),
            step => format!("interval = \"{step}\"\n"),
        });
    }
    let names: Vec<&str> = forecasts.iter().map(called).collect();
    let shared = forecast::shared(forecasts);
    for ((one, key), shared) in forecasts.iter().zip(keys(&names, "contacts")).zip(shared) {
        // As it stands in forecast.csv.
        let queue = inert(called(one)).replace('\\', "\\\\").replace('"', "\\\"");
        let queue: String = queue.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let row = format!("where = {{ queue = \"{queue}\" }}");
        let volumes = match form {
            Form::Totals if one.step != Span::DAY => format!(
                "csv         = {{ file = \"days.csv\", time = \"date\", value = \"forecast\", {row} }}\n\
                 profile_csv = {{ file = \"profile.csv\", time = \"time\", value = \"contacts\", {row} }}\n"
            ),
            _ => {
                let step = match one.step {
                    Span::DAY => String::new(),
                    step => format!("interval = \"{step}\", "),
                };
                format!(
                    "csv      = {{ file = \"forecast.csv\", time = \"time\", value = \"forecast\", {step}{row} }}\n"
                )
            }
        };
        let _ = write!(
            text,
            "\n[queues.{key}.arrivals]\n{volumes}\
             busyness = {{ {} }}   # around the forecasts, beside the chance of single contacts\n",
            busyness(&one.scatter(), one.step, shared)
        );
    }
    text
}
