//! A run's contacts, written one by one, are what its figures are made of: every figure of every queue is counted again from the
//! rows of `contacts.csv` alone.

use std::collections::{BTreeMap, BTreeSet};

use holdline::estimate::FineHistogram;
use holdline::experiment::{ContactLog, Experiment, Silent};
use holdline::figures::Unit;
use holdline::model::Model;
use holdline::report::{CONTACT_COLUMNS, LogFormat, contact_lines, contacts_head};
use holdline::routing::RulePolicy;
use holdline::scenario::{Loaded, Scenario};
use holdline::units::Span;
use holdline::vocabulary::ServiceLevelFormula;

/// A telephone centre with what telephone centres have, at the borders: a warm-up, a cool-down, lines that are taken,
/// self-service, transfers of three kinds, overflows, callbacks, retries and repeat contacts.
const BORDERS: &str = r#"
horizon = { length = "12h", warm_up = "2h", cool_down = "1h", interval = "30m" }
channels.phone = { kind = "voice", lines = 24 }
report = { fcr_window = "2h" }

[queues.front]
channel = "phone"
priority = 2
talk = { mean = "4m" }
wrap_up = { mean = "40s" }
patience = { mean = "2m", balk = 0.05 }
target = { share = 0.8, within = "20s", formula = "less_short_abandons", short = "5s" }
cost = { per_waiting_hour = 30, per_abandonment = 4 }
arrivals.per_hour = 130
overflow = { after = "90s", to = "back" }
retry.after_abandon = { probability = 0.5, delay = { mean = "10m" }, limit = 3 }
retry.after_busy = { probability = 0.6, delay = "5m", limit = 4 }
resolution = { probability = 0.75, repeat_contact = { probability = 0.6, delay = { mean = "1h" } } }
callback = { offer_when.queue_length = 4, accept = 1, start_when = { idle_agents = 1 }, reached = 0.7, retries = 1, retry_after = "15m" }

[queues.front.self_service]
time = { mean = "50s" }
containment = 0.15
false_containment = { share = 0.3, delay = { mean = "1h" } }
hang_up = 0.05
to = { back = 0.2 }

[queues.front.transfers.back]
probability = 0.1
kind = "warm"
handover = "30s"
hold_limit = "1m"
requeue = "head"

[queues.front.transfers.third]
probability = 0.05
kind = "conference"
hold_limit = "1m"

[queues.back]
channel = "phone"
talk = { mean = "6m" }
wrap_up = "30s"
patience = { mean = "5m" }
target = { share = 0.7, within = "30s" }
arrivals.per_hour = 20
resolution = { probability = 0.9, repeat_contact = { probability = 0.5, delay = { mean = "2h" }, to = { front = 0.5 } } }
targets.resolve = { share = 0.8, within = "3h" }

[queues.third]
channel = "phone"
talk = { mean = "5m" }

[groups.generalists]
skills = ["front", "back"]
staff = 11

[groups.specialists]
skills = ["back", "third"]
staff = 4
"#;

fn of_file(name: &str, settings: &[&str]) -> Loaded {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
    Scenario::load(&path, &settings).expect("it loads")
}

/// A row of the file; times are microseconds.
struct Row(BTreeMap<String, String>);

fn micros(text: &str) -> i64 {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    sign * (whole.parse::<i64>().expect("seconds") * 1_000_000
        + format!("{rest:0<6}").parse::<i64>().expect("microseconds"))
}

impl Row {
    fn text(&self, column: &str) -> &str {
        &self.0[column]
    }
    fn is(&self, column: &str, word: &str) -> bool {
        self.text(column) == word
    }
    fn time(&self, column: &str) -> Option<i64> {
        Some(self.text(column)).filter(|text| !text.is_empty()).map(micros)
    }
    fn span(&self, column: &str) -> i64 {
        self.time(column).unwrap_or(0)
    }
    fn number(&self, column: &str) -> u64 {
        self.text(column).parse().expect("a number")
    }
    fn reported(&self) -> bool {
        self.is("reported", "true")
    }
    /// Whether it joined a queue.
    fn entered(&self) -> bool {
        let results = ["answered", "abandoned", "overflowed", "called_back", "closed_out", "still_waiting"];
        results.contains(&self.text("result"))
    }
}

