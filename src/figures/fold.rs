//! Replications folded together, in their order.
//!
//! Memory grows with scopes times rows, never with replications (for journeys see there).

use crate::estimate::{FineHistogram, Moments, Percentiles, PooledBins, Scale, Spread};
use crate::model::{ArrivalScale, ChannelKind, Model, Queue, Rows};
use crate::observations::{Count, Counts, GroupCount, GroupCounts, Kind, Observations, QueueObservations};
use crate::units::{GroupId, QueueId, Span};
use crate::vocabulary::Backlog;

use super::journeys::JourneyFold;
use super::passage::{PASSAGE_LEN, passage_values};
use super::tally::{self, Extra, GROUP_LEN, ROW_LEN, SCOPE_LEN, at, extra, group_at};

/// A row over replications.
#[derive(Clone, Debug)]
pub(super) struct RowFold {
    pub(super) moments: Moments,
    /// Across days: service level, mean wait, mean number waiting.
    pub(super) spreads: [Spread; 3],
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
    /// Across days: agents on duty, agents working, occupancy.
    pub(super) spreads: [Spread; 3],
}

/// A group over replications.
#[derive(Clone, Debug)]
pub(super) struct GroupFold {
    pub(super) moments: Moments,
    pub(super) rows: Vec<GroupRowFold>,
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
    /// The queues that channels and the total pool.
    pooled: Vec<usize>,
    replications: u64,
    contacts: u64,
    events: u64,
}

impl RowFold {
    fn new() -> RowFold {
        RowFold {
            moments: Moments::new(ROW_LEN),
            spreads: [
                Spread::new(Scale::Share),
                Spread::new(Scale::Magnitude),
                Spread::new(Scale::Magnitude),
            ],
            waits: PooledBins::default(),
        }
    }

    fn add(&mut self, values: &[f64], seconds: f64) {
        self.moments.add(values);
        let on_line = values[at(Count::Answered)] - values[at(Count::ByCallback)];
        let offered = on_line + values[at(Count::Abandoned)];
        let asked = values[extra(Extra::ServiceAsked)];
        if asked > 0.0 {
            self.spreads[0].add(values[extra(Extra::ServiceMet)] / asked);
        }
        if offered > 0.0 {
            self.spreads[1]
                .add((values[at(Count::WaitAnswered)] + values[at(Count::WaitAbandoned)]) / offered);
        }
        if seconds > 0.0 {
            self.spreads[2].add(values[at(Count::Waiting)] / seconds);
        }
    }

    fn merge(&mut self, later: &RowFold) {
        self.moments.merge(&later.moments);
        merge_all(&mut self.spreads, &later.spreads, Spread::merge);
        self.waits.merge(&later.waits);
    }
}

impl ScopeFold {
    fn new(rows: usize, days: usize) -> ScopeFold {
        ScopeFold {
            moments: Moments::new(SCOPE_LEN),
            passages: Moments::new(PASSAGE_LEN),
            kinds: vec![Moments::new(ROW_LEN); Kind::ALL.len()],
            rows: vec![RowFold::new(); rows],
            days: vec![RowFold::new(); days],
            waits: Percentiles::default(),
            answered: Percentiles::default(),
            abandoned: Percentiles::default(),
            responses: None,
            backlog: Vec::new(),
            longest: Span::ZERO,
            solved_after: PooledBins::default(),
            lost_after: PooledBins::default(),
            open_age: PooledBins::default(),
        }
    }

