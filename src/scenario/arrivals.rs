//! Arrivals: cases a day with a profile, cases an hour, cases an interval, files.

use super::busyness::Busyness;
use super::hours::Hours;
use super::profile::{Profile, ProfileUse, profile};
use super::volume::{Bucket, Counts, Volume};
use super::volume_file::{self, TraceFile, VolumeFile, trace, volumes};
use crate::reading::days::parse_day;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, List, Moment, NotNegative, PositiveDuration, Reads, Stepped};
use crate::reading::shape::Kind;
use crate::reading::table::{Table, Tables, table};
use crate::units::{Span, Steps, TimeOfDay};

/// `queues.X.arrivals`: of cases, not of attempts.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// How many.
    pub volume: Volume,
    /// What they count.
    pub counts: Counts,
    /// Good and bad days.
    pub busyness: Option<Busyness>,
    /// Stretches with another volume.
    pub events: Vec<Event>,
}

table! {
    /// Cases that begin in a queue. One of `per_day`, `per_hour`, `per_interval`, `csv`, `trace`.
    keys of Arrivals = "arrivals" {
        /// Cases on a weekday of factor 1
        per_day: NotNegative, none, example(1800);
        /// With `per_day` or a file of daily totals: weights of the intervals of a day, from midnight, or a
        /// named profile
        profile: ProfileUse, none("evenly over the opening hours"),
            example([0, 1, 2, 1]);
        /// In place of `profile`: the weights stand in a table
        profile_csv: Table<VolumeFile>, none, example({ file = "profile.csv", time = "from", value = "calls" });
        /// Cases per hour
        per_hour: Stepped<NotNegative>, none, example({ "08:00" = 100, "18:00" = 20 });
        /// Cases in each reporting interval of a day, or of the whole horizon
        per_interval: List<NotNegative>, none, example([12, 15, 9, 4]);
        /// Volumes in a table; each is a Poisson mean
        csv: Table<VolumeFile>, none, example({ file = "acd.csv", time = "start", value = "calls" });
        /// Single arrivals in a table, replayed as they are
        trace: Table<TraceFile>, none, example({ file = "calls.csv", time = "arrived" });
        /// What all of it is multiplied by
        factor: NotNegative, default(1), example(1.1);
        /// Factors of the weekdays
        weekday: WeekdayFactors, none("1 each"),
            example({ mon = 1.3, sat = 0.6, sun = 0 });
        /// Good and bad days, and hours: gamma factors of mean 1
        busyness: Table<Busyness>, none, example({ cv = 0.1, shared = "weather" });
        /// Stretches of time with another volume
        events: Tables<Event>, none,
            example(.outage = { at = 2026-03-04T10:00:00, length = "2h", factor = 2.5 });
    }
}

/// A stretch of time with another volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Microseconds since the start of the reported time.
    pub at: i64,
    /// How long.
    pub length: Span,
    /// What the volume is multiplied by.
    pub factor: f64,
}

table! {
    /// A stretch of time with another volume.
    keys of Event = "event" {
        /// When it begins (without calendar: time since the start)
        at: Moment, required, example(2026-03-04T10:00:00);
        /// How long
        length: PositiveDuration, required, example("2h");
        /// What the volume is multiplied by
        factor: NotNegative, required, example(2.5);
    }
}

/// The ways to say how many.
const FORMS: [&str; 5] = [
    Arrivals::per_day.name,
    Arrivals::per_hour.name,
    Arrivals::per_interval.name,
    Arrivals::csv.name,
    Arrivals::trace.name,
];

