//! Callbacks by thresholds: offered when so many wait, made when so many agents are idle.
//!
//! Source: the threshold policies of Armony & Maglaras (2004), "Contact centers with a call-back option
//! and real-time delay information", Operations Research 52, with abandonment; a chain of
//! (busy, waiting, promised).

use holdline::formulas::MarkovChain;

/// Agents, impatient callers, and callbacks to customers who are always reached.
#[derive(Clone, Copy, Debug)]
pub struct Callbacks {
    pub arrivals_per_second: f64,
    /// Of calls and callbacks.
    pub mean_service: f64,
    /// Infinite: nobody gives up.
    pub mean_patience: f64,
    pub agents: u32,
    /// One is offered to a caller who has to wait and finds at least so many waiting.
    pub offered_at: u32,
    pub accept: f64,
    /// One is made when nobody waits and at least so many agents are idle, the one who makes it counted.
    pub idle: u32,
}

/// Busy agents, callers waiting, callbacks promised and not yet begun.
type State = (u32, u32, u32);

pub struct CallbacksSolved {
    model: Callbacks,
    chain: MarkovChain<State>,
}

impl Callbacks {
    /// `longest`: so many never wait; `most`: so many callbacks are never promised at once.
    pub fn solve(&self, longest: u32, most: u32) -> CallbacksSolved {
        assert!(self.idle >= 1 && self.idle <= self.agents, "someone must be idle to call back");
        CallbacksSolved {
            model: *self,
            chain: MarkovChain::solve((0, 0, 0), |state| self.moves(state, longest, most)),
        }
    }

    fn moves(&self, state: &State, longest: u32, most: u32) -> Vec<(State, f64)> {
        let &(busy, waiting, promised) = state;
        let mut moves = Vec::new();
        if busy < self.agents {
            moves.push(((busy + 1, 0, promised), self.arrivals_per_second));
        } else {
            let accepted =
                if promised < most { self.arrivals_per_second * self.accepting(state) } else { 0.0 };
            moves.push(((busy, waiting, promised + 1), accepted));
            if waiting < longest {
                moves.push(((busy, waiting + 1, promised), self.arrivals_per_second - accepted));
            }
        }
        if busy > 0 {
            let next = match (waiting, promised) {
                (1.., _) => (busy, waiting - 1, promised),
                (0, 1..) if self.agents - (busy - 1) >= self.idle => (busy, 0, promised - 1),
                (0, _) => (busy - 1, 0, promised),
            };
            moves.push((next, f64::from(busy) / self.mean_service));
        }
        if waiting > 0 {
            moves.push(((busy, waiting - 1, promised), f64::from(waiting) / self.mean_patience));
        }
        moves
    }

    /// Of those who come now, the share that accepts a callback.
    fn accepting(&self, &(busy, waiting, _): &State) -> f64 {
        if busy == self.agents && waiting >= self.offered_at { self.accept } else { 0.0 }
    }
}

impl CallbacksSolved {
    /// The share of callers that finds no agent free.
    pub fn delayed(&self) -> f64 {
        self.chain.share(|&(busy, _, _)| busy == self.model.agents)
    }

    /// The share of callers that accepts a callback.
    pub fn accepted(&self) -> f64 {
        self.chain.mean(|state| self.model.accepting(state))
    }

    /// Of those who do not take a callback, the share that finds no agent free.
    pub fn others_delayed(&self) -> f64 {
        (self.delayed() - self.accepted()) / (1.0 - self.accepted())
    }

    /// Callers waiting, on average.
    pub fn queue(&self) -> f64 {
        self.chain.mean(|&(_, waiting, _)| f64::from(waiting))
    }

    /// Mean wait of those who do not take a callback.
    pub fn mean_wait(&self) -> f64 {
        self.queue() / (self.model.arrivals_per_second * (1.0 - self.accepted()))
    }

    /// Of those who do not take a callback.
    pub fn abandonment(&self) -> f64 {
        self.mean_wait() / self.model.mean_patience
    }

    pub fn busy(&self) -> f64 {
        self.chain.mean(|&(busy, _, _)| f64::from(busy))
    }

    /// Callbacks promised and not yet begun, on average.
    pub fn promised(&self) -> f64 {
        self.chain.mean(|&(_, _, promised)| f64::from(promised))
    }

