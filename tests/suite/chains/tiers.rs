//! Two tiers with cold transfers and customers who give up at both: a chain of two dimensions.

use holdline::formulas::MarkovChain;

/// One tier.
#[derive(Clone, Copy, Debug)]
pub struct Tier {
    /// Who comes from outside.
    pub arrivals_per_second: f64,
    pub mean_service: f64,
    /// Infinite: nobody gives up.
    pub mean_patience: f64,
    pub agents: u32,
}

/// A first tier that passes a share of those it has served on to a second one.
#[derive(Clone, Copy, Debug)]
pub struct Tiers {
    pub tiers: [Tier; 2],
    pub passed_on: f64,
}

pub struct TiersSolved {
    model: Tiers,
    chain: MarkovChain<[u32; 2]>,
}

impl Tiers {
    /// `most`: so many are never in the first tier, or in the second.
    pub fn solve(&self, most: [u32; 2]) -> TiersSolved {
        let chain = MarkovChain::solve([0, 0], |&state| {
            let [first, second] = state;
            let mut moves = Vec::new();
            if first < most[0] {
                moves.push(([first + 1, second], self.tiers[0].arrivals_per_second));
            }
            if second < most[1] {
                moves.push(([first, second + 1], self.tiers[1].arrivals_per_second));
            }
            if first > 0 {
                let served = self.tiers[0].served(first);
                let on = if second < most[1] { served * self.passed_on } else { 0.0 };
                moves.push(([first - 1, second + 1], on));
                moves.push(([first - 1, second], served - on + self.tiers[0].given_up(first)));
            }
            if second > 0 {
                moves.push((
                    [first, second - 1],
                    self.tiers[1].served(second) + self.tiers[1].given_up(second),
                ));
            }
            moves
        });
        TiersSolved { model: *self, chain }
    }
}

impl Tier {
    fn busy(&self, present: u32) -> f64 {
        f64::from(present.min(self.agents))
    }

    fn waiting(&self, present: u32) -> f64 {
        f64::from(present.saturating_sub(self.agents))
    }

    fn served(&self, present: u32) -> f64 {
        self.busy(present) / self.mean_service
    }

    fn given_up(&self, present: u32) -> f64 {
        self.waiting(present) / self.mean_patience
    }
}

impl TiersSolved {
    /// Passed on, a second.
    pub fn passed_per_second(&self) -> f64 {
        self.model.passed_on * self.busy(0) / self.model.tiers[0].mean_service
    }

    /// Entering a tier (0 or 1), a second.
    pub fn offered_per_second(&self, tier: usize) -> f64 {
        self.model.tiers[tier].arrivals_per_second + if tier == 1 { self.passed_per_second() } else { 0.0 }
    }

    pub fn busy(&self, tier: usize) -> f64 {
        self.chain.mean(|state| self.model.tiers[tier].busy(state[tier]))
    }

    pub fn queue(&self, tier: usize) -> f64 {
        self.chain.mean(|state| self.model.tiers[tier].waiting(state[tier]))
    }

    pub fn mean_wait(&self, tier: usize) -> f64 {
        self.queue(tier) / self.offered_per_second(tier)
    }

    pub fn abandonment(&self, tier: usize) -> f64 {
        self.mean_wait(tier) / self.model.tiers[tier].mean_patience
    }

    fn full(&self, tier: usize, state: &[u32; 2]) -> f64 {
        f64::from(u8::from(state[tier] >= self.model.tiers[tier].agents))
    }

    /// Of those who come from outside, the share that finds no agent free.
    pub fn fresh_delayed(&self, tier: usize) -> f64 {
        self.chain.mean(|state| self.full(tier, state))
    }

    /// Of those passed on, the share that finds no agent of the second tier free.
    pub fn passed_delayed(&self) -> f64 {
        let rate = |state: &[u32; 2]| self.model.passed_on * self.model.tiers[0].served(state[0]);
        self.chain.mean(|state| rate(state) * self.full(1, state)) / self.passed_per_second()
    }

    /// Of all who enter the second tier.
    pub fn second_delayed(&self) -> f64 {
        let fresh = self.model.tiers[1].arrivals_per_second * self.fresh_delayed(1);
        (fresh + self.passed_per_second() * self.passed_delayed()) / self.offered_per_second(1)
    }

    /// The share of time at the limits of the chain.
    pub fn cut(&self) -> f64 {
        let reach = |tier: usize| self.chain.shares().map(|(state, _)| state[tier]).max().unwrap_or(0);
        let most = [reach(0), reach(1)];
        self.chain.share(|state| state[0] == most[0] || state[1] == most[1])
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::{ErlangA, ErlangC};

    fn tier(per_hour: f64, mean_service: f64, mean_patience: f64, agents: u32) -> Tier {
        Tier { arrivals_per_second: per_hour / 3600.0, mean_service, mean_patience, agents }
    }

    #[test]
    fn without_giving_up_it_has_product_form() {
        let never = f64::INFINITY;
        let tiers = [tier(40.0, 180.0, never, 4), tier(6.0, 240.0, never, 3)];
        let solved = Tiers { tiers, passed_on: 0.5 }.solve([120, 160]);
        assert!(solved.cut() < 1e-11, "{}", solved.cut());
        let second_per_second = 26.0 / 3600.0;
        close(solved.offered_per_second(1), second_per_second);
        let first = ErlangC { arrivals_per_second: 40.0 / 3600.0, mean_service: 180.0, agents: 4.0 };
        let second = ErlangC { arrivals_per_second: second_per_second, mean_service: 240.0, agents: 3.0 };
        close(solved.mean_wait(0), first.mean_wait());
        close(solved.fresh_delayed(0), first.delayed());
        close(solved.mean_wait(1), second.mean_wait());
        // The arrival theorem: whoever comes sees the same.
        close(solved.passed_delayed(), second.delayed());
        close(solved.second_delayed(), second.delayed());
        close(solved.fresh_delayed(1), second.delayed());
    }

    #[test]
    fn each_tier_by_itself_is_erlang_a() {
        let tiers = [tier(100.0, 180.0, 120.0, 5), tier(30.0, 240.0, 180.0, 2)];
        let apart = Tiers { tiers, passed_on: 0.0 }.solve([40, 30]);
        let on = Tiers { tiers, passed_on: 0.3 }.solve([40, 40]);
        assert!(apart.cut() < 1e-11 && on.cut() < 1e-11, "{} {}", apart.cut(), on.cut());
        for (number, tier) in tiers.iter().enumerate() {
            let known = ErlangA {
                arrivals_per_second: tier.arrivals_per_second,
                mean_service: tier.mean_service,
                mean_patience: tier.mean_patience,
                agents: f64::from(tier.agents),
            }
            .solve();
            close(apart.mean_wait(number), known.mean_wait());
            close(apart.abandonment(number), known.abandonment());
            close(apart.busy(number), known.busy());
            if number == 0 {
                // The first tier does not feel the second.
                close(on.mean_wait(0), known.mean_wait());
                close(on.fresh_delayed(0), known.delayed());
            }
        }
        let finished = on.busy(1) / 240.0;
        close(finished, on.offered_per_second(1) * (1.0 - on.abandonment(1)));
        assert!(on.passed_delayed() != on.fresh_delayed(1), "no product form with abandonment");
    }
}
