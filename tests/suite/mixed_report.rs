//! What is made from results of a centre with every channel: chats, letters, a bot, callbacks, follow-ups.

use std::collections::BTreeMap;
use std::fs;

use holdline::figures::{
    BacklogByAge, Estimate, Figure, Figures, Results, ScopeKind, ScopeResult, TargetResult,
};
use holdline::model::ChannelKind;
use holdline::report;

use crate::sample;

fn give(figures: &mut Figures, values: &[(Figure, f64)]) {
    figures.0.retain(|(figure, _)| values.iter().all(|(other, _)| figure != other));
    let estimate = |value: f64| Estimate { value, half_width: Some(value * 0.01) };
    figures.0.extend(values.iter().map(|&(figure, value)| (figure, estimate(value))));
    figures.0.sort_by_key(|(figure, _)| *figure);
}

/// The made-up week, with `sales` by chat and `video` by letter.
fn every_channel() -> Results {
    use Figure::*;
    let mut results = sample::week();
    let letters = &mut results.queues[3];
    (letters.name, letters.channel) = ("letters".to_owned(), Some("post".to_owned()));
    letters.travels = Some(ChannelKind::Deferred);
    let deferred = [
        (Response, 15_120.0),
        (ResponseP50, 9_000.0),
        (ResponseP90, 40_000.0),
        (ResponseWithin, 0.83),
        (ServiceLevel, 0.82),
        (Backlog, 61.0),
        (Chased, 12.0),
        (Interrupted, 31.0),
        (Effort, 520.0),
    ];
    give(&mut letters.figures, &deferred);
    letters.targets = vec![TargetResult {
        figure: ServiceLevel,
        share: 0.95,
        within: Some("4h".to_owned()),
        within_seconds: Some(14_400.0),
        response: true,
        open_hours: true,
        formula: None,
        short: None,
        days_met: Some(0.4),
        missed_by_weekday: Vec::new(),
    }];
    let open = |row: usize| [40.0 + (row % 48) as f64, (row / 4) as f64, (row / 9) as f64];
    letters.backlog = Some(BacklogByAge {
        bands: ["under 4h", "4h to 1d", "1d and older"].map(str::to_owned).to_vec(),
        rows: (0..letters.rows.len())
            .map(|row| open(row).map(|value| Estimate { value, half_width: Some(0.1 * value) }).to_vec())
            .collect(),
    });
    let chats = &mut results.queues[2];
    chats.travels = Some(ChannelKind::Chat);
    give(&mut chats.figures, &[(Effort, 290.0), (Silent, 44.0)]);
    let billing = &mut results.queues[0];
    let calls = [
        (Sessions, 7_200.0),
        (Containment, 0.25),
        (TrueContainment, 0.21),
        (HungUp, 0.05),
        (CallbacksOffered, 410.0),
        (Callbacks, 205.0),
        (CallbacksDone, 0.93),
        (CallbackDelay, 1_500.0),
        (CallbacksUnreached, 0.05),
        (CasesContained, 0.18),
    ];
    give(&mut billing.figures, &calls);
    let channel = &mut results.channels[1];
    (channel.name, channel.travels) = ("post".to_owned(), Some(ChannelKind::Deferred));
    give(&mut channel.figures, &deferred[..1]);
    give(&mut results.total.figures, &deferred[..1]);
    give(&mut results.groups[0].figures, &[(OneOpen, 0.4), (TwoOpen, 0.35), (ThreeOpen, 0.2)]);
    let mut courtesy = Figures::default();
    let follow_up = [
        (FollowUps, 640.0),
        (FollowUpsDone, 0.81),
        (FollowUpsOnTime, 0.9),
        (FollowUpDelay, 16_000.0),
        (FollowUpsUnreached, 0.12),
        (FollowUpsNeedless, 0.03),
        (FollowUpsReassigned, 0.08),
        (FollowUpsSolved, 0.22),
        (Aht, 190.0),
    ];
    give(&mut courtesy, &follow_up);
    results.follow_ups = vec![ScopeResult {
        name: "courtesy_call".to_owned(),
        kind: ScopeKind::FollowUp,
        channel: Some("phone".to_owned()),
        travels: Some(ChannelKind::Voice),
        figures: courtesy,
        by_kind: Vec::new(),
        rows: Vec::new(),
        days: Vec::new(),
        backlog: None,
        wait_tail: Vec::new(),
        outcomes: Default::default(),
        targets: Vec::new(),
    }];
    results
}

