//! The tables of a run's files: one row per scope, per row of time, per group, per case figure.
//!
//! Every figure has a column `<name>` and a column `<name>_half_width`; rows of time add `_days_p10`
//! and `_days_p90` (percentiles across days). Seconds, shares of 1, hours and money stand as plain
//! numbers in the shortest form that reads back to the same bits. No observations: empty. A name that a
//! spreadsheet would take for a formula has a `'` in front. A workbook has the same tables, a sheet each.

use super::cell::{Cell, FileTable, Form, Head, Sink, When};
use super::inert::inert;
use super::journeys;
use crate::figures::{
    Figure, Figures, GroupResult, Results, Ribbon, Row, ScopeKind, ScopeResult, Sheet, Unit,
};
use crate::units::{Span, Weekday};

/// The tables of a run's folder, by the names of their files. What a table has nothing to say of has no file.
pub(super) const FILES: &[FileTable<Results>] = &[
    FileTable("queues.csv", queues),
    FileTable("intervals.csv", intervals),
    FileTable("groups.csv", groups_sheet),
    FileTable("cases.csv", cases),
    FileTable("journeys.csv", journeys::table),
    FileTable("backlog.csv", backlog),
];

/// A table under construction; all writing is to memory.
pub(super) struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    pub(super) fn new(head: impl IntoIterator<Item = String>) -> Csv {
        let mut sheet = Csv(csv::Writer::from_writer(Vec::new()));
        sheet.row(head);
        sheet
    }

    /// To be written behind what has a head.
    pub(super) fn headless() -> Csv {
        Csv(csv::Writer::from_writer(Vec::new()))
    }

    pub(super) fn row(&mut self, fields: impl IntoIterator<Item = String>) {
        let cells = fields.into_iter().map(|cell| inert(&cell).into_owned());
        self.0.write_record(cells).expect("rows are of one length and memory takes them");
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes what is left")
    }
}

impl Sink for Csv {
    fn head(&mut self, heads: Vec<Head>) {
        Csv::row(self, heads.into_iter().map(|head| head.name.into_owned()));
    }

    fn row(&mut self, cells: Vec<Cell<'_>>) {
        Csv::row(
            self,
            cells.into_iter().map(|cell| match cell {
                Cell::Nothing => String::new(),
                Cell::Text(text) => text.into_owned(),
                Cell::Number(value, _) => value.to_string(),
                Cell::When(when) => when.label.to_owned(),
            }),
        );
    }
}

/// The files of these tables, of those that have something to say.
pub(super) fn files<T>(tables: &[FileTable<T>], of: &T) -> Vec<(&'static str, Vec<u8>)> {
    let file = |FileTable(name, write): &FileTable<T>| {
        let mut csv = Csv::headless();
        write(of, &mut csv);
        let bytes = csv.bytes();
        (!bytes.is_empty()).then_some((*name, bytes))
    };
    tables.iter().filter_map(file).collect()
}

/// The columns that always stand in a file and any other figure that occurs, in the order of [`Figure::ALL`].
fn columns<'a>(sheet: Sheet, occurring: impl Iterator<Item = &'a Figures>) -> Vec<Figure> {
    let mut wanted: Vec<bool> = Figure::ALL.iter().map(|figure| figure.stands_in(sheet)).collect();
    for (figure, _) in occurring.flat_map(|figures| &figures.0) {
        wanted[*figure as usize] = true;
    }
    Figure::ALL.iter().copied().filter(|figure| wanted[*figure as usize]).collect()
}

pub(super) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn heads(columns: &[Figure]) -> impl Iterator<Item = Head> {
    columns
        .iter()
        .flat_map(|figure| [Head::of(figure.name()), Head::of(format!("{}_half_width", figure.name()))])
}

fn cells<'a>(columns: &[Figure], figures: &Figures) -> impl Iterator<Item = Cell<'a>> {
    columns.iter().flat_map(|figure| Cell::pair(figure.unit(), figures.get(*figure)))
}

pub(super) fn texts<const N: usize>(texts: [&str; N]) -> impl Iterator<Item = String> {
    texts.map(str::to_owned).into_iter()
}

