//! What rings for a queue's dialer.

/// The calls of one queue.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dialling {
    /// That ring now.
    pub(super) ringing: u32,
    /// So far: they name the next one's draws.
    pub(super) number: u32,
}
