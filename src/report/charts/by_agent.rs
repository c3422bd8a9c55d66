//! How occupied each agent is: a bar an agent, the busiest first, a panel a group.

use crate::figures::{GroupResult, Results, Unit};

use super::super::wording::{grouped, plain, shortened};
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{BLUE, INK, dashed};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::sheet::{Grid, Key, Swatch, picture};

/// With more groups the page is heavy by itself; `occupancy_spread` in `groups.csv` says which ones to look at.
const MOST: usize = 12;

/// More bars than these would be narrower than the gaps between them; so many make an outline.
const MOST_BARS: usize = 120;
const OF_OUTLINES: usize = 40;

/// Bars of a page that are drawn one by one, and say whose they are; more are one outline a group, or the page would become too
/// heavy to mail.
const MOST_ALONE: usize = 320;

/// How much of its place a bar takes.
const BAR: f64 = 0.8;

const LEVEL: Stroke = dashed(INK, 1.25);

/// The chart, where some group has agents who can be told apart.
pub(super) fn charts(results: &Results, file: &'static str) -> Vec<Chart> {
    let groups: Vec<&GroupResult> = results.groups.iter().filter(|group| group.agents.len() > 1).collect();
    if groups.is_empty() || groups.len() > MOST {
        return Vec::new();
    }
    let mut keys = vec![Key::new(Swatch::Solid(BLUE), "time at work, of the time on duty")];
    if groups.iter().any(|group| group.max_occupancy.is_some()) {
        keys.push(Key::new(Swatch::Line(LEVEL), "no more than this (`max_occupancy`)"));
    }
    let about = "A bar for each agent, the busiest first, over all replications. Unequal bars are unequal work: by the rules of \
                 routing, by shifts at quieter times, or by chance where replications are few.";
    let bars = groups.iter().map(|group| group.agents.len().min(MOST_BARS)).sum::<usize>();
    let panels: Vec<Panel> = groups.iter().map(|group| panel(group, bars <= MOST_ALONE)).collect();
    let title = "How occupied each agent is";
    vec![Chart::new(file, 0, title, picture(title, about, &keys, Grid::compact(groups.len()), &panels))]
}

/// The busiest first; of very many agents so many, evenly taken from the first to the last.
fn bars(group: &GroupResult, at_most: usize) -> Vec<(usize, f64)> {
    let mut agents: Vec<(usize, f64)> = (1..).zip(group.agents.iter().copied()).collect();
    agents.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (last, shown) = (agents.len() - 1, agents.len().min(at_most));
    (0..shown).map(|bar| agents[bar * last / (shown - 1)]).collect()
}

fn panel(group: &GroupResult, alone: bool) -> Panel {
    let bars = bars(group, if alone { MOST_BARS } else { OF_OUTLINES });
    let places = || (0..).map(f64::from).zip(&bars);
    let mut layers: Vec<Layer> = if alone {
        let bar = |(place, (_, busy)): (f64, &(usize, f64))| {
            let (from, to) = (place + (1.0 - BAR) / 2.0, place + (1.0 + BAR) / 2.0);
            Layer::Stack { points: vec![(from, 0.0, *busy), (to, 0.0, *busy)], colour: BLUE }
        };
        places().map(bar).collect()
    } else {
        let steps = places().flat_map(|(place, (_, busy))| [(place, 0.0, *busy), (place + 1.0, 0.0, *busy)]);
        vec![Layer::Stack { points: steps.collect(), colour: BLUE }]
    };
    layers.extend(group.max_occupancy.map(|y| Layer::Level { y, stroke: LEVEL }));
    if alone {
        let tip = |(place, (number, busy)): (f64, &(usize, f64))| {
            (place, place + 1.0, format!("agent {number}: {}", plain(Unit::Share, *busy)))
        };
        layers.push(Layer::Tips { stretches: places().map(tip).collect() });
    }
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
