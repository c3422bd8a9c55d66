//! What will come: forecasts of contacts from the counts of past days, and how good such forecasts were.
//!
//! A day's total is level x weekday x time of the month, tracked by exponential smoothing with gains that its own past
//! scatter sets (a Kalman filter); its course is a smoothed profile of shares. What a forecast is worth is measured, not
//! assumed: every past day is forecast again from the days before it.

mod back_test;
mod band;
mod calendar;
mod history;
mod holiday_file;
mod horizon;
mod level;
mod model;
mod profile;
mod rules;
mod today;

pub use back_test::{BackTest, Score, Scored};
pub use band::Band;
pub use calendar::{CLOSED, Holidays};
pub use history::{Day, History, Seen, Today, histories};
pub use horizon::{DayAhead, Forecast, Until, forecast, shared};
pub use rules::Rule;
pub use today::Rest;
