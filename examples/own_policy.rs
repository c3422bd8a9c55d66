//! A policy of one's own in a comparison, with a parameter from the scenario.
//!
//! ```text
//! cargo run --release --example own_policy
//! ```

use std::error::Error;

use holdline::experiment::{Ask, Comparison, Contender, Silent};
use holdline::model::Model;
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::Scenario;
use holdline::state::CaseId;
use holdline::units::AgentId;

/// As the rules do, but so many agents stay free for queues of priority 1.
struct KeepIdle {
    rules: RulePolicy,
    idle: f64,
}

impl KeepIdle {
    fn new(model: &Model) -> KeepIdle {
        let idle = model.routing.parameter("idle").unwrap_or(0.0);
        KeepIdle { rules: RulePolicy::new(model), idle }
    }

    /// Whether a contact may have one of the idle agents.
    fn may_have(&self, contact: &Contact, view: &View) -> bool {
        let first = view.model().queues[contact.queue.index()].priority == 1;
        first || f64::from(view.idle_for(contact.queue)) > self.idle
    }
}

impl Policy for KeepIdle {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        if self.may_have(contact, view) { self.rules.agent_for(contact, view) } else { Offer::Wait }
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let next = self.rules.contact_for(agent, view);
        next.filter(|case| self.may_have(&view.contact(*case), view))
    }

    // One more idle agent may free what was held back.
    fn holds_back(&self) -> bool {
        true
    }
}

const CENTRE: &str = r#"
horizon    = { length = "40h", warm_up = "2h", interval = "40h" }
experiment = { replications = 20 }
queues.vip   = { priority = 1, talk = { mean = "4m" }, arrivals.per_hour = 50 }
queues.other = { priority = 2, talk = { mean = "4m" }, arrivals.per_hour = 50 }
groups.pool  = { skills = ["vip", "other"], staff = 10 }
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let with =
        |idle: u32| Scenario::from_text("centre.toml", CENTRE, &[format!("routing.parameters.idle={idle}")]);
    let points: Vec<_> = (1..=3).map(with).collect::<Result<_, _>>()?;
    let rules = Scenario::from_text("centre.toml", CENTRE, &[])?;
    let mut contenders = vec![Contender::new("the rules", &rules.scenario)];
    for (loaded, idle) in points.iter().zip(1..) {
        contenders.push(Contender::under(&format!("{idle} kept idle"), &loaded.scenario, KeepIdle::new));
    }
    let figures = vec!["queues.vip.wait".to_owned(), "queues.other.wait".to_owned()];
    let ask = Ask { figures, together: true, ..Ask::default() };
    let compared = Comparison::new(&contenders, 0, &ask)?.run(&Silent)?;
    println!("{:<16}{:>24}{:>28}", "", "vip: wait, s", "other: wait, s");
    for (variant, name) in compared.names.iter().enumerate() {
        let cell = |figure: usize| match compared.figures[figure].variants[variant] {
            holdline::experiment::Beside { value: Some(value), difference: None, .. } => {
                format!("{:.2}", value.value)
            }
            holdline::experiment::Beside { value: Some(value), difference: Some(by), .. } => {
                format!("{:.2} ({:+.2} ± {:.2})", value.value, by.value, by.half_width.unwrap_or(f64::NAN))
            }
            _ => "-".to_owned(),
        };
        println!("{name:<16}{:>24}{:>28}", cell(0), cell(1));
    }
    Ok(())
}
