//! The floors of the house: a file imports from its own floor and from those below, by floor path,
//! and no floor leans on one that leans on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Top to bottom; `main` and `lib` stand above all.
const FLOORS: [&str; 15] = [
    "cli",
    "report",
    "experiment",
    "figures",
    "engine",
    "routing",
    "state",
    "observations",
    "model",
    "scenario",
    "tables",
    "estimate",
    "random",
    "formulas",
    "units",
];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below a folder.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

/// A file's code without its comments, examples in documentation included.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file can be read");
    let without_comment = |line: &str| {
        let comment = line.find("//").filter(|&at| !line[..at].contains('"')).unwrap_or(line.len());
        line[..comment].to_owned()
    };
    text.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// (floor, path within src, code) of every file; `main` and `lib` are floors of their own.
fn all() -> Vec<(String, String, String)> {
    let mut paths = Vec::new();
    files(&sources(), &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let within = path.strip_prefix(sources()).expect("it lies in src");
        let first = within.components().next().expect("it has a name").as_os_str();
        let floor = Path::new(first).with_extension("").display().to_string();
        (floor, within.display().to_string(), code(path))
    };
    paths.iter().map(read).collect()
}

/// What follows each `crate::` in a code: floors, but for names taken through `lib.rs`. A group
/// (`crate::{a::B, c}`) names each of its parts.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(first_name(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && !c.is_whitespace() => {
                            found.push(first_name(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn every_file_stands_on_a_known_floor() {
    for (floor, path, _) in all() {
        assert!(FLOORS.contains(&floor.as_str()) || path == "main.rs" || path == "lib.rs", "{path}");
    }
}

#[test]
fn a_file_imports_only_from_its_own_floor_and_those_below() {
    let height = |floor: &str| FLOORS.iter().position(|known| *known == floor);
    let mut checked = 0;
    for (floor, path, code) in all() {
        for import in imports(&code) {
            // A floor comes by its path; anything else would come through `lib.rs`.
            let Some(below) = height(&import) else {
                panic!("{path} imports crate::{import}, which is no floor")
            };
            if let Some(own) = height(&floor) {
                assert!(own <= below, "{path} imports from {import}, which lies above");
            }
            checked += 1;
        }
        if path != "main.rs" {
            assert!(!code.contains("holdline::"), "{path} imports its own crate by name");
        }
    }
    assert!(checked > 150, "only {checked} imports were found");
}

#[test]
fn super_never_leaves_the_floor() {
    for (_, path, code) in all() {
        let deepest = (1..=5).rev().find(|n| code.contains(&"super::".repeat(*n))).unwrap_or(0);
        // As many steps up as the file lies deep end within its floor; a folder's own file stands for
        // the folder, and a module of tests within a file lies one deeper.
        let depth = path.matches('/').count() - usize::from(path.ends_with("/mod.rs"));
        let allowed = depth + usize::from(code.contains("mod tests {"));
        assert!(deepest <= allowed, "{path} climbs {deepest} up");
    }
}

#[test]
fn within_the_house_there_are_no_circles() {
    let mut leans_on: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (floor, _, code) in all() {
        let others = imports(&code).into_iter().filter(|import| *import != floor);
        leans_on.entry(floor.clone()).or_default().extend(others);
    }
    // Take away floors that lean on nobody left, until none is left.
    while !leans_on.is_empty() {
        let done: Vec<String> = leans_on
            .iter()
            .filter(|(_, others)| others.iter().all(|other| !leans_on.contains_key(other)))
            .map(|(floor, _)| floor.clone())
            .collect();
        assert!(!done.is_empty(), "a circle among {:?}", leans_on.keys());
        done.iter().for_each(|floor| {
            leans_on.remove(floor);
        });
    }
}

#[test]
fn threads_and_charts_stay_where_they_live() {
    for (floor, path, code) in all() {
        if code.contains("rayon::") {
            let pool = path == "cli/threads.rs" && !code.contains("rayon::prelude");
            assert!(floor == "experiment" || pool, "{path} uses rayon");
        }
        if code.contains("plotters::") {
            assert!(path.starts_with("report/charts"), "{path} uses plotters");
        }
        if code.contains("HashMap") || code.contains("HashSet") {
            panic!("{path} uses a hash table, whose order no result may depend on");
        }
    }
}

#[test]
fn the_reader_of_imports_reads_them() {
    let code = "use crate::units::{Span, Instant};\nuse crate::{model::Model, state::{Case, CaseId}, random};\n\
                pub(in crate::engine) fn f() { crate::figures::g(); $crate::h(); }";
    assert_eq!(imports(code), ["units", "model", "state", "random", "engine", "figures"]);
}
