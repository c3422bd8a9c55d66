//! Random small centres of every channel, as the tables of a scenario file.
//!
//! A centre is read off strings of random bytes, one string a table of the file: a zero takes the
//! first of several choices and leaves out what may be left out, so that a failing centre shrinks to
//! a plain one.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::centres::Table;

/// The queues that a centre may have, with their channels; their order is not that of their names.
const QUEUES: [(&str, &str); 6] = [
    ("phone-in", "phone"),
    ("letters", "mail"),
    ("live", "chat"),
    ("social", "text"),
    ("experts", "phone"),
    ("archive", "back"),
];
const CHANNELS: [(&str, &str); 5] =
    [("phone", "voice"), ("mail", "deferred"), ("chat", "chat"), ("text", "messaging"), ("back", "deferred")];
const GROUPS: [&str; 3] = ["night", "all-round", "day"];
const FOLLOW_UPS: [&str; 3] = ["courtesy", "apology", "check"];
const DISTRIBUTIONS: [&str; 7] = [
    "\"2m\"",
    "{ mean = \"3m\" }",
    "\"0s\"",
    "{ kind = \"lognormal\", mean = \"4m\", cv = 1.2 }",
    "{ kind = \"uniform\", low = \"0s\", high = \"6m\" }",
    "\"10m\"",
    "{ mean = \"20s\" }",
];
const LONG: [&str; 2] = ["\"40m\"", "{ mean = \"1h\" }"];
const DELAYS: [&str; 6] =
    ["{ mean = \"5m\" }", "\"2m\"", "{ mean = \"1h\" }", "\"30s\"", "{ mean = \"8h\" }", "\"10m\""];
const HOURS: [&str; 5] = [
    "\"daily 08:00-17:00\"",
    "\"daily 22:00-06:00\"",
    "[\"daily 00:00-11:00 13:00-24:00\"]",
    "[\"mon-fri 09:00-20:00\", \"2026-03-03 closed\"]",
    "[\"daily 10:00-12:00 14:00-15:00\"]",
];

/// A string of random bytes, read as choices; zeros when it has run out.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.next() % from.len()]
    }

    /// True with this chance, in percent.
    fn chance(&mut self, percent: usize) -> bool {
        self.next() * 100 >= (100 - percent) * 256
    }

    fn up_to(&mut self, most: usize) -> usize {
        self.next() % (most + 1)
    }

    /// A share up to `most`, from 0.
    fn share(&mut self, most: f64) -> String {
        format!("{:.3}", most * self.next() as f64 / 255.0)
    }
}

/// What a centre has.
struct Plan {
    /// Dates, opening hours and shifts; else a study of the steady state.
    calendar: bool,
    queues: Vec<usize>,
    groups: usize,
    /// (name, trigger) of each follow-up.
    follow_ups: Vec<(&'static str, &'static str)>,
}

impl Plan {
    fn name(&self, number: usize) -> &'static str {
        QUEUES[self.queues[number % self.queues.len()]].0
    }

    /// A table of shares of where contacts go.
    fn destinations(&self, choices: &mut Choices<'_>) -> String {
        let (first, second) = (choices.up_to(5), choices.up_to(5));
        let mut shares = vec![format!("{} = {}", self.name(first), choices.share(0.6))];
        if self.name(first) != self.name(second) {
            shares.push(format!("{} = {}", self.name(second), choices.share(0.4)));
        }
        format!("{{ {} }}", shares.join(", "))
    }
}

/// Centres of every channel: a day or two, or a few hours.
pub fn centres() -> impl Strategy<Value = Vec<Table>> {
    let bytes = || vec(any::<u8>(), 90);
    (vec(any::<u8>(), 60), vec(bytes(), QUEUES.len()), vec(bytes(), GROUPS.len()), bytes())
        .prop_map(|(top, queues, groups, rest)| centre(&top, &queues, &groups, &rest))
}

