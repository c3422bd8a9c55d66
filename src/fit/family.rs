//! Families of distributions, fitted by likelihood: of lengths of time that were seen whole, and of waits that were cut.

use crate::random::Distribution;
use crate::vocabulary::words;

use super::likelihood::{Estimated, Peak, peak};
use super::patience::{Patience, patience};
use super::tally::{Seen, Tally};

words! {
    /// A family of distributions, by its name in scenarios.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Family {
        /// One parameter: the mean.
        Exponential = "exponential",
        /// The logarithm is normal.
        Lognormal = "lognormal",
        /// Sums of exponential times, and what lies between.
        Gamma = "gamma",
        /// A hazard that rises or falls as a power of time.
        Weibull = "weibull",
        /// Short ones and long ones, each exponential.
        Hyperexponential = "hyperexponential",
    }
}

/// A family fitted to times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// Which.
    pub family: Family,
    /// Seconds.
    pub mean: Estimated,
    /// Standard deviation over mean; 1, known, of an exponential distribution.
    pub cv: Estimated,
    /// The logarithm of the likelihood.
    pub likelihood: f64,
}

impl Fitted {
    fn of(
        family: Family,
        peak: &Peak,
        mean: impl Fn([f64; 2]) -> f64,
        cv: impl Fn([f64; 2]) -> f64,
    ) -> Fitted {
        Fitted { family, mean: peak.estimate(mean), cv: peak.estimate(cv), likelihood: peak.value }
    }

    /// Twice the difference of likelihoods that chance exceeds once in twenty times, of one parameter more.
    const CHANCE: f64 = 3.841;

    /// Whether it fits better than one with a parameter less, by more than chance explains.
    #[must_use]
    pub fn explains_more_than(&self, simple: &Fitted) -> bool {
        2.0 * (self.likelihood - simple.likelihood) > Self::CHANCE
    }

    /// The distribution; `None` where its numbers are beyond all bounds.
    #[must_use]
    pub fn distribution(&self) -> Option<Distribution> {
        let (mean, cv) = (self.mean.value, self.cv.value);
        match self.family {
            Family::Exponential => Distribution::exponential(mean),
            Family::Lognormal => Distribution::lognormal(mean, cv),
            Family::Gamma => Distribution::gamma(mean, cv),
            Family::Weibull => Distribution::weibull(mean, cv),
            Family::Hyperexponential => Distribution::hyperexponential(mean, cv),
        }
        .ok()
    }
}

/// Fewer times tell no family.
const LEAST: f64 = 20.0;

