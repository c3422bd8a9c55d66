//! Feldman, Mandelbaum, Massey & Whitt (2008), "Staffing of time-varying queues to achieve time-stable
//! performance": arrivals 100 + 20 sin t, mu = theta = 1. The number present is Poisson about its moving
//! mean whatever the staffing, so the staffing for a probability of waiting is read from its tail.

use std::f64::consts::TAU;

use holdline::figures::Estimate;
use holdline::formulas::infinite_server::{poisson_at_least, sinusoidal_mean};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 3;

/// Steps of staff and volume in a wave, each this long in hours (mu = 1 an hour, to a microsecond).
const STEPS: usize = 240;
const SECONDS: f64 = 94.247_78;
/// Waves that a replication reports.
const WAVES: usize = 20;
/// Fine steps for the integrals.
const FINE: usize = 20;

fn clock(step: f64) -> f64 {
    step * SECONDS / 3600.0
}

#[test]
fn staffing_by_the_tail_keeps_the_delay_where_it_should_be() {
    assert!((clock(STEPS as f64) / TAU - 1.0).abs() < 1e-7, "a wave of 2 pi");
    let moment = |step: usize, part: usize| clock(step as f64 + (part as f64 + 0.5) / FINE as f64);
    let mean = |t: f64| sinusoidal_mean(100.0, 20.0, 1.0, 1.0, t);
    let average =
        |f: &dyn Fn(f64) -> f64, step| (0..FINE).map(|part| f(moment(step, part))).sum::<f64>() / FINE as f64;
    let calls: Vec<f64> = (0..STEPS).map(|step| average(&|t| 100.0 + 20.0 * libm::sin(t), step)).collect();
    let staff: Vec<u32> = (0..STEPS)
        .map(|step| {
            let mean = mean(clock(step as f64 + 0.5));
            (1..).find(|&agents| poisson_at_least(mean, agents) <= 0.1).expect("the tail falls to 0")
        })
        .collect();
    let delayed: Vec<f64> = (0..STEPS)
        .map(|step| calls[step] * average(&|t| poisson_at_least(mean(t), staff[step]), step))
        .collect();
    assert_eq!((staff.iter().min(), staff.iter().max()), (Some(&99), Some(&129)));

    // Whoever is first to finish leaves when staff falls: then an arrival waits just when as many are
    // present as there are agents.
    let length = SECONDS * STEPS as f64;
    let results = play(&format!(
        r#"
horizon = {{ length = "{}s", warm_up = "{}s", interval = "{length}s", at_end = "drain" }}
experiment = {{ replications = 3700, seed = 53 }}
[queues.calls]
talk = {{ mean = "1h" }}
patience = {{ mean = "1h" }}
arrivals.per_hour = {{ step = "{SECONDS}s", values = {calls:?} }}
[groups.team]
skills = ["calls"]
staff = {{ step = "{SECONDS}s", values = {staff:?} }}
leave = "first_to_finish"
"#,
        length * WAVES as f64,
        length * 2.0,
    ));
    let mut judge = Judge::new();
    judge.about("FMMW");
    let scheduled = staff.iter().sum::<u32>() as f64 / STEPS as f64;
    assert!((scheduled - 113.904).abs() < 0.05, "the published mean staffing: {scheduled}");
    judge.figure(&results, "groups.team.scheduled", scheduled);
    let share = delayed.iter().sum::<f64>() / calls.iter().sum::<f64>();
    judge.figure(&results, "queues.calls.delayed", share);
    // All who are present: the sum of two figures is known at least as well as both together.
    let of = |figure: &str| results.figure(&format!("queues.calls.{figure}")).expect("time");
    let (waiting, busy) = (of("queue"), of("busy"));
    let half_width = waiting.half_width.zip(busy.half_width).map(|(a, b)| a + b);
    let present = Estimate { value: waiting.value + busy.value, half_width };
    judge.compare("present", present, results.replications, 100.0, 0.0);
    judge.finish(COMPARISONS);
}
