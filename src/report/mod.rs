//! Results turned into products, one file a product: the sentence that matters, the terminal's
//! tables, CSV and JSON files, charts and the page.
//!
//! All products are functions of the results alone: no clock, no path, no number of threads gets
//! in, so the same results give the same bytes. [`write()`] puts them into a folder.

mod capacity;
mod capacity_page;
mod cell;
mod charts;
mod claim;
mod comparison;
mod comparison_files;
mod comparison_page;
mod contact_sheet;
mod csv_files;
mod definitions;
mod event_sheet;
mod first_looks;
mod fitted;
mod fitted_page;
mod fitted_rows;
mod folder;
mod foreseen;
mod foreseen_files;
mod headline;
mod imported;
mod inert;
mod journeys;
mod league;
mod log_file;
mod missed_days;
mod mixed;
mod page;
mod paid_heads;
mod parameter;
#[cfg(feature = "parquet")]
mod parquet_file;
mod policy;
mod replication_sheet;
mod required;
mod roster_lines;
#[cfg(feature = "schedule")]
mod roster_page;
#[cfg(feature = "schedule")]
mod scheduled;
mod settled;
#[cfg(feature = "schedule")]
mod shift_times;
mod shown;
mod sought;
mod staffed;
mod state_sheet;
mod story;
mod story_json;
mod summary;
mod sweep_csv;
mod sweep_json;
mod sweep_page;
mod sweep_table;
mod swept;
mod tables;
mod terminal;
mod text_table;
mod tornado;
mod tuned;
mod validated;
mod validated_files;
mod validated_page;
mod what_if;
mod wording;
#[cfg(feature = "schedule")]
mod work_weeks;
mod workbook;
mod worst_time;

pub use capacity::{capacity_csv, capacity_json, render_capacity};
pub use capacity_page::capacity_page;
pub use claim::{About, Claim, Headline};
pub use comparison::{render_comparison, verdict_name};
pub use comparison_files::{comparison_products, comparison_summary};
pub use contact_sheet::{CONTACT_COLUMNS, contact_lines, contacts_head};
pub use event_sheet::{EVENT_COLUMNS, EVENT_WORDS, event_lines, events_head};
pub use fitted::{fitted_toml, render_fitted};
pub use fitted_page::fitted_page;
pub use folder::{
    ChartFiles, Draft, Holds, OutputFolder, Product, UNFINISHED, WriteError, compared_products,
    league_products, run_products, sweep_products, tornado_products, write,
};
pub use foreseen::render_forecasts;
pub use foreseen_files::forecast_products;
pub use headline::{headline, sentence};
pub use imported::imported_products;
pub use league::League;
pub use log_file::{Column, LogFormat};
#[cfg(feature = "parquet")]
pub use parquet_file::ParquetFile;
pub use replication_sheet::{REPLICATION_COLUMNS, replications_file};
pub use required::{render_required, required_csv, required_json, required_toml};
pub use roster_lines::{render_roster, roster_products};
#[cfg(feature = "schedule")]
pub use roster_page::roster_page;
#[cfg(feature = "schedule")]
pub use scheduled::{
    over_under_csv, render_rostered, render_schedule, roster_csv, roster_json, roster_toml, rostered_json,
    rostered_sentences,
};
pub use settled::render_warm_up;
pub use sought::{render_sought, sought_json};
pub use staffed::{render_staffed, staffed_csv, staffed_json, staffed_toml};
pub use state_sheet::{STATE_COLUMNS, WORK_COLUMNS, states_file, work_file};
pub use story::render_story;
pub use story_json::story_json;
pub use summary::summary;
pub use sweep_csv::{sweep_head, sweep_rows};
pub use sweep_json::sweep_json;
pub use sweep_table::sweep_table;
pub use swept::Swept;
pub use terminal::{WIDTH, render, render_within};
pub use tornado::{render_tornado, tornado_summary};
pub use tuned::{render_tuned, tuned_json};
pub use validated::{quoting, render_validated, verdict};
pub use validated_files::{validated_products, validated_summary};
pub use validated_page::validated_page;
pub use what_if::{Opened, Picture, what_if_page, what_if_picture};
#[cfg(feature = "schedule")]
pub use work_weeks::activities_csv;
pub use workbook::{comparison_workbook, run_workbook, sweep_workbook};
