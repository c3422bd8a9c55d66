//! Queues on whose line customers wait while nobody qualified is on duty.

use crate::units::{Calendar, Span, Weekday};

use super::super::{Group, Hours, Queue, Staff};
use super::Checking;
use super::closed::cases;

/// A week in steps of five minutes.
const STEP_MINUTES: usize = 5;
const DAY_STEPS: usize = 24 * 60 / STEP_MINUTES;
const STEPS: usize = 7 * DAY_STEPS;

/// The same in microseconds.
const STEP: i64 = STEP_MINUTES as i64 * 60_000_000;

/// A shorter gap is a change of shifts.
const NOTICEABLE: usize = 30 / STEP_MINUTES;

/// For every step of a week, whether something is so.
type Week = Vec<bool>;

impl Checking<'_> {
    /// Customers on the line of a queue that is open while everyone who could serve it is at home.
    pub(super) fn lines_at_night(&self) {
        let horizon = &self.scenario.horizon;
        if horizon.start.is_none() {
            return;
        }
        let calendar = Calendar::new(horizon.start, Span::ZERO);
        let days = horizon.length.micros().div_ceil(Span::DAY.micros()).min(7) as i64;
        let duty: Vec<Option<Week>> = self.scenario.groups.iter().map(on_duty).collect();
        for queue in &self.scenario.queues {
            let channel = self.scenario.channels.iter().find(|channel| channel.name == queue.channel);
            let on_the_line = channel.is_some_and(|channel| channel.kind.is_live());
            // Whoever overflows does not stay.
            if on_the_line && queue.overflow.is_none() {
                self.line_at_night(queue, &duty, &calendar, days);
            }
        }
    }

    fn line_at_night(&self, queue: &Queue, duty: &[Option<Week>], calendar: &Calendar, days: i64) {
        let mut there: Week = vec![false; STEPS];
        for (group, duty) in self.scenario.groups.iter().zip(duty) {
            if !group.skills.iter().any(|skill| skill.queue == queue.name) {
                continue;
            }
            // Staff from a file is by date, not by the week, and so are shifts by another clock.
            let Some(duty) = duty else { return };
            there.iter_mut().zip(duty).for_each(|(there, duty)| *there |= duty);
        }
        let open = opening(&queue.hours);
        let both: Week = open.iter().zip(&there).map(|(open, there)| *open && *there).collect();
        // Where nobody is there at any time, that is said elsewhere.
        if !both.contains(&true) {
            return;
        }
        let played: Vec<usize> = (0..days).map(|day| calendar.weekday(day).index()).collect();
        let alone: Week = (0..STEPS)
            .map(|step| open[step] && !there[step] && played.contains(&(step / DAY_STEPS)))
            .collect();
        let gaps: Vec<(usize, usize)> =
            runs(&alone).into_iter().filter(|gap| gap.1 - gap.0 >= NOTICEABLE).collect();
        // Impatient customers do not wait for the morning; it matters where some come at night.
        let come = |gap: &(usize, usize)| {
            let weekday = gap.0 / DAY_STEPS;
            let Some(day) = played.iter().position(|played| *played == weekday) else { return false };
            let at = |step: usize| {
                day as i64 * Span::DAY.micros() as i64 + (step - weekday * DAY_STEPS) as i64 * STEP
            };
            let arrivals = queue.arrivals.as_ref();
            arrivals.is_some_and(|arrivals| cases(&arrivals.volume, calendar, at(gap.0), at(gap.1)) > 0.0)
        };
        if gaps.is_empty() || (queue.patience.is_some() && !gaps.iter().any(come)) {
            return;
        }
        // The first that begins when someone goes home.
        let first = gaps.iter().find(|gap| gap.0 > 0 && both[gap.0 - 1]).unwrap_or(&gaps[0]);
        let hours = gaps.iter().map(|gap| gap.1 - gap.0).sum::<usize>() * STEP_MINUTES;
        let told = format!(
            "nobody who serves it is on duty from {} to {}{}: {} h {}",
            clock(first.0),
            clock(first.1),
            if gaps.len() > 1 { ", and more" } else { "" },
            (hours as f64 / 6.0).round() / 10.0,
            if days < 7 { "in all" } else { "a week" }
        );
        let always = if queue.hours == Hours::Always { "is always open" } else { "is open" };
        let title =
            format!("`queues.{}` {always}, and customers wait on the line while nobody is there", queue.name);
        let help = format!(
            "close it when the agents go home: `open = {}`; what is due while it is closed then waits for \
             the opening or is turned away",
            written(&both)
        );
        self.log.warning(self.place(&["queues", &queue.name, "open"]), title, told).help(help);
    }
}