    /// The histograms of one replication's queues that make up this scope.
    fn add_histograms(&mut self, seen: &Observations, queues: &[usize]) {
        let (mut answered, mut abandoned) = (PooledBins::default(), PooledBins::default());
        for &queue in queues {
            let queue = &seen.queues[queue];
            let ended = |count: Count| queue.rows[..queue.rows.len() - 1].iter().map(|row| row[count]).sum();
            // Who was called back did not wait on the line.
            let on_line = ended(Count::Answered) - ended(Count::ByCallback);
            add_waits(&mut answered, &queue.answered, on_line);
            add_waits(&mut abandoned, &queue.abandoned, ended(Count::Abandoned));
            self.longest = self.longest.max(queue.longest);
            self.solved_after.add(&queue.cases.solved_after);
            self.lost_after.add(&queue.cases.lost_after);
            self.open_age.add(&queue.cases.open_age);
        }
        if let Some(responses) = &mut self.responses {
            let mut pooled = PooledBins::default();
            queues.iter().for_each(|&queue| pooled.add(&seen.queues[queue].responses));
            responses.add(&pooled);
        }
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
    fn new(rows: usize) -> GroupFold {
        let row = GroupRowFold {
            moments: Moments::new(GROUP_LEN),
            spreads: [
                Spread::new(Scale::Magnitude),
                Spread::new(Scale::Magnitude),
                Spread::new(Scale::Share),
            ],
        };
        GroupFold { moments: Moments::new(GROUP_LEN), rows: vec![row; rows] }
    }

    fn add(&mut self, counts: &[GroupCounts], model: &Model) {
        let mut sum = GroupCounts::default();
        for (row, fold) in self.rows.iter_mut().enumerate() {
            sum += &counts[row];
            let values = tally::group_values(&counts[row]);
            fold.moments.add(&values);
            let hours = model.rows.covered(row).hours();
            let available = values[group_at(GroupCount::OnDuty)] - values[group_at(GroupCount::OnBreak)];
            let working = values[group_at(GroupCount::Working)];
            fold.spreads[0].add(available / hours);
            fold.spreads[1].add(working / hours);
            if available > 0.0 {
                fold.spreads[2].add(working / available);
            }
        }
        self.moments.add(&tally::group_values(&sum));
    }

    fn merge(&mut self, later: &GroupFold) {
        self.moments.merge(&later.moments);
        merge_all(&mut self.rows, &later.rows, |row, later| {
            row.moments.merge(&later.moments);
            merge_all(&mut row.spreads, &later.spreads, Spread::merge);
        });
    }
}

/// What an ACD counts as offered: stays, and those who got no further than a busy signal or a closed door.
const ATTEMPTS: [(usize, f64); 3] =
    [(at(Count::Entered), 1.0), (at(Count::Blocked), 1.0), (at(Count::TurnedAway), 1.0)];

/// With fewer cases over all replications a row's share is mostly chance.
const FEWEST_CASES: f64 = 100.0;

/// Waits above zero from a histogram, and the others of so many in the first bin.
fn add_waits(bins: &mut PooledBins, waits: &FineHistogram, all: u64) {
    let before = bins.total();
    bins.add(waits);
    bins.count(0, all - (bins.total() - before));
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
            let mut fold = ScopeFold::new(rows, days);
            fold.responses = responses(std::iter::once(queue));
            if queue.kind == ChannelKind::Deferred {
                let bands = model.channels[queue.channel.index()].age_bands.len() + 1;
                fold.backlog = vec![Moments::new(bands); rows];
            }
            fold
        };
        let mut channels = vec![ScopeFold::new(0, 0); model.channels.len()];
        for (id, channel) in channels.iter_mut().enumerate() {
            let members = model.customer_queues().iter().filter(|queue| queue.channel.index() == id);
            channel.responses = responses(members);
        }
        let mut total = ScopeFold::new(rows, days);
        total.responses = responses(model.customer_queues().iter());
        Fold {
            queues: model.queues.iter().map(queue).collect(),
            channels,
            total,
            pooled: (0..model.queues.len()).filter(|&id| is_pooled(&model.queues[id])).collect(),
            groups: vec![GroupFold::new(rows); model.groups.len()],
            all_groups: GroupFold::new(rows),
            journeys: JourneyFold::default(),
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
        let (vectors, passages): (Vec<[f64; SCOPE_LEN]>, Vec<[f64; PASSAGE_LEN]>) =
            (0..model.queues.len()).map(|queue| self.add_queue(seen, model, QueueId::at(queue))).unzip();
        let all = self.pooled.clone();
        let mut total = sum_of(all.iter().map(|&q| &vectors[q]));
        for group in (0..model.groups.len()).map(GroupId::at) {
            let mut sum = GroupCounts::default();
            seen.groups[group.index()][..model.rows.count].iter().for_each(|row| sum += row);
            let values = tally::group_values(&sum);
            let paid = values[group_at(GroupCount::Paid)] - values[group_at(GroupCount::Unpaid)];
            total[extra(Extra::Cost)] += paid * model.groups[group.index()].cost_per_hour;
            self.groups[group.index()].add(&seen.groups[group.index()], model);
        }
        for (id, channel) in self.channels.iter_mut().enumerate() {
            let members: Vec<usize> =
                all.iter().copied().filter(|&q| model.queues[q].channel.index() == id).collect();
            channel.moments.add(&sum_of(members.iter().map(|&q| &vectors[q])));
            channel.passages.add(&sum_of(members.iter().map(|&q| &passages[q])));
            for (kind, fold) in Kind::ALL.iter().zip(&mut channel.kinds) {
                fold.add(&kind_values(seen, model, &members, *kind));
            }
            channel.add_histograms(seen, &members);
        }
        self.total.moments.add(&total);
        self.total.passages.add(&sum_of(all.iter().map(|&q| &passages[q])));
        for (kind, fold) in Kind::ALL.iter().zip(&mut self.total.kinds) {
            fold.add(&kind_values(seen, model, &all, *kind));
        }
        self.total.add_histograms(seen, &all);
        self.add_total_rows(seen, model);
        self.add_all_groups(seen, model);
        self.journeys.add(&seen.journeys);
    }

