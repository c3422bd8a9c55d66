//! What moves from one kind of queue to another, in days that can be worked out by hand: what travels along is in
//! the table of `docs/channels.md`.

use holdline::observations::Count;

use crate::corner_cases::{MONDAY, play};

/// An agent who is there from 12:00 on takes both queues.
const FROM_NOON: &str =
    "[groups.g]\nskills = [\"calls\", \"mail\"]\nstaff = { \"00:00\" = 0, \"12:00\" = 1 }\n";

const PHONE_AND_MAIL: &str = "[channels]\nphone.kind = \"voice\"\nletters.kind = \"deferred\"\n";

#[test]
fn whoever_leaves_a_message_does_not_hang_up_there() {
    // On the line for a minute, then a message that is answered four hours later: patience would have ended.
    let text = format!(
        "{MONDAY}{PHONE_AND_MAIL}[queues.calls]\nchannel = \"phone\"\ntalk = \"60s\"\npatience = \"2m\"\n\
         overflow = {{ after = \"1m\", to = \"mail\" }}\n\
         [queues.mail]\nchannel = \"letters\"\ntalk = \"60s\"\n{FROM_NOON}"
    );
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "08:00:30")]);
    let of = |count| (played.count("calls", count), played.count("mail", count));
    assert_eq!(of(Count::Abandoned), (0, 0));
    assert_eq!(of(Count::Overflowed), (2, 0));
    assert_eq!(of(Count::Answered), (0, 2));
    // The target's clock runs on: the waits are counted from the call.
    assert_eq!(played.seconds("mail", Count::WaitAnswered), 4.0 * 3600.0 + (4.0 * 3600.0 - 30.0 + 60.0));
}

#[test]
fn whoever_is_moved_between_lines_stays_as_patient_as_before() {
    let text = format!(
        "{MONDAY}[queues.calls]\ntalk = \"60s\"\npatience = \"2m\"\noverflow = {{ after = \"90s\", to = \"mail\" }}\n\
         [queues.mail]\ntalk = \"60s\"\npatience = \"10m\"\n{FROM_NOON}"
    );
    let played = play(&text, &[("calls", "08:00:00")]);
    assert_eq!(played.count("mail", Count::Abandoned), 1);
    assert_eq!(played.seconds("mail", Count::WaitAbandoned), 120.0);
}

#[test]
fn a_message_that_is_put_on_a_line_waits_with_the_patience_of_that_line() {
    // Written at 08:00, called at 08:30 by an overflow: gives up three minutes after that.
    let text = format!(
        "{MONDAY}{PHONE_AND_MAIL}[queues.mail]\nchannel = \"letters\"\ntalk = \"60s\"\n\
         overflow = {{ after = \"30m\", to = \"calls\" }}\n\
         [queues.calls]\nchannel = \"phone\"\ntalk = \"60s\"\npatience = \"3m\"\n{FROM_NOON}"
    );
    let played = play(&text, &[("mail", "08:00:00")]);
    assert_eq!(played.count("calls", Count::Abandoned), 1);
    assert_eq!(played.seconds("calls", Count::WaitAbandoned), 33.0 * 60.0);
}

#[test]
fn a_message_left_on_the_phone_is_chased_as_any_other() {
    // The overflow at 08:01 leaves a message; an hour later the customer writes again.
    let text = format!(
        "{MONDAY}{PHONE_AND_MAIL}[queues.calls]\nchannel = \"phone\"\ntalk = \"60s\"\npatience = \"2m\"\n\
         overflow = {{ after = \"1m\", to = \"mail\" }}\n\
         [queues.mail]\nchannel = \"letters\"\ntalk = \"60s\"\nchase = {{ after = \"1h\", probability = 1, limit = 1 }}\n{FROM_NOON}"
    );
    let played = play(&text, &[("calls", "08:00:00")]);
    // The message, and the one that chases it.
    assert_eq!(played.count("mail", Count::Entered), 2);
    assert_eq!(played.count("mail", Count::Answered), 2);
    assert_eq!(played.count("mail", Count::Abandoned), 0);
}