/// The families of two parameters fitted to times that were seen whole, the likeliest first. Times of nothing are left
/// out; none where there are too few.
#[must_use]
pub fn families(times: &Tally) -> Vec<Fitted> {
    let times: Vec<Seen> = times.times.iter().copied().filter(|time| time.seconds > 0.0).collect();
    let n: f64 = times.iter().map(|time| time.ended).sum();
    if n < LEAST {
        return Vec::new();
    }
    let total = |of: &dyn Fn(&Seen) -> f64| times.iter().map(|time| time.ended * of(time)).sum::<f64>();
    let logs: Vec<f64> = times.iter().map(|time| libm::log(time.seconds)).collect();
    let total_logs = |of: &dyn Fn(f64) -> f64| {
        times.iter().zip(&logs).map(|(time, log)| time.ended * of(*log)).sum::<f64>()
    };
    let (sum, sum_logs) = (total(&|time| time.seconds), total_logs(&|log| log));
    let (mean, mean_log) = (sum / n, sum_logs / n);
    let variance = total(&|time| (time.seconds - mean) * (time.seconds - mean)) / n;
    let variance_log = total_logs(&|log| (log - mean_log) * (log - mean_log)) / n;
    if variance_log <= 0.0 {
        return Vec::new();
    }
    let square = variance / (mean * mean);
    let exp = libm::exp;
    let lognormal = peak([mean_log, 0.5 * libm::log(variance_log)], |[mu, log_sigma]| {
        let squares = n * (variance_log + (mean_log - mu) * (mean_log - mu));
        -n * (log_sigma + HALF_LOG_TAU) - sum_logs - squares / (2.0 * exp(2.0 * log_sigma))
    });
    let gamma = peak([-libm::log(square), libm::log(mean * square)], |[log_shape, log_scale]| {
        let shape = exp(log_shape);
        (shape - 1.0) * sum_logs - sum / exp(log_scale) - n * (shape * log_scale + libm::lgamma(shape))
    });
    let weibull = weibull_of(&times);
    let hyper = peak([libm::log(mean), libm::log((square - 1.0).max(0.1))], |[log_mean, log_excess]| {
        let excess = exp(log_excess);
        let more = 0.5 * (1.0 + (excess / (excess + 2.0)).sqrt());
        let less = 0.5 / ((excess + 2.0) * more);
        let rate = [more, less].map(|weight| 2.0 * weight / exp(log_mean));
        let density = |time: &Seen| {
            let part = |weight: f64, rate: f64| weight * rate * exp(-rate * time.seconds);
            part(more, rate[0]) + part(less, rate[1])
        };
        total(&|time| libm::log(density(time)))
    });
    let mut found: Vec<Fitted> = [
        lognormal.map(|peak| {
            let variance = |at: [f64; 2]| exp(2.0 * at[1]);
            let mean = move |at: [f64; 2]| exp(at[0] + variance(at) / 2.0);
            Fitted::of(Family::Lognormal, &peak, mean, move |at| libm::expm1(variance(at)).sqrt())
        }),
        gamma.map(|peak| Fitted::of(Family::Gamma, &peak, |at| exp(at[0] + at[1]), |at| exp(-at[0] / 2.0))),
        weibull,
        hyper.map(|peak| {
            Fitted::of(Family::Hyperexponential, &peak, |at| exp(at[0]), |at| (1.0 + exp(at[1])).sqrt())
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.sort_by(|one, other| other.likelihood.total_cmp(&one.likelihood));
    found
}

/// log(2 pi) / 2.
const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_8;

/// Exponential patience from waits of which some were cut: the time that all waited over the number who abandoned.
#[must_use]
pub fn exponential(waits: &Tally) -> Option<Fitted> {
    let abandoned = waits.ended();
    let waited: f64 = waits.times.iter().map(|time| time.seconds * (time.ended + time.cut)).sum();
    let Patience { mean, low, high, .. } = patience(waited, abandoned)?;
    Some(Fitted {
        family: Family::Exponential,
        mean: Estimated { value: mean, low, high },
        cv: Estimated { value: 1.0, low: 1.0, high: 1.0 },
        likelihood: -abandoned * (libm::log(mean) + 1.0),
    })
}

/// A Weibull distribution from waits of which some were cut.
#[must_use]
pub fn weibull(waits: &Tally) -> Option<Fitted> {
    weibull_of(&waits.times)
}

fn weibull_of(times: &[Seen]) -> Option<Fitted> {
    // In a log of whole seconds some abandon after none: within the first half, on average.
    let log = |time: &Seen| libm::log(if time.seconds > 0.0 { time.seconds } else { 0.5 });
    // Who was answered at once tells nothing.
    let count = |time: &Seen| time.ended + if time.seconds > 0.0 { time.cut } else { 0.0 };
    let n: f64 = times.iter().map(|time| time.ended).sum();
    if n < LEAST {
        return None;
    }
    let sum_logs: f64 = times.iter().filter(|time| time.ended > 0.0).map(|time| time.ended * log(time)).sum();
    let counted: Vec<(f64, f64)> = times.iter().map(|time| (log(time), count(time))).collect();
    let waited: f64 = counted.iter().map(|(log, count)| count * libm::exp(*log)).sum();
    let peak = peak([0.0, libm::log(waited / n)], |[log_shape, log_scale]| {
        let shape = libm::exp(log_shape);
        let hazard: f64 =
            counted.iter().map(|(log, count)| count * libm::exp(shape * (log - log_scale))).sum();
        n * (log_shape - shape * log_scale) + (shape - 1.0) * sum_logs - hazard
    })?;
    // Gamma(1 + m / shape), m = 1, 2.
    let moment = |shape: f64, m: f64| libm::tgamma(1.0 + m / shape);
    let mean = |at: [f64; 2]| libm::exp(at[1]) * moment(libm::exp(at[0]), 1.0);
    let cv = |at: [f64; 2]| {
        let shape = libm::exp(at[0]);
        let first = moment(shape, 1.0);
        (moment(shape, 2.0) / (first * first) - 1.0).max(1e-12).sqrt()
    };
    let found = Fitted::of(Family::Weibull, &peak, mean, cv);
    (found.mean.value.is_finite() && found.cv.value.is_finite()).then_some(found)
}

/// The largest difference between a distribution and the shares of times that were seen (Kolmogorov & Smirnov).
#[must_use]
pub fn largest_gap(distribution: &Distribution, times: &Tally) -> f64 {
    let n = times.ended() - times.of_nothing();
    let (mut below, mut largest) = (0.0, 0.0f64);
    for time in times.times.iter().filter(|time| time.seconds > 0.0) {
        let share = distribution.cdf(time.seconds);
        let to = below + time.ended;
        largest = largest.max((share - below / n).abs()).max((share - to / n).abs());
        below = to;
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::super::likelihood::DEVIATIONS;
    use super::super::tally::Wait;
    use super::*;

    #[test]
    fn four_abandoned_and_six_answered_make_a_mean() {
        let wait = |seconds, abandoned| Wait { seconds, abandoned };
        let waits: Vec<Wait> = [[wait(60.0, true); 4].to_vec(), [wait(40.0, false); 6].to_vec()].concat();
        // 4 x 60 + 6 x 40 = 480 s over 4.
        let found = exponential(&Tally::of_waits(&waits)).expect("somebody abandoned");
        assert!((found.mean.value - 120.0).abs() < 1e-12);
        assert!((found.mean.high / 120.0 - 2.6644).abs() < 1e-3);
        assert_eq!(exponential(&Tally::of_waits(&waits[4..])), None);
        assert_eq!(weibull(&Tally::of_waits(&waits)), None);
    }

    #[test]
    fn of_a_lognormal_sample_the_moments_of_the_logarithms_are_the_likeliest() {
        // Logarithms 4 and 6 by turns: mu 5, sigma 1; mean exp(5.5).
        let times: Vec<f64> = (0..40).map(|at| libm::exp(if at < 20 { 4.0 } else { 6.0 })).collect();
        let all = families(&Tally::of_times(&times));
        let found = all.iter().find(|one| one.family == Family::Lognormal).expect("it is fitted");
        assert!((found.mean.value - libm::exp(5.5)).abs() < 1e-3 * libm::exp(5.5), "{found:?}");
        assert!((found.cv.value - libm::expm1(1.0).sqrt()).abs() < 1e-3);
        // The variance of log(mean) = mu + sigma²/2 is 1/40 + 1/80.
        assert!(
            (libm::log(found.mean.high / found.mean.value) / DEVIATIONS - (3.0f64 / 80.0).sqrt()).abs()
                < 1e-3
        );
    }
}
