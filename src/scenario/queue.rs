//! Queues: what a contact waits in, and what becomes of it there.

use super::arrivals::Arrivals;
use super::callback::{Callback, CallbacksCount};
use super::channel::KindWord::{self, Chat, Deferred, Messaging, Voice};
use super::channel::{ChannelKind, Channels, goes_with};
use super::chase::Chase;
use super::conversation::Conversation;
use super::dialer::Dialer;
use super::escalation::Escalation;
use super::hours::{AtClose, Hours};
use super::names::{ChannelName, QueueName};
use super::patience::Patience;
use super::profile::Profile;
use super::returns::{Resolution, Retries, Retry};
use super::self_service::SelfService;
use super::targets::{ResolveTarget, Targets, answer_target};
use super::times::{SteppedTimes, no_distribution};
use super::transfer::{Transfer, transfers};
use super::waiting_cost::WaitingCost;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, Duration, Text, Word};
use crate::reading::table::{Table, Tables, table};
use crate::units::{Span, Steps};
use crate::vocabulary::{AnswerTarget, Backlog, SecondTarget};

/// `[queues.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// The name that its draws go by (`stream`, else the name).
    pub stream: String,
    /// What people call it, where that is not its name.
    pub shown: Option<String>,
    /// Its channel.
    pub channel: String,
    /// When it is open.
    pub hours: Hours,
    /// What happens to those inside at closing time.
    pub at_close: AtClose,
    /// 1 before 2.
    pub priority: u32,
    /// Waiting at once.
    pub max_waiting: Option<u32>,
    /// Talk time, seconds; read at the stay's entry. Of a conversation: one reply.
    pub talk: Steps<Distribution>,
    /// The talk is a conversation of turns.
    pub conversation: Option<Conversation>,
    /// Wrap-up time, seconds; `None`: none.
    pub wrap_up: Option<Steps<Distribution>>,
    /// `None`: nobody ever abandons.
    pub patience: Option<Patience>,
    /// Leaves for another queue.
    pub overflow: Option<Overflow>,
    /// Target on waits.
    pub answer: Option<AnswerTarget>,
    /// A second target on waits.
    pub second: Option<SecondTarget>,
    /// Target on abandonment: at most this share.
    pub max_abandonment: Option<f64>,
    /// Target on solving.
    pub resolve: Option<ResolveTarget>,
    /// After abandoning.
    pub after_abandon: Option<Retry>,
    /// After a busy signal.
    pub after_busy: Option<Retry>,
    /// After finding it closed.
    pub after_closed: Option<Retry>,
    /// A retry has the patience and the times of the first attempt.
    pub same_call: bool,
    /// `None`: no case begins here.
    pub arrivals: Option<Arrivals>,
    /// Solved or not.
    pub resolution: Resolution,
    /// Passed on; probabilities sum to at most 1.
    pub transfers: Vec<Transfer>,
    /// Goes to a higher level.
    pub escalation: Option<Escalation>,
    /// In front of it.
    pub self_service: Option<SelfService>,
    /// A waiting customer's place kept while they hang up.
    pub callback: Option<Callback>,
    /// How whoever is called back counts.
    pub callbacks: CallbacksCount,
    /// Work that is there at the start.
    pub backlog: Option<Backlog>,
    /// Customers who have waited too long get in touch again.
    pub chase: Option<Chase>,
    /// The centre calls customers.
    pub dialer: Option<Dialer>,
    /// What waiting and abandoning cost.
    pub cost: Option<WaitingCost>,
}

