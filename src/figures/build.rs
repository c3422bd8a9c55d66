//! From folded replications to results.

use crate::estimate::{PooledBins, cumulative_incidence, student_multiple};
use crate::model::{ChannelKind, Model, Queue, Rows};
use crate::observations::{Count, Kind, LossReason, PassageCount};
use crate::units::{ChannelId, GroupId, QueueId, Span, Weekday};
use crate::vocabulary::Backlog;

use super::Figure;
use super::declared::Line;
use super::define::Sums;
use super::endless;
use super::fold::{Fold, GROUP_RIBBONS, GroupFold, ROW_RIBBONS, RowFold, ScopeFold};
use super::interval::{Estimate, Ribbon};
use super::load;
use super::passage::{self, passage};
use super::plan::Plan;
use super::results::{
    BacklogByAge, CaseOutcomes, Figures, GroupResult, KindResult, Results, Row, ScopeKind, ScopeResult,
    TargetResult,
};
use super::shortage;
use super::tally::{Extra, at, extra};
use super::targets::targets_of;

/// How a run is described in its results.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// The scenario's title.
    pub title: &'a str,
    /// The seed.
    pub seed: u64,
    /// Replications asked for.
    pub asked: u64,
    /// Of the intervals.
    pub confidence: f64,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Points of a curve in the results.
const CURVE_POINTS: usize = 200;

impl Fold {
    /// The results of the replications so far.
    #[must_use]
    pub fn results(&self, model: &Model, about: About) -> Results {
        let builder = Builder {
            model,
            multiple: self.total.moments.degrees().and_then(|n| student_multiple(about.confidence, n)),
            plain: student_multiple(about.confidence, self.replications() as f64 - 1.0),
            seconds: model.rows.to.since(model.rows.from).seconds(),
            shares: self.total.passages.sum(&[(passage(PassageCount::Shared), 1.0)]) > 0.0,
        };
        let has_cost = model.groups.iter().any(|group| group.has_cost);
        let queue = |id: &QueueId| {
            let queue = &model.queues[id.index()];
            let mut result = builder.scope(&queue.name, ScopeKind::Queue, &self.queues[id.index()], None);
            builder.place_in(&mut result, queue.channel);
            result.backlog = builder.backlog(queue, &self.queues[id.index()], &mut result.rows);
            if queue.kind.counts_responses() {
                load::spread(&mut result, builder.seconds);
            }
            if queue.backlog == Some(Backlog::Unlimited) {
                endless::strip(&mut result);
            }
            result.targets = targets(queue, &result.figures, &self.queues[id.index()]);
            // Without a calendar all intervals are alike, and none is short of agents by itself.
            // The formula knows agents who have one customer at a time, on the line.
            if model.calendar.start().is_some() && queue.kind == ChannelKind::Voice {
                shortage::fill(&mut result, queue, &self.queues[id.index()].rows, builder.multiple);
            }
            result
        };
        let channel = |id: &ChannelId| {
            let channel = &model.channels[id.index()];
            let mut result =
                builder.scope(&channel.name, ScopeKind::Channel, &self.channels[id.index()], None);
            result.travels = Some(channel.kind);
            result
        };
        let follow_up = |id: &QueueId| {
            let queue = &model.queues[id.index()];
            let mut result = builder.follow_up(&queue.name, &self.queues[id.index()]);
            builder.place_in(&mut result, queue.channel);
            result
        };
        let group = |id: &GroupId| {
            let group = &model.groups[id.index()];
            let cost = group.has_cost.then_some(group.cost_per_hour);
            let result = builder.group(&group.name, &self.groups[id.index()], cost);
            GroupResult { site: group.site.clone(), max_occupancy: group.max_occupancy, ..result }
        };
        let total = builder.scope("total", ScopeKind::Total, &self.total, Some(has_cost));
        let mut all_groups = builder.group("total", &self.all_groups, None);
        // Groups differ in pay, so the sum is known to the total only.
        all_groups.figures.0.extend(total.figures.get(Figure::Cost).map(|cost| (Figure::Cost, cost)));
        let left_out = left_out(&total.figures).into_iter().chain(cut_short(&total.figures));
        let mut results = Results {
            title: about.title.to_string(),
            seed: about.seed,
            replications: self.replications(),
            asked: about.asked,
            confidence: about.confidence,
            calendar: model.calendar,
            length: model.rows.to.since(model.rows.from),
            interval: model.rows.interval,
            folded: model.rows.kind == Rows::Week,
            total,
            channels: model.channel_order.iter().map(channel).collect(),
            queues: model.queue_order.iter().map(queue).collect(),
            follow_ups: model.follow_up_order.iter().map(follow_up).collect(),
            groups: model.group_order.iter().map(group).collect(),
            all_groups,
            plan: Plan::of(model),
            journeys: self.journeys.results(model, self.replications(), builder.plain),
            trace: None,
            even_days_gain: None,
            notes: about.notes.into_iter().chain(left_out).collect(),
        };
        results.even_days_gain = self.even_days_gain(&results.total.figures, builder.plain);
        if model.customer_queues().iter().any(|queue| queue.kind.counts_responses()) {
            let queues: Vec<&ScopeResult> = results.queues.iter().collect();
            load::add_up(&mut results.total, &queues);
            for channel in &mut results.channels {
                let on = |queue: &&&ScopeResult| queue.channel.as_ref() == Some(&channel.name);
                let members: Vec<&ScopeResult> = queues.iter().filter(on).copied().collect();
                load::add_up(channel, &members);
            }
        }
        results
    }
}

