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

/// The variables of job arrays: the number of this job, the first number, and how many there are.
const ARRAYS: [(&str, Option<&str>, &str); 3] = [
    ("SLURM_ARRAY_TASK_ID", Some("SLURM_ARRAY_TASK_MIN"), "SLURM_ARRAY_TASK_COUNT"),
    // Kubernetes gives no count: a job sets it beside `completions`.
    ("JOB_COMPLETION_INDEX", None, "JOB_COMPLETIONS"),
    ("AWS_BATCH_JOB_ARRAY_INDEX", None, "AWS_BATCH_JOB_ARRAY_SIZE"),
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
        for (index, first, count) in ARRAYS {
            let Some(number) = read(index) else { continue };
            let whole = |name: &str, text: String| {
                text.parse::<u64>().map_err(|_| format!("{name} is `{text}`, which is no number"))
            };
            let number = whole(index, number)?;
            let first = first.and_then(|name| read(name).map(|text| whole(name, text))).transpose()?;
            let Some(of) = read(count) else {
                return Err(format!("{index} is set, but not {count}: how many parts are there?"));
            };
            return Shard::new(number.saturating_sub(first.unwrap_or(0)), whole(count, of)?, Some(index));
        }
        let names: Vec<&str> = ARRAYS.iter().map(|(index, ..)| *index).collect();
        Err(format!("none of {} is set", names.join(", ")))
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
        let slurm = of(&[
            ("SLURM_ARRAY_TASK_ID", "4"),
            ("SLURM_ARRAY_TASK_MIN", "1"),
            ("SLURM_ARRAY_TASK_COUNT", "8"),
        ]);
        let slurm = slurm.unwrap();
        assert_eq!((slurm.number, slurm.of, slurm.read_from()), (3, 8, Some("SLURM_ARRAY_TASK_ID")));
        let batch = of(&[("AWS_BATCH_JOB_ARRAY_INDEX", "2"), ("AWS_BATCH_JOB_ARRAY_SIZE", "3")]).unwrap();
        assert_eq!((batch.number, batch.of), (2, 3));
        assert!(of(&[("JOB_COMPLETION_INDEX", "2")]).unwrap_err().contains("JOB_COMPLETIONS"));
        assert!(of(&[]).is_err());
        assert!(of(&[("SLURM_ARRAY_TASK_ID", "x"), ("SLURM_ARRAY_TASK_COUNT", "2")]).is_err());
    }
}