table! {
    /// What contacts wait in and what a skill is for.
    keys of Queue = "queue" {
        /// How its contacts travel
        channel: ChannelName, none("the only channel"), example("phone");
        /// "always", or rules. Outside them voice and chat contacts are turned away, messaging and deferred
        /// ones accepted
        open: Hours, default("always"), example(["mon-fri 08:00-20:00", "2026-05-01 closed"]), also("hours", "opening_hours", "business_hours", "operating_hours");
        /// Those inside: "serve" (by who is on duty, as overtime), "clear", "serve_for 10m" (voice, chat)
        at_close: AtClose, default("serve"), example("serve_for 10m");
        /// 1 before 2
        priority: Count<1>, default(1), example(2);
        /// Waiting at once; one more hears the busy signal
        max_waiting: Count<0>, none("no limit"), example(20);
        /// Talk time; may vary over the day
        talk: SteppedTimes, none("required (or `conversation`)"),
            example({ kind = "lognormal", mean = "4m20s", cv = 1.1 }), also("aht", "handle_time", "average_handle_time", "talk_time", "service_time", "att");
        /// In place of `talk`: turns of agent and customer (chat, messaging)
        conversation: Table<Conversation>, none,
            example({ replies = 4, work = { mean = "70s" }, customer_reply = { mean = "20m" } });
        /// Work after the talk; may vary over the day
        wrap_up: SteppedTimes, none("none"), example({ mean = "40s" }), also("acw", "after_call_work", "wrap", "wrapup", "after_contact_work");
        /// How long a customer would wait (voice, chat; messaging: for the first response)
        patience: Patience, none("nobody abandons"), example({ mean = "3m", balk = 0.01 }), also("abandon", "abandonment", "time_to_abandon", "ttl", "reneging");
        /// Leaves for another queue after a while
        overflow: Table<Overflow>, none, example({ after = "2m", to = "any_agent" });
        /// Short for `targets.answer`
        target: Table<AnswerTarget>, none, example({ share = 0.8, within = "20s" }), also("sla", "service_level", "slo", "tsf", "gos", "service_level_target");
        /// Its targets
        targets: Table<Targets>, none, example({ abandonment = { max = 0.05 } });
        /// Customers who try again
        retry: Table<Retries>, none, example({ after_busy = { probability = 0.7, delay = "2m" } }), was("redial");
        /// Cases that begin here
        arrivals: Table<Arrivals>, none("no case begins here"), example({ per_day = 1800 }), also("volume", "volumes", "calls", "contacts", "forecast", "demand", "interarrival");
        /// Contacts that wait here at the start, or "unlimited": more than can ever be done (deferred)
        backlog: Backlog, none("none"), example(400);
        /// Customers who have waited too long get in touch again (deferred)
        chase: Table<Chase>, none("nobody chases"), example({ probability = 0.3, after = { mean = "2d" } });
        /// Solved or not
        resolution: Table<Resolution>, defaults("every leg solves"), example({ probability = 0.78 });
        /// Passed on, by the queue it goes to
        transfers: Tables<Transfer>, none, example(.technical = { probability = 0.12 });
        /// Goes to a higher level instead
        escalation: Table<Escalation>, none, example({ to = "level_two", after_attempts = 3 });
        /// IVR, chatbot or help pages in front of it
        self_service: Table<SelfService>, none, example({ time = { mean = "70s" }, containment = 0.25 });
        /// A waiting customer's place kept while they hang up (voice)
        callback: Table<Callback>, none,
            example({ offer_when = { expected_wait = "3m" }, accept = 0.5, start_when = "place_reached" });
        /// Whether service level, waits and abandonment are of those who waited on the line, or whoever is
        /// called back counts as answered at once
        callbacks: Word<CallbacksCount>, default("count_apart"), example("count_as_answered");
        /// The centre calls customers when agents are idle (voice)
        dialer: Table<Dialer>, none, example({ calls_per_idle_agent = 1.5, reached = 0.3, ring = { mean = "15s" } });
        /// What waiting and abandoning cost: figures `waiting_cost` and `cost_with_waiting`
        cost: Table<WaitingCost>, none("nothing"), example({ per_waiting_hour = 25, per_abandonment = 8 });
        /// The name its draws go by: keeps them when it is renamed
        stream: Text, none("its name"), example("old_name");
        /// What the page, charts and the terminal call it; files keep its key
        name: Text, none("its key"), example("Insurance quotes");
    }
}

table! {
    /// A waiting contact leaves for another queue.
    pub struct Overflow = "overflow" {
        /// After waiting this long
        pub after: Span as Duration, required, example("2m");
        /// For this queue
        pub to: String as QueueName, required, example("any_agent");
    }
}

/// Keys that only some kinds of channels have, with a hint for who uses them on another.
const KIND_KEYS: [(&str, &[KindWord], &str); 7] = [
    (Queue::at_close.name, &[Voice, Chat], "what waits there stays over night"),
    (Queue::conversation.name, &[Chat, Messaging], "`talk` says how long the talk takes"),
    (
        Queue::patience.name,
        &[Voice, Chat, Messaging],
        "nobody waits on the line; `chase` says who gets in touch again",
    ),
    (Queue::callback.name, &[Voice], "only a caller can hang up and be called"),
    (Queue::dialer.name, &[Voice], "only a telephone can ring"),
    (
        Queue::backlog.name,
        &[Deferred],
        "on the others customers are there when they get in touch, and not before",
    ),
    (
        Queue::chase.name,
        &[Deferred],
        "who abandons waiting and tries again is `patience` with `retry.after_abandon`",
    ),
];

