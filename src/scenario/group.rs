//! Groups: agents who share skills, pay and shifts.

use super::agents_differ::AgentsDiffer;
use super::lateness::Lateness;
use super::names::{ChannelName, Each, QueueNames};
use super::pay::Pay;
use super::people::People;
use super::rank::Rank;
use super::shift::{Shift, shifts};
use super::shrinkage::Shrinkage;
use super::staff::Staff;
use super::staff_event::StaffEvent;
use super::time_zone::TimeZone;
use super::times::SteppedTimes;
use crate::random::Distribution;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{
    AnyNumber, Declares, Duration, Inside, NotNegative, Part, Positive, Reads, Share, Text, Word,
};
use crate::reading::shape::Kind;
use crate::reading::table::{Keyed, Members, Table, Tables, table};
use crate::reading::tree::Data;
use crate::units::{Span, Steps};
use crate::vocabulary::Leave;

/// `[groups.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What people call it, where that is not its name.
    pub shown: Option<String>,
    /// Where it sits.
    pub site: Option<String>,
    /// The zone of the clock that its shifts are written by, where it is not the centre's.
    pub time_zone: Option<String>,
    /// More of its time on duty should not be work.
    pub max_occupancy: Option<f64>,
    /// Whose agents are not equally fast.
    pub agents_differ: Option<AgentsDiffer>,
    /// Pay.
    pub cost: Option<Pay>,
    /// What it can serve, in file order.
    pub skills: Vec<Skill>,
    /// Heads without shifts (beside the shifts, if both are given).
    pub staff: Option<Staff>,
    /// Shifts, in file order.
    pub shifts: Vec<Shift>,
    /// Paid time not available.
    pub shrinkage: Shrinkage,
    /// How much the share of absent agents varies from day to day: its coefficient of variation.
    pub absence_cv: f64,
    /// Who begins late.
    pub lateness: Option<Lateness>,
    /// Who leaves when `staff` falls.
    pub leave: Leave,
    /// When more or fewer come.
    pub events: Vec<StaffEvent>,
    /// Who is employed, for a capacity plan.
    pub people: Option<People>,
    /// (channel, share of an agent that one contact takes): what may run together sums up to 1.
    pub capacity: Vec<(String, f64)>,
}

table! {
    /// Agents who share skills, pay and shifts. It has `staff`, `shifts`, or both.
    keys of Group = "group" {
        /// What it can serve: a list of queues, all of priority 1, or a table for each
        skills: Skills, required, example(["billing", "technical"]), also("serves", "queues", "can_serve", "skillset");
        /// Heads on contacts, without shifts; may be a step table
        staff: Staff, none, example({ "08:00" = 12, "18:00" = 4 }), also("headcount", "agents", "heads", "fte", "servers", "capacity_agents", "positions");
        /// Rostered agents
        shifts: Members<Shift>, none, example(.early = { agents = 12, start = "08:00", length = "8h30m" });
        /// Paid time not available: `total` (paid breaks included), or `absence` and any others; `staff`
        /// counts heads without it
        shrinkage: Shrinkage, default(0), example({ total = 0.28 }), also("shrink", "unavailable", "absenteeism");
        /// How much the share absent varies from day to day: its coefficient of variation. A bad day is one for all groups
        absence_cv: NotNegative, default(0), example(0.5);
        /// Agents who begin their shift late
        lateness: Table<Lateness>, none, example({ share = 0.1, by = { mean = "8m" } });
        /// When more or fewer come: sickness, training of a whole team, help
        events: Tables<StaffEvent>, none, example(.monday_sick = { at = 2026-03-02, agents = -2 });
        /// Who is employed, who leaves and who is hired, for `holdline capacity`
        people: Table<People>, none, example({ now = 62, attrition = 0.3 }), also("workforce", "employees");
        /// Share of an agent that one contact takes: what may run together sums up to 1
        capacity: Each<ChannelName, Part>, empty("1 (voice, deferred), 1/`concurrency` (chat, messaging)"),
            example({ phone = 1.0, chat = 0.33, email = 0.5 });
        /// Agents who are not equally fast
        agents_differ: Table<AgentsDiffer>, none("all alike"), example({ cv = 0.2 });
        /// Pay
        cost: Table<Pay>, none, example({ per_hour = 17.75 }), also("pay", "wage", "salary", "hourly_cost", "rate");
        /// Where it sits
        site: Text, none, example("lyon");
        /// Zone of the clock by which its shifts begin, where it is not the centre's; needs `horizon.time_zone`. They are converted day by day, as
        /// clocks change on other days elsewhere. `staff` and `events` stay on the centre's clock
        time_zone: TimeZone, none("the centre's"), example("America/New_York");
        /// More of its time on duty should not be work: charts show the line, and the page names groups and times above it. Nothing is
        /// played otherwise
        max_occupancy: Inside, none, example(0.85), also("occupancy_cap", "occupancy_target", "target_occupancy");
        /// What the page, charts and the terminal call it; files keep its key
        name: Text, none("its key"), example("Generalists, Lyon");
        /// Who leaves when `staff` falls. `longest_idle`: first the longest idle, then the longest busy, who
        /// finish what they do; `random`: anyone, by a draw; `first_to_finish`: whoever is free first. When
        /// `staff` rises before they have left, those marked last stay
        leave: Word<Leave>, default("longest_idle"), example("first_to_finish");
    }
}

