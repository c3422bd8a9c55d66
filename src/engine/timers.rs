//! What those who wait, and those who will be heard of again, are timed for.

use super::event_list::Class;

/// What a waiting contact's timer is for, in the order of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitEvent {
    /// The customer's patience ends.
    Abandon,
    /// The wait is long enough for another queue.
    Overflow,
    /// The policy wishes to be asked again, or a callback is due.
    WakeUp,
    /// A self-service session ends, or who was passed on arrives.
    GoesOn,
}

impl Class for WaitEvent {
    #[inline]
    fn rank(self) -> u8 {
        self as u8
    }

    #[inline]
    fn of_rank(rank: u8) -> WaitEvent {
        match rank {
            0 => WaitEvent::Abandon,
            1 => WaitEvent::Overflow,
            2 => WaitEvent::WakeUp,
            _ => WaitEvent::GoesOn,
        }
    }
}

/// What someone will be heard of for, in the order of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// The customer tries again.
    ComeBack,
    /// The customer writes again in a parked conversation.
    Message,
    /// A follow-up or another callback is due.
    Task,
}

impl Class for Later {
    #[inline]
    fn rank(self) -> u8 {
        self as u8
    }

    #[inline]
    fn of_rank(rank: u8) -> Later {
        match rank {
            0 => Later::ComeBack,
            1 => Later::Message,
            _ => Later::Task,
        }
    }
}
