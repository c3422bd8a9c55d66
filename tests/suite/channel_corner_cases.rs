//! Chats, letters, callbacks and follow-ups in days so small that every time can be worked out by
//! hand.

use holdline::observations::{CaseCounts, Count, GroupCount, LossReason, PassageCount};

use crate::corner_cases::{MONDAY, Played, TWO_DAYS, play};

/// What a chat or messaging channel, a mailbox and a telephone are called here.
const CHANNELS: &str = "channels.chat = { kind = \"chat\", concurrency = 2 }\nchannels.phone.kind = \"voice\"\n\
                        channels.mail = { kind = \"deferred\", interruptible = true, restart_cost = \"30s\" }\n";

#[track_caller]
fn day(text: &str, arrivals: &[(&str, &str)]) -> Played {
    play(&format!("{MONDAY}{CHANNELS}{text}"), arrivals)
}

impl Played {
    fn passage(&self, queue: &str, count: PassageCount) -> u64 {
        self.seen.queues[self.queue(queue).index()].passages[count]
    }

    fn passage_seconds(&self, queue: &str, count: PassageCount) -> f64 {
        self.passage(queue, count) as f64 / 1e6
    }

    fn cases(&self, queue: &str) -> CaseCounts {
        self.seen.queues[self.queue(queue).index()].cases.counts
    }

    /// Total time from opening to solution, in seconds.
    fn resolved_after(&self, queue: &str) -> f64 {
        self.cases(queue).time_to_resolution as f64 / 1e6
    }

    fn lost(&self, queue: &str, why: LossReason) -> u64 {
        self.cases(queue).lost[why as usize]
    }

    fn waited(&self, queue: &str) -> f64 {
        self.seconds(queue, Count::WaitAnswered)
    }
}

// Several at once ------------------------------------------------------------------------

#[test]
fn conversations_are_re_timed_when_another_opens_and_when_it_closes() {
    // The first: 2 of 4 minutes alone, then at half the pace until 08:06. The second has done 2 of 4
    // by then, and the rest takes until 08:08.
    let text = format!(
        "{MONDAY}channels.chat = {{ kind = \"chat\", concurrency = 2, slowdown = [1.0, 2.0] }}\n\
         [queues.c]\nchannel = \"chat\"\ntalk = \"4m\"\n[groups.g]\nskills = [\"c\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("c", "08:00:00"), ("c", "08:02:00")]);
    assert_eq!(played.resolved_after("c"), 360.0 + 360.0);
    assert_eq!(played.seconds("c", Count::Talk), 720.0);
    assert_eq!(played.group_seconds("g", GroupCount::OneOpen), 240.0);
    assert_eq!(played.group_seconds("g", GroupCount::TwoOpen), 240.0);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 480.0);
}

