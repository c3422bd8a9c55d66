//! `staff`: heads on contacts, without shifts.

use super::super::Staff;
use super::super::keys::STAFF;
use super::volume_file::{Heads, heads};
use crate::reading::context::Context;
use crate::reading::fields::Fields;
use crate::reading::steps::stepped;
use crate::reading::tree::{Data, Node};
use crate::reading::values;
use crate::units::Steps;

/// Reads `staff`: `4`, a step table, evenly spaced values, or `{ csv = { ... } }`.
pub(super) fn staff(fields: &Fields<'_>) -> Option<Staff> {
    let node = fields.node("staff")?;
    if node.table().is_some_and(|table| table.get("csv").is_some()) {
        let file = fields.table_of("staff", &STAFF)?;
        return Some(match heads(&file.table("csv")?)? {
            Heads::Daily(steps) => Staff::Steps(Steps::daily(steps)),
            Heads::Dated(rows) => Staff::Series(rows),
        });
    }
    let steps =
        stepped(fields.cx, node, &fields.at("staff"), |node, path| read_heads(fields.cx, node, path))?;
    // A plain 0 is a plan that leaves the group empty; that some group has agents is checked elsewhere.
    let plain = matches!(node.data, Data::Integer(0));
    if !plain && steps.steps().iter().all(|step| step.1 == 0) {
        let title = format!("`{}` has no agents", fields.path);
        fields.cx.log.error(node.place, title, "nobody at any time");
    }
    Some(Staff::Steps(steps))
}

fn read_heads(cx: &Context<'_>, node: &Node, path: &str) -> Option<u32> {
    cx.head_count(values::count(cx.log, node, path, 0)?, node.place, path)
}
