//! One setting of a scenario.

/// One setting: a dotted path and its value as TOML writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// `groups.night.staff`.
    pub path: String,
    /// `5`, `"2m"`, `{ mean = "3m" }`.
    pub value: String,
}

impl Setting {
    /// As `--set` takes it.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}={}", self.path, self.value)
    }

    /// The value for a reader: a text without its quotes.
    #[must_use]
    pub fn shown(&self) -> &str {
        let bare = self.value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        bare.unwrap_or(&self.value)
    }
}
