//! Who is passed on, where a log names the conversation that a row is a part of: the next part is in another queue, or in the same
//! one again, and begins while an agent has the customer or soon after.

use std::collections::BTreeMap;

use crate::acd::{Calls, Outcome};

use super::likelihood::Estimated;

/// Who of a queue is passed on.
#[derive(Clone, Debug, PartialEq)]
pub struct TransfersFitted {
    /// Answered calls.
    pub answered: usize,
    /// Queues that they were passed on to, as the log calls them: the share, and how many.
    pub passed_on: Vec<(String, Estimated, usize)>,
}

/// Fewer answered calls tell nothing.
const FEWEST: usize = 30;

/// What begins later is another conversation under the same name: some systems count anew each day.
const SOON: f64 = 60.0;

/// Clocks of a log differ by a second or so.
const CLOCKS: f64 = 1.0;

/// By queue, as the log calls it; nothing where no conversation has several parts.
#[must_use]
pub fn transfers(calls: &Calls) -> BTreeMap<&str, TransfersFitted> {
    let mut passed_on: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for parts in calls.conversations() {
        for pair in parts.windows(2) {
            let (one, next) = (calls.call(pair[0]), calls.call(pair[1]));
            let Outcome::Answered(service) = &one.outcome else { continue };
            if (service.start - CLOCKS..=service.end + SOON).contains(&next.arrived) {
                *passed_on.entry(one.queue).or_default().entry(next.queue).or_default() += 1;
            }
        }
    }
    if passed_on.is_empty() {
        return BTreeMap::new();
    }
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for call in calls.iter().filter(|call| matches!(call.outcome, Outcome::Answered(_))) {
        *answered.entry(call.queue).or_default() += 1;
    }
    let fitted = |(queue, to): (_, BTreeMap<&str, usize>)| {
        let answered = answered.get(queue).copied().filter(|answered| *answered >= FEWEST)?;
        let one = |(to, count): (&str, usize)| (to.to_owned(), Estimated::share(count, answered), count);
        Some((queue, TransfersFitted { answered, passed_on: to.into_iter().map(one).collect() }))
    };
    passed_on.into_iter().filter_map(fitted).collect()
}