#[test]
fn a_wrap_up_keeps_its_place_and_slows_nobody_down() {
    // The first talks 3 minutes alone and 2 at half the pace, to 08:05, and wraps up to 08:08. The
    // second talks from 08:03, alone from 08:05, to 08:08. The third finds a place then.
    let text = format!(
        "{MONDAY}channels.chat = {{ kind = \"chat\", concurrency = 2, slowdown = [1.0, 2.0] }}\n\
         [queues.c]\nchannel = \"chat\"\ntalk = \"4m\"\nwrap_up = \"3m\"\n[groups.g]\nskills = [\"c\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("c", "08:00:00"), ("c", "08:03:00"), ("c", "08:06:00")]);
    assert_eq!(played.waited("c"), 120.0);
    assert_eq!(played.seconds("c", Count::Talk), 300.0 + 300.0 + 240.0);
    assert_eq!(played.resolved_after("c"), 300.0 + 300.0 + 360.0);
}

#[test]
fn nobody_begins_a_conversation_just_before_the_shift_ends() {
    let text = format!(
        "{MONDAY}channels.chat = {{ kind = \"chat\", concurrency = 3, wind_down = \"15m\" }}\n\
         [queues.c]\nchannel = \"chat\"\ntalk = \"1m\"\npatience = \"5m\"\n[groups.g]\nskills = [\"c\"]\n\
         shifts.day = {{ agents = 1, start = \"08:00\", length = \"1h\" }}\n"
    );
    let played = play(&text, &[("c", "08:44:30"), ("c", "08:45:00"), ("c", "08:45:01")]);
    assert_eq!((played.count("c", Count::Answered), played.count("c", Count::Abandoned)), (2, 1));
}

#[test]
fn capacities_say_what_runs_together() {
    // A chat takes a third of the agent, a letter half: two chats leave no room for a letter.
    let text = "[queues.c]\nchannel = \"chat\"\ntalk = \"10m\"\n[queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\n\
                [groups.g]\nskills = [\"c\", \"m\"]\nstaff = 1\ncapacity = { chat = 0.33, mail = 0.5 }\n";
    let played = day(text, &[("c", "08:00:00"), ("m", "08:01:00")]);
    assert_eq!(played.waited("m"), 0.0);
    let played = day(text, &[("c", "08:00:00"), ("c", "08:01:00"), ("m", "08:02:00")]);
    assert_eq!(played.waited("m"), 480.0);
}

#[test]
fn the_least_loaded_gets_the_next_chat() {
    // The first agent has two chats since 08:00:20, the second one since 08:01:30, when a short one
    // ended: who has had the same load for longest is the first.
    for (rule, three_open) in [("least_loaded", false), ("skill_priority", true)] {
        let text = format!(
            "{MONDAY}channels.chat = {{ kind = \"chat\", concurrency = 3 }}\n\
             [queues.c]\nchannel = \"chat\"\ntalk = \"1m\"\n[queues.l]\nchannel = \"chat\"\ntalk = \"20m\"\n\
             [groups.g]\nskills = [\"c\", \"l\"]\nstaff = 2\n[routing]\nagents = \"{rule}\"\n"
        );
        let arrivals =
            [("l", "08:00:00"), ("l", "08:00:10"), ("l", "08:00:20"), ("c", "08:00:30"), ("l", "08:02:00")];
        let played = play(&text, &arrivals);
        assert_eq!(played.group_seconds("g", GroupCount::ThreeOpen) > 0.0, three_open, "{rule}");
    }
}

#[test]
fn who_leaves_a_chat_without_a_word_costs_time_later() {
    // Busy to 08:05; the second has left at 08:03, which is found out at 08:06:30.
    let text = format!(
        "{MONDAY}channels.chat = {{ kind = \"chat\", concurrency = 1 }}\n[queues.c]\nchannel = \"chat\"\n\
         talk = \"5m\"\npatience = {{ kind = \"constant\", mean = \"2m\", silent = 1, found_out = \"90s\" }}\n\
         [groups.g]\nskills = [\"c\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("c", "08:00:00"), ("c", "08:01:00"), ("c", "08:05:30")]);
    assert_eq!((played.passage("c", PassageCount::Silent), played.count("c", Count::Abandoned)), (1, 1));
    assert_eq!(played.waited("c"), 60.0);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 300.0 + 90.0 + 300.0);
}

// Conversations --------------------------------------------------------------------------

/// Two agents, one conversation each; two replies of a minute, ten minutes between them.
fn messages(more: &str, group: &str) -> String {
    format!(
        "{MONDAY}channels.text = {{ kind = \"messaging\", concurrency = 1 }}\n[queues.t]\nchannel = \"text\"\n\
         conversation = {{ replies = 2, work = \"1m\", customer_reply = \"10m\"{more} }}\n\
         [groups.g]\nskills = [\"t\"]\n{group}\n"
    )
}

#[test]
fn a_conversation_at_rest_keeps_its_place_unless_it_is_parked() {
    let kept = play(&messages("", "staff = 1"), &[("t", "08:00:00"), ("t", "08:05:00")]);
    assert_eq!((kept.waited("t"), kept.passage("t", PassageCount::Parked)), (7.0 * 60.0, 0));
    assert_eq!(kept.seconds("t", Count::Talk), 2.0 * 720.0);
    let parked =
        play(&messages(", park_after = \"2m\"", "staff = 1"), &[("t", "08:00:00"), ("t", "08:05:00")]);
    assert_eq!((parked.waited("t"), parked.passage("t", PassageCount::Parked)), (0.0, 2));
    // At the agent: a minute, two of rest, a minute.
    assert_eq!(parked.seconds("t", Count::Talk), 2.0 * 240.0);
    assert_eq!(parked.resolved_after("t"), 2.0 * 720.0);
    assert_eq!(parked.passage_seconds("t", PassageCount::ResponseTime), 2.0 * 60.0);
    assert_eq!(parked.passage("t", PassageCount::LaterResponses), 2);
    assert_eq!(parked.passage_seconds("t", PassageCount::LaterResponseTime), 2.0 * 60.0);
}

#[test]
fn a_parked_conversation_goes_on_with_the_last_agent_or_with_whoever_is_free() {
    for (to, agents) in [("last_agent", 1), ("queue", 2)] {
        let text = messages(&format!(", park_after = \"2m\", return_to = \"{to}\""), "staff = 2");
        let played = play(&text, &[("t", "08:00:00")]);
        assert_eq!(played.cases("t").agents, agents, "{to}");
    }
}

#[test]
fn a_message_waits_for_the_last_agent_only_while_that_one_is_there() {
    // Both answer one at 08:00. The first one's next message comes at 08:11, when that agent has gone
    // home; it has been given to the other one, who is free.
    let shifts = "shifts.a = { agents = 1, start = \"08:00\", length = \"10m\" }\n\
                  shifts.b = { agents = 1, start = \"08:00\", length = \"4h\" }\n";
    let text = messages(", park_after = \"2m\", return_to = \"last_agent\"", shifts);
    let played = play(&text, &[("t", "08:00:00")]);
    assert_eq!((played.cases("t").agents, played.resolved_after("t")), (2, 720.0));
}

#[test]
fn a_begun_conversation_goes_on_in_the_last_minutes_of_a_shift() {
    // The message comes at 08:11, within the wind-down of a shift that ends at 08:20.
    let text = messages(
        ", park_after = \"2m\", return_to = \"last_agent\"",
        "shifts.a = { agents = 1, start = \"08:00\", length = \"20m\" }\n",
    )
    .replace("concurrency = 1", "concurrency = 1, wind_down = \"15m\"");
    let played = play(&text, &[("t", "08:00:00"), ("t", "08:06:00")]);
    assert_eq!(played.resolved_after("t"), 720.0, "the second is not begun");
    assert_eq!(played.count("t", Count::Answered), 1);
}

#[test]
fn who_has_waited_longest_gets_the_next_reply() {
    // The agent writes to the third from 08:04 to 08:06. The second wrote at 08:04:30, the first at
    // 08:05:00, though the first's conversation is the older one.
    let text = format!(
        "{MONDAY}channels.text = {{ kind = \"messaging\", concurrency = 3 }}\n\
         [queues.a]\nchannel = \"text\"\nconversation = {{ replies = 2, work = \"1m\", customer_reply = \"4m\" }}\n\
         [queues.b]\nchannel = \"text\"\nconversation = {{ replies = 2, work = \"1m\", customer_reply = \"1m\" }}\n\
         [queues.c]\nchannel = \"text\"\nconversation = {{ replies = 1, work = \"2m\", customer_reply = \"1m\" }}\n\
         [groups.g]\nskills = [\"a\", \"b\", \"c\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("a", "08:00:00"), ("b", "08:02:30"), ("c", "08:04:00")]);
    let later = |queue: &str| played.passage_seconds(queue, PassageCount::LaterResponseTime);
    assert_eq!((later("b"), later("a")), (150.0, 180.0));
}

#[test]
fn a_conversation_at_rest_when_the_horizon_ends_is_finished_in_a_drain() {
    for (end, solved) in [("cut", 0), ("drain", 1)] {
        let text = messages(", park_after = \"2m\"", "staff = 1")
            .replace("interval = \"1h\"", &format!("interval = \"1h\", at_end = \"{end}\""));
        assert_eq!(play(&text, &[("t", "23:55:00")]).count("t", Count::Solved), solved, "{end}");
    }
}

// Deferred -------------------------------------------------------------------------------

#[test]
fn interrupted_work_goes_on_with_what_is_left_and_the_restart() {
    // 4 of 10 minutes, two minutes of a call, then 6 minutes and half a one.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"2m\"\n\
                [groups.g]\nskills = [\"m\", \"v\"]\nstaff = 1\n";
    let played = day(text, &[("m", "08:00:00"), ("v", "08:04:00")]);
    assert_eq!(played.waited("v"), 0.0);
    assert_eq!((played.resolved_after("m"), played.seconds("m", Count::Talk)), (750.0, 630.0));
    assert_eq!(played.passage("m", PassageCount::Interrupted), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 750.0);
}

#[test]
fn an_idle_agent_is_preferred_to_an_interruption() {
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"2m\"\n\
                [groups.g]\nskills = [\"m\", \"v\"]\nstaff = 1\n[groups.h]\nskills.v.priority = 2\nstaff = 1\n";
    let played = day(text, &[("m", "08:00:00"), ("v", "08:04:00"), ("v", "08:05:00")]);
    assert_eq!(played.passage("m", PassageCount::Interrupted), 1, "by the second call only");
    assert_eq!(played.resolved_after("m"), 750.0);
}

#[test]
fn one_is_interrupted_at_most() {
    // Two letters; the first chat interrupts the later one, the second chat waits for the first.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\n[queues.c]\nchannel = \"chat\"\ntalk = \"3m\"\n\
                [groups.g]\nskills = [\"m\", \"c\"]\nstaff = 1\ncapacity = { chat = 0.5, mail = 0.5 }\n";
    let played = day(text, &[("m", "08:00:00"), ("m", "08:01:00"), ("c", "08:02:00"), ("c", "08:03:00")]);
    assert_eq!((played.waited("c"), played.passage("m", PassageCount::Interrupted)), (120.0, 1));
    // The first is never touched; the second: a minute, then from 08:08 nine and a half.
    assert_eq!(played.resolved_after("m"), 600.0 + 16.5 * 60.0);
}

#[test]
fn what_is_interrupted_is_the_latest_that_makes_room() {
    let text = "channels.notes = { kind = \"deferred\", interruptible = true }\n\
                [queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\n[queues.n]\nchannel = \"notes\"\ntalk = \"10m\"\n\
                [queues.c]\nchannel = \"chat\"\ntalk = \"3m\"\n[groups.g]\nskills = [\"m\", \"n\", \"c\"]\nstaff = 1\n\
                capacity = { chat = 0.5, mail = 0.8, notes = 0.2 }\n";
    let played = day(text, &[("m", "08:00:00"), ("n", "08:01:00"), ("c", "08:02:00")]);
    assert_eq!(played.waited("c"), 0.0);
    let interrupted = |queue: &str| played.passage(queue, PassageCount::Interrupted);
    assert_eq!((interrupted("m"), interrupted("n")), (1, 0));
}

#[test]
fn interrupted_work_of_someone_who_goes_home_returns_to_the_head_of_its_queue() {
    // 8 of 20 minutes, a call to 09:03, past the end of the shift. The other agent begins at 09:02
    // with the letter of 08:59, goes on with the returned one at 09:22, and with that of 09:01 at
    // 09:34:30.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"5m\"\n\
                [groups.g]\nskills = [\"m\", \"v\"]\nshifts.day = { agents = 1, start = \"08:00\", length = \"1h\" }\n\
                [groups.h]\nskills = [\"m\"]\nshifts.day = { agents = 1, start = \"09:02\", length = \"8h\" }\n";
    let arrivals = [("m", "08:50:00"), ("v", "08:58:00"), ("m", "08:59:00"), ("m", "09:01:00")];
    let played = day(text, &arrivals);
    assert_eq!(played.waited("m"), 180.0 + 33.5 * 60.0);
    assert_eq!(played.resolved_after("m"), 44.5 * 60.0 + 23.0 * 60.0 + 53.5 * 60.0);
    assert_eq!(played.group_seconds("g", GroupCount::Overtime), 180.0);
    assert_eq!(played.count("m", Count::Answered), 3);
}

#[test]
fn a_customer_who_waits_too_long_calls_and_the_letter_is_a_duplicate() {
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\n\
                chase = { probability = 1, after = \"1h\", to = { v = 1 }, limit = 1 }\n\
                [queues.v]\nchannel = \"phone\"\ntalk = \"5m\"\n\
                [groups.g]\nskills = [\"v\"]\nstaff = 1\n[groups.h]\nskills = [\"m\"]\nstaff = { \"00:00\" = 0, \"10:00\" = 1 }\n";
    let played = day(text, &[("m", "08:00:00")]);
    assert_eq!((played.passage("m", PassageCount::Chased), played.count("v", Count::Answered)), (1, 1));
    assert_eq!((played.count("m", Count::Solved), played.resolved_after("m")), (1, 65.0 * 60.0));
    assert_eq!((played.count("m", Count::Answered), played.seconds("m", Count::Talk)), (1, 60.0));
    assert_eq!(played.waited("m"), 7200.0);
}

#[test]
fn an_interrupted_duplicate_is_still_a_duplicate() {
    // At 10:00 the duplicate of a minute; a call interrupts it at 10:00:30, at the end of the shift.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\n\
                chase = { probability = 1, after = \"1h\", to = { v = 1 }, limit = 1 }\n\
                [queues.v]\nchannel = \"phone\"\ntalk = \"5m\"\n[queues.w]\nchannel = \"phone\"\ntalk = \"5m\"\n\
                [groups.g]\nskills = [\"v\"]\nstaff = 1\n\
                [groups.h]\nskills = [\"m\", \"w\"]\nshifts.a = { agents = 1, start = \"10:00\", length = \"2m\" }\n\
                shifts.b = { agents = 1, start = \"11:00\", length = \"2h\" }\n";
    let played = day(text, &[("m", "08:00:00"), ("w", "10:00:30")]);
    assert_eq!((played.count("m", Count::Answered), played.count("m", Count::Legs)), (1, 1));
    assert_eq!(played.passage("m", PassageCount::Interrupted), 1);
    // Half a minute; then what is left and the restart.
    assert_eq!(played.seconds("m", Count::Talk), 30.0 + 60.0);
}

#[test]
fn a_deadline_counts_opening_hours() {
    // Written on Monday at 15:00 and 15:30, due on Tuesday at 11:00 and 11:30; done at 10:55, 11:50.
    let text = format!(
        "{TWO_DAYS}channels.mail.kind = \"deferred\"\n[queues.m]\nchannel = \"mail\"\ntalk = \"55m\"\n\
         open = \"mon-fri 09:00-17:00\"\ntarget = {{ share = 0.9, within = \"4h\", clock = \"open_hours\" }}\n\
         [groups.g]\nskills = [\"m\"]\nshifts.day = {{ agents = 1, days = \"tue\", start = \"10:00\", length = \"8h\" }}\n"
    );
    let played = play(&text, &[("m", "15:00:00"), ("m", "15:30:00")]);
    let passage = |count| played.passage("m", count);
    assert_eq!((passage(PassageCount::Responses), passage(PassageCount::ResponsesWithin)), (2, 1));
}

#[test]
fn a_working_day_skips_the_weekend() {
    // Written on Friday at 14:00 and 15:00, due on Monday at the same times; done at 14:20 and 14:40.
    let text = "horizon = { start = 2026-03-06, days = 4, interval = \"1h\" }\nchannels.mail.kind = \"deferred\"\n\
                [queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\nopen = \"mon-fri 09:00-17:00\"\n\
                target = { share = 0.9, within = \"1wd\" }\n[groups.g]\nskills = [\"m\"]\n\
                shifts.day = { agents = 1, days = \"mon\", start = \"14:00\", length = \"2h\" }\n";
    let played = play(text, &[("m", "2026-03-06T14:00:00"), ("m", "2026-03-06T15:00:00")]);
    let passage = |count| played.passage("m", count);
    assert_eq!((passage(PassageCount::Responses), passage(PassageCount::ResponsesWithin)), (2, 1));
}

#[test]
fn help_after_a_while_takes_up_an_unlimited_backlog_too() {
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"1h\"\nbacklog = \"unlimited\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"1m\"\n\
                [groups.g]\nskills.m.after = \"5m\"\nskills.v = {}\nstaff = 2\n";
    let played = day(text, &[("v", "12:00:00")]);
    assert_eq!(played.count("m", Count::Legs), 2 * 23, "both from 00:05 on");
}

// Transfers ------------------------------------------------------------------------------

/// `a` passes everyone on to `b`, whose agent is busy from 08:01:30 to 08:04:30.
fn passed_on(kind: &str, more: &str) -> Played {
    let text = format!(
        "[queues.a]\nchannel = \"phone\"\ntalk = \"2m\"\nwrap_up = \"1m\"\ntransfers.b = {{ probability = 1, {kind} }}\n\
         [queues.b]\nchannel = \"phone\"\ntalk = \"3m\"\n{more}[groups.g]\nskills = [\"a\"]\nstaff = 1\n\
         [groups.h]\nskills = [\"b\"]\nstaff = 1\n"
    );
    day(&text, &[("a", "08:00:00"), ("b", "08:01:30")])
}

#[test]
fn a_cold_transfer_frees_the_agent_at_once() {
    let played = passed_on("kind = \"cold\"", "");
    assert_eq!((played.waited("b"), played.group_seconds("g", GroupCount::Working)), (150.0, 180.0));
}

#[test]
fn a_warm_transfer_holds_the_agent_and_both_are_busy_at_the_handover() {
    let played = passed_on("kind = \"warm\", handover = \"30s\"", "");
    assert_eq!((played.waited("b"), played.passage_seconds("a", PassageCount::Hold)), (150.0, 180.0));
    assert_eq!((played.seconds("a", Count::Talk), played.seconds("a", Count::WrapUp)), (300.0, 60.0));
    assert_eq!(played.seconds("b", Count::Talk), 180.0 + 210.0);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 360.0);
    assert_eq!(played.resolved_after("a"), 120.0 + 150.0 + 210.0);
}

#[test]
fn a_hold_limit_makes_it_a_cold_transfer() {
    let played = passed_on("kind = \"warm\", handover = \"30s\", hold_limit = \"1m\"", "");
    assert_eq!((played.waited("b"), played.passage_seconds("a", PassageCount::Hold)), (150.0, 60.0));
    assert_eq!(played.seconds("b", Count::Talk), 360.0, "nobody is left to tell");
    assert_eq!(played.group_seconds("g", GroupCount::Working), 240.0);
}

#[test]
fn an_agent_who_stays_is_free_when_the_customer_gives_up() {
    let played = passed_on("kind = \"warm\", handover = \"30s\"", "patience = \"1m\"\n");
    assert_eq!(
        (played.count("b", Count::Abandoned), played.passage_seconds("a", PassageCount::Hold)),
        (1, 60.0)
    );
    assert_eq!(played.group_seconds("g", GroupCount::Working), 240.0);
}

#[test]
fn in_a_conference_the_first_agent_stays_to_the_end() {
    let played = passed_on("kind = \"conference\"", "");
    assert_eq!(played.passage_seconds("a", PassageCount::Hold), 150.0 + 180.0);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 120.0 + 330.0 + 60.0);
    assert_eq!(played.seconds("b", Count::Talk), 360.0);
}

#[test]
fn an_agent_who_stays_with_two_customers_is_free_after_the_second() {
    // Both chats are passed on, at 08:02 and 08:03, and taken over at 08:10 and 08:20.
    let text = "[queues.c]\nchannel = \"chat\"\ntalk = \"2m\"\ntransfers.b = { probability = 1, kind = \"warm\" }\n\
                [queues.d]\nchannel = \"chat\"\ntalk = \"1m\"\n[queues.b]\nchannel = \"phone\"\ntalk = \"10m\"\n\
                [groups.g]\nskills = [\"c\", \"d\"]\nstaff = 1\n[groups.h]\nskills = [\"b\"]\nstaff = 1\n";
    let played = day(text, &[("b", "08:00:00"), ("c", "08:00:00"), ("c", "08:01:00"), ("d", "08:12:00")]);
    assert_eq!(played.passage_seconds("c", PassageCount::Hold), 480.0 + 1020.0);
    assert_eq!(played.waited("d"), 480.0);
}

#[test]
fn an_agent_who_wraps_up_after_staying_takes_the_next_chat_beside_it() {
    // Taken over at 08:10; the wrap-up of 5 minutes leaves room for another chat.
    let text = "[queues.c]\nchannel = \"chat\"\ntalk = \"2m\"\nwrap_up = \"5m\"\ntransfers.b = { probability = 1, kind = \"warm\" }\n\
                [queues.d]\nchannel = \"chat\"\ntalk = \"1m\"\n[queues.b]\nchannel = \"phone\"\ntalk = \"10m\"\n\
                [groups.g]\nskills = [\"c\", \"d\"]\nstaff = 1\n[groups.h]\nskills = [\"b\"]\nstaff = 1\n";
    let played = day(text, &[("b", "08:00:00"), ("c", "08:00:00"), ("d", "08:09:00")]);
    assert_eq!(played.waited("d"), 60.0);
}

#[test]
fn transfers_stop_at_their_limit() {
    let text = |limit: &str| {
        format!(
            "{MONDAY}[queues.a]\ntalk = \"1m\"\ntransfers.b = {{ probability = 1 }}\n\
             [queues.b]\ntalk = \"1m\"\ntransfers.a = {{ probability = 1 }}\n\
             [groups.g]\nskills = [\"a\", \"b\"]\nstaff = 1\n[routing]\nmax_transfers = {limit}\n"
        )
    };
    for (limit, legs) in [("0", (1, 0)), ("1", (1, 1)), ("4", (3, 2))] {
        let played = play(&text(limit), &[("a", "08:00:00")]);
        assert_eq!((played.count("a", Count::Legs), played.count("b", Count::Legs)), legs, "{limit}");
    }
}

#[test]
fn after_some_attempts_a_case_goes_to_a_higher_level() {
    let text = format!(
        "{MONDAY}[queues.a]\ntalk = \"1m\"\nescalation = {{ to = \"b\", after_attempts = 2 }}\n\
         resolution = {{ probability = 0, recontact = {{ probability = 1, delay = \"10m\" }} }}\n\
         [queues.b]\ntalk = \"1m\"\n[groups.g]\nskills = [\"a\", \"b\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("a", "08:00:00")]);
    assert_eq!((played.count("a", Count::Legs), played.count("b", Count::Legs)), (2, 1));
    assert_eq!(played.passage("a", PassageCount::Escalated), 1);
    assert_eq!(played.resolved_after("a"), 23.0 * 60.0);
}

#[test]
fn after_a_wait_a_contact_goes_to_a_higher_level() {
    let text = format!(
        "{MONDAY}[queues.a]\ntalk = \"10m\"\nescalation = {{ to = \"b\", after_wait = \"2m\" }}\n\
         [queues.b]\ntalk = \"1m\"\n[groups.g]\nskills = [\"a\"]\nstaff = 1\n[groups.h]\nskills = [\"b\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("a", "08:00:00"), ("a", "08:01:00")]);
    assert_eq!((played.count("b", Count::Answered), played.waited("b")), (1, 120.0));
    assert_eq!(played.passage("a", PassageCount::Escalated), 1);
}

// Callbacks ------------------------------------------------------------------------------

/// One agent, ten minutes a talk; whoever must wait in `q` is called back, in `r` not.
fn called_back(start: &str, staff: u32, arrivals: &[(&str, &str)]) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n\
         callback = {{ offer_when = {{ queue_length = 0 }}, accept = 1, start_when = {start} }}\n\
         [queues.r]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\", \"r\"]\nstaff = {staff}\n"
    );
    play(&text, arrivals)
}

#[test]
fn a_kept_place_is_reached_in_its_turn() {
    let arrivals = [("q", "08:00:00"), ("r", "08:01:00"), ("q", "08:02:00"), ("r", "08:03:00")];
    let played = called_back("\"place_reached\"", 1, &arrivals);
    assert_eq!(played.passage_seconds("q", PassageCount::CallbackDelay), 18.0 * 60.0);
    assert_eq!(played.waited("r"), 9.0 * 60.0 + 27.0 * 60.0);
    assert_eq!((played.count("q", Count::CalledBack), played.count("q", Count::Answered)), (1, 2));
}

#[test]
fn a_callback_waits_for_its_limit_while_others_wait() {
    // Nobody else may wait, until 15 minutes have passed at 08:16: at 08:20 it comes first.
    let arrivals =
        [("q", "08:00:00"), ("q", "08:01:00"), ("r", "08:02:00"), ("r", "08:03:00"), ("r", "08:04:00")];
    let played = called_back("{ within = \"15m\" }", 1, &arrivals);
    assert_eq!(played.passage_seconds("q", PassageCount::CallbackDelay), 19.0 * 60.0);
    assert_eq!(played.waited("r"), (8.0 + 27.0 + 36.0) * 60.0);
}

#[test]
fn a_callback_waits_for_enough_idle_agents() {
    let played =
        called_back("{ idle_agents = 2 }", 2, &[("q", "08:00:00"), ("q", "08:01:00"), ("q", "08:02:00")]);
    assert_eq!(played.passage_seconds("q", PassageCount::CallbackDelay), 9.0 * 60.0);
}

#[test]
fn the_line_is_free_while_a_place_is_kept() {
    let text = format!(
        "{MONDAY}channels.phone.lines = 2\n[queues.q]\ntalk = \"10m\"\n\
         callback = {{ offer_when = {{ queue_length = 0 }}, accept = 1, start_when = \"place_reached\" }}\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:01:00"), ("q", "08:02:00")]);
    assert_eq!((played.count("q", Count::Blocked), played.passage("q", PassageCount::CallbacksDone)), (0, 2));
}

#[test]
fn a_customer_who_is_never_reached_is_lost() {
    // Calls at 08:10:00, 08:15:30 and 08:21:00, half a minute each.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[queues.q.callback]\noffer_when = {{ queue_length = 0 }}\naccept = 1\n\
         start_when = \"place_reached\"\nreached = 0\nring = \"30s\"\nretries = 2\nretry_after = \"5m\"\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:01:00")]);
    assert_eq!(played.passage("q", PassageCount::CallbacksUnreached), 1);
    assert_eq!(played.lost("q", LossReason::Unreached), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 600.0 + 90.0);
}

