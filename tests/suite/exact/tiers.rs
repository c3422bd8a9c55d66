//! Two tiers with cold transfers and customers who give up at both. Where nobody gives up they are a Jackson
//! network, in `transfers`.

use holdline::figures::{Figure, Results};

use crate::chains::tiers::{Tier, Tiers};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 13;

const HOURS: f64 = 250.0;

#[test]
fn who_gives_up_at_the_second_tier_as_the_chain_says() {
    let tiers = [
        Tier { arrivals_per_second: 90.0 / 3600.0, mean_service: 180.0, mean_patience: 120.0, agents: 5 },
        Tier { arrivals_per_second: 12.0 / 3600.0, mean_service: 300.0, mean_patience: 180.0, agents: 4 },
    ];
    let exact = Tiers { tiers, passed_on: 0.4 }.solve([45, 45]);
    assert!(exact.cut() < 1e-9, "the chain is cut where nobody is: {}", exact.cut());
    // The second tier stands first, as kinds of contacts are looked up in the first queue.
    let results = play(&format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "10h", interval = "{HOURS}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 61 }}
[queues.second]
talk = {{ mean = "5m" }}
patience = {{ mean = "3m" }}
arrivals.per_hour = 12
[queues.first]
talk = {{ mean = "3m" }}
patience = {{ mean = "2m" }}
arrivals.per_hour = 90
transfers.second.probability = 0.4
[groups.juniors]
skills = ["first"]
staff = 5
[groups.seniors]
skills = ["second"]
staff = 4
"#
    ));
    let mut judge = Judge::new();
    judge.about("two tiers with abandonment");
    let tier = |judge: &mut Judge, results: &Results, number: usize, queue: &str, delayed: f64| {
        judge.units(tiers[number].mean_service, exact.busy(number));
        judge.figures(
            results,
            &format!("queues.{queue}"),
            &[
                ("offered", exact.offered_per_second(number) * 3600.0 * HOURS),
                ("delayed", delayed),
                ("wait", exact.mean_wait(number)),
                ("abandonment", exact.abandonment(number)),
                ("queue", exact.queue(number)),
            ],
        );
    };
    tier(&mut judge, &results, 0, "first", exact.fresh_delayed(0));
    tier(&mut judge, &results, 1, "second", exact.second_delayed());
    judge.of_kind(&results, "first", Figure::Delayed, exact.fresh_delayed(1));
    judge.of_kind(&results, "transfer", Figure::Delayed, exact.passed_delayed());
    judge.figure(&results, "groups.seniors.occupancy", exact.busy(1) / 4.0);
    judge.finish(COMPARISONS);
}
