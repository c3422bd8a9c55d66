//! Published and computed cases that other programs are held to as well: accumulating priority in the limit, two patiences, retries
//! without limit, case managers, an N under both priorities, and a bot in front.
//!
//! The values are those of the chains and formulas that each test names; the scenarios are plain files. Long waits of full centres take
//! some minutes to know to a hundredth: they are compared where `HOLDLINE_CASES` is set.

use holdline::engine::{CaseEvent, Player, Recorder, WorkEvent};
use holdline::estimate::student_multiple;
use holdline::figures::Estimate;
use holdline::model::Model;
use holdline::routing::RulePolicy;
use holdline::state::{Case, CaseId, PlaceId};
use holdline::units::{AgentId, Instant};

use super::{Judge, confidence, load, play};

pub(super) const COMPARISONS: usize = STRICT + PATIENCES + RETRIES + MANAGERS + N_MODEL + BOT;
const STRICT: usize = 2;
const PATIENCES: usize = 7;
const RETRIES: usize = 4 * 5 - 2;
const MANAGERS: usize = 3 * 3;
const N_MODEL: usize = 2 * 5;
const BOT: usize = 2;

/// Whether the figures that take minutes are compared too.
fn long() -> bool {
    std::env::var_os("HOLDLINE_CASES").is_some()
}

/// Kleinrock's recursion with weights of a billion to one: strict priority, by the weights.
#[test]
fn an_infinite_weight_is_strict_priority() {
    let results = play(
        r#"
horizon = { length = "400h", warm_up = "20h", interval = "400h" }
experiment = { replications = 128, seed = 90 }
[queues.first]
talk = { mean = "4m" }
arrivals.per_hour = 60
[queues.second]
talk = { mean = "4m" }
arrivals.per_hour = 75
[groups.team]
skills = ["first", "second"]
staff = 10
[routing]
agents = "longest_idle"
contacts = "longest_weighted_wait"
weights.first = 1e9
"#,
    );
    let mut judge = Judge::new();
    judge.about("M/M/10, weights 1e9 : 1");
    judge.units(240.0, 9.0);
    judge.figure(&results, "queues.first.wait", 0.445_821_019_786_973 * 60.0);
    judge.figure(&results, "queues.first.delayed", 0.668_731_524_107_697);
    judge.finish(STRICT);
}

/// M/M/n with hyperexponential patience (Baccelli & Hebuterne 1981; Zeltyn & Mandelbaum 2005), by quadrature.
#[test]
fn two_queues_that_differ_in_patience_alone() {
    let results = play(
        r#"
horizon = { length = "160h", warm_up = "2h", interval = "160h" }
experiment = { replications = 128, seed = 91 }
[queues.hurried]
talk = { mean = "4m" }
patience = { mean = "1m" }
arrivals.per_hour = 72
target = { share = 0.8, within = "20s" }
[queues.patient]
talk = { mean = "4m" }
patience = { mean = "6m" }
arrivals.per_hour = 72
target = { share = 0.8, within = "20s" }
[groups.pool]
skills = ["hurried", "patient"]
staff = 10
[routing]
policy = "first_come_first_served"
"#,
    );
    let mut judge = Judge::new();
    judge.about("two patiences");
    judge.units(240.0, 9.6);
    judge.figure(&results, "queues.hurried.delayed", 0.422_386_453_878_381);
    for (queue, abandonment, wait, level) in [
        ("hurried", 0.204_689_453_707_804, 0.204_689_453_707_804, 0.673_759_430_557_879),
        ("patient", 0.053_551_011_445_862, 0.321_306_068_675_175, 0.687_327_183_495_105),
    ] {
        judge.figure(&results, &format!("queues.{queue}.abandonment"), abandonment);
        judge.figure(&results, &format!("queues.{queue}.wait"), wait * 60.0);
        judge.figure(&results, &format!("queues.{queue}.service_level"), level);
    }
    judge.finish(PATIENCES);
}

