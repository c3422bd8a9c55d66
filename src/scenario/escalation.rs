//! Escalation: a contact goes to a higher level instead.

use super::names::QueueName;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, PositiveDuration, Share};
use crate::reading::table::{Tabled, table};
use crate::units::Span;

table! {
    /// A contact goes to a higher level instead. At least one of `after_attempts`, `after_wait` and `share`.
    pub struct Escalation = "escalation" {
        /// The higher level
        pub to: String as QueueName, required, example("level_two");
        /// Contacts of a case that has made so many attempts already, at once
        pub after_attempts: Option<u32> as Count<1>, none, example(3);
        /// Contacts that have waited so long
        pub after_wait: Option<Span> as PositiveDuration, none, example("10m");
        /// This share of all contacts, at once
        pub share: f64 as Share, default(0), example(0.02);
    }
}

impl Escalation {
    /// Reads `queues.X.escalation`.
    pub(super) fn of(queue: &Fields<'_>, table: &Fields<'_>) -> Option<Escalation> {
        let after_wait = Escalation::after_wait.name;
        table.require(&[Escalation::after_attempts.name, after_wait, Escalation::share.name]);
        if table.has(after_wait) && queue.has("overflow") {
            let title = format!("`{}` has both `overflow` and `escalation.{after_wait}`", queue.path);
            let remedy = "leave one of them out, or escalate by `after_attempts` or `share`";
            let logged =
                table.cx.log.error(table.place_of(after_wait), title, "both move the waiting contact");
            logged.help(remedy);
        }
        Escalation::read(table)
    }
}
