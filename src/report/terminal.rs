//! The tables that a manager reads in the terminal.

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::figures::{Figure, Figures, Results, ScopeKind, ScopeResult, TargetResult, Verdict};
use crate::model::ChannelKind;

use super::journeys;
use super::mixed;
use super::wording::{ABSENT, amount, percent, promise, shortened, wrapped};

/// The width that [`render`] keeps to, in characters.
pub const WIDTH: usize = 100;

/// Before what missed its target; readable without colour.
const MISSED: &str = "✗ ";

/// Before what neither keeps nor misses its target for sure.
const UNDECIDED: &str = "? ";

/// A column: its head and its figures, the first present of which is shown.
type Column = (&'static str, &'static [Figure]);

/// In reading order.
const QUEUE_COLUMNS: &[Column] = &[
    ("Offered", &[Figure::Offered]),
    ("Service\nlevel", &[Figure::ServiceLevel]),
    ("Mean\nwait", &[Figure::Wait]),
    ("ASA", &[Figure::WaitAnswered]),
    ("Wait\np90", &[Figure::WaitP90]),
    ("Aban-\ndoned", &[Figure::Abandonment]),
    ("Busy\nsignal", &[Figure::BusySignals]),
    ("AHT", &[Figure::Aht]),
    ("Resolved", &[Figure::Resolution]),
    ("FCR", &[Figure::Fcr]),
];

/// Which columns a narrow terminal loses, first to last.
const QUEUE_DROPS: &[&str] = &["Mean\nwait", "FCR", "AHT", "Wait\np90", "Resolved", "Offered"];

const GROUP_COLUMNS: &[Column] = &[
    ("On duty,\nmean", &[Figure::OnDuty]),
    ("Occupancy", &[Figure::Occupancy]),
    ("Paid hours", &[Figure::PaidHours]),
    ("Overtime", &[Figure::Overtime]),
    ("Cost", &[Figure::Cost]),
    ("At work with\n1 open", &[Figure::OneOpen]),
    ("2 open", &[Figure::TwoOpen]),
    ("3 or\nmore", &[Figure::ThreeOpen]),
];

const GROUP_DROPS: &[&str] = &["On duty,\nmean", "Overtime", "Paid hours"];

const CASE_COLUMNS: &[Column] = &[
    ("Cases", &[Figure::Cases]),
    ("Solved first", &[Figure::CasesSolvedFirst]),
    ("Solved later", &[Figure::CasesSolvedLater]),
    ("FCR", &[Figure::Fcr]),
    ("Contained", &[Figure::CasesContained]),
    ("Lost", &[Figure::CasesLost]),
    ("Open", &[Figure::CasesOpen]),
    ("Contacts\nper case", &[Figure::ContactsPerCase]),
    ("Solved\nin time", &[Figure::ResolvedInTime]),
];

const CASE_DROPS: &[&str] = &["FCR", "Contacts\nper case", "Solved\nin time", "Open"];

/// Of chats, messages and deferred work.
const RESPONSE_COLUMNS: &[Column] = &[
    ("Mean\nresponse", &[Figure::Response]),
    ("Median", &[Figure::ResponseP50]),
    ("p90", &[Figure::ResponseP90]),
    ("In time", &[Figure::ResponseWithin]),
    ("Later\nresponses", &[Figure::LaterResponse]),
    ("Effort", &[Figure::Effort]),
    ("Backlog", &[Figure::Backlog]),
    ("Wrote\nagain", &[Figure::Chased]),
    ("Inter-\nrupted", &[Figure::Interrupted]),
    ("Parked", &[Figure::Parked]),
    ("Silent", &[Figure::Silent]),
];

const RESPONSE_DROPS: &[&str] = &["Silent", "Parked", "Inter-\nrupted", "Wrote\nagain", "Median", "Effort"];

const SESSION_COLUMNS: &[Column] = &[
    ("Sessions", &[Figure::Sessions]),
    ("Contained,\nas reported", &[Figure::Containment]),
    ("Contained\nfor good", &[Figure::TrueContainment]),
    ("Hung up", &[Figure::HungUp]),
];

const CALLBACK_COLUMNS: &[Column] = &[
    ("Offered", &[Figure::CallbacksOffered]),
    ("Accepted", &[Figure::Callbacks]),
    ("Done", &[Figure::CallbacksDone]),
    ("Called\nback after", &[Figure::CallbackDelay]),
    ("Not reached", &[Figure::CallbacksUnreached]),
];

const FOLLOW_UP_COLUMNS: &[Column] = &[
    ("Started", &[Figure::FollowUps]),
    ("Done", &[Figure::FollowUpsDone]),
    ("On time", &[Figure::FollowUpsOnTime]),
    ("After", &[Figure::FollowUpDelay]),
    ("Not\nreached", &[Figure::FollowUpsUnreached]),
    ("Not\nneeded", &[Figure::FollowUpsNeedless]),
    ("By someone\nelse", &[Figure::FollowUpsReassigned]),
    ("Solved\na case", &[Figure::FollowUpsSolved]),
    ("AHT", &[Figure::Aht]),
];

