//! A league of routing rules: one table for the terminal, for a paper and for programs, and who is on the frontier of
//! waiting against resolution.

use crate::experiment::{Beside, Compared, ComparedFigure, Verdict};
use crate::figures::{Better, Estimate, Figure, Unit};

use super::comparison::{sentence, signed, spent};
use super::csv_files::{Csv, number, texts};
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, wrapped, written};

/// A comparison of policies, in the order of its table.
#[derive(Debug)]
pub struct League {
    compared: Compared,
    /// The figure that orders it.
    by: usize,
    /// Best first.
    order: Vec<usize>,
}

/// A policy by its mean wait and its resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) policy: usize,
    pub(super) wait: f64,
    pub(super) resolution: f64,
}

impl League {
    /// Ordered by the first figure of which one way is better.
    #[must_use]
    pub fn new(compared: Compared) -> League {
        let by = compared.figures.iter().position(|figure| figure.figure.better() != Better::Neither);
        let by = by.unwrap_or(0);
        let mut order: Vec<usize> = (0..compared.names.len()).collect();
        if let Some(figure) = compared.figures.get(by) {
            let sign = if figure.figure.better() == Better::Higher { -1.0 } else { 1.0 };
            let place = |index: &usize| {
                figure.variants[*index].value.map_or(f64::INFINITY, |value| sign * value.value)
            };
            order.sort_by(|a, b| place(a).total_cmp(&place(b)));
        }
        League { compared, by, order }
    }

    /// What was found.
    #[must_use]
    pub fn compared(&self) -> &Compared {
        &self.compared
    }

    pub(super) fn name(&self, policy: usize) -> &str {
        &self.compared.names[policy]
    }

    pub(super) fn baseline(&self) -> usize {
        self.compared.baseline
    }

    fn figure(&self, figure: Figure) -> Option<&ComparedFigure> {
        self.compared.figures.iter().find(|compared| compared.figure == figure)
    }

    /// What tells how much they solve: the resolution, or where it is the same for all the first contact resolution.
    fn solving(&self) -> Option<&ComparedFigure> {
        let both = [Figure::Resolution, Figure::Fcr].map(|figure| self.figure(figure));
        let differs = |figure: &&ComparedFigure| {
            let mut values = figure.variants.iter().map(|beside| beside.value.map(|value| value.value));
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        both.into_iter().flatten().find(differs)
    }

    /// What the frontier's upright axis is about.
    pub(super) fn solving_label(&self) -> &'static str {
        self.solving().map_or("", |figure| figure.figure.label())
    }

    /// A policy's name without what is the same for all of them.
    fn short_name(&self, policy: usize) -> &str {
        let parts = |name: &'_ str| name.split_once(" + ").map(|(a, b)| (a.to_owned(), b.to_owned()));
        let all: Vec<(String, String)> = self.compared.names.iter().filter_map(|name| parts(name)).collect();
        let name = self.name(policy);
        match (name.split_once(" + "), all.first()) {
            (Some((agents, _)), Some(first)) if all.iter().all(|parts| parts.1 == first.1) => agents,
            (Some((_, contacts)), Some(first)) if all.iter().all(|parts| parts.0 == first.0) => contacts,
            _ => name,
        }
    }