fn centre(top: &[u8], queues: &[Vec<u8>], groups: &[Vec<u8>], rest: &[u8]) -> Vec<Table> {
    let mut choices = Choices(top);
    let choices = &mut choices;
    let calendar = choices.chance(60);
    let first = choices.up_to(QUEUES.len() - 1);
    let mut chosen: Vec<usize> =
        (0..QUEUES.len()).filter(|queue| *queue == first || choices.chance(45)).collect();
    chosen.sort_unstable();
    let triggers = ["transfer", "unresolved", "resolved", "complaint", "arrival"];
    let follow_ups = FOLLOW_UPS
        .iter()
        .filter_map(|name| Some((*name, choices.chance(40).then(|| choices.pick(&triggers))?)));
    let follow_ups = follow_ups.collect();
    let plan = Plan { calendar, queues: chosen, groups: 1 + choices.up_to(GROUPS.len() - 1), follow_ups };
    let mut tables = vec![horizon(&plan, choices)];
    tables.extend(CHANNELS.iter().map(|channel| self::channel(*channel, choices)));
    for number in 0..plan.queues.len() {
        tables.extend(queue(&plan, number, &mut Choices(&queues[plan.queues[number]])));
    }
    for (number, bytes) in groups.iter().enumerate().take(plan.groups) {
        tables.extend(group(&plan, number, &mut Choices(bytes)));
    }
    let mut rest = Choices(rest);
    for (name, trigger) in &plan.follow_ups {
        tables.push(follow_up(&plan, name, trigger, &mut rest));
    }
    tables.push(routing(&plan, &mut rest));
    tables.extend(tools(&mut rest));
    tables
}

fn table(header: impl Into<String>, lines: Vec<String>) -> Table {
    Table { header: header.into(), lines }
}

fn horizon(plan: &Plan, choices: &mut Choices<'_>) -> Table {
    let mut lines = vec![format!("at_end = \"{}\"", choices.pick(&["cut", "drain"]))];
    if plan.calendar {
        lines.push(format!("start = {}", choices.pick(&["2026-03-02", "2026-03-06"])));
        lines.push(format!("days = {}", choices.pick(&[1, 1, 1, 2])));
        lines.push(format!("interval = \"{}\"", choices.pick(&["1h", "30m"])));
        lines.push(format!("warm_up = \"{}\"", choices.pick(&["0d", "0d", "0d", "1d"])));
    } else {
        lines.push(format!("length = \"{}h\"", 1 + choices.up_to(7)));
        lines.push(format!("interval = \"{}\"", choices.pick(&["30m", "15m"])));
        lines.push(format!("warm_up = \"{}\"", choices.pick(&["0s", "0s", "45m"])));
    }
    if choices.chance(30) {
        lines.push(format!("cool_down = \"{}\"", if plan.calendar { "1d" } else { "3h" }));
    }
    table("horizon", lines)
}

fn channel((name, kind): (&str, &str), choices: &mut Choices<'_>) -> Table {
    let mut lines = vec![format!("kind = \"{kind}\"")];
    if choices.chance(25) {
        lines.push(format!("max_waiting = {}", choices.up_to(5)));
    }
    match kind {
        "voice" if choices.chance(25) => lines.push(format!("lines = {}", 1 + choices.up_to(6))),
        "chat" | "messaging" => {
            let concurrency = 1 + choices.up_to(3);
            lines.push(format!("concurrency = {concurrency}"));
            let slowdown = choices.pick(&[&[][..], &["1.0", "1.25", "1.6"], &["1.5", "0.7"], &["2.0"]]);
            if !slowdown.is_empty() {
                let factors = slowdown.iter().take(concurrency).copied().collect::<Vec<_>>().join(", ");
                lines.push(format!("slowdown = [{factors}]"));
            }
            if choices.chance(40) {
                lines.push(format!("wind_down = \"{}\"", choices.pick(&["15m", "1h", "3h"])));
            }
        }
        "deferred" if choices.chance(60) => {
            lines.push("interruptible = true".to_owned());
            lines.push(format!("restart_cost = \"{}\"", choices.pick(&["0s", "30s", "2m"])));
        }
        _ => {}
    }
    table(format!("channels.{name}"), lines)
}