impl Group {
    /// Pay of a paid hour, where nothing makes it more.
    #[must_use]
    pub fn pay_per_hour(&self) -> Option<f64> {
        self.cost.as_ref().map(|pay| pay.per_hour)
    }

    /// Reads `[groups.NAME]`.
    pub(super) fn of(table: &Fields<'_>) -> Group {
        let (staff, by_shifts, leave) = (Group::staff.name, Group::shifts.name, Group::leave.name);
        if !table.has(staff) && !table.has(by_shifts) {
            let title = format!("`{}` has no agents", table.path);
            let logged = table.cx.log.error(table.place, title, "neither `staff` nor `shifts`");
            logged.help("write `staff = 4`, or shifts").derived();
        }
        if table.has(leave) && !table.has(staff) {
            let title = format!("`{}` has no effect", table.at(leave));
            let reason = "it is about `staff`, and there are shifts only";
            table.cx.log.warning(table.place_of(leave), title, reason);
        }
        let zone = Group::time_zone.name;
        if table.has(zone) && !table.has(by_shifts) {
            let title = format!("`{}` has no effect", table.at(zone));
            let reason = "it is about shifts, and there is `staff` only";
            let logged = table.cx.log.warning(table.place_of(zone), title, reason);
            logged.help("`staff` is on the centre's clock; a file of it has a `time_zone` of its own");
        }
        if table.has(zone) && table.cx.zone.is_none() {
            let title = format!("`{}` needs `horizon.time_zone`", table.at(zone));
            let logged = table.cx.log.error(table.place_of(zone), title, "converted to which clock?");
            logged.help("give the zone of the centre, as `horizon.time_zone = \"Europe/London\"`");
        }
        Group {
            name: table.name.to_owned(),
            shown: table.read(Group::name),
            site: table.read(Group::site),
            time_zone: table.read(Group::time_zone),
            max_occupancy: table.read(Group::max_occupancy),
            agents_differ: table.read(Group::agents_differ),
            cost: table.table(Group::cost).and_then(|cost| Pay::of(&cost)),
            skills: table.read(Group::skills).unwrap_or_default(),
            staff: table.read(Group::staff),
            shifts: shifts(table, by_shifts, &table.tables(Group::shifts), table.has(staff)),
            shrinkage: table.read(Group::shrinkage),
            absence_cv: absence_cv(table),
            lateness: lateness(table),
            leave: table.read(Group::leave),
            events: table
                .tables(Group::events)
                .iter()
                .filter_map(|event| StaffEvent::of(event, table.has(staff)))
                .collect(),
            people: table.table(Group::people).and_then(|people| People::of(&people)),
            capacity: table.read(Group::capacity),
        }
    }
}

/// Whether the group has shifts, which `key` is about; else it is told.
fn is_of_shifts(table: &Fields<'_>, key: &str) -> bool {
    if table.has(key) && !table.has(Group::shifts.name) {
        let title = format!("`{}` needs shifts", table.at(key));
        let logged = table.cx.log.error(table.place_of(key), title, "`staff` counts who is there");
        logged.help("write a shift, or leave it out");
        return false;
    }
    true
}

fn absence_cv(table: &Fields<'_>) -> f64 {
    let cv = table.read(Group::absence_cv);
    let key = Group::absence_cv.name;
    if !is_of_shifts(table, key) || cv == 0.0 {
        return 0.0;
    }
    if let Err(reason) = Distribution::gamma(1.0, cv) {
        let title = format!("`{}` is out of range", table.at(key));
        table.cx.log.error(table.place_of(key), title, reason).help("0 makes all days alike");
        return 0.0;
    }
    if table.read(Group::shrinkage).absence == 0.0 {
        let title = format!("`{}` has no effect", table.at(key));
        let logged = table.cx.log.warning(table.place_of(key), title, "nobody is absent");
        logged.help("write `shrinkage = { absence = 0.06 }`");
    }
    cv
}

fn lateness(table: &Fields<'_>) -> Option<Lateness> {
    let read = table.read(Group::lateness);
    read.filter(|_| is_of_shifts(table, Group::lateness.name))
}

/// `groups.G.skills.Q`.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The queue it is for.
    pub queue: String,
    /// Orders the groups for an arriving contact: 1 before 2.
    pub priority: Rank,
    /// Orders the queues for a freed agent; by default the priority.
    pub takes: Rank,
    /// Divides talk and wrap-up times.
    pub speed: f64,
    /// Overrides the queue's share of solved cases.
    pub resolution: Option<f64>,
    /// Helps only those who have waited this long.
    pub after: Option<Span>,
    /// Overrides the queue's talk time.
    pub talk: Option<Steps<Distribution>>,
    /// Overrides the queue's wrap-up time.
    pub wrap_up: Option<Steps<Distribution>>,
    /// What rule `matching` goes by.
    pub matching: Option<Matching>,
}

