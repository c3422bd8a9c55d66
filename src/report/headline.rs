//! The one sentence that says what matters.

use crate::figures::{Better, Figure, Figures, Results, Row, ScopeResult, TargetResult};
use crate::model::ChannelKind;
use crate::units::{Span, TimeOfDay, Weekday};

use super::wording::{plain, promise};

/// One sentence (without a full stop's worth of detail): the worst missed promise, on how many
/// days, when it is worst and how many agents are short then; or that all promises are kept; or,
/// where nothing was promised, how things are.
///
/// "billing misses 80 % in 20 s on 3 of 7 days; worst Monday 10:00 to 12:00, about 4 agents short"
#[must_use]
pub fn sentence(results: &Results) -> String {
    let mut missed: Vec<(&ScopeResult, &TargetResult, f64)> = promises(results)
        .filter(|(_, target)| !target.met)
        .map(|(scope, target)| (scope, target, shortfall(scope, target)))
        .collect();
    // Stable: equal shortfalls stay in the order of the file.
    missed.sort_by(|a, b| b.2.total_cmp(&a.2));
    if let Some((scope, target, _)) = missed.first() {
        return bad_news(results, scope, target, &missed[1..]);
    }
    let count = promises(results).count();
    if count == 0 { no_promise(results) } else { good_news(results, count) }
}

/// The promises of queues, channels and the total, but those that nothing was observed for.
fn promises(results: &Results) -> impl Iterator<Item = (&ScopeResult, &TargetResult)> {
    results
        .queues
        .iter()
        .chain(&results.channels)
        .chain(std::iter::once(&results.total))
        .flat_map(|scope| scope.targets.iter().map(move |target| (scope, target)))
        .filter(|(scope, target)| scope.figures.get(target.figure).is_some())
}

/// How far a promise is missed, relative to the room there was.
fn shortfall(scope: &ScopeResult, target: &TargetResult) -> f64 {
    let value = scope.figures.value(target.figure).unwrap_or(target.promised);
    match target.figure.better() {
        Better::Lower => (value - target.promised) / (1.0 - target.promised).max(1e-9),
        _ => (target.promised - value) / target.promised.max(1e-9),
    }
}

fn bad_news(
    results: &Results,
    scope: &ScopeResult,
    target: &TargetResult,
    others: &[(&ScopeResult, &TargetResult, f64)],
) -> String {
    let mut text = format!("{} misses {}", scope.name, object(target));
    match missed_days(scope, target) {
        Some((missed, of)) if of > 1 && missed > 0 => text.push_str(&format!(" on {missed} of {of} days")),
        _ => {
            if let Some(value) = scope.figures.value(target.figure) {
                text.push_str(&format!(" (it is {})", plain(target.figure.unit(), value)));
            }
        }
    }
    if let Some(worst) = Stretch::worst(scope, target) {
        text.push_str(&format!("; worst {}", worst.when(results)));
        if let Some(agents) = worst.agents_short {
            let plural = if agents == 1.0 { "" } else { "s" };
            text.push_str(&format!(", about {agents} agent{plural} short"));
        }
    }
    let mut names: Vec<&str> = Vec::new();
    for (other, _, _) in others {
        if other.name != scope.name && !names.contains(&other.name.as_str()) {
            names.push(&other.name);
        }
    }
    match names.as_slice() {
        [] => {}
        [one] => text.push_str(&format!("; {one} misses its promise too")),
        [many @ .., last] if many.len() < 4 => {
            text.push_str(&format!("; {} and {last} miss their promises too", many.join(", ")));
        }
        many => text.push_str(&format!("; {} more queues miss their promises", many.len())),
    }
    text
}

/// The promise as the object of a sentence.
fn object(target: &TargetResult) -> String {
    match target.figure {
        Figure::Abandonment => format!("its promise of {}", promise(target)),
        _ => promise(target),
    }
}

/// (days whose figure misses the promise, days that have the figure).
fn missed_days(scope: &ScopeResult, target: &TargetResult) -> Option<(usize, usize)> {
    let values: Vec<f64> = scope.days.iter().filter_map(|day| day.figures.value(target.figure)).collect();
    let missed = values.iter().filter(|value| misses(**value, target)).count();
    (!values.is_empty()).then_some((missed, values.len()))
}

fn misses(value: f64, target: &TargetResult) -> bool {
    match target.figure.better() {
        Better::Lower => value > target.promised,
        _ => value < target.promised,
    }
}

/// Neighbouring rows of one day that are about as bad as the worst one.
struct Stretch {
    start: Span,
    end: Span,
    label: String,
    agents_short: Option<f64>,
}

impl Stretch {
    fn worst(scope: &ScopeResult, target: &TargetResult) -> Option<Stretch> {
        let short = |row: &Row| row.figures.value(Figure::AgentsShort);
        // Agents are counted against the wait; a late solution has other reasons.
        let of_waiting = matches!(target.figure, Figure::ServiceLevel | Figure::Abandonment);
        let by_agents =
            of_waiting && scope.rows.iter().any(|row| short(row).is_some_and(|agents| agents >= 0.5));
        let badness = |row: &Row| {
            if by_agents { short(row).unwrap_or(0.0) } else { customers_missed(&row.figures, target) }
        };
        let (worst, peak) = scope
            .rows
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
        let alike = |row: &Row| day(row) == day(&scope.rows[worst]) && badness(row) >= 0.75 * peak;
        let first = worst - scope.rows[..worst].iter().rev().take_while(|row| alike(row)).count();
        let last = worst + scope.rows[worst + 1..].iter().take_while(|row| alike(row)).count();
        let rows = &scope.rows[first..=last];
        let mean = rows.iter().filter_map(short).sum::<f64>() / rows.len() as f64;
        Some(Stretch {
            start: rows[0].start,
            end: rows[rows.len() - 1].start + rows[rows.len() - 1].length,
            label: rows[0].label.clone(),
            agents_short: by_agents.then_some(mean.round().max(1.0)),
        })
    }

