//! One panel: a frame with two axes, and the layers drawn into it.

use super::axis::{Axis, TICK_SIZE};
use super::font::text_width;
use super::palette::{AXIS, FAINT_INK, GRID, INK, bold, letters, solid};
use super::picture::{Anchor, Colour, Picture, Place, Stroke};

/// Something drawn from data, in the units of the axes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Layer {
    /// (x, lower, upper), unbroken.
    Ribbon { points: Vec<(f64, f64, f64)>, colour: Colour },
    /// The same, hiding what is below: a part of a stack.
    Stack { points: Vec<(f64, f64, f64)>, colour: Colour },
    /// (x, y), unbroken.
    Curve { points: Vec<(f64, f64)>, stroke: Stroke },
    /// (x, lower, upper), a thin upright line each.
    Bars { bars: Vec<(f64, f64, f64)>, colour: Colour },
    /// (x, y), a round dot each, so wide in pixels.
    Dots { points: Vec<(f64, f64)>, colour: Colour, width: f64 },
    /// A line across at a height.
    Level { y: f64, stroke: Stroke },
    /// A line upward at a place.
    Upright { x: f64, stroke: Stroke },
    /// (from x, to x, text): what is said of a stretch of the frame where it is pointed at.
    Tips { stretches: Vec<(f64, f64, String)> },
    /// (x, y, text): the same of a place.
    Spots { spots: Vec<(f64, f64, String)> },
}

/// Half the side of what is pointed at for a place, in pixels.
const NEAR: f64 = 7.0;

/// How strongly a ribbon covers.
pub(super) const RIBBON: f64 = 0.22;
/// How wide a bar is, in pixels.
pub(super) const BAR: f64 = 1.0;

/// A small chart of its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Panel {
    /// What it is about: a queue, a group.
    pub(super) name: String,
    /// Said after the name: a target.
    pub(super) detail: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// From back to front.
    pub(super) layers: Vec<Layer>,
}

/// Above the frame: the name, and the unit of the vertical axis.
pub(super) const HEADING: f64 = 24.0;
/// Between a tick's label and the frame.
const GAP: f64 = 6.0;
/// A row of labels.
const LABELS: f64 = 15.0;

impl Panel {
    /// What the labels of the vertical axis need, left of the frame.
    pub(super) fn left(&self) -> f64 {
        let widths = self.y.ticks.iter().map(|tick| text_width(&tick.label, TICK_SIZE, false));
        widths.fold(0.0, f64::max) + 2.0 * GAP
    }

    /// What the labels of the horizontal axis need, below the frame.
    pub(super) fn below(&self) -> f64 {
        let rows = [!self.x.ticks.is_empty(), !self.x.bands.is_empty(), !self.x.unit.is_empty()];
        GAP + LABELS * rows.into_iter().filter(|row| *row).count() as f64
    }

