//! The distributions: quantiles, distribution functions, moments and samplers agree with each other, with
//! the samplers of `rand_distr` and with the distribution functions of `statrs`.

use holdline::random::{
    Distribution, Draws, Key, Sampler, UnitExponential, normal_cdf, normal_quantile, unit,
};
use proptest::prelude::*;
use statrs::distribution::ContinuousCDF;

type Made = Result<Distribution, String>;

/// Every distribution that has a density.
fn continuous() -> Vec<Distribution> {
    let made: Result<Vec<Distribution>, String> = (|| {
        let lognormal = Distribution::lognormal(260.0, 1.1)?;
        let exponential = Distribution::exponential(180.0)?;
        Ok(vec![
            exponential.clone(),
            lognormal.clone(),
            Distribution::lognormal(260.0, 0.2)?,
            Distribution::lognormal(260.0, 4.0)?,
            Distribution::lognormal_native(5.0, 0.9)?,
            Distribution::gamma(260.0, 0.4)?,
            Distribution::gamma(260.0, 1.8)?,
            Distribution::gamma_native(2.5, 60.0)?,
            Distribution::erlang(260.0, 3)?,
            Distribution::weibull(180.0, 0.6)?,
            Distribution::weibull(180.0, 1.7)?,
            Distribution::weibull_native(0.7, 100.0)?,
            Distribution::normal(900.0, 300.0)?,
            Distribution::normal(260.0, 260.0)?,
            Distribution::normal(260.0, 5.0)?,
            Distribution::truncated(Distribution::normal(900.0, 300.0)?, Some(600.0), Some(1500.0))?,
            Distribution::pareto(260.0, 0.2)?,
            Distribution::pareto_native(7.5, 100.0)?,
            Distribution::hyperexponential(180.0, 1.0)?,
            Distribution::hyperexponential(180.0, 2.5)?,
            Distribution::uniform(60.0, 300.0)?,
            Distribution::triangular(60.0, 90.0, 300.0)?,
            Distribution::triangular(60.0, 60.0, 300.0)?,
            Distribution::triangular(60.0, 300.0, 300.0)?,
            Distribution::mixture(vec![
                (0.2, lognormal.clone()),
                (0.3, Distribution::uniform(0.0, 20.0)?),
                (0.5, exponential.clone()),
            ])?,
            Distribution::truncated(lognormal.clone(), Some(30.0), Some(900.0))?,
            Distribution::truncated(lognormal.clone(), Some(1500.0), None)?,
            Distribution::truncated(exponential.clone(), None, Some(60.0))?,
            Distribution::truncated(Distribution::gamma(260.0, 0.4)?, Some(100.0), Some(300.0))?,
            Distribution::truncated(Distribution::weibull(180.0, 1.7)?, Some(5.0), None)?,
            Distribution::truncated(Distribution::triangular(60.0, 90.0, 300.0)?, Some(70.0), Some(200.0))?,
            Distribution::truncated(Distribution::hyperexponential(180.0, 2.5)?, Some(20.0), Some(700.0))?,
            Distribution::truncated(
                Distribution::mixture(vec![(0.5, lognormal), (0.5, exponential)])?,
                Some(20.0),
                None,
            )?,
        ])
    })();
    made.expect("parameters that the distributions can have")
}

/// Distributions in which single values have probability.
fn discrete() -> Vec<Distribution> {
    let made: Result<Vec<Distribution>, String> = (|| {
        Ok(vec![
            Distribution::constant(30.0)?,
            Distribution::empirical(vec![40.0, 10.0, 20.0, 20.0])?,
            Distribution::empirical_weighted(vec![(5.0, 0.5), (1.0, 3.0), (9.0, 0.0), (7.0, 0.5)])?,
            Distribution::mixture(vec![
                (0.25, Distribution::constant(10.0)?),
                (0.75, Distribution::exponential(60.0)?),
            ])?,
            Distribution::truncated(
                Distribution::empirical(vec![1.0, 2.0, 3.0, 4.0])?,
                Some(2.0),
                Some(3.0),
            )?,
        ])
    })();
    made.expect("parameters that the distributions can have")
}

