//! Which column somebody means.

/// Why a column cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is none of this name.
    None,
    /// Several have this very name.
    Twice,
    /// Several are alike but for case, spaces and underscores, and none is exact.
    Alike(Vec<String>),
}

/// A name without what people write now so, now so: case, spaces, underscores and hyphens.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The number of the column that is called `name`: exactly, or else alike.
///
/// # Errors
/// Why there is not just one.
pub fn find(head: &[String], name: &str) -> Result<usize, Missing> {
    let wanted = name.trim();
    let places = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        head.iter().enumerate().filter(|(_, known)| fits(known)).map(|(index, _)| index).collect()
    };
    match places(&|known| known == wanted).as_slice() {
        [one] => return Ok(*one),
        [] => {}
        _ => return Err(Missing::Twice),
    }
    let alike = plain(wanted);
    match places(&|known| !alike.is_empty() && plain(known) == alike).as_slice() {
        [one] => Ok(*one),
        [] => Err(Missing::None),
        several if several.iter().all(|index| head[*index] == head[several[0]]) => Err(Missing::Twice),
        several => Err(Missing::Alike(several.iter().map(|index| head[*index].clone()).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_exact_name_wins_and_doubt_is_not_resolved() {
        assert_eq!(find(&head(&["Calls", "calls"]), "calls"), Ok(1));
        assert_eq!(find(&head(&["Interval Start", "Calls"]), "interval_start"), Ok(0));
        assert_eq!(find(&head(&["Calls", "calls"]), "CALLS"), Err(Missing::Alike(head(&["Calls", "calls"]))));
        assert_eq!(find(&head(&["Calls", "Calls"]), "Calls"), Err(Missing::Twice));
        assert_eq!(find(&head(&["Calls", "Calls"]), "calls"), Err(Missing::Twice));
        assert_eq!(find(&head(&["Calls"]), "Call"), Err(Missing::None));
    }
}
