//! The talk time of a case's first leg, drawn ahead of the play.

use crate::model::Queue;
use crate::random::{Key, Purpose};
use crate::units::Span;

/// The talk time of a case's first leg by its queue's distribution, at `micros` of the reported time. It
/// is drawn as the case opens, many at once, since that hides what a draw costs.
#[inline(always)]
pub(super) fn first_talk(queue: &Queue, key: Key, micros: i64) -> Span {
    queue.talk.at(micros).draw(key.bits(0, 0, Purpose::Talk))
}
