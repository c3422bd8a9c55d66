//! The script of a queue: what is done for a contact as it waits, step by step, as telephone systems run their vectors.

use std::collections::BTreeSet;

use super::names::{GroupName, QueueName};
use crate::expression::Expression;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, Duration, Reads, Text, Word};
use crate::reading::score::expression;
use crate::reading::shape::Kind;
use crate::reading::source::Place;
use crate::reading::suggest;
use crate::reading::table::{Keyed, table};
use crate::reading::tree::Data;
use crate::units::Span;
use crate::vocabulary::{ScriptTerm, words};

/// What is done for the contacts of a queue as they wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// The queue.
    pub queue: String,
    /// In file order.
    pub steps: Vec<ScriptStep>,
}

/// A step of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptStep {
    /// Its name.
    pub name: String,
    /// From this wait on.
    pub after: Span,
    /// Only while this is so.
    pub when: Option<Expression<ScriptTerm>>,
    /// What is done.
    pub does: Does,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// These groups may serve the contact too.
    Ask(Vec<String>),
    /// A callback is offered, once.
    OfferCallback,
    /// The contact goes on in another queue.
    MoveTo(String),
}

words! {
    /// What can be offered to who waits.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum Offered {
        Callback = "callback",
    }
}

/// A step as it is written: its condition is read when the parameters are known.
pub(super) struct Step {
    name: String,
    after: Span,
    when: Option<(String, Place, String)>,
    does: Does,
}

table! {
    /// A step of a queue's script: one of `ask`, `offer` and `to`.
    keys of Step = "step of a script" {
        /// From this wait on
        after: Duration, default("0s"), example("30s");
        /// Only while this is so: an expression over `wait`, `waiting`, `longest_wait`, `idle`, `on_duty`,
        /// `predicted_wait`, `last_wait`, `service_level`, `attempts`, `legs`, `age`, `is_retry`, `is_repeat` and
        /// `parameters`
        when: Text, none("always"), example("waiting > 5");
        /// Agents of these groups may serve the contact too; among several groups the skills' `priority` decides
        ask: GroupNames, none, example(["specialists", "generalists"]);
        /// Offers a callback, once
        offer: Word<Offered>, none, example("callback");
        /// The contact goes on in this queue, if that is open; its wait and its patience run on
        to: QueueName, none, example("any_agent");
    }
}

impl Step {
    fn of(table: &Fields<'_>) -> Option<Step> {
        let log = table.cx.log;
        let does = [Step::ask.name, Step::offer.name, Step::to.name];
        let written: Vec<&str> = does.into_iter().filter(|key| table.has(key)).collect();
        match written.as_slice() {
            [_] => {}
            [] => {
                let title = format!("`{}` does nothing", table.path);
                log.error(table.place, title, "a step needs one of `ask`, `offer` and `to`")
                    .help("write what it does: `ask = [\"specialists\"]`");
            }
            [_, second, ..] => {
                let title = format!("`{}` does {} things", table.path, written.len());
                let reason = format!("it has {}", suggest::list(&written));
                log.error(table.place_of(second), title, reason).help("give each a step of its own");
            }
        }
        let when = table.read(Step::when);
        let ask = table.read(Step::ask).map(Does::Ask);
        let offer = table.read(Step::offer).map(|Offered::Callback| Does::OfferCallback);
        let to = table.read(Step::to).map(Does::MoveTo);
        let after = table.read(Step::after);
        Some(Step {
            name: table.name.to_owned(),
            after,
            when: when.map(|text| (text, table.place_of(Step::when.name), table.at(Step::when.name))),
            does: ask.or(offer).or(to)?,
        })
    }
}

/// The steps of a script, by name.
pub(super) enum Steps {}

impl Declares for Steps {
    const KIND: Kind = Kind::Tables(Step::SHAPE);
}

impl Reads for Steps {
    type Value = Vec<Step>;

    fn read(written: &Written<'_>) -> Option<Vec<Step>> {
        Some(written.tables(Step::SHAPE).iter().filter_map(Step::of).collect())
    }
}

/// The names of some groups, each once.
pub(super) enum GroupNames {}

impl Declares for GroupNames {
    const KIND: Kind = Kind::List(&GroupName::KIND);
}

impl Reads for GroupNames {
    type Value = Vec<String>;

    fn read(written: &Written<'_>) -> Option<Vec<String>> {
        let (log, path) = (written.cx.log, &written.path);
        let Data::List(_) = written.node.data else {
            written.wrong("a list of groups");
            return None;
        };
        let items = written.items();
        let names: Vec<Option<String>> = items.iter().map(GroupName::read).collect();
        let names: Vec<String> = names.into_iter().collect::<Option<_>>()?;
        let mut known = BTreeSet::new();
        for (name, item) in names.iter().zip(&items) {
            if !known.insert(name) {
                log.error(item.node.place, format!("`{path}` names `{name}` twice"), "once is enough");
            }
        }
        if names.is_empty() {
            log.error(written.node.place, format!("`{path}` asks nobody"), "the list is empty");
        }
        Some(names)
    }
}

/// The scripts, their conditions read.
pub(super) fn scripts(
    table: &Fields<'_>,
    written: Vec<(String, Vec<Step>)>,
    parameters: &[(String, f64)],
) -> Vec<Script> {
    let when = |(text, place, path): (String, Place, String)| {
        let when: Expression<ScriptTerm> = expression(table.cx, (&text, place, &path), parameters)?;
        if when.terms().is_empty() {
            let title = format!("`{path}` is the same at all times");
            table.cx.log.error(place, title, "").help("a condition asks for something, as `waiting > 5`");
            return None;
        }
        Some(when)
    };
    let step = |step: Step| ScriptStep {
        name: step.name,
        after: step.after,
        when: step.when.and_then(when),
        does: step.does,
    };
    let script =
        |(queue, steps): (String, Vec<Step>)| Script { queue, steps: steps.into_iter().map(step).collect() };
    written.into_iter().map(script).collect()
}
