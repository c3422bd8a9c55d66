//! What happens at the edges, in days so small that every wait can be worked out by hand.

use holdline::engine::Player;
use holdline::experiment::{Experiment, Silent};
use holdline::model::Model;
use holdline::observations::{Count, GroupCount, Observations};
use holdline::routing::{Contact, Offer, Policy, View};
use holdline::state::CaseId;
use holdline::units::{AgentId, GroupId, Instant, QueueId, Span};

use crate::plays::{self, Recorder, Trace};

/// One Monday, hour by hour.
pub const MONDAY: &str = "horizon = { start = 2026-03-02, days = 1, interval = \"1h\" }\n";
/// Monday and Tuesday.
pub const TWO_DAYS: &str = "horizon = { start = 2026-03-02, days = 2, interval = \"1h\" }\n";

/// A played centre.
pub struct Played {
    pub model: Model,
    pub seen: Observations,
    recorder: Recorder,
}

/// Plays `text` with the given arrivals: (queue, time on Monday the 2nd of March, or a full time).
#[track_caller]
pub fn play(text: &str, arrivals: &[(&str, &str)]) -> Played {
    play_replication(text, arrivals, 0)
}

#[track_caller]
fn play_replication(text: &str, arrivals: &[(&str, &str)], replication: u64) -> Played {
    let full = |at: &str| if at.len() > 8 { at.to_owned() } else { format!("2026-03-02T{at}") };
    let trace = Trace::new(arrivals.iter().map(|(queue, at)| (*queue, full(at))));
    let mut queues: Vec<&str> = arrivals.iter().map(|(queue, _)| *queue).collect();
    queues.sort_unstable();
    queues.dedup();
    let replayed: String = queues.iter().map(|queue| trace.arrivals(queue)).collect();
    let model = plays::compile(&format!("{text}\n{replayed}"));
    let (seen, recorder) = plays::record(&model, 1, replication);
    Played { model, seen, recorder }
}

impl Played {
    pub fn queue(&self, name: &str) -> QueueId {
        self.model.queue_named(name).expect("the queue is there")
    }

    /// A queue's counter over the reported rows.
    pub fn count(&self, queue: &str, count: Count) -> u64 {
        let rows = &self.seen.queues[self.queue(queue).index()].rows[..self.model.rows.count];
        rows.iter().map(|row| row[count]).sum()
    }

    /// The same in seconds, for counters of time.
    pub fn seconds(&self, queue: &str, count: Count) -> f64 {
        self.count(queue, count) as f64 / 1e6
    }

    /// A group's counter over the reported rows, in seconds.
    pub fn group_seconds(&self, group: &str, count: GroupCount) -> f64 {
        let group = self.model.group_named(group).expect("the group is there");
        let rows = &self.seen.groups[group.index()][..self.model.rows.count];
        rows.iter().map(|row| row[count]).sum::<u64>() as f64 / 1e6
    }

    /// (wait in seconds, agent) of those whom the policy gave an agent, in the order of service.
    fn served(&self, queue: &str) -> Vec<(f64, u32)> {
        let queue = self.queue(queue);
        let served = self.recorder.served.iter().filter(|served| served.contact.queue == queue);
        served.map(|served| (served.at.since(served.contact.entered).seconds(), served.agent.0)).collect()
    }

    pub fn waits(&self, queue: &str) -> Vec<f64> {
        self.served(queue).into_iter().map(|(wait, _)| wait).collect()
    }
}

// Ties in time ---------------------------------------------------------------------------

#[test]
fn a_completion_comes_before_an_arrival() {
    let text = format!("{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n");
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:01:00")]);
    assert_eq!(played.waits("q"), [0.0, 0.0]);
    assert_eq!(played.count("q", Count::Delayed), 0);
}

#[test]
fn a_completion_comes_before_an_abandonment() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\npatience = \"60s\"\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:00:00")]);
    assert_eq!(played.waits("q"), [0.0, 60.0]);
    assert_eq!(played.count("q", Count::Abandoned), 0);
}

#[test]
fn staffing_comes_before_an_abandonment() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\npatience = \"60s\"\n\
         [groups.g]\nskills = [\"q\"]\nstaff = {{ \"00:00\" = 0, \"08:01\" = 1 }}\n"
    );
    assert_eq!(play(&text, &[("q", "08:00:00")]).waits("q"), [60.0]);
}

