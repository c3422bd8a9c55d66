//! A scenario played as it is, and set beside a report.

use crate::acd::{Faults, Report};
use crate::model::{Labels, Model, Rows as RowKind};
use crate::routing::RulePolicy;
use crate::scenario::Scenario;
use crate::units::{QueueId, Span};

use super::super::{Experiment, Failure, Watch};
use super::against::{FEWEST, QueueBeside};
use super::align::align;
use super::cause::{Cause, causes};
use super::played::Rows;

/// Fewer replications tell no band.
pub const FEWEST_REPLICATIONS: u64 = FEWEST as u64 + 1;

/// Whether a baseline fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Chance explains all that differs.
    Fits,
    /// In some queues, and in others not.
    InPart,
    /// In none.
    Not,
}

impl Fit {
    /// For files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Fit::Fits => "fits",
            Fit::InPart => "fits_in_part",
            Fit::Not => "does_not_fit",
        }
    }
}

/// What is compared with what.
#[derive(Clone, Copy, Debug)]
pub struct Validation<'a> {
    /// The scenario. Its reporting interval is that of the report.
    pub scenario: &'a Scenario,
    /// What was seen.
    pub report: &'a Report,
    /// Queues of the report, and which of the scenario they are; none where they are left out.
    pub names: &'a [(String, Option<String>)],
}

/// A scenario beside a report.
#[derive(Clone, Debug)]
pub struct Validated {
    /// Of the scenario.
    pub title: String,
    /// Replications that were played.
    pub replications: u64,
    /// The seed.
    pub seed: u64,
    /// How long an interval lasts.
    pub step: Span,
    /// The day of the first row, where rows have dates.
    pub start: Option<jiff::civil::Date>,
    /// In the scenario's order.
    pub queues: Vec<QueueBeside>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// When each row of the scenario begins, as it is written.
    pub labels: Vec<String>,
    /// What people call queues and money.
    pub names: Labels,
}

/// Why nothing can be compared.
#[derive(Debug)]
pub enum NotCompared {
    /// The report does not fit the scenario.
    Report(Faults),
    /// The scenario cannot be played.
    Play(Failure),
}

impl Validation<'_> {
    /// Plays and compares.
    ///
    /// # Errors
    /// Everything that keeps the report from being compared; why it cannot be played.
    pub fn run(&self, watch: &dyn Watch) -> Result<Validated, NotCompared> {
        let aligned =
            align(self.report, &Model::compile(self.scenario), self.names).map_err(NotCompared::Report)?;
        let asked = self.scenario.experiment.replications;
        if asked < FEWEST_REPLICATIONS {
            return Err(NotCompared::Report(Faults::one(
                format!("{asked} replications do not tell a band of simulated days"),
                format!("play {FEWEST_REPLICATIONS} at least: `--replications 100`, say"),
            )));
        }
        let experiment = Experiment::new(self.scenario).map_err(NotCompared::Play)?;
        let model = experiment.model();
        let (outcome, played) = experiment
            .run_collecting(|| RulePolicy::new(model), &Rows::new(&aligned.rows), watch)
            .map_err(NotCompared::Play)?;
        if !outcome.complete {
            return Err(NotCompared::Play(Failure::Stopped));
        }
        let mut queues = Vec::new();
        for (id, queue) in model.customer_queues().iter().enumerate() {
            let own = |row: &usize| aligned.rows[*row].queue.index() == id;
            let rows: Vec<usize> = (0..aligned.rows.len()).filter(own).collect();
            if !rows.is_empty() {
                let groups = model.abilities.served_by(QueueId::at(id)).iter().map(|group| group.index());
                queues.push(QueueBeside::new(&queue.name, groups.collect(), &rows, &aligned.rows, &played));
            }
        }
        let mut notes = aligned.notes;
        notes.extend(outcome.results.notes.iter().cloned());
        Ok(Validated {
            title: self.scenario.title.clone(),
            replications: outcome.results.replications,
            seed: self.scenario.experiment.seed,
            step: model.rows.interval,
            start: start(model),
            queues,
            notes,
            labels: labels(model),
            names: model.labels.clone(),
        })
    }
}

fn start(model: &Model) -> Option<jiff::civil::Date> {
    model.calendar.start().filter(|_| model.rows.kind == RowKind::Each)
}

/// When rows begin, as files write it.
fn labels(model: &Model) -> Vec<String> {
    let Some(start) = start(model) else { return Vec::new() };
    let midnight = start.to_datetime(jiff::civil::Time::midnight());
    let label = |row: usize| {
        let micros = i64::try_from(model.rows.interval.micros()).ok()?.checked_mul(row as i64)?;
        let at = midnight.checked_add(jiff::SignedDuration::from_micros(micros)).ok()?;
        Some(at.strftime("%Y-%m-%d %H:%M").to_string())
    };
    (0..model.rows.count).map(|row| label(row).unwrap_or_default()).collect()
}

impl Validated {
    /// Whether the baseline fits.
    #[must_use]
    pub fn fit(&self) -> Fit {
        match self.queues.iter().filter(|queue| queue.fits()).count() {
            fitting if fitting == self.queues.len() => Fit::Fits,
            0 => Fit::Not,
            _ => Fit::InPart,
        }
    }

    /// Values of intervals within their bands, and all.
    #[must_use]
    pub fn within(&self) -> (usize, usize) {
        self.queues.iter().fold((0, 0), |(within, of), queue| {
            let (more, count) = queue.within();
            (within + more, of + count)
        })
    }

    /// The queue whose deviation is the largest, of those that do not fit; else of all.
    #[must_use]
    pub fn largest(&self) -> Option<&QueueBeside> {
        let excess = |queue: &QueueBeside| queue.largest().map_or(0.0, |one| one.total.excess());
        let by = |one: &&QueueBeside, other: &&QueueBeside| excess(one).total_cmp(&excess(other));
        let unfit = self.queues.iter().filter(|queue| !queue.fits()).max_by(by);
        unfit.or_else(|| self.queues.iter().filter(|queue| excess(queue) > 0.0).max_by(by))
    }

    /// The likeliest causes of a queue's deviation, the first the likeliest.
    #[must_use]
    pub fn causes(&self, queue: &QueueBeside) -> Vec<Cause> {
        let of = |queue: &QueueBeside| if queue.fits() { Vec::new() } else { causes(queue) };
        let mut found = of(queue);
        if let Some(Cause::People(direction)) = found.first().copied() {
            // Too few people here and too many there are the same people.
            let shared = |other: &&QueueBeside| other.groups.iter().any(|group| queue.groups.contains(group));
            let against = |other: &QueueBeside| matches!(of(other).first(), Some(Cause::People(other)) if *other != direction);
            if self.queues.iter().filter(shared).any(against) {
                found[0] = Cause::Order(direction);
            }
        }
        found
    }
}
