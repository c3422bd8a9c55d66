//! The geometry of bands that run through columns: nodes stacked in each column, bands between
//! them ordered so that as few as possible cross.

use std::collections::BTreeMap;

use super::picture::Place;

/// Between two nodes at least, in pixels.
const GAP: f64 = 12.0;
/// Between the middles of two names at least.
const LINE: f64 = 17.0;
/// Between what only passes.
const LANE_GAP: f64 = 6.0;
/// Points of a curve.
const POINTS: usize = 20;

/// A node of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    /// Stacked from the bottom upwards instead of from the top.
    pub(super) at_bottom: bool,
    /// Its name needs a line.
    pub(super) named: bool,
}

/// A column of nodes from top to bottom; those at the bottom are the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) left: f64,
    /// The width of its named nodes; bands run through the others.
    pub(super) bar: f64,
    pub(super) nodes: Vec<Node>,
}

/// What runs through one node of each column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) through: Vec<usize>,
    /// Bands of one kind run together.
    pub(super) kind: usize,
    pub(super) share: f64,
}

/// A node in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) share: f64,
}

/// Bands of one kind from a named node to the next one, through those without a name in between.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ribbon {
    pub(super) kind: usize,
    /// Of its upper edge.
    pub(super) places: Vec<Place>,
    pub(super) width: f64,
}

impl Ribbon {
    /// Level at its places: cubics in between.
    pub(super) fn outline(&self) -> Vec<Place> {
        let mut upper: Vec<Place> = self.places.first().copied().into_iter().collect();
        for pair in self.places.windows(2) {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let points = if dy.abs() < 0.25 { 1 } else { POINTS };
            upper.extend((1..=points).map(|i| {
                let t = i as f64 / points as f64;
                (pair[0].0 + dx * t, pair[0].1 + dy * t * t * (3.0 - 2.0 * t))
            }));
        }
        let lower: Vec<Place> = upper.iter().rev().map(|&(x, y)| (x, y + self.width)).collect();
        upper.extend(lower);
        upper
    }
}

/// Everything in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alluvium {
    /// By column and node.
    pub(super) bars: Vec<Vec<Bar>>,
    pub(super) ribbons: Vec<Ribbon>,
    pub(super) bottom: f64,
}

impl Alluvium {
    /// `height`: of a share of 1, in pixels.
    pub(super) fn new(columns: Vec<Column>, bands: &[Band], top: f64, height: f64) -> Alluvium {
        let shares: Vec<Vec<f64>> = (0..columns.len())
            .map(|column| {
                let mut shares = vec![0.0; columns[column].nodes.len()];
                bands.iter().for_each(|band| shares[band.through[column]] += band.share);
                shares
            })
            .collect();
        let gaps: Vec<Vec<f64>> =
            columns.iter().zip(&shares).map(|(column, shares)| gaps(column, shares, height)).collect();
        let tall = |(gaps, shares): (&Vec<f64>, &Vec<f64>)| {
            gaps.iter().sum::<f64>() + shares.iter().sum::<f64>() * height
        };
        let bottom = top + gaps.iter().zip(&shares).map(tall).fold(0.0, f64::max);
        let bars: Vec<Vec<Bar>> = (0..columns.len())
            .map(|column| stacked(&columns[column], &shares[column], &gaps[column], (top, bottom), height))
            .collect();
        let ribbons = ribbons(&columns, &bars, bands, height);
        Alluvium { bars, ribbons, bottom }
    }
}

/// Below each node.
fn gaps(column: &Column, shares: &[f64], height: f64) -> Vec<f64> {
    (0..column.nodes.len())
        .map(|i| match (column.nodes[i], column.nodes.get(i + 1)) {
            (_, None) => 0.0,
            (node, Some(next)) if node.named && next.named => {
                GAP.max(LINE - (shares[i] + shares[i + 1]) * height / 2.0)
            }
            (node, Some(next)) if node.named || next.named => GAP,
            _ => LANE_GAP,
        })
        .collect()
}

fn stacked(
    column: &Column,
    shares: &[f64],
    gaps: &[f64],
    (top, bottom): (f64, f64),
    height: f64,
) -> Vec<Bar> {
    let below: f64 = (0..column.nodes.len())
        .filter(|&i| column.nodes[i].at_bottom)
        .map(|i| shares[i] * height + gaps[i])
        .sum();
    let mut at = top;
    let mut bars = Vec::with_capacity(shares.len());
    for (i, node) in column.nodes.iter().enumerate() {
        if node.at_bottom && (i == 0 || !column.nodes[i - 1].at_bottom) {
            at = bottom - below;
        }
        let right = column.left + if node.named { column.bar } else { 0.0 };
        let tall = shares[i] * height;
        bars.push(Bar { left: column.left, right, top: at, bottom: at + tall, share: shares[i] });
        at += tall + gaps[i];
    }
    bars
}

