//! What centres are compared by where nobody says.

use crate::figures::{Figure, Probe, TargetResult, targets_of};
use crate::model::Model;

/// What is compared by default, of the total as far as that has values.
pub const USUAL_FIGURES: [Figure; 7] = [
    Figure::ServiceLevel,
    Figure::Wait,
    Figure::Abandonment,
    Figure::Resolution,
    Figure::Fcr,
    Figure::Occupancy,
    Figure::Cost,
];

/// The same where policies are compared.
pub const LEAGUE_FIGURES: [Figure; 8] = [
    Figure::Wait,
    Figure::ServiceLevel,
    Figure::Abandonment,
    Figure::Resolution,
    Figure::Fcr,
    Figure::Occupancy,
    Figure::OccupancySpread,
    Figure::Cost,
];

/// What is compared by default: of the total what all centres have, and of each queue that any of them has where the
/// total would pool what is measured unlike.
pub(super) fn usual_figures(models: &[Model], together: bool) -> Vec<String> {
    let (levels, waits) = (levels_are_alike(models), waits_are_alike(models));
    let mut names: Vec<&str> = Vec::new();
    for queue in models.iter().flat_map(Model::customer_queues) {
        if !names.contains(&queue.name.as_str()) {
            names.push(&queue.name);
        }
    }
    let usual: &[Figure] = if together { &LEAGUE_FIGURES } else { &USUAL_FIGURES };
    let paths = usual.iter().flat_map(|figure| {
        let pooled = match figure {
            Figure::ServiceLevel => levels,
            Figure::Wait => waits,
            _ => true,
        };
        let of = |scope: &str| format!("{scope}.{}", figure.name());
        match pooled {
            true => vec![of("total")],
            false if names.len() > MOST_QUEUES => Vec::new(),
            false => names.iter().map(|name| of(&format!("queues.{name}"))).collect(),
        }
    });
    let had = |path: &String| {
        let mut all = models.iter().map(|model| Probe::new(model, std::slice::from_ref(path)).is_ok());
        if path.starts_with("total.") { all.all(|had| had) } else { all.any(|had| had) }
    };
    paths.filter(had).collect()
}

/// Of more queues the usual figures are those of the total alone; their targets say the rest.
const MOST_QUEUES: usize = 8;

/// Whether all queues of all centres count their service level alike.
fn levels_are_alike(models: &[Model]) -> bool {
    let targets: Vec<TargetResult> =
        models.iter().flat_map(Model::customer_queues).flat_map(targets_of).collect();
    TargetResult::are_alike(targets.iter().filter(|target| target.figure == Figure::ServiceLevel))
}

/// Whether all waits are of one kind: none of them on a channel of responses where there are others.
fn waits_are_alike(models: &[Model]) -> bool {
    let channels = || models.iter().flat_map(|model| &model.channels);
    let others = |name: &String| channels().any(|channel| channel.name != *name);
    !channels().any(|channel| channel.kind.counts_responses() && others(&channel.name))
}
