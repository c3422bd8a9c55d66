//! Queues: what a contact waits in, and what becomes of it there.

use crate::units::Span;

use super::super::keys::{PATIENCE, Range};
use super::super::{
    AnswerTarget, Channel, Clock, Handover, Overflow, Patience, Queue, Recontact, Redial, Requeue,
    Resolution, ResolveTarget, ServiceLevelFormula, Transfer, Within,
};
use super::fields::Fields;
use super::{arrivals, hours, law, no_law, values};

/// Reads `[queues.NAME]`.
pub(super) fn queue(fields: &Fields<'_>, channels: &[Channel]) -> Queue {
    fields.require(&["talk"]);
    let hours = hours::hours(fields);
    let (answer, max_abandonment, resolve) = targets(fields);
    let [after_abandon, after_busy, after_closed] = redials(fields);
    let arrivals = fields.table("arrivals").map(|table| arrivals::arrivals(&table, &hours));
    Queue {
        name: fields.name.to_owned(),
        stream: fields.text("stream").unwrap_or_else(|| fields.name.to_owned()),
        channel: channel(fields, channels),
        hours,
        at_close: hours::at_close(fields),
        priority: fields.count("priority").unwrap_or(1),
        max_waiting: fields.count("max_waiting"),
        talk: law::stepped_law(fields, "talk").unwrap_or_else(no_law),
        conversation: None,
        wrap_up: law::stepped_law(fields, "wrap_up"),
        patience: patience(fields),
        overflow: overflow(fields),
        answer,
        max_abandonment,
        resolve,
        after_abandon,
        after_busy,
        after_closed,
        arrivals,
        resolution: resolution(fields),
        transfers: transfers(fields),
        escalation: None,
        self_service: None,
        callback: None,
        backlog: None,
        chase: None,
    }
}

/// Its channel; left out, the only one there is.
fn channel(fields: &Fields<'_>, channels: &[Channel]) -> String {
    if let Some(name) = fields.text("channel") {
        fields.cx.refer("channel", &name, fields.place_of("channel"), fields.at("channel"));
        return name;
    }
    if channels.len() > 1 {
        let names: Vec<&str> = channels.iter().map(|channel| channel.name.as_str()).collect();
        let help = format!("channels are {}", super::super::suggest::list(&names));
        fields
            .cx
            .log
            .error(fields.place, format!("`{}` needs `channel`", fields.path), "there is more than one")
            .help(help);
    }
    channels.first().map(|channel| channel.name.clone()).unwrap_or_default()
}

fn patience(fields: &Fields<'_>) -> Option<Patience> {
    let balk = |table: Option<&Fields<'_>>| table.and_then(|table| table.number("balk"));
    let (law, balk) = law::stepped_law_with(fields, "patience", &PATIENCE, balk)?;
    Some(Patience { law, balk: balk.unwrap_or(0.0), silent: 0.0, found_out: Span::ZERO })
}

fn overflow(fields: &Fields<'_>) -> Option<Overflow> {
    let table = fields.table("overflow")?;
    table.require(&["after"]);
    table.require(&["to"]);
    let after = table.duration("after");
    let to = table.text("to");
    if let Some(to) = &to {
        table.cx.refer("queue", to, table.place_of("to"), table.at("to"));
    }
    Some(Overflow { after: after?, to: to? })
}

type Targets = (Option<AnswerTarget>, Option<f64>, Option<ResolveTarget>);

fn targets(fields: &Fields<'_>) -> Targets {
    let short = fields.table("target").and_then(|table| answer_target(&table));
    let Some(targets) = fields.table("targets") else { return (short, None, None) };
    if fields.has("target") && targets.has("answer") {
        let title = format!("`{}` has both `target` and `targets.answer`", fields.path);
        fields.cx.log.error(targets.place_of("answer"), title, "the one is short for the other");
    }
    let answer = targets.table("answer").and_then(|table| answer_target(&table));
    let abandonment = targets.table("abandonment").and_then(|table| {
        table.require(&["max"]);
        table.number("max")
    });
    let resolve = targets.table("resolve").and_then(|table| {
        table.require(&["share"]);
        table.require(&["within"]);
        let (share, within) = (table.number("share"), table.within("within"));
        if matches!(within, Some(Within::WorkingDays(_))) && !table.cx.time.calendar {
            let title = format!("`{}` cannot count working days", table.at("within"));
            let reason = "without `horizon.start` there are none";
            table.cx.log.error(table.place_of("within"), title, reason);
        }
        Some(ResolveTarget { share: share?, within: within? })
    });
    (short.or(answer), abandonment, resolve)
}