/// Bands of one kind that leave a named node for the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    column: usize,
    source: usize,
    /// The nodes of the next columns, up to a named one.
    trail: Vec<usize>,
    kind: usize,
}

/// Ribbons leave a node in the order of where they go, and arrive in the order of where they come
/// from; what comes from further left runs below.
fn ribbons(columns: &[Column], bars: &[Vec<Bar>], bands: &[Band], height: f64) -> Vec<Ribbon> {
    let named = |column: usize, node: usize| columns[column].nodes[node].named;
    let mut links: BTreeMap<Link, f64> = BTreeMap::new();
    for band in bands {
        for column in (0..columns.len() - 1).filter(|&column| named(column, band.through[column])) {
            let rest = &band.through[column + 1..];
            let unnamed =
                (column + 1..).zip(rest).take_while(|(column, node)| !named(*column, **node)).count();
            let trail = rest[..rest.len().min(unnamed + 1)].to_vec();
            let link = Link { column, source: band.through[column], trail, kind: band.kind };
            *links.entry(link).or_default() += band.share;
        }
    }
    let tops =
        || -> Vec<Vec<f64>> { bars.iter().map(|bars| bars.iter().map(|bar| bar.top).collect()).collect() };
    let (mut leaving, mut arriving) = (tops(), tops());
    let mut ribbons: Vec<(Link, Ribbon)> = links
        .into_iter()
        .map(|(link, share)| {
            let (width, from) = (share * height, &mut leaving[link.column][link.source]);
            let places = vec![(bars[link.column][link.source].right, *from)];
            *from += width;
            let kind = link.kind;
            (link, Ribbon { kind, places, width })
        })
        .collect();
    ribbons.sort_by(|(a, _), (b, _)| b.column.cmp(&a.column).then_with(|| a.cmp(b)));
    for (link, ribbon) in &mut ribbons {
        for (column, &node) in (link.column + 1..).zip(&link.trail) {
            let to = &mut arriving[column][node];
            ribbon.places.push((bars[column][node].left, *to));
            *to += ribbon.width;
        }
    }
    ribbons.into_iter().map(|(_, ribbon)| ribbon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_a_node_is_what_came_and_small_nodes_keep_room_for_their_names() {
        let node = |at_bottom, named| Node { at_bottom, named };
        let columns = vec![
            Column { left: 0.0, bar: 10.0, nodes: vec![node(false, true); 3] },
            Column { left: 100.0, bar: 10.0, nodes: vec![node(false, true), node(true, false)] },
            Column { left: 200.0, bar: 10.0, nodes: vec![node(true, true); 2] },
        ];
        let band = |through: [usize; 3], kind, share| Band { through: through.to_vec(), kind, share };
        let bands = [
            band([0, 0, 0], 0, 0.5),
            band([0, 0, 1], 1, 0.2),
            band([0, 1, 0], 0, 0.29),
            band([1, 1, 1], 1, 0.004),
            band([2, 1, 1], 1, 0.006),
        ];
        let drawn = Alluvium::new(columns, &bands, 50.0, 100.0);
        for (column, bars) in drawn.bars.iter().enumerate() {
            for bar in bars {
                let tall = bar.bottom - bar.top;
                let sum = |last: bool| -> f64 {
                    let touches = |ribbon: &&Ribbon| {
                        let inner = 1..ribbon.places.len();
                        let ends = if last { &ribbon.places[inner] } else { &ribbon.places[..1] };
                        let at = if last { bar.left } else { bar.right };
                        let within = |y: f64| y >= bar.top - 1e-9 && y + ribbon.width <= bar.bottom + 1e-9;
                        ends.iter().any(|&(x, y)| x == at && within(y))
                    };
                    drawn.ribbons.iter().filter(touches).map(|ribbon| ribbon.width).sum()
                };
                if column > 0 {
                    assert!((sum(true) - tall).abs() < 1e-9, "into {bar:?}");
                }
                if column < 2 && bar.right > bar.left {
                    assert!((sum(false) - tall).abs() < 1e-9, "out of {bar:?}");
                }
                assert!(bar.top >= 50.0 - 1e-9 && bar.bottom <= drawn.bottom + 1e-9, "{bar:?}");
            }
            for pair in bars.windows(2) {
                let middle = |bar: &Bar| (bar.top + bar.bottom) / 2.0;
                assert!(column == 1 || middle(&pair[1]) - middle(&pair[0]) >= LINE - 1e-9, "{pair:?}");
                assert!(pair[1].top > pair[0].bottom);
            }
        }
    }
}
