//! A tournament tree: one timer for each of a fixed number of players, the earliest at the root.

use crate::units::Instant;

/// Setting a timer replays the matches on the way to the root: log2(n) comparisons, no branches
/// that depend on the data. At one instant the lower index wins.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    /// Player by player, padded to a power of two with timers that never end.
    times: Vec<Instant>,
    /// The winner of each match; the root at 1.
    winners: Vec<u32>,
}

impl Tournament {
    pub(super) fn new(players: usize) -> Tournament {
        let size = players.next_power_of_two().max(2);
        let mut tree = Tournament { times: vec![Instant::NEVER; size], winners: vec![0; size] };
        tree.clear();
        tree
    }

    /// Sets all timers to never.
    pub(super) fn clear(&mut self) {
        self.times.fill(Instant::NEVER);
        let size = self.times.len();
        for node in (1..size).rev() {
            self.winners[node] =
                if 2 * node < size { self.winners[2 * node] } else { (2 * node - size) as u32 };
        }
    }

    /// The earliest timer.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.times[self.winners[1] as usize]
    }

    /// Whose it is.
    #[inline]
    pub(super) fn winner(&self) -> usize {
        self.winners[1] as usize
    }

    /// Sets a player's timer.
    #[inline]
    pub(super) fn set(&mut self, player: usize, at: Instant) {
        let size = self.times.len();
        self.times[player] = at;
        let mut node = (player + size) / 2;
        let (left, right) = (player & !1, player | 1);
        self.winners[node] = self.earlier(left as u32, right as u32);
        while node > 1 {
            node /= 2;
            self.winners[node] = self.earlier(self.winners[2 * node], self.winners[2 * node + 1]);
        }
    }

    /// A player's timer.
    #[inline]
    pub(super) fn at(&self, player: usize) -> Instant {
        self.times[player]
    }

    #[inline]
    fn earlier(&self, left: u32, right: u32) -> u32 {
        // The left player has the lower index, so it wins ties.
        if self.times[right as usize] < self.times[left as usize] { right } else { left }
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
