//! Policies by their mean wait and their resolution, and the line of those whom none beats in both.

use crate::figures::Unit;

use super::super::league::League;
use super::super::wording::plain;
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{AXIS, BLUE, GREEN, ORANGE, SKY, VERMILLION, solid};
use super::panel::{Layer, Panel};
use super::picture::Colour;
use super::sheet::{Grid, Key, Swatch, picture};

/// The colours of those on the frontier that are named; others are on the line without a name.
const COLOURS: [Colour; 5] = [BLUE, GREEN, ORANGE, VERMILLION, SKY];

/// The chart, where policies differ in both.
pub(super) fn chart(league: &League, file: &'static str) -> Vec<Chart> {
    let spots = league.spots();
    let frontier = league.frontier();
    let ends = |of: fn(&super::super::league::Spot) -> f64| {
        spots
            .iter()
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |ends, value| (ends.0.min(value), ends.1.max(value)))
    };
    let (waits, resolutions) = (ends(|spot| spot.wait), ends(|spot| spot.resolution));
    if spots.len() < 2 || waits.1 <= waits.0 || resolutions.1 <= resolutions.0 {
        return Vec::new();
    }
    let title = "Waiting against resolution";
    let about = "A dot for each policy: left it waits less, above it solves more. The line joins those whom no other \
                 policy beats in both; which of them is right depends on what a wait costs and what a solution is worth.";
    let line = solid(AXIS, 2.0);
    let at = |spot: &super::super::league::Spot| (spot.wait, spot.resolution);
    let mut keys = vec![Key::new(Swatch::Line(line), "nobody waits less and solves more")];
    let mut layers = vec![
        Layer::Curve { points: frontier.iter().map(at).collect(), stroke: line },
        Layer::Dots { points: spots.iter().map(at).collect(), colour: AXIS, width: 6.0 },
    ];
    if let Some(own) = spots.iter().find(|spot| spot.policy == league.baseline()) {
        layers.push(Layer::Dots { points: vec![at(own)], colour: super::palette::INK, width: 12.0 });
        let name = format!("the file's own: {}", league.name(own.policy));
        keys.push(Key::new(Swatch::Solid(super::palette::INK), name));
    }
    for (spot, colour) in frontier.iter().zip(COLOURS) {
        layers.push(Layer::Dots { points: vec![at(spot)], colour, width: 8.0 });
        keys.push(Key::new(Swatch::Solid(colour), league.name(spot.policy).to_owned()));
    }
    let told = |spot: &super::super::league::Spot| {
        let (wait, resolution) = (plain(Unit::Seconds, spot.wait), plain(Unit::Share, spot.resolution));
        let name = league.name(spot.policy);
        (spot.wait, spot.resolution, format!("{name}: mean wait {wait}, {resolution}"))
    };
    layers.push(Layer::Spots { spots: spots.iter().map(told).collect() });
    let panel = Panel {
        name: league.solving_label().to_owned(),
        detail: String::new(),
        x: Axis::along(Unit::Seconds, waits, "mean wait", 8, false),
        y: Axis::along(Unit::Share, resolutions, "", 6, false),
        layers,
    };
    vec![Chart::new(file, 0, title, picture(title, about, &keys, Grid::compact(1), &[panel]))]
}
