//! The floors of the house: a file imports from its own floor and from those below, by floor path,
//! and no floor leans on one that leans on it, nor a file on one that leans on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Top to bottom; `main` and `lib` stand above all.
const FLOORS: [&str; 21] = [
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
    "forecast",
    "fit",
    "acd",
    "reading",
    "tables",
    "expression",
    "vocabulary",
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

/// What the user wrote is compiled into the model; past it, only who loads scenarios knows of them.
#[test]
fn nothing_above_the_model_knows_the_scenario() {
    let model = FLOORS.iter().position(|floor| *floor == "model").expect("there is a model");
    for (floor, path, code) in all() {
        let above = FLOORS[..model].contains(&floor.as_str());
        if above && !["cli", "experiment"].contains(&floor.as_str()) {
            let names = imports(&code).iter().any(|import| import == "scenario");
            assert!(!names, "{path} imports from scenario: what it needs belongs into vocabulary or model");
        }
    }
}

/// Circles of files that are still there. This list may only get shorter.
const CIRCLES: &[&[&str]] = &[
    &["random/draw.rs", "random/generator.rs"],
    // A distribution may be made of distributions.
    &["random/distribution/mixture.rs", "random/distribution/mod.rs", "random/distribution/truncated.rs"],
    &["reading/diagnostic.rs", "reading/source.rs", "reading/text_file.rs"],
];

#[test]
fn files_lean_on_each_other_in_no_circle() {
    let found = circles(&leanings(&all()));
    for circle in &found {
        let known = CIRCLES.iter().any(|known| circle.iter().all(|file| known.contains(&file.as_str())));
        assert!(known, "circles of files: {found:#?}, and this is new: {circle:?}");
    }
    for known in CIRCLES {
        let there = found.iter().any(|circle| circle.iter().eq(known.iter()));
        assert!(there, "not a circle any more, take it off the list or shorten it: {known:?}");
    }
}

/// By file, the files of its floor whose items it uses. A folder's own file that only hands on what
/// its files have (`pub use`) does not lean on them, and who takes it there leans on where it is from.
fn leanings(all: &[(String, String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let modules: BTreeMap<Vec<String>, &String> =
        all.iter().map(|(_, path, _)| (module(path), path)).collect();
    let mut handed_on: BTreeMap<Vec<String>, Vec<(Vec<String>, String)>> = BTreeMap::new();
    for (_, path, code) in all {
        let own = module(path);
        for (public, used, alias) in uses(without_tests(code)) {
            if let (true, Some(full)) = (public, absolute(&own, &used)) {
                handed_on.entry(own.clone()).or_default().push((full, alias));
            }
        }
    }
    let mut leanings = BTreeMap::new();
    for (floor, path, code) in all {
        let own = module(path);
        let code = without_tests(code);
        let mut used: Vec<Vec<String>> =
            uses(code).into_iter().filter(|(public, ..)| !public).map(|(_, used, _)| used).collect();
        used.extend(paths(code));
        let mut on = BTreeSet::new();
        for used in used {
            let Some(full) = absolute(&own, &used).filter(|full| full.first() == Some(floor)) else {
                continue;
            };
            on.extend(where_from(&full, &modules, &handed_on, 0).into_iter().cloned());
        }
        on.remove(path);
        leanings.insert(path.clone(), on);
    }
    leanings
}

/// The files that an item comes from: a name that a folder hands on comes from where it is declared.
fn where_from<'a>(
    item: &[String],
    modules: &BTreeMap<Vec<String>, &'a String>,
    handed_on: &BTreeMap<Vec<String>, Vec<(Vec<String>, String)>>,
    depth: usize,
) -> Vec<&'a String> {
    let longest = (1..=item.len()).rev().find(|length| modules.contains_key(&item[..*length]));
    let Some(length) = longest else { return Vec::new() };
    let handed = handed_on.get(&item[..length]).map_or(&[][..], Vec::as_slice);
    let named: Vec<_> = handed.iter().filter(|(_, alias)| item.get(length) == Some(alias)).collect();
    match (named.as_slice(), item.get(length)) {
        ([(full, _), ..], _) if depth < 5 => where_from(full, modules, handed_on, depth + 1),
        // A star hands on everything of a file; which names it has is not looked into.
        (_, Some(name)) if depth < 5 && name.chars().all(|c| !c.is_lowercase()) => {
            let stars = handed.iter().filter(|(_, alias)| alias == "*");
            let mut from: Vec<_> =
                stars.flat_map(|(full, _)| where_from(full, modules, handed_on, depth + 1)).collect();
            from.push(modules[&item[..length]]);
            from
        }
        _ => vec![modules[&item[..length]]],
    }
}

/// The path of the module that a file is.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix("/mod.rs").or(path.strip_suffix(".rs")).unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// Tests stand last in a file.
fn without_tests(code: &str) -> &str {
    &code[..code.find("mod tests {").unwrap_or(code.len())]
}

/// A path from the root of the crate; `None` where it leaves the crate.
fn absolute(own: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut at: Vec<String> = own.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => at.clear(),
        "self" => {}
        "super" => {
            at.pop();
            while rest.get(1).is_some_and(|next| next == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        // A file of this folder, or another crate, which no module's path begins with.
        _ => {
            at.extend(path.iter().cloned());
            return Some(at);
        }
    }
    at.extend(rest[1..].iter().cloned());
    Some(at)
}

/// Every name that `use` takes: (handed on, its path, the name it has here).
fn uses(code: &str) -> Vec<(bool, Vec<String>, String)> {
    let mut found = Vec::new();
    let mut public = false;
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let mut line = line.trim_start().to_owned();
        if let Some(rest) = line.strip_prefix("pub") {
            public = true;
            let rest =
                rest.strip_prefix("(").and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
            line = rest.trim_start().to_owned();
        }
        if let Some(first) = line.strip_prefix("use ") {
            let mut text = first.to_owned();
            while !text.contains(';') {
                text.push_str(lines.next().expect("a use ends"));
            }
            let text: String = text.split(';').next().unwrap_or_default().replace(" as ", "@");
            tree(&text.replace(' ', ""), &[], &mut |path, alias| found.push((public, path, alias)));
        }
        public = false;
    }
    found
}

/// The leaves of a tree of names: `a::{b, c::d}`.
fn tree(text: &str, above: &[String], leaf: &mut impl FnMut(Vec<String>, String)) {
    if let Some(group) = text.strip_prefix('{') {
        let group = group.strip_suffix('}').unwrap_or(group);
        let mut depth = 0;
        let parts = group.split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        });
        parts.filter(|part| !part.is_empty()).for_each(|part| tree(part, above, leaf));
    } else if let Some((first, rest)) = text.split_once("::") {
        tree(rest, &[above, &[first.to_owned()]].concat(), leaf);
    } else {
        let (name, alias) = text.split_once('@').unwrap_or((text, text));
        match name {
            "self" => leaf(above.to_vec(), above.last().cloned().unwrap_or_default()),
            name => leaf([above, &[name.to_owned()]].concat(), alias.to_owned()),
        }
    }
}

