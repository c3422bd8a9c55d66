//! From an interval report to a centre; a log of calls adds what only single calls tell.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, ToSpan as _};

use crate::acd::{Call, Calls, Column, Interval, Outcome, Report, threshold};
use crate::units::Span;

use super::centre::{Centre, GroupFound, HeadStart, Kind, QueueFound, Talks, Times};
use super::duty::{self, Duty, Team};
use super::family::{exponential, weibull};
use super::known::Known;
use super::names::keys;
use super::order::{self, Order};
use super::patience::{Patience, patience};
use super::services::Services;
use super::skills::Skills;
use super::tally::Counter;

/// What an agent can be busy of the time where nobody says.
pub(super) const OCCUPANCY: f64 = 0.85;

/// What is known beside the report.
#[derive(Clone, Copy, Debug)]
pub struct Details<'c> {
    /// The calls one by one.
    pub calls: Option<&'c Calls>,
    /// What they tell of agents.
    pub seen: Option<&'c Seen>,
    /// The longest time in seconds that an agent on duty takes no call.
    pub gap: f64,
    /// Seconds that the service level is about, where somebody says.
    pub within: Option<f64>,
    /// Whether each call shall arrive when it did.
    pub replay: bool,
}

/// What a report tells of a centre.
#[must_use]
pub fn centre(mut report: Report, details: &Details<'_>) -> Option<Centre> {
    let names: Vec<String> = report.queues().into_iter().map(str::to_owned).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let own = keys(&names, "calls");
    let key = |called: &str| {
        names.iter().position(|name| *name == called).map_or(String::new(), |at| own[at].clone())
    };
    let dates: BTreeSet<_> = report.intervals.iter().map(|row| row.at.date()).collect();
    let (start, last) = (*dates.first()?, *dates.last()?);
    let days = u32::try_from((last - start).get_days()).ok()? + 1;
    let duty = details.seen.and_then(|seen| seen.duty.as_ref());
    let order = details.seen.and_then(|seen| seen.order.as_ref());
    let mut told = details.calls.map(by_queue).unwrap_or_default();
    let queues: Vec<QueueFound> = names
        .iter()
        .zip(&own)
        .map(|(called, key)| queue(&report, called, key, details, told.get(called), duty))
        .collect();
    let talks = names.iter().zip(&own).filter_map(|(called, key)| {
        told.remove(called).map(|told| Talks { queue: key.clone(), seconds: told.sample() })
    });
    let talks: Vec<Talks> = talks.collect();
    // There may be many: they are moved.
    let mut intervals = std::mem::take(&mut report.intervals);
    intervals.iter_mut().for_each(|row| row.queue = key(&row.queue));
    let groups = match (duty, report.head(Column::Agents)) {
        (Some(duty), _) => by_duty(duty, details, &key),
        (None, Some(head)) => of_column(&intervals, &own, report.step, head),
        (None, None) => vec![needed(&intervals, &queues, &report)],
    };
    let not_ready = duty.map_or_else(Vec::new, |duty| duty.not_ready.clone());
    let head_starts = order.filter(|order| order.differs).map_or_else(Vec::new, |order| {
        let one = |one: &order::QueueOrder| HeadStart {
            queue: key(&one.called),
            seconds: one.head_start,
            decisions: order.decisions,
        };
        order.queues.iter().map(one).filter(|one| one.seconds.value >= 0.5).collect()
    });
    let arrivals = details.calls.filter(|_| details.replay).map_or_else(Vec::new, |calls| {
        let midnight = calls.start.to_datetime(Time::midnight());
        let place = |called: &str| names.iter().position(|name| *name == called).unwrap_or(0);
        let came = calls.iter().filter(|call| call.outcome != Outcome::Left);
        came.map(|call| (at(midnight, call.arrived.floor()), place(call.queue))).collect()
    });
    Some(Centre {
        kind: Kind::Calls,
        start,
        days,
        step: report.step,
        queues,
        groups,
        intervals,
        talks,
        not_ready,
        head_starts,
        arrivals,
    })
}

/// What a log of calls tells of those who took them.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Who was on duty.
    duty: Option<Duty>,
    /// The order in which they took calls.
    order: Option<Order>,
}

/// Who was on duty, and the order in which they took calls; `gap` is the longest time in seconds without a call.
#[must_use]
pub fn seen(calls: &Calls, gap: f64) -> Seen {
    let services = Services::of(calls);
    if services.is_empty() {
        return Seen::default();
    }
    let skills = Skills::of(&services);
    Seen { duty: Some(duty::of_services(&services, &skills, gap)), order: order::of_skills(calls, &skills) }
}

