//! Every figure, declared once: all that tables, files, pages, sweeps and comparisons know of it.

use crate::observations::{Count as C, GroupCount as G, PassageCount as P};

use super::declared::{
    Better, Counted, Declared, Formula, Line, Mended, Sheet, Terms, Times, Unit, Vector, Waiting, beside,
    extra, hours, less, less_extra, less_hours, less_of, longest, of, of_ages, one, percentile, premium,
    shortage, spread,
};
use super::passage::Beside as B;
use super::tally::{self, Extra as X};

const STAYS: Vector = Vector::Stays;
const PASSAGES: Vector = Vector::Passages;
const GROUP: Vector = Vector::Group;

// The lines that have a figure, by the letters of `docs/figures.md`.
const Q: &[Line] = &[Line::Scope];
const R: &[Line] = &[Line::Row];
const T: &[Line] = &[Line::Total];
const F: &[Line] = &[Line::FollowUp];
const OF_GROUP: &[Line] = &[Line::Group];
const QR: &[Line] = &[Line::Scope, Line::Row];
const QKR: &[Line] = &[Line::Scope, Line::Kind, Line::Row];
const QRF: &[Line] = &[Line::Scope, Line::Row, Line::FollowUp];
const QKRF: &[Line] = &[Line::Scope, Line::Kind, Line::Row, Line::FollowUp];
const GR: &[Line] = &[Line::Group, Line::GroupRow];

const OFFERED: Terms = &[one(C::Entered), less(C::Overflowed), less(C::CalledBack)];
const ATTEMPTS: Terms = &[one(C::Entered), less(C::Overflowed), less(C::CalledBack), one(C::Blocked)];
// Of those who waited on the line; who was called back has figures of their own.
const ON_LINE: Terms = &[one(C::Answered), less(C::ByCallback)];
const ENDED: Terms = &[one(C::Answered), one(C::Abandoned), less(C::ByCallback)];
const COULD_WAIT: Terms = &[one(C::Entered), less(C::Overflowed), less(C::CalledBack), less(C::ByCallback)];
const WAITED: Terms = &[one(C::WaitAnswered), one(C::WaitAbandoned)];
const HANDLED: Terms = &[one(C::Talk), one(C::WrapUp)];
// Conversations that share an agent count as their part of one.
const WORK: Terms = &[one(C::Talk), one(C::WrapUp), less_extra(X::Slack)];
pub(super) const LEGS: Terms = &[one(C::Legs)];
const CASES: Terms = &[one(C::Cases)];
const SOLVED: Terms = &[one(C::Solved), one(C::Contained)];
// As `Counts::closed`.
const CLOSED: Terms = &[one(C::Solved), one(C::Contained), one(C::Lost)];
const EVER_ANSWERED: Terms = &[extra(X::EverAnswered)];
const SESSIONS: Terms = &[of(P::Sessions)];
const ACCEPTED: Terms = &[beside(B::CalledBack)];
const STARTED: Terms = &[of(P::FollowUps)];
const DONE: Terms = &[of(P::FollowUpsDone)];
const AVAILABLE: Terms = &[hours(G::OnDuty), less_hours(G::OnBreak)];
const PAID: Terms = &[hours(G::Paid), less_hours(G::Unpaid)];
const PAY: Terms = &[hours(G::Paid), less_hours(G::Unpaid), premium()];
const COST: Terms = &[extra(X::Cost)];
const WAITING_COST: Terms = &[extra(X::WaitingCost)];
const SEVERAL_OPEN: &[usize] = &[tally::group_at(G::TwoOpen), tally::group_at(G::ThreeOpen)];

macro_rules! figures {
    ($($figure:ident: $name:literal, $label:literal, $unit:ident, $better:ident, $waiting:ident,
        [$($sheet:ident),*], $meaning:literal, [$(($lines:ident, $counted:expr)),+];)*) => {
        /// A figure; `docs/figures.md` defines each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Figure { $(#[doc = $meaning] $figure,)* }

        impl Figure {
            /// All of them, in the order of reports.
            pub const ALL: &'static [Figure] = &[$(Figure::$figure,)*];

            const fn declared(self) -> &'static Declared {
                match self {
                    $(Figure::$figure => {
                        const COUNTED: &[(&[Line], Counted)] = &[$(($lines, $counted),)+];
                        const DECLARED: Declared = Declared {
                            name: $name,
                            label: $label,
                            unit: Unit::$unit,
                            better: Better::$better,
                            waiting: Waiting::$waiting,
                            stands_in: &[$(Sheet::$sheet),*],
                            meaning: $meaning,
                            counted: COUNTED,
                        };
                        &DECLARED
                    })*
                }
            }
        }
    };
}

