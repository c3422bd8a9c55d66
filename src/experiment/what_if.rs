//! A centre that stays as it is beside one that is changed again and again, on the same customers: few
//! replications first, then more.
//!
//! What is played goes into one fold, block by block in the order of the replications, so the figures of the last
//! stage are those of a run of as many replications, to the bit.

use crate::estimate::{Terms, interval_multiple, paired_difference};
use crate::figures::{Estimate, Figure, Fold, Probe, Results};
use crate::model::{ArrivalScale, Model};
use crate::routing::RulePolicy;
use crate::scenario::Scenario;

use super::collector::{AllFigures, Collector};
use super::compared::{Beside, ComparedFigure};
use super::failure::Failure;
use super::pilot;
use super::replications;
use super::run::Experiment;
use super::watch::Watch;
use super::waves::BLOCK;

/// Each stage has so many times the replications of the one before.
const GROWTH: u64 = 3;

/// What is set beside the baseline's, of each queue and of the total.
const OF_QUEUES: [Figure; 4] = [Figure::ServiceLevel, Figure::Wait, Figure::Abandonment, Figure::Resolution];

/// The same of each group and of all of them.
const OF_GROUPS: [Figure; 2] = [Figure::Occupancy, Figure::Cost];

/// The centre that stays as it is. What was played of it is kept for every variant.
#[derive(Debug)]
pub struct Baseline<'a> {
    scenario: &'a Scenario,
    side: Side<'a>,
    factors: Vec<(String, ArrivalScale)>,
    paths: Vec<String>,
    /// What it came to at each stage.
    known: Vec<Results>,
}

/// What a baseline and a variant came to over the same replications.
#[derive(Debug)]
pub struct Stage<'s> {
    /// Replications so far, of each.
    pub replications: u64,
    /// Replications that are asked for.
    pub asked: u64,
    /// The baseline's results.
    pub baseline: &'s Results,
    /// The variant's results; `None` where nothing is changed.
    pub variant: Option<&'s Results>,
    /// Key figures of the baseline (first) and the variant, with paired differences.
    pub compared: Vec<ComparedFigure>,
}

/// A centre and what was played of it so far.
#[derive(Debug)]
struct Side<'a> {
    experiment: Experiment<'a>,
    probe: Probe,
    fold: Fold,
    terms: Vec<Vec<Terms>>,
}

impl<'a> Side<'a> {
    fn new(scenario: &'a Scenario, model: Model, paths: &[String]) -> Result<Side<'a>, Failure> {
        let failed = |cause| Failure::Figure { variant: "the variant".to_owned(), cause };
        let probe = Probe::new(&model, paths).map_err(failed)?;
        let (fold, terms) = (AllFigures.start(&model), Vec::new());
        Ok(Side { experiment: Experiment::of_model(scenario, model), probe, fold, terms })
    }

    /// Plays on to so many replications; where it was stopped before (`false`), it stays as it was: parts of a block
    /// would be added up otherwise than in one run.
    fn play(&mut self, until: u64, watch: &dyn Watch) -> Result<bool, Failure> {
        let model = self.experiment.model();
        let both = (&AllFigures, &self.probe);
        let begun = self.fold.replications();
        let mut collected = (self.fold.clone(), Vec::new());
        let policy = || RulePolicy::new(model);
        let into = (&both, &mut collected);
        let complete =
            replications::collect(model, self.experiment.seed(), &policy, begun..until, into, watch)?;
        if complete {
            self.fold = collected.0;
            self.terms.extend(collected.1);
        }
        Ok(complete)
    }
}

impl<'a> Baseline<'a> {
    /// Compiles it; finds the factors of volumes that count everything offered.
    ///
    /// # Errors
    /// When the queues grow without end in the pilot.
    pub fn new(scenario: &'a Scenario) -> Result<Baseline<'a>, Failure> {
        let mut model = Model::compile(scenario);
        let factors = pilot::scale(scenario, &mut model, scenario.experiment.seed)?;
        let paths: Vec<String> = paths(scenario)
            .into_iter()
            .filter(|path| Probe::new(&model, std::slice::from_ref(path)).is_ok())
            .collect();
        let side = Side::new(scenario, model, &paths)?;
        Ok(Baseline { scenario, side, factors, paths, known: Vec::new() })
    }

    /// Whether volumes count everything offered, so that a variant played alone would find factors of its own.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        !self.factors.is_empty()
    }

