//! How the replications of an experiment were drawn: what an interval may take for granted of them.
//!
//! Stratified replications (Cochran 1977, chapter 5; McKay, Beckman & Conover 1979 for several variables at
//! once) spread a random variable of known distribution, such as the busyness of a day, evenly over its range.
//! Means stay unbiased and get a smaller variance; to see it, an estimator of that variance must not take
//! replications for independent.

/// Replications of one hand: neighbours among the strata. Of fewer, the widest gap between neighbours, which is
/// that of the busiest days, would weigh more in the estimated variance than it does in the true one.
const HAND: u64 = 20;

/// Sets of several variables are of a multiple of so many replications.
const STEP: u64 = 4;

const DEGREES_A_CONTRAST: f64 = (2 * (HAND - 1)) as f64 / (3 * (HAND - 1) - 1) as f64;

/// Strata of one set, at most: beyond, a finer cut gains nothing more.
const MOST_STRATA: u64 = 4000;

/// Replications of a set of several variables, at most.
const LARGEST_SET: u64 = 32;

/// Sets that a variance is estimated from, at least.
const FEWEST_SETS: u64 = 24;

/// Of fewer growing sets, replications are taken for independent: five degrees of freedom widen an interval by a
/// third, one more than sixfold.
const FEW_SETS: u64 = 6;

/// Replications that are worth cutting into hands.
const FEWEST_REPLICATIONS: u64 = HAND;

/// Where an experiment goes on until it is precise enough, further replications are played so many at a time.
pub const LOOK_EVERY: u64 = 64;

/// How replications are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampling {
    /// Each for itself.
    #[default]
    Independent,
    /// One variable is stratified. Twenty replications in a row, a hand, are of neighbouring strata; hands come
    /// in random order, so that those played so far are always a fair sample. What neighbours differ by
    /// is chance alone.
    Hands(Lengths),
    /// Several variables are stratified, each by a permutation of its own (a Latin hypercube), in sets of so
    /// many replications. Sets are independent.
    Sets {
        /// Replications of a set, but for the last.
        size: u64,
        /// How far sets go.
        lengths: Lengths,
    },
}

/// Replications that were asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// At first; then [`LOOK_EVERY`] each time that more are needed.
    pub first: u64,
    /// All in all, at most.
    pub most: u64,
}

/// A replication's place among the strata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of its set.
    pub set: u64,
    /// Its number within the set.
    pub number: u64,
    /// Replications of the set, all strata of the same width.
    pub of: u64,
    /// So many in a row are of neighbouring strata.
    pub hand: u64,
}

impl Sampling {
    /// Of an experiment that stratifies so many variables.
    #[must_use]
    pub fn stratified(variables: usize, lengths: Lengths) -> Sampling {
        match variables {
            1 if lengths.first >= FEWEST_REPLICATIONS => Sampling::Hands(lengths),
            2.. => match (lengths.first / FEWEST_SETS).min(LARGEST_SET) / STEP * STEP {
                0 => Sampling::Independent,
                size => Sampling::Sets { size, lengths },
            },
            _ => Sampling::Independent,
        }
    }

    /// Of a search that plays on for as long as it needs: small sets, so that the replications so far are some whole
    /// sets at every look.
    #[must_use]
    pub fn growing(variables: usize) -> Sampling {
        match variables {
            0 => Sampling::Independent,
            _ => Sampling::Sets { size: STEP, lengths: Lengths { first: u64::MAX, most: u64::MAX } },
        }
    }

    /// Replications that belong together: what is independent are sets of so many in a row. 1 where all are.
    #[must_use]
    pub fn together(self) -> u64 {
        match self {
            Sampling::Independent => 1,
            Sampling::Hands(lengths) => lengths.first,
            Sampling::Sets { size, .. } => size,
        }
    }

    /// The same, or independent ones where so few have been played that their sets tell little of the variance. Those
    /// who take them for independent overestimate it.
    #[must_use]
    pub fn of_few(self, replications: u64) -> Sampling {
        if replications / self.together() < FEW_SETS { Sampling::Independent } else { self }
    }

    /// Where a replication stands; `None` where all are independent.
    #[must_use]
    pub fn place(self, replication: u64) -> Option<Place> {
        let (lengths, most, hand) = match self {
            Sampling::Independent => return None,
            Sampling::Hands(lengths) => (lengths, MOST_STRATA, HAND),
            Sampling::Sets { size, lengths } => (lengths, size, 1),
        };
        // Batches are what was asked for together, sets are cut from each.
        let (begin, length) = match replication.checked_sub(lengths.first) {
            None => (0, lengths.first),
            Some(later) => {
                let begin = lengths.first + later / LOOK_EVERY * LOOK_EVERY;
                (begin, LOOK_EVERY.min(lengths.most.saturating_sub(begin)).max(1))
            }
        };
        let set = (replication - begin) / most * most;
        let place =
            Place { set: begin + set, number: replication - begin - set, of: most.min(length - set), hand };
        Some(place)
    }

