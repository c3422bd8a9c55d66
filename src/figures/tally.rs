//! One replication's numbers of a scope, as one vector: what figures are ratios of.

use crate::model::{Group, Model, Queue};
use crate::observations::{AgentTimes, Count, Counts, GroupCount, GroupCounts, Kind, QueueObservations};
use crate::units::QueueId;

use super::service_level::Waits;

/// What a scope adds to the [`Count`]s of its stays. The first three are kept for every row, the rest
/// for whole scopes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Extra {
    /// Numerator of the service level, by the queue's own formula.
    ServiceMet,
    /// Denominator of the service level; zero where there is no target.
    ServiceAsked,
    /// Of talk and wrap-up time: what does not take an agent, as others share the agent's time.
    Slack,
    /// Sum of squared waits, square seconds.
    WaitSquares,
    /// Squared number waiting, integrated over time (seconds).
    WaitingSquares,
    /// Answered stays that were not transfers: answered contacts.
    AnsweredContacts,
    EverAnswered,
    Repeated,
    SolvedInTime,
    /// Solved, contained and lost cases of queues with a target of time.
    ResolveAsked,
    Contacts,
    CaseLegs,
    CaseTransfers,
    TimeToResolution,
    /// Days on which the answer target was met, and days on which anyone asked.
    AnswerDaysMet,
    AnswerDays,
    AbandonmentDaysMet,
    AbandonmentDays,
    /// What waiting and abandoning cost.
    WaitingCost,
    /// Pay, for the total only.
    Cost,
}

pub(super) const ROW_LEN: usize = Count::LEN + 3;
pub(super) const SCOPE_LEN: usize = Count::LEN + Extra::Cost as usize + 1;

/// Where a stay counter stands in the vector.
pub(super) const fn at(count: Count) -> usize {
    count as usize
}

/// Where an extra stands in the vector.
pub(super) const fn extra(extra: Extra) -> usize {
    Count::LEN + extra as usize
}

const MICROS: f64 = 1e6;

/// The counters of stays, times in seconds, with the service level's two parts.
pub(super) fn stay_values(counts: &Counts, model: &Model, queue: QueueId, out: &mut [f64]) {
    let queue = &model.queues[queue.index()];
    for (value, &count) in out.iter_mut().zip(counts.values()) {
        *value = count as f64;
    }
    for time in
        [Count::WaitAnswered, Count::WaitAbandoned, Count::Talk, Count::WrapUp, Count::Waiting, Count::Busy]
    {
        out[at(time)] /= MICROS;
    }
    let (met, asked) = service_level(counts, queue);
    out[extra(Extra::ServiceMet)] = met;
    out[extra(Extra::ServiceAsked)] = asked;
    // As many as fit into one agent.
    let together = f64::from(1000 / model.channels[queue.channel.index()].share.max(1));
    out[extra(Extra::Slack)] = (out[at(Count::Talk)] + out[at(Count::WrapUp)]) * (1.0 - 1.0 / together);
}

/// Numerator and denominator of a queue's service level; zero where there is no target.
fn service_level(counts: &Counts, queue: &Queue) -> (f64, f64) {
    let Some(target) = &queue.answer else { return (0.0, 0.0) };
    let of = |count: Count| counts[count];
    let within = (of(Count::AnsweredWithin), of(Count::AbandonedWithin), of(Count::AbandonedShort));
    Waits::of(counts, within).level(target.formula)
}

/// The counters of a queue's reported rows, summed.
pub(super) fn reported(seen: &QueueObservations, model: &Model) -> Counts {
    let mut sum = Counts::default();
    seen.rows[..model.rows.count].iter().for_each(|row| sum += row);
    sum
}

/// The whole vector of a queue; `sum` of its reported rows.
pub(super) fn scope_values(
    seen: &QueueObservations,
    sum: &Counts,
    model: &Model,
    id: QueueId,
) -> [f64; SCOPE_LEN] {
    let queue = &model.queues[id.index()];
    let mut values = [0.0; SCOPE_LEN];
    stay_values(sum, model, id, &mut values[..ROW_LEN]);
    let tally = &seen.cases.counts;
    let transfers = seen.kind(Kind::Transfer)[Count::Answered];
    let resolve_asked = if queue.resolve.is_some() { sum.closed() } else { 0 };
    for (place, value) in [
        (Extra::WaitSquares, seen.wait_squares as f64 / 1e6),
        (Extra::WaitingSquares, seen.waiting_squares as f64 / MICROS),
        (Extra::AnsweredContacts, (sum[Count::Answered] - transfers) as f64),
        (Extra::EverAnswered, tally.ever_answered as f64),
        (Extra::Repeated, tally.repeated as f64),
        (Extra::SolvedInTime, tally.solved_in_time as f64),
        (Extra::ResolveAsked, resolve_asked as f64),
        (Extra::Contacts, tally.contacts as f64),
        (Extra::CaseLegs, tally.legs as f64),
        (Extra::CaseTransfers, tally.transfers as f64),
        (Extra::TimeToResolution, tally.time_to_resolution as f64 / MICROS),
        (Extra::WaitingCost, waiting_cost(sum, queue)),
    ] {
        values[extra(place)] = value;
    }
    values
}