fn answer_target(table: &Fields<'_>) -> Option<AnswerTarget> {
    table.require(&["share"]);
    table.require(&["within"]);
    let formula = match table.word("formula") {
        Some("answered_of_answered") => ServiceLevelFormula::AnsweredOfAnswered,
        Some("less_short_abandons") => ServiceLevelFormula::LessShortAbandons,
        Some("abandons_met") => ServiceLevelFormula::AbandonsMet,
        Some("short_abandons_met") => ServiceLevelFormula::ShortAbandonsMet,
        _ => ServiceLevelFormula::AnsweredOfOffered,
    };
    if formula == ServiceLevelFormula::ShortAbandonsMet {
        table.require(&["short"]);
    }
    let short = table.duration("short").unwrap_or(Span::ZERO);
    let (share, within) = (table.number("share"), table.duration("within"));
    Some(AnswerTarget { share: share?, within: Within::Clock(within?), clock: Clock::Always, formula, short })
}

fn redials(fields: &Fields<'_>) -> [Option<Redial>; 3] {
    let Some(table) = fields.table("redial") else { return [None, None, None] };
    ["after_abandon", "after_busy", "after_closed"].map(|key| {
        let table = table.table(key)?;
        if key != "after_closed" {
            table.require(&["delay"]);
        }
        let probability = table.number("probability");
        warn_of_never(&table);
        let delay = law::law(&table, "delay");
        let limit = table.count("limit");
        if let Some(law) = &delay
            && law.mean() <= 0.0
            && limit.is_none()
            && probability.unwrap_or(0.0) > 0.0
        {
            let title = format!("`{}` could try again for ever at one instant", table.path);
            table
                .cx
                .log
                .error(table.place_of("delay"), title, "no time passes")
                .help("give it a `limit`, or a delay");
        }
        Some(Redial { probability: probability.unwrap_or(0.0), delay, limit, to: destinations(&table) })
    })
}

fn resolution(fields: &Fields<'_>) -> Resolution {
    let Some(table) = fields.table("resolution") else {
        return Resolution { probability: 1.0, recontact: None };
    };
    let recontact = table.table("recontact").and_then(|table| {
        table.require(&["delay"]);
        warn_of_never(&table);
        let probability = table.number("probability").unwrap_or(0.0);
        let to = destinations(&table);
        Some(Recontact { probability, delay: law::law(&table, "delay")?, to })
    });
    Resolution { probability: table.number("probability").unwrap_or(1.0), recontact }
}

/// A rule without probability is legal, as all left-out probabilities are 0, but hardly meant.
fn warn_of_never(table: &Fields<'_>) {
    if !table.has("probability") {
        let title = format!("`{}` never happens", table.path);
        table.cx.log.warning(table.place, title, "it has no `probability`, which is then 0");
    }
}

/// Where contacts go, with their shares.
fn destinations(table: &Fields<'_>) -> Vec<(String, f64)> {
    let log = table.cx.log;
    let mut shares = Vec::new();
    for (queue, place, node) in table.each("to") {
        table.cx.refer("queue", queue, place, table.at("to"));
        let path = format!("{}.{queue}", table.at("to"));
        shares.push((queue.to_owned(), values::number(log, node, &path, Range::Share).unwrap_or(0.0)));
    }
    let sum: f64 = shares.iter().map(|share| share.1).sum();
    if sum > 1.0 + 1e-9 {
        let title = format!("the shares of `{}` sum to more than 1", table.at("to"));
        log.error(table.place_of("to"), title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
    }
    shares
}

fn transfers(fields: &Fields<'_>) -> Vec<Transfer> {
    let log = fields.cx.log;
    let mut transfers = Vec::new();
    for table in fields.tables("transfers") {
        fields.cx.refer("queue", table.name, table.place, fields.at("transfers"));
        if table.has("kind") && table.word("kind").is_none() {
            table.forgive();
        }
        warn_of_never(&table);
        let requeue = match table.word("requeue") {
            Some("age") => Requeue::Age,
            Some("head") => Requeue::Head,
            _ => Requeue::Tail,
        };
        let probability = table.number("probability").unwrap_or(0.0);
        transfers.push(Transfer {
            to: table.name.to_owned(),
            probability,
            requeue,
            handover: Handover::Cold,
            follow_up: None,
        });
    }
    let sum: f64 = transfers.iter().map(|transfer| transfer.probability).sum();
    if sum > 1.0 + 1e-9 {
        let title = format!("the probabilities of `{}` sum to more than 1", fields.at("transfers"));
        log.error(fields.place_of("transfers"), title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
    }
    transfers
}
