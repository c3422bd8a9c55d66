//! Distributions of times: `"3m"`, `{ mean = "3m" }`, `{ kind = "lognormal", mean = "4m20s", cv = 1.1 }`.

use crate::random::Distribution;
use crate::units::{Span, Steps};
use crate::vocabulary::{Words, words};

use super::table_file::{self, SampleFile};
use crate::reading::diagnostic::Log;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{
    AnyNumber, Count, Declares, Duration, List, Positive, Reads, Share, Stepped, Word,
};
use crate::reading::shape::{Kind, Shape};
use crate::reading::steps::{combine, is_step_table, stepped};
use crate::reading::suggest;
use crate::reading::table::{KeyOf, Keyed, Optional, Table, Tables, table};
use crate::reading::tree::{Data, Node};
use crate::reading::values;

words! {
    /// Kinds of distributions.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum DistributionKind {
        Constant = "constant",
        Exponential = "exponential",
        Lognormal = "lognormal",
        Gamma = "gamma",
        Erlang = "erlang",
        Weibull = "weibull",
        Normal = "normal",
        Pareto = "pareto",
        Hyperexponential = "hyperexponential",
        Uniform = "uniform",
        Triangular = "triangular",
        Empirical = "empirical",
        Mixture = "mixture",
    }
}

/// A distribution of times, or a duration that is always the same.
pub(super) enum Times {}

table! {
    /// A distribution of times. A bare duration is a constant; a table with `mean` alone is exponential.
    keys of Times = "distribution" {
        /// Which distribution
        kind: Word<DistributionKind>, default("exponential"), example("lognormal");
        /// Mean, before `min` and `max` cut it
        mean: Stepped<Duration>, none, example("4m20s");
        /// Standard deviation / mean (lognormal, gamma, weibull, normal, pareto, hyperexponential, erlang)
        cv: Stepped<Positive>, none, example(1.1);
        /// Standard deviation, in place of `cv`; a normal distribution is cut at 0
        sd: Stepped<Duration>, none, example("5m");
        /// Number of exponential phases (erlang)
        phases: Count<1>, none, example(3);
        /// Shape (gamma, weibull, pareto), in place of `mean` and `cv`
        shape: Stepped<Positive>, none, example(1.5);
        /// Scale (gamma, weibull; of a pareto distribution the shortest time), with `shape`
        scale: Stepped<Duration>, none, example("3m");
        /// Mean of the logarithm of the seconds (lognormal)
        mu: Stepped<AnyNumber>, none, example(5.2);
        /// Standard deviation of the logarithm (lognormal), with `mu`
        sigma: Stepped<Positive>, none, example(0.9);
        /// Shortest (uniform, triangular)
        low: Stepped<Duration>, none, example("10s");
        /// Longest (uniform, triangular)
        high: Stepped<Duration>, none, example("5m");
        /// Most frequent (triangular)
        mode: Stepped<Duration>, none, example("2m");
        /// Observed times, all alike (empirical)
        values: List<Duration>, none, example(["40s", "55s", "2m"]);
        /// Observed times in a file (empirical)
        csv: Table<SampleFile>, none, example({ file = "times.csv", value = "seconds" });
        /// Named distributions with their shares (mixture)
        parts: Tables<Part>, none, example(.short = { share = 0.7, mean = "1m" });
        /// Cuts off what is shorter
        min: Duration, default("0s"), example("5s");
        /// Cuts off what is longer
        max: Duration, none("none"), example("1h");
    }
}

/// A part of a mixture.
pub(super) enum Part {}

table! {
    /// A distribution and how often it applies. The shares sum to 1.
    keys of Part = "part of a mixture", and of Times {
        /// How often
        share: Share, required, example(0.3);
    }
}

impl Declares for Times {
    const KIND: Kind = Kind::Distribution(Times::SHAPE);
}

impl Reads for Times {
    type Value = Distribution;

    fn read(written: &Written<'_>) -> Option<Distribution> {
        Some(read(written, Times::SHAPE, false, |_| ())?.0.at(0).clone())
    }
}

