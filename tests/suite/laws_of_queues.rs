//! Laws that hold for every queue, whatever its numbers.

use holdline::engine::Player;
use holdline::experiment::{Experiment, Silent};
use holdline::figures::Results;
use holdline::observations::{Count, Observations};
use holdline::routing::RulePolicy;
use holdline::units::QueueId;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use crate::{centres, plays};

fn config(cases: u32) -> ProptestConfig {
    // The cases are many and always the same, so that a statistical test does not fail by chance.
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1961),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn sum(seen: &Observations, count: Count) -> u64 {
    (0..seen.queues.len()).map(|queue| plays::in_all(seen, QueueId::at(queue), count)).sum()
}

/// A drained steady state of two queues and two groups, without overflows.
fn two_queues() -> impl Strategy<Value = String> {
    let distribution =
        || select(vec!["\"2m\"", "{ mean = \"3m\" }", "{ kind = \"gamma\", mean = \"2m\", cv = 2 }"]);
    let patience =
        || select(vec!["", "patience = { mean = \"2m\" }", "patience = { mean = \"4m\", balk = 0.2 }"]);
    let queue = || (10..=80u32, distribution(), patience(), 0..=40u32);
    (queue(), queue(), 1..=4u32, 1..=4u32).prop_map(|(a, b, heads, more)| {
        let queue = |name: &str, to: &str, (rate, talk, patience, passed): (u32, &str, &str, u32)| {
            format!(
                "[queues.{name}]\ntalk = {talk}\nwrap_up = \"20s\"\n{patience}\narrivals.per_hour = {rate}\n\
                 transfers.{to} = {{ probability = 0.{passed:02}, requeue = \"age\" }}\n\
                 retry.after_abandon = {{ probability = 0.5, delay = {{ mean = \"5m\" }} }}\n"
            )
        };
        format!(
            "horizon = {{ length = \"4h\", interval = \"30m\", at_end = \"drain\" }}\n{}{}\
             [groups.first]\nskills = [\"a\", \"b\"]\nstaff = {heads}\n\
             [groups.second]\nskills.b.after = \"30s\"\nstaff = {more}\n",
            queue("a", "b", a),
            queue("b", "a", b)
        )
    })
}

proptest! {
    #![proptest_config(config(60))]

    /// Little (1961): the time integral of the number waiting is the sum of the waits, to the
    /// microsecond where everyone's wait has ended.
    #[test]
    fn the_queue_integrated_over_time_is_the_sum_of_the_waits(text in two_queues(), seed in any::<u32>()) {
        let model = plays::compile(&text);
        let seen = plays::play(&model, u64::from(seed), 0);
        for queue in [QueueId(0), QueueId(1)] {
            let count = |count| plays::in_all(&seen, queue, count);
            prop_assert_eq!(count(Count::StillWaiting), 0);
            prop_assert_eq!(count(Count::Waiting), count(Count::WaitAnswered) + count(Count::WaitAbandoned));
        }
        prop_assert!(sum(&seen, Count::Answered) > 0);
    }

    /// An overflow takes its wait along, so that the law then holds for all queues together.
    #[test]
    fn with_overflows_it_is_so_for_all_queues_together(text in two_queues(), after in 5..120u32) {
        let text = text.replace("[queues.b]", &format!("overflow = {{ after = \"{after}s\", to = \"b\" }}\n[queues.b]"));
        let seen = plays::play(&plays::compile(&text), 1, 0);
        prop_assert_eq!(sum(&seen, Count::StillWaiting), 0);
        prop_assert_eq!(
            sum(&seen, Count::Waiting),
            sum(&seen, Count::WaitAnswered) + sum(&seen, Count::WaitAbandoned)
        );
    }
}