    /// Plays a variant (`None`: nothing is changed) beside it, a stage after the other, and tells each to `each`,
    /// until all replications that the baseline asks for are played (`true`) or the watch stops it.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn play(
        &mut self,
        variant: Option<&Scenario>,
        watch: &dyn Watch,
        mut each: impl FnMut(&Stage<'_>),
    ) -> Result<bool, Failure> {
        let mut other = match variant {
            Some(variant) => Some(Side::new(variant, self.compiled(variant)?, &self.paths)?),
            None => None,
        };
        let asked = self.scenario.experiment.replications;
        for (number, until) in stages(asked).into_iter().enumerate() {
            if let Some(other) = &mut other
                && !other.play(until, watch)?
            {
                return Ok(false);
            }
            if self.known.len() <= number {
                if !self.side.play(until, watch)? {
                    return Ok(false);
                }
                self.known.push(self.side.experiment.results(&self.side.fold, asked));
            }
            let results = other.as_ref().map(|other| other.experiment.results(&other.fold, asked));
            let compared = self.compared(other.as_ref(), until as usize);
            let (baseline, variant) = (&self.known[number], results.as_ref());
            each(&Stage { replications: until, asked, baseline, variant, compared });
        }
        Ok(true)
    }

    /// A variant's model, with the factors of the baseline.
    fn compiled(&self, variant: &Scenario) -> Result<Model, Failure> {
        Ok(pilot::frozen_or_scaled(variant, &self.factors, self.scenario.experiment.seed)?)
    }

    /// The key figures over the first so many replications.
    fn compared(&self, other: Option<&Side<'_>>, played: usize) -> Vec<ComparedFigure> {
        let confidence = self.scenario.experiment.confidence;
        let of = |side: &Side<'_>, index: usize| -> Vec<Terms> {
            side.terms[..played].iter().map(|all| all[index]).collect()
        };
        let figures = self.paths.iter().zip(self.side.probe.figures().flatten()).enumerate();
        let compare = |(index, (path, figure)): (usize, (&String, Figure))| {
            let base = of(&self.side, index);
            let beside = |side: &Side<'_>, paired: bool| {
                let terms = of(side, index);
                let sampling = side.experiment.model().sampling;
                let multiple = interval_multiple(confidence, played, sampling);
                let difference = paired_difference(&terms, &base, sampling).filter(|_| paired);
                Beside {
                    value: Estimate::of_terms(&terms, sampling, confidence),
                    difference: difference.map(|paired| Estimate::of(paired.difference, multiple)),
                    independent_half_width: None,
                    saving: None,
                    best: None,
                }
            };
            let variants =
                std::iter::once(beside(&self.side, false)).chain(other.map(|other| beside(other, true)));
            ComparedFigure { path: path.clone(), figure, delta: 0.0, variants: variants.collect() }
        };
        figures.map(compare).collect()
    }
}

/// The dotted names of the key figures, whether the centre has them or not.
fn paths(scenario: &Scenario) -> Vec<String> {
    let queues = scenario.queues.iter().map(|queue| format!("queues.{}", queue.name));
    let scopes = queues.chain(std::iter::once("total".to_owned()));
    let of_queues = scopes.flat_map(|scope| OF_QUEUES.map(|figure| format!("{scope}.{}", figure.name())));
    let groups = scenario.groups.iter().map(|group| format!("groups.{}", group.name));
    let scopes = groups.chain(std::iter::once("total".to_owned()));
    let of_groups = scopes.flat_map(|scope| OF_GROUPS.map(|figure| format!("{scope}.{}", figure.name())));
    of_queues.chain(of_groups).collect()
}

