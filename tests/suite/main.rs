//! The integration tests, one binary.

mod centres;
mod commands;
mod conservation;
mod corner_cases;
mod determinism;
mod diagnostics;
mod draws;
mod erlang_command;
mod exact;
mod floors;
mod formulas;
mod hand_written_loops;
mod laws;
mod laws_of_queues;
mod nonsense;
mod pinned_draws;
mod plays;
mod report;
mod same_customers;
mod sample;
mod scenario;
