//! Ways that a contact could go for ever.

use std::collections::BTreeSet;

use crate::units::Span;

use super::super::{Queue, SelfService};
use super::{ALL, Checking};
use crate::reading::suggest;

/// A way from one queue to another, and the table that says so.
type Way<'s> = (&'s str, &'static str);

impl Checking<'_> {
    pub(super) fn loops(&self) {
        if self.scenario.routing.max_transfers.is_none() {
            self.transfer_loops();
        }
        self.circles(ways_of_waiting, "a waiting contact would go round for ever at one instant; give one of them a time (`after = \"3m\"`)");
        self.circles(ways_at_once, "a contact would go round for ever at one instant; leave one of them out");
        self.instants();
    }

    /// Queues from which transfers never lead to one where a leg can end without a transfer.
    fn transfer_loops(&self) {
        let passed_on = |queue: &Queue| queue.transfers.iter().map(|to| to.probability).sum::<f64>();
        let trapped = self.trapped(
            |queue| passed_on(queue) < ALL,
            |queue| {
                let to = queue.transfers.iter().filter(|to| to.probability > 0.0);
                to.map(|to| to.to.as_str()).collect()
            },
        );
        if let Some(first) = trapped.first() {
            let title = format!("transfers among {} never end", suggest::list(&trapped));
            let reason = "every leg is passed on, with probability 1";
            self.log
                .error(self.place(&["queues", first, "transfers"]), title, reason)
                .help("let the probabilities of one of them sum to less than 1");
        }
    }

    /// Queues, in file order, from which no way leads to one that `ends`.
    pub(super) fn trapped<'s>(
        &'s self,
        ends: impl Fn(&'s Queue) -> bool,
        ways: impl Fn(&'s Queue) -> Vec<&'s str>,
    ) -> Vec<&'s str> {
        let queues = &self.scenario.queues;
        let mut ending: BTreeSet<&str> =
            queues.iter().filter(|queue| ends(queue)).map(|queue| queue.name.as_str()).collect();
        loop {
            let leads_out = |queue: &&'s Queue| ways(queue).iter().any(|to| ending.contains(to));
            let more: Vec<&str> = queues
                .iter()
                .filter(|queue| !ending.contains(queue.name.as_str()))
                .filter(leads_out)
                .map(|queue| queue.name.as_str())
                .collect();
            if more.is_empty() {
                break;
            }
            ending.extend(more);
        }
        queues.iter().map(|queue| queue.name.as_str()).filter(|name| !ending.contains(name)).collect()
    }

    /// Ways that lead back to where they came from.
    fn circles(&self, ways: fn(&Queue) -> Vec<Way<'_>>, remedy: &str) {
        let mut reported: BTreeSet<&str> = BTreeSet::new();
        for queue in &self.scenario.queues {
            let Some(circle) = self.circle_from(&queue.name, ways) else { continue };
            if !circle.iter().any(|(name, _)| reported.contains(name)) {
                let mut names: Vec<&str> = circle.iter().map(|(name, _)| *name).collect();
                names.push(names[0]);
                let reason = format!("it leads {}", names.join(" → "));
                let (from, key) = circle[0];
                let what = match key {
                    "overflow" => "an overflow",
                    "escalation" => "an escalation",
                    _ => "self-service without any time",
                };
                let place = self.place(&["queues", from, key]);
                self.log.error(place, format!("{what} never ends"), reason).help(remedy);
            }
            reported.extend(circle.iter().map(|(name, _)| *name));
        }
    }

    /// A shortest circle through a queue: its queues in order, each with the key that leads on.
    fn circle_from<'s>(&'s self, start: &'s str, ways: fn(&Queue) -> Vec<Way<'_>>) -> Option<Vec<Way<'s>>> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut paths: Vec<Vec<Way<'s>>> = vec![Vec::new()];
        let mut ends: Vec<&str> = vec![start];
        let mut next = 0;
        while next < ends.len() {
            let (here, path) = (ends[next], paths[next].clone());
            next += 1;
            let Some(queue) = self.queues.get(here) else { continue };
            for (to, key) in ways(queue) {
                let mut path = path.clone();
                path.push((here, key));
                if to == start {
                    return Some(path);
                }
                if seen.insert(to) {
                    paths.push(path);
                    ends.push(to);
                }
            }
        }
        None
    }
}

/// Where a contact that waits is moved to at once. A round that takes time may go on: a queue may put its
/// callers back at its end every three minutes.
fn ways_of_waiting(queue: &Queue) -> Vec<Way<'_>> {
    let overflow = queue.overflow.iter().filter(|overflow| overflow.after == Span::ZERO);
    let overflow = overflow.map(|overflow| (overflow.to.as_str(), "overflow"));
    let higher = queue.escalation.iter().filter(|higher| higher.after_wait == Some(Span::ZERO));
    overflow.chain(higher.map(|higher| (higher.to.as_str(), "escalation"))).collect()
}

/// Where a contact that comes may be moved to at once.
fn ways_at_once(queue: &Queue) -> Vec<Way<'_>> {
    let higher = queue.escalation.iter();
    let higher = higher.filter(|higher| higher.after_attempts.is_some() || higher.share > 0.0);
    let mut ways: Vec<Way<'_>> = higher.map(|higher| (higher.to.as_str(), "escalation")).collect();
    let passes = |door: &&SelfService| door.time.mean() <= 0.0 && door.containment + door.hang_up < ALL;
    if let Some(door) = queue.self_service.as_ref().filter(passes) {
        // What stays with the queue itself goes on to its agents.
        let on = door.to.iter().chain(&door.to_when_closed);
        let on = on.filter(|(to, share)| *share > 0.0 && *to != queue.name);
        ways.extend(on.map(|(to, _)| (to.as_str(), "self_service")));
    }
    ways
}
