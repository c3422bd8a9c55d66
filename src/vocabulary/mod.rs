//! The words of a scenario that other floors know too: what the engine plays, the figures count and the
//! report names. One idea a file.

mod answer_target;
mod at_end;
mod backlog;
mod callback;
mod clock;
mod handover;
mod leave;
mod lever;
mod quantity;
mod replies;
mod routing_rules;
mod score_terms;
mod tool;
mod words;

pub use answer_target::{AnswerTarget, SecondTarget, ServiceLevelFormula};
pub use at_end::AtEnd;
pub use backlog::Backlog;
pub use callback::{OfferWhen, StartWhen};
pub use clock::Clock;
pub use handover::{Handover, Requeue};
pub use leave::Leave;
pub use lever::{Lever, LeverKind, Position};
pub use quantity::Quantity;
pub use replies::Replies;
pub use routing_rules::{AgentRule, Compares, ContactRule, GoesBy};
pub use score_terms::{AgentTerm, ContactTerm, ScriptTerm};
pub use tool::Tool;
pub use words::Words;
pub(crate) use words::words;