table! {
    /// How well a contact and a group match, by rule `matching`: base + wait x waited + idle x idle time + idle_agents x
    /// idle agents. The pair with the highest number is served; below 0 the two wait.
    pub struct Matching = "matching" {
        /// Below 0: contact and group are kept apart for a while
        pub base: f64 as AnyNumber, default(0), example(-30);
        /// A second of the contact's wait
        pub wait: f64 as NotNegative, default(1), example(0.5);
        /// A second that the group's longest idle agent is idle
        pub idle: f64 as NotNegative, default(1), example(0.1);
        /// An idle agent of the group
        pub idle_agents: f64 as NotNegative, default(0), example(2);
    }
}

table! {
    /// A group's ability to serve a queue.
    keys of Skill = "skill" {
        /// Orders the groups for an arriving contact: 1 before 2; may change as the contact waits, and begins with the
        /// first wait that is written
        priority: Rank, default(1), example({ "30s" = 2, "2m" = 1 });
        /// Orders the queues for a freed agent: 1 before 2; may change as the contact waits
        takes: Rank, none("the priority"), example(2);
        /// Divides talk and wrap-up times
        speed: Positive, default(1), example(0.85);
        /// Share of finished legs that solve the case
        resolution: Share, none("the queue's"), example(0.8);
        /// Helps only those who have waited this long
        after: Duration, none("at once"), example("90s");
        /// Talk time
        talk: SteppedTimes, none("the queue's"), example({ mean = "5m" });
        /// Work after the talk
        wrap_up: SteppedTimes, none("the queue's"), example({ mean = "20s" });
        /// What rule `matching` goes by
        matching: Table<Matching>, none("the longest wait, the longest idle"), example({ base = -30, wait = 2 });
    }
}

/// A list of queues, or a table for each.
pub(super) enum Skills {}

impl Declares for Skills {
    const KIND: Kind = Kind::Either(&[QueueNames::KIND, Kind::Tables(Skill::SHAPE)]);
}

impl Reads for Skills {
    type Value = Vec<Skill>;

    fn read(written: &Written<'_>) -> Option<Vec<Skill>> {
        let cx = written.cx;
        let skills: Vec<Skill> = match &written.node.data {
            Data::List(_) => {
                let plain = |queue| Skill {
                    queue,
                    priority: Rank::constant(1),
                    takes: Rank::constant(1),
                    speed: Skill::speed.default(cx),
                    resolution: None,
                    after: None,
                    talk: None,
                    wrap_up: None,
                    matching: None,
                };
                QueueNames::read(written)?.into_iter().map(plain).collect()
            }
            Data::Table(_) => {
                let skill = |table: &Fields<'_>| {
                    cx.refer("queue", table.name, table.place, written.path.clone());
                    Skill::of(table)
                };
                written.tables(Skill::SHAPE).iter().map(skill).collect()
            }
            _ => {
                written.wrong("a list of queues, or a table for each");
                return None;
            }
        };
        if skills.is_empty() {
            let title = format!("`{}` can serve nothing", written.table());
            let logged = cx.log.error(written.node.place, title, "no skills");
            logged.help("name a queue: `skills = [\"billing\"]`");
        }
        Some(skills)
    }
}

impl Skill {
    fn of(table: &Fields<'_>) -> Skill {
        let priority = table.read(Skill::priority);
        let takes = table.read(Skill::takes);
        let mut after = table.read(Skill::after);
        let begins = |key: &'static str, from: Span, after: Option<Span>| {
            let title = format!("`{}` begins at another wait than the skill", table.at(key));
            let reason = match after {
                Some(after) => format!("it begins at {from}, and the skill at {after}"),
                None => format!("it begins at {from}, and the skill at once"),
            };
            let help =
                "begin it with \"0s\"; how long a contact waits for the group, `priority` or `after` says";
            table.cx.log.error(table.place_of(key), title, reason).help(help);
        };
        if priority.from > Span::ZERO {
            match after {
                Some(known) if known != priority.from => begins(Skill::priority.name, priority.from, after),
                _ => after = Some(priority.from),
            }
        }
        if let Some(takes) =
            takes.as_ref().filter(|takes| takes.from > Span::ZERO && Some(takes.from) != after)
        {
            begins(Skill::takes.name, takes.from, after);
        }
        Skill {
            queue: table.name.to_owned(),
            takes: takes.unwrap_or_else(|| priority.clone()),
            priority,
            speed: table.read(Skill::speed),
            resolution: table.read(Skill::resolution),
            after,
            talk: table.read(Skill::talk),
            wrap_up: table.read(Skill::wrap_up),
            matching: table.read(Skill::matching),
        }
    }
}