/// After how many replications there is something to show: whole blocks, so that all is added up as in one run.
fn stages(asked: u64) -> Vec<u64> {
    let mut stages = Vec::new();
    let mut next = BLOCK;
    while next < asked {
        stages.push(next);
        next *= GROWTH;
    }
    stages.push(asked);
    stages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Ask, Comparison, Contender, Silent};

    const CENTRE: &str = "[horizon]\nstart = 2026-03-02\n[experiment]\nreplications = 30\n\
        [queues.a]\nopen = \"daily 08:00-18:00\"\ntalk = { mean = \"4m\" }\npatience = { mean = \"3m\" }\n\
        target = { share = 0.8, within = \"20s\" }\narrivals = { per_day = 600, busyness = { cv = 0.1 } }\n\
        [groups.g]\nskills = [\"a\"]\ncost.per_hour = 20\nstaff = { \"08:00\" = 5, \"18:00\" = 0 }\n";

    fn centre(settings: &[&str]) -> Scenario {
        let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
        Scenario::from_text("centre.toml", CENTRE, &settings).unwrap().scenario
    }

    #[test]
    fn stages_are_whole_blocks_but_the_last() {
        assert_eq!(stages(100), [4, 12, 36, 100]);
        assert_eq!(stages(4), [4]);
        assert_eq!(stages(3), [3]);
        assert_eq!(stages(13), [4, 12, 13]);
    }

    #[test]
    fn the_last_stage_is_a_run_and_a_comparison() {
        let (base, more) = (centre(&[]), centre(&["groups.g.staff.08:00=6"]));
        let mut baseline = Baseline::new(&base).unwrap();
        // Another variant before must not matter.
        let fewer = centre(&["groups.g.staff.08:00=4"]);
        assert!(baseline.play(Some(&fewer), &Silent, |_| {}).unwrap());
        let mut seen = Vec::new();
        let complete = baseline.play(Some(&more), &Silent, |stage| {
            let variant = stage.variant.unwrap().clone();
            seen.push((stage.replications, stage.baseline.clone(), variant, stage.compared.clone()));
        });
        assert!(complete.unwrap());
        let counts: Vec<u64> = seen.iter().map(|stage| stage.0).collect();
        assert_eq!(counts, [4, 12, 30]);
        let (_, of_base, of_variant, compared) = seen.pop().unwrap();
        let run = |scenario| Experiment::new(scenario).unwrap().run(&Silent).unwrap().results;
        assert_eq!(of_base, run(&base));
        assert_eq!(of_variant, run(&more));
        let contenders = [Contender::new("base", &base), Contender::new("more", &more)];
        let ask = Ask { figures: vec!["queues.a.wait".to_owned()], ..Ask::default() };
        let other = Comparison::new(&contenders, 0, &ask).unwrap().run(&Silent).unwrap();
        let wait = compared.iter().find(|figure| figure.path == "queues.a.wait").unwrap();
        assert_eq!(wait.variants[1].value, other.figures[0].variants[1].value);
        assert_eq!(wait.variants[1].difference, other.figures[0].variants[1].difference);
    }

    #[test]
    fn a_watch_stops_it_between_replications() {
        struct AfterTen(std::sync::atomic::AtomicU64);
        impl Watch for AfterTen {
            fn planned(&self, _replications: u64) {}
            fn done(&self) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
            fn stopped(&self) -> bool {
                self.0.load(std::sync::atomic::Ordering::Relaxed) >= 10
            }
        }
        let (base, more) = (centre(&[]), centre(&["groups.g.staff.08:00=6"]));
        let mut baseline = Baseline::new(&base).unwrap();
        let mut stages = 0;
        assert!(!baseline.play(Some(&more), &AfterTen(0.into()), |_| stages += 1).unwrap());
        assert!(stages <= 1);
        // What was played of the baseline is as good as before.
        let mut last = None;
        assert!(baseline.play(None, &Silent, |stage| last = Some(stage.baseline.clone())).unwrap());
        assert_eq!(last.unwrap(), Experiment::new(&base).unwrap().run(&Silent).unwrap().results);
    }
}
