//! What was fitted to a log of calls, a row for each estimate: how large it is, how sure, and what was decided.

use serde::Serialize;

use crate::fit::{
    AgentsFitted, Durations, Estimated, Family, Fitted, PatienceFitted, QueueEstimates, RepeatsFitted,
    ReturnsFitted, TransfersFitted,
};
use crate::units::{Span, printable};

use super::fitted::{name, spread};
use super::wording::grouped;

/// An estimate.
#[derive(Serialize)]
pub(super) struct Found {
    queue: String,
    what: String,
    estimate: String,
    interval: String,
    decided: String,
}

/// All that was estimated, queue by queue, then of the agents.
pub(super) fn found(queues: &[QueueEstimates], agents: Option<&AgentsFitted>) -> Vec<Found> {
    let mut all: Vec<Found> = queues.iter().flat_map(of_queue).collect();
    if let Some(found) = agents {
        let told = format!("{} agents with ten calls or more, {} calls", found.agents, count(found.calls));
        let decided = match found.cv.low > 0.0 {
            true => format!("stands in comment as agents_differ: {told}"),
            false => format!("chance explains it: {told}"),
        };
        let Estimated { value, low, high } = found.cv;
        let what = "agents differ, cv of their factors".to_owned();
        let (estimate, interval) = (format!("{value:.2}"), format!("{low:.2} – {high:.2}"));
        all.push(Found { queue: "all".to_owned(), what, estimate, interval, decided });
    }
    all
}

/// What a page calls a queue.
pub(super) fn called(queue: &QueueEstimates) -> String {
    if queue.called.is_empty() { queue.key.clone() } else { queue.called.clone() }
}

fn count(number: usize) -> String {
    grouped(number as f64, 0)
}

/// `184 s` and `181 – 187 s`.
fn times(one: Estimated) -> (String, String) {
    let digits = usize::from(one.value < 100.0);
    (format!("{:.digits$} s", one.value), format!("{:.digits$} – {:.digits$} s", one.low, one.high))
}

/// `42.0 %` and `38.1 – 46.2 %`.
fn shares(one: Estimated) -> (String, String) {
    let [value, low, high] = [one.value, one.low, one.high].map(|share| 100.0 * share);
    (format!("{value:.1} %"), format!("{low:.1} – {high:.1} %"))
}

fn of_queue(queue: &QueueEstimates) -> Vec<Found> {
    let mut rows = Rows { queue: called(queue), all: Vec::new() };
    match &queue.patience {
        Some(found) => rows.patience(found),
        None => rows.nothing("patience", "nobody abandoned, so that nothing is known of it"),
    }
    rows.durations("talk time", &queue.talk);
    if let Some(found) = &queue.wrap_up {
        rows.durations("wrap-up", found);
    }
    if let Some(found) = &queue.transfers {
        rows.transfers(found);
    }
    if let Some(found) = &queue.returns {
        rows.returns(found);
    }
    if let Some(found) = &queue.repeats {
        rows.repeats(found);
    }
    rows.all
}

/// The rows of a queue.
struct Rows {
    queue: String,
    all: Vec<Found>,
}

impl Rows {
    fn add(&mut self, what: impl Into<String>, (estimate, interval): (String, String), decided: String) {
        let queue = self.queue.clone();
        self.all.push(Found { queue, what: what.into(), estimate, interval, decided });
    }

    fn nothing(&mut self, what: &str, why: &str) {
        self.add(what, (String::new(), String::new()), why.to_owned());
    }

    fn patience(&mut self, found: &PatienceFitted) {
        let best = found.best();
        let decided = match best.family {
            Family::Exponential => "exponential: Weibull does not fit better than chance explains".to_owned(),
            _ => format!("Weibull, cv {}: fits better than chance explains", spread(best)),
        };
        self.add("patience, mean", times(best.mean), decided);
        if let Some((median, low, high)) = found.survival.median() {
            let end = if high.is_finite() { format!("{high:.0} s") } else { "past all waits".to_owned() };
            let found = (format!("{median:.0} s"), format!("{low:.0} – {end}"));
            self.add("half have lost patience after", found, "no family assumed (Kaplan & Meier)".to_owned());
        }
        if let Some(balk) = found.balk {
            let decided = "stands in comment as balk".to_owned();
            self.add("abandon at once if they must wait", shares(balk), decided);
        }
    }

    fn durations(&mut self, what: &str, found: &Durations) {
        let Some(best) = found.families.first() else {
            return self.nothing(what, &format!("{} seen, too few to tell a family", found.seen));
        };
        let family = |fitted: &Fitted| format!("{}, cv {}", name(fitted.family), spread(fitted));
        let off = format!("curves lie {:.1} points apart at most", 100.0 * found.gap);
        match &found.by_time {
            None => self.add(format!("{what}, mean"), times(best.mean), format!("{}; {off}", family(best))),
            Some(by_time) => {
                let decided = format!(
                    "in steps by time of day (BIC {:.0} lower); {}",
                    by_time.gain,
                    family(&by_time.left)
                );
                self.add(format!("{what}, mean"), times(best.mean), decided);
                for step in &by_time.steps {
                    let seen = format!("{} seen", count(step.seen));
                    self.add(format!("{what} from {:02}:00", step.from), times(step.mean), seen);
                }
            }
        }
    }

    fn transfers(&mut self, found: &TransfersFitted) {
        for (to, share, number) in &found.passed_on {
            let decided =
                format!("transfers: {} of {}, by their conversations", count(*number), count(found.answered));
            self.add(format!("passed on to {}", printable(to)), shares(*share), decided);
        }
    }

    fn returns(&mut self, found: &ReturnsFitted) {
        let within = Span::from_seconds(found.within);
        let elsewhere = match found.elsewhere >= 0.05 {
            true => format!(", {:.0} % to another queue", 100.0 * found.elsewhere),
            false => String::new(),
        };
        let decided = match found.retry.low > 0.0 {
            true => format!("retry, after {:.0} s on average{elsewhere}", found.delay),
            false => "chance explains it".to_owned(),
        };
        let known = count(found.known.0);
        let what = format!("of {known} who abandoned, call again for it within {within}");
        self.add(what, shares(found.retry), decided);
        let what = format!("of {} who were answered, call again within {within}", count(found.known.1));
        self.add(what, shares(found.again), "for whatever reason; not played".to_owned());
    }

    fn repeats(&mut self, found: &RepeatsFitted) {
        for (to, share, number) in &found.passed_on {
            let decided = format!(
                "transfers: {} of {}, by who joins the queue at once",
                count(*number),
                count(found.known)
            );
            self.add(format!("passed on to {}", printable(to)), shares(*share), decided);
        }
        let (known, within) = (count(found.known), Span::from_seconds(found.within));
        let decided = format!(
            "stands in comment as resolution: why they come is not told; after {} on average",
            Span::from_seconds(found.delay.round())
        );
        let what = format!("of {known} who were answered, come again within {within}");
        self.add(what, shares(found.again), decided);
    }
}
