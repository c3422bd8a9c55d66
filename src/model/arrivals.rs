//! How cases arrive, compiled: rates hour by hour.

use crate::random::Distribution;
use crate::scenario::{Bucket, Event};
use crate::units::Steps;
use crate::units::{Calendar, Span};

use super::RowMap;

/// A stretch of constant rate within a clock hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePiece {
    /// Microseconds since the hour began.
    pub start: u64,
    /// Microseconds since the hour began.
    pub end: u64,
    /// Cases per microsecond.
    pub rate: f64,
}

/// Where rates come from.
#[derive(Clone, Debug)]
pub enum Rates {
    /// Cases per hour in steps, times the weekday's factor.
    Steps(Steps<f64>, [f64; 7]),
    /// Expected numbers, stretch by stretch.
    Series(Vec<Bucket>),
    /// Replayed as it is: microseconds since the start of the reported time, ascending.
    Trace(Vec<i64>),
}

/// How much busier than expected days are, and stretches of a day.
#[derive(Clone, Debug)]
pub struct Busyness {
    /// Standard deviation of a day's gamma factor of mean 1.
    pub cv: f64,
    /// Whose factors they are.
    pub name: String,
    /// Correlation of the own normal scores to the shared ones.
    pub correlation: f64,
    /// Weights of a day's draw and of those of the days before in its normal score: their squares sum up to 1. Empty
    /// where days have nothing in common.
    pub memory: Vec<f64>,
    /// Further factors within the day.
    pub within_day: Option<WithinDay>,
}

/// A gamma factor for each stretch of the day.
#[derive(Clone, Debug)]
pub struct WithinDay {
    /// Of the factors; none where they are 1.
    pub distributions: Steps<Option<Distribution>>,
    /// Correlation of the normal scores of neighbours.
    pub keeps: f64,
    /// How long a stretch is, in microseconds: a part of an hour, or whole hours.
    pub step: u64,
}

/// The weights of a moving average of which neighbours have this correlation, and those k apart its k-th power, to
/// the eighth digit.
#[must_use]
pub fn memory_of_days(day_to_day: f64) -> Vec<f64> {
    /// What is left of a draw when it is forgotten.
    const FORGOTTEN: f64 = 1e-4;
    if day_to_day <= 0.0 {
        return Vec::new();
    }
    let length = (libm::log(FORGOTTEN) / libm::log(day_to_day)).ceil() as i32;
    let weights: Vec<f64> = (0..=length).map(|back| libm::pow(day_to_day, f64::from(back))).collect();
    let norm = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    weights.iter().map(|weight| weight / norm).collect()
}

/// Factors of the rates.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalScale {
    /// Outside the reported time, and where no row says otherwise.
    pub whole: f64,
    /// By reported row; empty where all are alike.
    pub rows: Vec<f64>,
}

impl ArrivalScale {
    /// As they are.
    pub const ONE: ArrivalScale = ArrivalScale { whole: 1.0, rows: Vec::new() };

    /// The factor of a row.
    #[must_use]
    pub fn of(&self, row: usize) -> f64 {
        self.rows.get(row).copied().unwrap_or(self.whole)
    }
}

/// How cases arrive at a queue.
#[derive(Clone, Debug)]
pub struct ArrivalProcess {
    /// Where the rates come from.
    pub rates: Rates,
    /// What they are multiplied by: a pilot's factors; else 1.
    pub scale: ArrivalScale,
    /// Good and bad days.
    pub busyness: Option<Busyness>,
    /// Stretches with another volume.
    pub events: Vec<Event>,
}

const HOUR: i64 = Span::HOUR.micros() as i64;

