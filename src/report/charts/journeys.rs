//! What cases go through: a band for all that take the same steps, from left to right, as wide as
//! their share and in the colour of their end.

use crate::figures::{Figure, Flow, JourneyEnd, JourneyResults, Place, Results, Unit};

use super::super::wording::{grouped, plain};
use super::alluvium::{Alluvium, Band, Column, Node};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{AXIS, BLUE, FAINT_INK, GREEN, INK, VERMILLION, bold, letters};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

/// A step after which fewer cases go on is not drawn as a column.
const WORTH_A_COLUMN: f64 = 0.01;

/// Columns of steps.
const MOST_COLUMNS: usize = 4;

/// Places of less than this share of cases stand together, ...
const WORTH_A_NODE: f64 = 0.015;

/// ... as do the smallest of very many.
const MOST_NODES: usize = 12;

/// All cases, in pixels.
const HEIGHT: f64 = 400.0;
const SIZE: f64 = 12.0;
const MARGIN: f64 = 16.0;
/// Of the bars that bands go through.
const BAR: f64 = 10.0;
/// For the names of the ends.
const END_ROOM: f64 = 144.0;
const BAND: f64 = 0.5;
/// The page's dark form turns it dark.
const PAPER: Colour = (0xFF, 0xFF, 0xFF);

/// What stands at a height of a column. In their order from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// By the order of reports.
    Place(usize),
    /// Small places together, and what is not told apart.
    Other,
    /// The first step was not over.
    Nowhere,
    /// Over before.
    Ended(JourneyEnd),
}

fn colour(end: JourneyEnd) -> Colour {
    match end {
        JourneyEnd::Solved => GREEN,
        JourneyEnd::Contained => BLUE,
        JourneyEnd::Lost => VERMILLION,
        JourneyEnd::Open => AXIS,
    }
}

fn key(end: JourneyEnd) -> Key {
    let label = match end {
        JourneyEnd::Solved => "solved by an agent",
        JourneyEnd::Contained => "contained: ended in self-service",
        JourneyEnd::Lost => "lost",
        JourneyEnd::Open => "still open at the end",
    };
    Key::new(Swatch::Solid(colour(end)), label)
}

/// The chart, where cases go different ways.
pub(super) fn chart(results: &Results, file: &'static str) -> Vec<Chart> {
    drawn(results, file).into_iter().collect()
}

fn drawn(results: &Results, file: &str) -> Option<Chart> {
    let journeys = &results.journeys;
    let rest = journeys.rest.iter().sum::<f64>();
    let further = journeys.flows.iter().any(|flow| flow.places.len() > 1 && flow.share >= WORTH_A_COLUMN);
    if journeys.places.len() < 2 && !further && rest == 0.0 {
        return None;
    }
    let steps = steps(journeys);
    let order = places(results);
    let (ways, together) = ways(journeys, &order, steps);
    let title = "What cases go through";
    let mut about = format!(
        "Step by step from left to right. A band is as wide as its share of all cases ({} a replication) and has the \
         colour of how they end.",
        grouped(journeys.cases, if journeys.cases < 100.0 { 1 } else { 0 })
    );
    if together {
        about.push_str(&format!(
            " Steps with fewer than {} of cases are grouped as \"other\".",
            plain(Unit::Share, WORTH_A_NODE)
        ));
    }
    if journeys.flows.iter().any(|flow| flow.longer || flow.places.len() > steps) {
        about.push_str(&format!(" Steps after the {} are left out.", ordinal(steps - 1)));
    }
    about.push_str(&passed_through(results).unwrap_or_default());
    let ends: Vec<JourneyEnd> = JourneyEnd::ALL
        .into_iter()
        .filter(|end| ways.iter().any(|way| way.end == *end && way.share > 0.0))
        .collect();
    let keys: Vec<Key> = ends.iter().map(|end| key(*end)).collect();
    let mut picture = Picture::new(WIDTH, 0.0);
    let top = header(&mut picture, title, &about, &keys) + 26.0;
    let pitch = (WIDTH - 2.0 * MARGIN - END_ROOM) / steps as f64;
    let (spots, alluvium) = laid_out(&ways, steps, top, pitch);
    let places: Vec<&Place> = order.iter().map(|&place| &journeys.places[place]).collect();
    draw(&mut picture, &places, &spots, &alluvium, top, pitch);
    picture.height = (alluvium.bottom + 14.0).ceil();
    Some(Chart::new(file, 0, title, picture))
}

