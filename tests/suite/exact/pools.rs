//! Agents who differ: the inverted V, and agents who solve more or work faster.
//!
//! The published values are those of the chains in `formulas.rs`.

use holdline::figures::Figure;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = INVERTED_V + RESOLUTION;
const INVERTED_V: usize = 4 * 2;
const RESOLUTION: usize = 2 * 4;

/// Ten agents of mu 1 and ten of mu 1.5 a minute, 22 calls a minute.
fn inverted_v(slow: u32, fast: u32, rule: &str) -> String {
    format!(
        r#"
horizon = {{ length = "30h", warm_up = "3h", interval = "30h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 50 }}
[queues.calls]
talk = {{ mean = "1m" }}
arrivals.per_hour = 1320
[groups.slow]
skills.calls = {{ priority = {slow} }}
staff = 10
[groups.fast]
skills.calls = {{ priority = {fast}, speed = 1.5 }}
staff = 10
[routing]
agents = "{rule}"
"#
    )
}

#[test]
fn who_is_asked_first_in_an_inverted_v() {
    let mut judge = Judge::new();
    for (name, text, present, delayed) in [
        ("fastest first", inverted_v(2, 1, "skill_priority"), 20.72883, 0.45999),
        ("slowest first", inverted_v(1, 2, "skill_priority"), 21.57893, 0.50483),
        ("longest idle", inverted_v(1, 2, "longest_idle"), 21.23401, 0.48619),
        ("random", inverted_v(1, 2, "random"), 21.23401, 0.48619),
    ] {
        let results = play(&text);
        judge.about(format!("inverted V, {name}"));
        judge.figure(&results, "queues.calls.delayed", delayed);
        // Little: the mean number present over the arrivals.
        judge.figure(&results, "queues.calls.time_to_resolution", present / 22.0 * 60.0);
    }
    judge.finish(INVERTED_V);
}

/// Ten agents of mu 1 who solve 0.9 and ten of mu 1.4 who solve 0.6, 15 cases a minute; the unsolved come
/// back at once.
fn thorough_and_quick(thorough: u32, quick: u32) -> String {
    format!(
        r#"
horizon = {{ length = "60h", warm_up = "3h", interval = "60h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 51 }}
[queues.calls]
talk = {{ mean = "1m" }}
arrivals.per_hour = 900
resolution.repeat_contact = {{ probability = 1, delay = "0s" }}
[groups.thorough]
skills.calls = {{ priority = {thorough}, resolution = 0.9 }}
staff = 10
[groups.quick]
skills.calls = {{ priority = {quick}, speed = 1.4, resolution = 0.6 }}
staff = 10
"#
    )
}

#[test]
fn who_solves_more_or_who_is_faster_first() {
    let mut judge = Judge::new();
    // p mu is 0.9 for the thorough and 0.84 for the quick. The published "FCR" is the share of contacts
    // that solve their case.
    for (name, text, time, delayed, solving) in [
        ("p-mu", thorough_and_quick(1, 2), 1.31876, 0.41664, 0.74102),
        ("fastest first", thorough_and_quick(2, 1), 1.33069, 0.42604, 0.71145),
    ] {
        let results = play(&text);
        judge.about(format!("resolution, {name}"));
        judge.figure(&results, "total.time_to_resolution", time * 60.0);
        judge.of_kind(&results, "first", Figure::Delayed, delayed);
        judge.figure(&results, "total.contacts_per_case", 1.0 / solving);
        judge.figure(&results, "total.resolution", 1.0);
    }
    judge.finish(RESOLUTION);
}
