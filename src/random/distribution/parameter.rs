//! The checks that parameters of distributions share, and the words for them.

use crate::units::Span;

/// Coefficients of variation that the distributions are computed for.
const CV: std::ops::RangeInclusive<f64> = 0.001..=100.0;

/// `value` if it is a length of time of zero or more.
pub(super) fn not_negative(kind: &str, name: &str, value: f64) -> Result<f64, String> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(format!("{name} of {kind} distribution must be a finite number, zero or more, not {value}"))
    }
}

/// `value` if it is a finite number above zero.
pub(super) fn positive(kind: &str, name: &str, value: f64) -> Result<f64, String> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else if value == 0.0 {
        Err(format!(
            "{name} of {kind} distribution must be above 0; for no time at all use kind = \"constant\""
        ))
    } else {
        Err(format!("{name} of {kind} distribution must be a finite number above 0, not {value}"))
    }
}

/// `cv` if a distribution can have it.
pub(super) fn variation(kind: &str, cv: f64) -> Result<f64, String> {
    if CV.contains(&cv) {
        Ok(cv)
    } else if cv == 0.0 {
        Err(format!("{kind} distribution cannot have cv 0; times that never vary have kind = \"constant\""))
    } else {
        Err(format!("cv of {kind} distribution must lie between {} and {}, not {cv}", CV.start(), CV.end()))
    }
}

/// Seconds, as a scenario would write them.
pub(super) fn time(seconds: f64) -> Span {
    Span::from_seconds(seconds)
}

/// A number in at most four significant digits.
pub(super) fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let scale = libm::pow(10.0, 3.0 - libm::floor(libm::log10(value.abs())));
    ((value * scale).round() / scale).to_string()
}