/// What becomes of those who pass through self-service: they are drawn at the queue that they go on to.
fn passed_through(results: &Results) -> Option<String> {
    let of = |figure: Figure| results.total.figures.value(figure);
    let sessions = of(Figure::Sessions).filter(|sessions| *sessions > 0.0)?;
    let on = 1.0 - of(Figure::Containment).unwrap_or(0.0) - of(Figure::HungUp).unwrap_or(0.0);
    Some(format!(
        " Self-service is drawn where a case ends in it: of {} sessions a replication, {} go on to an agent and are drawn \
         at their queue alone.",
        grouped(sessions, if sessions < 100.0 { 1 } else { 0 }),
        plain(Unit::Share, on.max(0.0))
    ))
}

/// Columns of steps: as far as enough cases go.
fn steps(journeys: &JourneyResults) -> usize {
    let going = |step: usize| -> f64 {
        journeys.flows.iter().filter(|flow| flow.places.len() >= step).map(|flow| flow.share).sum()
    };
    (2..=MOST_COLUMNS).take_while(|step| going(*step) >= WORTH_A_COLUMN).last().unwrap_or(1)
}

fn ordinal(step: usize) -> &'static str {
    match step {
        0 => "first step",
        1 => "second step",
        2 => "third step",
        _ => "fourth step",
    }
}

/// Where cases of one end are in each column, the end's own the last.
struct Way {
    spots: Vec<Spot>,
    end: JourneyEnd,
    share: f64,
}

/// Places in the order of the report; follow-ups, which are no queues of it, come last.
fn places(results: &Results) -> Vec<usize> {
    let mut order: Vec<usize> = (0..results.journeys.places.len()).collect();
    order.sort_by_key(|&place| {
        let place = &results.journeys.places[place];
        let queue = results.queues.iter().position(|queue| queue.name == place.queue);
        (queue.unwrap_or(usize::MAX), !place.self_service)
    });
    order
}

/// The ways of all cases, and whether small places had to stand together.
fn ways(journeys: &JourneyResults, order: &[usize], steps: usize) -> (Vec<Way>, bool) {
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, place)| rank[*place] = at);
    let spot = |flow: &Flow, step: usize| match flow.places.get(step) {
        Some(place) => Spot::Place(rank[*place]),
        None if step == 0 => Spot::Nowhere,
        None => Spot::Ended(flow.end),
    };
    let mut ways: Vec<Way> = journeys
        .flows
        .iter()
        .map(|flow| Way {
            spots: (0..steps).map(|step| spot(flow, step)).chain([Spot::Ended(flow.end)]).collect(),
            end: flow.end,
            share: flow.share,
        })
        .collect();
    for (end, share) in JourneyEnd::ALL.into_iter().zip(journeys.rest).filter(|(_, share)| *share > 0.0) {
        let spots = std::iter::once(Spot::Other).chain(vec![Spot::Ended(end); steps]).collect();
        ways.push(Way { spots, end, share });
    }
    let gathered = (0..steps).filter(|step| gather(&mut ways, *step)).count();
    (ways, gathered > 0)
}

/// Puts the small places of a column together; whether there were any.
fn gather(ways: &mut [Way], step: usize) -> bool {
    let mut shares: Vec<(Spot, f64)> = Vec::new();
    for way in ways.iter() {
        if let Spot::Place(_) = way.spots[step] {
            match shares.iter_mut().find(|(spot, _)| *spot == way.spots[step]) {
                Some((_, share)) => *share += way.share,
                None => shares.push((way.spots[step], way.share)),
            }
        }
    }
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let small: Vec<Spot> = (0..)
        .zip(&shares)
        .filter(|(i, (_, share))| *share < WORTH_A_NODE || *i >= MOST_NODES)
        .map(|(_, (spot, _))| *spot)
        .collect();
    // One alone keeps its name.
    let any = small.len() > 1 || (!small.is_empty() && ways.iter().any(|way| way.spots[step] == Spot::Other));
    for way in ways.iter_mut().filter(|way| any && small.contains(&way.spots[step])) {
        way.spots[step] = Spot::Other;
    }
    any
}

