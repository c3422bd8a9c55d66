//! What a chart consists of, before it is put on paper: lines, areas and words at places.
//!
//! Charts are drawn into a list of marks, so that the SVG and the PNG come from one drawing and a
//! test can look at what was drawn.

/// Red, green, blue.
pub(super) type Colour = (u8, u8, u8);

/// A place: right of the left edge and below the upper one, in pixels of the page.
pub(super) type Place = (f64, f64);

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lettering {
    /// Of the em square, in pixels.
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    /// In pixels.
    pub(super) width: f64,
    /// Pixels drawn and left out in turn; empty: unbroken.
    pub(super) dashes: &'static [f64],
}

/// One thing drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Line {
        points: Vec<Place>,
        colour: Colour,
        width: f64,
    },
    Area {
        points: Vec<Place>,
        colour: Colour,
        /// 0 is not there, 1 hides what is below.
        opacity: f64,
    },
    Text {
        /// On the base line.
        at: Place,
        text: String,
        lettering: Lettering,
    },
    /// What is said of a rectangle where it is pointed at; it is not seen itself.
    Tip {
        from: Place,
        to: Place,
        text: String,
    },
}

/// A drawing of a known size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    /// In pixels.
    pub(super) width: f64,
    /// In pixels.
    pub(super) height: f64,
    /// From back to front.
    pub(super) marks: Vec<Mark>,
    /// Where a page may end within it: after so many marks, at this height. What is drawn before lies above.
    pub(super) cuts: Vec<(usize, f64)>,
}

impl Picture {
    pub(super) const fn new(width: f64, height: f64) -> Picture {
        Picture { width, height, marks: Vec::new(), cuts: Vec::new() }
    }

    /// A page may end here: all that is drawn later lies below.
    pub(super) fn cut(&mut self, height: f64) {
        self.cuts.push((self.marks.len(), height));
    }

    pub(super) fn line(&mut self, points: &[Place], stroke: Stroke) {
        let Stroke { colour, width, dashes } = stroke;
        if points.len() < 2 {
            return;
        }
        let pieces = if dashes.is_empty() { vec![points.to_vec()] } else { dashed(points, dashes) };
        self.marks.extend(pieces.into_iter().map(|points| Mark::Line { points, colour, width }));
    }

    pub(super) fn area(&mut self, points: Vec<Place>, colour: Colour, opacity: f64) {
        self.marks.push(Mark::Area { points, colour, opacity });
    }

    pub(super) fn rectangle(&mut self, from: Place, to: Place, colour: Colour, opacity: f64) {
        self.area(vec![from, (to.0, from.1), to, (from.0, to.1)], colour, opacity);
    }

    pub(super) fn tip(&mut self, from: Place, to: Place, text: &str) {
        self.marks.push(Mark::Tip { from, to, text: text.to_owned() });
    }

    pub(super) fn text(&mut self, at: Place, text: impl Into<String>, lettering: Lettering) {
        let text = text.into();
        if !text.is_empty() {
            self.marks.push(Mark::Text { at, text, lettering });
        }
    }
}

/// The drawn pieces of a broken line. The pattern runs on around corners, so that short pieces of
/// a curve look like long ones.
fn dashed(points: &[Place], dashes: &[f64]) -> Vec<Vec<Place>> {
    let mut pieces = Vec::new();
    let mut piece = vec![points[0]];
    let (mut dash, mut left) = (0, dashes[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length < left {
                left -= length;
                piece.push(to);
                break;
            }
            let part = left / length;
            from = (from.0 + dx * part, from.1 + dy * part);
            piece.push(from);
            if dash % 2 == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            piece = vec![from];
            dash = (dash + 1) % dashes.len();
            left = dashes[dash];
        }
    }
    if dash % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_run_on_around_corners() {
        let pieces = dashed(&[(0.0, 0.0), (5.0, 0.0), (5.0, 10.0)], &[4.0, 2.0]);
        assert_eq!(
            pieces,
            vec![vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)], vec![(5.0, 7.0), (5.0, 10.0)],]
        );
    }
}
