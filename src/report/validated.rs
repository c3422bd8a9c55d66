//! A baseline beside what was seen, for terminals: the verdict, the largest deviation and its likeliest cause, a
//! row per queue and figure.

use crate::experiment::{Against, Cause, Direction, FigureBeside, Fit, INSIDE, QueueBeside, Validated};
use crate::figures::{Figure, Unit};

use super::shown::Shown;
use super::text_table::{Align, TextTable};
use super::wording::{grouped, percent, plain};

/// The verdict as a sentence that a manager can read.
#[must_use]
pub fn verdict(validated: &Validated) -> String {
    let unfit: Vec<&str> =
        validated.queues.iter().filter(|queue| !queue.fits()).map(|queue| queue.name.as_str()).collect();
    match validated.fit() {
        Fit::Fits => "The baseline fits: chance explains all that differs from what was seen.".to_owned(),
        Fit::InPart => format!(
            "The baseline fits in part: {} of {} queues differ from what was seen by more than chance explains ({}).",
            unfit.len(),
            validated.queues.len(),
            unfit.join(", ")
        ),
        Fit::Not => "The baseline does not fit: it differs from what was seen by more than chance explains. \
                     Mend it before you ask what if."
            .to_owned(),
    }
}

/// What later reports may quote; `against` names the report.
#[must_use]
pub fn quote(validated: &Validated, against: &str) -> String {
    let unfit = validated.queues.iter().filter(|queue| !queue.fits()).count();
    let fit = match validated.fit() {
        Fit::Fits => format!("the baseline fits {against}"),
        Fit::InPart => {
            format!(
                "the baseline fits {against} in part, {unfit} of {} queues differ",
                validated.queues.len()
            )
        }
        Fit::Not => format!("the baseline does not fit {against}"),
    };
    let within = share(validated.within());
    format!(
        "{fit}; {within} values of intervals lie within the {:.0} % band of simulated days",
        100.0 * INSIDE
    )
}

/// The lines that make later reports quote it; `fingerprint` is that of the scenario.
#[must_use]
pub fn quoting(validated: &Validated, against: &str, fingerprint: &str) -> String {
    let said = quote(validated, against).replace('\\', "/").replace('"', "'");
    format!(
        "Reports of later runs quote this where the scenario says so:\n\n[report]\nvalidated    = \"{said}\"\nvalidated_as = \"{fingerprint}\"\n"
    )
}

/// Why a queue may differ, as a sentence without a period.
#[must_use]
pub fn cause_sentence(cause: Cause) -> String {
    let by = |ratio: f64, more: &str, less: &str| {
        let change = (ratio - 1.0).abs();
        if ratio.is_finite() {
            format!(
                "{} {}",
                percent((change * 1000.0).round() / 1000.0),
                if ratio > 1.0 { more } else { less }
            )
        } else {
            more.to_owned()
        }
    };
    match cause {
        Cause::Volume(ratio) => {
            format!("volume: {} contacts came than are simulated", by(ratio, "more", "fewer"))
        }
        Cause::HandleTime(ratio) => {
            format!("handle time: contacts took {} than are simulated", by(ratio, "longer", "less long"))
        }
        Cause::Patience(Direction::Less) => {
            "patience: customers abandon sooner than the simulated ones, so that more of \
            them abandon and the others do not wait longer"
                .to_owned()
        }
        Cause::Patience(Direction::More) => {
            "patience: customers wait longer than the simulated ones before they abandon, \
            so that fewer abandon and the others do not wait less long"
                .to_owned()
        }
        Cause::People(Direction::Less) => {
            "people: fewer were at work than are simulated; customers waited longer, and \
            neither volume nor handle time explains it"
                .to_owned()
        }
        Cause::People(Direction::More) => {
            "people: more were at work than are simulated; customers waited less long, and \
            neither volume nor handle time explains it"
                .to_owned()
        }
        Cause::Order(direction) => {
            let (here, there) = match direction {
                Direction::Less => ("longer", "less long"),
                Direction::More => ("less long", "longer"),
            };
            format!(
                "the order: customers waited {here} here and {there} in other queues of the same agents; look at who is \
                 served first, and who serves whom"
            )
        }
        Cause::Scatter => {
            "the course of the day: totals agree, single intervals differ; compare volumes and people \
            interval by interval"
                .to_owned()
        }
    }
}

