//! Plays replications of a scenario in one thread and folds what they counted, without any report: what
//! `benches/instructions` counts the instructions of.
//!
//! ```sh
//! cargo bench --bench plays -- scenarios/retail.toml 20 [--set path=value ...]
//! ```
//!
//! `fifty` in place of a file is a centre of 50 queues and 50 groups, each serving three queues. `matrix` is one of ten queues and
//! twenty groups who serve all of them, by constant ranks; `matrix_by_wait` has ranks that change twice as contacts wait,
//! `matrix_by_score` two expressions, `matrix_by_script` scripts of three steps. Prints the contacts played.

use holdline::engine::Player;
use holdline::figures::Fold;
use holdline::model::Model;
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

/// Fifty queues in a ring, each with specialists who help in the next two.
fn fifty() -> String {
    let mut text = String::from("horizon = { start = 2026-03-02, days = 1 }\n");
    for i in 0..50 {
        text += &format!(
            "[queues.q{i}]\ntalk = {{ kind = \"lognormal\", mean = \"4m\", cv = 1.1 }}\npatience = {{ mean = \"2m\" }}\n\
             target = {{ share = 0.8, within = \"20s\" }}\narrivals.per_day = 600\n[groups.g{i}]\nstaff = 3\n"
        );
        for (priority, queue) in [i, (i + 1) % 50, (i + 2) % 50].into_iter().enumerate() {
            text += &format!("skills.q{queue}.priority = {}\n", priority + 1);
        }
    }
    text
}

/// Ten queues and twenty groups who can serve all of them, each with a rank of its own; `steps` follow a first rank.
fn matrix(steps: &str, routing: &str) -> String {
    let mut text = String::from("horizon = { length = \"24h\", interval = \"1h\" }\n");
    for i in 0..10 {
        text += &format!(
            "[queues.q{i}]\ntalk = {{ mean = \"4m\" }}\npatience = {{ mean = \"2m\" }}\n\
             target = {{ share = 0.8, within = \"20s\" }}\narrivals.per_hour = 85\n"
        );
    }
    for g in 0..20 {
        text += &format!("[groups.g{g}]\nstaff = 3\n");
        for i in 0..10 {
            let rank = 1 + (g + 2 * i) % 20;
            text += &match steps {
                "" => format!("skills.q{i}.priority = {rank}\n"),
                _ => format!(
                    "skills.q{i}.priority = {{ \"0s\" = {rank}, {} }}\n",
                    steps.replace("RANK", &format!("{}", 1 + rank / 2))
                ),
            };
        }
    }
    text + routing
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(file) = arguments.next() else { return };
    let replications: u64 = arguments.next().map_or(1, |n| n.parse().expect("a number of replications"));
    let settings: Vec<String> = arguments.filter(|argument| argument != "--set").collect();
    let loaded = match file.as_str() {
        "fifty" => Scenario::from_text("fifty.toml", &fifty(), &settings),
        "matrix" => Scenario::from_text("matrix.toml", &matrix("", ""), &settings),
        "matrix_by_wait" => {
            let text = matrix("\"30s\" = RANK, \"90s\" = 1", "");
            Scenario::from_text("matrix.toml", &text, &settings)
        }
        "matrix_by_script" => {
            let mut routing = String::from("[routing]\n");
            let groups = |groups: std::ops::Range<usize>| {
                groups.map(|g| format!("\"g{g}\"")).collect::<Vec<_>>().join(", ")
            };
            for i in 0..10 {
                routing += &format!(
                    "scripts.q{i}.first.ask = [{}]\nscripts.q{i}.wide = {{ after = \"20s\", ask = [{}] }}\n\
                     scripts.q{i}.crowd = {{ when = \"waiting > 5 and service_level < 0.8\", ask = [{}] }}\n",
                    groups(0..10),
                    groups(10..15),
                    groups(15..20)
                );
            }
            Scenario::from_text("matrix.toml", &matrix("", &routing), &settings)
        }
        "matrix_by_score" => {
            let routing = "[routing]\ncontact_score = \"weight * wait / target\"\nagent_score = \"solved * rate - priority\"\n";
            Scenario::from_text("matrix.toml", &matrix("", routing), &settings)
        }
        file => Scenario::load(file.as_ref(), &settings),
    };
    let scenario = loaded.unwrap_or_else(|mistakes| panic!("{mistakes}")).scenario;
    let model = Model::compile(&scenario);
    let mut player: Player<RulePolicy> = Player::new(&model, RulePolicy::new(&model));
    let mut fold = Fold::new(&model);
    for replication in 0..replications {
        player.set_policy(RulePolicy::new(&model));
        let seen = player.play(scenario.experiment.seed, replication).expect("the centre is stable");
        fold.add(seen, &model);
    }
    println!("{}", fold.played().0);
}
