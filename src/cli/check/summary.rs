//! The one screen that `holdline check` prints when all is fine.

use std::fmt::Write as _;

use comfy_table::{Cell, CellAlignment, LineStyle, Table, presets};
use serde::Serialize;

use crate::experiment::{Intervals, Workload, instant, waits_when_closed, workload};
use crate::model::Model;
use crate::random::Distribution;
use crate::scenario::{Assumed, Hours, Queue, Scenario};
use crate::units::Steps;
use crate::units::{QueueId, Span, Weekday};

use super::agents::agents;
use super::features::features;
use super::tightness::{Tight, tightest};

/// Load and agents are worked out for so many intervals at most.
const MOST_INTERVALS: u64 = 50_000;

/// The same, times the queues.
const MOST_CELLS: u64 = 4_000_000;

/// Each of so many queues may lead to any other.
const MOST_QUEUES: usize = 2_000;

/// A run stops where more contacts than this wait.
const MOST_WAITING: f64 = 1e6;

/// So many lines of understaffed intervals, distributions and queues at most.
const MOST_LINES: usize = 10;

/// The summary, as text.
#[must_use]
pub fn summary(scenario: &Scenario) -> String {
    let model = Model::compile(scenario);
    let mut out = title(scenario, &model);
    out.push_str(&features(scenario));
    let Some(view) = View::of(scenario, model) else {
        let _ = writeln!(out, "\nThe load is worked out for {MOST_QUEUES} queues at most.");
        return out;
    };
    let intervals = view.intervals;
    view.queues(&mut out);
    let tight: Vec<Tight> = (0..intervals.count).map(|number| view.tightest(number)).collect();
    view.days(&tight, &mut out);
    view.understaffed(&tight, &mut out);
    view.over_all(&mut out);
    view.overwhelmed(&mut out);
    view.closed(&mut out);
    cut_distributions(scenario, &mut out);
    let assumed = Assumed::all(scenario);
    if !assumed.is_empty() {
        out.push_str("\nTaken for granted\n");
        assumed.iter().for_each(|one| out.push_str(&format!("  {}\n", one.sentence())));
    }
    out
}

/// The queues whose agents have the most to do in an interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Pinch {
    /// `Mon 10:00`, or the time since the start.
    at: String,
    queues: Vec<String>,
    /// Their load in Erlangs.
    load: f64,
    /// The agents who can serve at least one of them.
    agents: f64,
}

/// One for each interval that has any load; none of a centre that is too large for the summary's load.
pub(super) fn pinches(scenario: &Scenario) -> Vec<Pinch> {
    let Some(view) = View::of(scenario, Model::compile(scenario)) else { return Vec::new() };
    let pinch = |number| {
        let tight = view.tightest(number);
        (tight.load > 0.0).then(|| Pinch {
            at: view.when(number),
            queues: tight.queues.iter().map(|queue| view.model.queues[*queue].name.clone()).collect(),
            load: tight.load,
            agents: tight.agents,
        })
    };
    (0..view.intervals.count).filter_map(pinch).collect()
}

struct View<'a> {
    scenario: &'a Scenario,
    model: Model,
    intervals: Intervals,
    work: Workload,
    agents: Vec<Vec<f64>>,
}

/// What is played, in two lines.
fn title(scenario: &Scenario, model: &Model) -> String {
    let horizon = &scenario.horizon;
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    let time = match horizon.start {
        Some(start) => {
            let days = plural((horizon.length.micros() / Span::DAY.micros()) as usize, "day");
            format!("{days} from {} {start}", model.calendar.weekday(0).name())
        }
        None => format!("{} of the steady state", horizon.length),
    };
    format!(
        "{}: no mistakes\n{time}, {}, {}, {}\n",
        scenario.title,
        plural(scenario.queues.len(), "queue"),
        plural(scenario.groups.len(), "group"),
        plural(scenario.experiment.replications as usize, "replication"),
    )
}

impl<'a> View<'a> {
    /// `None` of a centre with too many queues.
    fn of(scenario: &'a Scenario, model: Model) -> Option<View<'a>> {
        let (horizon, queues) = (&scenario.horizon, scenario.queues.len());
        let most = MOST_INTERVALS.min(MOST_CELLS / queues.max(1) as u64).max(1);
        let count = (horizon.length.micros() / horizon.interval.micros()).clamp(1, most);
        let intervals = Intervals { length: horizon.interval, count: count as usize };
        let work = (queues <= MOST_QUEUES).then(|| workload(scenario, &model, intervals))?;
        Some(View { scenario, work, agents: agents(&model, intervals), model, intervals })
    }
}

impl View<'_> {
    /// Whether a queue's work can wait for another time of the day.
    fn can_wait(&self, queue: usize) -> bool {
        let name = &self.model.queues[queue].name;
        let written = self.scenario.queues.iter().find(|queue| queue.name == *name);
        written.is_some_and(|queue| waits_when_closed(self.scenario, queue))
    }

