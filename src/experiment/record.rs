//! Single replications, played once more for what figures do not tell. A replication's draws have names, so it
//! is the same one again.

use std::ops::Range;

use crate::engine::{Player, Recorder, Unstable};
use crate::figures::{About, Figure, Fold, Results, ScopeKind};
use crate::model::Model;
use crate::observations::Observations;
use crate::routing::{Policy, RulePolicy};

use super::collector::TakesEach;
use super::failure::Failure;
use super::run::Experiment;
use super::watch::Watch;
use super::waves::in_waves;

impl Experiment<'_> {
    /// Plays one replication (from 0) under a policy, and tells a recorder what happens.
    ///
    /// # Errors
    /// When the queues grow without end.
    pub fn record(
        &self,
        replication: u64,
        policy: &mut dyn Policy,
        recorder: &mut dyn Recorder,
    ) -> Result<Observations, Unstable> {
        let mut player: Player<'_, _, false, _> = Player::recorded(self.model(), policy, recorder);
        player.play(self.seed(), replication).cloned()
    }

    /// Plays some replications (from 0) under the scenario's own rules, each with a new recorder; `read` makes of a
    /// recorder what is wanted, and `take` gets that in the order of the replications. Returns whether all were
    /// played.
    ///
    /// # Errors
    /// When the queues grow without end.
    pub fn record_each<R: Recorder, T: Send>(
        &self,
        which: Range<u64>,
        begin: impl Fn() -> R + Sync,
        read: impl Fn(u64, &R) -> T + Sync,
        mut take: impl FnMut(T) -> bool,
        watch: &dyn Watch,
    ) -> Result<bool, Failure> {
        let (mut failure, mut complete) = (None, true);
        in_waves(
            which,
            rayon::current_num_threads(),
            || (),
            |(), replication| {
                if watch.stopped() {
                    return None;
                }
                let mut recorder = begin();
                let mut policy = RulePolicy::new(self.model());
                let played = self.record(replication, &mut policy, &mut recorder);
                Some(played.map(|_| read(replication, &recorder)))
            },
            |played| {
                complete = match played {
                    Some(Ok(read)) => take(read),
                    Some(Err(unstable)) => {
                        failure = Some(unstable);
                        false
                    }
                    None => false,
                };
                complete
            },
        );
        failure.map_or(Ok(complete), |unstable| Err(Failure::Unstable(unstable)))
    }
}

/// A figure of a single replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleFigure {
    /// Which line: see [`EachReplication::lines`].
    pub line: u16,
    /// Which figure.
    pub figure: Figure,
    /// Its value.
    pub value: f64,
}

/// Collects all figures of each replication, as a run of it alone would report them, but for rows of time.
#[derive(Clone, Copy, Debug, Default)]
pub struct EachReplication;

impl EachReplication {
    /// The lines that results have, as (what it is, its name): queues, channels and follow-ups, the total, groups and
    /// all groups together.
    #[must_use]
    pub fn lines(results: &Results) -> Vec<(&'static str, String)> {
        let word = |kind| match kind {
            ScopeKind::Queue => "queue",
            ScopeKind::Channel => "channel",
            ScopeKind::Total => "total",
            ScopeKind::FollowUp => "follow_up",
        };
        let scopes = results.queues.iter().chain(&results.channels).chain([&results.total]);
        let scopes = scopes.chain(&results.follow_ups).map(|scope| (word(scope.kind), scope.name.clone()));
        let groups = results.groups.iter().map(|group| ("group", group.name.clone()));
        scopes.chain(groups).chain([("all_groups", results.all_groups.name.clone())]).collect()
    }
}

impl TakesEach for EachReplication {
    type Taken = Vec<SingleFigure>;

    fn take_one(&self, seen: &Observations, model: &Model) -> Vec<SingleFigure> {
        let mut fold = Fold::new(model);
        fold.add(seen, model);
        let about = About { title: "", seed: 0, asked: 1, confidence: 0.95, notes: Vec::new() };
        let results = fold.results(model, about);
        let scopes = results.queues.iter().chain(&results.channels).chain([&results.total]);
        let scopes = scopes.chain(&results.follow_ups).map(|scope| &scope.figures);
        let groups = results.groups.iter().chain([&results.all_groups]).map(|group| &group.figures);
        let all = scopes.chain(groups).zip(0..).flat_map(|(figures, line)| {
            let single = move |(figure, estimate): &(Figure, crate::figures::Estimate)| SingleFigure {
                line,
                figure: *figure,
                value: estimate.value,
            };
            figures.0.iter().map(single)
        });
        all.collect()
    }
}
