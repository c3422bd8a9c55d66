//! Shifts and their breaks.

use crate::units::{Span, TimeOfDay};

use super::super::{Break, BreakTime, Shift};
use super::hours::{next_day, past};
use crate::reading::days::parse_days;
use crate::reading::fields::Fields;
use crate::reading::values;

/// Reads `groups.G.shifts`.
pub(super) fn shifts(fields: &Fields<'_>) -> Vec<Shift> {
    let shifts: Vec<Shift> = fields.tables("shifts").iter().map(shift).collect();
    if fields.has("shifts") && !fields.cx.time.calendar {
        let title = format!("`{}` needs a calendar", fields.at("shifts"));
        fields
            .cx
            .log
            .error(fields.place_of("shifts"), title, "without `horizon.start` there are no weekdays")
            .help("use `staff`, or give the horizon a `start` and `days`");
    }
    if fields.has("shifts") && !fields.has("staff") && shifts.iter().all(|shift| shift.agents == 0) {
        let title = format!("`{}` has no agents", fields.path);
        fields.cx.log.error(fields.place_of("shifts"), title, "nobody in any shift").derived();
    }
    shifts
}

fn shift(fields: &Fields<'_>) -> Shift {
    let log = fields.cx.log;
    ["agents", "start", "length"].iter().for_each(|key| fields.require(&[key]));
    let days = fields.text("days").map_or([true; 7], |text| {
        parse_days(&text).unwrap_or_else(|reason| {
            let title = format!("`{}` must be weekdays", fields.at("days"));
            log.error(fields.place_of("days"), title, reason)
                .help("write it like \"mon-fri\" or \"sat,sun\"");
            [true; 7]
        })
    });
    let start = fields.time_of_day("start").unwrap_or_default();
    if start >= TimeOfDay::MIDNIGHT_AFTER {
        let title = format!("`{}` must lie before 24:00", fields.at("start"));
        log.error(fields.place_of("start"), title, "it begins on the next day");
    }
    let length = fields.positive_duration("length");
    if length.is_some_and(|length| length > Span::DAY) {
        let title = format!("`{}` must be a day or less", fields.at("length"));
        log.error(fields.place_of("length"), title, "nobody works that long");
    }
    let breaks: Vec<Break> =
        fields.tables("breaks").iter().filter_map(|table| read_break(table, start, length)).collect();
    let resting: Span = breaks.iter().fold(Span::ZERO, |sum, one| sum + one.length);
    if length.is_some_and(|length| resting >= length) {
        let title = format!("`{}` leaves no time for work", fields.at("breaks"));
        log.error(fields.place_of("breaks"), title, format!("the breaks sum to {resting}"));
    }
    Shift {
        name: fields.name.to_owned(),
        agents: fields.count("agents").unwrap_or(1),
        days,
        start,
        length: length.unwrap_or(Span::HOUR * 8),
        breaks,
    }
}

fn read_break(fields: &Fields<'_>, start: TimeOfDay, shift: Option<Span>) -> Option<Break> {
    let log = fields.cx.log;
    fields.require(&["after", "between"]);
    fields.require(&["length"]);
    let length = fields.positive_duration("length");
    let after = fields.duration("after");
    let spread = fields.duration("spread");
    let between = fields.node("between").and_then(|node| values::between(log, node, &fields.at("between")));
    for key in ["after", "spread"] {
        if fields.has("between") && fields.has(key) {
            let title = format!("`{}` has both `between` and `{key}`", fields.path);
            log.error(fields.place_of(key), title, "one of them must go");
        }
    }
    let paid = fields.flag("paid").unwrap_or(true);
    let (time, key, from, to) = match (after, between) {
        (Some(after), _) => {
            let spread = spread.unwrap_or(Span::ZERO);
            (BreakTime::After { after, spread }, "after", after, after + spread + length?)
        }
        (None, Some((from, to))) => {
            // A window of a night shift may lie on the day after its start.
            let (from, to) = (from, past(from, to));
            let (from, to) = if from < start { (next_day(from), next_day(to)) } else { (from, to) };
            let since_start = |time: TimeOfDay| time.span().saturating_sub(start.span());
            if since_start(to).saturating_sub(since_start(from)) < length? {
                let title = format!("`{}` is shorter than the break", fields.at("between"));
                log.error(fields.place_of("between"), title, format!("the break takes {}", length?));
            }
            (BreakTime::Between(from, to), "between", since_start(from), since_start(to))
        }
        (None, None) => return None,
    };
    if let Some(shift) = shift
        && (to > shift || from > shift)
    {
        let title = format!("`{}` lies outside its shift", fields.path);
        let reason = format!("it may end {to} after the shift's start; the shift takes {shift}");
        log.error(fields.place_of(key), title, reason);
    }
    Some(Break { name: fields.name.to_owned(), time, length: length?, paid })
}
