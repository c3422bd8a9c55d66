//! Shrinkage: paid time not available for contacts.

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, Reads, Share};
use crate::reading::shape::Kind;
use crate::reading::tree::Data;

/// `shrinkage`: paid time not available for contacts, as shares of paid time.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// Chance that a rostered agent is absent for the whole shift.
    pub absence: f64,
    /// In random blocks within the shift: training, meetings and the like (for `total`: what the
    /// paid breaks leave of it, worked out for each shift).
    pub blocks: Blocks,
}

/// The part of shrinkage that falls in random blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Blocks {
    /// This share of paid time.
    Share(f64),
    /// Whatever the paid breaks leave of this total share.
    UpTo(f64),
}

impl Declares for Shrinkage {
    const KIND: Kind = Kind::Either(&[Share::KIND, Kind::Each { of: "reason", value: &Share::KIND }]);
}

impl Reads for Shrinkage {
    type Value = Shrinkage;

    /// `0.28`, `{ total = 0.28 }`, or `{ absence = 0.06, training = 0.04, ... }`.
    fn read(written: &Written<'_>) -> Option<Shrinkage> {
        let Written { cx, node, path, .. } = written;
        if !matches!(node.data, Data::Table(_)) {
            let total = Share::read(written)?;
            return Some(Shrinkage { absence: 0.0, blocks: Blocks::UpTo(below_one(written, total)) });
        }
        let (mut total, mut absence, mut named) = (None, 0.0, 0.0);
        for part in written.each() {
            let share = Share::read(&part).unwrap_or(0.0);
            match part.key {
                "total" => total = Some(share),
                "absence" => absence = share,
                _ => named += share,
            }
        }
        let blocks = match total {
            Some(total) => {
                if named > 0.0 || absence > 0.0 {
                    let title = format!("`{path}` has both `total` and single shares");
                    cx.log.error(node.place, title, "which holds?").help("leave out `total`, or the others");
                }
                Blocks::UpTo(below_one(written, total))
            }
            None => {
                below_one(written, named + absence);
                Blocks::Share(named)
            }
        };
        Some(Shrinkage { absence, blocks })
    }
}

/// Somebody must be left.
fn below_one(written: &Written<'_>, sum: f64) -> f64 {
    if sum < 1.0 {
        return sum;
    }
    let title = format!("`{}` leaves nobody", written.path);
    let reason = format!("it sums to {}", (sum * 1e6).round() / 1e6);
    written.cx.log.error(written.node.place, title, reason);
    0.0
}
