//! Sums and products of a vector of counters over replications: all that ratio figures need.
//!
//! Every figure of a scope is a ratio of two linear forms of the same counters, so one matrix of
//! cross products serves them all, whatever figures are asked for later. It is folded in the order
//! of replications; floating-point sums then have the same bits always.

use super::contrasts::{Contrasts, add};
use super::sampling::Sampling;

/// First and second moments of `n` counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    contrasts: Contrasts,
    sums: Vec<f64>,
    /// Of contrasts. Upper triangle by rows: (0,0), (0,1), ..., (1,1), ...; none while all counters were zero, as
    /// at night.
    products: Vec<f64>,
    /// Of sets: their sums weighted by their replications, and the sum of these numbers' squares, for a mean that
    /// sets of several lengths have in common.
    weighted: Vec<f64>,
    weights: f64,
}

/// A linear form of counters: (index, weight).
pub type Form<'a> = &'a [(usize, f64)];

impl Moments {
    /// Of `n` counters of independent replications, nothing seen.
    #[must_use]
    pub fn new(n: usize) -> Moments {
        Moments::sampled(n, Sampling::Independent)
    }

    /// Of `n` counters, nothing seen.
    #[must_use]
    pub fn sampled(n: usize, sampling: Sampling) -> Moments {
        Moments { contrasts: Contrasts::new(sampling), sums: vec![0.0; n], ..Moments::default() }
    }

    /// The counters of a single replication: their sums, without products.
    #[must_use]
    pub fn of_one(values: &[f64]) -> Moments {
        Moments { contrasts: Contrasts::of_one(), sums: values.to_vec(), ..Moments::default() }
    }

    /// Takes one replication's counters.
    ///
    /// # Panics
    /// When `values` has another length than the moments.
    pub fn add(&mut self, values: &[f64]) {
        assert_eq!(values.len(), self.sums.len(), "one value a counter");
        self.sums.iter_mut().zip(values).for_each(|(sum, x)| *sum += x);
        let Moments { contrasts, products, weighted, weights, .. } = self;
        contrasts.add(values, |contrast, size| take(contrast, size, products, weighted, weights));
    }

    /// Adds what another fold saw after this one. Of stratified replications, another fold sees some of one hand or
    /// set.
    pub fn merge(&mut self, later: &Moments) {
        add(&mut self.sums, &later.sums);
        add(&mut self.products, &later.products);
        add(&mut self.weighted, &later.weighted);
        self.weights += later.weights;
        let Moments { contrasts, products, weighted, weights, .. } = self;
        contrasts.merge(&later.contrasts, |contrast, size| take(contrast, size, products, weighted, weights));
    }

    /// How many replications were added.
    #[must_use]
    pub fn replications(&self) -> u64 {
        self.contrasts.replications()
    }

    /// The sum of a linear form over all replications.
    #[must_use]
    pub fn sum(&self, form: Form) -> f64 {
        of(&self.sums, form)
    }

    /// The sum over contrasts of the product of two linear forms.
    pub(super) fn product(&self, a: Form, b: Form) -> f64 {
        let n = self.sums.len();
        let at = |i: usize, j: usize| {
            let (i, j) = (i.min(j), i.max(j));
            self.products[i * n - i * (i + 1) / 2 + j]
        };
        let closed = if self.products.is_empty() {
            0.0
        } else {
            a.iter().flat_map(|&(i, x)| b.iter().map(move |&(j, y)| x * y * at(i, j))).sum()
        };
        closed + self.contrasts.open_set().map_or(0.0, |(open, _)| of(open, a) * of(open, b))
    }

    /// The sum over contrasts of the squared residuals of a linear form about its mean.
    pub(super) fn scatter(&self, form: Form) -> f64 {
        let squares = self.product(form, form);
        let n = self.replications() as f64;
        let mean = self.sum(form) / n;
        match self.contrasts.sampling() {
            Sampling::Independent => squares - n * mean * mean,
            // Neighbours' differences know no mean.
            Sampling::Hands(_) => squares,
            Sampling::Sets { .. } => {
                let (open, size) = self.contrasts.open_set().unwrap_or((&[], 0.0));
                let weighted = of(&self.weighted, form) + size * of(open, form);
                squares - 2.0 * mean * weighted + mean * mean * (self.weights + size * size)
            }
        }
    }

    /// The standard error of a mean per replication, from the sum of squared residuals over contrasts. `None`
    /// from too few.
    pub(super) fn standard_error(&self, scatter: f64) -> Option<f64> {
        self.contrasts.standard_error(scatter)
    }

    /// Degrees of freedom of its standard errors, for Student's distribution. `None` where stratified replications
    /// were stopped half-way and their errors cannot be known.
    #[must_use]
    pub fn degrees(&self) -> Option<f64> {
        self.contrasts.degrees()
    }
}

/// Adds a contrast: its products, and what a set of so many replications weighs.
fn take(values: &[f64], size: f64, products: &mut Vec<f64>, weighted: &mut Vec<f64>, weights: &mut f64) {
    *weights += size * size;
    if values.is_empty() {
        return;
    }
    let n = values.len();
    products.resize(n * (n + 1) / 2, 0.0);
    let mut row = 0;
    for (i, &x) in values.iter().enumerate() {
        // Most counters of most rows are zero: nobody was blocked at 3 in the morning.
        if x != 0.0 {
            for (product, &y) in products[row..row + n - i].iter_mut().zip(&values[i..]) {
                *product += x * y;
            }
        }
        row += n - i;
    }
    if size > 1.0 {
        weighted.resize(n, 0.0);
        weighted.iter_mut().zip(values).for_each(|(weighted, sum)| *weighted += size * sum);
    }
}

/// A linear form of a vector, of which an empty one is zero.
fn of(values: &[f64], form: Form) -> f64 {
    form.iter().map(|&(i, weight)| weight * values.get(i).copied().unwrap_or(0.0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_forms_are_sums_of_products() {
        let data = [[1.0, 2.0, 3.0], [4.0, 0.0, 6.0], [7.0, 8.0, 0.5]];
        let (mut all, mut first, mut rest) = (Moments::new(3), Moments::new(3), Moments::new(3));
        for (i, values) in data.iter().enumerate() {
            all.add(values);
            if i == 0 { first.add(values) } else { rest.add(values) }
        }
        let (a, b) = ([(0, 1.0), (2, -1.0)], [(1, 2.0), (2, 1.0)]);
        let by_hand: f64 = data.iter().map(|v| (v[0] - v[2]) * (2.0 * v[1] + v[2])).sum();
        assert_eq!(all.product(&a, &b), by_hand);
        assert_eq!(all.sum(&a), 12.0 - 9.5);
        first.merge(&rest);
        assert_eq!(first, all);
    }
}
