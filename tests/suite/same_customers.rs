//! The same customers walk in whatever is changed: differences between two centres are differences
//! of the change alone.

use std::collections::{BTreeMap, BTreeSet};

use holdline::model::Model;
use holdline::observations::{Count, Kind, Observations};
use holdline::units::{Instant, Span};

use crate::plays;

const DAYS: u64 = 3;

/// Two queues over three days from Monday; nobody waits past one's patience, nothing comes back.
fn centre(changes: &[(&str, &str)]) -> Model {
    let mut text = "\
horizon = { start = 2026-03-02, days = 3, interval = \"30m\" }
[queues.billing]
talk = { kind = \"lognormal\", mean = \"4m\", cv = 1.1 }
patience = { mean = \"2m\" }
[queues.billing.arrivals]
per_hour = { \"08:00\" = 60, \"12:00\" = 40, \"20:00\" = 3 }
weekday = { mon = 1.0 }
busyness = { cv = 0.2, shared = \"weather\" }
[queues.technical]
talk = { mean = \"5m\" }
patience = { mean = \"3m\" }
[queues.technical.arrivals]
per_hour = 25
busyness = { cv = 0.3, shared = \"weather\", correlation = 0.5 }
[groups.all]
skills = [\"billing\", \"technical\"]
staff = 7
"
    .to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    plays::compile(&text)
}

/// When each queue's cases came, with a draw of the customer's own: who came.
fn customers(model: &Model) -> BTreeMap<String, Vec<(Instant, f64)>> {
    let (_, recorder) = plays::record(model, 7, 0);
    let mut customers: BTreeMap<String, Vec<(Instant, f64)>> = BTreeMap::new();
    for (at, contact, draw) in &recorder.offered {
        customers.entry(model.queues[contact.queue.index()].name.clone()).or_default().push((*at, *draw));
    }
    assert!(customers.values().map(Vec::len).sum::<usize>() > 1000);
    customers
}

fn of_day(customers: &[(Instant, f64)], day: u64) -> Vec<(Instant, f64)> {
    let from = Instant::START + Span::DAY * day;
    customers.iter().copied().filter(|(at, _)| *at >= from && *at < from + Span::DAY).collect()
}

#[test]
fn they_come_whatever_the_staffing_and_the_routing() {
    let base = customers(&centre(&[]));
    for change in [
        ("staff = 7", "staff = 3"),
        ("staff = 7", "staff = { \"00:00\" = 2, \"09:00\" = 12, \"17:00\" = 5 }\nleave = \"random\""),
        ("staff = 7", "staff = 7\n[routing]\nagents = \"random\"\ncontacts = \"first_come_first_served\""),
        ("staff = 7", "staff = 7\n[routing]\nreserve.billing = 2"),
        (
            "skills = [\"billing\", \"technical\"]",
            "skills.billing.speed = 0.7\nskills.technical.priority = 2",
        ),
        ("talk = { mean = \"5m\" }", "talk = \"1m\""),
        ("interval = \"30m\"", "interval = \"1h\", warm_up = \"0d\", at_end = \"drain\""),
    ] {
        assert_eq!(customers(&centre(&[change])), base, "{change:?}");
    }
}

#[test]
fn a_warm_up_and_a_longer_horizon_leave_the_dates_as_they_were() {
    let base = customers(&centre(&[]));
    let warm = customers(&centre(&[("days = 3", "days = 5, warm_up = \"2d\"")]));
    for (queue, base) in &base {
        for day in 0..DAYS {
            let shifted = of_day(&warm[queue], day + 2);
            let shifted: Vec<_> =
                shifted.iter().map(|(at, draw)| (at.micros() - 2 * Span::DAY.micros(), *draw)).collect();
            let base: Vec<_> = of_day(base, day).iter().map(|(at, draw)| (at.micros(), *draw)).collect();
            assert_eq!(shifted, base, "{queue} on day {day}");
        }
    }
}

#[test]
fn another_mondays_volume_leaves_tuesday_alone_and_the_other_queue() {
    let base = customers(&centre(&[]));
    let busy = customers(&centre(&[("mon = 1.0", "mon = 1.3")]));
    assert_eq!(busy["technical"], base["technical"]);
    assert!(of_day(&busy["billing"], 0).len() > of_day(&base["billing"], 0).len() + 50);
    for day in 1..DAYS {
        assert_eq!(of_day(&busy["billing"], day), of_day(&base["billing"], day), "day {day}");
    }
}

#[test]
fn another_hours_volume_leaves_the_other_hours_alone() {
    let base = customers(&centre(&[]));
    let event = "busyness = { cv = 0.2, shared = \"weather\" }\n\
                 events.outage = { at = 2026-03-03T10:00:00, length = \"1h\", factor = 2 }";
    let outage = customers(&centre(&[("busyness = { cv = 0.2, shared = \"weather\" }", event)]));
    let from = Instant::START + Span::DAY + Span::HOUR * 10;
    let outside = |customers: &[(Instant, f64)]| -> Vec<(Instant, f64)> {
        customers.iter().copied().filter(|(at, _)| *at < from || *at >= from + Span::HOUR).collect()
    };
    assert_eq!(outside(&outage["billing"]), outside(&base["billing"]));
    assert!(outage["billing"].len() > base["billing"].len() + 20);
}

#[test]
fn a_volume_moves_arrivals_smoothly() {
    let base = customers(&centre(&[]));
    let more = customers(&centre(&[("per_hour = 25", "per_hour = 25.025")]));
    // A thousandth more: every customer comes a little earlier in the hour, by at most a thousandth
    // of it, and stays the same person.
    let mut by_draw: BTreeMap<u64, Instant> = BTreeMap::new();
    more["technical"].iter().for_each(|(at, draw)| {
        by_draw.insert(draw.to_bits(), *at);
    });
    let mut moved = 0;
    for (at, draw) in &base["technical"] {
        let now = by_draw.get(&draw.to_bits()).expect("nobody stays away when volume grows");
        assert!(now <= at && at.since(*now).seconds() <= 3.6, "{at:?} became {now:?}");
        moved += usize::from(now < at);
    }
    assert_eq!(moved, base["technical"].len());
    assert!(more["technical"].len() - base["technical"].len() < 10);
}

#[test]
fn a_new_queue_and_a_new_group_change_nobody_else() {
    let base = customers(&centre(&[]));
    let queue = "[queues.added]\ntalk = \"1m\"\narrivals = { per_hour = 12, busyness = { cv = 0.4, shared = \"weather\" } }\n\
                 [groups.added]\nskills = [\"added\", \"billing\"]\nstaff = 2\n[groups.all]";
    let mut wider = customers(&centre(&[("[groups.all]", queue)]));
    assert!(wider.remove("added").expect("it has customers").len() > 100);
    assert_eq!(wider, base);
}

#[test]
fn renaming_changes_the_draws_unless_the_stream_keeps_them() {
    let base = customers(&centre(&[]));
    let renamed = |stream: &str| {
        let from = [("queues.technical", "queues.support"), ("\"technical\"]", "\"support\"]")];
        let mut changes = from.to_vec();
        let talk = format!("{stream}talk = {{ mean = \"5m\" }}");
        changes.push(("talk = { mean = \"5m\" }", &talk));
        customers(&centre(&changes))
    };
    assert_eq!(renamed("stream = \"technical\"\n")["support"], base["technical"]);
    let other = renamed("");
    assert_ne!(other["support"], base["technical"]);
    assert_eq!(other["billing"], base["billing"]);
}

#[test]
fn busyness_is_shared_as_far_as_it_says() {
    let volume = |seen: &Observations, queue: usize| {
        let day = |day: usize| {
            seen.queues[queue].rows[48 * day..48 * (day + 1)].iter().map(|row| row[Count::Cases]).sum::<u64>()
        };
        (0..DAYS as usize).map(day).collect::<Vec<_>>()
    };
    // With a factor of cv 0.2 and mean 1 a day's cases vary by more than a Poisson number does.
    let model = centre(&[("staff = 7", "staff = 1")]);
    let days: Vec<(f64, f64)> = (0..100)
        .flat_map(|replication| {
            let seen = plays::play(&model, 3, replication);
            volume(&seen, 0)
                .into_iter()
                .zip(volume(&seen, 1))
                .map(|(a, b)| (a as f64, b as f64))
                .collect::<Vec<_>>()
        })
        .collect();
    let n = days.len() as f64;
    let mean = |pick: &dyn Fn(&(f64, f64)) -> f64| days.iter().map(pick).sum::<f64>() / n;
    let (a, b) = (mean(&|day| day.0), mean(&|day| day.1));
    let variance = [mean(&|day| (day.0 - a).powi(2)), mean(&|day| (day.1 - b).powi(2))];
    // Var = mean + (cv mean)^2, within four standard errors of a variance (about 8 % each).
    for (mean, variance, cv) in [(a, variance[0], 0.2), (b, variance[1], 0.3)] {
        let expected = mean + (cv * mean) * (cv * mean);
        assert!((variance / expected - 1.0).abs() < 0.35, "{variance}, expected {expected}");
    }
    let correlation = mean(&|day| (day.0 - a) * (day.1 - b)) / (variance[0] * variance[1]).sqrt();
    // `billing` is the shared factor itself, `technical` half of it.
    assert!((0.3..0.85).contains(&correlation), "{correlation}");
}

/// A day of every channel, in which customers are passed on, come back and are called.
const CHANNELS: &str = "\
horizon = { start = 2026-03-02, days = 2, interval = \"30m\" }
channels.phone.kind = \"voice\"
channels.chat = { kind = \"chat\", concurrency = 2, slowdown = [1.0, 1.3] }
channels.text.kind = \"messaging\"
channels.mail = { kind = \"deferred\", interruptible = true, restart_cost = \"30s\" }
[queues.billing]
channel = \"phone\"
talk = { mean = \"5m\" }
patience = { mean = \"4m\" }
arrivals.per_hour = 12
self_service = { time = { mean = \"1m\" }, containment = 0.2, false_containment = { share = 0.3, delay = { mean = \"3h\" } } }
callback = { offer_when = { queue_length = 1 }, accept = 0.5, start_when = \"place_reached\", reached = 0.8, retries = 1 }
resolution = { probability = 0.7, repeat_contact = { probability = 0.6, delay = { mean = \"4h\" } } }
transfers.technical = { probability = 0.2, kind = \"warm\", handover = \"20s\", follow_up = \"courtesy\" }
[queues.technical]
channel = \"phone\"
talk = { mean = \"7m\" }
patience = { mean = \"8m\" }
arrivals.per_hour = 3
[queues.live]
channel = \"chat\"
talk = { mean = \"6m\" }
patience = { mean = \"3m\", silent = 0.3 }
arrivals.per_hour = 8
[queues.social]
channel = \"text\"
conversation = { replies = { mean = 3 }, work = { mean = \"1m\" }, customer_reply = { mean = \"15m\" }, park_after = \"3m\", return_to = \"last_agent\" }
arrivals.per_hour = 5
[queues.letters]
channel = \"mail\"
talk = { mean = \"8m\" }
arrivals.per_hour = 6
backlog = 10
chase = { probability = 0.5, after = { mean = \"2h\" }, to = { billing = 0.5 }, limit = 2 }
[follow_ups.courtesy]
trigger = \"transfer\"
owner = \"first_agent\"
channel = \"phone\"
talk = { mean = \"3m\" }
after = { mean = \"2h\" }
reached = 0.7
retries = 2
solves = 0.5
[groups.all]
skills = [\"billing\", \"technical\", \"live\", \"social\", \"letters\"]
staff = 5
[routing]
sticky = \"2m\"
";

/// When the first contacts of each queue's cases wanted an agent, and who they were.
fn first_contacts(changes: &[(&str, &str)]) -> BTreeMap<String, Vec<(Instant, f64)>> {
    let mut text = CHANNELS.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let model = plays::compile(&text);
    let (_, recorder) = plays::record(&model, 7, 0);
    let mut customers: BTreeMap<String, Vec<(Instant, f64)>> = BTreeMap::new();
    let mut known: BTreeSet<u64> = BTreeSet::new();
    for (at, contact, draw) in recorder.offered {
        // Who writes again in a conversation at rest wants an agent once more.
        if contact.kind == Kind::First && contact.earlier_contacts == 0 && known.insert(draw.to_bits()) {
            customers.entry(model.queues[contact.queue.index()].name.clone()).or_default().push((at, draw));
        }
    }
    assert!(customers.values().map(Vec::len).sum::<usize>() > 1000);
    customers
}

#[test]
fn they_come_on_every_channel_whatever_is_changed() {
    let base = first_contacts(&[]);
    let queue = "[queues.added]\nchannel = \"chat\"\ntalk = \"1m\"\narrivals.per_hour = 3\n\
                 [groups.added]\nskills = [\"added\", \"live\"]\nstaff = 1\n[groups.all]";
    let follow_up =
        "[follow_ups.check]\ntrigger = \"resolved\"\nchannel = \"mail\"\ntalk = \"2m\"\n[groups.all]";
    for change in [
        ("staff = 5", "staff = 6"),
        ("staff = 5", "staff = { \"00:00\" = 2, \"09:00\" = 8 }"),
        ("[groups.all]", queue),
        ("[groups.all]", follow_up),
        ("sticky = \"2m\"", "agents = \"least_loaded\""),
        ("slowdown = [1.0, 1.3]", "slowdown = [1.0, 2.0]"),
        ("kind = \"warm\", handover = \"20s\"", "kind = \"conference\""),
        ("park_after = \"3m\", return_to = \"last_agent\"", "park_after = \"1m\""),
        ("start_when = \"place_reached\"", "start_when = { within = \"1h\" }"),
        ("containment = 0.2, ", "containment = 0.2, hang_up = 0, "),
    ] {
        let mut changed = first_contacts(&[change]);
        changed.retain(|name, _| base.contains_key(name));
        assert_eq!(changed, base, "{change:?}");
    }
}
