//! Arrivals: cases a day with a profile, cases an hour, cases an interval, files.

use crate::random::Law;
use crate::units::Span;

use super::super::{Arrivals, Bucket, Busyness, Counts, Event, Hours, Volume};
use super::volume_file;
use crate::reading::days::parse_day;
use crate::reading::fields::Fields;
use crate::reading::shape::Range;
use crate::reading::steps::stepped;
use crate::reading::tree::{Data, Node};
use crate::reading::values;
use crate::units::Steps;

/// A named profile and its weights.
pub(super) type Profile = (String, Vec<f64>);

/// The ways to say how many.
const FORMS: [&str; 5] = ["per_day", "per_hour", "per_interval", "csv", "trace"];

/// Reads `queues.X.arrivals`.
pub(super) fn arrivals(fields: &Fields<'_>, hours: &Hours, profiles: &[Profile]) -> Arrivals {
    let log = fields.cx.log;
    fields.require(&FORMS);
    let given: Vec<&str> = FORMS.into_iter().filter(|form| fields.has(form)).collect();
    if let [first, second, ..] = given.as_slice() {
        let title = format!("`{}` has both `{first}` and `{second}`", fields.path);
        log.error(fields.place_of(second), title, "one of them must go")
            .help(format!("`{first} = \"none\"` takes away what an extended file says"));
    }
    let weekday = weekday_factors(fields);
    if let (Some(form), true) = (given.first(), fields.has("profile"))
        && !matches!(*form, "per_day" | "csv")
    {
        let title = format!("`{}` goes with `per_day` or daily totals only", fields.at("profile"));
        log.error(fields.place_of("profile"), title, format!("the volume is given by `{form}`"));
    }
    let file = fields.table("csv");
    let weights = profile(fields, profiles);
    let counts = file.as_ref().and_then(|file| file.word("counts")).unwrap_or(Counts::Cases);
    let volumes = [
        per_day(fields, hours, weekday, weights.as_deref()),
        per_hour(fields, weekday),
        per_interval(fields, weekday),
        file.as_ref().map(|file| volume_file::volumes(file, weekday, hours, weights.as_deref())),
        fields.table("trace").map(|file| Volume::Trace(volume_file::trace(&file))),
    ];
    let nothing = Volume::Rate { per_hour: Steps::constant(0.0), weekday };
    let volume = volumes.into_iter().flatten().next().unwrap_or(nothing);
    if fields.has("weekday") && !matches!(volume, Volume::Rate { .. }) && !fields.has("per_day") {
        let title = format!("`{}` has no meaning here", fields.at("weekday"));
        log.error(fields.place_of("weekday"), title, "the volume already says it for each day");
    }
    let busyness = fields.table("busyness").and_then(|table| busyness(&table));
    let events: Vec<Event> = fields.tables("events").iter().filter_map(event).collect();
    let most = most_a_day(&volume) * events.iter().map(|event| event.factor).fold(1.0, f64::max);
    if let Some(form) = given.first() {
        refuse_floods(fields, form, most);
    }
    Arrivals { volume, counts, busyness, events }
}

fn weekday_factors(fields: &Fields<'_>) -> [f64; 7] {
    let log = fields.cx.log;
    let mut factors = [1.0; 7];
    for (day, place, node) in fields.each("weekday") {
        let path = format!("{}.{day}", fields.at("weekday"));
        let factor = values::number(log, node, &path, Range::NotNegative);
        match parse_day(day) {
            Ok(day) => factors[day.index()] = factor.unwrap_or(1.0),
            Err(reason) => {
                log.error(place, format!("unknown key `{path}`"), reason);
            }
        }
    }
    if fields.has("weekday") && !fields.cx.time.calendar {
        let title = format!("`{}` needs a calendar", fields.at("weekday"));
        log.error(fields.place_of("weekday"), title, "without `horizon.start` there are no weekdays");
    }
    factors
}

/// The largest weight of a profile.
const MOST_WEIGHT: f64 = 1e12;

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
    let per_day = fields.number("per_day")?;
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

type Openings = Vec<(crate::units::TimeOfDay, crate::units::TimeOfDay)>;

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
            let (from, to): &(crate::units::TimeOfDay, crate::units::TimeOfDay) = opening;
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

