//! The one sentence that says what matters.

use crate::figures::{Better, Estimate, Figure, Figures, Results, Row, ScopeResult, TargetResult, Verdict};
use crate::model::ChannelKind;

use super::claim::{About, Claim, Headline};
use super::shown::shown;
use super::wording::{amount, percent, plain, target_words, time_written};
use super::worst_time::{OF_MANY, WorstTime};

/// One sentence (without its full stop): the target that is missed worst, for sure and not by chance,
/// on how many days, and when most agents are missing; or what is not decided yet; or that all targets
/// are kept; or, where there is no target, how things are.
///
/// "billing: 67.7 % answered in 20 s, below its target of 80 %, on 5 of 6 days; most agents short Monday
/// 10:00 to 12:00, about 4"
#[must_use]
pub fn sentence(results: &Results) -> String {
    headline(&shown(results)).text
}

/// The [`sentence`] and what it claims.
#[must_use]
pub fn headline(results: &Results) -> Headline {
    let goals: Vec<Goal<'_>> = results
        .queues
        .iter()
        .chain(&results.channels)
        .chain(std::iter::once(&results.total))
        .flat_map(|scope| scope.targets.iter().filter_map(move |target| Goal::of(scope, target)))
        .collect();
    let mut missed: Vec<&Goal<'_>> = goals.iter().filter(|goal| goal.damage() > 0.0).collect();
    // Stable: equals stay in the order of the file.
    missed.sort_by(|a, b| b.damage().total_cmp(&a.damage()));
    let mut claims = Vec::new();
    let mut text = match missed.as_slice() {
        [] if goals.is_empty() => no_target(results),
        [] => match closest(goals.iter().filter(|goal| goal.verdict == Verdict::Undecided)) {
            Some(open) => {
                claims.extend(goals.iter().map(Goal::stands));
                not_decided(results, open, &goals)
            }
            None => {
                claims.extend(goals.iter().map(Goal::stands));
                good_news(&goals)
            }
        },
        [worst, others @ ..] => bad_news(results, worst, others, &goals, &mut claims),
    };
    if let Some(busy) = lost_calls(results, goals.is_empty()) {
        let share = plain(Figure::BusySignals.unit(), busy);
        text.push_str(&format!("; {share} of all attempts hear the busy signal"));
        claims.push(Claim::BusySignals(busy));
    }
    Headline { text, claims }
}

/// A target and how it stands.
struct Goal<'a> {
    scope: &'a ScopeResult,
    target: &'a TargetResult,
    estimate: Estimate,
    verdict: Verdict,
}

