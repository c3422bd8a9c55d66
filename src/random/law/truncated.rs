//! A law kept within bounds: what is outside is drawn again, not moved to the bound.

use super::Law;
use super::distribution::Distribution;
use super::empirical::Empirical;
use super::level::Level;
use super::mixture::Mixture;
use super::parameter::{not_negative, short, time};
use super::uniform::Uniform;

/// The least probability that truncation may leave.
const LEAST: f64 = 1e-9;

/// The parent, given that min <= X <= max. The parent has a density.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    parent: Box<Law>,
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

/// `law` given that min <= X <= max. Laws that stay of their kind do, so that only laws with a
/// smooth density become [`Truncated`].
pub(super) fn truncate(law: Law, min: Option<f64>, max: Option<f64>) -> Result<Law, String> {
    let min = not_negative("a", "min", min.unwrap_or(0.0))?;
    let max = match max {
        Some(max) => not_negative("a", "max", max)?,
        None => f64::INFINITY,
    };
    if min > max {
        return Err(format!("min must not exceed max, and {} is more than {}", time(min), time(max)));
    }
    within(law, min, max).map(|(_, law)| law)
}

/// The probability of the interval and the law within it.
fn within(law: Law, min: f64, max: f64) -> Result<(f64, Law), String> {
    let whole = law.distribution();
    let (from, to) = (whole.before(min), whole.up_to(max));
    let mass = Level::between(from, to);
    if from.below == 0.0 && to.above == 0.0 {
        return Ok((1.0, law));
    }
    if mass < LEAST {
        return Err(format!("no time of this distribution ({}) is {}", law.describe(), bounds(min, max)));
    }
    let law = match law {
        Law::Uniform(parent) => Law::Uniform(Uniform::new(parent.low.max(min), parent.high.min(max))?),
        Law::Empirical(parent) => Law::Empirical(Empirical::new(parent.within(min, max))?),
        Law::Mixture(parent) => Law::Mixture(mixture_within(&parent, min, max)?),
        Law::Hyperexponential(parent) => Law::Mixture(mixture_within(parent.mixture(), min, max)?),
        Law::Truncated(parent) => {
            return within(*parent.parent, parent.min.max(min), parent.max.min(max))
                .map(|(_, law)| (mass, law));
        }
        parent => Law::Truncated(Truncated::new(parent, [min, max], [from, to], mass)),
    };
    Ok((mass, law))
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
    let inside = |(weight, law): &(f64, Law)| {
        within(law.clone(), min, max).ok().map(|(mass, law)| (weight * mass, law))
    };
    Mixture::new(parent.parts().iter().filter_map(inside).collect())
}

impl Truncated {
    /// Whether the density has a kink, which cubics do not follow.
    pub(super) fn has_kink(&self) -> bool {
        matches!(*self.parent, Law::Triangular(_))
    }

    fn new(parent: Law, [min, max]: [f64; 2], [from, to]: [Level; 2], mass: f64) -> Truncated {
        let parent = Box::new(parent);
        let mut law = Truncated { parent, min, max, from, to, mass, mean: 0.0, variance: 0.0 };
        law.mean = integral(|level| law.quantile(level));
        law.variance = integral(|level| (law.quantile(level) - law.mean) * (law.quantile(level) - law.mean));
        law
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

impl Distribution for Truncated {
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
        let at = self.parent.distribution().up_to(x);
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
        self.parent.distribution().quantile(parents).clamp(self.min, self.max)
    }

    fn scaled(&self, factor: f64) -> Law {
        Law::Truncated(Truncated {
            parent: Box::new(self.parent.scaled(factor)),
            min: self.min * factor,
            max: self.max * factor,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
            ..self.clone()
        })
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
