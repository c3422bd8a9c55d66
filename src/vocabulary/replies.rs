//! How many replies an agent writes in a conversation.

/// How many replies an agent writes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Replies {
    /// Always so many, at least 1.
    Exactly(u32),
    /// Geometric on 1, 2, 3, ... with this mean, at least 1.
    Mean(f64),
}
