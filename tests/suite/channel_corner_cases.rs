//! Chats, conversations and letters in days so small that every time can be worked out by hand.

use holdline::observations::{CaseCounts, Count, GroupCount, LossReason, PassageCount};

use crate::corner_cases::{MONDAY, Played, TWO_DAYS, play};

/// What a chat or messaging channel, a mailbox and a telephone are called here.
const CHANNELS: &str = "channels.chat = { kind = \"chat\", concurrency = 2 }\nchannels.phone.kind = \"voice\"\n\
                        channels.mail = { kind = \"deferred\", interruptible = true, restart_cost = \"30s\" }\n";

#[track_caller]
pub fn day(text: &str, arrivals: &[(&str, &str)]) -> Played {
    play(&format!("{MONDAY}{CHANNELS}{text}"), arrivals)
}

impl Played {
    pub fn passage(&self, queue: &str, count: PassageCount) -> u64 {
        self.seen.queues[self.queue(queue).index()].passages[count]
    }

    pub fn passage_seconds(&self, queue: &str, count: PassageCount) -> f64 {
        self.passage(queue, count) as f64 / 1e6
    }

    pub fn cases(&self, queue: &str) -> CaseCounts {
        self.seen.queues[self.queue(queue).index()].cases.counts
    }

    /// Total time from opening to solution, in seconds.
    pub fn resolved_after(&self, queue: &str) -> f64 {
        self.cases(queue).time_to_resolution as f64 / 1e6
    }

    pub fn lost(&self, queue: &str, why: LossReason) -> u64 {
        self.cases(queue).lost[why as usize]
    }

    pub fn waited(&self, queue: &str) -> f64 {
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

#[test]
fn a_knowledge_base_helps_with_every_reply() {
    let text = messages("", "staff = 1\n[knowledge_base]\ntalk = 0.5");
    let played = play(&text, &[("t", "08:00:00")]);
    assert_eq!(played.resolved_after("t"), 30.0 + 600.0 + 30.0);
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
fn who_waits_is_served_before_an_interrupted_letter_goes_on() {
    // Two calls of five minutes interrupt the letter; the third waits for the first of them to end, not
    // for a fourth to interrupt once more.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"5m\"\n\
                [groups.g]\nskills = [\"m\", \"v\"]\nstaff = 1\n";
    let arrivals =
        [("m", "08:00:00"), ("v", "08:10:00"), ("v", "08:12:00"), ("v", "08:13:00"), ("v", "08:16:00")];
    let played = day(text, &arrivals);
    // 08:10, 08:15, 08:20, 08:25; the letter goes on at 08:30.
    assert_eq!(played.waited("v"), 180.0 + 420.0 + 540.0);
    assert_eq!(played.passage("m", PassageCount::Interrupted), 1);
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
fn who_calls_in_vain_still_waits_for_the_letter() {
    // The telephone is closed at 09:00 and nobody tries again: the letter of 08:00 is answered at 10:20.
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\n\
                chase = { probability = 1, after = \"1h\", to = { v = 1 }, limit = 1 }\n\
                [queues.v]\nchannel = \"phone\"\ntalk = \"5m\"\nopen = \"daily 12:00-13:00\"\n\
                [groups.g]\nskills = [\"v\"]\nstaff = 1\n[groups.h]\nskills = [\"m\"]\nstaff = { \"00:00\" = 0, \"10:00\" = 1 }\n";
    let played = day(text, &[("m", "08:00:00")]);
    assert_eq!((played.passage("m", PassageCount::Chased), played.count("v", Count::TurnedAway)), (1, 1));
    assert_eq!((played.count("m", Count::Solved), played.count("m", Count::Lost)), (1, 0));
    assert_eq!((played.waited("m"), played.resolved_after("m")), (7200.0, 8400.0));
    assert_eq!((played.count("m", Count::Answered), played.seconds("m", Count::Talk)), (1, 1200.0));
}

#[test]
fn a_capacity_below_the_channels_share_opens_no_further_conversations() {
    // Two at once, though three tenths each leave room for a third, who waits for ten minutes.
    let text = "channels.c = { kind = \"chat\", concurrency = 2 }\n[queues.q]\nchannel = \"c\"\ntalk = \"10m\"\n\
                [groups.g]\nskills = [\"q\"]\nstaff = 1\ncapacity = { c = 0.3 }\n";
    let played = day(text, &[("q", "08:00:00"), ("q", "08:00:00"), ("q", "08:00:00")]);
    assert_eq!((played.waited("q"), played.count("q", Count::Delayed)), (600.0, 1));
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

/// The same for solving: mail is accepted at any time, but its working days are those of the queue's hours.
#[test]
fn mail_may_be_solved_within_working_days() {
    // Written on Friday at 14:00 and 15:00, to be solved by the same times on Monday; done at 14:20 and 14:40.
    let text = "horizon = { start = 2026-03-06, days = 4, interval = \"1h\" }\nchannels.mail.kind = \"deferred\"\n\
                [queues.m]\nchannel = \"mail\"\ntalk = \"20m\"\nopen = \"mon-fri 09:00-17:00\"\n\
                targets.resolve = { share = 0.9, within = \"1wd\" }\n[groups.g]\nskills = [\"m\"]\n\
                shifts.day = { agents = 1, days = \"mon\", start = \"14:00\", length = \"2h\" }\n";
    let played = play(text, &[("m", "2026-03-06T14:00:00"), ("m", "2026-03-06T15:00:00")]);
    let queue = played.model.queue_named("m").expect("it is there");
    let cases = &played.seen.queues[queue.index()].cases.counts;
    assert_eq!((cases.solved_in_time, played.count("m", Count::Solved)), (1, 2));
}

#[test]
fn help_after_a_while_takes_up_an_unlimited_backlog_too() {
    let text = "[queues.m]\nchannel = \"mail\"\ntalk = \"1h\"\nbacklog = \"unlimited\"\n[queues.v]\nchannel = \"phone\"\ntalk = \"1m\"\n\
                [groups.g]\nskills.m.after = \"5m\"\nskills.v = {}\nstaff = 2\n";
    let played = day(text, &[("v", "12:00:00")]);
    assert_eq!(played.count("m", Count::Legs), 2 * 24, "both from 00:05 on, the last ones beyond the end");
}