fn rows(csv: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv);
    let head = reader.headers().expect("a head").clone();
    assert!(head.iter().eq(CONTACT_COLUMNS.iter().map(|(name, _)| *name)));
    let row = |record: csv::StringRecord| {
        Row(head.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect())
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

/// The figures of a queue that are known from its rows.
struct Recount {
    figures: BTreeMap<&'static str, f64>,
}

impl Recount {
    fn of(rows: &[Row], queue: &str, scenario: &Scenario, model: &Model) -> Recount {
        let end = model.reported_micros(model.end);
        let kind = model.queues[model.queue_named(queue).expect("the queue").index()].kind;
        let of = &scenario.queues.iter().find(|q| q.name == queue).expect("the queue");
        let (reported_to, seconds) = {
            let length = scenario.horizon.length.micros() as i64;
            (length, length as f64 / 1e6)
        };
        let all: Vec<&Row> = rows.iter().filter(|row| row.is("queue", queue)).collect();
        let here: Vec<&Row> = all.iter().copied().filter(|row| row.reported()).collect();
        let count = |result: &str| here.iter().filter(|row| row.is("result", result)).count() as f64;
        let sum = |result: &str, column: &str| {
            here.iter().filter(|row| row.is("result", result)).map(|row| row.span(column)).sum::<i64>()
        };
        let mut figures = BTreeMap::new();
        let mut put = |name: &'static str, value: f64| {
            if value.is_finite() {
                figures.insert(name, value);
            }
        };

        let entered = here.iter().filter(|row| row.entered()).count() as f64;
        let called_back =
            here.iter().filter(|row| row.is("kind", "callback") && row.is("result", "answered"));
        let by_callback = called_back.count() as f64;
        let offered = entered - count("overflowed") - count("called_back");
        let (answered, abandoned) = (count("answered"), count("abandoned"));
        let on_line = answered - by_callback;
        let ended = on_line + abandoned;
        put("offered", offered);
        put("answered", answered);
        put("abandoned", abandoned);
        for (figure, result) in [
            ("overflowed", "overflowed"),
            ("closed_out", "closed_out"),
            ("still_waiting", "still_waiting"),
            ("blocked", "blocked"),
            ("turned_away", "turned_away"),
            ("callbacks", "called_back"),
        ] {
            put(figure, count(result));
        }
        put("busy_signals", count("blocked") / (offered + count("blocked")));
        // The first row of a retry, whatever became of it.
        let mut seen = BTreeSet::new();
        let first = |row: &&Row| seen.insert((row.number("case"), row.number("contact")));
        let retries = rows.iter().filter(first).filter(|row| row.is("queue", queue) && row.reported());
        put("retries", retries.filter(|row| row.is("kind", "retry")).count() as f64);

        let delayed = here.iter().filter(|row| row.is("delayed", "true") && row.entered());
        let delayed =
            delayed.filter(|row| !row.is("result", "overflowed") && !row.is("result", "called_back"));
        put("delayed", delayed.count() as f64 / (offered - by_callback));
        let (waited, waited_in_vain) = (sum("answered", "wait"), sum("abandoned", "wait"));
        put("wait", (waited + waited_in_vain) as f64 / 1e6 / ended);
        put("wait_answered", waited as f64 / 1e6 / on_line);
        put("wait_abandoned", waited_in_vain as f64 / 1e6 / abandoned);
        put("abandonment", abandoned / ended);
        let waits = |results: &[&str]| {
            let of = here.iter().filter(|row| results.iter().any(|result| row.is("result", result)));
            // Who is called back does not wait on the line.
            let of = of.filter(|row| !row.is("kind", "callback"));
            let mut waits: Vec<i64> = of.map(|row| row.span("wait")).collect();
            waits.sort_unstable();
            waits
        };
        let both = waits(&["answered", "abandoned"]);
        let squares: i128 = both.iter().map(|wait| i128::from(wait / 1000)).map(|wait| wait * wait).sum();
        let mean = (waited + waited_in_vain) as f64 / 1e6 / ended;
        put("wait_sd", (squares as f64 / 1e6 / ended - mean * mean).max(0.0).sqrt());
        put("wait_max", both.last().map_or(f64::NAN, |longest| *longest as f64 / 1e6));
        for (waits, names) in [
            (
                both,
                [
                    ("wait_p50", 0.5),
                    ("wait_p80", 0.8),
                    ("wait_p90", 0.9),
                    ("wait_p95", 0.95),
                    ("wait_p99", 0.99),
                ],
            ),
            (
                waits(&["answered"]),
                [
                    ("wait_answered_p50", 0.5),
                    ("wait_answered_p80", 0.8),
                    ("wait_answered_p90", 0.9),
                    ("wait_answered_p95", 0.95),
                    ("wait_answered_p99", 0.99),
                ],
            ),
            (
                waits(&["abandoned"]),
                [("wait_abandoned_p50", 0.5), ("wait_abandoned_p90", 0.9), ("", 0.5), ("", 0.5), ("", 0.5)],
            ),
        ] {
            for (name, p) in names.into_iter().filter(|(name, _)| !name.is_empty() && !waits.is_empty()) {
                // The smallest wait that a share p does not exceed, as its bin tells it.
                let rank = ((p * waits.len() as f64).ceil() as usize).max(1);
                let bin = FineHistogram::bin(Span::from_micros(waits[rank - 1] as u64));
                put(name, FineHistogram::value_seconds(bin));
            }
        }

        if let Some(target) = &of.answer {
            let within = target.within.span().map(|span| span.micros() as i64);
            let short = target.short.micros() as i64;
            let level = |rows: &mut dyn Iterator<Item = &&Row>| {
                let (mut met, mut asked) = (0.0, 0.0);
                for row in rows.filter(|row| !row.is("kind", "callback")) {
                    // Where a response keeps the target, when it came is known, and by when it was due needs the opening hours.
                    let in_time = match kind.counts_responses() {
                        true => row.is("in_time", "true"),
                        false => within.is_some_and(|within| row.span("wait") <= within),
                    };
                    match (row.text("result"), target.formula) {
                        ("answered", _) => {
                            assert_eq!(row.is("in_time", "true"), in_time);
                            (met, asked) = (met + f64::from(u8::from(in_time)), asked + 1.0);
                        }
                        ("abandoned", ServiceLevelFormula::AnsweredOfOffered) => asked += 1.0,
                        ("abandoned", ServiceLevelFormula::LessShortAbandons) => {
                            asked += f64::from(u8::from(row.span("wait") > short));
                        }
                        ("abandoned", other) => panic!("{other:?} is not counted here"),
                        _ => {}
                    }
                }
                (met, asked)
            };
            let (met, asked) = level(&mut here.iter());
            put("service_level", met / asked);
            let mut days: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
            for row in &here {
                days.entry(row.span("entered").div_euclid(86_400_000_000)).or_default().push(row);
            }
            let days = days.values().map(|rows| level(&mut rows.iter())).filter(|(_, asked)| *asked > 0.0);
            let days: Vec<bool> = days.map(|(met, asked)| met >= target.share * asked).collect();
            put("days_on_target", days.iter().filter(|met| **met).count() as f64 / days.len() as f64);
        }

        let total = |column: &str| here.iter().map(|row| row.span(column)).sum::<i64>() as f64 / 1e6;
        let legs = here.iter().map(|row| row.number("legs")).sum::<u64>() as f64;
        put("talk", total("talk") / legs);
        put("wrap_up", total("wrap_up") / legs);
        put("aht", (total("talk") + total("wrap_up")) / legs);
        put("hold", total("hold") / legs);
        put("load", offered * ((total("talk") + total("wrap_up")) / legs) / seconds);
        let passed_on = here.iter().filter(|row| row.is("result", "answered") && !row.is("to", ""));
        put("transferred", passed_on.count() as f64 / legs);

        // What the reported time sees of each wait and of each piece of work, whenever it began.
        let clip = |from: i64, to: i64| (from.clamp(0, reported_to), to.clamp(0, reported_to));
        let mut steps = Vec::new();
        let mut in_queue = 0;
        for row in all.iter().filter(|row| row.entered()) {
            let (from, to) = clip(row.span("entered"), row.time("left").unwrap_or(end));
            in_queue += to - from;
            steps.extend([(from, 1_i64), (to, -1)]);
        }
        put("queue", in_queue as f64 / 1e6 / seconds);
        if let Some(cost) = &of.cost {
            let hours = in_queue as f64 / 3.6e9;
            put("waiting_cost", hours * cost.per_waiting_hour + abandoned * cost.per_abandonment);
        }
        steps.sort_unstable();
        let (mut waiting, mut before, mut squared) = (0_i64, 0, 0_i128);
        for (at, step) in steps {
            squared += i128::from(waiting * waiting) * i128::from(at - before);
            (waiting, before) = (waiting + step, at);
        }
        let mean = in_queue as f64 / 1e6 / seconds;
        put("queue_sd", (squared as f64 / 1e6 / seconds - mean * mean).max(0.0).sqrt());
        let worked = all.iter().filter(|row| !row.is("agent", "")).map(|row| {
            let (from, to) = clip(row.span("left"), row.time("freed").unwrap_or(end));
            to - from
        });
        put("busy", worked.sum::<i64>() as f64 / 1e6 / seconds);

        // From the beginning of the wait to the first reply.
        let responses = here
            .iter()
            .filter_map(|row| Some(row.time("responded")? - (row.time("left")? - row.time("wait")?)));
        let mut responses: Vec<i64> = responses.collect();
        responses.sort_unstable();
        put("response", responses.iter().sum::<i64>() as f64 / 1e6 / responses.len() as f64);
        for (name, p) in
            [("response_p50", 0.5), ("response_p80", 0.8), ("response_p90", 0.9), ("response_p95", 0.95)]
        {
            if let Some(rank) = ((p * responses.len() as f64).ceil() as usize).checked_sub(1) {
                let bin = FineHistogram::bin(Span::from_micros(responses[rank] as u64));
                put(name, FineHistogram::value_seconds(bin));
            }
        }
        put("silent", here.iter().filter(|row| row.is("silently", "true")).count() as f64);

        let sessions = |results: &[&str]| {
            here.iter().filter(|row| results.iter().any(|result| row.is("result", result))).count() as f64
        };
        let all_sessions =
            sessions(&["contained", "falsely_contained", "hung_up", "passed_on", "in_self_service"]);
        put("sessions", all_sessions);
        put("containment", sessions(&["contained", "falsely_contained"]) / all_sessions);
        put("true_containment", sessions(&["contained"]) / all_sessions);
        put("hung_up", sessions(&["hung_up"]) / all_sessions);

        // All accept a callback that is offered.
        put("callback_offered", count("called_back"));
        put("callback_done", by_callback / count("called_back"));
        let never = here.iter().filter(|row| row.is("result", "not_reached") && row.is("ending", "lost"));
        put("callback_unreached", never.count() as f64 / count("called_back"));
        let accepted: BTreeMap<(u64, u64), i64> = rows
            .iter()
            .filter(|row| row.is("result", "called_back"))
            .map(|row| ((row.number("case"), row.number("contact")), row.span("left")))
            .collect();
        let delays = here.iter().filter(|row| row.is("kind", "callback") && row.is("result", "answered"));
        let delays: i64 =
            delays.map(|row| row.span("left") - accepted[&(row.number("case"), row.number("contact"))]).sum();
        put("callback_delay", delays as f64 / 1e6 / by_callback);

        // Cases count where and when they opened.
        let mut cases: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.is("opened_in", queue) && row.is("record", "contact")) {
            if (0..reported_to).contains(&row.span("opened")) {
                cases.entry(row.number("case")).or_default().push(row);
            }
        }
        let number = cases.len() as f64;
        // Mostly the last row: who got nowhere by writing again still waits in an earlier one.
        fn closing<'a>(case: &[&'a Row]) -> &'a Row {
            case.iter().find(|row| !row.is("ending", "")).expect("every case ends or is open")
        }
        let endings = |words: &[&str]| {
            let those = |rows: &&Vec<&Row>| words.contains(&closing(rows).text("ending"));
            cases.values().filter(those).collect::<Vec<_>>()
        };
        let solved = endings(&["solved_first", "solved", "solved_by_follow_up", "contained"]);
        let by_people = endings(&["solved_first", "solved", "solved_by_follow_up"]);
        let (first, lost) = (endings(&["solved_first"]).len() as f64, endings(&["lost"]).len() as f64);
        let served = |rows: &[&Row]| rows.iter().filter(|row| row.is("result", "answered")).count() > 0;
        let ever = cases.values().filter(|rows| served(rows)).count() as f64;
        put("cases", number);
        put("solved_first", first / number);
        put("solved_later", (by_people.len() as f64 - first) / number);
        put("contained", endings(&["contained"]).len() as f64 / number);
        put("lost", lost / number);
        put("open", (number - solved.len() as f64 - lost) / number);
        put("resolution", solved.len() as f64 / (solved.len() as f64 + lost));
        put("fcr", first / ever);
        let window = scenario.report.fcr_window.micros() as i64;
        let repeated = cases.values().filter(|rows| {
            let Some(answered) = rows.iter().find(|row| row.is("result", "answered")) else { return false };
            let contact = answered.number("contact");
            let of = |number: u64| rows.iter().filter(move |row| row.number("contact") == number);
            let legs = of(contact).filter(|row| row.is("result", "answered") && row.number("legs") > 0);
            let last = legs.map(|row| row.span("left") + row.span("talk") - row.span("hold")).max();
            let next = of(contact + 1).map(|row| row.span("arrived")).next();
            last.zip(next).is_some_and(|(last, next)| next - last <= window)
        });
        put("fcr_measured", (ever - repeated.count() as f64) / ever);
        let ended = |rows: &Vec<&Row>| closing(rows).span("ended") - rows[0].span("opened");
        let took: i64 = solved.iter().map(|rows| ended(rows)).sum();
        put("time_to_resolution", took as f64 / 1e6 / solved.len() as f64);
        if let Some(within) = of.resolve.as_ref().and_then(|target| target.within.span()) {
            let in_time = solved.iter().filter(|rows| ended(rows) <= within.micros() as i64).count();
            put("resolved_in_time", in_time as f64 / (solved.len() as f64 + lost));
        }
        let contacts = cases.values().map(|rows| rows.iter().map(|row| row.number("contact")).max());
        put("contacts_per_case", contacts.flatten().sum::<u64>() as f64 / number);
        let finished = |row: &&&Row| {
            row.number("legs") > 0
                && row.time("left").is_some_and(|left| {
                    // Talks that run when the play ends are counted among the legs of queues, not of cases.
                    left + row.span("talk") - row.span("hold") <= end
                })
        };
        let legs: usize = cases.values().map(|rows| rows.iter().filter(finished).count()).sum();
        put("legs_per_case", legs as f64 / number);
        let passed_on = |row: &&&Row| finished(row) && row.is("result", "answered") && !row.is("to", "");
        let transfers: usize = cases.values().map(|rows| rows.iter().filter(passed_on).count()).sum();
        put("transfers_per_case", transfers as f64 / number);
        let agents = |rows: &Vec<&Row>| {
            let with = rows.iter().filter(|row| row.is("result", "answered"));
            with.map(|row| (row.text("group").to_owned(), row.text("agent").to_owned())).collect::<Vec<_>>()
        };
        let met = |rows: &Vec<&Row>| agents(rows).into_iter().collect::<BTreeSet<_>>().len();
        put("agents_per_case", cases.values().map(met).sum::<usize>() as f64 / number);
        // Who did the follow-up that solved it is the last one.
        let follow_ups =
            || rows.iter().filter(|row| row.is("record", "follow_up") && row.is("result", "answered"));
        let last = |case: &Vec<&Row>| {
            let end = closing(case);
            if !end.is("ending", "solved_by_follow_up") {
                return agents(case).last().cloned();
            }
            let by = follow_ups().find(|row| {
                row.text("case") == end.text("case")
                    && row.span("left") + row.span("talk") == end.span("ended")
            });
            by.map(|row| (row.text("group").to_owned(), row.text("agent").to_owned()))
        };
        let by_first = by_people.iter().filter(|case| agents(case).first().cloned() == last(case)).count();
        put("first_agent", by_first as f64 / by_people.len() as f64);
        // Away from the end of the talk, or from when the customer left, until the return, or a follow-up's solution.
        let settled = rows.iter().filter(|row| row.is("ending", "solved_by_follow_up"));
        let settled: BTreeMap<(u64, u64), i64> =
            settled.map(|row| ((row.number("case"), row.number("contact")), row.span("ended"))).collect();
        let away = rows.iter().filter(|row| row.is("returns_to", queue)).map(|row| {
            let talked = if row.is("result", "answered") { row.span("talk") - row.span("hold") } else { 0 };
            let from = row.time("left").expect("the customer has left") + talked;
            let settled = settled.get(&(row.number("case"), row.number("contact"))).copied();
            let until = row.time("returns").unwrap_or(i64::MAX).min(settled.unwrap_or(i64::MAX));
            (until.min(reported_to) - from.clamp(0, reported_to)).max(0)
        });
        let away = away.sum::<i64>();
        if away > 0 {
            put("to_return", away as f64 / 1e6 / seconds);
        }
        let only = solved.iter().filter(|rows| {
            let once = rows.iter().all(|row| row.number("contact") == 1);
            once && !closing(rows).is("ending", "solved_by_follow_up")
        });
        let only = only.count();
        put("ocr", only as f64 / (solved.len() as f64 + lost));
        Recount { figures }
    }
}

