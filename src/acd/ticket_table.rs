//! A table of tickets: a row for each, or a row for each of its events.

use crate::tables::{self, Row, Sheet, Source, Unit, is_gap, names_another_unit, number};

use super::column::OF_TICKETS;
use super::fault::Fault;
use super::heading::{self, Taken};
use super::report::{length, unit_named};
use super::ticket::Tickets;
use super::ticket_cells::{MOST_FAULTS, Read, Written, settle};
use super::ticket_events::{self, Event, TicketWords};
use super::ticket_json;
use super::{Asked, Column, Faults};

impl Tickets {
    /// Reads an export of tickets: JSON as Intercom and Zendesk deliver it, else a table with a row for each ticket, or for
    /// each of its events.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(
        name: &str,
        source: Source<'_>,
        asked: &Asked,
        words: &TicketWords,
    ) -> Result<Tickets, Faults> {
        if let Some(preset) = asked.from.filter(|preset| !preset.writes_tickets()) {
            return Err(Faults::one(
                format!(
                    "`--from {}` names a system whose reports are of intervals, and {name} is read as tickets",
                    preset.word()
                ),
                "leave `--from` out, and name columns with `--column WHAT=HEAD`",
            ));
        }
        let failed = |error: std::io::Error| {
            Faults::one(format!("{name} cannot be read: {error}"), "is the file whole?")
        };
        let begin = source.begin().map_err(failed)?;
        if ticket_json::is_one(&begin) {
            return ticket_json::read(name, &source.whole().map_err(failed)?, asked);
        }
        of_table(name, source, asked, words)
    }

    /// Whether a file that begins so is an export of tickets that needs no word about it.
    #[must_use]
    pub fn is_known_export(begin: &[u8]) -> bool {
        let head = String::from_utf8_lossy(&begin[..begin.len().min(4096)]).to_lowercase();
        let head = head.lines().next().unwrap_or("");
        let zendesk = head.contains("first reply time in minutes") && head.contains("created at");
        zendesk || ticket_json::is_known(begin)
    }
}

/// Where the columns stand.
struct Places<'t> {
    taken: &'t [Taken],
    conditions: Vec<(usize, &'t str)>,
}

impl Places<'_> {
    fn has(&self, column: Column) -> bool {
        self.taken.iter().any(|one| one.column == column)
    }

    fn head(&self, column: Column) -> &str {
        self.taken.iter().find(|one| one.column == column).map_or("", |one| one.head.as_str())
    }

    fn cell<'r>(&self, row: &Row<'r>, column: Column) -> Option<&'r str> {
        let place = self.taken.iter().find(|one| one.column == column)?.place;
        Some(row.cell(place)).filter(|cell| !is_gap(cell))
    }

    fn counts(&self, row: &Row<'_>) -> bool {
        self.conditions.iter().all(|(place, text)| row.cell(*place) == *text)
    }

    fn text(&self, row: &Row<'_>, column: Column) -> Option<String> {
        self.cell(row, column).map(str::to_owned)
    }

    /// Many exports have the team that works a ticket off in place of a queue.
    fn queue(&self, row: &Row<'_>) -> Option<String> {
        self.text(row, Column::Queue).or_else(|| self.text(row, Column::Team))
    }
}

fn of_table(name: &str, source: Source<'_>, asked: &Asked, words: &TicketWords) -> Result<Tickets, Faults> {
    let sheet = heading::sheet(name, source, asked, OF_TICKETS)?;
    let mut taken = heading::taken(&sheet.head, asked, OF_TICKETS, name).map_err(Faults)?;
    let has = |column: Column| taken.iter().any(|one| one.column == column);
    let events = !has(Column::Created) && [Column::Ticket, Column::Event, Column::Time].into_iter().all(has);
    if !events && !has(Column::Created) {
        let shown: Vec<String> = sheet.head.iter().take(12).map(|head| format!("`{head}`")).collect();
        return Err(Faults::one(
            format!("{name} has no column that tells when a ticket was created"),
            format!(
                "name it: `--column created=HEAD`; of a log of events `--column ticket=HEAD`, `--column event=HEAD` and \
                 `--column time=HEAD`; its columns are {}",
                shown.join(", ")
            ),
        ));
    }
    let useless = |column: Column| match column {
        Column::Event | Column::Time => !events,
        Column::FirstReply | Column::FirstReplyTime | Column::Solved | Column::Reopens => events,
        _ => false,
    };
    taken.retain(|one| !useless(one.column));
    if has_both(&taken, Column::FirstReply, Column::FirstReplyTime) {
        taken.retain(|one| one.column != Column::FirstReplyTime);
    }
    if has_both(&taken, Column::Queue, Column::Team) {
        taken.retain(|one| one.column != Column::Team);
    }
    let mut places = Places { taken: &taken, conditions: Vec::new() };
    for (head, text) in &asked.conditions {
        places.conditions.push((heading::place(&sheet.head, head, name)?, text));
    }
    let notes = sheet.notes.clone();
    if events {
        let rows = event_rows(&sheet, &places, name)?;
        return ticket_events::settle(rows, words, name, asked, taken.clone(), notes);
    }
    let written = ticket_rows(&sheet, &places, asked, name)?;
    let replies = places.has(Column::FirstReply) || places.has(Column::FirstReplyTime);
    settle(written, Read { name, asked, taken: taken.clone(), notes, replies })
}

