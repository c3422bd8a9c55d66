//! The progress bar, and signals that stop a run.

use std::fmt::Write;
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::experiment::Watch;

/// A bar on standard error (none where that is no terminal), and the signal that came, if any.
pub(super) struct Progress {
    bar: ProgressBar,
    signal: Arc<AtomicUsize>,
}

impl Progress {
    /// Begins to watch. The first signal stops the run after the replication in hand; a second one
    /// ends the program at once.
    pub(super) fn new(quiet: bool) -> Progress {
        let visible = !quiet && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = ProgressStyle::with_template(
            "{bar:30} {human_pos} of {human_len} replications  {rate}  {eta} left",
        );
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{:.0} a second", state.per_sec());
        };
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate));
        Progress { bar, signal: listen() }
    }

    /// The same for a sweep: the bar counts points.
    pub(super) fn of_points(quiet: bool, points: u64) -> Progress {
        let progress = Progress::new(quiet);
        let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} points  {eta} left");
        progress.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        progress.bar.set_length(points);
        progress
    }

    /// One more point is done.
    pub(super) fn point_done(&self) {
        self.bar.inc(1);
    }

    /// Watches a single point: stops it where the whole is stopped, shows nothing.
    pub(super) fn silent(&self) -> StopOnly {
        StopOnly(Arc::clone(&self.signal))
    }

    /// The signal that came: 2 for Ctrl-C, 15 for a request to end.
    pub(super) fn signal(&self) -> Option<u8> {
        u8::try_from(self.signal.load(Ordering::Relaxed)).ok().filter(|signal| *signal > 0)
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// How much of a file was read. It stops nothing: a signal ends the program.
pub(super) struct ReadingBar(ProgressBar);

impl ReadingBar {
    /// For so many bytes; small files are read before a bar is seen.
    pub(super) fn new(quiet: bool, bytes: u64) -> ReadingBar {
        const SMALL: u64 = 1 << 23;
        let visible = !quiet && bytes > SMALL && std::io::stderr().is_terminal();
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(bytes), target);
        let style = ProgressStyle::with_template("{bar:30} {percent} % read  {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        ReadingBar(bar)
    }

    /// So many bytes were read.
    pub(super) fn at(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Signals are kept as their number; without a way to listen they end the program as ever.
fn listen() -> Arc<AtomicUsize> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    let signal = Arc::new(AtomicUsize::new(0));
    let again = Arc::new(std::sync::atomic::AtomicBool::new(false));
    for number in [SIGINT, SIGTERM] {
        // In this order: the first signal only arms the second one's end.
        let registered = flag::register_conditional_shutdown(number, 128 + number, Arc::clone(&again))
            .and_then(|_| flag::register(number, Arc::clone(&again)))
            .and_then(|_| flag::register_usize(number, Arc::clone(&signal), number as usize));
        if registered.is_err() {
            break;
        }
    }
    signal
}

impl Watch for Progress {
    fn planned(&self, replications: u64) {
        self.bar.set_length(replications);
    }

    fn done(&self) {
        self.bar.inc(1);
    }

    fn stopped(&self) -> bool {
        self.signal.load(Ordering::Relaxed) != 0
    }
}

/// Stops with the whole, shows nothing of its own.
pub(super) struct StopOnly(Arc<AtomicUsize>);

impl Watch for StopOnly {
    fn planned(&self, _replications: u64) {}

    fn done(&self) {}

    fn stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }
}
