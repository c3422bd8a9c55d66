//! How often a case comes to each queue's agents.

use crate::scenario::{Queue, Scenario, SelfService};

/// Where a case begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// Before the queue's self-service, if it has any.
    Door,
    /// In the queue.
    Queue,
}

/// How often a case that begins at queue `from` comes to each queue: self-service, escalated shares,
/// transfers, and returns as if they came at once. Self-service is taken as open; retries, chases and
/// waits depend on the play and are left out.
pub(super) fn visits(scenario: &Scenario, queues: &[&Queue], from: usize, entry: Entry) -> Vec<f64> {
    let mut flow = Flow::new(queues);
    match entry {
        Entry::Door => flow.doors[from] = 1.0,
        Entry::Queue => flow.inside[from] = 1.0,
    }
    let mut total = vec![0.0; queues.len()];
    // Every round of contacts is smaller than the last; a thousand of them are enough for any case
    // that ends at all.
    for _ in 0..1000 {
        let mut next = Flow::new(queues);
        for (here, total) in total.iter_mut().enumerate() {
            let through = flow.through_the_door(scenario, here, &mut next);
            let arriving = flow.inside[here] + through;
            if arriving > 1e-9 {
                *total += flow.through_the_queue(here, arriving, &mut next);
            }
        }
        flow = next;
        if flow.is_over() {
            break;
        }
    }
    total
}

/// The share of a door's sessions that lets the customer through.
pub(super) fn passing(scenario: &Scenario, door: &SelfService) -> f64 {
    1.0 - contained(scenario, door) - door.hang_up
}

/// The share that self-service contains, with what it can look up.
fn contained(scenario: &Scenario, door: &SelfService) -> f64 {
    let factor = scenario.knowledge_base.map_or(1.0, |tool| 1.0 + tool.coverage * (tool.containment - 1.0));
    (door.containment * factor).min(1.0 - door.hang_up)
}

/// Contacts on their way.
struct Flow<'q> {
    queues: &'q [&'q Queue],
    doors: Vec<f64>,
    inside: Vec<f64>,
}

impl<'q> Flow<'q> {
    fn new(queues: &'q [&'q Queue]) -> Flow<'q> {
        Flow { queues, doors: vec![0.0; queues.len()], inside: vec![0.0; queues.len()] }
    }

    /// Whether nobody is on the way any more.
    fn is_over(&self) -> bool {
        self.doors.iter().chain(&self.inside).all(|contacts| *contacts <= 1e-9)
    }

    /// Contacts that self-service lets through to the queue itself; the others move on.
    fn through_the_door(&self, scenario: &Scenario, here: usize, next: &mut Flow<'_>) -> f64 {
        let arriving = self.doors[here];
        let Some(door) = self.queues[here].self_service.as_ref().filter(|_| arriving > 1e-9) else {
            return arriving;
        };
        if let Some(seeming) = &door.false_containment {
            next.doors[here] += arriving * contained(scenario, door) * seeming.share;
        }
        let passing = arriving * passing(scenario, door);
        passing - next.send(passing, &door.to, |flow| &mut flow.inside)
    }

    /// Contacts that stay with the queue's agents; what becomes of them moves on.
    fn through_the_queue(&self, here: usize, arriving: f64, next: &mut Flow<'_>) -> f64 {
        let queue = self.queues[here];
        let mut served = arriving;
        if let Some(higher) = &queue.escalation {
            served -= next.send(arriving, &[(higher.to.clone(), higher.share)], |flow| &mut flow.inside);
        }
        let mut rest = served;
        for transfer in &queue.transfers {
            let to = [(transfer.to.clone(), transfer.probability)];
            rest -= next.send(served, &to, |flow| &mut flow.inside);
        }
        if let Some(repeat) = &queue.resolution.repeat_contact {
            let back = rest * (1.0 - queue.resolution.probability) * repeat.probability;
            let elsewhere = next.send(back, &repeat.to, |flow| &mut flow.doors);
            next.doors[here] += back - elsewhere;
        }
        served
    }

    /// Sends shares of a number of contacts to queues; gives how many went.
    fn send(
        &mut self,
        contacts: f64,
        to: &[(String, f64)],
        place: for<'f> fn(&'f mut Flow<'q>) -> &'f mut Vec<f64>,
    ) -> f64 {
        let mut sent = 0.0;
        for (name, share) in to {
            if let Some(to) = self.queues.iter().position(|queue| queue.name == *name) {
                place(self)[to] += contacts * share;
                sent += contacts * share;
            }
        }
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTRE: &str = r#"
horizon.length = "1h"
knowledge_base = { coverage = 0.5, containment = 1.2 }

[queues.front]
talk = "4m"
arrivals.per_hour = 10
escalation = { to = "expert", share = 0.1 }
transfers.expert = { probability = 0.2 }
resolution = { probability = 0.5, repeat_contact = { probability = 0.5, delay = "1h" } }

[queues.front.self_service]
time = "1m"
containment = 0.2
false_containment = { share = 0.5, delay = "1h" }
hang_up = 0.08
to = { expert = 0.25 }

[queues.expert]
talk = "9m"

[groups.team]
skills = ["front", "expert"]
staff = 5
"#;

    #[test]
    fn visits_are_what_the_shares_come_to() {
        let scenario = Scenario::from_text("centre.toml", CENTRE, &[]).expect("it is valid").scenario;
        let queues: Vec<&Queue> = scenario.queues.iter().collect();
        // Contained: 0.2 x (1 + 0.5 x 0.2) = 0.22; let through: 0.7, of which a quarter to the expert.
        let served = 0.7 * 0.75 * 0.9;
        let expert = 0.7 * 0.25 + 0.7 * 0.75 * 0.1 + served * 0.2;
        // Back at the door: half of the contained, and a quarter of what ends in front.
        let rounds = 1.0 / (1.0 - 0.22 * 0.5 - served * 0.8 * 0.25);
        let close = |found: Vec<f64>, front: f64, expert: f64| {
            assert!((found[0] - front).abs() < 1e-6 && (found[1] - expert).abs() < 1e-6, "{found:?}");
        };
        close(visits(&scenario, &queues, 0, Entry::Door), served * rounds, expert * rounds);
        // Past the door there is no self-service, but for those who come back.
        let back = 0.9 * 0.8 * 0.25 * rounds;
        let inside = visits(&scenario, &queues, 0, Entry::Queue);
        close(inside, 0.9 + back * served, 0.1 + 0.9 * 0.2 + back * expert);
        close(visits(&scenario, &queues, 1, Entry::Door), 0.0, 1.0);
    }
}
