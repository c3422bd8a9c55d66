//! Calls that interrupt work of which there is always some: the calls are an Erlang A that never notices, and
//! the work gets what they leave.

use holdline::formulas::{ErlangA, ExponentialPatience, OfferedWait};

/// A team of which everyone who has no call does deferred work. A call that comes while anyone does so
/// interrupts; the work resumes with the same agent as soon as no call waits.
#[derive(Clone, Copy, Debug)]
pub struct Interruption {
    pub calls: ErlangA,
    /// Of a piece of deferred work, without interruptions; any distribution.
    pub mean_work: f64,
    /// Added at each resumption.
    pub restart_cost: f64,
}

impl Interruption {
    pub fn calls(&self) -> OfferedWait<ExponentialPatience> {
        self.calls.solve()
    }

    /// Interruptions a second: each call that does not wait is one.
    pub fn interruptions_per_second(&self) -> f64 {
        self.calls.arrivals_per_second * (1.0 - self.calls().delayed())
    }

    /// Deferred work done, a second: the time that calls leave, less that of restarts, goes into it. (As many
    /// resumptions as interruptions, and each piece takes its own time once.)
    pub fn done_per_second(&self) -> f64 {
        let left = self.calls.agents - self.calls().busy();
        (left - self.interruptions_per_second() * self.restart_cost) / self.mean_work
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::MarkovChain;

    #[test]
    fn a_chain_of_one_agent_agrees() {
        // Calls, and restarts still to be paid (each exponential); work only while both are 0.
        let (service, patience, restart, work) = (240.0, 120.0, 60.0, 300.0);
        let arrivals = 5.0 / 3600.0;
        let chain = MarkovChain::solve((0_u32, 0_u32), |&(calls, restarts)| {
            let mut moves = Vec::new();
            if calls < 40 {
                // The agent who is interrupted will have to pay.
                let owed = if calls == 0 && restarts < 40 { restarts + 1 } else { restarts };
                moves.push(((calls + 1, owed), arrivals));
            }
            if calls > 0 {
                moves.push(((calls - 1, restarts), 1.0 / service + f64::from(calls - 1) / patience));
            } else if restarts > 0 {
                moves.push(((0, restarts - 1), 1.0 / restart));
            }
            moves
        });
        let interruption = Interruption {
            calls: ErlangA {
                arrivals_per_second: arrivals,
                mean_service: service,
                mean_patience: patience,
                agents: 1.0,
            },
            mean_work: work,
            restart_cost: restart,
        };
        close(chain.share(|&state| state == (0, 0)) / work, interruption.done_per_second());
        close(chain.share(|&(calls, _)| calls > 0), interruption.calls().delayed());
        close(chain.share(|&(calls, _)| calls == 0) * arrivals, interruption.interruptions_per_second());
    }
}