/// Bits from the middle out to both tails: 200 a halving of the tail.
fn both_tails() -> impl Iterator<Item = u64> {
    (0..52u32).flat_map(|octave| {
        let first = 1u64 << (62 - octave);
        (0..200u64).flat_map(move |i| {
            let bits = first + ((u128::from(first) * u128::from(i)) / 200) as u64;
            [bits, !bits]
        })
    })
}

/// Kolmogorov's distance from `cdf`, times the root of the number: past 1.95 once in 1,000.
fn distance(mut values: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let gaps = values.iter().enumerate().map(|(i, &x)| {
        let p = cdf(x);
        (p - i as f64 / n).abs().max((p - (i + 1) as f64 / n).abs())
    });
    gaps.fold(0.0, f64::max) * n.sqrt()
}

/// Smirnov's distance between two samples of one size, likewise scaled.
fn distance_between(mut one: Vec<f64>, mut other: Vec<f64>) -> f64 {
    assert_eq!(one.len(), other.len());
    one.sort_by(f64::total_cmp);
    other.sort_by(f64::total_cmp);
    let (mut i, mut j, mut gap) = (0, 0, 0usize);
    while i < one.len() && j < other.len() {
        if one[i] <= other[j] {
            i += 1
        } else {
            j += 1
        }
        gap = gap.max(i.abs_diff(j));
    }
    gap as f64 / (2.0 * one.len() as f64).sqrt()
}

fn sample(distribution: &Distribution, n: u64) -> Vec<f64> {
    let key = Key::seed(2026).named(&distribution.describe());
    let sampler = Sampler::new(distribution);
    (0..n).map(|number| sampler.draw(key.nth(number)).seconds()).collect()
}

#[test]
fn samplers_follow_their_distribution_functions() {
    for distribution in continuous() {
        let far = distance(sample(&distribution, 100_000), |x| distribution.cdf(x));
        assert!(far < 1.95, "{}: {far}", distribution.describe());
    }
}

#[test]
fn samplers_of_single_values_meet_their_probabilities() {
    let n = 100_000;
    for distribution in discrete() {
        let values = sample(&distribution, n);
        for x in [1.0, 2.0, 2.5, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 40.0, 100.0] {
            let share = values.iter().filter(|&&value| value <= x).count() as f64 / n as f64;
            let p = distribution.cdf(x);
            let deviation = (p * (1.0 - p) / n as f64).sqrt();
            assert!(
                (share - p).abs() <= 4.0 * deviation,
                "{} at {x}: {share}, not {p}",
                distribution.describe()
            );
        }
    }
}

#[test]
fn samplers_agree_with_rand_distr() {
    const PARAMETERS: &str = "parameters that rand_distr takes";
    fn many<D: rand_distr::Distribution<f64>>(name: &str, distribution: D) -> Vec<f64> {
        let mut draws = Draws::new(Key::seed(1999).named(name));
        (0..100_000).map(|_| distribution.sample(&mut draws)).collect()
    }
    let sigma2 = (1.0f64 + 1.1 * 1.1).ln();
    let pairs: Vec<(Made, Vec<f64>)> = vec![
        (
            Distribution::exponential(180.0),
            many("exponential", rand_distr::Exp::new(1.0 / 180.0).expect(PARAMETERS)),
        ),
        (
            Distribution::lognormal(260.0, 1.1),
            many(
                "lognormal",
                rand_distr::LogNormal::new(260.0f64.ln() - sigma2 / 2.0, sigma2.sqrt()).expect(PARAMETERS),
            ),
        ),
        (
            Distribution::gamma_native(0.4, 200.0),
            many("gamma", rand_distr::Gamma::new(0.4, 200.0).expect(PARAMETERS)),
        ),
        (Distribution::erlang(90.0, 3), many("erlang", rand_distr::Gamma::new(3.0, 30.0).expect(PARAMETERS))),
        (
            Distribution::weibull_native(0.7, 100.0),
            many("weibull", rand_distr::Weibull::new(100.0, 0.7).expect(PARAMETERS)),
        ),
        (
            Distribution::uniform(60.0, 300.0),
            many("uniform", rand_distr::Uniform::new(60.0, 300.0).expect(PARAMETERS)),
        ),
        (
            Distribution::triangular(60.0, 90.0, 300.0),
            many("triangular", rand_distr::Triangular::new(60.0, 300.0, 90.0).expect(PARAMETERS)),
        ),
    ];
    for (distribution, theirs) in pairs {
        let distribution = distribution.expect("parameters that the distribution can have");
        let n = theirs.len() as f64;
        let mean = theirs.iter().sum::<f64>() / n;
        let deviations = (mean - distribution.mean()) / (distribution.variance() / n).sqrt();
        assert!(deviations.abs() < 4.0, "{}: {deviations} standard deviations", distribution.describe());
        let far = distance_between(sample(&distribution, 100_000), theirs);
        assert!(far < 1.95, "{}: {far}", distribution.describe());
    }
}