fn queue(
    report: &Report,
    called: &str,
    key: &str,
    details: &Details<'_>,
    told: Option<&Told>,
    duty: Option<&Duty>,
) -> QueueFound {
    let rows: Vec<&Interval> = report.intervals.iter().filter(|row| row.queue == called).collect();
    let offered = rows.iter().filter_map(|row| row.offered).sum();
    let (talk, wrap_up) = match told {
        Some(told) => of_calls(told, duty),
        None => of_means(&rows),
    };
    let within = details.within.map(|within| Known::Seen(within, "as it was said".to_owned()));
    let head = report.head(Column::ServiceLevel).or(report.head(Column::Within));
    let of_head = || {
        let head = head?;
        threshold(head).map(|within| Known::Seen(within, format!("the head `{head}`")))
    };
    let usual =
        || Known::Assumed(20.0, "80 % in 20 s, as the export names no time (`--within 30s`)".to_owned());
    QueueFound {
        called: called.to_owned(),
        key: key.to_owned(),
        offered,
        talk,
        wrap_up,
        patience: match told {
            Some(told) => told.patience(),
            None => patience_of_means(&rows),
        },
        within: within.or_else(of_head).unwrap_or_else(usual),
        reopened: None,
    }
}

/// The mean of a figure of intervals, each weighted with the contacts answered in it.
fn mean(rows: &[&Interval], figure: impl Fn(&Interval) -> Option<f64>) -> Option<f64> {
    let (sum, of) = rows.iter().fold((0.0, 0.0), |(sum, of), row| match (figure(row), row.answered) {
        (Some(value), Some(answered)) => (sum + value * answered, of + answered),
        _ => (sum, of),
    });
    (of > 0.0).then(|| sum / of)
}

fn of_means(rows: &[&Interval]) -> (Known<Times>, Known<Times>) {
    let Some(aht) = mean(rows, |row| row.aht) else {
        let nothing = || "none, as the export has no after-call work".to_owned();
        if let Some(talk) = mean(rows, |row| row.talk) {
            let how = "mean talk time; only the mean is known, so exponential".to_owned();
            return (Known::Seen(Times::Mean(talk), how), Known::Assumed(Times::Nothing, nothing()));
        }
        let unknown = "the export has no handle time; put yours in place of 5 minutes".to_owned();
        return (Known::Assumed(Times::Mean(300.0), unknown), Known::Assumed(Times::Nothing, nothing()));
    };
    match mean(rows, |row| row.wrap_up) {
        Some(wrap_up) if wrap_up > 0.0 && wrap_up < aht => (
            Known::Seen(
                Times::Mean(aht - wrap_up),
                "mean handle time less after-call work; only the mean is known, so exponential".to_owned(),
            ),
            Known::Seen(Times::Mean(wrap_up), "mean after-call work".to_owned()),
        ),
        _ => (
            Known::Seen(
                Times::Mean(aht),
                "mean handle time; only the mean is known, so exponential".to_owned(),
            ),
            Known::Seen(Times::Nothing, "part of the handle time".to_owned()),
        ),
    }
}

/// What single calls tell of a queue.
#[derive(Default)]
struct Told {
    answered: f64,
    abandoned: f64,
    waited: f64,
    talk: f64,
    squares: f64,
    /// Calls with after-call work, and its sum.
    wrap_up: (f64, f64),
    talks: Vec<f64>,
    counted: Counter,
    waits: Counter,
}

/// So many talk times are drawn one by one; of more, evenly spaced quantiles.
const MOST_TALKS: usize = 20_000;

impl Told {
    fn add(&mut self, call: &Call<'_>) {
        self.waited += call.wait;
        self.waits.add(call.wait, call.outcome == Outcome::Abandoned);
        match &call.outcome {
            Outcome::Answered(service) => {
                self.answered += 1.0;
                self.talk += service.talk;
                self.squares += service.talk * service.talk;
                if let Some(time) = service.wrap_up {
                    self.wrap_up = (self.wrap_up.0 + 1.0, self.wrap_up.1 + time);
                }
                self.counted.add(service.talk, true);
                if self.talks.len() <= MOST_TALKS {
                    self.talks.push(service.talk);
                }
            }
            Outcome::Abandoned => self.abandoned += 1.0,
            Outcome::Left => {}
        }
    }

    /// Exponential, unless a Weibull distribution fits better than chance explains.
    fn patience(&self) -> Known<Option<Patience>> {
        let waits = self.waits.tally();
        if let (Some(simple), Some(better)) = (exponential(&waits), weibull(&waits))
            && better.explains_more_than(&simple)
        {
            let (mean, cv) = (better.mean, better.cv);
            let how = format!(
                "Weibull, by the likelihood of the waits of all calls, {} abandoned; 95 % intervals {:.0} to {:.0} s, {:.2} to {:.2}",
                self.abandoned, mean.low, mean.high, cv.low, cv.high
            );
            let found = Patience {
                mean: mean.value,
                low: mean.low,
                high: mean.high,
                abandoned: self.abandoned,
                cv: Some(cv.value),
            };
            return Known::Seen(Some(found), how);
        }
        estimated(patience(self.waited, self.abandoned), "the wait of every call")
    }