/// Erlang X (Koole): whoever hears the busy signal or abandons tries again with one probability, without limit; a fixed point, to
/// which a centre tends whose customers stay away for long against the wait.
#[test]
fn retries_without_limit_are_erlang_x() {
    let mut judge = Judge::new();
    for (agents, lines, again, attempts, blocked, abandoned, wait, occupancy) in [
        (6, 100, 0.0, 100.0, 0.0, 0.231_187_963_951_311, 27.742_555_674_157_4, 0.854_235_595_609_654),
        (
            6,
            100,
            0.5,
            118.239_094_868_211,
            0.0,
            0.308_512_085_423_890,
            37.021_450_250_866_8,
            0.908_454_501_464_294,
        ),
        (
            6,
            9,
            0.5,
            118.981_949_981_588,
            0.106_350_772_762_907,
            0.212_721_993_896_678,
            28.564_495_430_184,
            0.900_200_555_760_115,
        ),
        (
            8,
            12,
            0.5,
            106.306_208_127_738,
            0.013_655_396_654_399,
            0.104_986_933_625_331,
            12.772_850_373_294_3,
            0.780_781_598_935_511,
        ),
    ] {
        let (hours, retry) = match again {
            0.0 => (300.0, String::new()),
            _ => (
                400.0,
                format!(
                    "retry.after_abandon = {{ probability = {again}, delay = {{ mean = \"25h\" }} }}\n\
                     retry.after_busy = {{ probability = {again}, delay = {{ mean = \"25h\" }} }}\n"
                ),
            ),
        };
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "200h", interval = "{hours}h" }}
experiment = {{ replications = 48, seed = 92 }}
channels.phone = {{ kind = "voice", lines = {lines} }}
[queues.calls]
channel = "phone"
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
arrivals.per_hour = 100
{retry}[groups.team]
skills = ["calls"]
staff = {agents}
"#
        ));
        judge.about(format!("Erlang X, {agents} agents, {lines} lines, {again} again"));
        judge.units(240.0, 6.67);
        judge.figure(&results, "queues.calls.offered", attempts * (1.0 - blocked) * hours);
        // With a hundred lines nobody ever hears the busy signal, and a share of none is no figure.
        if blocked > 0.0 {
            judge.figure(&results, "queues.calls.busy_signals", blocked);
        }
        judge.figure(&results, "queues.calls.abandonment", abandoned / (1.0 - blocked));
        judge.figure(&results, "queues.calls.wait", wait);
        judge.figure(&results, "total.occupancy", occupancy);
    }
    judge.finish(RETRIES);
}

/// Campello, Ingolfsson & Shumsky (2017): managers with a limit of open cases, who work on one at a time; from a sparse chain.
#[test]
fn case_managers_are_those_of_the_chain() {
    let mut judge = Judge::new();
    for (most, per_minute, hours, delayed, wait, inside, outside) in [
        (3, 0.10, 400.0, 0.047_729_662_433_778, 0.420_299_535_821_204, 10.726_739_636_009_3, 12.0),
        (3, 0.13, 200.0, 0.149_922_784_007_682, 1.779_906_393_099_83, 12.009_981_886_878_6, 12.0),
        (5, 0.18, 300.0, 0.132_945_038_407_902, 2.004_630_137_373_78, 17.880_041_227_350_7, 12.0),
    ] {
        let hours = if long() { hours * 108.0 } else { hours };
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "10h", interval = "{hours}h" }}
experiment = {{ replications = 128, seed = 93 }}
channels.cases = {{ kind = "messaging", concurrency = {most} }}
# To who has the fewest cases; of equals to anyone.
routing.agent_score = "-load + luck / 1000"
[queues.cases]
channel = "cases"
arrivals.per_hour = {}
conversation = {{ replies = {{ mean = 4 }}, work = {{ mean = "2m" }}, customer_reply = {{ mean = "4m" }} }}
[groups.managers]
skills = ["cases"]
staff = 2
"#,
            per_minute * 60.0
        ));
        judge.about(format!("two case managers of {most} cases, {per_minute} a minute"));
        // A case takes eight minutes of work.
        judge.units(480.0, per_minute * 8.0);
        judge.figure(&results, "queues.cases.talk", (inside + outside) * 60.0);
        if long() {
            judge.figure(&results, "queues.cases.delayed", delayed);
            judge.figure(&results, "queues.cases.wait", wait * 60.0);
        }
    }
    judge.finish(if long() { MANAGERS } else { MANAGERS / 3 });
}