/// What the waits and the abandoning of a queue's customers cost.
fn waiting_cost(sum: &Counts, queue: &Queue) -> f64 {
    let waited = sum[Count::Waiting] as f64 / MICROS / 3600.0;
    waited * queue.cost.per_waiting_hour + sum[Count::Abandoned] as f64 * queue.cost.per_abandonment
}

/// Whether a day of a queue kept its answer target and its target on abandonment; `None` without a target, and where
/// nobody came.
pub(super) fn day_keeps(day: &[f64], queue: &Queue) -> [Option<bool>; 2] {
    let offered = day[at(Count::Answered)] + day[at(Count::Abandoned)] - day[at(Count::ByCallback)];
    let (met, asked) = (day[extra(Extra::ServiceMet)], day[extra(Extra::ServiceAsked)]);
    let answer = queue.answer.as_ref().filter(|_| asked > 0.0).map(|target| met >= target.share * asked);
    let most = queue.max_abandonment.filter(|_| offered > 0.0);
    [answer, most.map(|most| day[at(Count::Abandoned)] <= most * offered)]
}

/// Counts a day's kept targets into a queue's vector.
pub(super) fn count_day(day: &[f64], queue: &Queue, values: &mut [f64]) {
    let [answer, abandonment] = day_keeps(day, queue);
    if let Some(kept) = answer {
        values[extra(Extra::AnswerDays)] += 1.0;
        values[extra(Extra::AnswerDaysMet)] += f64::from(u8::from(kept));
    }
    if let Some(kept) = abandonment {
        values[extra(Extra::AbandonmentDays)] += 1.0;
        values[extra(Extra::AbandonmentDaysMet)] += f64::from(u8::from(kept));
    }
}

/// Where the spread of occupancy between agents stands in a group's vector; of rows it is not known.
pub(super) const SPREAD: usize = GroupCount::LEN;

/// Where the hours stand that premiums come to: what is paid above the usual, in usual hours. Of rows it is not known.
pub(super) const PREMIUM: usize = GroupCount::LEN + 1;

pub(super) const GROUP_LEN: usize = GroupCount::LEN + 2;

/// Where a group's counter stands in its vector.
pub(super) const fn group_at(count: GroupCount) -> usize {
    count as usize
}

/// A group's vector: agent hours.
pub(super) fn group_values(counts: &GroupCounts) -> [f64; GROUP_LEN] {
    let mut values = [0.0; GROUP_LEN];
    for (value, &count) in values.iter_mut().zip(counts.values()) {
        *value = count as f64 / MICROS / 3600.0;
    }
    values
}

/// The hours that a group's premiums come to, from the hours of its rows.
pub(super) fn premium(group: &Group, rows: &[GroupCounts]) -> f64 {
    if group.premiums.is_empty() && group.overtime_premium == 0.0 {
        return 0.0;
    }
    let of_row = |(row, counts): (usize, &GroupCounts)| {
        let values = group_values(counts);
        let paid = values[group_at(GroupCount::Paid)] - values[group_at(GroupCount::Unpaid)];
        let above = group.premiums.get(row).copied().unwrap_or(0.0);
        paid * above + values[group_at(GroupCount::Overtime)] * group.overtime_premium
    };
    rows.iter().enumerate().map(of_row).sum()
}

/// Standard deviation of the occupancy of agents, each counting by the time that it was available.
pub(super) fn spread<'a>(agents: impl Iterator<Item = &'a AgentTimes> + Clone) -> f64 {
    let sum = |of: fn(f64, f64) -> f64| -> f64 {
        let there = agents.clone().filter(|times| times.available > 0);
        there.map(|times| of(times.worked as f64, times.available as f64)).sum()
    };
    let available = sum(|_, available| available);
    if available == 0.0 {
        return 0.0;
    }
    let mean = sum(|worked, _| worked) / available;
    let squares = agents.filter(|times| times.available > 0).map(|times| {
        let distance = times.worked as f64 / times.available as f64 - mean;
        distance * distance * times.available as f64
    });
    (squares.sum::<f64>() / available).sqrt()
}
