//! Service times that are not exponential: one agent, and agents without end.

use std::sync::Mutex;

use holdline::experiment::{Experiment, Silent};
use holdline::formulas::{ErlangB, PollaczekKhinchine};
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::state::CaseId;
use holdline::units::{AgentId, GroupId, Instant};

use super::{Judge, load, over_seeds, play};

pub(super) const COMPARISONS: usize = ONE_AGENT + ENDLESS;
const ONE_AGENT: usize = 3 * 5;
const ENDLESS: usize = 2 * 5;

#[test]
fn one_agent_waits_as_pollaczek_and_khinchine_say() {
    let mut judge = Judge::new();
    for (name, distribution, cv, load) in [
        ("M/LN/1", r#"{ kind = "lognormal", mean = "3m", cv = 1.2 }"#, 1.2, 0.6),
        ("M/D/1", r#""3m""#, 0.0, 0.8),
        // Talk and wrap-up of one mean are an Erlang distribution of two phases; speed 1/2 doubles both.
        ("M/E2/1", "", 0.5_f64.sqrt(), 0.7),
    ] {
        let work = match distribution {
            "" => "talk = { mean = \"45s\" }\nwrap_up = { mean = \"45s\" }".to_owned(),
            distribution => format!("talk = {distribution}"),
        };
        let speed = if distribution.is_empty() { 0.5 } else { 1.0 };
        let results = play(&format!(
            r#"
horizon = {{ length = "3000h", warm_up = "100h", interval = "1000h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 44 }}
[queues.calls]
{work}
arrivals.per_hour = {}
[groups.one]
skills.calls = {{ speed = {speed} }}
staff = 1
"#,
            load * 20.0
        ));
        let exact =
            PollaczekKhinchine { arrivals_per_second: load / 180.0, mean_service: 180.0, service_cv: cv };
        judge.about(format!("{name} at {load}"));
        judge.figures(
            &results,
            "queues.calls",
            &[
                ("delayed", exact.occupancy()),
                ("wait", exact.mean_wait()),
                ("queue", exact.queue()),
                ("aht", 180.0),
            ],
        );
        judge.figure(&results, "total.occupancy", exact.occupancy());
    }
    judge.finish(ONE_AGENT);
}

/// Sums over what arrivals of one replication find: how many, agents busy, its square.
type Found = [f64; 3];

/// The rules as they are, by a witness who notes how many agents each arrival finds busy.
struct Witness<'a> {
    rules: RulePolicy,
    from: Instant,
    last: Instant,
    found: Found,
    all: &'a Mutex<Vec<Found>>,
}

impl Witness<'_> {
    fn hand_over(&mut self) {
        let found = std::mem::take(&mut self.found);
        if found[0] > 0.0 {
            self.all.lock().expect("nobody panicked").push(found);
        }
    }
}

impl Policy for Witness<'_> {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        if view.now() < self.last {
            // The next replication has begun.
            self.hand_over();
        }
        self.last = view.now();
        if view.now() >= self.from {
            let groups = &view.model().groups;
            let idle: u32 = (0..groups.len()).map(|group| view.idle(GroupId::at(group))).sum();
            let busy = f64::from(STAFF - idle);
            for (sum, value) in self.found.iter_mut().zip([1.0, busy, busy * busy]) {
                *sum += value;
            }
        }
        self.rules.agent_for(contact, view)
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        self.rules.contact_for(agent, view)
    }
}

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        self.hand_over();
    }
}

/// More than are ever busy.
const STAFF: u32 = 120;

#[test]
fn with_agents_for_everyone_the_number_in_the_centre_is_poisson() {
    let mut judge = Judge::new();
    for (name, distribution) in [
        ("lognormal", r#"{ kind = "lognormal", mean = "4m", cv = 1.5 }"#),
        ("uniform", r#"{ kind = "uniform", low = "2m", high = "6m" }"#),
    ] {
        // 40 agents' work, the first 40 agents asked first: they see an Erlang loss system.
        let loaded = load(&format!(
            r#"
horizon = {{ length = "80h", warm_up = "10h", interval = "20h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 45 }}
[queues.calls]
talk = {distribution}
arrivals.per_hour = 600
[groups.first]
skills.calls = {{ priority = 1 }}
staff = 40
[groups.rest]
skills.calls = {{ priority = 2 }}
staff = 80
"#
        ));
        let all = Mutex::new(Vec::new());
        let experiment = Experiment::new(&loaded.scenario).expect("the pilot is stable");
        let from = experiment.model().rows.from;
        let witness = || Witness {
            rules: RulePolicy::new(experiment.model()),
            from,
            last: Instant::START,
            found: [0.0; 3],
            all: &all,
        };
        let results = experiment.run_with(witness, &Silent).expect("the centre is stable").results;
        judge.about(format!("M/G/infinity, {name}"));
        judge.figure(&results, "queues.calls.busy", 40.0);
        judge.figure(&results, "total.occupancy", 40.0 / f64::from(STAFF));
        let first = ErlangB { load: 40.0, agents: 40.0 };
        judge.figure(&results, "groups.first.occupancy", first.occupancy());
        let found = all.into_inner().expect("nobody panicked");
        let each = |value: fn(&Found) -> f64| over_seeds(&found.iter().map(value).collect::<Vec<f64>>());
        let (mean, replications) = each(|found| found[1] / found[0]);
        judge.compare("found busy", mean, replications, 40.0, 0.0);
        // About the exact mean; a mean of such ratios over long replications is as good as unbiased.
        let (variance, replications) =
            each(|found| (found[2] - 80.0 * found[1] + 1600.0 * found[0]) / found[0]);
        judge.compare("variance of found busy", variance, replications, 40.0, 0.0);
    }
    judge.finish(ENDLESS);
}
