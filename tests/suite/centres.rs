//! Random small centres, as the tables of a scenario file in any order.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A table of a file: its header and its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub header: String,
    pub lines: Vec<String>,
}

fn table(header: impl Into<String>, lines: impl IntoIterator<Item = String>) -> Table {
    Table { header: header.into(), lines: lines.into_iter().collect() }
}

/// The file's text.
pub fn text(tables: &[Table]) -> String {
    let one = |table: &Table| format!("[{}]\n{}\n", table.header, table.lines.join("\n"));
    tables.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What a centre may have.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Dates, opening hours and shifts; else a study of the steady state.
    pub calendar: bool,
    pub queues: usize,
    pub groups: usize,
}

/// Centres of all kinds: a day or a few hours, up to three queues and three groups.
pub fn centres() -> impl Strategy<Value = Vec<Table>> {
    (any::<bool>(), 1..=3usize, 1..=3usize).prop_flat_map(|(calendar, queues, groups)| {
        let kind = Kind { calendar, queues, groups };
        let queues: Vec<_> = (0..kind.queues).map(|number| queue(kind, number)).collect();
        let groups: Vec<_> = (0..kind.groups).map(|number| group(kind, number)).collect();
        (horizon(kind), channels(), queues, groups, option::of(routing(kind))).prop_map(
            |(horizon, channels, queues, groups, routing)| {
                let mut tables = vec![horizon];
                tables.extend(channels);
                tables.extend(queues.into_iter().flatten());
                tables.extend(groups.into_iter().flatten());
                tables.extend(routing);
                tables
            },
        )
    })
}

fn horizon(kind: Kind) -> impl Strategy<Value = Table> {
    let calendar = (1..=2u32, select(vec!["15m", "30m", "1h"]), select(vec!["0d", "1d"]));
    let steady = (1..=4u32, select(vec!["15m", "30m"]), select(vec!["0s", "45m"]));
    let end = select(vec!["cut", "drain"]);
    (calendar, steady, end).prop_map(move |((days, interval, warm_up), (hours, step, before), end)| {
        let end = format!("at_end = \"{end}\"");
        if kind.calendar {
            let lines = [
                "start = 2026-03-02".to_owned(),
                format!("days = {days}"),
                format!("interval = \"{interval}\""),
                format!("warm_up = \"{warm_up}\""),
                end,
            ];
            table("horizon", lines)
        } else {
            let lines = [
                format!("length = \"{hours}h\""),
                format!("interval = \"{step}\""),
                format!("warm_up = \"{before}\""),
                end,
            ];
            table("horizon", lines)
        }
    })
}

fn channels() -> impl Strategy<Value = Vec<Table>> {
    let limits = (option::of(1..=6u32), option::of(0..=4u32));
    [limits.clone(), limits].prop_map(|limits| {
        let names = ["phone", "video"];
        let channel = |(name, (lines, waiting)): (&str, (Option<u32>, Option<u32>))| {
            let mut out = vec!["kind = \"voice\"".to_owned()];
            out.extend(lines.map(|n| format!("lines = {n}")));
            out.extend(waiting.map(|n| format!("max_waiting = {n}")));
            table(format!("channels.{name}"), out)
        };
        names.into_iter().zip(limits).map(channel).collect()
    })
}

fn distribution() -> impl Strategy<Value = &'static str> {
    select(vec![
        "\"2m\"",
        "\"0s\"",
        "{ mean = \"3m\" }",
        "{ kind = \"lognormal\", mean = \"4m\", cv = 1.2 }",
        "{ kind = \"uniform\", low = \"10s\", high = \"5m\" }",
        "{ kind = \"hyperexponential\", mean = \"2m\", cv = 2, max = \"20m\" }",
        "{ mean = \"1m\", min = \"10s\" }",
    ])
}

fn delay() -> impl Strategy<Value = &'static str> {
    select(vec![
        "\"1m\"",
        "{ mean = \"5m\" }",
        "{ mean = \"2h\" }",
        "{ kind = \"gamma\", mean = \"20m\", cv = 0.5 }",
    ])
}

/// `name(number)`: names whose order is not that of their numbers.
fn queue_name(number: usize) -> &'static str {
    ["mail-order", "billing", "technical"][number]
}

fn group_name(number: usize) -> &'static str {
    ["night", "all-round", "experts"][number]
}

