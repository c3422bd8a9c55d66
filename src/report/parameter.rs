//! Settings by dotted path, in words: what the axes of a sweep are called.

use crate::model::Labels;
use crate::reading::DottedPath;

/// `groups.team.shifts.early.agents` as `Team, shift early: agents`, with the names that people know.
pub(super) fn in_words(path: &str, labels: &Labels) -> String {
    let path = DottedPath::read(path);
    let keys: Vec<&str> = path.keys().collect();
    let plain = |keys: &[&str]| keys.join(" ").replace('_', " ");
    let (whose, rest) = match keys.split_first() {
        Some((kind, [name, rest @ ..])) if !rest.is_empty() => match *kind {
            "queues" => (labels.queue(name), rest),
            "groups" => (labels.group(name), rest),
            "channels" | "follow_ups" => (*name, rest),
            _ => return plain(&keys),
        },
        _ => return plain(&keys),
    };
    match rest {
        ["shifts", shift, more @ ..] if !more.is_empty() => {
            format!("{whose}, shift {shift}: {}", plain(more))
        }
        rest => format!("{whose}: {}", plain(rest)),
    }
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
