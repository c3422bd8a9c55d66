use holdline::random::{Law, Sampler};
#[test]
fn explore() {
    let mut v: Vec<(String, Law)> = vec![];
    for cv in [0.001, 0.01, 0.1, 0.3, 0.5, 1.0, 1.1, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0] {
        v.push((format!("lognormal {cv}"), Law::lognormal(1e6, cv).unwrap()));
        v.push((format!("gamma {cv}"), Law::gamma(1e6, cv).unwrap()));
        v.push((format!("weibull {cv}"), Law::weibull(1e6, cv).unwrap()));
    }
    v.push(("exp".into(), Law::exponential(1e6).unwrap()));
    let e = Law::exponential(1e6).unwrap();
    let l = Law::lognormal(1e6, 1.1).unwrap();
    for p in [&e, &l] {
        for (a, b) in [(0.0, 1e6), (1e5, 4e6), (3e6, 1e9), (0.0, 5e6), (0.0, 2e7), (5e5, 5.001e5), (1e4, 1e8)]
        {
            v.push((format!("trunc {a} {b}"), Law::truncated(p.clone(), Some(a), Some(b)).unwrap()));
        }
    }
    for (name, law) in v {
        let t = std::time::Instant::now();
        let s = Sampler::new(&law);
        let t = t.elapsed();
        let (mut worst, mut wl, mut at) = (0.0f64, 0.0f64, 0);
        for oct in 0..60u32 {
            for i in 0..1000u64 {
                let r = (1u64 << 62) >> oct;
                let low = r + ((r as u128 * i as u128) / 1000) as u64;
                for bits in [low, !low] {
                    let x = law.draw_seconds(bits);
                    let y = s.draw(bits).seconds();
                    let e = (y - x).abs() / x.max(1e-3);
                    let e2 = (y - x).abs() / x.max(law.mean() * 1e-3);
                    if e > worst {
                        worst = e;
                        at = bits
                    }
                    wl = wl.max(e2);
                }
            }
        }
        println!(
            "{name:30} rel {worst:.1e} at {:.6} x {:.3e}; floor 1e-3 mean {wl:.1e}  built {t:?}",
            at as f64 / 2f64.powi(64),
            law.draw_seconds(at)
        );
    }
}
