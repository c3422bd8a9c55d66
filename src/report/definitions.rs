//! What figures mean, in a line each, for the page. `docs/figures.md` has them in full.

use crate::figures::Figure;
use crate::scenario::ServiceLevelFormula;

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
        Figure::AgentsShort => "Agents that were missing to keep the promise in that interval.",
        Figure::Cases => "Customers' problems; redials and recontacts belong to the same case.",
        Figure::CasesSolvedFirst => "Cases solved by their first answered contact, of all cases.",
        Figure::CasesSolvedLater => "Cases solved by a later contact, of all cases.",
        Figure::CasesLost => "Cases given up, of all cases.",
        Figure::CasesOpen => "Cases that were neither solved nor lost when the reported time ended.",
        Figure::Fcr => "Cases solved by their first answered contact, of the cases that were ever answered.",
        Figure::Resolution => "Solved cases over solved and lost ones.",
        Figure::ResolvedInTime => {
            "Cases solved within the promised time of their opening, of those solved or lost."
        }
        Figure::ContactsPerCase => "Attempts per case, busy signals and closed doors included.",
        Figure::OnDuty => "Agents logged in and not on a break, averaged over time.",
        Figure::Scheduled => "Agents that the shifts foresee, averaged over time.",
        Figure::Busy => "Agents at work on a contact or its wrap-up, averaged over time.",
        Figure::Occupancy => "Time with any work over the time logged in outside breaks.",
        Figure::Utilisation => "Time with any work over paid time.",
        Figure::Shrinkage => "Paid time that was not available for contacts, over paid time.",
        Figure::PaidHours => "Hours paid, overtime included.",
        Figure::Overtime => "Hours past the end of a shift.",
        Figure::Cost => "Pay of the paid hours, in the scenario's own money.",
        Figure::CostPerContact => "Cost over answered contacts.",
        Figure::CostPerSolved => "Cost over solved cases.",
        _ => "",
    }
}

/// How a service level is counted.
pub(super) const fn formula(formula: ServiceLevelFormula) -> &'static str {
    match formula {
        ServiceLevelFormula::AnsweredOfOffered => "answered in time, of all answered and abandoned",
        ServiceLevelFormula::AnsweredOfAnswered => "answered in time, of all answered",
        ServiceLevelFormula::LessShortAbandons => {
            "answered in time, of all answered and of those who abandoned after the promised time"
        }
        ServiceLevelFormula::AbandonsMet => "answered or abandoned in time, of all answered and abandoned",
        ServiceLevelFormula::ShortAbandonsMet => {
            "answered in time or abandoned at once, of all answered and abandoned"
        }
    }
}