    /// Draws it with its frame's upper left corner at `corner`.
    pub(super) fn draw(&self, picture: &mut Picture, corner: Place, width: f64, height: f64) {
        let (left, top) = corner;
        let bottom = top + height;
        let x = |value: f64| left + self.x.part(value) * width;
        let y = |value: f64| bottom - self.y.part(value) * height;

        self.heading(picture, corner, width);
        for tick in &self.y.ticks {
            let at = y(tick.at);
            picture.line(&[(left, at), (left + width, at)], solid(GRID, 1.0));
            let place = (left - GAP, at + TICK_SIZE * 0.36);
            picture.text(place, &tick.label, letters(TICK_SIZE, FAINT_INK, Anchor::End));
        }
        let mut base = bottom + GAP + LABELS - 4.0;
        for tick in &self.x.ticks {
            let at = x(tick.at);
            picture.line(&[(at, top), (at, bottom)], solid(GRID, 0.5));
            picture.line(&[(at, bottom), (at, bottom + 4.0)], solid(AXIS, 1.0));
            let half = text_width(&tick.label, TICK_SIZE, false) / 2.0;
            // Labels at the ends stay within the frame's width, off the neighbour's.
            let place = (at.clamp(left, (left + width + 8.0 - half).max(left)), base);
            picture.text(place, &tick.label, letters(TICK_SIZE, FAINT_INK, Anchor::Middle));
        }
        if !self.x.ticks.is_empty() {
            base += LABELS;
        }
        for (i, band) in self.x.bands.iter().enumerate() {
            // Between days down to their names; at the ends a label may stand below the frame.
            let end = if i == 0 { bottom } else { base + 2.0 };
            picture.line(&[(x(band.from), top), (x(band.from), end)], solid(AXIS, 0.5));
            let middle = (x(band.from) + x(band.to)) / 2.0;
            picture.text((middle, base), &band.label, letters(TICK_SIZE, INK, Anchor::Middle));
        }
        if !self.x.bands.is_empty() {
            base += LABELS;
        }
        let place = (left + width, base);
        picture.text(place, &self.x.unit, letters(TICK_SIZE, FAINT_INK, Anchor::End));

        for layer in &self.layers {
            match layer {
                Layer::Ribbon { points, colour } | Layer::Stack { points, colour } => {
                    let opacity = if matches!(layer, Layer::Ribbon { .. }) { RIBBON } else { 1.0 };
                    let upper = points.iter().map(|p| (x(p.0), y(p.2)));
                    let lower = points.iter().rev().map(|p| (x(p.0), y(p.1)));
                    picture.area(upper.chain(lower).collect(), *colour, opacity);
                }
                Layer::Curve { points, stroke } => {
                    let points: Vec<Place> = points.iter().map(|p| (x(p.0), y(p.1))).collect();
                    picture.line(&points, *stroke);
                }
                Layer::Bars { bars, colour } => {
                    for (at, lower, upper) in bars {
                        picture.line(&[(x(*at), y(*lower)), (x(*at), y(*upper))], solid(*colour, BAR));
                    }
                }
                Layer::Dots { points, colour, width } => {
                    for point in points {
                        picture.area(circle((x(point.0), y(point.1)), width / 2.0), *colour, 1.0);
                    }
                }
                Layer::Level { y: at, stroke } => {
                    picture.line(&[(left, y(*at)), (left + width, y(*at))], *stroke);
                }
                Layer::Upright { x: at, stroke } => {
                    picture.line(&[(x(*at), bottom), (x(*at), top)], *stroke);
                }
                Layer::Tips { stretches } => {
                    for (from, to, text) in stretches {
                        picture.tip((x(*from), top), (x(*to), bottom), text);
                    }
                }
                Layer::Spots { spots } => {
                    for (at, height, text) in spots {
                        let (at, height) = (x(*at), y(*height));
                        picture.tip((at - NEAR, height - NEAR), (at + NEAR, height + NEAR), text);
                    }
                }
            }
        }
        picture.line(&[(left, bottom), (left + width, bottom)], solid(AXIS, 1.0));
    }

    /// Name, detail and the unit of the vertical axis, as far as the width carries.
    fn heading(&self, picture: &mut Picture, (left, top): Place, width: f64) {
        const SIZE: f64 = 13.0;
        const SMALL: f64 = 11.0;
        let base = top - 8.0;
        let unit = text_width(&self.y.unit, SMALL, false);
        picture.text((left + width, base), &self.y.unit, letters(SMALL, FAINT_INK, Anchor::End));
        let room = width - unit - 12.0;
        let name = fitting(&self.name, SIZE, true, room);
        let used = text_width(&name, SIZE, true) + 10.0;
        picture.text((left, base), name, bold(SIZE, INK, Anchor::Start));
        if used + text_width(&self.detail, SMALL, false) <= room {
            picture.text((left + used, base), &self.detail, letters(SMALL, FAINT_INK, Anchor::Start));
        }
    }
}

/// Its corners, as many as the eye asks for at such a size.
fn circle(middle: Place, radius: f64) -> Vec<Place> {
    let corner = |i: u32| {
        let angle = f64::from(i) * std::f64::consts::TAU / 16.0;
        (middle.0 + radius * libm::cos(angle), middle.1 + radius * libm::sin(angle))
    };
    (0..16).map(corner).collect()
}

/// The text, cut until it is no wider than `room`.
pub(super) fn fitting(text: &str, size: f64, is_bold: bool, room: f64) -> String {
    let mut length = text.chars().count();
    let mut cut = text.to_owned();
    while length > 3 && text_width(&cut, size, is_bold) > room {
        length -= 1;
        cut = super::super::wording::shortened(text, length);
    }
    cut
}
