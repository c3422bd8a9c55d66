//! When a target is missed worst, and how many agents are short then.

use crate::figures::{Better, Figure, Figures, Results, Row, ScopeResult, TargetResult};
use crate::model::ChannelKind;
use crate::units::{Span, TimeOfDay, Weekday};

use super::claim::{About, Claim};

/// Where many days or rows are looked at, one that is all right must not stand out by chance: an interval
/// of 95 % becomes one of 99.7 %.
pub(super) const OF_MANY: f64 = 1.5;

/// Neighbouring rows of one day that are about as bad as the worst one.
pub(super) struct WorstTime {
    start: Span,
    end: Span,
    label: String,
    /// The agents that are short for sure, on average over these rows.
    agents_short: Option<f64>,
}

impl WorstTime {
    /// Of all rows, or of those of the day that starts then.
    pub(super) fn of(scope: &ScopeResult, target: &TargetResult, day: Option<Span>) -> Option<WorstTime> {
        let of_day =
            |row: &&Row| day.is_none_or(|day| row.start >= day && row.start.saturating_sub(day) < Span::DAY);
        let rows: Vec<&Row> = scope.rows.iter().filter(of_day).collect();
        // The formula knows agents who have one customer at a time, on the line.
        let by_voice = scope.travels.is_none_or(|kind| kind == ChannelKind::Voice);
        let short = |row: &Row| agents_short(row, target).filter(|_| by_voice);
        let by_agents = rows.iter().any(|row| short(row).is_some_and(|agents| agents >= 0.5));
        let badness = |row: &Row| {
            if by_agents { short(row).unwrap_or(0.0) } else { let_down(&row.figures, target) }
        };
        let (worst, peak) = rows
            .iter()
            .enumerate()
            .map(|(i, row)| (i, badness(row)))
            // The earliest of equals: `max_by` would take the latest.
            .rev()
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        if peak <= 0.0 {
            return None;
        }
        let day = |row: &Row| row.start.micros() / Span::DAY.micros();
        let alike = |row: &&&Row| day(row) == day(rows[worst]) && badness(row) >= 0.75 * peak;
        let first = worst - rows[..worst].iter().rev().take_while(|row| alike(row)).count();
        let last = worst + rows[worst + 1..].iter().take_while(|row| alike(row)).count();
        let rows = &rows[first..=last];
        let mean = rows.iter().filter_map(|row| short(row)).sum::<f64>() / rows.len() as f64;
        Some(WorstTime {
            start: rows[0].start,
            end: rows[rows.len() - 1].start + rows[rows.len() - 1].length,
            label: rows[0].label.clone(),
            agents_short: by_agents.then_some(mean.round().max(1.0)),
        })
    }

    /// The end of a sentence: `; most agents short Monday 10:00 to 12:00, about 4`.
    pub(super) fn told(&self, results: &Results) -> String {
        let when = self.when(results);
        match self.agents_short {
            Some(agents) => format!("; most agents short {when}, about {agents}"),
            None => format!("; most customers let down {when}"),
        }
    }

    /// The same as a claim.
    pub(super) fn claim(&self, about: About) -> Claim {
        match self.agents_short {
            Some(agents) => Claim::AgentsShort(about, self.start, self.end, agents),
            None => Claim::LetDown(about, self.start, self.end),
        }
    }

    /// `Monday 10:00 to 12:00`; with the date where weekdays come again, and as elapsed time where
    /// there are no days.
    fn when(&self, results: &Results) -> String {
        let Some(weekday) = weekday(results, self.start) else {
            return format!("from {} to {} after the start", self.start, self.end);
        };
        if self.end.saturating_sub(self.start) >= Span::DAY {
            return self.label.clone();
        }
        let midnight = Span::DAY * (self.start.micros() / Span::DAY.micros());
        let clock =
            |span: Span| TimeOfDay::from_seconds((span.saturating_sub(midnight).micros() / 1_000_000) as u32);
        format!("{weekday} {} to {}", clock(self.start), clock(self.end))
    }
}

/// `Monday`, or `Monday 2026-03-09` where weekdays come again; `None` where there are no days.
pub(super) fn weekday(results: &Results, start: Span) -> Option<String> {
    let day = (start.micros() / Span::DAY.micros()) as i64;
    if results.folded {
        return Some(Weekday::ALL[day.rem_euclid(7) as usize].name().to_owned());
    }
    let date = results.calendar.date(day)?;
    let weekday = results.calendar.weekday(day).name();
    let again = results.length > Span::DAY * 7;
    Some(if again { format!("{weekday} {date}") } else { weekday.to_owned() })
}

/// The agents that are short of this target in a row: the near end of the interval, as the row with
/// the largest estimate of many is one whose chance was bad.
fn agents_short(row: &Row, target: &TargetResult) -> Option<f64> {
    // A late solution has other reasons than a lack of agents.
    let estimate = row.figures.get(target.figure.shortage()?)?;
    Some((estimate.value - OF_MANY * estimate.half_width.unwrap_or(0.0)).max(0.0))
}

/// Customers of a row who did not get what the target targets, past those that it allows, for sure.
fn let_down(figures: &Figures, target: &TargetResult) -> f64 {
    let Some(estimate) = figures.get(target.figure) else { return 0.0 };
    let Some(half_width) = estimate.half_width else { return 0.0 };
    let gap = match target.figure.better() {
        Better::Lower => estimate.value - target.share,
        _ => target.share - estimate.value,
    };
    (gap - OF_MANY * half_width).max(0.0) * figures.value(Figure::Offered).unwrap_or(1.0)
}