#[test]
fn an_abandonment_comes_before_an_overflow() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\npatience = \"30s\"\noverflow = {{ after = \"30s\", to = \"r\" }}\n\
         [queues.r]\ntalk = \"60s\"\n[groups.g]\nskills.q.after = \"1h\"\nskills.r = {{}}\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00")]);
    assert_eq!((played.count("q", Count::Abandoned), played.count("q", Count::Overflowed)), (1, 0));
}

#[test]
fn a_queue_is_open_at_its_opening_time_and_closed_at_its_closing_time() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\nopen = \"daily 08:00-09:00\"\n[groups.g]\nskills = [\"q\"]\nstaff = 5\n"
    );
    let played = play(&text, &[("q", "07:59:59"), ("q", "08:00:00"), ("q", "08:59:59"), ("q", "09:00:00")]);
    assert_eq!((played.count("q", Count::TurnedAway), played.count("q", Count::Answered)), (2, 2));
}

#[test]
fn equal_idle_times_go_by_number_whatever_made_them_idle() {
    // At 08:10 agent 1 ends a talk and agent 0 logs in.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\"]\n\
         shifts.a = {{ agents = 1, start = \"08:10\", length = \"8h\" }}\n\
         shifts.b = {{ agents = 1, start = \"08:00\", length = \"8h\" }}\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:20:00"), ("q", "08:20:00")]);
    assert_eq!(played.served("q"), [(0.0, 1), (0.0, 0), (0.0, 1)]);
}

// Heads that rise and fall ---------------------------------------------------------------

#[test]
fn the_longest_idle_leaves_first() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\nstaff = {{ \"00:00\" = 3, \"09:00\" = 2 }}\n"
    );
    let arrivals =
        ["08:00:00", "08:30:00", "08:45:00", "09:10:00", "09:10:01", "09:10:02"].map(|at| ("q", at));
    let played = play(&text, &arrivals);
    assert_eq!(played.served("q"), [(0.0, 0), (0.0, 1), (0.0, 2), (0.0, 1), (0.0, 2), (58.0, 1)]);
}

/// Agents 0, 1 and so on are busy since 08:50, 08:55 and so on, for twenty minutes each, and one
/// more contact waits since 08:58.
fn all_busy_at_nine(agents: usize, staff: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"20m\"\n[groups.g]\nskills = [\"q\"]\nstaff = {{ \"00:00\" = {agents}, {staff} }}\n"
    );
    let arrivals = ["08:50:00", "08:55:00"].into_iter().take(agents).chain(["08:58:00"]);
    play(&text, &arrivals.map(|at| ("q", at)).collect::<Vec<_>>())
}

#[test]
fn when_nobody_is_idle_the_longest_busy_leaves_after_its_work() {
    let played = all_busy_at_nine(2, "\"09:00\" = 1");
    assert_eq!(played.served("q")[2], (17.0 * 60.0, 1), "not agent 0, at 09:10");
    assert_eq!(played.group_seconds("g", GroupCount::OnDuty), 33.0 * 3600.0 + 600.0);
}

#[test]
fn when_heads_rise_again_the_marked_stay() {
    assert_eq!(all_busy_at_nine(2, "\"09:00\" = 1, \"09:05\" = 2").served("q")[2], (12.0 * 60.0, 0));
}

#[test]
fn the_latest_marked_is_unmarked_first() {
    // Both are marked, agent 0 first; one may stay: agent 1.
    assert_eq!(all_busy_at_nine(2, "\"09:00\" = 0, \"09:05\" = 1").served("q")[2], (17.0 * 60.0, 1));
}

#[test]
fn with_first_to_finish_whoever_is_free_first_leaves() {
    let text = |leave: &str| {
        format!(
            "{MONDAY}[queues.long]\ntalk = \"60m\"\n[queues.short]\ntalk = \"10m\"\n[groups.g]\n\
             skills = [\"long\", \"short\"]\nleave = \"{leave}\"\nstaff = {{ \"00:00\" = 2, \"09:00\" = 1 }}\n"
        )
    };
    let arrivals = [("long", "08:50:00"), ("short", "08:55:00"), ("short", "08:58:00")];
    assert_eq!(play(&text("longest_idle"), &arrivals).served("short")[1], (7.0 * 60.0, 1));
    assert_eq!(play(&text("first_to_finish"), &arrivals).served("short")[1], (52.0 * 60.0, 0));
}

