//! A day on which volume and staff change, against Kolmogorov's equations.

use holdline::figures::Figure;
use holdline::formulas::kolmogorov::{Day, Kolmogorov, Release};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 10 * 4 + 4;

/// Calls an hour from 8 to 18; nobody calls after that.
const CALLS: [u32; 10] = [60, 90, 130, 120, 80, 70, 100, 110, 60, 30];
/// Agents from 8 to 18, then none: those who wait give up. At 12, 16 and 17 some leave in the middle of
/// a call, at 14 some of them would still be there.
const STAFF: [u32; 10] = [4, 7, 8, 9, 4, 3, 8, 7, 4, 2];

#[test]
fn a_day_of_changing_volume_and_staff() {
    let steps = |values: &[u32]| {
        let hours = values.iter().chain([&0]).zip(8..);
        hours.map(|(value, hour)| format!("\"{hour:02}:00\" = {value}")).collect::<Vec<_>>().join(", ")
    };
    let results = play(&format!(
        r#"
horizon = {{ start = 2026-03-02, days = 1, interval = "1h" }}
experiment = {{ replications = 22000, seed = 52 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = {{ mean = "3m" }}
arrivals.per_hour = {{ {} }}
[groups.team]
skills = ["calls"]
staff = {{ {} }}
"#,
        steps(&CALLS),
        steps(&STAFF)
    ));

    let mut chain = Kolmogorov::new(Day {
        arrivals_per_second: |t: f64| {
            CALLS.get((t / 3600.0) as usize).map_or(0.0, |&calls| f64::from(calls) / 3600.0)
        },
        staff: STAFF
            .iter()
            .chain([&0])
            .enumerate()
            .map(|(hour, &staff)| (hour as f64 * 3600.0, staff))
            .collect(),
        mean_service: 240.0,
        mean_patience: 180.0,
        places: 150,
        release: Release::AfterService,
    });
    let mut judge = Judge::new();
    let (mut abandoned, mut delayed, mut busy, mut offered) = (0.0, 0.0, 0.0, 0.0);
    for hour in 0..10 {
        let flow = chain.advance(f64::from(hour + 1) * 3600.0);
        assert!(chain.full() < 1e-12, "the chain is cut where nobody is");
        let row = &results.queues[0].rows[8 + hour as usize];
        judge.about(format!("a day, {}", row.label));
        for (figure, exact) in [
            (Figure::Offered, flow.offered),
            (Figure::Delayed, flow.delayed / flow.offered),
            (Figure::QueueLength, flow.waiting_time / 3600.0),
            (Figure::Busy, flow.busy_time / 3600.0),
        ] {
            let estimate = row.figures.get(figure).expect("contacts");
            judge.compare(figure.name(), estimate, results.replications, exact, 0.0);
        }
        abandoned += flow.abandoned;
        delayed += flow.delayed;
        offered += flow.offered;
        busy += flow.busy_time / 3600.0;
    }
    // The last calls end, and those who wait for nobody give up.
    let flow = chain.advance(24.0 * 3600.0);
    abandoned += flow.abandoned;
    busy += flow.busy_time / 3600.0;
    judge.about("a day, whole");
    judge.figure(&results, "total.abandoned", abandoned);
    judge.figure(&results, "total.abandonment", abandoned / offered);
    judge.figure(&results, "total.delayed", delayed / offered);
    judge.figure(&results, "total.busy", busy / 24.0);
    judge.finish(COMPARISONS);
}
