//! From tickets to a centre: volumes are told, the work is not, and who was there follows from when something was done.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::acd::{First, Ticket, Tickets};
use crate::units::Span;

use super::centre::{Centre, GroupFound, Kind, QueueFound, Reopened, Times};
use super::known::Known;
use super::names::keys;
use super::of_report::OCCUPANCY;

/// What is known beside the tickets.
#[derive(Clone, Copy, Debug, Default)]
pub struct TicketDetails {
    /// Seconds of work on a ticket, where somebody says.
    pub handle_time: Option<f64>,
    /// Seconds that the service level is about, where somebody says.
    pub within: Option<f64>,
}

/// The work on a ticket where nobody says how much it is.
const WORK: f64 = 600.0;

/// The response that is asked for where nobody says.
const WITHIN: f64 = 86_400.0;

/// What tickets tell of a centre; `step` is how long an interval lasts.
#[must_use]
pub fn ticket_centre(tickets: &Tickets, details: &TicketDetails, step: Span) -> Option<Centre> {
    let (start, last) = tickets.days()?;
    let days = u32::try_from((last - start).get_days()).ok()? + 1;
    let work = details.handle_time.unwrap_or(WORK);
    let within = details.within.unwrap_or(WITHIN);
    let names = tickets.queues();
    let own = keys(&names, "tickets");
    let queues: Vec<QueueFound> =
        names.iter().zip(&own).map(|(called, key)| queue(tickets, called, key, details)).collect();
    let mut intervals = tickets.report(step, within, work).intervals;
    for row in &mut intervals {
        if let Some(place) = names.iter().position(|name| *name == row.queue) {
            row.queue.clone_from(&own[place]);
        }
    }
    let heads = heads(tickets, (start, last), work);
    let groups = vec![GroupFound { key: "team".to_owned(), skills: own, heads }];
    Some(Centre {
        kind: Kind::Tickets,
        start,
        days,
        step,
        queues,
        groups,
        intervals,
        talks: Vec::new(),
        not_ready: Vec::new(),
        head_starts: Vec::new(),
        arrivals: Vec::new(),
    })
}

/// The same, each ticket coming when it did.
pub fn replay(centre: &mut Centre, tickets: &Tickets) {
    let place = |called: &str| centre.queues.iter().position(|queue| queue.called == called).unwrap_or(0);
    let came = tickets.tickets.iter().map(|ticket| (ticket.created, place(&ticket.queue)));
    centre.arrivals = came.collect();
}

fn queue(tickets: &Tickets, called: &str, key: &str, details: &TicketDetails) -> QueueFound {
    let own: Vec<&Ticket> = tickets.tickets.iter().filter(|ticket| ticket.queue == called).collect();
    let talk = match details.handle_time {
        Some(seconds) => {
            Known::Seen(Times::Mean(seconds), "as it was said; only the mean is known, so exponential".to_owned())
        }
        None => Known::Assumed(
            Times::Mean(WORK),
            "no export of tickets tells how long the work on one takes; put yours in place of 10 minutes (`--handle-time 12m`)"
                .to_owned(),
        ),
    };
    let within = match details.within {
        Some(within) => Known::Seen(within, "as it was said".to_owned()),
        None => Known::Assumed(
            WITHIN,
            "80 % with a first reply in a day, as the export names no time (`--within 4h`)".to_owned(),
        ),
    };
    QueueFound {
        called: called.to_owned(),
        key: key.to_owned(),
        offered: own.len() as f64,
        talk,
        wrap_up: Known::Seen(Times::Nothing, "part of the handle time".to_owned()),
        patience: Known::Seen(None, "nobody hangs up in a mailbox".to_owned()),
        within,
        reopened: reopened(&own),
    }
}

fn reopened(own: &[&Ticket]) -> Option<Reopened> {
    let solved = own.iter().filter(|ticket| ticket.solved.is_some()).count();
    let again = own.iter().filter(|ticket| ticket.solved.is_some() && ticket.reopened > 0).count();
    (again > 0).then(|| Reopened { share: again as f64 / solved as f64, solved })
}

/// What of the replies and solutions may lie outside of the hours of work, on either side of the day; days with less are off.
const OUTSIDE: f64 = 0.025;

/// Fewer replies and solutions tell no hours.
const FEWEST: usize = 20;

/// When somebody works.
struct Hours {
    days: BTreeSet<i8>,
    /// Half-hours of the day: from, to.
    from: usize,
    to: usize,
    acts: usize,
}

