//! Named draws: uniform, and independent of their neighbours in name.

use holdline::random::{Key, Purpose, unit};
use rand::{Rng, RngExt};
use rand_distr::{Distribution as _, Gamma, Poisson};

const PURPOSES: [Purpose; 14] = [
    Purpose::Talk,
    Purpose::WrapUp,
    Purpose::Patience,
    Purpose::Balk,
    Purpose::Transfer,
    Purpose::Solved,
    Purpose::Repeat,
    Purpose::RepeatDelay,
    Purpose::RepeatWhere,
    Purpose::Retry,
    Purpose::RetryDelay,
    Purpose::RetryWhere,
    Purpose::Opening,
    Purpose::Coin,
];

/// The bits of 64 cases, 16 contacts, 16 legs and all purposes, by that order of names.
fn grid() -> Vec<u64> {
    let queue = Key::seed(7).child(3).named("billing");
    let cases = (0..64).map(|case| queue.child(9).child(case));
    let mut bits = Vec::new();
    for case in cases {
        for contact in 0..16 {
            for leg in 0..16 {
                bits.extend(PURPOSES.map(|purpose| case.bits(contact, leg, purpose)));
            }
        }
    }
    bits
}

/// How many standard deviations a chi-square of `counts` lies from its mean.
fn excess(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    let chi: f64 = counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
    let freedom = counts.len() as f64 - 1.0;
    (chi - freedom) / (2.0 * freedom).sqrt()
}

#[test]
fn the_unit_interval_is_open_and_its_middle_is_the_middle() {
    assert_eq!(unit(0), 1.0 / (1u64 << 53) as f64);
    assert_eq!(1.0 - unit(u64::MAX), 1.0 / (1u64 << 53) as f64);
    assert!(unit((1 << 63) - 1) < 0.5 && unit(1 << 63) > 0.5);
}

#[test]
fn bits_are_uniform_over_cases_contacts_legs_and_purposes() {
    let bits = grid();
    for shift in [0, 24, 56] {
        let mut counts = [0; 256];
        bits.iter().for_each(|b| counts[(b >> shift) as usize & 255] += 1);
        assert!(excess(&counts).abs() < 4.0, "byte at {shift}: {}", excess(&counts));
    }
    for (at, purpose) in PURPOSES.iter().enumerate() {
        let mut counts = [0; 64];
        bits.iter().skip(at).step_by(PURPOSES.len()).for_each(|b| counts[(b >> 58) as usize] += 1);
        assert!(excess(&counts).abs() < 4.0, "{purpose:?}: {}", excess(&counts));
    }
}

#[test]
fn no_two_names_share_their_bits() {
    let mut bits = grid();
    let key = Key::seed(7).child(3).named("billing").child(9).child(0);
    bits.extend((0..1000).map(|number| key.nth(number)));
    bits.extend((0..1000).map(|number| key.child(number).value()));
    let mut generator = key.draws();
    bits.extend((0..1000).map(|_| generator.next_u64()));
    let all = bits.len();
    bits.sort_unstable();
    bits.dedup();
    // nth, child and the generator are different families, all told apart.
    assert_eq!(bits.len(), all);
}

#[test]
fn draws_of_neighbouring_names_are_independent() {
    let bits = grid();
    let legs = PURPOSES.len();
    let (contacts, cases) = (16 * legs, 256 * legs);
    for (name, lag) in
        [("purpose", 1), ("next but one", 2), ("leg", legs), ("contact", contacts), ("case", cases)]
    {
        let pairs = bits.len() - lag;
        let sum: f64 = bits.windows(lag + 1).map(|w| (unit(w[0]) - 0.5) * (unit(w[lag]) - 0.5)).sum();
        // The variance of a uniform is 1/12.
        let deviations = sum * 12.0 / (pairs as f64).sqrt();
        assert!(deviations.abs() < 4.0, "correlation over {name}: {deviations} standard deviations");

        // The joint distribution, in 16 x 16 squares: catches what correlation does not.
        let mut counts = [0; 256];
        bits.windows(lag + 1).for_each(|w| counts[(w[0] >> 60 << 4 | w[lag] >> 60) as usize] += 1);
        assert!(excess(&counts).abs() < 4.0, "pairs over {name}: {}", excess(&counts));
    }
}

#[test]
fn one_bit_of_a_name_flips_each_bit_of_the_draw_half_the_time() {
    const CASES: u64 = 4000;
    let flips = |change: &dyn Fn(Key, u16) -> u64| {
        let mut counts = [0u32; 64];
        for case in 0..CASES {
            let changed = change(Key::seed(11).child(case), case as u16);
            (0..64).for_each(|bit| counts[bit] += (changed >> bit & 1) as u32);
        }
        let deviation = (CASES as f64 / 4.0).sqrt();
        counts.map(|n| (f64::from(n) - CASES as f64 / 2.0).abs() / deviation).into_iter().fold(0.0, f64::max)
    };
    for bit in 0..16 {
        let other = 1u16 << bit;
        let legs = flips(&|key, n| key.bits(1, n, Purpose::Talk) ^ key.bits(1, n ^ other, Purpose::Talk));
        let contacts = flips(&|key, n| key.bits(n, 1, Purpose::Talk) ^ key.bits(n ^ other, 1, Purpose::Talk));
        let children = flips(&|key, n| key.child(n.into()).nth(0) ^ key.child((n ^ other).into()).nth(0));
        // 64 bits each: five standard deviations come once in 27,000 such tests.
        assert!(legs < 5.0 && contacts < 5.0 && children < 5.0, "bit {bit}: {legs} {contacts} {children}");
    }
}

#[test]
fn texts_are_told_apart_by_every_letter_and_their_place() {
    let key = Key::seed(1);
    let texts = ["", "a", "b", "ab", "ba", "aa", "billing", "billing ", "Billing", "\0", "\0\0"];
    let mut values: Vec<_> = texts.iter().map(|text| key.named(text).value()).collect();
    values.sort_unstable();
    values.dedup();
    assert_eq!(values.len(), texts.len());
    assert_ne!(key.named("a").named("b"), key.named("ab"));
}

#[test]
fn a_named_generator_serves_any_sampler() {
    let mut draws = Key::seed(7).named("busyness").draws();
    let gamma = Gamma::new(100.0, 0.01).expect("a gamma distribution");
    let n = 100_000;
    let mean = (0..n).map(|_| gamma.sample(&mut draws)).sum::<f64>() / f64::from(n);
    // The standard deviation of the mean is 0.1 / sqrt(n).
    assert!((mean - 1.0).abs() < 4.0 * 0.1 / f64::from(n).sqrt());
    let poisson = Poisson::new(9.0).expect("a Poisson distribution");
    let mean = (0..n).map(|_| poisson.sample(&mut draws)).sum::<f64>() / f64::from(n);
    assert!((mean - 9.0).abs() < 4.0 * 3.0 / f64::from(n).sqrt());

    let (mut same, mut again) = (Key::seed(7).draws(), Key::seed(7).draws());
    assert_eq!(same.random::<[u64; 4]>(), again.random::<[u64; 4]>());
    let (mut bytes, mut words) = ([0; 12], [0; 16]);
    Key::seed(7).draws().fill_bytes(&mut bytes);
    Key::seed(7).draws().fill_bytes(&mut words);
    assert_eq!(bytes, words[..12]);
}
