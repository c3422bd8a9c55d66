//! The integration tests, one binary.

// Yardsticks may be computed by whatever is at hand.
#![allow(clippy::disallowed_methods)]

mod borders;
mod case_corner_cases;
mod centres;
mod chains;
mod channel_centres;
mod channel_corner_cases;
mod channels;
mod channels_doc;
mod commands;
mod compare;
mod compare_command;
mod conservation;
mod corner_cases;
mod determinism;
mod diagnostics;
mod draws;
mod erlang_command;
mod exact;
mod figures_agree;
mod figures_doc;
mod floors;
mod formulas;
mod hand_written_loops;
mod inert_cells;
mod journeys;
mod kills;
mod laws;
mod laws_of_queues;
mod lost_and_called_back;
mod markdown;
mod mixed_report;
mod moves;
mod mutants;
mod nonsense;
mod output_folder;
mod own_data;
mod page;
mod pilot;
mod pinned_draws;
mod plays;
mod real_data;
mod refusals;
mod report;
mod same_customers;
mod sample;
mod scenario;
mod seek;
mod staffing;
mod sweep_report;
mod sweeps;
mod told_and_true;
mod unfit_inputs;
mod written_commands;
