//! Unsolved cases that come back on another channel: a Jackson network of phone and chat. RepeatContacts in the same
//! queue are in `orbit`.

use holdline::figures::Figure;

use crate::chains::repeat_contacts::RepeatContacts;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 13;

const HOURS: f64 = 1800.0;
/// Share of finished legs that solve their case, by phone and by chat.
const SOLVED: [f64; 2] = [0.7, 0.8];

#[test]
fn phone_and_chat_send_each_other_customers() {
    // By phone 30 % are not solved, of whom 60 % come back, half of them by chat; by chat 20 %, 50 %, and
    // three quarters by phone.
    let network = RepeatContacts {
        phone_cases_per_second: 40.0 / 3600.0,
        chat_cases_per_second: 30.0 / 3600.0,
        phone_talk: 240.0,
        phone_agents: 5,
        chat_talk: 80.0,
        slowdown: vec![1.0, 1.25, 1.6],
        from_phone: [0.09, 0.09],
        from_chat: [0.075, 0.025],
    };
    let results = play(&format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "20h", interval = "{HOURS}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 64 }}
[channels.phone]
kind = "voice"
[channels.chat]
kind = "chat"
concurrency = 3
slowdown = [1.0, 1.25, 1.6]
[queues.chats]
channel = "chat"
talk = {{ mean = "80s" }}
arrivals.per_hour = 30
[queues.chats.resolution]
probability = 0.8
repeat_contact = {{ probability = 0.5, delay = {{ mean = "30m" }}, to = {{ calls = 0.75 }} }}
[queues.calls]
channel = "phone"
talk = {{ mean = "4m" }}
arrivals.per_hour = 40
[queues.calls.resolution]
probability = 0.7
repeat_contact = {{ probability = 0.6, delay = {{ mean = "30m" }}, to = {{ chats = 0.5 }} }}
[groups.callers]
skills = ["calls"]
staff = 5
[groups.chatter]
skills = ["chats"]
staff = 1
"#
    ));
    let mut judge = Judge::new();
    judge.about("repeat contacts by phone and by chat");
    let [calls, chats] = network.offered_per_second();
    let (phone, chat) = (network.phone(), network.chats(400));
    judge.units(240.0, phone.load());
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("offered", calls * 3600.0 * HOURS),
            ("delayed", phone.delayed()),
            ("wait", phone.mean_wait()),
            ("queue", phone.queue()),
        ],
    );
    judge.units(80.0, chats * 80.0);
    let waiting = chat.mean(|here| network.waiting(here));
    let full = chat.mean(|here| f64::from(u8::from(here >= 3)));
    let open = chat.mean(|here| here.min(3) as f64);
    judge.figures(
        &results,
        "queues.chats",
        &[
            ("offered", chats * 3600.0 * HOURS),
            ("delayed", full),
            ("wait", waiting / chats),
            ("talk", open / chats),
        ],
    );
    // The arrival theorem: whoever comes sees the same.
    judge.of_kind(&results, "repeat", Figure::Delayed, full);
    judge.figure(&results, "groups.chatter.occupancy", 1.0 - chat.shares()[0]);
    judge.figure(&results, "groups.callers.occupancy", phone.occupancy());
    let cases = network.phone_cases_per_second + network.chat_cases_per_second;
    judge.figure(&results, "total.contacts_per_case", (calls + chats) / cases);
    judge.figure(&results, "total.resolution", (SOLVED[0] * calls + SOLVED[1] * chats) / cases);
    judge.finish(COMPARISONS);
}
