//! What it costs that customers wait and abandon.

use crate::reading::fields::Fields;
use crate::reading::kinds::NotNegative;
use crate::reading::table::table;

table! {
    /// What it costs that customers wait and abandon, in the scenario's money. It is counted, and changes nothing that
    /// happens.
    pub struct WaitingCost = "cost of waiting", checked {
        /// An hour that one customer waits
        pub per_waiting_hour: f64 as NotNegative, default(0), example(25);
        /// A customer who abandons
        pub per_abandonment: f64 as NotNegative, default(0), example(8);
    }
}

impl WaitingCost {
    fn check(&self, table: &Fields<'_>) {
        if self.per_waiting_hour == 0.0 && self.per_abandonment == 0.0 {
            let title = format!("`{}` says that waiting costs nothing", table.path);
            table.cx.log.warning(table.place, title, "both costs are 0");
        }
    }
}
