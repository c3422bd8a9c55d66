//! A routing policy of one's own, against the built-in one on the same customers.
//!
//! ```text
//! cargo run --release --example custom_policy
//! ```

use std::error::Error;

use holdline::engine::Player;
use holdline::estimate::{Moments, student_multiple};
use holdline::model::Model;
use holdline::observations::{Count, Observations};
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::Scenario;
use holdline::state::CaseId;
use holdline::units::{AgentId, QueueId};

/// A freed agent takes whoever has used up the most of the wait that the queue's target allows; an arriving
/// contact gets the able agent who has been busy the smallest share of the time.
struct MostUrgent;

impl Policy for MostUrgent {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        let idle = view.able(contact.queue).iter().flat_map(|group| view.idle_agents(*group));
        let rested = idle.min_by(|a, b| view.busy_share(*a).total_cmp(&view.busy_share(*b)));
        rested.map_or(Offer::Wait, Offer::Agent)
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let used = |contact: &Contact| {
            view.waited(contact).seconds() / view.due(contact).since(contact.entered).seconds()
        };
        let heads = view.serves(agent).iter().filter_map(|queue| view.head(*queue));
        heads.max_by(|a, b| used(a).total_cmp(&used(b))).map(|contact| contact.case)
    }
}

const CENTRE: &str = r#"
title      = "Two queues that share agents"
horizon    = { start = 2026-03-02, days = 5 }
experiment = { replications = 100 }

[queues.orders]
talk     = { kind = "lognormal", mean = "3m", cv = 0.9 }
patience = { mean = "3m" }
target   = { share = 0.80, within = "20s" }
arrivals = { per_hour = { "08:00" = 90, "12:00" = 120, "17:00" = 30, "21:00" = 2 } }

[queues.complaints]
priority = 2
talk     = { kind = "lognormal", mean = "8m", cv = 1.2 }
patience = { mean = "10m" }
target   = { share = 0.80, within = "2m" }
arrivals = { per_hour = { "08:00" = 20, "17:00" = 8, "21:00" = 1 } }

[groups.newcomers]
skills = ["orders"]
staff  = { "00:00" = 0, "08:00" = 4, "17:00" = 1, "21:00" = 0 }

[groups.all-round]
skills = ["orders", "complaints"]
staff  = { "00:00" = 1, "08:00" = 4, "17:00" = 3, "21:00" = 1 }
"#;

/// What one replication counted of a queue: answered in time, seconds waited, offered.
fn counted(seen: &Observations, queue: QueueId) -> [f64; 3] {
    let sum = |count| seen.queues[queue.index()].rows.iter().map(|row| row[count]).sum::<u64>() as f64;
    let waited = (sum(Count::WaitAnswered) + sum(Count::WaitAbandoned)) / 1e6;
    [sum(Count::AnsweredWithin), waited, sum(Count::Answered) + sum(Count::Abandoned)]
}

fn main() -> Result<(), Box<dyn Error>> {
    let loaded = Scenario::from_text("two-queues.toml", CENTRE, &[])?;
    let model = Model::compile(&loaded.scenario);
    let (seed, replications) = (loaded.scenario.experiment.seed, loaded.scenario.experiment.replications);
    let mut built_in: Player<RulePolicy> = Player::new(&model, RulePolicy::new(&model));
    let mut most_urgent: Player<MostUrgent> = Player::new(&model, MostUrgent);

    // The same replication is the same customers, so differences are taken pair by pair.
    let mut pairs = vec![Moments::new(6); model.queues.len()];
    for replication in 0..replications {
        let (theirs, ours) = (built_in.play(seed, replication)?, most_urgent.play(seed, replication)?);
        for (queue, pairs) in model.queue_order.iter().zip(&mut pairs) {
            pairs.add(&[counted(theirs, *queue), counted(ours, *queue)].concat());
        }
    }

    println!("{} weeks of the same customers under both policies\n", replications);
    println!("{:<28}{:>12}{:>14}{:>24}", "", "built-in", "most urgent", "difference (95 %)");
    let multiple = student_multiple(0.95, replications as f64 - 1.0).unwrap_or(f64::NAN);
    for (queue, pairs) in model.queue_order.iter().zip(&pairs) {
        let name = &model.queues[queue.index()].name;
        for (figure, place, scale, unit) in [("service level", 0, 100.0, "%"), ("mean wait", 1, 1.0, "s")] {
            let mean = |form: usize, by: usize| (vec![(form, scale)], vec![(by, 1.0)]);
            let (built_in, most_urgent) = (mean(place, 2), mean(place + 3, 5));
            let value = |over: &[_], under: &[_]| pairs.ratio(over, under).map_or(f64::NAN, |r| r.value);
            let difference = pairs.difference((&most_urgent.0, &most_urgent.1), (&built_in.0, &built_in.1));
            let Some(difference) = difference else { continue };
            println!(
                "{:<28}{:>10.1} {unit}{:>12.1} {unit}{:>+14.2} ± {:.2} {unit}",
                format!("{name}, {figure}"),
                value(&built_in.0, &built_in.1),
                value(&most_urgent.0, &most_urgent.1),
                difference.value,
                multiple * difference.standard_error.unwrap_or(f64::NAN),
            );
        }
    }
    Ok(())
}
