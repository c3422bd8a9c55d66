//! From agents on contacts to those who are paid: the arithmetic of shrinkage, as planners write it.

use serde_json::{Map, Value, json};

use crate::experiment::PaidTime;
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

/// Paid hours, and what they are in full-time equivalents where that can be told, for a table.
pub(super) fn cells(time: PaidTime, fte_hours: Option<f64>) -> impl Iterator<Item = String> {
    let fte = time.fte(fte_hours).map(|fte| grouped(fte, 1));
    std::iter::once(grouped(time.paid, 1)).chain(fte)
}

/// The heads of these cells.
pub(super) fn heads(fte_hours: Option<f64>) -> impl Iterator<Item = &'static str> {
    std::iter::once("Paid hours").chain(fte_hours.map(|_| "FTE"))
}

/// `586.9 paid hours, 14.7 FTE`.
pub(super) fn said(time: PaidTime, fte_hours: Option<f64>) -> String {
    let fte = time.fte(fte_hours).map_or_else(String::new, |fte| format!(", {} FTE", grouped(fte, 1)));
    format!("{} paid hours{fte}", grouped(time.paid, 1))
}

/// The same for other programs, beside other keys.
pub(super) fn values(time: PaidTime, fte_hours: Option<f64>) -> Map<String, Value> {
    let round = |number: f64| (number * 1e6).round() / 1e6;
    let keys = [
        ("agent_hours", json!(round(time.on_contacts))),
        ("paid_hours", json!(round(time.paid))),
        ("fte", json!(time.fte(fte_hours).map(round))),
    ];
    keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// An object with further keys.
pub(super) fn with(mut object: Value, more: Map<String, Value>) -> Value {
    if let Value::Object(keys) = &mut object {
        keys.extend(more);
    }
    object
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
