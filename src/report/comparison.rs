//! The tables of a comparison: a table a figure, the baseline first among its variants.

use crate::experiment::{Beside, BudgetResult, Compared, ComparedFigure, ContestResult, Verdict};
use crate::figures::{self, Better, Estimate, Unit};

use super::shown::{Shown, head};
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, plain, shortened, target_words, written};

/// Longer names are cut in the middle.
const NAME_WIDTH: usize = 28;

/// A comparison as a terminal shows it.
#[must_use]
pub fn render_comparison(compared: &Compared) -> String {
    let compared = &*compared.shown();
    let mut blocks: Vec<String> = compared.figures.iter().map(|figure| table(compared, figure)).collect();
    if !compared.targets.is_empty() {
        blocks.push(targets(compared));
    }
    blocks.extend(compared.contest.as_ref().map(|contest| sentence(compared, contest)));
    blocks.extend(compared.budget.as_ref().map(|budget| spent(compared, budget)));
    blocks.push(legend(compared));
    blocks.join("\n") + "\n"
}

/// What a verdict is called.
#[must_use]
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::Higher => "higher",
        Verdict::Lower => "lower",
        Verdict::Same => "the same",
        Verdict::NoneThatMatters => "no difference that matters",
        Verdict::Unclear => "unclear",
    }
}

fn table(compared: &Compared, figure: &ComparedFigure) -> String {
    let unit = figure.figure.unit();
    let mut table = TextTable::new(
        [
            (Align::Left, "Variant"),
            (Align::Right, "Value"),
            (Align::Right, "Difference"),
            (Align::Left, "Verdict"),
            (Align::Right, "Independent runs"),
        ]
        .map(|(align, head)| (align, head.to_owned())),
    );
    for index in order(compared) {
        let beside = &figure.variants[index];
        let name = shortened(&compared.names[index], NAME_WIDTH);
        let is_base = index == compared.baseline;
        let verdict = match figure.verdict(index) {
            _ if is_base => "baseline".to_owned(),
            Some(Verdict::NoneThatMatters) => format!("no difference above {}", size(unit, figure.delta)),
            Some(verdict) => verdict_name(verdict).to_owned(),
            None => ABSENT.to_owned(),
        };
        let difference = beside.difference.map(|difference| signed(unit, difference));
        table.row([
            name,
            beside.value.map_or_else(|| ABSENT.to_owned(), |value| written(unit, value)),
            difference.unwrap_or_else(|| if is_base { String::new() } else { ABSENT.to_owned() }),
            verdict,
            if is_base { String::new() } else { saving(beside) },
        ]);
    }
    table.line();
    let better = match figure.figure.better() {
        Better::Higher => ", more is better",
        Better::Lower => ", less is better",
        Better::Neither => "",
    };
    let label = head(figure.figure, &compared.labels);
    format!("{label} ({}){better}\n{}\n", figure.path, table.text())
}

/// The targets of all queues, a row for each variant that has one, and who keeps them all.
fn targets(compared: &Compared) -> String {
    let mut table = TextTable::new(
        [
            (Align::Left, "Queue"),
            (Align::Left, "Variant"),
            (Align::Left, "Target"),
            (Align::Right, "Value"),
            (Align::Left, "Verdict"),
        ]
        .map(|(align, head)| (align, head.to_owned())),
    );
    for target in &compared.targets {
        let mut queue = shortened(&target.queue, NAME_WIDTH);
        for index in order(compared) {
            let Some(judged) = &target.variants[index] else { continue };
            let value = judged.value.map(|value| written(target.figure.unit(), value));
            table.row([
                std::mem::take(&mut queue),
                shortened(&compared.names[index], NAME_WIDTH),
                target_words(&judged.target),
                value.unwrap_or_else(|| ABSENT.to_owned()),
                judged.verdict().map_or(ABSENT, figures::Verdict::name).to_owned(),
            ]);
        }
    }
    table.line();
    format!("Targets\n{}\n{}\n", table.text(), standings(compared))
}

/// `Keeps every target: two_more. Misses some: as_written, patient.`
pub(super) fn standings(compared: &Compared) -> String {
    let of = |wanted: figures::Verdict| {
        let those = order(compared).filter(|index| compared.standing(*index) == Some(wanted));
        those.map(|index| compared.names[index].as_str()).collect::<Vec<_>>().join(", ")
    };
    let told = [
        ("Keeps every target", of(figures::Verdict::Kept)),
        ("Misses none, but not all are decided", of(figures::Verdict::Undecided)),
        ("Misses some", of(figures::Verdict::Missed)),
    ];
    let told = told.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(words, names)| format!("{words}: {names}.")).collect::<Vec<_>>().join("\n")
}

/// The baseline first, the others as they were given.
pub(super) fn order(compared: &Compared) -> impl Iterator<Item = usize> + '_ {
    let others = (0..compared.names.len()).filter(|index| *index != compared.baseline);
    std::iter::once(compared.baseline).chain(others)
}

