//! Replications folded together, in their order.
//!
//! Memory grows with scopes times rows, never with replications (for journeys see there).

use crate::estimate::{Moments, Percentiles, PooledBins, Sampling, Scale, Spread};
use crate::model::{ArrivalScale, ChannelKind, Model, Queue};
use crate::observations::{AgentTimes, Count, Counts, GroupCounts, Kind, Observations};
use crate::units::{GroupId, QueueId, Span};

use super::Figure;
use super::days_missed::DaysMissed;
use super::declared::{Line, Times, Unit};
use super::journeys::JourneyFold;
use super::passage::PASSAGE_LEN;
use super::tally::{self, GROUP_LEN, ROW_LEN, SCOPE_LEN, SPREAD, at};
use super::vectors::{Vectors, agents_of, day_counts, group_hours, is_pooled, of_values};

/// The figures of rows of which charts show good and bad days.
pub(super) const ROW_RIBBONS: [Figure; 4] =
    [Figure::ServiceLevel, Figure::Wait, Figure::QueueLength, Figure::Offered];

/// The same of rows of groups.
pub(super) const GROUP_RIBBONS: [Figure; 3] = [Figure::OnDuty, Figure::Busy, Figure::Occupancy];

/// A row over replications.
#[derive(Clone, Debug)]
pub(super) struct RowFold {
    pub(super) moments: Moments,
    /// Across days, of [`ROW_RIBBONS`].
    pub(super) spreads: [Spread; 4],
    /// Waits above zero; of a day's row only where dates are counted apart from the rows of intervals.
    pub(super) waits: PooledBins,
}

/// A queue, a channel or the total over replications.
#[derive(Clone, Debug)]
pub(super) struct ScopeFold {
    pub(super) moments: Moments,
    /// What is counted of whole scopes only.
    pub(super) passages: Moments,
    pub(super) kinds: Vec<Moments>,
    pub(super) rows: Vec<RowFold>,
    pub(super) days: Vec<RowFold>,
    /// Of a queue: days that miss the answer target, and the one on abandonment.
    pub(super) days_missed: [DaysMissed; 2],
    pub(super) waits: Percentiles,
    pub(super) answered: Percentiles,
    pub(super) abandoned: Percentiles,
    /// Times to the (first) response, where there are any.
    pub(super) responses: Option<Box<Percentiles>>,
    /// Deferred work that is open at the end of each row, by age band.
    pub(super) backlog: Vec<Moments>,
    pub(super) longest: Span,
    pub(super) solved_after: PooledBins,
    pub(super) lost_after: PooledBins,
    pub(super) open_age: PooledBins,
}

/// A group's row over replications.
#[derive(Clone, Debug)]
pub(super) struct GroupRowFold {
    pub(super) moments: Moments,
    /// Across days, of [`GROUP_RIBBONS`].
    pub(super) spreads: [Spread; 3],
}

/// A group over replications.
#[derive(Clone, Debug)]
pub(super) struct GroupFold {
    pub(super) moments: Moments,
    pub(super) rows: Vec<GroupRowFold>,
    /// Summed, agent by agent; empty for all groups together.
    pub(super) agents: Vec<AgentTimes>,
}

/// All replications so far.
#[derive(Clone, Debug)]
pub struct Fold {
    pub(super) queues: Vec<ScopeFold>,
    pub(super) channels: Vec<ScopeFold>,
    pub(super) total: ScopeFold,
    pub(super) groups: Vec<GroupFold>,
    pub(super) all_groups: GroupFold,
    pub(super) journeys: JourneyFold,
    /// Of stratified replications: the total's counters as if these were independent, to tell what it gains.
    pub(super) as_independent: Option<Moments>,
    /// The queues that channels and the total pool.
    pooled: Vec<usize>,
    replications: u64,
    contacts: u64,
    events: u64,
}

impl RowFold {
    fn new(sampling: Sampling) -> RowFold {
        RowFold {
            moments: Moments::sampled(ROW_LEN, sampling),
            spreads: spreads(ROW_RIBBONS),
            waits: PooledBins::default(),
        }
    }

    fn add(&mut self, values: &[f64], seconds: f64) {
        self.moments.add(values);
        add_days(&mut self.spreads, &ROW_RIBBONS, Line::Row, values, seconds);
    }

