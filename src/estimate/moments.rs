//! Sums and products of a vector of counters over replications: all that ratio figures need.
//!
//! Every figure of a scope is a ratio of two linear forms of the same counters, so one matrix of
//! cross products serves them all, whatever figures are asked for later. It is folded in the order
//! of replications; floating-point sums then have the same bits always.

/// First and second moments of `n` counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    replications: u64,
    sums: Vec<f64>,
    /// Upper triangle by rows: (0,0), (0,1), ..., (1,1), ...; none while all counters were zero, as
    /// at night.
    products: Vec<f64>,
}

/// A linear form of counters: (index, weight).
pub type Form<'a> = &'a [(usize, f64)];

impl Moments {
    /// Of `n` counters, nothing seen.
    #[must_use]
    pub fn new(n: usize) -> Moments {
        Moments { replications: 0, sums: vec![0.0; n], products: Vec::new() }
    }

    /// The counters of a single replication: their sums, without products.
    #[must_use]
    pub fn of_one(values: &[f64]) -> Moments {
        Moments { replications: 1, sums: values.to_vec(), products: Vec::new() }
    }

    /// Takes one replication's counters.
    ///
    /// # Panics
    /// When `values` has another length than the moments.
    pub fn add(&mut self, values: &[f64]) {
        let n = self.sums.len();
        assert_eq!(values.len(), n, "one value a counter");
        self.replications += 1;
        if values.iter().all(|x| *x == 0.0) {
            return;
        }
        self.products.resize(n * (n + 1) / 2, 0.0);
        let mut row = 0;
        for (i, &x) in values.iter().enumerate() {
            // Most counters of most rows are zero: nobody was blocked at 3 in the morning.
            if x != 0.0 {
                self.sums[i] += x;
                for (product, &y) in self.products[row..row + n - i].iter_mut().zip(&values[i..]) {
                    *product += x * y;
                }
            }
            row += n - i;
        }
    }

    /// Adds what another fold saw after this one.
    pub fn merge(&mut self, later: &Moments) {
        self.replications += later.replications;
        for (sum, more) in self.sums.iter_mut().zip(&later.sums) {
            *sum += more;
        }
        if self.products.len() < later.products.len() {
            self.products.resize(later.products.len(), 0.0);
        }
        for (product, more) in self.products.iter_mut().zip(&later.products) {
            *product += more;
        }
    }

    /// How many replications were added.
    #[must_use]
    pub fn replications(&self) -> u64 {
        self.replications
    }

    /// The sum of a linear form over all replications.
    #[must_use]
    pub fn sum(&self, form: Form) -> f64 {
        form.iter().map(|&(i, weight)| weight * self.sums[i]).sum()
    }

    /// The sum over replications of the product of two linear forms.
    #[must_use]
    pub fn product(&self, a: Form, b: Form) -> f64 {
        if self.products.is_empty() {
            return 0.0;
        }
        let n = self.sums.len();
        let at = |i: usize, j: usize| {
            let (i, j) = (i.min(j), i.max(j));
            self.products[i * n - i * (i + 1) / 2 + j]
        };
        a.iter().flat_map(|&(i, x)| b.iter().map(move |&(j, y)| x * y * at(i, j))).sum()
    }
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