#[test]
fn an_overflow_that_finds_a_closed_queue_is_tried_again_when_it_opens() {
    let text = format!(
        "{MONDAY}[queues.calls]\ntalk = \"60s\"\noverflow = {{ after = \"1m\", to = \"mail\" }}\n\
         [queues.mail]\ntalk = \"60s\"\nopen = \"mon 10:00-18:00\"\n[groups.g]\nskills = [\"mail\"]\nstaff = 1\n\
         [groups.none]\nskills = [\"calls\"]\nstaff = {{ \"00:00\" = 0, \"23:00\" = 1 }}\n"
    );
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "09:59:30")]);
    assert_eq!(played.count("calls", Count::Overflowed), 2);
    // One from 08:00 at 10:00:00, the other a minute after its call: at 10:00:30, served at 10:01:00.
    assert_eq!(played.seconds("mail", Count::WaitAnswered), 2.0 * 3600.0 + 90.0);
}

#[test]
fn an_escalation_into_a_closed_queue_is_served_where_it_is() {
    let text = format!(
        "{MONDAY}[queues.calls]\ntalk = \"60s\"\nescalation = {{ to = \"mail\", share = 1 }}\n\
         [queues.mail]\ntalk = \"60s\"\nopen = \"mon 10:00-18:00\"\n[groups.g]\nskills = [\"mail\", \"calls\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "11:00:00")]);
    assert_eq!((played.count("calls", Count::Answered), played.count("mail", Count::Answered)), (1, 1));
    assert_eq!(played.count("mail", Count::TurnedAway), 0);
}

/// Three callers who are put back at the end of the queue every three minutes.
fn put_back(to: &str, more: &str) -> String {
    let groups = if more.is_empty() { "[\"q\"]" } else { "[\"q\", \"again\"]" };
    format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\noverflow = {{ after = \"3m\", to = \"{to}\" }}\n{more}\
         [groups.g]\nskills = {groups}\nstaff = 1\n"
    )
}

#[test]
fn a_queue_may_put_its_callers_back_at_its_end() {
    let arrivals = [("q", "10:50:00"), ("q", "10:52:05"), ("q", "10:53:00")];
    let played = play(&put_back("q", ""), &arrivals);
    // B is put back at 10:55:05 and 10:58:05, C at 10:56:00 and 10:59:00; taken at 11:00 and, after four more
    // rounds from 11:02:00 to 11:08:00, at 11:10.
    assert_eq!(played.count("q", Count::Answered), 3);
    assert_eq!(played.count("q", Count::Overflowed), 2 + 2 + 3);
    assert_eq!(played.seconds("q", Count::WaitAnswered), (7.0 * 60.0 + 55.0) + 17.0 * 60.0);
    let again = "[queues.again]\ntalk = \"10m\"\noverflow = { after = \"3m\", to = \"q\" }\n";
    let played = play(&put_back("again", again), &arrivals);
    let of = |count| played.count("q", count) + played.count("again", count);
    assert_eq!(of(Count::Answered), 3);
    assert_eq!(
        played.seconds("q", Count::WaitAnswered) + played.seconds("again", Count::WaitAnswered),
        (7.0 * 60.0 + 55.0) + 17.0 * 60.0
    );
}

/// Ten wait for both groups, who come at nine: the first choice gets all, whatever it is called.
#[test]
fn who_comes_on_duty_together_is_asked_by_priority() {
    let calls: Vec<(&str, String)> = (0..10).map(|i| ("calls", format!("08:50:{i:02}"))).collect();
    let calls: Vec<(&str, &str)> = calls.iter().map(|(queue, at)| (*queue, at.as_str())).collect();
    let staff = "staff = { \"00:00\" = 0, \"09:00\" = 10 }";
    let shift = "shifts.day = { agents = 10, start = \"09:00\", length = \"8h\" }";
    for (first, second) in [("main", "backup"), ("main", "z_backup")] {
        for on_duty in [staff, shift] {
            let text = format!(
                "{MONDAY}[queues.calls]\ntalk = \"10m\"\n[groups.{first}]\nskills.calls.priority = 1\n{on_duty}\n\
                 [groups.{second}]\nskills.calls.priority = 2\n{on_duty}\n"
            );
            let played = play(&text, &calls);
            let working = |group| played.group_seconds(group, holdline::observations::GroupCount::Working);
            assert_eq!((working(first), working(second)), (6000.0, 0.0), "{second}");
        }
    }
}

/// Two calls at one instant and one free agent: the queue that is served first has it.
#[test]
fn arrivals_at_one_instant_go_by_priority() {
    for (urgent, other) in [("a", "b"), ("b", "a")] {
        let text = format!(
            "{MONDAY}[queues.{other}]\ntalk = \"60s\"\npriority = 2\n[queues.{urgent}]\ntalk = \"60s\"\npriority = 1\n\
             [groups.g]\nskills = [\"a\", \"b\"]\nstaff = 1\n"
        );
        let played = play(&text, &[("a", "08:00:00"), ("b", "08:00:00")]);
        let waits = |queue| played.seconds(queue, Count::WaitAnswered);
        assert_eq!((waits(urgent), waits(other)), (0.0, 60.0), "{urgent} before {other}");
    }
}

/// Who must wait keeps the place and hangs up: the line is free for the next one.
#[test]
fn who_accepts_a_callback_gives_the_line_back_and_keeps_the_place() {
    let text = format!(
        "{MONDAY}channels.phone = {{ kind = \"voice\", lines = 2 }}\n\
         [queues.calls]\nchannel = \"phone\"\ntalk = \"10m\"\npatience = \"3m\"\n\
         CALLBACK[groups.g]\nskills = [\"calls\"]\nstaff = 1\n"
    );
    let kept =
        "callback = { offer_when = { queue_length = 0 }, accept = 1, start_when = \"place_reached\" }\n";
    let arrivals =
        [("calls", "08:00:00"), ("calls", "08:01:00"), ("calls", "08:01:30"), ("calls", "08:19:00")];
    // A talks from 08:00 to 08:10, B and C hang up at once. B is called at 08:10 and C at 08:20, before D of 08:19 at
    // 08:30: by place, and nobody's patience of three minutes ends.
    let played = play(&text.replace("CALLBACK", kept), &arrivals);
    let of = |count| played.count("calls", count);
    assert_eq!((of(Count::CalledBack), of(Count::ByCallback), of(Count::Answered)), (3, 3, 4));
    assert_eq!((of(Count::Blocked), of(Count::Abandoned)), (0, 0));
    // Whoever waits on the line keeps it: C hears the busy signal.
    let played = play(&text.replace("CALLBACK", ""), &arrivals);
    assert_eq!(played.count("calls", Count::Blocked), 1);
}

/// A minute of self-service, then the queue: patience, the target's clock and the place begin there; the line is kept.
#[test]
fn who_comes_from_self_service_begins_to_wait_there() {
    let text = format!(
        "{MONDAY}channels.phone = {{ kind = \"voice\", lines = 2 }}\n\
         [queues.calls]\nchannel = \"phone\"\ntalk = \"10m\"\npatience = \"3m\"\n\
         self_service = {{ time = \"1m\" }}\n\
         [groups.g]\nskills = [\"calls\"]\nstaff = 1\n"
    );
    // A talks from 08:01 to 08:11. B is in self-service from 08:05 to 08:06 and abandons at 08:09, three minutes
    // after its own wait began. C calls at 08:05:30 and finds both lines taken: that of A and that of B.
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "08:05:00"), ("calls", "08:05:30")]);
    let of = |count| played.count("calls", count);
    assert_eq!((of(Count::Answered), of(Count::Abandoned), of(Count::Blocked)), (1, 1, 1));
    assert_eq!(played.seconds("calls", Count::WaitAbandoned), 180.0);
    assert_eq!(played.seconds("calls", Count::WaitAnswered), 0.0, "the clock begins after self-service");
    // The line is the same one: with a single line a call from self-service to the queue is not blocked.
    let one = text.replace("lines = 2", "lines = 1");
    let played = play(&one, &[("calls", "08:00:00")]);
    assert_eq!((played.count("calls", Count::Answered), played.count("calls", Count::Blocked)), (1, 0));
}