    fn merge(&mut self, later: &RowFold) {
        self.moments.merge(&later.moments);
        merge_all(&mut self.spreads, &later.spreads, Spread::merge);
        self.waits.merge(&later.waits);
    }
}

impl ScopeFold {
    fn new(rows: usize, days: usize, sampling: Sampling) -> ScopeFold {
        ScopeFold {
            moments: Moments::sampled(SCOPE_LEN, sampling),
            passages: Moments::sampled(PASSAGE_LEN, sampling),
            kinds: vec![Moments::sampled(ROW_LEN, sampling); Kind::ALL.len()],
            rows: vec![RowFold::new(sampling); rows],
            days: vec![RowFold::new(sampling); days],
            days_missed: Default::default(),
            waits: Percentiles::new(sampling),
            answered: Percentiles::new(sampling),
            abandoned: Percentiles::new(sampling),
            responses: None,
            backlog: Vec::new(),
            longest: Span::ZERO,
            solved_after: PooledBins::default(),
            lost_after: PooledBins::default(),
            open_age: PooledBins::default(),
        }
    }

    /// One replication of the queues that make up this scope, as a whole.
    fn add_whole(&mut self, vectors: &Vectors, seen: &Observations, model: &Model, queues: &[usize]) {
        self.moments.add(&vectors.stays);
        self.passages.add(&vectors.passages);
        for (kind, fold) in Kind::ALL.iter().zip(&mut self.kinds) {
            fold.add(&kind_values(seen, model, queues, *kind));
        }
        self.add_histograms(seen, queues);
    }

    /// The histograms of one replication's queues that make up this scope.
    fn add_histograms(&mut self, seen: &Observations, queues: &[usize]) {
        for &queue in queues {
            let queue = &seen.queues[queue];
            self.longest = self.longest.max(queue.longest);
            self.solved_after.add(&queue.cases.solved_after);
            self.lost_after.add(&queue.cases.lost_after);
            self.open_age.add(&queue.cases.open_age);
        }
        let of = |times: Times| times.pooled(seen, queues);
        if let Some(responses) = &mut self.responses {
            responses.add(&of(Times::Responses));
        }
        let (mut answered, abandoned) = (of(Times::WaitsOfAnswered), of(Times::WaitsOfAbandoned));
        self.answered.add(&answered);
        self.abandoned.add(&abandoned);
        answered.merge(&abandoned);
        self.waits.add(&answered);
    }

    fn merge(&mut self, later: &ScopeFold) {
        self.moments.merge(&later.moments);
        merge_all(&mut self.kinds, &later.kinds, Moments::merge);
        merge_all(&mut self.rows, &later.rows, RowFold::merge);
        merge_all(&mut self.days, &later.days, RowFold::merge);
        merge_all(&mut self.days_missed, &later.days_missed, DaysMissed::merge);
        self.waits.merge(&later.waits);
        self.answered.merge(&later.answered);
        self.abandoned.merge(&later.abandoned);
        if let (Some(responses), Some(later)) = (&mut self.responses, &later.responses) {
            responses.merge(later);
        }
        merge_all(&mut self.backlog, &later.backlog, Moments::merge);
        self.passages.merge(&later.passages);
        self.longest = self.longest.max(later.longest);
        self.solved_after.merge(&later.solved_after);
        self.lost_after.merge(&later.lost_after);
        self.open_age.merge(&later.open_age);
    }
}

impl GroupFold {
    fn new(rows: usize, sampling: Sampling) -> GroupFold {
        let moments = Moments::sampled(GROUP_LEN, sampling);
        let row = GroupRowFold { moments: moments.clone(), spreads: spreads(GROUP_RIBBONS) };
        GroupFold { moments, rows: vec![row; rows], agents: Vec::new() }
    }