fn queue(kind: Kind, number: usize) -> impl Strategy<Value = Vec<Table>> {
    let here = format!("queues.{}", queue_name(number));
    let to = move |other: usize| queue_name(other % kind.queues);
    let arrivals = (1..=15u32, 0..=30u32, any::<bool>(), option::of(0.1..1.0f64), option::of(0.0..3.0f64));
    let times =
        (distribution(), option::of(distribution()), option::of((distribution(), select(vec![0.0, 0.3]))));
    let hours = option::of(select(vec![
        "[\"mon-fri 08:00-17:00\"]",
        "\"daily 22:00-06:00\"",
        "[\"daily 00:00-11:00 13:00-24:00\"]",
        "[\"daily 09:00-20:00\", \"2026-03-03 closed\"]",
    ]));
    let close = select(vec!["serve", "clear", "serve_for 10m"]);
    let limits = (option::of(0..=4u32), 1..=2u32, hours, close);
    let overflow = option::of((select(vec!["0s", "30s", "2m"]), 1..=2usize));
    let transfer = option::of((0..3usize, 0.05..0.45f64, select(vec!["tail", "age", "head"])));
    let transfers = (transfer.clone(), transfer);
    let retry = || option::of((0.1..1.0f64, delay(), 1..=4u32, 0..3usize, 0.0..1.0f64));
    let retries = (retry(), retry(), retry(), any::<bool>());
    let resolution = option::of((0.3..1.0f64, option::of((0.1..1.0f64, delay(), 0..3usize))));
    (arrivals, times, limits, overflow, transfers, retries, resolution).prop_map(
        move |(arrivals, times, limits, overflow, transfers, retries, resolution)| {
            let mut tables = Vec::new();
            let (talk, wrap_up, patience) = times;
            let channel = ["phone", "phone", "video"][number];
            let mut lines = vec![format!("channel = \"{channel}\""), format!("talk = {talk}")];
            lines.extend(wrap_up.map(|distribution| format!("wrap_up = {distribution}")));
            let (max_waiting, priority, hours, close) = limits;
            lines.extend(max_waiting.map(|n| format!("max_waiting = {n}")));
            lines.push(format!("priority = {priority}"));
            lines.push("target = { share = 0.8, within = \"20s\" }".to_owned());
            if let Some(hours) = hours.filter(|_| kind.calendar) {
                lines.push(format!("open = {hours}"));
                lines.push(format!("at_close = \"{close}\""));
            }
            if let Some((distribution, balk)) = patience {
                match distribution.strip_prefix("{ ") {
                    Some(rest) => lines.push(format!("patience = {{ balk = {balk}, {rest}")),
                    None => lines.push(format!("patience = {distribution}")),
                }
            }
            // To a later queue only, so that nobody goes round for ever.
            if let Some((after, by)) = overflow.filter(|(_, by)| number + by < kind.queues) {
                lines.push(format!("overflow = {{ after = \"{after}\", to = \"{}\" }}", to(number + by)));
            }
            tables.push(table(&here, lines));

            let (low, high, stepped, busyness, event) = arrivals;
            let rate = match (stepped, kind.calendar) {
                (false, _) => format!("per_hour = {low}"),
                (true, true) => format!("per_hour = {{ \"08:00\" = {high}, \"16:15\" = {low} }}"),
                (true, false) => format!("per_hour = {{ \"0h\" = {low}, \"50m\" = {high} }}"),
            };
            tables.push(table(format!("{here}.arrivals"), [rate]));
            if let Some(cv) = busyness {
                let lines =
                    [format!("cv = {cv:.3}"), "shared = \"weather\"".into(), "correlation = 0.6".into()];
                tables.push(table(format!("{here}.arrivals.busyness"), lines));
            }
            if let Some(factor) = event {
                let (at, later) = match kind.calendar {
                    true => ("2026-03-02T10:20:00", "2026-03-02T10:50:00"),
                    false => ("\"20m\"", "\"50m\""),
                };
                for (name, at, factor) in [("outage", at, factor), ("mailing", later, 1.37)] {
                    let lines =
                        [format!("at = {at}"), "length = \"45m\"".into(), format!("factor = {factor:.3}")];
                    tables.push(table(format!("{here}.arrivals.events.{name}"), lines));
                }
            }

            let (first, second) = transfers;
            let mut known = Vec::new();
            for (other, probability, requeue) in first.into_iter().chain(second) {
                if !known.contains(&to(other)) {
                    known.push(to(other));
                    let lines =
                        [format!("probability = {probability:.3}"), format!("requeue = \"{requeue}\"")];
                    tables.push(table(format!("{here}.transfers.{}", to(other)), lines));
                }
            }

            let (abandon, busy, closed, at_opening) = retries;
            let names = ["after_abandon", "after_busy", "after_closed"];
            for (name, retry) in names.into_iter().zip([abandon, busy, closed]) {
                let Some((probability, delay, limit, other, share)) = retry else { continue };
                let mut lines = vec![format!("probability = {probability:.3}"), format!("limit = {limit}")];
                if name != "after_closed" || !at_opening {
                    lines.push(format!("delay = {delay}"));
                }
                tables.push(table(format!("{here}.retry.{name}"), lines));
                let mut shares = vec![format!("{} = {:.3}", to(other), share / 2.0)];
                if kind.queues > 1 {
                    shares.push(format!("{} = {:.3}", to(other + 1), share / 3.0));
                }
                tables.push(table(format!("{here}.retry.{name}.to"), shares));
            }
            if let Some((probability, repeat_contact)) = resolution {
                tables.push(table(format!("{here}.resolution"), [format!("probability = {probability:.3}")]));
                if let Some((probability, delay, other)) = repeat_contact {
                    let lines = [
                        format!("probability = {probability:.3}"),
                        format!("delay = {delay}"),
                        format!("to = {{ {} = 0.7 }}", to(other)),
                    ];
                    tables.push(table(format!("{here}.resolution.repeat_contact"), lines));
                }
            }
            tables
        },
    )
}

