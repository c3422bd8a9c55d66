//! What agents on contacts come to over the horizon: hours, paid hours, full-time equivalents.

use std::iter::Sum;
use std::ops::Add;

/// Hours of some agents over the reported time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PaidTime {
    /// On contacts.
    pub on_contacts: f64,
    /// Paid for them: on contacts / (1 - shrinkage).
    pub paid: f64,
}

impl PaidTime {
    /// Of so many hours on contacts, with `paid` hours for each of them.
    #[must_use]
    pub fn of(on_contacts: f64, paid: f64) -> PaidTime {
        PaidTime { on_contacts, paid: on_contacts * paid }
    }

    /// Full-time equivalents, of so many paid hours over the reported time; `None` where that is less than a working week.
    #[must_use]
    pub fn fte(self, fte_hours: Option<f64>) -> Option<f64> {
        fte_hours.map(|hours| self.paid / hours)
    }
}

impl Add for PaidTime {
    type Output = PaidTime;

    fn add(self, other: PaidTime) -> PaidTime {
        PaidTime { on_contacts: self.on_contacts + other.on_contacts, paid: self.paid + other.paid }
    }
}

impl Sum for PaidTime {
    fn sum<I: Iterator<Item = PaidTime>>(times: I) -> PaidTime {
        times.fold(PaidTime::default(), Add::add)
    }
}
