//! Chosen figures of single replications: the pair of sums that each is a ratio of. What comparisons
//! on the same customers are made from.

use std::fmt;

use crate::estimate::{Moments, PooledBins, Terms};
use crate::model::Model;
use crate::observations::Observations;
use crate::reading::hint;
use crate::units::{GroupId, QueueId};
use crate::vocabulary::Backlog;

use super::Figure;
use super::declared::{Line, Times, Waiting};
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
    /// `None`: the centre has no such figure.
    wanted: Vec<Option<Wanted>>,
}

/// A figure and where it is taken.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    place: Place,
    figure: Figure,
    /// Of a percentile: the times, and which one of them.
    percentile: Option<(Times, f64)>,
}

/// What one replication says of chosen figures.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// By figure; nothing of percentiles, and of figures that the centre does not have.
    pub terms: Vec<Terms>,
    /// Of percentiles, in their order: the times that they are read from.
    pub times: Vec<PooledBins>,
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

    /// Whether it is a queue that never runs empty, in which nobody waits.
    fn has_no_waits(self, model: &Model) -> bool {
        matches!(self, Place::Queue(id) if model.queues[id].backlog == Some(Backlog::Unlimited))
    }

    /// Whether it counts a queue's contacts.
    fn has(self, queue: usize, model: &Model) -> bool {
        match self {
            Place::Queue(id) | Place::FollowUp(id) => queue == id,
            Place::Channel(id) => {
                is_pooled(&model.queues[queue]) && model.queues[queue].channel.index() == id
            }
            Place::Total => is_pooled(&model.queues[queue]),
            Place::Group(_) | Place::AllGroups => false,
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
        let probe = Probe::with_percentiles(model, paths)?;
        match probe
            .wanted
            .iter()
            .zip(paths)
            .find(|(wanted, _)| wanted.is_some_and(|it| it.percentile.is_some()))
        {
            Some((_, path)) => Err(no_ratio(path)),
            None => Ok(probe),
        }
    }

    /// The same, with percentiles.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn with_percentiles(model: &Model, paths: &[String]) -> Result<Probe, NoSuchFigure> {
        let wanted: Result<Vec<_>, _> = paths.iter().map(|path| find(model, path).map(Some)).collect();
        Ok(Probe { wanted: wanted? })
    }

    /// The same of what the centre has of them; the others come to nothing.
    #[must_use]
    pub fn where_there(model: &Model, paths: &[String]) -> Probe {
        Probe { wanted: paths.iter().map(|path| find(model, path).ok()).collect() }
    }

    /// The figures, in the order of their names; `None` where the centre has none.
    pub fn figures(&self) -> impl Iterator<Item = Option<Figure>> + '_ {
        self.wanted.iter().map(|wanted| wanted.map(|wanted| wanted.figure))
    }

    /// The percentiles among them, in their order: the place among all, and which percentile it is (0.9).
    pub fn percentiles(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let those = self.wanted.iter().enumerate();
        those.filter_map(|(at, wanted)| Some((at, wanted.as_ref()?.percentile?.1)))
    }

    /// One replication's terms of each, in the order of their names.
    #[must_use]
    pub fn take(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let queues = (0..model.queues.len()).map(QueueId::at);
        let all: Vec<Vectors> = queues.map(|id| Vectors::of_queue(seen, model, id, |_, _| {})).collect();
        let mut places: Vec<(Place, Sample)> = Vec::new();
        let mut terms = Vec::with_capacity(self.wanted.len());
        for wanted in &self.wanted {
            let Some(Wanted { place, figure, percentile: None }) = *wanted else {
                terms.push(Terms::default());
                continue;
            };
            let known = places.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
                places.push((place, Sample::of(place, seen, model, &all)));
                places.len() - 1
            });
            terms.push(places[known].1.terms(place, model, figure).unwrap_or_default());
        }
        terms
    }

    /// The same, and the times of percentiles.
    #[must_use]
    pub fn take_with_times(&self, seen: &Observations, model: &Model) -> Taken {
        let of = |wanted: &Wanted| {
            let (times, _) = wanted.percentile?;
            let queues: Vec<usize> =
                (0..model.queues.len()).filter(|queue| wanted.place.has(*queue, model)).collect();
            Some(times.pooled(seen, &queues))
        };
        let times = self.wanted.iter().flatten().filter_map(of).collect();
        Taken { terms: self.take(seen, model), times }
    }
}

/// A figure that replications have no difference of.
fn no_ratio(path: &str) -> NoSuchFigure {
    NoSuchFigure {
        title: format!("`{path}` has no difference replication by replication: it is no mean and no share"),
        hint: Some("a mean or a share of the same, such as `wait` or `service_level`, has one".to_owned()),
    }
}

/// The place and the figure of a dotted name.
fn find(model: &Model, path: &str) -> Result<Wanted, NoSuchFigure> {
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
        return Ok(Wanted { place: *place, figure, percentile: None });
    }
    let percentile = |place: &Place| {
        let counted = !place.has_no_waits(model) || figure.waiting() == Waiting::Apart;
        Some((*place, figure.percentile_at(place.line()).filter(|_| counted)?))
    };
    if let Some((place, percentile)) = places.iter().find_map(percentile) {
        return Ok(Wanted { place, figure, percentile: Some(percentile) });
    }
    if !figure.is_ratio() {
        return Err(no_ratio(path));
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
        let members = all.iter().enumerate().filter(|(queue, _)| place.has(*queue, model));
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
        if place.has_no_waits(model) && figure.waiting() != Waiting::Apart {
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
