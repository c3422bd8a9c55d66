//! Figures are the same wherever the borders of the horizon fall: what begins before one and ends after it is
//! counted without bias, and longer horizons say the same as shorter ones.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Figures, Results, Row};
use holdline::scenario::Scenario;
use holdline::units::Span;

fn play(text: &str) -> Results {
    let loaded = Scenario::from_text("borders.toml", text, &[]).expect("a valid scenario");
    let experiment = Experiment::new(&loaded.scenario).expect("the pilot is stable");
    experiment.run(&Silent).expect("the centre is stable").results
}

/// How many standard errors a figure lies from its exact value, from its interval of 95 %.
fn z(figures: &Figures, figure: Figure, exact: f64) -> f64 {
    let estimate = figures.get(figure).expect("the figure was counted");
    let half_width = estimate.half_width.expect("several replications");
    (estimate.value - exact) / (half_width / 1.96)
}

/// A round-the-clock day in steady state: talk of ten minutes, 60 calls an hour, so ten agents' work.
const STEADY_DAY: &str = r#"
horizon = { start = 2026-03-02, warm_up = "1d" }
experiment = { replications = 1500, seed = 1 }
[queues.q]
talk = { mean = "8m" }
wrap_up = { mean = "2m" }
patience = { mean = "3m" }
target = { share = 0.8, within = "20s" }
arrivals = { per_hour = 60 }
[groups.g]
skills = ["q"]
staff = 12
"#;

#[test]
fn handle_time_and_load_are_unbiased_to_the_last_row() {
    let results = play(STEADY_DAY);
    let queue = &results.queues[0];
    assert_eq!(queue.rows.len(), 48);
    for row in &queue.rows {
        for (figure, exact) in [(Figure::Talk, 480.0), (Figure::Aht, 600.0), (Figure::Load, 10.0)] {
            let off = z(&row.figures, figure, exact);
            assert!(off.abs() < 4.0, "{figure:?} of {} is {off} standard errors off", row.label);
        }
    }
    // One number of many is looked at above, few of high precision here.
    for (figure, exact) in [(Figure::Talk, 480.0), (Figure::Aht, 600.0), (Figure::Load, 10.0)] {
        let off = z(&queue.figures, figure, exact);
        assert!(off.abs() < 3.3, "{figure:?} of the day is {off} standard errors off");
    }
}

#[test]
fn handle_time_of_a_short_steady_study_is_unbiased() {
    let text = r#"
horizon = { length = "2h", warm_up = "2h" }
experiment = { replications = 4000, seed = 2 }
[queues.q]
talk = { mean = "10m" }
arrivals = { per_hour = 60 }
[groups.g]
skills = ["q"]
staff = 30
"#;
    let results = play(text);
    for (figure, exact) in [(Figure::Aht, 600.0), (Figure::Load, 10.0)] {
        let off = z(&results.queues[0].figures, figure, exact);
        assert!(off.abs() < 3.3, "{figure:?} is {off} standard errors off");
    }
}

/// Interrupted letters and chats that slow each other down run at the end too.
#[test]
fn handle_time_at_the_border_is_unbiased_on_other_channels() {
    let text = r#"
horizon = { length = "1h", warm_up = "12h", interval = "1h" }
experiment = { replications = 6000, seed = 3 }
[channels]
phone = { kind = "voice" }
mail = { kind = "deferred", interruptible = true }
[queues.calls]
channel = "phone"
talk = { mean = "5m" }
arrivals = { per_hour = 30 }
[queues.letters]
channel = "mail"
talk = { mean = "20m" }
arrivals = { per_hour = 3 }
[groups.g]
skills = ["calls", "letters"]
capacity = { phone = 1.0, mail = 1.0 }
staff = 8
"#;
    let results = play(text);
    for queue in &results.queues {
        let exact = if queue.name == "calls" { 300.0 } else { 1200.0 };
        let off = z(&queue.figures, Figure::Aht, exact);
        assert!(off.abs() < 3.3, "{}: the handle time is {off} standard errors off", queue.name);
    }
}

