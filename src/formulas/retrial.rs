//! M/M/n+M with an orbit: customers who abandoned or were not helped try again after a while.
//!
//! Source: Falin & Templeton (1997), "Retrial queues"; with abandonment and repeat contacts as in Ding, Koole &
//! van der Mei (2015), "On the estimation of the true demand in call centers with redials and reconnects".
//! The chain of (present, away) has no closed form; it is cut where nobody ever is and solved exactly.

use super::MarkovChain;

/// A centre whose customers come back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retrial {
    /// First attempts a second, above 0.
    pub cases_per_second: f64,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Mean patience in seconds, above 0; infinite: nobody abandons.
    pub mean_patience: f64,
    /// Agents, at least 1.
    pub agents: u32,
    /// The share of those who abandoned that tries again.
    pub after_abandon: f64,
    /// The share of the answered that contacts again.
    pub after_answer: f64,
    /// Mean (exponential) time away in seconds, above 0.
    pub mean_delay: f64,
}

/// The model solved. Shares are of all attempts; times in seconds.
#[derive(Clone, Debug)]
pub struct RetrialSolved {
    model: Retrial,
    chain: MarkovChain<(u32, u32)>,
}

impl Retrial {
    /// The model solved, with at most `present` in the centre and `away` waiting to come back (arrivals past
    /// that are lost, those past the other do not come back); [`RetrialSolved::cut`] tells whether they were
    /// enough.
    ///
    /// # Complexity
    /// `present` x `away` states in a band of twice the smaller: the product times its square.
    ///
    /// # Panics
    /// If a field is out of its range.
    #[must_use]
    pub fn solve(&self, present: u32, away: u32) -> RetrialSolved {
        assert!(self.agents > 0 && self.cases_per_second > 0.0 && self.mean_service > 0.0);
        assert!(self.mean_patience > 0.0 && self.mean_delay > 0.0, "times are above 0");
        let shares = [self.after_abandon, self.after_answer];
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "shares lie between 0 and 1");
        let chain = MarkovChain::solve((0, 0), |&(here, gone)| {
            let mut moves = Vec::new();
            if here < present {
                moves.push(((here + 1, gone), self.cases_per_second));
                if gone > 0 {
                    moves.push(((here + 1, gone - 1), f64::from(gone) / self.mean_delay));
                }
            }
            if here > 0 {
                let answered = f64::from(here.min(self.agents)) / self.mean_service;
                let abandoned = f64::from(here.saturating_sub(self.agents)) / self.mean_patience;
                let back = answered * self.after_answer + abandoned * self.after_abandon;
                let back = if gone < away { back } else { 0.0 };
                moves.push(((here - 1, gone + 1), back));
                moves.push(((here - 1, gone), answered + abandoned - back));
            }
            moves
        });
        RetrialSolved { model: *self, chain }
    }
}

impl RetrialSolved {
    /// Attempts a second, first ones included.
    #[must_use]
    pub fn attempts_per_second(&self) -> f64 {
        self.model.cases_per_second + self.chain.mean(|&(_, gone)| f64::from(gone)) / self.model.mean_delay
    }

    /// Attempts for a case.
    #[must_use]
    pub fn attempts_per_case(&self) -> f64 {
        self.attempts_per_second() / self.model.cases_per_second
    }

    /// The share of first attempts that finds no agent free.
    #[must_use]
    pub fn first_delayed(&self) -> f64 {
        self.chain.share(|&(here, _)| here >= self.model.agents)
    }

    /// The share of all attempts that finds no agent free.
    #[must_use]
    pub fn delayed(&self) -> f64 {
        // Those who come back see the centre as it is when many are away.
        let rate = |gone: u32| self.model.cases_per_second + f64::from(gone) / self.model.mean_delay;
        let delayed = |&(here, gone): &(u32, u32)| if here >= self.model.agents { rate(gone) } else { 0.0 };
        self.chain.mean(delayed) / self.attempts_per_second()
    }

    /// Mean number waiting.
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.chain.mean(|&(here, _)| f64::from(here.saturating_sub(self.model.agents)))
    }

    /// Mean wait of all attempts (Little).
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.queue() / self.attempts_per_second()
    }

    /// The share of attempts that abandons.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        self.mean_wait() / self.model.mean_patience
    }

    /// Mean number of busy agents.
    #[must_use]
    pub fn busy(&self) -> f64 {
        self.chain.mean(|&(here, _)| f64::from(here.min(self.model.agents)))
    }

    /// Mean number of customers away.
    #[must_use]
    pub fn away(&self) -> f64 {
        self.chain.mean(|&(_, gone)| f64::from(gone))
    }

    /// The share of time at which a cut of [`Retrial::solve`] was reached.
    #[must_use]
    pub fn cut(&self) -> f64 {
        let reach = |of: fn(&(u32, u32)) -> u32| self.chain.shares().map(|(s, _)| of(s)).max().unwrap_or(0);
        let (present, away) = (reach(|s| s.0), reach(|s| s.1));
        self.chain.share(|&(here, gone)| here == present || (away > 0 && gone == away))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::ErlangA;

    const CENTRE: Retrial = Retrial {
        cases_per_second: 8.0 / 240.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 10,
        after_abandon: 0.5,
        after_answer: 0.1,
        mean_delay: 600.0,
    };

    fn close(got: f64, want: f64) {
        assert!((got / want - 1.0).abs() < 1e-9, "{got} is not {want}");
    }

    #[test]
    fn who_never_comes_back_is_erlang_a() {
        let solved = Retrial { after_abandon: 0.0, after_answer: 0.0, ..CENTRE }.solve(60, 5);
        let a = ErlangA {
            arrivals_per_second: 8.0 / 240.0,
            mean_service: 240.0,
            mean_patience: 120.0,
            agents: 10.0,
        }
        .solve();
        close(solved.delayed(), a.delayed());
        close(solved.abandonment(), a.abandonment());
        close(solved.busy(), a.busy());
        assert_eq!((solved.attempts_per_case(), solved.away()), (1.0, 0.0));
    }

    #[test]
    fn cases_come_in_as_fast_as_they_go_out() {
        let solved = CENTRE.solve(70, 90);
        assert!(solved.cut() < 1e-12, "{}", solved.cut());
        let abandoned = solved.abandonment();
        let back = 0.5 * abandoned + 0.1 * (1.0 - abandoned);
        close(solved.attempts_per_case(), 1.0 / (1.0 - back));
        close(solved.busy(), solved.attempts_per_second() * (1.0 - abandoned) * 240.0);
        // Those who come back meet the crowd that sent them away.
        assert!(solved.delayed() > solved.first_delayed());
    }

    #[test]
    fn a_long_time_away_forgets_the_crowd() {
        // Then attempts are a Poisson stream of the total rate, and the centre is Erlang A.
        let solved = Retrial { mean_delay: 2e5, after_answer: 0.0, ..CENTRE }.solve(50, 400);
        let a = ErlangA {
            arrivals_per_second: solved.attempts_per_second(),
            mean_service: 240.0,
            mean_patience: 120.0,
            agents: 10.0,
        };
        let (got, want) = (solved.abandonment(), a.abandonment());
        assert!((got / want - 1.0).abs() < 0.01, "{got} {want}");
        assert!((solved.delayed() / solved.first_delayed() - 1.0).abs() < 0.01);
    }
}
