//! **holdline** simulates a contact centre before anyone has to live in it.
//!
//! The program reads one TOML file and writes tables, charts and a page; the library does the same, and
//! plays routing policies of one's own:
//!
//! ```
//! use holdline::experiment::{Experiment, Silent};
//! use holdline::scenario::Scenario;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Any number of the scenario can be set by its dotted path.
//! let settings = ["experiment.replications=20".to_owned(), "groups.team.staff=22".to_owned()];
//! let loaded = Scenario::load("scenarios/first.toml".as_ref(), &settings)?;
//! let outcome = Experiment::new(&loaded.scenario)?.run(&Silent)?;
//!
//! // So are figures named; each comes with its confidence interval.
//! let level = outcome.results.figure("queues.service.service_level").expect("someone called");
//! println!("{:.1} % ± {:.1}", 100.0 * level.value, 100.0 * level.half_width.unwrap_or(0.0));
//! assert!(level.value > 0.85 && level.value < 0.95);
//! # Ok(())
//! # }
//! ```
//!
//! - Every key of a scenario: `docs/scenario.md`, or `holdline schema --reference`
//! - Every figure, with its formula: `docs/figures.md`; their names: [`figures::Figure`]
//! - A policy of one's own: [`routing::Policy`], played by [`experiment::Experiment::run_with`]
//! - Closed forms, for what theory can answer: [`formulas`]
//!
//! # Architecture
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
//! | [`experiment`] | replications in parallel, stopping at a precision, comparisons on the same customers |
//! | [`figures`] | the definitions of all figures, with their confidence intervals |
//! | [`engine`] | one replication: the clock, the life of a contact, the day of an agent |
//! | [`routing`] | the policy trait and the built-in rules |
//! | [`state`] | who waits, who is idle, who serves whom |
//! | [`observations`] | what one replication counted |
//! | [`model`] | the compiled centre: dense tables, small integers instead of names |
//! | [`scenario`] | what the user wrote, decoded and checked whole |
//! | [`forecast`] | contacts of the days to come, and how good such forecasts were |
//! | [`fit`] | what an export tells of a centre: handle times, patience, people on duty |
//! | [`acd`] | what telephone systems export: interval reports, logs of calls, and which column is what |
//! | [`reading`] | what reading a file takes, whatever is in it |
//! | [`tables`] | tables that other programs wrote: text and workbooks, dates, numbers |
//! | [`expression`] | formulas that a scenario may write: scores, conditions |
//! | [`vocabulary`] | the words of a scenario that other floors know too |
//! | [`estimate`] | tallies, histograms, ratio estimators: pure mathematics |
//! | [`random`] | named draws and the distributions |
//! | [`formulas`] | Erlang B, C, A and friends |
//! | [`units`] | time, ids, calendars |

#![forbid(unsafe_code)]

pub mod acd;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod estimate;
pub mod experiment;
pub mod expression;
pub mod figures;
pub mod fit;
pub mod forecast;
pub mod formulas;
pub mod model;
pub mod observations;
pub mod random;
pub mod reading;
#[cfg(feature = "report")]
pub mod report;
pub mod routing;
pub mod scenario;
pub mod state;
pub mod tables;
pub mod units;
pub mod vocabulary;
