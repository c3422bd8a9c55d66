//! What was seen beside what was simulated: a value and the spread of the replications around it.

use crate::estimate::Terms;
use crate::figures::{Figure, Unit};

use super::align::{FIGURES, SeenRow};
use super::played::Played;

/// The share of simulated values that a band holds.
pub const INSIDE: f64 = 0.9;

/// Fewer values than this have no band: the extremes of 19 hold 90 % of what comes next.
pub(super) const FEWEST: usize = 19;

/// A value that was seen and what the replications have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// What was seen.
    pub seen: f64,
    /// The mean of the replications.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// The band of the simulated values.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The least of them.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

impl Against {
    /// From the values of the replications that have one.
    fn new(seen: f64, mut played: Vec<f64>) -> Option<Against> {
        if played.len() < FEWEST {
            return None;
        }
        played.sort_by(f64::total_cmp);
        let n = played.len();
        let mean = played.iter().sum::<f64>() / n as f64;
        let squares: f64 = played.iter().map(|value| (value - mean) * (value - mean)).sum();
        // The k-th from either end: of n + 1 values that are alike, any is below it with probability k / (n + 1).
        let k = (((1.0 - INSIDE) / 2.0 * (n + 1) as f64) as usize).max(1);
        Some(Against {
            seen,
            mean,
            deviation: (squares / (n - 1) as f64).sqrt(),
            low: played[k - 1],
            high: played[n - k],
            least: played[0],
            greatest: played[n - 1],
        })
    }

    /// Whether it lies in the band.
    #[must_use]
    pub fn is_within(&self) -> bool {
        holds(self.low, self.high, self.seen)
    }

    /// Seen over simulated.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.mean > 0.0 { self.seen / self.mean } else { f64::INFINITY }
    }

    /// How far outside of the band it lies, in widths of the band; 0 within.
    #[must_use]
    pub fn excess(&self) -> f64 {
        let beyond = (self.seen - self.high).max(self.low - self.seen).max(0.0);
        let width = (self.high - self.low).max(1e-9 * self.mean.abs()).max(1e-12);
        beyond / width
    }

    /// Whether the difference of a figure is no chance and no trifle.
    pub(super) fn is_off(&self, figure: Figure) -> bool {
        self.is_beyond(match figure.unit() {
            Unit::Share => 0.01,
            Unit::Seconds => (0.02 * self.mean).max(1.0),
            _ => 0.02 * self.mean,
        })
    }

    /// Whether it is further off than any replication, by more than three standard deviations, and by more than
    /// a trifle.
    fn is_beyond(&self, trifle: f64) -> bool {
        let off = self.seen - self.mean;
        let alone = self.seen < self.least || self.seen > self.greatest;
        alone && off.abs() > 3.0 * self.deviation && off.abs() > trifle
    }
}

/// Whether a band holds a value; what differs in the last digits does not lie outside.
fn holds(low: f64, high: f64, value: f64) -> bool {
    let slack = 1e-6 * (1.0 + value.abs());
    value >= low - slack && value <= high + slack
}

/// One figure of one queue in one interval.
#[derive(Clone, Debug)]
pub struct RowBeside {
    /// The row of the scenario's rows.
    pub row: usize,
    /// The line of the report.
    pub line: Option<u64>,
    /// The values.
    pub beside: Against,
}

/// One figure of one queue.
#[derive(Clone, Debug)]
pub struct FigureBeside {
    /// Which.
    pub figure: Figure,
    /// Over the whole time that was compared.
    pub total: Against,
    /// By interval.
    pub rows: Vec<RowBeside>,
    /// Whether the total is off by more than chance explains.
    pub off: bool,
}

impl FigureBeside {
    /// Intervals within their band.
    #[must_use]
    pub fn within(&self) -> usize {
        self.rows.iter().filter(|row| row.beside.is_within()).count()
    }

    /// The interval that lies furthest outside.
    #[must_use]
    pub fn worst(&self) -> Option<&RowBeside> {
        let outside = self.rows.iter().filter(|row| row.beside.excess() > 0.0);
        outside.max_by(|one, other| one.beside.excess().total_cmp(&other.beside.excess()))
    }
}

/// A queue.
#[derive(Clone, Debug)]
pub struct QueueBeside {
    /// Its name.
    pub name: String,
    /// The groups that serve it, by number.
    pub(super) groups: Vec<usize>,
    /// What the report tells of it.
    pub figures: Vec<FigureBeside>,
    /// Contacts abandoned for each hour that answered ones waited: a mark of patience that neither volume nor
    /// people change much; where the report tells it.
    pub impatience: Option<Against>,
    /// The least share of intervals within their bands in a replication: what chance alone can do.
    pub least_share: f64,
    /// Of each abandoned contact, how many retries come in the replications; where any comes.
    pub retries: Option<f64>,
    /// Contacts abandoned, as they were seen, less the simulated.
    pub more_abandoned: f64,
}

