//! Chosen figures of single replications: the pair of sums that each is a ratio of. What comparisons
//! on the same customers are made from.

use crate::estimate::{Moments, Terms};
use crate::model::{Model, Queue};
use crate::observations::{GroupCounts, Observations};
use crate::reading::hint;
use crate::units::QueueId;
use crate::vocabulary::Backlog;

use super::Figure;
use super::define::Definitions;
use super::endless;
use super::fold::{day_counts, is_pooled, sum_of};
use super::passage::{PASSAGE_LEN, passage_values};
use super::tally::{self, Extra, GROUP_LEN, ROW_LEN, SCOPE_LEN, extra, group_at};

/// A name that is no figure of this centre, or none that single replications have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{title}")]
pub struct NoSuchFigure {
    /// What is wrong, without a period.
    pub title: String,
    /// What would be right.
    pub hint: Option<String>,
}

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

/// A queue's two vectors of one replication.
type Vectors = ([f64; SCOPE_LEN], [f64; PASSAGE_LEN]);

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
        let all: Vec<Vectors> =
            (0..model.queues.len()).map(|queue| vectors(seen, model, QueueId::at(queue))).collect();
        let mut places: Vec<(Place, Vec<(Figure, Terms)>)> = Vec::new();
        let mut terms = Vec::with_capacity(self.wanted.len());
        for &(place, figure) in &self.wanted {
            let known = places.iter().position(|(known, _)| *known == place).unwrap_or_else(|| {
                places.push((place, at_place(place, seen, model, &all)));
                places.len() - 1
            });
            let found = places[known].1.iter().find(|(found, _)| *found == figure);
            terms.push(found.map_or_else(Terms::default, |(_, terms)| *terms));
        }
        terms
    }
}

/// The place and the figure of a dotted name.
fn find(model: &Model, path: &str) -> Result<(Place, Figure), NoSuchFigure> {
    let wrong = |title: String, hint: Option<String>| NoSuchFigure { title, hint };
    let (scope, name) = path.rsplit_once('.').unwrap_or(("", path));
    let places = places(model, scope).map_err(|hint| wrong(format!("there is no figure `{path}`"), hint))?;
    let Some(&figure) = Figure::ALL.iter().find(|figure| figure.name() == name) else {
        let known = terms_of_nothing(model, &places).map(|(_, figure)| figure.name());
        let known: Vec<&str> = known.collect();
        return Err(wrong(
            format!("there is no figure `{name}`"),
            hint(name, known).or_else(|| Some("docs/figures.md names all figures".to_owned())),
        ));
    };
    if let Some(found) = terms_of_nothing(model, &places).find(|(_, known)| *known == figure) {
        return Ok(found);
    }
    let paired = "a mean or a share of the same, such as `wait` or `service_level`, can be compared";
    if is_no_ratio(figure) {
        return Err(wrong(
            format!("`{path}` has no difference replication by replication: it is no mean and no share"),
            Some(paired.to_owned()),
        ));
    }
    let known: Vec<&str> = terms_of_nothing(model, &places).map(|(_, figure)| figure.name()).collect();
    Err(wrong(format!("`{scope}` has no figure `{name}`"), hint(name, known)))
}

/// Percentiles, maxima, standard deviations, and products of figures.
fn is_no_ratio(figure: Figure) -> bool {
    let name = figure.name();
    let last = name.rsplit('_').next().unwrap_or(name);
    use Figure::{AgentsShort, AgentsShortOfAbandonment, Load, WaitMax};
    matches!(figure, Load | AgentsShort | AgentsShortOfAbandonment | WaitMax)
        || last == "sd"
        || last.strip_prefix('p').is_some_and(|p| p.parse::<u8>().is_ok())
}

/// Where a dotted scope's figures are taken; a hint where there is no such scope.
fn places(model: &Model, scope: &str) -> Result<Vec<Place>, Option<String>> {
    const KINDS: [&str; 5] = ["total", "queues", "channels", "groups", "follow_ups"];
    let (kind, name) = scope.split_once('.').unwrap_or((scope, ""));
    let customers = model.customer_queues().len();
    let named = |names: Vec<&str>, place: &dyn Fn(usize) -> Place| match names.iter().position(|n| *n == name)
    {
        Some(at) => Ok(vec![place(at)]),
        None => Err(hint(name, names)),
    };
    match kind {
        "total" if name.is_empty() => Ok(vec![Place::Total, Place::AllGroups]),
        "queues" => named(model.customer_queues().iter().map(|q| q.name.as_str()).collect(), &Place::Queue),
        "channels" => named(model.channels.iter().map(|c| c.name.as_str()).collect(), &Place::Channel),
        "groups" => named(model.groups.iter().map(|g| g.name.as_str()).collect(), &Place::Group),
        "follow_ups" => {
            let names = model.queues[customers..].iter().map(|q| q.name.as_str()).collect();
            named(names, &|at| Place::FollowUp(customers + at))
        }
        "" => Err(Some("name its place, such as `total.service_level` or `queues.NAME.wait`".to_owned())),
        kind => Err(hint(kind, KINDS)),
    }
}

