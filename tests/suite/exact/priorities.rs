//! M/M/n with two classes of customers, nobody interrupted.

use holdline::formulas::{Cobham, ErlangC};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 7;

/// Two queues of one team of ten at a load of 0.8; `first` and `second` say what orders them.
fn scenario(length: &str, first: &str, second: &str, skills: &str) -> String {
    format!(
        r#"
horizon = {{ length = "{length}", warm_up = "100h", interval = "100h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 46 }}
[queues.gold]
{first}
talk = {{ mean = "4m" }}
arrivals.per_hour = 50
[queues.iron]
{second}
talk = {{ mean = "4m" }}
arrivals.per_hour = 70
[groups.team]
{skills}
staff = 10
[routing]
contacts = "priority"
"#
    )
}

#[test]
fn two_classes_wait_as_cobham_says() {
    let per_second = [50.0 / 3600.0, 70.0 / 3600.0];
    let cobham = Cobham { arrivals_per_second: per_second.to_vec(), mean_service: 240.0, agents: 10.0 };
    let waits = cobham.mean_waits();
    let together =
        ErlangC { arrivals_per_second: per_second.iter().sum(), mean_service: 240.0, agents: 10.0 };
    let results = play(&by_queue("1500h"));
    let mut judge = Judge::new();
    judge.about("M/M/10, two classes");
    for (queue, wait, arrivals) in [("gold", waits[0], per_second[0]), ("iron", waits[1], per_second[1])] {
        judge.figures(
            &results,
            &format!("queues.{queue}"),
            &[("wait", wait), ("delayed", together.delayed()), ("queue", wait * arrivals)],
        );
    }
    judge.figure(&results, "total.wait", together.mean_wait());
    judge.finish(COMPARISONS);
}

fn by_queue(length: &str) -> String {
    scenario(length, "priority = 1", "priority = 2", r#"skills = ["gold", "iron"]"#)
}

#[test]
fn what_a_group_takes_first_orders_as_the_priority_of_queues() {
    let by_skill = scenario("100h", "", "", "skills.gold = { takes = 1 }\nskills.iron = { takes = 2 }");
    assert_eq!(play(&by_skill), play(&by_queue("100h")));
}
