//! Chats with exponential work and patience, given to an agent with the fewest conversations.
//!
//! Source: the level-dependent rates of Tezcan & Zhang (2014), "Routing and staffing in customer service
//! chat systems with impatient customers", Operations Research 62; here solved and not approximated.

use holdline::formulas::{ErlangA, ExponentialPatience, MarkovChain, OfferedWait};

/// Agents who hold several conversations, each of which slows the others down.
#[derive(Clone, Debug)]
pub struct Chat {
    pub arrivals_per_second: f64,
    /// Of a conversation that has the agent to itself.
    pub mean_talk: f64,
    pub mean_patience: f64,
    pub agents: u32,
    /// Talk-time factors with 1, 2, ... conversations at the agent; as many as are allowed at once.
    pub slowdown: Vec<f64>,
}

/// Agents with 0, 1, 2, ... conversations, and customers waiting.
type State = (Vec<u32>, u32);

pub struct ChatSolved {
    model: Chat,
    chain: MarkovChain<State>,
}

impl Chat {
    /// `longest`: a queue that never gets longer.
    pub fn solve(&self, longest: u32) -> ChatSolved {
        ChatSolved {
            model: self.clone(),
            chain: MarkovChain::solve(self.empty(), |state| self.moves(state, longest)),
        }
    }

    fn empty(&self) -> State {
        let mut levels = vec![0; self.slowdown.len() + 1];
        levels[0] = self.agents;
        (levels, 0)
    }

    fn moves(&self, (levels, waiting): &State, longest: u32) -> Vec<(State, f64)> {
        let step = |from: usize, to: usize| {
            let mut next = levels.clone();
            next[from] -= 1;
            next[to] += 1;
            (next, 0)
        };
        let full = self.slowdown.len();
        let mut moves = Vec::new();
        match levels[..full].iter().position(|&agents| agents > 0) {
            Some(fewest) => moves.push((step(fewest, fewest + 1), self.arrivals_per_second)),
            None if *waiting < longest => {
                moves.push(((levels.clone(), waiting + 1), self.arrivals_per_second));
            }
            None => {}
        }
        for level in (1..=full).filter(|&level| levels[level] > 0) {
            let rate = f64::from(levels[level]) * level as f64 / (self.mean_talk * self.slowdown[level - 1]);
            // Who waits is taken at once by the agent who has room again.
            let next = if *waiting > 0 { (levels.clone(), waiting - 1) } else { step(level, level - 1) };
            moves.push((next, rate));
        }
        if *waiting > 0 {
            moves.push(((levels.clone(), waiting - 1), f64::from(*waiting) / self.mean_patience));
        }
        moves
    }
}

impl ChatSolved {
    fn full(&self) -> usize {
        self.model.slowdown.len()
    }

    /// The share that finds no agent with room.
    pub fn delayed(&self) -> f64 {
        self.chain.share(|(levels, _)| levels[self.full()] == self.model.agents)
    }

    /// Mean number waiting.
    pub fn queue(&self) -> f64 {
        self.chain.mean(|&(_, waiting)| f64::from(waiting))
    }

    pub fn mean_wait(&self) -> f64 {
        self.queue() / self.model.arrivals_per_second
    }

    pub fn abandonment(&self) -> f64 {
        self.mean_wait() / self.model.mean_patience
    }

    /// Conversations open, on average.
    pub fn open(&self) -> f64 {
        (1..=self.full()).map(|level| level as f64 * self.at_level(level)).sum()
    }

    /// Mean time from the first answer to the end (Little).
    pub fn talk(&self) -> f64 {
        self.open() / (self.model.arrivals_per_second * (1.0 - self.abandonment()))
    }

    /// Mean number of agents with so many conversations.
    pub fn at_level(&self, level: usize) -> f64 {
        self.chain.mean(|(levels, _)| f64::from(levels[level]))
    }

    /// Mean number of agents with any conversation.
    pub fn busy(&self) -> f64 {
        f64::from(self.model.agents) - self.at_level(0)
    }

    /// Of the time with any conversation, the share with so many.
    pub fn share_at(&self, level: usize) -> f64 {
        self.at_level(level) / self.busy()
    }

