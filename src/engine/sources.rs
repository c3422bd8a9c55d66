//! Where cases come from: one source a queue, each clock hour a process of its own.
//!
//! Within an hour, arrivals are a unit-rate Poisson process carried through the inverse of the
//! cumulative rate (Cinlar 1975, section 4.7): changing a volume moves arrivals smoothly, and each
//! hour restarts with draws of its own name, so that changing one hour leaves the others alone.

use crate::model::{ArrivalProcess, Model, Queue, RatePiece, Rates};
use crate::random::{Key, UnitExponential};
use crate::units::{Instant, QueueId, Span};

use super::busyness::Factors;
use super::first_talk::first_talk;
use super::tournament::Tournament;

/// Cases are drawn so many at a time: the latency of one draw hides behind the others.
const BATCH: usize = 32;

const HOUR: i64 = Span::HOUR.micros() as i64;

/// All sources of a play.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    next: Tournament,
    sources: Vec<Source>,
}

/// A case that opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) at: Instant,
    /// The name of its draws.
    pub(super) key: Key,
    /// The talk time of its first leg by the queue's distribution, drawn here as the batch hides its price.
    pub(super) talk: Span,
}

#[derive(Clone, Debug)]
struct Source {
    queue: QueueId,
    gaps: UnitExponential,
    /// Replication and queue.
    key: Key,
    factors: Option<Factors>,
    hour: i64,
    hour_key: Key,
    /// Pieces of the present hour, busyness applied.
    pieces: Vec<RatePiece>,
    piece: usize,
    /// Expected arrivals of the hour's pieces before the present one, and with it.
    before: f64,
    through: f64,
    /// The present piece: its start, in microseconds of the hour, and its rate.
    from: u64,
    rate: f64,
    /// The unit-rate process so far.
    clock: f64,
    /// Arrivals of the hour so far.
    number: u64,
    day: i64,
    factor: f64,
    ready: Vec<Opening>,
    taken: usize,
    /// The play has no more hours for it.
    exhausted: bool,
}

impl Sources {
    pub(super) fn new(model: &Model) -> Sources {
        let with_arrivals = (0..model.queues.len()).filter(|&i| model.queues[i].arrivals.is_some());
        let mut with_arrivals: Vec<usize> = with_arrivals.collect();
        // At one instant the earlier source comes first: that of the queue that is served first.
        with_arrivals.sort_by_key(|&i| model.queues[i].priority);
        let sources: Vec<Source> = with_arrivals.into_iter().map(|i| Source::new(QueueId::at(i))).collect();
        Sources { next: Tournament::new(sources.len()), sources }
    }

    /// Begins a replication.
    pub(super) fn restart(&mut self, model: &Model, seed: u64, replication: u64) {
        self.next.clear();
        for (i, source) in self.sources.iter_mut().enumerate() {
            source.restart(model, seed, replication);
            self.next.set(i, source.peek(model));
        }
    }

    /// When the next case opens.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.next.next()
    }

    /// The next case, and its queue.
    #[inline(always)]
    pub(super) fn take(&mut self, model: &Model) -> (QueueId, Opening) {
        let winner = self.next.winner();
        let source = &mut self.sources[winner];
        let opening = source.ready[source.taken];
        source.taken += 1;
        self.next.set(winner, source.peek(model));
        (source.queue, opening)
    }

    /// No more cases open.
    pub(super) fn stop(&mut self) {
        self.next.clear();
    }
}

fn process(model: &Model, queue: QueueId) -> &ArrivalProcess {
    model.queues[queue.index()].arrivals.as_ref().expect("only queues with arrivals have a source")
}

impl Source {
    fn new(queue: QueueId) -> Source {
        let nobody = Key::seed(0);
        Source {
            queue,
            gaps: UnitExponential::new(),
            key: nobody,
            factors: None,
            hour: 0,
            hour_key: nobody,
            pieces: Vec::new(),
            piece: 0,
            before: 0.0,
            through: 0.0,
            from: 0,
            rate: 0.0,
            clock: 0.0,
            number: 0,
            day: i64::MIN,
            factor: 1.0,
            ready: Vec::with_capacity(BATCH),
            taken: 0,
            exhausted: false,
        }
    }

