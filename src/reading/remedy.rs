//! What would be right where a text is not TOML: the slips of those who come from a spreadsheet or another
//! language.

use super::tree::SyntaxError;

/// A hint for a mistake of syntax, if it is a known slip.
pub(crate) fn remedy(text: &str, error: &SyntaxError) -> Option<String> {
    let at = error.place.start.min(text.len());
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next()?;
    if line.trim_start().starts_with("//") || line.trim_start().starts_with(';') {
        return Some("a comment begins with `#`".to_owned());
    }
    if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']) {
        return Some("quotes must be the straight ones of a keyboard: \"3m\"".to_owned());
    }
    decimal_comma(line, at - start)
        .or_else(|| unquoted_name(line))
        .or_else(|| unquoted_value(&text[at..error.place.end.clamp(at, text.len())], error))
}

/// `cv = 1,0`: TOML takes the comma for the end of the value.
fn decimal_comma(line: &str, at: usize) -> Option<String> {
    let bytes = line.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (comma, _) = line.match_indices(',').find(|(comma, _)| {
        let past = comma + 1 + digits(comma + 1);
        (*comma..=past + 1).contains(&at) && past > comma + 1
    })?;
    let begin = bytes[..comma].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |before| before + 1);
    // A list of numbers has commas of its own.
    let lists = line[..begin].matches('[').count() > line[..begin].matches(']').count();
    let past = comma + 1 + digits(comma + 1);
    (begin < comma && line[..begin].trim_end().ends_with(['=', '-']) && !lists)
        .then(|| format!("decimals have a point: {}.{}", &line[begin..comma], &line[comma + 1..past]))
}

/// `[queues.café]`: letters beyond ASCII need quotes in a name.
fn unquoted_name(line: &str) -> Option<String> {
    let name = line.split(['=', '#']).next()?;
    let letter = name.chars().find(|c| !c.is_ascii() && c.is_alphabetic())?;
    (!name.contains(['"', '\''])).then(|| {
        format!("a name with letters such as `{letter}` stands in quotes, as in `[queues.\"caf\u{e9}\"]`")
    })
}

/// `talk = 3m`, `share = 80%`: a text without its quotes.
fn unquoted_value(value: &str, error: &SyntaxError) -> Option<String> {
    let value = value.trim();
    let bare = error.message.contains("must be quoted") || error.message.contains("invalid d");
    (bare && !value.is_empty() && !value.contains(['"', '\n', ',', '[', '{']))
        .then(|| format!("a text stands in quotes: \"{value}\""))
}
