//! Transfers during which the first agent stays with the customer: a chain of two dimensions.

use holdline::formulas::MarkovChain;

use super::tiers::Tier;

/// How long the first agent stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstAgent {
    /// Until the second one takes over, or the customer gives up (warm, handover 0).
    UntilTakenOver,
    /// To the end of the second one's talk (conference).
    ToTheEnd,
}

/// Two tiers; nobody comes to the second from outside, so each customer there has an agent of the first.
#[derive(Clone, Copy, Debug)]
pub struct WarmTransfer {
    pub tiers: [Tier; 2],
    pub passed_on: f64,
    pub first_agent: FirstAgent,
}

/// Not yet passed on, and in the second tier.
type State = [u32; 2];

pub struct WarmTransferSolved {
    model: WarmTransfer,
    chain: MarkovChain<State>,
}

impl WarmTransfer {
    /// `longest`: so many are never in the first tier.
    pub fn solve(&self, longest: u32) -> WarmTransferSolved {
        assert!(self.tiers[1].arrivals_per_second == 0.0, "everyone in the second tier was passed on");
        let chain = MarkovChain::solve([0, 0], |state| self.moves(state, longest));
        WarmTransferSolved { model: *self, chain }
    }

    fn moves(&self, state: &State, longest: u32) -> Vec<(State, f64)> {
        let [first, second] = *state;
        let mut moves = Vec::new();
        if first < longest {
            moves.push(([first + 1, second], self.tiers[0].arrivals_per_second));
        }
        if first > 0 {
            let served = self.talking(state) / self.tiers[0].mean_service;
            moves.push(([first - 1, second + 1], served * self.passed_on));
            let given_up = self.waiting_first(state) / self.tiers[0].mean_patience;
            moves.push(([first - 1, second], served * (1.0 - self.passed_on) + given_up));
        }
        if second > 0 {
            let served = self.busy_second(state) / self.tiers[1].mean_service;
            let given_up = self.waiting_second(state) / self.tiers[1].mean_patience;
            moves.push(([first, second - 1], served + given_up));
        }
        moves
    }

    /// Agents of the first tier who are with a customer of the second.
    fn held(&self, state: &State) -> f64 {
        match self.first_agent {
            FirstAgent::UntilTakenOver => self.waiting_second(state),
            FirstAgent::ToTheEnd => f64::from(state[1]),
        }
    }

    fn talking(&self, state: &State) -> f64 {
        f64::from(state[0]).min(f64::from(self.tiers[0].agents) - self.held(state))
    }

    fn waiting_first(&self, state: &State) -> f64 {
        f64::from(state[0]) - self.talking(state)
    }

    fn busy_second(&self, state: &State) -> f64 {
        f64::from(state[1].min(self.tiers[1].agents))
    }

    fn waiting_second(&self, state: &State) -> f64 {
        f64::from(state[1].saturating_sub(self.tiers[1].agents))
    }
}

impl WarmTransferSolved {
    /// First-tier agents in talk, on average.
    pub fn talking(&self) -> f64 {
        self.chain.mean(|state| self.model.talking(state))
    }

    /// First-tier agents held, on average.
    pub fn held(&self) -> f64 {
        self.chain.mean(|state| self.model.held(state))
    }

    /// The share of time at which a first-tier agent talks or is held.
    pub fn first_occupancy(&self) -> f64 {
        (self.talking() + self.held()) / f64::from(self.model.tiers[0].agents)
    }

    pub fn second_occupancy(&self) -> f64 {
        self.chain.mean(|state| self.model.busy_second(state)) / f64::from(self.model.tiers[1].agents)
    }

    /// Handle time of a leg in the first tier: talk and hold.
    pub fn first_handle_time(&self) -> f64 {
        (self.talking() + self.held()) / self.talking() * self.model.tiers[0].mean_service
    }

    /// Waiting in a tier (0 or 1), on average.
    pub fn queue(&self, tier: usize) -> f64 {
        match tier {
            0 => self.chain.mean(|state| self.model.waiting_first(state)),
            _ => self.chain.mean(|state| self.model.waiting_second(state)),
        }
    }

    /// Passed on, a second.
    pub fn passed_per_second(&self) -> f64 {
        self.talking() / self.model.tiers[0].mean_service * self.model.passed_on
    }

    pub fn mean_wait(&self, tier: usize) -> f64 {
        let entering =
            if tier == 0 { self.model.tiers[0].arrivals_per_second } else { self.passed_per_second() };
        self.queue(tier) / entering
    }

    pub fn abandonment(&self, tier: usize) -> f64 {
        self.mean_wait(tier) / self.model.tiers[tier].mean_patience
    }

    /// The share that finds no agent of the first tier free.
    pub fn first_delayed(&self) -> f64 {
        let agents = f64::from(self.model.tiers[0].agents);
        let full = |state: &State| self.model.talking(state) + self.model.held(state) >= agents;
        self.chain.share(full)
    }