fn queue(plan: &Plan, number: usize, choices: &mut Choices<'_>) -> Vec<Table> {
    let (name, channel) = QUEUES[plan.queues[number]];
    let here = format!("queues.{name}");
    let (voice, chat) = (channel == "phone", channel == "chat");
    let (messaging, deferred) = (channel == "text", matches!(channel, "mail" | "back"));
    let unlimited = deferred && choices.chance(20);
    let mut lines = vec![format!("channel = \"{channel}\""), format!("priority = {}", 1 + choices.up_to(1))];
    let mut tables = Vec::new();

    let rate = choices.pick(&[2, 1, 3, 5]);
    lines.push(match (choices.chance(40), plan.calendar) {
        (false, _) => format!("arrivals.per_hour = {rate}"),
        (true, true) => {
            format!("arrivals.per_hour = {{ \"08:00\" = {}, \"12:15\" = 3, \"19:00\" = 0 }}", rate * 2)
        }
        (true, false) => format!("arrivals.per_hour = {{ \"0h\" = {}, \"70m\" = 0 }}", rate * 6),
    });

    if (chat || messaging) && choices.chance(60) {
        let replies = choices.pick(&["2", "1", "{ mean = 3 }", "5"]);
        let mut turns = vec![
            format!("replies = {replies}"),
            format!("work = {}", choices.pick(&DISTRIBUTIONS)),
            format!(
                "customer_reply = {}",
                choices.pick(&["{ mean = \"2m\" }", "\"0s\"", "{ mean = \"1h\" }", "\"3m\""])
            ),
        ];
        if choices.chance(75) {
            turns.push(format!("park_after = \"{}\"", choices.pick(&["3m", "1s", "30m"])));
            turns.push(format!("return_to = \"{}\"", choices.pick(&["queue", "last_agent"])));
        }
        tables.push(table(format!("{here}.conversation"), turns));
    } else {
        // Nothing takes no time where there is always something more.
        lines
            .push(format!("talk = {}", choices.pick(if unlimited { &LONG[..] } else { &DISTRIBUTIONS[..] })));
    }
    if choices.chance(50) {
        lines.push(format!("wrap_up = {}", choices.pick(&DISTRIBUTIONS)));
    }
    if choices.chance(20) {
        lines.push(format!("max_waiting = {}", choices.up_to(4)));
    }
    let open = plan.calendar && choices.chance(45);
    if open {
        lines.push(format!("open = {}", choices.pick(&HOURS)));
        if voice || chat {
            lines.push(format!("at_close = \"{}\"", choices.pick(&["serve", "clear", "serve_for 10m"])));
        }
    }
    if !deferred && choices.chance(60) {
        let silent = if chat && choices.chance(60) {
            format!("silent = {}, found_out = \"{}\"", choices.share(1.0), choices.pick(&["90s", "0s"]))
        } else {
            "balk = 0".to_owned()
        };
        let distribution =
            choices.pick(&["mean = \"3m\"", "mean = \"20m\"", "kind = \"constant\", mean = \"2m\""]);
        lines.push(format!("patience = {{ {silent}, {distribution} }}"));
    }
    if choices.chance(40) {
        let clock = if open && !voice && !chat { ", clock = \"open_hours\"" } else { "" };
        let within =
            if plan.calendar && !voice && !chat { choices.pick(&["1h", "1wd", "0.5wd"]) } else { "20s" };
        let clock = if within.ends_with("wd") { "" } else { clock };
        lines.push(format!("target = {{ share = 0.8, within = \"{within}\"{clock} }}"));
    }
    if plan.calendar && choices.chance(30) {
        lines.push("targets.resolve = { share = 0.9, within = \"1wd\" }".to_owned());
    }
    // At once to a later queue only, so that nobody goes round for ever at one instant; after a time to any
    // queue, the queue itself included.
    let later = number + 1 + choices.up_to(2);
    let overflows = choices.chance(40);
    if overflows {
        let at_once = later < plan.queues.len() && choices.chance(30);
        let to = if at_once { later } else { choices.up_to(plan.queues.len() - 1) };
        let after = if at_once { "0s" } else { choices.pick(&["1m", "7m", "1h"]) };
        lines.push(format!("overflow = {{ after = \"{after}\", to = \"{}\" }}", plan.name(to)));
    }
    if later < plan.queues.len() && choices.chance(30) {
        let mut to =
            vec![format!("to = \"{}\"", plan.name(later)), format!("share = {}", choices.share(0.5))];
        if choices.chance(50) {
            to.push(format!("after_attempts = {}", 1 + choices.up_to(2)));
        }
        if !overflows && choices.chance(50) {
            to.push(format!("after_wait = \"{}\"", choices.pick(&["1m", "1s", "10m"])));
        }
        lines.push(format!("escalation = {{ {} }}", to.join(", ")));
    }
    if unlimited {
        lines.push("backlog = \"unlimited\"".to_owned());
    } else if deferred && choices.chance(40) {
        lines.push(format!("backlog = {}", choices.up_to(20)));
    }
    if deferred && choices.chance(50) {
        let limit = if choices.chance(50) { "limit = 2" } else { "duplicate = \"0s\"" };
        let (share, after) = (choices.share(1.0), choices.pick(&DELAYS));
        let to = plan.destinations(choices);
        lines.push(format!("chase = {{ probability = {share}, after = {after}, to = {to}, {limit} }}"));
    }
    for (key, apt) in [("after_abandon", !deferred), ("after_busy", true), ("after_closed", voice || chat)] {
        if apt && choices.chance(35) {
            let to = plan.destinations(choices);
            let mut retry = vec![format!("probability = {}", choices.share(0.9)), format!("to = {to}")];
            if key != "after_closed" || choices.chance(50) {
                retry.push(format!("delay = {}", choices.pick(&DELAYS)));
            }
            lines.push(format!("retry.{key} = {{ {} }}", retry.join(", ")));
        }
    }
    if choices.chance(50) {
        let to = plan.destinations(choices);
        lines.push(format!("resolution.probability = {}", choices.share(1.0)));
        lines.push(format!(
            "resolution.repeat_contact = {{ probability = {}, delay = {}, to = {to} }}",
            choices.share(0.9),
            choices.pick(&DELAYS)
        ));
    }
    let mut known = Vec::new();
    for _ in 0..choices.up_to(2) {
        let to = plan.name(choices.up_to(5));
        let mut transfer = vec![format!("probability = {}", choices.share(0.45))];
        transfer.push(format!("requeue = \"{}\"", choices.pick(&["tail", "age", "head"])));
        let live =
            |name: &str| QUEUES.iter().any(|(queue, on)| *queue == name && matches!(*on, "phone" | "chat"));
        let kinds = if live(name) && live(to) { &["cold", "warm", "conference"][..] } else { &["cold"] };
        let kind = choices.pick(kinds);
        transfer.push(format!("kind = \"{kind}\""));
        if kind == "warm" {
            transfer.push(format!("handover = \"{}\"", choices.pick(&["30s", "0s", "3m"])));
        }
        if kind != "cold" && choices.chance(50) {
            transfer.push(format!("hold_limit = \"{}\"", choices.pick(&["1m", "1s", "10m"])));
        }
        if choices.chance(30) {
            transfer.push(format!("delay = \"{}\"", choices.pick(&["15s", "2m", "1h"])));
        }
        let named = plan.follow_ups.iter().find(|(_, trigger)| *trigger == "transfer");
        if let Some((follow_up, _)) = named.filter(|_| choices.chance(60)) {
            transfer.push(format!("follow_up = \"{follow_up}\""));
        }
        if !known.contains(&to) {
            known.push(to);
            tables.push(table(format!("{here}.transfers.{to}"), transfer));
        }
    }
    if choices.chance(30) {
        tables.push(self_service(plan, &here, open, choices));
    }
    if voice && choices.chance(50) {
        tables.push(callback(&here, choices));
    }
    tables.insert(0, table(here, lines));
    tables
}