    fn in_quantiles(&self) -> bool {
        self.talks.len() > MOST_TALKS
    }

    /// The talk times to draw from.
    fn sample(self) -> Vec<f64> {
        if !self.in_quantiles() {
            return self.talks;
        }
        let tally = self.counted.tally();
        tally.quantiles(MOST_TALKS / 2)
    }
}

fn by_queue(calls: &Calls) -> BTreeMap<&str, Told> {
    let mut queues: BTreeMap<&str, Told> = BTreeMap::new();
    calls.iter().for_each(|call| queues.entry(call.queue).or_default().add(&call));
    queues
}

fn of_calls(told: &Told, duty: Option<&Duty>) -> (Known<Times>, Known<Times>) {
    let n = told.answered;
    let mean = told.talk / n.max(1.0);
    let talk = if mean > 0.0 {
        let variance = (told.squares / n - mean * mean).max(0.0);
        let how = if told.in_quantiles() { ", in 10,000 quantiles" } else { "" };
        Known::Seen(Times::Talks(mean, variance.sqrt() / mean), format!("{n} answered calls{how}"))
    } else {
        Known::Assumed(
            Times::Mean(300.0),
            "no answered call has a talk time; put yours in place of 5 minutes".to_owned(),
        )
    };
    let not_ready = duty.filter(|duty| !duty.not_ready.is_empty());
    let wrap_up = if told.wrap_up.0 > 0.0 && told.wrap_up.1 == 0.0 {
        Known::Seen(Times::Nothing, "none after any call".to_owned())
    } else if told.wrap_up.0 > 0.0 {
        Known::Seen(Times::Mean(told.wrap_up.1 / told.wrap_up.0), "mean after-call work".to_owned())
    } else if let Some(duty) = not_ready {
        let mean = duty.not_ready.iter().sum::<f64>() / duty.not_ready.len() as f64;
        Known::Seen(
            Times::NotReady(mean),
            "time from a call's end to being ready again, seen while customers waited".to_owned(),
        )
    } else {
        Known::Assumed(Times::Nothing, "none, as the log has no after-call work".to_owned())
    };
    (talk, wrap_up)
}

fn patience_of_means(rows: &[&Interval]) -> Known<Option<Patience>> {
    let abandoned: f64 = rows.iter().filter_map(|row| row.abandoned).sum();
    if abandoned == 0.0 {
        return estimated(None, "");
    }
    let Some(asa) = mean(rows, |row| row.asa) else {
        let unknown = "the export has no speed of answer; put yours in place of 3 minutes".to_owned();
        let assumed = Patience { mean: 180.0, low: 180.0, high: 180.0, abandoned, cv: None };
        return Known::Assumed(Some(assumed), unknown);
    };
    let waited = |row: &&&Interval| Some(row.asa.unwrap_or(asa) * row.answered?);
    let answered: f64 = rows.iter().filter_map(|row| waited(&row)).sum();
    let told = rows.iter().any(|row| row.abandon_time.is_some());
    let by = |row: &&Interval| row.abandoned.map(|count| count * row.abandon_time.or(row.asa).unwrap_or(asa));
    let others: f64 = rows.iter().filter_map(by).sum();
    let how = if told {
        "mean waits of the answered and the abandoned"
    } else {
        "mean waits of the answered, taken for those of the abandoned too"
    };
    estimated(patience(answered + others, abandoned), how)
}

fn estimated(found: Option<Patience>, how: &str) -> Known<Option<Patience>> {
    match found {
        Some(found) => Known::Seen(
            Some(found),
            format!(
                "time waited by all over {} abandoned ({how}); 95 % interval {:.0} to {:.0} s",
                found.abandoned, found.low, found.high
            ),
        ),
        None => Known::Assumed(None, "unlimited, as nobody abandoned".to_owned()),
    }
}

fn at(midnight: DateTime, seconds: f64) -> DateTime {
    midnight.checked_add(SignedDuration::from_secs(seconds.round() as i64)).unwrap_or(midnight)
}

