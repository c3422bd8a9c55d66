//! A place in an order, which may change as a contact waits: `2`, or `{ "30s" = 2, "2m" = 1 }`.

use crate::reading::fields::Written;
use crate::reading::kinds::{Count, Declares, Reads};
use crate::reading::shape::Kind;
use crate::reading::tree::Data;
use crate::units::{Span, parse_duration};

/// A place in an order: 1 before 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// It begins when the contact has waited so long.
    pub from: Span,
    /// The first one.
    pub first: u32,
    /// (waited so long, rank from then on), ascending.
    pub later: Vec<(Span, u32)>,
}

impl Rank {
    /// The same all the time.
    #[must_use]
    pub fn constant(rank: u32) -> Rank {
        Rank { from: Span::ZERO, first: rank, later: Vec::new() }
    }
}

impl Declares for Rank {
    const KIND: Kind = Kind::Either(&[Kind::Count(1), Kind::Each { of: "wait", value: &Kind::Count(1) }]);
}

impl Reads for Rank {
    type Value = Rank;

    fn read(written: &Written<'_>) -> Option<Rank> {
        let Data::Table(_) = written.node.data else {
            return Count::<1>::read(written).map(Rank::constant);
        };
        let log = written.cx.log;
        let mut steps: Vec<(Span, u32)> = Vec::new();
        let mut fine = true;
        for step in written.each() {
            let rank = Count::<1>::read(&step);
            let title = || format!("`{}` has `{}` among its waits", written.path, step.key);
            match (parse_duration(step.key), rank) {
                (Err(reason), _) => {
                    let help = "write a rank from each wait on: { \"0s\" = 2, \"90s\" = 1 }";
                    log.error(step.key_place, title(), reason).help(help);
                    fine = false;
                }
                (Ok(wait), Some(_)) if steps.iter().any(|(known, _)| *known == wait) => {
                    log.error(step.key_place, title(), "that wait is there already");
                    fine = false;
                }
                (Ok(wait), Some(rank)) => steps.push((wait, rank)),
                (Ok(_), None) => fine = false,
            }
        }
        steps.sort_unstable();
        if fine && steps.is_empty() {
            log.error(written.node.place, format!("`{}` has no rank", written.path), "the table is empty")
                .help("write `1`, or { \"0s\" = 2, \"90s\" = 1 }");
        }
        let (from, first) = *steps.first().filter(|_| fine)?;
        let mut later: Vec<(Span, u32)> = steps.split_off(1);
        let mut before = first;
        later.retain(|(_, rank)| std::mem::replace(&mut before, *rank) != *rank);
        Some(Rank { from, first, later })
    }
}
