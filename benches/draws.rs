//! What a draw of each distribution costs, in ns: `cargo bench --bench draws`.
//!
//! A thousand draws an iteration, so microseconds an iteration read as nanoseconds a draw. Each
//! includes the hashing of its name, which stands alone in the first row.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use holdline::random::{Distribution, Key, Purpose, Sampler, UnitExponential};
use rand_distr::Distribution as _;

fn distributions() -> Result<Vec<(&'static str, Distribution)>, String> {
    let lognormal = Distribution::lognormal(260.0, 1.1)?;
    let exponential = Distribution::exponential(180.0)?;
    Ok(vec![
        ("constant", Distribution::constant(30.0)?),
        ("exponential", exponential.clone()),
        ("lognormal", lognormal.clone()),
        ("lognormal truncated", Distribution::truncated(lognormal.clone(), Some(10.0), Some(3600.0))?),
        ("gamma", Distribution::gamma(260.0, 0.8)?),
        ("erlang", Distribution::erlang(260.0, 3)?),
        ("weibull", Distribution::weibull(260.0, 1.5)?),
        ("hyperexponential", Distribution::hyperexponential(260.0, 1.5)?),
        ("uniform", Distribution::uniform(60.0, 300.0)?),
        ("triangular", Distribution::triangular(60.0, 120.0, 300.0)?),
        ("empirical of 1000", Distribution::empirical((0..1000).map(f64::from).collect())?),
        ("mixture of two", Distribution::mixture(vec![(0.3, exponential), (0.7, lognormal)])?),
    ])
}

fn draws(criterion: &mut Criterion) {
    let case = Key::seed(7).named("bench");
    let mut group = criterion.benchmark_group("1000 draws");
    group.bench_function("bits alone", |bencher| {
        bencher.iter(|| (0..1000).fold(0, |sum: u64, leg| sum ^ black_box(case).bits(0, leg, Purpose::Talk)));
    });
    for (name, distribution) in distributions().expect("parameters that the distributions can have") {
        let sampler = Sampler::new(&distribution);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let sampler = black_box(&sampler);
                (0..1000).fold(0, |sum: u64, leg| {
                    sum.wrapping_add(sampler.draw(case.bits(0, leg, Purpose::Talk)).micros())
                })
            });
        });
    }
    let gaps = UnitExponential::new();
    group.bench_function("unit exponential", |bencher| {
        bencher.iter(|| {
            let gaps = black_box(&gaps);
            (0..1000).fold(0.0, |sum: f64, leg| sum + gaps.draw(case.bits(0, leg, Purpose::Talk)))
        });
    });
    group.bench_function("exponential by ln", |bencher| {
        bencher.iter(|| {
            (0..1000).fold(0, |sum: u64, leg| {
                let unit = holdline::random::unit(case.bits(0, leg, Purpose::Talk));
                sum.wrapping_add((black_box(-180e6) * libm::log(unit)) as u64)
            })
        });
    });
    let mut generator = case.draws();
    let gamma = rand_distr::Gamma::new(1.5625, 166.4e6).expect("a gamma distribution");
    group.bench_function("gamma by rand_distr", |bencher| {
        bencher
            .iter(|| (0..1000).fold(0, |sum: u64, _| sum.wrapping_add(gamma.sample(&mut generator) as u64)));
    });
    group.finish();
}

criterion_group!(benches, draws);
criterion_main!(benches);