/// The largest deviation as a sentence, and the causes of it.
#[must_use]
pub fn largest(validated: &Validated) -> Vec<String> {
    let Some((queue, one)) = validated.largest().and_then(|queue| Some((queue, queue.largest()?))) else {
        return vec!["No total lies outside its band.".to_owned()];
    };
    let mut lines = vec![format!(
        "Largest deviation: {}, {}: {} seen, {} simulated (band {}).",
        queue.name,
        label(one.figure),
        value(one.figure, one.total.seen),
        value(one.figure, one.total.mean),
        band(one)
    )];
    if let Some(worst) = one.worst() {
        let at = validated.labels.get(worst.row).map_or("", String::as_str);
        lines.push(format!(
            "Furthest off at {at}: {} seen, {} simulated.",
            value(one.figure, worst.beside.seen),
            value(one.figure, worst.beside.mean)
        ));
    }
    for queue in validated.queues.iter().filter(|queue| !queue.fits()) {
        let causes: Vec<String> = validated.causes(queue).into_iter().map(cause_sentence).collect();
        match causes.split_first() {
            Some((first, rest)) => {
                lines.push(format!("Likeliest cause in {}: {first}.", queue.name));
                lines.extend(rest.iter().map(|cause| format!("  Also {cause}.")));
            }
            None => lines.push(format!("No cause stands out in {}.", queue.name)),
        }
    }
    lines
}

/// How a table calls a figure.
pub(super) fn label(figure: Figure) -> &'static str {
    match figure {
        Figure::Offered => "Offered",
        Figure::Aht => "Handle time (AHT)",
        Figure::WaitAnswered => "Speed of answer (ASA)",
        _ => figure.label(),
    }
}

pub(super) fn value(figure: Figure, value: f64) -> String {
    match figure.unit() {
        Unit::Count => grouped(value, 0),
        unit => plain(unit, value),
    }
}

pub(super) fn band(one: &FigureBeside) -> String {
    let (low, high) = (value(one.figure, one.total.low), value(one.figure, one.total.high));
    format!("{low} to {high}")
}

pub(super) fn difference(one: &FigureBeside) -> String {
    let off = one.total.seen - one.total.mean;
    let sign = if off > 0.0 { "+" } else { "" };
    match one.figure.unit() {
        Unit::Share => format!("{sign}{} pt", grouped(100.0 * off, 1)),
        _ if one.total.mean > 0.0 => format!("{sign}{} %", grouped(100.0 * off / one.total.mean, 1)),
        _ => String::new(),
    }
}

pub(super) fn share((within, of): (usize, usize)) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    format!(
        "{} of {} ({:.0} %)",
        grouped(within as f64, 0),
        grouped(of as f64, 0),
        100.0 * within as f64 / of as f64
    )
}

/// Everything for a terminal.
#[must_use]
pub fn render_validated(validated: &Validated) -> String {
    let validated = &*validated.shown();
    let mut text = format!("{}\n\n", verdict(validated));
    text.push_str(&format!(
        "Within the {:.0} % band of simulated days: {} values of intervals.\n",
        100.0 * INSIDE,
        share(validated.within())
    ));
    largest(validated).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    let heads = [
        (Align::Left, "Queue"),
        (Align::Left, "Figure"),
        (Align::Right, "Seen"),
        (Align::Right, "Simulated"),
        (Align::Right, "90 % band"),
        (Align::Right, "Difference"),
        (Align::Left, ""),
        (Align::Right, "Intervals within"),
    ];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    for (index, queue) in validated.queues.iter().enumerate() {
        if index > 0 {
            table.line();
        }
        for (number, one) in queue.figures.iter().enumerate() {
            table.row([
                if number == 0 { queue.name.clone() } else { String::new() },
                label(one.figure).to_owned(),
                value(one.figure, one.total.seen),
                value(one.figure, one.total.mean),
                band(one),
                difference(one),
                standing(one).to_owned(),
                share((one.within(), one.rows.len())),
            ]);
        }
    }
    text.push_str(&format!("\n{}\n", table.text()));
    for queue in &validated.queues {
        text.push_str(&queue.impatience_off().map_or_else(String::new, |one| impatience(queue, one)));
    }
    for queue in validated.queues.iter().filter(|queue| queue.is_scattered()) {
        text.push_str(&scattered(queue));
    }
    for note in &validated.notes {
        text.push_str(&format!("Note: {note}\n"));
    }
    text
}

fn impatience(queue: &QueueBeside, one: &Against) -> String {
    format!(
        "Note: of {}, {} contacts abandoned for each hour that the answered waited, {} are simulated (band {} to {})\n",
        queue.name,
        grouped(one.seen, 1),
        grouped(one.mean, 1),
        grouped(one.low, 1),
        grouped(one.high, 1)
    )
}

fn scattered(queue: &QueueBeside) -> String {
    format!(
        "Note: of {}, fewer intervals lie in their bands than in any simulated play (at least {:.0} %)\n",
        queue.name,
        100.0 * queue.least_share
    )
}

/// How a total stands.
pub(super) fn standing(one: &FigureBeside) -> &'static str {
    match (one.off, one.total.is_within()) {
        (true, _) => "off",
        (false, false) => "outside",
        (false, true) => "",
    }
}
