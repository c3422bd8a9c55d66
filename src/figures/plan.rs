//! What was planned, beside what came of it: volumes, who serves whom, shifts. Charts set one against the other.

use crate::model::{ArrivalProcess, Group, Labels, Model, Queue, RatePiece, Rates, Shift};
use crate::units::{Span, TimeOfDay};

/// What reports know of a centre that nobody had to play.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What people call queues, groups and money.
    pub labels: Labels,
    /// By queue: the cases that are expected to open in each row of its results.
    pub volumes: Vec<(String, Vec<f64>)>,
    /// By queue: the ages at which its backlog is parted, ascending.
    pub ages: Vec<(String, Vec<Span>)>,
    /// By group: the queues that it can serve.
    pub serves: Vec<(String, Vec<String>)>,
    /// By group, then by name.
    pub shifts: Vec<ShiftPlan>,
}

/// A shift of a group; of one with other heads on some weekdays those with as many.
#[derive(Clone, Debug, PartialEq)]
pub struct ShiftPlan {
    /// Whose.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Rostered agents.
    pub agents: u32,
    /// On which weekdays it starts, Monday first, on the centre's clock.
    pub days: [bool; 7],
    /// When it starts, on the centre's clock.
    pub start: TimeOfDay,
    /// Start to end.
    pub length: Span,
    /// By agent: (since the start, length) of each of its breaks.
    pub breaks: Vec<Vec<(Span, Span)>>,
}

impl Plan {
    /// Of a centre, all lists by name.
    #[must_use]
    pub fn of(model: &Model) -> Plan {
        let queues = || model.queue_order.iter().map(|id| &model.queues[id.index()]);
        let volume = |queue: &Queue| {
            let arrivals = queue.arrivals.as_ref()?;
            Some((queue.name.clone(), volumes(arrivals, model)))
        };
        let ages = |queue: &Queue| {
            let ages = &model.channels[queue.channel.index()].age_bands;
            (!ages.is_empty()).then(|| (queue.name.clone(), ages.clone()))
        };
        let serves = model.group_order.iter().map(|id| {
            let customers = model.abilities.serves(*id).iter().map(|queue| &model.queues[queue.index()]);
            let names = customers.filter(|queue| queue.follow_up.is_none()).map(|queue| queue.name.clone());
            (model.groups[id.index()].name.clone(), names.collect())
        });
        let shifts = model.group_order.iter().flat_map(|id| {
            let group = &model.groups[id.index()];
            let numbered = group.shifts.iter().enumerate();
            let each = numbered
                .flat_map(|(which, shift)| numbers(shift).into_iter().map(move |heads| (which, heads)));
            each.map(|(which, heads)| {
                let shift = &group.shifts[which];
                let breaks = |agent: u32| {
                    shift.breaks.iter().map(|pause| (shift.due(pause, agent, heads), pause.length)).collect()
                };
                let (days, start) = on_the_centres(model, group, which, heads);
                ShiftPlan {
                    group: group.name.clone(),
                    name: shift.name.clone(),
                    agents: heads,
                    days,
                    start,
                    length: shift.length,
                    breaks: (0..heads).map(breaks).collect(),
                }
            })
        });
        let mut plan = Plan {
            labels: model.labels.clone(),
            volumes: queues().filter_map(volume).collect(),
            ages: queues().filter_map(ages).collect(),
            serves: serves.collect(),
            shifts: shifts.collect(),
        };
        // By name: the order of a file's tables changes no result.
        plan.volumes.sort_by(|a, b| a.0.cmp(&b.0));
        plan.ages.sort_by(|a, b| a.0.cmp(&b.0));
        plan.serves.sort_by(|a, b| a.0.cmp(&b.0));
        plan.serves.iter_mut().for_each(|(_, queues)| queues.sort());
        plan.shifts.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
        plan
    }
}

/// How many work a shift on any weekday, the most first.
fn numbers(shift: &Shift) -> Vec<u32> {
    let worked = (0..7).filter(|day| shift.days[*day]);
    let mut numbers: Vec<u32> = worked.map(|day| shift.heads[day]).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    numbers
}

/// On which weekdays a shift begins with so many heads and when, on the centre's clock, as on its first day.
fn on_the_centres(model: &Model, group: &Group, which: usize, heads: u32) -> ([bool; 7], TimeOfDay) {
    const DAY: i64 = Span::DAY.micros() as i64;
    let shift = &group.shifts[which];
    let starts = |day: &i64| {
        let weekday = model.calendar.weekday(*day).index();
        shift.works(*day, weekday) && shift.heads[weekday] == heads
    };
    let first = (0..7).find(starts).unwrap_or(0);
    let at = group.starts(which, first);
    let moved = at.div_euclid(DAY) - first;
    let mut days = [false; 7];
    // Of a rotation those of the first seven days.
    for day in (0..7).filter(starts) {
        let weekday = model.calendar.weekday(day).index() as i64;
        days[(weekday + moved).rem_euclid(7) as usize] = true;
    }
    (days, TimeOfDay::from_seconds((at.rem_euclid(DAY) / 1_000_000) as u32))
}

/// The cases that are expected in each row, in one occurrence of it.
fn volumes(arrivals: &ArrivalProcess, model: &Model) -> Vec<f64> {
    let rows = &model.rows;
    let mut sums = vec![0.0; rows.count];
    let hour = Span::HOUR.micros() as i64;
    let length = rows.to.since(rows.from).micros() as i64;
    let mut pieces: Vec<RatePiece> = Vec::new();
    for number in 0..(length + hour - 1) / hour {
        if let Rates::Trace(_) = arrivals.rates {
            for at in arrivals.traced(number) {
                if let Some(sum) = model.calendar.instant(*at).and_then(|at| sums.get_mut(rows.row(at))) {
                    *sum += 1.0;
                }
            }
            continue;
        }
        arrivals.pieces(number, &model.calendar, rows, &mut pieces);
        for piece in &pieces {
            let (mut at, end) = (number * hour + piece.start as i64, number * hour + piece.end as i64);
            while at < end {
                let Some(instant) = model.calendar.instant(at) else { break };
                let next = model.calendar.reported_micros(rows.next_boundary(instant)).clamp(at + 1, end);
                if let Some(sum) = sums.get_mut(rows.row(instant)) {
                    *sum += piece.rate * (next - at) as f64;
                }
                at = next;
            }
        }
    }
    for (row, sum) in sums.iter_mut().enumerate() {
        *sum /= rows.occurrences(row).max(1.0);
    }
    sums
}