/// M/M/n + M with a chance of 0.3 to be called again an hour later: what becomes of a case takes longer than
/// the horizon, so that contacts per case come out short unless the play goes on.
#[test]
fn a_cool_down_follows_cases_to_their_end() {
    let text = |cool_down: &str| {
        format!(
            r#"
horizon = {{ length = "24h", warm_up = "24h", cool_down = "{cool_down}", interval = "1h" }}
experiment = {{ replications = 400, seed = 4 }}
[queues.q]
talk = {{ mean = "300s" }}
patience = {{ mean = "150s" }}
target = {{ share = 0.8, within = "20s" }}
arrivals = {{ per_hour = 100 }}
resolution = {{ probability = 0.7, repeat_contact = {{ probability = 1.0, delay = {{ mean = "1h" }} }} }}
[groups.g]
skills = ["q"]
staff = 60
"#
        )
    };
    // Nobody waits, so a case has a geometric number of contacts: 1 / 0.7; FCR is 0.7.
    let (cut, followed) = (play(&text("0s")), play(&text("24h")));
    let off = z(&followed.queues[0].figures, Figure::ContactsPerCase, 1.0 / 0.7);
    assert!(off.abs() < 3.3, "contacts per case are {off} standard errors off");
    let off = z(&followed.queues[0].figures, Figure::Fcr, 0.7);
    assert!(off.abs() < 3.3, "first contact resolution is {off} standard errors off");
    let short = z(&cut.queues[0].figures, Figure::ContactsPerCase, 1.0 / 0.7);
    assert!(short < -10.0, "without a cool-down cases are cut short");
    let told = |results: &Results| results.notes.iter().any(|note| note.contains("cool_down"));
    assert!(told(&cut), "the cut cases are told of: {:?}", cut.notes);
    assert!(!told(&followed), "nothing to tell: {:?}", followed.notes);
    // The reported time is no longer than before, and nothing that begins in the cool-down counts.
    assert_eq!(followed.length, cut.length);
    let offered = |results: &Results| results.queues[0].figures.value(Figure::Offered).expect("calls");
    assert_eq!(offered(&followed), offered(&cut), "the same customers call in the reported time");
}

fn centre(days: u32, replications: u32) -> String {
    format!(
        r#"
horizon = {{ start = 2026-03-02, days = {days}, warm_up = "7d", cool_down = "14d" }}
experiment = {{ replications = {replications}, seed = 5 }}
[channels]
phone = {{ kind = "voice", lines = 12 }}
mail = {{ kind = "deferred" }}
[queues.calls]
channel = "phone"
open = "mon-sat 08:00-18:00"
talk = {{ mean = "4m" }}
patience = {{ mean = "90s" }}
target = {{ share = 0.8, within = "20s" }}
targets.abandonment = {{ max = 0.05 }}
retry.after_abandon = {{ probability = 0.5, delay = "10m" }}
resolution = {{ probability = 0.8, repeat_contact = {{ probability = 0.5, delay = "1d" }} }}
arrivals = {{ per_day = 240, weekday = {{ mon = 1.4, sat = 0.5, sun = 0 }} }}
[queues.letters]
channel = "mail"
open = "mon-fri 08:00-18:00"
talk = {{ mean = "10m" }}
target = {{ share = 0.8, within = "4h" }}
arrivals.per_hour = {{ "08:00" = 4, "13:00" = 0 }}
[groups.g]
skills.calls = {{ priority = 1 }}
skills.letters = {{ priority = 2 }}
cost.per_hour = 20
shifts.day = {{ agents = 3, days = "mon-sat", start = "08:00", length = "10h", breaks.lunch = {{ after = "4h", length = "30m" }} }}
"#
    )
}