    /// The queues with the most to do in an interval, of those whose customers are there.
    fn tightest(&self, number: usize) -> Tight {
        let load = self.work.load.iter().enumerate();
        let load: Vec<f64> =
            load.map(|(queue, load)| if self.can_wait(queue) { 0.0 } else { load[number] }).collect();
        let agents: Vec<f64> = self.agents.iter().map(|group| group[number]).collect();
        tightest(&self.model, &load, &agents)
    }

    /// `Mon 10:00`, or the time since the start without a calendar.
    fn when(&self, number: usize) -> String {
        let (start, _) = self.intervals.bounds(number);
        if self.scenario.horizon.start.is_none() {
            return Span::from_micros(start as u64).to_string();
        }
        let day = self.model.calendar.day(instant(&self.model, self.intervals, number));
        let weekday = &self.model.calendar.weekday(day).name()[..3];
        match self.model.calendar.date(day) {
            Some(date) if self.scenario.horizon.length > Span::DAY * 7 => {
                format!("{weekday} {date} {}", time_of_day(start))
            }
            _ => format!("{weekday} {}", time_of_day(start)),
        }
    }

    /// A row a queue, at its busiest interval.
    fn queues(&self, out: &mut String) {
        let mut table = new_table(&[
            "queue",
            "busiest",
            "contacts/h",
            "handle time",
            "load (Erlangs)",
            "qualified agents",
        ]);
        for queue in self.model.queue_order.iter().take(4 * MOST_LINES) {
            let id = queue.index();
            let load = &self.work.load[id];
            let busiest =
                (0..load.len()).fold(0, |best, number| if load[number] > load[best] { number } else { best });
            let able: f64 = self
                .model
                .abilities
                .served_by(*queue)
                .iter()
                .map(|group| self.agents[group.index()][busiest])
                // A sum of nothing is a negative zero.
                .fold(0.0, |sum, agents| sum + agents);
            let per_hour = self.work.per_hour[id][busiest];
            let handle = if per_hour > 0.0 { load[busiest] / per_hour * 3600.0 } else { 0.0 };
            row(
                &mut table,
                [
                    self.model.queues[id].name.clone(),
                    self.when(busiest),
                    format!("{per_hour:.1}"),
                    Span::from_seconds(handle.round()).to_string(),
                    format!("{:.1}", load[busiest]),
                    format!("{able:.1}"),
                ],
            );
        }
        let _ = write!(out, "\nEach queue at its busiest interval of {}\n{table}\n", self.intervals.length);
    }

    /// A row a weekday, at the interval whose agents have the most to do.
    fn days(&self, tight: &[Tight], out: &mut String) {
        if self.scenario.horizon.start.is_none() {
            return;
        }
        let mut table =
            new_table(&["day", "tightest", "load (Erlangs)", "qualified agents", "busy", "queues"]);
        for weekday in Weekday::ALL {
            let on_day = |number: &usize| {
                let day = self.model.calendar.day(instant(&self.model, self.intervals, *number));
                self.model.calendar.weekday(day) == weekday && tight[*number].load > 0.0
            };
            let worst =
                (0..tight.len()).filter(on_day).fold(None, |best: Option<usize>, number| match best {
                    Some(best) if tight[best].pressure() >= tight[number].pressure() => Some(best),
                    _ => Some(number),
                });
            let Some(worst) = worst else { continue };
            let spot = &tight[worst];
            row(
                &mut table,
                [
                    weekday.name().to_owned(),
                    time_of_day(self.intervals.bounds(worst).0),
                    format!("{:.1}", spot.load),
                    format!("{:.1}", spot.agents),
                    percent(spot),
                    self.names(spot),
                ],
            );
        }
        if table.row_count() > 0 {
            let _ = write!(out, "\nEach weekday at its tightest interval\n{table}\n");
        }
    }

