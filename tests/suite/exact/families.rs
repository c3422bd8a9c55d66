//! Rules by ratio and by threshold: small centres whose chains know who is idle in each group and who waits in each queue.

use holdline::formulas::MarkovChain;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = GROUPS + QUEUES;
const GROUPS: usize = 2 * 4;
const QUEUES: usize = 2 * 3;

/// Three agents of one call a minute, three of 1.5; 5 calls a minute. Nobody gives up; so many are never there.
const AGENTS: [u32; 2] = [3, 3];
const RATES: [f64; 2] = [1.0, 1.5];
const ARRIVALS: f64 = 5.0;
const MOST: u32 = 120;

/// Busy slow and fast agents, and who waits; `slow_first` tells from the idle slow and fast which group a call goes to where both
/// have an idle agent.
fn inverted_v(slow_first: impl Fn([u32; 2]) -> bool) -> MarkovChain<[u32; 3]> {
    MarkovChain::solve([0, 0, 0], move |&[slow, fast, waiting]| {
        let mut moves = Vec::new();
        let idle = [AGENTS[0] - slow, AGENTS[1] - fast];
        let to = match idle {
            [0, 0] => [slow, fast, waiting + 1],
            [_, 0] => [slow + 1, fast, 0],
            [0, _] => [slow, fast + 1, 0],
            _ if slow_first(idle) => [slow + 1, fast, 0],
            _ => [slow, fast + 1, 0],
        };
        if to[2] <= MOST {
            moves.push((to, ARRIVALS));
        }
        if waiting > 0 {
            moves.push(([slow, fast, waiting - 1], f64::from(slow) * RATES[0] + f64::from(fast) * RATES[1]));
        } else {
            if slow > 0 {
                moves.push(([slow - 1, fast, 0], f64::from(slow) * RATES[0]));
            }
            if fast > 0 {
                moves.push(([slow, fast - 1, 0], f64::from(fast) * RATES[1]));
            }
        }
        moves
    })
}

#[test]
fn thresholds_and_ratios_between_groups_are_those_of_their_chains() {
    let mut judge = Judge::new();
    let root = 2.0_f64.sqrt();
    // The slow come first as long as four of six are idle; or the idle should be slow and fast as 1 to root 2, which
    // never ties.
    let by_threshold = inverted_v(|[slow, fast]| slow + fast >= 4);
    let by_ratio = inverted_v(|[slow, fast]| f64::from(slow) > f64::from(slow + fast) / (1.0 + root));
    for (name, chain, routing) in [
        ("threshold", by_threshold, "agents = \"threshold\"\nthresholds.slow = 4".to_owned()),
        (
            "idleness ratio",
            by_ratio,
            format!("agents = \"queue_and_idleness_ratio\"\nidleness_ratio = {{ slow = 1, fast = {root} }}"),
        ),
    ] {
        let text = format!(
            r#"
horizon = {{ length = "60h", warm_up = "2h", interval = "60h" }}
experiment = {{ replications = 128, seed = 80 }}
[queues.calls]
talk = {{ mean = "1m" }}
arrivals.per_hour = 300
[groups.slow]
skills = ["calls"]
staff = 3
[groups.fast]
skills.calls.speed = 1.5
staff = 3
[routing]
{routing}
"#
        );
        let results = play(&text);
        judge.about(format!("inverted V by {name}"));
        judge.units(60.0, 5.0);
        let all_busy = chain.share(|[slow, fast, _]| slow + fast == AGENTS[0] + AGENTS[1]);
        judge.figure(&results, "queues.calls.delayed", all_busy);
        let present = chain.mean(|state| f64::from(state.iter().sum::<u32>()));
        judge.figure(&results, "queues.calls.time_to_resolution", present / ARRIVALS * 60.0);
        for (at, group) in ["slow", "fast"].into_iter().enumerate() {
            let busy = chain.mean(|state| f64::from(state[at]) / f64::from(AGENTS[at]));
            judge.figure(&results, &format!("groups.{group}.occupancy"), busy);
        }
    }
    judge.finish(GROUPS);
}

#[test]
fn a_ratio_between_queues_is_that_of_its_chain() {
    // Five agents, calls of a minute, 2.5 and 2.3 a minute, patience of 3 and 5 minutes; who waits should be first and second
    // as 1 to root 8.
    let (rates, patience, share) = ([2.5, 2.3], [3.0, 5.0], 1.0 / (1.0 + 8.0_f64.sqrt()));
    let chain = MarkovChain::solve([0, 0, 0], |&[busy, first, second]: &[u32; 3]| {
        let mut moves = Vec::new();
        if busy < 5 {
            moves.push(([busy + 1, 0, 0], rates[0] + rates[1]));
            if busy > 0 {
                moves.push(([busy - 1, 0, 0], f64::from(busy)));
            }
            return moves;
        }
        let waiting = [first, second];
        if first < 40 {
            moves.push(([5, first + 1, second], rates[0]));
        }
        if second < 60 {
            moves.push(([5, first, second + 1], rates[1]));
        }
        let left = |queue: usize| {
            let mut then = waiting;
            then[queue] -= 1;
            [5, then[0], then[1]]
        };
        for queue in [0, 1] {
            if waiting[queue] > 0 {
                moves.push((left(queue), f64::from(waiting[queue]) / patience[queue]));
            }
        }
        moves.push(match first + second {
            0 => ([4, 0, 0], 5.0),
            all if f64::from(first) > share * f64::from(all) => (left(0), 5.0),
            _ => (left(1), 5.0),
        });
        moves
    });
    let results = play(&format!(
        r#"
horizon = {{ length = "60h", warm_up = "2h", interval = "60h" }}
experiment = {{ replications = 128, seed = 81 }}
[queues.first]
talk = {{ mean = "1m" }}
patience = {{ mean = "3m" }}
arrivals.per_hour = 150
[queues.second]
talk = {{ mean = "1m" }}
patience = {{ mean = "5m" }}
arrivals.per_hour = 138
[groups.team]
skills = ["first", "second"]
staff = 5
[routing]
policy = "queue_and_idleness_ratio"
queue_ratio = {{ first = 1, second = {} }}
"#,
        8.0_f64.sqrt()
    ));
    let mut judge = Judge::new();
    judge.about("V by queue ratio");
    judge.units(60.0, 4.8);
    let delayed = chain.share(|[busy, ..]| *busy == 5);
    for (at, queue) in ["first", "second"].into_iter().enumerate() {
        let length = chain.mean(|state| f64::from(state[at + 1]));
        judge.figure(&results, &format!("queues.{queue}.delayed"), delayed);
        judge.figure(&results, &format!("queues.{queue}.wait"), length / rates[at] * 60.0);
        judge.figure(&results, &format!("queues.{queue}.abandonment"), length / rates[at] / patience[at]);
    }
    judge.finish(QUEUES);
}
