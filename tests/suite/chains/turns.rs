//! Conversations of turns with an agent who writes one reply at a time, all windows always open: a closed
//! network of the agent and of customers who write.
//!
//! Source: mean value analysis, Reiser & Lavenberg (1980), "Mean-value analysis of closed multichain queuing
//! networks", Journal of the ACM 27. Exponential times; replies in the order in which they fell due.

/// One agent's open windows.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    /// The agent's work for a whole conversation.
    pub agent: f64,
    /// The customer's time in a whole conversation.
    pub customer: f64,
    pub windows: u32,
}

impl Windows {
    /// Mean time of a conversation from its opening to its end.
    pub fn conversation(&self) -> f64 {
        let mut at_agent = 0.0;
        let mut all = 0.0;
        for windows in 1..=self.windows {
            // Who joins the agent's line finds what one window less has there on average.
            let agent = self.agent * (1.0 + at_agent);
            all = agent + self.customer;
            at_agent = f64::from(windows) * agent / all;
        }
        all
    }

    /// Conversations finished a second.
    pub fn per_second(&self) -> f64 {
        f64::from(self.windows) / self.conversation()
    }

    /// The share of time at which the agent writes.
    pub fn writing(&self) -> f64 {
        self.per_second() * self.agent
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::MarkovChain;

    fn windows(windows: u32) -> Windows {
        Windows { agent: 2000.0 / 7.0, customer: 1500.0 / 7.0, windows }
    }

    #[test]
    fn three_windows_take_886_81_seconds_against_500() {
        close(windows(1).conversation(), 500.0);
        assert_eq!(format!("{:.2}", windows(3).conversation()), "886.81");
        close(windows(3).writing(), 3.0 / windows(3).conversation() * 2000.0 / 7.0);
    }

    #[test]
    fn the_chain_of_all_replies_agrees() {
        // The next reply (0 to 3) of each window in the agent's line, in order; and of the others, the
        // reply that the customer's message will call for, sorted.
        type State = (Vec<u8>, Vec<u8>);
        let time = 500.0 / 7.0;
        let chain = MarkovChain::solve((vec![0, 0, 0], vec![]), |(line, away): &State| {
            let mut moves = Vec::new();
            if let Some((&done, rest)) = line.split_first() {
                let (mut line, mut away) = (rest.to_vec(), away.clone());
                if done == 3 {
                    // It ends, and a new conversation opens in its window.
                    line.push(0);
                } else {
                    away.push(done + 1);
                    away.sort_unstable();
                }
                moves.push(((line, away), 1.0 / time));
            }
            for at in 0..away.len() {
                let (mut line, mut left) = (line.clone(), away.clone());
                line.push(left.remove(at));
                moves.push(((line, left), 1.0 / time));
            }
            moves
        });
        let finished = chain.share(|(line, _)| line.first() == Some(&3)) / time;
        close(finished, windows(3).per_second());
        close(chain.share(|(line, _)| !line.is_empty()), windows(3).writing());
    }
}
