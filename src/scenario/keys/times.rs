//! The keys of laws, step tables and volume files.

use super::Kind::{Count, Duration, Each, Either, Law, List, Number, Stepped, Tables, Text};
use super::Range::{Any, Positive, Share};
use super::{Kind, Shape, key, words};

/// Kinds of laws.
pub(in super::super) const LAW_KINDS: &[&str] = &[
    "constant",
    "exponential",
    "lognormal",
    "gamma",
    "erlang",
    "weibull",
    "normal",
    "pareto",
    "hyperexponential",
    "uniform",
    "triangular",
    "empirical",
    "mixture",
];

const TIME: Kind = Stepped(&Duration);
const PLAIN: Kind = Stepped(&Number(Positive));

pub(in super::super) static LAW: Shape = Shape {
    name: "law",
    doc: "A law of times. A bare duration is a constant; a table with `mean` alone is exponential.",
    keys: &[
        key("kind", words(LAW_KINDS), "\"exponential\"", "\"lognormal\"", "Which law"),
        key("mean", TIME, "", "\"4m20s\"", "Mean, before `min` and `max` cut it"),
        key(
            "cv",
            PLAIN,
            "",
            "1.1",
            "Standard deviation / mean (lognormal, gamma, weibull, normal, pareto, hyperexponential, erlang)",
        ),
        key("sd", TIME, "", "\"5m\"", "Standard deviation, in place of `cv`; a normal law is cut at 0"),
        key("phases", Count(1), "", "3", "Number of exponential phases (erlang)"),
        key("shape", PLAIN, "", "1.5", "Shape (gamma, weibull, pareto), in place of `mean` and `cv`"),
        key(
            "scale",
            TIME,
            "",
            "\"3m\"",
            "Scale (gamma, weibull; of a pareto law the shortest time), with `shape`",
        ),
        key("mu", Stepped(&Number(Any)), "", "5.2", "Mean of the logarithm of the seconds (lognormal)"),
        key("sigma", PLAIN, "", "0.9", "Standard deviation of the logarithm (lognormal), with `mu`"),
        key("low", TIME, "", "\"10s\"", "Shortest (uniform, triangular)"),
        key("high", TIME, "", "\"5m\"", "Longest (uniform, triangular)"),
        key("mode", TIME, "", "\"2m\"", "Most frequent (triangular)"),
        key(
            "values",
            List(&Duration),
            "",
            "[\"40s\", \"55s\", \"2m\"]",
            "Observed times, all alike (empirical)",
        ),
        key(
            "csv",
            Kind::Table(&SAMPLE),
            "",
            "{ file = \"times.csv\", value = \"seconds\" }",
            "Observed times in a file (empirical)",
        ),
        key(
            "parts",
            Tables(&PART),
            "",
            ".short = { share = 0.7, mean = \"1m\" }",
            "Named laws with their shares (mixture)",
        ),
        key("min", Duration, "\"0s\"", "\"5s\"", "Cuts off what is shorter"),
        key("max", Duration, "none", "\"1h\"", "Cuts off what is longer"),
    ],
    base: None,
};

static PART: Shape = Shape {
    name: "part of a mixture",
    doc: "A law and how often it applies. The shares sum to 1.",
    keys: &[key("share", Number(Share), "required", "0.3", "How often")],
    base: Some(&LAW),
};

pub(in super::super) static PATIENCE: Shape = Shape {
    name: "patience",
    doc: "How long a customer would wait before giving up: a law, and who gives up at once.",
    keys: &[
        key("balk", Number(Share), "0", "0.01", "Share that gives up at once if it must wait"),
        key(
            "silent",
            Number(Share),
            "0",
            "0.3",
            "Share of those who give up that say nothing: an agent finds out later (chat)",
        ),
        key(
            "found_out",
            Duration,
            "\"2m\"",
            "\"90s\"",
            "With `silent`: how long the agent waits for an answer before finding out (chat)",
        ),
    ],
    base: Some(&LAW),
};

pub(in super::super) static SAMPLE: Shape = Shape {
    name: "sample file",
    doc: "Observed times in a column of a CSV file, in seconds or as durations.",
    keys: &[
        key("file", Text, "required", "\"times.csv\"", "Path, relative to the scenario"),
        key("value", Text, "required", "\"seconds\"", "Column of the times"),
        key(
            "where",
            Each { of: "column", value: &Text },
            "all rows",
            "{ queue = \"PS\" }",
            "Takes only rows with these values",
        ),
    ],
    base: None,
};

pub(in super::super) static VOLUME_FILE: Shape = Shape {
    name: "volume file",
    doc: "Volumes in a CSV file: local dates and times, or times of day for every day alike.",
    keys: &[
        key("file", Text, "required", "\"acd.csv\"", "Path, relative to the scenario"),
        key("time", Text, "required", "\"interval_start\"", "Column of the interval's start"),
        key("value", Text, "required", "\"offered\"", "Column of the volume"),
        key(
            "where",
            Each { of: "column", value: &Text },
            "all rows",
            "{ queue = \"PS\" }",
            "Takes only rows with these values",
        ),
        key("interval", Duration, "the smallest step in the file", "\"30m\"", "How long a row lasts"),
        key(
            "counts",
            words(&["cases", "offered"]),
            "\"cases\"",
            "\"offered\"",
            "`offered`: redials and recontacts included; a pilot finds the share of new cases",
        ),
    ],
    base: None,
};

pub(in super::super) static TRACE: Shape = Shape {
    name: "trace",
    doc: "Single arrivals in a CSV file, replayed as they are.",
    keys: &[
        key("file", Text, "required", "\"calls.csv\"", "Path, relative to the scenario"),
        key("time", Text, "required", "\"arrived\"", "Column of the local date and time"),
        key(
            "where",
            Each { of: "column", value: &Text },
            "all rows",
            "{ queue = \"PS\" }",
            "Takes only rows with these values",
        ),
    ],
    base: None,
};

pub(in super::super) static STAFF_FILE: Shape = Shape {
    name: "staff file",
    doc: "Heads in a CSV file: each row holds until the next.",
    keys: &[
        key("file", Text, "required", "\"heads.csv\"", "Path, relative to the scenario"),
        key("time", Text, "required", "\"from\"", "Column of the local date and time, or of the time of day"),
        key("value", Text, "required", "\"heads\"", "Column of the heads"),
        key(
            "where",
            Each { of: "column", value: &Text },
            "all rows",
            "{ team = \"blue\" }",
            "Takes only rows with these values",
        ),
    ],
    base: None,
};

/// A law, or a duration that is always the same.
pub(super) const TIMES: Kind = Law(&LAW);

/// A table with `csv` for staff.
pub(in super::super) static STAFF: Shape = Shape {
    name: "staff from a file",
    doc: "Heads from a CSV file.",
    keys: &[key(
        "csv",
        Kind::Table(&STAFF_FILE),
        "required",
        "{ file = \"heads.csv\", time = \"from\", value = \"heads\" }",
        "The file",
    )],
    base: None,
};

/// Heads without shifts.
pub(super) const HEADS: Kind = Either(&[Stepped(&Count(0)), Kind::Table(&STAFF)]);
