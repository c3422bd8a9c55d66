//! The likeliest cause of a deviation, by a rule that the documentation tells.
//!
//! 1. More contacts abandoned for each hour waited, more of them abandoned in all, and the others do not wait longer
//!    (or the reverse of all three): patience. Customers who abandon sooner let the others wait less long; no change of
//!    work or people does that.
//! 2. Else volume or handle time off, and waits off in the direction in which they push, or not at all: the one that
//!    changes the work most. A volume is freed of the retries of those who abandoned more often.
//! 3. Else abandonment off without the waits: patience. Else waits, service level or occupancy off: people.
//!    Where people are too few in one queue and too many in another that the same groups serve, it is the order in
//!    which they are served, or who serves them ([`super::Validated::causes`]).

use crate::figures::Figure;

use super::against::QueueBeside;

/// More than the scenario says, or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Direction {
    More,
    Less,
}

/// Why a queue behaves otherwise than its scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// Contacts: seen over simulated.
    Volume(f64),
    /// Handle time: seen over simulated.
    HandleTime(f64),
    /// Customers wait longer (more) or less long before they abandon.
    Patience(Direction),
    /// More or fewer people at work.
    People(Direction),
    /// People enough, or too many, in other queues of the same groups: who is served first, or by whom.
    Order(Direction),
    /// Single intervals deviate, totals do not.
    Scatter,
}

impl Cause {
    /// In one word, for files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Cause::Volume(_) => "volume",
            Cause::HandleTime(_) => "handle_time",
            Cause::Patience(_) => "patience",
            Cause::People(_) => "people",
            Cause::Order(_) => "order",
            Cause::Scatter => "scatter",
        }
    }
}

/// The likeliest causes, the first the likeliest; none where the queue fits.
pub(super) fn causes(queue: &QueueBeside) -> Vec<Cause> {
    // 1 where it is off upwards, -1 downwards.
    let sign = |figure: Figure| match queue.figure(figure) {
        Some(one) if one.off && one.total.seen > one.total.mean => 1,
        Some(one) if one.off => -1,
        _ => 0,
    };
    let inputs = inputs(queue);
    let work: f64 = inputs.iter().map(|(_, ratio)| libm::log(*ratio)).sum();
    let work = if inputs.is_empty() {
        0
    } else if work > 0.0 {
        1
    } else {
        -1
    };
    let (abandonment, wait, level) =
        (sign(Figure::Abandonment), sign(Figure::WaitAnswered), sign(Figure::ServiceLevel));
    // 1 where customers wait longer.
    let worse = if wait != 0 { wait } else { -level };
    let direction = |sign: i32| if sign > 0 { Direction::More } else { Direction::Less };
    let mut causes = Vec::new();
    if let Some(sooner) = sooner(queue, worse) {
        causes.push(Cause::Patience(direction(-sooner)));
    } else if !inputs.is_empty() && (worse == 0 && (abandonment == 0 || abandonment == work) || worse == work)
    {
        // Their causes follow.
    } else if abandonment != 0 && worse == 0 {
        causes.push(Cause::Patience(direction(-abandonment)));
    } else if worse != 0 {
        causes.push(Cause::People(direction(-worse)));
    }
    causes.extend(inputs.into_iter().map(|(cause, _)| cause));
    if causes.is_empty() {
        match sign(Figure::Occupancy) {
            0 if queue.is_scattered() => causes.push(Cause::Scatter),
            0 => {}
            busier => causes.push(Cause::People(direction(-busier))),
        }
    }
    causes
}

/// Whether customers abandon sooner (1) or later (-1) than the simulated ones; `worse` is how their waits differ.
fn sooner(queue: &QueueBeside, worse: i32) -> Option<i32> {
    let of_hour = queue.impatience_off()?;
    let sign = if of_hour.seen > of_hour.mean { 1 } else { -1 };
    let of_all = queue.figure(Figure::Abandonment)?.total;
    let as_many = f64::from(sign) * (of_all.seen - of_all.mean) >= 0.0;
    (as_many && worse != sign).then_some(sign)
}

/// What the scenario says itself and was seen otherwise, the greatest change of the work first.
fn inputs(queue: &QueueBeside) -> Vec<(Cause, f64)> {
    let mut inputs = Vec::new();
    if let Some(volume) = queue.figure(Figure::Offered).filter(|one| one.off) {
        // Who abandons more often calls again more often: that is no cause.
        let retries = queue.retries.unwrap_or(0.0) * queue.more_abandoned;
        let mut freed = volume.total;
        freed.seen = (volume.total.seen - retries).max(0.0);
        if freed.is_off(Figure::Offered) || queue.retries.is_none() {
            inputs.push((Cause::Volume(freed.ratio()), freed.ratio().max(1e-9)));
        }
    }
    let handling = [Figure::Aht, Figure::Talk].into_iter().filter_map(|figure| queue.figure(figure));
    for one in handling.filter(|one| one.off) {
        inputs.push((Cause::HandleTime(one.total.ratio()), one.total.ratio().max(1e-9)));
    }
    let change = |ratio: f64| libm::log(ratio).abs();
    inputs.sort_by(|one, other| change(other.1).total_cmp(&change(one.1)));
    inputs
}
