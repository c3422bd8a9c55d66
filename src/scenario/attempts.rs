//! Calls to customers who may not answer: callbacks and follow-ups.

use crate::reading::fields::Fields;

/// Doubts about `reached`, `ring`, `retries` and `retry_after`, of which only the first was read.
pub(super) fn doubt_attempts(table: &Fields<'_>, reached: f64) {
    let log = table.cx.log;
    if reached >= 1.0 {
        for key in ["ring", "retries", "retry_after"] {
            if table.has(key) {
                let title = format!("`{}` has no effect", table.at(key));
                log.warning(table.place_of(key), title, "`reached` is 1: every customer answers");
            }
        }
    } else if table.has("retry_after") && !table.has("retries") {
        let title = format!("`{}` has no effect", table.at("retry_after"));
        log.warning(table.place_of("retry_after"), title, "`retries` is 0: nobody is tried again");
    }
    if reached == 0.0 {
        let title = format!("`{}` never reaches anybody", table.path);
        log.warning(table.place_of("reached"), title, "`reached` is 0");
    }
}
