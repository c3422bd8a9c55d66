//! The keys of laws, step tables and volume files.

use super::super::Counts;
use crate::reading::shape::Kind::{
    Count, Duration, Each, Either, File, Flag, Law, List, Number, Stepped, Tables, Text,
};
use crate::reading::shape::Range::{Any, Positive, Share};
use crate::reading::shape::{Key, Kind, Shape, key, one_of};
use crate::tables::{Decimal, Order, Unit};
use crate::vocabulary::words;

words! {
    /// Kinds of laws.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::scenario) enum LawKind {
        Constant = "constant",
        Exponential = "exponential",
        Lognormal = "lognormal",
        Gamma = "gamma",
        Erlang = "erlang",
        Weibull = "weibull",
        Normal = "normal",
        Pareto = "pareto",
        Hyperexponential = "hyperexponential",
        Uniform = "uniform",
        Triangular = "triangular",
        Empirical = "empirical",
        Mixture = "mixture",
    }
}

const TIME: Kind = Stepped(&Duration);
const PLAIN: Kind = Stepped(&Number(Positive));

pub(in crate::scenario) static LAW: Shape = Shape {
    name: "law",
    doc: "A law of times. A bare duration is a constant; a table with `mean` alone is exponential.",
    keys: &[
        key("kind", one_of::<LawKind>(), "\"exponential\"", "\"lognormal\"", "Which law"),
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

pub(in crate::scenario) static PATIENCE: Shape = Shape {
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

/// What a condition on a column may be.
static CONDITION: Kind = Either(&[Text, Number(Any)]);

// Keys that all tables of other programs share.
const FILE_KEY: Key = key(
    "file",
    File,
    "required",
    "\"acd.csv\"",
    "Path of a CSV file or an Excel workbook, relative to the scenario",
);
const WHERE: Key = key(
    "where",
    Each { of: "column", value: &CONDITION },
    "all rows",
    "{ queue = \"PS\" }",
    "Takes only rows with these values",
);
const SHEET: Key = key("sheet", Text, "the one that has the columns", "\"March\"", "Sheet of a workbook");
const HEAD: Key = key(
    "head",
    Flag,
    "true",
    "false",
    "`false`: the first line is a row, columns go by number: `time = \"1\"`",
);
const DECIMAL: Key = key(
    "decimal",
    one_of::<Decimal>(),
    "as the column tells",
    "\",\"",
    "Sign before decimals, where the numbers do not tell it",
);
const DATE: Key = key("date", Text, "", "\"Date\"", "Column of the date, where it has one of its own");
const DATES: Key = key(
    "dates",
    one_of::<Order>(),
    "as the column tells",
    "\"dmy\"",
    "Whether day or month comes first in dates such as 03/02/2026",
);
const TIME_ZONE: Key = key(
    "time_zone",
    Text,
    "the centre's",
    "\"UTC\"",
    "Zone of the times in the file; `\"local\"`: they are the centre's clock, even where they are marked `Z`",
);
const SUM: Key =
    key("sum", Flag, "false", "true", "Rows that share a time are added up; else they are a mistake");
const WIDE: Key = key(
    "wide",
    Flag,
    "false",
    "true",
    "In place of `value`: a column for each time of day, or for each date",
);

pub(in crate::scenario) static SAMPLE: Shape = Shape {
    name: "sample file",
    doc: "Observed times in a column of a table, as durations (`4m15s`, `4:15`, `0:04:15`) or numbers.",
    keys: &[
        FILE_KEY,
        key("value", Text, "required", "\"seconds\"", "Column of the times"),
        key("unit", one_of::<Unit>(), "\"seconds\"", "\"minutes\"", "What bare numbers count"),
        WHERE,
        SHEET,
        HEAD,
        DECIMAL,
    ],
    base: None,
};

pub(in crate::scenario) static VOLUME_FILE: Shape = Shape {
    name: "volume file",
    doc: "Volumes in a table: dates and times, times of day for every day alike, or dates with the total of the day.",
    keys: &[
        FILE_KEY,
        key(
            "time",
            Text,
            "required, but with `wide`",
            "\"interval_start\"",
            "Column of the interval's start, or of the date of a daily total",
        ),
        DATE,
        key("value", Text, "required, but with `wide`", "\"offered\"", "Column of the volume"),
        WIDE,
        WHERE,
        SUM,
        key("interval", Duration, "the usual step in the file", "\"30m\"", "How long a row lasts"),
        key(
            "counts",
            one_of::<Counts>(),
            "\"cases\"",
            "\"offered\"",
            "`offered`: redials and recontacts included; a pilot finds the share of new cases",
        ),
        DATES,
        DECIMAL,
        TIME_ZONE,
        SHEET,
        HEAD,
    ],
    base: None,
};

pub(in crate::scenario) static TRACE: Shape = Shape {
    name: "trace",
    doc: "Single arrivals in a table, replayed as they are.",
    keys: &[
        FILE_KEY,
        key("time", Text, "required", "\"arrived\"", "Column of the date and time"),
        DATE,
        WHERE,
        DATES,
        TIME_ZONE,
        SHEET,
        HEAD,
    ],
    base: None,
};

pub(in crate::scenario) static STAFF_FILE: Shape = Shape {
    name: "staff file",
    doc: "Heads in a table: each row holds until the next.",
    keys: &[
        FILE_KEY,
        key(
            "time",
            Text,
            "required, but with `wide`",
            "\"from\"",
            "Column of the date and time, or of the time of day",
        ),
        DATE,
        key("value", Text, "required, but with `wide`", "\"heads\"", "Column of the heads"),
        WIDE,
        WHERE,
        SUM,
        DATES,
        DECIMAL,
        TIME_ZONE,
        SHEET,
        HEAD,
    ],
    base: None,
};

/// A law, or a duration that is always the same.
pub(super) const TIMES: Kind = Law(&LAW);

/// A table with `csv` for staff.
pub(in crate::scenario) static STAFF: Shape = Shape {
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
