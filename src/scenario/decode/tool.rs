//! Customer history and knowledge base: what agents and self-service can look up.

use crate::reading::fields::Fields;
use crate::vocabulary::Tool;

/// Reads `[customer_history]` or `[knowledge_base]`.
pub(super) fn tool(root: &Fields<'_>, key: &str) -> Option<Tool> {
    let table = root.table(key)?;
    let effects = ["talk", "resolution", "containment"];
    if !effects.iter().any(|effect| table.has(effect)) {
        let title = format!("`{key}` changes nothing");
        table.cx.log.warning(table.place, title, "it has no factor on anything");
    }
    Some(Tool {
        coverage: table.number("coverage").unwrap_or(1.0),
        talk: table.number("talk").unwrap_or(1.0),
        resolution: table.number("resolution").unwrap_or(1.0),
        containment: table.number("containment").unwrap_or(1.0),
    })
}
