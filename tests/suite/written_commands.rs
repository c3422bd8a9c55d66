//! Every command that the pages and the scenarios tell a reader to type works.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use clap::CommandFactory as _;
use holdline::cli::Cli;
use holdline::figures::{Figure, Line};
use holdline::scenario::Written;

use crate::markdown::blocks;

/// What a shell block starts a command of ours with.
const STARTS: [&str; 2] = ["holdline ", "cargo run --release -- "];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with this ending, in order of name.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join(folder)).expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == ending));
    files.sort();
    files
}

/// The commands of ours in some lines, as arguments; lines that end in `\` go on.
fn commands(lines: &str) -> Vec<Vec<String>> {
    let lines = lines.replace("\\\n", " ");
    let ours =
        lines.lines().filter_map(|line| STARTS.iter().find_map(|start| line.trim().strip_prefix(start)));
    let words = |command: &str| {
        let command = command.split(" #").next().unwrap_or(command);
        let in_quotes = |at: usize| command[..at].matches('"').count() % 2 == 1;
        let redirected = command.find(" > ").filter(|at| !in_quotes(*at));
        let command = redirected.map_or(command, |at| &command[..at]);
        // What stands between quotes is one word, as for a shell.
        let mut words = Vec::new();
        for (place, piece) in command.split('"').enumerate() {
            match place % 2 {
                0 => words.extend(piece.split_whitespace().map(str::to_owned)),
                _ => words.push(piece.to_owned()),
            }
        }
        words
    };
    ours.map(words).collect()
}

