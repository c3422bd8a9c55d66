//! How many agents of each group can be expected on contacts in each interval.

use crate::experiment::Intervals;
use crate::model::{Group, Model, Shift};
use crate::units::Span;

/// Break times are worked out for so many agents of a shift at most; they stand for the others.
const MOST_PLACES: u32 = 200;

/// Agents by group and interval, absences, training and breaks taken off; groups by id.
pub(super) fn agents(model: &Model, intervals: Intervals) -> Vec<Vec<f64>> {
    model.groups.iter().map(|group| of_group(model, group, intervals)).collect()
}

fn of_group(model: &Model, group: &Group, intervals: Intervals) -> Vec<f64> {
    let mut heads = vec![0.0; intervals.count];
    for (number, heads) in heads.iter_mut().enumerate() {
        let (start, end) = intervals.bounds(number);
        let mut at = start;
        while at < end {
            let next = group.heads.next_step(at).unwrap_or(i64::MAX).min(end);
            *heads += f64::from(group.heads.at(at)) * (next - at) as f64 / (end - start) as f64;
            at = next;
        }
    }
    let day = Span::DAY.micros() as i64;
    let days = (intervals.count as i64 * intervals.length.micros() as i64) / day;
    for (which, shift) in group.shifts.iter().enumerate() {
        // A shift of the day before may reach into the first day, and a site's clock show another day.
        for number in -2..=days + 1 {
            let weekday = model.calendar.weekday(number).index();
            if shift.works(number, weekday) {
                let start = group.starts(which, number);
                let there = group.expected(which, number, weekday);
                add_shift(shift, (start, shift.heads[weekday]), there, intervals, &mut heads);
            }
        }
    }
    heads
}

/// Adds one day's shift, which begins at `start` with so many on its roster, of whom so many come.
fn add_shift(
    shift: &Shift,
    (start, rostered): (i64, u32),
    there: f64,
    intervals: Intervals,
    heads: &mut [f64],
) {
    let pauses: f64 = shift.breaks.iter().map(|pause| pause.length.seconds()).sum();
    let working = shift.length.seconds() - pauses;
    // Training and the like fall anywhere in the working time.
    let on_contacts = if working > 0.0 { (1.0 - shift.blocks.seconds() / working).max(0.0) } else { 0.0 };
    let mut add = |from: i64, length: Span, heads_more: f64| {
        let interval = intervals.length.micros() as i64;
        let (mut at, end) = (from, from + length.micros() as i64);
        while at < end {
            let number = at.div_euclid(interval);
            let next = ((number + 1) * interval).min(end);
            if let Some(heads) = usize::try_from(number).ok().and_then(|number| heads.get_mut(number)) {
                *heads += heads_more * (next - at) as f64 / interval as f64;
            }
            at = next;
        }
    };
    add(start, shift.length, there * on_contacts);
    let places = rostered.min(MOST_PLACES);
    for pause in &shift.breaks {
        for place in 0..places {
            let number = if places > 1 { place * (rostered - 1) / (places - 1) } else { 0 };
            let due = start + shift.due(pause, number, rostered).micros() as i64;
            add(due, pause.length, -there * on_contacts / f64::from(places));
        }
    }
}
