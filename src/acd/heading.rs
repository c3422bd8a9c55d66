//! Which column of a report is what.

use crate::reading::hint;
use crate::tables::{self, Missing, Sheet, Source, find};

use super::column::Cells;
use super::fault::Fault;
use super::{Asked, Column};

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it is.
    pub column: Column,
    /// Its head in the file.
    pub head: String,
    /// Where it stands.
    pub(super) place: usize,
}

/// A head as names are compared: small letters and digits, without brackets, percent signs and units.
pub(super) fn plain(head: &str) -> String {
    let mut depth = 0;
    let outside: String = head
        .chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '(' | '['));
            let inside = depth > 0;
            depth -= i32::from(matches!(c, ')' | ']'));
            !inside
        })
        .collect();
    let lower = outside.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let unit = |word: &&str| {
        matches!(
            *word,
            "s" | "sec" | "secs" | "second" | "seconds" | "min" | "mins" | "minutes" | "ms" | "hms"
        )
    };
    // A head that is nothing but a unit keeps it.
    let end = words.iter().rposition(|word| !unit(word)).map_or(words.len(), |last| last + 1);
    words[..end].concat()
}

/// The seconds that a head speaks of, as in `Answered within 20s` or `Service level 60 seconds`.
#[must_use]
pub fn threshold(head: &str) -> Option<f64> {
    let lower = head.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.iter().enumerate().find_map(|(at, part)| {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, unit) = part.split_at(digits);
        let unit = if unit.is_empty() { parts.get(at + 1).copied().unwrap_or("") } else { unit };
        let times = match unit {
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            _ => return None,
        };
        number.parse::<f64>().ok().map(|number| number * times)
    })
}

/// A head without the time that it speaks of: `answered within 20s` is `answered within`.
fn without_threshold(head: &str) -> String {
    let timed = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    let lower = head.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !timed(word)).collect();
    plain(&words.join(" "))
}

/// Opens a table whose head has such columns, to be read row by row.
pub(super) fn sheet<'s>(
    name: &str,
    source: Source<'s>,
    asked: &Asked,
    of: &[Column],
) -> Result<Sheet<'s>, Fault> {
    let names = names(asked, of);
    let columns: Vec<&str> = names.iter().map(String::as_str).collect();
    let wanted = tables::Asked { columns: &columns, headless: false, sheet: asked.sheet.as_deref() };
    Sheet::of(source, &wanted).map_err(|refused| Fault {
        title: format!("{name} is not a table that can be read: {}", refused.reason),
        hint: refused.help,
    })
}

/// Every name that the head of a report may have, to find it by.
pub(super) fn names(asked: &Asked, columns: &[Column]) -> Vec<String> {
    let given = asked.columns.iter().map(|(_, head)| head.clone());
    let conditions = asked.conditions.iter().map(|(head, _)| head.clone());
    let vendors = asked.from.iter().flat_map(|preset| preset.heads()).map(|(_, head)| (*head).to_owned());
    let generic = columns.iter().flat_map(|column| column.aliases()).map(|alias| (*alias).to_owned());
    given.chain(conditions).chain(vendors).chain(generic).collect()
}

/// What each column of a head is, of those that a file of this kind can have; `file` for messages.
pub(super) fn taken(
    head: &[String],
    asked: &Asked,
    columns: &[Column],
    file: &str,
) -> Result<Vec<Taken>, Vec<Fault>> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut faults = Vec::new();
    for (column, name) in &asked.columns {
        // `--column asa=` says that there is none.
        if name.is_empty() {
            continue;
        }
        if !columns.contains(column) {
            let known = columns.iter().map(|known| known.word()).collect::<Vec<_>>().join(", ");
            let title = format!("`{}` is no column of such a file", column.word());
            faults.push(Fault::new(title, format!("it can have {known}")));
            continue;
        }
        match place(head, name, file) {
            Ok(place) => taken.push(Taken { column: *column, head: head[place].clone(), place }),
            Err(fault) => faults.push(fault),
        }
    }
    let said = |column: Column| asked.columns.iter().any(|(known, _)| *known == column);
    for (column, name) in asked.from.iter().flat_map(|preset| preset.heads()) {
        let free = |taken: &[Taken], place: usize| taken.iter().all(|one| one.place != place);
        let known = taken.iter().any(|one| one.column == *column);
        if let Some(place) = like(head, name).filter(|place| !known && !said(*column) && free(&taken, *place))
        {
            taken.push(Taken { column: *column, head: head[place].clone(), place });
        }
    }
    for &column in columns {
        if said(column) || taken.iter().any(|one| one.column == column) {
            continue;
        }
        let free: Vec<usize> =
            (0..head.len()).filter(|place| taken.iter().all(|one| one.place != *place)).collect();
        let mut found = Vec::new();
        let plainly = column.aliases().iter().map(|alias| (*alias, false));
        let timed = column.timed_aliases().iter().map(|alias| (*alias, true));
        for (alias, timed) in timed.chain(plainly) {
            let fits = |place: &usize| {
                let shown = &head[*place];
                let share = shown.contains('%') || shown.to_lowercase().contains("percent");
                // `Abandon %` is no number of contacts, and `Service level %` no time.
                let kind = !share || !matches!(column.cells(), Cells::Counts | Cells::Times);
                let named = if timed {
                    threshold(shown).is_some() && without_threshold(shown) == alias
                } else {
                    plain(shown) == alias
                };
                kind && named
            };
            found = free.iter().copied().filter(fits).collect();
            if !found.is_empty() {
                break;
            }
        }
        match found.as_slice() {
            [] => {}
            [place] => taken.push(Taken { column, head: head[*place].clone(), place: *place }),
            [one, other, ..] => faults.push(Fault::new(
                format!(
                    "{file} has several columns that may be `{}`: `{}` and `{}`",
                    column.word(),
                    head[*one],
                    head[*other]
                ),
                format!("say which: `--column \"{}={}\"`", column.word(), head[*one]),
            )),
        }
    }
    if faults.is_empty() { Ok(taken) } else { Err(faults) }
}

