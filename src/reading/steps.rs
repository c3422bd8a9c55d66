//! Values that change over the day: a constant, a step table, or evenly spaced values.

use crate::units::{Span, TimeOfDay};

use super::context::Context;
use super::fields::join;
use super::tree::{Data, Node, Table};
use super::values;
use crate::units::Steps;
use crate::units::parse_duration;

/// The most steps that evenly spaced values may have: a week of seconds.
const MOST_STEPS: u64 = 604_800;

/// Reads a value that may change; `read` reads one value at a path.
pub(crate) fn stepped<T: Clone>(
    cx: &Context<'_>,
    node: &Node,
    path: &str,
    mut read: impl FnMut(&Node, &str) -> Option<T>,
) -> Option<Steps<T>> {
    match node.table() {
        Some(table) if is_step_table(table) => by_keys(cx, node, table, path, read),
        Some(table) if is_spaced(table) => spaced(cx, node, table, path, read),
        _ => read(node, path).map(Steps::constant),
    }
}

/// Whether the keys are times: `{ "08:00" = ..., "12:00" = ... }`.
pub(crate) fn is_step_table(table: &Table) -> bool {
    let time = |key: &str| key.starts_with(|c: char| c.is_ascii_digit());
    table.entries.iter().any(|entry| time(&entry.key))
}

/// Whether it is `{ step = "30s", values = [...] }`.
fn is_spaced(table: &Table) -> bool {
    table.get("step").is_some() && table.get("values").is_some()
}

fn by_keys<T: Clone>(
    cx: &Context<'_>,
    node: &Node,
    table: &Table,
    path: &str,
    mut read: impl FnMut(&Node, &str) -> Option<T>,
) -> Option<Steps<T>> {
    let mut steps: Vec<(Span, T)> = Vec::new();
    let mut complete = true;
    for entry in &table.entries {
        let at = match step_key(cx, &entry.key) {
            Ok(at) => Some(at),
            Err((reason, help)) => {
                let title = format!("a step of `{path}` begins at no valid time");
                cx.log.error(entry.key_place, title, reason).maybe_help(help);
                None
            }
        };
        if let Some(at) = at
            && steps.iter().any(|step| step.0 == at)
        {
            let title = format!("two steps of `{path}` begin at the same time");
            cx.log.error(entry.key_place, title, format!("{at} after the start is there already"));
            complete = false;
        }
        match (at, read(&entry.value, &join(path, &entry.key))) {
            (Some(at), Some(value)) => steps.push((at, value)),
            _ => complete = false,
        }
    }
    if !complete || steps.is_empty() {
        return None;
    }
    let first = steps.iter().map(|step| step.0).min();
    if !cx.time.calendar && first != Some(Span::ZERO) {
        let title = format!("the first step of `{path}` must begin at \"0h\"");
        cx.log.error(node.place, title, "nothing is said about the time before it");
        return None;
    }
    Some(if cx.time.calendar { Steps::daily(steps) } else { Steps::elapsed(steps) })
}

fn step_key(cx: &Context<'_>, key: &str) -> Result<Span, (String, Option<String>)> {
    if !cx.time.calendar {
        let help =
            "a study without `horizon.start` has no time of day; write the time since its start, like \"2h\"";
        return parse_duration(key).map_err(|reason| (reason, Some(help.to_owned())));
    }
    let time = TimeOfDay::parse(key).map_err(|reason| (reason, None))?;
    if time >= TimeOfDay::MIDNIGHT_AFTER {
        return Err((
            format!("`{key}` lies past the day"),
            Some("a day's steps lie before 24:00".to_owned()),
        ));
    }
    Ok(time.span())
}

fn spaced<T: Clone>(
    cx: &Context<'_>,
    node: &Node,
    table: &Table,
    path: &str,
    mut read: impl FnMut(&Node, &str) -> Option<T>,
) -> Option<Steps<T>> {
    for entry in &table.entries {
        if entry.key != "step" && entry.key != "values" {
            let title = format!("unknown key `{}`", join(path, &entry.key));
            cx.log.error(entry.key_place, title, "beside `step` and `values` there is nothing else");
        }
    }
    let step = values::duration(cx.log, table.get("step")?, &join(path, "step"));
    let node_values = table.get("values")?;
    let Data::List(items) = &node_values.data else {
        values::wrong_type(cx.log, node_values, &join(path, "values"), "a list");
        return None;
    };
    let read_all: Vec<Option<T>> = items
        .iter()
        .enumerate()
        .map(|(index, item)| read(item, &format!("{path}.values[{index}]")))
        .collect();
    let read_all: Vec<T> = read_all.into_iter().collect::<Option<_>>()?;
    let step = step?;
    let title = format!("`{path}` has no valid steps");
    if read_all.is_empty() {
        cx.log.error(node_values.place, title, "the list is empty");
        return None;
    }
    if step == Span::ZERO {
        cx.log.error(table.get("step")?.place, title, "a step must be more than nothing");
        return None;
    }
    let count = read_all.len() as u64;
    if count > MOST_STEPS {
        cx.log.error(node.place, title, format!("{count} steps are more than {MOST_STEPS}"));
        return None;
    }
    let steps = (0..).map(|number| step * number).zip(read_all).collect();
    Some(Steps::periodic(step * count, steps))
}

/// The value that several stepped values give together, wherever one of them changes.
///
/// # Errors
/// When two of them come round again after different times, or when `build` fails.
pub(crate) fn combine<T: Clone>(
    parts: &[&Steps<f64>],
    mut build: impl FnMut(&[f64]) -> Result<T, String>,
) -> Result<Steps<T>, String> {
    let changing: Vec<&&Steps<f64>> = parts.iter().filter(|part| !part.is_constant()).collect();
    let mut value_at = |micros: i64| -> Result<T, String> {
        let values: Vec<f64> = parts.iter().map(|part| *part.at(micros)).collect();
        build(&values)
    };
    let Some(first) = changing.first() else { return value_at(0).map(Steps::constant) };
    let period = first.period();
    if changing.iter().any(|part| part.period() != period) {
        return Err("its step tables come round again after different times".to_owned());
    }
    let mut times: Vec<Span> =
        changing.iter().flat_map(|part| part.steps().iter().map(|step| step.0)).collect();
    times.sort_unstable();
    times.dedup();
    let steps = times
        .into_iter()
        .map(|at| Ok((at, value_at(at.micros() as i64)?)))
        .collect::<Result<Vec<_>, String>>()?;
    Ok(match period {
        Some(period) => Steps::periodic(period, steps),
        None => Steps::elapsed(steps),
    })
}