fn by_duty(duty: &Duty, details: &Details<'_>, key: &impl Fn(&str) -> String) -> Vec<GroupFound> {
    let Some(calls) = details.calls else { return Vec::new() };
    let midnight = calls.start.to_datetime(Time::midnight());
    let group = |(number, team): (usize, &Team)| {
        let mut heads: Vec<(DateTime, u32)> = Vec::new();
        for (seconds, count) in &team.heads {
            let now = (at(midnight, *seconds), *count);
            match heads.last_mut() {
                Some(last) if last.0 == now.0 => *last = now,
                _ => heads.push(now),
            }
        }
        let skills = team.queues.iter().map(|queue| key(&calls.queues()[*queue])).collect();
        match duty.teams.len() {
            1 => GroupFound {
                key: "team".to_owned(),
                skills,
                heads: Known::Seen(heads, whole(duty, details.gap)),
            },
            _ => {
                let key = format!("team_{}", number + 1);
                GroupFound { key, skills, heads: Known::Seen(heads, part(team)) }
            }
        }
    };
    duty.teams.iter().enumerate().map(group).collect()
}

fn whole(duty: &Duty, gap: f64) -> String {
    format!(
        "{} agents, {:.0} hours: on duty from the first call of a block to its last, a block ending where none comes for {:.0} min; \
         {} breaks, seen as customers waited for more than {:.0} min after a call",
        duty.agents,
        duty.hours,
        gap / 60.0,
        duty.breaks,
        duty::LONGEST_AFTER / 60.0
    )
}

/// So many agents are named.
const NAMED: usize = 8;

fn part(team: &Team) -> String {
    let named = team.agents.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = team.agents.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{:.0} hours of {named}{more}, on days when they took these queues alone", team.hours)
}

/// The number of agents that the report tells, a group for each queue.
fn of_column(intervals: &[Interval], keys: &[String], step: Span, head: &str) -> Vec<GroupFound> {
    let group = |key: &String| {
        let own = intervals.iter().filter(|row| row.queue == *key);
        let rows = own.map(|row| (row.at, row.agents.unwrap_or(0.0).round().max(0.0) as u32)).collect();
        GroupFound {
            key: format!("{key}_team"),
            skills: vec![key.clone()],
            heads: Known::Seen(closed(rows, step), format!("the column `{head}`, rounded")),
        }
    };
    keys.iter().map(group).collect()
}

/// The agents that the work would need, where nobody tells how many there were.
fn needed(intervals: &[Interval], queues: &[QueueFound], report: &Report) -> GroupFound {
    let mut work: BTreeMap<DateTime, (f64, f64, f64)> = BTreeMap::new();
    let of_queue = |key: &str| {
        let found = queues.iter().find(|queue| queue.key == key);
        let seconds = |times: &Times| match times {
            Times::Mean(mean) | Times::Talks(mean, _) | Times::NotReady(mean) => *mean,
            Times::Nothing => 0.0,
        };
        found.map_or(300.0, |queue| seconds(queue.talk.value()) + seconds(queue.wrap_up.value()))
    };
    for row in intervals {
        let sums = work.entry(row.at).or_default();
        let contacts = row.answered.or(row.offered).unwrap_or(0.0);
        sums.0 += contacts * row.aht.or(row.talk).unwrap_or_else(|| of_queue(&row.queue));
        if let Some(occupancy) = row.occupancy {
            sums.1 += occupancy;
            sums.2 += 1.0;
        }
    }
    let told = report.head(Column::Occupancy);
    let heads = work.into_iter().map(|(at, (work, occupancy, of))| {
        let occupancy =
            if of > 0.0 && occupancy > 0.0 { (occupancy / of).clamp(0.05, 1.0) } else { OCCUPANCY };
        let heads = work / report.step.seconds() / occupancy;
        let heads = if told.is_some() { heads.round() } else { heads.ceil() };
        (at, if work > 0.0 { (heads as u32).max(1) } else { 0 })
    });
    let heads = closed(heads.collect(), report.step);
    GroupFound {
        key: "team".to_owned(),
        skills: queues.iter().map(|queue| queue.key.clone()).collect(),
        heads: match told {
            Some(head) => Known::Seen(heads, format!("answered contacts x handle time over the column `{head}`, rounded; paid time without work is not in it")),
            None => Known::Assumed(
                heads,
                "the export does not tell them; as many as the answered work keeps busy for 85 % of the time, in one team for all queues".to_owned(),
            ),
        },
    }
}

/// Rows of intervals, and nobody between the last of a day and the next one.
fn closed(rows: Vec<(DateTime, u32)>, step: Span) -> Vec<(DateTime, u32)> {
    let length = SignedDuration::from_micros(i64::try_from(step.micros()).unwrap_or(i64::MAX));
    let mut all: Vec<(DateTime, u32)> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some((at, heads)) = rows.next() {
        all.push((at, heads));
        let end = at.checked_add(length).unwrap_or(at);
        // A gap of more than two hours is a night or a break; shorter ones had nobody to count.
        let until = end.checked_add(2.hours()).unwrap_or(end);
        if rows.peek().is_none_or(|(next, _)| *next > until) {
            all.push((end, 0));
        }
    }
    all.dedup_by(|next, last| next.1 == last.1);
    all
}
