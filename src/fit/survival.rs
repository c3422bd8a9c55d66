//! The share still waiting after a time, where many were answered before anyone could know.
//!
//! Kaplan & Meier (1958), with Greenwood's variance on the scale of log(-log), which keeps bands within 0 and 1.

use super::likelihood::DEVIATIONS;
use super::tally::Tally;

/// The share that is still patient after a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patient {
    /// Seconds.
    pub after: f64,
    /// The share, were nobody answered.
    pub share: f64,
    /// The 95 % band at this time.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The curve: a step at each time at which somebody abandoned.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// In order of time.
    pub steps: Vec<Patient>,
    /// The longest wait; nothing is known of longer ones.
    pub longest: f64,
}

impl Survival {
    /// From waits, of which some were cut. Of those who waited equally long, who was answered would have waited longer.
    #[must_use]
    pub fn of(waits: &Tally) -> Survival {
        let (mut share, mut variance) = (1.0, 0.0);
        let mut steps = Vec::new();
        let mut waiting = waits.seen();
        for time in &waits.times {
            if time.ended > 0.0 {
                share *= 1.0 - time.ended / waiting;
                variance += time.ended / (waiting * (waiting - time.ended));
                steps.push(band(time.seconds, share, variance));
            }
            waiting -= time.ended + time.cut;
        }
        Survival { steps, longest: waits.times.last().map_or(0.0, |time| time.seconds) }
    }

    /// The share after a time; `None` where nobody waited so long.
    #[must_use]
    pub fn after(&self, seconds: f64) -> Option<Patient> {
        if seconds > self.longest {
            return None;
        }
        let past = self.steps.partition_point(|step| step.after <= seconds);
        let all = Patient { after: 0.0, share: 1.0, low: 1.0, high: 1.0 };
        Some(Patient { after: seconds, ..past.checked_sub(1).map_or(all, |last| self.steps[last]) })
    }

    /// The time after which half have lost patience, with its 95 % band (Brookmeyer & Crowley 1982); an end that the log does
    /// not reach is infinite.
    #[must_use]
    pub fn median(&self) -> Option<(f64, f64, f64)> {
        let first =
            |of: fn(&Patient) -> f64| self.steps.iter().find(|step| of(step) <= 0.5).map(|step| step.after);
        let median = first(|step| step.share)?;
        Some((
            median,
            first(|step| step.low).unwrap_or(median),
            first(|step| step.high).unwrap_or(f64::INFINITY),
        ))
    }
}

fn band(after: f64, share: f64, variance: f64) -> Patient {
    if share <= 0.0 {
        return Patient { after, share: 0.0, low: 0.0, high: 1.0 };
    }
    let log = libm::log(share);
    let factor = libm::exp(DEVIATIONS * variance.sqrt() / log.abs());
    Patient { after, share, low: libm::pow(share, factor), high: libm::pow(share, 1.0 / factor) }
}

#[cfg(test)]
mod tests {
    use super::super::tally::Wait;
    use super::*;

    #[test]
    fn shares_are_those_worked_out_by_hand() {
        // Abandoned after 10, 20, 20 and 40 s; answered after 10, 30 and 50 s.
        let all = [
            (10.0, true),
            (20.0, true),
            (20.0, true),
            (40.0, true),
            (10.0, false),
            (30.0, false),
            (50.0, false),
        ];
        let waits = all.map(|(seconds, abandoned)| Wait { seconds, abandoned });
        let survival = Survival::of(&Tally::of_waits(&waits));
        let shares: Vec<(f64, f64)> = survival.steps.iter().map(|step| (step.after, step.share)).collect();
        // 6/7; of five left two: x 3/5; of two left one: x 1/2.
        let right = [(10.0, 6.0 / 7.0), (20.0, 18.0 / 35.0), (40.0, 9.0 / 35.0)];
        for ((at, share), (time, exact)) in shares.iter().zip(right) {
            assert!(*at == time && (share - exact).abs() < 1e-12, "{shares:?}");
        }
        // Greenwood at 10 s: 1 / (7 x 6); log(6/7) = -.15415; exponents e^(1.96 x .15430 / .15415) = 7.112 and its inverse.
        let first = survival.steps[0];
        assert!((first.low - libm::pow(6.0 / 7.0, 7.112)).abs() < 1e-3, "{first:?}");
        assert!((first.high - libm::pow(6.0 / 7.0, 1.0 / 7.112)).abs() < 1e-3, "{first:?}");
        assert_eq!(survival.median().map(|median| median.0), Some(40.0));
        assert_eq!(survival.after(25.0).map(|point| point.share), Some(survival.steps[1].share));
        assert_eq!(survival.after(5.0).map(|point| point.share), Some(1.0));
        assert_eq!(survival.after(51.0), None);
    }
}
