//! Nobody gets lost: whatever the centre, every stay, contact, case and agent is accounted for at
//! every event, and what is counted in several ways agrees.

use holdline::engine::Player;
use holdline::model::{ChannelKind, Model};
use holdline::observations::{Count, Counts, Kind, Observations, PassageCount};
use holdline::routing::RulePolicy;
use holdline::units::Instant;
use holdline::vocabulary::AtEnd;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::{centres, channel_centres, plays};

/// Stays that ended, one way or the other.
fn ended(counts: &Counts) -> u64 {
    counts[Count::Answered]
        + counts[Count::Abandoned]
        + counts[Count::Overflowed]
        + counts[Count::ClosedOut]
        + counts[Count::CalledBack]
        + counts[Count::StillWaiting]
}

/// What is counted twice agrees when the horizon has ended.
fn accounts_agree(model: &Model, seen: &Observations) {
    for (queue, of_model) in seen.queues.iter().zip(&model.queues) {
        let name = &of_model.name;
        let reported = &queue.rows[..model.rows.count];
        let mut sum = Counts::default();
        reported.iter().for_each(|row| sum += row);
        for kind in Kind::ALL.map(|kind| queue.kind(kind)) {
            assert_eq!(kind[Count::Entered], ended(&kind), "stays of {name} of one kind");
        }
        // A stay belongs to the row of its entry however it ends, so each row balances by itself.
        for row in &queue.rows {
            assert_eq!(row[Count::Entered], ended(row), "stays of {name}");
            assert!(row[Count::Transferred] <= row[Count::Legs] && row[Count::Legs] <= row[Count::Answered]);
            assert!(row[Count::Solved] + row[Count::Lost] <= row[Count::Cases]);
        }
        let histogram =
            |bins: &mut dyn Iterator<Item = (usize, u32)>| bins.map(|(_, n)| u64::from(n)).sum::<u64>();
        assert!(histogram(&mut queue.answered.touched()) <= sum[Count::Answered], "waits of {name}");
        assert!(histogram(&mut queue.abandoned.touched()) <= sum[Count::Abandoned], "waits of {name}");
        let by_row = queue.row_waits[..model.rows.count].iter().flat_map(|row| row.touched());
        let both = histogram(&mut queue.answered.touched().chain(queue.abandoned.touched()));
        assert_eq!(histogram(&mut by_row.into_iter()), both, "waits of {name} by row");
        let cases = &queue.cases;
        assert_eq!(histogram(&mut cases.solved_after.touched()), sum[Count::Solved]);
        assert_eq!(histogram(&mut cases.lost_after.touched()), sum[Count::Lost]);
        let open = sum[Count::Cases] - sum[Count::Solved] - sum[Count::Lost];
        assert_eq!(histogram(&mut cases.open_age.touched()), open, "open cases of {name}");
        assert_eq!(cases.counts.lost.iter().sum::<u64>(), sum[Count::Lost]);
        assert!(cases.counts.repeated <= cases.counts.ever_answered);
        assert!(sum[Count::SolvedFirst] <= cases.counts.ever_answered);
        // An overflow keeps its patience, so one queue without makes all wait on.
        if model.at_end == AtEnd::Drain && model.queues.iter().all(|queue| queue.patience.is_some()) {
            assert_eq!(sum[Count::StillWaiting], 0, "{name} was drained");
        }
    }
    if model.rows.from == Instant::START && model.at_end == AtEnd::Cut {
        // Every case has one first contact, which comes in once, but for overflows on its way.
        let first = |count| seen.queues.iter().map(|queue| queue.kind(Kind::First)[count]).sum::<u64>();
        let cases: u64 = seen.queues.iter().flat_map(|queue| &queue.rows).map(|row| row[Count::Cases]).sum();
        let came = first(Count::Entered) + first(Count::Blocked) + first(Count::TurnedAway);
        assert_eq!(came - first(Count::Overflowed), cases, "first contacts");
    }
}