// A figure: its name, what tables call it, its unit, which way is better, what it has to do with waiting,
// the files in which its column always stands, its meaning, and how it is counted on which lines.
figures! {
    // Volumes.
    Offered: "offered", "Offered", Count, Neither, Apart, [Queues, Intervals],
        "Contacts that entered the queue, less those that overflowed to another one. Busy signals are apart.",
        [(QKR, STAYS.count(OFFERED))];
    Retries: "retries", "Retries", Count, Lower, Apart, [Queues],
        "Attempts of customers who try again after abandoning, a busy signal or a closed door, whether they get through or not.",
        [(QKR, STAYS.count(&[one(C::Retries)]).where_any())];
    Answered: "answered", "Answered", Count, Neither, Apart, [Queues],
        "Contacts that an agent took.",
        [(QKR, STAYS.count(&[one(C::Answered)]))];
    Abandoned: "abandoned", "Abandoned", Count, Lower, Apart, [Queues],
        "Contacts whose customer abandoned the queue.",
        [(QKR, STAYS.count(&[one(C::Abandoned)]))];
    Blocked: "blocked", "Busy signal", Count, Lower, Apart, [Queues],
        "Contacts that heard the busy signal; they are not offered.",
        [(QKR, STAYS.count(&[one(C::Blocked)]).where_any())];
    BusySignals: "busy_signals", "Busy signals, of attempts", Share, Lower, Apart, [Queues],
        "Attempts that heard the busy signal, of all attempts.",
        [(QKR, STAYS.ratio(&[one(C::Blocked)], ATTEMPTS).where_any())];
    TurnedAway: "turned_away", "Turned away (closed)", Count, Lower, Apart, [Queues],
        "Contacts that found the queue closed; they are not offered.",
        [(QKR, STAYS.count(&[one(C::TurnedAway)]).where_any())];
    Overflowed: "overflowed", "Overflowed", Count, Neither, Apart, [Queues],
        "Contacts that left for another queue.",
        [(QKR, STAYS.count(&[one(C::Overflowed)]).where_any())];
    ClosedOut: "closed_out", "Closed out", Count, Lower, Apart, [Queues],
        "Waiting contacts that were sent away at closing time.",
        [(QKR, STAYS.count(&[one(C::ClosedOut)]).where_any())];
    StillWaiting: "still_waiting", "Still waiting at the end", Count, Lower, Hinges, [Queues],
        "Contacts that were waiting when the simulation ended.",
        [(QKR, STAYS.count(&[one(C::StillWaiting)]).where_any())];

    // Service level and waits.
    ServiceLevel: "service_level", "Service level", Share, Higher, Hinges, [Queues, Intervals],
        "Share of contacts answered within the target time.",
        [(QKR, STAYS.ratio(&[extra(X::ServiceMet)], &[extra(X::ServiceAsked)]))];
    SecondLevel: "second_level", "Service level, second target", Share, Higher, Hinges, [],
        "Share of contacts answered within the second target's time, of those answered or abandoned.",
        [(Q, PASSAGES.ratio(&[beside(B::SecondKept)], &[beside(B::SecondAsked)]))];
    DaysOnTarget: "days_on_target", "Days on target", Share, Higher, Hinges, [Queues],
        "Share of days on which the service level reached its target.",
        [(Q, STAYS.ratio(&[extra(X::AnswerDaysMet)], &[extra(X::AnswerDays)]))];
    Delayed: "delayed", "Had to wait", Share, Lower, Hinges, [Queues],
        "Contacts that found no free agent, of those offered.",
        [(QKR, STAYS.ratio(&[one(C::Delayed)], COULD_WAIT))];
    Wait: "wait", "Mean wait, all", Seconds, Lower, Time, [Queues, Intervals],
        "Time in the queue of all contacts, answered and abandoned; no wait counts as 0.",
        [(QKR, STAYS.ratio(WAITED, ENDED))];
    WaitAnswered: "wait_answered", "Mean wait, answered (ASA)", Seconds, Lower, Time, [Queues, Intervals],
        "Average speed of answer: the wait of the contacts that were answered, zeros included.",
        [(QKR, STAYS.ratio(&[one(C::WaitAnswered)], ON_LINE))];
    WaitAbandoned: "wait_abandoned", "Mean wait, abandoned", Seconds, Neither, Time, [Queues],
        "The wait of the contacts that were abandoned.",
        [(QKR, STAYS.ratio(&[one(C::WaitAbandoned)], &[one(C::Abandoned)]))];
    WaitSd: "wait_sd", "Standard deviation of the wait", Seconds, Lower, Time, [Queues],
        "Standard deviation of the wait of all contacts, answered and abandoned.",
        [(Q, STAYS.deviation(&[extra(X::WaitSquares)], WAITED, ENDED))];
    WaitP50: "wait_p50", "Wait, median", Seconds, Lower, Time, [Queues],
        "Half of all contacts wait longer.",
        [(QR, percentile(Times::WaitsOfAll, 0.5))];
    WaitP80: "wait_p80", "Wait, p80", Seconds, Lower, Time, [Queues],
        "One contact in five waits longer.",
        [(Q, percentile(Times::WaitsOfAll, 0.8))];
    WaitP90: "wait_p90", "Wait, p90", Seconds, Lower, Time, [Queues, Intervals],
        "One contact in ten waits longer.",
        [(QR, percentile(Times::WaitsOfAll, 0.9))];
    WaitP95: "wait_p95", "Wait, p95", Seconds, Lower, Time, [Queues],
        "One contact in twenty waits longer.",
        [(QR, percentile(Times::WaitsOfAll, 0.95))];
    WaitP99: "wait_p99", "Wait, p99", Seconds, Lower, Time, [Queues],
        "One contact in a hundred waits longer.",
        [(Q, percentile(Times::WaitsOfAll, 0.99))];
    AsaP50: "wait_answered_p50", "Wait of the answered, median", Seconds, Lower, Time, [Queues],
        "Half of the answered contacts wait longer.",
        [(Q, percentile(Times::WaitsOfAnswered, 0.5))];
    AsaP80: "wait_answered_p80", "Wait of the answered, p80", Seconds, Lower, Time, [Queues],
        "One answered contact in five waits longer.",
        [(Q, percentile(Times::WaitsOfAnswered, 0.8))];
    AsaP90: "wait_answered_p90", "Wait of the answered, p90", Seconds, Lower, Time, [Queues],
        "One answered contact in ten waits longer.",
        [(Q, percentile(Times::WaitsOfAnswered, 0.9))];
    AsaP95: "wait_answered_p95", "Wait of the answered, p95", Seconds, Lower, Time, [Queues],
        "One answered contact in twenty waits longer.",
        [(Q, percentile(Times::WaitsOfAnswered, 0.95))];
    AsaP99: "wait_answered_p99", "Wait of the answered, p99", Seconds, Lower, Time, [Queues],
        "One answered contact in a hundred waits longer.",
        [(Q, percentile(Times::WaitsOfAnswered, 0.99))];
    AbandonedP50: "wait_abandoned_p50", "Wait of the abandoned, median", Seconds, Neither, Time, [Queues],
        "Half of the abandoned contacts waited longer.",
        [(Q, percentile(Times::WaitsOfAbandoned, 0.5))];
    AbandonedP90: "wait_abandoned_p90", "Wait of the abandoned, p90", Seconds, Neither, Time, [Queues],
        "One abandoned contact in ten waited longer.",
        [(Q, percentile(Times::WaitsOfAbandoned, 0.9))];
    WaitMax: "wait_max", "Longest wait", Seconds, Lower, Time, [Queues],
        "The longest wait of all replications.",
        [(Q, longest())];
    Abandonment: "abandonment", "Abandonment", Share, Lower, Hinges, [Queues, Intervals],
        "Abandoned contacts over answered and abandoned ones.",
        [(QKR, STAYS.ratio(&[one(C::Abandoned)], ENDED))];

    // Handling, queue and load.
    Aht: "aht", "Average handle time (AHT)", Seconds, Lower, Apart, [Queues, Intervals],
        "Talk and wrap-up per piece of service; in the total, per answered contact.",
        [(T, STAYS.ratio(HANDLED, &[extra(X::AnsweredContacts)])), (QKRF, STAYS.ratio(HANDLED, LEGS))];
    Talk: "talk", "Talk time", Seconds, Neither, Apart, [Queues],
        "Talk time per piece of service, time on hold included.",
        [(QKRF, STAYS.ratio(&[one(C::Talk)], LEGS))];
    WrapUp: "wrap_up", "Wrap-up time", Seconds, Neither, Apart, [Queues],
        "After-call work per piece of service.",
        [(QKRF, STAYS.ratio(&[one(C::WrapUp)], LEGS))];
    QueueLength: "queue", "Waiting, time average", Count, Lower, Hinges, [Queues, Intervals],
        "Customers waiting, averaged over time.",
        [(QRF, STAYS.average(&[one(C::Waiting)]))];
    QueueLengthSd: "queue_sd", "Waiting, standard deviation", Count, Lower, Hinges, [Queues],
        "Standard deviation of the number of customers waiting, over time.",
        [(Q, STAYS.deviation_over_time(&[extra(X::WaitingSquares)], &[one(C::Waiting)]))];
    Busy: "busy", "Agents busy, time average", Count, Neither, Apart, [Queues],
        "Agents at work on a contact or its wrap-up, averaged over time.",
        [(QRF, STAYS.average(&[one(C::Busy)])), (GR, GROUP.average(&[hours(G::Working)]))];
    Load: "load", "Offered load", Count, Neither, Hinges, [Queues, Intervals],
        "Work that arrives in a span of time, in agents: contacts times handle time over time.",
        [(QR, STAYS.load(OFFERED, WORK, LEGS))];
    AgentsShort: "agents_short", "Agents short of the target", Count, Lower, Hinges, [Queues, Intervals],
        "Agents that were missing to keep the service level in that interval.",
        [(R, shortage(Mended::ServiceLevel))];
    AgentsShortOfAbandonment: "agents_short_of_abandonment", "Agents short of the abandonment target", Count, Lower, Hinges, [Queues],
        "Agents that were missing to keep abandonment at its target in that interval.",
        [(R, shortage(Mended::Abandonment))];
    ToReturn: "to_return", "Customers who will return, time average", Count, Lower, Apart, [],
        "Customers who will get in touch again here, to retry or as they were not helped, averaged over time.",
        [(Q, PASSAGES.average(&[of(P::ToReturn)]).where_any())];
    Transferred: "transferred", "Transferred legs", Share, Lower, Apart, [Queues],
        "Pieces of service that passed the contact on, of all.",
        [(QKR, STAYS.ratio(&[one(C::Transferred)], LEGS).where_any())];

    // Cases.
    Cases: "cases", "Cases", Count, Neither, Apart, [Queues, Cases],
        "Customers' problems; retries and repeat contacts belong to the same case.",
        [(QR, STAYS.count(CASES).where_any())];
    CasesSolvedFirst: "solved_first", "Solved by the first contact", Share, Higher, Apart, [Queues, Cases],
        "Cases solved by their first answered contact, of all cases.",
        [(QR, STAYS.ratio(&[one(C::SolvedFirst)], CASES))];
    CasesSolvedLater: "solved_later", "Solved later", Share, Neither, Apart, [Queues, Cases],
        "Cases solved by a later contact, of all cases.",
        [(QR, STAYS.ratio(&[one(C::Solved), less(C::SolvedFirst)], CASES))];
    CasesLost: "lost", "Lost", Share, Lower, Apart, [Queues, Cases],
        "Cases given up, of all cases.",
        [(QR, STAYS.ratio(&[one(C::Lost)], CASES))];
    CasesOpen: "open", "Still open", Share, Lower, Apart, [Queues, Cases],
        "Cases that were neither solved nor lost when the reported time ended.",
        [(QR, STAYS.ratio(&[one(C::Cases), less(C::Solved), less(C::Contained), less(C::Lost)], CASES))];
    Fcr: "fcr", "First contact resolution (true)", Share, Higher, Apart, [Queues, Cases],
        "Cases solved by their first answered contact, of the cases that were ever answered.",
        [(Q, STAYS.ratio(&[one(C::SolvedFirst)], EVER_ANSWERED))];
    FcrMeasured: "fcr_measured", "First contact resolution (measured)", Share, Higher, Apart, [Queues, Cases],
        "Cases without a further contact within the window after their first answer, of the cases ever answered.",
        [(Q, STAYS.ratio(&[extra(X::EverAnswered), less_extra(X::Repeated)], EVER_ANSWERED))];
    Resolution: "resolution", "Resolution", Share, Higher, Apart, [Queues, Cases],
        "Cases solved, by people or by self-service, over solved and lost ones.",
        [(QR, STAYS.ratio(SOLVED, CLOSED))];
    ResolvedInTime: "resolved_in_time", "Solved in time", Share, Higher, Hinges, [Queues, Cases],
        "Cases solved within the target time of their opening, of those solved or lost.",
        [(Q, STAYS.ratio(&[extra(X::SolvedInTime)], &[extra(X::ResolveAsked)]))];
    TimeToResolution: "time_to_resolution", "Mean time to resolution", Seconds, Lower, Hinges, [Queues, Cases],
        "From a case's opening to its solution, of the cases solved.",
        [(Q, STAYS.ratio(&[extra(X::TimeToResolution)], SOLVED))];
    ContactsPerCase: "contacts_per_case", "Contacts per case", Count, Lower, Apart, [Queues, Cases],
        "Attempts per case, busy signals and attempts while closed included.",
        [(Q, STAYS.ratio(&[extra(X::Contacts)], CASES))];
    LegsPerCase: "legs_per_case", "Legs per case", Count, Lower, Apart, [Queues, Cases],
        "Pieces of service per case.",
        [(Q, STAYS.ratio(&[extra(X::CaseLegs)], CASES))];
    TransfersPerCase: "transfers_per_case", "Transfers per case", Count, Lower, Apart, [Queues, Cases],
        "Transfers per case.",
        [(Q, STAYS.ratio(&[extra(X::CaseTransfers)], CASES))];
    CasesContained: "contained", "Contained in self-service", Share, Higher, Apart, [Cases],
        "Cases that ended in self-service for good, of all cases.",
        [(QR, STAYS.ratio(&[one(C::Contained)], CASES).where_any())];
    Ocr: "ocr", "One-contact resolution", Share, Higher, Apart, [Cases],
        "Cases solved by their only contact, on whatever channel, of those solved, contained or lost.",
        [(Q, PASSAGES.ratio(&[beside(B::SolvedAtOnce)], &[beside(B::Ended)]))];
    AgentsPerCase: "agents_per_case", "Agents per case", Count, Lower, Apart, [Cases],
        "Different agents who served a case.",
        [(Q, PASSAGES.ratio(&[beside(B::Agents)], &[beside(B::Cases)]))];
    FirstAgent: "first_agent", "Solved by the first agent", Share, Higher, Apart, [Cases],
        "Cases solved by the first agent who served them, of the cases solved.",
        [(Q, PASSAGES.ratio(&[beside(B::SolvedByFirstAgent)], &[beside(B::Solved)]))];

    // Self-service and callbacks.
    Sessions: "sessions", "Self-service sessions", Count, Neither, Apart, [],
        "Customers received by self-service.",
        [(Q, PASSAGES.count(&[of(P::Sessions)]).where_any())];
    Containment: "containment", "Contained, as self-service reports it", Share, Neither, Apart, [],
        "Contained sessions as the bot reports them, of all: later repeat contacts are not deducted.",
        [(Q, PASSAGES.ratio(&[of(P::Contained), of(P::FalselyContained)], SESSIONS))];
    TrueContainment: "true_containment", "Contained for good", Share, Higher, Apart, [],
        "Sessions whose customer needs nothing more, of all.",
        [(Q, PASSAGES.ratio(&[of(P::Contained)], SESSIONS))];
    HungUp: "hung_up", "Hung up in self-service", Share, Lower, Apart, [],
        "Sessions that the customer broke off, of all.",
        [(Q, PASSAGES.ratio(&[of(P::HungUp)], SESSIONS))];
    Dialled: "dialled", "Calls dialled", Count, Neither, Apart, [],
        "Customers whom the dialer called, whether they answered or not.",
        [(Q, PASSAGES.count(&[of(P::Dialled)]).where_any())];
    Callbacks: "callbacks", "Callbacks accepted", Count, Neither, Apart, [],
        "Customers who hung up and kept their place.",
        [(QKR, STAYS.count(&[one(C::CalledBack)]).where_any())];
    CallbacksOffered: "callback_offered", "Callbacks offered", Count, Neither, Apart, [],
        "Waiting customers who were offered a callback.",
        [(Q, PASSAGES.count(&[of(P::CallbacksOffered)]).where_any())];
    CallbacksDone: "callback_done", "Callbacks done", Share, Higher, Apart, [],
        "Callbacks that reached the customer, of those accepted.",
        [(Q, PASSAGES.ratio(&[of(P::CallbacksDone)], ACCEPTED))];
    CallbackDelay: "callback_delay", "Mean time to the callback", Seconds, Lower, Apart, [],
        "From the acceptance to the call that reached the customer.",
        [(Q, PASSAGES.ratio(&[of(P::CallbackDelay)], &[of(P::CallbacksDone)]))];
    CallbacksUnreached: "callback_unreached", "Callbacks not reached", Share, Lower, Apart, [],
        "Callbacks given up as nobody answered, of those accepted.",
        [(Q, PASSAGES.ratio(&[of(P::CallbacksUnreached)], ACCEPTED))];

    // Conversations, messages and deferred work.
    Hold: "hold", "Agent held, per leg", Seconds, Lower, Apart, [],
        "Time that an agent stayed with a customer who was passed on, per piece of service.",
        [(Q, PASSAGES.ratio(&[of(P::Hold)], &[beside(B::Legs)]).where_any())];
    Effort: "effort", "Agent effort per leg", Seconds, Neither, Apart, [],
        "An agent's time per piece of service; time that an agent shares between conversations is divided between them.",
        [(Q, PASSAGES.ratio(&[beside(B::Busy), less_of(P::Shared)], &[beside(B::Legs)]).where_shared())];
    Response: "response", "Mean time to the response", Seconds, Lower, Time, [],
        "From a contact's arrival to the first reply, or to the end of its handling where there is only one.",
        [(Q, PASSAGES.ratio(&[of(P::ResponseTime)], &[of(P::Responses)]))];
    ResponseP50: "response_p50", "Response, median", Seconds, Lower, Time, [],
        "Half of all responses take longer.",
        [(Q, percentile(Times::Responses, 0.5))];
    ResponseP80: "response_p80", "Response, p80", Seconds, Lower, Time, [],
        "One response in five takes longer.",
        [(Q, percentile(Times::Responses, 0.8))];
    ResponseP90: "response_p90", "Response, p90", Seconds, Lower, Time, [],
        "One response in ten takes longer.",
        [(Q, percentile(Times::Responses, 0.9))];
    ResponseP95: "response_p95", "Response, p95", Seconds, Lower, Time, [],
        "One response in twenty takes longer.",
        [(Q, percentile(Times::Responses, 0.95))];
    ResponseWithin: "response_within", "Responses in time", Share, Higher, Hinges, [],
        "Responses within the target time, of all responses.",
        [(Q, PASSAGES.ratio(&[beside(B::ResponsesKept)], &[beside(B::ResponsesAsked)]))];
    LaterResponse: "later_response", "Mean time to a later response", Seconds, Lower, Apart, [],
        "From a customer's further message to its reply.",
        [(Q, PASSAGES.ratio(&[of(P::LaterResponseTime)], &[of(P::LaterResponses)]))];
    Backlog: "backlog", "Backlog at interval ends", Count, Lower, Hinges, [],
        "Deferred work that nobody has taken up at the end of an interval, averaged over intervals.",
        [(Q, PASSAGES.at_ends(&[beside(B::Backlog)]).where_any()), (R, of_ages())];
    Parked: "parked", "Conversations parked", Count, Neither, Apart, [],
        "Times that a silent customer's conversation was put aside.",
        [(Q, PASSAGES.count(&[of(P::Parked)]).where_any())];
    Interrupted: "interrupted", "Work interrupted", Count, Lower, Apart, [],
        "Times that deferred work was interrupted for a customer on the line.",
        [(Q, PASSAGES.count(&[of(P::Interrupted)]).where_any())];
    Silent: "silent", "Abandoned without a word", Count, Lower, Apart, [],
        "Customers who left a chat's queue without a word; an agent finds out later.",
        [(Q, PASSAGES.count(&[of(P::Silent)]).where_any())];
    Chased: "chased", "Chased while waiting", Count, Lower, Apart, [],
        "Customers who got in touch again while they waited.",
        [(Q, PASSAGES.count(&[of(P::Chased)]).where_any())];
    Escalated: "escalated", "Escalated", Count, Neither, Apart, [],
        "Contacts that went to a higher level at once.",
        [(Q, PASSAGES.count(&[of(P::Escalated)]).where_any())];

    // Follow-ups.
    FollowUps: "follow_ups", "Follow-ups started", Count, Neither, Apart, [],
        "Follow-ups that an occasion started.",
        [(F, PASSAGES.count(STARTED).where_any())];
    FollowUpsDone: "follow_ups_done", "Follow-ups done", Share, Higher, Apart, [],
        "Follow-ups that reached the customer, of those started.",
        [(F, PASSAGES.ratio(DONE, STARTED))];
    FollowUpsOnTime: "follow_ups_on_time", "Done on time", Share, Higher, Apart, [],
        "Begun by their due date, of those done.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpsOnTime)], DONE))];
    FollowUpDelay: "follow_up_delay", "Mean time to the follow-up", Seconds, Lower, Apart, [],
        "From the occasion to the follow-up, of those done.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpDelay)], DONE))];
    FollowUpsUnreached: "follow_ups_unreached", "Customer not reached", Share, Lower, Apart, [],
        "Given up as nobody answered, of those started.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpsUnreached)], STARTED))];
    FollowUpsNeedless: "follow_ups_needless", "No longer needed", Share, Neither, Apart, [],
        "The case was closed before their time came, of those started.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpsNeedless)], STARTED))];
    FollowUpsReassigned: "follow_ups_reassigned", "Done by someone else", Share, Lower, Apart, [],
        "Left to someone else as the owner would not be there in time, of those started.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpsReassigned)], STARTED))];
    FollowUpsSolved: "follow_ups_solved", "Solved by the follow-up", Share, Higher, Apart, [],
        "Follow-ups that solved a case that was still open, of those done.",
        [(F, PASSAGES.ratio(&[of(P::FollowUpsSolved)], DONE))];

    // Agents and cost.
    OnDuty: "on_duty", "Agents on duty, time average", Count, Neither, Apart, [Groups, Intervals],
        "Agents logged in and not on a break, averaged over the whole reported time, nights and closed hours included.",
        [(GR, GROUP.average(AVAILABLE))];
    Scheduled: "scheduled", "Agents scheduled, time average", Count, Neither, Apart, [Groups, Intervals],
        "Scheduled agents, averaged over the whole reported time, nights and closed hours included.",
        [(GR, GROUP.average(&[hours(G::Scheduled)]))];
    Occupancy: "occupancy", "Occupancy", Share, Neither, Apart, [Groups, Intervals],
        "Time with any work over the time logged in outside breaks.",
        [(GR, GROUP.ratio(&[hours(G::Working)], AVAILABLE))];
    OccupancySpread: "occupancy_spread", "Spread of occupancy between agents", Share, Lower, Apart, [Groups],
        "Standard deviation of the occupancy of agents, within a replication: how unevenly the work falls on them.",
        [(OF_GROUP, GROUP.count(&[spread()]).where_any())];
    Utilisation: "utilisation", "Utilisation", Share, Neither, Apart, [Groups],
        "Time with any work over paid time.",
        [(GR, GROUP.ratio(&[hours(G::Working)], PAID))];
    Shrinkage: "shrinkage", "Shrinkage", Share, Lower, Apart, [Groups],
        "Paid time that was not available for contacts, over paid time.",
        [(GR, GROUP.ratio(&[hours(G::Paid), less_hours(G::Unpaid), less_hours(G::OnDuty), hours(G::OnBreak)], PAID))];
    PaidHours: "paid_hours", "Paid hours", Hours, Lower, Apart, [Groups],
        "Hours paid, overtime included.",
        [(GR, GROUP.count(PAID))];
    Fte: "fte", "Full-time equivalents", Count, Lower, Apart, [Groups],
        "Paid hours a week over those of one full-time equivalent.",
        [(OF_GROUP, GROUP.fte(PAID))];
    Overtime: "overtime", "Overtime hours", Hours, Lower, Apart, [Groups],
        "Hours past the end of a shift.",
        [(GR, GROUP.count(&[hours(G::Overtime)]))];
    Cost: "cost", "Cost", Money, Lower, Apart, [Groups],
        "Pay of the paid hours with all premiums, in the scenario's own money.",
        [(T, STAYS.count(COST).where_paid()), (OF_GROUP, GROUP.pay(PAY))];
    Premiums: "premiums", "Pay premiums", Money, Lower, Apart, [Groups],
        "What the premiums of nights, Sundays and overtime cost above the usual pay; a part of the cost.",
        [(OF_GROUP, GROUP.pay(&[premium()]).with(&[tally::PREMIUM]))];
    CostPerContact: "cost_per_contact", "Cost per answered contact", Money, Lower, Apart, [],
        "Cost over answered contacts.",
        [(T, STAYS.ratio(COST, &[extra(X::AnsweredContacts)]).where_paid())];
    CostPerSolved: "cost_per_solved", "Cost per solved case", Money, Lower, Apart, [],
        "Cost over solved cases.",
        [(T, STAYS.ratio(COST, SOLVED).where_paid())];
    WaitingCost: "waiting_cost", "Cost of waiting", Money, Lower, Hinges, [],
        "Hours that customers wait and customers who abandon, at what the scenario says that they cost.",
        [(Q, STAYS.count(WAITING_COST).where_any())];
    CostWithWaiting: "cost_with_waiting", "Cost, waiting included", Money, Lower, Hinges, [],
        "Pay and the cost of waiting together.",
        [(T, STAYS.count(&[extra(X::Cost), extra(X::WaitingCost)]).with(&[tally::extra(X::WaitingCost)]))];
    OneOpen: "one_open", "At work with one conversation", Share, Neither, Apart, [],
        "Working time with exactly one conversation open.",
        [(GR, GROUP.ratio(&[hours(G::OneOpen)], &[hours(G::Working)]).with(SEVERAL_OPEN))];
    TwoOpen: "two_open", "At work with two conversations", Share, Neither, Apart, [],
        "Working time with two conversations open.",
        [(GR, GROUP.ratio(&[hours(G::TwoOpen)], &[hours(G::Working)]).with(SEVERAL_OPEN))];
    ThreeOpen: "three_open", "At work with three or more", Share, Neither, Apart, [],
        "Working time with three or more conversations open.",
        [(GR, GROUP.ratio(&[hours(G::ThreeOpen)], &[hours(G::Working)]).with(SEVERAL_OPEN))];
}