#[test]
fn distribution_functions_agree_with_statrs() {
    use statrs::distribution::{Exp, Gamma, LogNormal, Normal, Pareto, Triangular, Uniform, Weibull};
    const PARAMETERS: &str = "parameters that statrs takes";
    let pairs: Vec<(Made, Box<dyn ContinuousCDF<f64, f64>>)> = vec![
        (Distribution::exponential(180.0), Box::new(Exp::new(1.0 / 180.0).expect(PARAMETERS))),
        (Distribution::lognormal_native(5.0, 0.9), Box::new(LogNormal::new(5.0, 0.9).expect(PARAMETERS))),
        (Distribution::gamma_native(0.4, 200.0), Box::new(Gamma::new(0.4, 1.0 / 200.0).expect(PARAMETERS))),
        (Distribution::gamma_native(30.0, 7.0), Box::new(Gamma::new(30.0, 1.0 / 7.0).expect(PARAMETERS))),
        (Distribution::weibull_native(1.7, 100.0), Box::new(Weibull::new(1.7, 100.0).expect(PARAMETERS))),
        (Distribution::normal(500.0, 10.0), Box::new(Normal::new(500.0, 10.0).expect(PARAMETERS))),
        (Distribution::pareto_native(2.5, 100.0), Box::new(Pareto::new(100.0, 2.5).expect(PARAMETERS))),
        (Distribution::uniform(60.0, 300.0), Box::new(Uniform::new(60.0, 300.0).expect(PARAMETERS))),
        (
            Distribution::triangular(60.0, 90.0, 300.0),
            Box::new(Triangular::new(60.0, 300.0, 90.0).expect(PARAMETERS)),
        ),
    ];
    for (distribution, theirs) in pairs {
        let distribution = distribution.expect("parameters that the distribution can have");
        for x in (1..200).map(|i| f64::from(i) * 5.0) {
            assert!(
                (distribution.cdf(x) - theirs.cdf(x)).abs() < 1e-10,
                "{} at {x}",
                distribution.describe()
            );
        }
    }
}

#[test]
fn quantiles_undo_distribution_functions() {
    for distribution in continuous() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            let back = distribution.cdf(distribution.quantile(p));
            assert!((back - p).abs() < 1e-11, "{} at {p}: {back}", distribution.describe());
        }
        assert!(distribution.quantile(0.0) <= distribution.quantile(1e-12));
        assert!(distribution.quantile(1.0) >= distribution.quantile(1.0 - 1e-12));
        assert_eq!(distribution.quantile(-3.0), distribution.quantile(0.0));
        assert_eq!(distribution.quantile(7.0), distribution.quantile(1.0));
    }
}

#[test]
fn quantiles_of_single_values_are_the_least_that_reach_the_probability() {
    for distribution in discrete() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            let x = distribution.quantile(p);
            assert!(distribution.cdf(x) >= p - 1e-12, "{} at {p}", distribution.describe());
            assert!(distribution.cdf(x * (1.0 - 1e-12)) <= p + 1e-12, "{} at {p}", distribution.describe());
        }
    }
    let halves = Distribution::empirical(vec![1.0, 2.0]).expect("two values");
    assert_eq!([0.0, 0.5, 0.500_001, 1.0].map(|p| halves.quantile(p)), [1.0, 1.0, 2.0, 2.0]);
}

