//! The charts: what is drawn ([`picture`]), how axes, panels and sheets are laid out, and one file
//! for each family of charts. plotters is used in [`paper`] alone.

mod alluvium;
mod axis;
mod backlog;
mod curves;
mod font;
mod heat_map;
mod journeys;
mod over_time;
mod palette;
mod panel;
mod paper;
mod picture;
mod resolution;
mod row_panels;
mod sheet;
mod sweep_lines;
mod trade_off;

use crate::figures::Results;

use super::swept::Swept;

use picture::Picture;

/// The names that charts may have, before `-2`, `-3`, ... where there are too many queues for one.
pub(super) const NAMES: [&str; 10] = [
    "staffing",
    "service_level",
    "wait",
    "wait_tail",
    "journeys",
    "resolution",
    "time_to_resolution",
    "queue_length",
    "backlog",
    "occupancy",
];

/// The names that charts of sweeps may have.
pub(super) const SWEEP_NAMES: [&str; 4] = ["sweep_wait", "sweep_resolution", "sweep_map", "sweep_cost"];

/// A finished drawing with its name.
pub(super) struct Chart {
    /// Of its files, without the ending.
    pub(super) name: String,
    /// What is seen, in a line.
    pub(super) title: String,
    picture: Picture,
}

impl Chart {
    fn new(name: &str, file: usize, title: &str, picture: Picture) -> Chart {
        let name = if file == 0 { name.to_owned() } else { format!("{name}-{}", file + 1) };
        Chart { name, title: title.to_owned(), picture }
    }

    /// As an SVG document.
    pub(super) fn svg(&self) -> String {
        paper::svg(&self.picture, &self.title)
    }

    /// As a PNG image.
    pub(super) fn png(&self) -> Vec<u8> {
        paper::png(&self.picture)
    }
}

/// All charts that have something to show, in the order of the page.
pub(super) fn charts(results: &Results) -> Vec<Chart> {
    let mut charts = over_time::charts(results);
    charts.extend(curves::charts(results));
    charts.extend(resolution::chart(results));
    charts.extend(journeys::chart(results));
    charts.extend(backlog::charts(results));
    let place = |chart: &Chart| NAMES.iter().position(|name| chart.name.split('-').next() == Some(name));
    charts.sort_by_key(place);
    charts
}

/// The charts of a sweep that have something to show.
pub(super) fn sweep_charts(swept: &Swept) -> Vec<Chart> {
    if swept.too_many() {
        return Vec::new();
    }
    let mut charts = sweep_lines::charts(swept);
    charts.extend(heat_map::chart(swept));
    charts.extend(trade_off::chart(swept));
    charts
}