fn self_service(plan: &Plan, here: &str, open: bool, choices: &mut Choices<'_>) -> Table {
    let mut lines = vec![
        format!("time = {}", choices.pick(&["{ mean = \"70s\" }", "\"1s\"", "\"2m\""])),
        format!("containment = {}", choices.share(0.6)),
        format!("hang_up = {}", choices.share(0.3)),
        format!("to = {}", plan.destinations(choices)),
    ];
    if choices.chance(50) {
        let (share, delay) = (choices.share(1.0), choices.pick(&DELAYS));
        lines.push(format!("false_containment = {{ share = {share}, delay = {delay} }}"));
    }
    if plan.calendar && choices.chance(40) {
        lines.push(format!("open = {}", choices.pick(&HOURS)));
    }
    if open && choices.chance(60) {
        lines.push(format!("to_when_closed = {}", plan.destinations(choices)));
    }
    if choices.chance(40) {
        lines.push(format!("sessions = {}", 1 + choices.up_to(2)));
    }
    table(format!("{here}.self_service"), lines)
}

fn callback(here: &str, choices: &mut Choices<'_>) -> Table {
    let offer = ["queue_length = 0", "expected_wait = \"30s\"", "queue_length = 2", "expected_wait = \"5m\""];
    let start = [
        "{ idle_agents = 1 }",
        "\"place_reached\"",
        "{ within = \"10m\" }",
        "{ idle_agents = 2 }",
        "{ within = \"1s\" }",
    ];
    let mut lines = vec![
        format!("offer_when = {{ {} }}", choices.pick(&offer)),
        format!("accept = {}", choices.pick(&["1", "0.5"])),
        format!("start_when = {}", choices.pick(&start)),
    ];
    if choices.chance(60) {
        lines.push(format!("reached = {}", choices.share(0.9)));
        lines.push(format!("ring = \"{}\"", choices.pick(&["30s", "0s"])));
        lines.push(format!("retries = {}", choices.up_to(3)));
        lines.push(format!("retry_after = {}", choices.pick(&["\"5m\"", "\"0s\"", "{ mean = \"1h\" }"])));
    }
    table(format!("{here}.callback"), lines)
}