impl QueueBeside {
    /// Sets a queue's intervals beside the replications. `rows` are the places of its intervals in all that were seen.
    pub(super) fn new(
        name: &str,
        groups: Vec<usize>,
        rows: &[usize],
        seen: &[SeenRow],
        played: &Played,
    ) -> QueueBeside {
        let replications = played.replications();
        let mut figures = Vec::new();
        let mut shares = vec![(0usize, 0usize); replications];
        for (index, figure) in FIGURES.iter().enumerate() {
            let told: Vec<usize> =
                rows.iter().copied().filter(|row| seen[*row].values[index].is_some()).collect();
            let of_seen = |row: usize| seen[row].values[index].unwrap_or_default();
            let count = *figure == Figure::Offered;
            let value = |terms: Terms| match count {
                true => Some(terms.over),
                false => (terms.under > 0.0).then(|| terms.over / terms.under),
            };
            let sum = |terms: &mut dyn Iterator<Item = Terms>| {
                let sum = terms.fold(Terms::default(), |sum, one| Terms {
                    over: sum.over + one.over,
                    under: sum.under + one.under,
                });
                value(sum)
            };
            let Some(all) = sum(&mut told.iter().map(|row| of_seen(*row))) else { continue };
            let total = (0..replications)
                .filter_map(|r| sum(&mut told.iter().map(|row| played.terms(r, *row, index))));
            let Some(total) = Against::new(all, total.collect()) else { continue };
            let mut besides = Vec::new();
            for &row in &told {
                let Some(own) = value(of_seen(row)) else { continue };
                let values = || (0..replications).map(|r| value(played.terms(r, row, index)));
                let Some(beside) = Against::new(own, values().flatten().collect()) else { continue };
                // Closed, and nobody came: that says nothing.
                if own == 0.0 && beside.greatest == 0.0 {
                    continue;
                }
                for (share, value) in shares.iter_mut().zip(values()) {
                    let Some(value) = value else { continue };
                    share.0 += usize::from(holds(beside.low, beside.high, value));
                    share.1 += 1;
                }
                besides.push(RowBeside { row: seen[row].row, line: seen[row].line, beside });
            }
            figures.push(FigureBeside { figure: *figure, off: total.is_off(*figure), total, rows: besides });
        }
        let shares = shares.iter().filter(|(_, of)| *of > 0).map(|(within, of)| *within as f64 / *of as f64);
        let (retries, abandoned) = (0..replications)
            .flat_map(|r| rows.iter().map(move |row| played.retries(r, *row)))
            .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let at = FIGURES.iter().position(|figure| *figure == Figure::Abandonment).unwrap_or(0);
        let seen_abandoned: f64 =
            rows.iter().filter_map(|row| seen[*row].values[at]).map(|terms| terms.over).sum();
        let told = rows.iter().any(|row| seen[*row].values[at].is_some());
        let more_abandoned = if told { seen_abandoned - abandoned / replications.max(1) as f64 } else { 0.0 };
        QueueBeside {
            name: name.to_owned(),
            groups,
            figures,
            impatience: impatience(rows, seen, played),
            least_share: shares.fold(1.0, f64::min),
            retries: (retries > 0.0 && abandoned > 0.0).then(|| retries / abandoned),
            more_abandoned,
        }
    }

    /// The mark of patience, where it is off by more than chance explains.
    #[must_use]
    pub fn impatience_off(&self) -> Option<&Against> {
        self.impatience.as_ref().filter(|one| one.is_beyond(0.1 * one.mean))
    }

    /// A figure, where the report tells it.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> Option<&FigureBeside> {
        self.figures.iter().find(|one| one.figure == figure)
    }

    /// Values of intervals within their bands, and all.
    #[must_use]
    pub fn within(&self) -> (usize, usize) {
        self.figures.iter().fold((0, 0), |(within, of), one| (within + one.within(), of + one.rows.len()))
    }

    /// Whether fewer of its intervals lie in their bands than in any replication, by five points: the bands are made of
    /// these replications, and hold them a little too well.
    #[must_use]
    pub fn is_scattered(&self) -> bool {
        let (within, of) = self.within();
        of > 0 && (within as f64) < (self.least_share - 0.05) * of as f64
    }

    /// Whether chance explains all that differs.
    #[must_use]
    pub fn fits(&self) -> bool {
        !self.is_scattered() && self.impatience_off().is_none() && self.figures.iter().all(|one| !one.off)
    }

    /// The figure whose total lies furthest outside, of those that are off; else of all that lie outside.
    #[must_use]
    pub fn largest(&self) -> Option<&FigureBeside> {
        let by =
            |one: &&FigureBeside, other: &&FigureBeside| one.total.excess().total_cmp(&other.total.excess());
        let off = self.figures.iter().filter(|one| one.off).max_by(by);
        off.or_else(|| self.figures.iter().filter(|one| one.total.excess() > 0.0).max_by(by))
    }
}

/// Contacts abandoned for each hour that answered ones waited, in the intervals whose report tells both.
fn impatience(rows: &[usize], seen: &[SeenRow], played: &Played) -> Option<Against> {
    let place = |wanted: Figure| FIGURES.iter().position(|figure| *figure == wanted);
    let (abandonment, wait) = (place(Figure::Abandonment)?, place(Figure::WaitAnswered)?);
    let both = |row: &usize| {
        let values = &seen[*row].values;
        Some((values[abandonment]?.over, values[wait].map_or(0.0, |terms| terms.over)))
    };
    // Where all abandoned nobody was answered, and no wait is told.
    let told: Vec<usize> = rows.iter().copied().filter(|row| both(row).is_some()).collect();
    if !told.iter().any(|row| seen[*row].values[wait].is_some()) {
        return None;
    }
    let rate = |sums: (f64, f64)| (sums.1 > 0.0).then(|| 3600.0 * sums.0 / sums.1);
    let add = |sum: (f64, f64), one: (f64, f64)| (sum.0 + one.0, sum.1 + one.1);
    let own = rate(told.iter().filter_map(both).fold((0.0, 0.0), add))?;
    let of = |replication: usize| {
        let pair = |row: &usize| {
            (played.terms(replication, *row, abandonment).over, played.terms(replication, *row, wait).over)
        };
        rate(told.iter().map(pair).fold((0.0, 0.0), add))
    };
    Against::new(own, (0..played.replications()).filter_map(of).collect())
}