/// `+1.2 points ± 0.1`, `−3.4 s ± 0.2`; differences of shares are points of a percent.
pub(super) fn signed(unit: Unit, difference: Estimate) -> String {
    if difference.value == 0.0 && difference.half_width.is_none_or(|half_width| half_width == 0.0) {
        return "0".to_owned();
    }
    let text = written(unit, difference);
    let text = if unit == Unit::Share { text.replacen(" %", " points", 1) } else { text };
    let plus = text.starts_with(|c: char| c.is_ascii_digit()) && text.split(' ').next() != Some("0");
    if plus { format!("+{text}") } else { text }
}

/// The smallest difference that matters, as a difference is written.
fn size(unit: Unit, delta: f64) -> String {
    match unit {
        Unit::Share => plain(unit, delta).replacen(" %", " points", 1),
        unit => plain(unit, delta),
    }
}

/// `× 12`: what independent runs would need.
fn saving(beside: &Beside) -> String {
    match beside.saving {
        Some(saving) if saving.is_finite() && saving < 9.95 => format!("× {}", grouped(saving, 1)),
        Some(saving) if saving.is_finite() => format!("× {}", grouped(saving, 0)),
        _ => ABSENT.to_owned(),
    }
}

pub(super) fn sentence(compared: &Compared, contest: &ContestResult) -> String {
    let name = |index: &usize| compared.names[*index].as_str();
    let unit = compared.figures.iter().find(|figure| figure.path == contest.figure);
    let delta =
        unit.map_or_else(|| contest.delta.to_string(), |unit| size(unit.figure.unit(), contest.delta));
    let shares: Vec<String> = order(compared)
        .map(|index| format!("{} {}", compared.names[index], grouped(contest.replications[index] as f64, 0)))
        .collect();
    let verdict = match &contest.best {
        Some(best) => format!(
            "Best by {}: {}. Where the best leads by {delta} or more, this finds it with probability {} or more.",
            contest.figure,
            name(best),
            percent(compared.confidence),
        ),
        None => format!(
            "Best by {}: undecided between {}. It may take {} replications of each; allow more with \
             `--max-replications`, or let smaller differences matter less with `--delta`.",
            contest.figure,
            contest.left.iter().map(name).collect::<Vec<_>>().join(", "),
            grouped(contest.at_most as f64, 0),
        ),
    };
    format!("{verdict}\nReplications (Kim & Nelson 2001): {}.\n", shares.join(", "))
}

/// How a budget of replications was spent, and which is the best by what they tell.
pub(super) fn spent(compared: &Compared, budget: &BudgetResult) -> String {
    let shares: Vec<String> = order(compared)
        .map(|index| format!("{} {}", compared.names[index], grouped(budget.replications[index] as f64, 0)))
        .collect();
    format!(
        "Best by {}: {}, with probability {} or more (normal means, each pair by itself).\n\
         {} replications were spent where they tell most (OCBA, Chen et al. 2000): {}.\n",
        budget.figure,
        compared.names[budget.best],
        plain(Unit::Share, budget.probability),
        grouped(budget.replications.iter().sum::<u64>() as f64, 0),
        shares.join(", ")
    )
}

fn legend(compared: &Compared) -> String {
    let mut text = String::new();
    if compared.replications > 1 {
        let together =
            if compared.together { "; of differences, all of a figure together" } else { ", each by itself" };
        text.push_str(&format!(
            "± half-width of the {} confidence interval{together}. unclear: it holds zero.\n\
             Independent runs: how many times as many replications would be needed without common customers.\n",
            percent(compared.confidence)
        ));
    }
    let plural = if compared.replications == 1 { "" } else { "s" };
    text.push_str(&format!(
        "{} replication{plural} of each on the same customers, seed {}.",
        grouped(compared.replications as f64, 0),
        compared.seed
    ));
    if compared.replications < compared.asked {
        text.push_str(&format!(" Interrupted: {} were asked for.", compared.asked));
    }
    for note in &compared.notes {
        text.push_str("\nNote: ");
        text.push_str(note);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(value: f64, half_width: f64) -> Estimate {
        Estimate { value, half_width: Some(half_width) }
    }

    #[test]
    fn differences_have_signs_and_shares_differ_by_points() {
        assert_eq!(signed(Unit::Share, difference(0.012, 0.001)), "+1.2 points ± 0.1");
        assert_eq!(signed(Unit::Share, difference(-0.012, 0.001)), "−1.2 points ± 0.1");
        assert_eq!(signed(Unit::Seconds, difference(3.42, 0.2)), "+3.4 s ± 0.2");
        assert_eq!(signed(Unit::Count, difference(0.0, 0.0)), "0");
        assert_eq!(signed(Unit::Money, difference(0.2, 3.0)), "0 ± 3");
        assert_eq!(size(Unit::Share, 0.005), "0.5 points");
        assert_eq!(size(Unit::Seconds, 5.0), "5.00 s");
    }
}
