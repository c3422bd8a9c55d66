//! The reference documentation.
/// The reference.
#[must_use]
pub fn reference() -> String {
    String::new()
}
