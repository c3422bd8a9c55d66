//! A clock time from midnight; it may pass 24:00, as a night shift's end does.

use std::fmt;

use super::Span;

/// The time since the midnight that began the day, to the second. `25:30` is half past one the next
/// morning, still of the day that began before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u32);

impl TimeOfDay {
    /// The midnight that ends the day.
    pub const MIDNIGHT_AFTER: TimeOfDay = TimeOfDay(86_400);

    /// From seconds since midnight.
    #[must_use]
    pub const fn from_seconds(seconds: u32) -> TimeOfDay {
        TimeOfDay(seconds)
    }

    /// Reads `8:00`, `08:00`, `08:00:30`, `24:00`, `26:15` (up to 48:00).
    ///
    /// # Errors
    /// A sentence that says what would be right.
    pub fn parse(text: &str) -> Result<TimeOfDay, String> {
        let wrong = || format!("`{text}` is not a time of day; write it like \"08:30\"");
        let mut parts = [0u32; 3];
        let pieces: Vec<&str> = text.trim().split(':').collect();
        if pieces.len() < 2 || pieces.len() > 3 {
            return Err(wrong());
        }
        for (slot, piece) in parts.iter_mut().zip(&pieces) {
            if piece.is_empty() || piece.len() > 2 || !piece.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            *slot = piece.parse().map_err(|_| wrong())?;
        }
        let [hours, minutes, seconds] = parts;
        if minutes > 59 || seconds > 59 {
            return Err(wrong());
        }
        if hours * 3600 + minutes * 60 + seconds > 48 * 3600 {
            return Err(format!("`{text}` lies past 48:00; a time of day may reach into the next day only"));
        }
        Ok(TimeOfDay(hours * 3600 + minutes * 60 + seconds))
    }

    /// Since midnight.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::from_whole_seconds(self.0 as u64)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        match s {
            0 => write!(f, "{h:02}:{m:02}"),
            s => write!(f, "{h:02}:{m:02}:{s:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_and_refuses_the_rest() {
        for (text, seconds) in [("8:00", 28_800), ("08:00", 28_800), ("24:00", 86_400), ("26:15", 94_500)] {
            assert_eq!(TimeOfDay::parse(text), Ok(TimeOfDay(seconds)));
        }
        for text in ["8", "8:60", "49:00", "08:00:00:00", "-1:00", "8h", "008:00", ""] {
            assert!(TimeOfDay::parse(text).is_err(), "{text}");
        }
    }
}
