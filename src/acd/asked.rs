//! What somebody says of an export: everything that a file need not say itself.

use crate::tables::{Decimal, Order, Unit, Zone};
use crate::units::Span;

use super::{Column, Preset};

/// What is said of an export.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The system that wrote it.
    pub from: Option<Preset>,
    /// What columns are, by their heads.
    pub columns: Vec<(Column, String)>,
    /// Rows that count, by column and text.
    pub conditions: Vec<(String, String)>,
    /// Whether rows of one queue and time add up.
    pub sum: bool,
    /// Whether day or month comes first.
    pub dates: Option<Order>,
    /// What stands before decimals.
    pub decimal: Option<Decimal>,
    /// What bare numbers of lengths of time count.
    pub unit: Option<Unit>,
    /// Whether a column for each time of day, or for each date, stands in place of one of the contacts offered.
    pub wide: bool,
    /// How long an interval lasts.
    pub interval: Option<Span>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The clock that times without a mark are of, where it is not the centre's.
    pub zone: Option<Zone>,
    /// The centre's clock.
    pub centre: Option<Zone>,
}