impl Fold {
    /// How many times as many independent replications the interval of the total service level would take.
    fn even_days_gain(&self, total: &Figures, plain: Option<f64>) -> Option<f64> {
        let width = |figures: &Figures| figures.get(Figure::ServiceLevel)?.half_width;
        let (even, moments) = (width(total)?, self.as_independent.as_ref()?);
        let independent = width(&Sums::new(Line::Total, moments, plain).figures())?;
        (even > 0.0).then(|| (independent / even) * (independent / even))
    }
}

struct Builder<'a> {
    model: &'a Model,
    /// Of standard errors that know how replications were drawn.
    multiple: Option<f64>,
    /// Of those that take them for independent: at least as large as they are.
    plain: Option<f64>,
    seconds: f64,
    /// Whether any agents' time is shared between conversations.
    shares: bool,
}

impl Builder<'_> {
    /// Says on which channel a scope is.
    fn place_in(&self, result: &mut ScopeResult, channel: ChannelId) {
        let channel = &self.model.channels[channel.index()];
        (result.channel, result.travels) = (Some(channel.name.clone()), Some(channel.kind));
    }

    /// The backlog by age, where work is deferred; all of it goes into the rows too.
    fn backlog(&self, queue: &Queue, fold: &ScopeFold, rows: &mut [Row]) -> Option<BacklogByAge> {
        if queue.kind != ChannelKind::Deferred {
            return None;
        }
        let ages = &self.model.channels[queue.channel.index()].age_bands;
        let mut bands: Vec<String> = ages.first().map(|first| format!("under {first}")).into_iter().collect();
        bands.extend(ages.windows(2).map(|pair| format!("{} to {}", pair[0], pair[1])));
        bands.extend(ages.last().map(|last| format!("{last} and older")));
        let mut by_age = Vec::new();
        for (index, (moments, row)) in fold.backlog.iter().zip(rows).enumerate() {
            let ends = self.model.rows.occurrences(index);
            let estimate = |form: &[(usize, f64)]| {
                let mean = moments.mean(form).filter(|_| ends > 0.0)?;
                let half_width =
                    mean.standard_error.zip(self.multiple).map(|(error, multiple)| error * multiple / ends);
                Some(Estimate { value: mean.value / ends, half_width })
            };
            let none = Estimate { value: 0.0, half_width: None };
            let of_band = |band: usize| estimate(&[(band, 1.0)]).unwrap_or(none);
            by_age.push((0..=ages.len()).map(of_band).collect());
            let all: Vec<(usize, f64)> = (0..=ages.len()).map(|band| (band, 1.0)).collect();
            row.figures.0.extend(estimate(&all).map(|open| (Figure::Backlog, open)));
            row.figures.0.sort_by_key(|(figure, _)| *figure);
        }
        Some(BacklogByAge { bands, rows: by_age })
    }

    /// A follow-up's: as a whole, and nothing of customers who wait.
    fn follow_up(&self, name: &str, fold: &ScopeFold) -> ScopeResult {
        let sums = Sums { time: self.seconds, ..Sums::of_scope(Line::FollowUp, fold, self.multiple) };
        ScopeResult {
            name: name.to_string(),
            kind: ScopeKind::FollowUp,
            channel: None,
            travels: None,
            figures: sums.figures(),
            by_kind: Vec::new(),
            rows: Vec::new(),
            days: Vec::new(),
            backlog: None,
            wait_tail: Vec::new(),
            outcomes: CaseOutcomes::default(),
            targets: Vec::new(),
        }
    }

    /// `total` says whether there is cost, for the total.
    fn scope(&self, name: &str, kind: ScopeKind, fold: &ScopeFold, total: Option<bool>) -> ScopeResult {
        let line = if total.is_some() { Line::Total } else { Line::Scope };
        let sums = Sums {
            time: self.seconds,
            ends: self.model.rows.ends(),
            shares: self.shares,
            // What the total costs is counted.
            per_hour: total.filter(|has_cost| *has_cost).map(|_| 1.0),
            ..Sums::of_scope(line, fold, self.multiple)
        };
        ScopeResult {
            name: name.to_string(),
            kind,
            channel: None,
            travels: None,
            figures: sums.figures(),
            by_kind: self.kinds(fold),
            rows: fold.rows.iter().enumerate().map(|(i, row)| self.row(i, row)).collect(),
            days: fold.days.iter().enumerate().map(|(i, day)| self.day(i, day, &fold.rows)).collect(),
            backlog: None,
            wait_tail: if fold.waits.pooled().total() > 0 {
                fold.waits.tail(CURVE_POINTS)
            } else {
                Vec::new()
            },
            outcomes: outcomes(fold),
            targets: Vec::new(),
        }
    }

    fn kinds(&self, fold: &ScopeFold) -> Vec<KindResult> {
        let entered = [(at(Count::Entered), 1.0), (at(Count::Blocked), 1.0), (at(Count::TurnedAway), 1.0)];
        let kinds = Kind::ALL.iter().zip(&fold.kinds).filter(|(_, moments)| moments.sum(&entered) > 0.0);
        kinds
            .map(|(kind, moments)| {
                let figures = Sums::new(Line::Kind, moments, self.multiple).figures();
                KindResult { kind: kind.name(), figures }
            })
            .collect()
    }

    /// Where a row lies, and what it is called.
    fn place(&self, index: usize) -> (Span, String) {
        let start = self.model.rows.interval * index as u64;
        let label = match self.model.rows.kind {
            Rows::Week => {
                let day = Weekday::ALL[(start.micros() / Span::DAY.micros() % 7) as usize];
                format!("{} {}", &day.name()[..3], clock(start))
            }
            Rows::Each => match self.model.calendar.date((start.micros() / Span::DAY.micros()) as i64) {
                Some(date) => format!("{date}T{}", clock(start)),
                None => start.to_string(),
            },
        };
        (start, label)
    }

    fn row(&self, index: usize, fold: &RowFold) -> Row {
        let (start, label) = self.place(index);
        let covered = self.model.rows.covered(index);
        let folded = self.model.rows.kind == Rows::Week;
        let mut row = self.time_row(
            fold,
            fold.waits.clone(),
            label,
            start,
            covered,
            self.model.rows.occurrences(index),
        );
        row.length = self.model.rows.interval.min(covered);
        if folded {
            // Such rows pool several days a replication: they know no spread across days.
            row.ribbons.clear();
        }
        row
    }

    /// A date, with the rows of intervals that it is made of.
    fn day(&self, index: usize, fold: &RowFold, rows: &[RowFold]) -> Row {
        let label = self.model.calendar.date(index as i64).map(|date| date.to_string()).unwrap_or_default();
        let covered = self.model.rows.covered_day(index);
        let mut waits = fold.waits.clone();
        if self.model.rows.kind == Rows::Each {
            rows[self.model.rows.of_day(index)].iter().for_each(|row| waits.merge(&row.waits));
        }
        self.time_row(fold, waits, label, Span::DAY * index as u64, covered, 1.0)
    }

    /// A row that comes so many times in a replication and covers so much of its time: what it
    /// counts is that of one occurrence.
    fn time_row(
        &self,
        fold: &RowFold,
        mut waits: PooledBins,
        label: String,
        start: Span,
        covered: Span,
        times: f64,
    ) -> Row {
        // Those who did not wait at all are in the counters only.
        let ended = fold.moments.sum(&[
            (at(Count::Answered), 1.0),
            (at(Count::Abandoned), 1.0),
            (at(Count::ByCallback), -1.0),
        ]);
        waits.count(0, (ended as u64).saturating_sub(waits.total()));
        let times = times.max(1.0);
        let sums = Sums { time: covered.seconds(), times, ..Sums::of_row(fold, &waits, self.multiple) };
        let ribbons = ribbons(&ROW_RIBBONS, &fold.spreads);
        Row { start, length: covered, label, figures: sums.figures(), ribbons }
    }

    fn group(&self, name: &str, fold: &GroupFold, cost: Option<f64>) -> GroupResult {
        let sums = Sums {
            time: self.seconds / 3600.0,
            per_hour: cost,
            fte_hours: self.model.fte_hours,
            ..Sums::new(Line::Group, &fold.moments, self.multiple)
        };
        let rows = fold.rows.iter().enumerate().map(|(index, fold)| {
            let sums = Sums {
                time: self.model.rows.covered(index).hours(),
                times: self.model.rows.occurrences(index).max(1.0),
                ..Sums::new(Line::GroupRow, &fold.moments, self.multiple)
            };
            let mut ribbons = ribbons(&GROUP_RIBBONS, &fold.spreads);
            if self.model.rows.kind == Rows::Week {
                ribbons.clear();
            }
            let (start, label) = self.place(index);
            let length = self.model.rows.interval.min(self.model.rows.covered(index));
            Row { start, length, label, figures: sums.figures(), ribbons }
        });
        let there = fold.agents.iter().filter(|times| times.available > 0);
        GroupResult {
            name: name.to_string(),
            site: None,
            figures: sums.figures(),
            rows: rows.collect(),
            max_occupancy: None,
            agents: there.map(|times| times.worked as f64 / times.available as f64).collect(),
        }
    }
}