    /// `Monday 10:00 to 12:00`; with the date where weekdays come again, and as elapsed time where
    /// there are no days.
    fn when(&self, results: &Results) -> String {
        let Some(_) = results.calendar.start().or(results.folded.then_some(jiff::civil::Date::ZERO)) else {
            return format!("from {} to {} after the start", self.start, self.end);
        };
        let day = (self.start.micros() / Span::DAY.micros()) as i64;
        if self.end.saturating_sub(self.start) >= Span::DAY {
            return self.label.clone();
        }
        let clock = |span: Span| {
            let midnight = Span::DAY * day as u64;
            TimeOfDay::from_seconds((span.saturating_sub(midnight).micros() / 1_000_000) as u32)
        };
        let weekday = if results.folded {
            Weekday::ALL[day.rem_euclid(7) as usize]
        } else {
            results.calendar.weekday(day)
        };
        let date = match results.calendar.date(day) {
            Some(date) if !results.folded && results.length > Span::DAY * 7 => format!(" {date}"),
            _ => String::new(),
        };
        format!("{}{date} {} to {}", weekday.name(), clock(self.start), clock(self.end))
    }
}

/// Customers of a row who did not get what was promised, past those that the promise allows.
fn customers_missed(figures: &Figures, target: &TargetResult) -> f64 {
    let Some(value) = figures.value(target.figure) else { return 0.0 };
    let gap = match target.figure.better() {
        Better::Lower => value - target.promised,
        _ => target.promised - value,
    };
    gap.max(0.0) * figures.value(Figure::Offered).unwrap_or(1.0)
}

/// How much of what a promise allows to go wrong does: 1 is all of it.
fn used(scope: &ScopeResult, target: &TargetResult) -> f64 {
    let value = scope.figures.value(target.figure).unwrap_or(0.0);
    match target.figure.better() {
        Better::Lower => value / target.promised.max(1e-9),
        _ => (1.0 - value) / (1.0 - target.promised).max(1e-9),
    }
}

fn good_news(results: &Results, count: usize) -> String {
    let mut tight: Vec<(&ScopeResult, &TargetResult, f64)> =
        promises(results).map(|(scope, target)| (scope, target, used(scope, target))).collect();
    tight.sort_by(|a, b| b.2.total_cmp(&a.2));
    let Some((scope, target, _)) = tight.first() else { return no_promise(results) };
    let value = plain(target.figure.unit(), scope.figures.value(target.figure).unwrap_or(0.0));
    let mut text = match count {
        1 => format!("{} keeps {} ({value})", scope.name, promise(target)),
        2 => format!("both promises are kept; {} is closest to missing {}", scope.name, object(target)),
        _ => {
            format!("all {count} promises are kept; {} is closest to missing {}", scope.name, object(target))
        }
    };
    if count > 1 {
        text.push_str(&format!(" ({value})"));
    }
    match missed_days(scope, target) {
        Some((missed, of)) if of > 1 && missed > 0 => {
            let but = if count == 1 { "but misses it" } else { "and does" };
            text.push_str(&format!(", {but} on {missed} of {of} days"));
        }
        _ => {}
    }
    text
}

fn no_promise(results: &Results) -> String {
    let figures = &results.total.figures;
    let mut parts = Vec::new();
    let responds = |scope: &ScopeResult| scope.travels.is_some_and(ChannelKind::counts_responses);
    if results.channels.iter().any(responds) {
        // Minutes on the line and days for a letter have no common mean.
        parts.extend(results.channels.iter().filter_map(|channel| {
            let (figure, to) =
                if responds(channel) { (Figure::Response, "a response") } else { (Figure::Wait, "an agent") };
            let time = plain(figure.unit(), channel.figures.value(figure)?);
            Some(format!("{time} to {to} on {}", channel.name))
        }));
        if let Some(first) = parts.first_mut() {
            *first = format!("on average {first}");
        }
    } else if let Some(wait) = figures.value(Figure::Wait) {
        parts.push(format!("customers wait {} on average", plain(Figure::Wait.unit(), wait)));
    }
    if let Some(share) = figures.value(Figure::Abandonment) {
        parts.push(format!("{} abandon", plain(Figure::Abandonment.unit(), share)));
    }
    if let Some(share) = figures.value(Figure::Resolution) {
        parts.push(format!("{} of the closed cases are solved", plain(Figure::Resolution.unit(), share)));
    }
    match parts.as_slice() {
        [] => "nothing was observed: no contact arrived in the reported time".to_owned(),
        [one] => format!("{one}; nothing was promised"),
        [many @ .., last] => format!("{} and {last}; nothing was promised", many.join(", ")),
    }
}