impl<'a> Goal<'a> {
    fn of(scope: &'a ScopeResult, target: &'a TargetResult) -> Option<Goal<'a>> {
        let estimate = scope.figures.get(target.figure)?;
        Some(Goal { scope, target, estimate, verdict: target.verdict(&scope.figures)? })
    }

    fn about(&self) -> About {
        About::new(self.scope, self.target)
    }

    /// The claim of its verdict.
    fn stands(&self) -> Claim {
        Claim::Stands(self.about(), self.verdict)
    }

    /// The claims of days that miss it for sure.
    fn missed_on(&self, days: &[&Row]) -> Vec<Claim> {
        days.iter().map(|day| Claim::MissedOnDay(self.about(), day.label.clone())).collect()
    }

    /// The share of contacts that is let down for sure past what the target allows, where the interval
    /// is so many times as `wide`. 0 where it is not missed.
    fn proven_excess(&self, figures: &Figures, wide: f64) -> f64 {
        let Some(estimate) = figures.get(self.target.figure) else { return 0.0 };
        let Some(half_width) = estimate.half_width else { return 0.0 };
        let gap = match self.target.figure.better() {
            Better::Lower => estimate.value - self.target.share,
            _ => self.target.share - estimate.value,
        };
        // A share is a ratio of counts: what is on the target is so but for rounding.
        let excess = gap - wide * half_width;
        if excess > 1e-9 { excess } else { 0.0 }
    }

    /// The excess over the whole time; that of days that miss it for sure, by their part of the
    /// contacts, where it is more.
    fn damage(&self) -> f64 {
        let offered = |figures: &Figures| figures.value(Figure::Offered).unwrap_or(0.0);
        let all = self.scope.days.iter().map(|day| offered(&day.figures)).sum::<f64>().max(1e-9);
        let of_day = |day: &Row| self.proven_excess(&day.figures, OF_MANY) * offered(&day.figures) / all;
        self.proven_excess(&self.scope.figures, 1.0).max(self.scope.days.iter().map(of_day).sum())
    }

    /// How much of what the target allows to go wrong does, by the estimate: 1 is all of it.
    fn used(&self) -> f64 {
        match self.target.figure.better() {
            Better::Lower => self.estimate.value / self.target.share.max(1e-9),
            _ => (1.0 - self.estimate.value) / (1.0 - self.target.share).max(1e-9),
        }
    }

    /// How many days have the figure, and those that miss the target for sure.
    fn days(&self) -> (usize, Vec<&'a Row>) {
        let days = self.scope.days.iter();
        let seen = days.filter(|day| day.figures.get(self.target.figure).is_some());
        let all = seen.clone().count();
        (all, seen.filter(|day| self.proven_excess(&day.figures, OF_MANY) > 0.0).collect())
    }

    /// `67.7 % answered in 20 s`.
    fn measured(&self, figures: &Figures, with_interval: bool) -> String {
        let Some(estimate) = figures.get(self.target.figure) else { return String::new() };
        let amount = amount(self.target.figure.unit(), estimate);
        let within = self.target.within.as_deref().map(time_written);
        let value = amount.said();
        let half_width = amount.half_width.filter(|_| with_interval);
        let half_width = half_width.map(|half| format!(" ± {half}")).unwrap_or_default();
        let done = match (self.target.figure, within) {
            (Figure::Abandonment, _) => "abandon".to_owned(),
            (Figure::ResolvedInTime, Some(within)) => format!("solved in {within}"),
            (_, Some(within)) if self.target.response => {
                let clock = if self.target.open_hours { " of opening hours" } else { "" };
                format!("responded to in {within}{clock}")
            }
            (_, Some(within)) => format!("answered in {within}"),
            (figure, None) => figure.label().to_lowercase(),
        };
        format!("{value}{half_width} {done}")
    }

    /// `above its target of at most 4 %`.
    fn side(&self) -> String {
        match self.target.figure.better() {
            Better::Lower => format!("above its target of at most {}", percent(self.target.share)),
            _ => format!("below its target of {}", percent(self.target.share)),
        }
    }
}

/// The one that uses most of its room.
fn closest<'a, 'b: 'a>(goals: impl Iterator<Item = &'a Goal<'b>>) -> Option<&'a Goal<'b>> {
    // The first of equals: `max_by` would take the last.
    goals.collect::<Vec<_>>().into_iter().rev().max_by(|a, b| a.used().total_cmp(&b.used()))
}