#[test]
fn whoever_leaves_first_serves_those_inside_a_closed_queue_and_then_does_leave() {
    // Two are busy at 09:00, when one must leave and the queue closes with one inside. The first to
    // finish serves that one from 09:10 to 09:30 and goes; from then on there is one agent.
    for leave in ["longest_idle", "first_to_finish"] {
        let text = format!(
            "{MONDAY}[queues.q]\ntalk = \"20m\"\nopen = \"daily 08:00-09:00\"\n[queues.r]\ntalk = \"10m\"\n\
             [groups.g]\nskills = [\"q\", \"r\"]\nleave = \"{leave}\"\nstaff = {{ \"00:00\" = 2, \"09:00\" = 1 }}\n"
        );
        let arrivals =
            [("q", "08:50:00"), ("q", "08:55:00"), ("q", "08:58:00"), ("r", "10:00:00"), ("r", "10:00:00")];
        let played = play(&text, &arrivals);
        assert_eq!(played.seconds("q", Count::WaitAnswered), 12.0 * 60.0, "{leave}");
        assert_eq!(played.waits("r"), [0.0, 600.0], "{leave}");
    }
}

#[test]
fn with_random_anyone_may_leave() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\nleave = \"random\"\n\
         staff = {{ \"00:00\" = 2, \"09:00\" = 1 }}\n"
    );
    let stays = (0..200)
        .map(|replication| play_replication(&text, &[("q", "09:10:00")], replication).served("q")[0].1);
    let second = stays.filter(|agent| *agent == 1).count();
    assert!((70..=130).contains(&second), "{second} of 200");
}

#[test]
fn an_hour_without_agents_is_waited_for() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\n\
         staff = {{ \"08:00\" = 1, \"12:00\" = 0, \"13:00\" = 1 }}\n"
    );
    let played = play(&text, &[("q", "11:59:30"), ("q", "12:10:00")]);
    assert_eq!(played.waits("q"), [0.0, 3000.0]);
    // The one in service at noon is finished first.
    assert_eq!(played.group_seconds("g", GroupCount::OnDuty), 23.0 * 3600.0 + 30.0);
}

// Shifts and breaks ----------------------------------------------------------------------

fn one_shift(talk: &str, shift: &str) -> String {
    format!(
        "{MONDAY}[queues.q]\ntalk = \"{talk}\"\n[groups.g]\nskills = [\"q\"]\n\
         [groups.g.shifts.day]\nagents = 1\nstart = \"08:00\"\nlength = \"8h\"\n{shift}\n"
    )
}

#[test]
fn a_break_due_in_a_talk_is_taken_after_it_and_whole() {
    let text = one_shift("20m", "breaks.coffee = { after = \"1h\", length = \"15m\" }");
    let played = play(&text, &[("q", "08:50:00"), ("q", "09:12:00")]);
    assert_eq!(played.waits("q"), [0.0, 13.0 * 60.0], "the break lasts from 09:10 to 09:25");
    assert_eq!(played.group_seconds("g", GroupCount::OnBreak), 900.0);
}

#[test]
fn a_break_comes_before_the_next_in_the_queue() {
    let text = one_shift("20m", "breaks.coffee = { after = \"1h\", length = \"15m\" }");
    assert_eq!(play(&text, &[("q", "08:50:00"), ("q", "08:55:00")]).waits("q"), [0.0, 30.0 * 60.0]);
}

#[test]
fn breaks_that_meet_follow_each_other() {
    let shift =
        "breaks.a = { after = \"1h\", length = \"30m\" }\nbreaks.b = { after = \"70m\", length = \"15m\" }";
    assert_eq!(play(&one_shift("60s", shift), &[("q", "09:01:00")]).waits("q"), [44.0 * 60.0]);
    // Both due in one talk, from 08:50 to 09:50: then both, to 10:35.
    let played = play(&one_shift("1h", shift), &[("q", "08:50:00"), ("q", "08:51:00")]);
    assert_eq!(played.waits("q"), [0.0, 104.0 * 60.0]);
}

#[test]
fn unpaid_breaks_are_not_paid() {
    let text = one_shift("60s", "breaks.lunch = { after = \"4h\", length = \"30m\", paid = false }");
    let played = play(&text, &[("q", "09:00:00")]);
    let paid = played.group_seconds("g", GroupCount::Paid) - played.group_seconds("g", GroupCount::Unpaid);
    assert_eq!(paid, 7.5 * 3600.0);
}

#[test]
fn work_past_the_shifts_end_is_overtime_and_nothing_new_is_begun() {
    let played = play(&one_shift("20m", ""), &[("q", "15:50:00"), ("q", "15:55:00")]);
    assert_eq!(played.waits("q"), [0.0]);
    assert_eq!(played.count("q", Count::StillWaiting), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Overtime), 600.0);
    assert_eq!(played.group_seconds("g", GroupCount::OnDuty), 8.0 * 3600.0 + 600.0);
    assert_eq!(played.group_seconds("g", GroupCount::Paid), 8.0 * 3600.0 + 600.0);
}

