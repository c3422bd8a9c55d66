//! What is counted of whole scopes only: passages through self-service, callbacks, conversations and
//! follow-ups, with the few counters that these are shares of.
//!
//! A vector of its own beside [`super::tally`]'s: the products of each with each are kept, and
//! nothing here is divided by what stands there.

use super::service_level::Waits;
use crate::model::Queue;
use crate::observations::{Count, Counts, LossReason, PassageCount, QueueObservations};

/// What stands beside the [`PassageCount`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Beside {
    /// Finished legs.
    Legs,
    /// Agents busy, integrated over time (seconds).
    Busy,
    /// Callbacks accepted.
    CalledBack,
    /// Responses of queues with such a target, and those in time.
    ResponsesAsked,
    ResponsesKept,
    /// Of queues with a second target on waits, those who are asked by its formula, and those for whom it was met.
    SecondAsked,
    SecondKept,
    /// Deferred work that was open at the ends of rows, summed over rows.
    Backlog,
    Cases,
    Solved,
    /// Solved, contained and lost cases.
    Ended,
    /// Different agents of cases.
    Agents,
    SolvedByFirstAgent,
    SolvedAtOnce,
    /// The first of the reasons why cases were lost.
    Lost,
}

pub(super) const PASSAGE_LEN: usize = PassageCount::LEN + Beside::Lost as usize + LossReason::ALL.len();

/// Where a counter stands in the vector.
pub(super) const fn passage(count: PassageCount) -> usize {
    count as usize
}

/// Where what stands beside them does.
pub(super) const fn beside(beside: Beside) -> usize {
    PassageCount::LEN + beside as usize
}

/// Where the cases lost for a reason stand.
pub(super) const fn lost(reason: LossReason) -> usize {
    beside(Beside::Lost) + reason as usize
}

const MICROS: f64 = 1e6;

/// The vector of a queue; `sum` of its reported rows. Times in seconds.
pub(super) fn passage_values(seen: &QueueObservations, sum: &Counts, queue: &Queue) -> [f64; PASSAGE_LEN] {
    let mut values = [0.0; PASSAGE_LEN];
    for (value, &count) in values.iter_mut().zip(seen.passages.values()) {
        *value = count as f64;
    }
    for time in [
        PassageCount::Hold,
        PassageCount::Shared,
        PassageCount::ResponseTime,
        PassageCount::LaterResponseTime,
        PassageCount::CallbackDelay,
        PassageCount::FollowUpDelay,
        PassageCount::ToReturn,
    ] {
        values[passage(time)] /= MICROS;
    }
    // Where there is no target, every response would be in time.
    let targets = queue.answer.is_some() && queue.kind.counts_responses();
    let asked = |count: PassageCount| if targets { seen.passages[count] } else { 0 };
    let (second_kept, second_asked) = second_level(seen, sum, queue);
    let cases = &seen.cases.counts;
    // The last row is what is not reported.
    let reported = seen.backlog.len().saturating_sub(1);
    let backlog: u64 = seen.backlog[..reported].iter().flatten().sum();
    for (place, value) in [
        (Beside::Legs, sum[Count::Legs]),
        (Beside::CalledBack, sum[Count::CalledBack]),
        (Beside::ResponsesAsked, asked(PassageCount::Responses)),
        (Beside::ResponsesKept, asked(PassageCount::ResponsesWithin)),
        (Beside::Backlog, backlog),
        (Beside::Cases, sum[Count::Cases]),
        (Beside::Solved, sum[Count::Solved]),
        (Beside::Ended, sum.closed()),
        (Beside::Agents, cases.agents),
        (Beside::SolvedByFirstAgent, cases.solved_by_first_agent),
        (Beside::SolvedAtOnce, cases.solved_at_once),
    ] {
        values[beside(place)] = value as f64;
    }
    values[beside(Beside::SecondAsked)] = second_asked;
    values[beside(Beside::SecondKept)] = second_kept;
    values[beside(Beside::Busy)] = sum[Count::Busy] as f64 / MICROS;
    for reason in LossReason::ALL {
        values[lost(reason)] = cases.lost[reason as usize] as f64;
    }
    values
}

/// Numerator and denominator of the level of a queue's second target; zero where there is none.
fn second_level(seen: &QueueObservations, sum: &Counts, queue: &Queue) -> (f64, f64) {
    let Some(target) = &queue.second else { return (0.0, 0.0) };
    let of = |count: PassageCount| seen.passages[count];
    let within = (
        of(PassageCount::AnsweredInSecond),
        of(PassageCount::AbandonedInSecond),
        of(PassageCount::AbandonedShortOfSecond),
    );
    Waits::of(sum, within).level(target.formula)
}
