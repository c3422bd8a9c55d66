//! The whole file: horizon, experiment, report, and who reads the rest.

use crate::units::Span;

use super::super::{Days, Experiment, Horizon, IntervalRows, Precision, ReportOptions, Scenario};
use super::arrivals::Profile;
use super::channel::Channels;
use super::{follow_up, group, queue, routing, sweep, table_times, tool};
use crate::reading::context::TimeFrame;
use crate::reading::fields::Fields;
use crate::reading::shape::Range;
use crate::reading::tree::Data;
use crate::reading::values;
use crate::vocabulary::AtEnd;

/// The most intervals of a horizon: a report keeps a row for each of them.
const MOST_INTERVALS: u64 = 2_000_000;

/// Reads everything.
pub(super) fn scenario(root: &Fields<'_>, name: &str) -> Scenario {
    let title = root.text("title").unwrap_or_else(|| name.to_owned());
    // Read when the files were put together.
    root.node("extends");
    let profiles = profiles(root);
    let (horizon, _) = horizon(root);
    let experiment = experiment(root);
    let channels = Channels::read(root);
    root.require(&["queues"]);
    root.require(&["groups"]);
    let queues =
        root.tables("queues").iter().map(|fields| queue::queue(fields, &channels, &profiles)).collect();
    let follow_ups =
        root.tables("follow_ups").iter().map(|fields| follow_up::follow_up(fields, &channels)).collect();
    let groups = root.tables("groups").iter().map(group::group).collect();
    let routing = root.table("routing").map(|fields| routing::routing(&fields)).unwrap_or_default();
    let report = root.table("report").map(|fields| report(&fields)).unwrap_or_default();
    Scenario {
        title,
        horizon,
        experiment,
        channels: channels.list,
        queues,
        groups,
        report,
        routing,
        follow_ups,
        customer_history: tool::tool(root, "customer_history"),
        knowledge_base: tool::tool(root, "knowledge_base"),
        sweep: sweep::sweep(root),
        variants: sweep::variants(root),
    }
}

/// The named profiles; each is checked where it is used.
fn profiles(root: &Fields<'_>) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for (name, _, node) in root.each("profiles") {
        let path = format!("profiles.{name}");
        let Data::List(items) = &node.data else {
            values::wrong_type(root.cx.log, node, &path, "a list of weights");
            continue;
        };
        let weight = |(index, item)| {
            values::number(root.cx.log, item, &format!("{path}[{index}]"), Range::NotNegative).unwrap_or(1.0)
        };
        profiles.push((name.to_owned(), items.iter().enumerate().map(weight).collect()));
    }
    profiles
}

/// The horizon, and what other parts need to know of it.
pub(super) fn horizon(root: &Fields<'_>) -> (Horizon, TimeFrame) {
    root.require(&["horizon"]);
    let mut horizon = Horizon {
        start: None,
        length: Span::DAY,
        interval: Span::from_whole_seconds(1800),
        warm_up: Span::ZERO,
        cool_down: Span::ZERO,
        at_end: AtEnd::Cut,
        time_zone: None,
    };
    let mut calendar = true;
    if let Some(fields) = root.table("horizon") {
        calendar = fields.has("start") || !fields.has("length");
        read_horizon(&fields, calendar, &mut horizon);
    }
    let time = TimeFrame {
        calendar,
        start: horizon.start,
        length: horizon.length,
        interval: horizon.interval,
        warm_up: horizon.warm_up,
        cool_down: horizon.cool_down,
    };
    (horizon, time)
}

