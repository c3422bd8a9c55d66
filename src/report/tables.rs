//! The tables of a run, each declared once: its columns, its lines, and which surfaces show it. The terminal,
//! the page and the workbook render them.

use crate::figures::{Figure, Figures, Results, ScopeKind, ScopeResult, TargetResult};
use crate::model::ChannelKind;

use super::wording::target_words;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) figure: Figure,
    /// What a terminal calls it, in few letters; `None` where the terminal has no such column. The page calls it
    /// by the figure's label.
    pub(super) short: Option<&'static str>,
    pub(super) on_page: bool,
    /// Which columns a narrow terminal loses: the lowest number first.
    pub(super) dropped: Option<u8>,
}

impl Column {
    /// On the terminal, under this head, and on the page.
    pub(super) const fn new(figure: Figure, short: &'static str) -> Column {
        Column { figure, short: Some(short), on_page: true, dropped: None }
    }

    /// On the page only.
    pub(super) const fn wide(figure: Figure) -> Column {
        Column { figure, short: None, on_page: true, dropped: None }
    }

    /// Not on the page.
    const fn narrow(self) -> Column {
        Column { on_page: false, ..self }
    }

    /// A narrow terminal loses it, the lowest number first.
    pub(super) const fn dropped(self, order: u8) -> Column {
        Column { dropped: Some(order), ..self }
    }
}

/// A line of a table: what it is about, its figures and its targets.
pub(super) struct Line<'a> {
    pub(super) name: &'a str,
    /// Where it belongs: a channel or a site; `channel` for a channel itself.
    pub(super) place: &'a str,
    /// Whether it sums lines above.
    pub(super) sum: bool,
    pub(super) figures: &'a Figures,
    /// What its figures are held to.
    pub(super) targets: &'a [TargetResult],
}

/// What stands below the name of a line on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    Nothing,
    Place,
    /// Its targets; of channels that they are some. The page has a column of targets instead.
    Targets,
}

/// A table of a run.
pub(super) struct RunTable {
    /// Above it, on the page.
    pub(super) title: &'static str,
    /// What its sheet in a workbook is called.
    pub(super) sheet: &'static str,
    /// Over the names of its lines.
    pub(super) head: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) below: Below,
    pub(super) lines: fn(&Results) -> Vec<Line<'_>>,
}

