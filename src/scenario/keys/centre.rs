//! The keys of the whole file: horizon, experiment, report, tools.

use super::super::{Days, IntervalRows};
use super::{CHANNEL, FOLLOW_UP, GROUP, QUEUE, ROUTING};
use crate::reading::shape::Kind::{
    Count, Date, Duration, Each, List, Members, Number, Paths, Table, Text, Variants,
};
use crate::reading::shape::Range::{Inside, NotNegative, Positive, Share};
use crate::reading::shape::{Shape, key, one_of};
use crate::vocabulary::AtEnd;

pub(in crate::scenario) static SCENARIO: Shape = Shape {
    name: "scenario",
    doc: "One contact centre.",
    keys: &[
        key("title", Text, "the file's name", "\"Retail service desk\"", "What the report calls it"),
        key(
            "extends",
            Text,
            "",
            "\"retail.toml\"",
            "Starts from another scenario file; what stands here goes over it",
        ),
        key(
            "horizon",
            Table(&HORIZON),
            "required",
            "{ start = 2026-03-02, days = 7 }",
            "The time that is played",
        ),
        key(
            "experiment",
            Table(&EXPERIMENT),
            "",
            "{ replications = 200, seed = 7 }",
            "How often it is played, and with which seed",
        ),
        key(
            "channels",
            Members(&CHANNEL),
            "one, `phone`",
            ".chat = { kind = \"chat\", concurrency = 3 }",
            "How contacts travel",
        ),
        key(
            "queues",
            Members(&QUEUE),
            "required",
            ".billing = { talk = { mean = \"4m\" }, arrivals = { per_day = 1800 } }",
            "What contacts wait in",
        ),
        key(
            "follow_ups",
            Members(&FOLLOW_UP),
            "",
            ".courtesy_call = { trigger = \"transfer\", talk = { mean = \"3m\" } }",
            "Work that the centre itself starts for a case",
        ),
        key(
            "groups",
            Members(&GROUP),
            "required",
            ".generalists = { skills = [\"billing\"], staff = 20 }",
            "Agents who share skills, pay and shifts",
        ),
        key("routing", Table(&ROUTING), "", "{ agents = \"longest_idle\" }", "Who gets whom"),
        key(
            "customer_history",
            Table(&CUSTOMER_HISTORY),
            "",
            "{ coverage = 0.8, talk = 0.9 }",
            "What agents see of a customer who was here before",
        ),
        key(
            "knowledge_base",
            Table(&KNOWLEDGE_BASE),
            "",
            "{ resolution = 1.05, containment = 1.1 }",
            "What agents and self-service can look up",
        ),
        key("report", Table(&REPORT), "", "{ fcr_window = \"3d\" }", "What the report shows"),
        key(
            "profiles",
            Each { of: "profile", value: &List(&Number(NotNegative)) },
            "",
            ".office = [0, 1, 2, 1]",
            "Named profiles: weights of the intervals of a day, from midnight",
        ),
        key(
            "sweep",
            Paths,
            "",
            ".\"groups.night.staff\" = { from = 8, to = 16, step = 2 }",
            "What `holdline sweep` runs through: dotted paths with a list of values or a range each; `zip` and `sample` besides",
        ),
        key(
            "variants",
            Variants(&SCENARIO),
            "",
            ".more.groups.night.staff = 12",
            "What `holdline compare` compares with the file as written: named tables of settings by dotted path",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static HORIZON: Shape = Shape {
    name: "horizon",
    doc: "The time that is played: whole days from a date, or a length of the steady state.",
    keys: &[
        key("start", Date, "", "2026-03-02", "The first day; gives the weekdays. Every day has 24 hours"),
        key("days", Count(1), "1", "7", "How many days (with `start`)"),
        key(
            "time_zone",
            Text,
            "",
            "\"Europe/London\"",
            "Zone of the centre's clock: tables with `Z`, offsets or unix times are converted to it. Days keep 24 hours where the clock changes",
        ),
        key("length", Duration, "", "\"500h\"", "How long (without `start`: a study of the steady state)"),
        key(
            "interval",
            Duration,
            "\"30m\"",
            "\"15m\"",
            "The reporting step; divides the day evenly. Results may take 4 GiB of memory, of which a row of a queue has some 16 KiB",
        ),
        key(
            "warm_up",
            Duration,
            "\"0s\"",
            "\"1d\"",
            "Played before the start, not reported; whole days with `start`",
        ),
        key(
            "cool_down",
            Duration,
            "\"0s\"",
            "\"1d\"",
            "Played after the end so that what began before it can finish and count; what begins then is not reported. Whole days with `start`",
        ),
        key(
            "at_end",
            one_of::<AtEnd>(),
            "\"cut\"",
            "\"drain\"",
            "What is unfinished is reported as still here, or finishes",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static EXPERIMENT: Shape = Shape {
    name: "experiment",
    doc: "How often the horizon is played, and how the draws are made.",
    keys: &[
        key(
            "replications",
            Count(1),
            "100",
            "200",
            "Independent play-throughs (with `precision`: the first look)",
        ),
        key("seed", Count(0), "1", "7", "The seed of all draws"),
        key("confidence", Number(Inside), "0.95", "0.99", "Of the intervals"),
        key(
            "days",
            one_of::<Days>(),
            "\"stratified\"",
            "\"independent\"",
            "How `busyness` is drawn: \"stratified\" spreads it evenly over the replications, which takes fewer \
             of them for the same interval",
        ),
        key(
            "precision",
            Table(&PRECISION),
            "",
            "{ figure = \"total.service_level\", half_width = 0.005 }",
            "Go on until a figure is known this well",
        ),
    ],
    base: None,
};

pub(in crate::scenario) static PRECISION: Shape = Shape {
    name: "precision",
    doc: "A half-width to reach before stopping.",
    keys: &[
        key("figure", Text, "required", "\"queues.billing.abandonment\"", "The dotted name of the figure"),
        key(
            "half_width",
            Number(Positive),
            "required",
            "0.005",
            "In the figure's unit: shares in 0..1, times in seconds",
        ),
        key("max_replications", Count(1), "10000", "5000", "Stop there whatever the half-width"),
    ],
    base: None,
};

pub(in crate::scenario) static REPORT: Shape = Shape {
    name: "report",
    doc: "What the report shows.",
    keys: &[
        key(
            "fcr_window",
            Duration,
            "\"7d\"",
            "\"3d\"",
            "A further contact within this time spoils the measured first-contact resolution",
        ),
        key(
            "intervals",
            one_of::<IntervalRows>(),
            "\"auto\"",
            "\"each\"",
            "`auto`: past 28 days by date, and by weekday and time of day",
        ),
    ],
    base: None,
};

static CUSTOMER_HISTORY: Shape = Shape {
    name: "customer history",
    doc: "What agents see of a customer who was here before (CRM): every leg of a case after its first \
          one.",
    keys: &[
        key("coverage", Number(Share), "1", "0.8", "Share of legs that it covers"),
        key("talk", Number(Positive), "1", "0.9", "Factor on the talk time of a covered leg"),
        key(
            "resolution",
            Number(NotNegative),
            "1",
            "1.05",
            "Factor on the share of covered legs that solve (at most 1 results)",
        ),
    ],
    base: None,
};

static KNOWLEDGE_BASE: Shape = Shape {
    name: "knowledge base",
    doc: "What agents and self-service can look up: every leg, every self-service session.",
    keys: &[key(
        "containment",
        Number(NotNegative),
        "1",
        "1.1",
        "Factor on the containment of covered self-service sessions (at most 1 results)",
    )],
    base: Some(&CUSTOMER_HISTORY),
};
