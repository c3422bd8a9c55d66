//! A condition on a figure: `queues.billing.service_level >= 0.8`.

use std::fmt;

use crate::figures::{Better, Estimate, Figure, Unit, Verdict};
use crate::reading::hint;
use crate::vocabulary::Quantity;

/// What a figure is to be: at least, or at most, so much.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The dotted name of the figure.
    pub path: String,
    /// The figure.
    pub figure: Figure,
    /// Whether it is to be at least the bound, not at most.
    pub at_least: bool,
    /// In the figure's unit: shares as 0..1, times in seconds.
    pub bound: f64,
}

/// Why a text is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCondition {
    /// What is wrong, without a period.
    pub title: String,
    /// What would be right.
    pub hint: String,
}

impl fmt::Display for BadCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for BadCondition {}

const EXAMPLE: &str = "write `queues.billing.service_level >= 0.8` or `total.wait <= 20s`";

impl Condition {
    /// Reads one as it is typed; `80 %` is `0.8`, and times have units.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn parse(text: &str) -> Result<Condition, BadCondition> {
        let bad = |title: String, hint: &str| BadCondition { title, hint: hint.to_owned() };
        let sides = [(">=", true), ("<=", false), ("≥", true), ("≤", false)]
            .into_iter()
            .find_map(|(sign, at_least)| Some((text.split_once(sign)?, at_least)));
        let Some(((path, bound), at_least)) = sides else {
            return Err(bad(format!("`{text}` is no condition: it has neither `>=` nor `<=`"), EXAMPLE));
        };
        let (path, bound) = (path.trim().to_owned(), bound.trim());
        let name = path.rsplit('.').next().unwrap_or_default();
        let Some(figure) = Figure::named(name) else {
            let known = Figure::ALL.iter().map(|figure| figure.name());
            let hint = hint(name, known).unwrap_or_else(|| "docs/figures.md names all figures".to_owned());
            return Err(bad(format!("there is no figure `{name}`"), &hint));
        };
        let unit = figure.unit();
        let number = match bound.strip_suffix('%') {
            Some(percent) => Quantity::parse(percent).map(|q| Quantity::Number(q.number() / 100.0)),
            None => Quantity::parse(bound),
        };
        let bound = match (number, unit) {
            (None, _) => return Err(bad(format!("`{bound}` is neither a number nor a duration"), EXAMPLE)),
            (Some(Quantity::Time(_)), Unit::Share | Unit::Count | Unit::Money | Unit::Hours) => {
                return Err(bad(format!("`{bound}` is a time, and `{name}` is none"), EXAMPLE));
            }
            (Some(Quantity::Whole(_) | Quantity::Number(_)), Unit::Seconds) => {
                return Err(bad(
                    format!("`{bound}` has no unit, and `{name}` is a time"),
                    &format!("write `{path} {} {bound}s`", if at_least { ">=" } else { "<=" }),
                ));
            }
            (Some(quantity), _) => quantity.number(),
        };
        if unit == Unit::Share && bound > 1.0 {
            let right = format!("a share is at most 1: write `{}` or `{bound} %`", bound / 100.0);
            return Err(bad(format!("`{name}` is a share and never {bound}"), &right));
        }
        Ok(Condition { path, figure, at_least, bound })
    }

    /// Whether it holds by an estimate, as far as the interval decides.
    #[must_use]
    pub fn verdict(&self, estimate: Estimate) -> Verdict {
        Verdict::of(estimate, self.bound, if self.at_least { Better::Higher } else { Better::Lower })
    }

    /// By how much a value keeps it; below 0 it does not. Shares as they are, other figures of the bound.
    #[must_use]
    pub fn slack(&self, value: f64) -> f64 {
        let apart = if self.at_least { value - self.bound } else { self.bound - value };
        match self.figure.unit() {
            Unit::Share => apart,
            _ => apart / self.bound.abs().max(1e-9),
        }
    }

    /// The same on a scale on which agents add up: the logarithm of how many times as many may fail. An agent
    /// more takes away about the same part of those who wait too long, whatever that is.
    #[must_use]
    pub fn room(&self, value: f64) -> f64 {
        let tiny = 1e-4;
        let ratio = match (self.at_least, self.figure.unit()) {
            (true, Unit::Share) => (1.0 - self.bound).max(tiny) / (1.0 - value).max(tiny),
            (true, _) => value.max(tiny * self.bound.abs()) / self.bound.abs().max(1e-9),
            (false, _) => self.bound.abs().max(1e-9) / value.max(tiny * self.bound.abs()).max(1e-12),
        };
        let room = libm::log(ratio);
        // A bound of 1, and rounding, say the same of both scales.
        if (room >= 0.0) == (self.slack(value) >= 0.0) { room } else { self.slack(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_read_as_they_are_typed() {
        let of = |text: &str| Condition::parse(text).map(|c| (c.path, c.at_least, c.bound));
        let level = "queues.a.service_level".to_owned();
        assert_eq!(of("queues.a.service_level >= 0.8"), Ok((level.clone(), true, 0.8)));
        assert_eq!(of("queues.a.service_level>=80%"), Ok((level, true, 0.8)));
        assert_eq!(of("total.wait <= 1m30s"), Ok(("total.wait".to_owned(), false, 90.0)));
        let wrong = |text: &str| Condition::parse(text).unwrap_err();
        assert!(wrong("total.wait = 20s").title.contains("neither `>=` nor `<=`"));
        assert!(wrong("total.wait <= 20").hint.contains("total.wait <= 20s"));
        assert!(wrong("total.service_levle >= 0.8").hint.contains("service_level"));
        assert!(wrong("total.service_level >= 80").hint.contains("0.8"));
        assert!(wrong("total.service_level >= 20s").title.contains("a time"));
        assert!(wrong("total.service_level >= much").title.contains("neither a number"));
    }

    #[test]
    fn slack_is_how_much_there_is_to_give() {
        let level = Condition::parse("total.service_level >= 0.8").unwrap();
        assert!((level.slack(0.83) - 0.03).abs() < 1e-12 && level.slack(0.7) < 0.0);
        let wait = Condition::parse("total.wait <= 20s").unwrap();
        assert!((wait.slack(15.0) - 0.25).abs() < 1e-12);
    }
}