proptest! {
    #![proptest_config(config(40))]

    /// With exponential patience those who wait give up at rate queue / mean patience, whatever
    /// the arrivals, service and routing: abandonments minus that integral are a martingale whose
    /// variance is the expected number of abandonments (Bremaud 1981, chapter II).
    #[test]
    fn exponential_patience_gives_up_at_the_queues_rate(
        text in two_queues(),
        mean in 20..300u32,
        seed in any::<u32>(),
    ) {
        let patience = format!("patience = {{ mean = \"{mean}s\" }}\n");
        let text = text.replace("patience = { mean = \"2m\" }\n", "").replace(
            "patience = { mean = \"4m\", balk = 0.2 }\n", "",
        );
        let text = text.replace("wrap_up", &format!("{patience}wrap_up"));
        let model = plays::compile(&text);
        let mut player = Player::<RulePolicy>::new(&model, RulePolicy::new(&model));
        let (mut abandoned, mut expected) = (0.0, 0.0);
        for replication in 0..30 {
            let seen = player.play(u64::from(seed), replication).expect("patience keeps it stable");
            abandoned += sum(seen, Count::Abandoned) as f64;
            expected += sum(seen, Count::Waiting) as f64 / 1e6 / f64::from(mean);
        }
        // One in 31,000 lies further off; of the 40 cases here none does.
        prop_assert!((abandoned - expected).abs() < 4.0 * expected.sqrt(), "{abandoned}, expected {expected}");
    }

    /// One skill, first come first served, nobody gives up or comes again: with one agent more
    /// every contact begins no later (Kiefer & Wolfowitz 1955), so that no moment sees more waiting.
    #[test]
    fn one_agent_more_lets_nobody_wait_longer(
        agents in 1..8u32,
        load in 0.5..1.1f64,
        talk in select(vec![
            "\"3m\"",
            "{ mean = \"3m\" }",
            "{ kind = \"lognormal\", mean = \"3m\", cv = 2 }",
            "{ kind = \"uniform\", low = \"1s\", high = \"359s\" }",
        ]),
        seed in any::<u32>(),
    ) {
        let rate = f64::from(agents) * load * 20.0;
        let text = |agents: u32| format!(
            "horizon = {{ length = \"6h\", interval = \"15m\", at_end = \"drain\" }}\n\
             [queues.q]\ntalk = {talk}\narrivals.per_hour = {rate}\n\
             [groups.g]\nskills = [\"q\"]\nstaff = {agents}\n"
        );
        let (few, more) = (plays::compile(&text(agents)), plays::compile(&text(agents + 1)));
        for replication in 0..5 {
            let few = plays::play(&few, u64::from(seed), replication);
            let more = plays::play(&more, u64::from(seed), replication);
            let q = QueueId(0);
            prop_assert_eq!(plays::in_all(&few, q, Count::Answered), plays::in_all(&more, q, Count::Answered));
            for (few, more) in few.queues[0].rows.iter().zip(&more.queues[0].rows) {
                prop_assert!(more[Count::Waiting] <= few[Count::Waiting], "time in queue");
                prop_assert!(more[Count::WaitAnswered] <= few[Count::WaitAnswered], "waits by entry");
            }
            prop_assert!(more.queues[0].longest <= few.queues[0].longest);
        }
    }

    /// Durations twice as long at half the rates are the same play at half the pace.
    #[test]
    fn doubling_all_times_changes_nothing_but_the_pace(
        text in two_queues(),
        staff in 1..4u32,
        seed in any::<u32>(),
    ) {
        // Within one clock hour, as each hour's arrivals have draws of their own.
        let text = text.replace("4h", "30m").replace("\"30m\", at_end", "\"15m\", at_end");
        let text = text.replace(
            "staff = ",
            &format!("staff = {{ step = \"7m\", values = [{staff}, 1, 3] }} # "),
        );
        let seen = plays::play(&plays::compile(&text), u64::from(seed), 0);
        let slow = plays::play(&plays::compile(&at_half_pace(&text)), u64::from(seed), 0);
        prop_assert!(sum(&seen, Count::Entered) > 0);
        for (seen, slow) in seen.queues.iter().zip(&slow.queues) {
            for (row, slow) in seen.rows.iter().zip(&slow.rows) {
                for count in [
                    Count::Entered, Count::Answered, Count::Abandoned, Count::Delayed, Count::Legs,
                    Count::Transferred, Count::Cases, Count::Solved, Count::SolvedFirst, Count::Lost,
                ] {
                    prop_assert_eq!(row[count], slow[count], "{:?}", count);
                }
                let rounding = 10 * (row[Count::Entered] + 10) * (row[Count::Entered] + 10);
                for time in [Count::WaitAnswered, Count::WaitAbandoned, Count::Talk, Count::WrapUp] {
                    prop_assert!((2 * row[time]).abs_diff(slow[time]) <= rounding, "{:?}", time);
                }
            }
        }
    }

    /// The order of tables, and of lines within them, plays no part; reports follow the file.
    #[test]
    fn reordering_a_files_tables_changes_no_number(
        tables in centres::centres(),
        shuffled in any::<u64>(),
        seed in any::<u32>(),
    ) {
        let other = shuffle(&tables, shuffled);
        let results = [&tables, &other].map(|tables| {
            let text = format!("experiment = {{ replications = 6, seed = {seed} }}\n{}", centres::text(tables));
            let loaded = plays::load(&text);
            let experiment = Experiment::new(&loaded.scenario).expect("it is stable");
            by_name(experiment.run(&Silent).expect("it is stable").results)
        });
        prop_assert_eq!(&results[0], &results[1]);
    }
}

/// All durations doubled, all rates halved.
fn at_half_pace(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, after) = rest.split_at(quote + 1);
        let end = after.find('"').expect("quotes come in pairs");
        out.push_str(before);
        let quoted = &after[..end];
        let unit = quoted.trim_start_matches(|c: char| c.is_ascii_digit());
        match quoted[..quoted.len() - unit.len()].parse::<u32>() {
            Ok(number) if matches!(unit, "s" | "m" | "h") => out.push_str(&format!("{}{unit}", 2 * number)),
            _ => out.push_str(quoted),
        }
        out.push('"');
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    let halved = |line: &str| match line.strip_prefix("arrivals.per_hour = ") {
        Some(rate) => format!("arrivals.per_hour = {}", rate.parse::<f64>().expect("a rate") / 2.0),
        None => line.to_owned(),
    };
    out.lines().map(halved).collect::<Vec<_>>().join("\n")
}

/// The tables and their lines in another order.
fn shuffle(tables: &[centres::Table], seed: u64) -> Vec<centres::Table> {
    let key = holdline::random::Key::seed(seed);
    let mut tables: Vec<_> = tables.iter().cloned().enumerate().collect();
    tables.sort_by_key(|(number, _)| key.nth(*number as u64));
    tables
        .into_iter()
        .map(|(number, mut table)| {
            let key = key.child(number as u64);
            let mut lines: Vec<_> = std::mem::take(&mut table.lines).into_iter().enumerate().collect();
            lines.sort_by_key(|(number, _)| key.nth(*number as u64));
            table.lines = lines.into_iter().map(|(_, line)| line).collect();
            table
        })
        .collect()
}

fn by_name(mut results: Results) -> Results {
    results.queues.sort_by(|a, b| a.name.cmp(&b.name));
    results.channels.sort_by(|a, b| a.name.cmp(&b.name));
    results.groups.sort_by(|a, b| a.name.cmp(&b.name));
    results
}