/// The same, which may vary over the day.
pub(super) enum SteppedTimes {}

impl Declares for SteppedTimes {
    const KIND: Kind = Kind::Stepped(&Times::KIND);
}

impl Reads for SteppedTimes {
    type Value = Steps<Distribution>;

    fn read(written: &Written<'_>) -> Option<Steps<Distribution>> {
        Some(read(written, Times::SHAPE, true, |_| ())?.0)
    }
}

/// Stands where a distribution could not be read.
pub(super) fn no_distribution() -> Steps<Distribution> {
    Steps::constant(always(Span::ZERO))
}

/// The distribution of a time that is always the same.
pub(super) fn always(time: Span) -> Distribution {
    Distribution::constant(time.seconds()).expect("every span is a valid time")
}

/// Reads a distribution that may change over the day from a table with further keys, which `more` reads.
pub(super) fn read_with<M>(
    written: &Written<'_>,
    shape: &'static Shape,
    more: impl FnOnce(Option<&Fields<'_>>) -> M,
) -> Option<(Steps<Distribution>, M)> {
    read(written, shape, true, more)
}

fn read<M>(
    written: &Written<'_>,
    shape: &'static Shape,
    may_change: bool,
    more: impl FnOnce(Option<&Fields<'_>>) -> M,
) -> Option<(Steps<Distribution>, M)> {
    let Written { cx, node, path, .. } = written;
    match node.table() {
        Some(table) if may_change && is_step_table(table) => {
            // A whole distribution for each step.
            let steps = stepped(cx, node, path, |node, path| match &node.data {
                Data::Table(table) => {
                    let fields = Fields::new(cx, Times::SHAPE, table, ("", node.place), path.to_owned());
                    Some(of_table(&fields, false)?.at(0).clone())
                }
                _ => constant(cx.log, node, path),
            })?;
            Some((steps, more(None)))
        }
        Some(_) => {
            let fields = written.fields(shape)?;
            let rest = more(Some(&fields));
            Some((of_table(&fields, may_change)?, rest))
        }
        None => Some((Steps::constant(constant(cx.log, node, path)?), more(None))),
    }
}

fn constant(log: &Log, node: &Node, path: &str) -> Option<Distribution> {
    if !matches!(node.data, Data::Text(_) | Data::Integer(_) | Data::Float(_)) {
        values::wrong_type(log, node, path, "a duration or a distribution");
        return None;
    }
    let span = values::duration(log, node, path)?;
    Distribution::constant(span.seconds())
        .map_err(|reason| log.error(node.place, format!("`{path}` has no valid distribution"), reason))
        .ok()
}

/// The parameters of a distribution's table, read when asked for.
struct Parameters<'f, 'a> {
    fields: &'f Fields<'a>,
    may_change: bool,
}

/// A parameter that may change over the day: its key, and what it says.
type Parameter = (&'static str, Option<Steps<f64>>);

impl Parameters<'_, '_> {
    /// A duration, in seconds.
    fn time(&self, key: KeyOf<Stepped<Duration>, Optional>) -> Parameter {
        self.read(key, |span| span.seconds())
    }

    fn number<K: Reads<Value = f64>>(&self, key: KeyOf<Stepped<K>, Optional>) -> Parameter {
        self.read(key, |number| number)
    }

    fn read<K: Reads>(&self, key: KeyOf<Stepped<K>, Optional>, as_number: fn(K::Value) -> f64) -> Parameter {
        let read = |written: Written<'_>| {
            let one = |node: &Node, path: &str| {
                let (node, path) = (node, path.to_owned());
                K::read(&Written { node, path, ..written }).map(as_number)
            };
            if self.may_change {
                stepped(written.cx, written.node, &written.path, one)
            } else {
                one(written.node, &written.path).map(Steps::constant)
            }
        };
        (key.name, self.fields.written(key.name).and_then(read))
    }
}

fn of_table(fields: &Fields<'_>, may_change: bool) -> Option<Steps<Distribution>> {
    let kind = if fields.has(Times::kind.name) {
        fields.given(&Times::kind)
    } else if fields.has(Times::mean.name) {
        Some(Times::kind.default(fields.cx))
    } else {
        let title = format!("`{}` says neither its `kind` nor its `mean`", fields.path);
        let help = format!(
            "kinds are {}; `mean` alone is an exponential distribution",
            suggest::list(DistributionKind::NAMES)
        );
        fields.cx.log.error(fields.place, title, "no distribution").help(help);
        None
    };
    let Some(kind) = kind else {
        fields.forgive();
        return None;
    };
    let distribution = of_kind(fields, kind, &Parameters { fields, may_change });
    let (min, max) = (fields.given(&Times::min), fields.given(&Times::max));
    let distribution = distribution?;
    if min.is_none() && max.is_none() {
        return Some(distribution);
    }
    let seconds = |span: Option<Span>| span.map(|span| span.seconds());
    let cut = |distribution: &Distribution| {
        Distribution::truncated(distribution.clone(), seconds(min), seconds(max))
    };
    let cut: Result<Vec<_>, String> =
        distribution.steps().iter().map(|step| Ok((step.0, cut(&step.1)?))).collect();
    match cut {
        Ok(steps) if distribution.is_constant() => Some(Steps::constant(steps[0].1.clone())),
        Ok(steps) => Some(match distribution.period() {
            Some(period) => Steps::periodic(period, steps),
            None => Steps::elapsed(steps),
        }),
        Err(reason) => invalid(fields, reason),
    }
}

fn invalid<T>(fields: &Fields<'_>, reason: String) -> Option<T> {
    let title = format!("`{}` has no valid distribution", fields.path);
    fields.cx.log.error(fields.place_of_whole(), title, reason);
    None
}

fn of_kind(
    fields: &Fields<'_>,
    kind: DistributionKind,
    given: &Parameters<'_, '_>,
) -> Option<Steps<Distribution>> {
    let has = |key: &str| fields.has(key);
    let scaled = || [given.number(Times::shape), given.time(Times::scale)];
    let has_scale = has(Times::shape.name) || has(Times::scale.name);
    let built = match kind {
        DistributionKind::Constant => {
            build(fields, [given.time(Times::mean)], |[mean]| Distribution::constant(mean))?
        }
        DistributionKind::Exponential => {
            build(fields, [given.time(Times::mean)], |[mean]| Distribution::exponential(mean))?
        }
        DistributionKind::Lognormal if has(Times::mu.name) || has(Times::sigma.name) => {
            let parameters = [given.number(Times::mu), given.number(Times::sigma)];
            build(fields, parameters, |[mu, sigma]| Distribution::lognormal_native(mu, sigma))?
        }
        DistributionKind::Gamma if has_scale => {
            build(fields, scaled(), |[k, scale]| Distribution::gamma_native(k, scale))?
        }
        DistributionKind::Weibull if has_scale => {
            build(fields, scaled(), |[k, scale]| Distribution::weibull_native(k, scale))?
        }
        DistributionKind::Pareto if has_scale => {
            build(fields, scaled(), |[k, scale]| Distribution::pareto_native(k, scale))?
        }
        DistributionKind::Lognormal => of_mean_and_spread(fields, given, Distribution::lognormal)?,
        DistributionKind::Gamma => of_mean_and_spread(fields, given, Distribution::gamma)?,
        DistributionKind::Weibull => of_mean_and_spread(fields, given, Distribution::weibull)?,
        DistributionKind::Normal => {
            of_mean_and_spread(fields, given, |mean, cv| Distribution::normal(mean, mean * cv))?
        }
        DistributionKind::Pareto => of_mean_and_spread(fields, given, Distribution::pareto)?,
        DistributionKind::Hyperexponential => {
            of_mean_and_spread(fields, given, Distribution::hyperexponential)?
        }
        DistributionKind::Erlang => {
            let phases = fields.read(Times::phases);
            fields.require(&[Times::phases.name, Times::cv.name, Times::sd.name]);
            match phases {
                Some(phases) => {
                    build(fields, [given.time(Times::mean)], |[mean]| Distribution::erlang(mean, phases))?
                }
                None => of_mean_and_spread(fields, given, Distribution::erlang_of_cv)?,
            }
        }
        DistributionKind::Uniform => {
            let ends = [given.time(Times::low), given.time(Times::high)];
            build(fields, ends, |[low, high]| Distribution::uniform(low, high))?
        }
        DistributionKind::Triangular => {
            let parts = [given.time(Times::low), given.time(Times::mode), given.time(Times::high)];
            build(fields, parts, |[low, mode, high]| Distribution::triangular(low, mode, high))?
        }
        DistributionKind::Empirical => Distribution::empirical(sample(fields)?).map(Steps::constant),
        DistributionKind::Mixture => Distribution::mixture(parts(fields)?).map(Steps::constant),
    };
    built.map_or_else(|reason| invalid(fields, reason), Some)
}

/// The distribution of some parameters, all of which must be given.
fn build<const N: usize>(
    fields: &Fields<'_>,
    parameters: [Parameter; N],
    distribution: impl Fn([f64; N]) -> Result<Distribution, String>,
) -> Option<Result<Steps<Distribution>, String>> {
    parameters.iter().for_each(|(key, _)| fields.require(&[key]));
    let values: Vec<&Steps<f64>> = parameters.iter().map(|one| one.1.as_ref()).collect::<Option<_>>()?;
    Some(combine(&values, |at| distribution(std::array::from_fn(|number| at[number]))))
}

/// A distribution named by its mean and its spread: `cv`, or `sd` in its place.
fn of_mean_and_spread(
    fields: &Fields<'_>,
    given: &Parameters<'_, '_>,
    distribution: fn(f64, f64) -> Result<Distribution, String>,
) -> Option<Result<Steps<Distribution>, String>> {
    if !fields.has(Times::sd.name) {
        let parameters = [given.time(Times::mean), given.number(Times::cv)];
        return build(fields, parameters, |[mean, cv]| distribution(mean, cv));
    }
    if fields.has(Times::cv.name) {
        let title = format!("`{}` has both `cv` and `sd`", fields.path);
        fields.cx.log.error(fields.place_of(Times::sd.name), title, "one of them must go");
        given.number(Times::cv);
    }
    build(fields, [given.time(Times::mean), given.time(Times::sd)], |[mean, deviation]| {
        if mean > 0.0 { distribution(mean, deviation / mean) } else { distribution(mean, deviation) }
    })
}

/// The values of an empirical distribution, in seconds.
fn sample(fields: &Fields<'_>) -> Option<Vec<f64>> {
    fields.require(&[Times::values.name, Times::csv.name]);
    if fields.has(Times::values.name) && fields.has(Times::csv.name) {
        let title = format!("`{}` has both `values` and `csv`", fields.path);
        fields.cx.log.error(fields.place_of(Times::csv.name), title, "one of them must go");
    }
    if let Some(file) = fields.table(Times::csv) {
        return table_file::sample(&file);
    }
    Some(fields.read(Times::values)?.into_iter().map(Span::seconds).collect())
}

/// The parts of a mixture, by name, so that their order in the file plays no part.
fn parts(fields: &Fields<'_>) -> Option<Vec<(f64, Distribution)>> {
    let key = Times::parts.name;
    fields.require(&[key]);
    let mut named: Vec<(&str, Option<f64>, Option<Distribution>)> = Vec::new();
    for part in fields.tables(Times::parts) {
        let distribution = of_table(&part, false).map(|distribution| distribution.at(0).clone());
        named.push((part.name, part.read(Part::share), distribution));
    }
    let shares: Option<f64> = named.iter().map(|part| part.1).sum();
    if let Some(sum) = shares
        && (sum - 1.0).abs() > 1e-6
    {
        let title = format!("the shares of `{}` must sum to 1", fields.at(key));
        fields.cx.log.error(
            fields.place_of(key),
            title,
            format!("they sum to {}", (sum * 1e6).round() / 1e6),
        );
    }
    named.sort_by(|a, b| a.0.cmp(b.0));
    named.into_iter().map(|(_, share, distribution)| Some((share?, distribution?))).collect()
}
