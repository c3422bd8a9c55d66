//! How likely a day misses its targets, by weekday.

use crate::figures::{Results, TargetResult};
use crate::units::Weekday;

use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, shortened, target_words, wrapped};

/// A queue's target.
pub(super) struct MissedLine {
    pub(super) queue: String,
    pub(super) target: String,
    /// On all days, and by weekday.
    pub(super) shares: Vec<String>,
}

/// The share of days that miss each target.
pub(super) struct MissedDays {
    /// `All days`, `Mon`, ...
    pub(super) heads: Vec<&'static str>,
    pub(super) lines: Vec<MissedLine>,
}

/// Of targets that count by the day, where more than one weekday is played.
pub(super) fn missed_days(results: &Results) -> Option<MissedDays> {
    let targets = || {
        let of = |queue: &'_ crate::figures::ScopeResult| queue.targets.clone();
        results.queues.iter().flat_map(move |queue| of(queue).into_iter().map(|target| (&queue.name, target)))
    };
    let counted = || targets().filter(|(_, target)| !target.missed_by_weekday.is_empty());
    let comes = |day: Weekday| {
        counted().any(|(_, target)| target.missed_by_weekday.iter().any(|(known, _)| *known == day))
    };
    let days: Vec<Weekday> = Weekday::ALL.into_iter().filter(|day| comes(*day)).collect();
    if days.len() < 2 {
        return None;
    }
    let line = |(queue, target): (&String, TargetResult)| {
        let on = |day: &Weekday| {
            let known = target.missed_by_weekday.iter().find(|(known, _)| known == day);
            known.map_or_else(|| ABSENT.to_owned(), |(_, missed)| share(*missed))
        };
        let all = target.days_met.map_or_else(|| ABSENT.to_owned(), |met| share(1.0 - met));
        MissedLine {
            queue: queue.clone(),
            target: target_words(&target),
            shares: std::iter::once(all).chain(days.iter().map(on)).collect(),
        }
    };
    let heads = std::iter::once("All days").chain(days.iter().map(|day| &day.name()[..3])).collect();
    Some(MissedDays { heads, lines: counted().map(line).collect() })
}

fn share(missed: f64) -> String {
    format!("{} %", grouped(missed * 100.0, 0))
}

impl MissedDays {
    /// As a terminal of this width shows it: names are cut before a digit is.
    pub(super) fn text(&self, width: usize) -> String {
        let mut name_width = 24;
        loop {
            let heads = self.heads.iter().map(|head| (Align::Right, (*head).to_owned()));
            let first = (Align::Left, "Days that miss\ntheir target".to_owned());
            let mut table = TextTable::new(std::iter::once(first).chain(heads));
            for line in &self.lines {
                let target = wrapped(&line.target, name_width).join("\n  ");
                let name = format!("{}\n  {target}", shortened(&line.queue, name_width));
                table.row(std::iter::once(name).chain(line.shares.iter().cloned()));
            }
            table.line();
            let text = table.text() + "\n";
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            if widest <= width || name_width <= 8 {
                return text;
            }
            name_width -= 4;
        }
    }
}
