//! Numbers as people and programs write them: `1523`, `1,523`, `1.523,5`, `1 523`, `12,5`.

use crate::vocabulary::words;

words! {
    /// The sign before the decimals.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Decimal {
        /// `12.5`.
        Point = ".",
        /// `12,5`.
        Comma = ",",
    }
}

/// What a file lets expect of a number that can be read twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Columns are separated by commas and nothing speaks against English numbers.
    English,
    /// Nothing is known.
    Unknown,
}

/// Whether a cell says that there is no value.
#[must_use]
pub fn is_gap(cell: &str) -> bool {
    let cell = cell.trim();
    // Most cells are longer than any of these.
    if cell.len() > 6 {
        return false;
    }
    let word = cell.to_lowercase();
    matches!(word.as_str(), "" | "-" | "–" | "—" | "n/a" | "na" | "#n/a" | "null" | "none" | "nan" | "(null)")
}

/// What one cell proves.
enum Proof {
    Nothing,
    Is(Decimal),
    /// One such sign before three digits: thousands, or decimals.
    Either(char),
}

fn proof(cell: &str) -> Proof {
    let sign = |c: char| matches!(c, '.' | ',');
    if !cell.contains(sign) {
        return Proof::Nothing;
    }
    let signs: Vec<char> = cell.chars().filter(|c| sign(*c)).collect();
    let decimal = |c: char| if c == ',' { Decimal::Comma } else { Decimal::Point };
    let other = |c: char| if c == ',' { Decimal::Point } else { Decimal::Comma };
    match signs.as_slice() {
        [] => Proof::Nothing,
        [only] => {
            let (before, after) = cell.split_once(sign).unwrap_or((cell, ""));
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let grouped = before.chars().any(|c| c.is_whitespace() || matches!(c, '\'' | '’'));
            let leading = before.trim_start_matches(['+', '-']);
            let thousands = digits(after) == 3
                && after.len() == 3
                && (1..=3).contains(&digits(before))
                && !leading.starts_with('0')
                && !grouped;
            if thousands { Proof::Either(*only) } else { Proof::Is(decimal(*only)) }
        }
        [first, .., last] if first != last => Proof::Is(decimal(*last)),
        [first, ..] => Proof::Is(other(*first)),
    }
}

/// What the cells of a column prove, one after the other; of each kind of proof the first is kept.
#[derive(Clone, Debug, Default)]
pub struct Proofs {
    point: Option<String>,
    comma: Option<String>,
    either_point: Option<String>,
    either_comma: Option<String>,
}

impl Proofs {
    /// One more cell.
    pub fn see(&mut self, cell: &str) {
        let cell = cell.trim();
        let slot = match proof(cell) {
            Proof::Nothing => return,
            Proof::Is(Decimal::Point) => &mut self.point,
            Proof::Is(Decimal::Comma) => &mut self.comma,
            Proof::Either('.') => &mut self.either_point,
            Proof::Either(_) => &mut self.either_comma,
        };
        slot.get_or_insert_with(|| cell.to_owned());
    }

    /// Which sign stands before the decimals.
    ///
    /// # Errors
    /// A cell that can be read twice where nothing decides, or two that contradict each other.
    pub fn decided(&self, habit: Habit) -> Result<Decimal, String> {
        let both = |one: &str, other: &str| Err(format!("`{one}` and `{other}` stand in one column"));
        match (&self.point, &self.comma, &self.either_point, &self.either_comma) {
            (Some(point), Some(comma), ..) => both(point, comma),
            (Some(_), None, ..) => Ok(Decimal::Point),
            (None, Some(_), ..) => Ok(Decimal::Comma),
            (None, None, Some(point), Some(comma)) => both(point, comma),
            (None, None, None, None) => Ok(Decimal::Point),
            (None, None, ..) if habit == Habit::English => Ok(Decimal::Point),
            (None, None, Some(cell), None) | (None, None, None, Some(cell)) => {
                Err(format!("`{cell}` may have thousands or three decimals"))
            }
        }
    }
}

/// Which sign stands before the decimals of a column's numbers.
///
/// # Errors
/// As [`Proofs::decided`].
pub fn decimal<'c>(cells: impl Iterator<Item = &'c str>, habit: Habit) -> Result<Decimal, String> {
    let mut proofs = Proofs::default();
    cells.for_each(|cell| proofs.see(cell));
    proofs.decided(habit)
}

/// A number in a cell, if it is one.
#[must_use]
pub fn number(cell: &str, decimal: Decimal) -> Option<f64> {
    let (point, thousands) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let cell = cell.trim();
    // Only what is written with digits: no `inf`, no `nan`.
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (whole, rest) = cell.split_at(cell.find([point, 'e', 'E']).unwrap_or(cell.len()));
    let groups = |c: char| c == thousands || c.is_whitespace() || matches!(c, '\'' | '’');
    let mut plain = String::with_capacity(cell.len());
    if whole.contains(groups) {
        let mut parts = whole.split(groups);
        let first = parts.next()?;
        let digits = first.trim_start_matches(['+', '-']);
        if digits.is_empty() || digits.len() > 3 {
            return None;
        }
        plain.push_str(first);
        for part in parts {
            if part.len() != 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            plain.push_str(part);
        }
    } else {
        plain.push_str(whole);
    }
    match rest.strip_prefix(point) {
        Some(rest) => {
            plain.push('.');
            plain.push_str(rest);
        }
        None => plain.push_str(rest),
    }
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], habit: Habit) -> Result<Vec<Option<f64>>, String> {
        let decimal = decimal(cells.iter().copied(), habit)?;
        Ok(cells.iter().map(|cell| number(cell, decimal)).collect())
    }

    #[test]
    fn the_whole_column_decides() {
        use Habit::{English, Unknown};
        assert_eq!(read(&["1,523", "1,200"], English), Ok(vec![Some(1523.0), Some(1200.0)]));
        assert_eq!(read(&["12,5", "13,5"], English), Ok(vec![Some(12.5), Some(13.5)]));
        assert_eq!(read(&["1.523", "12,5"], Unknown), Ok(vec![Some(1523.0), Some(12.5)]));
        assert_eq!(read(&["1.523,25"], Unknown), Ok(vec![Some(1523.25)]));
        assert_eq!(read(&["1,523.25"], Unknown), Ok(vec![Some(1523.25)]));
        assert_eq!(read(&["1.234.567"], Unknown), Ok(vec![Some(1_234_567.0)]));
        assert_eq!(
            read(&["1\u{a0}523", "1'523", "7"], Unknown),
            Ok(vec![Some(1523.0), Some(1523.0), Some(7.0)])
        );
        assert_eq!(read(&["0.125", "12.250"], Unknown), Ok(vec![Some(0.125), Some(12.25)]));
        assert!(read(&["1.523", "900"], Unknown).is_err());
        assert!(read(&["12,5", "12.5"], English).is_err());
        assert!(read(&["1,523", "1.523"], English).is_err());
    }

    #[test]
    fn what_is_no_number_is_none() {
        for cell in ["", "inf", "nan", "12 calls", "1,52,3", "1 52", "5-", "12,5,"] {
            assert_eq!(number(cell, Decimal::Point), None, "{cell}");
        }
        assert_eq!(number("-5", Decimal::Point), Some(-5.0));
        assert_eq!(number("1e3", Decimal::Point), Some(1000.0));
    }
}
