//! One replication: the clock, the life of a contact, the day of an agent.
//!
//! The engine is generic over the policy, so that built-in rules cost no indirect call, and over
//! the audit, so that tests check every conservation law at every event and others pay nothing.
//!
//! At one instant: completions (by agent), staffing, opening and closing, abandonments, overflows
//! and wake-ups, arrivals; within a class in order of entry.

mod absence;
mod agenda;
mod audit;
mod booking;
mod busyness;
mod callback;
mod contact;
mod conversation;
mod deferred;
mod departures;
mod desk;
mod dialer;
mod dialling;
mod event_list;
mod first_talk;
mod follow_up;
mod heads;
mod metering;
mod meters;
mod opening;
mod outcome;
mod paces;
mod player;
mod recorder;
mod routes;
mod self_service;
mod service;
mod shifts;
mod sources;
mod talk;
mod timers;
mod tournament;
mod transfer;
mod unfinished;
mod waiting;

pub use player::{Player, Unstable};
pub use recorder::{CaseEvent, Recorder, WorkEvent};