/// From this share of the offered on, a reader must know of those whom waits leave out.
const WORTH_A_NOTE: f64 = 0.005;

/// Says how many contacts were neither answered nor abandoned, as no wait knows of them.
fn left_out(figures: &Figures) -> Option<String> {
    let count = |figure| figures.value(figure).unwrap_or(0.0);
    let (still, sent_away) = (count(Figure::StillWaiting), count(Figure::ClosedOut));
    let share = (still + sent_away) / figures.value(Figure::Offered).filter(|offered| *offered > 0.0)?;
    (share >= WORTH_A_NOTE).then(|| {
        format!(
            "{:.1} % of all offered contacts were still waiting at the end ({still:.0}) or sent away at closing time \
             ({sent_away:.0}); waits, service level and abandonment leave them out",
            100.0 * share
        )
    })
}

/// Says how many cases were open at the end, as their further contacts are not known.
fn cut_short(figures: &Figures) -> Option<String> {
    let open = figures.value(Figure::CasesOpen).filter(|open| *open >= WORTH_A_NOTE)?;
    let returns = figures.value(Figure::ContactsPerCase).is_some_and(|contacts| contacts > 1.0);
    returns.then(|| {
        format!(
            "{:.1} % of all cases were still open at the end; first contact resolution, contacts per case and time to \
             resolution count what happened until then (`horizon.cool_down` plays on until they are closed)",
            100.0 * open
        )
    })
}

