//! The embedded font, so that charts look alike on a machine with no fonts.
//!
//! A subset of DejaVu Sans (`font/LICENSE`). An SVG asks its viewer for the same font, then for
//! others that are no wider, so that what fits here fits there.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use plotters::style::{FontStyle, register_font};

use super::picture::{Anchor, Lettering, Place};

/// What an SVG asks its viewer for; plotters knows the embedded font by this name.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, Arial, sans-serif";

static REGULAR: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");
static BOLD: &[u8] = include_bytes!("font/DejaVuSans-Bold-subset.ttf");

/// ab_glyph's size is the height from descent to ascent: (1901 + 483) / 2048 em in this font.
const HEIGHT: f32 = 2384.0 / 2048.0;

/// Makes the font known to plotters, whose texts fail without one.
pub(super) fn register() {
    static REGISTERED: OnceLock<()> = OnceLock::new();
    REGISTERED.get_or_init(|| {
        for (style, bytes) in [(FontStyle::Normal, REGULAR), (FontStyle::Bold, BOLD)] {
            assert!(register_font(FAMILY, style, bytes).is_ok(), "the embedded font is a font");
        }
    });
}

fn face(bold: bool) -> &'static FontRef<'static> {
    static FACES: OnceLock<[FontRef<'static>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        [REGULAR, BOLD].map(|bytes| FontRef::try_from_slice(bytes).expect("the embedded font is a font"))
    });
    &faces[usize::from(bold)]
}

/// How wide a text is, in pixels. A letter that the font lacks is as wide as its replacement.
pub(super) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let font = face(bold).as_scaled(PxScale::from(size as f32 * HEIGHT));
    text.chars().map(|letter| f64::from(font.h_advance(font.glyph_id(letter)))).sum()
}

/// Draws a text on rows of red, green and blue bytes; what lies outside is left out. The place is
/// in pixels of the image, the letters' size is multiplied by `scale`.
pub(super) fn draw(
    pixels: &mut [u8],
    (width, height): (u32, u32),
    (x, y): Place,
    text: &str,
    lettering: &Lettering,
    scale: f64,
) {
    let size = lettering.size * scale;
    let shift = match lettering.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => 0.5,
        Anchor::End => 1.0,
    };
    let px = PxScale::from(size as f32 * HEIGHT);
    let font = face(lettering.bold).as_scaled(px);
    let mut pen = (x - shift * text_width(text, size, lettering.bold)) as f32;
    let (red, green, blue) = lettering.colour;
    for letter in text.chars() {
        let id = font.glyph_id(letter);
        let glyph = Glyph { id, scale: px, position: point(pen, y as f32) };
        pen += font.h_advance(id);
        let Some(outline) = font.outline_glyph(glyph) else { continue };
        let corner = outline.px_bounds().min;
        outline.draw(|dx, dy, cover| {
            let (x, y) = (corner.x as i64 + i64::from(dx), corner.y as i64 + i64::from(dy));
            if (0..i64::from(width)).contains(&x) && (0..i64::from(height)).contains(&y) {
                let at = ((y * i64::from(width) + x) * 3) as usize;
                for (byte, ink) in pixels[at..at + 3].iter_mut().zip([red, green, blue]) {
                    let (paper, ink) = (f32::from(*byte), f32::from(ink));
                    *byte = (paper + (ink - paper) * cover.clamp(0.0, 1.0)).round() as u8;
                }
            }
        });
    }
}
