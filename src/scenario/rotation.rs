//! Shifts that are worked in some weeks only: early one week, late the next.

use crate::reading::fields::Fields;
use crate::reading::kinds::Count;
use crate::reading::table::table;

table! {
    /// The week of a rotation in which a shift is worked. Weeks begin on Monday; that of the horizon's first day is week 1.
    pub struct Rotation = "rotation", checked {
        /// In which week
        pub week: u32 as Count<1>, required, example(1);
        /// After how many weeks it begins anew
        pub of: u32 as Count<2>, required, example(2);
    }
}

impl Rotation {
    fn check(&self, table: &Fields<'_>) {
        if self.week > self.of {
            let title = format!("`{}` lies past the rotation", table.at(Rotation::week.name));
            let reason = format!("it begins anew after {} weeks", self.of);
            table.cx.log.error(table.place_of(Rotation::week.name), title, reason);
        }
    }
}
