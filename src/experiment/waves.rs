//! The one parallel loop: tasks are played in waves, and what comes of them is taken in their order, so that
//! the same bits come out for any number of threads.

use std::ops::Range;

use rayon::prelude::*;

use crate::engine::{Player, Unstable};
use crate::model::Model;
use crate::routing::Policy;

use super::collector::Collector;
use super::watch::Watch;

/// Replications of one centre that one task plays and folds. Part of the results' definition, as floating-point
/// sums are taken block by block: never to depend on the machine.
pub(super) const BLOCK: u64 = 4;

/// Plays tasks, so many at once, and gives what came of each to `take` in the order of the tasks, until it says
/// to stop. What is in flight then is dropped; what is in flight together changes no result. `begin` makes what
/// a thread keeps from task to task.
pub(super) fn in_waves<T: Send, S, R: Send>(
    tasks: impl IntoIterator<Item = T>,
    at_once: usize,
    begin: impl Fn() -> S + Sync + Send,
    play: impl Fn(&mut S, T) -> R + Sync + Send,
    mut take: impl FnMut(R) -> bool,
) {
    let mut tasks = tasks.into_iter();
    loop {
        let wave: Vec<T> = tasks.by_ref().take(at_once.max(1)).collect();
        if wave.is_empty() {
            return;
        }
        // One by one: a thread that is done early takes what another has not begun.
        let done: Vec<R> = wave.into_par_iter().with_max_len(1).map_init(&begin, &play).collect();
        if !done.into_iter().all(&mut take) {
            return;
        }
    }
}

/// Some replications, cut into blocks of so many.
pub(super) fn blocks(wanted: Range<u64>, of: u64) -> impl Iterator<Item = Range<u64>> {
    let end = wanted.end;
    wanted.step_by(of as usize).map(move |start| start..end.min(start + of))
}

/// What a block came to: how many replications were played before it was stopped, and what was collected.
pub(super) type Played<F> = Result<(u64, F), Unstable>;

/// Plays the replications of a block, each under a new policy.
pub(super) fn play_block<P: Policy, C: Collector>(
    player: &mut Player<'_, P>,
    policy: &impl Fn() -> P,
    model: &Model,
    seed: u64,
    block: Range<u64>,
    collector: &C,
    watch: &dyn Watch,
) -> Played<C::Fruit> {
    let (mut fruit, mut played) = (collector.start(model), 0);
    for replication in block {
        if watch.stopped() {
            break;
        }
        player.set_policy(policy());
        collector.add(&mut fruit, player.play(seed, replication)?, model);
        played += 1;
        watch.done();
    }
    Ok((played, fruit))
}
