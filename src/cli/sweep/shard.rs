//! Which part of a sweep one machine plays.

/// Every `of`-th point from the `number`-th, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 0.
    pub number: u64,
    /// Of how many.
    pub of: u64,
    /// The variable that said so.
    variable: Option<&'static str>,
}

impl Default for Shard {
    fn default() -> Shard {
        Shard { number: 0, of: 1, variable: None }
    }
}

/// How a job array tells its jobs how many they are.
#[derive(Clone, Copy, Debug)]
enum HowMany {
    /// A variable has the number.
    Count(&'static str),
    /// Variables have the last number and the step from one to the next, which is 1 where there is none.
    Last { last: &'static str, step: &'static str, count: Option<&'static str> },
    /// It does not; [`PARTS`] says it.
    Untold,
}

/// The variables of a job array.
#[derive(Clone, Copy, Debug)]
struct Array {
    /// The number of this job.
    index: &'static str,
    /// The first number; 0 where none is named.
    first: Option<&'static str>,
    how_many: HowMany,
    /// The number of the first part, where all of them are known.
    base: u64,
}

/// How many parts there are, whatever the array says: for arrays that do not know, and for those that play some parts again.
const PARTS: &str = "HOLDLINE_PARTS";

const ARRAYS: [Array; 8] = [
    Array {
        index: "SLURM_ARRAY_TASK_ID",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        how_many: HowMany::Last {
            last: "SLURM_ARRAY_TASK_MAX",
            step: "SLURM_ARRAY_TASK_STEP",
            count: Some("SLURM_ARRAY_TASK_COUNT"),
        },
        base: 0,
    },
    // Kubernetes gives no count: a job sets it beside `completions`.
    Array {
        index: "JOB_COMPLETION_INDEX",
        first: None,
        how_many: HowMany::Count("JOB_COMPLETIONS"),
        base: 0,
    },
    Array {
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: None,
        how_many: HowMany::Count("AWS_BATCH_JOB_ARRAY_SIZE"),
        base: 0,
    },
    Array { index: "BATCH_TASK_INDEX", first: None, how_many: HowMany::Count("BATCH_TASK_COUNT"), base: 0 },
    Array { index: "HQ_TASK_ID", first: None, how_many: HowMany::Untold, base: 0 },
    Array { index: "PBS_ARRAY_INDEX", first: None, how_many: HowMany::Untold, base: 0 },
    Array { index: "PBS_ARRAYID", first: None, how_many: HowMany::Untold, base: 0 },
    // Grid Engine counts from 1.
    Array {
        index: "SGE_TASK_ID",
        first: Some("SGE_TASK_FIRST"),
        how_many: HowMany::Last { last: "SGE_TASK_LAST", step: "SGE_TASK_STEPSIZE", count: None },
        base: 1,
    },
];

impl Shard {
    /// `3/16`, or `auto`.
    ///
    /// # Errors
    /// A sentence.
    pub fn parse(text: &str) -> Result<Shard, String> {
        if text == "auto" {
            return Shard::from_variables(|name| std::env::var(name).ok());
        }
        let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        let Some((number, of)) = parts else {
            return Err("write it like 3/16: the fourth of sixteen parts, or `auto`".to_owned());
        };
        Shard::new(number, of, None)
    }

    fn new(number: u64, of: u64, variable: Option<&'static str>) -> Result<Shard, String> {
        if number >= of {
            let last = of.saturating_sub(1);
            return Err(format!("{of} parts are numbered from 0 to {last}; there is no part {number}"));
        }
        Ok(Shard { number, of, variable })
    }

    /// What a job array says of this job.
    fn from_variables(read: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let number = |name: &str| -> Result<Option<u64>, String> {
            let whole = |text: String| {
                text.parse::<u64>().map_err(|_| format!("{name} is `{text}`, which is no number"))
            };
            read(name).map(whole).transpose()
        };
        // Grid Engine sets its variable in every job, to a word where there is no array.
        let is_set = |array: &&Array| read(array.index).is_some_and(|text| text != "undefined");
        let Some(array) = ARRAYS.iter().find(is_set) else {
            let names: Vec<&str> = ARRAYS.iter().map(|array| array.index).collect();
            return Err(format!("none of {} is set", names.join(", ")));
        };
        let index = number(array.index)?.unwrap_or_default();
        if let Some(of) = number(PARTS)? {
            let Some(part) = index.checked_sub(array.base) else {
                return Err(format!("{} is {index}; there the first part is {}", array.index, array.base));
            };
            return Shard::new(part, of, Some(array.index));
        }
        let first = array.first.map(&number).transpose()?.flatten().unwrap_or(0);
        let missing = |name: &str| {
            format!("{} is set, but neither {name} nor {PARTS}: how many parts are there?", array.index)
        };
        let (step, of) = match array.how_many {
            HowMany::Untold => {
                return Err(format!(
                    "{} says which part this is, but not of how many: set {PARTS}",
                    array.index
                ));
            }
            HowMany::Count(name) => (1, number(name)?.ok_or_else(|| missing(name))?),
            HowMany::Last { last: last_name, step, count } => {
                let step = number(step)?.unwrap_or(1).max(1);
                let last = number(last_name)?;
                let told = count.map(&number).transpose()?.flatten();
                let spanned = last.map(|last| last.saturating_sub(first) / step + 1);
                if let (Some(spanned), Some(told)) = (spanned, told)
                    && spanned != told
                {
                    return Err(format!(
                        "the array has gaps, so that its numbers do not tell the parts: set {PARTS} to the number of all parts"
                    ));
                }
                (step, told.or(spanned).ok_or_else(|| missing(last_name))?)
            }
        };
        Shard::new(index.saturating_sub(first) / step, of, Some(array.index))
    }

    /// The variable that the part was read from.
    #[must_use]
    pub fn read_from(&self) -> Option<&'static str> {
        self.variable
    }

    /// The folder of the part, within that of the sweep.
    #[must_use]
    pub fn folder(&self) -> String {
        let width = (self.of - 1).to_string().len();
        format!("shard-{:0width$}-of-{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbered_from_0() {
        let shard = Shard::parse("3/16").unwrap();
        assert_eq!((shard.number, shard.of, shard.folder().as_str()), (3, 16, "shard-03-of-16"));
        for wrong in ["5/3", "3/3", "0/0", "three", "1/x"] {
            assert!(Shard::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn job_arrays_say_which_part() {
        let of = |pairs: &'static [(&'static str, &'static str)]| {
            Shard::from_variables(move |name| pairs.iter().find(|p| p.0 == name).map(|p| p.1.to_owned()))
        };
        let part = |pairs| of(pairs).map(|shard| (shard.number, shard.of, shard.read_from().unwrap_or("-")));
        for (pairs, number, parts) in [
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "4"),
                    ("SLURM_ARRAY_TASK_MIN", "1"),
                    ("SLURM_ARRAY_TASK_MAX", "8"),
                    ("SLURM_ARRAY_TASK_COUNT", "8"),
                ][..],
                3,
                8,
            ),
            // --array=0-12:4
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "8"),
                    ("SLURM_ARRAY_TASK_MIN", "0"),
                    ("SLURM_ARRAY_TASK_MAX", "12"),
                    ("SLURM_ARRAY_TASK_STEP", "4"),
                    ("SLURM_ARRAY_TASK_COUNT", "4"),
                ],
                2,
                4,
            ),
            (&[("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "2")], 0, 2),
            (&[("AWS_BATCH_JOB_ARRAY_INDEX", "2"), ("AWS_BATCH_JOB_ARRAY_SIZE", "3")], 2, 3),
            (&[("BATCH_TASK_INDEX", "7"), ("BATCH_TASK_COUNT", "8")], 7, 8),
            (&[("HQ_TASK_ID", "5"), (PARTS, "6")], 5, 6),
            (&[("PBS_ARRAY_INDEX", "0"), (PARTS, "6")], 0, 6),
            (&[("PBS_ARRAYID", "3"), (PARTS, "6")], 3, 6),
            (
                &[
                    ("SGE_TASK_ID", "3"),
                    ("SGE_TASK_FIRST", "1"),
                    ("SGE_TASK_LAST", "8"),
                    ("SGE_TASK_STEPSIZE", "1"),
                ],
                2,
                8,
            ),
        ] {
            assert_eq!(part(pairs), Ok((number, parts, pairs[0].0)));
        }
        assert!(of(&[("JOB_COMPLETION_INDEX", "2")]).unwrap_err().contains("JOB_COMPLETIONS"));
        assert!(of(&[("HQ_TASK_ID", "2")]).unwrap_err().contains(PARTS));
        assert!(of(&[("SGE_TASK_ID", "undefined")]).unwrap_err().contains("none of"));
        assert!(of(&[]).is_err());
        assert!(of(&[("SLURM_ARRAY_TASK_ID", "x"), ("SLURM_ARRAY_TASK_COUNT", "2")]).is_err());
    }

    #[test]
    fn some_parts_can_be_played_again() {
        let of = |pairs: &'static [(&'static str, &'static str)]| {
            Shard::from_variables(move |name| pairs.iter().find(|p| p.0 == name).map(|p| p.1.to_owned()))
                .map(|shard| (shard.number, shard.of))
        };
        // --array=3,7-8: the numbers alone would be those of another sweep of three parts.
        let again = &[
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_MIN", "3"),
            ("SLURM_ARRAY_TASK_MAX", "8"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
        ];
        assert!(of(again).unwrap_err().contains(PARTS));
        let again = &[
            ("SLURM_ARRAY_TASK_ID", "7"),
            ("SLURM_ARRAY_TASK_MIN", "3"),
            ("SLURM_ARRAY_TASK_MAX", "8"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            (PARTS, "16"),
        ];
        assert_eq!(of(again), Ok((7, 16)));
        // -t 8-9 of Grid Engine.
        let again = &[("SGE_TASK_ID", "8"), ("SGE_TASK_FIRST", "8"), ("SGE_TASK_LAST", "9"), (PARTS, "16")];
        assert_eq!(of(again), Ok((7, 16)));
        assert!(of(&[("HQ_TASK_ID", "6"), (PARTS, "6")]).is_err());
    }
}