/// The column that looks like a name of a vendor's documentation.
fn like(head: &[String], name: &str) -> Option<usize> {
    let wanted = plain(name);
    let share = |text: &str| text.contains('%');
    let mut fitting =
        head.iter().enumerate().filter(|(_, shown)| plain(shown) == wanted && share(shown) == share(name));
    let (place, _) = fitting.next()?;
    fitting.next().is_none().then_some(place)
}

/// The column that somebody names.
pub(super) fn place(head: &[String], name: &str, file: &str) -> Result<usize, Fault> {
    match find(head, name) {
        Ok(place) => Ok(place),
        Err(Missing::None) => {
            let known = head.iter().map(String::as_str).filter(|known| !known.is_empty());
            let hint = hint(name, known.clone().collect::<Vec<_>>());
            let all = || {
                format!(
                    "its columns are {}",
                    known.map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
                )
            };
            Err(Fault::new(format!("{file} has no column `{name}`"), hint.unwrap_or_else(all)))
        }
        Err(Missing::Twice) => Err(Fault::new(
            format!("{file} has several columns `{name}`"),
            "give each of them a name of its own, or take one away",
        )),
        Err(Missing::Alike(names)) => Err(Fault::new(
            format!("{file} has several columns `{name}`: {}", names.join(", ")),
            "write the name exactly",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::OF_REPORTS;
    use super::*;

    fn read(heads: &[&str]) -> Vec<(&'static str, String)> {
        let head: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        let taken = taken(&head, &Asked::default(), OF_REPORTS, "report.csv").expect("it is clear");
        taken.into_iter().map(|one| (one.column.word(), one.head)).collect()
    }

    #[test]
    fn heads_are_taken_for_what_they_say() {
        let found = read(&[
            "interval_start",
            "queue",
            "offered",
            "handled",
            "abandoned",
            "ivr_hangups",
            "aht_s",
            "asa_s",
            "avg_abandon_s",
            "answered_within_20s",
        ]);
        let expected = [
            ("queue", "queue"),
            ("time", "interval_start"),
            ("offered", "offered"),
            ("answered", "handled"),
            ("abandoned", "abandoned"),
            ("answered_within", "answered_within_20s"),
            ("asa", "asa_s"),
            ("abandon_time", "avg_abandon_s"),
            ("aht", "aht_s"),
        ];
        assert_eq!(found, expected.map(|(word, head)| (word, head.to_owned())));
        let found =
            read(&["Date", "Time", "Skill", "Calls", "Abandon %", "Service Level %", "Avg. Speed (sec)"]);
        let expected = [
            ("queue", "Skill"),
            ("date", "Date"),
            ("time", "Time"),
            ("offered", "Calls"),
            ("service_level", "Service Level %"),
            ("asa", "Avg. Speed (sec)"),
        ];
        assert_eq!(found, expected.map(|(word, head)| (word, head.to_owned())));
    }

    #[test]
    fn two_that_may_be_the_same_are_asked_about() {
        let head = ["Time", "Offered", "OFFERED"].map(str::to_owned);
        let faults = taken(&head, &Asked::default(), OF_REPORTS, "report.csv").expect_err("it is not clear");
        assert!(faults[0].title.contains("several columns that may be `offered`"), "{faults:?}");
    }

    #[test]
    fn a_time_in_a_head_is_found() {
        assert_eq!(threshold("answered_within_20s"), Some(20.0));
        assert_eq!(threshold("Service level 60 seconds"), Some(60.0));
        assert_eq!(threshold("Service Level %"), None);
        assert_eq!(threshold("Answered within 2 min"), Some(120.0));
    }
}