#[test]
fn a_place_kept_over_night_is_reached_at_the_opening() {
    // Closed from 09:00; the agent, on duty all day, is free from 09:05 on and calls the next morning.
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"10m\"\nopen = \"daily 08:00-09:00\"\n\
         callback = {{ offer_when = {{ queue_length = 0 }}, accept = 1, start_when = \"place_reached\" }}\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:55:00"), ("q", "08:56:00")]);
    assert_eq!(played.passage_seconds("q", PassageCount::CallbackDelay), 23.0 * 3600.0 + 240.0);
}

#[test]
fn a_callback_is_no_transfer() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\ntransfers.r.probability = 1\n\
         callback = {{ offer_when = {{ queue_length = 0 }}, accept = 1, start_when = \"place_reached\" }}\n\
         [queues.r]\ntalk = \"1m\"\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n[groups.h]\nskills = [\"r\"]\nstaff = 1\n\
         [routing]\nmax_transfers = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:01:00")]);
    assert_eq!(
        (played.passage("q", PassageCount::CallbacksDone), played.count("r", Count::Answered)),
        (1, 2)
    );
}

// Self-service ---------------------------------------------------------------------------

/// A minute in front of `q`, which is open from 08:00 to 09:00; beside it a mailbox.
fn self_served(service: &str, more: &str, arrivals: &[(&str, &str)]) -> Played {
    let text = format!(
        "[queues.q]\nchannel = \"phone\"\ntalk = \"5m\"\nopen = \"daily 08:00-09:00\"\n{more}\n\
         self_service = {{ time = \"1m\", {service} }}\n[queues.m]\nchannel = \"mail\"\ntalk = \"2m\"\n\
         [groups.g]\nskills = [\"q\", \"m\"]\nstaff = 1\n"
    );
    day(&text, arrivals)
}

