//! "Did you mean": the nearest of the words that would have been right.

/// The candidate that `word` is probably a misspelling of.
///
/// At most one edit (a letter too many, too few, wrong, or two swapped) and one more for every
/// four letters; the nearest wins, then the first.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4 && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A hint: the nearest candidate, else all of them if they are few.
#[must_use]
pub fn hint<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> Option<String> {
    if let Some(candidate) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{candidate}`?"));
    }
    let all: Vec<&str> = candidates.into_iter().collect();
    match all.len() {
        1..=12 => Some(possible(&all)),
        _ => None,
    }
}

/// What there is, in a sentence.
pub(crate) fn possible(words: &[&str]) -> String {
    match words {
        [only] => format!("there is only `{only}`"),
        words => format!("possible are {}", list(words)),
    }
}

/// `a`, `b` and `c`, quoted.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let words = ["patience", "priority", "talk", "at_close"];
        assert_eq!(nearest("pateince", words), Some("patience"));
        assert_eq!(nearest("Talk", words), Some("talk"));
        assert_eq!(nearest("atclose", words), Some("at_close"));
        assert_eq!(nearest("zebra", words), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
    }
}