    /// Where policies stand, as far as both figures are there.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let Some(wait) = self.figure(Figure::Wait) else { return Vec::new() };
        let Some(resolution) = self.solving() else { return Vec::new() };
        let value = |figure: &ComparedFigure, policy: usize| figure.variants[policy].value.map(|v| v.value);
        let spot = |policy: &usize| {
            let (wait, resolution) = (value(wait, *policy)?, value(resolution, *policy)?);
            Some(Spot { policy: *policy, wait, resolution })
        };
        self.order.iter().filter_map(spot).collect()
    }

    /// Those whom none beats in both, by wait.
    pub(super) fn frontier(&self) -> Vec<Spot> {
        frontier(self.spots())
    }

    /// The table for a terminal, and what stands below it.
    #[must_use]
    pub fn render(&self) -> String {
        let frontier = self.frontier();
        let mut heads = vec![(Align::Left, "Policy".to_owned())];
        for (index, figure) in self.compared.figures.iter().enumerate() {
            heads.push((Align::Right, short(figure.figure)));
            if index == self.by {
                heads.push((Align::Right, "Difference".to_owned()));
                heads.push((Align::Right, "Best".to_owned()));
            }
        }
        let mut table = TextTable::new(heads);
        for &policy in &self.order {
            let mark = match (frontier.iter().any(|spot| spot.policy == policy), policy == self.baseline()) {
                (true, true) => " * (the file)",
                (true, false) => " *",
                (false, true) => " (the file)",
                (false, false) => "",
            };
            let mut cells = vec![format!("{}{mark}", self.short_name(policy))];
            for (index, figure) in self.compared.figures.iter().enumerate() {
                let beside = &figure.variants[policy];
                let unit = figure.figure.unit();
                cells.push(value_alone(unit, beside));
                if index == self.by {
                    let difference = beside.difference.map(|difference| signed(unit, difference));
                    cells.push(difference.unwrap_or_default());
                    cells.push(beside.best.map_or_else(|| ABSENT.to_owned(), probability));
                }
            }
            table.row(cells);
        }
        table.line();
        let compared = &self.compared;
        let mut notes = vec![
            format!(
                "{} replications of each on the same customers, seed {}. ± half-width of the {} confidence intervals, which \
                 hold for all {} differences from the file's own rules together (Bonferroni; Dunn 1961).",
                grouped(compared.replications as f64, 0),
                compared.seed,
                percent(compared.confidence),
                compared.names.len() - 1,
            ),
            format!(
                "Best: how probable it is that the policy is the best of all by {} (replications resampled: Efron 1979).",
                compared.figures.get(self.by).map_or("", |figure| figure.path.as_str()),
            ),
        ];
        if !frontier.is_empty() {
            notes.push("* on the frontier: no policy waits less and solves more.".to_owned());
        }
        let own = self.name(self.baseline());
        if self.short_name(self.baseline()) != own {
            notes.push(format!("(the file): {own}."));
        }
        notes.extend(compared.contest.iter().map(|contest| sentence(compared, contest)));
        notes.extend(compared.budget.iter().map(|budget| spent(compared, budget)));
        notes.extend(compared.notes.iter().map(|note| format!("Note: {note}")));
        let mut text = format!("{}\n\n", table.text());
        for line in notes.iter().flat_map(|note| note.lines()).flat_map(|note| wrapped(note, WIDTH)) {
            text.push_str(&format!("{}\n", line.trim_end()));
        }
        text
    }

    /// `league.csv`: a row a policy and figure.
    pub(super) fn csv(&self) -> Vec<u8> {
        let frontier = self.frontier();
        let mut sheet = Csv::new(texts([
            "rank",
            "agents",
            "contacts",
            "figure",
            "value",
            "value_half_width",
            "difference",
            "difference_half_width",
            "verdict",
            "probability_best",
            "on_frontier",
        ]));
        for (rank, &policy) in self.order.iter().enumerate() {
            let name = self.name(policy);
            let (agents, contacts) = name.split_once(" + ").unwrap_or((name, ""));
            for figure in &self.compared.figures {
                let beside = &figure.variants[policy];
                let half_width = |estimate: Option<Estimate>| estimate.and_then(|value| value.half_width);
                let verdict = match policy == self.baseline() {
                    true => "baseline",
                    false => figure.verdict(policy).map_or("", super::comparison::verdict_name),
                };
                sheet.row([
                    (rank + 1).to_string(),
                    agents.to_owned(),
                    contacts.to_owned(),
                    figure.path.clone(),
                    number(beside.value.map(|value| value.value)),
                    number(half_width(beside.value)),
                    number(beside.difference.map(|value| value.value)),
                    number(half_width(beside.difference)),
                    verdict.to_owned(),
                    number(beside.best),
                    frontier.iter().any(|spot| spot.policy == policy).to_string(),
                ]);
            }
        }
        sheet.bytes()
    }

    /// The heads and the rows of a table for a paper.
    fn paper(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut heads = vec!["Agents".to_owned(), "Contacts".to_owned()];
        heads.extend(self.compared.figures.iter().map(|figure| figure.figure.label().to_owned()));
        heads.push("P(best)".to_owned());
        let row = |&policy: &usize| {
            let name = self.name(policy);
            let (agents, contacts) = name.split_once(" + ").unwrap_or((name, ""));
            let mut cells = vec![agents.to_owned(), contacts.to_owned()];
            for figure in &self.compared.figures {
                let beside = &figure.variants[policy];
                let mark = match figure.verdict(policy) {
                    Some(Verdict::Better | Verdict::Higher) => " +",
                    Some(Verdict::Worse | Verdict::Lower) => " -",
                    _ => "",
                };
                let value = beside.value.map(|value| written(figure.figure.unit(), value));
                cells.push(format!("{}{mark}", value.unwrap_or_else(|| ABSENT.to_owned())));
            }
            let best = self.compared.figures.get(self.by).and_then(|figure| figure.variants[policy].best);
            cells.push(best.map_or_else(|| ABSENT.to_owned(), probability));
            cells
        };
        (heads, self.order.iter().map(row).collect())
    }

    /// What a paper says below the table.
    fn caption(&self) -> String {
        let compared = &self.compared;
        format!(
            "{} replications on common customers, seed {}; values with {} half-widths. + and -: better or worse (higher or \
             lower, where neither is better) than {} by intervals that hold for all policies together (Bonferroni). P(best): \
             probability of being the best by {}, from resampled replications.",
            grouped(compared.replications as f64, 0),
            compared.seed,
            percent(compared.confidence),
            self.name(self.baseline()),
            compared.figures.get(self.by).map_or("", |figure| figure.path.as_str()),
        )
    }

    /// `league.md`.
    pub(super) fn markdown(&self) -> String {
        let (heads, rows) = self.paper();
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rules: Vec<&str> = (0..heads.len()).map(|at| if at < 2 { "---" } else { "---:" }).collect();
        let mut text = line(&heads) + &format!("|{}|\n", rules.join("|"));
        rows.iter().for_each(|row| text.push_str(&line(row)));
        format!("{text}\n{}\n", self.caption())
    }

    /// `league.tex`: a table with the rules of the package booktabs.
    pub(super) fn latex(&self) -> String {
        let (heads, rows) = self.paper();
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            format!("    {} \\\\\n", cells.join(" & "))
        };
        let mut text = format!(
            "% needs \\usepackage{{booktabs}}\n\\begin{{table}}\n  \\centering\n  \\begin{{tabular}}{{ll{}}}\n    \\toprule\n",
            "r".repeat(heads.len() - 2)
        );
        text.push_str(&line(&heads));
        text.push_str("    \\midrule\n");
        rows.iter().for_each(|row| text.push_str(&line(row)));
        text.push_str(&format!(
            "    \\bottomrule\n  \\end{{tabular}}\n  \\caption{{{}}}\n\\end{{table}}\n",
            escaped(&self.caption())
        ));
        text
    }
}

