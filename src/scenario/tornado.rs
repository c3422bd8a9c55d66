//! `[tornado]`: what is turned down and up, one after the other, to see what matters.

use super::experiment::FigureName;
use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, List, Reads, Share};
use crate::reading::shape::Kind;
use crate::reading::table::table;
use crate::reading::tree::{Data, flatten};
use crate::reading::values;

table! {
    /// What `holdline tornado` turns down and up, one after the other. A share of 0 leaves it alone.
    pub struct Tornado = "tornado" {
        /// The figures that are watched, by their dotted names; none are service level, wait and abandonment of
        /// the total
        pub figures: Vec<String> as List<FigureName>, empty, example(["queues.vip.service_level", "total.wait"]);
        /// So much less and more volume in every queue
        pub volume: f64 as Share, default(0.1), example(0.2);
        /// So much shorter and longer talk and wrap-up in every queue
        pub handle_time: f64 as Share, default(0.1), example(0.05);
        /// So much less and more patience in every queue
        pub patience: f64 as Share, default(0.1), example(0.25);
        /// So many fewer and more agents in every group, to whole agents
        pub agents: f64 as Share, default(0.1), example(0.05);
        /// So much less and more shrinkage in every group
        pub shrinkage: f64 as Share, default(0.1), example(0.2);
        /// Dotted paths with a low and a high value each
        pub settings: Vec<LowHigh> as LowsAndHighs, empty, example(."queues.vip.patience.mean" = ["1m", "4m"]);
    }
}

/// A setting that is turned: its dotted path and two values, as TOML writes them.
#[derive(Clone, Debug, PartialEq)]
pub struct LowHigh {
    /// `queues.vip.patience.mean`.
    pub path: String,
    /// The low value.
    pub low: String,
    /// The high value.
    pub high: String,
}

/// Paths with a low and a high value each.
pub(super) enum LowsAndHighs {}

impl Declares for LowsAndHighs {
    const KIND: Kind = Kind::Paths;
}

impl Reads for LowsAndHighs {
    type Value = Vec<LowHigh>;

    fn read(written: &Written<'_>) -> Option<Vec<LowHigh>> {
        let Some(table) = written.node.table() else {
            written.wrong("a table of paths with two values each");
            return None;
        };
        let mut all = Vec::new();
        flatten(table, "", &mut |path, node| match &node.data {
            Data::List(ends) if ends.len() == 2 => {
                all.push(LowHigh { path, low: ends[0].as_toml(), high: ends[1].as_toml() });
            }
            _ => values::wrong_type(
                written.cx.log,
                node,
                &format!("{}.{path}", written.path),
                "a low and a high value: [\"1m\", \"4m\"]",
            ),
        });
        Some(all)
    }
}
