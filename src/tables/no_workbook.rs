//! Excel workbooks, in a library built without the feature `xlsx`: recognised, and refused.

use csv::StringRecord;

/// Rows with their numbers from 1.
pub(super) type Grid = Vec<(u64, StringRecord)>;

/// Whether a file begins as a workbook does.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// There are none.
pub(super) fn sheets(_: &[u8], _: Option<&str>) -> Result<Vec<(String, Grid)>, String> {
    Err("it is a workbook, and holdline was built without the feature `xlsx`".to_owned())
}
