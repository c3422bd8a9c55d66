//! What to look at first on a run's page: what was said of the baseline, then targets that are missed or not decided, the worst first, each with the
//! chart that shows it.

use serde::Serialize;

use crate::figures::{
    Better, Estimate, Figure, GroupResult, Results, Row, ScopeResult, TargetResult, Verdict,
};
use crate::units::Weekday;

use super::wording::{grouped, plain, target_words, written};
use super::worst_time::OF_MANY;

/// Lines of the list.
const MOST: usize = 6;

/// From this occupancy on little room is left for a bad day.
const HIGH_OCCUPANCY: f64 = 0.9;

/// A line of the list.
#[derive(Serialize)]
pub(super) struct Look {
    name: String,
    text: String,
    /// The chart that shows it, by its name on the page.
    chart: Option<&'static str>,
    missed: bool,
}

/// The list; `drawn` are the names of the charts on the page.
pub(super) fn first_looks(results: &Results, drawn: &[&str]) -> Vec<Look> {
    let mut found: Vec<(f64, Look)> = Vec::new();
    for scope in &results.queues {
        for target in &scope.targets {
            found.extend(of_target(scope, target, drawn));
        }
    }
    for group in &results.groups {
        if let Some(most) = group.max_occupancy {
            found.extend(above_most(group, most, drawn));
            continue;
        }
        let Some(occupancy) =
            group.figures.get(Figure::Occupancy).filter(|busy| busy.value >= HIGH_OCCUPANCY)
        else {
            continue;
        };
        let said = written(Figure::Occupancy.unit(), occupancy);
        let look = Look {
            name: group.name.clone(),
            text: format!("{said} of the time on duty is work, which leaves little room for a bad day"),
            chart: known(&["occupancy"], drawn),
            missed: false,
        };
        // After every target that is not kept.
        found.push((occupancy.value - 2.0, look));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let validated = results.plan.labels.validated.iter().map(|said| Look {
        name: "Baseline".to_owned(),
        text: said.clone(),
        chart: None,
        missed: false,
    });
    validated.chain(found.into_iter().take(MOST).map(|(_, look)| look)).collect()
}

/// A group whose `max_occupancy` is passed over the whole time, or in some intervals.
fn above_most(group: &GroupResult, most: f64, drawn: &[&str]) -> Option<(f64, Look)> {
    let unit = Figure::Occupancy.unit();
    let whole = group.figures.get(Figure::Occupancy)?;
    let above = |row: &&Row| row.figures.value(Figure::Occupancy).is_some_and(|busy| busy > most);
    let scheduled = |row: &&Row| row.figures.value(Figure::Scheduled).is_some_and(|agents| agents > 1e-9);
    // After the last shift only those who stay over are left, all of them busy.
    let rows: Vec<&Row> = group.rows.iter().filter(scheduled).collect();
    let passed = rows.iter().filter(|row| above(row)).count();
    let (said, limit) = (written(unit, whole), plain(unit, most));
    let text = if whole.value > most {
        format!("{said} of the time on duty is work, where at most {limit} should be")
    } else if passed > 0 {
        let share = plain(unit, passed as f64 / rows.len() as f64);
        format!(
            "{said} of the time on duty is work; in {share} of the intervals it is more than the {limit} that it should be"
        )
    } else {
        return None;
    };
    let chart = known(&["occupancy"], drawn);
    // After every target that is not kept.
    Some((whole.value - 2.0, Look { name: group.name.clone(), text, chart, missed: false }))
}

/// The first of these charts that is there.
fn known(wanted: &[&'static str], drawn: &[&str]) -> Option<&'static str> {
    wanted.iter().copied().find(|name| drawn.contains(name))
}

/// How far a value is on the wrong side of a target, of all that it may be.
fn gap(target: &TargetResult, value: f64) -> f64 {
    match target.figure.better() {
        Better::Lower => (value - target.share) / (1.0 - target.share).max(1e-9),
        _ => (target.share - value) / target.share.max(1e-9),
    }
}

/// The weekday that misses a target most often, where another one does less often.
fn worst_weekday(target: &TargetResult) -> Option<(Weekday, f64)> {
    let days = &target.missed_by_weekday;
    let worst = days.iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
    days.iter().any(|(_, missed)| missed + 0.05 < worst.1).then_some(*worst)
}

/// How bad it is (missed ones above 1, open ones above 0), and what is said; `None` where it is kept on every day.
fn of_target(scope: &ScopeResult, target: &TargetResult, drawn: &[&str]) -> Option<(f64, Look)> {
    let estimate = scope.figures.get(target.figure)?;
    let verdict = target.verdict(&scope.figures)?;
    // Of many days one is missed by chance: for sure is told more widely.
    let missed_day = |day: &&Row| {
        let known = day.figures.get(target.figure);
        known.is_some_and(|estimate| {
            let half_width = estimate.half_width.map(|half| half * OF_MANY);
            let wide = Estimate { half_width, ..estimate };
            Verdict::of(wide, target.share, target.figure.better()) == Verdict::Missed
        })
    };
    let missed_days = scope.days.iter().filter(missed_day).count();
    let missed = verdict == Verdict::Missed;
    if verdict == Verdict::Kept && missed_days == 0 {
        return None;
    }
    let unit = target.figure.unit();
    let mut text = format!("{}: {}, {}", target_words(target), written(unit, estimate), verdict.name());
    if missed_days > 0 && !missed {
        text += " over the whole time, missed on some days";
    }
    if let Some(kept) = target.days_met {
        text += &format!("; kept on {} % of simulated days", grouped(kept * 100.0, 0));
        if let Some((day, missed)) = worst_weekday(target) {
            text += &format!(", missed on {} % of {}s", grouped(missed * 100.0, 0), day.name());
        }
    }
    let charts: &[&'static str] = match target.figure {
        Figure::ServiceLevel => &["service_level_map", "service_level"],
        Figure::Abandonment => &["abandonment"],
        _ => &["time_to_resolution"],
    };
    let by_days = missed_days as f64 / scope.days.len().max(1) as f64;
    let badness = match verdict {
        Verdict::Missed => 2.0 + gap(target, estimate.value),
        _ if missed_days > 0 => 1.0 + by_days,
        _ => 0.5 + gap(target, estimate.value).clamp(-0.4, 0.4),
    };
    let look = Look { name: scope.name.clone(), text, chart: known(charts, drawn), missed };
    Some((badness, look))
}
