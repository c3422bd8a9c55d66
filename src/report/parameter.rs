//! Settings by dotted path, in words: what the axes of a sweep are called.

use crate::model::Labels;

/// `groups.team.shifts.early.agents` as `Team, shift early: agents`, with the names that people know.
pub(super) fn in_words(path: &str, labels: &Labels) -> String {
    let keys = keys(path);
    let plain = |keys: &[String]| keys.join(" ").replace('_', " ");
    let (whose, rest) = match keys.split_first() {
        Some((kind, [name, rest @ ..])) if !rest.is_empty() => match kind.as_str() {
            "queues" => (labels.queue(name).to_owned(), rest),
            "groups" => (labels.group(name).to_owned(), rest),
            "channels" | "follow_ups" => (name.clone(), rest),
            _ => return plain(&keys),
        },
        _ => return plain(&keys),
    };
    match rest {
        [kind, shift, more @ ..] if kind == "shifts" && !more.is_empty() => {
            format!("{whose}, shift {shift}: {}", plain(more))
        }
        rest => format!("{whose}: {}", plain(rest)),
    }
}

/// The keys of a path; quotes keep the dots of a name.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quoted = false;
    for letter in path.chars() {
        match letter {
            '"' => quoted = !quoted,
            '.' if !quoted => keys.push(String::new()),
            letter => keys.iter_mut().last().into_iter().for_each(|key| key.push(letter)),
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_whose_and_what() {
        let labels = Labels { groups: vec![("team".to_owned(), "The team".to_owned())], ..Labels::default() };
        for (path, words) in [
            ("groups.team.staff", "The team: staff"),
            ("groups.team.staff.\"08:00\"", "The team: staff 08:00"),
            ("groups.team.shifts.early.agents", "The team, shift early: agents"),
            ("queues.billing.arrivals.per_hour", "billing: arrivals per hour"),
            ("queues.\"a.b\".patience.mean", "a.b: patience mean"),
            ("horizon.days", "horizon days"),
            ("seed", "seed"),
        ] {
            assert_eq!(in_words(path, &labels), words);
        }
    }
}
