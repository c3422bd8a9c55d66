//! Chats: several conversations at an agent, which slow each other down; exponential work and patience.
//!
//! With `least_loaded` the numbers of agents with 0, 1, 2, ... conversations are a Markov chain.

use holdline::formulas::ErlangA;

use crate::chains::chat::Chat;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = THREE + TWO + SLOTS;
const EACH: usize = 10;
const THREE: usize = EACH + 3;
const TWO: usize = EACH + 2;
const SLOTS: usize = 5;

const WITHIN: f64 = 20.0;

/// Chats of six minutes of work, patience of two.
fn chat(per_hour: f64, agents: u32, slowdown: &[f64]) -> Chat {
    Chat {
        arrivals_per_second: per_hour / 3600.0,
        mean_talk: 360.0,
        mean_patience: 120.0,
        agents,
        slowdown: slowdown.to_vec(),
    }
}

fn scenario(chat: &Chat, hours: u32, routing: &str) -> String {
    let Chat { slowdown, agents, .. } = chat;
    format!(
        r#"
horizon = {{ length = "{hours}h", warm_up = "10h", interval = "{hours}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 60 }}
[channels.chat]
kind = "chat"
concurrency = {}
slowdown = {slowdown:?}
[queues.chats]
talk = {{ mean = "6m" }}
patience = {{ mean = "2m" }}
target = {{ share = 0.8, within = "{WITHIN}s" }}
arrivals.per_hour = {}
[groups.team]
skills = ["chats"]
staff = {agents}
[routing]
{routing}
"#,
        slowdown.len(),
        chat.arrivals_per_second * 3600.0,
    )
}

/// `shares`: the names of the shares of working time with 1, 2, ... conversations; the last one is for more,
/// too.
fn judge(judge: &mut Judge, chat: &Chat, hours: u32, shares: &[&str]) {
    let exact = chat.solve(60);
    assert!(exact.cut() < 1e-12, "the chain is cut where nobody is: {}", exact.cut());
    judge.units(360.0, chat.arrivals_per_second * 360.0);
    let results = play(&scenario(chat, hours, r#"by_channel.chat.agents = "least_loaded""#));
    judge.figures(
        &results,
        "queues.chats",
        &[
            ("delayed", exact.delayed()),
            ("wait", exact.mean_wait()),
            ("wait_answered", exact.mean_wait_answered()),
            ("abandonment", exact.abandonment()),
            ("service_level", exact.answered_within(WITHIN)),
            ("queue", exact.queue()),
            // Of a leg, from the first answer to the end.
            ("talk", exact.talk()),
            // Legs under way: conversations open.
            ("busy", exact.open()),
        ],
    );
    // Of a group: agents with any work.
    judge.figure(&results, "groups.team.busy", exact.busy());
    judge.figure(&results, "groups.team.occupancy", exact.busy() / f64::from(chat.agents));
    for (level, name) in shares.iter().enumerate() {
        judge.figure(&results, &format!("groups.team.{name}"), exact.share_at(level + 1));
    }
}

#[test]
fn three_conversations_each_slower_than_the_last() {
    let mut all = Judge::new();
    all.about("chat, 3 agents, 3 conversations");
    let chat = chat(50.0, 3, &[1.0, 1.25, 1.6]);
    judge(&mut all, &chat, 900, &["one_open", "two_open", "three_open"]);
    all.finish(THREE);
}

#[test]
fn two_conversations_at_eight_agents() {
    let mut all = Judge::new();
    all.about("chat, 8 agents, 2 conversations");
    judge(&mut all, &chat(100.0, 8, &[1.0, 1.4]), 450, &["one_open", "two_open"]);
    all.finish(TWO);
}

#[test]
fn conversations_that_do_not_disturb_each_other_are_as_many_agents_whoever_takes_them() {
    let mut judge = Judge::new();
    judge.about("chat, 3 agents, 2 conversations without slowdown");
    let chat = chat(60.0, 3, &[1.0, 1.0]);
    judge.units(360.0, 6.0);
    let exact = ErlangA {
        arrivals_per_second: chat.arrivals_per_second,
        mean_service: 360.0,
        mean_patience: 120.0,
        agents: 6.0,
    }
    .solve();
    let results = play(&scenario(&chat, 450, r#"agents = "longest_idle""#));
    judge.figures(
        &results,
        "queues.chats",
        &[
            ("delayed", exact.delayed()),
            ("wait", exact.mean_wait()),
            ("abandonment", exact.abandonment()),
            ("talk", 360.0),
            ("busy", exact.busy()),
        ],
    );
    judge.finish(SLOTS);
}