impl Queue {
    /// Reads `[queues.NAME]`.
    pub(super) fn of(table: &Fields<'_>, channels: &Channels, profiles: &[Profile]) -> Queue {
        let channel = channels.named(table, Queue::channel);
        let kind = channels.kind(&channel).map(ChannelKind::written);
        for (key, kinds, help) in KIND_KEYS {
            if !goes_with(table, key, kind, kinds, Some(help)) {
                table.pass_over(key);
            }
        }
        let hours = table.read(Queue::open);
        let Targets { answer, second, max_abandonment, resolve } =
            targets(table, channels.kind(&channel), &hours);
        let retry = table.table(Queue::retry);
        let ([after_abandon, after_busy, after_closed], same_call) =
            retry.map(|retry| Retries::of(&retry, kind)).unwrap_or_default();
        let (talk, conversation) = talk(table, kind);
        if table.has(Queue::callbacks.name) && !table.has(Queue::callback.name) {
            let title = format!("`{}` needs a `callback`", table.at(Queue::callbacks.name));
            let reason = "without one nobody is called back";
            let logged = table.cx.log.error(table.place_of(Queue::callbacks.name), title, reason);
            logged.help("leave it out, or add `callback`");
        }
        let patience = table.written(Queue::patience.name);
        let arrivals = table.table(Queue::arrivals);
        let escalation = table.table(Queue::escalation);
        let self_service = table.table(Queue::self_service);
        Queue {
            name: table.name.to_owned(),
            stream: table.read(Queue::stream).unwrap_or_else(|| table.name.to_owned()),
            shown: table.read(Queue::name),
            channel,
            at_close: table.read(Queue::at_close),
            priority: table.read(Queue::priority),
            max_waiting: table.read(Queue::max_waiting),
            talk,
            conversation,
            wrap_up: table.read(Queue::wrap_up),
            patience: patience.and_then(|patience| Patience::of(&patience, kind)),
            overflow: table.read(Queue::overflow),
            answer,
            second,
            max_abandonment,
            resolve,
            after_abandon,
            after_busy,
            after_closed,
            same_call,
            arrivals: arrivals.map(|arrivals| Arrivals::of(&arrivals, &hours, profiles)),
            resolution: table.read(Queue::resolution),
            transfers: transfers(table, &table.tables(Queue::transfers)),
            escalation: escalation.and_then(|escalation| Escalation::of(table, &escalation)),
            self_service: self_service.and_then(|door| SelfService::of(table, &door, &hours)),
            callback: table.read(Queue::callback),
            callbacks: table.read(Queue::callbacks),
            backlog: table.read(Queue::backlog),
            chase: table.read(Queue::chase),
            dialer: table.read(Queue::dialer),
            cost: table.read(Queue::cost),
            hours,
        }
    }
}

/// The targets, of which one may stand by itself.
fn targets(table: &Fields<'_>, kind: Option<&ChannelKind>, hours: &Hours) -> Targets {
    let alone = table.table(Queue::target).and_then(|target| answer_target(&target, kind, hours));
    let Some(targets) = table.table(Queue::targets) else {
        return Targets { answer: alone, ..Targets::default() };
    };
    if table.has(Queue::target.name) && targets.has(Targets::answer.name) {
        let title = format!("`{}` has both `target` and `targets.answer`", table.path);
        let place = targets.place_of(Targets::answer.name);
        table.cx.log.error(place, title, "the one is short for the other");
    }
    let targets = Targets::of(&targets, kind, hours);
    Targets { answer: alone.or(targets.answer), ..targets }
}

/// The agent's time for the talk, or for one reply of a conversation.
fn talk(table: &Fields<'_>, kind: Option<KindWord>) -> (Steps<Distribution>, Option<Conversation>) {
    let (talk, turns) = (Queue::talk.name, Queue::conversation.name);
    let one_talk = matches!(kind, Some(Voice | Deferred));
    if !one_talk {
        table.require(&[talk, turns]);
    } else if !table.has(turns) {
        table.require(&[talk]);
    }
    let conversation = table.read(Queue::conversation);
    if !one_talk && table.has(talk) && table.has(turns) {
        let title = format!("`{}` has both `talk` and `conversation`", table.path);
        let remedy = "of a conversation, `work` is the agent's time for one reply; leave `talk` out";
        table.cx.log.error(table.place_of(turns), title, "one of them must go").help(remedy);
    }
    let talk = table.read(Queue::talk);
    let work = conversation.as_ref().map(|conversation| conversation.work.clone());
    (work.or(talk).unwrap_or_else(no_distribution), conversation)
}
