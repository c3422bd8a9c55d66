//! Groups, their agents and when these work.

use crate::random::Distribution;
use crate::units::Steps;
use crate::units::{GroupId, Span, TimeOfDay};
use crate::vocabulary::Leave;

use super::site_clock::SiteClock;

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

    /// The same with so many more (below 0: fewer) from one time up to another, for whoever plays from `start` up to
    /// `end`; never fewer than nobody.
    #[must_use]
    pub fn with(&self, changes: &[((i64, i64), i32)], start: i64, end: i64) -> Heads {
        let mut series: Vec<(i64, u32)> = Vec::new();
        let mut at = Some(start);
        while let Some(now) = at.filter(|now| *now < end) {
            // Who is away is one of those who would be there, not of those who help.
            let (mut heads, mut help) = (self.at(now), 0_u32);
            for ((from, to), more) in changes {
                match more {
                    _ if !(*from..*to).contains(&now) => {}
                    0.. => help = help.saturating_add(more.unsigned_abs()),
                    _ => heads = heads.saturating_sub(more.unsigned_abs()),
                }
            }
            let heads = heads.saturating_add(help);
            if series.last().is_none_or(|(_, before)| *before != heads) {
                series.push((now, heads));
            }
            let edges = changes.iter().flat_map(|((from, to), _)| [*from, *to]).filter(|edge| *edge > now);
            at = edges.chain(self.next_step(now)).min();
        }
        Heads::Series(series)
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
    /// How many: the heads of the weekday with the most.
    pub agents: u32,
    /// How many of them come on each weekday, Monday first: the first ones. 0 where it does not start.
    pub heads: [u32; 7],
    /// On which weekdays it starts, Monday first.
    pub days: [bool; 7],
    /// In which weeks, where not in all.
    pub turn: Option<Turn>,
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

/// One week of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which week, from 0.
    pub week: i64,
    /// After so many it begins anew.
    pub of: i64,
    /// The weekday of day 0, whose week is the first.
    pub first_weekday: i64,
}

impl Shift {
    /// Whether it starts on a day (0 is the first reported one), which is this weekday.
    #[must_use]
    pub fn works(&self, day: i64, weekday: usize) -> bool {
        let comes = |turn: Turn| (day + turn.first_weekday).div_euclid(7).rem_euclid(turn.of) == turn.week;
        self.days[weekday] && self.turn.is_none_or(comes)
    }

    /// After so many days it starts again, where it starts at all.
    #[must_use]
    pub fn cycle(&self) -> i64 {
        7 * self.turn.map_or(1, |turn| turn.of)
    }

    /// Unpaid break time a shift.
    #[must_use]
    pub fn unpaid(&self) -> Span {
        self.breaks.iter().filter(|b| !b.paid).fold(Span::ZERO, |sum, b| sum + b.length)
    }

    /// When the break of the `number`-th of so many agents is due, since the shift's start: evenly spread.
    #[must_use]
    pub fn due(&self, pause: &Break, number: u32, heads: u32) -> Span {
        let place = if heads > 1 { f64::from(number) / f64::from(heads - 1) } else { 0.0 };
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

/// A time in which other agents are absent than usual: shifts that begin in it.
#[derive(Clone, Debug)]
pub struct Absence {
    /// Its name.
    pub name: String,
    /// Microseconds since the start of the reported time: from, and up to.
    pub during: (i64, i64),
    /// Who.
    pub who: Absent,
}

impl Absence {
    /// Whether a shift that begins then is meant.
    #[must_use]
    pub fn covers(&self, start: i64) -> bool {
        (self.during.0..self.during.1).contains(&start)
    }
}

/// Who is absent.
#[derive(Clone, Copy, Debug)]
pub enum Absent {
    /// So many of those who would come.
    Agents(u32),
    /// Each with this chance, instead of the usual one.
    Chance(f64),
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
    /// More of its time on duty should not be work.
    pub max_occupancy: Option<f64>,
    /// What agents' factors of handle times are drawn from, where they differ.
    pub agents_differ: Option<Distribution>,
    /// Pay per hour; 0 where none is given.
    pub cost_per_hour: f64,
    /// Whether a pay was given.
    pub has_cost: bool,
    /// What an hour of each row costs above the usual, as a share of it; empty where no hour does.
    pub premiums: Vec<f64>,
    /// The same of an hour of overtime.
    pub overtime_premium: f64,
    /// Heads without shifts.
    pub heads: Heads,
    /// Its first agent; the heads without shifts come first.
    pub first_agent: u32,
    /// Paid time for each hour of the heads without shifts: 1 / (1 - shrinkage).
    pub paid_per_hour: f64,
    /// Its shifts.
    pub shifts: Vec<Shift>,
    /// The clock that these are written by, beside the centre's.
    pub clock: SiteClock,
    /// What the chance of absence of a day is times, where it varies.
    pub absence_varies: Option<Distribution>,
    /// The share of shifts that are begun late, and by how much.
    pub lateness: Option<(f64, Distribution)>,
    /// When other agents of the shifts come than usual.
    pub absences: Vec<Absence>,
    /// Who leaves when the heads fall.
    pub leave: Leave,
    /// Places for work at each of its agents: 1, or more where several contacts may be open or one
    /// interrupts another.
    pub places: u8,
    /// What an agent with several places can be loaded with and still have room, ascending, in
    /// thousandths; nothing at all left out.
    pub loads: Vec<u16>,
}

impl Group {
    /// When a shift begins that is written for a day: microseconds since the start of the reported time, on the centre's clock.
    #[must_use]
    pub fn starts(&self, shift: usize, day: i64) -> i64 {
        let written = day * Span::DAY.micros() as i64 + self.shifts[shift].start.span().micros() as i64;
        self.clock.on_the_centres(written)
    }

    /// The chance that an agent of a shift that begins at `start` is absent (microseconds since the start of the
    /// reported time): the usual one, or that of an event; of several the highest.
    #[must_use]
    pub fn chance_of_absence(&self, shift: usize, start: i64, factor: f64) -> f64 {
        let chances =
            self.absences.iter().filter(|absence| absence.covers(start)).filter_map(|absence| match absence
                .who
            {
                Absent::Chance(chance) => Some(chance),
                Absent::Agents(_) => None,
            });
        chances.max_by(f64::total_cmp).unwrap_or(self.shifts[shift].absence * factor)
    }

    /// How many of a shift come on a day of that weekday on average.
    #[must_use]
    pub fn expected(&self, shift: usize, day: i64, weekday: usize) -> f64 {
        let start = |which: usize| self.starts(which, day);
        let come = |which: usize| {
            f64::from(self.shifts[which].heads[weekday])
                * (1.0 - self.chance_of_absence(which, start(which), 1.0))
        };
        let mut left = come(shift);
        for absence in &self.absences {
            let Absent::Agents(fewer) = absence.who else { continue };
            if !absence.covers(start(shift)) {
                continue;
            }
            // Of all who come, each is as likely to be away.
            let covered =
                |which: &usize| self.shifts[*which].works(day, weekday) && absence.covers(start(*which));
            let all: f64 = (0..self.shifts.len()).filter(covered).map(come).sum();
            if all > 0.0 {
                left -= f64::from(fewer) * come(shift) / all;
            }
        }
        left.max(0.0)
    }
}
