//! Replications of one centre, played in parallel and collected in their order.

use std::ops::Range;

use crate::engine::{Player, Unstable};
use crate::figures::Fold;
use crate::model::Model;
use crate::routing::Policy;

use super::collector::{AllFigures, Collector};
use super::watch::Watch;
use super::waves::{BLOCK, blocks, in_waves, play_block};

/// Blocks in flight for each thread: bounds memory, and the wait at the end of a wave.
const BLOCKS_A_THREAD: usize = 4;

/// What the parts of blocks in flight may take together, but for one that is always there: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// Plays `wanted` replications and adds them to `fold`. Returns whether all were played; when
/// stopped, what was added is the longest complete prefix.
pub(super) fn play<P: Policy>(
    model: &Model,
    seed: u64,
    policy: &(impl Fn() -> P + Sync),
    wanted: Range<u64>,
    fold: &mut Fold,
    watch: &dyn Watch,
) -> Result<bool, Unstable> {
    collect(model, seed, policy, wanted, (&AllFigures, fold), watch)
}

/// The same for anything that is collected, into what was collected before.
pub(super) fn collect<P: Policy, C: Collector>(
    model: &Model,
    seed: u64,
    policy: &(impl Fn() -> P + Sync),
    wanted: Range<u64>,
    (collector, fruit): (&C, &mut C::Fruit),
    watch: &dyn Watch,
) -> Result<bool, Unstable> {
    let fit = (MOST_BYTES / collector.bytes(model).max(1)).max(1);
    let at_once = fit.min((BLOCKS_A_THREAD * rayon::current_num_threads()) as u64) as usize;
    let (mut next, mut failure) = (wanted.start, None);
    in_waves(
        blocks(wanted.clone(), BLOCK),
        at_once,
        || Player::<P>::new(model, policy()),
        |player, block| {
            let asked = block.end - block.start;
            (asked, play_block(player, policy, model, seed, block, collector, watch))
        },
        |(asked, block)| match block {
            Ok((played, part)) => {
                next += played;
                collector.merge(fruit, part);
                played == asked
            }
            Err(unstable) => {
                failure = Some(unstable);
                false
            }
        },
    );
    failure.map_or(Ok(next == wanted.end), Err)
}
