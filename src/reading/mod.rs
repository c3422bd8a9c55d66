//! What reading a file takes, whatever is in it: the tree and where each part of it was written, mistakes
//! and how they are shown, what is laid and set over a file, the declaration of keys and what is made of it.

pub(crate) mod by_weekday;
pub(crate) mod context;
pub(crate) mod days;
pub(crate) mod diagnostic;
pub(crate) mod fields;
pub(crate) mod kinds;
pub(crate) mod meaning;
pub(crate) mod overlay;
mod reference;
mod relative;
pub(crate) mod remedy;
pub(crate) mod renamed;
pub(crate) mod resolved;
#[cfg(feature = "json")]
mod schema;
pub(crate) mod score;
pub(crate) mod setting;
pub(crate) mod shape;
pub(crate) mod source;
pub(crate) mod steps;
pub(crate) mod suggest;
pub(crate) mod table;
pub(crate) mod text_file;
pub(crate) mod tree;
pub(crate) mod values;

pub use diagnostic::{Cause, Diagnostic, Diagnostics, Severity};
pub(crate) use reference::reference;
#[cfg(feature = "json")]
pub(crate) use schema::schema;
pub use setting::{DottedPath, Setting};
pub use source::Bytes;
pub use suggest::hint;
