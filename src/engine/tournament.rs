//! A tournament tree: one timer for each of a fixed number of players, the earliest at the root.

use crate::units::Instant;

/// Setting a timer replays the matches on the way to the root: log2(n) comparisons, no branches
/// that depend on the data, one load a level. At one instant the lower index wins.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    /// A binary tree in an array: the root at 1, the players in the second half. Each node holds
    /// its winner, as (time, player) packed into one integer so that one comparison settles ties.
    nodes: Vec<u128>,
}

const fn pack(at: Instant, player: usize) -> u128 {
    ((at.micros() as u128) << 64) | player as u128
}

impl Tournament {
    pub(super) fn new(players: usize) -> Tournament {
        // Two players at least, so that there is a match to watch.
        let mut tree = Tournament { nodes: vec![0; 2 * players.next_power_of_two().max(2)] };
        tree.clear();
        tree
    }

    /// Sets all timers to never.
    pub(super) fn clear(&mut self) {
        let size = self.nodes.len() / 2;
        for node in (1..2 * size).rev() {
            self.nodes[node] =
                if node >= size { pack(Instant::NEVER, node - size) } else { self.nodes[2 * node] };
        }
    }

    /// The earliest timer.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        Instant::from_micros((self.nodes[1] >> 64) as u64)
    }

    /// Whose it is.
    #[inline]
    pub(super) fn winner(&self) -> usize {
        self.nodes[1] as u64 as usize
    }

    /// Sets a player's timer.
    #[inline]
    pub(super) fn set(&mut self, player: usize, at: Instant) {
        let mut node = player + self.nodes.len() / 2;
        let mut winner = pack(at, player);
        while node > 1 {
            self.nodes[node] = winner;
            winner = winner.min(self.nodes[node ^ 1]);
            node /= 2;
        }
        self.nodes[1] = winner;
    }

    /// A player's timer.
    #[inline]
    pub(super) fn at(&self, player: usize) -> Instant {
        Instant::from_micros((self.nodes[player + self.nodes.len() / 2] >> 64) as u64)
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
        for (player, micros) in [(4, 30), (2, 10), (1, 10), (0, 20)] {
            tree.set(player, at(micros));
        }
        let mut order = Vec::new();
        while tree.next() < Instant::NEVER {
            order.push((tree.winner(), tree.next().micros()));
            tree.set(tree.winner(), Instant::NEVER);
        }
        assert_eq!(order, [(1, 10), (2, 10), (0, 20), (4, 30)]);
    }
}
