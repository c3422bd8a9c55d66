//! Puts pictures on paper through plotters: SVG, and PNG encoded by ourselves.
//!
//! In an SVG the viewer draws the letters; in a PNG we do, see [`super::font`].

use std::fmt::Write as _;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::font;
use super::picture::{Anchor, Lettering, Mark, Picture};

/// plotters knows whole pixels only; an SVG is drawn larger and shown smaller, for smooth curves.
const SVG_SCALE: f64 = 4.0;

/// Pixels of a PNG per pixel of the page: sharp on dense screens and in print.
const PNG_SCALE: f64 = 2.0;

/// plotters' SVG text of size s is set at s / 1.24 pixels an em.
const SVG_EM: f64 = 1.24;

/// The picture as a document of its own, named for those who cannot see it.
pub(super) fn svg(picture: &Picture, name: &str) -> String {
    document(picture, &picture.marks, (0.0, picture.height), name)
}

/// The picture cut where a page may end, from top to bottom.
pub(super) fn parts(picture: &Picture, name: &str) -> Vec<String> {
    let ends = picture.cuts.iter().copied().chain([(picture.marks.len(), picture.height)]);
    let (mut begun, mut top) = (0, 0.0);
    let part = |(number, (marks, bottom)): (usize, (usize, f64))| {
        let name = if number == 0 { name.to_owned() } else { format!("{name}, part {}", number + 1) };
        let part = document(picture, &picture.marks[begun..marks], (top, bottom), &name);
        (begun, top) = (marks, bottom);
        part
    };
    ends.enumerate().map(part).collect()
}

/// Some of its marks, as far as they lie between two heights.
fn document(picture: &Picture, marks: &[Mark], (top, bottom): (f64, f64), name: &str) -> String {
    font::register();
    let size = whole(picture, SVG_SCALE);
    let mut text = String::new();
    draw(marks, SVGBackend::with_string(&mut text, size), SVG_SCALE, true);
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    let mut document = String::with_capacity(body.len() + 300);
    let _ = writeln!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 {} {} {}\" \
         role=\"img\" aria-label=\"{}\">",
        picture.width,
        bottom - top,
        top * SVG_SCALE,
        size.0,
        ((bottom - top) * SVG_SCALE).ceil(),
        escaped(name)
    );
    // What is the default anyway, and the shift that plotters gives texts that stand centred: ours
    // are given on their base line.
    let body = body.replace(" opacity=\"1\"", "").replace(" dy=\"0.5ex\"", "").replace(" \"/>", "\"/>");
    joined(&body, &mut document);
    tips(marks, &mut document);
    document
}

/// What the picture says where it is pointed at: a title on a rectangle that is not seen, over all marks.
fn tips(marks: &[Mark], document: &mut String) {
    let mut all = String::new();
    for mark in marks {
        if let Mark::Tip { from, to, text } = mark {
            let whole = |(x, y): (f64, f64)| ((x * SVG_SCALE).round() as i64, (y * SVG_SCALE).round() as i64);
            let ((left, top), (right, bottom)) = (whole(*from), whole(*to));
            let (width, height) = (right - left, bottom - top);
            let text = escaped(text);
            let _ = writeln!(
                all,
                "<path d=\"M{left} {top}h{width}v{height}h-{width}z\"><title>{text}</title></path>"
            );
        }
    }
    let end = document.rfind("</svg>").filter(|_| !all.is_empty());
    if let Some(end) = end {
        document.insert_str(end, &format!("<g fill=\"none\" pointer-events=\"all\">\n{all}</g>\n"));
    }
}

