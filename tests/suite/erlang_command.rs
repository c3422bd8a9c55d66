//! `holdline erlang`, as it reads.

use clap::Parser;
use holdline::cli::erlang::{ErlangArgs, text};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: ErlangArgs,
}

fn parsed(line: &str) -> Result<ErlangArgs, String> {
    let words = std::iter::once("erlang").chain(line.split_whitespace());
    Command::try_parse_from(words).map(|command| command.args).map_err(|error| error.to_string())
}

/// What is printed, without the blanks at line ends.
#[track_caller]
fn printed(line: &str) -> String {
    let text = text(&parsed(line).expect("the line is well formed")).expect("it has an answer");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The complaint, causes included.
#[track_caller]
fn refused(line: &str) -> String {
    match parsed(line) {
        Ok(args) => format!("{:#}", text(&args).expect_err("it makes no sense")),
        Err(message) => message.lines().next().unwrap_or_default().to_owned(),
    }
}

#[test]
fn three_models_stand_side_by_side() {
    let got = printed("--per-hour 2880 --aht 1m --patience 2m --agents 50 --shrinkage 28%");
    assert_eq!(got, SIDE_BY_SIDE);
}

#[test]
fn without_patience_and_agents_the_models_answer_for_what_they_ask() {
    let got = printed("--load 12 --aht 4m30s --max-occupancy 0.8 --lines 20");
    assert_eq!(got, FEW_LINES);
}

#[test]
fn too_few_agents_have_no_figures_and_a_reason() {
    let got = printed("--load 12 --aht 4m30s --agents 11");
    assert!(got.contains("Had to wait                                      -\n"), "{got}");
    assert!(got.ends_with(
        "\nErlang C has no steady state: 11 agents cannot keep up with a load of 12.00\n\
         Erlang B's agents needed: at most 20 % of the calls are lost, as nobody waits there\n\
         Erlang A needs --patience; without abandonment the agents needed are often too many"
    ));
}

/// A textbook's exercises (M/M/c, M/M/c/K and M/M/c/c by hand).
#[test]
fn small_desks_have_the_textbook_s_answers() {
    let has = |line: &str, row: &str, value: &str| {
        let got = printed(line);
        let found = got.lines().find(|text| text.trim_start().starts_with(row)).unwrap_or_default();
        assert!(found.contains(value), "{line}: {row} {value}: {got}");
    };
    let desk = "--per-hour 60 --aht 3m --agents 5 --within 21.2536s --waiting 3";
    has(desk, "Had to wait", "23.62 %");
    has(desk, "Mean wait, answered", "21.25s");
    has(desk, "Service level", "81.35 %");
    has(desk, "Exactly 3 waiting", "2.04 %");
    // Of two agents one call in five is lost, exactly; 1 - 0.8 is a little less in binary.
    let needed = "Agents needed";
    has("--load 1 --aht 1m --target 0.996", needed, " 5 ");
    has("--load 1 --aht 1m --target 0.8", needed, " 2 ");
    has("--load 1 --aht 1m --target 0.800001", needed, " 3 ");
    let holding = "--per-hour 40 --aht 3m --agents 3 --lines 11";
    has(holding, "Busy signal", "0.58 %");
    has(holding, "Had to wait", "43.46 %");
}

#[test]
fn the_largest_load_is_accepted_whatever_its_handle_time() {
    for aht in ["1m", "4m", "7s", "4m30s"] {
        assert!(question_is_accepted(&format!("--load 1000000 --aht {aht} --agents 1000000")), "{aht}");
    }
}

fn question_is_accepted(line: &str) -> bool {
    text(&parsed(line).expect("the line is well formed")).is_ok()
}

#[test]
fn json_holds_what_the_table_shows() {
    let got = printed("--per-hour 2880 --aht 1m --patience 2m --agents 50 --shrinkage 0.28 --json");
    let json: serde_json::Value = serde_json::from_str(&got).expect("it is JSON");
    assert_eq!(json["arrivals_per_hour"], 2880.0);
    assert_eq!(json["target"]["targets"]["service_level"], 0.8);
    assert_eq!(json["erlang_a"]["agents_needed"], 46);
    assert_eq!(json["rostered"]["erlang_a"], 64);
    let wait = json["erlang_a"]["figures"]["mean_wait"].as_f64().expect("a number");
    assert!((wait - 3.7095).abs() < 5e-5, "{wait}");
    let unstable = printed("--load 12 --aht 4m30s --agents 11 --json");
    let json: serde_json::Value = serde_json::from_str(&unstable).expect("it is JSON");
    assert!(json["erlang_c"]["figures"].is_null() && json["erlang_a"].is_null());
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    for (line, reason) in [
        ("--load 12 --aht 4", "`4` has no unit; write \"4s\", \"4m\" or \"4h\""),
        ("--load 12 --aht 4m --target 80", "a share lies between 0 and 1; did you mean 0.8 or 80%?"),
        ("--load 12 --aht 4m --target 1", "no number of agents answers everyone in time"),
        ("--load 12 --aht 4m --target 0", "0 is not a share above 0 and below 1"),
        ("--per-hour 3 --load 12 --aht 4m", "cannot be used with '--load <ERLANGS>'"),
        ("--load 0 --aht 4m", "without arrivals there is nothing to compute"),
        ("--load -3 --aht 4m", "without arrivals there is nothing to compute"),
        ("--load NaN --aht 4m", "without arrivals there is nothing to compute"),
        ("--load 1e9 --aht 4m", "is past what this command computes (1000000)"),
        ("--load 3 --aht 0s", "--aht is 0; a contact takes some time"),
        ("--load 3 --aht 4m --agents 0", "--agents is 0; nobody would ever be answered"),
        ("--load 3 --aht 4m --patience 0s", "--patience is 0"),
        ("--load 3 --aht 4m --shrinkage 1", "with a shrinkage of 1 nobody ever works"),
        ("--load 12 --aht 4m --agents 30 --lines 20", "give at least 30 lines"),
        ("--load 40 --aht 4m --lines 20 --max-occupancy 0.5", "more lines are needed"),
        ("--load 3 --aht 4m --patience 3m --max-abandonment 0", "brings abandonment down to 0"),
    ] {
        let got = refused(line);
        assert!(got.contains(reason), "{line}: {got}");
    }
}

const SIDE_BY_SIDE: &str = "\
48.00 erlangs: 2880 arrivals an hour, 1m each, patience 2m

                                     Erlang B  Erlang C      Erlang A
                                   busy: lost  all wait  some abandon
 Agents                                    50        50            50
 Busy signal                           8.33 %    0.00 %        0.00 %
 Service level, 20s                             64.35 %       94.30 %
   of the answered                              64.35 %       97.31 %
   excluding short abandons                     64.35 %       95.76 %
   excluding abandons in time                   64.35 %       97.20 %
   abandons in time count as met                64.35 %       97.29 %
   short abandons count as met                  64.35 %       95.83 %
 Had to wait                                    69.45 %       46.78 %
 Abandonment                                     0.00 %        3.09 %
 Mean wait, all                                  20.83s         3.71s
 Mean wait, answered (ASA)                       20.83s         3.62s
 Mean wait, abandoned                                           6.64s
 Wait of the answered, median                     9.86s         0.00s
   p80                                           37.34s         7.39s
   p90                                           58.14s        12.34s
   p95                                           78.93s        16.59s
 Waiting, time average                            16.67          2.97
 Agents busy, time average              44.00     48.00         46.52
 Occupancy                            88.00 %   96.00 %       93.03 %
 Agents needed (80 % in 20s)               42        52            46
 Heads to roster (shrinkage 28 %)          59        73            64

Erlang B's agents needed: at most 20 % of the calls are lost, as nobody waits there";

const FEW_LINES: &str = "\
12.00 erlangs: 160 arrivals an hour, 4m30s each, 20 lines

                                                   Erlang B  Erlang C
                                                 busy: lost  all wait
 Agents                                                  13        15
 Busy signal                                        15.49 %    2.28 %
 Service level, 20s                                           83.13 %
 Had to wait                                                  23.97 %
 Mean wait, answered (ASA)                                     11.06s
 Wait of the answered, median                                   0.00s
   p80                                                         10.62s
   p90                                                         45.32s
   p95                                                         73.15s
 Waiting, time average                                           0.48
 Agents busy, time average                            10.14     11.73
 Occupancy                                          78.01 %   78.17 %
 Agents needed (80 % in 20s, occupancy <= 80 %)          13        15

Erlang B's agents needed: at most 20 % of the calls are lost, as nobody waits there
Shares and waits are of those who got a line; the busy signal is of all who called
Each model's figures are for the agents that it asks for; --agents fixes them
Erlang A needs --patience; without abandonment the agents needed are often too many";
