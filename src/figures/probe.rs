//! Chosen figures of single replications: the pair of sums that each is a ratio of. What comparisons
//! on the same customers are made from.

use std::fmt;

use crate::estimate::{Moments, Terms};
use crate::model::Model;
use crate::observations::Observations;
use crate::reading::hint;
use crate::units::{GroupId, QueueId};
use crate::vocabulary::Backlog;

use super::Figure;
use super::declared::{Line, Waiting};
use super::define::Sums;
use super::scope_path::{ScopePath, split};
use super::tally::{GROUP_LEN, SPREAD, spread};
use super::vectors::{Vectors, group_hours, is_pooled};

/// A name that is no figure of this centre, or none that single replications have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchFigure {
    /// What is wrong, without a period.
    pub title: String,
    /// What would be right.
    pub hint: Option<String>,
}

impl fmt::Display for NoSuchFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for NoSuchFigure {}

/// Where in the centre a figure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Total,
    AllGroups,
    Channel(usize),
    Queue(usize),
    FollowUp(usize),
    Group(usize),
}

/// Takes chosen figures from single replications of a centre.
#[derive(Clone, Debug)]
pub struct Probe {
    wanted: Vec<(Place, Figure)>,
}

impl Place {
    /// What kind of line of results it is.
    fn line(self) -> Line {
        match self {
            Place::Total => Line::Total,
            Place::Channel(_) | Place::Queue(_) => Line::Scope,
            Place::FollowUp(_) => Line::FollowUp,
            Place::AllGroups | Place::Group(_) => Line::Group,
        }
    }
}

impl Probe {
    /// For figures by their dotted names, as [`super::Results::figure`] takes them. Percentiles, maxima,
    /// standard deviations and the offered load are no ratios of two sums, and not to be had.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn new(model: &Model, paths: &[String]) -> Result<Probe, NoSuchFigure> {
        let wanted: Result<Vec<_>, _> = paths.iter().map(|path| find(model, path)).collect();
        Ok(Probe { wanted: wanted? })
    }

    /// The figures, in the order of their names.
    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        self.wanted.iter().map(|(_, figure)| *figure)
    }

    /// One replication's terms of each, in the order of their names.
    #[must_use]
    pub fn take(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let queues = (0..model.queues.len()).map(QueueId::at);
        let all: Vec<Vectors> = queues.map(|id| Vectors::of_queue(seen, model, id, |_, _| {})).collect();
        let mut places: Vec<(Place, Sample)> = Vec::new();
        let mut terms = Vec::with_capacity(self.wanted.len());
        for &(place, figure) in &self.wanted {
            let known = places.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
                places.push((place, Sample::of(place, seen, model, &all)));
                places.len() - 1
            });
            terms.push(places[known].1.terms(place, model, figure).unwrap_or_default());
        }
        terms
    }
}

/// The place and the figure of a dotted name.
fn find(model: &Model, path: &str) -> Result<(Place, Figure), NoSuchFigure> {
    let wrong = |title: String, hint: Option<String>| NoSuchFigure { title, hint };
    let (scope, figure) = split(path);
    let places = places(model, scope).map_err(|hint| wrong(format!("there is no figure `{path}`"), hint))?;
    let known = || -> Vec<&'static str> {
        let of = |place: &Place| {
            let sample = Sample::nothing();
            let had = Figure::ALL.iter().filter(|figure| sample.terms(*place, model, **figure).is_some());
            had.map(|figure| figure.name()).collect::<Vec<_>>()
        };
        places.iter().flat_map(of).collect()
    };
    let figure = figure.map_err(|name| {
        let none = Some("docs/figures.md names all figures".to_owned());
        wrong(format!("there is no figure `{name}`"), hint(name, known()).or(none))
    })?;
    let has = |place: &&Place| Sample::nothing().terms(**place, model, figure).is_some();
    if let Some(place) = places.iter().find(has) {
        return Ok((*place, figure));
    }
    let paired = "a mean or a share of the same, such as `wait` or `service_level`, can be compared";
    if !figure.is_ratio() {
        return Err(wrong(
            format!("`{path}` has no difference replication by replication: it is no mean and no share"),
            Some(paired.to_owned()),
        ));
    }
    let name = figure.name();
    Err(wrong(format!("`{scope}` has no figure `{name}`"), hint(name, known())))
}

