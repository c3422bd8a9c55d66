//! The formulas against published numbers.

use holdline::formulas::infinite_server::{poisson_at_least, sinusoidal_mean};
use holdline::formulas::{BirthDeath, Blending, ErlangA, ErlangC, FiniteRoom, MarkovChain};

/// `got`, rounded as the source prints it, is what the source prints.
#[track_caller]
fn printed(got: f64, want: &str) {
    let decimals = want.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(format!("{got:.decimals$}"), want, "{got}");
}

#[test]
fn mandelbaum_and_zeltyn_with_and_without_abandonment() {
    // Mandelbaum & Zeltyn (2007): 48 calls a minute of 1 minute, 50 agents, patience 2 minutes.
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

#[test]
fn whitt_2005_at_two_degrees_of_patience() {
    // Whitt (2005), M/M/100/200+M, lambda 102, mu 1.
    for (theta, delayed, abandoned, queue) in
        [(0.1, "0.872236", "0.029093", "29.675"), (1.0, "0.591719", "0.049918", "5.0916")]
    {
        let room = FiniteRoom {
            arrivals_per_second: 102.0,
            mean_service: 1.0,
            mean_patience: 1.0 / theta,
            agents: 100,
            waiting_room: 200,
        };
        let solved = room.solve();
        printed(solved.delayed(), delayed);
        printed(solved.abandonment(), abandoned);
        printed(solved.queue(), queue);
        let a = ErlangA {
            arrivals_per_second: 102.0,
            mean_service: 1.0,
            mean_patience: 1.0 / theta,
            agents: 100.0,
        };
        printed(a.delayed(), delayed);
        printed(a.abandonment(), abandoned);
        printed(a.queue(), queue);
    }
}

/// Two pools of ten agents: (busy in the slow pool, busy in the fast pool, waiting).
type Pools = (u32, u32, u32);

const POOL: u32 = 10;
/// A queue this long never happens (occupancy 0.88 to the power of it is below 1e-22).
const LONGEST: u32 = 400;

fn waits(&(slow, fast, _): &Pools) -> bool {
    slow == POOL && fast == POOL
}

fn present(&(slow, fast, waiting): &Pools) -> f64 {
    f64::from(slow + fast + waiting)
}

/// Inverted V: `to_slow` is the probability that an arrival who finds agents free goes to the slow pool.
fn inverted_v(to_slow: impl Fn(&Pools) -> f64) -> MarkovChain<Pools> {
    MarkovChain::solve((0, 0, 0), |state| {
        let &(slow, fast, waiting) = state;
        let (slow_rate, fast_rate) = (f64::from(slow), 1.5 * f64::from(fast));
        if waits(state) {
            let fewer = (slow_rate + fast_rate, if waiting > 0 { Some(waiting - 1) } else { None });
            let more = if waiting < LONGEST { 22.0 } else { 0.0 };
            let mut moves = vec![((slow, fast, waiting + 1), more)];
            match fewer {
                (rate, Some(left)) => moves.push(((slow, fast, left), rate)),
                _ => {
                    moves.push(((slow - 1, fast, 0), slow_rate));
                    moves.push(((slow, fast - 1, 0), fast_rate));
                }
            }
            return moves;
        }
        let share = to_slow(state);
        let mut moves = Vec::new();
        if slow < POOL {
            moves.push(((slow + 1, fast, 0), 22.0 * share));
        }
        if fast < POOL {
            moves.push(((slow, fast + 1, 0), 22.0 * (1.0 - share)));
        }
        if slow > 0 {
            moves.push(((slow - 1, fast, 0), slow_rate));
        }
        if fast > 0 {
            moves.push(((slow, fast - 1, 0), fast_rate));
        }
        moves
    })
}

#[test]
fn inverted_v_by_fastest_slowest_and_random_first() {
    // The published cases of 10 + 10 agents, mu 1 and 1.5, lambda 22; random agents stand for every rule
    // that goes by idle time.
    let slow_free = |&(slow, _, _): &Pools| f64::from(u8::from(slow < POOL));
    let fast_taken = |&(_, fast, _): &Pools| f64::from(u8::from(fast == POOL));
    let random = |&(slow, fast, _): &Pools| f64::from(POOL - slow) / f64::from(2 * POOL - slow - fast);
    let fastest = inverted_v(fast_taken);
    printed(fastest.mean(present), "20.72883");
    printed(fastest.share(waits), "0.45999");
    let slowest = inverted_v(slow_free);
    printed(slowest.mean(present), "21.57893");
    printed(slowest.share(waits), "0.50483");
    let random = inverted_v(random);
    printed(random.mean(present), "21.23401");
    printed(random.share(waits), "0.48619");
}

/// Ten thorough agents (mu 1, p 0.9) and ten quick ones (mu 1.4, p 0.6), lambda 15; the unresolved join the
/// end of the queue at once. Gives mean total time, P(wait) of a new case and the share of contacts that
/// solve the case (which the source calls resolution; it is not that of first contacts).
fn resolution(thorough_first: bool) -> (f64, f64, f64) {
    const ARRIVALS: f64 = 15.0;
    let place = |thorough: u32, quick: u32| match thorough_first {
        true if thorough < POOL => (thorough + 1, quick, 0),
        true => (thorough, quick + 1, 0),
        false if quick < POOL => (thorough, quick + 1, 0),
        false => (thorough + 1, quick, 0),
    };
    let chain = MarkovChain::solve((0, 0, 0), |state| {
        let &(thorough, quick, waiting) = state;
        let (by_thorough, by_quick) = (f64::from(thorough), 1.4 * f64::from(quick));
        if waits(state) {
            let solved = 0.9 * by_thorough + 0.6 * by_quick;
            let more = if waiting < LONGEST { ARRIVALS } else { 0.0 };
            let mut moves = vec![((thorough, quick, waiting + 1), more)];
            // An unresolved customer goes to the end of the queue, the agent to its head: nothing changes.
            match waiting {
                0 => {
                    moves.push(((thorough - 1, quick, 0), 0.9 * by_thorough));
                    moves.push(((thorough, quick - 1, 0), 0.6 * by_quick));
                }
                _ => moves.push(((thorough, quick, waiting - 1), solved)),
            }
            return moves;
        }
        let mut moves = vec![(place(thorough, quick), ARRIVALS)];
        if thorough > 0 {
            moves.push(((thorough - 1, quick, 0), 0.9 * by_thorough));
            moves.push((place(thorough - 1, quick), 0.1 * by_thorough));
        }
        if quick > 0 {
            moves.push(((thorough, quick - 1, 0), 0.6 * by_quick));
            moves.push((place(thorough, quick - 1), 0.4 * by_quick));
        }
        moves
    });
    let handled = chain.mean(|&(thorough, quick, _)| f64::from(thorough) + 1.4 * f64::from(quick));
    (chain.mean(present) / ARRIVALS, chain.share(waits), ARRIVALS / handled)
}

#[test]
fn resolution_by_p_mu_and_by_fastest_first() {
    let (time, waiting, resolved) = resolution(true);
    printed(time, "1.31876");
    printed(waiting, "0.41664");
    printed(resolved, "0.74102");
    let (time, waiting, resolved) = resolution(false);
    printed(time, "1.33069");
    printed(waiting, "0.42604");
    printed(resolved, "0.71145");
}

#[test]
fn blending_keeps_some_agents_free_for_calls() {
    // 50 agents, 40 calls, mu 1; deferred work without end is begun only while more than c agents are idle,
    // so at least 50 - c are always busy.
    for (kept, delayed, throughput) in [
        (0, "1", "10"),
        (1, "0.8", "9.8"),
        (2, "0.64257", "9.4458"),
        (3, "0.51982", "8.9786"),
        (5, "0.35061", "7.8349"),
        (10, "0.16419", "4.6694"),
    ] {
        let busy = |state: usize| (50 - kept + state).min(50) as f64;
        let deaths: Vec<f64> = (1..=500).map(busy).collect();
        let chain = BirthDeath::new(&[40.0; 500], &deaths);
        printed(chain.mean(|state| f64::from(u8::from(state >= kept))), delayed);
        printed(chain.mean(busy) - 40.0, throughput);
        let blending = Blending {
            arrivals_per_second: 40.0 / 60.0,
            mean_service: 60.0,
            agents: 50,
            kept_idle: kept as u32,
        };
        printed(blending.delayed(), delayed);
        printed(blending.deferred_per_second() * 60.0, throughput);
        let queue = chain.mean(|state| state.saturating_sub(kept) as f64);
        assert!((blending.mean_wait() / 60.0 / (queue / 40.0) - 1.0).abs() < 1e-9);
    }
}

#[test]
fn staffing_that_keeps_the_delay_steady_through_a_wave() {
    // Feldman, Mandelbaum, Massey & Whitt (2008): lambda 100 + 20 sin t, mu = theta = 1, P(wait) 0.1.
    let steps = 4000;
    let staff: Vec<u32> = (0..steps)
        .map(|i| {
            let t = std::f64::consts::TAU * f64::from(i) / f64::from(steps);
            let mean = sinusoidal_mean(100.0, 20.0, 1.0, 1.0, t);
            (1..).find(|&agents| poisson_at_least(mean, agents) <= 0.1).expect("the tail falls to 0")
        })
        .collect();
    assert_eq!((staff.iter().min(), staff.iter().max()), (Some(&99), Some(&129)));
    let mean = staff.iter().sum::<u32>() as f64 / f64::from(steps);
    assert!((mean - 113.904).abs() < 0.01, "{mean}");
}
