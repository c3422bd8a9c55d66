//! Totals over customers on the line and work that nobody waits for: seconds and days have no mean
//! that says anything.

use std::borrow::Cow;

use crate::figures::{Figure, Figures, Results};
use crate::model::ChannelKind;

/// The results as people read them: where some channel responds later, without waits of the total.
pub(super) fn readable(results: &Results) -> Cow<'_, Results> {
    let responds = |kind: Option<ChannelKind>| kind.is_some_and(ChannelKind::counts_responses);
    if results.channels.len() < 2 || !results.channels.iter().any(|channel| responds(channel.travels)) {
        return Cow::Borrowed(results);
    }
    let mut results = results.clone();
    let waits = |figure: Figure| {
        (Figure::Wait..=Figure::WaitMax).contains(&figure)
            || (Figure::Response..=Figure::ResponseP95).contains(&figure)
    };
    let keep = |figures: &mut Figures| figures.0.retain(|(figure, _)| !waits(*figure));
    keep(&mut results.total.figures);
    let total = &mut results.total;
    total.rows.iter_mut().chain(&mut total.days).for_each(|row| keep(&mut row.figures));
    Cow::Owned(results)
}
