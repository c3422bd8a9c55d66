//! Asterisk's `queue_log`: a line for each event, fields between `|`.
//!
//! `time|call|queue|agent|event|parameters`. A call joins a queue with `ENTERQUEUE`; `CONNECT`, `ABANDON` or one of the
//! `EXIT...` events end its wait, and the next event of the call ends its talk.

use std::collections::BTreeMap;

use crate::tables::{DayOrder, Source};

use super::call::{self, Call, Calls, Outcome, Rows, Service, told_twice};
use super::conversation::Repeated;
use super::fault::Fault;
use super::stamps::{self, EPOCH, micros};
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

/// Events that tell of members and of the queue, not of calls on their way.
const WITHOUT_CALLS: [&str; 23] = [
    "QUEUESTART",
    "CONFIGRELOAD",
    "DID",
    "RINGNOANSWER",
    "RINGCANCELED",
    "ADDMEMBER",
    "REMOVEMEMBER",
    "PAUSE",
    "UNPAUSE",
    "PAUSEALL",
    "UNPAUSEALL",
    "PAUSEREASON",
    "PENALTY",
    "MEMBERSTATUS",
    "AGENTLOGIN",
    "AGENTLOGOFF",
    "AGENTCALLBACKLOGIN",
    "AGENTCALLBACKLOGOFF",
    "RINGINUSE",
    "SYSCOMPAT",
    "INFO",
    "TRANSFERRED",
    "HOLD",
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
    entered: i64,
    customer: Option<u64>,
    /// Who took it, and when.
    taken: Option<(String, i64)>,
}

/// Reads one, line by line.
pub(super) fn read(name: &str, source: Source<'_>, asked: &Asked) -> Result<Calls, Faults> {
    let failed =
        |error: std::io::Error| Faults::one(format!("{name} cannot be read: {error}"), "is the file whole?");
    let mut order = DayOrder::given(asked.dates);
    let mut repeated = Repeated::default();
    let looked = source.each_line(|number, line| {
        let time = line.split('|').next().filter(|_| line.split('|').nth(4).is_some());
        if let Some(time) = time {
            order.see(&stamps::begin(number, None, Some(time.trim()), name)?, number);
            let mut fields = line.split('|');
            let call = fields.nth(1);
            if let Some(call) =
                call.filter(|_| fields.nth(2).is_some_and(|event| event.trim() == "ENTERQUEUE"))
            {
                repeated.see(call);
            }
        }
        Ok::<(), Fault>(())
    });
    looked.map_err(failed)??;
    let order = order.decided().map_err(|(line, against)| stamps::undecided(line, against, name))?;
    let mut log = Log { repeated: repeated.settled(), ..Log::default() };
    let read = source.each_line(|number, line| {
        let mut fields = line.split('|');
        let mut next = || fields.next();
        let (Some(time), Some(call_id), Some(queue), Some(agent), Some(event)) =
            (next(), next(), next(), next(), next())
        else {
            log.broken += usize::from(!line.trim().is_empty());
            return Ok(());
        };
        let moment = stamps::begin(number, None, Some(time.trim()), name)?;
        let (local, _) = stamps::local(&moment, order, asked, number, name)?;
        // `ENTERQUEUE|url|caller`
        let caller = fields.nth(1).and_then(call::customer);
        log.event(Event { call: call_id, queue, agent, event: event.trim(), caller }, micros(local));
        Ok::<(), Fault>(())
    });
    read.map_err(failed)??;
    if log.events == 0 {
        return Err(Faults::one(format!("{name} has no events"), "is it the right file?"));
    }
    let Some((start, twice)) = log.done.sorted(EPOCH) else {
        return Err(Faults::one(format!("{name} has no calls"), "it has no ENTERQUEUE that ends"));
    };
    let mut notes = vec!["an Asterisk queue_log".to_owned()];
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    tell(log.broken, "lines have fewer than five fields and are left out");
    tell(log.open.len() + log.lost, "calls have no end and are left out");
    tell(log.orphans, "events belong to no call that joined a queue and are left out");
    tell(log.left, "calls left a queue by a time-out, a key or as it was empty");
    tell(log.backwards, "events lie before the call's entry and count as at it");
    tell(log.unknown, "events are of a kind that is not known here, and are left out");
    notes.extend(told_twice(twice));
    Ok(Calls { name: name.to_owned(), start, taken: Vec::new(), notes, rows: log.done })
}

/// A line.
struct Event<'l> {
    call: &'l str,
    queue: &'l str,
    agent: &'l str,
    event: &'l str,
    caller: Option<u64>,
}

/// A log, as far as it is read.
#[derive(Default)]
struct Log {
    repeated: Repeated,
    open: BTreeMap<String, Open>,
    done: Rows,
    events: usize,
    broken: usize,
    unknown: usize,
    lost: usize,
    orphans: usize,
    left: usize,
    backwards: usize,
}

impl Log {
    fn event(&mut self, Event { call, queue, agent, event, caller }: Event<'_>, at: i64) {
        self.events += 1;
        match event {
            "ENTERQUEUE" => {
                // A call whose end was lost joins another queue.
                self.end(call, at, None);
                let open = Open { queue: queue.to_owned(), entered: at, customer: caller, taken: None };
                self.lost += usize::from(self.open.insert(call.to_owned(), open).is_some());
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
            event => self.unknown += usize::from(!WITHOUT_CALLS.contains(&event)),
        }
    }

    /// Ends a call: as told, or with its talk where an agent had taken it.
    fn end(&mut self, call: &str, at: i64, told: Option<Outcome<'_>>) {
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
        // Times of a call count from its entry.
        let seconds = |at: i64| (at - open.entered) as f64 / 1e6;
        let (wait, outcome) = match (&open.taken, told) {
            (Some((agent, start)), _) => {
                let (start, end) = (seconds(*start), seconds(at.max(*start)));
                let agent = Some(agent.as_str()).filter(|agent| *agent != "NONE" && !agent.is_empty());
                let service = Service { agent, start, end, talk: end - start, wrap_up: None };
                (start, Outcome::Answered(service))
            }
            (None, told) => (seconds(at), told.unwrap_or(Outcome::Left)),
        };
        self.left += usize::from(outcome == Outcome::Left);
        self.done.push(
            open.entered,
            &Call { queue: &open.queue, arrived: 0.0, wait, outcome, customer: open.customer },
        );
        if let Some(number) = self.repeated.of(call) {
            self.done.part_of(number);
        }
    }
}
