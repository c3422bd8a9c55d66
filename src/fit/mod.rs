//! What an export tells of a centre, and what it does not.
//!
//! Everything here is either seen, with where it comes from, or assumed, and marked so: nothing is made up in silence.

mod agents;
mod by_time;
mod centre;
mod duty;
mod estimates;
mod family;
mod known;
mod likelihood;
mod names;
mod not_ready;
mod of_report;
mod of_tickets;
mod order;
mod patience;
mod repeats;
mod returns;
mod services;
mod skills;
mod survival;
mod tally;
mod transfers;

pub use agents::{AgentsFitted, agents_differ};
pub use by_time::{ByTime, Step};
pub use centre::{Centre, GroupFound, HeadStart, Kind, QueueFound, Reopened, Talks, Times};
pub use duty::{Duty, Team, on_duty};
pub use estimates::{Durations, PatienceFitted, QueueEstimates, balk, estimates};
pub use family::{Family, Fitted, exponential, families, largest_gap, weibull};
pub use known::Known;
pub use likelihood::Estimated;
pub use names::keys;
pub use of_report::{Details, Seen, centre, seen};
pub use of_tickets::{TicketDetails, replay, ticket_centre, told_of_tickets};
pub use order::{Order, QueueOrder, order};
pub use patience::{Patience, patience};
pub use repeats::{RepeatsFitted, repeats};
pub use returns::{ReturnsFitted, returns};
pub use survival::{Patient, Survival};
pub use tally::{Tally, Wait};
pub use transfers::{TransfersFitted, transfers};
