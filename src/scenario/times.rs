//! Laws of times: `"3m"`, `{ mean = "3m" }`, `{ kind = "lognormal", mean = "4m20s", cv = 1.1 }`.

use crate::random::Law;
use crate::units::{Span, Steps};
use crate::vocabulary::Words;

use super::keys::times::{LAW, LawKind};
use super::table_file;
use crate::reading::diagnostic::Log;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, Reads};
use crate::reading::shape::{Kind, Range, Shape};
use crate::reading::steps::{combine, is_step_table, stepped};
use crate::reading::suggest;
use crate::reading::tree::{Data, Node};
use crate::reading::values;

/// A law of times, or a duration that is always the same.
pub(crate) enum Times {}

impl Declares for Times {
    const KIND: Kind = Kind::Law(&LAW);
}

impl Reads for Times {
    type Value = Law;

    fn read(written: &Written<'_>) -> Option<Law> {
        Some(read(written, &LAW, false, |_| ())?.0.at(0).clone())
    }
}

/// The same, which may vary over the day.
pub(crate) enum SteppedTimes {}

impl Declares for SteppedTimes {
    const KIND: Kind = Kind::Stepped(&Times::KIND);
}

impl Reads for SteppedTimes {
    type Value = Steps<Law>;

    fn read(written: &Written<'_>) -> Option<Steps<Law>> {
        Some(read(written, &LAW, true, |_| ())?.0)
    }
}

/// Stands where a law could not be read.
pub(super) fn no_law() -> Steps<Law> {
    Steps::constant(always(Span::ZERO))
}

/// The law of a time that is always the same.
pub(super) fn always(time: Span) -> Law {
    Law::constant(time.seconds()).expect("every span is a valid time")
}