fn read_horizon(fields: &Fields<'_>, calendar: bool, horizon: &mut Horizon) {
    let log = fields.cx.log;
    horizon.start = fields.node("start").and_then(|node| values::date(log, node, &fields.at("start")));
    let days = fields.long_count("days");
    horizon.time_zone =
        fields.text("time_zone").filter(|name| table_times::zone(fields, "time_zone", name).is_some());
    let length = fields.positive_duration("length");
    if let Some(interval) = fields.positive_duration("interval") {
        horizon.interval = interval;
    }
    horizon.warm_up = fields.duration("warm_up").unwrap_or(Span::ZERO);
    horizon.cool_down = fields.duration("cool_down").unwrap_or(Span::ZERO);
    horizon.at_end = fields.word("at_end").unwrap_or(AtEnd::Cut);
    fields.require(&["start", "length"]);
    if calendar {
        if fields.has("length") {
            log.error(
                fields.place_of("length"),
                "the horizon has both `start` and `length`",
                "no length here",
            )
            .help("with a start write `days`; a `length` is for a study of the steady state, without start");
        }
        horizon.length = match days.unwrap_or(1) {
            days @ 0..=36_525 => Span::DAY * days,
            days => {
                let title = "`horizon.days` must be a hundred years or less";
                log.error(fields.place_of("days"), title, format!("{days} days are more"));
                Span::DAY
            }
        };
        for (key, span, lie) in [
            ("warm_up", horizon.warm_up, "before the start"),
            ("cool_down", horizon.cool_down, "after the end"),
        ] {
            if !span.micros().is_multiple_of(Span::DAY.micros()) {
                log.error(
                    fields.place_of(key),
                    format!("`horizon.{key}` must be whole days where there is a start"),
                    format!("{span} is not"),
                )
                .help(format!("these days lie {lie}: write \"0d\", \"1d\", ..."));
            }
        }
    } else {
        if fields.has("days") {
            log.error(
                fields.place_of("days"),
                "the horizon has `days` but no `start`",
                "days of which weekday?",
            )
            .help("add `start = 2026-03-02`, or leave `days` out");
        }
        horizon.length = length.unwrap_or(Span::DAY);
    }
    let (whole, name) = if calendar { (Span::DAY, "the day") } else { (horizon.length, "the horizon") };
    if !whole.micros().is_multiple_of(horizon.interval.micros()) {
        let title = format!("`horizon.interval` must divide {name} evenly");
        log.error(
            fields.place_of("interval"),
            title,
            format!("{} does not divide {whole}", horizon.interval),
        )
        .help("usual are \"15m\", \"30m\" and \"1h\"");
        horizon.interval = whole;
    }
    let intervals = horizon.length.micros() / horizon.interval.micros();
    if intervals > MOST_INTERVALS {
        let title = format!("the horizon has more than {MOST_INTERVALS} intervals");
        log.error(fields.place_of("interval"), title, format!("{intervals} of them"))
            .help("choose a longer `interval`");
        horizon.interval = whole;
    }
}

fn experiment(root: &Fields<'_>) -> Experiment {
    let mut experiment =
        Experiment { replications: 100, seed: 1, confidence: 0.95, days: Days::Stratified, precision: None };
    let Some(fields) = root.table("experiment") else { return experiment };
    experiment.replications = fields.long_count("replications").unwrap_or(experiment.replications);
    experiment.seed = fields.long_count("seed").unwrap_or(experiment.seed);
    experiment.confidence = fields.number("confidence").unwrap_or(experiment.confidence);
    experiment.days = fields.word("days").unwrap_or(experiment.days);
    if let Some(precision) = fields.table("precision") {
        precision.require(&["figure"]);
        precision.require(&["half_width"]);
        let figure = precision.text("figure").unwrap_or_default();
        figure_name(&precision, &figure);
        let max_replications = precision.long_count("max_replications").unwrap_or(10_000);
        if max_replications < experiment.replications {
            let reason = format!("the first look is at {} replications", experiment.replications);
            let title =
                format!("`{}` must not be less than `replications`", precision.at("max_replications"));
            fields.cx.log.error(precision.place_of("max_replications"), title, reason);
        }
        let half_width = precision.number("half_width").unwrap_or(1.0);
        experiment.precision = Some(Precision { figure, half_width, max_replications });
    }
    experiment
}

/// Checks as much of a figure's name as this floor knows.
fn figure_name(fields: &Fields<'_>, figure: &str) {
    if figure.is_empty() {
        return;
    }
    let parts: Vec<&str> = figure.split('.').collect();
    let place = fields.place_of("figure");
    match parts.as_slice() {
        ["total", _] => {}
        ["queues", name, _] => fields.cx.refer("queue", name, place, fields.at("figure")),
        ["groups", name, _] => fields.cx.refer("group", name, place, fields.at("figure")),
        ["channels", name, _] => fields.cx.refer("channel", name, place, fields.at("figure")),
        _ => {
            let title = format!("`{}` must be the dotted name of a figure", fields.at("figure"));
            fields
                .cx
                .log
                .error(place, title, format!("`{figure}` is not"))
                .help("write it like \"total.service_level\" or \"queues.billing.abandonment\"");
        }
    }
}

fn report(fields: &Fields<'_>) -> ReportOptions {
    let mut report = ReportOptions::default();
    if let Some(window) = fields.duration("fcr_window") {
        report.fcr_window = window;
    }
    report.intervals = fields.word("intervals").unwrap_or(IntervalRows::Auto);
    report
}
