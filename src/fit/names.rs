//! Names that a scenario can have.

/// Keys for names: small letters, digits and underscores, each another.
#[must_use]
pub fn keys(names: &[&str], nameless: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for name in names {
        let mut key = String::new();
        for c in name.chars().flat_map(char::to_lowercase) {
            match c {
                'ä' => key.push_str("ae"),
                'ö' => key.push_str("oe"),
                'ü' => key.push_str("ue"),
                'ß' => key.push_str("ss"),
                c if c.is_ascii_alphanumeric() => key.push(c),
                _ if !key.is_empty() && !key.ends_with('_') => key.push('_'),
                _ => {}
            }
        }
        let key = key.trim_end_matches('_');
        let key = if key.is_empty() { nameless } else { key };
        let free = |key: &str| keys.iter().all(|known| known != key);
        let own = std::iter::once(key.to_owned()).chain((2..).map(|number| format!("{key}_{number}")));
        keys.extend(own.into_iter().find(|key| free(key)));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys_that_differ() {
        assert_eq!(
            keys(&["Claims - EN", "claims (en)", "Kündigung", "", "東京"], "calls"),
            ["claims_en", "claims_en_2", "kuendigung", "calls", "calls_2"]
        );
    }
}