    /// One replication of its agents.
    fn add_agents<'a>(&mut self, agents: impl Iterator<Item = &'a AgentTimes>) {
        for (place, times) in agents.enumerate() {
            if place == self.agents.len() {
                self.agents.push(AgentTimes::default());
            }
            add_times(&mut self.agents[place], times);
        }
    }

    /// `whole`: all hours together.
    fn add(&mut self, counts: &[GroupCounts], whole: &[f64; GROUP_LEN], model: &Model) {
        for (row, fold) in self.rows.iter_mut().enumerate() {
            let values = tally::group_values(&counts[row]);
            fold.moments.add(&values);
            let hours = model.rows.covered(row).hours();
            add_days(&mut fold.spreads, &GROUP_RIBBONS, Line::GroupRow, &values, hours);
        }
        self.moments.add(whole);
    }

    fn merge(&mut self, later: &GroupFold) {
        self.moments.merge(&later.moments);
        merge_all(&mut self.rows, &later.rows, |row, later| {
            row.moments.merge(&later.moments);
            merge_all(&mut row.spreads, &later.spreads, Spread::merge);
        });
        self.add_agents(later.agents.iter());
    }
}

fn add_times(sum: &mut AgentTimes, times: &AgentTimes) {
    sum.available += times.available;
    sum.worked += times.worked;
}

/// What an ACD counts as offered: stays, and those who got no further than a busy signal or a closed door.
const ATTEMPTS: [(usize, f64); 3] =
    [(at(Count::Entered), 1.0), (at(Count::Blocked), 1.0), (at(Count::TurnedAway), 1.0)];

/// With fewer cases over all replications a row's share is mostly chance.
const FEWEST_CASES: f64 = 100.0;

/// Nothing seen of these figures across days.
fn spreads<const N: usize>(figures: [Figure; N]) -> [Spread; N] {
    let scale = |figure: Figure| if figure.unit() == Unit::Share { Scale::Share } else { Scale::Magnitude };
    figures.map(|figure| Spread::new(scale(figure)))
}

/// Counts the figures of one replication's row, as far as there were observations.
fn add_days(spreads: &mut [Spread], figures: &[Figure], line: Line, values: &[f64], time: f64) {
    for (spread, &figure) in spreads.iter_mut().zip(figures) {
        if let Some(value) = of_values(figure, line, values, time) {
            spread.add(value);
        }
    }
}

fn merge_all<T>(folds: &mut [T], later: &[T], mut merge: impl FnMut(&mut T, &T)) {
    for (fold, later) in folds.iter_mut().zip(later) {
        merge(fold, later);
    }
}

impl Fold {
    /// How much memory one takes at most, about: each row has its counters and their products.
    #[must_use]
    pub fn bytes(model: &Model) -> u64 {
        let float = size_of::<f64>();
        let of = |counters: usize, row: usize| (counters + counters * (counters + 1) / 2) * float + row;
        let rows = model.rows.count + model.rows.days;
        let scope = of(SCOPE_LEN, size_of::<ScopeFold>()) + Kind::ALL.len() * of(ROW_LEN, 0);
        let scopes = (model.queues.len() + model.channels.len() + 1) as u64;
        let groups = (model.groups.len() + 1) as u64;
        let group_rows = model.rows.count * of(GROUP_LEN, size_of::<GroupRowFold>());
        scopes * (scope + rows * of(ROW_LEN, size_of::<RowFold>())) as u64 + groups * group_rows as u64
    }

    /// No replications yet.
    #[must_use]
    pub fn new(model: &Model) -> Fold {
        let (rows, days) = (model.rows.count, model.rows.days);
        let queue = |queue: &Queue| {
            // Follow-ups are counted as a whole.
            let (rows, days) = if queue.follow_up.is_some() { (0, 0) } else { (rows, days) };
            let mut fold = ScopeFold::new(rows, days, model.sampling);
            fold.responses = responses(std::iter::once(queue), model.sampling);
            if queue.kind == ChannelKind::Deferred {
                let bands = model.channels[queue.channel.index()].age_bands.len() + 1;
                fold.backlog = vec![Moments::sampled(bands, model.sampling); rows];
            }
            fold
        };
        let mut channels = vec![ScopeFold::new(0, 0, model.sampling); model.channels.len()];
        for (id, channel) in channels.iter_mut().enumerate() {
            let members = model.customer_queues().iter().filter(|queue| queue.channel.index() == id);
            channel.responses = responses(members, model.sampling);
        }
        let mut total = ScopeFold::new(rows, days, model.sampling);
        total.responses = responses(model.customer_queues().iter(), model.sampling);
        Fold {
            queues: model.queues.iter().map(queue).collect(),
            channels,
            total,
            pooled: (0..model.queues.len()).filter(|&id| is_pooled(&model.queues[id])).collect(),
            groups: vec![GroupFold::new(rows, model.sampling); model.groups.len()],
            all_groups: GroupFold::new(rows, model.sampling),
            journeys: JourneyFold::default(),
            as_independent: (model.sampling != Sampling::Independent).then(|| Moments::new(SCOPE_LEN)),
            replications: 0,
            contacts: 0,
            events: 0,
        }
    }

