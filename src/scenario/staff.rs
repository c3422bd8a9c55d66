//! `staff`: heads on contacts, without shifts.

use super::volume_file::{Heads, StaffFile, heads};
use crate::reading::fields::Written;
use crate::reading::kinds::{Count, Declares, Reads, Stepped};
use crate::reading::shape::Kind;
use crate::reading::table::{Keyed, Table, table};
use crate::reading::tree::Data;
use crate::units::Steps;

/// `groups.G.staff`: heads on contacts, without shifts.
#[derive(Clone, Debug, PartialEq)]
pub enum Staff {
    /// In steps over the day or the elapsed time.
    Steps(Steps<u32>),
    /// From a file: (microseconds since the start of the reported time, heads), ascending; nobody
    /// before the first row; each row holds until the next.
    Series(Vec<(i64, u32)>),
}

/// `staff` where it is a table with `csv`.
enum StaffTable {}

table! {
    /// Heads from a CSV file.
    keys of StaffTable = "staff from a file" {
        /// The file
        csv: Table<StaffFile>, required, example({ file = "heads.csv", time = "from", value = "heads" });
    }
}

impl Declares for Staff {
    const KIND: Kind = Kind::Either(&[Stepped::<Count<0>>::KIND, Kind::Table(StaffTable::SHAPE)]);
}

impl Reads for Staff {
    type Value = Staff;

    /// `4`, a step table, evenly spaced values, or `{ csv = { ... } }`.
    fn read(written: &Written<'_>) -> Option<Staff> {
        let Written { cx, node, .. } = written;
        if node.table().is_some_and(|table| table.get("csv").is_some()) {
            let table = written.fields(StaffTable::SHAPE)?;
            let file = table.table(StaffTable::csv)?;
            return Some(match heads(&file)? {
                Heads::Daily(steps) => Staff::Steps(Steps::daily(steps)),
                Heads::Dated(rows) => Staff::Series(rows),
            });
        }
        let steps = Stepped::<Count<0>>::read(written)?;
        // A plain 0 is a plan that leaves the group empty; that some group has agents is checked elsewhere.
        let plain = matches!(node.data, Data::Integer(0));
        if !plain && steps.steps().iter().all(|step| step.1 == 0) {
            let title = format!("`{}` has no agents", written.table());
            cx.log.error(node.place, title, "nobody at any time");
        }
        Some(Staff::Steps(steps))
    }
}