#[test]
fn a_shift_goes_on_past_midnight() {
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\n\
         shifts.night = {{ agents = 1, days = \"mon\", start = \"22:00\", length = \"8h\" }}\n"
    );
    let played =
        play(&text, &[("q", "21:59:00"), ("q", "2026-03-03T02:00:00"), ("q", "2026-03-03T06:00:00")]);
    assert_eq!(played.waits("q"), [60.0, 0.0]);
    assert_eq!(played.count("q", Count::StillWaiting), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Scheduled), 8.0 * 3600.0);
}

#[test]
fn a_shift_begun_before_the_horizon_is_on_duty() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\n\
         shifts.night = {{ agents = 1, days = \"sun\", start = \"22:00\", length = \"8h\" }}\n"
    );
    let played = play(&text, &[("q", "00:00:00"), ("q", "05:59:00"), ("q", "06:30:00")]);
    assert_eq!(played.waits("q"), [0.0, 0.0]);
    assert_eq!(played.group_seconds("g", GroupCount::Scheduled), 6.0 * 3600.0);
}

#[test]
fn a_shift_of_24_hours_hands_over_to_itself() {
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"20m\"\n[groups.g]\nskills = [\"q\"]\n\
         shifts.all = {{ agents = 1, start = \"08:00\", length = \"24h\" }}\n"
    );
    let at = ["07:50:00", "2026-03-03T07:50:00", "2026-03-03T07:55:00", "2026-03-03T12:00:00"];
    let played = play(&text, &at.map(|at| ("q", at)));
    assert_eq!(played.waits("q"), [0.0, 0.0, 900.0, 0.0]);
    assert_eq!(played.group_seconds("g", GroupCount::OnDuty), 48.0 * 3600.0);
    assert_eq!(played.group_seconds("g", GroupCount::Overtime), 0.0);
}

// Opening and closing --------------------------------------------------------------------

/// One agent; contacts at 16:50, 16:55 and 16:56 of twenty minutes each; the queue closes at 17:00.
fn closing(at_close: &str, staff: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"20m\"\nopen = \"mon-fri 08:00-17:00\"\nat_close = \"{at_close}\"\n\
         [groups.g]\nskills = [\"q\"]\n{staff}\n"
    );
    play(&text, &["16:50:00", "16:55:00", "16:56:00"].map(|at| ("q", at)))
}

#[test]
fn those_inside_at_closing_time_are_served_sent_away_or_served_for_a_while() {
    assert_eq!(closing("serve", "staff = 1").waits("q"), [0.0, 900.0, 34.0 * 60.0]);
    for (at_close, waits) in [("clear", &[0.0][..]), ("serve_for 15m", &[0.0, 900.0])] {
        let played = closing(at_close, "staff = 1");
        assert_eq!(played.waits("q"), waits, "{at_close}");
        assert_eq!(played.count("q", Count::ClosedOut), 3 - waits.len() as u64, "{at_close}");
    }
}

#[test]
fn those_inside_are_served_as_overtime_when_the_shift_ends_with_the_opening() {
    let shift = "shifts.day = { agents = 1, start = \"09:00\", length = \"8h\" }";
    let played = closing("serve", shift);
    assert_eq!(played.count("q", Count::Answered), 3);
    assert_eq!(played.seconds("q", Count::WaitAnswered), 49.0 * 60.0);
    assert_eq!(played.group_seconds("g", GroupCount::Overtime), 50.0 * 60.0);
}

#[test]
fn those_inside_are_sent_away_when_the_last_who_could_serve_them_leaves() {
    // The break due at 16:55 is taken at 17:10, and the shift ends in it.
    let shift = "shifts.day = { agents = 1, start = \"09:00\", length = \"8h20m\", \
                 breaks.late = { after = \"7h55m\", length = \"15m\" } }";
    let played = closing("serve", shift);
    assert_eq!((played.count("q", Count::Answered), played.count("q", Count::ClosedOut)), (1, 2));
    assert_eq!(closing("serve", "staff = { \"00:00\" = 1, \"16:45\" = 0 }").count("q", Count::ClosedOut), 3);
}