fn follow_up(plan: &Plan, name: &str, trigger: &str, choices: &mut Choices<'_>) -> Table {
    let mut lines = vec![format!("trigger = \"{trigger}\"")];
    let owner = choices.pick(&["last_agent", "first_agent", "queue"]);
    let queue = plan.name(choices.up_to(5));
    let owner = if trigger == "arrival" || owner == "queue" { queue } else { owner };
    lines.push(format!("owner = \"{owner}\""));
    lines.push(format!("channel = \"{}\"", choices.pick(&CHANNELS).0));
    lines.push(format!("talk = {}", choices.pick(&DISTRIBUTIONS)));
    lines.push(format!("priority = {}", 1 + choices.up_to(2)));
    if choices.chance(50) {
        lines.push(format!("wrap_up = {}", choices.pick(&DISTRIBUTIONS)));
    }
    if choices.chance(60) {
        lines.push(format!("after = {}", choices.pick(&DELAYS)));
    }
    if choices.chance(60) {
        lines.push(format!("due = \"{}\"", choices.pick(&["10m", "4h", "1d"])));
    }
    if plan.calendar && choices.chance(40) {
        lines.push("clock = \"open_hours\"".to_owned());
    }
    if choices.chance(50) {
        lines.push(format!("reached = {}", choices.share(0.9)));
        lines.push(format!("ring = \"{}\"", choices.pick(&["30s", "0s"])));
        lines.push(format!("retries = {}", choices.up_to(3)));
        lines.push(format!("retry_after = {}", choices.pick(&["\"5m\"", "\"0s\"", "{ mean = \"1h\" }"])));
    }
    if choices.chance(70) {
        lines.push(format!("solves = {}", choices.share(1.0)));
    }
    if choices.chance(30) {
        lines.push(format!("share = {}", choices.share(1.0)));
    }
    table(format!("follow_ups.{name}"), lines)
}

