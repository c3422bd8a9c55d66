//! What is counted of replications: by whom, and how it adds up.

use crate::estimate::Terms;
use crate::figures::{Fold, Probe, SliceProbe, Taken, WeekProbe};
use crate::model::Model;
use crate::observations::Observations;

/// Counts something of every replication. What to count, how replications add up and how the parts of several
/// threads become one stand in one place, as in tantivy's collectors.
///
/// Replications are added in their order, and parts are merged in their order, so what comes out is the same for
/// any number of threads.
pub trait Collector: Sync {
    /// What is collected.
    type Fruit: Send;

    /// Nothing yet.
    fn start(&self, model: &Model) -> Self::Fruit;

    /// Adds what one replication counted.
    fn add(&self, fruit: &mut Self::Fruit, seen: &Observations, model: &Model);

    /// Adds what another part saw, whose replications come after.
    fn merge(&self, fruit: &mut Self::Fruit, later: Self::Fruit);

    /// How much memory a part takes at most, about; 0 where it is little.
    fn bytes(&self, _model: &Model) -> u64 {
        0
    }
}

/// Collects nothing.
impl Collector for () {
    type Fruit = ();

    fn start(&self, _model: &Model) {}

    fn add(&self, _fruit: &mut (), _seen: &Observations, _model: &Model) {}

    fn merge(&self, _fruit: &mut (), _later: ()) {}
}

/// Two side by side.
impl<A: Collector, B: Collector> Collector for (&A, &B) {
    type Fruit = (A::Fruit, B::Fruit);

    fn start(&self, model: &Model) -> Self::Fruit {
        (self.0.start(model), self.1.start(model))
    }

    fn add(&self, fruit: &mut Self::Fruit, seen: &Observations, model: &Model) {
        self.0.add(&mut fruit.0, seen, model);
        self.1.add(&mut fruit.1, seen, model);
    }

    fn merge(&self, fruit: &mut Self::Fruit, later: Self::Fruit) {
        self.0.merge(&mut fruit.0, later.0);
        self.1.merge(&mut fruit.1, later.1);
    }

    fn bytes(&self, model: &Model) -> u64 {
        self.0.bytes(model) + self.1.bytes(model)
    }
}

/// Collects all figures.
pub(super) struct AllFigures;

impl Collector for AllFigures {
    type Fruit = Fold;

    fn start(&self, model: &Model) -> Fold {
        Fold::new(model)
    }

    fn add(&self, fold: &mut Fold, seen: &Observations, model: &Model) {
        fold.add(seen, model);
    }

    fn merge(&self, fold: &mut Fold, later: Fold) {
        if fold.replications() == 0 {
            *fold = later;
        } else {
            fold.merge(&later);
        }
    }

    fn bytes(&self, model: &Model) -> u64 {
        Fold::bytes(model)
    }
}

/// Takes something from each replication by itself; what is collected is a list of it, in the order of replications.
pub trait TakesEach: Sync {
    /// What it takes.
    type Taken: Send;

    /// Takes it from one replication.
    fn take_one(&self, seen: &Observations, model: &Model) -> Self::Taken;
}

impl<T: TakesEach> Collector for T {
    type Fruit = Vec<T::Taken>;

    fn start(&self, _model: &Model) -> Self::Fruit {
        Vec::new()
    }

    fn add(&self, fruit: &mut Self::Fruit, seen: &Observations, model: &Model) {
        fruit.push(self.take_one(seen, model));
    }

    fn merge(&self, fruit: &mut Self::Fruit, later: Self::Fruit) {
        fruit.extend(later);
    }
}

/// Chosen figures.
impl TakesEach for Probe {
    type Taken = Vec<Terms>;

    fn take_one(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        self.take(seen, model)
    }
}

/// Chosen figures, percentiles among them.
#[derive(Clone, Debug)]
pub(super) struct WithPercentiles(pub(super) Probe);

impl TakesEach for WithPercentiles {
    type Taken = Taken;

    fn take_one(&self, seen: &Observations, model: &Model) -> Taken {
        self.0.take_with_times(seen, model)
    }
}

/// Figures of days, and of hours.
impl TakesEach for SliceProbe {
    type Taken = Vec<Terms>;

    fn take_one(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        self.take(seen, model)
    }
}

/// Figures of weeks.
impl TakesEach for WeekProbe {
    type Taken = Vec<Terms>;

    fn take_one(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        self.take(seen, model)
    }
}

/// Something of one's own that is one sum over another, told by what a replication adds to both: a mean or a
/// share. For a number a replication the second one is 1. [`crate::figures::Estimate::of_terms`] makes a value with an
/// interval of what comes out; `examples/own_count.rs` does it.
#[derive(Clone, Copy, Debug)]
pub struct OwnRatio<F>(pub F);

impl<F: Fn(&Observations, &Model) -> Terms + Sync> TakesEach for OwnRatio<F> {
    type Taken = Terms;

    fn take_one(&self, seen: &Observations, model: &Model) -> Terms {
        (self.0)(seen, model)
    }
}
