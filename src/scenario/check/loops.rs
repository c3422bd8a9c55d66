//! Ways that a contact could go for ever.

use std::collections::BTreeSet;

use super::super::Queue;
use super::super::suggest;
use super::Checking;

/// Probabilities that sum to 1 but for rounding.
const ALL: f64 = 1.0 - 1e-9;

impl Checking<'_> {
    pub(super) fn loops(&self) {
        self.transfer_loops();
        self.overflow_loops();
    }

    /// Queues from which transfers never lead to one where a leg can end without a transfer.
    fn transfer_loops(&self) {
        let queues = &self.scenario.queues;
        let passed_on = |queue: &Queue| queue.transfers.iter().map(|to| to.probability).sum::<f64>();
        let mut ends: BTreeSet<&str> =
            queues.iter().filter(|queue| passed_on(queue) < ALL).map(|queue| queue.name.as_str()).collect();
        loop {
            let leads_out = |queue: &&Queue| {
                queue.transfers.iter().any(|to| to.probability > 0.0 && ends.contains(to.to.as_str()))
            };
            let more: Vec<&str> = queues
                .iter()
                .filter(|queue| !ends.contains(queue.name.as_str()))
                .filter(leads_out)
                .map(|queue| queue.name.as_str())
                .collect();
            if more.is_empty() {
                break;
            }
            ends.extend(more);
        }
        let trapped: Vec<&str> =
            queues.iter().map(|queue| queue.name.as_str()).filter(|name| !ends.contains(name)).collect();
        if let Some(first) = trapped.first() {
            let title = format!("transfers among {} never end", suggest::list(&trapped));
            let reason = "every leg is passed on, with probability 1";
            self.log
                .error(self.place(&["queues", first, "transfers"]), title, reason)
                .help("let the probabilities of one of them sum to less than 1");
        }
    }

    /// Overflows that lead back to where they came from.
    fn overflow_loops(&self) {
        let queues = &self.scenario.queues;
        let next = |name: &str| {
            let queue = queues.iter().find(|queue| queue.name == name)?;
            queue.overflow.as_ref().map(|overflow| overflow.to.as_str())
        };
        let mut reported: BTreeSet<&str> = BTreeSet::new();
        for queue in queues {
            let mut path = vec![queue.name.as_str()];
            while let Some(to) = next(path[path.len() - 1]) {
                if let Some(start) = path.iter().position(|name| *name == to) {
                    let circle = &path[start..];
                    if !circle.iter().any(|name| reported.contains(name)) {
                        let mut names: Vec<&str> = circle.to_vec();
                        names.push(to);
                        let reason = format!("it leads {}", names.join(" → "));
                        let place = self.place(&["queues", circle[0], "overflow"]);
                        self.log
                            .error(place, "an overflow never ends", reason)
                            .help("a waiting contact would go round for ever; leave one of them out");
                    }
                    reported.extend(circle);
                    break;
                }
                path.push(to);
            }
        }
    }
}