#[test]
fn samplers_meet_the_exact_value_within_4e_7() {
    /// 2^52 microseconds.
    const LONGEST: f64 = 4_503_599_627.370_496;
    let wild = [
        Distribution::lognormal(260.0, 8.0),
        Distribution::gamma(260.0, 2.0),
        Distribution::weibull(260.0, 3.5),
    ];
    let wild = wild.map(|distribution| distribution.expect("parameters that the distribution can have"));
    for distribution in continuous().into_iter().chain(discrete()).chain(wild) {
        // A hundredfold, so that rounding to microseconds does not hide the error.
        let distribution = distribution.scaled(100.0);
        let sampler = Sampler::new(&distribution);
        for bits in both_tails() {
            let exact = distribution.draw_seconds(bits).min(LONGEST);
            let error = (sampler.draw(bits).seconds() - exact).abs();
            assert!(
                error <= 4e-7 * exact.max(1e-6 * distribution.mean()) + 0.6e-6,
                "{} at {bits:#x}: {exact} is off by {error}",
                distribution.describe()
            );
        }
    }
}

#[test]
fn the_unit_exponential_is_the_distribution_of_mean_1() {
    let (fast, distribution) =
        (UnitExponential::new(), Distribution::exponential(1.0).expect("a mean above 0"));
    for bits in both_tails() {
        let exact = distribution.draw_seconds(bits);
        assert!((fast.draw(bits) - exact).abs() <= 1e-7 * exact, "at {bits:#x}");
    }
}

#[test]
fn the_normal_distribution_and_its_quantile_agree_with_statrs() {
    assert!((normal_cdf(-1.0) - 0.158_655_253_931_457_05).abs() < 1e-16);
    // statrs itself is good to some 1e-10.
    let normal = statrs::distribution::Normal::standard();
    for z in (-80..=80).map(|i| f64::from(i) / 10.0) {
        assert!((normal_cdf(z) - normal.cdf(z)).abs() < 1e-9, "at {z}: {}", normal_cdf(z) - normal.cdf(z));
        if z < 5.0 {
            assert!((normal_quantile(normal_cdf(z)) - z).abs() < 1e-9, "at {z}");
        }
    }
    assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
}

#[test]
fn samplers_are_unbiased() {
    const N: u64 = 1 << 20;
    for distribution in continuous() {
        let sampler = Sampler::new(&distribution);
        let values = (0..N).map(|i| sampler.draw((i << 44) | (1 << 43)).seconds());
        let (sum, squares) = values.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        let mean = sum / N as f64;
        let deviation = (squares / N as f64 - mean * mean).sqrt();
        // A million even steps leave out a little of a heavy tail.
        let (of_mean, of_deviation) = if distribution.cv() > 2.0 { (3e-4, 0.1) } else { (1e-4, 2e-3) };
        assert!(
            (mean / distribution.mean() - 1.0).abs() < of_mean,
            "{}: mean {mean}",
            distribution.describe()
        );
        assert!(
            (deviation / distribution.variance().sqrt() - 1.0).abs() < of_deviation,
            "{}: deviation {deviation}, not {}",
            distribution.describe(),
            distribution.variance().sqrt()
        );
    }
}

#[test]
fn more_bits_are_never_a_shorter_time() {
    for distribution in continuous().into_iter().chain(discrete()) {
        if distribution.describe().starts_with("mixture") || distribution.describe().starts_with("hyper") {
            continue;
        }
        let sampler = Sampler::new(&distribution);
        let mut bits: Vec<u64> = both_tails().chain((0..100_000).map(|i| i << 47)).collect();
        bits.sort_unstable();
        let times: Vec<_> = bits.iter().map(|&bits| sampler.draw(bits)).collect();
        assert!(times.windows(2).all(|pair| pair[0] <= pair[1]), "{}", distribution.describe());
    }
}

#[test]
fn truncation_conditions_on_the_interval() {
    for parent in continuous() {
        let (min, max) = (parent.quantile(0.1), parent.quantile(0.7));
        let distribution =
            Distribution::truncated(parent.clone(), Some(min), Some(max)).expect("a wide interval");
        assert!((distribution.quantile(0.0) - min).abs() <= 1e-9 * min, "{}", distribution.describe());
        assert!((distribution.quantile(1.0) - max).abs() <= 1e-9 * max, "{}", distribution.describe());
        for i in 0..=20 {
            let x = min + (max - min) * f64::from(i) / 20.0;
            let wanted = (parent.cdf(x) - 0.1) / 0.6;
            assert!((distribution.cdf(x) - wanted).abs() < 1e-10, "{} at {x}", distribution.describe());
        }
        assert!(sample(&distribution, 10_000).iter().all(|x| (min - 1e-6..=max + 1e-6).contains(x)));
    }
}