    /// Stretches of intervals with more work than agents.
    fn understaffed(&self, tight: &[Tight], out: &mut String) {
        let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
        for (number, spot) in tight.iter().enumerate().filter(|(_, spot)| spot.ratio() >= 1.0) {
            match stretches.last_mut() {
                Some((_, last, worst)) if *last + 1 == number => {
                    *last = number;
                    if spot.ratio() > tight[*worst].ratio() {
                        *worst = number;
                    }
                }
                _ => stretches.push((number, number, number)),
            }
        }
        if stretches.is_empty() {
            let _ = writeln!(out, "\n{}", self.all_staffed(tight));
            return;
        }
        out.push_str("\nUnderstaffed: load at or above the qualified agents\n");
        let count = stretches.len();
        let missing = |worst: usize| tight[worst].load - tight[worst].agents;
        stretches.sort_by(|a, b| missing(b.2).total_cmp(&missing(a.2)));
        stretches.truncate(MOST_LINES);
        stretches.sort_unstable();
        for (first, last, worst) in &stretches {
            let end = self.intervals.bounds(*last).1;
            let end = if self.scenario.horizon.start.is_some() {
                end_of_day(end)
            } else {
                Span::from_micros(end as u64).to_string()
            };
            let spot = &tight[*worst];
            let _ = writeln!(
                out,
                "  {} to {end}: {}, {:.1} Erlangs for {:.1} agents ({}) at {}",
                self.when(*first),
                self.names(spot),
                spot.load,
                spot.agents,
                percent(spot),
                self.when(*worst),
            );
        }
        if count > MOST_LINES {
            let more = count - MOST_LINES;
            let _ = writeln!(out, "  and {more} smaller one{}", if more == 1 { "" } else { "s" });
        }
    }

    /// The queues with the most to do over the whole time, where some of the work can wait.
    fn over_all(&self, out: &mut String) {
        if !(0..self.model.queues.len()).any(|queue| self.can_wait(queue)) {
            return;
        }
        let mean = |of: &Vec<f64>| of.iter().sum::<f64>() / self.intervals.count as f64;
        let load: Vec<f64> = self.work.load.iter().map(mean).collect();
        let agents: Vec<f64> = self.agents.iter().map(mean).collect();
        let spot = tightest(&self.model, &load, &agents);
        if spot.load > 0.0 {
            let _ = writeln!(
                out,
                "Over the whole time, with what can wait: {}, {:.1} Erlangs for {:.1} agents ({})",
                self.names(&spot),
                spot.load,
                spot.agents,
                percent(&spot),
            );
        }
    }

    /// Queues in which more would wait than a run plays with, even if all who can serve them did nothing else.
    fn overwhelmed(&self, out: &mut String) {
        for queue in self.scenario.queues.iter() {
            let Some(id) = self.model.queue_named(&queue.name).map(QueueId::index) else { continue };
            let hours = self.intervals.length.hours();
            let (mut waiting, mut most) = (0.0_f64, 0.0_f64);
            for number in 0..self.intervals.count {
                let (per_hour, load) = (self.work.per_hour[id][number], self.work.load[id][number]);
                let able = self.model.abilities.served_by(QueueId::at(id));
                let agents: f64 = able.iter().map(|group| self.agents[group.index()][number]).sum();
                // Contacts that the agents get through, at what one takes of them.
                let served = if load > 0.0 { agents * hours * per_hour / load } else { 0.0 };
                waiting = (waiting + per_hour * hours - served).max(0.0);
                if let Some(patience) = &queue.patience {
                    let at = self.intervals.bounds(number).0;
                    waiting = waiting.min(per_hour * patience.distribution.at(at).mean() / 3600.0);
                }
                most = most.max(waiting);
            }
            if most > MOST_WAITING {
                let _ = writeln!(
                    out,
                    "A run would stop: {:.1} million contacts would wait in {}, and it plays with a million",
                    most / 1e6,
                    queue.name
                );
            }
        }
    }

