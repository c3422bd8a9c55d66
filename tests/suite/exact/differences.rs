//! One agent more, on the same customers: the difference of two M/M/n+M, and how much sharper it is
//! than the difference of independent runs.

use holdline::experiment::{Ask, Comparison, Contender, Silent};
use holdline::formulas::ErlangA;

use super::{Judge, load};

pub(super) const COMPARISONS: usize = 2 * 2;

const FIGURES: [&str; 2] = ["total.abandonment", "total.wait"];

/// Calls of 4 minutes, patience of 2.
fn scenario(agents: u32, per_hour: u32, hours: u32) -> String {
    format!(
        r#"
horizon = {{ length = "{hours}h", warm_up = "10h", interval = "10h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 43 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
arrivals.per_hour = {per_hour}
[groups.team]
skills = ["calls"]
staff = {agents}
"#
    )
}

fn exact(agents: u32, per_hour: u32) -> ErlangA {
    ErlangA {
        arrivals_per_second: f64::from(per_hour) / 3600.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: f64::from(agents),
    }
}

#[test]
fn one_agent_more() {
    let mut judge = Judge::new();
    for (agents, per_hour, hours, factor) in [(10, 150, 300, 4.0), (100, 1500, 60, 9.0)] {
        judge.about(format!("M/M/{} - M/M/{agents}", agents + 1));
        judge.units(240.0, f64::from(agents));
        let (fewer, more) =
            (load(&scenario(agents, per_hour, hours)), load(&scenario(agents + 1, per_hour, hours)));
        let contenders =
            [("fewer", &fewer), ("more", &more)].map(|(name, loaded)| Contender::new(name, &loaded.scenario));
        let ask = Ask { figures: FIGURES.map(str::to_owned).to_vec(), ..Ask::default() };
        let comparison = Comparison::new(&contenders, 0, &ask).expect("both have the figures");
        let compared = comparison.run(&Silent).expect("both are stable");
        let (a, b) = (exact(agents, per_hour), exact(agents + 1, per_hour));
        let differences = [b.abandonment() - a.abandonment(), b.mean_wait() - a.mean_wait()];
        for (figure, exact) in compared.figures.iter().zip(differences) {
            let beside = figure.variants[1];
            let difference = beside.difference.expect("there were customers");
            judge.compare(&figure.path, difference, compared.replications, exact, 0.0);
            let independent = beside.independent_half_width.expect("several replications");
            let sharper = independent / difference.half_width.expect("several replications");
            println!("{agents} agents, {}: {sharper:.2} times as sharp", figure.path);
            assert!(sharper > factor, "{agents} agents, {}: {sharper}", figure.path);
        }
    }
    judge.finish(COMPARISONS);
}
