//! M/M/n/K and M/M/n/K+M: waiting places are few, who finds none hears the busy signal.
//!
//! Source: the chain and the phases of a waiting customer as in Whitt (2005), "Engineering solution of a
//! basic call-center model", Management Science 51, with linear rates of abandonment. A customer j-th
//! in line moves up at rate n mu + (j - 1) theta and abandons at rate theta; whoever joins behind plays
//! no part.

use super::birth_death::BirthDeath;
use super::service_level::ServiceLevels;

/// A waiting place taken by fewer than this share of customers is never taken.
const NEVER: f64 = 1e-25;

/// A centre with a waiting room of limited size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiniteRoom {
    /// Arrivals a second, above 0.
    pub arrivals_per_second: f64,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Mean patience in seconds, above 0; infinite: nobody abandons.
    pub mean_patience: f64,
    /// Agents, at least 1.
    pub agents: u32,
    /// Waiting places; lines less agents.
    pub waiting_room: u32,
}

/// The model solved. Shares are of those who got in, in 0..=1; times in seconds.
#[derive(Clone, Debug)]
pub struct FiniteRoomSolved {
    model: FiniteRoom,
    chain: BirthDeath,
    /// The share of those who got in that became j-th in line, j = 1, 2, ...
    joined: Vec<f64>,
}

impl FiniteRoom {
    /// The model solved: all figures at hand.
    ///
    /// # Complexity
    /// Proportional to agents and waiting places.
    ///
    /// # Panics
    /// If a field is out of its range.
    #[must_use]
    pub fn solve(&self) -> FiniteRoomSolved {
        assert!(self.agents > 0, "agents are at least 1");
        assert!(self.arrivals_per_second > 0.0 && self.mean_service > 0.0 && self.mean_patience > 0.0);
        let states = (self.agents + self.waiting_room) as usize;
        let deaths: Vec<f64> = (1..=self.agents + self.waiting_room).map(|k| self.leaving(k)).collect();
        let chain = BirthDeath::new(&vec![self.arrivals_per_second; states], &deaths);
        let entered = 1.0 - chain.shares()[states];
        let mut joined: Vec<f64> =
            chain.shares()[self.agents as usize..states].iter().map(|p| p / entered).collect();
        // Places that nobody ever takes cost time and change nothing.
        let taken = joined.iter().rposition(|&share| share > NEVER);
        joined.truncate(taken.map_or(0, |last| last + 1));
        FiniteRoomSolved { model: *self, chain, joined }
    }

    /// The rate at which k customers leave.
    fn leaving(&self, k: u32) -> f64 {
        f64::from(k.min(self.agents)) / self.mean_service
            + f64::from(k.saturating_sub(self.agents)) / self.mean_patience
    }
}

impl FiniteRoomSolved {
    /// The share of all arrivals that hears the busy signal.
    #[must_use]
    pub fn blocked(&self) -> f64 {
        self.chain.shares().last().copied().unwrap_or(0.0)
    }