    /// Degrees of freedom of a standard error from so many replications and contrasts.
    ///
    /// The differences of neighbours overlap: the sum of the squares of 19 in a row varies as does a chi-square of
    /// 19 x 19 x 2 / (3 x 19 - 1) degrees (twice the squared mean over the variance, of normal residuals).
    ///
    /// `None` where some strata of a set cut into hands are missing: what those that were drawn would say of the
    /// others, neighbours do not know.
    pub(super) fn degrees(self, replications: u64, contrasts: f64) -> Option<f64> {
        match self {
            Sampling::Independent => Some(replications as f64 - 1.0),
            Sampling::Hands(_) => self.ends_set(replications).then_some(contrasts * DEGREES_A_CONTRAST),
            Sampling::Sets { .. } => Some(contrasts - 1.0),
        }
    }

    /// Whether a replication is the first of its hand.
    pub(super) fn begins_hand(self, replication: u64) -> bool {
        self.place(replication).is_none_or(|place| place.number % place.hand == 0)
    }

    /// Whether a set is complete after so many replications.
    pub(super) fn ends_set(self, replications: u64) -> bool {
        replications > 0 && self.place(replications - 1).is_some_and(|place| place.number + 1 == place.of)
    }
}

impl Place {
    /// The stratum, of `of`, that its set's permutation deals to it; `shuffle` gives each hand the number by
    /// which hands are put in order.
    #[must_use]
    pub fn stratum(self, shuffle: impl Fn(u64) -> u64) -> u64 {
        let hands = self.of.div_ceil(self.hand);
        let rank = |hand: u64| {
            let mine = (shuffle(hand), hand);
            (0..hands).filter(|&other| (shuffle(other), other) < mine).count() as u64
        };
        let hand = self.number / self.hand;
        let mine = rank(hand);
        // The last hand may be short: those that come after it begin earlier by what it lacks.
        let lacking = hands * self.hand - self.of;
        let after_short = lacking > 0 && rank(hands - 1) < mine;
        mine * self.hand - if after_short { lacking } else { 0 } + self.number % self.hand
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUNDRED: Lengths = Lengths { first: 100, most: 200 };

    /// Some scattered numbers.
    fn shuffle(hand: u64) -> u64 {
        hand.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 7
    }

    #[test]
    fn every_set_deals_each_stratum_once() {
        for sampling in [
            Sampling::stratified(1, HUNDRED),
            Sampling::stratified(7, HUNDRED),
            Sampling::stratified(1, Lengths { first: 23, most: 23 }),
            Sampling::stratified(1, Lengths { first: 4099, most: 5000 }),
            Sampling::stratified(2, Lengths { first: 1001, most: 10_000 }),
        ] {
            let mut dealt = std::collections::BTreeMap::<u64, Vec<u64>>::new();
            let mut sizes = std::collections::BTreeMap::new();
            let (Sampling::Hands(lengths) | Sampling::Sets { lengths, .. }) = sampling else {
                panic!("{sampling:?}");
            };
            for replication in 0..lengths.most {
                let place = sampling.place(replication).unwrap();
                dealt.entry(place.set).or_default().push(place.stratum(shuffle));
                sizes.insert(place.set, place.of);
            }
            for (set, mut strata) in dealt {
                strata.sort_unstable();
                assert_eq!(strata, (0..sizes[&set]).collect::<Vec<_>>(), "{sampling:?}, set {set}");
            }
        }
    }

    #[test]
    fn a_hand_is_of_neighbours_and_hands_are_shuffled() {
        let sampling = Sampling::stratified(1, HUNDRED);
        let strata: Vec<u64> = (0..100).map(|i| sampling.place(i).unwrap().stratum(shuffle)).collect();
        for hand in strata.chunks(20) {
            assert!(hand.windows(2).all(|pair| pair[1] == pair[0] + 1), "{hand:?}");
        }
        assert!(strata.windows(2).any(|pair| pair[1] < pair[0]));
    }

    #[test]
    fn sets_end_where_their_last_replication_is() {
        let lengths = Lengths { first: 204, most: 304 };
        let sampling = Sampling::stratified(5, lengths);
        assert_eq!(sampling, Sampling::Sets { size: 8, lengths });
        let ends: Vec<u64> = (1..=304).filter(|&n| sampling.ends_set(n)).collect();
        // 25 sets and four left over; then 64 more, and the 36 that are left.
        let wanted: Vec<u64> = (1..=25)
            .map(|k| 8 * k)
            .chain([204])
            .chain((1..=8).map(|k| 204 + 8 * k))
            .chain((1..=4).map(|k| 268 + 8 * k))
            .chain([304])
            .collect();
        assert_eq!(ends, wanted);
    }

    #[test]
    fn few_replications_are_independent() {
        for (variables, first) in [(0, 100), (1, 19), (3, 95)] {
            assert_eq!(Sampling::stratified(variables, Lengths { first, most: 200 }), Sampling::Independent);
        }
    }
}