    fn add_queue(
        &mut self,
        seen: &Observations,
        model: &Model,
        id: QueueId,
    ) -> ([f64; SCOPE_LEN], [f64; PASSAGE_LEN]) {
        let (queue, seen_all) = (&model.queues[id.index()], seen);
        let seen = &seen.queues[id.index()];
        let fold = &mut self.queues[id.index()];
        let sum = tally::reported(seen, model);
        let mut values = tally::scope_values(seen, &sum, model, id);
        let passages = passage_values(seen, &sum, queue);
        fold.passages.add(&passages);
        for (row, fold) in fold.backlog.iter_mut().enumerate() {
            let bands: Vec<f64> = seen.backlog[row].iter().map(|&open| open as f64).collect();
            fold.add(&bands);
        }
        let mut row_values = [0.0; ROW_LEN];
        for (row, fold) in fold.rows.iter_mut().enumerate() {
            tally::stay_values(&seen.rows[row], model, id, &mut row_values);
            fold.add(&row_values, model.rows.covered(row).seconds());
            fold.waits.add(&seen.row_waits[row]);
        }
        for (day, fold) in fold.days.iter_mut().enumerate() {
            tally::stay_values(&day_counts(seen, model, day), model, id, &mut row_values);
            fold.add(&row_values, model.rows.covered_day(day).seconds());
            seen.day_waits.get(day).into_iter().for_each(|waits| fold.waits.add(waits));
            tally::count_day(&row_values, queue, &mut values);
        }
        fold.moments.add(&values);
        for (kind, fold) in Kind::ALL.iter().zip(&mut fold.kinds) {
            fold.add(&kind_values(seen_all, model, &[id.index()], *kind));
        }
        fold.add_histograms(seen_all, &[id.index()]);
        (values, passages)
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
        self.all_groups.add(&sum, model);
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
        self.replications += later.replications;
        self.contacts += later.contacts;
        self.events += later.events;
    }
}

/// Room for times to the response, where any of the queues has responses.
fn responses<'a>(mut queues: impl Iterator<Item = &'a Queue>) -> Option<Box<Percentiles>> {
    queues.any(|queue| queue.kind.counts_responses() || queue.conversation.is_some()).then(Box::default)
}

/// Whether channels and the total count a queue in: contacts that customers began. Not what the
/// centre begins itself, nor work without end, which is as much as there is time for.
pub(super) fn is_pooled(queue: &Queue) -> bool {
    queue.follow_up.is_none() && queue.backlog != Some(Backlog::Unlimited)
}

pub(super) fn sum_of<'a, const N: usize>(vectors: impl Iterator<Item = &'a [f64; N]>) -> [f64; N] {
    let mut sum = [0.0; N];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    sum
}

fn kind_values(seen: &Observations, model: &Model, queues: &[usize], kind: Kind) -> [f64; ROW_LEN] {
    let (mut sum, mut values) = ([0.0; ROW_LEN], [0.0; ROW_LEN]);
    for &queue in queues {
        tally::stay_values(&seen.queues[queue].kind(kind), model, QueueId::at(queue), &mut values);
        sum.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
    }
    sum
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
