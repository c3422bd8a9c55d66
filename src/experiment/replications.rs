//! Replications in parallel, folded in their order: the same bits for any number of threads.

use std::ops::Range;

use rayon::prelude::*;

use crate::engine::{Player, Unstable};
use crate::figures::Fold;
use crate::model::Model;
use crate::routing::Policy;

use super::Watch;

/// Replications that one task plays and folds. Part of the results' definition, as floating-point
/// sums are taken block by block: never to depend on the machine.
const BLOCK: u64 = 4;

/// Blocks in flight for each thread: bounds memory, and the wait at the end of a wave.
const BLOCKS_A_THREAD: u64 = 4;

/// What the folds of blocks in flight may take together, but for one that is always there: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// One block's fold; shorter than asked for where the run was stopped.
type Block = Result<Fold, Unstable>;

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
    // Which blocks are in flight together changes no result.
    let fit = (MOST_BYTES / Fold::bytes(model)).max(1);
    let wave = BLOCK * fit.min(BLOCKS_A_THREAD * rayon::current_num_threads() as u64);
    for start in wanted.clone().step_by(wave as usize) {
        let end = wanted.end.min(start + wave);
        let starts: Vec<u64> = (start..end).step_by(BLOCK as usize).collect();
        let blocks: Vec<Block> = starts
            .into_par_iter()
            .map_init(
                || Player::<P>::new(model, policy()),
                |player, start| play_block(player, policy, model, seed, start..end.min(start + BLOCK), watch),
            )
            .collect();
        let mut next = start;
        for block in blocks {
            let block = block?;
            let played = block.replications();
            next += played;
            if fold.replications() == 0 {
                *fold = block;
            } else {
                fold.merge(&block);
            }
            let complete = (next - start) % BLOCK == 0 || next == end;
            if !complete || played == 0 {
                return Ok(false);
            }
        }
        if next < end {
            return Ok(false);
        }
    }
    Ok(true)
}

fn play_block<P: Policy>(
    player: &mut Player<P>,
    policy: &impl Fn() -> P,
    model: &Model,
    seed: u64,
    replications: Range<u64>,
    watch: &dyn Watch,
) -> Block {
    let mut fold = Fold::new(model);
    for replication in replications {
        if watch.stopped() {
            break;
        }
        player.set_policy(policy());
        fold.add(player.play(seed, replication)?, model);
        watch.done();
    }
    Ok(fold)
}