/// Cut at 0, the normal distribution of mean m and deviation s has mean m + s h and variance
/// s² (1 - h (h + m / s)), where h = φ(m / s) / Φ(m / s).
#[test]
fn a_normal_distribution_is_cut_at_zero() {
    for (m, s) in [(900.0, 300.0), (260.0, 260.0), (100.0, 300.0)] {
        let distribution = Distribution::normal(m, s).expect("a mean and a deviation");
        let z: f64 = m / s;
        let h = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() / normal_cdf(z);
        assert!(
            (distribution.mean() / (m + s * h) - 1.0).abs() < 1e-9,
            "{}: {}",
            distribution.describe(),
            m + s * h
        );
        let variance = s * s * (1.0 - h * (h + z));
        assert!(
            (distribution.variance() / variance - 1.0).abs() < 1e-7,
            "{}: {variance}",
            distribution.describe()
        );
        assert!(distribution.quantile(0.0) == 0.0 && distribution.cdf(-1.0) == 0.0);
    }
    let far = Distribution::normal(400.0, 10.0).expect("a mean and a deviation");
    assert_eq!(far.describe(), "normal, mean 6m40s, cv 0.025");
    assert!(Distribution::pareto_native(2.0, 60.0).expect_err("no variance").contains("above 2"));
}

#[test]
fn truncated_moments_agree_with_their_formulas() {
    let (a, b, m) = (30.0f64, 400.0f64, 180.0f64);
    let distribution = Distribution::exponential(m)
        .and_then(|distribution| Distribution::truncated(distribution, Some(a), Some(b)))
        .expect("a wide interval");
    let (low, high) = ((-a / m).exp(), (-b / m).exp());
    let mean = m + (a * low - b * high) / (low - high);
    let square = 2.0 * m * mean + (a * a * low - b * b * high) / (low - high);
    assert!((distribution.mean() / mean - 1.0).abs() < 1e-10);
    assert!((distribution.variance() / (square - mean * mean) - 1.0).abs() < 1e-9);

    let (mu, sigma) = (5.0f64, 0.9f64);
    let distribution = Distribution::lognormal_native(mu, sigma)
        .and_then(|distribution| Distribution::truncated(distribution, Some(a), Some(b)))
        .expect("a wide interval");
    let normal = statrs::distribution::Normal::standard();
    let between =
        |shift: f64| normal.cdf((b.ln() - mu) / sigma - shift) - normal.cdf((a.ln() - mu) / sigma - shift);
    let moment = |k: f64| (k * mu + k * k * sigma * sigma / 2.0).exp() * between(k * sigma) / between(0.0);
    assert!((distribution.mean() / moment(1.0) - 1.0).abs() < 1e-9);
    assert!((distribution.variance() / (moment(2.0) - moment(1.0).powi(2)) - 1.0).abs() < 1e-8);

    // One bound alone leaves an exponential distribution what it was, moved.
    let moved = Distribution::exponential(m)
        .and_then(|distribution| Distribution::truncated(distribution, Some(a), None))
        .expect("a wide interval");
    assert!((moved.mean() - (m + a)).abs() < 1e-9 && (moved.variance() / (m * m) - 1.0).abs() < 1e-9);
}

#[test]
fn truncation_keeps_the_bounds_themselves() {
    let die = Distribution::empirical((1..=6).map(f64::from).collect()).expect("six values");
    let distribution = Distribution::truncated(die, Some(2.0), Some(5.0)).expect("four values");
    assert_eq!([0.25, 0.5, 0.75, 1.0].map(|p| distribution.quantile(p)), [2.0, 3.0, 4.0, 5.0]);
    let pause = Distribution::constant(10.0).expect("a value");
    assert_eq!(Distribution::truncated(pause.clone(), Some(10.0), Some(10.0)), Ok(pause));
}