/// All tables, in reading order.
pub(super) const TABLES: &[RunTable] = &[
    RunTable {
        title: "Queues and their targets",
        sheet: "Queues",
        head: "Queue",
        below: Below::Targets,
        lines: |results| scopes(results).map(Line::of).collect(),
        columns: &[
            Column::new(Figure::Offered, "Offered").dropped(6),
            Column::new(Figure::ServiceLevel, "Service\nlevel"),
            Column::new(Figure::Wait, "Mean\nwait").dropped(1),
            Column::new(Figure::WaitAnswered, "ASA"),
            Column::new(Figure::WaitP90, "Wait\np90").dropped(4),
            Column::new(Figure::Abandonment, "Aban-\ndoned"),
            Column::new(Figure::BusySignals, "Busy\nsignal"),
            Column::new(Figure::Aht, "AHT").dropped(3),
            Column::new(Figure::Resolution, "Resolved").dropped(5),
            Column::new(Figure::Fcr, "FCR").dropped(2).narrow(),
        ],
    },
    RunTable {
        title: "Chats, messages and deferred work",
        sheet: "Chats, messages, deferred",
        head: "Queue",
        below: Below::Nothing,
        lines: |results| off_the_line(results).map(Line::of).collect(),
        columns: &[
            Column::new(Figure::Response, "Mean\nresponse"),
            Column::new(Figure::ResponseP50, "Median").dropped(5),
            Column::new(Figure::ResponseP90, "p90"),
            Column::new(Figure::ResponseWithin, "In time"),
            Column::new(Figure::LaterResponse, "Later\nresponses"),
            Column::new(Figure::Effort, "Effort").dropped(6),
            Column::new(Figure::Backlog, "Backlog"),
            Column::new(Figure::Chased, "Chased").dropped(4),
            Column::new(Figure::Interrupted, "Inter-\nrupted").dropped(3),
            Column::new(Figure::Parked, "Parked").dropped(2),
            Column::new(Figure::Silent, "Silent").dropped(1),
            Column::wide(Figure::Escalated),
        ],
    },
    RunTable {
        title: "Self-service",
        sheet: "Self-service",
        head: "Self-service of",
        below: Below::Nothing,
        lines: |results| with_total(results, Figure::Sessions),
        columns: &[
            Column::new(Figure::Sessions, "Sessions"),
            Column::new(Figure::Containment, "Contained,\nas reported"),
            Column::new(Figure::TrueContainment, "Contained\nfor good"),
            Column::new(Figure::HungUp, "Hung up"),
        ],
    },
    RunTable {
        title: "Callbacks",
        sheet: "Callbacks",
        head: "Callbacks of",
        below: Below::Nothing,
        lines: |results| with_total(results, Figure::CallbacksOffered),
        columns: &[
            Column::new(Figure::CallbacksOffered, "Offered"),
            Column::new(Figure::Callbacks, "Accepted"),
            Column::new(Figure::CallbacksDone, "Done"),
            Column::new(Figure::CallbackDelay, "Called\nback after"),
            Column::new(Figure::CallbacksUnreached, "Not reached"),
        ],
    },
    RunTable {
        title: "Follow-ups",
        sheet: "Follow-ups",
        head: "Follow-up",
        below: Below::Nothing,
        lines: |results| results.follow_ups.iter().map(Line::of).collect(),
        columns: &[
            Column::new(Figure::FollowUps, "Started"),
            Column::new(Figure::FollowUpsDone, "Done"),
            Column::new(Figure::FollowUpsOnTime, "On time"),
            Column::new(Figure::FollowUpDelay, "After"),
            Column::new(Figure::FollowUpsUnreached, "Not\nreached"),
            Column::new(Figure::FollowUpsNeedless, "Not\nneeded").dropped(3),
            Column::new(Figure::FollowUpsReassigned, "By someone\nelse").dropped(2),
            Column::new(Figure::FollowUpsSolved, "Solved\na case"),
            Column::new(Figure::Aht, "AHT").dropped(1),
        ],
    },
    RunTable {
        title: "Groups",
        sheet: "Groups",
        head: "Group",
        below: Below::Place,
        lines: groups,
        columns: &[
            Column::wide(Figure::Scheduled),
            Column::new(Figure::OnDuty, "On duty,\nmean").dropped(1),
            Column::new(Figure::Occupancy, "Occupancy"),
            Column::wide(Figure::Shrinkage),
            Column::new(Figure::PaidHours, "Paid hours").dropped(3),
            Column::new(Figure::Fte, "FTE").dropped(4),
            Column::new(Figure::Overtime, "Overtime").dropped(2),
            Column::wide(Figure::Premiums),
            Column::new(Figure::Cost, "Cost"),
            Column::new(Figure::OneOpen, "At work with\n1 open"),
            Column::new(Figure::TwoOpen, "2 open"),
            Column::new(Figure::ThreeOpen, "3 or\nmore"),
        ],
    },
    RunTable {
        title: "What waiting costs",
        sheet: "Cost of waiting",
        head: "Queue",
        below: Below::Nothing,
        lines: |results| {
            with_sign(results, Figure::WaitingCost).chain(costs_of_all(results)).map(Line::of).collect()
        },
        columns: &[
            Column::new(Figure::QueueLength, "Waiting,\nmean").dropped(1),
            Column::new(Figure::Abandonment, "Aban-\ndoned").dropped(2),
            Column::new(Figure::WaitingCost, "Cost of\nwaiting"),
            Column::new(Figure::CostWithWaiting, "Cost, pay\nincluded"),
        ],
    },
    RunTable {
        title: "Cases",
        sheet: "Cases",
        head: CASES,
        below: Below::Nothing,
        lines: cases,
        columns: &[
            Column::new(Figure::Cases, "Cases"),
            Column::new(Figure::CasesSolvedFirst, "Solved first"),
            Column::new(Figure::CasesSolvedLater, "Solved later"),
            Column::new(Figure::CasesContained, "Contained"),
            Column::new(Figure::CasesLost, "Lost"),
            Column::new(Figure::CasesOpen, "Open").dropped(4),
            Column::new(Figure::Fcr, "FCR").dropped(1),
            Column::wide(Figure::Ocr),
            Column::new(Figure::ResolvedInTime, "Solved\nin time").dropped(3),
            Column::new(Figure::ContactsPerCase, "Contacts\nper case").dropped(2),
            Column::wide(Figure::AgentsPerCase),
        ],
    },
];

