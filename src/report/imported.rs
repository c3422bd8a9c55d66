//! A centre out of an export, as a scenario's folder: `centre.toml`, its tables, and a note of where all is from.

use std::fmt::Write as _;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::acd::{Column, Interval};
use crate::fit::{Centre, GroupFound, Kind, Known, QueueFound, Times};
use crate::units::Span;

use super::csv_files::{Csv, number, texts};
use super::folder::Product;
use super::summary::VERSION;
use super::wording::grouped;

/// `centre.toml`, `volumes.csv`, `staff.csv`, what else there is, and `origin.md`. `source` names the export, `read`
/// says how it was read.
#[must_use]
pub fn imported_products(centre: &Centre, source: &str, read: &str) -> Vec<Product> {
    let mut products = vec![
        Product::new("centre.toml", scenario(centre, source)),
        Product::new("volumes.csv", volumes(centre)),
        Product::new("staff.csv", staff(centre)),
    ];
    if !centre.talks.is_empty() {
        let mut sheet = Csv::new(texts(["queue", "seconds"]));
        for talks in &centre.talks {
            talks.seconds.iter().for_each(|seconds| sheet.row([talks.queue.clone(), seconds.to_string()]));
        }
        products.push(Product::new("talk.csv", sheet.bytes()));
    }
    if !centre.not_ready.is_empty() {
        let mut sheet = Csv::new(texts(["seconds"]));
        centre.not_ready.iter().for_each(|seconds| sheet.row([seconds.to_string()]));
        products.push(Product::new("not_ready.csv", sheet.bytes()));
    }
    if !centre.arrivals.is_empty() {
        let mut sheet = Csv::new(texts(["time", "queue"]));
        for (at, queue) in &centre.arrivals {
            sheet.row([written(*at), centre.queues[*queue].key.clone()]);
        }
        products.push(Product::new("arrivals.csv", sheet.bytes()));
    }
    products.push(Product::new("origin.md", origin(centre, source, read)));
    products
}