impl Figure {
    /// The last part of its dotted name: `service_level`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.declared().name
    }

    /// What a table's head or a chart's axis calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.declared().label
    }

    /// What it is measured in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.declared().unit
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(self) -> Better {
        self.declared().better
    }

    /// What it has to do with waiting.
    #[must_use]
    pub const fn waiting(self) -> Waiting {
        self.declared().waiting
    }

    /// Its meaning in a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        self.declared().meaning
    }

    /// The figure of that name, or of one that it had in an earlier version.
    #[must_use]
    pub fn named(name: &str) -> Option<Figure> {
        let name = match name {
            "redials" => Figure::Retries.name(),
            name => name,
        };
        Figure::ALL.iter().copied().find(|figure| figure.name() == name)
    }

    /// Whether a file has its column even where nothing was observed.
    #[must_use]
    pub fn stands_in(self, sheet: Sheet) -> bool {
        self.declared().stands_in.contains(&sheet)
    }

    /// Whether a kind of line can have it.
    #[must_use]
    pub fn is_of(self, line: Line) -> bool {
        self.counted_at(line).is_some()
    }

    /// Whether it is a mean or a share: what two variants can be compared by, replication by replication.
    #[must_use]
    pub fn is_ratio(self) -> bool {
        self.declared().counted.iter().any(|(_, counted)| counted.formula.is_ratio())
    }

    /// The figure that says how many agents are missing for a target on this one.
    #[must_use]
    pub fn shortage(self) -> Option<Figure> {
        let mended = match self {
            Figure::ServiceLevel => Mended::ServiceLevel,
            Figure::Abandonment => Mended::Abandonment,
            _ => return None,
        };
        let is_its = |figure: &Figure| {
            let mut all = figure.declared().counted.iter();
            all.any(|(_, counted)| matches!(counted.formula, Formula::Shortage(of) if of == mended))
        };
        Figure::ALL.iter().copied().find(is_its)
    }

    /// Of a percentile: the times that it is read from on a line of results, and which one of them.
    pub(super) fn percentile_at(self, line: Line) -> Option<(Times, f64)> {
        match self.counted_at(line)?.formula {
            Formula::Percentile(times, p) => Some((times, p)),
            _ => None,
        }
    }

    /// How it is counted on a line; the total's own way first.
    pub(super) fn counted_at(self, line: Line) -> Option<&'static Counted> {
        let on = |line: Line| {
            let mut all = self.declared().counted.iter();
            all.find(|(lines, _)| lines.contains(&line)).map(|(_, counted)| counted)
        };
        on(line).or_else(|| if line == Line::Total { on(Line::Scope) } else { None })
    }
}