    /// Mean time from the promise to the call (Little).
    pub fn delay(&self) -> f64 {
        self.promised() / (self.model.arrivals_per_second * self.accepted())
    }

    /// The share of time at the limits of the chain.
    pub fn cut(&self) -> f64 {
        let reach = |of: fn(&State) -> u32| self.chain.shares().map(|(s, _)| of(s)).max().unwrap_or(0);
        let (waiting, promised) = (reach(|s| s.1), reach(|s| s.2));
        self.chain.share(|s| s.1 == waiting || (promised > 0 && s.2 == promised))
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::{ErlangA, ErlangC};

    const CENTRE: Callbacks = Callbacks {
        arrivals_per_second: 70.0 / 3600.0,
        mean_service: 240.0,
        mean_patience: 180.0,
        agents: 5,
        offered_at: 2,
        accept: 0.5,
        idle: 2,
    };

    #[test]
    fn callbacks_that_nobody_takes_are_erlang_a() {
        let known = ErlangA {
            arrivals_per_second: CENTRE.arrivals_per_second,
            mean_service: 240.0,
            mean_patience: 180.0,
            agents: 5.0,
        }
        .solve();
        for none in [Callbacks { accept: 0.0, ..CENTRE }, Callbacks { offered_at: 1000, ..CENTRE }] {
            let solved = none.solve(60, 20);
            assert!(solved.cut() < 1e-12, "{}", solved.cut());
            close(solved.delayed(), known.delayed());
            close(solved.others_delayed(), known.delayed());
            close(solved.mean_wait(), known.mean_wait());
            close(solved.abandonment(), known.abandonment());
            close(solved.busy(), known.busy());
            assert_eq!((solved.accepted(), solved.promised()), (0.0, 0.0));
        }
    }

    #[test]
    fn callbacks_that_everyone_takes_are_a_queue_at_home() {
        // Nobody waits on the line; promises are kept whenever an agent is free: Erlang C.
        let all =
            Callbacks { offered_at: 0, accept: 1.0, idle: 1, arrivals_per_second: 60.0 / 3600.0, ..CENTRE };
        let known = ErlangC { arrivals_per_second: 60.0 / 3600.0, mean_service: 240.0, agents: 5.0 };
        let solved = all.solve(5, 150);
        close(solved.accepted(), known.delayed());
        close(solved.delay(), known.mean_wait_delayed());
        close(solved.busy(), 4.0);
        close(solved.queue(), 0.0);
    }

    #[test]
    fn two_agents_and_a_whole_idle_team_by_hand() {
        // A callback is made only when both agents are idle. With everyone accepting: states (busy,
        // promised) of a small chain, cut at one promise, solved by hand below.
        let small = Callbacks {
            arrivals_per_second: 1.0,
            mean_service: 1.0,
            mean_patience: 1.0,
            agents: 2,
            offered_at: 0,
            accept: 1.0,
            idle: 2,
        };
        let solved = small.solve(0, 1);
        // With no promise p0, p1, p2; with one q1, q2. From q1 a service ends in the callback, that is in p1.
        // q1: 2 q1 = 2 q2. q2: 2 q2 = q1 + p2, so q1 = q2 = p2. p0: p0 = p1. p1: 2 p1 = p0 + 2 p2 + q1, so
        // p1 = 3 p2. In all 3 + 3 + 1 + 1 + 1 = 9.
        close(solved.delayed(), 2.0 / 9.0);
        close(solved.promised(), 2.0 / 9.0);
        close(solved.busy(), (3.0 + 2.0 + 1.0 + 2.0) / 9.0);
    }

    #[test]
    fn everyone_gives_up_or_is_served() {
        let solved = CENTRE.solve(60, 150);
        assert!(solved.cut() < 1e-10, "{}", solved.cut());
        let served = 1.0 - (1.0 - solved.accepted()) * solved.abandonment();
        close(solved.busy(), CENTRE.arrivals_per_second * served * 240.0);
        // A larger threshold keeps more agents for callers.
        let eager = Callbacks { idle: 1, ..CENTRE }.solve(60, 150);
        assert!(eager.delay() < solved.delay() && eager.mean_wait() > solved.mean_wait());
    }
}