fn bad_news(
    results: &Results,
    worst: &Goal<'_>,
    others: &[&Goal<'_>],
    goals: &[Goal<'_>],
    claims: &mut Vec<Claim>,
) -> String {
    let (days, missed) = worst.days();
    let excess = |day: &&&Row| worst.proven_excess(&day.figures, OF_MANY);
    let worst_day = missed.iter().rev().max_by(|a, b| excess(a).total_cmp(&excess(b)));
    let name = &worst.scope.name;
    claims.push(worst.stands());
    let mut text = match worst_day {
        Some(day) if worst.verdict != Verdict::Missed => format!(
            "{name}: {} on {}, {}; over the whole time it is {} ({})",
            worst.measured(&day.figures, false),
            day_name(results, day),
            worst.side(),
            worst.verdict.name(),
            plain(worst.target.figure.unit(), worst.estimate.value)
        ),
        _ => format!("{name}: {}, {}", worst.measured(&worst.scope.figures, false), worst.side()),
    };
    if let Some(day) = worst_day.filter(|_| worst.verdict != Verdict::Missed) {
        claims.extend(worst.missed_on(&[*day]));
    }
    if days > 1 && worst.verdict == Verdict::Missed && !missed.is_empty() {
        claims.extend(worst.missed_on(&missed));
        text.push_str(&match missed.as_slice() {
            [day] => format!(", on {}", day_name(results, day)),
            days_missed if days_missed.len() == days => ", on every day".to_owned(),
            days_missed => format!(", on {} of {days} days", days_missed.len()),
        });
    }
    let only_day = worst_day.filter(|_| worst.verdict != Verdict::Missed && !results.folded);
    if let Some(time) = WorstTime::of(worst.scope, worst.target, only_day.map(|day| day.start)) {
        text.push_str(&time.told(results));
        claims.push(time.claim(worst.about()));
    }
    let mut told = vec![name.as_str()];
    let mut also = |of: fn(&Goal<'_>) -> bool, one: &str, several: &str| {
        let mut names: Vec<&str> = Vec::new();
        for other in others.iter().filter(|other| of(other)) {
            if !told.contains(&other.scope.name.as_str()) {
                names.push(&other.scope.name);
                told.push(&other.scope.name);
            }
        }
        match names.as_slice() {
            [] => String::new(),
            [name] => format!("; {name} {one}"),
            [many @ .., last] if many.len() < 4 => format!("; {} and {last} {several}", many.join(", ")),
            many => format!("; {} more queues {several}", many.len()),
        }
    };
    for other in others {
        let days = other.days().1;
        let of_days = if other.verdict == Verdict::Missed { Vec::new() } else { other.missed_on(&days) };
        claims.push(other.stands());
        claims.extend(of_days);
    }
    text += &also(|goal| goal.verdict == Verdict::Missed, "misses its target too", "miss their targets too");
    text += &also(|_| true, "misses its target on some days", "miss their targets on some days");
    let open = || goals.iter().filter(|goal| goal.verdict == Verdict::Undecided && goal.damage() == 0.0);
    claims.extend(open().map(Goal::stands));
    let open = open().count();
    match open {
        0 => {}
        1 => text.push_str("; 1 more target is not decided"),
        _ => text.push_str(&format!("; {open} more targets are not decided")),
    }
    text
}

/// `Monday`; with the date where weekdays come again.
fn day_name(results: &Results, day: &Row) -> String {
    super::worst_time::weekday(results, day.start).unwrap_or_else(|| day.label.clone())
}

fn replications(results: &Results) -> String {
    let plural = if results.replications == 1 { "" } else { "s" };
    format!("{} replication{plural}", results.replications)
}

fn not_decided(results: &Results, open: &Goal<'_>, goals: &[Goal<'_>]) -> String {
    let undecided = goals.iter().filter(|goal| goal.verdict == Verdict::Undecided).count();
    let told = format!(
        "{}, target {}",
        open.measured(&open.scope.figures, true),
        match open.target.figure.better() {
            Better::Lower => format!("at most {}", percent(open.target.share)),
            _ => percent(open.target.share),
        }
    );
    let name = &open.scope.name;
    let after = replications(results);
    if results.replications == 1 {
        return format!("{name}: {told}; one replication decides nothing");
    }
    match (goals.len(), undecided) {
        (1, _) => format!("{name}: {told}; not decided by {after}"),
        (all, 1) => {
            let rest = if all == 2 {
                "the other target is".to_owned()
            } else {
                format!("the other {} targets are", all - 1)
            };
            format!("{name}: {told}; not decided by {after}; {rest} kept")
        }
        (all, _) if all == undecided => {
            format!("{name}: {told}; none of the {all} targets is decided by {after}")
        }
        (all, _) => format!(
            "{name}: {told}; {undecided} of {all} targets are not decided by {after}, the others are kept"
        ),
    }
}

fn good_news(goals: &[Goal<'_>]) -> String {
    let Some(tight) = closest(goals.iter()) else { return String::new() };
    let name = &tight.scope.name;
    if goals.len() == 1 {
        let value = plain(tight.target.figure.unit(), tight.estimate.value);
        return format!("{name} keeps its target of {} ({value})", target_words(tight.target));
    }
    let all =
        if goals.len() == 2 { "both targets".to_owned() } else { format!("all {} targets", goals.len()) };
    let most = if tight.target.figure.better() == Better::Lower { "at most " } else { "" };
    format!(
        "{all} are kept; tightest: {name}, {} (target {most}{})",
        tight.measured(&tight.scope.figures, false),
        percent(tight.target.share)
    )
}

/// From this share of attempts on, lost calls belong into the sentence.
const MANY_BUSY_SIGNALS: f64 = 0.01;

/// Busy signals, where there are many, or where nothing else tells that customers are lost.
fn lost_calls(results: &Results, alone: bool) -> Option<f64> {
    let busy = results.total.figures.value(Figure::BusySignals)?;
    (busy >= MANY_BUSY_SIGNALS || (alone && busy > 0.0)).then_some(busy)
}

fn no_target(results: &Results) -> String {
    let figures = &results.total.figures;
    let mut parts = Vec::new();
    let responds = |scope: &ScopeResult| scope.travels.is_some_and(ChannelKind::counts_responses);
    if results.channels.iter().any(responds) {
        // Minutes on the line and days for an e-mail have no common mean.
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
        [one] => format!("{one}; there is no target"),
        [many @ .., last] => format!("{} and {last}; there is no target", many.join(", ")),
    }
}
