//! A tournament tree: one timer for each of a fixed number of players, the earliest at the root.

use crate::units::Instant;

/// Setting a timer replays the matches on the way to the root: log2(n) comparisons, no branches
/// that depend on the data, one load a level. At one instant the lower index wins.
#[derive(Clone, Debug)]
pub(super) struct Tournament {
    /// A binary tree in an array: the root at 1, the players in the second half. Each node holds
    /// its winner, time and player packed into one integer so that one comparison settles ties.
    nodes: Vec<u64>,
    /// The root once more, and its time: asked for at every event.
    first: u64,
    next: Instant,
    /// Bits of a player; the rest is for microseconds: 35 years beside 10,000 players.
    bits: u32,
}

/// Plays the matches from a player's leaf to the root and returns who wins there. The number of nodes is known when
/// this is compiled, so the way is unfolded and no index is checked: half of the instructions of a match.
#[inline(always)]
fn climb<const NODES: usize>(nodes: &mut [u64; NODES], player: usize, key: u64) -> u64 {
    let players = NODES / 2;
    let mut node = players | (player & (players - 1));
    let mut winner = key;
    nodes[node] = winner;
    for _ in 0..players.trailing_zeros() {
        winner = winner.min(nodes[node ^ 1]);
        node /= 2;
        nodes[node] = winner;
    }
    winner
}

/// The same for any number of nodes.
#[cold]
fn climb_any(nodes: &mut [u64], player: usize, key: u64) -> u64 {
    let mut node = nodes.len() / 2 + player;
    let mut winner = key;
    nodes[node] = winner;
    while node > 1 {
        winner = winner.min(nodes[node ^ 1]);
        node /= 2;
        nodes[node] = winner;
    }
    winner
}

/// The timer that never ends.
const NEVER: u64 = u64::MAX;

impl Tournament {
    pub(super) fn new(players: usize) -> Tournament {
        // Two players at least, so that there is a match to watch.
        let size = players.next_power_of_two().max(2);
        let nodes = vec![NEVER; 2 * size];
        let mut tree = Tournament { nodes, first: NEVER, next: Instant::NEVER, bits: size.trailing_zeros() };
        tree.note(NEVER);
        tree
    }

    /// Sets all timers to never.
    pub(super) fn clear(&mut self) {
        self.nodes.fill(NEVER);
        self.note(NEVER);
    }

    /// Notes who is first.
    #[inline(always)]
    fn note(&mut self, first: u64) {
        (self.first, self.next) = (first, Instant::from_micros(first >> self.bits));
    }

    /// When the earliest timer is due; with none running, past all that fits beside a player.
    #[inline(always)]
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// Whose it is; of no meaning where no timer runs.
    #[inline]
    pub(super) fn winner(&self) -> usize {
        (self.first & ((1 << self.bits) - 1)) as usize
    }

    /// Sets a player's timer. What is due past all that fits beside a player never comes.
    #[inline]
    pub(super) fn set(&mut self, player: usize, at: Instant) {
        let key = self.pack(player, at);
        self.replay(player, key);
    }

    /// Stops a player's timer.
    #[inline]
    pub(super) fn stop(&mut self, player: usize) {
        self.replay(player, NEVER);
    }

    fn replay(&mut self, player: usize, key: u64) {
        macro_rules! of_size {
            ($($bits:literal)*) => {
                match self.bits {
                    $($bits => match self.nodes.first_chunk_mut() {
                        Some(nodes) => climb::<{ 2 << $bits }>(nodes, player, key),
                        None => NEVER,
                    },)*
                    _ => climb_any(&mut self.nodes, player, key),
                }
            };
        }
        let first = of_size!(1 2 3 4 5 6 7 8 9 10 11 12 13);
        self.note(first);
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
        self.note(self.first.min(key));
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
    fn trees_of_every_size_find_the_earliest() {
        for players in [1, 2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4097, 8193, 16_385] {
            let mut tree = Tournament::new(players);
            let due = |player: usize| 1000 + (player as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1_000_003;
            (0..players).for_each(|player| tree.set(player, Instant::from_micros(due(player))));
            for stopped in 0..players.min(40) {
                let first = (0..players)
                    .filter(|&player| tree.at(player) < Instant::NEVER)
                    .min_by_key(|&player| due(player));
                assert_eq!(Some(tree.winner()), first, "{players} players, {stopped} stopped");
                assert_eq!(tree.next().micros(), due(tree.winner()));
                tree.stop(tree.winner());
            }
        }
    }

    #[test]
    fn the_earliest_wins_and_ties_go_to_the_lower_index() {
        let mut tree = Tournament::new(5);
        assert_eq!(tree.first, NEVER);
        let at = Instant::from_micros;
        for (player, micros) in [(4, 30), (2, 10)] {
            tree.set(player, at(micros));
        }
        for (player, micros) in [(1, 10), (0, 20)] {
            tree.start(player, at(micros));
        }
        let mut order = Vec::new();
        while tree.first < NEVER {
            order.push((tree.winner(), tree.next().micros()));
            tree.stop(tree.winner());
        }
        assert_eq!(order, [(1, 10), (2, 10), (0, 20), (4, 30)]);
        tree.set(3, at(u64::MAX / 2));
        assert_eq!(tree.first, NEVER, "past all that fits");
    }
}