const FOLLOW_UP_DROPS: &[&str] = &["AHT", "By someone\nelse", "Not\nneeded"];

/// One line of a table before it is laid out.
struct Line<'a> {
    name: &'a str,
    under: String,
    figures: &'a Figures,
    targets: &'a [TargetResult],
}

/// The tables of a run, [`WIDTH`] characters wide: queues, channels and the total with their
/// promises, groups, cases, and what to know about the numbers.
#[must_use]
pub fn render(results: &Results) -> String {
    render_within(results, WIDTH)
}

/// As [`render`], for a terminal of another width: narrow ones lose columns, then ends of names,
/// but never a digit.
#[must_use]
pub fn render_within(results: &Results, width: usize) -> String {
    let results = &*mixed::readable(results);
    let mut blocks = Vec::new();
    let scopes: Vec<&ScopeResult> = scopes(results).collect();
    let lines: Vec<Line<'_>> = scopes
        .iter()
        .map(|scope| Line {
            name: &scope.name,
            under: match scope.kind {
                ScopeKind::Channel => "channel".to_owned(),
                _ => scope.targets.iter().map(promise).collect::<Vec<_>>().join("\n"),
            },
            figures: &scope.figures,
            targets: &scope.targets,
        })
        .collect();
    blocks.push(table("Queue", QUEUE_COLUMNS, QUEUE_DROPS, &lines, results.queues.len(), width));

    let apart: Vec<Line<'_>> = off_the_line(results).map(plain_line).collect();
    if !apart.is_empty() {
        blocks.push(table("Queue", RESPONSE_COLUMNS, RESPONSE_DROPS, &apart, apart.len(), width));
    }
    for (head, sign, columns) in [
        ("Self-service of", Figure::Sessions, SESSION_COLUMNS),
        ("Callbacks of", Figure::CallbacksOffered, CALLBACK_COLUMNS),
    ] {
        blocks.extend(passages(results, head, sign, columns, width));
    }
    let follow_ups: Vec<Line<'_>> =
        results.follow_ups.iter().map(|follow_up| plain_line(follow_up)).collect();
    if !follow_ups.is_empty() {
        let (columns, drops) = (FOLLOW_UP_COLUMNS, FOLLOW_UP_DROPS);
        blocks.push(table("Follow-up", columns, drops, &follow_ups, follow_ups.len(), width));
    }

    let groups: Vec<Line<'_>> = results
        .groups
        .iter()
        .chain((results.groups.len() > 1).then_some(&results.all_groups))
        .filter(|group| !group.figures.0.is_empty())
        .map(|group| Line {
            name: &group.name,
            under: group.site.clone().unwrap_or_default(),
            figures: &group.figures,
            targets: &[],
        })
        .collect();
    if !groups.is_empty() {
        blocks.push(table("Group", GROUP_COLUMNS, GROUP_DROPS, &groups, results.groups.len(), width));
    }

    let with_cases = |scope: &&&ScopeResult| {
        scope.kind != ScopeKind::Channel && scope.figures.get(Figure::Cases).is_some()
    };
    let cases: Vec<Line<'_>> = scopes
        .iter()
        .filter(with_cases)
        .map(|scope| Line {
            name: &scope.name,
            under: String::new(),
            figures: &scope.figures,
            targets: &scope.targets,
        })
        .collect();
    if !cases.is_empty() {
        blocks.push(table("Cases of", CASE_COLUMNS, CASE_DROPS, &cases, results.queues.len(), width));
    }
    blocks.push(legend(results, width));
    let mut text = blocks.join("\n");
    text.push('\n');
    text
}

/// What to know about the numbers; where targets count opening hours, which clock the columns go by.
pub(super) fn notes(results: &Results) -> Vec<String> {
    let by_opening = |scope: &ScopeResult| scope.targets.iter().any(|target| target.open_hours);
    let clock = results.queues.iter().any(by_opening).then(|| {
        "waits and responses are by the clock, nights included; only the targets and shares in time \"of opening \
         hours\" leave closed hours out"
            .to_owned()
    });
    results.notes.iter().cloned().chain(clock).collect()
}

fn plain_line(scope: &ScopeResult) -> Line<'_> {
    Line { name: &scope.name, under: String::new(), figures: &scope.figures, targets: &[] }
}

/// The table of the queues of which `sign` was counted, and of the total where there are several.
fn passages(results: &Results, head: &str, sign: Figure, columns: &[Column], width: usize) -> Option<String> {
    let mut lines = with_sign(results, sign).map(plain_line).collect::<Vec<_>>();
    let own = lines.len();
    lines.extend((own > 1).then(|| plain_line(&results.total)));
    (own > 0).then(|| table(head, columns, &[], &lines, own, width))
}

/// The queues of chats, messages and deferred work.
pub(super) fn off_the_line(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    results.queues.iter().filter(|queue| queue.travels.is_some_and(|kind| kind != ChannelKind::Voice))
}

