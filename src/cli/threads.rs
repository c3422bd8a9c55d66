//! The threads that a command plays on.

use std::num::NonZeroU64;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::Failure;

/// The most threads a core: past it nothing is quicker, and each takes memory of its own.
const MOST_A_CORE: usize = 4;

/// Plays on so many threads from now on, by default one for each core; on fewer where the machine makes
/// no more, at worst on the one that is there. The results are the same for any number.
///
/// # Errors
/// When another part of the process chose its threads already.
pub(super) fn use_threads(asked: Option<NonZeroU64>, quiet: bool) -> Result<(), Failure> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let most = MOST_A_CORE * cores;
    let wanted = match asked {
        Some(threads) => usize::try_from(threads.get()).unwrap_or(usize::MAX).min(most),
        None => cores,
    };
    if asked.is_some_and(|threads| threads.get() > most as u64) && !quiet {
        tell!("{most} threads play: more are not quicker on {cores} cores");
    }
    // One thread needs no second one. Of several, all are made before the pool is, so that it can be made
    // as large as the machine allows.
    let mut waiting = if wanted > 1 { spare_threads(wanted) } else { Vec::new() };
    if waiting.len() < wanted && wanted > 1 && !quiet {
        tell!("the machine does not make {wanted} threads; {} play", waiting.len().max(1));
    }
    let built = if waiting.len() > 1 {
        let pool = ThreadPoolBuilder::new().num_threads(waiting.len());
        let hand_over = |work: ThreadBuilder| match waiting.pop() {
            Some((sender, _)) => {
                sender.send(work).map_err(|_| std::io::Error::other("a thread ended before it began"))
            }
            None => Err(std::io::Error::other("there is no thread left")),
        };
        pool.spawn_handler(hand_over).build_global()
    } else {
        ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()
    };
    built.map_err(|error| Failure::Environment(format!("cannot start {wanted} threads: {error}")))
}

/// A thread that waits for what it is to do; it ends where nothing comes.
type Waiting = (Sender<ThreadBuilder>, JoinHandle<()>);

/// So many threads, or a quarter of those that the machine makes: each of them will ask for memory of its own,
/// far more than its making took.
fn spare_threads(wanted: usize) -> Vec<Waiting> {
    let mut waiting: Vec<Waiting> = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let (sender, receiver) = channel::<ThreadBuilder>();
        let made = thread::Builder::new().spawn(move || {
            if let Ok(work) = receiver.recv() {
                work.run();
            }
        });
        let Ok(thread) = made else {
            for (sender, thread) in waiting.drain(waiting.len() / 4..) {
                drop(sender);
                let _ = thread.join();
            }
            break;
        };
        waiting.push((sender, thread));
    }
    waiting
}