#[test]
fn who_passes_self_service_while_the_queue_is_closed_goes_elsewhere() {
    let played = self_served("to_when_closed = { m = 1 }", "", &[("q", "07:00:00"), ("q", "08:30:00")]);
    assert_eq!((played.count("q", Count::TurnedAway), played.count("m", Count::Answered)), (0, 1));
    assert_eq!(played.resolved_after("q"), 180.0 + 360.0);
}

#[test]
fn who_passes_self_service_may_be_sent_to_another_queue_when_open() {
    let played = self_served("to = { m = 1 }", "", &[("q", "08:30:00")]);
    assert_eq!((played.count("q", Count::Answered), played.count("m", Count::Answered)), (0, 1));
}

#[test]
fn who_tries_again_in_the_next_opening_does_not_find_the_door_open_all_night() {
    let redial = "redial.after_closed.probability = 1";
    let played = self_served("hang_up = 0", redial, &[("q", "07:00:00")]);
    assert_eq!(played.count("q", Count::TurnedAway), 1);
    assert_eq!(played.seen.contacts, 2);
    assert_eq!(played.passage("q", PassageCount::Sessions), 2);
}

#[test]
fn the_falsely_contained_come_back() {
    // Each time after a minute and two hours.
    let service = "containment = 1, false_containment = { share = 1, delay = \"2h\" }";
    let played = self_served(service, "", &[("q", "08:00:00")]);
    assert_eq!(played.passage("q", PassageCount::FalselyContained), 8);
    assert_eq!((played.count("q", Count::Contained), played.seen.contacts), (0, 8));
}

