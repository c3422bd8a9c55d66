//! What a planner turns first, and where it stands.

/// What a lever changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeverKind {
    /// The cases that begin in a queue.
    Volume,
    /// Talk and wrap-up of a queue.
    HandleTime,
    /// How long a queue's customers would wait.
    Patience,
    /// When a queue is open.
    Opening,
    /// The agents of a shift, of a group without shifts, or from a time of day on.
    Agents,
    /// Paid time of a group that is not available for contacts.
    Shrinkage,
}

/// Where a lever stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Position {
    /// So many times what is written.
    Factor(f64),
    /// So many agents.
    Agents(u32),
    /// These opening hours.
    Hours(Vec<String>),
}

/// Something that can be changed, and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// What it changes.
    pub kind: LeverKind,
    /// Of which queue or group.
    pub of: String,
    /// Of agents: the shift, or the time of day from which they hold.
    pub part: Option<String>,
    /// What is written, for a reader: `4300 a day`, `3m40s + 25s`; empty where it has no short form.
    pub said: String,
    /// Where it stands as written.
    pub position: Position,
}
