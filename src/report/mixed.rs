//! Sums over what has no sum: waits on the line and responses that nobody waits for (seconds and days
//! have no mean that says anything), and service levels that are measured unlike.

use std::borrow::Cow;

use crate::figures::{Figure, Figures, Results, ScopeResult, TargetResult, Waiting};
use crate::model::ChannelKind;

/// The results as people read them: where some channel responds later, without waits of the total;
/// where queues measure their service level unlike, without that of what pools them.
pub(super) fn readable(results: &Results) -> Cow<'_, Results> {
    let responds = |kind: Option<ChannelKind>| kind.is_some_and(ChannelKind::counts_responses);
    let unlike_waits =
        results.channels.len() > 1 && results.channels.iter().any(|channel| responds(channel.travels));
    let unlike_levels = |channel: Option<&str>| {
        let queues = results.queues.iter();
        let pooled = queues.filter(|queue| channel.is_none() || queue.channel.as_deref() == channel);
        let targets = pooled.flat_map(|queue| &queue.targets);
        !TargetResult::are_alike(targets.filter(|target| target.figure == Figure::ServiceLevel))
    };
    let (total, channels) = (
        unlike_levels(None),
        results.channels.iter().map(|channel| unlike_levels(Some(&channel.name))).collect::<Vec<_>>(),
    );
    if !unlike_waits && !total {
        return Cow::Borrowed(results);
    }
    let mut results = results.clone();
    if unlike_waits {
        without(&mut results.total, |figure| figure.waiting() == Waiting::Time);
    }
    let levels = |figure: Figure| matches!(figure, Figure::ServiceLevel | Figure::DaysOnTarget);
    if total {
        without(&mut results.total, levels);
    }
    for (channel, unlike) in results.channels.iter_mut().zip(channels) {
        if unlike {
            without(channel, levels);
        }
    }
    Cow::Owned(results)
}

fn without(scope: &mut ScopeResult, left_out: impl Fn(Figure) -> bool) {
    let keep = |figures: &mut Figures| figures.0.retain(|(figure, _)| !left_out(*figure));
    keep(&mut scope.figures);
    scope.rows.iter_mut().chain(&mut scope.days).for_each(|row| keep(&mut row.figures));
}
