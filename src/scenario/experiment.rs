//! How often the horizon is played, and how the draws are made.

use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, Inside, Positive, Reads, Whole, Word};
use crate::reading::shape::Kind;
use crate::reading::table::{Table, table};
use crate::reading::values;
use crate::vocabulary::words;

words! {
    /// How the busyness of days is drawn over replications.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Days {
        /// Evenly over its distribution.
        #[default]
        Stratified = "stratified",
        /// For each replication by itself.
        Independent = "independent",
    }
}

table! {
    /// How often the horizon is played, and how the draws are made.
    pub struct Experiment = "experiment", checked {
        /// Independent play-throughs (with `precision`: the first look)
        pub replications: u64 as Whole<1>, default(100), example(200);
        /// The seed of all draws
        pub seed: u64 as Whole<0>, default(1), example(7);
        /// Of the intervals
        pub confidence: f64 as Inside, default(0.95), example(0.99);
        /// How `busyness` is drawn: "stratified" spreads it evenly over the replications, which takes fewer
        /// of them for the same interval
        pub days: Days as Word<Days>, default("stratified"), example("independent");
        /// Go on until a figure is known this well
        pub precision: Option<Precision> as Table<Precision>, none,
            example({ figure = "total.service_level", half_width = 0.005 });
    }
}

table! {
    /// A half-width to reach before stopping.
    pub struct Precision = "precision" {
        /// The dotted name of the figure
        pub figure: String as FigureName, required, example("queues.billing.abandonment");
        /// In the figure's unit: shares in 0..1, times in seconds
        pub half_width: f64 as Positive, required, example(0.005);
        /// Stop there whatever the half-width
        pub max_replications: u64 as Whole<1>, default(10000), example(5000);
    }
}

impl Experiment {
    fn check(&self, table: &Fields<'_>) {
        let Some(precision) = &self.precision else { return };
        if precision.max_replications < self.replications {
            let (path, key) = (table.at(Experiment::precision.name), Precision::max_replications.name);
            let title = format!("`{path}.{key}` must not be less than `replications`");
            let reason = format!("the first look is at {} replications", self.replications);
            table.cx.log.error(table.place_within(Experiment::precision.name, key), title, reason);
        }
    }
}

/// The dotted name of a figure.
pub(super) enum FigureName {}

impl Declares for FigureName {
    const KIND: Kind = Kind::Text;
}

impl Reads for FigureName {
    type Value = String;

    /// Checks as much of it as this floor knows.
    fn read(written: &Written<'_>) -> Option<String> {
        let Written { cx, node, path, .. } = written;
        let figure = values::text(cx.log, node, path)?;
        let parts: Vec<&str> = figure.split('.').collect();
        let refer = |of, name| cx.refer(of, name, node.place, path.clone());
        match parts.as_slice() {
            ["total", _] => {}
            ["queues", name, _] => refer("queue", name),
            ["groups", name, _] => refer("group", name),
            ["channels", name, _] => refer("channel", name),
            _ if figure.is_empty() => {}
            _ => {
                let title = format!("`{path}` must be the dotted name of a figure");
                cx.log
                    .error(node.place, title, format!("`{figure}` is not"))
                    .help("write it like \"total.service_level\" or \"queues.billing.abandonment\"");
            }
        }
        Some(figure)
    }
}