/// Self-service of one queue leads to another: the wait, its clock and the priority are those of the other.
#[test]
fn self_service_leads_to_the_end_of_another_queue() {
    let text = format!(
        "{MONDAY}[queues.door]\ntalk = \"1m\"\nself_service = {{ time = \"5m\", to = {{ calls = 1.0 }} }}\n\
         [queues.calls]\ntalk = \"10m\"\n[groups.g]\nskills = [\"calls\", \"door\"]\nstaff = 1\n"
    );
    // A talks from 08:00. The one at the door since 07:56 comes to the queue at 08:01, after B of 08:00:30: B is served
    // at 08:10, the other at 08:20.
    let played = play(&text, &[("calls", "08:00:00"), ("door", "07:56:00"), ("calls", "08:00:30")]);
    assert_eq!(played.count("calls", Count::Answered), 3);
    assert_eq!(played.seconds("calls", Count::WaitAnswered), 570.0 + 19.0 * 60.0);
    assert_eq!(played.count("door", Count::Answered), 0);
}

/// A retry and a repeat contact are new contacts: patience, clock and place begin anew.
#[test]
fn who_comes_back_begins_anew() {
    let text = format!(
        "{MONDAY}[queues.calls]\ntalk = \"10m\"\npatience = \"2m\"\n\
         retry.after_abandon = {{ probability = 1, delay = \"5m\", limit = 1 }}\n\
         [groups.g]\nskills = [\"calls\"]\nstaff = 1\n"
    );
    // A talks from 08:00 to 08:10. B waits from 08:01 to 08:03, and again from 08:08 to 08:10: two minutes each, and
    // at 08:10 the agent is free just when the patience of the second call ends; so B of 08:01:01 is answered after 1:59.
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "08:01:01")]);
    let of = |count| played.count("calls", count);
    assert_eq!((of(Count::Abandoned), of(Count::Retries), of(Count::Answered)), (1, 1, 2));
    assert_eq!(played.seconds("calls", Count::WaitAbandoned), 120.0);
    assert_eq!(played.seconds("calls", Count::WaitAnswered), 119.0);
}

