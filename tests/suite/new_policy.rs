//! `holdline new --policy`: the crate that it writes is the example that is built with the library, and its centre can be played.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::str::contains;

fn holdline(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(folder).args(arguments).assert()
}

#[test]
fn a_crate_is_written_and_is_the_example_that_is_built_here() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    holdline(folder.path(), &["new", "--policy", "my_policy"])
        .success()
        .stdout(contains("cd my_policy && cargo run"));
    let written = folder.path().join("my_policy");
    let read =
        |name: &str| fs::read_to_string(written.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = fs::read_to_string(root.join("examples/my_policy.rs")).expect("it can be read");
    assert_eq!(read("src/main.rs"), example);
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).expect("it is TOML");
    assert_eq!(manifest["package"]["name"].as_str(), Some("my_policy"));
    let library = &manifest["dependencies"]["holdline"];
    assert_eq!(library["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    // The features that it names are there.
    let own: toml::Table =
        toml::from_str(&fs::read_to_string(root.join("Cargo.toml")).expect("it can be read")).expect("TOML");
    for feature in library["features"].as_array().expect("a list") {
        assert!(own["features"].get(feature.as_str().expect("a name")).is_some(), "{feature}");
    }
    holdline(&written, &["check", "centre.toml"]).success();
    // Twice is a mistake, and changes nothing.
    holdline(folder.path(), &["new", "--policy", "my_policy"]).code(2).stderr(contains("exists already"));
    assert_eq!(read("src/main.rs"), example);
}

#[test]
fn names_that_no_crate_can_have_are_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["1st", "my policy", "a/b.c", "test", "..", "holdline", "-x"] {
        let arguments = ["new", &format!("--policy={name}")];
        holdline(folder.path(), &arguments).code(2).stderr(contains("is no name for a crate"));
    }
    holdline(folder.path(), &["new", "a.toml", "--policy", "b"]).code(2);
    holdline(folder.path(), &["new"]).code(2);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be read").count(), 0);
}

/// The crate is built against the library where it lies. It takes some minutes and the crates that are here already, so only where
/// `HOLDLINE_TEMPLATE` is set.
#[test]
fn the_crate_is_built_and_plays() {
    if std::env::var_os("HOLDLINE_TEMPLATE").is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    holdline(folder.path(), &["new", "--policy", "my_policy"]).success();
    let written = folder.path().join("my_policy");
    let manifest = fs::read_to_string(written.join("Cargo.toml")).expect("it can be read");
    let library = format!("path = {:?}", env!("CARGO_MANIFEST_DIR"));
    let manifest = manifest.replace(
        &format!("version = \"{}\", default", env!("CARGO_PKG_VERSION")),
        &format!("{library}, default"),
    );
    fs::write(written.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), written.join("Cargo.lock"))
        .expect("it can be copied");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut run = Command::new(cargo);
    run.current_dir(&written).args([
        "run",
        "--offline",
        "--quiet",
        "--",
        "centre.toml",
        "experiment.replications=4",
    ]);
    run.assert().success().stdout(contains("my policy"));
}