#[test]
fn a_queue_open_to_midnight_and_from_midnight_does_not_close() {
    let text = |open: &str| {
        format!(
            "{TWO_DAYS}[queues.q]\ntalk = \"20m\"\nopen = \"{open}\"\nat_close = \"clear\"\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
        )
    };
    let arrivals = [("q", "23:50:00"), ("q", "23:55:00"), ("q", "2026-03-03T00:00:00")];
    assert_eq!(play(&text("daily 00:00-24:00"), &arrivals).waits("q"), [0.0, 900.0, 1800.0]);
    let closes = play(&text("daily 08:00-24:00"), &arrivals);
    assert_eq!((closes.count("q", Count::ClosedOut), closes.count("q", Count::TurnedAway)), (1, 1));
}

/// A contact of ten minutes at `at` is passed on to a queue that is open until 09:00.
fn passed_on(at: &str, at_close: &str, retry: &str) -> Played {
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"10m\"\ntransfers.r.probability = 1\n\
         [queues.r]\ntalk = \"5m\"\nopen = \"daily 08:00-09:00\"\nat_close = \"{at_close}\"\n{retry}\n\
         [groups.g]\nskills = [\"q\", \"r\"]\nstaff = 1\n"
    );
    play(&text, &[("q", at)])
}

#[test]
fn a_transfer_into_a_closed_queue_counts_as_inside_it() {
    for (at, at_close, closed_out) in [
        ("08:45:00", "clear", 0),
        ("08:55:00", "clear", 1),
        ("08:55:00", "serve", 0),
        ("08:55:00", "serve_for 10m", 0),
        ("08:55:00", "serve_for 5m", 1),
        ("20:00:00", "serve", 0),
        ("20:00:00", "serve_for 10m", 1),
    ] {
        let played = passed_on(at, at_close, "");
        let counts = (played.count("r", Count::ClosedOut), played.count("r", Count::Answered));
        assert_eq!(counts, (closed_out, 1 - closed_out), "{at} {at_close}");
    }
}

#[test]
fn who_finds_it_closed_tries_again_within_the_first_interval_of_the_next_opening() {
    let played = passed_on("08:55:00", "clear", "retry.after_closed.probability = 1");
    let again = played.recorder.served.last().expect("it came back");
    let tuesday = Instant::START + Span::DAY + Span::HOUR * 8;
    assert!(again.at >= tuesday && again.at < tuesday + Span::HOUR, "{:?}", again.at.span());
    assert_eq!((played.count("r", Count::ClosedOut), played.count("r", Count::Answered)), (1, 1));
}

#[test]
fn a_repeat_contact_that_falls_due_while_closed_moves_to_the_next_opening() {
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"10m\"\nopen = \"daily 08:00-17:00\"\n\
         resolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"10h\" }} }}\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "12:00:00")]);
    let rows = &played.seen.queues[0].rows;
    // Ten hours after 12:10 it is closed; ten hours after the next opening's, too.
    assert_eq!((rows[12][Count::Entered], rows[24 + 8][Count::Entered]), (1, 1));
    assert_eq!(played.count("q", Count::TurnedAway), 0);
}

// Limits ---------------------------------------------------------------------------------

#[test]
fn one_caller_more_than_waiting_places_or_lines_hears_the_busy_signal() {
    let text = |channel: &str, queue: &str| {
        format!(
            "{MONDAY}[channels.phone]\n{channel}\n[queues.q]\ntalk = \"10m\"\n{queue}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
        )
    };
    let arrivals = ["08:00:00", "08:01:00", "08:02:00", "08:03:00"].map(|at| ("q", at));
    for (channel, queue, blocked) in [
        ("", "max_waiting = 0", 3),
        ("", "max_waiting = 1", 2),
        ("max_waiting = 2", "", 1),
        ("lines = 3", "", 1),
        ("lines = 1", "", 3),
    ] {
        let played = play(&text(channel, queue), &arrivals);
        assert_eq!(played.count("q", Count::Blocked), blocked, "{channel}{queue}");
    }
}

#[test]
fn with_all_lines_taken_even_a_closed_queue_is_busy() {
    let text = format!(
        "{MONDAY}channels.phone.lines = 1\n[queues.q]\ntalk = \"10m\"\nopen = \"daily 08:00-09:00\"\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &["08:55:00", "09:01:00", "09:10:00"].map(|at| ("q", at)));
    assert_eq!((played.count("q", Count::Blocked), played.count("q", Count::TurnedAway)), (1, 1));
}

// Waiting --------------------------------------------------------------------------------

/// A contact in `q`, which nobody serves for long, leaves for `r` after 40 s; `r` is busy with a
/// contact of its own from 08:00:00 for `busy`.
fn overflowing(busy: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"5m\"\npatience = \"60s\"\ntarget = {{ share = 0.8, within = \"5m\" }}\n\
         overflow = {{ after = \"40s\", to = \"r\" }}\n\
         [queues.r]\ntalk = \"{busy}\"\npatience = \"10s\"\ntarget = {{ share = 0.8, within = \"45s\" }}\n\
         [groups.late]\nskills = [\"q\"]\nstaff = {{ \"00:00\" = 0, \"09:00\" = 1 }}\n\
         [groups.g]\nskills = [\"r\"]\nstaff = 1\n"
    );
    play(&text, &[("r", "08:00:00"), ("q", "08:00:00")])
}

