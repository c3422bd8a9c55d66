//! Results under the names that people know: what pages, charts and terminals show. Files keep the keys.

use std::borrow::Cow;

use crate::experiment::{Compared, OverTime};
use crate::figures::{Figure, Results, Unit};
use crate::model::Labels;

/// Results with what people call queues and groups in place of their keys.
pub(super) fn shown(results: &Results) -> Cow<'_, Results> {
    let labels = &results.plan.labels;
    if labels.queues.is_empty() && labels.groups.is_empty() {
        return Cow::Borrowed(results);
    }
    let labels = labels.clone();
    let mut results = results.clone();
    let queue = |name: &mut String| *name = labels.queue(name).to_owned();
    let group = |name: &mut String| *name = labels.group(name).to_owned();
    results.queues.iter_mut().for_each(|scope| queue(&mut scope.name));
    results.groups.iter_mut().for_each(|one| group(&mut one.name));
    let journeys = &mut results.journeys;
    journeys.places.iter_mut().for_each(|place| queue(&mut place.queue));
    journeys
        .most_frequent
        .iter_mut()
        .flat_map(|journey| &mut journey.steps)
        .for_each(|step| queue(&mut step.queue));
    let plan = &mut results.plan;
    plan.volumes.iter_mut().for_each(|(name, _)| queue(name));
    plan.ages.iter_mut().for_each(|(name, _)| queue(name));
    for (name, queues) in &mut plan.serves {
        group(name);
        queues.iter_mut().for_each(&queue);
    }
    plan.shifts.iter_mut().for_each(|shift| group(&mut shift.group));
    // They are applied: names of names would be looked up else.
    plan.labels = Labels {
        currency: labels.currency.clone(),
        validated: labels.validated.clone(),
        ..Labels::default()
    };
    Cow::Owned(results)
}

/// The same of a comparison. All are called as the baseline calls them; what it does not know, as its own file does.
pub(super) fn shown_comparison(compared: &Compared, over_time: &OverTime) -> (Compared, OverTime) {
    let base = over_time.results[compared.baseline].plan.labels.clone();
    let (mut compared, mut over_time) = (compared.clone(), over_time.clone());
    for results in &mut over_time.results {
        let own = &mut results.plan.labels;
        for (known, all) in [(&base.queues, &mut own.queues), (&base.groups, &mut own.groups)] {
            all.retain(|(key, _)| !known.iter().any(|(other, _)| other == key));
            all.extend(known.iter().cloned());
        }
        *results = shown(results).into_owned();
    }
    let named = |queue: &mut String| *queue = base.queue(queue).to_owned();
    compared.targets.iter_mut().for_each(|target| named(&mut target.queue));
    over_time.days.iter_mut().for_each(|day| named(&mut day.queue));
    (compared, over_time)
}

/// What a head calls a figure: of money with its sign, where that is known.
pub(super) fn head(figure: Figure, labels: &Labels) -> Cow<'static, str> {
    match &labels.currency {
        Some(currency) if figure.unit() == Unit::Money => format!("{} ({currency})", figure.label()).into(),
        _ => figure.label().into(),
    }
}