#[test]
fn a_session_too_many_hears_the_busy_signal() {
    let played = self_served(
        "sessions = 1, hang_up = 1",
        "",
        &[("q", "08:00:00"), ("q", "08:00:30"), ("q", "08:01:00")],
    );
    assert_eq!((played.count("q", Count::Blocked), played.lost("q", LossReason::HungUp)), (1, 2));
}

// Follow-ups -----------------------------------------------------------------------------

/// Everyone is solved after ten minutes; the follow-up takes three.
fn followed_up(follow_up: &str, group: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\n{follow_up}\n\
         [groups.g]\nskills = [\"q\"]\n{group}\n"
    );
    play(&text, &[("q", "08:00:00")])
}

#[test]
fn a_follow_up_waits_for_the_break_of_its_owner_to_end() {
    // Due to begin at 10:10; the first of two agents has a break from 10:00 to 10:30.
    let group = "shifts.day = { agents = 2, start = \"08:00\", length = \"8h\", \
                 breaks.tea = { after = \"2h\", length = \"30m\", spread = \"4h\" } }";
    let played = followed_up("owner = \"first_agent\"\nafter = \"2h\"", group);
    assert_eq!(played.passage_seconds("f", PassageCount::FollowUpDelay), 140.0 * 60.0);
    assert_eq!((played.waited("f"), played.count("f", Count::Answered)), (20.0 * 60.0, 1));
}

