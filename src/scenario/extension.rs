//! A variant as a file of its own: it extends the one that it varies, and has the changed keys alone.

use crate::reading::setting::as_toml;

/// The text of a file that extends `base`, a path relative to the new file's folder, and sets `settings`
/// (`path=value`) in their order; `None` where one of them reaches into a list, which no file can.
#[must_use]
pub fn extension(base: &str, title: &str, settings: &[String]) -> Option<String> {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut lines =
        vec![format!("extends = {}", text(base)), format!("title = {}", text(title)), String::new()];
    for setting in settings {
        lines.push(as_toml(setting)?);
    }
    lines.push(String::new());
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_become_keys_of_a_file() {
        let settings = [
            "queues.orders.talk.mean=4m2s",
            "groups.\"night shift\".staff=5",
            "groups.team.staff={ \"08:00\" = 3 }",
            "queues.vip.open=[\"mon-fri 09:00-18:00\"]",
        ]
        .map(str::to_owned);
        assert_eq!(
            extension("centre.toml", "Five at night", &settings).as_deref(),
            Some(
                "extends = \"centre.toml\"\ntitle = \"Five at night\"\n\nqueues.orders.talk.mean = \"4m2s\"\n\
                 groups.\"night shift\".staff = 5\ngroups.team.staff = { \"08:00\" = 3 }\n\
                 queues.vip.open = [\"mon-fri 09:00-18:00\"]\n"
            )
        );
        assert_eq!(extension("a.toml", "", &["queues.a.arrivals.profile[3]=2".to_owned()]), None);
    }
}