fn has_both(taken: &[Taken], one: Column, other: Column) -> bool {
    let has = |column: Column| taken.iter().any(|taken| taken.column == column);
    has(one) && has(other)
}

/// Each row that counts.
fn each(
    sheet: &Sheet<'_>,
    places: &Places<'_>,
    name: &str,
    mut visit: impl FnMut(&Row<'_>),
) -> Result<(), Faults> {
    let read = sheet.each(|row| {
        if places.counts(&row) {
            visit(&row);
        }
        Ok(())
    });
    read.map_err(|reason| {
        Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line")
    })
}

fn event_rows(sheet: &Sheet<'_>, places: &Places<'_>, name: &str) -> Result<Vec<Event>, Faults> {
    let mut rows = Vec::new();
    each(sheet, places, name, |row| {
        let text = |column| places.text(row, column);
        if let (Some(ticket), Some(event), Some(time)) =
            (text(Column::Ticket), text(Column::Event), text(Column::Time))
        {
            let queue = places.queue(row);
            rows.push(Event { line: row.line, ticket, event, time, queue, agent: text(Column::Agent) });
        }
    })?;
    Ok(rows)
}

fn ticket_rows(
    sheet: &Sheet<'_>,
    places: &Places<'_>,
    asked: &Asked,
    name: &str,
) -> Result<Vec<Written>, Faults> {
    let mut lengths = Vec::new();
    each(sheet, places, name, |row| {
        let cell = places.cell(row, Column::FirstReplyTime).filter(|cell| !cell.contains(':'));
        lengths.extend(cell.map(str::to_owned));
    })?;
    let decided = || tables::decimal(lengths.iter().map(String::as_str), sheet.habit);
    let head = places.head(Column::FirstReplyTime);
    let decimal = asked.decimal.map_or_else(decided, Ok).map_err(|question| {
        Faults::one(
            format!("the numbers of `{head}` in {name} can be read in two ways: {question}"),
            "say what stands before decimals: `--decimal .` or `--decimal ,`",
        )
    })?;
    let unit = asked.unit.or(names_another_unit(head).and_then(unit_named)).unwrap_or(Unit::Seconds);
    let (mut written, mut faults, mut empty) = (Vec::new(), Vec::new(), None);
    each(sheet, places, name, |row| {
        let Some(created) = places.text(row, Column::Created) else {
            empty.get_or_insert(row.line);
            return;
        };
        let mut first_after = None;
        if let Some(cell) = places.cell(row, Column::FirstReplyTime) {
            match length(cell, decimal, unit) {
                Some(seconds) => first_after = Some(seconds),
                None => faults.push(Fault::new(
                    format!("line {} of {name}: `{cell}` in `{head}` is no length of time", row.line),
                    "`--column first_reply_time=HEAD` names another column, `--column first_reply_time=` that there is none",
                )),
            }
        }
        let reopened = places.cell(row, Column::Reopens).and_then(|cell| number(cell, decimal));
        written.push(Written {
            line: row.line,
            number: places.text(row, Column::Ticket),
            queue: places.queue(row),
            created,
            first: places.text(row, Column::FirstReply),
            first_after,
            solved: places.text(row, Column::Solved),
            reopened: reopened.map_or(0, |count| count.clamp(0.0, 1000.0) as u32),
            agent: places.text(row, Column::Agent),
        });
    })?;
    if let Some(line) = empty {
        let head = places.head(Column::Created);
        faults.push(Fault::new(
            format!("line {line} of {name} has nothing in `{head}`"),
            "`--column created=HEAD` names the column that tells when a ticket was created",
        ));
    }
    faults.truncate(MOST_FAULTS);
    if faults.is_empty() { Ok(written) } else { Err(Faults(faults)) }
}
