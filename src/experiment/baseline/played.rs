//! The chosen intervals of every replication.

use crate::estimate::Terms;
use crate::figures::{Figure, RowProbe};
use crate::model::Model;
use crate::observations::Observations;

use super::super::Collector;
use super::align::{FIGURES, SeenRow};

/// Against what is compared: what tells how much of a volume comes back.
const RETRIES: [Figure; 2] = [Figure::Retries, Figure::Abandoned];

const WIDTH: usize = FIGURES.len() + RETRIES.len();

/// Takes the intervals that were seen from every replication.
pub(super) struct Rows(RowProbe);

impl Rows {
    pub(super) fn new(seen: &[SeenRow]) -> Rows {
        let figures = [FIGURES.as_slice(), RETRIES.as_slice()].concat();
        Rows(RowProbe::new(&figures, seen.iter().map(|row| (row.queue, row.row)).collect()))
    }
}

/// By replication: the pairs of [`RowProbe::take`]. Intervals are small: half the digits will do.
pub(super) struct Played(Vec<Box<[(f32, f32)]>>);

impl Collector for Rows {
    type Fruit = Played;

    fn start(&self, _model: &Model) -> Played {
        Played(Vec::new())
    }

    fn add(&self, played: &mut Played, seen: &Observations, model: &Model) {
        let terms = self.0.take(seen, model);
        played.0.push(terms.iter().map(|terms| (terms.over as f32, terms.under as f32)).collect());
    }

    fn merge(&self, played: &mut Played, later: Played) {
        played.0.extend(later.0);
    }

    fn bytes(&self, _model: &Model) -> u64 {
        // A part holds the replications of one block.
        (self.0.len() * size_of::<(f32, f32)>() * 4) as u64
    }
}

impl Played {
    /// How many replications.
    pub(super) fn replications(&self) -> usize {
        self.0.len()
    }

    /// What a replication has for a figure of [`FIGURES`] in the `index`-th of the intervals seen.
    pub(super) fn terms(&self, replication: usize, index: usize, figure: usize) -> Terms {
        let (over, under) = self.0[replication][index * WIDTH + figure];
        Terms { over: f64::from(over), under: f64::from(under) }
    }

    /// The same of retries and of the abandoned.
    pub(super) fn retries(&self, replication: usize, index: usize) -> (f64, f64) {
        let of = |which: usize| self.terms(replication, index, FIGURES.len() + which).over;
        (of(0), of(1))
    }
}
