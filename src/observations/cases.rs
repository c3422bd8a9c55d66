//! The counters of cases, kept with the queue where the case opened.

use crate::estimate::FineHistogram;

/// Why a case was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum LossReason {
    /// Gave up waiting and did not try again.
    Abandoned,
    /// Heard the busy signal and did not try again.
    Blocked,
    /// Found the queue closed, or was sent away at closing time, and did not try again.
    Closed,
    /// Was not solved and did not come back.
    Unsolved,
    /// Broke off in self-service.
    HungUp,
    /// Could not be called back.
    Unreached,
}

impl LossReason {
    /// All reasons.
    pub const ALL: [LossReason; 6] = [
        LossReason::Abandoned,
        LossReason::Blocked,
        LossReason::Closed,
        LossReason::Unsolved,
        LossReason::HungUp,
        LossReason::Unreached,
    ];

    /// As a report names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        [
            "abandoned",
            "busy signal",
            "closed",
            "not solved, did not come back",
            "hung up in self-service",
            "not reached",
        ][self as usize]
    }
}

/// How many, of the cases that opened at a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseCounts {
    /// Cases of which some contact was answered.
    pub ever_answered: u64,
    /// Of these, those with a further contact within the FCR window of the first answered one.
    pub repeated: u64,
    /// Of the solved, those solved within the time of the target.
    pub solved_in_time: u64,
    /// Attempts.
    pub contacts: u64,
    /// Finished pieces of service.
    pub legs: u64,
    /// Passed on.
    pub transfers: u64,
    /// Different agents.
    pub agents: u64,
    /// Of the solved, those solved by the first agent who served them.
    pub solved_by_first_agent: u64,
    /// Of the solved and contained, those of one contact only, on whatever channel.
    pub solved_at_once: u64,
    /// Total time to resolution of the solved, microseconds.
    pub time_to_resolution: u64,
    /// By reason.
    pub lost: [u64; LossReason::ALL.len()],
}

/// What became of the cases that opened at a queue.
#[derive(Clone, Debug, Default)]
pub struct CaseTally {
    /// How many.
    pub counts: CaseCounts,
    /// Time from opening to solution.
    pub solved_after: FineHistogram,
    /// Time from opening to loss.
    pub lost_after: FineHistogram,
    /// Age of what was open when the horizon ended.
    pub open_age: FineHistogram,
}

impl CaseTally {
    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.counts = CaseCounts::default();
        self.solved_after.clear();
        self.lost_after.clear();
        self.open_age.clear();
    }
}