/// All figures of some places, the first place first.
fn terms_of_nothing<'a>(model: &'a Model, places: &'a [Place]) -> impl Iterator<Item = (Place, Figure)> + 'a {
    places.iter().flat_map(move |&place| {
        let moments = Moments::of_one(&[0.0; SCOPE_LEN]);
        let passages = Moments::of_one(&[0.0; PASSAGE_LEN]);
        let groups = Moments::of_one(&[0.0; GROUP_LEN]);
        let terms = match place {
            Place::AllGroups | Place::Group(_) => of_group(place, model, &groups),
            _ => of_scope(place, model, &moments, &passages),
        };
        terms.into_iter().map(move |(figure, _)| (place, figure))
    })
}

/// All figures of a place in one replication, from the vectors of all queues.
fn at_place(place: Place, seen: &Observations, model: &Model, all: &[Vectors]) -> Vec<(Figure, Terms)> {
    let hours = |group: usize| group_hours(seen, model, group);
    let member = |queue: usize| match place {
        Place::Queue(id) | Place::FollowUp(id) => queue == id,
        Place::Channel(id) => is_pooled(&model.queues[queue]) && model.queues[queue].channel.index() == id,
        _ => is_pooled(&model.queues[queue]),
    };
    let group = match place {
        Place::Group(id) => Some(hours(id)),
        Place::AllGroups => {
            let groups: Vec<[f64; GROUP_LEN]> = (0..model.groups.len()).map(hours).collect();
            Some(sum_of(groups.iter()))
        }
        _ => None,
    };
    if let Some(group) = group {
        return of_group(place, model, &Moments::of_one(&group));
    }
    let members = || all.iter().enumerate().filter(|(queue, _)| member(*queue)).map(|(_, vectors)| vectors);
    let mut moments = sum_of(members().map(|(moments, _)| moments));
    let passages = sum_of(members().map(|(_, passages)| passages));
    if place == Place::Total {
        for (id, group) in model.groups.iter().enumerate() {
            let hours = hours(id);
            let paid = |count| hours[group_at(count)];
            use crate::observations::GroupCount::{Paid, Unpaid};
            moments[extra(Extra::Cost)] += (paid(Paid) - paid(Unpaid)) * group.cost_per_hour;
        }
    }
    of_scope(place, model, &Moments::of_one(&moments), &Moments::of_one(&passages))
}

/// A queue's vectors of one replication, days on target included.
fn vectors(seen: &Observations, model: &Model, id: QueueId) -> Vectors {
    let (queue, seen) = (&model.queues[id.index()], &seen.queues[id.index()]);
    let sum = tally::reported(seen, model);
    let mut values = tally::scope_values(seen, &sum, model, id);
    let days = if queue.follow_up.is_some() { 0 } else { model.rows.days };
    let mut day_values = [0.0; ROW_LEN];
    for day in 0..days {
        tally::stay_values(&day_counts(seen, model, day), model, id, &mut day_values);
        tally::count_day(&day_values, queue, &mut values);
    }
    (values, passage_values(seen, &sum, queue))
}

/// A group's agent hours of one replication.
fn group_hours(seen: &Observations, model: &Model, group: usize) -> [f64; GROUP_LEN] {
    let mut sum = GroupCounts::default();
    seen.groups[group][..model.rows.count].iter().for_each(|row| sum += row);
    tally::group_values(&sum)
}

fn seconds(model: &Model) -> f64 {
    model.rows.to.since(model.rows.from).seconds()
}

fn of_group(place: Place, model: &Model, moments: &Moments) -> Vec<(Figure, Terms)> {
    let cost = match place {
        Place::Group(id) => Some(&model.groups[id]).filter(|group| group.has_cost),
        _ => None,
    };
    let mut definitions = Definitions::of_one(moments);
    definitions.group(seconds(model) / 3600.0, cost.map(|group| group.cost_per_hour));
    definitions.into_terms()
}

fn of_scope(place: Place, model: &Model, moments: &Moments, passages: &Moments) -> Vec<(Figure, Terms)> {
    use Figure::{Aht, Busy, QueueLength, Talk, WrapUp};
    let mut stays = Definitions::of_one(moments);
    let mut beside = Definitions::of_one(passages);
    stays.stays(seconds(model));
    if let Place::FollowUp(_) = place {
        beside.follow_up();
        let mut terms = stays.into_terms();
        terms.retain(|(figure, _)| matches!(figure, Talk | WrapUp | Aht | QueueLength | Busy));
        terms.extend(beside.into_terms());
        return terms;
    }
    stays.cases();
    stays.scope(seconds(model));
    if place == Place::Total {
        stays.total(model.groups.iter().any(|group| group.has_cost));
    }
    beside.passages(true, model.rows.ends());
    let mut terms = stays.into_terms();
    terms.extend(beside.into_terms());
    let queue = |id: usize| -> &Queue { &model.queues[id] };
    if matches!(place, Place::Queue(id) if queue(id).backlog == Some(Backlog::Unlimited)) {
        terms.retain(|(figure, _)| !endless::waits(*figure));
    }
    terms
}
