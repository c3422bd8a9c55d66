//! Tables that other programs wrote: text with separators or Excel workbooks, in whatever way they
//! write columns, dates, times and numbers.
//!
//! Nothing here knows what a table is about. What can be read in one way only is read, and told
//! ([`Sheet::notes`]); what can be read in two ways is a question, and never guessed.

mod elapsed;
// One built without the feature `encodings` reads UTF-8 alone.
#[cfg_attr(not(feature = "encodings"), path = "no_encoding.rs")]
mod encoding;
mod head;
mod lines;
mod moment;
mod number;
mod sheet;
mod source;
// A library built without the feature `xlsx` says so where a workbook is given.
#[cfg_attr(not(feature = "xlsx"), path = "no_workbook.rs")]
mod workbook;
mod zone;

pub use elapsed::{Unit, elapsed, names_another_unit};
pub use head::{Missing, find};
pub use moment::{Clock, DayOrder, Moment, Order, Stamp, order};
pub use number::{Decimal, Habit, Proofs, decimal, is_gap, number};
pub use sheet::{Asked, Row, Sheet, Unreadable};
pub use source::{Heard, OpenFile, Source};
pub use zone::{Happens, Zone};
