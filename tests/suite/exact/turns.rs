//! Conversations of turns: a closed network while slots are kept, an open one where they are freed.

use holdline::formulas::ErlangC;

use crate::chains::turns::Windows;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = WINDOWS + PARKED;
const WINDOWS: usize = 2 * 2 + 2;
const PARKED: usize = 5;

/// Chats of 500 s for an agent who has one at a time: 285.71 s of work, 214.29 s of the customer's time. So many
/// want one that none of the `concurrency` windows is ever empty; most find no place to wait.
fn windows(hours: f64, concurrency: u32) -> String {
    format!(
        r#"
horizon = {{ length = "{hours}h", warm_up = "10h", interval = "{hours}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 67 }}
[channels.chat]
kind = "chat"
concurrency = {concurrency}
[queues.chats]
max_waiting = 20
conversation = {{ replies = 4, work = {{ mean = "71.428571s" }}, customer_reply = {{ mean = "71.428571s" }} }}
arrivals.per_hour = 40
[groups.agent]
skills = ["chats"]
staff = 1
"#
    )
}

#[test]
fn three_windows_take_887_seconds_against_500() {
    let mut judge = Judge::new();
    let hours = 200.0;
    for (concurrency, published) in [(1, 500.0), (3, 886.81)] {
        // Four replies of the agent and three of the customer between them.
        let exact = Windows { agent: 4.0 * 71.428571, customer: 3.0 * 71.428571, windows: concurrency };
        assert!((exact.conversation() - published).abs() < 0.005, "as published");
        let results = play(&windows(hours, concurrency));
        judge.about(format!("{concurrency} windows of turns"));
        // From the first answer to the end: the agent's replies, the customer's, and waiting for the agent.
        judge.figure(&results, "queues.chats.talk", exact.conversation());
        judge.figure(&results, "queues.chats.answered", exact.per_second() * 3600.0 * hours);
        if concurrency == 3 {
            judge.figure(&results, "queues.chats.busy", 3.0);
            judge.figure(&results, "groups.agent.three_open", 1.0);
        }
    }
    judge.finish(WINDOWS);
}

#[test]
fn parked_conversations_come_back_as_new_work() {
    // A slot is freed at once, so that a reply is a call and the customer is elsewhere meanwhile: a Jackson
    // network. Each message waits as in an M/M/n of all messages, first ones and later ones alike.
    let hours = 1000.0;
    let exact = ErlangC { arrivals_per_second: 105.0 / 3600.0, mean_service: 120.0, agents: 5.0 };
    let results = play(&format!(
        r#"
horizon = {{ length = "{hours}h", warm_up = "20h", interval = "{hours}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 68 }}
[channels.social]
kind = "messaging"
concurrency = 1
[queues.messages]
arrivals.per_hour = 35
[queues.messages.conversation]
replies = {{ mean = 3 }}
work = {{ mean = "2m" }}
customer_reply = {{ mean = "20m" }}
park_after = "1ms"
[groups.team]
skills = ["messages"]
staff = 5
"#
    ));
    let mut judge = Judge::new();
    judge.about("parked conversations");
    judge.units(120.0, exact.load());
    judge.figures(
        &results,
        "queues.messages",
        &[
            ("delayed", exact.delayed()),
            ("wait", exact.mean_wait()),
            // All messages that wait for an agent, first ones and later ones.
            ("queue", exact.queue()),
            ("time_to_resolution", 3.0 * (exact.mean_wait() + 120.0) + 2.0 * 1200.0),
        ],
    );
    judge.figure(&results, "groups.team.occupancy", exact.occupancy());
    judge.finish(PARKED);
}
