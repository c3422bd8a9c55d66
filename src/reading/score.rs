//! Expressions of a file: what is wrong with one is shown within it.

use crate::expression::{Expression, Fault};
use crate::vocabulary::Words;

use super::context::Context;
use super::source::Place;
use super::suggest;

/// Reads the expression that `text` is, written at `place`; tells all that is wrong with it.
pub(crate) fn expression<T: Words>(
    cx: &Context<'_>,
    (text, place, path): (&str, Place, &str),
    parameters: &[(String, f64)],
) -> Option<Expression<T>> {
    let faults = match Expression::parse(text, parameters) {
        Ok(expression) => return Some(expression),
        Err(faults) => faults,
    };
    // Where the text has escapes, it stands in the file as something else: then the whole is shown.
    let written = cx.sources.get(place.source).text.get(place.start..place.end).unwrap_or("");
    let begins = written.find(text).filter(|_| !text.is_empty()).map(|at| place.start + at);
    for Fault { range, title, help, unknown } in faults {
        let within = begins.map_or(place, |begins| Place {
            start: begins + range.start,
            end: begins + range.end,
            ..place
        });
        let parameters = parameters.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = T::NAMES.iter().copied().chain(parameters).collect();
        let help = help.or_else(|| {
            let near = suggest::nearest(&unknown?, names.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`? "));
            Some(format!("{}there are {}", near.unwrap_or_default(), suggest::list(&names)))
        });
        let logged = cx.log.error(within, format!("`{path}`: {title}"), "");
        if let Some(help) = help {
            logged.help(help);
        }
    }
    None
}
