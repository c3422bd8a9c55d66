//! What is sought: a number or a time of the scenario, on a grid of the resolution that was asked for.

use crate::reading::{DottedPath, Setting};
use crate::units::Span;
use crate::vocabulary::Quantity;

/// What a value of the grid is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Whole,
    Number,
    Time,
}

/// A setting whose value is sought. Its values are `place` x resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    path: DottedPath,
    kind: Kind,
    /// In the unit of the value; times in seconds.
    resolution: f64,
}

impl Unknown {
    /// A whole number, such as agents: every one may be the answer.
    #[must_use]
    pub fn whole(path: &str) -> Unknown {
        Unknown { path: DottedPath::read(path), kind: Kind::Whole, resolution: 1.0 }
    }

    /// A number or a time near `about`, to a resolution; by default, about a hundredth of it.
    ///
    /// # Errors
    /// A sentence: a resolution that is none.
    pub fn real(path: &str, about: Quantity, resolution: Option<Quantity>) -> Result<Unknown, String> {
        let kind = if matches!(about, Quantity::Time(_)) { Kind::Time } else { Kind::Number };
        let fits = |asked: Quantity| matches!(asked, Quantity::Time(_)) == (kind == Kind::Time);
        let resolution = match resolution {
            Some(asked) if asked.number() <= 0.0 => return Err("the resolution must be above 0".to_owned()),
            Some(asked) if !fits(asked) => {
                return Err(format!("the resolution and the value of `{path}` are not of one kind"));
            }
            Some(asked) => asked.number(),
            None => round_number(about.number().abs() / 100.0),
        };
        Ok(Unknown { path: DottedPath::read(path), kind, resolution })
    }

    /// Its dotted path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path.as_str()
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.kind == Kind::Whole
    }

    /// The step between two values, as it would be typed.
    #[must_use]
    pub fn resolution(&self) -> String {
        self.written(1)
    }

    /// The place of the grid that is next to a value.
    #[must_use]
    pub fn place(&self, value: Quantity) -> i64 {
        libm::round(value.number() / self.resolution) as i64
    }

    /// The value at a place, as it would be typed.
    #[must_use]
    pub fn written(&self, place: i64) -> String {
        self.value(place).to_string()
    }

    fn value(&self, place: i64) -> Quantity {
        let value = place as f64 * self.resolution;
        match self.kind {
            Kind::Whole => Quantity::Whole(place),
            Kind::Number => Quantity::Number(libm::round(value * 1e9) / 1e9),
            Kind::Time => Quantity::Time(Span::from_seconds(value)),
        }
    }

    /// The setting at a place.
    #[must_use]
    pub fn setting(&self, place: i64) -> Setting {
        Setting::of(&self.path, self.value(place), &self.written(place))
    }
}

/// The largest of 1, 2 or 5 times a power of ten that is no larger.
fn round_number(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.01;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    let factor = [5.0, 2.0].into_iter().find(|factor| factor * power <= value * (1.0 + 1e-9));
    factor.unwrap_or(1.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_round_values() {
        let of = |about: &str, resolution: Option<&str>| {
            let quantity = |text: &str| Quantity::parse(text).unwrap();
            Unknown::real("x", quantity(about), resolution.map(quantity))
        };
        for (about, step) in [("285", "2"), ("0.3", "0.002"), ("4m20s", "2s"), ("100", "1"), ("0", "0.01")] {
            let unknown = of(about, None).unwrap();
            assert_eq!(unknown.resolution(), step, "{about}");
        }
        let half = of("10", Some("0.5")).unwrap();
        assert_eq!((half.place(Quantity::Number(12.6)), half.written(25)), (25, "12.5".to_owned()));
        assert!(of("10", Some("5s")).is_err() && of("10", Some("0")).is_err());
        assert_eq!(Unknown::whole("x").setting(7).line(), "x=7");
    }
}
