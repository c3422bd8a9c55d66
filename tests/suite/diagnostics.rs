//! What a user is told about a broken scenario: exit code, standard output and error together.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The folder of broken scenarios; commands run in it, so that messages name no other folder.
fn broken() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// Runs `holdline` in the folder of broken scenarios; gives all that it said.
fn holdline(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("holdline")
        .expect("the binary is built with the tests")
        .current_dir(broken())
        .args(arguments)
        .output()
        .expect("the binary can be started");
    let code = output.status.code().expect("it was not killed");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("all output is UTF-8");
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (code, format!("exit: {code}\n--- stdout\n{stdout}--- stderr\n{stderr}"))
}

#[test]
fn every_broken_file_is_refused_with_its_mistakes() {
    let mut names: Vec<String> = std::fs::read_dir(broken())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 100, "{} broken files", names.len());
    for name in names {
        let (code, said) = holdline(&["check", &format!("{name}.toml")]);
        assert_eq!(code, 2, "{name}");
        insta::assert_snapshot!(format!("broken_{name}"), said);
    }
}

#[test]
fn nine_mistakes_show_in_one_pass() {
    let (_, said) = holdline(&["check", "nine_mistakes.toml"]);
    assert_eq!(said.matches("error: ").count(), 9, "{said}");
}

#[test]
fn run_refuses_what_check_refuses_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("results");
    let out = out.to_str().expect("the path is UTF-8");
    let (code, said) = holdline(&["run", "unknown_key.toml", "--out", out]);
    assert_eq!(code, 2);
    assert!(said.contains("did you mean `patience`?"), "{said}");
    assert!(!Path::new(out).exists());
}

#[test]
fn broken_settings_are_shown_like_broken_lines() {
    let settings = [
        "queues.billing.pateince.mean=2m",
        "queues.billing.patience.mean=2",
        "groups.generalists.staff",
        "queues.billing.open[3]=always",
        "queues.technical.talk.mean=3m",
        "queues.billing.arrivals.profile=[1,",
        "queues..priority=1",
        "horizon.days=many",
        "groups.generalist.staff=21",
        "queues.zzz.priority=1",
        "groups.weekend.shifts.sundya.agents=3",
        "queues.billing.talk.mean=0s",
        "follow_ups.cortesy.share=0.5",
        "channels.chat.slowdown[2]=1.6",
    ];
    let file = |setting: &str| match setting {
        shift if shift.contains("shifts") => "fine/doubtful.toml",
        channel if channel.starts_with(['f', 'c']) => "fine/doubtful_channels.toml",
        _ => "fine/centre.toml",
    };
    for (number, setting) in settings.into_iter().enumerate() {
        let (code, said) = holdline(&["check", file(setting), "--set", setting]);
        assert_eq!(code, 2, "{setting}");
        insta::assert_snapshot!(format!("setting_{number}"), said);
    }
}

#[test]
fn a_number_set_over_steps_says_how_to_set_one_of_them() {
    let steps = ["check", "fine/stepped.toml", "--quiet", "--set"];
    let warned = holdline(&["check", "fine/stepped.toml", "--set", "groups.clerks.staff=21"]);
    assert_eq!(warned.0, 0, "{}", warned.1);
    insta::assert_snapshot!("setting_over_steps", warned.1.split("--- stderr\n").nth(1).unwrap_or_default());
    let (code, said) = holdline(&[&steps[..], &["groups.clerks.staff.08:00=21"]].concat());
    assert_eq!((code, said.contains("warning")), (0, false), "{said}");
}

#[test]
fn a_volume_that_forgets_the_hours_is_a_doubt_that_names_the_remedy() {
    let (code, said) = holdline(&["check", "fine/closed_weekend.toml"]);
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!("volume_while_closed", said.split("--- stderr\n").nth(1).unwrap_or_default());
    let meant = "queues.billing.retry.after_closed.probability=0.5";
    let (_, said) = holdline(&["check", "fine/closed_weekend.toml", "--set", meant]);
    assert!(!said.contains("cases of `queues.billing`"), "{said}");
}

#[test]
fn a_line_that_is_open_while_nobody_is_there_is_a_doubt_that_names_the_remedy() {
    let (code, said) = holdline(&["check", "fine/second_line.toml"]);
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!("open_at_night", said.split("--- stderr\n").nth(1).unwrap_or_default());
    for meant in [
        "queues.second.open=[\"mon-fri 08:00-20:00\", \"sat 09:00-14:00\"]",
        "groups.experts.staff=1",
        "channels.phone.kind=deferred",
    ] {
        let (_, said) = holdline(&["check", "fine/second_line.toml", "--set", meant]);
        assert!(!said.contains("`queues.second`"), "{meant}: {said}");
    }
    // Who is impatient does not wait for the morning, unless it comes at night.
    let impatient = ["check", "fine/second_line.toml", "--set", "queues.second.patience=3m"];
    assert!(!holdline(&impatient).1.contains("`queues.second`"));
    let all = [&impatient[..], &["--set", "queues.second.arrivals.per_hour=3"]].concat();
    assert!(holdline(&all).1.contains("`queues.second` is always open"));
}

#[test]
fn a_missing_file_is_a_mistake_and_a_folder_too() {
    for (name, file) in [("missing", "nowhere.toml"), ("folder", "fine")] {
        let (code, said) = holdline(&["check", file]);
        assert_eq!(code, 2, "{said}");
        insta::assert_snapshot!(format!("unreadable_{name}"), said);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_the_environments_fault() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("secret.toml");
    std::fs::write(&file, "title = \"secret\"\n").expect("it can be written");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).expect("it can be closed");
    if std::fs::read(&file).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    let (code, said) = holdline(&["check", file.to_str().expect("the path is UTF-8")]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("permission denied"), "{said}");
}

#[test]
fn doubts_are_warnings_and_do_not_stop() {
    let (code, said) = holdline(&["check", "fine/doubtful.toml"]);
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!("doubts", said);
    for name in ["channels", "continuity", "routing"] {
        let (code, said) = holdline(&["check", &format!("fine/doubtful_{name}.toml")]);
        assert_eq!(code, 0, "{said}");
        let doubts = said.split("--- stderr\n").nth(1).unwrap_or_default();
        insta::assert_snapshot!(format!("doubts_about_{name}"), doubts);
    }
}