/// A moment as all readers take it.
fn written(at: DateTime) -> String {
    let seconds = at.second() != 0;
    at.strftime(if seconds { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d %H:%M" }).to_string()
}

/// Where a value comes from, behind it.
fn from<T>(known: &Known<T>) -> String {
    match known {
        Known::Seen(_, from) => format!("# {from}"),
        Known::Assumed(_, from) => format!("# ASSUMED: {from}"),
    }
}

/// Seconds, rounded to a tenth; whole hours and days as such.
fn seconds(value: f64) -> String {
    if value >= 3600.0 && value % 3600.0 == 0.0 {
        return format!("\"{}\"", Span::from_seconds(value));
    }
    format!("\"{}s\"", (value * 10.0).round() / 10.0)
}

fn times(times: &Times, queue: &str) -> Option<String> {
    let sample = |file: &str, more: &str| {
        format!("{{ kind = \"empirical\", csv = {{ file = \"{file}\", value = \"seconds\"{more} }} }}")
    };
    match times {
        Times::Mean(mean) => Some(format!("{{ mean = {} }}", seconds(*mean))),
        Times::Talks(..) => Some(sample("talk.csv", &format!(", where = {{ queue = \"{queue}\" }}"))),
        Times::NotReady(_) => Some(sample("not_ready.csv", "")),
        Times::Nothing => None,
    }
}

fn scenario(centre: &Centre, source: &str) -> String {
    let mut text = format!(
        "# Made by `holdline import` from {source}. What each line rests on stands beside it; lines marked ASSUMED\n\
         # hold what the export does not tell: put in what you know. Then `holdline validate` says whether it fits.\n\
         title = {}\n\n[horizon]\nstart    = {}\ndays     = {}\ninterval = \"{}\"\n\n[experiment]\nreplications = 100\n",
        quoted(&format!("Imported from {source}")),
        centre.start,
        centre.days,
        centre.step
    );
    if centre.days > 28 {
        text.push_str(
            "\n[report]\nintervals = \"each\"            # so that it can be set beside the export\n",
        );
    }
    if centre.kind == Kind::Tickets {
        text.push_str("\n[channels.tickets]\nkind = \"deferred\"             # nobody waits on the line\n");
    }
    centre.queues.iter().for_each(|one| queue(&mut text, centre, one));
    centre.groups.iter().for_each(|one| group(&mut text, one));
    order(&mut text, centre);
    text
}

/// Whose waits count longer.
fn order(text: &mut String, centre: &Centre) {
    let Some(first) = centre.head_starts.first() else { return };
    let starts =
        centre.head_starts.iter().map(|one| format!("{} = \"{:.0}s\"", one.queue, one.seconds.value));
    let sure = centre
        .head_starts
        .iter()
        .map(|one| format!("{} {:.0} to {:.0} s", one.queue, one.seconds.low, one.seconds.high));
    let _ = write!(
        text,
        "\n[routing]\ncontacts = \"first_come_first_served\"\n\
         # By the likelihood of whom agents took of those who waited, {} decisions; 95 % intervals: {}\n\
         head_start = {{ {} }}\n",
        grouped(first.decisions as f64, 0),
        sure.collect::<Vec<_>>().join(", "),
        starts.collect::<Vec<_>>().join(", ")
    );
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// A name in a comment.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn queue(text: &mut String, centre: &Centre, queue: &QueueFound) {
    let key = &queue.key;
    let called = if queue.called.is_empty() {
        "the only queue".to_owned()
    } else {
        format!("`{}`", plain(&queue.called))
    };
    let _ =
        writeln!(text, "\n[queues.{key}]                # {called}, {} contacts", grouped(queue.offered, 0));
    let mut line = |name: &str, value: Option<String>, behind: String| {
        let _ = match value {
            Some(value) => writeln!(text, "{name:<8} = {value}   {behind}"),
            None => writeln!(text, "# {name}: {}", behind.trim_start_matches("# ")),
        };
    };
    let spread = match queue.talk.value() {
        Times::Talks(mean, cv) => format!(", mean {mean:.1} s, cv {cv:.2}"),
        _ => String::new(),
    };
    line("talk", times(queue.talk.value(), key), format!("{}{spread}", from(&queue.talk)));
    let spread = match queue.wrap_up.value() {
        Times::NotReady(mean) => format!(", mean {mean:.1} s"),
        _ => String::new(),
    };
    line("wrap_up", times(queue.wrap_up.value(), key), format!("{}{spread}", from(&queue.wrap_up)));
    let patience = queue.patience.value().map(|patience| match patience.cv {
        Some(cv) => format!("{{ kind = \"weibull\", mean = {}, cv = {cv:.3} }}", seconds(patience.mean)),
        None => format!("{{ mean = {} }}", seconds(patience.mean)),
    });
    if centre.kind == Kind::Calls {
        line("patience", patience, from(&queue.patience));
    }
    let target = format!("{{ share = 0.80, within = {} }}", seconds(*queue.within.value()));
    line("target", Some(target), from(&queue.within));
    if let Some(again) = queue.reopened {
        let _ = writeln!(
            text,
            "# {:.1} % of {} solved tickets were opened again; after how long is not told. To play it, each as a contact of its own:\n\
             # resolution = {{ probability = {:.3}, repeat_contact = {{ probability = 1.0, delay = {{ mean = \"2d\" }} }} }}",
            100.0 * again.share,
            grouped(again.solved as f64, 0),
            1.0 - again.share
        );
    }
    if !centre.arrivals.is_empty() {
        let _ = writeln!(
            text,
            "arrivals.trace = {{ file = \"arrivals.csv\", time = \"time\", where = {{ queue = \"{key}\" }} }}   # each when it did"
        );
        return;
    }
    let _ = writeln!(
        text,
        "arrivals.csv = {{ file = \"volumes.csv\", time = \"time\", value = \"offered\", interval = \"{}\", where = {{ queue = \"{key}\" }} }}",
        centre.step
    );
}

fn group(text: &mut String, group: &GroupFound) {
    let skills: Vec<String> = group.skills.iter().map(|skill| format!("\"{skill}\"")).collect();
    let _ =
        writeln!(text, "\n[groups.{}]\nskills = [{}]\n{}", group.key, skills.join(", "), from(&group.heads));
    let _ = writeln!(
        text,
        "staff.csv = {{ file = \"staff.csv\", time = \"time\", value = \"heads\", where = {{ group = \"{}\" }} }}",
        group.key
    );
}

/// What a column of `volumes.csv` is taken from.
type Told = fn(&Interval) -> Option<f64>;

/// The rows of the export, tidy; a report that `holdline validate` reads.
fn volumes(centre: &Centre) -> Vec<u8> {
    let all: [(Column, Told); 9] = [
        (Column::Offered, |row| row.offered),
        (Column::Answered, |row| row.answered),
        (Column::Abandoned, |row| row.abandoned),
        (Column::ServiceLevel, |row| row.service_level),
        (Column::Asa, |row| row.asa),
        (Column::AbandonTime, |row| row.abandon_time),
        (Column::Aht, |row| row.aht),
        // Part of the handle time, where that is told.
        (Column::Talk, |row| row.talk.filter(|_| row.aht.is_none())),
        (Column::Occupancy, |row| row.occupancy),
    ];
    let told = |of: &Told| centre.intervals.iter().any(|row| of(row).is_some());
    let columns: Vec<(Column, Told)> = all.into_iter().filter(|(_, of)| told(of)).collect();
    let heads = columns.iter().map(|(column, _)| column.word().to_owned());
    // Tickets come seldom: the times of rows alone would not tell how long an interval lasts.
    let ends = centre.kind == Kind::Tickets;
    let first = texts(["time"]).chain(texts(["end"]).filter(|_| ends)).chain(texts(["queue"]));
    let mut sheet = Csv::new(first.chain(heads));
    let length = SignedDuration::from_micros(i64::try_from(centre.step.micros()).unwrap_or(i64::MAX));
    for row in &centre.intervals {
        let end = row.at.checked_add(length).unwrap_or(row.at);
        let end = ends.then(|| written(end));
        let first = [written(row.at)].into_iter().chain(end).chain([row.queue.clone()]);
        sheet.row(first.chain(columns.iter().map(|(_, of)| number(of(row)))));
    }
    sheet.bytes()
}

fn staff(centre: &Centre) -> Vec<u8> {
    let mut sheet = Csv::new(texts(["time", "group", "heads"]));
    for group in &centre.groups {
        for (at, heads) in group.heads.value() {
            sheet.row([written(*at), group.key.clone(), heads.to_string()]);
        }
    }
    sheet.bytes()
}

fn origin(centre: &Centre, source: &str, read: &str) -> String {
    let mut text = format!(
        "# Where this comes from\n\n`holdline import` ({VERSION}) made these files from `{}`: {} to {}, {} rows.\n\n```text\n{read}```\n",
        plain(source),
        centre.start,
        centre.intervals.last().map_or(centre.start, |row| row.at.date()),
        centre.intervals.len()
    );
    let assumed = centre.assumed();
    if !assumed.is_empty() {
        text.push_str("\nWhat the export does not tell, marked ASSUMED in `centre.toml`:\n\n");
        assumed.iter().for_each(|one| text.push_str(&format!("- {one}\n")));
    }
    text.push_str(
        "\n`volumes.csv` has the export's intervals under plain names (lengths of time in seconds, shares of 1), \
         `staff.csv` the heads from each time on.\n",
    );
    text
}