/// Where a dotted scope's figures are taken; a hint where there is no such scope.
fn places(model: &Model, scope: &str) -> Result<Vec<Place>, Option<String>> {
    let customers = model.customer_queues().len();
    let named = |name: &str, names: Vec<&str>, place: &dyn Fn(usize) -> Place| match names
        .iter()
        .position(|n| *n == name)
    {
        Some(at) => Ok(vec![place(at)]),
        None => Err(hint(name, names)),
    };
    match ScopePath::parse(scope) {
        Some(ScopePath::Total) => Ok(vec![Place::Total, Place::AllGroups]),
        Some(ScopePath::Queue(name)) => {
            named(name, model.customer_queues().iter().map(|q| q.name.as_str()).collect(), &Place::Queue)
        }
        Some(ScopePath::Channel(name)) => {
            named(name, model.channels.iter().map(|c| c.name.as_str()).collect(), &Place::Channel)
        }
        Some(ScopePath::Group(name)) => {
            named(name, model.groups.iter().map(|g| g.name.as_str()).collect(), &Place::Group)
        }
        Some(ScopePath::FollowUp(name)) => {
            let names = model.queues[customers..].iter().map(|q| q.name.as_str()).collect();
            named(name, names, &|at| Place::FollowUp(customers + at))
        }
        None if scope.is_empty() => {
            Err(Some("name its place, such as `total.service_level` or `queues.NAME.wait`".to_owned()))
        }
        None => Err(hint(scope.split('.').next().unwrap_or(scope), ScopePath::KINDS)),
    }
}

/// One replication of a place.
struct Sample {
    /// Of stays, or of a group.
    moments: Moments,
    passages: Moments,
}

impl Sample {
    /// Where nothing has happened yet.
    fn nothing() -> Sample {
        let nothing = Vectors::sum(std::iter::empty());
        Sample { moments: Moments::of_one(&nothing.stays), passages: Moments::of_one(&nothing.passages) }
    }

    /// From the vectors of all queues.
    fn of(place: Place, seen: &Observations, model: &Model, all: &[Vectors]) -> Sample {
        let hours = |group: usize| group_hours(seen, model, GroupId::at(group));
        let of_group = |hours: [f64; GROUP_LEN]| Sample {
            moments: Moments::of_one(&hours),
            passages: Moments::default(),
        };
        let groups = 0..model.groups.len();
        let member = |queue: usize| match place {
            Place::Queue(id) | Place::FollowUp(id) => queue == id,
            Place::Channel(id) => {
                is_pooled(&model.queues[queue]) && model.queues[queue].channel.index() == id
            }
            Place::Total => is_pooled(&model.queues[queue]),
            Place::Group(_) | Place::AllGroups => false,
        };
        let members = all.iter().enumerate().filter(|(queue, _)| member(*queue));
        let mut vectors = Vectors::sum(members.map(|(_, vectors)| vectors));
        match place {
            Place::Group(id) => return of_group(hours(id)),
            Place::AllGroups => {
                let mut sum = [0.0; GROUP_LEN];
                for group in groups {
                    sum.iter_mut().zip(hours(group)).for_each(|(sum, hours)| *sum += hours);
                }
                sum[SPREAD] = spread(seen.agents.iter());
                return of_group(sum);
            }
            Place::Total => {
                groups.for_each(|group| vectors.pay(&hours(group), model.groups[group].cost_per_hour))
            }
            Place::Channel(_) | Place::Queue(_) | Place::FollowUp(_) => {}
        }
        Sample { moments: Moments::of_one(&vectors.stays), passages: Moments::of_one(&vectors.passages) }
    }

    /// What a figure is a ratio of; `None` where the place has none.
    fn terms(&self, place: Place, model: &Model, figure: Figure) -> Option<Terms> {
        let queue = |id: usize| &model.queues[id];
        if matches!(place, Place::Queue(id) if queue(id).backlog == Some(Backlog::Unlimited))
            && figure.waiting() != Waiting::Apart
        {
            return None;
        }
        let seconds = model.rows.to.since(model.rows.from).seconds();
        let group = |id: usize| &model.groups[id];
        let (time, per_hour) = match place {
            Place::Total => (seconds, model.groups.iter().any(|group| group.has_cost).then_some(1.0)),
            Place::Group(id) => (seconds / 3600.0, group(id).has_cost.then_some(group(id).cost_per_hour)),
            Place::AllGroups => (seconds / 3600.0, None),
            Place::Channel(_) | Place::Queue(_) | Place::FollowUp(_) => (seconds, None),
        };
        let sums = Sums::of_one(place.line(), &self.moments, Some(&self.passages));
        Sums { time, per_hour, fte_hours: model.fte_hours, ends: model.rows.ends(), ..sums }.terms(figure)
    }
}