/// Runs commands in order in a folder that has the scenarios and the tables that the page shows, with few
/// replications.
fn all_work(commands: &[Vec<String>], page: &Path, tables: &[(String, String)]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in tables {
        fs::write(folder.path().join(name), text).expect("there is room");
    }
    fs::create_dir(folder.path().join("scenarios")).expect("a folder");
    for scenario in files("scenarios", "toml") {
        let name = scenario.file_name().expect("a name");
        fs::copy(&scenario, folder.path().join("scenarios").join(name)).expect("it can be copied");
    }
    fs::create_dir(folder.path().join("scenarios/research")).expect("a folder");
    for scenario in files("scenarios/research", "toml") {
        let name = scenario.file_name().expect("a name");
        let to = folder.path().join("scenarios/research").join(name);
        fs::copy(&scenario, to).expect("it can be copied");
    }
    for command in commands {
        let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        holdline.current_dir(folder.path()).args(command);
        let plays =
            ["run", "compare", "capacity", "league", "schedule", "staff"].contains(&command[0].as_str());
        if plays && !command.iter().any(|word| word == "--replications") {
            holdline.args(["--replications", "2"]);
        }
        let output = holdline.output().expect("it can be started");
        assert!(
            output.status.success(),
            "{} says `holdline {}`, which fails:\n{}",
            page.display(),
            command.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn the_commands_of_every_page_work() {
    let mut seen = 0;
    let pages = ["", "docs", "output"].into_iter().flat_map(|folder| files(folder, "md"));
    for page in pages {
        let text = fs::read_to_string(&page).expect("it can be read");
        let shell: String =
            blocks(&text).into_iter().filter(|block| block.info == "sh").map(|block| block.text).collect();
        let commands = commands(&shell);
        seen += commands.len();
        let named = |block: &crate::markdown::Block| {
            Some((block.info.strip_prefix("csv ")?.to_owned(), block.text.clone()))
        };
        let tables: Vec<(String, String)> = blocks(&text).iter().filter_map(named).collect();
        all_work(&commands, &page, &tables);
    }
    assert!(seen >= 8, "only {seen} commands were found");
}

#[test]
fn the_commands_in_the_heads_of_scenarios_work() {
    let mut seen = 0;
    for scenario in files("scenarios", "toml") {
        let text = fs::read_to_string(&scenario).expect("it can be read");
        let comments: String =
            text.lines().filter_map(|line| line.strip_prefix('#')).map(|line| format!("{line}\n")).collect();
        let commands = commands(&comments);
        seen += commands.len();
        all_work(&commands, &scenario, &[]);
    }
    assert!(seen >= 2, "only {seen} commands were found");
}

/// A centre that has what the help of commands is about.
const OF_HELP: &str = r#"
horizon = { start = 2026-03-02, days = 2 }
[queues.a]
talk = "4m"
patience = { mean = "2m" }
arrivals.per_day = 100
[queues.billing]
talk = { mean = "4m" }
arrivals.per_day = 100
[queues.calls]
talk = "4m"
arrivals.per_day = 100
[queues.vip]
talk = "4m"
arrivals.per_day = 100
[groups.night]
skills = ["a", "billing", "vip"]
staff = 12
[groups.team]
skills = ["calls"]
staff = { "08:00" = 20 }
people = { now = 20, hires.spring = { at = 2026-03-03, agents = 4 } }
[routing]
contact_score = "wait * bonus"
parameters = { bonus = 1 }
[routing.reserve]
vip = 1
"#;

/// Whether a dotted path is a figure: of the total, a queue or a group.
fn is_figure(path: &str) -> bool {
    let mut words = path.split('.');
    let lines: &[Line] = match (words.next(), words.clone().count()) {
        (Some("total"), 1) => &[Line::Scope, Line::Total],
        (Some("queues"), 2) => &[Line::Scope],
        (Some("groups"), 1 | 2) => &[Line::Group],
        _ => return false,
    };
    let figure = words.next_back().and_then(Figure::named);
    figure.is_some_and(|figure| lines.iter().any(|line| figure.is_of(*line)))
}

/// Whether a dotted path is a key of the centre above.
fn is_key(path: &str) -> bool {
    let written = Written::of_text("centre.toml", OF_HELP);
    // Weights go with the rule of the default.
    let plain = Written::of_text("centre.toml", &OF_HELP.replace("contact_score", "# contact_score"));
    let values = ["1", "\"5m\"", "\"1d\"", "\"longest_idle\""];
    values.iter().any(|value| {
        let set = [format!("{path}={value}")];
        written.point(&set).is_ok()
            || plain.point(&[set[0].clone(), "routing.parameters=\"none\"".to_owned()]).is_ok()
    })
}

/// The dotted paths that begin with a word of results or scenarios.
fn paths(text: &str) -> Vec<&str> {
    let of_path = |sign: char| sign.is_ascii_alphanumeric() || "._:".contains(sign);
    let words = text.split(|sign: char| !of_path(sign)).map(|word| word.trim_end_matches(['.', ':']));
    let names_file = |word: &str| [".csv", ".toml", ".json"].iter().any(|ending| word.ends_with(ending));
    let begins = |word: &&str| {
        let first = word.split('.').next().unwrap_or_default();
        word.contains('.')
            && !names_file(word)
            && ["total", "queues", "groups", "routing", "channels", "horizon", "experiment"].contains(&first)
    };
    words.filter(begins).collect()
}

#[test]
fn the_help_of_every_command_names_figures_and_keys_that_there_are() {
    let mut all = Cli::command();
    all.build();
    let mut seen = 0;
    let commands: Vec<clap::Command> = all.get_subcommands().cloned().collect();
    for mut command in std::iter::once(all).chain(commands) {
        let help = command.render_long_help().to_string();
        for path in paths(&help) {
            seen += 1;
            let known = is_figure(path) || is_key(path);
            assert!(
                known,
                "the help of `{}` names `{path}`, which is neither a figure nor a key",
                command.get_name()
            );
        }
    }
    assert!(seen >= 12, "only {seen} paths were found");
    // What was there before is found.
    assert!(!is_figure("total.resolved") && !is_key("total.resolved") && !is_key("groups.night.heads"));
}

#[test]
fn the_links_of_every_page_lead_somewhere() {
    for page in ["", "docs", "output"].into_iter().flat_map(|folder| files(folder, "md")) {
        let text = fs::read_to_string(&page).expect("it can be read");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or(link);
            if file.is_empty() || file.contains("://") {
                continue;
            }
            let target = page.parent().expect("a folder").join(file);
            assert!(target.exists(), "{} links to {link}, which is not there", page.display());
        }
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("it can be read");
    let shown = blocks(&readme).into_iter().find(|block| block.info == "text").expect("an output").text;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.args(["run", "--quiet", "scenarios/retail.toml", "--out"]).arg(folder.path());
    let output = holdline.current_dir(repository()).output().expect("it can be started");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    for line in shown.lines().filter(|line| line.trim() != "...") {
        assert!(
            printed.lines().any(|found| found == line),
            "the README shows\n{line}\nbut a run prints\n{printed}"
        );
    }
}

#[test]
fn the_readme_shows_the_first_scenario_as_it_is() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("it can be read");
    let first = fs::read_to_string(repository().join("scenarios/first.toml")).expect("it can be read");
    let shown = blocks(&readme).into_iter().find(|block| block.info == "toml").expect("a scenario").text;
    assert!(first.ends_with(&shown), "the README shows another first.toml:\n{shown}");
}
