//! Who is employed, who leaves and who is hired: what a capacity plan plays.

use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Count, Declares, Moment, NotNegative, Positive, Reads, Share};
use crate::reading::shape::Kind;
use crate::reading::table::{Tables, table};
use crate::units::{Span, parse_duration};

/// `groups.G.people`.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Heads on the first day who have learnt it all.
    pub now: u32,
    /// Paid hours a week of each of them; `None`: those of a full-time equivalent.
    pub hours_per_week: Option<f64>,
    /// Leavers a year, for each head.
    pub attrition: f64,
    /// What newcomers get done.
    pub learning: Learning,
    /// Classes of newcomers, in file order.
    pub hires: Vec<Hire>,
}

/// `groups.G.people.hires.H`: newcomers who begin together.
#[derive(Clone, Debug, PartialEq)]
pub struct Hire {
    /// The name of the class.
    pub name: String,
    /// Microseconds since the start of the reported time; below 0 they have begun before.
    pub at: i64,
    /// How many.
    pub agents: u32,
}

/// What newcomers get done of what experienced agents do, by the time since their first day.
#[derive(Clone, Debug, PartialEq)]
pub struct Learning(Vec<(Span, f64)>);

impl Learning {
    /// The share that is done so long after the first day.
    #[must_use]
    pub fn at(&self, since: Span) -> f64 {
        match self.0.partition_point(|(from, _)| *from <= since) {
            0 => 0.0,
            after => self.0[after - 1].1,
        }
    }

    /// From when on nothing is left to learn.
    #[must_use]
    pub fn learnt(&self) -> Span {
        self.0.last().map_or(Span::ZERO, |(from, _)| *from)
    }
}

table! {
    /// Who is employed in a group, who leaves and who is hired: for `holdline capacity`.
    keys of People = "people" {
        /// Heads on the first day who have learnt it all; classes are added
        now: Count<0>, required, example(62), also("heads", "headcount", "employed");
        /// Paid hours a week of each
        hours_per_week: Positive, none("those of a full-time equivalent: `report.fte_hours`"), example(30), also("hours", "contract");
        /// Leavers a year for each head: of 50 people 15 a year are 0.3
        attrition: NotNegative, default(0), example(0.3), also("turnover", "churn");
        /// What a newcomer gets done, from each time since the first day on: 1 is as much as an experienced agent.
        /// Before the first one nothing, as in a classroom
        learning: Learning, none("all of it from the first day on"), example({ "28d" = 0.6, "56d" = 0.8, "84d" = 1 }), also("ramp", "speed_to_proficiency");
        /// Classes of newcomers
        hires: Tables<Hire>, none, example(.spring = { at = 2026-03-02, agents = 12 }), also("classes", "new_hires");
    }
}

table! {
    /// Newcomers who begin together.
    keys of Hire = "class" {
        /// Their first paid day; who began before the horizon may still be learning
        at: Moment, required, example(2026-03-02);
        /// How many
        agents: Count<1>, required, example(12);
    }
}

impl People {
    /// Reads `groups.G.people`; `None` where something that it needs is missing or wrong.
    pub(super) fn of(table: &Fields<'_>) -> Option<People> {
        if !table.cx.time.calendar {
            let title = format!("`{}` needs a calendar", table.path);
            let reason = "without `horizon.start` there are no weeks";
            table.cx.log.error(table.place, title, reason).help("give the horizon a `start` and `days`");
        }
        let hire = |class: &Fields<'_>| {
            let (at, agents) = (class.read(Hire::at), class.read(Hire::agents));
            if let Some(at) = at.filter(|at| *at >= class.cx.time.end().micros() as i64) {
                let days = at / Span::DAY.micros() as i64;
                let title = format!("`{}` begins after the horizon", class.path);
                let reason =
                    format!("on day {} of {}", days + 1, class.cx.time.length.micros() / Span::DAY.micros());
                class.cx.log.warning(class.place_of(Hire::at.name), title, reason);
            }
            Some(Hire { name: class.name.to_owned(), at: at?, agents: agents? })
        };
        let now = table.read(People::now);
        Some(People {
            hours_per_week: table.read(People::hours_per_week),
            attrition: table.read(People::attrition),
            learning: table.read(People::learning).unwrap_or(Learning(vec![(Span::ZERO, 1.0)])),
            hires: table.tables(People::hires).iter().filter_map(hire).collect(),
            now: now?,
        })
    }
}

impl Declares for Learning {
    const KIND: Kind = Kind::Each { of: "time since the first day", value: &Share::KIND };
}

impl Reads for Learning {
    type Value = Learning;

    fn read(written: &Written<'_>) -> Option<Learning> {
        let log = written.cx.log;
        let mut steps: Vec<(Span, f64)> = Vec::new();
        let mut fine = true;
        for step in written.each() {
            let share = Share::read(&step);
            let title = || format!("`{}` has `{}` among its times", written.path, step.key);
            match (parse_duration(step.key), share) {
                (Err(reason), _) => {
                    let help = "write a share from each time on: { \"28d\" = 0.6, \"84d\" = 1 }";
                    log.error(step.key_place, title(), reason).help(help);
                    fine = false;
                }
                (Ok(since), Some(_)) if steps.iter().any(|(known, _)| *known == since) => {
                    log.error(step.key_place, title(), "that time is there already");
                    fine = false;
                }
                (Ok(since), Some(share)) => steps.push((since, share)),
                (Ok(_), None) => fine = false,
            }
        }
        steps.sort_by_key(|step| step.0);
        if fine && steps.last().is_none_or(|(_, share)| *share < 1.0) {
            let title = format!("`{}` never ends", written.path);
            let reason = "its last share is below 1: newcomers would always be newcomers";
            log.error(written.node.place, title, reason).help("end it with a time from which on it is 1");
            fine = false;
        }
        fine.then_some(Learning(steps))
    }
}