fn group(kind: Kind, number: usize) -> impl Strategy<Value = Vec<Table>> {
    let here = format!("groups.{}", group_name(number));
    let skill = (
        (1..=3u32, 1..=3u32, any::<bool>()),
        select(vec![1.0, 0.8, 1.5]),
        option::of(select(vec!["20s", "90s"])),
        option::of(0.2..1.0f64),
    );
    let skills = vec(skill, kind.queues);
    let staff =
        (0..=3u32, 1..=4u32, any::<bool>(), select(vec!["longest_idle", "random", "first_to_finish"]));
    let shift = (
        1..=3u32,
        select(vec!["daily", "mon-fri", "sat-mon"]),
        select(vec!["00:00", "07:30", "09:00", "16:00", "22:00"]),
        select(vec!["4h", "8h30m", "12h", "24h"]),
        vec((0..=100u32, select(vec!["5m", "15m", "30m"]), any::<bool>()), 0..=2),
    );
    let shifts = vec(shift, 0..=2);
    let shrinkage = option::of((0.0..0.5f64, 0.0..0.3f64));
    (skills, staff, shifts, shrinkage, any::<bool>()).prop_map(move |(skills, staff, shifts, shrinkage, paid)| {
        let mut tables = Vec::new();
        let shifts = if kind.calendar { shifts } else { Vec::new() };
        let mut lines = Vec::new();
        let (low, high, stepped, leave) = staff;
        if shifts.is_empty() || stepped {
            lines.push(match (stepped, kind.calendar) {
                (false, _) => format!("staff = {high}"),
                (true, true) => {
                    format!("staff = {{ \"06:00\" = {high}, \"12:00\" = {low}, \"17:00\" = {high}, \"21:30\" = 0 }}")
                }
                (true, false) => format!("staff = {{ step = \"7m\", values = [{high}, {low}, {high}, 0] }}"),
            });
            lines.push(format!("leave = \"{leave}\""));
        }
        if let Some((absence, training)) = shrinkage.filter(|_| kind.calendar) {
            lines.push(format!("shrinkage = {{ absence = {absence:.3}, training = {training:.3} }}"));
        }
        if paid {
            lines.push("cost = { per_hour = 20 }".to_owned());
        }
        tables.push(table(&here, lines));
        let able = |queue: &usize| queue % kind.groups == number || *queue == number || skills[*queue].0.2;
        // A group has a skill, and every queue a group.
        let queues: Vec<usize> = (0..kind.queues).filter(able).collect();
        let queues = if queues.is_empty() { vec![0] } else { queues };
        for queue in queues {
            let ((priority, takes, _), speed, after, resolution) = &skills[queue];
            let mut lines = vec![format!("priority = {priority}"), format!("takes = {takes}")];
            lines.push(format!("speed = {speed}"));
            lines.extend(after.map(|after| format!("after = \"{after}\"")));
            lines.extend(resolution.map(|share| format!("resolution = {share:.3}")));
            tables.push(table(format!("{here}.skills.{}", queue_name(queue)), lines));
        }
        for ((agents, days, start, length, breaks), name) in shifts.into_iter().zip(["late", "early"]) {
            let lines = [
                format!("agents = {agents}"),
                format!("days = \"{days}\""),
                format!("start = \"{start}\""),
                format!("length = \"{length}\""),
            ];
            tables.push(table(format!("{here}.shifts.{name}"), lines));
            for ((after, length, paid), pause) in breaks.into_iter().zip(["lunch", "coffee"]) {
                let lines = [
                    format!("after = \"{after}m\""),
                    format!("length = \"{length}\""),
                    "spread = \"40m\"".to_owned(),
                    format!("paid = {paid}"),
                ];
                tables.push(table(format!("{here}.shifts.{name}.breaks.{pause}"), lines));
            }
        }
        tables
    })
}

fn routing(kind: Kind) -> impl Strategy<Value = Table> {
    let agents = select(vec!["skill_priority", "longest_idle", "random"]);
    let contacts = select(vec!["priority", "first_come_first_served"]);
    (agents, contacts, option::of((0..kind.queues, 0..=2u32))).prop_map(|(agents, contacts, reserve)| {
        let mut lines = vec![format!("agents = \"{agents}\""), format!("contacts = \"{contacts}\"")];
        lines.extend(reserve.map(|(queue, n)| format!("reserve.{} = {n}", queue_name(queue))));
        table("routing", lines)
    })
}
