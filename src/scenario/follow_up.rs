//! Follow-ups: work that the centre itself starts for a case.

use super::attempts::doubt_attempts;
use super::channel::Channels;
use super::names::{ChannelName, QueueName, QueueNames};
use super::times::{SteppedTimes, Times, no_distribution};
use crate::random::Distribution;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Count, Declares, Duration, PositiveDuration, Reads, Share, Word};
use crate::reading::shape::Kind;
use crate::reading::table::table;
use crate::reading::values;
use crate::units::{Span, Steps};
use crate::vocabulary::{Clock, words};

words! {
    /// What starts a follow-up.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Trigger {
        /// A transfer that names it.
        Transfer = "transfer",
        /// A leg that did not solve the case.
        Unresolved = "unresolved",
        /// A leg after which the agent takes the case for solved, rightly or not.
        Resolved = "resolved",
        /// A customer who comes back unsolved, or chases.
        Complaint = "complaint",
        /// A new case: an acknowledgement.
        Arrival = "arrival",
    }
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The first agent who served the case.
    FirstAgent,
    /// The agent of the leg that started it.
    LastAgent,
    /// Whoever can serve this queue.
    Queue(String),
}

/// `[follow_ups.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Its name.
    pub name: String,
    /// What starts it.
    pub trigger: Trigger,
    /// In these queues; empty: in all.
    pub queues: Vec<String>,
    /// Share of the occasions.
    pub share: f64,
    /// Who does it.
    pub owner: Owner,
    /// After this time (seconds).
    pub after: Distribution,
    /// To be done so long after it was started. `None`: no date.
    pub due: Option<Span>,
    /// Which time counts for `due`, and when it may be begun: with `OpenHours`, the opening hours
    /// of the case's queue.
    pub clock: Clock,
    /// The channel that it travels on.
    pub channel: String,
    /// Talk time, seconds.
    pub talk: Steps<Distribution>,
    /// Wrap-up time, seconds.
    pub wrap_up: Option<Steps<Distribution>>,
    /// 1 before 2.
    pub priority: u32,
    /// Share of attempts that reach the customer.
    pub reached: f64,
    /// An agent's time for an attempt that does not.
    pub ring: Span,
    /// Further attempts.
    pub retries: u32,
    /// After this time (seconds).
    pub retry_after: Distribution,
    /// Share of still-open cases that it solves.
    pub solves: f64,
}

table! {
    /// Work that the centre itself starts for a case: a courtesy call, an acknowledgement, a check.
    keys of FollowUp = "follow-up" {
        /// What starts it. `transfer`: one that names it. `unresolved`: a leg that did not solve the case.
        /// `resolved`: one after which the agent takes it for solved. `complaint`: a customer who comes back
        /// unsolved, or chases. `arrival`: a new case (an acknowledgement)
        trigger: Word<Trigger>, required, example("transfer");
        /// In these queues (with `transfer` the transfers name it instead)
        queues: QueueNames, none("all"), example(["billing"]);
        /// Share of the occasions
        share: Share, default(1), example(0.5);
        /// Who does it: the case's first agent, the agent of the leg that started it, or whoever serves a
        /// queue
        owner: Owner, default("last_agent"), example("first_agent");
        /// Begun after this time of the clock; where only opening hours count, not before the queue opens
        after: Times, default("0s"), example({ mean = "4h" });
        /// To be done so long after it was started
        due: PositiveDuration, none("no date"), example("24h");
        /// Which time counts for `due`, and when it may be begun: at any time, or in the opening hours of the
        /// case's queue
        clock: Word<Clock>, default("always"), example("open_hours");
        /// How it travels
        channel: ChannelName, none("the only channel"), example("phone");
        /// Talk time; may vary over the day
        talk: SteppedTimes, required, example({ mean = "3m" });
        /// Work after the talk; may vary over the day
        wrap_up: SteppedTimes, none("none"), example("20s");
        /// 1 before 2, among queues and follow-ups
        priority: Count<1>, default(2), example(1);
        /// Share of attempts that reach the customer
        reached: Share, default(1), example(0.7);
        /// An agent's time for an attempt that does not
        ring: Duration, default("30s"), example("20s");
        /// Further attempts
        retries: Count<0>, default(0), example(2);
        /// After this time
        retry_after: Times, default("2h"), example({ mean = "2h" });
        /// Share of still-open cases that it solves
        solves: Share, default(0), example(0.5);
    }
}

