//! The six ways in which the trade computes a service level.

/// The six service levels, each in 0..=1.
///
/// A answered, B abandoned, A_T and B_T within the target's time, B_s within the short time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "json", derive(serde::Serialize))]
pub struct ServiceLevels {
    /// A_T / (A + B).
    pub answered_of_offered: f64,
    /// A_T / A.
    pub answered_of_answered: f64,
    /// A_T / (A + B - B_s).
    pub less_short_abandons: f64,
    /// A_T / (A + B - B_T).
    pub less_abandons_within: f64,
    /// (A_T + B_T) / (A + B).
    pub abandons_met: f64,
    /// (A_T + B_s) / (A + B).
    pub short_abandons_met: f64,
}

impl ServiceLevels {
    /// From the shares of all who were answered, answered within T, abandoned within T and abandoned
    /// within s. Where nobody counts, a ratio is 0.
    pub(crate) fn new(answered: f64, answered_in_time: f64, left_in_time: f64, left_short: f64) -> Self {
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        ServiceLevels {
            answered_of_offered: answered_in_time,
            answered_of_answered: ratio(answered_in_time, answered),
            less_short_abandons: ratio(answered_in_time, 1.0 - left_short),
            less_abandons_within: ratio(answered_in_time, 1.0 - left_in_time),
            abandons_met: answered_in_time + left_in_time,
            short_abandons_met: answered_in_time + left_short,
        }
    }
}
