//! The standard normal law.

/// The quantile of the standard normal law, to about 1e-16 relative; infinite at 0 and 1.
///
/// ```
/// assert!((holdline::estimate::normal::quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
/// ```
#[must_use]
pub fn quantile(p: f64) -> f64 {
    crate::random::normal_quantile(p)
}
