//! Patience of whom not all showed how long it is: who was answered would have waited longer.

/// Exponential patience by maximum likelihood: time waited by all, answered ones included, over the number who
/// abandoned. Waits of the answered are censored; a mean over those who abandoned alone would be far too short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// Seconds.
    pub mean: f64,
    /// Its 95 % interval: exact where what is counted is a Poisson number, by the usual approximation of its logarithm.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Contacts abandoned.
    pub abandoned: f64,
    /// Of a Weibull distribution: standard deviation over mean; none: exponential.
    pub cv: Option<f64>,
}

/// From the time that all waited together and the number who abandoned; `None` where nobody did, or nobody waited.
#[must_use]
pub fn patience(waited: f64, abandoned: f64) -> Option<Patience> {
    if abandoned <= 0.0 || waited <= 0.0 {
        return None;
    }
    let mean = waited / abandoned;
    let factor = libm::exp(1.959_963_984_540_054 / abandoned.sqrt());
    Some(Patience { mean, low: mean / factor, high: mean * factor, abandoned, cv: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answered_count_with_the_time_that_they_waited() {
        // Four abandoned after 60 s each, six were answered after 40 s each: 480 s over 4.
        let found = patience(4.0 * 60.0 + 6.0 * 40.0, 4.0).expect("somebody abandoned");
        assert!((found.mean - 120.0).abs() < 1e-12);
        // exp(1.96 / 2) = 2.6644.
        assert!((found.high / 120.0 - 2.6644).abs() < 1e-3 && (120.0 / found.low - 2.6644).abs() < 1e-3);
        assert_eq!(patience(100.0, 0.0), None);
    }
}
