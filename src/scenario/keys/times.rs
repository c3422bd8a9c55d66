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
        key("kind", words(LAW_KINDS), "\"exponential\"", "Which law"),
        key("mean", TIME, "", "Mean, before `min` and `max` cut it"),
        key("cv", PLAIN, "", "Standard deviation / mean (lognormal, gamma, weibull, hyperexponential)"),
        key("phases", Count(1), "", "Number of exponential phases (erlang)"),
        key("shape", PLAIN, "", "Shape (gamma, weibull), in place of `mean` and `cv`"),
        key("scale", TIME, "", "Scale (gamma, weibull), with `shape`"),
        key("mu", Stepped(&Number(Any)), "", "Mean of the logarithm of the seconds (lognormal)"),
        key("sigma", PLAIN, "", "Standard deviation of the logarithm (lognormal), with `mu`"),
        key("low", TIME, "", "Shortest (uniform, triangular)"),
        key("high", TIME, "", "Longest (uniform, triangular)"),
        key("mode", TIME, "", "Most frequent (triangular)"),
        key("values", List(&Duration), "", "Observed times, all alike (empirical)"),
        key("csv", Kind::Table(&SAMPLE), "", "Observed times in a file (empirical)"),
        key("parts", Tables(&PART), "", "Named laws with their shares (mixture)"),
        key("min", Duration, "\"0s\"", "Cuts off what is shorter"),
        key("max", Duration, "none", "Cuts off what is longer"),
    ],
    base: None,
};

static PART: Shape = Shape {
    name: "part of a mixture",
    doc: "A law and how often it applies. The shares sum to 1.",
    keys: &[key("share", Number(Share), "required", "How often")],
    base: Some(&LAW),
};

pub(in super::super) static PATIENCE: Shape = Shape {
    name: "patience",
    doc: "How long a customer would wait before giving up: a law, and who gives up at once.",
    keys: &[key("balk", Number(Share), "0", "Share that gives up at once if it must wait")],
    base: Some(&LAW),
};

pub(in super::super) static SAMPLE: Shape = Shape {
    name: "sample file",
    doc: "Observed times in a column of a CSV file, in seconds or as durations.",
    keys: &[
        key("file", Text, "required", "Path, relative to the scenario"),
        key("value", Text, "required", "Column of the times"),
        key("where", Each { of: "column", value: &Text }, "all rows", "Takes only rows with these values"),
    ],
    base: None,
};

pub(in super::super) static VOLUME_FILE: Shape = Shape {
    name: "volume file",
    doc: "Volumes in a CSV file: local dates and times, or times of day for every day alike.",
    keys: &[
        key("file", Text, "required", "Path, relative to the scenario"),
        key("time", Text, "required", "Column of the interval's start"),
        key("value", Text, "required", "Column of the volume"),
        key("where", Each { of: "column", value: &Text }, "all rows", "Takes only rows with these values"),
        key("interval", Duration, "the smallest step in the file", "How long a row lasts"),
        key(
            "counts",
            words(&["cases", "offered"]),
            "\"cases\"",
            "`offered`: redials and recontacts included; a pilot finds the share of new cases",
        ),
    ],
    base: None,
};

pub(in super::super) static TRACE: Shape = Shape {
    name: "trace",
    doc: "Single arrivals in a CSV file, replayed as they are.",
    keys: &[
        key("file", Text, "required", "Path, relative to the scenario"),
        key("time", Text, "required", "Column of the local date and time"),
        key("where", Each { of: "column", value: &Text }, "all rows", "Takes only rows with these values"),
    ],
    base: None,
};

pub(in super::super) static STAFF_FILE: Shape = Shape {
    name: "staff file",
    doc: "Heads in a CSV file: each row holds until the next.",
    keys: &[
        key("file", Text, "required", "Path, relative to the scenario"),
        key("time", Text, "required", "Column of the local date and time, or of the time of day"),
        key("value", Text, "required", "Column of the heads"),
        key("where", Each { of: "column", value: &Text }, "all rows", "Takes only rows with these values"),
    ],
    base: None,
};

/// A law, or a duration that is always the same.
pub(super) const TIMES: Kind = Law(&LAW);

/// A table with `csv` for staff.
pub(in super::super) static STAFF: Shape = Shape {
    name: "staff from a file",
    doc: "Heads from a CSV file.",
    keys: &[key("csv", Kind::Table(&STAFF_FILE), "required", "The file")],
    base: None,
};

/// Heads without shifts.
pub(super) const HEADS: Kind = Either(&[Stepped(&Count(0)), Kind::Table(&STAFF)]);