/// Paths that stand in the code itself: `super::values::text(...)`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let begins = |word: &str| code.match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
    let mut found = Vec::new();
    for at in [begins("super::"), begins("crate::")].concat() {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || before == ':' || before == '$' {
            continue;
        }
        let text: String =
            code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
        found.push(text.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect());
    }
    found
}

/// Files that reach each other, each circle in order.
fn circles(leanings: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reach = |from: &String| {
        let mut seen: BTreeSet<&String> = BTreeSet::new();
        let mut next: Vec<&String> = leanings[from].iter().collect();
        while let Some(file) = next.pop() {
            if seen.insert(file) {
                next.extend(&leanings[file]);
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        leanings.keys().map(|file| (file, reach(file))).collect();
    let circle = |file: &&String| {
        let with = reached[file].iter().filter(|other| reached[*other].contains(file));
        with.map(|other| (*other).clone()).collect::<Vec<_>>()
    };
    reached.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
}

#[test]
fn the_reader_of_circles_finds_them() {
    let file = |path: &str, code: &str| ("f".to_owned(), path.to_owned(), code.to_owned());
    let code = [
        file("f/mod.rs", "mod a;\nmod b;\nmod c;\npub use a::{A, Aa};\npub(crate) use b::B as Bee;"),
        file("f/a.rs", "use super::{\n    Bee,\n};"),
        file("f/b.rs", "fn f() -> super::c::C {}"),
        file("f/c.rs", "use std::fmt;\nmod tests {\n    use super::super::A; }"),
    ];
    assert_eq!(circles(&leanings(&code)), BTreeSet::new());
    let mut circle = code.clone();
    circle[3].2 = "use crate::f::Aa;".to_owned();
    let files = ["f/a.rs", "f/b.rs", "f/c.rs"].map(str::to_owned).to_vec();
    assert_eq!(circles(&leanings(&circle)), BTreeSet::from([files]));
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