    /// How many replications were added.
    #[must_use]
    pub fn replications(&self) -> u64 {
        self.replications
    }

    /// (contacts, events) that were played.
    #[must_use]
    pub fn played(&self) -> (u64, u64) {
        (self.contacts, self.events)
    }

    /// The share of new cases among the attempts at a queue: all that an ACD counts, transfers and
    /// callbacks (which are attempts already) left out. `None` where nobody tried.
    #[must_use]
    pub fn new_share(&self, queue: QueueId) -> Option<f64> {
        let (mut first, mut attempts) = (0.0, 0.0);
        for (moments, kind) in self.queues[queue.index()].kinds.iter().zip(Kind::ALL) {
            let mean = moments.sum(&ATTEMPTS);
            first += if kind == Kind::First { mean } else { 0.0 };
            attempts += if matches!(kind, Kind::Transfer | Kind::Callback) { 0.0 } else { mean };
        }
        (attempts > 0.0).then(|| first / attempts)
    }

    /// The same row by row; that of the whole where so few came that chance would tell it. Rows do not know
    /// the kinds of their stays: transfers and callbacks are taken off them by their share of the whole.
    #[must_use]
    pub fn new_shares(&self, queue: QueueId) -> Option<ArrivalScale> {
        let whole = self.new_share(queue)?;
        let fold = &self.queues[queue.index()];
        let all = fold.moments.sum(&ATTEMPTS);
        let passed_on: f64 = fold
            .kinds
            .iter()
            .zip(Kind::ALL)
            .filter(|(_, kind)| matches!(kind, Kind::Transfer | Kind::Callback))
            .map(|(moments, _)| moments.sum(&ATTEMPTS))
            .sum();
        let of_row = |row: &RowFold| {
            let cases = row.moments.sum(&[(at(Count::Cases), 1.0)]);
            let attempts = row.moments.sum(&ATTEMPTS) * (1.0 - passed_on / all);
            if cases < FEWEST_CASES { whole } else { (cases / attempts).min(1.0) }
        };
        Some(ArrivalScale { whole, rows: fold.rows.iter().map(of_row).collect() })
    }

    /// Adds the next replication.
    pub fn add(&mut self, seen: &Observations, model: &Model) {
        self.replications += 1;
        self.contacts += seen.contacts;
        self.events += seen.events;
        let vectors: Vec<Vectors> =
            (0..model.queues.len()).map(|queue| self.add_queue(seen, model, QueueId::at(queue))).collect();
        let all = self.pooled.clone();
        let mut total = Vectors::sum(all.iter().map(|&q| &vectors[q]));
        for group in (0..model.groups.len()).map(GroupId::at) {
            let hours = group_hours(seen, model, group);
            total.pay(&hours, model.groups[group.index()].cost_per_hour);
            self.groups[group.index()].add(&seen.groups[group.index()], &hours, model);
            self.groups[group.index()].add_agents(agents_of(seen, model, group));
        }
        for (id, channel) in self.channels.iter_mut().enumerate() {
            let members: Vec<usize> =
                all.iter().copied().filter(|&q| model.queues[q].channel.index() == id).collect();
            channel.add_whole(&Vectors::sum(members.iter().map(|&q| &vectors[q])), seen, model, &members);
        }
        self.total.add_whole(&total, seen, model, &all);
        self.as_independent.iter_mut().for_each(|moments| moments.add(&total.stays));
        self.add_total_rows(seen, model);
        self.add_all_groups(seen, model);
        self.journeys.add(&seen.journeys);
    }

