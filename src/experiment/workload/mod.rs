//! How much work comes to each queue in each interval, worked out from the written scenario.

mod effort;
mod visits;

use std::collections::BTreeMap;

use crate::model::{ArrivalProcess, Model, RatePiece};
use crate::scenario::{Queue, Scenario};
use crate::units::{GroupId, Instant, QueueId, Span};

use effort::effort;
use visits::{Entry, passing, visits};

/// Work by queue and interval; queues by id.
#[derive(Clone, Debug)]
pub struct Workload {
    /// Contacts an hour.
    pub per_hour: Vec<Vec<f64>>,
    /// Offered load in agents (Erlangs): contacts an hour x an agent's time for each in hours.
    pub load: Vec<Vec<f64>>,
    /// Share of a queue's new cases that come while it is closed.
    pub closed: Vec<f64>,
}

/// The intervals of the reported time.
#[derive(Clone, Copy, Debug)]
pub struct Intervals {
    /// How long each is.
    pub length: Span,
    /// How many there are.
    pub count: usize,
}

impl Intervals {
    /// Start and end in microseconds since the start of the reported time.
    #[must_use]
    pub fn bounds(&self, number: usize) -> (i64, i64) {
        let length = self.length.micros() as i64;
        (number as i64 * length, (number as i64 + 1) * length)
    }
}

/// Works it out.
#[must_use]
pub fn workload(scenario: &Scenario, model: &Model, intervals: Intervals) -> Workload {
    let named: BTreeMap<&str, &Queue> =
        scenario.queues.iter().map(|queue| (queue.name.as_str(), queue)).collect();
    let written: Vec<&Queue> =
        model.queues.iter().filter_map(|compiled| named.get(compiled.name.as_str()).copied()).collect();
    let queues = 0..written.len();
    let fresh: Vec<Fresh> = queues
        .clone()
        .map(|queue| fresh(model, queue, waits_when_closed(scenario, written[queue]), intervals))
        .collect();
    let ways: Vec<Ways> = queues.clone().map(|queue| ways(scenario, &written, queue)).collect();
    let mut per_hour = vec![vec![0.0; intervals.count]; written.len()];
    let mut load = per_hour.clone();
    for (to, queue) in written.iter().enumerate() {
        let speed = mean_speed(model, to);
        let channel = scenario.channel(&queue.channel);
        let sources =
            queues.clone().filter(|from| ways[*from].open[to] != 0.0 || ways[*from].closed[to] != 0.0);
        let sources: Vec<usize> = sources.collect();
        for number in 0..intervals.count {
            let (start, _) = intervals.bounds(number);
            let come = |from: usize| {
                fresh[from].open[number] * ways[from].open[to]
                    + fresh[from].closed[number] * ways[from].closed[to]
            };
            let flow: f64 = sources.iter().copied().map(come).sum();
            per_hour[to][number] = flow;
            load[to][number] = flow * effort(queue, channel, start) / speed / 3600.0;
        }
    }
    let closed = fresh.iter().map(|fresh| fresh.share_closed).collect();
    Workload { per_hour, load, closed }
}

/// Whether contacts that come while a queue is closed are accepted all the same.
#[must_use]
pub fn waits_when_closed(scenario: &Scenario, queue: &Queue) -> bool {
    scenario.channel(&queue.channel).is_some_and(|channel| !channel.kind.is_live())
}

/// How often a case that begins at a queue comes to each queue, while it is open and while it is
/// closed.
struct Ways {
    open: Vec<f64>,
    closed: Vec<f64>,
}

fn ways(scenario: &Scenario, queues: &[&Queue], from: usize) -> Ways {
    let mut closed = vec![0.0; queues.len()];
    // Only self-service answers while the queue is closed.
    if let Some(door) = &queues[from].self_service {
        for (name, share) in &door.to_when_closed {
            let Some(to) = queues.iter().position(|queue| queue.name == *name) else { continue };
            let visits = visits(scenario, queues, to, Entry::Queue);
            let arriving = passing(scenario, door) * share;
            closed.iter_mut().zip(visits).for_each(|(sum, visits)| *sum += arriving * visits);
        }
    }
    Ways { open: visits(scenario, queues, from, Entry::Door), closed }
}

/// New cases an hour of a queue in each interval.
struct Fresh {
    /// While it is open.
    open: Vec<f64>,
    /// While it is closed.
    closed: Vec<f64>,
    /// Share that comes while it is closed.
    share_closed: f64,
}

/// New cases of a queue; one that always accepts them is never closed for them.
fn fresh(model: &Model, queue: usize, always_accepts: bool, intervals: Intervals) -> Fresh {
    let queue = &model.queues[queue];
    let nothing = vec![0.0; intervals.count];
    let mut fresh = Fresh { open: nothing.clone(), closed: nothing, share_closed: 0.0 };
    let Some(arrivals) = &queue.arrivals else { return fresh };
    let length = intervals.length.micros() as i64;
    let hours = (intervals.count as i64 * length) / Span::HOUR.micros() as i64;
    let mut pieces = Vec::new();
    for hour in 0..=hours {
        let begin = hour * Span::HOUR.micros() as i64;
        pieces_of(arrivals, hour, model, &mut pieces);
        for piece in &pieces {
            let (mut at, end) = (begin + piece.start as i64, begin + piece.end as i64);
            while at < end {
                let number = at / length;
                let next = ((number + 1) * length).min(end);
                let open = match (&queue.openings, model.calendar.instant(at)) {
                    (Some(openings), Some(at)) => always_accepts || openings.contains(at),
                    (None, _) => true,
                    (_, None) => false,
                };
                let counts = if open { &mut fresh.open } else { &mut fresh.closed };
                if let Some(count) = counts.get_mut(number as usize) {
                    *count += piece.rate * (next - at) as f64;
                }
                at = next;
            }
        }
    }
    let sum = |counts: &[f64]| counts.iter().sum::<f64>();
    let (inside, outside) = (sum(&fresh.open), sum(&fresh.closed));
    fresh.share_closed = if outside > 0.0 { outside / (inside + outside) } else { 0.0 };
    let per_hour =
        |counts: &mut Vec<f64>| counts.iter_mut().for_each(|count| *count /= intervals.length.hours());
    per_hour(&mut fresh.open);
    per_hour(&mut fresh.closed);
    fresh
}

/// The rates of an hour; of a trace, each arrival is one case within its microsecond.
fn pieces_of(arrivals: &ArrivalProcess, hour: i64, model: &Model, pieces: &mut Vec<RatePiece>) {
    arrivals.pieces(hour, &model.calendar, &model.rows, pieces);
    let begin = hour * Span::HOUR.micros() as i64;
    let at = |at: &i64| (at - begin) as u64;
    pieces.extend(arrivals.traced(hour).iter().map(|time| RatePiece {
        start: at(time),
        end: at(time) + 1,
        rate: 1.0,
    }));
}

/// The mean speed of the groups that can serve a queue, each counted once.
fn mean_speed(model: &Model, queue: usize) -> f64 {
    let groups: &[GroupId] = model.abilities.served_by(QueueId::at(queue));
    let speeds: Vec<f64> =
        groups.iter().map(|group| model.abilities.skill(QueueId::at(queue), *group).speed).collect();
    if speeds.is_empty() { 1.0 } else { speeds.iter().sum::<f64>() / speeds.len() as f64 }
}

/// When an interval begins in the play.
#[must_use]
pub fn instant(model: &Model, intervals: Intervals, number: usize) -> Instant {
    model.calendar.instant(intervals.bounds(number).0).unwrap_or(Instant::START)
}