#[test]
fn an_overflow_keeps_patience_and_the_targets_clock_and_is_booked_where_it_ends() {
    let answered = overflowing("50s");
    assert_eq!(answered.waits("r"), [0.0, 50.0]);
    assert_eq!(answered.seconds("r", Count::WaitAnswered), 50.0);
    assert_eq!(answered.count("r", Count::AnsweredWithin), 1, "50 s miss 45 s");
    assert_eq!(answered.count("q", Count::Overflowed), 1);
    // The integral of the queue belongs to where it was.
    assert_eq!((answered.seconds("q", Count::Waiting), answered.seconds("r", Count::Waiting)), (40.0, 10.0));
    let given_up = overflowing("10m");
    assert_eq!((given_up.count("r", Count::Abandoned), given_up.count("q", Count::Abandoned)), (1, 0));
    assert_eq!(given_up.seconds("r", Count::WaitAbandoned), 60.0);
}

#[test]
fn a_skill_with_a_delay_helps_when_the_delay_is_over() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[groups.first]\nskills = [\"q\"]\nstaff = 1\n\
         [groups.helpers]\nskills.q.after = \"90s\"\nstaff = 1\n"
    );
    let played = play(&text, &["08:00:00", "08:01:00", "08:02:00"].map(|at| ("q", at)));
    // The third waits for whoever is free first: agent 0, at 08:10.
    assert_eq!(played.served("q"), [(0.0, 0), (90.0, 1), (480.0, 0)]);
}

#[test]
fn delays_of_several_groups_end_one_after_the_other() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[groups.a]\nskills.q.after = \"2m\"\nstaff = 1\n\
         [groups.b]\nskills.q.after = \"30s\"\nstaff = 1\n"
    );
    assert_eq!(play(&text, &[("q", "08:00:00"), ("q", "08:00:10")]).served("q"), [(30.0, 1), (120.0, 0)]);
}

#[test]
fn a_reserve_keeps_agents_for_its_queue() {
    let text = format!(
        "{MONDAY}[queues.other]\ntalk = \"60s\"\n[queues.vip]\ntalk = \"60s\"\n\
         [groups.g]\nskills = [\"other\", \"vip\"]\nstaff = 2\n[routing]\nreserve.vip = 1\n"
    );
    let played = play(&text, &[("other", "08:00:00"), ("other", "08:00:01"), ("vip", "08:00:02")]);
    assert_eq!(played.waits("vip"), [0.0]);
    // Free at 08:01:00 is one agent, which the reserve keeps; at 08:01:02 two are.
    assert_eq!(played.waits("other"), [0.0, 61.0]);
}

#[test]
fn what_a_reserve_held_back_starts_by_queue_priority() {
    let text = format!(
        "{MONDAY}[queues.a]\ntalk = \"2m\"\npriority = 2\n[queues.b]\ntalk = \"2m\"\npriority = 1\n\
         [queues.vip]\ntalk = \"5m\"\n[groups.all]\nskills.a = {{}}\nskills.b = {{}}\nskills.vip.priority = 2\nstaff = 1\n\
         [groups.vips]\nskills = [\"vip\"]\nstaff = 1\n[routing]\nreserve.vip = 1\n"
    );
    let played = play(&text, &[("vip", "08:00:00"), ("a", "08:01:00"), ("b", "08:02:00")]);
    assert_eq!((played.waits("b"), played.waits("a")), (vec![180.0], vec![360.0]));
}

#[test]
fn a_transfer_goes_to_the_tail_by_its_age_or_to_the_head() {
    // Served in `r` from 08:10 on: who arrived at 08:00:40 and 08:02:00, and who was passed on at
    // 08:02:30 after entering `q` at 08:01:30.
    for (requeue, order) in [
        ("tail", [560.0, 1080.0, 1650.0]),
        ("age", [560.0, 1050.0, 1680.0]),
        ("head", [450.0, 1160.0, 1680.0]),
    ] {
        let text = format!(
            "{MONDAY}[queues.q]\ntalk = \"60s\"\ntransfers.r = {{ probability = 1, requeue = \"{requeue}\" }}\n\
             [queues.r]\ntalk = \"10m\"\n[groups.f]\nskills = [\"q\"]\nstaff = 1\n\
             [groups.g]\nskills = [\"r\"]\nstaff = 1\n"
        );
        let arrivals = [("r", "08:00:00"), ("r", "08:00:40"), ("q", "08:01:30"), ("r", "08:02:00")];
        assert_eq!(play(&text, &arrivals).waits("r")[1..], order, "{requeue}");
    }
}

