//! What was fitted to a log of calls, for terminals, and as lines of a scenario.

use std::fmt::Write as _;

use crate::fit::{
    AgentsFitted, ByTime, Durations, Estimated, Family, Fitted, Order, PatienceFitted, QueueEstimates,
    QueueOrder, RepeatsFitted, ReturnsFitted, Step, TransfersFitted,
};
use crate::units::{Span, printable};

use super::text_table::{Align, TextTable};
use super::wording::grouped;

/// Seconds at which the share still patient is shown.
const TIMES: [f64; 7] = [10.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0];

/// Tables for each queue, how much agents differ, and who is served first.
#[must_use]
pub fn render_fitted(
    queues: &[QueueEstimates],
    agents: Option<&AgentsFitted>,
    order: Option<&Order>,
) -> String {
    let mut text = String::new();
    for queue in queues {
        let (answered, abandoned, left) = queue.calls;
        let called = if queue.called.is_empty() { "The only queue" } else { &queue.called };
        let _ = write!(
            text,
            "\n{}: {} answered, {} abandoned",
            printable(called),
            grouped(answered as f64, 0),
            grouped(abandoned as f64, 0)
        );
        text.push_str(&if left > 0 { format!(", {left} taken out otherwise\n") } else { "\n".to_owned() });
        match &queue.patience {
            Some(found) => text.push_str(&patience(found)),
            None => text.push_str("Patience: nobody abandoned, so that nothing is known of it\n"),
        }
        text.push_str(&durations("Talk time", &queue.talk));
        if let Some(found) = &queue.wrap_up {
            text.push_str(&durations("Wrap-up", found));
        }
        if let Some(found) = &queue.transfers {
            text.push_str(&transfers_sentence(found));
            text.push('\n');
        }
        if let Some(found) = &queue.returns {
            text.push_str(&returns_sentence(found));
            text.push('\n');
        }
        if let Some(found) = &queue.repeats {
            text.push_str(&repeats_sentence(found));
            text.push('\n');
        }
    }
    if let Some(found) = agents {
        let _ = writeln!(text, "\nAgents: {}", agents_sentence(found));
    }
    if let Some(found) = order {
        let _ = write!(text, "\nOrder: {}\n{}", order_sentence(found), order_table(found));
    }
    text
}

/// Whether some queues come before others.
pub(super) fn order_sentence(found: &Order) -> String {
    let decisions = grouped(found.decisions as f64, 0);
    if found.differs {
        format!(
            "{decisions} times an agent decided between queues in which somebody waited. Waits of some queues count longer; the \
             decisions are blurred by {:.0} s, which is what other rules make of them",
            found.noise
        )
    } else {
        format!(
            "{decisions} times an agent decided between queues in which somebody waited: who waits longest is served first"
        )
    }
}

/// The head start of each queue: queue, seconds, how many were taken while others waited, which share of these at once.
pub(super) fn order_rows(found: &Order) -> Vec<[String; 4]> {
    let row = |one: &QueueOrder| {
        let (taken, at_once) = (one.taken.0 as f64, one.taken.1 as f64);
        let Estimated { value, low, high } = one.head_start;
        [
            printable(&one.called).into_owned(),
            format!("{value:.0} s ({low:.0} – {high:.0})"),
            grouped(taken, 0),
            if taken > 0.0 { format!("{:.0} %", 100.0 * at_once / taken) } else { String::new() },
        ]
    };
    found.queues.iter().map(row).collect()
}

fn order_table(found: &Order) -> String {
    let heads = ["Queue", "Waits count longer by, 95 %", "Taken while others waited", "Of these at once"];
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let mut table =
        TextTable::new(heads.into_iter().enumerate().map(|(at, head)| (align(at), head.to_owned())));
    order_rows(found).into_iter().for_each(|row| table.row(row));
    format!("{}\n", table.text())
}

/// Who calls again.
fn returns_sentence(found: &ReturnsFitted) -> String {
    let within = Span::from_seconds(found.within);
    let mut text = format!(
        "Customers are known of {} who abandoned and {} who were answered. Within {within} {} of those who abandoned call again \
         for it, after {:.0} s on average; of those who were answered {} call again, for whatever reason.",
        grouped(found.known.0 as f64, 0),
        grouped(found.known.1 as f64, 0),
        shares(found.retry),
        found.delay,
        shares(found.again)
    );
    if found.elsewhere >= 0.05 {
        let _ = write!(text, " Of the retries {:.0} % go to another queue.", 100.0 * found.elsewhere);
    }
    text
}