/// What a scope is, as the files write it.
pub(super) const fn scope_word(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Queue => "queue",
        ScopeKind::Channel => "channel",
        ScopeKind::Total => "total",
        ScopeKind::FollowUp => "follow_up",
    }
}

fn scopes(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    results.queues.iter().chain(&results.channels).chain(std::iter::once(&results.total))
}

fn groups(results: &Results) -> impl Iterator<Item = &GroupResult> {
    results.groups.iter().chain(std::iter::once(&results.all_groups))
}

/// `queues.csv`: a row per scope and kind of contact (`all` for all of them), and one per follow-up.
fn queues(results: &Results, sink: &mut dyn Sink) {
    let scopes = || scopes(results).chain(&results.follow_ups);
    let kinds = scopes().flat_map(|scope| scope.by_kind.iter().map(|kind| &kind.figures));
    let all = scopes().map(|scope| &scope.figures).chain(kinds);
    let columns = columns(Sheet::Queues, all);
    let first = Head::all(["scope", "name", "channel", "contacts"]);
    sink.head(first.into_iter().chain(heads(&columns)).collect());
    for scope in scopes() {
        let channel = scope.channel.as_deref().unwrap_or("");
        let mut add = |contacts, figures| {
            let first = [scope_word(scope.kind), &scope.name, channel, contacts].map(Cell::text);
            sink.row(first.into_iter().chain(cells(&columns, figures)).collect());
        };
        add("all", &scope.figures);
        for kind in &scope.by_kind {
            add(kind.kind, &kind.figures);
        }
    }
}

/// `groups.csv`: a row per group and one for all.
fn groups_sheet(results: &Results, sink: &mut dyn Sink) {
    let all = groups(results).map(|group| &group.figures);
    let columns = columns(Sheet::Groups, all);
    sink.head(Head::all(["scope", "name", "site"]).into_iter().chain(heads(&columns)).collect());
    for (i, group) in groups(results).enumerate() {
        let scope = if i < results.groups.len() { "group" } else { "total" };
        let first = [scope, &group.name, group.site.as_deref().unwrap_or("")].map(Cell::text);
        sink.row(first.into_iter().chain(cells(&columns, &group.figures)).collect());
    }
}

/// `intervals.csv`: a row per queue, the total and group for every interval, then for every day.
fn intervals(results: &Results, sink: &mut dyn Sink) {
    let mut blocks: Vec<(&str, &str, &str, &[Row])> = Vec::new();
    for scope in scopes(results).filter(|scope| scope.kind != ScopeKind::Channel) {
        blocks.push((scope_word(scope.kind), &scope.name, "interval", &scope.rows));
        blocks.push((scope_word(scope.kind), &scope.name, "day", &scope.days));
    }
    for (i, group) in groups(results).enumerate() {
        let scope = if i < results.groups.len() { "group" } else { "all_groups" };
        blocks.push((scope, &group.name, "interval", &group.rows));
    }
    let rows = || blocks.iter().flat_map(|(_, _, _, rows)| rows.iter());
    let columns = columns(Sheet::Intervals, rows().map(|row| &row.figures));
    let mut ribboned = vec![false; Figure::ALL.len()];
    for (figure, _) in rows().flat_map(|row| &row.ribbons) {
        ribboned[*figure as usize] = true;
    }
    let ribbons: Vec<Figure> = columns.iter().copied().filter(|figure| ribboned[*figure as usize]).collect();

    let mut head = Head::all(["scope", "name", "rows"]);
    head.push(Head::when("label"));
    head.extend(Head::all(["start_seconds", "length_seconds"]));
    head.extend(heads(&columns));
    let percentiles_of = |figure: &Figure| ["p10", "p90"].map(|p| format!("{}_days_{p}", figure.name()));
    head.extend(ribbons.iter().flat_map(percentiles_of).map(Head::of));
    sink.head(head);
    for (scope, name, length, rows) in &blocks {
        let by_weekday = results.folded && *length == "interval";
        for row in *rows {
            let times = time(results, row, by_weekday);
            let first = [*scope, *name, *length].map(Cell::text).into_iter().chain(times);
            sink.row(first.chain(cells(&columns, &row.figures)).chain(percentiles(&ribbons, row)).collect());
        }
    }
}