    /// Who has to wait meets a team in which everyone is full and stays so until the wait is over: an
    /// Erlang A of as many agents as there are slots.
    fn while_full(&self) -> OfferedWait<ExponentialPatience> {
        ErlangA {
            arrivals_per_second: self.model.arrivals_per_second,
            mean_service: self.model.mean_talk * self.model.slowdown[self.full() - 1],
            mean_patience: self.model.mean_patience,
            agents: f64::from(self.model.agents) * self.full() as f64,
        }
        .solve()
    }

    /// The share of all that is answered within `t`.
    pub fn answered_within(&self, t: f64) -> f64 {
        let full = self.while_full();
        let late_given_delay = (1.0 - full.answered_within(t)) / full.delayed();
        1.0 - self.delayed() * late_given_delay
    }

    /// Mean wait of the answered, zeros included.
    pub fn mean_wait_answered(&self) -> f64 {
        let full = self.while_full();
        let given_delay = full.mean_wait_answered() * full.answered() / full.delayed();
        self.delayed() * given_delay / (1.0 - self.abandonment())
    }

    /// The share of time with the longest queue that was allowed for.
    pub fn cut(&self) -> f64 {
        let longest = self.chain.shares().map(|((_, waiting), _)| *waiting).max().unwrap_or(0);
        self.chain.share(|&(_, waiting)| waiting == longest)
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::BirthDeath;

    fn chat(agents: u32, slowdown: &[f64]) -> Chat {
        Chat {
            arrivals_per_second: 50.0 / 3600.0,
            mean_talk: 360.0,
            mean_patience: 120.0,
            agents,
            slowdown: slowdown.to_vec(),
        }
    }

    fn is_erlang_a(chat: &Chat, agents: f64) {
        let solved = chat.solve(60);
        let known = ErlangA {
            arrivals_per_second: chat.arrivals_per_second,
            mean_service: chat.mean_talk,
            mean_patience: chat.mean_patience,
            agents,
        }
        .solve();
        assert!(solved.cut() < 1e-12, "{}", solved.cut());
        close(solved.delayed(), known.delayed());
        close(solved.mean_wait(), known.mean_wait());
        close(solved.abandonment(), known.abandonment());
        close(solved.mean_wait_answered(), known.mean_wait_answered());
        close(solved.answered_within(20.0), known.answered_within(20.0));
        close(solved.open(), known.busy());
        close(solved.talk(), chat.mean_talk);
    }

    #[test]
    fn one_conversation_at_a_time_is_erlang_a() {
        is_erlang_a(&chat(5, &[1.0]), 5.0);
    }

    #[test]
    fn conversations_that_do_not_disturb_each_other_are_as_many_agents() {
        is_erlang_a(&chat(2, &[1.0, 1.0, 1.0]), 6.0);
        is_erlang_a(&chat(3, &[1.0, 1.0]), 6.0);
    }

    #[test]
    fn one_agent_is_a_birth_death_chain() {
        let chat = Chat { arrivals_per_second: 12.0 / 3600.0, ..chat(1, &[1.0, 1.25, 1.6]) };
        let rate = |k: usize| match k {
            1 => 1.0,
            2 => 2.0 / 1.25,
            _ => 3.0 / 1.6,
        };
        let deaths: Vec<f64> =
            (1..=60).map(|k| rate(k) / 360.0 + k.saturating_sub(3) as f64 / 120.0).collect();
        let known = BirthDeath::new(&vec![chat.arrivals_per_second; 60], &deaths);
        let solved = chat.solve(57);
        close(solved.delayed(), known.mean(|k| f64::from(u8::from(k >= 3))));
        close(solved.queue(), known.mean(|k| k.saturating_sub(3) as f64));
        for level in 0..3 {
            close(solved.at_level(level), known.shares()[level]);
        }
        close(solved.share_at(2), known.shares()[2] / (1.0 - known.shares()[0]));
    }

    #[test]
    fn what_is_answered_is_what_is_finished() {
        let solved = chat(3, &[1.0, 1.25, 1.6]).solve(60);
        let finished: f64 = (1..=3)
            .map(|level| solved.at_level(level) * level as f64 / (360.0 * solved.model.slowdown[level - 1]))
            .sum();
        close(finished, solved.model.arrivals_per_second * (1.0 - solved.abandonment()));
        // A wait is long because it ends in giving up, or short because it ends in an answer.
        assert!(solved.mean_wait_answered() < solved.mean_wait());
        // All in the end are answered or give up.
        close(solved.answered_within(1e5), 1.0 - solved.abandonment());
        close(solved.answered_within(0.0), 1.0 - solved.delayed());
    }
}
