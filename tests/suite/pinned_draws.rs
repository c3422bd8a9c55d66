//! Draws that must not change: where one does, every simulation gives other numbers than the release
//! before. To change a value here is a breaking release, and says so in the changelog.

use holdline::random::{Distribution, Key, Purpose, Sampler};
use rand::Rng;

/// Both ends, both sides of the middle, the first and the last cell of the tables, and three from
/// anywhere.
const BITS: [u64; 9] = [
    0,
    0x0001_0000_0000_0000,
    0x0123_4567_89ab_cdef,
    0x4e37_79b9_7f4a_7c15,
    0x7fff_ffff_ffff_ffff,
    0x8000_0000_0000_0000,
    0xc0ff_ee00_c0ff_ee00,
    0xfffe_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
];

fn micros(distribution: Result<Distribution, String>) -> [u64; 9] {
    let sampler = Sampler::new(&distribution.expect("parameters that the distribution can have"));
    BITS.map(|bits| sampler.draw(bits).micros())
}

/// What each distribution makes of the bits, in microseconds.
fn pinned() -> Vec<(Result<Distribution, String>, [u64; 9])> {
    let talk = || Distribution::lognormal(260.0, 1.1);
    vec![
        (
            Distribution::constant(30.0),
            [
                30_000_000, 30_000_000, 30_000_000, 30_000_000, 30_000_000, 30_000_000, 30_000_000,
                30_000_000, 30_000_000,
            ],
        ),
        (
            Distribution::exponential(180.0),
            [
                0,
                2_747,
                801_783,
                65_630_170,
                124_766_493,
                124_766_493,
                252_366_904,
                1_996_263_880,
                6_737_390_595,
            ],
        ),
        (
            talk(),
            [
                108_590,
                4_268_142,
                17_019_649,
                111_198_993,
                174_894_926,
                174_894_926,
                322_405_047,
                7_166_639_678,
                281_684_649_382,
            ],
        ),
        (
            Distribution::lognormal_native(5.0, 0.9),
            [
                85_168,
                3_481_237,
                14_088_116,
                93_907_042,
                148_413_159,
                148_413_159,
                275_378_718,
                6_327_195_646,
                258_622_556_829,
            ],
        ),
        (
            Distribution::gamma(260.0, 0.8),
            [
                0,
                169_975,
                6_516_055,
                128_303_603,
                207_121_833,
                207_121_833,
                358_524_918,
                2_109_588_899,
                6_594_494_191,
            ],
        ),
        (
            Distribution::gamma_native(0.4, 200.0),
            [0, 0, 195, 7_869_470, 29_015_628, 29_015_628, 102_885_742, 1_784_227_420, 6_898_409_795],
        ),
        (
            Distribution::erlang(260.0, 3),
            [
                601,
                3_950_812,
                28_056_524,
                167_635_154,
                231_751_894,
                231_751_894,
                342_002_865,
                1_393_251_298,
                3_845_126_968,
            ],
        ),
        (
            Distribution::weibull(180.0, 1.7),
            [0, 2, 19_018, 24_105_808, 68_335_826, 68_335_826, 214_225_741, 6_133_684_636, 44_114_086_577],
        ),
        (
            Distribution::weibull_native(1.4, 100.0),
            [
                0,
                36_279,
                2_091_993,
                48_643_203,
                76_966_883,
                76_966_883,
                127_300_027,
                557_685_821,
                1_329_621_457,
            ],
        ),
        (
            Distribution::hyperexponential(180.0, 2.5),
            [
                0,
                1_603,
                468_133,
                38_964_736,
                75_569_685,
                75_569_685,
                163_888_475,
                10_258_230_863,
                45_206_143_684,
            ],
        ),
        (
            Distribution::uniform(60.0, 300.0),
            [
                60_000_000,
                60_003_662,
                61_066_667,
                133_328_157,
                180_000_000,
                180_000_000,
                240_937_243,
                299_996_338,
                300_000_000,
            ],
        ),
        (
            Distribution::triangular(60.0, 90.0, 300.0),
            [
                60_000_001,
                60_331_456,
                65_656_854,
                112_914_226,
                141_254_921,
                141_254_921,
                188_630_439,
                299_123_049,
                299_999_998,
            ],
        ),
        (
            Distribution::empirical(vec![12.5, 40.0, 7.0, 90.25]),
            [
                7_000_000, 7_000_000, 7_000_000, 12_500_000, 12_500_000, 12_500_000, 90_250_000, 90_250_000,
                90_250_000,
            ],
        ),
        (
            Distribution::empirical_weighted(vec![(5.0, 3.0), (1.0, 0.5)]),
            [
                1_000_000, 1_000_000, 1_000_000, 5_000_000, 5_000_000, 5_000_000, 5_000_000, 5_000_000,
                5_000_000,
            ],
        ),
        (
            talk().and_then(|talk| {
                Distribution::mixture(vec![(0.25, Distribution::uniform(0.0, 20.0)?), (0.75, talk)])
            }),
            [
                0,
                1_221,
                355_556,
                48_242_754,
                119_178_476,
                119_178_476,
                259_963_405,
                6_757_311_084,
                281_684_649_382,
            ],
        ),
        (
            talk().and_then(|talk| Distribution::truncated(talk, Some(10.0), Some(900.0))),
            [
                10_000_000,
                10_057_087,
                17_590_751,
                108_501_138,
                168_709_338,
                168_709_338,
                301_235_579,
                899_839_145,
                900_000_000,
            ],
        ),
    ]
}

#[test]
fn every_distribution_draws_what_it_drew() {
    for (distribution, wanted) in pinned() {
        assert_eq!(micros(distribution.clone()), wanted, "{distribution:?}");
    }
}

#[test]
fn names_hash_to_what_they_hashed_to() {
    let queue = Key::seed(7).child(3).named("billing");
    let case = queue.child(9).child(41);
    assert_eq!(Key::seed(7).value(), 0x24d7_f86d_61c2_9885);
    assert_eq!(queue.value(), 0xe22e_902d_f412_3f61);
    assert_eq!(case.value(), 0x8fb1_a7c2_c9cb_3dd3);
    assert_eq!(case.bits(0, 0, Purpose::Talk), 0x4c11_20f4_095b_5cf3);
    assert_eq!(case.bits(2, 1, Purpose::Coin), 0x4d50_6ee6_eb02_aee7);
    assert_eq!(case.nth(0), 0xc8df_1041_a9ef_f61a);
    assert_eq!(case.nth(12_345), 0x42ec_2776_8bfb_d4c4);
}

#[test]
fn generators_go_on_as_they_went() {
    let mut draws = Key::seed(7).named("busyness").draws();
    assert_eq!([draws.next_u64(), draws.next_u64()], [0xafc9_48b0_95d2_b964, 0x712a_5dc7_67ce_a840]);
    assert_eq!(draws.next_u32(), 0x9067_b86a);
}