/// The weights of the intervals of a day: a whole number of them, dividing the day evenly.
fn profile(fields: &Fields<'_>, profiles: &[Profile]) -> Option<Vec<f64>> {
    let log = fields.cx.log;
    let node = fields.node("profile")?;
    let path = fields.at("profile");
    let weights = match &node.data {
        Data::Text(name) => {
            fields.cx.refer("profile", name, node.place, path.clone());
            profiles.iter().find(|profile| profile.0 == *name)?.1.clone()
        }
        Data::List(items) => numbers(fields, items, &path)?,
        _ => {
            values::wrong_type(log, node, &path, "a list of weights or the name of a profile");
            return None;
        }
    };
    let intervals = Span::DAY.micros() / fields.cx.time.interval.micros().max(1);
    let length = weights.len() as u64;
    if length == 0 || !Span::DAY.micros().is_multiple_of(length) || Span::DAY.micros() / length < 1_000_000 {
        let title = format!("`{path}` must divide the day evenly");
        log.error(node.place, title, format!("{length} weights do not"))
            .help(format!("{intervals} weights are one for each interval of {}", fields.cx.time.interval));
        return None;
    }
    if weights.iter().any(|weight| *weight > MOST_WEIGHT) {
        let title = format!("`{path}` must have weights of {MOST_WEIGHT:e} at most");
        log.error(node.place, title, "only what they are to each other matters");
        return None;
    }
    if weights.iter().sum::<f64>() <= 0.0 {
        let title = format!("`{path}` must have a weight above 0");
        log.error(node.place, title, "the weights sum to 0").help("for no cases write `per_day = 0`");
        return None;
    }
    Some(weights)
}

fn numbers(fields: &Fields<'_>, items: &[Node], path: &str) -> Option<Vec<f64>> {
    let number =
        |(index, item)| values::number(fields.cx.log, item, &format!("{path}[{index}]"), Range::NotNegative);
    let read: Vec<Option<f64>> = items.iter().enumerate().map(number).collect();
    read.into_iter().collect()
}

fn per_hour(fields: &Fields<'_>, weekday: [f64; 7]) -> Option<Volume> {
    let node = fields.node("per_hour")?;
    let log = fields.cx.log;
    let read = |node: &Node, path: &str| values::number(log, node, path, Range::NotNegative);
    let per_hour = stepped(fields.cx, node, &fields.at("per_hour"), read)?;
    Some(Volume::Rate { per_hour, weekday })
}

fn per_interval(fields: &Fields<'_>, weekday: [f64; 7]) -> Option<Volume> {
    let items = fields.list("per_interval")?;
    let path = fields.at("per_interval");
    let counts = numbers(fields, items, &path)?;
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
    let title = format!("`{path}` has the wrong length");
    fields
        .cx
        .log
        .error(fields.place_of("per_interval"), title, format!("{given} numbers"))
        .help(format!("a day has {of_day} intervals of {interval}, the whole horizon {of_horizon}"));
    None
}

fn busyness(table: &Fields<'_>) -> Option<Busyness> {
    table.require(&["cv"]);
    let shared = table.text("shared");
    let correlation = table.number("correlation");
    if correlation.is_some() && shared.is_none() {
        let title = format!("`{}` needs `shared`", table.path);
        table.cx.log.error(table.place_of("correlation"), title, "correlated with what?");
    }
    let cv = table.number("cv")?;
    if cv != 0.0
        && let Err(reason) = Law::gamma(1.0, cv)
    {
        let title = format!("`{}` is out of range", table.at("cv"));
        table.cx.log.error(table.place_of("cv"), title, reason).help("0 makes all days alike");
        return None;
    }
    Some(Busyness { cv, shared, correlation: correlation.unwrap_or(1.0) })
}

fn event(table: &Fields<'_>) -> Option<Event> {
    ["at", "length", "factor"].iter().for_each(|key| table.require(&[key]));
    let log = table.cx.log;
    let at = table.node("at").and_then(|node| {
        let path = table.at("at");
        if table.cx.time.calendar {
            values::date_time(log, node, &path).and_then(|at| table.cx.time.micros(at))
        } else {
            values::duration(log, node, &path).map(|span| span.micros() as i64)
        }
    });
    let length = table.positive_duration("length");
    let factor = table.number("factor");
    let (at, length, factor) = (at?, length?, factor?);
    let end = table.cx.time.end().micros() as i64;
    if at >= end || at.saturating_add(length.micros() as i64) <= -(table.cx.time.warm_up.micros() as i64) {
        let title = format!("`{}` lies outside the horizon", table.path);
        log.warning(table.place_of("at"), title, "it changes nothing");
    }
    Some(Event { name: table.name.to_owned(), at, length, factor })
}