#[test]
fn a_wish_to_be_asked_in_the_past_is_no_wish() {
    /// Wants to have been asked long ago; the clock goes on nevertheless.
    struct Impatient(Instant);
    impl Policy for Impatient {
        fn agent_for(&mut self, _: &Contact, view: &View) -> Offer {
            assert!(view.now() >= self.0, "the clock goes back");
            self.0 = view.now();
            Offer::WaitUntil(Instant::START)
        }
        fn contact_for(&mut self, _: AgentId, _: &View) -> Option<CaseId> {
            None
        }
    }
    let model = plays::compile(
        "horizon = { length = \"2h\" }\n[queues.q]\ntalk = \"60s\"\narrivals.per_hour = 20\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n",
    );
    let mut player = Player::<_, true>::new(&model, Impatient(Instant::START));
    let seen = player.play(1, 0).expect("few arrive");
    assert_eq!(plays::in_all(seen, QueueId(0), Count::StillWaiting), seen.contacts);
    assert!(seen.contacts > 0);
}

// The horizon ----------------------------------------------------------------------------

#[test]
fn at_the_end_contacts_are_cut_or_finish() {
    let text = |end: &str| {
        format!(
            "{}[queues.q]\ntalk = \"60s\"\nresolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"1s\" }} }}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n",
            MONDAY.replace(" }", &format!(", at_end = \"{end}\" }}"))
        )
    };
    let arrivals = [("q", "23:59:30"), ("q", "23:59:40")];
    let cut = play(&text("cut"), &arrivals);
    // The talk that runs at the end is counted to its end: 60 s, not the 30 s until midnight.
    assert_eq!((cut.count("q", Count::Legs), cut.count("q", Count::StillWaiting)), (1, 1));
    assert_eq!(cut.seconds("q", Count::Talk), 60.0);
    let drained = play(&text("drain"), &arrivals);
    assert_eq!((drained.count("q", Count::Legs), drained.count("q", Count::StillWaiting)), (2, 0));
    assert_eq!(drained.waits("q"), [0.0, 50.0]);
    // Nobody tries again: both cases stay open.
    assert_eq!((drained.seen.contacts, drained.count("q", Count::Solved)), (2, 0));
}

#[test]
fn a_warm_up_is_played_and_not_reported() {
    let text = format!(
        "{}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n",
        MONDAY.replace(" }", ", warm_up = \"1d\" }")
    );
    let played =
        play(&text, &[("q", "2026-03-01T12:00:00"), ("q", "2026-03-01T23:59:30"), ("q", "00:00:00")]);
    assert_eq!(played.waits("q"), [0.0, 0.0, 30.0]);
    for count in [Count::Entered, Count::Answered, Count::Legs, Count::Cases, Count::Solved] {
        assert_eq!(played.count("q", count), 1, "{count:?}");
    }
    // Time integrals belong to the clock: the last half minute of the talk before.
    assert_eq!(played.seconds("q", Count::Busy), 90.0);
    assert_eq!(played.group_seconds("g", GroupCount::OnDuty), 86_400.0);
}

#[test]
fn a_trace_is_replayed_however_many_an_hour_holds() {
    let times: Vec<String> =
        (0..200).map(|i| format!("{:02}:{:02}:{:02}", 8 + i / 100, i % 50, i % 7)).collect();
    let arrivals: Vec<(&str, &str)> = times.iter().map(|at| ("q", at.as_str())).collect();
    let text = format!("{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\"]\nstaff = 40\n");
    let played = play(&text, &arrivals);
    let rows = &played.seen.queues[0].rows;
    assert_eq!((rows[8][Count::Cases], rows[9][Count::Cases], played.seen.contacts), (100, 100, 200));
}

#[test]
fn a_horizon_without_arrivals_has_no_figures_rather_than_zeros() {
    let loaded = plays::load(
        "horizon = { start = 2026-03-02 }\nexperiment.replications = 3\n\
         [queues.q]\ntalk = \"60s\"\narrivals.per_hour = 0\ntarget = { share = 0.8, within = \"20s\" }\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 2\n",
    );
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    let results = experiment.run(&Silent).expect("nothing happens").results;
    for figure in ["service_level", "wait", "abandonment", "aht", "delayed", "resolution", "wait_p90"] {
        assert_eq!(results.figure(&format!("queues.q.{figure}")), None, "{figure}");
    }
    let occupancy = results.figure("groups.g.occupancy").expect("agents are there");
    assert_eq!(occupancy.value, 0.0);
}