/// Who is passed on, by conversations.
fn transfers_sentence(found: &TransfersFitted) -> String {
    let mut text = format!("{} answered, and their conversations go on.", grouped(found.answered as f64, 0));
    for (queue, share, _) in &found.passed_on {
        let _ = write!(text, " Passed on to {}: {}.", printable(queue), shares(*share));
    }
    text
}

/// Who is passed on, and who comes again.
fn repeats_sentence(found: &RepeatsFitted) -> String {
    let mut text = format!(
        "Customers are known of {} who were answered. Within {} {} of them come again, for whatever reason, after {} on average.",
        grouped(found.known as f64, 0),
        Span::from_seconds(found.within),
        shares(found.again),
        Span::from_seconds(found.delay.round())
    );
    for (queue, share, _) in &found.passed_on {
        let _ = write!(text, " Passed on to {}: {}.", printable(queue), shares(*share));
    }
    text
}

/// `42 % (38 – 46)`.
fn shares(one: Estimated) -> String {
    let [value, low, high] = [one.value, one.low, one.high].map(|share| 100.0 * share);
    format!("{value:.1} % ({low:.1} – {high:.1})")
}

/// How much agents differ.
fn agents_sentence(found: &AgentsFitted) -> String {
    format!(
        "talk times of {} agents with ten calls or more ({} calls) differ by a factor of cv {}, queues and chance set apart",
        found.agents,
        grouped(found.calls as f64, 0),
        between(found.cv)
    )
}

/// `0.22 (0.17 – 0.31)`.
fn between(one: Estimated) -> String {
    format!("{:.2} ({:.2} – {:.2})", one.value, one.low, one.high)
}

pub(super) fn name(family: Family) -> &'static str {
    match family {
        Family::Weibull => "Weibull",
        other => other.word(),
    }
}

/// `184 s (181 – 187)`.
pub(super) fn seconds(one: Estimated) -> String {
    let digits = usize::from(one.value < 100.0);
    let text = |value: f64| format!("{value:.digits$}");
    format!("{} s ({} – {})", text(one.value), text(one.low), text(one.high))
}

pub(super) fn spread(fitted: &Fitted) -> String {
    match fitted.family {
        Family::Exponential => "1".to_owned(),
        _ => between(fitted.cv),
    }
}

fn table(best: Family, all: &[&Fitted]) -> String {
    let heads = ["Family", "Mean, 95 %", "cv, 95 %", "log likelihood"];
    let align = |at: usize| if at == 0 { Align::Left } else { Align::Right };
    let heads = heads.into_iter().enumerate().map(|(at, head)| (align(at), head.to_owned()));
    let mut table = TextTable::new(heads);
    for fitted in all {
        let mark = if fitted.family == best { " *" } else { "" };
        table.row([
            format!("{}{mark}", name(fitted.family)),
            seconds(fitted.mean),
            spread(fitted),
            grouped(fitted.likelihood, 1),
        ]);
    }
    table.text()
}

fn patience(found: &PatienceFitted) -> String {
    let best = found.best();
    let mut text = "Patience: calls that were answered count as waits that were cut\n".to_owned();
    let all: Vec<&Fitted> = std::iter::once(&found.exponential).chain(&found.weibull).collect();
    text.push_str(&table(best.family, &all));
    text.push('\n');
    let heads = ["Still patient after", "Seen (Kaplan & Meier)", "95 % band", name(best.family)];
    let mut curve = TextTable::new(heads.map(|head| (Align::Right, head.to_owned())));
    let share = |value: f64| format!("{:.1} %", 100.0 * value);
    let distribution = best.distribution();
    for point in TIMES.into_iter().filter_map(|time| found.survival.after(time)) {
        curve.row([
            format!("{} s", point.after),
            share(point.share),
            format!("{} – {}", share(point.low), share(point.high)),
            distribution
                .as_ref()
                .map_or_else(String::new, |distribution| share(1.0 - distribution.cdf(point.after))),
        ]);
    }
    text.push_str(&curve.text());
    text.push('\n');
    if let Some(balk) = found.balk {
        let _ = writeln!(text, "Of those who must wait {} abandon at once (within 5 s)", shares(balk));
    }
    match found.survival.median() {
        Some((median, low, high)) => {
            let end = if high.is_finite() { format!("{high:.0} s") } else { "past all waits".to_owned() };
            let _ = writeln!(text, "Half have lost patience after {median:.0} s (95 %: {low:.0} s to {end})");
        }
        None => {
            let _ = writeln!(
                text,
                "The longest wait is {:.0} s; more than half are patient for longer, and what they do then is the \
                 family's word",
                found.survival.longest
            );
        }
    }
    text
}

