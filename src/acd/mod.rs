//! What telephone systems and help desks export: interval reports, logs of calls, rosters and tickets, and which of their columns is what.
//!
//! Names of columns differ by vendor and by who set the report up. What a column was taken for is always
//! told ([`Report::taken`]) and can be corrected; what is not said by the file is never made up.

mod aliases;
mod asked;
mod call;
mod call_log;
mod column;
#[cfg(feature = "json")]
mod contact_records;
mod conversation;
#[cfg(feature = "json")]
mod conversation_details;
mod fault;
mod heading;
// A library built without the feature `json` says so where such a log is given.
#[cfg_attr(not(feature = "json"), path = "no_json_log.rs")]
mod json_log;
mod log;
mod preset;
mod queue_log;
mod report;
mod roster;
mod stamps;
mod ticket;
mod ticket_cells;
mod ticket_events;
// As with logs of calls that are JSON.
#[cfg_attr(not(feature = "json"), path = "no_ticket_json.rs")]
mod ticket_json;
mod ticket_table;

pub use asked::Asked;
pub use call::{Call, Calls, Outcome, Service};
pub use call_log::CallWords;
pub use column::Column;
pub use fault::{Fault, Faults};
pub use heading::{Taken, threshold};
pub use preset::Preset;
pub use report::{Interval, Report};
pub use roster::{Activities, Roster, Team};
pub use ticket::{First, Reached, Ticket, Tickets};
pub use ticket_events::TicketWords;
