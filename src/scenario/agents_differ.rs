//! Agents of a group who are not equally fast.

use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::NotNegative;
use crate::reading::table::table;

table! {
    /// Agents who are not equally fast: what each takes for its contacts, beside the mean of its group, is drawn once for a replication, lognormal of mean 1.
    pub struct AgentsDiffer = "agents_differ", checked {
        /// Standard deviation of the agents' factors of talk and wrap-up times
        pub cv: f64 as NotNegative, required, example(0.2);
    }
}

impl AgentsDiffer {
    fn check(&self, table: &Fields<'_>) {
        if self.cv != 0.0
            && let Err(reason) = Distribution::lognormal(1.0, self.cv)
        {
            let cv = AgentsDiffer::cv.name;
            let title = format!("`{}` is out of range", table.at(cv));
            table.cx.log.error(table.place_of(cv), title, reason).help("0 makes all agents alike");
        }
    }
}