#[test]
fn the_tables_show_every_channel() {
    insta::assert_snapshot!("tables_of_every_channel", report::render(&every_channel()));
}

#[test]
fn tables_of_every_channel_fit_80_columns() {
    let text = report::render_within(&every_channel(), 80);
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 80), "{text}");
}

#[test]
fn the_total_of_letters_and_calls_has_no_mean_wait_for_people_but_for_programs() {
    let results = every_channel();
    let text = report::render(&results);
    let total = text.lines().find(|line| line.starts_with(" total")).expect("a line of the total");
    // Nor a service level: 20 s on the line and 4 hours of opening are not one measure.
    assert_eq!(total.matches('–').count(), 3, "{total}");
    assert!(report::summary(&results).contains("\"wait_p90\""));
    let voice = report::render(&sample::week());
    let total = voice.lines().find(|line| line.starts_with(" total")).expect("a line of the total");
    assert!(!total.contains('–'), "{total}");
}

#[test]
fn promises_on_responses_say_so() {
    let mut results = every_channel();
    results.queues.iter_mut().take(3).for_each(|queue| queue.targets.clear());
    let sentence = report::sentence(&results);
    assert!(
        sentence
            .starts_with("letters: 82.0 % responded to in 4 h of opening hours, below its target of 95 %"),
        "{sentence}"
    );
    assert!(!sentence.contains("agents short"), "nobody knows for letters: {sentence}");
    results.queues[3].targets.clear();
    assert_eq!(
        report::sentence(&results),
        "on average 2:36 min to an agent on phone, 4.20 h to a response on post, 9.1 % abandon and 87.6 % of the \
         closed cases are solved; there is no target"
    );
}

#[test]
fn follow_ups_and_backlogs_have_their_files() {
    let folder = tempfile::tempdir().unwrap();
    let results = every_channel();
    report::write(&results, "", folder.path()).unwrap();
    let records = |name: &str| -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(folder.path().join(name)).expect("the file is there");
        reader.deserialize().map(|row| row.expect("a row of text")).collect()
    };
    let queues = records("queues.csv");
    let courtesy = queues.iter().find(|row| row["scope"] == "follow_up").expect("a row of the follow-up");
    assert_eq!((&*courtesy["name"], &*courtesy["follow_ups_done"]), ("courtesy_call", "0.81"));
    assert_eq!(queues[0]["callbacks"], "205");
    let backlog = records("backlog.csv");
    assert_eq!(backlog.len(), 336 * 3);
    let row = &backlog[3 * 100 + 1];
    assert_eq!((&*row["age"], &*row["backlog"]), ("4h to 1d", "25"));
    assert_eq!(row["label"], results.queues[3].rows[100].label);
    assert!(folder.path().join("charts/backlog.svg").is_file());

    let summary: serde_json::Value = serde_json::from_str(&report::summary(&results)).unwrap();
    assert_eq!(summary["follow_ups"]["courtesy_call"]["figures"]["follow_ups_solved"]["value"], 0.22);
    assert_eq!(summary["queues"]["letters"]["targets"][0]["open_hours"], true);

    report::write(&sample::week(), "", folder.path()).unwrap();
    assert!(!folder.path().join("backlog.csv").exists(), "a centre without letters has none");
    assert!(!folder.path().join("charts/backlog.svg").exists());
    let queues = fs::read_to_string(folder.path().join("queues.csv")).unwrap();
    assert!(!queues.contains("follow_ups") && !queues.contains("callback"), "columns come where they occur");
}

#[test]
fn the_page_shows_every_channel_and_says_what_its_figures_mean() {
    let folder = tempfile::tempdir().unwrap();
    report::write(&every_channel(), "", folder.path()).unwrap();
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    for title in ["Chats, messages and deferred work", "Self-service", "Callbacks", "Follow-ups"] {
        assert!(page.contains(&format!("<h2>{title}</h2>")), "{title}");
    }
    for (figure, _) in every_channel().follow_ups[0].figures.0.iter().filter(|(f, _)| *f != Figure::Aht) {
        assert!(page.contains(&format!("<dt>{}</dt>", figure.label())), "{} has no meaning", figure.label());
    }
    assert!(page.contains("that got a response within it"));
    assert!(!page.contains("<div><dt>Mean wait, all"), "no tile of a mean over seconds and days");
}
