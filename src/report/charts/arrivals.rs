//! Volumes over time: the cases that the scenario foresees, the contacts that came, and how far apart days are.

use crate::figures::{Estimate, Figure, Figures, Results, Row, Unit};

use super::chart::Chart;
use super::over_time::row_word;
use super::palette::{BLUE, VERMILLION, dashed, solid};
use super::row_panels::{Line, Look, Plan, finished};

/// A panel per queue that has arrivals of its own or gets contacts.
pub(super) fn charts(results: &Results, file: &'static str) -> Vec<Chart> {
    // What is foreseen, as rows of the same times.
    let planned = |name: &str| -> Option<Vec<Row>> {
        let (_, volumes) = results.plan.volumes.iter().find(|(queue, _)| queue == name)?;
        let rows = &results.queues.iter().find(|queue| queue.name == name)?.rows;
        let row = |(row, volume): (&Row, &f64)| Row {
            figures: Figures(vec![(Figure::Offered, Estimate { value: *volume, half_width: None })]),
            ribbons: Vec::new(),
            ..row.clone()
        };
        Some(rows.iter().zip(volumes).map(row).collect())
    };
    let foreseen: Vec<Option<Vec<Row>>> = results.queues.iter().map(|queue| planned(&queue.name)).collect();
    let happens = |rows: &[Row]| {
        rows.iter().any(|row| row.figures.value(Figure::Offered).is_some_and(|offered| offered > 0.0))
    };
    let mut plans = Vec::new();
    for (queue, foreseen) in results.queues.iter().zip(&foreseen) {
        if !happens(&queue.rows) {
            continue;
        }
        let line = |rows, stroke, label: &'static str, spread| Line {
            rows,
            figure: Figure::Offered,
            stroke,
            label: label.into(),
            spread,
            steps: false,
        };
        let came = line(queue.rows.as_slice(), solid(BLUE, 1.75), "offered, as simulated", true);
        let planned = foreseen
            .iter()
            .map(|rows| line(rows.as_slice(), dashed(VERMILLION, 1.75), "new cases, as planned", false));
        let lines = std::iter::once(came).chain(planned).collect();
        plans.push(Plan { name: queue.name.clone(), detail: String::new(), lines, level: None });
    }
    let look = Look {
        file,
        title: format!("Contacts planned and offered, every {}", row_word(results)),
        about: "What is offered beyond the plan are retries, repeat contacts, transfers and overflow; what is missing stayed in \
                self-service, found the queue closed or went elsewhere.",
        ribbon: "Ribbon: one day in ten lies below it, one in ten above.",
        unit: Unit::Count,
        of: "contacts",
        at_least: 0.0,
        level: "",
    };
    finished(results, &look, plans)
}
