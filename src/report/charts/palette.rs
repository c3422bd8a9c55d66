//! Colours that differ for every kind of colour vision (Okabe and Ito 2008), and the strokes and
//! letters made of them. Lines differ by their dashes too.

use super::picture::{Anchor, Colour, Lettering, Stroke};

pub(super) const BLUE: Colour = (0x00, 0x72, 0xB2);
pub(super) const VERMILLION: Colour = (0xD5, 0x5E, 0x00);
pub(super) const GREEN: Colour = (0x00, 0x9E, 0x73);
pub(super) const SKY: Colour = (0x56, 0xB4, 0xE9);
pub(super) const ORANGE: Colour = (0xE6, 0x9F, 0x00);
pub(super) const PINK: Colour = (0xCC, 0x79, 0xA7);

/// What is written; the page's dark form turns it light.
pub(super) const INK: Colour = (0x1F, 0x29, 0x33);
/// What is written by the way.
pub(super) const FAINT_INK: Colour = (0x52, 0x60, 0x6D);
/// Axes, and bars that say little.
pub(super) const AXIS: Colour = (0x9A, 0xA5, 0xB1);
/// The lines of the scale.
pub(super) const GRID: Colour = (0xE4, 0xE7, 0xEB);
/// Letters on a coloured ground; one off white, which the page's dark form turns dark.
pub(super) const ON_COLOUR: Colour = (0xFF, 0xFF, 0xFE);
/// Letters on a light coloured ground; one off [`INK`], which the page's dark form turns light.
pub(super) const ON_LIGHT: Colour = (0x1F, 0x29, 0x34);

const SOLID: &[f64] = &[];
const DASHED: &[f64] = &[8.0, 4.0];
const DOTTED: &[f64] = &[2.0, 3.0];

pub(super) const fn solid(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dashes: SOLID }
}

pub(super) const fn dashed(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dashes: DASHED }
}

pub(super) const fn dotted(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dashes: DOTTED }
}

pub(super) const fn letters(size: f64, colour: Colour, anchor: Anchor) -> Lettering {
    Lettering { size, bold: false, colour, anchor }
}

pub(super) const fn bold(size: f64, colour: Colour, anchor: Anchor) -> Lettering {
    Lettering { size, bold: true, colour, anchor }
}
