//! The CSV files: one row per scope, per row of time, per group, per case figure.
//!
//! Every figure has a column `<name>` and a column `<name>_half_width`; rows of time add `_days_p10`
//! and `_days_p90` (percentiles across days). Seconds, shares of 1, hours and money stand as plain
//! numbers in the shortest form that reads back to the same bits. No observations: empty. A name that a
//! spreadsheet would take for a formula has a `'` in front.

use super::inert::inert;
use crate::figures::{Figure, Figures, GroupResult, Results, Ribbon, Row, ScopeKind, ScopeResult, Sheet};

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

fn heads(columns: &[Figure]) -> impl Iterator<Item = String> {
    columns.iter().flat_map(|figure| [figure.name().to_owned(), format!("{}_half_width", figure.name())])
}

fn cells<'a>(columns: &'a [Figure], figures: &'a Figures) -> impl Iterator<Item = String> + 'a {
    columns.iter().flat_map(|figure| {
        let estimate = figures.get(*figure);
        [number(estimate.map(|e| e.value)), number(estimate.and_then(|e| e.half_width))]
    })
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
pub(super) fn queues(results: &Results) -> Vec<u8> {
    let scopes = || scopes(results).chain(&results.follow_ups);
    let kinds = scopes().flat_map(|scope| scope.by_kind.iter().map(|kind| &kind.figures));
    let all = scopes().map(|scope| &scope.figures).chain(kinds);
    let columns = columns(Sheet::Queues, all);
    let mut sheet = Csv::new(texts(["scope", "name", "channel", "contacts"]).chain(heads(&columns)));
    for scope in scopes() {
        let channel = scope.channel.as_deref().unwrap_or("");
        let mut add = |contacts, figures| {
            let first = texts([scope_word(scope.kind), &scope.name, channel, contacts]);
            sheet.row(first.chain(cells(&columns, figures)));
        };
        add("all", &scope.figures);
        for kind in &scope.by_kind {
            add(kind.kind, &kind.figures);
        }
    }
    sheet.bytes()
}

/// `groups.csv`: a row per group and one for all.
pub(super) fn groups_sheet(results: &Results) -> Vec<u8> {
    let all = groups(results).map(|group| &group.figures);
    let columns = columns(Sheet::Groups, all);
    let mut sheet = Csv::new(texts(["scope", "name", "site"]).chain(heads(&columns)));
    for (i, group) in groups(results).enumerate() {
        let scope = if i < results.groups.len() { "group" } else { "total" };
        let first = texts([scope, &group.name, group.site.as_deref().unwrap_or("")]);
        sheet.row(first.chain(cells(&columns, &group.figures)));
    }
    sheet.bytes()
}

/// `intervals.csv`: a row per queue, the total and group for every interval, then for every day.
pub(super) fn intervals(results: &Results) -> Vec<u8> {
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

    let first = texts(["scope", "name", "rows", "label", "start_seconds", "length_seconds"]);
    let last =
        ribbons.iter().flat_map(|f| [format!("{}_days_p10", f.name()), format!("{}_days_p90", f.name())]);
    let mut sheet = Csv::new(first.chain(heads(&columns)).chain(last));
    for (scope, name, length, rows) in &blocks {
        for row in *rows {
            let times = [row.start.seconds().to_string(), row.length.seconds().to_string()];
            let fields = texts([scope, name, length, &row.label]).chain(times);
            sheet.row(fields.chain(cells(&columns, &row.figures)).chain(percentiles(&ribbons, row)));
        }
    }
    sheet.bytes()
}

/// `backlog.csv`: a row per deferred queue, interval and age band: what is open at the interval's end.
/// `None` where no work is deferred.
pub(super) fn backlog(results: &Results) -> Option<Vec<u8>> {
    let with = || results.queues.iter().filter_map(|queue| Some((queue, queue.backlog.as_ref()?)));
    with().next()?;
    let head = ["name", "label", "start_seconds", "length_seconds", "age", "backlog", "backlog_half_width"];
    let mut sheet = Csv::new(texts(head));
    for (queue, backlog) in with() {
        for (row, by_age) in queue.rows.iter().zip(&backlog.rows) {
            let times = [row.start.seconds().to_string(), row.length.seconds().to_string()];
            for (band, open) in backlog.bands.iter().zip(by_age) {
                let values = [open.value.to_string(), number(open.half_width)];
                let first = texts([&queue.name, &row.label]).chain(times.clone());
                sheet.row(first.chain([band.clone()]).chain(values));
            }
        }
    }
    Some(sheet.bytes())
}

fn percentiles<'a>(columns: &'a [Figure], row: &'a Row) -> impl Iterator<Item = String> + 'a {
    columns.iter().flat_map(|figure| {
        let ribbon: Option<Ribbon> = row.ribbons.iter().find(|(f, _)| f == figure).map(|(_, r)| *r);
        [number(ribbon.map(|r| r.p10)), number(ribbon.map(|r| r.p90))]
    })
}

/// `cases.csv`, in long form: the case figures of queues and the total, shares solved and lost by
/// a time since the opening, and why cases were lost.
pub(super) fn cases(results: &Results) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["scope", "name", "measure", "reason", "seconds", "value", "half_width"]));
    for scope in scopes(results).filter(|scope| scope.kind != ScopeKind::Channel) {
        let mut add = |measure: &str, reason: &str, seconds: Option<f64>, value: f64, half: Option<f64>| {
            let first = texts([scope_word(scope.kind), &scope.name, measure, reason]);
            sheet.row(first.chain([number(seconds), value.to_string(), number(half)]));
        };
        for (figure, estimate) in &scope.figures.0 {
            if figure.stands_in(Sheet::Cases) {
                add(figure.name(), "", None, estimate.value, estimate.half_width);
            }
        }
        for (reason, share) in &scope.outcomes.lost_why {
            add("lost_because", reason, None, *share, None);
        }
        for (seconds, share) in &scope.outcomes.solved_by {
            add("solved_by", "", Some(*seconds), *share, None);
        }
        for (seconds, share) in &scope.outcomes.lost_by {
            add("lost_by", "", Some(*seconds), *share, None);
        }
    }
    sheet.bytes()
}