impl ArrivalProcess {
    /// The pieces of the clock hour that begins `hour` hours after the start of the reported time
    /// (negative in the warm-up): ascending, without gaps, busyness not applied. For a trace: none.
    pub fn pieces(&self, hour: i64, calendar: &Calendar, rows: &RowMap, out: &mut Vec<RatePiece>) {
        out.clear();
        let (begin, end) = (hour * HOUR, (hour + 1) * HOUR);
        match &self.rates {
            Rates::Steps(steps, weekday) => {
                let factor = weekday[calendar.weekday(begin.div_euclid(Span::DAY.micros() as i64)).index()];
                let mut at = begin;
                while at < end {
                    let next = steps.next_step(at).unwrap_or(i64::MAX).min(end);
                    let rate = steps.at(at) * factor / HOUR as f64;
                    out.push(RatePiece { start: (at - begin) as u64, end: (next - begin) as u64, rate });
                    at = next;
                }
            }
            Rates::Series(buckets) => {
                let mut at = begin;
                let first = buckets.partition_point(|b| b.start + b.length.micros() as i64 <= begin);
                for bucket in buckets[first..].iter().take_while(|b| b.start < end) {
                    let (from, to) =
                        (bucket.start.max(begin), (bucket.start + bucket.length.micros() as i64).min(end));
                    if from > at {
                        out.push(RatePiece {
                            start: (at - begin) as u64,
                            end: (from - begin) as u64,
                            rate: 0.0,
                        });
                    }
                    let rate = bucket.count / bucket.length.micros() as f64;
                    out.push(RatePiece { start: (from - begin) as u64, end: (to - begin) as u64, rate });
                    at = to;
                }
                if at < end {
                    out.push(RatePiece { start: (at - begin) as u64, end: HOUR as u64, rate: 0.0 });
                }
            }
            Rates::Trace(_) => return,
        }
        for event in &self.events {
            scale_rates(out, event.at - begin, event.at + event.length.micros() as i64 - begin, event.factor);
        }
        if self.scale.rows.is_empty() {
            out.iter_mut().for_each(|piece| piece.rate *= self.scale.whole);
            return;
        }
        let mut at = begin;
        while at < end {
            let instant = calendar.instant(at);
            let row = instant.map_or(rows.unreported(), |instant| rows.row(instant));
            let next = instant.map(|instant| calendar.reported_micros(rows.next_boundary(instant)));
            let next = next.filter(|next| *next > at).unwrap_or(end).min(end);
            scale_rates(out, at - begin, next - begin, self.scale.of(row));
            at = next;
        }
    }

    /// The times of a trace that fall into an hour, since the start of the reported time.
    #[must_use]
    pub fn traced(&self, hour: i64) -> &[i64] {
        let Rates::Trace(times) = &self.rates else { return &[] };
        let at = |hour: i64| times.partition_point(|t| *t < hour * HOUR);
        &times[at(hour)..at(hour + 1)]
    }
}

/// Multiplies the rate between two times (since the hour began), splitting pieces where needed.
pub fn scale_rates(pieces: &mut Vec<RatePiece>, from: i64, to: i64, factor: f64) {
    let (from, to) = (from.clamp(0, HOUR) as u64, to.clamp(0, HOUR) as u64);
    if from >= to {
        return;
    }
    for cut in [from, to] {
        if let Some(i) = pieces.iter().position(|p| p.start < cut && cut < p.end) {
            let right = RatePiece { start: cut, ..pieces[i] };
            pieces[i].end = cut;
            pieces.insert(i + 1, right);
        }
    }
    for piece in pieces.iter_mut().filter(|p| p.start >= from && p.end <= to) {
        piece.rate *= factor;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rows;
    use super::*;
    use crate::units::Instant;

    #[test]
    fn an_event_splits_the_pieces_that_it_covers_in_part() {
        let steps = Steps::daily(vec![(Span::ZERO, 60.0), (Span::from_whole_seconds(1800), 120.0)]);
        let minute = 60_000_000;
        let process = ArrivalProcess {
            rates: Rates::Steps(steps, [1.0; 7]),
            scale: ArrivalScale::ONE,
            busyness: None,
            events: vec![Event {
                name: "outage".into(),
                at: 20 * minute,
                length: Span::from_micros(20 * minute as u64),
                factor: 2.0,
            }],
        };
        let mut pieces = Vec::new();
        let calendar = Calendar::new(None, Span::ZERO);
        let end = Instant::START + Span::HOUR;
        let rows = RowMap::new(Rows::Each, &calendar, Span::HOUR, Instant::START, end);
        process.pieces(0, &calendar, &rows, &mut pieces);
        let read: Vec<(u64, u64, f64)> = pieces
            .iter()
            .map(|p| {
                (
                    p.start / minute as u64,
                    p.end / minute as u64,
                    (p.rate * minute as f64 * 10.0).round() / 10.0,
                )
            })
            .collect();
        assert_eq!(read, [(0, 20, 1.0), (20, 30, 2.0), (30, 40, 4.0), (40, 60, 2.0)]);
    }
}
