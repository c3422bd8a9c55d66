//! A distribution kept within bounds: what is outside is drawn again, not moved to the bound.

use super::Distribution;
use super::empirical::Empirical;
use super::family::Family;
use super::level::Level;
use super::mixture::Mixture;
use super::parameter::{not_negative, short, time};
use super::uniform::Uniform;

/// The least probability that truncation may leave.
const LEAST: f64 = 1e-9;

/// The parent, given that min <= X <= max. The parent has a density.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    parent: Box<Distribution>,
    min: f64,
    max: f64,
    /// The parent's level at `min`.
    from: Level,
    /// The parent's level at `max`.
    to: Level,
    /// The parent's probability of the interval.
    mass: f64,
    mean: f64,
    variance: f64,
}

/// `distribution` given that min <= X <= max. Distributions that stay of their kind do, so that only distributions with a
/// smooth density become [`Truncated`].
pub(super) fn truncate(
    distribution: Distribution,
    min: Option<f64>,
    max: Option<f64>,
) -> Result<Distribution, String> {
    let min = not_negative("a", "min", min.unwrap_or(0.0))?;
    let max = match max {
        Some(max) => not_negative("a", "max", max)?,
        None => f64::INFINITY,
    };
    if min > max {
        return Err(format!("min must not exceed max, and {} is more than {}", time(min), time(max)));
    }
    within(distribution, min, max).map(|(_, distribution)| distribution)
}

/// The probability of the interval and the distribution within it.
fn within(distribution: Distribution, min: f64, max: f64) -> Result<(f64, Distribution), String> {
    let whole = distribution.family();
    let (from, to) = (whole.before(min), whole.up_to(max));
    let mass = Level::between(from, to);
    if from.below == 0.0 && to.above == 0.0 {
        return Ok((1.0, distribution));
    }
    if mass < LEAST {
        return Err(format!(
            "no time of this distribution ({}) is {}",
            distribution.describe(),
            bounds(min, max)
        ));
    }
    let distribution = match distribution {
        Distribution::Uniform(parent) => {
            Distribution::Uniform(Uniform::new(parent.low.max(min), parent.high.min(max))?)
        }
        Distribution::Empirical(parent) => Distribution::Empirical(Empirical::new(parent.within(min, max))?),
        Distribution::Mixture(parent) => Distribution::Mixture(mixture_within(&parent, min, max)?),
        Distribution::Hyperexponential(parent) => {
            Distribution::Mixture(mixture_within(parent.mixture(), min, max)?)
        }
        Distribution::Truncated(parent) => {
            return within(*parent.parent, parent.min.max(min), parent.max.min(max))
                .map(|(_, distribution)| (mass, distribution));
        }
        parent => Distribution::Truncated(Truncated::new(parent, [min, max], [from, to], mass)),
    };
    Ok((mass, distribution))
}

/// The interval in words.
fn bounds(min: f64, max: f64) -> String {
    match (min > 0.0, max.is_finite()) {
        (true, true) => format!("from {} to {}", time(min), time(max)),
        (_, false) => format!("at least {}", time(min)),
        _ => format!("at most {}", time(max)),
    }
}

/// Each part within the interval, weighted by how often it falls there.
fn mixture_within(parent: &Mixture, min: f64, max: f64) -> Result<Mixture, String> {
    let inside = |(weight, distribution): &(f64, Distribution)| {
        within(distribution.clone(), min, max).ok().map(|(mass, distribution)| (weight * mass, distribution))
    };
    Mixture::new(parent.parts().iter().filter_map(inside).collect())
}

impl Truncated {
    fn new(parent: Distribution, [min, max]: [f64; 2], [from, to]: [Level; 2], mass: f64) -> Truncated {
        let parent = Box::new(parent);
        let mut distribution = Truncated { parent, min, max, from, to, mass, mean: 0.0, variance: 0.0 };
        distribution.mean = integral(|level| distribution.quantile(level));
        distribution.variance = integral(|level| {
            (distribution.quantile(level) - distribution.mean)
                * (distribution.quantile(level) - distribution.mean)
        });
        distribution
    }
}

/// The integral of `f` over all levels: the expectation of f(level).
///
/// Gauss-Legendre by eight points on each octave of either tail, in which quantiles are smooth; the
/// tails end where no float is left of a second moment.
fn integral(f: impl Fn(Level) -> f64) -> f64 {
    /// Abscissae in (0, 1) and weights, both signs (Abramowitz & Stegun, table 25.4, n = 8).
    const POINTS: [(f64, f64); 4] = [
        (0.183_434_642_495_649_8, 0.362_683_783_378_362),
        (0.525_532_409_916_329, 0.313_706_645_877_887_3),
        (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
        (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
    ];
    let mut sum = 0.0;
    let mut width = 0.5;
    for _ in 0..120 {
        // The octave [start, start + width) with start = width, but for the factor one half.
        width *= 0.5;
        let middle = 1.5 * width;
        for (x, weight) in POINTS {
            for tail in [middle - 0.5 * width * x, middle + 0.5 * width * x] {
                let both = f(Level { below: tail, above: 1.0 - tail }) + f(Level::with_above(tail));
                sum += 0.5 * width * weight * both;
            }
        }
    }
    sum
}

impl Family for Truncated {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.variance
    }

    fn up_to(&self, x: f64) -> Level {
        if x < self.min {
            return Level::NOTHING;
        }
        if x >= self.max {
            return Level::EVERYTHING;
        }
        let at = self.parent.family().up_to(x);
        Level {
            below: Level::between(self.from, at) / self.mass,
            above: Level::between(at, self.to) / self.mass,
        }
    }

    fn quantile(&self, level: Level) -> f64 {
        let parents = Level {
            below: self.from.below + level.below * self.mass,
            above: self.to.above + level.above * self.mass,
        };
        self.parent.family().quantile(parents).clamp(self.min, self.max)
    }

    /// The density of a triangular one has a kink, which cubics of a table do not follow.
    fn is_quick(&self) -> bool {
        matches!(*self.parent, Distribution::Triangular(_))
    }

    fn scaled(&self, factor: f64) -> Self {
        Truncated {
            parent: Box::new(self.parent.scaled(factor)),
            min: self.min * factor,
            max: self.max * factor,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
            ..self.clone()
        }
    }

    fn describe(&self) -> String {
        format!(
            "{}, {} (which makes it mean {}, cv {})",
            self.parent.describe(),
            bounds(self.min, self.max),
            time(self.mean),
            short(self.variance.sqrt() / self.mean)
        )
    }
}
