//! A whole chart: title, what to know to read it, legend, and panels in columns.

use std::borrow::Cow;

use super::font::text_width;
use super::palette::{FAINT_INK, INK, bold, letters, solid};
use super::panel::{BAR, HEADING, Panel, RIBBON};
use super::picture::{Anchor, Colour, Picture, Stroke};

/// Of every chart, in pixels.
pub(super) const WIDTH: f64 = 960.0;
const MARGIN: f64 = 16.0;
const BETWEEN: f64 = 28.0;

/// What stands before a legend's words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Swatch {
    /// A heading: what the entries after it tell apart.
    Nothing,
    Line(Stroke),
    Ribbon(Colour),
    Bar(Colour),
    Solid(Colour),
}

/// A legend's entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) swatch: Swatch,
    pub(super) label: Cow<'static, str>,
}

impl Key {
    pub(super) fn new(swatch: Swatch, label: impl Into<Cow<'static, str>>) -> Key {
        Key { swatch, label: label.into() }
    }
}

/// Lays out what stands above the panels and returns where they may begin.
pub(super) fn header(picture: &mut Picture, title: &str, about: &str, legend: &[Key]) -> f64 {
    let mut base = 30.0;
    for line in wrapped(title, 17.0, true) {
        picture.text((MARGIN, base), line, bold(17.0, INK, Anchor::Start));
        base += 22.0;
    }
    for line in wrapped(about, 12.0, false) {
        picture.text((MARGIN, base), line, letters(12.0, FAINT_INK, Anchor::Start));
        base += 17.0;
    }
    const SWATCH: f64 = 26.0;
    base += 6.0;
    let mut left = MARGIN;
    for key in legend {
        let before = if key.swatch == Swatch::Nothing { 0.0 } else { SWATCH + 6.0 };
        let width = before + text_width(&key.label, 12.0, false) + 22.0;
        if left > MARGIN && left + width > WIDTH - MARGIN {
            left = MARGIN;
            base += 19.0;
        }
        let (middle, right) = (base - 4.0, left + SWATCH);
        match key.swatch {
            Swatch::Nothing => {}
            Swatch::Line(stroke) => picture.line(&[(left, middle), (right, middle)], stroke),
            Swatch::Ribbon(colour) => {
                picture.rectangle((left, middle - 6.0), (right, middle + 6.0), colour, RIBBON);
            }
            Swatch::Bar(colour) => {
                for i in 1..4 {
                    let x = left + SWATCH * f64::from(i) / 4.0;
                    picture.line(&[(x, middle - 5.0), (x, middle + 5.0)], solid(colour, BAR));
                }
            }
            Swatch::Solid(colour) => {
                picture.rectangle((left, middle - 6.0), (right, middle + 6.0), colour, 1.0);
            }
        }
        picture.text((left + before, base), &*key.label, letters(12.0, INK, Anchor::Start));
        left += width;
    }
    if legend.is_empty() { base } else { base + 14.0 }
}

/// How a number of panels is arranged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) columns: usize,
    /// Of a frame, in pixels.
    pub(super) height: f64,
}

impl Grid {
    /// One below the other while there are few: for charts over time.
    pub(super) const fn wide(panels: usize) -> Grid {
        match panels {
            0 | 1 => Grid { columns: 1, height: 260.0 },
            2 | 3 => Grid { columns: 1, height: 160.0 },
            4..=6 => Grid { columns: 1, height: 120.0 },
            _ => Grid { columns: 2, height: 120.0 },
        }
    }

    /// Side by side: for curves.
    pub(super) const fn compact(panels: usize) -> Grid {
        match panels {
            0 | 1 => Grid { columns: 1, height: 280.0 },
            2 | 4 => Grid { columns: 2, height: 200.0 },
            _ => Grid { columns: 3, height: 170.0 },
        }
    }

    /// Of a frame, about: the axis of a panel is made for it.
    pub(super) fn frame_width(self) -> f64 {
        self.cell() - 48.0
    }

    fn cell(self) -> f64 {
        let columns = self.columns as f64;
        (WIDTH - 2.0 * MARGIN - (columns - 1.0) * BETWEEN) / columns
    }
}

/// The whole chart.
pub(super) fn picture(title: &str, about: &str, legend: &[Key], grid: Grid, panels: &[Panel]) -> Picture {
    let mut picture = Picture::new(WIDTH, 0.0);
    let mut top = header(&mut picture, title, about, legend);
    let left = panels.iter().map(Panel::left).fold(0.0, f64::max);
    for (number, row) in panels.chunks(grid.columns).enumerate() {
        if number > 0 {
            picture.cut(top);
        }
        top += HEADING;
        for (column, panel) in row.iter().enumerate() {
            let x = MARGIN + column as f64 * (grid.cell() + BETWEEN) + left;
            panel.draw(&mut picture, (x, top), grid.cell() - left, grid.height);
        }
        top += grid.height + row.iter().map(Panel::below).fold(0.0, f64::max) + 10.0;
    }
    picture.height = (top + 4.0).ceil();
    picture
}

/// Lines no wider than the chart, broken between words.
fn wrapped(text: &str, size: f64, is_bold: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if text_width(&longer, size, is_bold) <= WIDTH - 2.0 * MARGIN => {
                *line = longer;
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
