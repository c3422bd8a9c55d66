//! What is declared of figures: each says all that is to be said, and the pages say the same.

use std::collections::{BTreeMap, BTreeSet};

use holdline::figures::{Figure, Line, Sheet};

const PAGE: &str = include_str!("../../docs/figures.md");

/// The letters of `docs/figures.md` for the lines that have a figure.
fn letters(figure: Figure) -> BTreeSet<char> {
    let kinds = [
        (Line::Scope, 'Q'),
        (Line::Kind, 'K'),
        (Line::Row, 'R'),
        (Line::GroupRow, 'R'),
        (Line::Group, 'G'),
        (Line::FollowUp, 'F'),
    ];
    let mut letters: BTreeSet<char> =
        kinds.into_iter().filter(|(line, _)| figure.is_of(*line)).map(|(_, letter)| letter).collect();
    // What queues have, their total has too.
    if figure.is_of(Line::Total) && !figure.is_of(Line::Scope) {
        letters.insert('T');
    }
    letters
}

#[test]
fn the_page_says_which_lines_have_a_figure_as_it_is_declared() {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(names), Some(letters)) = (cells.first(), cells.last()) else { continue };
        let letters = letters.split(" of ").next().unwrap_or_default();
        if letters.split(' ').all(|letter| letter.len() == 1 && "QKRFGT".contains(letter)) {
            for name in names.split(", ") {
                told.insert(name.trim_matches('`').to_owned(), letters.to_owned());
            }
        }
    }
    for figure in Figure::ALL {
        let Some(said) = told.get(figure.name()) else { continue };
        let said: BTreeSet<char> = said.chars().filter(|letter| *letter != ' ').collect();
        assert_eq!(said, letters(*figure), "docs/figures.md, column `where` of `{}`", figure.name());
    }
    assert!(told.len() > 90, "only {} figures were found in the tables of docs/figures.md", told.len());
}

#[test]
fn a_figure_has_a_name_of_its_own_and_a_meaning() {
    let mut names = BTreeSet::new();
    for figure in Figure::ALL {
        assert!(names.insert(figure.name()), "two figures are called `{}`", figure.name());
        assert_eq!(Figure::named(figure.name()), Some(*figure));
        let meaning = figure.meaning();
        let is_sentence = meaning.starts_with(char::is_uppercase) && meaning.ends_with('.');
        assert!(is_sentence, "the meaning of `{}` is no sentence: {meaning}", figure.name());
    }
}

/// The order of declarations is that of reports, and nothing else hangs on it: these are told by what each
/// figure says of itself.
#[test]
fn files_have_the_columns_that_figures_ask_for() {
    let standing = |sheet| Figure::ALL.iter().filter(move |figure| figure.stands_in(sheet));
    for figure in standing(Sheet::Groups) {
        assert!(figure.is_of(Line::Group), "`{}` is no figure of groups", figure.name());
    }
    for figure in standing(Sheet::Queues).chain(standing(Sheet::Cases)) {
        let of_scopes = figure.is_of(Line::Scope) || figure.is_of(Line::Row);
        assert!(of_scopes, "`{}` is no figure of queues", figure.name());
    }
    for figure in standing(Sheet::Intervals) {
        let of_rows = figure.is_of(Line::Row) || figure.is_of(Line::GroupRow);
        assert!(of_rows, "`{}` is no figure of intervals", figure.name());
    }
}

#[test]
fn what_agents_can_mend_has_a_shortage() {
    assert_eq!(Figure::ServiceLevel.shortage(), Some(Figure::AgentsShort));
    assert_eq!(Figure::Abandonment.shortage(), Some(Figure::AgentsShortOfAbandonment));
    assert_eq!(Figure::ResolvedInTime.shortage(), None);
}
