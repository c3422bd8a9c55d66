//! The keys of cases that begin in a queue.

use super::{TRACE, VOLUME_FILE};
use crate::reading::shape::Kind::{
    Duration, Each, Either, List, Moment, Name, Number, Stepped, Table, Tables, Text,
};
use crate::reading::shape::Range::{NotNegative, Share};
use crate::reading::shape::{Shape, key};

pub(in crate::scenario) static ARRIVALS: Shape = Shape {
    name: "arrivals",
    doc: "Cases that begin in a queue. One of `per_day`, `per_hour`, `per_interval`, `csv`, `trace`.",
    keys: &[
        key("per_day", Number(NotNegative), "", "1800", "Cases on a weekday of factor 1"),
        key(
            "profile",
            Either(&[List(&Number(NotNegative)), Name("profile")]),
            "evenly over the opening hours",
            "[0, 1, 2, 1]",
            "With `per_day` or a file of daily totals: weights of the intervals of a day, from midnight, or a named profile",
        ),
        key(
            "per_hour",
            Stepped(&Number(NotNegative)),
            "",
            "{ \"08:00\" = 100, \"18:00\" = 20 }",
            "Cases per hour",
        ),
        key(
            "per_interval",
            List(&Number(NotNegative)),
            "",
            "[12, 15, 9, 4]",
            "Cases in each reporting interval of a day, or of the whole horizon",
        ),
        key(
            "csv",
            Table(&VOLUME_FILE),
            "",
            "{ file = \"acd.csv\", time = \"start\", value = \"calls\" }",
            "Volumes in a table; each is a Poisson mean",
        ),
        key(
            "trace",
            Table(&TRACE),
            "",
            "{ file = \"calls.csv\", time = \"arrived\" }",
            "Single arrivals in a table, replayed as they are",
        ),
        key(
            "weekday",
            Each { of: "weekday", value: &Number(NotNegative) },
            "1 each",
            "{ mon = 1.3, sat = 0.6, sun = 0 }",
            "Factors of the weekdays",
        ),
        key(
            "busyness",
            Table(&BUSYNESS),
            "",
            "{ cv = 0.1, shared = \"weather\" }",
            "Good and bad days: a gamma factor a day, of mean 1",
        ),
        key(
            "events",
            Tables(&EVENT),
            "",
            ".outage = { at = 2026-03-04T10:00:00, length = \"2h\", factor = 2.5 }",
            "Stretches of time with another volume",
        ),
    ],
    base: None,
};

static BUSYNESS: Shape = Shape {
    name: "busyness",
    doc: "A gamma factor a day, of mean 1.",
    keys: &[
        key("cv", Number(NotNegative), "required", "0.1", "Standard deviation of the factor"),
        key("shared", Text, "its own", "\"weather\"", "Queues that name the same share the factor"),
        key(
            "correlation",
            Number(Share),
            "1",
            "0.7",
            "Of the factors of those who share; 1 is one factor for all",
        ),
    ],
    base: None,
};

static EVENT: Shape = Shape {
    name: "event",
    doc: "A stretch of time with another volume.",
    keys: &[
        key(
            "at",
            Moment,
            "required",
            "2026-03-04T10:00:00",
            "When it begins (without calendar: time since the start)",
        ),
        key("length", Duration, "required", "\"2h\"", "How long"),
        key("factor", Number(NotNegative), "required", "2.5", "What the volume is multiplied by"),
    ],
    base: None,
};
