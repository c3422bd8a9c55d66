//! The formulas against published numbers and against each other.

use holdline::formulas::{ErlangA, ErlangC};

/// `got` printed as the source prints it.
#[track_caller]
fn printed(got: f64, want: &str) {
    let decimals = want.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(format!("{got:.decimals$}"), want, "{got}");
}

#[test]
fn mandelbaum_and_zeltyn_with_and_without_abandonment() {
    // Mandelbaum & Zeltyn (2007), section 2: 48 calls a minute, 1 minute each, patience 2 minutes.
    let a = ErlangA { arrivals_per_second: 0.8, mean_service: 60.0, mean_patience: 120.0, agents: 50.0 };
    let solved = a.solve();
    printed(solved.abandonment() * 100.0, "3.0912");
    printed(solved.mean_wait(), "3.7095");
    printed(solved.occupancy(), "0.93032");
    printed(solved.delayed(), "0.46777");
    let c = ErlangC { arrivals_per_second: 0.8, mean_service: 60.0, agents: 50.0 };
    printed(c.mean_wait(), "20.834");
    printed(c.delayed(), "0.69446");
}
