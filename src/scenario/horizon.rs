//! The time that is played.

use super::time_zone::TimeZone;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Date, Duration, PositiveDuration, Whole, Word};
use crate::reading::table::table;
use crate::units::Span;
use crate::vocabulary::AtEnd;

/// `[horizon]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// The first reported day; `None` is a study of the steady state.
    pub start: Option<jiff::civil::Date>,
    /// The reported time.
    pub length: Span,
    /// The reporting step.
    pub interval: Span,
    /// Simulated before the reported time, not reported. Whole days where there is a calendar.
    pub warm_up: Span,
    /// Simulated after the reported time: what began within it is counted until it ends, what begins
    /// later is not reported. Whole days where there is a calendar.
    pub cool_down: Span,
    /// What becomes of the unfinished.
    pub at_end: AtEnd,
    /// The zone of the centre's clock, by its IANA name: tables of moments are converted to it.
    pub time_zone: Option<String>,
}

table! {
    /// The time that is played: whole days from a date, or a length of the steady state.
    keys of Horizon = "horizon" {
        /// The first day; gives the weekdays. Every day has 24 hours
        start: Date, none, example(2026-03-02);
        /// How many days (with `start`)
        days: Whole<1>, default(1), example(7);
        /// Zone of the centre's clock: tables with `Z`, offsets or unix times are converted to it. Days keep
        /// 24 hours where the clock changes
        time_zone: TimeZone, none, example("Europe/London");
        /// How long (without `start`: a study of the steady state)
        length: PositiveDuration, none, example("500h");
        /// The reporting step; divides the day evenly. Results may take 4 GiB of memory, of which a row of a
        /// queue has some 16 KiB
        interval: PositiveDuration, default("30m"), example("15m");
        /// Played before the start, not reported; whole days with `start`
        warm_up: Duration, default("0s"), example("1d");
        /// Played after the end so that what began before it can finish and count; what begins then is not
        /// reported. Whole days with `start`
        cool_down: Duration, default("0s"), example("1d");
        /// What is unfinished is reported as still here, or finishes
        at_end: Word<AtEnd>, default("cut"), example("drain");
    }
}

/// The most intervals of a horizon: a report keeps a row for each of them.
const MOST_INTERVALS: u64 = 2_000_000;

/// A hundred years.
const MOST_DAYS: u64 = 36_525;

impl Default for Horizon {
    /// Stands where there is none.
    fn default() -> Horizon {
        Horizon {
            start: None,
            length: Span::DAY,
            interval: Span::HOUR,
            warm_up: Span::ZERO,
            cool_down: Span::ZERO,
            at_end: AtEnd::Cut,
            time_zone: None,
        }
    }
}

impl Horizon {
    /// Reads `[horizon]`, and tells whether there are dates.
    pub(super) fn of(table: &Fields<'_>) -> (Horizon, bool) {
        let has_dates = table.has(Horizon::start.name) || !table.has(Horizon::length.name);
        let log = table.cx.log;
        let start = table.read(Horizon::start);
        let days = table.read(Horizon::days);
        let steady = table.read(Horizon::length);
        let mut interval = table.read(Horizon::interval);
        let warm_up = table.read(Horizon::warm_up);
        let cool_down = table.read(Horizon::cool_down);
        table.require(&[Horizon::start.name, Horizon::length.name]);
        let length =
            if has_dates { Span::DAY * whole_days(table, days) } else { steady.unwrap_or(Span::DAY) };
        if has_dates {
            if table.has(Horizon::length.name) {
                let title = "the horizon has both `start` and `length`";
                let logged = log.error(table.place_of(Horizon::length.name), title, "no length here");
                logged.help(
                    "with a start write `days`; a `length` is for a study of the steady state, without start",
                );
            }
            for (key, span, lie) in [
                (Horizon::warm_up.name, warm_up, "before the start"),
                (Horizon::cool_down.name, cool_down, "after the end"),
            ] {
                if !span.micros().is_multiple_of(Span::DAY.micros()) {
                    let title = format!("`horizon.{key}` must be whole days where there is a start");
                    log.error(table.place_of(key), title, format!("{span} is not"))
                        .help(format!("these days lie {lie}: write \"0d\", \"1d\", ..."));
                }
            }
        } else if table.has(Horizon::days.name) {
            let title = "the horizon has `days` but no `start`";
            log.error(table.place_of(Horizon::days.name), title, "days of which weekday?")
                .help("add `start = 2026-03-02`, or leave `days` out");
        }
        let place = table.place_of(Horizon::interval.name);
        let (whole, name) = if has_dates { (Span::DAY, "the day") } else { (length, "the horizon") };
        if !whole.micros().is_multiple_of(interval.micros()) {
            let title = format!("`horizon.interval` must divide {name} evenly");
            log.error(place, title, format!("{interval} does not divide {whole}"))
                .help("usual are \"15m\", \"30m\" and \"1h\"");
            interval = whole;
        }
        let intervals = length.micros() / interval.micros();
        if intervals > MOST_INTERVALS {
            let title = format!("the horizon has more than {MOST_INTERVALS} intervals");
            log.error(place, title, format!("{intervals} of them")).help("choose a longer `interval`");
            interval = whole;
        }
        let (at_end, time_zone) = (table.read(Horizon::at_end), table.read(Horizon::time_zone));
        (Horizon { start, length, interval, warm_up, cool_down, at_end, time_zone }, has_dates)
    }
}

/// A number of days that is not absurd.
fn whole_days(table: &Fields<'_>, days: u64) -> u64 {
    if days <= MOST_DAYS {
        return days;
    }
    let title = "`horizon.days` must be a hundred years or less";
    table.cx.log.error(table.place_of(Horizon::days.name), title, format!("{days} days are more"));
    1
}