/// The head of the table of cases, below which the page says why they are lost.
pub(super) const CASES: &str = "Cases of";

/// The page's tiles: of the total, or of all groups.
pub(super) const TILES: &[Figure] = &[
    Figure::Offered,
    Figure::ServiceLevel,
    Figure::Wait,
    Figure::Abandonment,
    Figure::BusySignals,
    Figure::Resolution,
    Figure::Fcr,
    Figure::Occupancy,
    Figure::Cost,
    Figure::CostPerSolved,
];

/// The page's tables of days and intervals.
pub(super) const ROWS: &[Figure] = &[
    Figure::Offered,
    Figure::ServiceLevel,
    Figure::Wait,
    Figure::WaitP90,
    Figure::Abandonment,
    Figure::QueueLength,
    Figure::Load,
    Figure::AgentsShort,
    Figure::Callbacks,
    Figure::Backlog,
];

/// Figures that stand in no table: in the files only. A figure stands in one or is named here; a test says which
/// is neither.
#[cfg(test)]
const IN_FILES_ONLY: &[Figure] = &[
    Figure::OccupancySpread,
    Figure::ToReturn,
    Figure::Dialled,
    Figure::Retries,
    Figure::Answered,
    Figure::Abandoned,
    Figure::Blocked,
    Figure::TurnedAway,
    Figure::Overflowed,
    Figure::ClosedOut,
    Figure::StillWaiting,
    Figure::SecondLevel,
    Figure::DaysOnTarget,
    Figure::Delayed,
    Figure::WaitAbandoned,
    Figure::WaitSd,
    Figure::WaitP50,
    Figure::WaitP80,
    Figure::WaitP95,
    Figure::WaitP99,
    Figure::AsaP50,
    Figure::AsaP80,
    Figure::AsaP90,
    Figure::AsaP95,
    Figure::AsaP99,
    Figure::AbandonedP50,
    Figure::AbandonedP90,
    Figure::WaitMax,
    Figure::Talk,
    Figure::WrapUp,
    Figure::QueueLengthSd,
    Figure::Busy,
    Figure::AgentsShortOfAbandonment,
    Figure::Transferred,
    Figure::FcrMeasured,
    Figure::TimeToResolution,
    Figure::LegsPerCase,
    Figure::TransfersPerCase,
    Figure::FirstAgent,
    Figure::Hold,
    Figure::ResponseP80,
    Figure::ResponseP95,
    Figure::Utilisation,
    Figure::CostPerContact,
];

/// Every figure that the page shows.
pub(super) fn is_on_page(figure: Figure) -> bool {
    let columns = TABLES.iter().flat_map(|table| table.columns);
    let in_table = columns.filter(|column| column.on_page).any(|column| column.figure == figure);
    in_table || TILES.contains(&figure) || ROWS.contains(&figure)
}

