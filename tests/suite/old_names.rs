//! Names that keys had in earlier versions are still understood, wherever a key may be named.

use std::path::Path;

use holdline::scenario::{Scenario, Written};

const NOW: &str = r#"
horizon.length = "1d"
[queues.a]
arrivals = { per_hour = 30 }
talk = "5m"
patience = "2m"
retry.after_abandon = { probability = 0.5, delay = "10m" }
resolution = { probability = 0.8, repeat_contact = { probability = 0.5, delay = "1h" } }
[groups.team]
staff = 3
skills = ["a"]
"#;

const CHANGES: &str = r#"
[sweep]
"queues.a.retry.after_abandon.probability" = [0.2, 0.4]
zip = [{ queues.a.resolution.repeat_contact.probability = [0.1, 0.2], "groups.team.staff" = [3, 4] }]
[variants.calm]
queues.a.retry.after_abandon.probability = 0.1
"queues.a.resolution.repeat_contact.delay" = "2h"
"#;

/// As the file would have been written for an earlier version.
fn earlier(text: &str) -> String {
    text.replace("retry", "redial").replace("repeat_contact", "recontact")
}

/// What is wrong or doubtful with a text.
fn remarks(text: &str, settings: &[&str]) -> Vec<String> {
    let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
    match Scenario::from_text("centre.toml", text, &settings) {
        Ok(loaded) => loaded.warnings.list.into_iter().map(|one| one.title).collect(),
        Err(mistakes) => mistakes.list.into_iter().map(|one| one.title).collect(),
    }
}

#[test]
fn a_file_with_old_names_is_the_same_scenario() {
    let text = [NOW, CHANGES].concat();
    let now = Scenario::from_text("centre.toml", &text, &[]).expect("it can be played");
    let then = Scenario::from_text("centre.toml", &earlier(&text), &[]).expect("it can be played");
    assert_eq!(then.scenario, now.scenario);
    assert_eq!(then.resolved_toml, now.resolved_toml);
    assert!(now.warnings.list.is_empty(), "{}", now.warnings);
    insta::assert_snapshot!(then.warnings);
}

#[test]
fn each_old_name_is_told_once() {
    assert_eq!(
        remarks(&earlier(NOW), &[]),
        ["`redial` is called `retry` now", "`recontact` is called `repeat_contact` now"]
    );
}

#[test]
fn settings_and_questions_may_use_old_names() {
    let old = "queues.a.redial.after_abandon.probability";
    assert_eq!(remarks(NOW, &[&format!("{old}=0.25")]), ["`redial` is called `retry` now"]);
    let written = Written::of_text("centre.toml", NOW);
    assert_eq!(written.quantity(old), written.quantity(&old.replace("redial", "retry")));
    assert!(written.quantity(old).is_some());
    let set = written.point(&[format!("{old}=0.25")]).expect("it can be played");
    assert_eq!(set.queues[0].after_abandon.as_ref().map(|retry| retry.probability.0[0]), Some(0.25));
    assert_eq!(holdline::figures::Figure::named("redials"), Some(holdline::figures::Figure::Retries));
}

#[test]
fn both_names_at_once_are_a_mistake() {
    let both = NOW
        .replace("[groups.team]", "redial.after_busy = { probability = 0.5, delay = \"1m\" }\n[groups.team]");
    assert_eq!(remarks(&both, &[]), ["`retry` is given twice: `redial` is its old name"]);
}

/// A file that is extended may be older than the one that extends it, and the other way round.
#[test]
fn old_and_new_files_extend_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let file =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it is written");
    file("old.toml", &earlier(NOW));
    file("new.toml", "extends = \"old.toml\"\nqueues.a.retry.after_abandon.probability = 0.125\n");
    file("newest.toml", "extends = \"new.toml\"\nqueues.a.redial = \"none\"\n");
    let probability = |name: &str| {
        let loaded = Scenario::load(&Path::new(folder.path()).join(name), &[]).expect("it can be played");
        loaded.scenario.queues[0].after_abandon.as_ref().map(|retry| retry.probability.0[0])
    };
    assert_eq!(probability("new.toml"), Some(0.125));
    assert_eq!(probability("newest.toml"), None);
}