impl Arrivals {
    /// Reads `queues.X.arrivals`.
    pub(super) fn of(fields: &Fields<'_>, hours: &Hours, profiles: &[Profile]) -> Arrivals {
        let log = fields.cx.log;
        fields.require(&FORMS);
        let given: Vec<&str> = FORMS.into_iter().filter(|form| fields.has(form)).collect();
        if let [first, second, ..] = given.as_slice() {
            let title = format!("`{}` has both `{first}` and `{second}`", fields.path);
            log.error(fields.place_of(second), title, "one of them must go")
                .help(format!("`{first} = \"none\"` takes away what an extended file says"));
        }
        let by_weekday = Arrivals::weekday.name;
        let weekday = fields.read(Arrivals::weekday).unwrap_or([1.0; 7]);
        if let Some(form) = given.first().filter(|form| ![FORMS[0], FORMS[3]].contains(form))
            && let Some(key) =
                [Arrivals::profile.name, Arrivals::profile_csv.name].into_iter().find(|key| fields.has(key))
        {
            let title = format!("`{}` goes with `per_day` or daily totals only", fields.at(key));
            log.error(fields.place_of(key), title, format!("the volume is given by `{form}`"));
        }
        let file = fields.table(Arrivals::csv);
        let weights = fields.written(Arrivals::profile.name);
        let weights = weights.and_then(|written| profile(&written, profiles));
        let in_table = fields.table(Arrivals::profile_csv);
        if let (Some(_), true) = (&in_table, fields.has(Arrivals::profile.name)) {
            let key = Arrivals::profile_csv.name;
            let title = format!("`{}` has both `profile` and `{key}`", fields.path);
            log.error(fields.place_of(key), title, "one of them must go");
        }
        let weights = weights.or_else(|| in_table.and_then(|table| volume_file::weights(&table)));
        let counts = file.as_ref().map(|file| file.read(VolumeFile::counts));
        let per_hour = fields.read(Arrivals::per_hour);
        let volumes = [
            per_day(fields, hours, weekday, weights.as_deref()),
            per_hour.map(|per_hour| Volume::Rate { per_hour, weekday }),
            per_interval(fields, weekday),
            file.as_ref().map(|file| volumes(file, weekday, hours, weights.as_deref())),
            fields.table(Arrivals::trace).map(|file| Volume::Trace(trace(&file))),
        ];
        let nothing = Volume::Rate { per_hour: Steps::constant(0.0), weekday };
        let volume = volumes.into_iter().flatten().next().unwrap_or(nothing);
        if fields.has(by_weekday)
            && !matches!(volume, Volume::Rate { .. })
            && !fields.has(Arrivals::per_day.name)
        {
            let title = format!("`{}` has no meaning here", fields.at(by_weekday));
            log.error(fields.place_of(by_weekday), title, "the volume already says it for each day");
        }
        let factor = fields.read(Arrivals::factor);
        if fields.has(Arrivals::factor.name) && matches!(volume, Volume::Trace(_)) {
            let key = Arrivals::factor.name;
            let title = format!("`{}` has no meaning here", fields.at(key));
            log.error(fields.place_of(key), title, "a trace is replayed as it is");
        }
        let volume = volume.times(factor);
        let busyness = fields.read(Arrivals::busyness);
        let events = fields.tables(Arrivals::events);
        let events: Vec<Event> = events.iter().filter_map(Event::of).collect();
        let most = most_a_day(&volume) * events.iter().map(|event| event.factor).fold(1.0, f64::max);
        if let Some(form) = given.first() {
            refuse_floods(fields, form, most);
        }
        Arrivals { volume, counts: counts.unwrap_or(Counts::Cases), busyness, events }
    }
}

/// Factors of weekdays.
pub(super) enum WeekdayFactors {}

impl Declares for WeekdayFactors {
    const KIND: Kind = Kind::Each { of: "weekday", value: &NotNegative::KIND };
}

impl Reads for WeekdayFactors {
    type Value = [f64; 7];

    fn read(written: &Written<'_>) -> Option<[f64; 7]> {
        let Written { cx, node, path, .. } = written;
        let mut factors = [1.0; 7];
        for day in written.each() {
            let factor = NotNegative::read(&day).unwrap_or(1.0);
            match parse_day(day.key) {
                Ok(day) => factors[day.index()] = factor,
                Err(reason) => {
                    cx.log.error(day.key_place, format!("unknown key `{}`", day.path), reason);
                }
            }
        }
        if !cx.time.calendar {
            let title = format!("`{path}` needs a calendar");
            cx.log.error(node.place, title, "without `horizon.start` there are no weekdays");
        }
        Some(factors)
    }
}

/// The most cases a day: a hundred times those of the largest centres.
const MOST_A_DAY: f64 = 1e8;

/// The most cases a day that a volume comes to at any time, without its events.
fn most_a_day(volume: &Volume) -> f64 {
    let largest = |numbers: &mut dyn Iterator<Item = f64>| numbers.fold(0.0, f64::max);
    match volume {
        Volume::Rate { per_hour, weekday } => {
            let rate = largest(&mut per_hour.steps().iter().map(|step| step.1));
            24.0 * rate * largest(&mut weekday.iter().copied())
        }
        Volume::Series(buckets) => {
            // What comes within a short time counts as what it is.
            let a_day = |bucket: &Bucket| bucket.count / (bucket.length.hours() / 24.0).max(1.0);
            largest(&mut buckets.iter().map(a_day))
        }
        Volume::Trace(_) => 0.0,
    }
}

