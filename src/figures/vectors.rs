//! One replication's vectors of queues, scopes and groups: what many replications are folded from, and what
//! single ones are compared by.

use crate::estimate::Form;
use crate::model::{Model, Queue, Rows};
use crate::observations::{AgentTimes, Counts, GroupCount, GroupCounts, Observations, QueueObservations};
use crate::units::{GroupId, QueueId};
use crate::vocabulary::Backlog;

use super::Figure;
use super::declared::{Formula, Line};
use super::passage::{PASSAGE_LEN, passage_values};
use super::tally::{self, Extra, GROUP_LEN, PREMIUM, ROW_LEN, SCOPE_LEN, SPREAD, extra, group_at};

/// The vectors of a queue, or of what pools several.
#[derive(Clone, Debug)]
pub(super) struct Vectors {
    pub(super) stays: [f64; SCOPE_LEN],
    pub(super) passages: [f64; PASSAGE_LEN],
}

impl Vectors {
    /// Of a queue; `day` is shown the counters of each of its days.
    pub(super) fn of_queue(
        seen: &Observations,
        model: &Model,
        id: QueueId,
        mut day: impl FnMut(usize, &[f64; ROW_LEN]),
    ) -> Vectors {
        let (queue, seen) = (&model.queues[id.index()], &seen.queues[id.index()]);
        let sum = tally::reported(seen, model);
        let mut stays = tally::scope_values(seen, &sum, model, id);
        // Follow-ups are counted as a whole.
        let days = if queue.follow_up.is_some() { 0 } else { model.rows.days };
        let mut values = [0.0; ROW_LEN];
        for number in 0..days {
            tally::stay_values(&day_counts(seen, model, number), model, id, &mut values);
            day(number, &values);
            tally::count_day(&values, queue, &mut stays);
        }
        Vectors { stays, passages: passage_values(seen, &sum, queue) }
    }

    /// Of several queues together.
    pub(super) fn sum<'a>(vectors: impl Iterator<Item = &'a Vectors>) -> Vectors {
        let mut sum = Vectors { stays: [0.0; SCOPE_LEN], passages: [0.0; PASSAGE_LEN] };
        for vector in vectors {
            sum.stays.iter_mut().zip(&vector.stays).for_each(|(sum, value)| *sum += value);
            sum.passages.iter_mut().zip(&vector.passages).for_each(|(sum, value)| *sum += value);
        }
        sum
    }

    /// Adds the pay of a group of these hours.
    pub(super) fn pay(&mut self, hours: &[f64; GROUP_LEN], per_hour: f64) {
        let paid = hours[group_at(GroupCount::Paid)] - hours[group_at(GroupCount::Unpaid)];
        self.stays[extra(Extra::Cost)] += (paid + hours[PREMIUM]) * per_hour;
    }
}

/// A group's agent hours.
pub(super) fn group_hours(seen: &Observations, model: &Model, group: GroupId) -> [f64; GROUP_LEN] {
    let rows = &seen.groups[group.index()][..model.rows.count];
    let mut sum = GroupCounts::default();
    rows.iter().for_each(|row| sum += row);
    let mut values = tally::group_values(&sum);
    values[SPREAD] = spread_of(seen, model, group);
    values[PREMIUM] = tally::premium(&model.groups[group.index()], rows);
    values
}

/// The spread of occupancy between the agents of a group.
fn spread_of(seen: &Observations, model: &Model, group: GroupId) -> f64 {
    tally::spread(agents_of(seen, model, group))
}

/// The times of a group's agents, by number.
pub(super) fn agents_of<'a>(
    seen: &'a Observations,
    model: &'a Model,
    group: GroupId,
) -> impl Iterator<Item = &'a AgentTimes> + Clone {
    let agents = seen.agents.iter().zip(&model.agents).filter(move |(_, agent)| agent.group == group);
    agents.map(|(times, _)| times)
}

/// Whether channels and the total count a queue in: contacts that customers began. Not what the
/// centre begins itself, nor work without end, which is as much as there is time for.
pub(super) fn is_pooled(queue: &Queue) -> bool {
    queue.follow_up.is_none() && queue.backlog != Some(Backlog::Unlimited)
}

/// A day's counters of a queue: its rows, where rows are intervals.
pub(super) fn day_counts(seen: &QueueObservations, model: &Model, day: usize) -> Counts {
    match model.rows.kind {
        Rows::Week => seen.days[day],
        Rows::Each => {
            let mut sum = Counts::default();
            seen.rows[model.rows.of_day(day)].iter().for_each(|row| sum += row);
            sum
        }
    }
}

/// A figure of one replication's counters of a row that covers so much time; `None` where nothing was
/// observed.
pub(super) fn of_values(figure: Figure, line: Line, values: &[f64], time: f64) -> Option<f64> {
    let sum = |form: Form| form.iter().map(|&(at, weight)| weight * values[at]).sum::<f64>();
    let (over, under) = match figure.counted_at(line)?.formula {
        Formula::Ratio(over, under) => (sum(over), sum(under)),
        Formula::Average(form) => (sum(form), time),
        Formula::Count(form) => (sum(form), 1.0),
        _ => return None,
    };
    (under > 0.0).then(|| over / under)
}