/// Label, start and length of a row; of a weekday's time of day, or of the calendar.
fn time<'a>(results: &Results, row: &'a Row, by_weekday: bool) -> [Cell<'a>; 3] {
    let when = Cell::When(when(results, row, by_weekday));
    [when, Cell::seconds(row.start.seconds()), Cell::seconds(row.length.seconds())]
}

/// Date, weekday and time of day of a row, as far as it has them.
fn when<'a>(results: &Results, row: &'a Row, by_weekday: bool) -> When<'a> {
    let day = (row.start.micros() / Span::DAY.micros()) as i64;
    let date = results.calendar.date(day).filter(|_| !by_weekday);
    let weekday = if by_weekday { Weekday::ALL[day as usize % 7] } else { results.calendar.weekday(day) };
    let known = by_weekday || date.is_some();
    let of_day = Span::from_micros(row.start.micros() % Span::DAY.micros());
    When {
        label: &row.label,
        date,
        weekday: known.then(|| weekday.name()),
        time: (known && row.length < Span::DAY).then_some(of_day),
    }
}

/// `backlog.csv`: a row per deferred queue, interval and age band: what is open at the interval's end.
/// Nothing where no work is deferred.
fn backlog(results: &Results, sink: &mut dyn Sink) {
    let with = || results.queues.iter().filter_map(|queue| Some((queue, queue.backlog.as_ref()?)));
    if with().next().is_none() {
        return;
    }
    let mut head = vec![Head::of("name"), Head::when("label")];
    head.extend(Head::all(["start_seconds", "length_seconds", "age", "backlog", "backlog_half_width"]));
    sink.head(head);
    for (queue, backlog) in with() {
        for (row, by_age) in queue.rows.iter().zip(&backlog.rows) {
            for (band, open) in backlog.bands.iter().zip(by_age) {
                let mut cells = vec![Cell::text(queue.name.as_str())];
                cells.extend(time(results, row, results.folded));
                cells.push(Cell::text(band.as_str()));
                cells.extend(Cell::pair(Unit::Count, Some(*open)));
                sink.row(cells);
            }
        }
    }
}

fn percentiles<'a>(columns: &[Figure], row: &Row) -> impl Iterator<Item = Cell<'a>> {
    columns.iter().flat_map(|figure| {
        let ribbon: Option<Ribbon> = row.ribbons.iter().find(|(f, _)| f == figure).map(|(_, r)| *r);
        let form = Form::Value(figure.unit());
        [Cell::number(ribbon.map(|r| r.p10), form), Cell::number(ribbon.map(|r| r.p90), form)]
    })
}

/// `cases.csv`, in long form: the case figures of queues and the total, shares solved and lost by
/// a time since the opening, and why cases were lost.
fn cases(results: &Results, sink: &mut dyn Sink) {
    sink.head(Head::all(["scope", "name", "measure", "reason", "seconds", "value", "half_width"]));
    for scope in scopes(results).filter(|scope| scope.kind != ScopeKind::Channel) {
        let mut add = |measure: &str, reason: &str, seconds: Option<f64>, [value, half]: [Cell<'_>; 2]| {
            let first = [scope_word(scope.kind), &scope.name, measure, reason].map(Cell::text);
            let seconds = seconds.map_or(Cell::Nothing, Cell::seconds);
            sink.row(first.into_iter().chain([seconds, value, half]).collect());
        };
        let share = |share: f64| [Cell::Number(share, Form::Value(Unit::Share)), Cell::Nothing];
        for (figure, estimate) in &scope.figures.0 {
            if figure.stands_in(Sheet::Cases) {
                add(figure.name(), "", None, Cell::pair(figure.unit(), Some(*estimate)));
            }
        }
        for (reason, lost) in &scope.outcomes.lost_why {
            add("lost_because", reason, None, share(*lost));
        }
        for (seconds, solved) in &scope.outcomes.solved_by {
            add("solved_by", "", Some(*seconds), share(*solved));
        }
        for (seconds, lost) in &scope.outcomes.lost_by {
            add("lost_by", "", Some(*seconds), share(*lost));
        }
    }
}