/// Those whom none beats in both, by wait.
fn frontier(mut spots: Vec<Spot>) -> Vec<Spot> {
    spots.sort_by(|a, b| a.wait.total_cmp(&b.wait).then(b.resolution.total_cmp(&a.resolution)));
    let mut best: Vec<Spot> = Vec::new();
    for spot in spots {
        if best.last().is_none_or(|last| spot.resolution > last.resolution) {
            best.push(spot);
        }
    }
    best
}

/// A value without its interval, for a narrow table.
fn value_alone(unit: Unit, beside: &Beside) -> String {
    let value = beside.value.map(|value| written(unit, Estimate { half_width: None, ..value }));
    value.unwrap_or_else(|| ABSENT.to_owned())
}

/// What a column of a narrow table is called.
fn short(figure: Figure) -> String {
    match figure {
        Figure::Wait => "Wait",
        Figure::ServiceLevel => "Service\nlevel",
        Figure::Abandonment => "Aban-\ndoned",
        Figure::Resolution => "Resolved",
        Figure::Fcr => "FCR",
        Figure::Occupancy => "Occu-\npancy",
        Figure::OccupancySpread => "Spread",
        Figure::Cost => "Cost",
        other => other.label(),
    }
    .to_owned()
}

/// `84 %`, `>99.9 %`.
fn probability(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.001 => "<0.1 %".to_owned(),
        share if share < 1.0 && share > 0.999 => ">99.9 %".to_owned(),
        share => format!("{} %", grouped(share * 100.0, 1)),
    }
}

/// As LaTeX takes it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '_' | '%' | '&' | '#' | '$' | '{' | '}' => out.extend(['\\', c]),
            '±' => out.push_str("$\\pm$"),
            '−' => out.push_str("$-$"),
            '<' => out.push_str("$<$"),
            '>' => out.push_str("$>$"),
            '–' => out.push_str("--"),
            '\\' => out.push_str("\\textbackslash{}"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frontier_holds_those_whom_none_beats_in_both() {
        let spots = [(10.0, 0.8), (12.0, 0.9), (11.0, 0.8), (9.0, 0.7), (12.0, 0.85), (20.0, 0.9)];
        let spots = spots.iter().zip(0..).map(|((wait, resolution), policy)| Spot {
            policy,
            wait: *wait,
            resolution: *resolution,
        });
        let found: Vec<usize> = frontier(spots.collect()).iter().map(|spot| spot.policy).collect();
        assert_eq!(found, [3, 0, 1]);
    }

    #[test]
    fn latex_reads_what_is_written() {
        assert_eq!(escaped("c_mu 90 % ± 2"), "c\\_mu 90 \\% $\\pm$ 2");
        assert_eq!(probability(0.8414), "84.1 %");
        assert_eq!(probability(0.0004), "<0.1 %");
    }
}
