//! Results under the names that people know: what pages, charts and terminals show. Files keep the keys.

use std::borrow::Cow;

use crate::experiment::{Capacity, Compared, OverTime, Required, Staffed, Validated};
#[cfg(feature = "schedule")]
use crate::experiment::{Rostered, Schedule};
use crate::figures::{Figure, Results, Unit};
use crate::model::Labels;

/// Results with what people call queues and groups in place of their keys.
pub(super) fn shown(results: &Results) -> Cow<'_, Results> {
    let labels = &results.plan.labels;
    if !labels.has_names() {
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
    let base = &compared.labels;
    let mut over_time = over_time.clone();
    for results in &mut over_time.results {
        let own = &mut results.plan.labels;
        for (known, all) in [(&base.queues, &mut own.queues), (&base.groups, &mut own.groups)] {
            all.retain(|(key, _)| !known.iter().any(|(other, _)| other == key));
            all.extend(known.iter().cloned());
        }
        *results = shown(results).into_owned();
    }
    let slices = over_time.days.iter_mut().chain(&mut over_time.hours);
    slices.for_each(|slice| slice.queue = base.queue(&slice.queue).to_owned());
    (compared.shown().into_owned(), over_time)
}

/// What speaks of queues and groups by their keys, and can by what people call them.
pub(super) trait Shown: Clone {
    /// What they are called.
    fn labels(&self) -> &Labels;

    /// Puts names in place of keys.
    fn rename(&mut self, labels: &Labels);

    /// The same with names for people. To be asked for once: a name may be another one's key.
    fn shown(&self) -> Cow<'_, Self> {
        if !self.labels().has_names() {
            return Cow::Borrowed(self);
        }
        let mut own = self.clone();
        own.rename(self.labels());
        Cow::Owned(own)
    }
}

/// Puts the name of each in place of its key.
fn each<'a>(names: impl Iterator<Item = &'a mut String>, called: impl Fn(&str) -> String) {
    names.for_each(|name| *name = called(name));
}

impl Shown for Compared {
    fn labels(&self) -> &Labels {
        &self.labels
    }

    fn rename(&mut self, labels: &Labels) {
        each(self.targets.iter_mut().map(|target| &mut target.queue), |key| labels.queue(key).to_owned());
    }
}

impl Shown for Staffed {
    fn labels(&self) -> &Labels {
        &self.labels
    }

    fn rename(&mut self, labels: &Labels) {
        let groups = self.groups.iter_mut().map(|group| &mut group.name);
        each(groups.chain(&mut self.fixed), |key| labels.group(key).to_owned());
    }
}

impl Shown for Required {
    fn labels(&self) -> &Labels {
        &self.labels
    }

    fn rename(&mut self, labels: &Labels) {
        let groups = self.groups.iter_mut().map(|group| &mut group.name);
        each(groups.chain(&mut self.fixed), |key| labels.group(key).to_owned());
        each(self.targets.iter_mut().map(|target| &mut target.queue), |key| labels.queue(key).to_owned());
    }
}

#[cfg(feature = "schedule")]
impl Shown for Schedule {
    fn labels(&self) -> &Labels {
        &self.labels
    }

    fn rename(&mut self, labels: &Labels) {
        let groups = self.groups.iter_mut().map(|group| &mut group.name);
        let pools = self.pools.iter_mut().flat_map(|pool| &mut pool.groups);
        each(groups.chain(pools), |key| labels.group(key).to_owned());
    }
}

#[cfg(feature = "schedule")]
impl Shown for Rostered {
    fn labels(&self) -> &Labels {
        &self.schedule.labels
    }

    fn rename(&mut self, labels: &Labels) {
        self.schedule.rename(labels);
        each(self.targets.iter_mut().map(|target| &mut target.queue), |key| labels.queue(key).to_owned());
    }
}

impl Shown for Capacity {
    fn labels(&self) -> &Labels {
        &self.labels
    }

    fn rename(&mut self, labels: &Labels) {
        let groups = self.groups.iter_mut().map(|group| &mut group.name);
        each(groups.chain(&mut self.fixed), |key| labels.group(key).to_owned());
        each(self.aims.iter_mut().map(|aim| &mut aim.queue), |key| labels.queue(key).to_owned());
    }
}

impl Shown for Validated {
    fn labels(&self) -> &Labels {
        &self.names
    }

    fn rename(&mut self, labels: &Labels) {
        each(self.queues.iter_mut().map(|queue| &mut queue.name), |key| labels.queue(key).to_owned());
    }
}

/// What a head calls a figure: of money with its sign, where that is known.
pub(super) fn head(figure: Figure, labels: &Labels) -> Cow<'static, str> {
    if figure.unit() == Unit::Money { money_head(figure.label(), labels) } else { figure.label().into() }
}

/// The head of a column of money.
pub(super) fn money_head(label: &'static str, labels: &Labels) -> Cow<'static, str> {
    match &labels.currency {
        Some(currency) => format!("{label} ({currency})").into(),
        None => label.into(),
    }
}