impl<'a> Line<'a> {
    fn of(scope: &'a ScopeResult) -> Line<'a> {
        Line {
            name: &scope.name,
            place: match scope.kind {
                ScopeKind::Channel => "channel",
                _ => scope.channel.as_deref().unwrap_or_default(),
            },
            sum: !matches!(scope.kind, ScopeKind::Queue | ScopeKind::FollowUp),
            figures: &scope.figures,
            targets: &scope.targets,
        }
    }

    /// What stands below its name on a terminal, in lines.
    pub(super) fn below(&self, below: Below) -> String {
        match below {
            Below::Nothing => String::new(),
            Below::Place => self.place.to_owned(),
            Below::Targets if self.targets.is_empty() && self.sum => self.place.to_owned(),
            Below::Targets => self.targets.iter().map(target_words).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// Queues, then channels that say more than their queues, then the total where it says more than the only queue does.
pub(super) fn scopes(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    let adds_up = move |channel: &&ScopeResult| {
        let carried = results.queues.iter().chain(&results.follow_ups);
        carried.filter(|queue| queue.channel.as_ref() == Some(&channel.name)).nth(1).is_some()
    };
    let channels = results.channels.iter().filter(adds_up).filter(|_| results.channels.len() > 1);
    let total = (results.queues.len() != 1).then_some(&results.total);
    results.queues.iter().chain(channels).chain(total)
}

/// The queues of chats, messages and deferred work.
fn off_the_line(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    results.queues.iter().filter(|queue| queue.travels.is_some_and(|kind| kind != ChannelKind::Voice))
}

/// The queues for which a figure has a value.
pub(super) fn with_sign(results: &Results, sign: Figure) -> impl Iterator<Item = &ScopeResult> {
    results.queues.iter().filter(move |queue| queue.figures.get(sign).is_some())
}

/// The queues of which `sign` was counted, and the total where there are several.
fn with_total(results: &Results, sign: Figure) -> Vec<Line<'_>> {
    let several = with_sign(results, sign).count() > 1;
    with_sign(results, sign).chain(several.then_some(&results.total)).map(Line::of).collect()
}

/// The total, where waiting costs something.
fn costs_of_all(results: &Results) -> Option<&ScopeResult> {
    Some(&results.total).filter(|total| total.figures.get(Figure::CostWithWaiting).is_some())
}

/// The groups that have figures, and all of them where there are several.
fn groups(results: &Results) -> Vec<Line<'_>> {
    let all = (results.groups.len() > 1).then_some((&results.all_groups, true));
    let each = results.groups.iter().map(|group| (group, false));
    let groups = each.chain(all).filter(|(group, _)| !group.figures.0.is_empty());
    groups
        .map(|(group, sum)| Line {
            name: &group.name,
            place: group.site.as_deref().unwrap_or_default(),
            sum,
            figures: &group.figures,
            targets: &[],
        })
        .collect()
}

/// Queues and the total, as far as cases opened there.
fn cases(results: &Results) -> Vec<Line<'_>> {
    let with_cases =
        |scope: &&ScopeResult| scope.kind != ScopeKind::Channel && scope.figures.get(Figure::Cases).is_some();
    scopes(results).filter(with_cases).map(Line::of).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_figure_stands_in_a_table_or_is_said_to_be_in_files_only() {
        for figure in Figure::ALL {
            let in_files = IN_FILES_ONLY.contains(figure);
            let name = figure.name();
            assert!(is_on_page(*figure) || in_files, "`{name}` stands in no table: give it a column");
            assert!(!is_on_page(*figure) || !in_files, "`{name}` stands in a table, not in files only");
        }
    }

    #[test]
    fn a_table_has_a_figure_once_and_loses_columns_one_by_one() {
        for table in TABLES {
            let figures: BTreeSet<Figure> = table.columns.iter().map(|column| column.figure).collect();
            assert_eq!(figures.len(), table.columns.len(), "{}: a figure twice", table.title);
            let mut order: Vec<u8> = table.columns.iter().filter_map(|column| column.dropped).collect();
            order.sort_unstable();
            assert!(order.iter().copied().eq(1..=order.len() as u8), "{}: {order:?}", table.title);
        }
    }
}
