//! Days on which fewer agents come, or more: who is rostered, who is on duty.

use holdline::model::Model;
use holdline::observations::GroupCount;

use crate::plays::{compile, play};

const HOUR: u64 = 3_600_000_000;

/// Monday to Wednesday by the hour; hardly anybody calls.
fn team(group: &str) -> Model {
    compile(&format!(
        "horizon = {{ start = 2026-03-02, days = 3, interval = \"1h\", warm_up = \"1d\" }}\n[queues.q]\n\
         arrivals.per_hour = 0.01\ntalk = \"1s\"\n[groups.g]\nskills = [\"q\"]\n{group}"
    ))
}

/// Agent hours of the hours from `from` up to `to` since Monday's midnight.
fn hours(model: &Model, count: GroupCount, replication: u64, from: usize, to: usize) -> f64 {
    let seen = play(model, 1, replication);
    seen.groups[0][from..to].iter().map(|row| row[count]).sum::<u64>() as f64 / HOUR as f64
}

#[test]
fn heads_change_while_an_event_lasts() {
    let model = team(
        "staff = { \"08:00\" = 3, \"18:00\" = 0 }\n\
         events.ill = { at = 2026-03-03, agents = -2 }\n\
         events.help = { at = 2026-03-03T16:30:00, length = \"3h\", agents = 4 }\n\
         events.nobody = { at = 2026-03-04T10:00:00, length = \"1h\", agents = -99 }\n",
    );
    let heads = |from, to| hours(&model, GroupCount::Scheduled, 0, from, to);
    assert_eq!(heads(0, 24), 30.0);
    // One from 8 to 18; four more from half past four to half past seven.
    assert_eq!(heads(24, 40), 8.0);
    assert_eq!(heads(40, 41), 0.5 * 1.0 + 0.5 * 5.0);
    assert_eq!((heads(41, 42), heads(42, 48)), (5.0, 4.0 * 1.5));
    assert_eq!((heads(57, 58), heads(58, 59), heads(59, 60)), (3.0, 0.0, 3.0));
}

/// Absent agents of a shift are paid and not on duty.
#[test]
fn who_is_absent_is_rostered_and_not_there() {
    let model = team(
        "shifts.early = { agents = 5, start = \"08:00\", length = \"8h\" }\n\
         events.monday_sick = { at = 2026-03-02, agents = -2 }\n",
    );
    for replication in 0..5 {
        let of = |count, day: usize| hours(&model, count, replication, 24 * day, 24 * day + 24);
        assert_eq!([0, 1].map(|day| of(GroupCount::Scheduled, day)), [40.0, 40.0]);
        assert_eq!([0, 1].map(|day| of(GroupCount::OnDuty, day)), [24.0, 40.0]);
    }
}

/// The mean of 400 mornings of ten agents with a chance of 0.3 each: within four standard errors.
#[test]
fn a_chance_of_absence_holds_while_the_event_lasts() {
    let model = team(
        "shifts.early = { agents = 10, start = \"08:00\", length = \"1h\" }\n\
         events.flu = { at = 2026-03-03, length = \"1d\", absence = 0.3 }\n",
    );
    let on = |day: usize| -> f64 {
        (0..400).map(|r| hours(&model, GroupCount::OnDuty, r, 24 * day, 24 * day + 24)).sum::<f64>() / 400.0
    };
    assert_eq!((on(0), on(2)), (10.0, 10.0));
    let error = (10.0 * 0.3 * 0.7 / 400.0f64).sqrt();
    assert!((on(1) - 7.0).abs() < 4.0 * error, "{}", on(1));
}

/// Two shifts of eight hours.
const SHIFTS: &str = "shifts.early = { agents = 4, start = \"08:00\", length = \"8h\" }\n\
                      shifts.late = { agents = 3, start = \"12:00\", length = \"8h\" }\n";

/// How many of both shifts are away on each of the three days.
fn away(group: &str, replication: u64) -> [f64; 3] {
    let model = team(&[SHIFTS, group].concat());
    let on_duty = |day: usize| hours(&model, GroupCount::OnDuty, replication, 24 * day, 24 * day + 24);
    [0, 1, 2].map(|day| 7.0 - on_duty(day) / 8.0)
}

/// Two of seven are ill for two of the four days that are played, the day of warm-up among them: each of the seven may
/// be, and who is away on the one day is away on the other.
#[test]
fn the_same_people_are_away_all_the_time() {
    let event = "events.flu = { at = 2026-03-03, length = \"2d\", agents = -2 }";
    let model = team(&[SHIFTS, event].concat());
    let mut seen = [false; 7];
    for replication in 0..50 {
        assert_eq!(away(event, replication), [0.0, 2.0, 2.0]);
        let played = play(&model, 1, replication);
        let days: Vec<u64> = played.agents.iter().map(|agent| agent.available / (8 * HOUR)).collect();
        let all = *days.iter().max().expect("there are agents");
        assert_eq!(days.iter().filter(|days| **days + 2 == all).count(), 2, "{days:?}");
        assert_eq!(days.iter().filter(|days| **days == all).count(), 5, "{days:?}");
        seen.iter_mut().zip(&days).for_each(|(seen, days)| *seen |= *days < all);
    }
    assert_eq!(seen, [true; 7]);
}

/// The late shift begins within the event, the early one before it.
#[test]
fn a_shift_counts_by_when_it_begins() {
    let event = "events.training = { at = 2026-03-03T10:00:00, length = \"3h\", agents = -5 }";
    let model = team(&[SHIFTS, event].concat());
    let on_duty = |from, to| hours(&model, GroupCount::OnDuty, 0, from, to);
    assert_eq!((on_duty(24, 48), on_duty(40, 48)), (4.0 * 8.0, 0.0));
    assert_eq!(on_duty(0, 24) + on_duty(48, 72), 2.0 * 7.0 * 8.0);
}

#[test]
fn fewer_are_fewer_than_would_have_come_and_two_events_add_up() {
    let usual = "shrinkage = { absence = 0.3 }\n";
    let one = "events.a = { at = 2026-03-02, length = \"3d\", agents = -1 }\n";
    let two = "events.b = { at = 2026-03-02, length = \"3d\", agents = -2 }\n";
    for replication in 0..20 {
        let before = away(usual, replication);
        assert_eq!(away(&[usual, one, two].concat(), replication), before.map(|away| (away + 3.0).min(7.0)));
    }
}

#[test]
fn a_chance_replaces_the_usual_one() {
    let usual = "shrinkage = { absence = 0.5 }\n";
    for replication in 0..20 {
        let [first, _, last] = away(usual, replication);
        let at = |chance: &str| {
            away(&format!("{usual}events.e = {{ at = 2026-03-03, absence = {chance} }}"), replication)
        };
        assert_eq!(at("1"), [first, 7.0, last]);
        assert_eq!(at("0"), [first, 0.0, last]);
    }
}
