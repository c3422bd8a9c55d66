//! **holdline** simulates a contact centre before anyone has to live in it.
//!
//! # A tour of the house
//!
//! Data flows one way, and so do imports: a floor uses its own files and the floors below it.
//!
//! ```text
//! scenario.toml ─► scenario ─► model ─► engine ─► observations ─► figures ─► report
//!    the user      what was    dense,   one        integer         means      tables,
//!                  written     checked  replication counts         with       charts,
//!                                       at a time                  intervals  files
//! ```
//!
//! | floor | what lives there |
//! |---|---|
//! | [`cli`] | one file a command |
//! | [`report`] | one file a product: terminal table, CSV, JSON, charts, the page |
//! | [`experiment`] | replications in parallel, stopping at a precision |
//! | [`figures`] | the definitions of all figures, with their confidence intervals |
//! | [`engine`] | one replication: the clock, the life of a contact, the day of an agent |
//! | [`routing`] | the policy trait and the built-in rules |
//! | [`state`] | who waits, who is idle, who serves whom |
//! | [`observations`] | what one replication counted |
//! | [`model`] | the compiled centre: dense tables, small integers instead of names |
//! | [`scenario`] | what the user wrote, decoded and checked whole |
//! | [`estimate`] | tallies, histograms, ratio estimators: pure mathematics |
//! | [`random`] | named draws and the laws |
//! | [`formulas`] | Erlang B, C, A and friends |
//! | [`units`] | time, ids, calendars |

#![forbid(unsafe_code)]

pub mod cli;
pub mod engine;
pub mod estimate;
pub mod experiment;
pub mod figures;
pub mod formulas;
pub mod model;
pub mod observations;
pub mod random;
pub mod report;
pub mod routing;
pub mod scenario;
pub mod state;
pub mod units;