/// The queues for which a figure has a value.
pub(super) fn with_sign(results: &Results, sign: Figure) -> impl Iterator<Item = &ScopeResult> {
    results.queues.iter().filter(move |queue| queue.figures.get(sign).is_some())
}

/// Queues, then channels where there is more than one, then the total where it says more than the
/// only queue does.
pub(super) fn scopes(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    let channels = if results.channels.len() > 1 { results.channels.as_slice() } else { &[] };
    let total = (results.queues.len() != 1).then_some(&results.total);
    results.queues.iter().chain(channels).chain(total)
}

/// The widest form of a table that fits. `own` rows stand above the line that sums are below.
fn table(
    head: &str,
    columns: &[Column],
    drops: &[&str],
    lines: &[Line<'_>],
    own: usize,
    width: usize,
) -> String {
    let occurs =
        |column: &Column| lines.iter().any(|line| column.1.iter().any(|f| line.figures.get(*f).is_some()));
    let mut columns: Vec<Column> = columns.iter().copied().filter(occurs).collect();
    let mut drops = drops.iter();
    let mut name_width = 24;
    loop {
        let text = laid_out(head, &columns, lines, own, name_width);
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        if widest <= width {
            return text;
        }
        if let Some(drop) = drops.next() {
            columns.retain(|(name, _)| name != drop);
        } else if name_width > 8 {
            name_width -= 4;
        } else {
            return text;
        }
    }
}

fn laid_out(head: &str, columns: &[Column], lines: &[Line<'_>], own: usize, name_width: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    let heads = columns.iter().map(|(name, _)| Cell::new(name).set_alignment(CellAlignment::Right));
    table.set_header(std::iter::once(Cell::new(head)).chain(heads));
    for line in lines {
        let mut name = shortened(line.name, name_width);
        for (index, under) in
            line.under.lines().flat_map(|under| wrapped(under, name_width).into_iter().enumerate())
        {
            name.push_str(if index == 0 { "\n  " } else { "\n    " });
            name.push_str(&under);
        }
        let cells = columns.iter().map(|(_, figures)| {
            let text =
                figures.iter().find(|f| line.figures.get(**f).is_some()).map(|f| figure_cell(line, *f));
            Cell::new(text.unwrap_or_else(|| ABSENT.to_owned())).set_alignment(CellAlignment::Right)
        });
        table.add_row(std::iter::once(Cell::new(name)).chain(cells));
    }
    ruled(&table.trim_fmt(), lines, own)
}

/// Keeps only the lines between rows that separate: sums from what they sum.
fn ruled(text: &str, lines: &[Line<'_>], own: usize) -> String {
    let is_rule = |line: &str| line.starts_with('─');
    let mut row = 0;
    let mut kept = Vec::new();
    for line in text.lines() {
        if !is_rule(line) {
            kept.push(line);
            continue;
        }
        // The first rule is above the head and the last below the table; the rest follow a row.
        if row == 0 || row == lines.len() + 1 || row == own {
            kept.push(line);
        }
        row += 1;
    }
    kept.join("\n") + "\n"
}

/// The value and, below it, its half-width; marked where it does not keep its target.
fn figure_cell(line: &Line<'_>, figure: Figure) -> String {
    let Some(estimate) = line.figures.get(figure) else { return ABSENT.to_owned() };
    let target = line.targets.iter().find(|target| target.figure == figure);
    let amount = amount(figure.unit(), estimate);
    let mark = match target.and_then(|target| target.verdict(line.figures)) {
        Some(Verdict::Missed) => MISSED,
        Some(Verdict::Undecided) => UNDECIDED,
        Some(Verdict::Kept) | None => "",
    };
    match amount.half_width {
        Some(half_width) => format!("{mark}{}\n± {half_width}", amount.value),
        None => format!("{mark}{}", amount.value),
    }
}

/// What the marks mean, what the numbers rest on, and the notes.
fn legend(results: &Results, width: usize) -> String {
    let mut text = String::new();
    let has = |verdict: Verdict| {
        scopes(results)
            .any(|scope| scope.targets.iter().any(|target| target.verdict(&scope.figures) == Some(verdict)))
    };
    if has(Verdict::Missed) {
        text.push_str("✗ target missed. ");
    }
    if has(Verdict::Undecided) {
        text.push_str("? not decided: the interval covers the target, or there is none. ");
    }
    if results.replications > 1 {
        text.push_str(&format!(
            "± half-width of the {} confidence interval of the mean.",
            percent(results.confidence)
        ));
    }
    let plural = if results.replications == 1 { "" } else { "s" };
    text.push_str(&format!("\n{} replication{plural}, seed {}.", results.replications, results.seed));
    if results.replications < results.asked {
        text.push_str(&format!(" Interrupted: {} were asked for.", results.asked));
    }
    for note in notes(results) {
        text.push('\n');
        text.push_str(&wrapped(&format!("Note: {note}"), width).join("\n"));
    }
    if let Some(journey) = journeys::pointer(results, width) {
        text.push('\n');
        text.push_str(&journey);
    }
    text.trim_start().to_owned()
}
