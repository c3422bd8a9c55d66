//! Sweeps and variants: the same centre with some settings changed.

use crate::random::{Key, unit};
use crate::reading::{DottedPath, Setting};
use crate::vocabulary::Quantity;

use crate::units::Span;

/// `[variants.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it changes.
    pub settings: Vec<Setting>,
}

/// What one axis of a sweep runs through.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// These, as TOML writes them.
    List(Vec<String>),
    /// From, to and step.
    Range(Quantity, Quantity, Option<Quantity>),
}

/// Paths that move together, most often one.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Each with its values; of several, all have as many.
    pub paths: Vec<(String, Values)>,
}

/// `[sweep]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep {
    /// In the order of the file; the last one varies fastest.
    pub axes: Vec<Axis>,
    /// So many points of a Latin hypercube instead of the grid.
    pub sample: Option<u64>,
}

/// How the line of a sample ends, in [`Sweep::written`].
pub const SAMPLED: &str = "points of a Latin hypercube";

/// More values of a range than anyone means.
const MOST_VALUES: f64 = 1e6;

/// More points than anyone plays: a second each, they take four months.
const MOST_POINTS: u64 = 10_000_000;

impl Sweep {
    /// How many points it has.
    ///
    /// # Errors
    /// A sentence: an axis without values, paths of one axis that have different numbers of them, or more
    /// points than anyone plays.
    pub fn len(&self) -> Result<u64, String> {
        let mut product = 1_u64;
        for axis in &self.axes {
            product = product.saturating_mul(axis.len(self.sample.is_some())? as u64);
        }
        match self.sample.unwrap_or(product) {
            points if points > MOST_POINTS => Err(format!("it has more than {MOST_POINTS} points")),
            points => Ok(points),
        }
    }

    /// Whether it has no points at all: nothing is swept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// What it runs through, an axis a line, as it could be typed: whatever tells two sweeps apart.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        let values = |values: &Values| match values {
            Values::List(values) => values.join(", "),
            Values::Range(from, to, step) => {
                let step = step.map_or_else(String::new, |step| format!(":{}", step.number()));
                format!("{}..{}{step}", from.number(), to.number())
            }
        };
        let path = |(path, all): &(String, Values)| format!("{path}={}", values(all));
        let axes =
            self.axes.iter().map(|axis| axis.paths.iter().map(path).collect::<Vec<_>>().join(" with "));
        axes.chain(self.sample.map(|points| format!("{points} {SAMPLED}"))).collect()
    }

    /// All points, so that each can be asked for at once.
    ///
    /// # Errors
    /// See [`Sweep::len`].
    pub fn points(&self) -> Result<Points, String> {
        let len = self.len()?;
        let mut sizes = Vec::new();
        let mut orders = Vec::new();
        for (place, axis) in self.axes.iter().enumerate() {
            match self.sample {
                Some(points) => orders.push(strata(place, points)),
                None => sizes.push(axis.len(false)? as u64),
            }
        }
        let axes = self.axes.iter().map(|axis| axis.paths.iter().map(Choices::of).collect()).collect();
        Ok(Points { axes, sample: self.sample, len, sizes, orders })
    }
}

fn axis_of_sample(place: usize) -> Key {
    Key::seed(0).named("latin hypercube").child(place as u64)
}

/// The strata of one axis of a Latin hypercube in the order of points: each of `points` equal strata is met
/// once (McKay, Beckman & Conover 1979).
fn strata(place: usize, points: u64) -> Vec<u32> {
    // In the order of random numbers: a random permutation.
    let name = axis_of_sample(place);
    let mut order: Vec<u32> = (0..u32::try_from(points).unwrap_or(u32::MAX)).collect();
    order.sort_by_cached_key(|&stratum| name.nth(u64::from(stratum)));
    order
}

/// What a path may be set to, read once.
#[derive(Clone, Debug)]
struct Choices {
    path: DottedPath,
    /// Of a list.
    listed: Vec<Setting>,
    values: Values,
}

/// The points of a sweep, from 0.
#[derive(Clone, Debug)]
pub struct Points {
    /// By axis, of each of its paths.
    axes: Vec<Vec<Choices>>,
    sample: Option<u64>,
    len: u64,
    /// Of a grid: how many values each axis has.
    sizes: Vec<u64>,
    /// Of a sample: the stratum of each axis at each point.
    orders: Vec<Vec<u32>>,
}