/// The same for centres of every channel, where more can happen to a contact and a case.
fn all_channels_agree(model: &Model, seen: &Observations) {
    let total =
        |count: Count| seen.queues.iter().flat_map(|queue| &queue.rows).map(|row| row[count]).sum::<u64>();
    for (queue, of_model) in seen.queues.iter().zip(&model.queues) {
        let name = &of_model.name;
        for kind in Kind::ALL.map(|kind| queue.kind(kind)) {
            assert_eq!(kind[Count::Entered], ended(&kind), "stays of {name} of one kind");
        }
        let mut sum = Counts::default();
        for row in &queue.rows {
            assert_eq!(row[Count::Entered], ended(row), "stays of {name}");
            assert!(row[Count::Transferred] <= row[Count::Legs] && row[Count::Legs] <= row[Count::Answered]);
            assert!(row[Count::AnsweredWithin] <= row[Count::Answered], "targets of {name}");
            assert!(row[Count::Solved] + row[Count::Contained] + row[Count::Lost] <= row[Count::Cases]);
        }
        queue.rows[..model.rows.count].iter().for_each(|row| sum += row);
        if of_model.kind == ChannelKind::Deferred {
            assert_eq!(sum[Count::Abandoned], 0, "nobody waits on the line of {name}");
        }
        let passed = |count: PassageCount| queue.passages[count];
        let sessions = passed(PassageCount::Contained)
            + passed(PassageCount::FalselyContained)
            + passed(PassageCount::HungUp);
        assert!(sessions <= passed(PassageCount::Sessions), "sessions of {name}");
        assert!(passed(PassageCount::ResponsesWithin) <= passed(PassageCount::Responses));
        assert!(passed(PassageCount::Responses) <= sum[Count::Answered], "responses of {name}");
        assert!(passed(PassageCount::Hold) <= sum[Count::Talk], "hold of {name}");
        assert!(passed(PassageCount::Silent) <= sum[Count::Abandoned]);
        assert!(sum[Count::CalledBack] <= passed(PassageCount::CallbacksOffered));
        let called = passed(PassageCount::CallbacksDone) + passed(PassageCount::CallbacksUnreached);
        assert!(model.rows.from > Instant::START || called <= sum[Count::CalledBack], "calls of {name}");
        let done = passed(PassageCount::FollowUpsDone)
            + passed(PassageCount::FollowUpsUnreached)
            + passed(PassageCount::FollowUpsNeedless);
        assert!(
            model.rows.from > Instant::START || done <= passed(PassageCount::FollowUps),
            "tasks of {name}"
        );
        let histogram =
            |bins: &mut dyn Iterator<Item = (usize, u32)>| bins.map(|(_, n)| u64::from(n)).sum::<u64>();
        let cases = &queue.cases;
        let solved = sum[Count::Solved] + sum[Count::Contained];
        assert_eq!(histogram(&mut cases.solved_after.touched()), solved, "solved of {name}");
        assert_eq!(histogram(&mut cases.lost_after.touched()), sum[Count::Lost], "lost of {name}");
        let open = sum[Count::Cases] - solved - sum[Count::Lost];
        assert_eq!(histogram(&mut cases.open_age.touched()), open, "open cases of {name}");
        assert_eq!(cases.counts.lost.iter().sum::<u64>(), sum[Count::Lost]);
    }
    assert!(total(Count::Cases) <= seen.contacts, "every case has a contact at least");
}

/// Plays two replications with and without the audit.
fn plays_well(text: &str, seed: u64, agree: fn(&Model, &Observations)) {
    let model = plays::compile(text);
    let mut audited = Player::<_, true>::new(&model, RulePolicy::new(&model));
    let mut plain = Player::<RulePolicy>::new(&model, RulePolicy::new(&model));
    for replication in 0..2 {
        let seen = audited.play(seed, replication).expect("a small centre is stable");
        agree(&model, seen);
        let again = plain.play(seed, replication).expect("a small centre is stable");
        assert_eq!(format!("{seen:?}"), format!("{again:?}"), "the audit changes nothing");
    }
}

/// So many cases, or as many as the environment asks for.
fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("HOLDLINE_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn nobody_gets_lost_in_any_centre(tables in centres::centres(), seed in any::<u32>()) {
        plays_well(&centres::text(&tables), u64::from(seed), accounts_agree);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn nobody_gets_lost_on_any_channel(tables in channel_centres::centres(), seed in any::<u32>()) {
        plays_well(&centres::text(&tables), u64::from(seed), all_channels_agree);
    }
}

/// Centres in which someone was lost once; each file's first line holds the seed.
#[test]
fn nobody_gets_lost_where_someone_was() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found");
    let mut played = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let seed = text.lines().next().and_then(|line| line.strip_prefix("# seed ")).expect("a seed first");
        plays_well(&text, seed.parse().expect("a number"), all_channels_agree);
        played += 1;
    }
    assert!(played > 0);
}