    /// The share that had to wait.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        self.joined.iter().sum()
    }

    /// The share that abandoned.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        self.mean_wait() / self.model.mean_patience
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.chain.mean(|k| k.saturating_sub(self.model.agents as usize) as f64)
    }

    /// The share of time that exactly so many wait.
    #[must_use]
    pub fn exactly_waiting(&self, waiting: u32) -> f64 {
        let agents = self.model.agents as usize;
        match waiting as usize {
            0 => self.chain.shares().iter().take(agents + 1).sum(),
            n => self.chain.shares().get(agents + n).copied().unwrap_or(0.0),
        }
    }

    /// Mean number of busy agents.
    #[must_use]
    pub fn busy(&self) -> f64 {
        self.chain.mean(|k| k.min(self.model.agents as usize) as f64)
    }

    /// The share of time an agent is busy.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        self.busy() / f64::from(self.model.agents)
    }

    /// Mean wait of all who got in (Little).
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.queue() / (self.model.arrivals_per_second * (1.0 - self.blocked()))
    }

    /// Mean wait of the answered (ASA), zeros included.
    #[must_use]
    pub fn mean_wait_answered(&self) -> f64 {
        // From place j: reach(j), the probability of being answered, and wait(j), the mean wait on the
        // paths that are.
        let (mut reach, mut wait, mut total) = (1.0, 0.0, 0.0);
        for (place, share) in (1..).zip(&self.joined) {
            let rate = self.model.leaving(self.model.agents + place);
            let onward = 1.0 - 1.0 / self.model.mean_patience / rate;
            wait = onward * (wait + reach / rate);
            reach *= onward;
            total += share * wait;
        }
        total / (1.0 - self.abandonment())
    }

    /// Mean wait of those who abandoned; `None` where nobody does.
    #[must_use]
    pub fn mean_wait_abandoned(&self) -> Option<f64> {
        let abandoned = self.abandonment();
        let rest = self.mean_wait() - (1.0 - abandoned) * self.mean_wait_answered();
        (abandoned > 0.0).then(|| rest / abandoned)
    }

    /// What has become of those who got in `t` after they did: the shares answered, abandoned and still
    /// waiting.
    ///
    /// # Complexity
    /// Waiting places times (leaving rate of a full room times `t`).
    #[must_use]
    pub fn after(&self, t: f64) -> (f64, f64, f64) {
        let weights = poisson_weights(self.pace() * t);
        let (mut answered, mut abandoned, mut here) = (0.0, 0.0, 0.0);
        for (weight, step) in weights.iter().zip(self.course()) {
            answered += weight * step.0;
            abandoned += weight * step.1;
            here += weight * step.2;
        }
        (answered, abandoned, here)
    }

    /// The rate of uniformisation: that of leaving a full room, at least.
    fn pace(&self) -> f64 {
        self.model.leaving(self.model.agents + self.joined.len() as u32)
    }

    /// The shares answered, abandoned and still waiting after 0, 1, 2, ... steps of the uniformised line
    /// (Jensen 1953).
    fn course(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let pace = self.pace();
        let abandoning = 1.0 / self.model.mean_patience / pace;
        let onward: Vec<f64> = (1..=self.joined.len() as u32)
            .map(|place| self.model.leaving(self.model.agents + place) / pace - abandoning)
            .collect();
        let mut line = self.joined.clone();
        let (mut answered, mut abandoned) = (1.0 - self.delayed(), 0.0);
        std::iter::repeat_with(move || {
            let here: f64 = line.iter().sum();
            let now = (answered, abandoned, here);
            abandoned += abandoning * here;
            answered += line.first().map_or(0.0, |first| first * onward[0]);
            for place in 0..line.len() {
                let from_behind = line.get(place + 1).map_or(0.0, |next| next * onward[place + 1]);
                line[place] = line[place] * (1.0 - onward[place] - abandoning) + from_behind;
            }
            now
        })
    }

    /// The share still waiting after `t`.
    #[must_use]
    pub fn wait_exceeds(&self, t: f64) -> f64 {
        self.after(t).2
    }

    /// The six service levels for a target time `within` and a `short` time.
    #[must_use]
    pub fn service_levels(&self, within: f64, short: f64) -> ServiceLevels {
        let (in_time, left_in_time, _) = self.after(within);
        ServiceLevels::new(1.0 - self.abandonment(), in_time, left_in_time, self.after(short).1)
    }

    /// The wait that a share `p` in 0..1 of the answered does not exceed, within a millisecond.
    #[must_use]
    pub fn quantile_answered(&self, p: f64) -> f64 {
        let goal = p * (1.0 - self.abandonment());
        if 1.0 - self.delayed() >= goal {
            return 0.0;
        }
        // The steps it takes, and as many more as the number of steps in a given time may differ from its mean.
        let before = self.course().take_while(|step| step.0 < goal).count();
        let steps = before + spread(before as f64);
        let answered: Vec<f64> = self.course().take(steps).map(|step| step.0).collect();
        let too_short = |t: f64| {
            let weights = poisson_weights(self.pace() * t);
            let last = std::iter::repeat(answered.last().copied().unwrap_or(1.0));
            let by_then: f64 = weights
                .iter()
                .zip(answered.iter().copied().chain(last))
                .map(|(weight, share)| weight * share)
                .sum();
            by_then < goal
        };
        let (mut low, mut high) = (0.0, steps as f64 / self.pace());
        while high - low > 1e-3 {
            let middle = (low + high) / 2.0;
            if too_short(middle) { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    }
}

/// How far a Poisson number may lie above its mean before that is negligible (below 1e-20).
fn spread(mean: f64) -> usize {
    (12.0 * mean.sqrt() + 40.0) as usize
}

/// Poisson probabilities of 0, 1, 2, ... for a mean, up to where what is left is negligible.
fn poisson_weights(mean: f64) -> Vec<f64> {
    let last = mean as usize + spread(mean);
    let births = vec![mean; last];
    let deaths: Vec<f64> = (1..=last).map(|k| k as f64).collect();
    BirthDeath::new(&births, &deaths).shares().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::{ErlangA, ErlangB, ErlangC};

    const CENTRE: FiniteRoom = FiniteRoom {
        arrivals_per_second: 0.38,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 95,
        waiting_room: 400,
    };

    fn close(got: f64, want: f64) {
        assert!((got / want - 1.0).abs() < 1e-9, "{got} is not {want}");
    }

    #[test]
    fn a_large_room_is_erlang_a() {
        let a =
            ErlangA { arrivals_per_second: 0.38, mean_service: 240.0, mean_patience: 120.0, agents: 95.0 }
                .solve();
        let room = CENTRE.solve();
        close(room.delayed(), a.delayed());
        close(room.abandonment(), a.abandonment());
        close(room.mean_wait(), a.mean_wait());
        close(room.mean_wait_answered(), a.mean_wait_answered());
        close(room.mean_wait_abandoned().unwrap(), a.mean_wait_abandoned());
        close(room.occupancy(), a.occupancy());
        for t in [0.0, 5.0, 20.0, 90.0] {
            let (answered, abandoned, _) = room.after(t);
            close(answered, a.answered_within(t));
            assert!((abandoned - a.abandoned_within(t)).abs() < 1e-11);
            close(room.wait_exceeds(t), a.wait_exceeds(t));
        }
        assert!((room.quantile_answered(0.9) - a.quantile_answered(0.9)).abs() < 1e-3);
    }

    #[test]
    fn a_large_room_without_abandonment_is_erlang_c() {
        let c = ErlangC { arrivals_per_second: 0.38, mean_service: 240.0, agents: 95.0 };
        let room = FiniteRoom { mean_patience: f64::INFINITY, waiting_room: 2000, ..CENTRE }.solve();
        close(room.delayed(), c.delayed());
        close(room.mean_wait(), c.mean_wait());
        close(room.mean_wait_answered(), c.mean_wait());
        close(room.wait_exceeds(20.0), c.wait_exceeds(20.0));
        assert_eq!(room.mean_wait_abandoned(), None);
    }

    #[test]
    fn no_room_is_erlang_b() {
        let room = FiniteRoom { waiting_room: 0, ..CENTRE }.solve();
        close(room.blocked(), ErlangB { load: 0.38 * 240.0, agents: 95.0 }.blocked());
        assert_eq!((room.delayed(), room.mean_wait(), room.after(3.0).0), (0.0, 0.0, 1.0));
    }
}