fn counts_again(loaded: &Loaded, not_here: &[&str]) {
    let scenario = &loaded.scenario;
    let experiment = Experiment::new(scenario).expect("it compiles");
    let outcome = experiment.run(&Silent).expect("it runs");
    assert_eq!(outcome.results.replications, 1);
    let model = experiment.model();
    let mut log = ContactLog::default();
    experiment.record(0, &mut RulePolicy::new(model), &mut log).expect("it plays");
    let mut csv = contacts_head(LogFormat::Csv);
    csv.extend(contact_lines(1, &log, model, LogFormat::Csv));
    let rows = rows(&csv);
    let (mut compared, mut wrong) = (0, Vec::new());
    for queue in &outcome.results.queues {
        let recount = Recount::of(&rows, &queue.name, scenario, model);
        for (figure, estimate) in &queue.figures.0 {
            let name = figure.name();
            if not_here.contains(&name) {
                continue;
            }
            compared += 1;
            let Some(again) = recount.figures.get(name) else {
                wrong.push(format!("{}.{name} is {}, and not counted again", queue.name, estimate.value));
                continue;
            };
            // The same whole numbers; only the order of a few operations on floating-point numbers may differ.
            let close = (again - estimate.value).abs() <= 1e-11 * estimate.value.abs().max(1e-3);
            let exact = figure.unit() != Unit::Count || name.contains('_') || *again == estimate.value;
            if !close || !(exact || ["queue", "busy", "load", "to_return"].contains(&name)) {
                wrong
                    .push(format!("{}.{name} is {}, {again} when counted again", queue.name, estimate.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 25 * outcome.results.queues.len(), "only {compared} figures");
}

#[test]
fn every_figure_of_a_telephone_centre_is_counted_again() {
    let settings = ["experiment.replications=1".to_owned(), "experiment.seed=3".to_owned()];
    let loaded = Scenario::from_text("borders.toml", BORDERS, &settings).expect("it loads");
    counts_again(&loaded, &[]);
}

#[test]
fn every_figure_of_a_week_with_opening_hours_is_counted_again() {
    // Working days need the opening hours, which stand in no row.
    counts_again(&of_file("retail.toml", &["experiment.replications=1"]), &["resolved_in_time"]);
}

#[test]
fn every_figure_of_the_first_scenario_is_counted_again() {
    counts_again(&of_file("first.toml", &["experiment.replications=1"]), &[]);
}

#[test]
fn what_a_wave_and_a_small_bank_count_is_counted_again() {
    counts_again(&of_file("outage.toml", &["experiment.replications=1"]), &[]);
    counts_again(&of_file("bank-1999.toml", &["experiment.replications=1"]), &[]);
}

/// Where agents have several things at once, a row has one beginning and one end of the work, whatever lay between; that needs the
/// events. So does who went back to a queue.
const OF_EVENTS: &[&str] =
    &["busy", "effort", "load", "queue", "queue_sd", "parked", "interrupted", "later_response", "to_return"];

/// What follows from opening hours, was declined, or happened at another queue before the contact was escalated.
const NOT_IN_ROWS: &[&str] =
    &["resolved_in_time", "response_within", "backlog", "escalated", "chased", "callback_offered", "retries"];

/// Who took a conversation up after it was parked, or a letter after it was given back; and which attempt an answer belongs to where
/// customers write again while they wait.
const OF_CHASERS: &[&str] = &["agents_per_case", "first_agent", "fcr_measured"];

fn contacts_are_counted_again(name: &str, more: &[&str]) {
    counts_again(&of_file(name, &["experiment.replications=1"]), &[OF_EVENTS, NOT_IN_ROWS, more].concat());
}

#[test]
fn what_two_tiers_count_of_contacts_is_counted_again() {
    contacts_are_counted_again("helpdesk.toml", &[]);
}

#[test]
fn what_a_desk_of_letters_counts_of_contacts_is_counted_again() {
    contacts_are_counted_again("complaints.toml", OF_CHASERS);
}

#[test]
fn what_all_channels_count_of_contacts_is_counted_again() {
    contacts_are_counted_again("omnichannel.toml", OF_CHASERS);
}
