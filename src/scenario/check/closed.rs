//! How much of a queue's volume comes while it is closed.

use crate::units::{Calendar, Instant, Span, Weekday};

use super::super::{Hours, Queue, Volume};
use super::Checking;

/// A share past this is probably a volume that forgets the hours.
const NOTICEABLE: f64 = 0.02;

const DAY: i64 = Span::DAY.micros() as i64;

impl Checking<'_> {
    /// Cases that come while their queue is closed, where nothing says that this is meant.
    pub(super) fn cases_while_closed(&self, queue: &Queue) {
        let (Hours::Weekly { weekdays, .. }, Some(arrivals), None) =
            (&queue.hours, &queue.arrivals, &queue.after_closed)
        else {
            return;
        };
        // They find somebody: the queue accepts them at any time, or its self-service answers.
        if self.is_always_accepted(&queue.name) || queue.self_service.is_some() {
            return;
        }
        let horizon = &self.scenario.horizon;
        // The warm-up is left out, as it is from all figures.
        let calendar = Calendar::new(horizon.start, Span::ZERO);
        let end = horizon.length.micros() as i64;
        let all = cases(&arrivals.volume, &calendar, 0, end);
        let openings = queue.hours.openings(&calendar, Instant::START, Instant::START + horizon.length);
        let inside: f64 = openings
            .iter()
            .map(|(from, to)| cases(&arrivals.volume, &calendar, from.micros() as i64, to.micros() as i64))
            .sum();
        let share = 1.0 - inside / all;
        if all <= 0.0 || share <= NOTICEABLE {
            return;
        }
        let title =
            format!("{:.0} % of the cases of `queues.{}` come while it is closed", 100.0 * share, queue.name);
        let closed: Vec<String> = Weekday::ALL
            .into_iter()
            .filter(|day| weekdays[day.index()].is_empty() && busy_on(&arrivals.volume, *day))
            .map(|day| format!("{} = 0", day.name()[..3].to_lowercase()))
            .collect();
        let help = if closed.is_empty() {
            "compare the volume's hours with `open`; where this is meant, `retry.after_closed` says who \
             tries again"
                .to_owned()
        } else {
            format!("for no cases on closed days write `weekday = {{ {} }}`", closed.join(", "))
        };
        let place = self.place(&["queues", &queue.name, "arrivals"]);
        self.log.warning(place, title, "no agent serves them; the cases are lost").help(help);
    }
}

/// Whether a rate by weekdays has cases on this one.
fn busy_on(volume: &Volume, day: Weekday) -> bool {
    matches!(volume, Volume::Rate { weekday, .. } if weekday[day.index()] > 0.0)
}

/// Expected cases between two times in microseconds since the start of the reported time; events and
/// busyness are left out.
pub(super) fn cases(volume: &Volume, calendar: &Calendar, from: i64, to: i64) -> f64 {
    match volume {
        Volume::Rate { per_hour, weekday } => {
            let mut sum = 0.0;
            let mut at = from;
            while at < to {
                let day = at.div_euclid(DAY);
                let next = per_hour.next_step(at).unwrap_or(i64::MAX).min((day + 1) * DAY).min(to);
                let factor = weekday[calendar.weekday(day).index()];
                sum += per_hour.at(at) * factor * (next - at) as f64 / Span::HOUR.micros() as f64;
                at = next;
            }
            sum
        }
        Volume::Series(buckets) => {
            let end = |start: i64, length: Span| start + length.micros() as i64;
            let first = buckets.partition_point(|bucket| end(bucket.start, bucket.length) <= from);
            let within = buckets[first..].iter().take_while(|bucket| bucket.start < to);
            within
                .map(|bucket| {
                    let overlap = end(bucket.start, bucket.length).min(to) - bucket.start.max(from);
                    bucket.count * overlap as f64 / bucket.length.micros() as f64
                })
                .sum()
        }
        Volume::Trace(times) => {
            let before = |limit: i64| times.partition_point(|at| *at < limit);
            (before(to) - before(from)) as f64
        }
    }
}
