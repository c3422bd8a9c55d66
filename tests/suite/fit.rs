//! `holdline fit`: what is known to be true is found again, as often as intervals claim, and becomes lines that play.

use std::fmt::Write as _;
use std::fs;

use assert_cmd::Command;
use holdline::acd::{Call, Calls, Outcome, Service};
use holdline::fit::{Family, Survival, Tally, Wait, agents_differ, exponential, families, returns, weibull};
use holdline::random::Distribution;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use crate::browser::Browser;

/// Draws of a distribution, always the same.
struct Draws(Xoshiro256PlusPlus);

impl Draws {
    fn of(seed: u64) -> Draws {
        Draws(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn draw(&mut self, distribution: &Distribution) -> f64 {
        distribution.draw_seconds(self.0.next_u64())
    }

    /// Waits of customers of this patience, who are answered after an exponential time.
    fn waits(&mut self, count: usize, patience: &Distribution, offered: &Distribution) -> Vec<Wait> {
        let one = |_| {
            let (patience, offered) = (self.draw(patience), self.draw(offered));
            Wait { seconds: patience.min(offered), abandoned: patience < offered }
        };
        (0..count).map(one).collect()
    }
}

/// Of 500 logs of 300 calls the intervals of 93 to 97 in a hundred hold what is true. (By chance alone the share lies
/// within 93.1 % and 96.9 % nineteen times of twenty.)
#[test]
fn patience_is_found_again_as_often_as_its_intervals_claim() {
    let offered = Distribution::exponential(90.0).expect("a distribution");
    let (flat, falling) = (
        Distribution::exponential(180.0).expect("a distribution"),
        Distribution::weibull(180.0, 1.5).expect("a distribution"),
    );
    let mut draws = Draws::of(7);
    let (mut mean, mut median, mut of_weibull, mut spread) = (0, 0, 0, 0);
    let right = 180.0 * libm::log(2.0);
    for _ in 0..500 {
        let waits = draws.waits(300, &flat, &offered);
        let found = exponential(&Tally::of_waits(&waits)).expect("some abandon").mean;
        mean += u32::from((found.low..=found.high).contains(&180.0));
        let (_, low, high) =
            Survival::of(&Tally::of_waits(&waits)).median().unwrap_or((0.0, 0.0, f64::INFINITY));
        median += u32::from(low <= right && right <= high);
    }
    for (what, held) in [("mean", mean), ("median", median)] {
        println!("patience, {what}: held by {held} intervals of 500");
        assert!((465..=485).contains(&held), "{what}: {held} of 500");
    }
    // Two parameters ask for more: of 200 logs of 1,000 calls. (By chance alone 184 to 196, nineteen times of twenty.)
    for _ in 0..200 {
        let found =
            weibull(&Tally::of_waits(&draws.waits(1000, &falling, &offered))).expect("enough abandon");
        of_weibull += u32::from((found.mean.low..=found.mean.high).contains(&180.0));
        spread += u32::from((found.cv.low..=found.cv.high).contains(&1.5));
    }
    for (what, held) in [("mean", of_weibull), ("cv", spread)] {
        assert!((184..=196).contains(&held), "Weibull {what}: {held} of 200");
    }
}

/// Of samples of 5,000 the right family is the likeliest in at least 19 of 20, and its interval holds the mean. The number of
/// samples is 20, or `HOLDLINE_SAMPLES`.
#[test]
fn the_family_of_handle_times_is_told_from_a_sample() {
    let distributions = [
        (Family::Lognormal, Distribution::lognormal(200.0, 1.0)),
        (Family::Gamma, Distribution::gamma(200.0, 0.7)),
        (Family::Weibull, Distribution::weibull(200.0, 0.7)),
        (Family::Hyperexponential, Distribution::hyperexponential(200.0, 1.6)),
    ];
    let samples: u32 =
        std::env::var("HOLDLINE_SAMPLES").ok().map_or(20, |count| count.parse().expect("a number"));
    let mut draws = Draws::of(11);
    for (family, distribution) in distributions {
        let distribution = distribution.expect("a distribution");
        let (mut right, mut held) = (0, 0);
        for _ in 0..samples {
            let times: Vec<f64> = (0..5000).map(|_| draws.draw(&distribution)).collect();
            let found = families(&Tally::of_times(&times));
            right += u32::from(found[0].family == family);
            held += u32::from((found[0].mean.low..=found[0].mean.high).contains(&200.0));
        }
        println!("{family:?}: told {right} times of {samples}, the mean held {held} times");
        assert!(right >= samples * 19 / 20, "{family:?} is told {right} times of {samples}");
        assert!(held >= samples * 8 / 10, "{family:?}: the mean is held {held} times of {samples}");
    }
}

#[test]
fn what_is_fitted_to_a_log_plays() {
    let (talk, patience, offered) = (
        Distribution::lognormal(240.0, 0.8),
        Distribution::exponential(120.0),
        Distribution::exponential(60.0),
    );
    let (talk, patience, offered) =
        (talk.expect("a distribution"), patience.expect("a distribution"), offered.expect("a distribution"));
    let mut draws = Draws::of(3);
    let waits = draws.waits(600, &patience, &offered);
    let mut log = "Arrived,Queue,Wait,Outcome,Talk,Agent\n".to_owned();
    for (number, wait) in waits.iter().enumerate() {
        let at = format!("2026-03-16 {:02}:{:02}:00", 8 + number / 60, number % 60);
        let _ = match wait.abandoned {
            true => writeln!(log, "{at},support,{:.0},abandoned,,", wait.seconds),
            false => writeln!(log, "{at},support,{:.0},answered,{:.0},ann", wait.seconds, draws.draw(&talk)),
        };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("calls.csv"), &log).expect("there is room");
    let holdline = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let output = command.current_dir(folder.path()).args(arguments).output().expect("it starts");
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, said, wrong) = holdline(&["fit", "calls.csv"]);
    assert_eq!(code, Some(0), "{wrong}");
    for part in
        ["support: ", "Kaplan & Meier", "lognormal *", "Half have lost patience after", "[queues.support]"]
    {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let (code, toml, _) = holdline(&["fit", "calls.csv", "--toml"]);
    assert_eq!(code, Some(0));
    assert!(
        toml.contains("talk     = { kind = \"lognormal\", mean = ") && toml.contains("patience = { mean = "),
        "{toml}"
    );
    // Its lines are a queue of a scenario.
    let scenario = format!(
        "{toml}\narrivals = {{ per_hour = 20 }}\n[groups.team]\nskills = [\"support\"]\nstaff = 3\n\n[horizon]\nstart = 2026-03-16\n"
    );
    fs::write(folder.path().join("centre.toml"), scenario).expect("there is room");
    let (code, _, wrong) = holdline(&["check", "centre.toml"]);
    assert_eq!(code, Some(0), "{wrong}");
    // What is no log is refused.
    fs::write(folder.path().join("report.csv"), "Date,Time,Offered\n2026-03-16,08:00,7\n")
        .expect("there is room");
    let (code, _, wrong) = holdline(&["fit", "report.csv"]);
    assert_eq!(code, Some(2), "{wrong}");
    assert!(wrong.contains("--column"), "{wrong}");
}

/// Of 200 logs of 20 agents the intervals of 184 to 196 hold the spread that is true, though some took few calls and some
/// many.
#[test]
fn the_spread_of_agents_is_found_again_as_often_as_its_interval_claims() {
    const CV: f64 = 0.25;
    let (pace, talk) = (Distribution::lognormal(1.0, CV), Distribution::lognormal(240.0, 0.8));
    let (pace, talk) = (pace.expect("a distribution"), talk.expect("a distribution"));
    let mut draws = Draws::of(17);
    let names: Vec<String> = (0..20).map(|number| format!("agent {number}")).collect();
    let mut held = 0;
    for _ in 0..200 {
        let mut calls = Vec::new();
        for (number, agent) in (0..).zip(&names) {
            let factor = draws.draw(&pace);
            for call in 0..20 + 4 * number {
                let talk = factor * draws.draw(&talk) * if call % 3 == 0 { 2.0 } else { 1.0 };
                let service = Service { agent: Some(agent), start: 0.0, end: talk, talk, wrap_up: None };
                let queue = if call % 3 == 0 { "long" } else { "short" };
                let outcome = Outcome::Answered(service);
                calls.push(Call { queue, arrived: 0.0, wait: 0.0, outcome, customer: None });
            }
        }
        let found = agents_differ(calls).expect("there are enough");
        held += u32::from((found.cv.low..=found.cv.high).contains(&CV));
    }
    assert!((184..=196).contains(&held), "{held} of 200");
}

/// What a log tells of agents becomes a line of their group.
#[test]
fn agents_of_a_log_are_said_to_differ() {
    let mut log = "Arrived,Queue,Wait,Outcome,Talk,Agent\n".to_owned();
    let talk = Distribution::lognormal(200.0, 0.5).expect("a distribution");
    let mut draws = Draws::of(23);
    for number in 0..600 {
        let (agent, at) = (number % 6, format!("2026-03-16 {:02}:{:02}:00", 8 + number / 60, number % 60));
        let talk = draws.draw(&talk) * (0.6 + 0.15 * f64::from(agent));
        let _ = writeln!(log, "{at},support,0,answered,{talk:.0},agent {agent}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("calls.csv"), &log).expect("there is room");
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    let output = command.current_dir(folder.path()).args(["fit", "calls.csv"]).output().expect("it starts");
    let said = String::from_utf8(output.stdout).expect("it is text");
    for part in ["talk times of 6 agents", "agents_differ = { cv = 0.", "queues.support: talk = { kind = "] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
}

/// The page has every estimate of the terminal, a drawing of each kind, and nothing from elsewhere; a browser opens it without
/// a complaint, and it is as wide as a telephone where that is all there is.
#[test]
fn the_page_sets_estimates_beside_the_log() {
    let (talk, wrap_up) = (Distribution::lognormal(200.0, 0.7), Distribution::exponential(30.0));
    let (talk, wrap_up) = (talk.expect("a distribution"), wrap_up.expect("a distribution"));
    let (patience, offered) = (Distribution::weibull(150.0, 1.5), Distribution::exponential(60.0));
    let (patience, offered) = (patience.expect("a distribution"), offered.expect("a distribution"));
    let mut draws = Draws::of(29);
    let mut log = "Arrived,Queue,Wait,Outcome,Talk,ACW,Agent\n".to_owned();
    for (number, wait) in draws.waits(1200, &patience, &offered).iter().enumerate() {
        let at = format!("2026-03-16 {:02}:{:02}:{:02}", 8 + number / 200, number / 4 % 60, number % 4 * 15);
        let queue = if number % 3 == 0 { "<Sales & co>" } else { "support" };
        let _ = match wait.abandoned {
            true => writeln!(log, "{at},{queue},{:.0},abandoned,,,", wait.seconds),
            false => writeln!(
                log,
                "{at},{queue},{:.0},answered,{:.0},{:.0},agent {}",
                wait.seconds,
                draws.draw(&talk),
                draws.draw(&wrap_up),
                number % 7
            ),
        };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("calls.csv"), &log).expect("there is room");
    let run = |more: &[&str]| {
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let command = command.current_dir(folder.path()).args(["fit", "calls.csv", "--page", "fit.html"]);
        command.args(more).output().expect("it starts")
    };
    let output = run(&[]);
    let said = String::from_utf8(output.stdout).expect("it is text");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(folder.path().join("fit.html")).expect("it is written");
    for name in ["patience", "talk", "talk_quantiles", "wrap_up", "wrap_up_quantiles"] {
        assert!(page.contains(&format!("<figure class=\"card\" id=\"{name}\"><svg")), "no drawing {name}");
    }
    assert!(!page.contains("://") && !page.contains("<Sales"), "an address, or a name that is a tag");
    // Each row of the terminal's tables: the family with its mean.
    let families = ["exponential", "lognormal", "gamma", "Weibull", "hyperexponential"];
    let of_family = |line: &&str| families.iter().any(|family| line.trim_start().starts_with(family));
    let rows = said.lines().filter(of_family);
    let mut counted = 0;
    for row in rows {
        let mean = row.split("  ").map(str::trim).find(|cell| cell.contains(" s (")).expect("a mean");
        assert!(page.contains(mean), "no `{mean}` of `{row}`");
        counted += 1;
    }
    // Two of patience, four each of talk and wrap-up, of two queues.
    assert!(counted >= 16, "{counted} rows in\n{said}");
    // It is not replaced in silence.
    assert_eq!(run(&[]).status.code(), Some(2));
    assert!(run(&["--force"]).status.success());
    let Some(mut browser) = Browser::at(&format!("file://{}", folder.path().join("fit.html").display()))
    else {
        println!("no browser on the path: the page was read as text alone");
        return;
    };
    assert_eq!(browser.text("h1"), "Fitted to calls.csv");
    assert!(browser.text("table").contains("<Sales & co>"));
    browser.fits_a_phone();
    assert_eq!(browser.complaints, Vec::<String>::new());
}

/// Of 200 logs in which two of five who abandon call again after ten minutes on average, and everybody now and then, the
/// intervals of 184 to 196 hold the share that calls again within the hour for it.
#[test]
fn retries_are_told_from_customers_who_call_anyway() {
    const SHARE: f64 = 0.4;
    let (delay, anyway) = (Distribution::exponential(600.0), Distribution::exponential(40_000.0));
    let (delay, anyway) = (delay.expect("a distribution"), anyway.expect("a distribution"));
    let chance = Distribution::uniform(0.0, 1.0).expect("a distribution");
    let mut draws = Draws::of(31);
    let right = SHARE * (1.0 - libm::exp(-3600.0 / 600.0));
    let (mut held, mut delays) = (0, 0.0);
    for _ in 0..200 {
        let mut calls = Vec::new();
        for customer in 0..600u64 {
            let abandons = customer % 2 == 0;
            let service = Service { agent: None, start: 0.0, end: 0.0, talk: 0.0, wrap_up: None };
            let answered = |at: f64| Outcome::Answered(Service { start: at, end: at, ..service });
            let one = |arrived: f64, outcome| Call {
                queue: "a",
                arrived,
                wait: 0.0,
                outcome,
                customer: Some(customer + 1),
            };
            calls.push(one(0.0, if abandons { Outcome::Abandoned } else { answered(0.0) }));
            let retry = abandons && draws.draw(&chance) < SHARE;
            let next = draws.draw(&anyway).min(if retry { draws.draw(&delay) } else { f64::INFINITY });
            // What comes after is another story.
            calls.push(one(next, Outcome::Left));
        }
        let calls = Calls::of("log", "2026-03-16".parse().expect("a day"), calls);
        let found = returns(&calls, 3600.0)["a"];
        held += u32::from((found.retry.low..=found.retry.high).contains(&right));
        delays += found.delay / 200.0;
    }
    assert!((184..=196).contains(&held), "{held} of 200");
    // The mean of an exponential delay that is at most six times its mean.
    let mean = 600.0 * (1.0 - 6.0 * libm::exp(-6.0) / (1.0 - libm::exp(-6.0)));
    assert!((delays / mean - 1.0).abs() < 0.03, "{delays}, not {mean}");
}

/// 240 customers call sales, 100 before noon and 140 after, for twice as long; 24 are passed on to service five seconds after
/// the call, and 48 call sales again a day later: of 288 calls 24 are passed on, and of the other 264 48 come again.
#[test]
fn what_follows_a_call_and_the_time_of_day_become_lines_that_play() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let talk = Distribution::lognormal(100.0, 0.5).expect("a distribution");
    // Evenly spaced quantiles, in an order that has nothing to do with the time of day.
    let quantile = |number: usize| talk.quantile(((number * 101 % 240) as f64 + 0.5) / 240.0).round();
    let mut rows: Vec<(String, &str, f64, usize)> = Vec::new();
    let clock = |day: u32, seconds: f64| {
        let seconds = seconds as u32;
        format!("2026-03-{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    };
    for number in 0..240 {
        let morning = number < 100;
        let begin = if morning {
            8.0 * 3600.0 + 120.0 * number as f64
        } else {
            13.0 * 3600.0 + 90.0 * (number - 100) as f64
        };
        let talk = quantile(number) * if morning { 1.0 } else { 2.0 };
        rows.push((clock(16, begin), "sales", talk, number));
        if number % 10 == 0 {
            rows.push((clock(16, begin + talk + 5.0), "service", 50.0 + (number % 40) as f64, number));
        } else if number % 5 == 1 {
            rows.push((clock(17, begin + talk), "sales", talk, number));
        }
    }
    // The log goes on.
    rows.push((clock(28, 0.0), "service", 60.0, 999));
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    let mut log = "Arrived,Queue,Wait,Outcome,Talk,Customer\n".to_owned();
    for (at, queue, talk, customer) in rows {
        let _ = writeln!(log, "{at},{queue},0,answered,{talk},c{customer}");
    }
    fs::write(folder.path().join("calls.csv"), &log).expect("there is room");
    let fit = |more: &[&str]| {
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let command =
            command.current_dir(folder.path()).args(["fit", "calls.csv", "--page", "fit.html", "--force"]);
        let output = command.args(more).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is text")
    };
    let said = fit(&[]);
    let page = fs::read_to_string(folder.path().join("fit.html")).expect("it is written");
    for part in [
        "Customers are known of 288 who were answered. Within 7d 18.2 %",
        "after 1d on average. Passed on to service: 8.3 %",
        "By time of day: from 08:00 ",
        ", from 13:00 ",
    ] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    // The same on the page, each estimate in a row of its own.
    for cells in [
        ["of 288 who were answered, come again within 7d", "18.2 %", "after 1d on average"],
        ["passed on to service", "8.3 %", "transfers: 24 of 288, by who joins the queue at once"],
        ["talk time, mean", " s", "in steps by time of day (BIC "],
        ["talk time from 08:00", " s", "120 seen"],
    ] {
        let row = page.lines().find(|line| line.contains(&format!("\">{}</td>", cells[0])));
        let row = row.unwrap_or_else(|| panic!("no row of `{}`", cells[0]));
        assert!(cells.iter().all(|cell| row.contains(cell)), "{cells:?} in {row}");
    }
    let toml = fit(&["--toml"]);
    for part in [
        "transfers.service = { probability = 0.083 }",
        "resolution = { probability = 0.818, repeat_contact = { probability = 1, delay = { mean = \"86400s\" } } }",
        "mean = { \"08:00\" = \"",
    ] {
        assert!(toml.contains(part), "no `{part}` in\n{toml}");
    }
    // Within twelve hours nobody comes again.
    assert!(!fit(&["--toml", "--repeat-within", "12h"]).contains("resolution"));
    let arrive = |queue: &str| format!("queues.{queue}.arrivals.per_hour=20");
    // Its repeat contacts are offered, not played unasked.
    let toml = toml.replace("# resolution = ", "resolution = ");
    let text = format!(
        "{toml}\n[horizon]\nstart = 2026-03-16\n[groups.team]\nskills = [\"sales\", \"service\"]\nstaff = 9\n"
    );
    let settings = ["sales", "service"].map(arrive);
    let played = holdline::scenario::Scenario::from_text("fit.toml", &text, &settings);
    let scenario = played.unwrap_or_else(|found| panic!("{found}")).scenario;
    let sales = scenario.queues.iter().find(|queue| queue.name == "sales").expect("it is there");
    assert_eq!((sales.transfers.len(), sales.transfers[0].to.as_str()), (1, "service"));
    assert_eq!(sales.resolution.probability, 0.818);
}

/// Of 100 calls that sales answers 20 go on in service under the same conversation, five in sales again; ten ids come again
/// the next day, as some systems count anew. All customers are the same one, of whom nothing follows.
#[test]
fn conversations_with_several_parts_tell_transfers() {
    let clock = |seconds: u32| {
        format!(
            "2026-03-{} {:02}:{:02}:{:02}",
            16 + seconds / 86_400,
            seconds / 3600 % 24,
            seconds / 60 % 60,
            seconds % 60
        )
    };
    let mut rows: Vec<(u32, String)> = Vec::new();
    for number in 0..100u32 {
        let at = 8 * 3600 + 300 * number;
        let mut row = |at: u32, queue: &str| {
            rows.push((at, format!("{},{queue},10,answered,{},i{number}", clock(at), 100 + number % 50)));
        };
        row(at, "sales");
        match number % 20 {
            0..=3 => row(at + 112 + number % 50, "service"),
            // While the first agent still talks.
            4 => row(at + 50, "sales"),
            5 | 6 => row(at + 86_400, "service"),
            _ => {}
        }
    }
    let text = |rows: &[(u32, String)]| {
        let lines: Vec<&str> = rows.iter().map(|row| row.1.as_str()).collect();
        format!("Arrived,Queue,Wait,Outcome,Talk,Interaction ID\n{}\n", lines.join("\n"))
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fit = |text: String, more: &[&str]| {
        fs::write(folder.path().join("calls.csv"), text).expect("there is room");
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let output = command
            .current_dir(folder.path())
            .args(["fit", "calls.csv"])
            .args(more)
            .output()
            .expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is text")
    };
    // In the file's order, and by time: the same. Of 105 answered in sales 20 are passed on to service, five to sales.
    for sorted in [false, true] {
        if sorted {
            rows.sort();
        }
        let said = fit(text(&rows), &["--page", "fit.html", "--force"]);
        assert!(said.contains("Interaction ID  conversation"), "{said}");
        assert!(
            said.contains("Passed on to sales: 4.8 %") && said.contains("Passed on to service: 19.0 %"),
            "{said}"
        );
        let toml = fit(text(&rows), &["--toml"]);
        assert!(toml.contains("transfers.service = { probability = 0.19 }"), "{toml}");
        assert!(toml.contains("20 of 105"), "{toml}");
        let page = fs::read_to_string(folder.path().join("fit.html")).expect("it is written");
        assert!(page.contains("transfers: 20 of 105, by their conversations"));
    }
    let toml = fit(text(&rows), &["--toml", "--column", "conversation="]);
    assert!(!toml.contains("transfers"), "{toml}");
}
