//! Weekdays as people write them: `mon-fri`, `sat,sun`, `daily`.

use crate::units::Weekday;

use super::suggest;

/// Reads weekdays, Monday first.
///
/// # Errors
/// A sentence that says what would be right.
pub(crate) fn parse_days(text: &str) -> Result<[bool; 7], String> {
    let mut days = [false; 7];
    for part in text.split(',').map(str::trim) {
        if part == "daily" {
            days = [true; 7];
            continue;
        }
        let (from, to) = match part.split_once('-') {
            Some((from, to)) => (parse_day(from.trim())?, parse_day(to.trim())?),
            None => (parse_day(part)?, parse_day(part)?),
        };
        // A range may pass the week's end: `sat-mon`.
        let mut day = from.index();
        loop {
            days[day] = true;
            if day == to.index() {
                break;
            }
            day = (day + 1) % 7;
        }
    }
    Ok(days)
}

/// Reads one weekday.
pub(crate) fn parse_day(text: &str) -> Result<Weekday, String> {
    let shorts = Weekday::ALL.map(Weekday::short);
    Weekday::ALL.into_iter().find(|day| day.short() == text).ok_or_else(|| {
        let lower = text.to_lowercase();
        let short = shorts.iter().find(|short| lower.starts_with(**short)).copied();
        let meant = short.or_else(|| suggest::nearest(text, shorts));
        let hint = meant.map_or_else(
            || "weekdays are `mon` to `sun`".to_owned(),
            |short| format!("did you mean `{short}`?"),
        );
        format!("`{text}` is not a weekday; {hint}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lists_and_ranges_past_the_weeks_end() {
        let days = |text| parse_days(text).map(|days| days.map(u8::from));
        assert_eq!(days("mon-fri"), Ok([1, 1, 1, 1, 1, 0, 0]));
        assert_eq!(days("sat-mon"), Ok([1, 0, 0, 0, 0, 1, 1]));
        assert_eq!(days("tue, thu"), Ok([0, 1, 0, 1, 0, 0, 0]));
        assert_eq!(days("daily"), Ok([1; 7]));
        assert!(days("monday").unwrap_err().contains("did you mean `mon`?"));
        assert!(days("").is_err());
    }
}