/// Whether two estimates of one number may be: six joint standard errors, or for percentiles, which have no
/// interval in rows, as near as their bins and their spread allow.
fn near(figure: Figure, one: &Figures, other: &Figures) -> bool {
    let (Some(a), Some(b)) = (one.get(figure), other.get(figure)) else {
        // Too rare to have been seen in both.
        return one.value(figure).or(other.value(figure)).is_none_or(|value| value < 0.1);
    };
    let difference = (a.value - b.value).abs();
    match (a.half_width, b.half_width) {
        // What never happened in a row has no spread there, though it might have happened.
        (Some(a_half), Some(b_half)) => difference <= 6.0 / 1.96 * a_half.hypot(b_half) + 0.01,
        _ => difference <= 0.3 * a.value.max(b.value) + 10.0,
    }
}

fn compare(what: &str, reference: &Row, row: &Row) {
    // A row with a handful of contacts says nothing reliable about its own errors.
    let few = |figure, least| reference.figures.value(figure).is_some_and(|value| value < least);
    if few(Figure::Offered, 1.0) || few(Figure::OnDuty, 0.5) {
        return;
    }
    let figures = Figure::ALL.iter().copied().filter(|figure| {
        // Percentiles have no interval in rows: only a day's many calls fix them well enough. E-mails wait
        // for minutes or for a night, and a percentile may fall between the two.
        let percentile = matches!(figure, Figure::WaitP50 | Figure::WaitP90 | Figure::WaitP95);
        // Agents short are worked out by a formula from what a row saw, and their interval does not hold all of it.
        let vague = row.length < Span::DAY || !what.contains("calls");
        !(percentile && vague || matches!(figure, Figure::AgentsShort | Figure::AgentsShortOfAbandonment))
    });
    for figure in figures {
        assert!(
            near(figure, &reference.figures, &row.figures),
            "{what} {}: {figure:?} is {:?}, of {} it is {:?}",
            row.label,
            row.figures.get(figure),
            reference.label,
            reference.figures.get(figure)
        );
    }
    assert_eq!(row.length, reference.length, "{what} {}", row.label);
}

#[test]
fn longer_horizons_say_the_same() {
    let week = play(&centre(7, 800));
    let at = |rows: &[Row], row: &Row| {
        let week = rows.last().expect("rows").start + rows[0].length;
        let since = row.start.micros() % week.micros();
        rows.iter().position(|row| row.start.micros() == since).expect("the same time of the week")
    };
    for (days, replications) in [(28, 200), (29, 193), (35, 160), (364, 40)] {
        let longer = play(&centre(days, replications));
        assert_eq!(longer.folded, days > 28);
        let scopes = longer.queues.iter().zip(&week.queues).chain([(&longer.total, &week.total)]);
        for (scope, reference) in scopes {
            let what = format!("{days} days, {},", scope.name);
            assert_eq!(scope.days.len(), days as usize);
            for row in &scope.rows {
                compare(&what, &reference.rows[at(&reference.rows, row)], row);
            }

            for day in &scope.days {
                compare(&what, &reference.days[at(&reference.days, day)], day);
            }
        }
        for (group, reference) in longer.groups.iter().zip(&week.groups) {
            for row in &group.rows {
                compare(
                    &format!("{days} days, {},", group.name),
                    &reference.rows[at(&reference.rows, row)],
                    row,
                );
            }
        }
    }
}

/// Where three quarters are answered in 20 s, the 90th percentile of the waits is no zero.
#[test]
fn days_have_percentiles() {
    for days in [2, 30] {
        let results = play(&format!(
            "horizon = {{ start = 2026-03-02, days = {days} }}\nexperiment = {{ replications = 5, seed = 6 }}\n{}",
            r#"
[queues.q]
talk = { mean = "4m" }
patience = { mean = "2m" }
target = { share = 0.8, within = "20s" }
arrivals = { per_hour = 285 }
[groups.g]
skills = ["q"]
staff = 20
"#
        ));
        for day in results.queues[0].days.iter().chain(&results.total.days) {
            let of = |figure| day.figures.value(figure).expect("counted");
            assert!(of(Figure::ServiceLevel) < 0.9 && of(Figure::WaitP90) > 20.0, "{}", day.label);
            assert!(of(Figure::WaitP95) >= of(Figure::WaitP90), "{}", day.label);
            assert!(of(Figure::QueueLength) > 0.1 && of(Figure::Busy) > 15.0, "{}", day.label);
        }
    }
}
