//! What a scenario file says of channels, and of the case behind the contact.

use std::path::Path;

use holdline::random::Distribution;
use holdline::scenario::{
    AtClose, Callback, ChannelKind, Hours, Interruption, Owner, Queue, ReturnTo, Scenario, Sharing, Trigger,
};
use holdline::units::Span;
use holdline::units::Within;
use holdline::vocabulary::{AgentRule, Backlog, Clock, Handover, OfferWhen, Replies, Requeue, StartWhen};

const MINUTE: Span = Span::from_whole_seconds(60);

fn read(settings: &[&str]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every_key/channels.toml");
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::load(&path, &settings).unwrap_or_else(|found| panic!("{found}")).scenario
}

fn queue<'s>(scenario: &'s Scenario, name: &str) -> &'s Queue {
    scenario.queues.iter().find(|queue| queue.name == name).expect("the queue is there")
}

fn mean(seconds: f64) -> Distribution {
    Distribution::exponential(seconds).expect("a distribution")
}

fn to(queue: &str, share: f64) -> Vec<(String, f64)> {
    vec![(queue.to_owned(), share)]
}

#[test]
fn every_kind_of_channel_has_its_own_keys() {
    let channels = read(&[]).channels;
    let kinds: Vec<&str> = channels.iter().map(|channel| channel.kind.word()).collect();
    assert_eq!(kinds, ["voice", "chat", "messaging", "deferred"]);
    assert_eq!([0, 1, 2, 3].map(|at: usize| channels[at].lines), [Some(40), Some(60), None, None]);
    let sharing = |concurrency, slowdown: &[f64], minutes: u64| Sharing {
        concurrency,
        slowdown: slowdown.to_vec(),
        wind_down: MINUTE * minutes,
    };
    assert_eq!(channels[1].kind, ChannelKind::Chat(sharing(3, &[1.0, 1.25, 1.6], 15)));
    assert_eq!(channels[2].kind, ChannelKind::Messaging(sharing(5, &[], 30)));
    let interruption = Some(Interruption { restart_cost: Span::from_whole_seconds(30) });
    let age_bands = vec![Span::HOUR * 2, Span::DAY, Span::DAY * 5];
    assert_eq!(channels[3].kind, ChannelKind::Deferred { interruption, age_bands });
}

