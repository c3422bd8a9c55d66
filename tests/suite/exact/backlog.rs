//! Deferred work that is there at the start: worked out by hand.

use holdline::figures::Figure;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 9 + 4;

#[test]
fn ten_mails_of_six_minutes_are_done_after_an_hour() {
    let results = play(
        r#"
horizon = { length = "2h", interval = "1h", at_end = "drain" }
experiment = { replications = 2, seed = 70 }
[channels.mail]
kind = "deferred"
[queues.mails]
talk = "6m"
backlog = 10
target = { share = 0.8, within = "33m" }
[groups.team]
skills = ["mails"]
staff = 1
"#,
    );
    let mut judge = Judge::new();
    judge.about("a backlog of ten");
    judge.figures(
        &results,
        "queues.mails",
        &[
            ("offered", 10.0),
            ("answered", 10.0),
            // They are begun after 0, 6, ..., 54 minutes.
            ("wait", 27.0 * 60.0),
            ("queue", 10.0 * 27.0 / 120.0),
            ("talk", 360.0),
            // The response is there when the work is done: after 6, 12, 18, 24 and 30 minutes.
            ("service_level", 0.5),
        ],
    );
    judge.figure(&results, "groups.team.occupancy", 0.5);
    for (row, busy) in results.queues[0].rows.iter().zip([1.0, 0.0]) {
        let estimate = row.figures.get(Figure::Busy).expect("time");
        judge.compare("busy in an hour", estimate, results.replications, busy, 0.0);
    }
    judge.finish(9);
}

#[test]
fn a_hundred_mails_take_a_night_longer() {
    // The work begun at 16:54 is finished; the next is begun at 8:00. Ninety the first day, ten the second.
    let results = play(
        r#"
horizon = { start = 2026-03-02, days = 2, interval = "1h" }
experiment = { replications = 2, seed = 71 }
[channels.mail]
kind = "deferred"
[queues.mails]
open = ["daily 08:00-17:00"]
talk = "6m"
backlog = 100
target = { share = 0.8, within = "3h57m", clock = "open_hours" }
[groups.team]
skills = ["mails"]
staff = { "00:00" = 0, "08:00" = 1, "16:57" = 0 }
"#,
    );
    let mut judge = Judge::new();
    judge.about("a backlog of a hundred");
    // 8 h + 6 min k for k of 0..90, 32 h + 6 min k for k of 0..10.
    let hours = 90.0 * 8.0 + 0.1 * 4005.0 + 10.0 * 32.0 + 0.1 * 45.0;
    judge.figures(
        &results,
        "queues.mails",
        &[
            ("answered", 100.0),
            ("wait", hours / 100.0 * 3600.0),
            // Of the opening hours 6, 12, ... minutes have passed when a response is there: 39 in 3 h 57 min.
            ("service_level", 0.39),
        ],
    );
    // An hour's tenths: nine on the first day (three minutes of them past the end), one on the second.
    judge.figure(&results, "groups.team.busy", 10.0 / 48.0);
    judge.finish(4);
}
