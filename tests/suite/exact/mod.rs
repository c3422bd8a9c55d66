//! The exact answers: scenarios that theory can solve, played as a user plays them.
//!
//! Every comparison of the suite is counted, and each is judged at the level that keeps all of them
//! together inside 99.9 % (Bonferroni), so that a failure means a fault and not bad luck. Seeds are
//! fixed. Estimates are known to a hundredth (at 95 %), so that faults of a few in a hundred show.
//!
//! `cargo test --release exact -- --nocapture` prints every comparison.

mod accumulating_priority;
mod backlog;
mod blending;
mod callbacks;
mod cases;
mod chat;
mod coverage;
mod dialer;
mod differences;
mod erlang_a;
mod erlang_c;
mod every_figure;
mod families;
mod few_lines;
mod interruption;
mod orbit;
mod patience_distributions;
mod peers;
mod pools;
mod priorities;
mod repeat_contacts;
mod service_distributions;
mod staffing_wave;
mod states;
mod stratified_days;
mod tiers;
mod transfers;
mod turns;
mod varying_day;
mod warm_transfer;

use holdline::estimate::student_multiple;
use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Estimate, Figure, Results};
use holdline::scenario::{Loaded, Scenario};

/// Of all comparisons together.
const JOINT: f64 = 0.999;

/// All comparisons of the suite; each test checks that it made those that it declares.
const COMPARISONS: usize = accumulating_priority::COMPARISONS
    + backlog::COMPARISONS
    + blending::COMPARISONS
    + callbacks::COMPARISONS
    + cases::COMPARISONS
    + chat::COMPARISONS
    + dialer::COMPARISONS
    + differences::COMPARISONS
    + erlang_a::COMPARISONS
    + erlang_c::COMPARISONS
    + families::COMPARISONS
    + few_lines::COMPARISONS
    + interruption::COMPARISONS
    + orbit::COMPARISONS
    + patience_distributions::COMPARISONS
    + peers::COMPARISONS
    + pools::COMPARISONS
    + priorities::COMPARISONS
    + repeat_contacts::COMPARISONS
    + service_distributions::COMPARISONS
    + staffing_wave::COMPARISONS
    + states::COMPARISONS
    + tiers::COMPARISONS
    + transfers::COMPARISONS
    + turns::COMPARISONS
    + varying_day::COMPARISONS
    + warm_transfer::COMPARISONS;

/// Of one comparison.
fn confidence() -> f64 {
    1.0 - (1.0 - JOINT) / COMPARISONS as f64
}

/// How well an estimate must know its value, at 95 %: a hundredth of it, or this. Shares are meant as they
/// are, times in mean service times and queues in offered loads, as theory measures both (then a mean
/// wait, a mean queue and the share that gives up are one number, but for the mean patience).
const ABSOLUTE: f64 = 0.0005;

/// Percentiles come from bins: their documented relative error.
const BINS: f64 = 0.01;

/// Times are whole microseconds.
const MICROSECOND: f64 = 1e-6;

/// Reads a scenario, asking for intervals at the level of one comparison.
#[track_caller]
fn load(text: &str) -> Loaded {
    let setting = format!("experiment.confidence={}", confidence());
    Scenario::from_text("exact.toml", text, &[setting]).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"))
}

/// Plays a scenario by the public path.
#[track_caller]
fn play(text: &str) -> Results {
    let loaded = load(text);
    let experiment = Experiment::new(&loaded.scenario).expect("the pilot is stable");
    experiment.run(&Silent).expect("the centre is stable").results
}

/// One test's comparisons: counts them, and reports all misses at its end.
struct Judge {
    title: String,
    /// Mean service time in seconds, and offered load; 1 where a test leaves them open.
    service: f64,
    load: f64,
    made: usize,
    misses: Vec<String>,
}

impl Judge {
    fn new() -> Judge {
        Judge { title: String::new(), service: 1.0, load: 1.0, made: 0, misses: Vec::new() }
    }

    /// What the following comparisons are about.
    fn about(&mut self, title: impl Into<String>) {
        self.title = title.into();
    }

    /// In which units times and queues are small.
    fn units(&mut self, mean_service: f64, load: f64) {
        (self.service, self.load) = (mean_service, load);
    }

    /// The figure's interval contains the exact value, and is short enough.
    #[track_caller]
    fn figure(&mut self, results: &Results, path: &str, exact: f64) {
        let estimate = results.figure(path).unwrap_or_else(|| panic!("{path} has a value"));
        let slack = if percentile(path) { BINS * exact } else { 0.0 };
        self.compare(path, estimate, results.replications, exact, slack);
    }