fn group(plan: &Plan, number: usize, choices: &mut Choices<'_>) -> Vec<Table> {
    let here = format!("groups.{}", GROUPS[number]);
    let mut tables = Vec::new();
    let mut lines = Vec::new();
    let mut skills: Vec<usize> =
        (0..plan.queues.len()).filter(|queue| queue % plan.groups == number || choices.chance(50)).collect();
    if skills.is_empty() {
        skills.push(0);
    }
    for queue in &skills {
        let mut skill = vec![
            format!("priority = {}", 1 + choices.up_to(2)),
            format!("takes = {}", 1 + choices.up_to(2)),
            format!("speed = {}", choices.pick(&["1.0", "0.8", "1.5"])),
        ];
        if choices.chance(20) {
            skill.push(format!("after = \"{}\"", choices.pick(&["20s", "5m"])));
        }
        if choices.chance(30) {
            skill.push(format!("resolution = {}", choices.share(1.0)));
        }
        tables.push(table(format!("{here}.skills.{}", plan.name(*queue)), skill));
    }
    if choices.chance(50) {
        let shares = CHANNELS.iter().map(|(channel, _)| {
            format!("{channel} = {}", choices.pick(&["1.0", "0.5", "0.34", "0.2", "0.7"]))
        });
        lines.push(format!("capacity = {{ {} }}", shares.collect::<Vec<_>>().join(", ")));
    }
    let rostered = plan.calendar && choices.chance(60);
    if !rostered || choices.chance(40) {
        let (low, high) = (choices.up_to(2), 1 + choices.up_to(3));
        lines.push(match (choices.chance(50), plan.calendar) {
            (false, _) => format!("staff = {high}"),
            (true, true) => format!(
                "staff = {{ \"06:00\" = {high}, \"12:00\" = {low}, \"17:00\" = {high}, \"21:30\" = 0 }}"
            ),
            (true, false) => format!("staff = {{ step = \"7m\", values = [{high}, {low}, {high}, 0] }}"),
        });
        lines.push(format!("leave = \"{}\"", choices.pick(&["longest_idle", "random", "first_to_finish"])));
    }
    if plan.calendar && choices.chance(30) {
        lines.push(format!(
            "shrinkage = {{ absence = {}, training = {} }}",
            choices.share(0.5),
            choices.share(0.3)
        ));
    }
    for shift in ["late", "early"].iter().take(if rostered { 1 + choices.up_to(1) } else { 0 }) {
        let shift = format!("{here}.shifts.{shift}");
        let mut hours = vec![format!("agents = {}", 1 + choices.up_to(2))];
        hours.push(format!("days = \"{}\"", choices.pick(&["daily", "mon-fri", "sat-mon"])));
        hours.push(format!("start = \"{}\"", choices.pick(&["08:00", "00:00", "16:00", "22:00"])));
        hours.push(format!("length = \"{}\"", choices.pick(&["8h30m", "2h", "12h", "24h"])));
        tables.push(table(shift.clone(), hours));
        for pause in ["lunch", "coffee"].iter().take(choices.up_to(2)) {
            let pause_lines = vec![
                format!("after = \"{}m\"", choices.up_to(50)),
                format!("length = \"{}\"", choices.pick(&["15m", "5m", "30m"])),
                "spread = \"40m\"".to_owned(),
                format!("paid = {}", choices.pick(&["true", "false"])),
            ];
            tables.push(table(format!("{shift}.breaks.{pause}"), pause_lines));
        }
    }
    tables.insert(0, table(here, lines));
    tables
}

fn routing(plan: &Plan, choices: &mut Choices<'_>) -> Table {
    let rules = ["skill_priority", "longest_idle", "random", "least_loaded"];
    let mut lines = vec![
        format!("agents = \"{}\"", choices.pick(&rules)),
        format!("contacts = \"{}\"", choices.pick(&["priority", "first_come_first_served"])),
    ];
    if choices.chance(30) {
        let (channel, _) = choices.pick(&CHANNELS);
        lines.push(format!("by_channel.{channel}.agents = \"{}\"", choices.pick(&rules)));
    }
    if choices.chance(30) {
        lines.push(format!("reserve.{} = {}", plan.name(choices.up_to(5)), choices.up_to(2)));
    }
    if choices.chance(40) {
        lines.push(format!("sticky = \"{}\"", choices.pick(&["5m", "1s", "12h"])));
    }
    if choices.chance(40) {
        lines.push(format!("max_transfers = {}", choices.up_to(2)));
    }
    table("routing", lines)
}

fn tools(choices: &mut Choices<'_>) -> Vec<Table> {
    let mut tables = Vec::new();
    for name in ["customer_history", "knowledge_base"] {
        if choices.chance(30) {
            let mut lines =
                vec!["coverage = 0.7".to_owned(), "talk = 0.8".to_owned(), "resolution = 1.3".to_owned()];
            if name == "knowledge_base" {
                lines.push("containment = 1.5".to_owned());
            }
            tables.push(table(name, lines));
        }
    }
    tables
}
