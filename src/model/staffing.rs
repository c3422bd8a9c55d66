//! Groups, their agents and when these work.

use crate::units::Steps;
use crate::units::{GroupId, Span, TimeOfDay};
use crate::vocabulary::Leave;

/// Heads without shifts.
#[derive(Clone, Debug)]
pub enum Heads {
    /// Nobody.
    None,
    /// In steps over the day or the elapsed time.
    Steps(Steps<u32>),
    /// (microseconds since the start of the reported time, heads), ascending; nobody before.
    Series(Vec<(i64, u32)>),
}

impl Heads {
    /// How many at this time (microseconds since the start of the reported time).
    #[must_use]
    pub fn at(&self, micros: i64) -> u32 {
        match self {
            Heads::None => 0,
            Heads::Steps(steps) => *steps.at(micros),
            Heads::Series(series) => match series.partition_point(|(at, _)| *at <= micros) {
                0 => 0,
                after => series[after - 1].1,
            },
        }
    }

    /// When the next step after this time comes, if there is one.
    #[must_use]
    pub fn next_step(&self, micros: i64) -> Option<i64> {
        match self {
            Heads::None => None,
            Heads::Steps(steps) => steps.next_step(micros),
            Heads::Series(series) => {
                series.get(series.partition_point(|(at, _)| *at <= micros)).map(|(at, _)| *at)
            }
        }
    }

    /// The most that are ever there at once.
    #[must_use]
    pub fn most(&self) -> u32 {
        match self {
            Heads::None => 0,
            Heads::Steps(steps) => steps.steps().iter().map(|(_, heads)| *heads).max().unwrap_or(0),
            Heads::Series(series) => series.iter().map(|(_, heads)| *heads).max().unwrap_or(0),
        }
    }
}

/// When a break is due.
#[derive(Clone, Copy, Debug)]
pub enum BreakTime {
    /// (since the shift's start, from the first agent's to the last one's).
    After(Span, Span),
    /// Taken whole between two times of day.
    Between(TimeOfDay, TimeOfDay),
}

/// A planned break.
#[derive(Clone, Copy, Debug)]
pub struct Break {
    /// When.
    pub time: BreakTime,
    /// How long.
    pub length: Span,
    /// Whether the pay goes on.
    pub paid: bool,
}

/// A shift that agents work.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Its name.
    pub name: String,
    /// Whose.
    pub group: GroupId,
    /// The first of its agents; they stand together.
    pub first_agent: u32,
    /// How many.
    pub agents: u32,
    /// On which weekdays it starts, Monday first.
    pub days: [bool; 7],
    /// When it starts.
    pub start: TimeOfDay,
    /// Start to end.
    pub length: Span,
    /// Its breaks.
    pub breaks: Vec<Break>,
    /// Chance that an agent is absent.
    pub absence: f64,
    /// Time in random blocks a shift: training, meetings and the like; paid.
    pub blocks: Span,
}

impl Shift {
    /// Unpaid break time a shift.
    #[must_use]
    pub fn unpaid(&self) -> Span {
        self.breaks.iter().filter(|b| !b.paid).fold(Span::ZERO, |sum, b| sum + b.length)
    }

    /// When the `number`-th agent's break is due, since the shift's start: evenly spread.
    #[must_use]
    pub fn due(&self, pause: &Break, number: u32) -> Span {
        let place = if self.agents > 1 { f64::from(number) / f64::from(self.agents - 1) } else { 0.0 };
        match pause.time {
            BreakTime::After(after, spread) => after + Span::from_seconds(spread.seconds() * place),
            BreakTime::Between(from, to) => {
                let room = to.span().saturating_sub(from.span()).saturating_sub(pause.length);
                // A window before the shift's start is the next morning's.
                let day = if from.span() < self.start.span() { Span::DAY } else { Span::ZERO };
                (day + from.span()).saturating_sub(self.start.span())
                    + Span::from_seconds(room.seconds() * place)
            }
        }
    }
}

/// What an agent belongs to within the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crew {
    /// The heads without shifts.
    Staff,
    /// This shift of the group.
    Shift(u32),
}

/// An agent: a person, the same every day.
#[derive(Clone, Copy, Debug)]
pub struct Agent {
    /// Its group.
    pub group: GroupId,
    /// Its shift, or the heads without shifts.
    pub crew: Crew,
    /// Its number there.
    pub number: u32,
    /// The first of its places for work; they stand together.
    pub first_place: u32,
}

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Where it sits.
    pub site: Option<String>,
    /// Pay per hour; 0 where none is given.
    pub cost_per_hour: f64,
    /// Whether a pay was given.
    pub has_cost: bool,
    /// Heads without shifts.
    pub heads: Heads,
    /// Its first agent; the heads without shifts come first.
    pub first_agent: u32,
    /// Paid time for each hour of the heads without shifts: 1 / (1 - shrinkage).
    pub paid_per_hour: f64,
    /// Its shifts.
    pub shifts: Vec<Shift>,
    /// Who leaves when the heads fall.
    pub leave: Leave,
    /// Places for work at each of its agents: 1, or more where several contacts may be open or one
    /// interrupts another.
    pub places: u8,
    /// What an agent with several places can be loaded with and still have room, ascending, in
    /// thousandths; nothing at all left out.
    pub loads: Vec<u16>,
}