impl Declares for Owner {
    const KIND: Kind = Kind::Either(&[Kind::Word { words: &["first_agent", "last_agent"] }, QueueName::KIND]);
}

impl Reads for Owner {
    type Value = Owner;

    fn read(written: &Written<'_>) -> Option<Owner> {
        let Written { cx, node, path, .. } = written;
        let text = values::text(cx.log, node, path)?;
        Some(match text.as_str() {
            "first_agent" => Owner::FirstAgent,
            "last_agent" => Owner::LastAgent,
            _ => {
                cx.refer("owner", &text, node.place, path.clone());
                Owner::Queue(text)
            }
        })
    }
}

impl FollowUp {
    /// Reads `[follow_ups.NAME]`.
    pub(super) fn of(table: &Fields<'_>, channels: &Channels) -> FollowUp {
        let (trigger, talk) = (table.read(FollowUp::trigger), table.read(FollowUp::talk));
        let reached = table.read(FollowUp::reached);
        doubt_attempts(table, reached);
        FollowUp {
            name: table.name.to_owned(),
            trigger: trigger.unwrap_or(Trigger::Transfer),
            queues: queues(table, trigger),
            share: table.read(FollowUp::share),
            owner: owner(table, trigger),
            after: table.read(FollowUp::after),
            due: table.read(FollowUp::due),
            clock: table.read(FollowUp::clock),
            channel: channels.named(table, FollowUp::channel),
            talk: talk.unwrap_or_else(no_distribution),
            wrap_up: table.read(FollowUp::wrap_up),
            priority: table.read(FollowUp::priority),
            reached,
            ring: table.read(FollowUp::ring),
            retries: table.read(FollowUp::retries),
            retry_after: table.read(FollowUp::retry_after),
            solves: table.read(FollowUp::solves),
        }
    }
}

/// The queues that it is for; none is all of them.
fn queues(table: &Fields<'_>, trigger: Option<Trigger>) -> Vec<String> {
    let key = FollowUp::queues.name;
    let (log, path, place) = (table.cx.log, table.at(key), table.place_of(key));
    if trigger == Some(Trigger::Transfer) && table.has(key) {
        let title = format!("`{path}` does not go with the trigger `transfer`");
        log.error(place, title, "the transfers name it themselves")
            .help(format!("write `transfers.QUEUE.follow_up = \"{}\"` in a queue", table.name));
        table.pass_over(key);
    }
    let queues = table.read(FollowUp::queues);
    if queues.as_ref().is_some_and(Vec::is_empty) {
        log.error(place, format!("`{path}` is empty"), "it is for no queue at all")
            .help("leave it out for all queues");
    }
    queues.unwrap_or_default()
}

fn owner(table: &Fields<'_>, trigger: Option<Trigger>) -> Owner {
    let key = FollowUp::owner.name;
    let Some(owner) = table.read_if_sound(FollowUp::owner) else { return Owner::LastAgent };
    if trigger == Some(Trigger::Arrival) && !matches!(owner, Owner::Queue(_)) {
        let place = if table.has(key) { table.place_of(key) } else { table.place };
        let title = format!("`{}` needs a queue as its `owner`", table.path);
        let logged = table.cx.log.error(place, title, "at its arrival nobody has served the case yet");
        logged.help("write `owner = \"billing\"`, with the name of a queue");
    }
    owner
}
