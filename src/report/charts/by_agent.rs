//! How occupied each agent is: a bar an agent, the busiest first, a panel a group.

use crate::figures::{GroupResult, Results, Unit};

use super::super::wording::{grouped, plain, shortened};
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{BLUE, INK, dashed};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels of a file; more groups make a further one.
const MOST: usize = 18;

/// More bars than these would be narrower than the gaps between them.
const MOST_BARS: usize = 120;

/// How much of its place a bar takes.
const BAR: f64 = 0.8;

const LEVEL: Stroke = dashed(INK, 1.25);

/// The charts, where some group has agents who can be told apart.
pub(super) fn charts(results: &Results, file: &'static str) -> Vec<Chart> {
    let groups: Vec<&GroupResult> = results.groups.iter().filter(|group| group.agents.len() > 1).collect();
    let mut keys = vec![Key::new(Swatch::Solid(BLUE), "time at work, of the time on duty")];
    if groups.iter().any(|group| group.max_occupancy.is_some()) {
        keys.push(Key::new(Swatch::Line(LEVEL), "no more than this (`max_occupancy`)"));
    }
    let files = groups.len().div_ceil(MOST);
    let chart = |(number, groups): (usize, &[&GroupResult])| {
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("How occupied each agent is{part}");
        let about = "A bar for each agent, the busiest first, over all replications. Unequal bars are unequal work: by the \
                     rules of routing, by shifts at quieter times, or by chance where replications are few.";
        let grid = Grid::compact(groups.len());
        let panels: Vec<Panel> = groups.iter().map(|group| panel(group)).collect();
        Chart::new(file, number, &title, picture(&title, about, &keys, grid, &panels))
    };
    groups.chunks(MOST).enumerate().map(chart).collect()
}

/// The busiest first; of very many agents so many, evenly taken from the first to the last.
fn bars(group: &GroupResult) -> Vec<(usize, f64)> {
    let mut agents: Vec<(usize, f64)> = (1..).zip(group.agents.iter().copied()).collect();
    agents.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (last, shown) = (agents.len() - 1, agents.len().min(MOST_BARS));
    (0..shown).map(|bar| agents[bar * last / (shown - 1)]).collect()
}

fn panel(group: &GroupResult) -> Panel {
    let bars = bars(group);
    let mut layers: Vec<Layer> = (0..)
        .zip(&bars)
        .map(|(place, (_, busy))| {
            let (from, to) = (f64::from(place) + (1.0 - BAR) / 2.0, f64::from(place) + (1.0 + BAR) / 2.0);
            Layer::Stack { points: vec![(from, 0.0, *busy), (to, 0.0, *busy)], colour: BLUE }
        })
        .collect();
    layers.extend(group.max_occupancy.map(|y| Layer::Level { y, stroke: LEVEL }));
    let tips = (0..).zip(&bars).map(|(place, (number, busy))| {
        let said = format!("agent {number}: {}", plain(Unit::Share, *busy));
        (f64::from(place), f64::from(place) + 1.0, said)
    });
    layers.push(Layer::Tips { stretches: tips.collect() });
    let count = group.agents.len();
    let (least, most) = bars
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(least, most), (_, busy)| (least.min(*busy), most.max(*busy)));
    let of = if bars.len() < count {
        format!("{} of {} agents", bars.len(), grouped(count as f64, 0))
    } else {
        format!("{count} agents")
    };
    let detail = format!("{} to {}", plain(Unit::Share, least), plain(Unit::Share, most));
    let mut x = Axis::named(&[], &of, 1.0);
    (x.from, x.to) = (0.0, bars.len() as f64);
    Panel {
        name: shortened(&group.name, 60),
        detail,
        x,
        y: Axis::upward(Unit::Share, 1.0, "occupied", 4),
        layers,
    }
}
