//! Values set by how they differ from what is there: `"+2"`, `"-10%"`, `"+30s"`.

use crate::units::{Span, parse_duration};

use super::days::parse_days;
use super::meaning::Meaning;
use super::tree::{self, Data, Entry, Node};

/// A change of a number or a time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    /// So much more; below 0, less.
    Number(f64),
    /// So much longer (`1.0`) or shorter (`-1.0`).
    Time(f64, Span),
    /// So many times as large.
    Factor(f64),
}

/// Whether a text says a change.
pub(super) fn is_change(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<Change> {
    let (sign, amount) = match text.as_bytes().first()? {
        b'+' => (1.0, &text[1..]),
        b'-' => (-1.0, &text[1..]),
        _ => return None,
    };
    // A second sign, `inf` and the like are none.
    if !amount.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(percent) = amount.strip_suffix('%') {
        return percent
            .trim_end()
            .parse()
            .ok()
            .map(|percent: f64| Change::Factor(1.0 + sign * percent / 100.0));
    }
    match amount.parse::<f64>() {
        Ok(number) => Some(Change::Number(sign * number)),
        Err(_) => parse_duration(amount).ok().map(|span| Change::Time(sign, span)),
    }
}

/// What `text` makes of `before`, each step of it if it has steps; `None` where it says no change, or one that
/// `before` cannot have.
pub(super) fn changed(before: &Node, text: &str, meaning: Meaning) -> Option<Data> {
    if !meaning.is_measured() {
        return None;
    }
    parse(text)?.over(before, meaning.is_count())
}

/// The same of what holds where `key` of a table is left out.
pub(super) fn changed_default(table: Meaning, key: &str, text: &str) -> Option<Data> {
    let default = tree::parse_value(table.default_of(key)?, 0, 0).ok()?;
    changed(&default, text, table.of(key))
}

impl Change {
    /// Numbers of heads and the like (`whole`) are rounded.
    fn over(self, before: &Node, whole: bool) -> Option<Data> {
        match &before.data {
            Data::Integer(number) => self.number(*number as f64, whole),
            Data::Float(number) => self.number(*number, whole),
            Data::Text(text) => self.text(text),
            Data::List(items) => {
                let item = |item: &Node| Some(Node { place: item.place, data: self.over(item, whole)? });
                items.iter().map(item).collect::<Option<_>>().map(Data::List)
            }
            Data::Table(table) => {
                if table.entries.is_empty() {
                    return None;
                }
                let is_time = |key: &str| key.starts_with(|c: char| c.is_ascii_digit());
                let spaced = table.get("step").is_some() && table.get("values").is_some();
                let change = |entry: &Entry| {
                    let mut entry = entry.clone();
                    if is_time(&entry.key)
                        || parse_days(&entry.key).is_ok()
                        || (spaced && entry.key == "values")
                    {
                        entry.value.data = self.over(&entry.value, whole)?;
                    } else if !spaced {
                        return None;
                    }
                    Some(entry)
                };
                let mut changed = table.clone();
                changed.entries = table.entries.iter().map(change).collect::<Option<_>>()?;
                Some(Data::Table(changed))
            }
            Data::Flag(_) | Data::Time(_) => None,
        }
    }

    fn number(self, before: f64, whole: bool) -> Option<Data> {
        let after = match self {
            Change::Number(more) => before + more,
            Change::Factor(factor) => before * factor,
            Change::Time(..) => return None,
        };
        if whole {
            return Some(Data::Integer(libm::round(after) as i64));
        }
        Some(Data::Float(tidy(after)))
    }

    /// A duration, or a share in percent.
    fn text(self, before: &str) -> Option<Data> {
        if let Some(percent) = before.strip_suffix('%') {
            let Change::Factor(factor) = self else { return None };
            let percent: f64 = percent.trim_end().parse().ok()?;
            return Some(Data::Float(tidy(percent * factor / 100.0)));
        }
        let before = parse_duration(before).ok()?.seconds();
        let seconds = match self {
            Change::Factor(factor) => before * factor,
            Change::Time(sign, span) => before + sign * span.seconds(),
            Change::Number(_) => return None,
        };
        (seconds >= 0.0).then(|| Data::Text(format!("{}s", tidy(seconds))))
    }
}

/// Without the dust of binary fractions.
fn tidy(number: f64) -> f64 {
    libm::round(number * 1e9) / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_and_an_amount_are_a_change() {
        assert_eq!(parse("+2"), Some(Change::Number(2.0)));
        assert_eq!(parse("-0.5"), Some(Change::Number(-0.5)));
        assert_eq!(parse("-10%"), Some(Change::Factor(0.9)));
        assert_eq!(parse("+1m30s"), Some(Change::Time(1.0, Span::from_whole_seconds(90))));
        for none in ["2", "", "+", "--2", "+-2", "+inf", "+NaN", "+ 2", "-two", "+2 apples", "+%"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
