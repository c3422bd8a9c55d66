//! A setting, and the range in which its best value is looked for.

use crate::reading::{DottedPath, Setting};
use crate::units::Span;
use crate::vocabulary::Quantity;

/// From which value to which a setting is tuned.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingRange {
    path: DottedPath,
    low: Quantity,
    high: Quantity,
}

impl SettingRange {
    /// Reads `PATH=LOW..HIGH`.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn parse(text: &str) -> Result<SettingRange, String> {
        let parts = text.split_once('=').and_then(|(path, range)| Some((path, range.split_once("..")?)));
        let Some((path, (low, high))) = parts else {
            return Err(format!("`{text}` is no setting with a range"));
        };
        let ends = (Quantity::parse(low), Quantity::parse(high));
        let (Some(low), Some(high)) = ends else {
            return Err(format!("the range of `{path}` runs from a number or a time to another"));
        };
        let is_time = |end: Quantity| matches!(end, Quantity::Time(_));
        if is_time(low) != is_time(high) {
            return Err(format!("the range of `{path}` runs from a number to a time"));
        }
        if low.number() >= high.number() {
            return Err(format!("the range of `{path}` ends where it begins, or before"));
        }
        Ok(SettingRange { path: DottedPath::read(path.trim()), low, high })
    }

    /// `routing.parameters.bonus`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path.as_str()
    }

    /// Its lowest value.
    #[must_use]
    pub fn lowest(&self) -> Setting {
        self.at(0.0)
    }

    /// Its highest value.
    #[must_use]
    pub fn highest(&self) -> Setting {
        self.at(1.0)
    }

    /// The value at a place of the range, 0 to 1: whole where both ends are, else by thousandths of the range.
    pub(super) fn at(&self, place: f64) -> Setting {
        let (low, high) = (self.low.number(), self.high.number());
        let value = match (self.low, self.high) {
            (Quantity::Whole(_), Quantity::Whole(_)) if high - low >= 2.0 => {
                Quantity::Whole((low + place * (high - low)).round() as i64)
            }
            (Quantity::Time(_), _) => {
                Quantity::Time(Span::from_seconds(low + (place * 1000.0).round() / 1000.0 * (high - low)))
            }
            _ => Quantity::Number(rounded(low + place * (high - low), high - low)),
        };
        Setting::of(&self.path, value, &value.as_toml())
    }
}

/// To a thousandth of the range, in as few digits as that takes.
fn rounded(value: f64, range: f64) -> f64 {
    let digits = (3.0 - libm::log10(range).floor()).clamp(0.0, 15.0) as usize;
    format!("{value:.digits$}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_value_as_it_is_typed() {
        let at = |text: &str, place: f64| SettingRange::parse(text).expect(text).at(place).line().to_owned();
        assert_eq!(at("groups.a.staff=3..9", 0.49), "groups.a.staff=6");
        assert_eq!(at("a.share=0..1", 0.123_456), "a.share=0.123");
        assert_eq!(at("a.share=0.5..0.75", 0.5), "a.share=0.625");
        assert_eq!(at("a.weight=-10.0..10", 0.25), "a.weight=-5");
        assert_eq!(at("a.after=0s..100s", 0.25), "a.after=\"25s\"");
        for wrong in ["a", "a=3", "a=3..x", "a=1..20s", "a=3..3", "a=4..3"] {
            assert!(SettingRange::parse(wrong).is_err(), "{wrong}");
        }
    }
}