#[test]
fn a_follow_up_is_done_by_others_when_its_owner_is_not_back_in_time() {
    // At 13:10 the owner has gone home, to be back at 08:00; a day's date is later, six hours are not.
    let group = "shifts.early = { agents = 1, start = \"08:00\", length = \"4h\" }\n\
                 shifts.late = { agents = 1, start = \"12:00\", length = \"8h\" }\n";
    for (due, reassigned) in [("24h", 0), ("6h", 1)] {
        let played = followed_up(&format!("after = \"5h\"\ndue = \"{due}\""), group);
        let passage = |count| played.passage("f", count);
        assert_eq!(passage(PassageCount::FollowUpsReassigned), reassigned, "{due}");
        assert_eq!(passage(PassageCount::FollowUpsOnTime), reassigned, "{due}");
    }
}

#[test]
fn what_an_owner_leaves_undone_is_done_by_others_when_it_goes_home() {
    // The owner talks from 11:52 to 12:02, past the end of the shift; the follow-up waits since 11:55.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\nqueues = [\"q\"]\n\
         after = \"225m\"\ndue = \"6h\"\n[queues.r]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\", \"r\"]\n\
         shifts.early = {{ agents = 1, start = \"08:00\", length = \"4h\" }}\n\
         shifts.late = {{ agents = 1, start = \"12:30\", length = \"4h\" }}\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("r", "11:52:00")]);
    assert_eq!(played.passage("f", PassageCount::FollowUpsReassigned), 1);
    assert_eq!(played.waited("f"), 35.0 * 60.0);
}

