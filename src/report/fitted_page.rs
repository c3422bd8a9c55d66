//! What was fitted to a log of calls as a page: each estimate with its interval, and beside the log.

use serde::Serialize;

use crate::fit::{AgentsFitted, Durations, Fitted, Order, QueueEstimates};

use super::charts;
use super::fitted::{name, order_rows, order_sentence, seconds, spread};
use super::fitted_rows::{self, Found};
use super::page::{Drawing, LINES, SORT, STYLE, drawings, rendered};
use super::summary::VERSION;
use super::wording::grouped;

#[derive(Serialize)]
struct Line {
    queue: String,
    what: &'static str,
    family: &'static str,
    best: bool,
    mean: String,
    cv: String,
    likelihood: String,
    seen: String,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page {
    style: String,
    script: &'static str,
    title: String,
    headline: String,
    found: Vec<Found>,
    lines: Vec<Line>,
    drawings: Vec<Drawing>,
    order_said: Option<String>,
    order: Vec<[String; 4]>,
    toml: String,
    read: String,
    version: &'static str,
}

/// The page; `source` names the log, `read` says how it was read, `toml` are the lines of a scenario.
#[must_use]
pub fn fitted_page(
    queues: &[QueueEstimates],
    agents: Option<&AgentsFitted>,
    order: Option<&Order>,
    source: &str,
    read: &str,
    toml: &str,
) -> String {
    let page = Page {
        style: format!("{STYLE}{LINES}"),
        script: SORT,
        title: format!("Fitted to {source}"),
        headline: headline(queues),
        found: fitted_rows::found(queues, agents),
        lines: queues.iter().flat_map(lines).collect(),
        order_said: order.map(order_sentence),
        order: order.map_or_else(Vec::new, order_rows),
        drawings: drawings(&charts::fitted_charts(queues)).0,
        toml: toml.to_owned(),
        read: read.to_owned(),
        version: VERSION,
    };
    rendered("fitted_page.html", include_str!("fitted_page.html"), page)
}

fn headline(queues: &[QueueEstimates]) -> String {
    let sum = |of: fn(&QueueEstimates) -> usize| grouped(queues.iter().map(of).sum::<usize>() as f64, 0);
    let count = match queues.len() {
        1 => "One queue".to_owned(),
        count => format!("{count} queues"),
    };
    format!(
        "{count}: {} calls answered, {} abandoned",
        sum(|queue| queue.calls.0),
        sum(|queue| queue.calls.1)
    )
}

fn lines(queue: &QueueEstimates) -> Vec<Line> {
    let called = fitted_rows::called(queue);
    let line = |what, fitted: &Fitted, best: bool, seen: String| Line {
        queue: called.clone(),
        what,
        family: name(fitted.family),
        best,
        mean: seconds(fitted.mean),
        cv: spread(fitted),
        likelihood: grouped(fitted.likelihood, 1),
        seen,
    };
    let mut all = Vec::new();
    if let Some(found) = &queue.patience {
        let seen = format!("{} abandoned", grouped(queue.calls.1 as f64, 0));
        let families = std::iter::once(&found.exponential).chain(&found.weibull);
        all.extend(
            families.map(|one| line("patience", one, one.family == found.best().family, seen.clone())),
        );
    }
    let mut of = |what, found: &Durations| {
        let seen = grouped((found.seen - found.nothing) as f64, 0);
        let families = found.families.iter().enumerate();
        all.extend(families.map(|(place, one)| line(what, one, place == 0, seen.clone())));
    };
    of("talk", &queue.talk);
    if let Some(found) = &queue.wrap_up {
        of("wrap-up", found);
    }
    all
}
