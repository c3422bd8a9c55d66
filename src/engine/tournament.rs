//! A tournament tree: one timer for each of a fixed number of players, the earliest at the root.

use crate::units::Instant;

/// Setting a timer replays the matches on the way to the root: log2(n) comparisons, no branches
/// that depend on the data, one load a level. At one instant the lower index wins.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    /// A binary tree in an array: the root at 1, the players in the second half. Each node holds
    /// its winner, time and player packed into one integer so that one comparison settles ties.
    nodes: Vec<u64>,
    /// Bits of a player; the rest is for microseconds: 35 years beside 10,000 players.
    bits: u32,
}

/// The timer that never ends.
const NEVER: u64 = u64::MAX;

impl Tournament {
    pub(super) fn new(players: usize) -> Tournament {
        // Two players at least, so that there is a match to watch.
        let size = players.next_power_of_two().max(2);
        Tournament { nodes: vec![NEVER; 2 * size], bits: size.trailing_zeros() }
    }

    /// Sets all timers to never.
    pub(super) fn clear(&mut self) {
        self.nodes.fill(NEVER);
    }

    /// The earliest timer.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.unpack(self.nodes[1])
    }

    /// Whose it is; of no meaning where no timer runs.
    #[inline]
    pub(super) fn winner(&self) -> usize {
        (self.nodes[1] & ((1 << self.bits) - 1)) as usize
    }

    /// Sets a player's timer. What is due past all that fits beside a player never comes.
    #[inline]
    pub(super) fn set(&mut self, player: usize, at: Instant) {
        let mut winner = self.pack(player, at);
        let mut node = player + self.nodes.len() / 2;
        let nodes = self.nodes.as_mut_slice();
        // A mask of a length spares the check of every index: half of the instructions of a match.
        let mask = nodes.len() - 1;
        nodes[node & mask] = winner;
        while node > 1 {
            winner = winner.min(nodes[(node ^ 1) & mask]);
            node /= 2;
            nodes[node & mask] = winner;
        }
    }

    /// Starts the timer of a player that has none running: it need only climb as far as it wins,
    /// which is seldom far.
    #[inline(always)]
    pub(super) fn start(&mut self, player: usize, at: Instant) {
        let key = self.pack(player, at);
        let mut node = player + self.nodes.len() / 2;
        while node > 0 && key < self.nodes[node] {
            self.nodes[node] = key;
            node /= 2;
        }
    }

    /// A player's timer.
    #[inline]
    pub(super) fn at(&self, player: usize) -> Instant {
        self.unpack(self.nodes[player + self.nodes.len() / 2])
    }

    #[inline]
    fn pack(&self, player: usize, at: Instant) -> u64 {
        let fits = at.micros() <= NEVER >> (self.bits + 1);
        if fits { (at.micros() << self.bits) | player as u64 } else { NEVER }
    }

    #[inline]
    fn unpack(&self, key: u64) -> Instant {
        if key == NEVER { Instant::NEVER } else { Instant::from_micros(key >> self.bits) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_wins_and_ties_go_to_the_lower_index() {
        let mut tree = Tournament::new(5);
        assert_eq!(tree.next(), Instant::NEVER);
        let at = Instant::from_micros;
        for (player, micros) in [(4, 30), (2, 10)] {
            tree.set(player, at(micros));
        }
        for (player, micros) in [(1, 10), (0, 20)] {
            tree.start(player, at(micros));
        }
        let mut order = Vec::new();
        while tree.next() < Instant::NEVER {
            order.push((tree.winner(), tree.next().micros()));
            tree.set(tree.winner(), Instant::NEVER);
        }
        assert_eq!(order, [(1, 10), (2, 10), (0, 20), (4, 30)]);
        tree.set(3, at(u64::MAX / 2));
        assert_eq!(tree.next(), Instant::NEVER, "past all that fits");
    }
}