/// An overflow into messaging: the wait is counted from the call, patience begins anew as there.
#[test]
fn a_call_that_becomes_a_message_waits_with_the_patience_of_messages() {
    let text = format!(
        "{MONDAY}channels.phone = {{ kind = \"voice\", lines = 1 }}\n\
         channels.text = {{ kind = \"messaging\", concurrency = 1 }}\n\
         [queues.calls]\nchannel = \"phone\"\ntalk = \"60s\"\npatience = \"2m\"\n\
         overflow = {{ after = \"1m\", to = \"texts\" }}\n\
         [queues.texts]\nchannel = \"text\"\npatience = \"30m\"\n\
         conversation = {{ replies = 1, work = \"1m\", customer_reply = \"10m\" }}\n\
         [groups.g]\nskills = [\"texts\"]\nstaff = {{ \"00:00\" = 0, \"08:20\" = 1, \"09:00\" = 0, \"12:00\" = 1 }}\n"
    );
    // A of 08:00 becomes a message at 08:01 and is taken up at 08:20, when two minutes on the line are long over: a
    // wait of twenty minutes. B of 11:20 becomes one at 11:21 and leaves half an hour later, before noon.
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "11:20:00")]);
    let of = |count| (played.count("calls", count), played.count("texts", count));
    assert_eq!(of(Count::Abandoned), (0, 1));
    assert_eq!(of(Count::Answered), (0, 1));
    assert_eq!(played.seconds("texts", Count::WaitAnswered), 20.0 * 60.0);
    assert_eq!(played.seconds("texts", Count::WaitAbandoned), 31.0 * 60.0);
    // No line is needed by a message: a call of 08:02 finds the only line free.
    let played = play(&text, &[("calls", "08:00:00"), ("calls", "08:02:00")]);
    assert_eq!(played.count("calls", Count::Blocked), 0);
}

/// A transfer from the telephone to a mailbox and to another telephone: patience and the target's clock begin anew.
#[test]
fn who_is_passed_on_begins_to_wait_anew_whatever_the_kind() {
    for (kind, patience) in [("deferred", ""), ("voice", "patience = \"150s\"\n")] {
        let text = format!(
            "{MONDAY}channels.phone = {{ kind = \"voice\", lines = 1 }}\nchannels.other.kind = \"{kind}\"\n\
             [queues.calls]\nchannel = \"phone\"\ntalk = \"2m\"\npatience = \"1m\"\n\
             transfers.second = {{ probability = 1 }}\n\
             [queues.second]\nchannel = \"other\"\ntalk = \"1m\"\n{patience}\
             [groups.g]\nskills = [\"calls\"]\nstaff = 1\n\
             [groups.h]\nskills = [\"second\"]\nstaff = {{ \"00:00\" = 0, \"08:04\" = 1 }}\n"
        );
        // A talks from 08:00 to 08:02 and waits two minutes there, longer than its patience for the first queue. B of
        // 08:01:59 hears the busy signal, as A still has the line; C of 08:02:01 does not, is passed on at 08:04:01 and
        // waits for A's minute to end.
        let played = play(&text, &[("calls", "08:00:00"), ("calls", "08:01:59"), ("calls", "08:02:01")]);
        assert_eq!(played.count("calls", Count::Blocked), 1, "{kind}");
        let second = |count| played.count("second", count);
        assert_eq!((second(Count::Entered), second(Count::Answered)), (2, 2), "{kind}");
        assert_eq!(played.seconds("second", Count::WaitAnswered), 120.0 + 59.0, "{kind}");
    }
}
