//! A share that may differ from attempt to attempt: `0.6`, or `[0.8, 0.5, 0.2]`.

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, List, Reads, Share};
use crate::reading::shape::Kind;
use crate::reading::tree::Data;

/// A share for each attempt; what is said of the last one holds for all that follow.
#[derive(Clone, Debug, PartialEq)]
pub struct ByAttempt(pub Vec<f64>);

impl ByAttempt {
    /// Whether any of them is above 0.
    #[must_use]
    pub fn ever(&self) -> bool {
        self.0.iter().any(|share| *share > 0.0)
    }
}

impl Declares for ByAttempt {
    const KIND: Kind = Kind::Either(&[Share::KIND, List::<Share>::KIND]);
}

impl Reads for ByAttempt {
    type Value = ByAttempt;

    fn read(written: &Written<'_>) -> Option<ByAttempt> {
        let Data::List(_) = written.node.data else {
            return Share::read(written).map(|share| ByAttempt(vec![share]));
        };
        let shares = List::<Share>::read(written)?;
        if shares.is_empty() {
            let title = format!("`{}` has no share", written.path);
            let logged = written.cx.log.error(written.node.place, title, "the list is empty");
            logged.help("write one for the first attempt, one for the second and so on: [0.8, 0.5]");
            return None;
        }
        Some(ByAttempt(shares))
    }
}