#[test]
fn what_a_channel_leaves_out_has_its_default() {
    let text = r#"
horizon.length = "1h"
channels.chat.kind = "chat"
channels.mail = { kind = "deferred", interruptible = false }
queues.chat = { channel = "chat", talk = "5m", patience = "2m", arrivals.per_hour = 1 }
queues.mail = { channel = "mail", talk = "5m", arrivals.per_hour = 1 }
follow_ups.check = { trigger = "resolved", channel = "mail", talk = "1m" }
groups.team = { skills = ["chat", "mail"], staff = 2 }
"#;
    let scenario =
        Scenario::from_text("test.toml", text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario;
    let nothing = Sharing { concurrency: 3, slowdown: Vec::new(), wind_down: Span::ZERO };
    assert_eq!(scenario.channels[0].kind, ChannelKind::Chat(nothing));
    let age_bands = vec![Span::HOUR * 4, Span::DAY, Span::DAY * 3];
    assert_eq!(scenario.channels[1].kind, ChannelKind::Deferred { interruption: None, age_bands });
    let patience = scenario.queues[0].patience.as_ref().expect("it has one");
    assert_eq!((patience.silent, patience.found_out), (0.0, MINUTE * 2));
    let check = &scenario.follow_ups[0];
    assert_eq!(
        (check.share, check.reached, check.solves, check.retries, check.priority),
        (1.0, 1.0, 0.0, 0, 2)
    );
    assert_eq!((&check.owner, check.due, check.clock), (&Owner::LastAgent, None, Clock::Always));
    assert_eq!((check.after.mean(), check.retry_after.mean()), (0.0, 7200.0));
    assert!(check.queues.is_empty() && scenario.groups[0].capacity.is_empty());
    assert!(scenario.customer_history.is_none() && scenario.knowledge_base.is_none());
}

#[test]
fn conversations_are_turns_with_the_work_as_talk() {
    let scenario = read(&[]);
    let chat = queue(&scenario, "chat");
    assert_eq!(
        [0, 13].map(|hour| chat.talk.at(hour * Span::HOUR.micros() as i64).clone()),
        [mean(40.0), mean(50.0)]
    );
    let turns = chat.conversation.as_ref().expect("it has one");
    assert_eq!(
        (turns.replies, turns.park_after, turns.return_to),
        (Replies::Exactly(3), None, ReturnTo::Queue)
    );
    let turns = queue(&scenario, "whatsapp").conversation.as_ref().expect("it has one");
    assert_eq!((turns.replies, turns.customer_reply.clone()), (Replies::Mean(4.0), mean(1200.0)));
    assert_eq!((turns.park_after, turns.return_to), (Some(MINUTE * 3), ReturnTo::LastAgent));
    assert!(queue(&scenario, "billing").conversation.is_none());
    let patience = chat.patience.as_ref().expect("it has one");
    assert_eq!((patience.silent, patience.found_out), (0.3, Span::from_whole_seconds(90)));
    assert_eq!(chat.at_close, AtClose::Clear);
}

#[test]
fn deferred_queues_promise_by_opening_hours_and_are_chased() {
    let scenario = read(&[]);
    let mail = queue(&scenario, "mail");
    assert_eq!(mail.backlog, Some(Backlog::Contacts(400)));
    assert_eq!(queue(&scenario, "archive").backlog, Some(Backlog::Unlimited));
    let answer = |name| queue(&scenario, name).answer.clone().expect("it has one");
    assert_eq!((answer("mail").within, answer("mail").clock), (Within::WorkingDays(1.0), Clock::Always));
    assert_eq!(
        (answer("whatsapp").within, answer("whatsapp").clock),
        (Within::Clock(Span::HOUR), Clock::OpenHours)
    );
    let chase = mail.chase.as_ref().expect("it has one");
    assert_eq!((chase.probability, chase.after.clone(), chase.limit), (0.3, mean(172_800.0), Some(2)));
    assert_eq!((&chase.to, chase.duplicate), (&to("billing", 0.6), MINUTE * 2));
}

#[test]
fn self_service_transfers_and_escalation_lead_where_they_say() {
    let scenario = read(&[]);
    let billing = queue(&scenario, "billing");
    let door = billing.self_service.as_ref().expect("it has one");
    assert!(matches!(door.open, Hours::Weekly { .. }));
    assert_eq!((door.time.clone(), door.containment, door.hang_up), (mean(70.0), 0.25, 0.05));
    let back = door.false_containment.as_ref().expect("it has one");
    assert_eq!((back.share, back.delay.clone()), (0.15, mean(21_600.0)));
    assert_eq!((&door.to, &door.to_when_closed), (&to("sales", 0.3), &to("mail", 0.8)));
    assert_eq!(door.sessions, Some(100));
    let [warm, conference] = billing.transfers.as_slice() else { panic!("two of them") };
    let hold_limit = Some(MINUTE * 2);
    assert_eq!(warm.handover, Handover::Warm { hold_limit });
    assert_eq!(warm.told_for.mean(), 30.0);
    assert_eq!((warm.requeue, warm.follow_up.as_deref()), (Requeue::Head, Some("courtesy_call")));
    assert_eq!(conference.handover, Handover::Conference { hold_limit: Some(MINUTE) });
    let higher = billing.escalation.as_ref().expect("it has one");
    assert_eq!((higher.to.as_str(), higher.after_attempts), ("level_two", Some(3)));
    assert_eq!((higher.after_wait, higher.share), (Some(MINUTE * 10), 0.02));
}

#[test]
fn callbacks_are_offered_and_made_as_they_say() {
    let scenario = read(&[]);
    let callback = |name| queue(&scenario, name).callback.clone().expect("it has one");
    assert_eq!(
        callback("billing"),
        Callback {
            offer_when: OfferWhen::ExpectedWait(MINUTE * 3),
            accept: 0.5,
            start_when: StartWhen::IdleAgents(2),
            reached: 0.9,
            ring: Span::from_whole_seconds(20),
            retries: 2,
            retry_after: mean(1200.0),
        }
    );
    let sales = callback("sales");
    assert_eq!(
        (sales.offer_when, sales.start_when),
        (OfferWhen::QueueLength(10), StartWhen::Within(Span::HOUR * 2))
    );
    assert_eq!((sales.reached, sales.ring, sales.retries), (1.0, Span::from_whole_seconds(30), 0));
    assert_eq!(sales.retry_after.mean(), 1800.0);
    assert_eq!(callback("level_two").start_when, StartWhen::PlaceReached);
}

#[test]
fn follow_ups_have_an_owner_and_a_date() {
    let scenario = read(&["follow_ups.courtesy_call.share=0.25"]);
    let [call, apology, acknowledgement] = scenario.follow_ups.as_slice() else { panic!("three of them") };
    assert_eq!((call.trigger, &call.owner, call.share), (Trigger::Transfer, &Owner::FirstAgent, 0.25));
    assert_eq!(
        (call.after.clone(), call.due, call.clock),
        (mean(14_400.0), Some(Span::DAY), Clock::OpenHours)
    );
    assert_eq!((call.channel.as_str(), call.talk.at(0).clone(), call.priority), ("phone", mean(180.0), 1));
    assert_eq!((call.reached, call.ring, call.retries), (0.7, Span::from_whole_seconds(25), 2));
    assert_eq!((call.retry_after.clone(), call.solves), (mean(5400.0), 0.5));
    assert_eq!(call.wrap_up.as_ref().map(|distribution| distribution.at(0).mean()), Some(20.0));
    assert_eq!(
        (apology.trigger, &apology.queues),
        (Trigger::Complaint, &vec!["billing".to_owned(), "mail".to_owned()])
    );
    assert_eq!(acknowledgement.trigger, Trigger::Arrival);
    assert_eq!(acknowledgement.owner, Owner::Queue("mail".to_owned()));
}

#[test]
fn routing_capacity_and_tools_say_what_they_say() {
    let scenario = read(&["routing.by_channel.phone.agents=random"]);
    let routing = &scenario.routing;
    assert_eq!(
        (routing.agents, routing.sticky, routing.max_transfers),
        (AgentRule::Score, Some(MINUTE * 5), Some(3))
    );
    let score = routing.agent_score.as_ref().map(ToString::to_string);
    assert_eq!(score.as_deref(), Some("-load - busy_share * busy_counts"));
    assert_eq!(routing.parameters, [("busy_counts".to_owned(), 0.2)]);
    assert_eq!(routing.by_channel, [("phone".to_owned(), AgentRule::Random)]);
    let capacity =
        [("chat", 0.33), ("whatsapp", 0.2), ("email", 0.5)].map(|(name, share)| (name.to_owned(), share));
    assert_eq!(scenario.groups[1].capacity, capacity);
    let history = scenario.customer_history.expect("there is one");
    assert_eq!(
        [history.coverage, history.talk, history.resolution, history.containment],
        [0.8, 0.9, 1.05, 1.0]
    );
    let base = scenario.knowledge_base.expect("there is one");
    assert_eq!([base.coverage, base.talk, base.resolution, base.containment], [1.0, 1.0, 1.0, 1.1]);
}

#[test]
fn what_ends_after_all_is_not_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    for (file, setting) in [
        ("endless_transfers.toml", "routing.max_transfers=3"),
        ("endless_work.toml", "queues.chat.talk=1s"),
        ("endless_work.toml", "queues.chat.resolution.probability=0.1"),
        ("endless_work.toml", "queues.billing.wrap_up=1s"),
        ("endless_retries.toml", "queues.billing.retry.after_abandon.limit=9"),
    ] {
        let path = folder.join(file);
        assert!(Scenario::load(&path, &[]).is_err(), "{file}");
        if let Err(found) = Scenario::load(&path, &[setting.to_owned()]) {
            panic!("{file} with {setting}: {found}");
        }
    }
}
