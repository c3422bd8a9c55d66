//! Transfers, callbacks, self-service, follow-ups and customers who come back, in days so small that
//! every time can be worked out by hand.

use holdline::observations::{Count, GroupCount, LossReason, PassageCount};

use crate::channel_corner_cases::day;
use crate::corner_cases::{MONDAY, Played, TWO_DAYS, play};

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
         resolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"10m\" }} }}\n\
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
    let retry = "retry.after_closed.probability = 1";
    let played = self_served("hang_up = 0", retry, &[("q", "07:00:00")]);
    assert_eq!(played.count("q", Count::TurnedAway), 1);
    assert_eq!(played.seen.contacts, 2);
    assert_eq!(played.passage("q", PassageCount::Sessions), 2);
}

#[test]
fn who_was_not_solved_calls_again_when_there_is_someone_behind_the_machine() {
    // Not solved at 08:06, due again at 16:06, in the night as it were: in the first half hour of Tuesday.
    let more = "resolution = { probability = 0, repeat_contact = { probability = 1, delay = \"8h\" } }";
    let played = self_served("hang_up = 0", more, &[("q", "08:00:00")]);
    assert_eq!((played.count("q", Count::TurnedAway), played.count("q", Count::Lost)), (0, 0));
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
fn unresolved(repeat_contact: &str, follow_up: &str) -> Played {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\nresolution = {{ probability = 0{repeat_contact} }}\n[queues.r]\ntalk = \"10m\"\n\
         [follow_ups.f]\ntrigger = \"unresolved\"\ntalk = \"3m\"\n{follow_up}\n\
         [groups.g]\nskills = [\"q\", \"r\"]\nstaff = 1\n"
    );
    play(&text, &[("q", "08:00:00")])
}

#[test]
fn a_follow_up_is_needless_when_the_case_is_solved() {
    let again = ", repeat_contact = { probability = 1, delay = \"1h\", to = { r = 1 } }";
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
    let again = ", repeat_contact = { probability = 1, delay = \"1h\", to = { r = 1 } }";
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
         resolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"1h\", to = {{ r = 1 }} }} }}\n\
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
fn history_changes_what_later_legs_solve_and_no_first_one() {
    // With a factor of 0 no leg solves that it touches.
    let history = "[customer_history]\nresolution = 0";
    let arrivals = [("q", "08:00:00")];
    let solved = |played: &Played| played.count("q", Count::Solved);
    assert_eq!((solved(&returning("", &arrivals)), solved(&returning(history, &arrivals))), (1, 0));
    let at_once =
        format!("{MONDAY}[queues.q]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n{history}\n");
    assert_eq!(solved(&play(&at_once, &arrivals)), 1);
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
