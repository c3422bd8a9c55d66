//! M/G/infinity: nobody ever waits, so the number present is Poisson, even when the arrivals vary.
//!
//! Source: Eick, Massey & Whitt (1993), "The physics of the M_t/G/infinity queue", Operations Research 41:
//! the mean at time t is the integral of lambda(u) P(S > t - u) over the past. It is the offered load of
//! a centre whose volume moves.

use super::quadrature;

/// The mean number present at time `t` (seconds) when arrivals began at time 0 with nobody present.
///
/// `arrivals_per_second` of the time, `service_exceeds` P(S > x) of a length, both smooth between the
/// ascending `breaks`. `resolution`, in seconds, is a length over which neither changes much.
///
/// # Complexity
/// 16 evaluations of both per `resolution` of past.
///
/// # Panics
/// If `resolution` is not above 0.
pub fn time_varying_mean(
    arrivals_per_second: impl Fn(f64) -> f64,
    service_exceeds: impl Fn(f64) -> f64,
    t: f64,
    breaks: &[f64],
    resolution: f64,
) -> f64 {
    assert!(resolution > 0.0, "a resolution is above 0, not {resolution}");
    let panels = (t / resolution).ceil().max(1.0) as u32;
    let mut edges: Vec<f64> = (0..=panels).map(|i| t * f64::from(i) / f64::from(panels)).collect();
    edges.extend(breaks.iter().filter(|&&at| 0.0 < at && at < t));
    edges.sort_by(f64::total_cmp);
    quadrature::panels(&edges, 0.0, t, |u| arrivals_per_second(u) * service_exceeds(t - u))
}

/// The mean number present at `t` after a long time, for arrivals `level` + `swing` sin(`pace` t) a second
/// and exponential service of `mean_service` seconds.
#[must_use]
pub fn sinusoidal_mean(level: f64, swing: f64, pace: f64, mean_service: f64, t: f64) -> f64 {
    let lag = pace * mean_service;
    let wave = (libm::sin(pace * t) - lag * libm::cos(pace * t)) / (1.0 + lag * lag);
    mean_service * (level + swing * wave)
}

/// P(N >= k) of a Poisson number with this mean: the share of arrivals that find at least `k` present.
///
/// # Complexity
/// Proportional to `k` and the root of the mean.
#[must_use]
pub fn poisson_at_least(mean: f64, k: u32) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let weight = |i: f64| libm::exp(i * libm::log(mean) - mean - libm::lgamma(i + 1.0));
    if f64::from(k) > mean {
        let (mut term, mut sum, mut i) = (weight(f64::from(k)), 0.0, f64::from(k));
        while term > sum * 1e-17 {
            sum += term;
            i += 1.0;
            term *= mean / i;
        }
        return sum;
    }
    let (mut term, mut sum) = (weight(f64::from(k - 1)), 0.0);
    for i in (0..k).rev() {
        sum += term;
        term *= f64::from(i) / mean;
    }
    1.0 - sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_arrivals_fill_up_to_the_offered_load() {
        let exponential = |x: f64| libm::exp(-x / 240.0);
        let got = time_varying_mean(|_| 0.4, exponential, 600.0, &[], 60.0);
        assert!((got - 96.0 * (1.0 - libm::exp(-2.5))).abs() < 1e-12);
        let constant = |x: f64| if x < 240.0 { 1.0 } else { 0.0 };
        let got = time_varying_mean(|_| 0.4, constant, 600.0, &[360.0], 60.0);
        assert!((got - 96.0).abs() < 1e-12);
    }

    #[test]
    fn a_wave_of_arrivals_is_followed_with_a_lag() {
        let arrivals = |u: f64| 100.0 + 20.0 * libm::sin(u);
        for t in [50.0, 52.0] {
            let got = time_varying_mean(arrivals, |x| libm::exp(-x), t, &[], 0.5);
            assert!((got - sinusoidal_mean(100.0, 20.0, 1.0, 1.0, t)).abs() < 1e-9);
            assert!((got - (100.0 + 10.0 * (libm::sin(t) - libm::cos(t)))).abs() < 1e-9);
        }
    }

    #[test]
    fn poisson_tails_agree_with_the_sum() {
        let (mut term, mut below): (f64, f64) = (libm::exp(-4.5), 0.0);
        for k in 0..12 {
            assert!((poisson_at_least(4.5, k) - (1.0 - below)).abs() < 1e-14, "{k}");
            below += term;
            term *= 4.5 / f64::from(k + 1);
        }
        assert_eq!((poisson_at_least(0.0, 1), poisson_at_least(0.0, 0)), (0.0, 1.0));
    }
}