fn durations(what: &str, found: &Durations) -> String {
    let Some(best) = found.families.first() else {
        return format!("{what}: {} seen, too few to tell a family\n", found.seen);
    };
    let mut text = format!("{what}: {} seen", grouped(found.seen as f64, 0));
    text.push_str(&if found.nothing > 0 {
        format!(", {} of them of nothing at all and left out\n", grouped(found.nothing as f64, 0))
    } else {
        "\n".to_owned()
    });
    text.push_str(&table(best.family, &found.families.iter().collect::<Vec<_>>()));
    let _ = writeln!(
        text,
        "\n* the likeliest. Its curve and that of what was seen lie {:.1} points of percent apart at most.",
        100.0 * found.gap
    );
    if let Some(found) = &found.by_time {
        let _ = writeln!(text, "{}.", super::page::capital(&by_time_sentence(found)));
    }
    text
}

/// How times differ by time of day.
fn by_time_sentence(found: &ByTime) -> String {
    let step = |step: &Step| format!("from {:02}:00 {}", step.from, seconds(step.mean));
    let steps: Vec<String> = found.steps.iter().map(step).collect();
    format!(
        "by time of day: {}; steps are worth it (BIC {:.0} lower), and leave a cv of {}",
        steps.join(", "),
        found.gain,
        between(found.left.cv)
    )
}

/// The lines of a scenario.
#[must_use]
pub fn fitted_toml(
    queues: &[QueueEstimates],
    agents: Option<&AgentsFitted>,
    order: Option<&Order>,
    source: &str,
) -> String {
    let mut text = format!("# Fitted by `holdline fit` to {source}; in brackets 95 % intervals.\n");
    for queue in queues {
        let _ = write!(text, "\n[queues.{}]\n", queue.key);
        let mut line = |key: &str, fitted: Option<&Fitted>, by_time: Option<&ByTime>, unknown: &str| {
            let _ = match (fitted, by_time) {
                (_, Some(found)) => {
                    let (mean, behind) = steps(found);
                    let value = distribution_of(&found.left, found.left.cv.value, &mean);
                    writeln!(text, "{key:<8} = {value}   # {behind}")
                }
                (Some(fitted), None) => {
                    writeln!(text, "{key:<8} = {}   # {}", distribution(fitted), sure(fitted))
                }
                (None, None) => writeln!(text, "# {key}: {unknown}"),
            };
        };
        line("talk", queue.talk.families.first(), queue.talk.by_time.as_ref(), "too few calls to tell");
        if let Some(found) = &queue.wrap_up {
            line("wrap_up", found.families.first(), found.by_time.as_ref(), "too few calls to tell");
        }
        line("patience", queue.patience.as_ref().map(PatienceFitted::best), None, "nobody abandoned");
        if let Some(found) = queue.patience.as_ref().and_then(|found| found.balk) {
            let _ = writeln!(
                text,
                "# patience: {} abandon at once if they must wait: add `balk = {}`",
                shares(found),
                rounded(found.value, 1000.0)
            );
        }
        if let Some(found) = queue.returns.as_ref().filter(|found| found.retry.low > 0.0) {
            let _ = writeln!(
                text,
                "retry.after_abandon = {{ probability = {}, delay = {{ mean = \"{}s\" }} }}   # {}; say of volumes that count \
                 retries: counts = \"offered\"",
                rounded(found.retry.value, 1000.0),
                rounded(found.delay, 1.0),
                shares(found.retry)
            );
        }
        if let Some(found) = &queue.transfers {
            text.push_str(&passed_on(&found.passed_on, found.answered, queues));
        }
        if let Some(found) = &queue.repeats {
            text.push_str(&follows(found, queues));
        }
    }
    if let Some(order) = order.filter(|order| order.differs) {
        let key = |called: &str| queues.iter().find(|queue| queue.called == called).map(|queue| &queue.key);
        let start = |one: &QueueOrder| Some((key(&one.called)?, one.head_start));
        let starts: Vec<(&String, Estimated)> =
            order.queues.iter().filter_map(start).filter(|(_, start)| start.value >= 0.5).collect();
        let list = |of: &dyn Fn(&(&String, Estimated)) -> String| {
            starts.iter().map(of).collect::<Vec<_>>().join(", ")
        };
        let _ = write!(
            text,
            "\n[routing]\ncontacts   = \"first_come_first_served\"\nhead_start = {{ {} }}   # {}\n",
            list(&|(key, start)| format!("{key} = \"{:.0}s\"", start.value)),
            list(&|(key, start)| format!("{key} {:.0} – {:.0} s", start.low, start.high))
        );
    }
    text.push_str(
        &agents.filter(|found| found.cv.low > 0.0).map_or_else(String::new, |found| differ(queues, found)),
    );
    text
}

