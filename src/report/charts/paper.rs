//! Puts pictures on paper through plotters: SVG, and PNG encoded by ourselves.
//!
//! Letters come from an embedded font, so that charts look alike on a machine with no fonts. In an
//! SVG the viewer draws the letters; it is asked for the same font, then for others that are no
//! wider.

use std::fmt::Write as _;
use std::sync::OnceLock;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontTransform, register_font};

use super::picture::{Anchor, Lettering, Mark, Picture};

/// The name that the embedded font is registered under is what an SVG asks its viewer for.
const FAMILY: &str = "DejaVu Sans, Verdana, Arial, sans-serif";

static REGULAR: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");
static BOLD: &[u8] = include_bytes!("font/DejaVuSans-Bold-subset.ttf");

/// plotters knows whole pixels only; an SVG is drawn larger and shown smaller, for smooth curves.
const SVG_SCALE: f64 = 4.0;

/// Pixels of a PNG per pixel of the page: sharp on dense screens and in print.
const PNG_SCALE: f64 = 2.0;

/// plotters' SVG text of size s is set at s / 1.24 pixels an em.
const SVG_EM: f64 = 1.24;

/// plotters' bitmap text of size s has ascent and descent of s together; those of the embedded
/// font are (1901 + 483) / 2048 em.
const BITMAP_EM: f64 = 2384.0 / 2048.0;

/// Makes the embedded font known; text fails in every backend without it.
fn fonts() {
    static REGISTERED: OnceLock<()> = OnceLock::new();
    REGISTERED.get_or_init(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, BOLD)] {
            assert!(register_font(FAMILY, style, bytes).is_ok(), "the embedded font is a font");
        }
    });
}

/// How wide a text is, in pixels.
pub(super) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    fonts();
    const FINE: f64 = 100.0;
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), FINE * BITMAP_EM, style);
    let (width, _) = font.box_size(text).expect("the font is registered");
    f64::from(width) * size / FINE
}

/// The picture as a document of its own, named for those who cannot see it.
pub(super) fn svg(picture: &Picture, name: &str) -> String {
    fonts();
    let size = whole(picture, SVG_SCALE);
    let mut text = String::new();
    draw(picture, SVGBackend::with_string(&mut text, size), SVG_SCALE, SVG_EM, 0.0);
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    let mut document = String::with_capacity(body.len() + 300);
    let _ = writeln!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" aria-label=\"{}\">",
        picture.width,
        picture.height,
        size.0,
        size.1,
        escaped(name)
    );
    // What is the default anyway, and the shift that plotters gives texts that stand centred: ours
    // are given on their base line.
    document
        .push_str(&body.replace(" opacity=\"1\"", "").replace(" dy=\"0.5ex\"", "").replace(" \"/>", "\"/>"));
    document
}

/// The picture in pixels.
pub(super) fn png(picture: &Picture) -> Vec<u8> {
    fonts();
    let (width, height) = whole(picture, PNG_SCALE);
    let mut pixels = vec![255u8; (width * height * 3) as usize];
    // Where plotters puts the base line of a text centred at y: half its size below the top, which
    // lies half of size / 1.24 above y.
    let base = 0.5 * BITMAP_EM - 0.5 * BITMAP_EM / 1.24;
    draw(picture, BitMapBackend::with_buffer(&mut pixels, (width, height)), PNG_SCALE, BITMAP_EM, base);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().expect("the size is not zero and memory takes it");
    writer.write_image_data(&pixels).expect("the buffer has the size of the header");
    writer.finish().expect("memory takes the end");
    bytes
}

fn whole(picture: &Picture, scale: f64) -> (u32, u32) {
    ((picture.width * scale).ceil().max(1.0) as u32, (picture.height * scale).ceil().max(1.0) as u32)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `em` is the backend's text size per em; `base` how far below its place, in ems, it puts the
/// base line of a text.
fn draw<B: DrawingBackend>(picture: &Picture, backend: B, scale: f64, em: f64, base: f64) {
    let area = backend.into_drawing_area();
    let place = |(x, y): (f64, f64)| ((x * scale).round() as i32, (y * scale).round() as i32);
    const MEMORY: &str = "memory takes all marks";
    area.fill(&WHITE).expect(MEMORY);
    for mark in &picture.marks {
        match mark {
            Mark::Line { points, colour, width } => {
                let style = ShapeStyle {
                    color: RGBColor(colour.0, colour.1, colour.2).to_rgba(),
                    filled: false,
                    stroke_width: (width * scale).round().max(1.0) as u32,
                };
                let points: Vec<_> = points.iter().copied().map(place).collect();
                area.draw(&PathElement::new(points, style)).expect(MEMORY);
            }
            Mark::Area { points, colour, opacity } => {
                let style = RGBColor(colour.0, colour.1, colour.2).mix(*opacity).filled();
                let points: Vec<_> = points.iter().copied().map(place).collect();
                area.draw(&Polygon::new(points, style)).expect(MEMORY);
            }
            Mark::Text { at, text, lettering } => {
                let at = place((at.0, at.1 - base * lettering.size));
                area.draw_text(text, &style(lettering, scale * em), at).expect(MEMORY);
            }
        }
    }
    area.present().expect(MEMORY);
}

fn style(lettering: &Lettering, scale: f64) -> TextStyle<'static> {
    let Lettering { size, bold, colour, anchor } = *lettering;
    let weight = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let horizontal = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    FontDesc::new(FontFamily::Name(FAMILY), size * scale, weight)
        .transform(FontTransform::None)
        .color(&RGBColor(colour.0, colour.1, colour.2))
        .pos(Pos::new(horizontal, VPos::Center))
}