    fn restart(&mut self, model: &Model, seed: u64, replication: u64) {
        let queue = &model.queues[self.queue.index()];
        self.key = Key::seed(seed).child(replication).named("arrivals").named(&queue.stream);
        self.factors = process(model, self.queue)
            .busyness
            .as_ref()
            .map(|busyness| Factors::new(seed, replication, model.sampling, &queue.stream, &busyness.name));
        (self.day, self.factor, self.exhausted) = (i64::MIN, 1.0, false);
        self.ready.clear();
        self.taken = 0;
        self.enter_hour(model, model.calendar.reported_micros(Instant::START).div_euclid(HOUR));
    }

    /// When its next case opens.
    #[inline]
    fn peek(&mut self, model: &Model) -> Instant {
        if self.taken == self.ready.len() {
            self.refill(model);
        }
        self.ready.get(self.taken).map_or(Instant::NEVER, |opening| opening.at)
    }

    fn enter_hour(&mut self, model: &Model, hour: i64) {
        self.hour = hour;
        (self.piece, self.before, self.clock, self.number) = (0, 0.0, 0.0, 0);
        let day = hour.div_euclid(24);
        self.hour_key = self.key.child(model.calendar.day_name(day)).child(hour.rem_euclid(24) as u64);
        let process = process(model, self.queue);
        process.pieces(hour, &model.calendar, &model.rows, &mut self.pieces);
        if let (Some(busyness), Some(factors)) = (&process.busyness, &mut self.factors) {
            let name = model.calendar.day_name(day);
            if day != self.day {
                self.factor = factors.of_day(busyness, name);
            }
            self.pieces.iter_mut().for_each(|piece| piece.rate *= self.factor);
            if let Some(within) = &busyness.within_day {
                factors.within_hour(busyness, within, name, hour, &mut self.pieces);
            }
        }
        self.enter_piece();
        self.day = day;
    }

    /// Draws the next cases; leaves none ready only when the play has no more.
    #[cold]
    fn refill(&mut self, model: &Model) {
        self.ready.clear();
        self.taken = 0;
        let end = model.calendar.reported_micros(model.end);
        while self.ready.is_empty() && !self.exhausted {
            if self.draw_within_hour(model) {
                self.enter_hour(model, self.hour + 1);
                self.exhausted = self.hour * HOUR >= end;
            }
        }
    }

    /// Fills the batch from the present hour; returns whether the hour is over. A trace's hour is
    /// one batch, however many it holds.
    fn draw_within_hour(&mut self, model: &Model) -> bool {
        let begin = self.hour * HOUR;
        let queue = &model.queues[self.queue.index()];
        if let Rates::Trace(_) = process(model, self.queue).rates {
            for &at in process(model, self.queue).traced(self.hour) {
                self.push(model, queue, at);
            }
            return true;
        }
        if self.piece >= self.pieces.len() {
            return true;
        }
        while self.ready.len() < BATCH {
            let gap = self.gaps.draw(self.hour_key.nth(self.number));
            self.clock += gap;
            while self.clock >= self.through {
                self.piece += 1;
                self.before = self.through;
                if !self.enter_piece() {
                    return true;
                }
            }
            let inside = self.from as i64 + ((self.clock - self.before) / self.rate) as i64;
            self.push(model, queue, begin + inside);
        }
        false
    }

    /// Notes the piece that the hour has come to; returns whether there is one.
    fn enter_piece(&mut self) -> bool {
        let Some(piece) = self.pieces.get(self.piece) else { return false };
        (self.from, self.rate) = (piece.start, piece.rate);
        self.through = self.before + (piece.end - piece.start) as f64 * piece.rate;
        true
    }

    #[inline(always)]
    fn push(&mut self, model: &Model, queue: &Queue, at: i64) {
        let key = self.hour_key.child(self.number);
        self.number += 1;
        // What an hour holds before the play begins, or after it ends, is drawn and dropped, so that
        // names do not depend on where the horizon cuts the hour.
        if let Some(instant) = model.calendar.instant(at).filter(|at| *at < model.end) {
            let talk = first_talk(queue, key, at);
            self.ready.push(Opening { at: instant, key, talk });
        }
    }
}
