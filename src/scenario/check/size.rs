//! How much memory the rows of the report take, before anything is played.

use crate::units::Span;

use super::super::{IntervalRows, Scenario};
use super::Checking;

/// The most that rows may take: 4 GiB.
const MOST_BYTES: u64 = 4 << 30;

/// What a row of a queue, a channel or the total takes where something happens in it: the counters and their
/// products of one replication, those of all replications, the results and the files made of them. Measured,
/// and rounded up.
const ROW_BYTES: u64 = 16 << 10;

/// The same of a group's row.
const GROUP_ROW_BYTES: u64 = 2 << 10;

/// What a queue takes beside its rows: journeys, histograms, its panels of the charts.
const QUEUE_BYTES: u64 = 128 << 10;

/// What a skill takes, or the lack of one: the matrix has a place for every queue and group.
const SKILL_BYTES: u64 = 8;

impl Checking<'_> {
    /// Reports more rows than fit into memory.
    pub(super) fn size(&self) {
        let scenario = self.scenario;
        let bytes = bytes(scenario);
        if bytes <= MOST_BYTES {
            return;
        }
        let gib = |bytes: u64| bytes as f64 / f64::from(1 << 30);
        let (intervals, days) = rows(scenario);
        let title = format!(
            "the results would take {:.1} GiB of memory, and {:.0} are the most",
            gib(bytes),
            gib(MOST_BYTES)
        );
        let reason = format!(
            "{} rows of time for {} queues, {} channels and {} groups",
            intervals + days,
            scenario.queues.len() + scenario.follow_ups.len(),
            scenario.channels.len(),
            scenario.groups.len()
        );
        let each = scenario.report.intervals == IntervalRows::Each;
        let help = match (scenario.horizon.start.is_some(), each) {
            (true, true) => "leave `report.intervals` out, or choose a longer `horizon.interval`",
            _ => "choose a longer `horizon.interval`, a shorter horizon, or fewer queues",
        };
        self.log.error(self.place(&["horizon", "interval"]), title, reason).help(help).derived();
    }
}

/// Rows of intervals, and of days beside them.
fn rows(scenario: &Scenario) -> (u64, u64) {
    let horizon = &scenario.horizon;
    let interval = horizon.interval.micros().max(1);
    let of = |length: Span| length.micros().div_ceil(interval);
    let days = horizon.start.map_or(0, |_| horizon.length.micros().div_ceil(Span::DAY.micros()));
    let intervals = if scenario.folds_weeks() { of(Span::DAY * 7) } else { of(horizon.length) };
    (intervals, days)
}

fn bytes(scenario: &Scenario) -> u64 {
    let (intervals, days) = rows(scenario);
    // Follow-ups are reported as a whole.
    let queues = (scenario.queues.len() + scenario.follow_ups.len()) as u64;
    let scopes = scenario.queues.len() as u64 + scenario.channels.len() as u64 + 1;
    let groups = scenario.groups.len() as u64;
    let skills = scenario.groups.iter().map(|group| group.skills.len() as u64).sum::<u64>();
    let mut sum = scopes.saturating_mul(intervals + days).saturating_mul(ROW_BYTES);
    sum = sum.saturating_add((groups + 1).saturating_mul(intervals).saturating_mul(GROUP_ROW_BYTES));
    sum = sum.saturating_add(queues.saturating_mul(QUEUE_BYTES));
    sum.saturating_add(queues.saturating_mul(groups).saturating_add(skills * 16).saturating_mul(SKILL_BYTES))
}
