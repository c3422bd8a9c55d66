//! `docs/figures.md` names every figure, and its worked examples are what the program computes.

use std::collections::BTreeMap;
use std::fs;
use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Results};
use holdline::scenario::Scenario;

use crate::markdown::blocks;

const PAGE: &str = include_str!("../../docs/figures.md");

/// The value of `(15 + 60) / 7`, `sqrt(2) * 3`: the four operations, brackets and square roots.
struct Arithmetic<'a>(Peekable<Chars<'a>>);

impl Arithmetic<'_> {
    fn value(text: &str) -> f64 {
        let mut rest = Arithmetic(text.chars().peekable());
        let value = rest.sum();
        assert_eq!(rest.0.next(), None, "`{text}` goes on after its end");
        value
    }

    /// Whether the next thing is this character; takes it.
    fn takes(&mut self, wanted: char) -> bool {
        while self.0.next_if_eq(&' ').is_some() {}
        self.0.next_if_eq(&wanted).is_some()
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes('+') {
                value += self.product();
            } else if self.takes('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        loop {
            if self.takes('*') {
                value *= self.factor();
            } else if self.takes('/') {
                value /= self.factor();
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> f64 {
        if self.takes('(') {
            let value = self.sum();
            assert!(self.takes(')'), "a bracket is not closed");
            return value;
        }
        if self.takes('s') {
            "qrt".chars().for_each(|letter| assert!(self.takes(letter), "only sqrt is known"));
            return self.factor().sqrt();
        }
        let mut digits = String::new();
        while let Some(digit) = self.0.next_if(|c| c.is_ascii_digit() || *c == '.') {
            digits.push(digit);
        }
        digits.parse().unwrap_or_else(|_| panic!("`{digits}` is no number"))
    }
}

fn played(file: &Path, settings: &[String]) -> Results {
    let loaded = Scenario::load(file, settings).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let experiment = Experiment::new(&loaded.scenario).expect("the centre is stable");
    experiment.run(&Silent).expect("it can be played").results
}

#[test]
fn arithmetic_is_read_as_it_is_written() {
    assert_eq!(Arithmetic::value("1 + 2 * 3 - 4 / 8"), 6.5);
    assert_eq!(Arithmetic::value("sqrt((5 - 1) * 4) / (1 + 1)"), 2.0);
}

#[test]
fn the_worked_examples_come_out_as_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut lines, mut wrong, mut cache) = (0, Vec::new(), BTreeMap::new());
    for block in blocks(PAGE) {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        match words[..] {
            ["toml" | "csv", name] => {
                fs::write(folder.path().join(name), &block.text).expect("it can be written")
            }
            ["worked", name, ref more @ ..] => {
                let setting =
                    more.iter().skip_while(|word| **word != "--set").nth(1).map(|set| (*set).to_owned());
                let mut settings = vec!["experiment.replications=2".to_owned()];
                settings.extend(setting);
                let tolerance = if more.contains(&"within") { 0.01 } else { 1e-12 };
                let results = cache
                    .entry((name.to_owned(), settings.clone()))
                    .or_insert_with(|| played(&folder.path().join(name), &settings));
                for line in block.text.lines() {
                    let (figure, by_hand) = line.split_once('=').expect("a worked line is `figure = value`");
                    let by_hand = Arithmetic::value(by_hand);
                    let simulated = results.figure(figure.trim()).map(|estimate| estimate.value);
                    lines += 1;
                    if simulated.is_none_or(|value| (value - by_hand).abs() > tolerance * by_hand.max(1e-3)) {
                        wrong.push(format!("{name}: {line} ({by_hand}), but the program says {simulated:?}"));
                    }
                }
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(lines > 60, "only {lines} worked lines were found");
}

#[test]
fn every_figure_is_defined_and_worked_out() {
    let worked: String = blocks(PAGE)
        .into_iter()
        .filter(|block| block.info.starts_with("worked"))
        .map(|block| block.text)
        .collect();
    let is_worked = |figure: &Figure| {
        worked.lines().any(|line| {
            line.split_once('=')
                .is_some_and(|(path, _)| path.trim().ends_with(&format!(".{}", figure.name())))
        })
    };
    // A shortage is a formula's answer; its example is a command, which another test runs.
    let by_command =
        |figure: &Figure| matches!(figure, Figure::AgentsShort | Figure::AgentsShortOfAbandonment);
    for figure in Figure::ALL {
        assert!(
            PAGE.contains(&format!("`{}`", figure.name())),
            "docs/figures.md does not define {}",
            figure.name()
        );
        assert!(
            is_worked(figure) || by_command(figure),
            "docs/figures.md has no worked example of {}",
            figure.name()
        );
    }
}