    fn add_queue(&mut self, seen: &Observations, model: &Model, id: QueueId) -> Vectors {
        let fold = &mut self.queues[id.index()];
        let of_queue = &seen.queues[id.index()];
        for (row, fold) in fold.backlog.iter_mut().enumerate() {
            let bands: Vec<f64> = of_queue.backlog[row].iter().map(|&open| open as f64).collect();
            fold.add(&bands);
        }
        let mut row_values = [0.0; ROW_LEN];
        for (row, fold) in fold.rows.iter_mut().enumerate() {
            tally::stay_values(&of_queue.rows[row], model, id, &mut row_values);
            fold.add(&row_values, model.rows.covered(row).seconds());
            fold.waits.add(&of_queue.row_waits[row]);
        }
        let vectors = Vectors::of_queue(seen, model, id, |day, values| {
            fold.days[day].add(values, model.rows.covered_day(day).seconds());
            of_queue.day_waits.get(day).into_iter().for_each(|waits| fold.days[day].waits.add(waits));
            let kept = tally::day_keeps(values, &model.queues[id.index()]);
            let weekday = model.calendar.weekday(day as i64);
            fold.days_missed.iter_mut().zip(kept).for_each(|(days, kept)| days.count(weekday, kept));
        });
        fold.add_whole(&vectors, seen, model, &[id.index()]);
        vectors
    }

    fn add_total_rows(&mut self, seen: &Observations, model: &Model) {
        let mut values = [0.0; ROW_LEN];
        let mut sum_rows = |counts: &dyn Fn(usize) -> Counts| {
            let mut sum = [0.0; ROW_LEN];
            for &id in &self.pooled {
                tally::stay_values(&counts(id), model, QueueId::at(id), &mut values);
                sum.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
            }
            sum
        };
        for (row, fold) in self.total.rows.iter_mut().enumerate() {
            let sum = sum_rows(&|queue| seen.queues[queue].rows[row]);
            fold.add(&sum, model.rows.covered(row).seconds());
            self.pooled.iter().for_each(|&queue| fold.waits.add(&seen.queues[queue].row_waits[row]));
        }
        for (day, fold) in self.total.days.iter_mut().enumerate() {
            let sum = sum_rows(&|queue| day_counts(&seen.queues[queue], model, day));
            fold.add(&sum, model.rows.covered_day(day).seconds());
            for &queue in &self.pooled {
                seen.queues[queue].day_waits.get(day).into_iter().for_each(|waits| fold.waits.add(waits));
            }
        }
    }

    fn add_all_groups(&mut self, seen: &Observations, model: &Model) {
        let mut sum = vec![GroupCounts::default(); model.rows.count];
        for group in &seen.groups {
            sum.iter_mut().zip(group).for_each(|(sum, row)| *sum += row);
        }
        let mut whole = [0.0; GROUP_LEN];
        for group in (0..model.groups.len()).map(GroupId::at) {
            let hours = group_hours(seen, model, group);
            whole.iter_mut().zip(hours).for_each(|(sum, hours)| *sum += hours);
        }
        whole[SPREAD] = tally::spread(seen.agents.iter());
        self.all_groups.add(&sum, &whole, model);
    }

    /// Adds what another fold saw after this one. Folding in blocks of fixed size and merging these
    /// in order gives the same bits for any number of threads.
    pub fn merge(&mut self, later: &Fold) {
        merge_all(&mut self.queues, &later.queues, ScopeFold::merge);
        merge_all(&mut self.channels, &later.channels, ScopeFold::merge);
        self.total.merge(&later.total);
        merge_all(&mut self.groups, &later.groups, GroupFold::merge);
        self.all_groups.merge(&later.all_groups);
        self.journeys.merge(&later.journeys);
        if let (Some(moments), Some(later)) = (&mut self.as_independent, &later.as_independent) {
            moments.merge(later);
        }
        self.replications += later.replications;
        self.contacts += later.contacts;
        self.events += later.events;
    }
}

/// Room for times to the response, where any of the queues has responses.
fn responses<'a>(
    mut queues: impl Iterator<Item = &'a Queue>,
    sampling: Sampling,
) -> Option<Box<Percentiles>> {
    queues
        .any(|queue| queue.kind.counts_responses() || queue.conversation.is_some())
        .then(|| Box::new(Percentiles::new(sampling)))
}

fn kind_values(seen: &Observations, model: &Model, queues: &[usize], kind: Kind) -> [f64; ROW_LEN] {
    let (mut sum, mut values) = ([0.0; ROW_LEN], [0.0; ROW_LEN]);
    for &queue in queues {
        tally::stay_values(&seen.queues[queue].kind(kind), model, QueueId::at(queue), &mut values);
        sum.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
    }
    sum
}
