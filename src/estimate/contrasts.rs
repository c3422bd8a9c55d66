//! What a variance is estimated from: vectors that the sampling of replications leaves independent of each other.
//!
//! Of independent replications these are the replications themselves; of stratified ones the differences of
//! neighbours (Wolter 2007, section 8.2), or the sums of whole sets.

use std::f64::consts::FRAC_1_SQRT_2;

use super::sampling::Sampling;

/// Turns replications into contrasts, in the order of replications.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Contrasts {
    sampling: Sampling,
    replications: u64,
    /// Handed out so far.
    count: u64,
    /// Of hands: the first replication, for the one before it; none where it is zero.
    first: Vec<f64>,
    /// Of hands: the last replication. Of sets: the sums of the one that is not complete. None where that is zero.
    open: Vec<f64>,
    /// Replications in the open set.
    opened: u64,
}

impl Contrasts {
    pub(super) fn new(sampling: Sampling) -> Contrasts {
        Contrasts { sampling, ..Contrasts::default() }
    }

    /// Nothing seen but one replication.
    pub(super) fn of_one() -> Contrasts {
        Contrasts { replications: 1, ..Contrasts::default() }
    }

    /// Of vectors that go on for ever with their last number: those that are kept are given so many numbers.
    pub(super) fn go_on_to(&mut self, length: usize) {
        for kept in [&mut self.first, &mut self.open] {
            if let Some(&last) = kept.last()
                && kept.len() < length
            {
                kept.resize(length, last);
            }
        }
    }

    pub(super) fn replications(&self) -> u64 {
        self.replications
    }

    pub(super) fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// Takes a replication; `take` is given the contrast that it completes and, of a set, its replications.
    pub(super) fn add(&mut self, values: &[f64], take: impl FnOnce(&[f64], f64)) {
        let nothing = values.iter().all(|x| *x == 0.0);
        match self.sampling {
            Sampling::Independent => {
                self.replications += 1;
                self.count += 1;
                if !nothing {
                    take(values, 1.0);
                }
            }
            Sampling::Hands(_) => {
                let values = if nothing { &[] } else { values };
                self.join(values, take);
                if self.replications == 0 {
                    self.first = values.to_vec();
                }
                self.replications += 1;
                self.open.clear();
                self.open.extend_from_slice(values);
            }
            Sampling::Sets { .. } => {
                self.replications += 1;
                self.opened += 1;
                if !nothing {
                    add(&mut self.open, values);
                }
                self.close_set(take);
            }
        }
    }

    /// Takes what another saw after this one; `take` is given the contrast that lies across the border.
    pub(super) fn merge(&mut self, later: &Contrasts, take: impl FnOnce(&[f64], f64)) {
        match self.sampling {
            Sampling::Independent => {}
            Sampling::Hands(_) if later.replications > 0 => {
                self.join(&later.first, take);
                if self.replications == 0 {
                    self.first.clone_from(&later.first);
                }
                self.open.clone_from(&later.open);
                self.replications += later.replications;
                self.count += later.count;
                return;
            }
            Sampling::Hands(_) => return,
            Sampling::Sets { .. } => {
                self.replications += later.replications;
                self.count += later.count;
                self.opened += later.opened;
                add(&mut self.open, &later.open);
                self.close_set(take);
                return;
            }
        }
        self.replications += later.replications;
        self.count += later.count;
    }

    /// Hands out what the last replication and the next one, if of the same hand, differ by.
    fn join(&mut self, next: &[f64], take: impl FnOnce(&[f64], f64)) {
        if self.replications == 0 || self.sampling.begins_hand(self.replications) {
            return;
        }
        self.count += 1;
        let length = next.len().max(self.open.len());
        let value = |values: &[f64], i: usize| values.get(i).copied().unwrap_or(0.0);
        let difference: Vec<f64> =
            (0..length).map(|i| (value(next, i) - value(&self.open, i)) * FRAC_1_SQRT_2).collect();
        if length > 0 {
            take(&difference, 1.0);
        }
    }

    /// Hands out the open set if that is complete.
    fn close_set(&mut self, take: impl FnOnce(&[f64], f64)) {
        if self.opened == 0 || !self.sampling.ends_set(self.replications) {
            return;
        }
        let size = std::mem::take(&mut self.opened) as f64;
        self.count += 1;
        let sums = std::mem::take(&mut self.open);
        take(&sums, size);
    }

    /// The sums of a set that is not complete, and its replications.
    pub(super) fn open_set(&self) -> Option<(&[f64], f64)> {
        let open = matches!(self.sampling, Sampling::Sets { .. }) && self.opened > 0;
        open.then_some((&self.open[..], self.opened as f64))
    }

    /// Contrasts, one of a set that is not complete among them.
    fn all(&self) -> f64 {
        self.count as f64 + if self.open_set().is_some() { 1.0 } else { 0.0 }
    }

    /// The standard error of a mean per replication, from the sum of squared residuals over contrasts. `None`
    /// from too few.
    pub(super) fn standard_error(&self, scatter: f64) -> Option<f64> {
        let (n, contrasts) = (self.replications as f64, self.all());
        let scatter = scatter.max(0.0);
        match self.sampling {
            Sampling::Independent => (n > 1.0).then(|| libm::sqrt(scatter / (n - 1.0) / n)),
            Sampling::Hands(_) => (contrasts > 0.0).then(|| libm::sqrt(scatter / contrasts / n)),
            Sampling::Sets { .. } => {
                (contrasts > 1.0).then(|| libm::sqrt(scatter * contrasts / (contrasts - 1.0)) / n)
            }
        }
    }

    /// Degrees of freedom of its standard errors, for Student's distribution. `None` where stratified replications
    /// were stopped half-way and their errors cannot be known.
    pub(super) fn degrees(&self) -> Option<f64> {
        self.sampling.degrees(self.replications, self.all())
    }
}

/// Adds a vector, of which an empty one is zero.
pub(super) fn add(values: &mut Vec<f64>, more: &[f64]) {
    if values.len() < more.len() {
        values.resize(more.len(), 0.0);
    }
    values.iter_mut().zip(more).for_each(|(value, more)| *value += more);
}
