//! What figures mean, in a line each, for the page. `docs/figures.md` has them in full.

use crate::figures::Figure;
use crate::vocabulary::ServiceLevelFormula;

/// The meaning of a figure that the page shows.
pub(super) const fn definition(figure: Figure) -> &'static str {
    match figure {
        Figure::Offered => {
            "Contacts that entered the queue, less those that overflowed to another one. Busy signals are apart."
        }
        Figure::ServiceLevel => "Share of contacts answered within the promised time.",
        Figure::Wait => "Time in the queue of all contacts, answered and abandoned; no wait counts as 0.",
        Figure::WaitAnswered => {
            "Average speed of answer: the wait of the contacts that were answered, zeros included."
        }
        Figure::WaitP50 => "Half of all contacts wait longer.",
        Figure::WaitP90 => "One contact in ten waits longer.",
        Figure::Abandonment => "Abandoned contacts over answered and abandoned ones.",
        Figure::Aht => "Talk and wrap-up per piece of service; in the total, per answered contact.",
        Figure::QueueLength => "Customers waiting, averaged over time.",
        Figure::Load => {
            "Work that arrives in a span of time, in agents: contacts times handle time over time."
        }
        Figure::BusySignals => "Attempts that heard the busy signal, of all attempts.",
        Figure::AgentsShort => "Agents that were missing to keep the service level in that interval.",
        Figure::AgentsShortOfAbandonment => {
            "Agents that were missing to keep abandonment at its target in that interval."
        }
        Figure::Cases => "Customers' problems; redials and recontacts belong to the same case.",
        Figure::CasesSolvedFirst => "Cases solved by their first answered contact, of all cases.",
        Figure::CasesSolvedLater => "Cases solved by a later contact, of all cases.",
        Figure::CasesLost => "Cases given up, of all cases.",
        Figure::CasesOpen => "Cases that were neither solved nor lost when the reported time ended.",
        Figure::Fcr => "Cases solved by their first answered contact, of the cases that were ever answered.",
        Figure::TimeToResolution => "From a case's opening to its solution, of the cases solved.",
        Figure::Resolution => "Solved cases over solved and lost ones.",
        Figure::ResolvedInTime => {
            "Cases solved within the target time of their opening, of those solved or lost."
        }
        Figure::ContactsPerCase => "Attempts per case, busy signals and attempts while closed included.",
        Figure::OnDuty => {
            "Agents logged in and not on a break, averaged over the whole reported time, nights and closed hours included."
        }
        Figure::Scheduled => {
            "Scheduled agents, averaged over the whole reported time, nights and closed hours included."
        }
        Figure::Busy => "Agents at work on a contact or its wrap-up, averaged over time.",
        Figure::Occupancy => "Time with any work over the time logged in outside breaks.",
        Figure::Utilisation => "Time with any work over paid time.",
        Figure::Shrinkage => "Paid time that was not available for contacts, over paid time.",
        Figure::PaidHours => "Hours paid, overtime included.",
        Figure::Overtime => "Hours past the end of a shift.",
        Figure::Cost => "Pay of the paid hours, in the scenario's own money.",
        Figure::CostPerContact => "Cost over answered contacts.",
        Figure::CostPerSolved => "Cost over solved cases.",
        Figure::CasesContained => "Cases that ended in self-service for good, of all cases.",
        Figure::Ocr => {
            "Cases solved by their only contact, on whatever channel, of those solved, contained or lost."
        }
        Figure::AgentsPerCase => "Different agents who served a case.",
        Figure::Sessions => "Customers received by self-service.",
        Figure::Containment => {
            "Contained sessions as the bot reports them, of all: later repeat contacts are not deducted."
        }
        Figure::TrueContainment => "Sessions whose customer needs nothing more, of all.",
        Figure::HungUp => "Sessions that the customer broke off, of all.",
        Figure::CallbacksOffered => "Waiting customers who were offered a callback.",
        Figure::Callbacks => "Customers who hung up and kept their place.",
        Figure::CallbacksDone => "Callbacks that reached the customer, of those accepted.",
        Figure::CallbackDelay => "From the acceptance to the call that reached the customer.",
        Figure::CallbacksUnreached => "Callbacks given up as nobody answered, of those accepted.",
        Figure::Effort => {
            "An agent's time per piece of service; time that an agent shares between conversations is divided between them."
        }
        Figure::Response => {
            "From a contact's arrival to the first reply, or to the end of its handling where there is only one."
        }
        Figure::ResponseP50 => "Half of all responses take longer.",
        Figure::ResponseP90 => "One response in ten takes longer.",
        Figure::ResponseWithin => "Responses within the target time, of all responses.",
        Figure::LaterResponse => "From a customer's further message to its reply.",
        Figure::Backlog => {
            "Deferred work that nobody has taken up at the end of an interval, averaged over intervals."
        }
        Figure::Chased => "Customers who got in touch again while they waited.",
        Figure::Interrupted => "Times that deferred work was interrupted for a customer on the line.",
        Figure::Parked => "Times that a silent customer's conversation was put aside.",
        Figure::Silent => "Customers who left a chat's queue without a word; an agent finds out later.",
        Figure::Escalated => "Contacts that went to a higher level at once.",
        Figure::FollowUps => "Follow-ups that an occasion started.",
        Figure::FollowUpsDone => "Follow-ups that reached the customer, of those started.",
        Figure::FollowUpsOnTime => "Begun by their due date, of those done.",
        Figure::FollowUpDelay => "From the occasion to the follow-up, of those done.",
        Figure::FollowUpsUnreached => "Given up as nobody answered, of those started.",
        Figure::FollowUpsNeedless => "The case was closed before their time came, of those started.",
        Figure::FollowUpsReassigned => {
            "Left to someone else as the owner would not be there in time, of those started."
        }
        Figure::FollowUpsSolved => "Follow-ups that solved a case that was still open, of those done.",
        Figure::OneOpen => "Working time with exactly one conversation open.",
        Figure::TwoOpen => "Working time with two conversations open.",
        Figure::ThreeOpen => "Working time with three or more conversations open.",
        _ => "",
    }
}

/// The meaning of the service level where some promise a response.
pub(super) const OF_RESPONSES: &str = "Share of contacts answered within the target time; of messages and deferred work, share that got a response \
     within it.";

/// What is offered where some are called back.
pub(super) const OF_CALLBACKS: &str = "Contacts that entered the queue, less those that overflowed to another one or took a callback (which is \
     offered when it is made). Busy signals are apart.";

/// How a service level is counted.
pub(super) const fn formula(formula: ServiceLevelFormula) -> &'static str {
    match formula {
        ServiceLevelFormula::AnsweredOfOffered => "answered in time, of all answered and abandoned",
        ServiceLevelFormula::AnsweredOfAnswered => "answered in time, of all answered",
        ServiceLevelFormula::LessShortAbandons => {
            "answered in time, of all answered and of those who did not abandon at once"
        }
        ServiceLevelFormula::LessAbandonsWithin => {
            "answered in time, of all answered and of those who abandoned after the promised time"
        }
        ServiceLevelFormula::AbandonsMet => "answered or abandoned in time, of all answered and abandoned",
        ServiceLevelFormula::ShortAbandonsMet => {
            "answered in time or abandoned at once, of all answered and abandoned"
        }
    }
}
