//! What is wrong with an export.

/// Something wrong with an export, with what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A sentence, with the file and the row where there is one, without a period.
    pub title: String,
    /// What would be right.
    pub hint: Option<String>,
}

impl Fault {
    /// With what would be right.
    pub fn new(title: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault { title: title.into(), hint: Some(hint.into()) }
    }
}

/// All that is wrong with an export: at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        Faults(vec![fault])
    }
}

impl Faults {
    /// One thing.
    pub fn one(title: impl Into<String>, hint: impl Into<String>) -> Faults {
        Fault::new(title, hint).into()
    }
}
