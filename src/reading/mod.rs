//! What reading a file takes, whatever is in it.

pub(crate) mod suggest;

pub use suggest::hint;
