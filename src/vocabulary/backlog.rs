//! Work that is there at the start.

/// Work that is there at the start (`backlog`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backlog {
    /// So many contacts.
    Contacts(u32),
    /// More than can ever be done.
    Unlimited,
}
