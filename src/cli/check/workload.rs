//! How much work comes to each queue in each interval, worked out from the written scenario.

use crate::model::{ArrivalProcess, Model, RatePiece};
use crate::scenario::{Queue, Scenario};
use crate::units::{GroupId, Instant, QueueId, Span};

/// Work by queue and interval; queues by id.
pub(super) struct Workload {
    /// Contacts an hour.
    pub(super) per_hour: Vec<Vec<f64>>,
    /// Offered load in Erlangs: contacts an hour x handle time in hours.
    pub(super) load: Vec<Vec<f64>>,
    /// Share of a queue's new cases that come while it is closed.
    pub(super) closed: Vec<f64>,
}

/// The intervals of the reported time.
#[derive(Clone, Copy)]
pub(super) struct Intervals {
    pub(super) length: Span,
    pub(super) count: usize,
}

impl Intervals {
    /// Start and end in microseconds since the start of the reported time.
    pub(super) fn bounds(&self, number: usize) -> (i64, i64) {
        let length = self.length.micros() as i64;
        (number as i64 * length, (number as i64 + 1) * length)
    }
}

/// Works it out.
pub(super) fn workload(scenario: &Scenario, model: &Model, intervals: Intervals) -> Workload {
    let written: Vec<&Queue> = model
        .queues
        .iter()
        .filter_map(|compiled| scenario.queues.iter().find(|queue| queue.name == compiled.name))
        .collect();
    let (fresh, closed): (Vec<Vec<f64>>, Vec<f64>) =
        (0..written.len()).map(|queue| fresh(model, queue, intervals)).unzip();
    let visits: Vec<Vec<f64>> = (0..written.len()).map(|queue| visits(&written, queue)).collect();
    let mut per_hour = vec![vec![0.0; intervals.count]; written.len()];
    let mut load = per_hour.clone();
    for (to, queue) in written.iter().enumerate() {
        let speed = mean_speed(model, to);
        for number in 0..intervals.count {
            let (start, _) = intervals.bounds(number);
            let flow: f64 = (0..written.len()).map(|from| fresh[from][number] * visits[from][to]).sum();
            let wrap_up = queue.wrap_up.as_ref().map_or(0.0, |law| law.at(start).mean());
            per_hour[to][number] = flow;
            load[to][number] = flow * (queue.talk.at(start).mean() + wrap_up) / speed / 3600.0;
        }
    }
    Workload { per_hour, load, closed }
}

/// New cases an hour in each interval while the queue is open, and the share that comes while it is
/// closed.
fn fresh(model: &Model, queue: usize, intervals: Intervals) -> (Vec<f64>, f64) {
    let queue = &model.queues[queue];
    let mut counts = vec![0.0; intervals.count];
    let Some(arrivals) = &queue.arrivals else { return (counts, 0.0) };
    let (mut inside, mut outside) = (0.0, 0.0);
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
                    (Some(openings), Some(at)) => openings.contains(at),
                    (None, _) => true,
                    (_, None) => false,
                };
                let cases = piece.rate * (next - at) as f64;
                match counts.get_mut(number as usize) {
                    Some(count) if open => {
                        *count += cases;
                        inside += cases;
                    }
                    Some(_) => outside += cases,
                    None => {}
                }
                at = next;
            }
        }
    }
    counts.iter_mut().for_each(|count| *count /= intervals.length.hours());
    (counts, if outside > 0.0 { outside / (inside + outside) } else { 0.0 })
}

/// The rates of an hour; a trace's arrivals as one even rate.
fn pieces_of(arrivals: &ArrivalProcess, hour: i64, model: &Model, pieces: &mut Vec<RatePiece>) {
    arrivals.pieces(hour, &model.calendar, pieces);
    let traced = arrivals.traced(hour).len();
    if traced > 0 {
        let end = Span::HOUR.micros();
        pieces.push(RatePiece { start: 0, end, rate: traced as f64 / end as f64 });
    }
}

/// How often a case that begins in queue `from` comes to each queue: transfers and recontacts, the
/// latter as if they came at once.
fn visits(queues: &[&Queue], from: usize) -> Vec<f64> {
    let id = |name: &str| queues.iter().position(|queue| queue.name == name);
    let mut total = vec![0.0; queues.len()];
    let mut now = vec![0.0; queues.len()];
    now[from] = 1.0;
    // Every round of contacts is smaller than the last; a thousand of them are enough for any case
    // that ends at all.
    for _ in 0..1000 {
        let mut next = vec![0.0; queues.len()];
        for (here, queue) in queues.iter().enumerate().filter(|(here, _)| now[*here] > 1e-9) {
            total[here] += now[here];
            let mut rest = now[here];
            for transfer in &queue.transfers {
                if let Some(to) = id(&transfer.to) {
                    next[to] += now[here] * transfer.probability;
                    rest -= now[here] * transfer.probability;
                }
            }
            let Some(recontact) = &queue.resolution.recontact else { continue };
            let back = rest * (1.0 - queue.resolution.probability) * recontact.probability;
            let mut same = 1.0;
            for (name, share) in &recontact.to {
                if let Some(to) = id(name) {
                    next[to] += back * share;
                    same -= share;
                }
            }
            next[here] += back * same;
        }
        now = next;
    }
    total
}

/// The mean speed of the groups that can serve a queue, each counted once.
fn mean_speed(model: &Model, queue: usize) -> f64 {
    let groups: &[GroupId] = model.abilities.served_by(QueueId::at(queue));
    let speeds: Vec<f64> =
        groups.iter().map(|group| model.abilities.skill(QueueId::at(queue), *group).speed).collect();
    if speeds.is_empty() { 1.0 } else { speeds.iter().sum::<f64>() / speeds.len() as f64 }
}

/// When an interval begins in the play.
pub(super) fn instant(model: &Model, intervals: Intervals, number: usize) -> Instant {
    model.calendar.instant(intervals.bounds(number).0).unwrap_or(Instant::START)
}
