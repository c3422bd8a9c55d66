//! Which conversations have several rows in a log: parts of one in several queues, as it was passed on.

use super::call::number_of;

/// A first pass sees the names of all; a second one asks. Of millions the numbers that stand for names are kept while all are seen,
/// then those alone that were seen again.
#[derive(Debug, Default)]
pub(super) struct Repeated(Vec<u64>);

impl Repeated {
    /// One more row has this name.
    pub(super) fn see(&mut self, name: &str) {
        self.0.push(number_of(name));
    }

    /// All are seen.
    pub(super) fn settled(mut self) -> Repeated {
        self.0.sort_unstable();
        let again = self.0.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        let mut again: Vec<u64> = again.collect();
        again.dedup();
        Repeated(again)
    }

    /// The number of a conversation that has several rows.
    pub(super) fn of(&self, name: &str) -> Option<u64> {
        let number = number_of(name);
        self.0.binary_search(&number).ok().map(|_| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_again_are_known() {
        let mut all = Repeated::default();
        ["a", "b", "a", "c", "a", "c"].into_iter().for_each(|name| all.see(name));
        let again = all.settled();
        assert!(again.of("a").is_some() && again.of("c").is_some() && again.of("a") != again.of("c"));
        assert_eq!((again.of("b"), again.of("d")), (None, None));
    }
}