#[test]
fn anonymous_staff_owns_as_a_group() {
    // The first agent talks when the follow-up is due; the other one does it at once.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\nafter = \"1h\"\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 2\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:05:00"), ("q", "09:05:00")]);
    assert_eq!(played.waited("f"), 0.0);
    assert_eq!(played.passage("f", PassageCount::FollowUpsDone), 3);
}

/// Nobody is solved in `q`.
fn unresolved(recontact: &str, follow_up: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\nresolution = {{ probability = 0{recontact} }}\n[queues.r]\ntalk = \"10m\"\n\
         [follow_ups.f]\ntrigger = \"unresolved\"\ntalk = \"3m\"\n{follow_up}\n\
         [groups.g]\nskills = [\"q\", \"r\"]\nstaff = 1\n"
    );
    play(&text, &[("q", "08:00:00")])
}

#[test]
fn a_follow_up_is_needless_when_the_case_is_solved() {
    let again = ", recontact = { probability = 1, delay = \"1h\", to = { r = 1 } }";
    let played = unresolved(again, "after = \"2h\"\nsolves = 1");
    assert_eq!(played.passage("f", PassageCount::FollowUpsNeedless), 1);
    assert_eq!((played.count("q", Count::Solved), played.resolved_after("q")), (1, 80.0 * 60.0));
}

#[test]
fn a_follow_up_solves_a_case_that_would_be_lost() {
    let played = unresolved("", "after = \"1h\"\nsolves = 1");
    assert_eq!(played.passage("f", PassageCount::FollowUpsSolved), 1);
    assert_eq!((played.count("q", Count::Solved), played.count("q", Count::Lost)), (1, 0));
    assert_eq!(played.resolved_after("q"), 73.0 * 60.0);
}

#[test]
fn a_follow_up_that_solves_nothing_loses_the_case_in_the_end() {
    let played = unresolved("", "after = \"1h\"\nsolves = 0.000001");
    assert_eq!((played.count("q", Count::Lost), played.lost("q", LossReason::Unsolved)), (1, 1));
}

#[test]
fn a_customer_who_is_not_reached_is_tried_again_and_then_lost() {
    // At 09:10:00 and an hour after 09:10:30.
    let played = unresolved(
        "",
        "after = \"1h\"\nsolves = 1\nreached = 0\nretries = 1\nretry_after = \"1h\"\nring = \"30s\"",
    );
    assert_eq!(played.passage("f", PassageCount::FollowUpsUnreached), 1);
    assert_eq!(played.lost("q", LossReason::Unsolved), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 660.0);
}

