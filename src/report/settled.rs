//! What `holdline warm-up` says.

use crate::experiment::WarmUp;
use crate::units::Span;

use super::wording::grouped;

/// What was found, and what the scenario has.
#[must_use]
pub fn render_warm_up(found: &WarmUp, written: Span) -> String {
    let (points, step) = (found.series.len(), found.step);
    let basis = format!(
        "MSER-5 on the number waiting and being served: {points} points of {step}, the mean of {} replications.\n",
        grouped(found.replications as f64, 0)
    );
    let said = match found.found {
        None => "The centre has not settled in half of the time: play longer, or look whether its agents suffice.\n".to_owned(),
        Some(needed) => {
            let rest = (needed.micros() / step.micros()) as usize;
            let rest = &found.series[rest..];
            let mean = rest.iter().sum::<f64>() / rest.len() as f64;
            let line = if needed == Span::ZERO {
                "It needs no warm-up.".to_owned()
            } else {
                format!("It settles after {needed}: write `horizon.warm_up = \"{needed}\"`.")
            };
            let has = match () {
                () if written == Span::ZERO && needed > Span::ZERO => " The file has none.".to_owned(),
                () if written == Span::ZERO => String::new(),
                () if written < needed => format!(" The file has {written}, which is too little."),
                () => format!(" The file has {written}, which is enough."),
            };
            format!("{line}{has} From then on {} are in the centre on average.\n", grouped(mean, 2))
        }
    };
    basis + &said
}