impl Points {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The paths that are set, in the order of the axes.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.axes.iter().flatten().map(|choices| choices.path.as_str().to_owned()).collect()
    }

    /// The `number`-th point's settings.
    #[must_use]
    pub fn get(&self, number: u64) -> Vec<Setting> {
        if let Some(points) = self.sample {
            return self.sampled(number, points);
        }
        let mut rest = number;
        let mut picks: Vec<usize> = Vec::with_capacity(self.sizes.len());
        for size in self.sizes.iter().rev() {
            picks.push((rest % size) as usize);
            rest /= size;
        }
        let picked = self.axes.iter().zip(picks.iter().rev());
        picked.flat_map(|(axis, &pick)| axis.iter().filter_map(move |choices| choices.nth(pick))).collect()
    }

    fn sampled(&self, number: u64, points: u64) -> Vec<Setting> {
        let axes = self.axes.iter().zip(&self.orders).enumerate();
        let settings = axes.flat_map(|(place, (axis, order))| {
            let stratum = u64::from(order.get(number as usize).copied().unwrap_or(0));
            let u = (stratum as f64 + unit(axis_of_sample(place).child(stratum).value())) / points as f64;
            axis.iter().filter_map(move |choices| choices.at_level(u))
        });
        settings.collect()
    }
}

impl Axis {
    fn len(&self, sampled: bool) -> Result<usize, String> {
        let mut lengths = self.paths.iter().map(|(path, values)| match values {
            Values::Range(..) if sampled => Ok(usize::MAX),
            values => values.count(path),
        });
        let first = lengths.next().unwrap_or(Ok(0))?;
        for length in lengths {
            if length? != first {
                let paths: Vec<&str> = self.paths.iter().map(|(path, _)| path.as_str()).collect();
                return Err(format!(
                    "{} move together but have different numbers of values",
                    paths.join(", ")
                ));
            }
        }
        Ok(if sampled { 1 } else { first })
    }
}

impl Choices {
    fn of((path, values): &(String, Values)) -> Choices {
        let listed = match values {
            Values::List(values) => {
                values.iter().map(|value| Setting::read(&format!("{path}={value}"))).collect()
            }
            Values::Range(..) => Vec::new(),
        };
        Choices { path: DottedPath::read(path), listed, values: values.clone() }
    }

    /// The one at a place, from 0.
    fn nth(&self, number: usize) -> Option<Setting> {
        match &self.values {
            Values::List(_) => self.listed.get(number).cloned(),
            Values::Range(from, to, step) => {
                let step = Values::step(*from, *to, *step)?;
                let kinds = [*from, *to, Quantity::Number(step)];
                let there = number < self.values.count(self.path.as_str()).ok()?;
                there.then(|| self.at(quantity(from.number() + number as f64 * step, kinds)))
            }
        }
    }

    /// The one at a level between 0 and 1 of the range, or of the list.
    fn at_level(&self, u: f64) -> Option<Setting> {
        match &self.values {
            Values::List(values) => self.listed.get((u * values.len() as f64) as usize).cloned(),
            Values::Range(from, to, _) => Some(self.at(level(*from, *to, u))),
        }
    }

    fn at(&self, value: Quantity) -> Setting {
        Setting::of(&self.path, value, &value.as_toml())
    }
}

impl Values {
    /// How many values there are.
    fn count(&self, path: &str) -> Result<usize, String> {
        match self {
            Values::List(values) if values.is_empty() => Err(format!("`{path}` has no values")),
            Values::List(values) => Ok(values.len()),
            Values::Range(from, to, step) => {
                let (low, high) = (from.number(), to.number());
                let step = Values::step(*from, *to, *step)
                    .ok_or_else(|| format!("the range of `{path}` needs a step"))?;
                if step <= 0.0 || high < low {
                    return Err(format!("the range of `{path}` has no values"));
                }
                // The end belongs to it, whatever the rounding of decimal steps.
                let last = libm::floor((high - low) / step + 1e-9);
                if last >= MOST_VALUES {
                    return Err(format!("the range of `{path}` has more than a million values"));
                }
                Ok(last as usize + 1)
            }
        }
    }

    fn step(from: Quantity, to: Quantity, step: Option<Quantity>) -> Option<f64> {
        let whole = matches!((from, to), (Quantity::Whole(_), Quantity::Whole(_)));
        step.map(Quantity::number).or(whole.then_some(1.0))
    }
}

/// The value at a level between 0 and 1 of a range.
fn level(from: Quantity, to: Quantity, u: f64) -> Quantity {
    let (low, high) = (from.number(), to.number());
    match (from, to) {
        (Quantity::Whole(from), Quantity::Whole(to)) => {
            let pick = libm::floor((to - from + 1) as f64 * u) as i64;
            Quantity::Whole(from + pick.min(to - from))
        }
        _ => {
            // Six digits are more than anyone reads.
            let value = low + u * (high - low);
            let digits = 5.0 - libm::floor(libm::log10(value.abs().max(1e-300)));
            let scale = libm::pow(10.0, digits);
            quantity(libm::round(value * scale) / scale, [from, to, Quantity::Number(0.5)])
        }
    }
}

