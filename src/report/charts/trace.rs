//! The first replication as it went: how many waited, queue by queue.

use crate::figures::{Estimate, Figure, Figures, Results, Row, Unit};
use crate::units::Span;

use super::chart::Chart;
use super::palette::{BLUE, solid};
use super::row_panels::{Line, Look, Plan, finished};

/// The chart, where a replication was traced.
pub(super) fn charts(results: &Results, file: &'static str) -> Vec<Chart> {
    let Some(trace) = &results.trace else { return Vec::new() };
    let queues =
        results.queues.iter().zip(&trace.queues).filter(|(_, most)| most.iter().any(|most| *most > 0));
    let queues: Vec<(&str, Vec<Row>)> =
        queues.map(|(queue, most)| (queue.name.as_str(), rows(most, trace.slot))).collect();
    let look = Look {
        file,
        title: format!("How the first replication went: who waits, every {}", trace.slot),
        about: "One play of all, and no mean: queues come in bursts, and go. Another play has other bursts.",
        ribbon: "",
        unit: Unit::Count,
        of: "customers",
        at_least: 0.0,
        level: "",
    };
    finished(results, &look, queues.iter().map(|(name, rows)| plan(name, rows)).collect())
}

/// A row for each stretch of slots that are alike.
fn rows(most: &[u32], slot: Span) -> Vec<Row> {
    let mut begin = 0;
    let alike = most.chunk_by(|one, next| one == next).map(|run| {
        let (start, length) = (slot * begin as u64, slot * run.len() as u64);
        begin += run.len();
        let estimate = Estimate { value: f64::from(run[0]), half_width: None };
        let figures = Figures(vec![(Figure::QueueLength, estimate)]);
        Row { start, length, label: String::new(), figures, ribbons: Vec::new() }
    });
    alike.collect()
}

fn plan<'a>(name: &str, rows: &'a [Row]) -> Plan<'a> {
    let line = Line {
        rows,
        figure: Figure::QueueLength,
        stroke: solid(BLUE, 1.25),
        label: "waiting, the most at once".into(),
        spread: false,
        steps: true,
    };
    Plan { name: name.to_owned(), detail: String::new(), lines: vec![line], level: None }
}