fn ribbons(figures: &[Figure], spreads: &[crate::estimate::Spread]) -> Vec<(Figure, Ribbon)> {
    let pairs = figures.iter().copied().zip(spreads);
    pairs
        .filter_map(|(figure, spread)| {
            Some((figure, Ribbon { p10: spread.quantile(0.1)?, p90: spread.quantile(0.9)? }))
        })
        .collect()
}

/// The time of day of a time since midnight: `08:30`.
fn clock(since: Span) -> String {
    let minutes = since.micros() / 60_000_000 % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn outcomes(fold: &ScopeFold) -> CaseOutcomes {
    let curve = cumulative_incidence(&fold.solved_after, &fold.lost_after, &fold.open_age);
    let step = curve.len().div_ceil(CURVE_POINTS).max(1);
    let thin = curve
        .iter()
        .enumerate()
        .filter(|(i, _)| i % step == 0 || i + 1 == curve.len())
        .map(|(_, point)| point);
    let cases = fold.moments.sum(&[(at(Count::Cases), 1.0)]);
    let mut lost_why: Vec<(&'static str, f64)> = LossReason::ALL
        .iter()
        .map(|reason| (reason.name(), fold.passages.sum(&[(passage::lost(*reason), 1.0)]) / cases))
        .filter(|(_, share)| *share > 0.0)
        .collect();
    lost_why.sort_by(|a, b| b.1.total_cmp(&a.1));
    CaseOutcomes {
        solved_by: thin.clone().map(|point| (point.seconds, point.first)).collect(),
        lost_by: thin.map(|point| (point.seconds, point.second)).collect(),
        lost_why,
    }
}

/// A queue's targets, as far as there are figures for them.
fn targets(queue: &Queue, figures: &Figures, fold: &ScopeFold) -> Vec<TargetResult> {
    let days = |met: Extra, of: Extra| {
        fold.moments.ratio(&[(extra(met), 1.0)], &[(extra(of), 1.0)]).map(|estimated| estimated.value)
    };
    let observed = targets_of(queue).into_iter().filter(|target| figures.get(target.figure).is_some());
    let with_days = |target: TargetResult| TargetResult {
        days_met: match target.figure {
            Figure::ServiceLevel => days(Extra::AnswerDaysMet, Extra::AnswerDays),
            Figure::Abandonment => days(Extra::AbandonmentDaysMet, Extra::AbandonmentDays),
            _ => None,
        },
        missed_by_weekday: match target.figure {
            Figure::ServiceLevel => fold.days_missed[0].shares(),
            Figure::Abandonment => fold.days_missed[1].shares(),
            _ => Vec::new(),
        },
        ..target
    };
    observed.map(with_days).collect()
}
