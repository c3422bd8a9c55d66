//! Transfers between groups: a Jackson network. Each station is an M/M/n of its own, even where
//! customers come back to it (Jackson 1957; the arrival theorem: Sevcik & Mitrani 1981). A delay on the way is a station with
//! room for everyone.

use holdline::formulas::ErlangC;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 2 * 5 + 5;

#[test]
fn a_network_of_two_desks_has_product_form() {
    // From the first desk 40 % go on to the second, from there 10 % back to the first.
    let (fresh_first, fresh_second) = (100.0, 20.0);
    let first_per_hour = (fresh_first + 0.1 * fresh_second) / (1.0 - 0.4 * 0.1);
    let second_per_hour = fresh_second + 0.4 * first_per_hour;
    let first = ErlangC { arrivals_per_second: first_per_hour / 3600.0, mean_service: 180.0, agents: 7.0 };
    let second = ErlangC { arrivals_per_second: second_per_hour / 3600.0, mean_service: 240.0, agents: 6.0 };
    let hours = 1500.0;
    let results = play(&format!(
        r#"
horizon = {{ length = "{hours}h", warm_up = "100h", interval = "100h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 49 }}
[queues.first]
talk = {{ mean = "3m" }}
arrivals.per_hour = {fresh_first}
target = {{ share = 0.8, within = "30s" }}
transfers.second = {{ probability = 0.4, delay = {{ mean = "90s" }} }}
[queues.second]
talk = {{ mean = "4m" }}
arrivals.per_hour = {fresh_second}
target = {{ share = 0.8, within = "30s" }}
transfers.first.probability = 0.1
[groups.juniors]
skills = ["first"]
staff = 7
[groups.seniors]
skills = ["second"]
staff = 6
"#
    ));
    let mut judge = Judge::new();
    judge.about("Jackson network");
    for (queue, desk, per_hour) in [("first", &first, first_per_hour), ("second", &second, second_per_hour)] {
        judge.figures(
            &results,
            &format!("queues.{queue}"),
            &[
                ("offered", per_hour * hours),
                ("delayed", desk.delayed()),
                ("wait", desk.mean_wait()),
                ("service_level", desk.service_level(30.0)),
                ("queue", desk.queue()),
            ],
        );
    }
    judge.figure(&results, "groups.juniors.occupancy", first.occupancy());
    judge.figure(&results, "groups.seniors.occupancy", second.occupancy());
    let cases = fresh_first + fresh_second;
    let stays = first_per_hour * (first.mean_wait() + 180.0) + second_per_hour * (second.mean_wait() + 240.0);
    let on_the_way = 0.4 * first_per_hour * 90.0;
    judge.figure(&results, "total.time_to_resolution", (stays + on_the_way) / cases);
    judge.figure(&results, "total.legs_per_case", (first_per_hour + second_per_hour) / cases);
    judge.figure(
        &results,
        "total.transfers_per_case",
        (0.4 * first_per_hour + 0.1 * second_per_hour) / cases,
    );
    judge.finish(COMPARISONS);
}