    /// Of those passed on, the share that finds no agent of the second tier free.
    pub fn second_delayed(&self) -> f64 {
        let full = |state: &State| f64::from(u8::from(state[1] >= self.model.tiers[1].agents));
        self.chain.mean(|state| self.model.talking(state) * full(state)) / self.talking()
    }

    /// The share of time with as many in the first tier as were allowed for.
    pub fn cut(&self) -> f64 {
        let longest = self.chain.shares().map(|(state, _)| state[0]).max().unwrap_or(0);
        self.chain.share(|state| state[0] == longest)
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::super::tiers::Tiers;
    use super::*;
    use holdline::formulas::{ErlangA, PollaczekKhinchine};

    fn tier(per_hour: f64, mean_service: f64, mean_patience: f64, agents: u32) -> Tier {
        Tier { arrivals_per_second: per_hour / 3600.0, mean_service, mean_patience, agents }
    }

    const FIRST: Tier =
        Tier { arrivals_per_second: 60.0 / 3600.0, mean_service: 240.0, mean_patience: 120.0, agents: 5 };

    fn is_erlang_a(solved: &WarmTransferSolved) {
        let known = ErlangA {
            arrivals_per_second: FIRST.arrivals_per_second,
            mean_service: FIRST.mean_service,
            mean_patience: FIRST.mean_patience,
            agents: 5.0,
        }
        .solve();
        close(solved.mean_wait(0), known.mean_wait());
        close(solved.first_delayed(), known.delayed());
        close(solved.abandonment(0), known.abandonment());
        close(solved.first_occupancy(), known.occupancy());
        close(solved.first_handle_time(), 240.0);
        close(solved.held(), 0.0);
    }

    #[test]
    fn where_nobody_is_held_the_first_tier_is_erlang_a() {
        for first_agent in [FirstAgent::UntilTakenOver, FirstAgent::ToTheEnd] {
            let tiers = [FIRST, tier(0.0, 300.0, 180.0, 2)];
            is_erlang_a(&WarmTransfer { tiers, passed_on: 0.0, first_agent }.solve(40));
        }
        // A second tier so large that there is always an agent, and a cold transfer to the same.
        let tiers = [FIRST, tier(0.0, 100.0, 180.0, 30)];
        let warm = WarmTransfer { tiers, passed_on: 0.3, first_agent: FirstAgent::UntilTakenOver }.solve(40);
        let cold = Tiers { tiers, passed_on: 0.3 }.solve([40, 30]);
        is_erlang_a(&warm);
        close(warm.second_occupancy() * 30.0, cold.busy(1));
        close(warm.passed_per_second(), cold.passed_per_second());
        close(warm.second_delayed(), 0.0);
    }

    #[test]
    fn what_goes_in_comes_out() {
        for first_agent in [FirstAgent::UntilTakenOver, FirstAgent::ToTheEnd] {
            let tiers = [FIRST, tier(0.0, 300.0, 180.0, 2)];
            let solved = WarmTransfer { tiers, passed_on: 0.3, first_agent }.solve(60);
            assert!(solved.cut() < 1e-12, "{}", solved.cut());
            let talked = FIRST.arrivals_per_second * (1.0 - solved.abandonment(0));
            close(talked, solved.talking() / 240.0);
            close(talked * 0.3, solved.passed_per_second());
            let finished = solved.second_occupancy() * 2.0 / 300.0;
            close(finished, solved.passed_per_second() * (1.0 - solved.abandonment(1)));
            let held = match first_agent {
                FirstAgent::UntilTakenOver => solved.queue(1),
                FirstAgent::ToTheEnd => solved.queue(1) + solved.second_occupancy() * 2.0,
            };
            close(solved.held(), held);
            assert!(solved.first_delayed() > solved.second_delayed());
        }
    }

    #[test]
    fn one_agent_in_conferences_is_pollaczek_khinchine() {
        // The agent's time for a case is one talk, and with 0.4 a second one.
        let never = f64::INFINITY;
        let tiers = [tier(8.0, 240.0, never, 1), tier(0.0, 150.0, never, 1)];
        let solved = WarmTransfer { tiers, passed_on: 0.4, first_agent: FirstAgent::ToTheEnd }.solve(300);
        let mean: f64 = 240.0 + 0.4 * 150.0;
        let second_moment = 2.0 * 240.0 * 240.0 + 0.4 * (2.0 * 240.0 * 150.0 + 2.0 * 150.0 * 150.0);
        let cv = (second_moment / (mean * mean) - 1.0).sqrt();
        let known =
            PollaczekKhinchine { arrivals_per_second: 8.0 / 3600.0, mean_service: mean, service_cv: cv };
        close(solved.mean_wait(0), known.mean_wait());
        close(solved.first_occupancy(), known.occupancy());
        close(solved.first_handle_time(), mean);
    }
}
