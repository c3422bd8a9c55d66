//! Texts of users on their way to a terminal, a chart or a table: nothing in them may steer it.

use std::borrow::Cow;

/// Whether a character has no picture of its own but an effect: controls, separators of lines, marks
/// that turn the direction of writing, the byte order mark.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// The same text with escapes such as `\u{1b}` for what cannot be shown.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_unprintable(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// The same of a text of several lines, which stay lines.
#[must_use]
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_unprintable(c)) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(printable).collect();
    Cow::Owned(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_letters_are_not() {
        assert_eq!(printable("a\u{1b}[31mred"), "a\\u{1b}[31mred");
        assert_eq!(printable("Größe 12 € 東京"), "Größe 12 € 東京");
        assert_eq!(printable("a\nb\u{9b}c\u{2028}d\u{202e}"), "a\\nb\\u{9b}c\\u{2028}d\\u{202e}");
        assert_eq!(printable_lines("a\nb\rc"), "a\nb\\rc");
    }
}