/// Transfers to each queue.
fn passed_on(to: &[(String, Estimated, usize)], known: usize, queues: &[QueueEstimates]) -> String {
    let mut text = String::new();
    for (called, share, count) in to {
        if let Some(queue) = queues.iter().find(|queue| queue.called == *called) {
            let _ = writeln!(
                text,
                "transfers.{} = {{ probability = {} }}   # {}, {count} of {}",
                queue.key,
                rounded(share.value, 1000.0),
                shares(*share),
                known
            );
        }
    }
    text
}

/// Transfers, and repeat contacts within the window.
fn follows(found: &RepeatsFitted, queues: &[QueueEstimates]) -> String {
    let mut text = passed_on(&found.passed_on, found.known, queues);
    if found.again.low > 0.0 {
        let _ = writeln!(
            text,
            "# repeat contacts: {} come again within {}, for whatever reason. To play all of them as unsolved (and say of volumes that \
             count them: counts = \"offered\"), add\n\
             # resolution = {{ probability = {}, repeat_contact = {{ probability = 1, delay = {{ mean = \"{}s\" }} }} }}",
            shares(found.again),
            Span::from_seconds(found.within),
            rounded(1.0 - found.again.value, 1000.0),
            rounded(found.delay, 1.0)
        );
    }
    text
}

/// The steps of the mean, as a scenario has them, and how sure they are.
fn steps(found: &ByTime) -> (String, String) {
    let all = |of: &dyn Fn(&Step) -> String| found.steps.iter().map(of).collect::<Vec<_>>().join(", ");
    let mean = all(&|step| format!("\"{:02}:00\" = \"{}s\"", step.from, rounded(step.mean.value, 10.0)));
    let sure = all(&|step| seconds(step.mean));
    (format!("{{ {mean} }}"), format!("means {sure}, cv {}", between(found.left.cv)))
}

/// What to write where agents' spread shall be played: it is a part of the spread of talk times.
fn differ(queues: &[QueueEstimates], found: &AgentsFitted) -> String {
    let mut text = format!(
        "\n# Agents differ: cv {}, of {} agents. To play it, write into their group\n\
         #   agents_differ = {{ cv = {} }}\n\
         # and, as it is a part of the spread above,\n",
        between(found.cv),
        found.agents,
        rounded(found.cv.value, 1000.0)
    );
    for queue in queues {
        if let Some(fitted) = queue.talk.families.first() {
            let (fitted, mean) = match &queue.talk.by_time {
                Some(by_time) => (&by_time.left, steps(by_time).0),
                None => (fitted, quoted_mean(fitted)),
            };
            let cv = found.within(fitted.cv.value);
            let _ = writeln!(text, "#   queues.{}: talk = {}", queue.key, distribution_of(fitted, cv, &mean));
        }
    }
    text
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// As a scenario has it.
fn distribution(fitted: &Fitted) -> String {
    distribution_of(fitted, fitted.cv.value, &quoted_mean(fitted))
}

fn quoted_mean(fitted: &Fitted) -> String {
    format!("\"{}s\"", rounded(fitted.mean.value, 10.0))
}

/// The same with another spread, or another mean.
fn distribution_of(fitted: &Fitted, cv: f64, mean: &str) -> String {
    match fitted.family {
        Family::Exponential => format!("{{ mean = {mean} }}"),
        family => format!("{{ kind = \"{}\", mean = {mean}, cv = {} }}", family.word(), rounded(cv, 1000.0)),
    }
}

fn sure(fitted: &Fitted) -> String {
    let mean = format!("mean {}", seconds(fitted.mean));
    match fitted.family {
        Family::Exponential => mean,
        _ => format!("{mean}, cv {}", spread(fitted)),
    }
}
