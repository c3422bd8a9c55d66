//! From agents on contacts to those who are paid: the arithmetic of shrinkage, as planners write it.

use crate::units::printable;

use super::wording::{grouped, percent, shortened};

/// Longer names are cut in the middle.
const NAME_WIDTH: usize = 28;

/// `team 9 / (1 − 28 %) = 12.5`: what is on contacts (agents, or hours of them) and what is paid for it. `paid` is 1 / (1 −
/// shrinkage); nothing where there is no shrinkage.
pub(super) fn arithmetic(name: &str, on_contacts: f64, paid: f64) -> Option<String> {
    let shrinkage = ((1.0 - 1.0 / paid) * 1e4).round() / 1e4;
    (shrinkage > 0.0).then(|| {
        let digits = if on_contacts == on_contacts.trunc() { 0 } else { 1 };
        format!(
            "{} {} / (1 − {}) = {}",
            shortened(&printable(name), NAME_WIDTH),
            grouped(on_contacts, digits),
            percent(shrinkage),
            grouped(on_contacts * paid, 1)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinkage_is_divided_off() {
        assert_eq!(arithmetic("team", 9.0, 1.0 / 0.72), Some("team 9 / (1 − 28 %) = 12.5".to_owned()));
        assert_eq!(arithmetic("team", 469.5, 1.25), Some("team 469.5 / (1 − 20 %) = 586.9".to_owned()));
        assert_eq!(arithmetic("team", 9.0, 1.0), None);
    }
}