#[test]
fn scaling_a_distribution_or_its_sampler_multiplies_every_value() {
    for distribution in continuous().into_iter().chain(discrete()) {
        let double = distribution.scaled(2.0);
        assert!((double.mean() / distribution.mean() - 2.0).abs() < 1e-12, "{}", distribution.describe());
        assert!((double.variance() - 4.0 * distribution.variance()).abs() <= 1e-11 * double.variance());
        let (once, twice) = (Sampler::new(&distribution), Sampler::new(&distribution).scaled(2.0));
        let compiled = Sampler::new(&double);
        for number in 0..1000 {
            let bits = Key::seed(5).nth(number);
            let exact = 2.0 * distribution.draw_seconds(bits);
            assert!(
                (double.draw_seconds(bits) - exact).abs() <= 1e-12 * exact,
                "{}",
                distribution.describe()
            );
            assert!(twice.draw(bits).micros().abs_diff(2 * once.draw(bits).micros()) <= 1);
            let gap = twice.draw(bits).micros().abs_diff(compiled.draw(bits).micros());
            assert!(gap as f64 <= 1.0 + exact, "{}", distribution.describe());
        }
    }
}

#[test]
fn hyperexponential_branches_have_balanced_means() {
    let distribution = Distribution::hyperexponential(180.0, 2.0).expect("a cv above 1");
    // p = (1 + sqrt(3/5)) / 2, and P(X > x) is a sum of two exponentials.
    let p = 0.5 * (1.0 + 0.6f64.sqrt());
    for x in [10.0f64, 100.0, 1000.0] {
        let above = p * (-2.0 * p * x / 180.0).exp() + (1.0 - p) * (-2.0 * (1.0 - p) * x / 180.0).exp();
        assert!((1.0 - distribution.cdf(x) - above).abs() < 1e-12);
    }
    assert!((distribution.cv() - 2.0).abs() < 1e-12);
}

#[test]
fn impossible_parameters_are_refused_with_reason_and_remedy() {
    let fine = || Distribution::exponential(60.0);
    let cases: Vec<(Made, &str)> = vec![
        (
            Distribution::constant(-1.0),
            "the value of a constant distribution must be a finite number, zero or more, not -1",
        ),
        (
            Distribution::exponential(0.0),
            "the mean of an exponential distribution must be above 0; for no time at all use kind = \"constant\"",
        ),
        (
            Distribution::exponential(f64::NAN),
            "the mean of an exponential distribution must be a finite number above 0, not NaN",
        ),
        (
            Distribution::lognormal(60.0, 0.0),
            "a lognormal distribution cannot have cv 0; times that never vary have kind = \"constant\"",
        ),
        (
            Distribution::lognormal(60.0, -1.0),
            "cv of a lognormal distribution must lie between 0.001 and 100, not -1",
        ),
        (
            Distribution::gamma(f64::INFINITY, 1.0),
            "the mean of a gamma distribution must be a finite number above 0, not inf",
        ),
        (
            Distribution::gamma_native(0.0, 1.0),
            "the shape of a gamma distribution must lie between 0.0001 and 1000000, not 0",
        ),
        (
            Distribution::weibull(60.0, 1e9),
            "cv of a Weibull distribution must lie between 0.001 and 100, not 1000000000",
        ),
        (
            Distribution::hyperexponential(60.0, 0.5),
            "a hyperexponential distribution has cv 1 or more, not 0.5; for less use kind = \"gamma\" or \"lognormal\"",
        ),
        (
            Distribution::erlang_of_cv(60.0, 0.8),
            "an Erlang distribution of cv 0.8 would have 1/cv² = 1.562 phases, which must be a whole number; \
             1 (1) and 0.7071 (2) are possible, or use kind = \"gamma\"",
        ),
        (
            Distribution::erlang_of_cv(60.0, 1.5),
            "an Erlang distribution of cv 1.5 would have 1/cv² = 0.4444 phases, which must be a whole number; \
             the largest is 1, or use kind = \"gamma\"",
        ),
        (Distribution::erlang(60.0, 0), "an Erlang distribution has between 1 and 1000000 phases, not 0"),
        (
            Distribution::uniform(90.0, 90.0),
            "low of a uniform distribution must be less than high, and 1m30s is not less than 1m30s",
        ),
        (
            Distribution::triangular(10.0, 5.0, 30.0),
            "a triangular distribution needs low <= mode <= high and low < high, and these are 10s, 5s, 30s",
        ),
        (
            Distribution::empirical(vec![]),
            "an empirical distribution needs at least one value with a weight above 0",
        ),
        (
            Distribution::empirical(vec![1.0, -2.0]),
            "values of an empirical distribution must be finite numbers, zero or more, and number 2 is -2",
        ),
        (Distribution::mixture(vec![]), "a mixture needs at least one distribution with a weight above 0"),
        (
            fine().and_then(|distribution| Distribution::truncated(distribution, Some(90.0), Some(30.0))),
            "min must not exceed max, and 1m30s is more than 30s",
        ),
        (
            fine().and_then(|distribution| Distribution::truncated(distribution, Some(86_400.0), None)),
            "no time of this distribution (exponential, mean 1m) is at least 1d",
        ),
        (
            fine().and_then(|distribution| Distribution::truncated(distribution, Some(60.0), Some(60.0))),
            "no time of this distribution (exponential, mean 1m) is from 1m to 1m",
        ),
    ];
    for (made, message) in cases {
        assert_eq!(made.expect_err(message), message);
    }
    assert!(Distribution::erlang_of_cv(60.0, 0.577).is_ok(), "1 / sqrt(3) in three digits");
}