/// Billing calls go to seven billing agents, else to six flexible ones, who serve technical calls too; from a chain of five variables.
#[test]
fn an_n_under_both_priorities_is_that_of_its_chain() {
    let mut judge = Judge::new();
    for (first, billing, technical) in [
        ("technical", (0.591_155, 2.181_18), (0.856_352, 2.279_59, 0.227_959)),
        ("billing", (0.377_662, 0.346_182), (0.832_957, 3.107_469, 0.310_747)),
    ] {
        let priority = |queue: &str| if queue == first { 1 } else { 2 };
        let hours = if long() { 1600 } else { 300 };
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "5h", interval = "{hours}h" }}
experiment = {{ replications = 128, seed = 94 }}
[queues.billing]
priority = {}
talk = {{ mean = "4m" }}
arrivals.per_hour = 100
[queues.technical]
priority = {}
talk = {{ mean = "8m" }}
patience = {{ mean = "10m" }}
arrivals.per_hour = 50
[groups.billing_only]
skills.billing.priority = 1
staff = 7
[groups.flexible]
skills.billing.priority = 2
skills.technical.priority = 1
staff = 6
"#,
            priority("billing"),
            priority("technical")
        ));
        judge.about(format!("N, {first} first"));
        judge.units(320.0, 13.3);
        judge.figure(&results, "queues.billing.delayed", billing.0);
        if long() || first == "billing" {
            judge.figure(&results, "queues.billing.wait", billing.1 * 60.0);
        }
        judge.figure(&results, "queues.technical.delayed", technical.0);
        judge.figure(&results, "queues.technical.wait", technical.1 * 60.0);
        judge.figure(&results, "queues.technical.abandonment", technical.2);
    }
    judge.finish(if long() { N_MODEL } else { N_MODEL - 1 });
}

/// What a vendor bills: contained cases whose customer does not come back within three days.
#[derive(Default)]
struct Bill {
    opened: u64,
    contained: u64,
    back_in_time: u64,
}

impl Recorder for Bill {
    fn case(&mut self, at: Instant, _id: CaseId, _case: &Case, what: CaseEvent) {
        match what {
            CaseEvent::Opens { .. } => self.opened += 1,
            CaseEvent::Contained => self.contained += 1,
            CaseEvent::FalselyContained => self.contained += 1,
            CaseEvent::WillReturn { at: back, .. } if back.since(at).seconds() < 72.0 * 3600.0 => {
                self.back_in_time += 1;
            }
            _ => {}
        }
    }

    fn work(&mut self, _at: Instant, _agent: AgentId, _place: PlaceId, _what: WorkEvent) {}
}

/// A bot in front contains 60 % of all, a fifth of them falsely: these seek a person after 36 hours on average. By thinning of
/// a Poisson stream.
#[test]
fn a_bot_in_front_leaves_what_thinning_says() {
    let text = r#"
horizon = { length = "200h", warm_up = "300h", interval = "200h" }
experiment = { replications = 12, seed = 95 }
[queues.bot]
talk = "1m"
arrivals.per_hour = 600
[queues.bot.self_service]
time = "1m"
containment = 0.6
hang_up = 0.03
to.people = 1
false_containment = { share = 0.2, delay = { mean = "36h" }, to = { people = 1 } }
[queues.people]
talk = "1m"
[groups.team]
skills = ["bot", "people"]
staff = 12
"#;
    let results = play(text);
    let mut judge = Judge::new();
    judge.about("a bot in front");
    judge.figure(&results, "queues.people.offered", 4.9 * 60.0 * 200.0);
    let model = Model::compile(&load(text).scenario);
    let billed: Vec<f64> = (0..6)
        .map(|replication| {
            let mut bill = Bill::default();
            let mut player: Player<_, false, _> =
                Player::recorded(&model, RulePolicy::new(&model), &mut bill);
            player.play(95, replication).expect("the centre is stable");
            drop(player);
            (bill.contained - bill.back_in_time) as f64 / bill.opened as f64
        })
        .collect();
    let n = billed.len() as f64;
    let mean = billed.iter().sum::<f64>() / n;
    let deviation = (billed.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let multiple = student_multiple(confidence(), n - 1.0).expect("several replications");
    let estimate = Estimate { value: mean, half_width: Some(multiple * deviation / n.sqrt()) };
    // Sessions under way when the play ends have opened and are not contained yet: one minute of 500 hours.
    judge.compare("billed", estimate, 6, 0.496_240_233_988_393, 5e-5);
    judge.finish(BOT);
}