#[test]
fn a_follow_up_keeps_to_the_opening_hours() {
    // Solved at 08:10, an hour of open time left: due on Tuesday at 08:10. After two hours it is
    // closed, so it begins on Tuesday at 08:00.
    let text = format!(
        "{TWO_DAYS}[queues.q]\ntalk = \"10m\"\nopen = \"daily 08:00-09:00\"\n\
         [follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\nafter = \"2h\"\ndue = \"1h\"\nclock = \"open_hours\"\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00")]);
    assert_eq!(played.passage_seconds("f", PassageCount::FollowUpDelay), 23.0 * 3600.0 + 50.0 * 60.0);
    assert_eq!(played.passage("f", PassageCount::FollowUpsOnTime), 1);
}

#[test]
fn a_transfer_starts_the_follow_up_that_it_names() {
    let text = format!(
        "{MONDAY}[queues.a]\ntalk = \"2m\"\ntransfers.b = {{ probability = 1, follow_up = \"f\" }}\n[queues.b]\ntalk = \"3m\"\n\
         [follow_ups.f]\ntrigger = \"transfer\"\nowner = \"first_agent\"\ntalk = \"3m\"\nafter = \"1h\"\n\
         [groups.g]\nskills = [\"a\"]\nshifts.day = {{ agents = 1, start = \"08:00\", length = \"8h\" }}\n\
         [groups.h]\nskills = [\"b\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("a", "08:00:00")]);
    assert_eq!(played.passage("f", PassageCount::FollowUpsDone), 1);
    assert_eq!(played.group_seconds("g", GroupCount::Working), 120.0 + 180.0, "by the first agent");
}

#[test]
fn a_complaint_is_a_customer_who_comes_back_unsolved() {
    let again = ", recontact = { probability = 1, delay = \"1h\", to = { r = 1 } }";
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\nresolution = {{ probability = 0{again} }}\n[queues.r]\ntalk = \"10m\"\n\
         [follow_ups.f]\ntrigger = \"complaint\"\ntalk = \"3m\"\nafter = \"1h\"\n[groups.g]\nskills = [\"q\", \"r\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00")]);
    assert_eq!(played.passage("f", PassageCount::FollowUps), 1);
    // Started when the customer is back, at 09:10.
    assert_eq!(played.passage_seconds("f", PassageCount::FollowUpDelay), 3600.0);
}

// Continuity -----------------------------------------------------------------------------

/// Two agents. Nobody is solved in `q`, everyone comes back an hour later in `r`.
fn returning(routing: &str, arrivals: &[(&str, &str)]) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n\
         resolution = {{ probability = 0, recontact = {{ probability = 1, delay = \"1h\", to = {{ r = 1 }} }} }}\n\
         [queues.r]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\", \"r\"]\nstaff = 2\n{routing}\n"
    );
    play(&text, arrivals)
}

#[test]
fn a_returning_customer_goes_to_the_last_agent() {
    let by_first = |played: &Played| played.cases("q").solved_by_first_agent;
    assert_eq!(by_first(&returning("", &[("q", "08:00:00")])), 0);
    assert_eq!(by_first(&returning("[routing]\nsticky = \"5m\"", &[("q", "08:00:00")])), 1);
}

#[test]
fn a_returning_customer_waits_for_the_last_agent_so_long_and_no_longer() {
    // Back at 09:10; a call of 09:05 to 09:15 keeps the last agent, as the other one's of 09:04 does
    // not: it is over at 09:14.
    let arrivals = [("q", "08:00:00"), ("r", "09:04:00"), ("r", "09:05:00")];
    let waited =
        |sticky: &str| returning(&format!("[routing]\nsticky = \"{sticky}\""), &arrivals).waited("r");
    assert_eq!((waited("10m"), waited("2m")), (300.0, 240.0));
}

#[test]
fn a_knowledge_base_helps_with_every_leg_and_history_with_the_later_ones() {
    let arrivals = [("q", "08:00:00")];
    let talked = |played: &Played| (played.seconds("q", Count::Talk), played.seconds("r", Count::Talk));
    assert_eq!(talked(&returning("[knowledge_base]\ntalk = 0.5", &arrivals)), (300.0, 300.0));
    assert_eq!(talked(&returning("[customer_history]\ntalk = 0.5", &arrivals)), (600.0, 300.0));
    let both = "[customer_history]\ntalk = 0.5\n[knowledge_base]\ntalk = 0.5";
    assert_eq!(talked(&returning(both, &arrivals)), (300.0, 150.0));
}

#[test]
fn a_knowledge_base_helps_with_every_reply() {
    let text = messages("", "staff = 1\n[knowledge_base]\ntalk = 0.5");
    let played = play(&text, &[("t", "08:00:00")]);
    assert_eq!(played.resolved_after("t"), 30.0 + 600.0 + 30.0);
}

#[test]
fn a_knowledge_base_solves_and_contains_more() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\nresolution.probability = 0.5\n[queues.s]\ntalk = \"10m\"\n\
         self_service = {{ time = \"1m\", containment = 0.5 }}\n[groups.g]\nskills = [\"q\", \"s\"]\nstaff = 20\n\
         [knowledge_base]\nresolution = 2\ncontainment = 2\n"
    );
    let arrivals: Vec<_> = ["q", "s"].iter().flat_map(|queue| [(*queue, "08:00:00"); 8]).collect();
    let played = play(&text, &arrivals);
    assert_eq!((played.count("q", Count::Solved), played.count("s", Count::Contained)), (8, 8));
}
