//! What tuning found: the settings, and what they are worth on fresh customers.

use serde_json::{Value, json};

use crate::experiment::{Compared, Tuned};
use crate::figures::{Estimate, Unit};
use crate::units::printable;

use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, plain, wrapped, written};

/// Tuning as a terminal shows it; `now` is the present value of a setting, where the file has one.
#[must_use]
pub fn render_tuned(tuned: &Tuned, now: &dyn Fn(&str) -> Option<String>) -> String {
    let heads = [(Align::Left, "Setting"), (Align::Right, "Now"), (Align::Right, "Tuned")];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    for setting in &tuned.settings {
        let now = now(setting.path()).unwrap_or_else(|| ABSENT.to_owned());
        table.row([
            printable(setting.path()).into_owned(),
            printable(&now).into_owned(),
            setting.shown().to_owned(),
        ]);
    }
    table.line();
    let sets: Vec<String> =
        tuned.settings.iter().map(|setting| format!("--set '{}'", printable(setting.line()))).collect();
    format!("{}\n{}\n\n{}\n", table.text(), wrapped(&verdict(tuned), WIDTH).join("\n"), sets.join(" "))
}

/// Tuning for other programs.
#[must_use]
pub fn tuned_json(tuned: &Tuned) -> String {
    let generations: Vec<Value> =
        tuned.generations.iter().map(|it| json!({ "best": it.best, "widest_spread": it.spread })).collect();
    let value = |estimate: Option<Estimate>| {
        estimate.map(|estimate| json!({ "value": estimate.value, "half_width": estimate.half_width }))
    };
    let fresh = tuned.fresh.as_ref().and_then(|compared| {
        let [now, best] = compared.figures.first()?.variants.as_slice() else { return None };
        Some(json!({
            "as_it_is": value(now.value),
            "tuned": value(best.value),
            "difference": value(best.difference),
            "replications": compared.replications,
        }))
    });
    let settings: serde_json::Map<String, Value> =
        tuned.settings.iter().map(|it| (it.path().to_owned(), Value::from(it.shown()))).collect();
    let whole = json!({
        "figure": tuned.path,
        "maximise": tuned.maximise,
        "settings": settings,
        "settled": tuned.settled,
        "points": tuned.played,
        "unfit_points": tuned.unfit,
        "generations": generations,
        "fresh": fresh,
    });
    format!("{whole:#}\n")
}

/// What it is worth, and how far to trust it.
fn verdict(tuned: &Tuned) -> String {
    let unit = tuned.figure.unit();
    let played =
        format!("{} points in {} generations", grouped(tuned.played as f64, 0), tuned.generations.len());
    let told = match &tuned.fresh {
        None => {
            format!("The search was stopped after {played}: these are the best so far, not yet compared.")
        }
        Some(compared) => worth(tuned, compared, unit),
    };
    let mut text = told;
    if tuned.fresh.is_some() {
        let played = match tuned.settled {
            true => format!(" The search settled after {played}."),
            false => format!(" After {played} the search had not settled yet (`--generations`)."),
        };
        text += &played;
    }
    if tuned.unfit > 0 {
        let unfit = grouped(tuned.unfit as f64, 0);
        text += &format!(" {unfit} points could not be played: refused, or queues that grow without end.");
    }
    text
}

fn worth(tuned: &Tuned, compared: &Compared, unit: Unit) -> String {
    let Some([now, best]) = compared.figures.first().map(|figure| figure.variants.as_slice()) else {
        return String::new();
    };
    let shown =
        |estimate: Option<Estimate>| estimate.map_or(ABSENT.to_owned(), |estimate| written(unit, estimate));
    let path = printable(&tuned.path);
    let beside = format!(
        "On {} replications of fresh customers {path} is {} as it is and {} tuned",
        grouped(compared.replications as f64, 0),
        shown(now.value),
        shown(best.value)
    );
    let Some(difference) = best.difference else { return format!("{beside}.") };
    if difference.value == 0.0 {
        return format!("{beside}: what was varied changes nothing.");
    }
    let better = if tuned.maximise { difference.value > 0.0 } else { difference.value < 0.0 };
    let by = Estimate { value: difference.value.abs(), ..difference };
    let sure = difference.half_width.is_some_and(|half| half < difference.value.abs());
    match (sure, better) {
        (true, true) => format!("{beside}: better by {}.", shown(Some(by))),
        (true, false) => format!("{beside}: worse by {}. What the search found was luck.", shown(Some(by))),
        (false, _) => {
            let difference = plain(unit, difference.value);
            format!(
                "{beside}. The difference of {difference} is within its error: more replications would tell."
            )
        }
    }
}
