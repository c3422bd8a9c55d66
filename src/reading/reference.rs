//! The reference documentation of scenario files, as Markdown.

use std::fmt::Write as _;

use super::shape::{Kind, Range, Shape};

/// The reference of all keys of files of this shape, after a preamble.
pub(crate) fn reference(root: &'static Shape, preamble: &str) -> String {
    let mut out = preamble.to_owned();
    let mut shapes: Vec<(&'static Shape, String)> = vec![(root, String::new())];
    // Depth first, so that a table's own tables follow it; distributions, which occur everywhere, last.
    let mut next = 0;
    while let Some((shape, path)) = shapes.get(next).cloned() {
        section(&mut out, shape, &path);
        let mut below = Vec::new();
        for key in shape.keys {
            let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
            collect(&key.kind, &path, &mut below);
        }
        next += 1;
        below.retain(|(shape, _)| !shapes.iter().any(|(known, _)| std::ptr::eq(*known, *shape)));
        let (distributions, others): (Vec<_>, Vec<_>) =
            below.into_iter().partition(|(shape, _)| shape.name == "distribution");
        shapes.splice(next..next, others);
        shapes.extend(distributions);
    }
    out
}

fn section(out: &mut String, shape: &Shape, path: &str) {
    let title = match path {
        "" => "The file".to_owned(),
        path => format!("`{path}`"),
    };
    let _ = writeln!(out, "## {title}\n\n{}\n", shape.doc);
    let _ = writeln!(out, "| key | value | left out | example | meaning |\n|---|---|---|---|---|");
    for key in shape.keys {
        let default = match key.default {
            "" | "required" => key.default.to_owned(),
            default if default.starts_with(['"', '[']) || default.parse::<f64>().is_ok() => {
                format!("`{default}`")
            }
            default => default.to_owned(),
        };
        let (name, value, example) = (key.name, describe(&key.kind), key.line());
        let _ = writeln!(out, "| `{name}` | {value} | {default} | `{example}` | {} |", key.doc);
    }
    if let Some(base) = shape.base() {
        let _ = writeln!(out, "\nAnd the keys of a {}.", base.name);
    }
    out.push('\n');
}

/// Adds the tables that a value may be, each once.
fn collect(kind: &Kind, path: &str, shapes: &mut Vec<(&'static Shape, String)>) {
    let (shape, path) = match kind {
        Kind::Table(shape) => (*shape, path.to_owned()),
        Kind::Distribution(shape) => {
            // Distributions have one section of their own, whatever they are distributions of.
            let path = if shape.name == "distribution" { "DISTRIBUTION".to_owned() } else { path.to_owned() };
            if let Some(base) = shape.base() {
                collect(&Kind::Distribution(base), "", shapes);
            }
            (*shape, path)
        }
        Kind::Tables(shape) | Kind::Members(shape) => (*shape, format!("{path}.NAME")),
        Kind::Stepped(kind) | Kind::List(kind) | Kind::Each { value: kind, .. } => {
            return collect(kind, path, shapes);
        }
        Kind::Either(kinds) => return kinds.iter().for_each(|kind| collect(kind, path, shapes)),
        _ => return,
    };
    if !shapes.iter().any(|(known, _)| std::ptr::eq(*known, shape)) {
        shapes.push((shape, path));
    }
}

fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::File => "text".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Count(0) => "whole number".to_owned(),
        Kind::Count(least) => format!("whole number, {least} or more"),
        Kind::Number(Range::Any) => "number".to_owned(),
        Kind::Number(Range::NotNegative) => "number, 0 or more".to_owned(),
        Kind::Number(Range::Positive) => "number above 0".to_owned(),
        Kind::Number(Range::Share) => "share, 0 to 1".to_owned(),
        Kind::Number(Range::Inside) => "share between 0 and 1".to_owned(),
        Kind::Number(Range::Part) => "share above 0, up to 1".to_owned(),
        Kind::Number(Range::AtLeastOne) => "number, 1 or more".to_owned(),
        Kind::Duration => "duration".to_owned(),
        Kind::Within => "duration or working days".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Moment => "date, or date and time".to_owned(),
        Kind::TimeOfDay => "time of day".to_owned(),
        Kind::Between => "two times of day".to_owned(),
        Kind::Days => "weekdays".to_owned(),
        Kind::Word { words } => {
            words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
        }
        Kind::Name(of) => format!("name of a {of}"),
        Kind::Distribution(shape) if shape.name == "distribution" => "distribution".to_owned(),
        Kind::Distribution(shape) => format!("distribution ({})", shape.name),
        Kind::Stepped(kind) => format!("{}; or steps", describe(kind)),
        Kind::List(kind) => format!("list: {}", describe(kind)),
        Kind::Each { of, value } => format!("for each {of}: {}", describe(value)),
        Kind::Table(shape) => format!("table ({})", shape.name),
        Kind::Tables(shape) | Kind::Members(shape) => format!("named tables ({})", shape.name),
        Kind::Either(kinds) => kinds.iter().map(describe).collect::<Vec<_>>().join("; or "),
        Kind::Paths | Kind::Variants(_) => "settings by dotted path".to_owned(),
    }
}