#[test]
fn an_overload_without_patience_is_found_to_be_unstable() {
    let model = plays::compile(
        "horizon = { length = \"10h\" }\n[queues.busy]\ntalk = \"1h\"\narrivals.per_hour = 400000\n\
         [groups.g]\nskills = [\"busy\"]\nstaff = 1\n",
    );
    let mut player =
        Player::<holdline::routing::RulePolicy>::new(&model, holdline::routing::RulePolicy::new(&model));
    let unstable = player.play(1, 0).expect_err("a million wait after two and a half hours");
    assert_eq!(unstable.queue, "busy");
    assert!((2.4..2.6).contains(&unstable.at.span().hours()), "{:?}", unstable.at.span());
    assert!(unstable.to_string().contains("more than a million contacts wait"), "{unstable}");
}

// Promises -------------------------------------------------------------------------------

#[test]
fn measured_first_contact_resolution_looks_a_window_ahead() {
    let text = |window: &str| {
        format!(
            "{MONDAY}report.fcr_window = \"{window}\"\n[queues.q]\ntalk = \"60s\"\n\
             resolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"10h\" }} }}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
        )
    };
    for (window, repeated) in [("9h59m", 0), ("10h", 1)] {
        let played = play(&text(window), &[("q", "08:00:00")]);
        let counts = &played.seen.queues[0].cases.counts;
        assert_eq!((counts.ever_answered, counts.repeated, counts.contacts), (1, repeated, 2), "{window}");
    }
}

#[test]
fn working_days_count_days_with_an_opening() {
    let model = plays::compile(
        "horizon = { start = 2026-03-02, days = 14 }\n[queues.q]\ntalk = \"60s\"\narrivals.per_hour = 1\n\
         open = [\"mon-fri 08:00-17:00\", \"2026-03-09 closed\"]\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n",
    );
    let openings = model.queues[0].openings.as_ref().expect("it has hours");
    let at = |day: u64, hour: u64| Instant::START + Span::DAY * day + Span::HOUR * hour;
    for (opened, days, due) in [
        (at(0, 9), 1.0, at(1, 9)),
        (at(0, 9), 2.0, at(2, 9)),
        // Friday afternoon: the Monday after is closed.
        (at(4, 16), 1.0, at(8, 16)),
        // After hours: from the next opening.
        (at(4, 20), 1.0, at(9, 8)),
        (at(5, 12), 1.0, at(9, 8)),
        (at(0, 3), 1.0, at(1, 8)),
    ] {
        assert_eq!(openings.working_days_after(opened, days, &model.calendar), due, "{opened:?} {days}");
    }
}

#[test]
fn a_case_solved_by_the_working_day_promised_is_in_time() {
    for (delay, in_time) in [("71h", 1), ("72h", 0)] {
        let text = format!(
            "horizon = {{ start = 2026-03-06, days = 6 }}\n[queues.q]\ntalk = \"60s\"\nopen = \"mon-fri 08:00-20:00\"\n\
             targets.resolve = {{ share = 0.9, within = \"1wd\" }}\n\
             resolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"{delay}\", to = {{ r = 1 }} }} }}\n\
             [queues.r]\ntalk = \"30s\"\n[groups.g]\nskills = [\"q\", \"r\"]\nstaff = 1\n"
        );
        // Promised by Monday, 15:58; solved at 14:59:30 or 15:59:30.
        let played = play(&text, &[("q", "2026-03-06T15:58:00")]);
        let counts = &played.seen.queues[played.queue("q").index()].cases.counts;
        assert_eq!((played.count("q", Count::Solved), counts.solved_in_time), (1, in_time), "{delay}");
    }
}

#[test]
fn each_group_has_its_own_agents() {
    let model = plays::compile(
        "horizon = { length = \"1h\" }\n[queues.q]\ntalk = \"60s\"\narrivals.per_hour = 1\n\
         [groups.b]\nskills = [\"q\"]\nstaff = 2\n[groups.a]\nskills = [\"q\"]\nstaff = 3\n",
    );
    let groups: Vec<GroupId> = model.agents.iter().map(|agent| agent.group).collect();
    assert_eq!(groups, [0, 0, 0, 1, 1].map(GroupId), "by the names of groups");
}