    /// Several figures of one scope.
    #[track_caller]
    fn figures(&mut self, results: &Results, scope: &str, exact: &[(&str, f64)]) {
        for &(figure, exact) in exact {
            self.figure(results, &format!("{scope}.{figure}"), exact);
        }
    }

    /// A figure of one kind of contact of the only queue.
    #[track_caller]
    fn of_kind(&mut self, results: &Results, kind: &str, figure: Figure, exact: f64) {
        let kinds = &results.queues[0].by_kind;
        let estimate = kinds.iter().find(|k| k.kind == kind).and_then(|k| k.figures.get(figure));
        let estimate = estimate.expect("contacts of this kind");
        self.compare(&format!("{kind}: {}", figure.name()), estimate, results.replications, exact, 0.0);
    }

    /// An estimate of this many independent replications, at the level of one comparison; `slack` is
    /// what the figure's definition allows beside chance.
    fn compare(&mut self, name: &str, estimate: Estimate, replications: u64, exact: f64, slack: f64) {
        self.made += 1;
        let joint = estimate.half_width.expect("several replications");
        let degrees = replications as f64 - 1.0;
        let multiple = |confidence| student_multiple(confidence, degrees).expect("several replications");
        let usual = joint * multiple(0.95) / multiple(confidence());
        let off = estimate.value - exact;
        let covered = off.abs() <= joint + slack + MICROSECOND;
        let unit = match () {
            () if name.contains("wait") => self.service,
            () if name.ends_with("queue") => self.load,
            () => 1.0,
        };
        let short = usual <= (0.01 * exact.abs()).max(ABSOLUTE * unit);
        let line = format!(
            "{} | {name}: exact {exact:.6}, estimate {:.6} ± {usual:.6} ({:.2} of what is allowed){}{}",
            self.title,
            estimate.value,
            off.abs() / (joint + slack + MICROSECOND),
            if covered { "" } else { "  NOT COVERED" },
            if short { "" } else { "  TOO WIDE" },
        );
        println!("{line}");
        if !covered || !short {
            self.misses.push(line);
        }
    }

    /// An estimate beside a published one that has an interval of its own (95 %, printed with these
    /// decimals).
    fn published(&mut self, name: &str, estimate: Estimate, replications: u64, published: Published) {
        self.made += 1;
        let degrees = replications as f64 - 1.0;
        let multiple = |confidence| student_multiple(confidence, degrees).expect("several replications");
        let joint = multiple(confidence());
        let error = estimate.half_width.expect("several replications") / joint;
        let combined = error.hypot(published.error);
        let off = (estimate.value - published.value).abs();
        let allowed = joint * combined + published.rounding;
        let usual = error * multiple(0.95);
        let short = usual <= (0.01 * published.value.abs()).max(ABSOLUTE);
        let line = format!(
            "{} | {name}: published {} ± {:.6}, estimate {:.6} ± {usual:.6} ({:.2} of what is allowed){}{}",
            self.title,
            published.value,
            published.error * multiple(0.95),
            estimate.value,
            off / allowed,
            if off <= allowed { "" } else { "  NOT COVERED" },
            if short { "" } else { "  TOO WIDE" },
        );
        println!("{line}");
        if off > allowed || !short {
            self.misses.push(line);
        }
    }

    /// The end: as many comparisons as declared, and no misses.
    #[track_caller]
    fn finish(self, declared: usize) {
        assert_eq!(self.made, declared, "comparisons declared");
        assert!(
            self.misses.is_empty(),
            "{} of {declared} missed:\n{}",
            self.misses.len(),
            self.misses.join("\n")
        );
    }
}

/// What somebody else's simulation found.
#[derive(Clone, Copy)]
struct Published {
    value: f64,
    /// Standard error.
    error: f64,
    /// Half of the last printed digit.
    rounding: f64,
}

/// The mean of estimates from independent experiments, for figures that have no interval of their own.
fn over_seeds(values: &[f64]) -> (Estimate, u64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let multiple = student_multiple(confidence(), n - 1.0).expect("several experiments");
    let half_width = Some(multiple * (variance / n).sqrt());
    (Estimate { value: mean, half_width }, values.len() as u64)
}

fn percentile(path: &str) -> bool {
    path.rsplit('_')
        .next()
        .is_some_and(|last| last.strip_prefix('p').is_some_and(|p| p.parse::<u8>().is_ok()))
}