/// The steps of a week in which someone of a group is scheduled; `None` where that is by date, as by the clock of another zone.
fn on_duty(group: &Group) -> Option<Week> {
    if group.time_zone.is_some() && !group.shifts.is_empty() {
        return None;
    }
    let mut week = vec![false; STEPS];
    match &group.staff {
        Some(Staff::Series(_)) => return None,
        Some(Staff::Steps(steps)) => {
            for (step, there) in week.iter_mut().enumerate() {
                *there |= *steps.at(middle(step)) > 0;
            }
        }
        None => {}
    }
    for shift in &group.shifts {
        for day in (0..7).filter(|day| shift.agents[*day] > 0) {
            let start = day * DAY_STEPS + steps_of(shift.start.span());
            // At most a week, which is all of it.
            let end = start + steps_of(shift.length).min(STEPS);
            (start..end).for_each(|step| week[step % STEPS] = true);
        }
    }
    Some(week)
}

/// The steps of a week in which a queue is open; dates that differ are left out.
fn opening(hours: &Hours) -> Week {
    let Hours::Weekly { weekdays, .. } = hours else { return vec![true; STEPS] };
    let mut week = vec![false; STEPS];
    for (day, openings) in weekdays.iter().enumerate() {
        for (from, to) in openings {
            let (from, to) = (day * DAY_STEPS + steps_of(from.span()), day * DAY_STEPS + steps_of(to.span()));
            (from..to).for_each(|step| week[step % STEPS] = true);
        }
    }
    week
}

fn steps_of(span: Span) -> usize {
    (span.micros() as i64 / STEP) as usize
}

/// The middle of a step, in microseconds since Monday.
fn middle(step: usize) -> i64 {
    step as i64 * STEP + STEP / 2
}

/// From and to of what is so without a break.
fn runs(week: &Week) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for step in (0..week.len()).filter(|step| week[*step]) {
        match runs.last_mut() {
            Some(last) if last.1 == step => last.1 += 1,
            _ => runs.push((step, step + 1)),
        }
    }
    runs
}

/// `Monday 20:00`.
fn clock(step: usize) -> String {
    let (day, time) = (step / DAY_STEPS % 7, step % DAY_STEPS);
    format!("{} {}", Weekday::ALL[day].name(), time_of_day(time))
}

/// `20:00`.
fn time_of_day(step: usize) -> String {
    let minutes = step * STEP_MINUTES;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Hours as a scenario writes them: `"daily 08:00-20:00"`, `["mon-fri 08:00-20:00", "sat 09:00-17:00"]`.
fn written(week: &Week) -> String {
    let of_day = |day: usize| -> String {
        let steps = week[day * DAY_STEPS..(day + 1) * DAY_STEPS].to_vec();
        let times = runs(&steps);
        times.iter().map(|(from, to)| format!(" {}-{}", time_of_day(*from), time_of_day(*to))).collect()
    };
    let short = |day: usize| Weekday::ALL[day].name()[..3].to_lowercase();
    let mut rules: Vec<String> = Vec::new();
    let mut day = 0;
    while day < 7 {
        let hours = of_day(day);
        let same = (day..7).take_while(|other| of_day(*other) == hours).count();
        let days = match same {
            7 => "daily".to_owned(),
            1 => short(day),
            _ => format!("{}-{}", short(day), short(day + same - 1)),
        };
        if !hours.is_empty() {
            rules.push(format!("\"{days}{hours}\""));
        }
        day += same;
    }
    match rules.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}
