//! The parts of an expression's text.

use std::ops::Range;

use super::fault::Fault;

/// A part of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number; a time (`20s`, `5m`, `2h`, `1d`) is one of seconds.
    Number(f64),
    /// A term, a parameter, a function, or a word of logic.
    Name(String),
    /// `+ - * / ^ < <= > >= == != ( ) ,`
    Sign(&'static str),
}

/// The signs, longer ones first.
const SIGNS: [&str; 15] = ["<=", ">=", "==", "!=", "+", "-", "*", "/", "^", "<", ">", "(", ")", ",", "="];

/// Signs of other languages, and what they are here.
const FOREIGN: [(&str, &str); 8] = [
    ("&&", "`and`"),
    ("||", "`or`"),
    ("**", "`^`"),
    ("!", "`not`"),
    ("?", "`if(condition, one, other)`"),
    ("%", "a number from 0 to 1"),
    ("[", "`(`"),
    ("{", "`(`"),
];

/// Seconds of the units that a number may have.
const UNITS: [(&str, f64); 6] =
    [("s", 1.0), ("sec", 1.0), ("m", 60.0), ("min", 60.0), ("h", 3600.0), ("d", 86_400.0)];

/// All parts, each with where it stands.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], at)?;
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}

fn token(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() || first == '.' {
        return number(rest, at);
    }
    if first.is_alphabetic() || first == '_' {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let length = name.len();
        return Ok((Token::Name(name), length));
    }
    if let Some((sign, ours)) =
        FOREIGN.iter().find(|(sign, _)| rest.starts_with(sign) && !rest.starts_with("!="))
    {
        return Err(Fault::new(
            at..at + sign.len(),
            format!("`{sign}` is not known here"),
            format!("write {ours}"),
        ));
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(&"=") => {
            Err(Fault::new(at..at + 1, "one `=` sets nothing here".into(), "to compare, write `==`".into()))
        }
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
        None => {
            let title = format!("`{first}` is not known here");
            let help = "an expression has numbers, names, + - * / ^, comparisons and parentheses";
            Err(Fault::new(at..at + first.len_utf8(), title, help.into()))
        }
    }
}

/// A number, perhaps of a unit of time.
fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let digits =
        |text: &str| text.chars().take_while(|c| c.is_ascii_digit() || *c == '.' || *c == '_').count();
    let mut length = digits(rest);
    // `1e3` is a number, `1 else` is not.
    let exponent = &rest[length..];
    if exponent.starts_with(['e', 'E']) {
        let sign = usize::from(exponent[1..].starts_with(['+', '-']));
        let power = exponent[1 + sign..].chars().take_while(char::is_ascii_digit).count();
        length += if power > 0 { 1 + sign + power } else { 0 };
    }
    let Ok(value) = rest[..length].replace('_', "").parse::<f64>() else {
        let title = format!("`{}` is no number", &rest[..length]);
        return Err(Fault::new(at..at + length, title, "write it like 0.25 or 1e3".into()));
    };
    let unit: String = rest[length..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if unit.is_empty() {
        return Ok((Token::Number(value), length));
    }
    let whole = length + unit.len();
    match UNITS.iter().find(|(name, _)| *name == unit) {
        Some((_, seconds)) => Ok((Token::Number(value * seconds), whole)),
        None => {
            let title = format!("`{unit}` is no unit of time");
            let help = "times are written like 20s, 5m or 2h; a product needs `*`";
            Err(Fault::new(at + length..at + whole, title, help.into()))
        }
    }
}