/// A value of a range: a whole number where all parts are, a time where any is.
fn quantity(value: f64, kinds: [Quantity; 3]) -> Quantity {
    if kinds.iter().any(|kind| matches!(kind, Quantity::Time(_))) {
        return Quantity::Time(Span::from_seconds(value));
    }
    let whole = kinds[..2].iter().all(|kind| matches!(kind, Quantity::Whole(_)));
    let value = libm::round(value * 1e9) / 1e9;
    if whole && value == libm::trunc(value) { Quantity::Whole(value as i64) } else { Quantity::Number(value) }
}

/// An axis as it is typed: `path=8..16:2`, `path=8..16` or `path=2m,3m,5m`.
///
/// # Errors
/// A sentence.
pub fn parse_axis(text: &str) -> Result<Axis, String> {
    // A quoted name may have a `=` of its own.
    let mut in_quotes = false;
    let ends_path = |c: char| {
        in_quotes ^= c == '"';
        c == '=' && !in_quotes
    };
    let Some((path, values)) = text.find(ends_path).map(|at| (&text[..at], &text[at + 1..])) else {
        return Err(format!("`{text}` has no `=`"));
    };
    let (path, values) = (path.trim().to_owned(), values.trim());
    if path.is_empty() || values.is_empty() {
        return Err(format!("`{text}` needs a path and values"));
    }
    let values = match values.split_once("..") {
        None => Values::List(values.split(',').map(|value| quoted(value.trim())).collect()),
        Some((from, rest)) => {
            let (to, step) = rest.split_once(':').map_or((rest, None), |(to, step)| (to, Some(step)));
            let quantity = |text: &str| {
                Quantity::parse(text).ok_or(format!("`{text}` is neither a number nor a duration"))
            };
            Values::Range(quantity(from)?, quantity(to)?, step.map(quantity).transpose()?)
        }
    };
    Ok(Axis { paths: vec![(path, values)] })
}

/// A value as TOML writes it: what is no number, flag, list or table is a text.
fn quoted(value: &str) -> String {
    let is_toml = format!("x = {value}").parse::<toml::Table>().is_ok();
    if is_toml { value.to_owned() } else { toml::Value::String(value.to_owned()).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let axis = parse_axis(text).unwrap();
        let choices = Choices::of(&axis.paths[0]);
        let count = axis.paths[0].1.count("x").unwrap();
        (0..count).map(|number| choices.nth(number).unwrap().value().to_owned()).collect()
    }

    #[test]
    fn ranges_run_to_their_end() {
        assert_eq!(values("x=8..16:4"), ["8", "12", "16"]);
        assert_eq!(values("x=1..3"), ["1", "2", "3"]);
        assert_eq!(values("x=0.1..0.3:0.1"), ["0.1", "0.2", "0.3"]);
        assert_eq!(values("x=30s..2m:45s"), ["\"30s\"", "\"1m15s\"", "\"2m\""]);
        assert_eq!(values("x=2m, none,5"), ["\"2m\"", "\"none\"", "5"]);
        let axis = parse_axis("queues.\"a=b\".priority=1..3").unwrap();
        assert_eq!(axis.paths[0].0, "queues.\"a=b\".priority");
    }

    #[test]
    fn the_last_axis_varies_fastest() {
        let axes = vec![parse_axis("a=1,2").unwrap(), parse_axis("b=7..9").unwrap()];
        let sweep = Sweep { axes, sample: None };
        assert_eq!(sweep.len(), Ok(6));
        let points = sweep.points().unwrap();
        let lines = |number| points.get(number).iter().map(|one| one.line().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(0), ["a=1", "b=7"]);
        assert_eq!(lines(2), ["a=1", "b=9"]);
        assert_eq!(lines(3), ["a=2", "b=7"]);
    }

    #[test]
    fn a_latin_hypercube_meets_every_stratum_once() {
        let axes = vec![parse_axis("a=1..10").unwrap(), parse_axis("b=0.0..1.0").unwrap()];
        let sweep = Sweep { axes, sample: Some(10) };
        assert_eq!(sweep.len(), Ok(10));
        let all = sweep.points().unwrap();
        let points: Vec<Vec<Setting>> = (0..10).map(|number| all.get(number)).collect();
        let mut whole: Vec<i64> = points.iter().map(|point| point[0].value().parse().unwrap()).collect();
        let mut tenths: Vec<i64> =
            points.iter().map(|point| (point[1].value().parse::<f64>().unwrap() * 10.0) as i64).collect();
        whole.sort_unstable();
        tenths.sort_unstable();
        assert_eq!(whole, (1..=10).collect::<Vec<_>>());
        assert_eq!(tenths, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn what_has_no_values_says_so() {
        for wrong in ["x=5..1", "x=1..2:0", "x=0.5..2.5"] {
            assert!(parse_axis(wrong).unwrap().len(false).is_err(), "{wrong}");
        }
        assert!(parse_axis("x").is_err() && parse_axis("x=1..hello").is_err());
        let uneven = Axis {
            paths: vec![("a".into(), Values::List(vec!["1".into()])), ("b".into(), Values::List(vec![]))],
        };
        assert!(uneven.len(false).is_err());
    }
}
