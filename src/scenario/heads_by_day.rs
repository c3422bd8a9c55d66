//! Heads of a shift: as many every day, or so many on each weekday.

use crate::reading::by_weekday::WEEKDAYS;
use crate::reading::days::parse_days;
use crate::reading::fields::Written;
use crate::reading::kinds::{Count, Declares, Reads};
use crate::reading::shape::Kind;
use crate::units::Weekday;

/// A number of heads, or one for each weekday.
pub(super) enum HeadsByDay {}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    /// As many on each day.
    Same(u32),
    /// By weekday, Monday first; `None` where nothing is said.
    Each([Option<u32>; 7]),
}

impl Declares for HeadsByDay {
    const KIND: Kind =
        Kind::Either(&[Count::<0>::KIND, Kind::Each { of: WEEKDAYS, value: &Count::<0>::KIND }]);
}

impl Reads for HeadsByDay {
    type Value = Heads;

    fn read(written: &Written<'_>) -> Option<Heads> {
        if written.node.table().is_none() {
            return Count::<0>::read(written).map(Heads::Same);
        }
        let log = written.cx.log;
        let (mut each, mut complete) = ([None; 7], true);
        for entry in written.each() {
            let heads = Count::<0>::read(&entry);
            let days = parse_days(entry.key).map_err(|reason| {
                let logged = log.error(entry.key_place, format!("`{}` must be weekdays", entry.path), reason);
                logged.help("write it like `{ mon = 13, \"tue-fri\" = 11 }`");
            });
            let (Some(heads), Ok(days)) = (heads, days) else {
                complete = false;
                continue;
            };
            for day in Weekday::ALL.into_iter().filter(|day| days[day.index()]) {
                if each[day.index()].replace(heads).is_some() {
                    let title = format!("`{}` has two numbers for {}", written.path, day.name());
                    log.error(entry.key_place, title, "this is the second one");
                    complete = false;
                }
            }
        }
        complete.then_some(Heads::Each(each))
    }
}

/// What is wrong with the days of such a table.
pub(super) struct WrongDays {
    pub(super) title: String,
    pub(super) reason: &'static str,
    pub(super) help: &'static str,
}

impl Heads {
    /// Heads by weekday of a shift that begins on these days, 0 on others, and what is wrong with them.
    pub(super) fn on(self, days: [bool; 7], path: &str) -> ([u32; 7], Vec<WrongDays>) {
        let each = match self {
            Heads::Same(heads) => [Some(heads); 7],
            Heads::Each(each) => each,
        };
        let heads = |day: usize| if days[day] { each[day].unwrap_or(0) } else { 0 };
        let named = |of: &dyn Fn(usize) -> bool| {
            let found = Weekday::ALL.into_iter().filter(|day| of(day.index()));
            found.map(Weekday::name).collect::<Vec<_>>().join(", ")
        };
        let mut wrong = Vec::new();
        let left_out = named(&|day| days[day] && each[day].is_none());
        if !left_out.is_empty() {
            wrong.push(WrongDays {
                title: format!("`{path}` says nothing of {left_out}"),
                reason: "the shift begins on these days too",
                help: "say how many come then (0: nobody), or name in `days` only the days on which it begins",
            });
        }
        let beside = named(&|day| !days[day] && each[day].is_some_and(|heads| heads > 0));
        if matches!(self, Heads::Each(_)) && !beside.is_empty() {
            wrong.push(WrongDays {
                title: format!("`{path}` has agents on {beside}"),
                reason: "by its `days` the shift does not begin then",
                help: "name these days in `days`, or leave their agents out",
            });
        }
        (std::array::from_fn(heads), wrong)
    }
}