/// The picture in pixels.
pub(super) fn png(picture: &Picture) -> Vec<u8> {
    let (width, height) = whole(picture, PNG_SCALE);
    let mut pixels = vec![255u8; (width * height * 3) as usize];
    draw(&picture.marks, BitMapBackend::with_buffer(&mut pixels, (width, height)), PNG_SCALE, false);
    // plotters leaves out the space before a letter's outline, so words would come apart.
    for mark in &picture.marks {
        if let Mark::Text { at, text, lettering } = mark {
            font::draw(
                &mut pixels,
                (width, height),
                (at.0 * PNG_SCALE, at.1 * PNG_SCALE),
                text,
                lettering,
                PNG_SCALE,
            );
        }
    }
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

/// Lines of one look that follow each other, such as dashes, become one path: a third of the bytes.
fn joined(body: &str, document: &mut String) {
    let line = |text: &'_ str| -> Option<(usize, usize)> {
        let points = text.strip_prefix("<polyline")?.find(" points=\"")?;
        Some(("<polyline".len() + points, "<polyline".len() + points + " points=\"".len()))
    };
    let mut look: Option<&str> = None;
    for text in body.lines() {
        let Some((style, points)) = line(text) else {
            if look.take().is_some() {
                document.push_str("\"/>\n");
            }
            document.push_str(text);
            document.push('\n');
            continue;
        };
        let this = &text["<polyline".len()..style];
        if look != Some(this) {
            if look.is_some() {
                document.push_str("\"/>\n");
            }
            let _ = write!(document, "<path{this} d=\"");
            look = Some(this);
        }
        document.push('M');
        document.push_str(text[points..].trim_end_matches("\"/>"));
    }
}

fn whole(picture: &Picture, scale: f64) -> (u32, u32) {
    ((picture.width * scale).ceil().max(1.0) as u32, (picture.height * scale).ceil().max(1.0) as u32)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn draw<B: DrawingBackend>(marks: &[Mark], backend: B, scale: f64, with_text: bool) {
    let area = backend.into_drawing_area();
    let place = |(x, y): (f64, f64)| ((x * scale).round() as i32, (y * scale).round() as i32);
    const MEMORY: &str = "memory takes all marks";
    area.fill(&WHITE).expect(MEMORY);
    for mark in marks {
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
            Mark::Text { at, text, lettering } if with_text => {
                area.draw_text(text, &style(lettering, scale * SVG_EM), place(*at)).expect(MEMORY);
            }
            // A tip is no mark on paper; an SVG has it as an element of its own.
            Mark::Text { .. } | Mark::Tip { .. } => {}
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
    FontDesc::new(FontFamily::Name(font::FAMILY), size * scale, weight)
        .color(&RGBColor(colour.0, colour.1, colour.2))
        .pos(Pos::new(horizontal, VPos::Center))
}

#[cfg(test)]
mod tests {
    use super::super::palette::{INK, letters};
    use super::*;

    #[test]
    fn the_parts_of_a_picture_lie_below_each_other_and_hold_all_of_it_once() {
        let mut picture = Picture::new(100.0, 90.0);
        let write = |picture: &mut Picture, at: f64, text: &str| {
            picture.text((10.0, at), text, letters(10.0, INK, Anchor::Start));
        };
        write(&mut picture, 20.0, "first");
        picture.cut(30.0);
        write(&mut picture, 50.0, "second");
        picture.tip((0.0, 40.0), (10.0, 50.0), "told");
        let parts = parts(&picture, "a chart");
        assert_eq!(parts.len(), 2);
        for (part, wanted, other, window, name) in [
            (&parts[0], "first", "second", "height=\"30\" viewBox=\"0 0 400 120\"", "\"a chart\""),
            (&parts[1], "second", "first", "height=\"60\" viewBox=\"0 120 400 240\"", "\"a chart, part 2\""),
        ] {
            assert!(part.contains(wanted) && !part.contains(other), "{part}");
            assert!(part.contains(window) && part.contains(name), "{part}");
        }
        assert!(!parts[0].contains("told") && parts[1].contains("<title>told</title>"));
        assert_eq!(svg(&picture, "a chart").matches("</text>").count(), 2);
    }
}
