//! Cells of CSV files that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// How a formula begins: spreadsheets compute what begins so, whatever it was meant for.
fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

/// A cell that is shown and not computed: a text that begins like a formula gets a `'` in front, as a person
/// would type it. Numbers stay as they are.
pub(super) fn inert(cell: &str) -> Cow<'_, str> {
    if begins_a_formula(cell) && cell.parse::<f64>().is_err() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// What was written, from an inert cell.
pub(super) fn written(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| begins_a_formula(text)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts_and_numbers_stay() {
        for (cell, shown) in [
            ("=1+1", "'=1+1"),
            ("+1\" x", "'+1\" x"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(1+1)", "'@SUM(1+1)"),
            ("-0.25", "-0.25"),
            ("1e-7", "1e-7"),
            ("billing", "billing"),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(inert(cell), shown);
            assert_eq!(written(&inert(cell)), cell);
        }
    }
}