    /// What can be said where no interval has more work than agents.
    fn all_staffed(&self, tight: &[Tight]) -> String {
        if tight.iter().all(|spot| spot.load <= 0.0) {
            if (0..self.model.queues.len()).any(|queue| self.can_wait(queue)) {
                return "No work comes whose customers wait for it: there is nothing to compare by interval"
                    .to_owned();
            }
            return "No work comes while a queue is open: there is nothing to compare".to_owned();
        }
        let mut said = "Every interval has more agents than load".to_owned();
        // What the load leaves out can still make a queue of an interval that looks well staffed.
        let queues = || self.scenario.queues.iter();
        let retries = queues().any(|queue| {
            [&queue.after_abandon, &queue.after_busy, &queue.after_closed]
                .into_iter()
                .flatten()
                .any(|retry| retry.probability.ever())
        });
        let closes = queues().any(|queue| queue.hours != Hours::Always);
        let repeat_contacts = queues().any(|queue| queue.resolution.repeat_contact.is_some());
        let chases = queues().any(|queue| queue.chase.is_some());
        let on_top: Vec<&str> =
            [(retries, "retries"), (chases, "chases"), (!self.scenario.follow_ups.is_empty(), "follow-ups")]
                .into_iter()
                .filter_map(|(there, word)| there.then_some(word))
                .collect();
        match on_top.as_slice() {
            [] => {}
            [only] => {
                let _ = write!(said, "; {only} are added");
            }
            [first @ .., last] => {
                let _ = write!(said, "; {} and {last} are added", first.join(", "));
            }
        }
        if closes && (retries || repeat_contacts) {
            said.push_str(
                "\nRetries and repeat contacts due while closed are not in the load: they arrive at the opening",
            );
        }
        said
    }

    /// Queues whose cases come while they are closed: often a volume that forgets the hours.
    fn closed(&self, out: &mut String) {
        let mut parts: Vec<String> = Vec::new();
        for queue in &self.model.queue_order {
            let share = self.work.closed[queue.index()];
            if share >= 0.005 {
                let of = if parts.is_empty() { "of the cases of" } else { "of" };
                parts.push(format!("{:.0} % {of} {}", 100.0 * share, self.model.queues[queue.index()].name));
            }
        }
        if !parts.is_empty() {
            let _ = writeln!(out, "\nWhile closed come {}", parts.join(", "));
        }
    }

    fn names(&self, tight: &Tight) -> String {
        if tight.queues.len() == self.model.queues.len() && tight.queues.len() > 1 {
            return "all queues".to_owned();
        }
        // In the order of the file.
        let names: Vec<&str> = self
            .model
            .queue_order
            .iter()
            .filter(|queue| tight.queues.contains(&QueueId::index(**queue)))
            .map(|queue| self.model.queues[queue.index()].name.as_str())
            .collect();
        names.join(" + ")
    }
}

fn percent(tight: &Tight) -> String {
    if tight.agents <= 1e-9 { "nobody".to_owned() } else { format!("{:.0} %", 100.0 * tight.ratio()) }
}

/// The clock time at which an interval ends; a day's end is 24:00.
fn end_of_day(micros: i64) -> String {
    match time_of_day(micros).as_str() {
        "00:00" => "24:00".to_owned(),
        time => time.to_owned(),
    }
}

/// The clock time of microseconds since some midnight.
fn time_of_day(micros: i64) -> String {
    let seconds = micros.rem_euclid(Span::DAY.micros() as i64) / 1_000_000;
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

fn new_table(heads: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    table.set_header(heads.iter().enumerate().map(|(number, head)| aligned(head, number)));
    table
}

fn row<const N: usize>(table: &mut Table, cells: [String; N]) {
    table.add_row(cells.iter().enumerate().map(|(number, text)| aligned(text, number)));
}

/// Names stand left, everything else right.
fn aligned(text: &str, number: usize) -> Cell {
    let alignment = if number == 0 { CellAlignment::Left } else { CellAlignment::Right };
    Cell::new(text).set_alignment(alignment)
}

/// What truncated distributions come to.
fn cut_distributions(scenario: &Scenario, out: &mut String) {
    let mut lines: Vec<String> = Vec::new();
    for queue in &scenario.queues {
        for (key, distribution) in distributions(queue) {
            let Some(cut) = distribution
                .steps()
                .iter()
                .map(|step| &step.1)
                .find(|distribution| matches!(distribution, Distribution::Truncated(_)))
            else {
                continue;
            };
            lines.push(format!("  queues.{}.{key}: {}", queue.name, cut.describe()));
        }
    }
    if !lines.is_empty() {
        out.push_str("\nDistributions after truncation\n");
        lines.iter().take(MOST_LINES).for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
    }
}

fn distributions(queue: &Queue) -> impl Iterator<Item = (&'static str, &Steps<Distribution>)> {
    [
        ("talk", Some(&queue.talk)),
        ("wrap_up", queue.wrap_up.as_ref()),
        ("patience", queue.patience.as_ref().map(|patience| &patience.distribution)),
    ]
    .into_iter()
    .filter_map(|(key, distribution)| Some((key, distribution?)))
}