/// The columns' spots, and where everything lies.
fn laid_out(ways: &[Way], steps: usize, top: f64, pitch: f64) -> (Vec<Vec<Spot>>, Alluvium) {
    let spots: Vec<Vec<Spot>> = (0..=steps)
        .map(|column| {
            let mut spots: Vec<Spot> = ways.iter().map(|way| way.spots[column]).collect();
            spots.sort_unstable();
            spots.dedup();
            spots
        })
        .collect();
    let columns = spots.iter().enumerate().map(|(column, spots)| {
        let node = |spot: &Spot| {
            let passing = matches!(spot, Spot::Ended(_));
            Node { at_bottom: passing, named: column == steps || !passing }
        };
        let bar = if column == steps { BAR + 4.0 } else { BAR };
        Column { left: MARGIN + pitch * column as f64, bar, nodes: spots.iter().map(node).collect() }
    });
    let bands = ways.iter().map(|way| {
        let at = |column: usize| spots[column].partition_point(|spot| *spot < way.spots[column]);
        Band { through: (0..=steps).map(at).collect(), kind: way.end as usize, share: way.share }
    });
    let alluvium = Alluvium::new(columns.collect(), &bands.collect::<Vec<_>>(), top, HEIGHT);
    (spots, alluvium)
}

fn draw(
    picture: &mut Picture,
    places: &[&Place],
    spots: &[Vec<Spot>],
    alluvium: &Alluvium,
    top: f64,
    pitch: f64,
) {
    for ribbon in &alluvium.ribbons {
        picture.area(ribbon.outline(), colour(JourneyEnd::ALL[ribbon.kind]), BAND);
    }
    let last = spots.len() - 1;
    for (column, bars) in alluvium.bars.iter().enumerate() {
        let left = MARGIN + pitch * column as f64;
        let head = if column == last { "in the end" } else { ordinal(column) };
        picture.text((left, top - 12.0), head, letters(11.0, FAINT_INK, Anchor::Start));
        for (bar, spot) in bars.iter().zip(&spots[column]) {
            let fill = match spot {
                Spot::Ended(end) if column == last => colour(*end),
                Spot::Ended(_) => continue,
                _ => FAINT_INK,
            };
            picture.rectangle((bar.left, bar.top), (bar.right, bar.bottom.max(bar.top + 1.0)), fill, 1.0);
            let share = plain(Unit::Share, bar.share);
            let room = if column == last { END_ROOM + MARGIN } else { pitch } - (bar.right - bar.left) - 14.0;
            let (name, rest) = name(*spot, places);
            let rest = format!("{rest} {share}");
            let in_bold = column == last;
            let name = fitting(name, SIZE, in_bold, room - text_width(&rest, SIZE, in_bold));
            let lettering = if in_bold { bold } else { letters }(SIZE, INK, Anchor::Start);
            let base = (bar.top + bar.bottom) / 2.0 + SIZE * 0.36;
            let (text, left) = (format!("{name}{rest}"), bar.right + 6.0);
            if !in_bold {
                // Bands cross behind the name: some paper between them keeps it readable.
                let right = left + text_width(&text, SIZE, in_bold) + 2.0;
                picture.rectangle((left - 2.0, base - 12.0), (right, base + 3.5), PAPER, 0.6);
            }
            picture.text((left, base), text, lettering);
        }
    }
}

/// What may be cut where it is too long, and what must stay.
fn name<'a>(spot: Spot, places: &[&'a Place]) -> (&'a str, &'static str) {
    match spot {
        Spot::Place(rank) if places[rank].self_service => (&places[rank].queue, " self-service"),
        Spot::Place(rank) => (&places[rank].queue, ""),
        Spot::Other => ("other", ""),
        Spot::Nowhere => ("still in the first step", ""),
        Spot::Ended(end) => (end.name(), ""),
    }
}
