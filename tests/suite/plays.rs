//! Playing scenarios written as text, with every conservation law checked at every event.

use std::io::Write as _;

use holdline::engine::Player;
use holdline::model::Model;
use holdline::observations::{Count, Observations};
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::{Loaded, Scenario};
use holdline::state::CaseId;
use holdline::units::{AgentId, Instant, QueueId};

/// Reads a scenario that must be valid.
#[track_caller]
pub fn load(text: &str) -> Loaded {
    match Scenario::from_text("test.toml", text, &[]) {
        Ok(loaded) => loaded,
        Err(diagnostics) => panic!("{diagnostics}\n\nin\n{text}"),
    }
}

/// Compiles a scenario that must be valid.
#[track_caller]
pub fn compile(text: &str) -> Model {
    Model::compile(&load(text).scenario)
}

/// Plays one replication under the scenario's own rules, audited.
#[track_caller]
pub fn play(model: &Model, seed: u64, replication: u64) -> Observations {
    let mut player = Player::<_, true>::new(model, RulePolicy::new(model));
    player.play(seed, replication).expect("the play is stable").clone()
}

/// A queue's counter over all rows, the unreported included.
pub fn in_all(seen: &Observations, queue: QueueId, count: Count) -> u64 {
    seen.queues[queue.index()].rows.iter().map(|row| row[count]).sum()
}

/// Who served whom, when: what a policy decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    pub at: Instant,
    pub contact: Contact,
    pub agent: AgentId,
}

/// Routes as the scenario says, and writes down what it sees.
pub struct Recorder {
    rules: RulePolicy,
    /// Contacts that wanted an agent at their entry, in order.
    pub offered: Vec<(Instant, Contact, f64)>,
    pub served: Vec<Served>,
}

impl Recorder {
    pub fn new(model: &Model) -> Recorder {
        Recorder { rules: RulePolicy::new(model), offered: Vec::new(), served: Vec::new() }
    }
}

impl Policy for Recorder {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        if contact.entered == view.now() {
            self.offered.push((view.now(), *contact, view.draw(contact, 0)));
        }
        let offer = self.rules.agent_for(contact, view);
        if let Offer::Agent(agent) = offer {
            self.served.push(Served { at: view.now(), contact: *contact, agent });
        }
        offer
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let case = self.rules.contact_for(agent, view);
        if let Some(case) = case {
            self.served.push(Served { at: view.now(), contact: view.contact(case), agent });
        }
        case
    }

    fn holds_back(&self) -> bool {
        self.rules.holds_back()
    }

    fn offers_next(&self) -> bool {
        self.rules.offers_next()
    }
}

/// Plays one replication, audited, and gives what it counted and what the policy saw.
#[track_caller]
pub fn record(model: &Model, seed: u64, replication: u64) -> (Observations, Recorder) {
    let mut recorder = Recorder::new(model);
    let mut player = Player::<_, true>::new(model, &mut recorder);
    let seen = player.play(seed, replication).expect("the play is stable").clone();
    drop(player);
    (seen, recorder)
}

/// A file of single arrivals, (queue, local date and time) a row, and how a queue replays its own.
pub struct Trace(tempfile::NamedTempFile);

impl Trace {
    pub fn new<'a>(arrivals: impl IntoIterator<Item = (&'a str, String)>) -> Trace {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        writeln!(file, "queue,at").expect("it can be written");
        for (queue, at) in arrivals {
            writeln!(file, "{queue},{at}").expect("it can be written");
        }
        Trace(file)
    }

    /// `[queues.QUEUE.arrivals]`.
    pub fn arrivals(&self, queue: &str) -> String {
        let path = self.0.path().display();
        format!(
            "\n[queues.{queue}.arrivals]\ntrace = {{ file = '{path}', time = \"at\", where = {{ queue = \"{queue}\" }} }}\n"
        )
    }
}
