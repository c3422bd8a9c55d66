//! Asterisk's `queue_log`: a line for each event, fields between `|`.
//!
//! `time|call|queue|agent|event|parameters`. A call joins a queue with `ENTERQUEUE`; `CONNECT`, `ABANDON` or one of the
//! `EXIT...` events end its wait, and the next event of the call ends its talk.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

use super::call::{Call, Calls, Outcome, Service};
use super::stamps::{Cells, stamps};
use super::{Asked, Faults};

const KNOWN: [&str; 12] = [
    "QUEUESTART",
    "CONFIGRELOAD",
    "ENTERQUEUE",
    "CONNECT",
    "ABANDON",
    "COMPLETECALLER",
    "COMPLETEAGENT",
    "DID",
    "RINGNOANSWER",
    "ADDMEMBER",
    "PAUSE",
    "AGENTLOGIN",
];

/// Whether a file looks like one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let lines: Vec<&str> = begin.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    let event = |line: &&str| line.split('|').nth(4).is_some_and(|event| KNOWN.contains(&event.trim()));
    !lines.is_empty() && lines.iter().filter(|line| event(line)).count() * 2 > lines.len()
}

/// A call on its way.
struct Open {
    queue: String,
    entered: f64,
    /// Who took it, and when.
    taken: Option<(String, f64)>,
}

/// Reads one.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Calls, Faults> {
    let text = String::from_utf8_lossy(bytes);
    let (mut events, mut cells, mut broken) = (Vec::new(), Vec::new(), 0usize);
    for (number, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split('|').collect();
        let [time, call, queue, agent, event, ..] = fields.as_slice() else {
            broken += usize::from(!line.trim().is_empty());
            continue;
        };
        cells.push(Cells {
            line: number as u64 + 1,
            date: None,
            time: Some((*time).trim().to_owned()),
            end: None,
        });
        events.push((*call, *queue, *agent, event.trim()));
    }
    let (times, _) = stamps(&cells, asked, name)?;
    let start = times.iter().map(|at| at.local.date()).min();
    let Some(start) = start else {
        return Err(Faults::one(format!("{name} has no events"), "is it the right file?"));
    };
    let mut log = Log::default();
    for ((call, queue, agent, event), at) in events.into_iter().zip(&times) {
        log.event(call, queue, agent, event, since(start, at.local));
    }
    let mut notes = vec!["an Asterisk queue_log".to_owned()];
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    tell(broken, "lines have fewer than five fields and are left out");
    tell(log.open.len(), "calls have no end and are left out");
    tell(log.orphans, "events belong to no call that joined a queue and are left out");
    tell(log.left, "calls left a queue by a time-out, a key or as it was empty");
    tell(log.backwards, "events lie before the call's entry and count as at it");
    if log.done.is_empty() {
        return Err(Faults::one(format!("{name} has no calls"), "it has no ENTERQUEUE that ends"));
    }
    Ok(Calls { name: name.to_owned(), start, calls: log.done, taken: Vec::new(), notes })
}

/// Seconds since the midnight before the first call.
pub(super) fn since(start: Date, at: DateTime) -> f64 {
    start.to_datetime(Time::midnight()).duration_until(at).as_secs_f64()
}

/// A log, as far as it is read.
#[derive(Default)]
struct Log {
    open: BTreeMap<String, Open>,
    done: Vec<Call>,
    orphans: usize,
    left: usize,
    backwards: usize,
}

impl Log {
    fn event(&mut self, call: &str, queue: &str, agent: &str, event: &str, at: f64) {
        match event {
            "ENTERQUEUE" => {
                // A call whose end was lost joins another queue.
                self.end(call, at, None);
                let open = Open { queue: queue.to_owned(), entered: at, taken: None };
                self.open.insert(call.to_owned(), open);
            }
            "CONNECT" => match self.open.get_mut(call) {
                Some(open) => open.taken = Some((agent.to_owned(), at.max(open.entered))),
                None => self.orphans += 1,
            },
            "ABANDON" => self.end(call, at, Some(Outcome::Abandoned)),
            "EXITWITHTIMEOUT" | "EXITWITHKEY" | "EXITEMPTY" => self.end(call, at, Some(Outcome::Left)),
            "COMPLETECALLER" | "COMPLETEAGENT" | "TRANSFER" | "BLINDTRANSFER" | "ATTENDEDTRANSFER"
            | "AGENTDUMP" => {
                self.end(call, at, None);
            }
            _ => {}
        }
    }

    /// Ends a call: as told, or with its talk where an agent had taken it.
    fn end(&mut self, call: &str, at: f64, told: Option<Outcome>) {
        let ends = told.is_some();
        let Some(open) = self.open.get(call) else {
            self.orphans += usize::from(ends);
            return;
        };
        // Taken away while nobody has it, it is still on its way.
        if !ends && open.taken.is_none() {
            return;
        }
        let Some(open) = self.open.remove(call) else { return };
        self.backwards += usize::from(at < open.entered);
        let at = at.max(open.entered);
        let (wait, outcome) = match (open.taken, told) {
            (Some((agent, start)), _) => {
                let (end, agent) =
                    (at.max(start), Some(agent).filter(|agent| agent != "NONE" && !agent.is_empty()));
                let service = Service { agent, start, end, talk: end - start, wrap_up: None };
                (start - open.entered, Outcome::Answered(service))
            }
            (None, told) => (at - open.entered, told.unwrap_or(Outcome::Left)),
        };
        self.left += usize::from(outcome == Outcome::Left);
        self.done.push(Call { queue: open.queue, arrived: open.entered, wait, outcome });
    }
}