/// Refuses volumes that nobody means: a single replication of them would never end.
fn refuse_floods(fields: &Fields<'_>, key: &str, a_day: f64) {
    if a_day.is_nan() || a_day > MOST_A_DAY {
        let title = format!("`{}` is more than a hundred million cases a day", fields.at(key));
        fields.cx.log.error(fields.place_of(key), title, format!("{a_day:e} a day"));
    }
}

fn per_day(fields: &Fields<'_>, hours: &Hours, weekday: [f64; 7], weights: Option<&[f64]>) -> Option<Volume> {
    let per_day = fields.read(Arrivals::per_day)?;
    match (weights, hours) {
        (Some(weights), _) => {
            let sum: f64 = weights.iter().sum();
            let slot = Span::from_micros(Span::DAY.micros() / weights.len() as u64);
            let rate = |weight: &f64| per_day * weight / sum / slot.hours();
            let steps = (0..).map(|number| slot * number).zip(weights.iter().map(rate)).collect();
            Some(Volume::Rate { per_hour: Steps::daily(steps), weekday })
        }
        (None, Hours::Always) => {
            Some(Volume::Rate { per_hour: Steps::constant(per_day / Span::DAY.hours()), weekday })
        }
        (None, Hours::Weekly { weekdays, dates }) => {
            Some(Volume::Series(over_opening_hours(fields, per_day, weekday, weekdays, dates)))
        }
    }
}

type Openings = Vec<(TimeOfDay, TimeOfDay)>;

/// A day's cases spread evenly over its opening hours; nothing on days that stay closed.
fn over_opening_hours(
    fields: &Fields<'_>,
    per_day: f64,
    factors: [f64; 7],
    weekdays: &[Openings; 7],
    dates: &[(jiff::civil::Date, Openings)],
) -> Vec<Bucket> {
    let calendar = fields.cx.time.calendar();
    let (first, past) = fields.cx.time.days();
    let mut buckets = Vec::new();
    for day in first..past {
        let weekday = calendar.weekday(day).index();
        let date = calendar.date(day);
        let special = dates.iter().find(|(special, _)| Some(*special) == date).map(|special| &special.1);
        let openings = special.unwrap_or(&weekdays[weekday]);
        let length = |opening: &(_, _)| -> Span {
            let (from, to): &(TimeOfDay, TimeOfDay) = opening;
            to.span().saturating_sub(from.span())
        };
        let open: f64 = openings.iter().map(|opening| length(opening).seconds()).sum();
        for opening in openings {
            let start = day * Span::DAY.micros() as i64 + opening.0.span().micros() as i64;
            let length = length(opening);
            buckets.push(Bucket {
                start,
                length,
                count: per_day * factors[weekday] * length.seconds() / open,
            });
        }
    }
    buckets
}

fn per_interval(fields: &Fields<'_>, weekday: [f64; 7]) -> Option<Volume> {
    let counts = fields.read(Arrivals::per_interval)?;
    let time = &fields.cx.time;
    let interval = time.interval;
    let of_day = Span::DAY.micros() / interval.micros();
    let of_horizon = time.length.micros() / interval.micros();
    let given = counts.len() as u64;
    let at = |number: u64| interval * number;
    if given == of_day && (time.calendar || given != of_horizon) {
        let rates = counts.iter().map(|count| count / interval.hours());
        let steps = (0..).map(at).zip(rates).collect();
        return Some(Volume::Rate { per_hour: Steps::daily(steps), weekday });
    }
    if given == of_horizon {
        let bucket = |(number, count)| Bucket { start: at(number).micros() as i64, length: interval, count };
        return Some(Volume::Series((0..).zip(counts).map(bucket).collect()));
    }
    let title = format!("`{}` has the wrong length", fields.at(Arrivals::per_interval.name));
    fields
        .cx
        .log
        .error(fields.place_of(Arrivals::per_interval.name), title, format!("{given} numbers"))
        .help(format!("a day has {of_day} intervals of {interval}, the whole horizon {of_horizon}"));
    None
}

impl Event {
    fn of(table: &Fields<'_>) -> Option<Event> {
        let (at, length, factor) =
            (table.read(Event::at), table.read(Event::length), table.read(Event::factor));
        let (at, length, factor) = (at?, length?, factor?);
        let end = table.cx.time.end().micros() as i64;
        if at >= end || at.saturating_add(length.micros() as i64) <= -(table.cx.time.warm_up.micros() as i64)
        {
            let title = format!("`{}` lies outside the horizon", table.path);
            table.cx.log.warning(table.place_of(Event::at.name), title, "it changes nothing");
        }
        Some(Event { name: table.name.to_owned(), at, length, factor })
    }
}