#[test]
fn distributions_are_described_in_a_line() {
    let talk = Distribution::lognormal(260.0, 1.1).expect("a distribution");
    assert_eq!(talk.describe(), "lognormal, mean 4m20s, cv 1.1");
    let kept = Distribution::truncated(talk, Some(10.0), Some(3600.0)).expect("a wide interval");
    assert_eq!(
        kept.describe(),
        "lognormal, mean 4m20s, cv 1.1, from 10s to 1h (which makes it mean 4m19s, cv 1.057)"
    );
}

proptest! {
    #[test]
    fn distributions_have_the_mean_and_cv_they_were_given(mean in 1e-3..1e6f64, cv in 0.01..20f64) {
        for distribution in [Distribution::lognormal(mean, cv), Distribution::gamma(mean, cv), Distribution::weibull(mean, cv)] {
            let distribution = distribution.map_err(TestCaseError::fail)?;
            prop_assert!((distribution.mean() / mean - 1.0).abs() < 1e-9, "{}", distribution.describe());
            prop_assert!((distribution.cv() / cv - 1.0).abs() < 1e-6, "{}: {}", distribution.describe(), distribution.cv());
        }
        let distribution = Distribution::hyperexponential(mean, cv.max(1.0)).map_err(TestCaseError::fail)?;
        prop_assert!((distribution.mean() / mean - 1.0).abs() < 1e-12);
        prop_assert!((distribution.cv() / cv.max(1.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn any_distribution_draws_finite_times_that_rise(mean in 1e-3..1e6f64, cv in 0.001..100f64, low: u64, high: u64) {
        let (low, high) = (low.min(high), low.max(high));
        for distribution in [Distribution::lognormal(mean, cv), Distribution::gamma(mean, cv), Distribution::weibull(mean, cv)] {
            let distribution = distribution.map_err(TestCaseError::fail)?;
            let (less, more) = (distribution.draw_seconds(low), distribution.draw_seconds(high));
            prop_assert!(0.0 <= less && less <= more && more.is_finite(), "{}: {less} {more}", distribution.describe());
        }
    }

    #[test]
    fn truncated_distributions_stay_within_and_average_within(
        cv in 0.05..3f64, from in 0.0..0.8f64, width in 0.01..0.2f64, bits: u64,
    ) {
        for distribution in [Distribution::lognormal(100.0, cv), Distribution::gamma(100.0, cv), Distribution::weibull(100.0, cv)] {
            let distribution = distribution.map_err(TestCaseError::fail)?;
            let (min, max) = (distribution.quantile(from), distribution.quantile(from + width));
            let kept = Distribution::truncated(distribution, Some(min), Some(max)).map_err(TestCaseError::fail)?;
            prop_assert!((min..=max).contains(&kept.mean()), "{}", kept.describe());
            prop_assert!((min..=max).contains(&kept.draw_seconds(bits)), "{}", kept.describe());
            prop_assert!(kept.variance() <= (max - min) * (max - min) / 4.0);
            let p = unit(bits);
            prop_assert!((kept.cdf(kept.quantile(p)) - p).abs() < 1e-9, "{} at {p}", kept.describe());
        }
    }
}
