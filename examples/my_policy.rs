//! A routing policy of one's own beside the rules of a centre, on the same customers.
//!
//! ```text
//! cargo run --release -- centre.toml
//! cargo run --release -- centre.toml routing.parameters.idle=3
//! ```
//!
//! The first argument is a scenario, the others are settings. `holdline new --policy` writes this file as a crate.

use std::error::Error;

use holdline::experiment::{Ask, Comparison, Contender, Silent};
use holdline::model::Model;
use holdline::report::League;
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::Scenario;
use holdline::state::CaseId;
use holdline::units::AgentId;

/// As the rules of the file, but so many agents stay free for queues of priority 1. A start: change what it decides.
struct MyPolicy {
    rules: RulePolicy,
    /// `routing.parameters.idle` of the scenario.
    idle: f64,
}

impl MyPolicy {
    /// A new one for each replication, so that none depends on the one before.
    fn new(model: &Model) -> MyPolicy {
        let idle = model.routing.parameter("idle").unwrap_or(1.0);
        MyPolicy { rules: RulePolicy::new(model), idle }
    }

    fn may_have(&self, contact: &Contact, view: &View) -> bool {
        let first = view.model().queues[contact.queue.index()].priority == 1;
        first || f64::from(view.idle_for(contact.queue)) > self.idle
    }
}

impl Policy for MyPolicy {
    /// A contact wants an agent: which of those with room, or none for now?
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        if self.may_have(contact, view) { self.rules.agent_for(contact, view) } else { Offer::Wait }
    }

    /// An agent has room: which waiting contact, or none?
    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let next = self.rules.contact_for(agent, view);
        next.filter(|case| self.may_have(&view.contact(*case), view))
    }

    /// One more idle agent may free what was held back: ask again then.
    fn holds_back(&self) -> bool {
        true
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "centre.toml".to_owned());
    let settings: Vec<String> = arguments.collect();
    let centre = Scenario::load(file.as_ref(), &settings)?.scenario;
    let contenders = [
        Contender::new("the rules of the file", &centre),
        Contender::under("my policy", &centre, MyPolicy::new),
    ];
    // Paired intervals that hold for all figures of a league together.
    let ask = Ask { together: true, ..Ask::default() };
    let compared = Comparison::new(&contenders, 0, &ask)?.run(&Silent)?;
    print!("{}", League::new(compared).render());
    Ok(())
}