/// Reads a law that may change over the day from a table with further keys, which `more` reads.
pub(super) fn read_with<M>(
    written: &Written<'_>,
    shape: &'static Shape,
    more: impl FnOnce(Option<&Fields<'_>>) -> M,
) -> Option<(Steps<Law>, M)> {
    read(written, shape, true, more)
}

fn read<M>(
    written: &Written<'_>,
    shape: &'static Shape,
    may_change: bool,
    more: impl FnOnce(Option<&Fields<'_>>) -> M,
) -> Option<(Steps<Law>, M)> {
    let Written { cx, node, path, .. } = written;
    match node.table() {
        Some(table) if may_change && is_step_table(table) => {
            // A whole law for each step.
            let steps = stepped(cx, node, path, |node, path| match &node.data {
                Data::Table(table) => {
                    let fields = Fields::new(cx, &LAW, table, ("", node.place), path.to_owned());
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

fn constant(log: &Log, node: &Node, path: &str) -> Option<Law> {
    if !matches!(node.data, Data::Text(_) | Data::Integer(_) | Data::Float(_)) {
        values::wrong_type(log, node, path, "a duration or a law");
        return None;
    }
    let span = values::duration(log, node, path)?;
    Law::constant(span.seconds())
        .map_err(|reason| log.error(node.place, format!("`{path}` has no valid law"), reason))
        .ok()
}

/// The parameters of a law's table, read when asked for.
struct Parameters<'f, 'a> {
    fields: &'f Fields<'a>,
    may_change: bool,
}

impl Parameters<'_, '_> {
    /// A duration, in seconds.
    fn time(&self, key: &str) -> Option<Steps<f64>> {
        let log = self.fields.cx.log;
        self.read(key, |node, path| values::duration(log, node, path).map(|span| span.seconds()))
    }

    fn number(&self, key: &str) -> Option<Steps<f64>> {
        let log = self.fields.cx.log;
        // Parameters must be positive, but for `mu`, the mean of a logarithm.
        let range = if key == "mu" { Range::Any } else { Range::Positive };
        self.read(key, |node, path| values::number(log, node, path, range))
    }

    fn read(&self, key: &str, read: impl Fn(&Node, &str) -> Option<f64>) -> Option<Steps<f64>> {
        let node = self.fields.node(key)?;
        let path = self.fields.at(key);
        if self.may_change {
            stepped(self.fields.cx, node, &path, read)
        } else {
            read(node, &path).map(Steps::constant)
        }
    }
}

fn of_table(fields: &Fields<'_>, may_change: bool) -> Option<Steps<Law>> {
    let kind = if fields.has("kind") {
        match fields.word("kind") {
            Some(kind) => kind,
            None => {
                fields.forgive();
                return None;
            }
        }
    } else if fields.has("mean") {
        LawKind::Exponential
    } else {
        let title = format!("`{}` says neither its `kind` nor its `mean`", fields.path);
        let help = format!("kinds are {}; `mean` alone is an exponential law", suggest::list(LawKind::NAMES));
        fields.cx.log.error(fields.place, title, "no law").help(help);
        fields.forgive();
        return None;
    };
    let law = of_kind(fields, kind, &Parameters { fields, may_change });
    let (min, max) = (fields.duration("min"), fields.duration("max"));
    let law = law?;
    if min.is_none() && max.is_none() {
        return Some(law);
    }
    let seconds = |span: Option<Span>| span.map(|span| span.seconds());
    let cut = |law: &Law| Law::truncated(law.clone(), seconds(min), seconds(max));
    let cut: Result<Vec<_>, String> = law.steps().iter().map(|step| Ok((step.0, cut(&step.1)?))).collect();
    match cut {
        Ok(steps) if law.is_constant() => Some(Steps::constant(steps[0].1.clone())),
        Ok(steps) => Some(match law.period() {
            Some(period) => Steps::periodic(period, steps),
            None => Steps::elapsed(steps),
        }),
        Err(reason) => invalid(fields, reason),
    }
}

fn invalid<T>(fields: &Fields<'_>, reason: String) -> Option<T> {
    let title = format!("`{}` has no valid law", fields.path);
    fields.cx.log.error(fields.place_of_whole(), title, reason);
    None
}

fn of_kind(fields: &Fields<'_>, kind: LawKind, given: &Parameters<'_, '_>) -> Option<Steps<Law>> {
    let built = match kind {
        LawKind::Constant => build1(fields, given.time("mean"), "mean", Law::constant)?,
        LawKind::Exponential => build1(fields, given.time("mean"), "mean", Law::exponential)?,
        LawKind::Lognormal if fields.has("mu") || fields.has("sigma") => build2(
            fields,
            [given.number("mu"), given.number("sigma")],
            ["mu", "sigma"],
            Law::lognormal_native,
        )?,
        LawKind::Gamma if fields.has("shape") || fields.has("scale") => build2(
            fields,
            [given.number("shape"), given.time("scale")],
            ["shape", "scale"],
            Law::gamma_native,
        )?,
        LawKind::Weibull if fields.has("shape") || fields.has("scale") => build2(
            fields,
            [given.number("shape"), given.time("scale")],
            ["shape", "scale"],
            Law::weibull_native,
        )?,
        LawKind::Pareto if fields.has("shape") || fields.has("scale") => build2(
            fields,
            [given.number("shape"), given.time("scale")],
            ["shape", "scale"],
            Law::pareto_native,
        )?,
        LawKind::Lognormal => of_mean_and_spread(fields, given, Law::lognormal)?,
        LawKind::Gamma => of_mean_and_spread(fields, given, Law::gamma)?,
        LawKind::Weibull => of_mean_and_spread(fields, given, Law::weibull)?,
        LawKind::Normal => of_mean_and_spread(fields, given, |mean, cv| Law::normal(mean, mean * cv))?,
        LawKind::Pareto => of_mean_and_spread(fields, given, Law::pareto)?,
        LawKind::Hyperexponential => of_mean_and_spread(fields, given, Law::hyperexponential)?,
        LawKind::Erlang => {
            let phases = fields.count("phases");
            fields.require(&["phases", "cv", "sd"]);
            match phases {
                Some(phases) => build1(fields, given.time("mean"), "mean", |mean| Law::erlang(mean, phases))?,
                None => of_mean_and_spread(fields, given, Law::erlang_of_cv)?,
            }
        }
        LawKind::Uniform => {
            build2(fields, [given.time("low"), given.time("high")], ["low", "high"], Law::uniform)?
        }
        LawKind::Triangular => {
            let parts = [given.time("low"), given.time("mode"), given.time("high")];
            ["low", "mode", "high"].iter().for_each(|key| fields.require(&[key]));
            let [low, mode, high] = parts;
            combine(&[&low?, &mode?, &high?], |v| Law::triangular(v[0], v[1], v[2]))
        }
        LawKind::Empirical => Law::empirical(sample(fields)?).map(Steps::constant),
        LawKind::Mixture => Law::mixture(parts(fields)?).map(Steps::constant),
    };
    built.map_or_else(|reason| invalid(fields, reason), Some)
}

type Built = Result<Steps<Law>, String>;

fn build1(
    fields: &Fields<'_>,
    parameter: Option<Steps<f64>>,
    key: &str,
    law: impl Fn(f64) -> Result<Law, String>,
) -> Option<Built> {
    fields.require(&[key]);
    Some(combine(&[&parameter?], |v| law(v[0])))
}

fn build2(
    fields: &Fields<'_>,
    parameters: [Option<Steps<f64>>; 2],
    keys: [&str; 2],
    law: fn(f64, f64) -> Result<Law, String>,
) -> Option<Built> {
    keys.iter().for_each(|key| fields.require(&[key]));
    let [first, second] = parameters;
    Some(combine(&[&first?, &second?], |v| law(v[0], v[1])))
}

/// A law named by its mean and its spread: `cv`, or `sd` in its place.
fn of_mean_and_spread(
    fields: &Fields<'_>,
    given: &Parameters<'_, '_>,
    law: fn(f64, f64) -> Result<Law, String>,
) -> Option<Built> {
    if !fields.has("sd") {
        return build2(fields, [given.time("mean"), given.number("cv")], ["mean", "cv"], law);
    }
    if fields.has("cv") {
        let title = format!("`{}` has both `cv` and `sd`", fields.path);
        fields.cx.log.error(fields.place_of("sd"), title, "one of them must go");
        given.number("cv");
    }
    fields.require(&["mean"]);
    let (mean, deviation) = (given.time("mean"), given.time("sd"));
    Some(combine(
        &[&mean?, &deviation?],
        |v| {
            if v[0] > 0.0 { law(v[0], v[1] / v[0]) } else { law(v[0], v[1]) }
        },
    ))
}

/// The values of an empirical law, in seconds.
fn sample(fields: &Fields<'_>) -> Option<Vec<f64>> {
    fields.require(&["values", "csv"]);
    if fields.has("values") && fields.has("csv") {
        let title = format!("`{}` has both `values` and `csv`", fields.path);
        fields.cx.log.error(fields.place_of("csv"), title, "one of them must go");
    }
    if let Some(file) = fields.table("csv") {
        return table_file::sample(&file);
    }
    let mut seconds = Vec::new();
    let items = fields.list("values")?;
    for (index, item) in items.iter().enumerate() {
        let path = format!("{}[{index}]", fields.at("values"));
        seconds.push(values::duration(fields.cx.log, item, &path).map(|span| span.seconds()));
    }
    seconds.into_iter().collect()
}

/// The parts of a mixture, by name, so that their order in the file plays no part.
fn parts(fields: &Fields<'_>) -> Option<Vec<(f64, Law)>> {
    fields.require(&["parts"]);
    let mut named: Vec<(&str, Option<f64>, Option<Law>)> = Vec::new();
    for part in fields.tables("parts") {
        part.require(&["share"]);
        let law = of_table(&part, false).map(|law| law.at(0).clone());
        named.push((part.name, part.number("share"), law));
    }
    let shares: Option<f64> = named.iter().map(|part| part.1).sum();
    if let Some(sum) = shares
        && (sum - 1.0).abs() > 1e-6
    {
        let title = format!("the shares of `{}` must sum to 1", fields.at("parts"));
        fields.cx.log.error(
            fields.place_of("parts"),
            title,
            format!("they sum to {}", (sum * 1e6).round() / 1e6),
        );
    }
    named.sort_by(|a, b| a.0.cmp(b.0));
    named.into_iter().map(|(_, share, law)| Some((share?, law?))).collect()
}