impl Hours {
    /// From when something was done; office hours where that is not told.
    fn of(tickets: &Tickets) -> Option<Hours> {
        let acts = tickets.tickets.iter().flat_map(|ticket| [ticket.first, ticket.solved]).flatten();
        let acts: Vec<DateTime> = acts.map(|reached| reached.at).collect();
        if acts.len() < FEWEST {
            return None;
        }
        let least = OUTSIDE * acts.len() as f64;
        let (mut by_day, mut by_time) = ([0usize; 7], [0usize; 48]);
        for at in &acts {
            by_day[at.date().weekday().to_monday_zero_offset() as usize] += 1;
            by_time[at.hour() as usize * 2 + usize::from(at.minute() >= 30)] += 1;
        }
        let days = (0..7i8).filter(|day| by_day[*day as usize] as f64 >= least).collect();
        let from = edge(0..48, &by_time, least)?;
        let last = edge((0..48).rev(), &by_time, least)?;
        Some(Hours { days, from, to: last.max(from) + 1, acts: acts.len() })
    }

    fn office() -> Hours {
        Hours { days: (0..5).collect(), from: 18, to: 34, acts: 0 }
    }

    fn at(date: Date, half_hours: usize) -> DateTime {
        let midnight = date.to_datetime(Time::midnight());
        midnight.checked_add((half_hours as i64 * 30).minutes()).unwrap_or(midnight)
    }

    fn told(&self) -> String {
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let days: Vec<&str> = self.days.iter().map(|day| NAMES[*day as usize]).collect();
        let clock = |half: usize| format!("{:02}:{:02}", half / 2, half % 2 * 30);
        let hours = format!("{} {} to {}", days.join(" "), clock(self.from), clock(self.to));
        match self.acts {
            0 => format!("{hours}, as nothing tells when somebody worked"),
            acts => format!("{hours}, within which 95 % of {acts} replies and solutions fall"),
        }
    }
}

/// The first time by which more than the least has come.
fn edge(mut times: impl Iterator<Item = usize>, counts: &[usize; 48], least: f64) -> Option<usize> {
    let mut sum = 0.0;
    times.find(|time| {
        sum += counts[*time] as f64;
        sum > least
    })
}

/// As many as the work needs, in the hours in which something was done.
fn heads(tickets: &Tickets, (start, last): (Date, Date), work: f64) -> Known<Vec<(DateTime, u32)>> {
    let hours = Hours::of(tickets).unwrap_or_else(Hours::office);
    let open = |date: &Date| hours.days.contains(&weekday(date.weekday()));
    let dates: Vec<Date> = start.series(1.day()).take_while(|date| *date <= last).filter(open).collect();
    let seconds = dates.len() as f64 * (hours.to - hours.from) as f64 * 1800.0;
    let needed = tickets.tickets.len() as f64 * work / OCCUPANCY / seconds.max(1.0);
    let heads = (needed.ceil() as u32).max(1);
    let rows = dates
        .iter()
        .flat_map(|date| [(Hours::at(*date, hours.from), heads), (Hours::at(*date, hours.to), 0)]);
    let named: BTreeSet<&str> = tickets.tickets.iter().filter_map(|one| one.agent.as_deref()).collect();
    let named = match named.len() {
        0 => String::new(),
        count => format!("; the export names {count} who had one last"),
    };
    Known::Assumed(
        rows.collect(),
        format!(
            "the export does not tell them; {}; as many as the tickets keep busy for 85 % of that time{named}",
            hours.told()
        ),
    )
}

fn weekday(day: Weekday) -> i8 {
    day.to_monday_zero_offset()
}

/// What is told of first replies, solutions and tickets opened again, queue by queue.
#[must_use]
pub fn told_of_tickets(tickets: &Tickets) -> Vec<String> {
    let all = tickets.queues();
    let one = |called: &&str| {
        let own: Vec<&Ticket> = tickets.tickets.iter().filter(|ticket| ticket.queue == **called).collect();
        let mut parts = vec![format!("{called}: {} tickets", own.len())];
        let times = |what: &str, all: Vec<f64>| {
            let (mean, median) = middle(all)?;
            Some(format!("{what} after {} on average, {} in the middle", span(mean), span(median)))
        };
        let first = match tickets.first {
            Some(First::TakenUp) => "taken up",
            _ => "first reply",
        };
        parts.extend(times(first, own.iter().filter_map(|one| one.first).map(|one| one.after).collect()));
        parts.extend(times("solved", own.iter().filter_map(|one| one.solved).map(|one| one.after).collect()));
        let silent = own.iter().filter(|ticket| ticket.first.is_none()).count();
        if tickets.first.is_some() && silent > 0 {
            parts.push(format!("{silent} without a {}", if first == "taken up" { "taker" } else { "reply" }));
        }
        if let Some(again) = reopened(&own) {
            parts.push(format!("{:.1} % of the solved opened again", 100.0 * again.share));
        }
        parts.join("; ")
    };
    all.iter().map(one).collect()
}

fn span(seconds: f64) -> String {
    Span::from_seconds(seconds).to_string()
}

/// The mean and the median.
fn middle(mut all: Vec<f64>) -> Option<(f64, f64)> {
    all.sort_by(f64::total_cmp);
    let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
    let half = all.len() / 2;
    let upper = *all.get(half)?;
    let median = if all.len() % 2 == 1 { upper } else { f64::midpoint(all[half - 1], upper) };
    Some((mean, median))
}
