//! Unsolved cases that come back on another channel: a Jackson network of a phone team and one chat agent.
//!
//! Source: Jackson (1963), "Jobshop-like queueing systems", Management Science 10: stations whose rate depends
//! on how many are there, and any time between, keep the product form.

use holdline::formulas::{BirthDeath, ErlangC};

/// Phone agents, and one chat agent whose conversations slow each other down. Nobody gives up.
#[derive(Clone, Debug)]
pub struct RepeatContacts {
    pub phone_cases_per_second: f64,
    pub chat_cases_per_second: f64,
    pub phone_talk: f64,
    pub phone_agents: u32,
    /// Of a conversation that has the agent to itself.
    pub chat_talk: f64,
    pub slowdown: Vec<f64>,
    /// Of the phone's finished calls: come back by phone, by chat.
    pub from_phone: [f64; 2],
    /// Of the finished chats, likewise.
    pub from_chat: [f64; 2],
}

impl RepeatContacts {
    /// Contacts a second by phone and by chat, first ones included: a = fresh + back.
    pub fn offered_per_second(&self) -> [f64; 2] {
        let ([pp, pc], [cp, cc]) = (self.from_phone, self.from_chat);
        let (phone, chat) = (self.phone_cases_per_second, self.chat_cases_per_second);
        let determinant = (1.0 - pp) * (1.0 - cc) - pc * cp;
        [((1.0 - cc) * phone + cp * chat) / determinant, ((1.0 - pp) * chat + pc * phone) / determinant]
    }

    pub fn phone(&self) -> ErlangC {
        ErlangC {
            arrivals_per_second: self.offered_per_second()[0],
            mean_service: self.phone_talk,
            agents: f64::from(self.phone_agents),
        }
    }

    /// Conversations at the chat agent and customers waiting, together; at most `most`.
    pub fn chats(&self, most: usize) -> BirthDeath {
        let ended: Vec<f64> = (1..=most).map(|here| self.ended(here)).collect();
        BirthDeath::new(&vec![self.offered_per_second()[1]; most], &ended)
    }

    /// Chats ended a second with so many in the chat's station.
    fn ended(&self, here: usize) -> f64 {
        let open = here.min(self.slowdown.len());
        open as f64 / (self.chat_talk * self.slowdown[open - 1])
    }

    /// Customers who wait for the chat agent, of so many in the station.
    pub fn waiting(&self, here: usize) -> f64 {
        here.saturating_sub(self.slowdown.len()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::close;
    use super::*;
    use holdline::formulas::MarkovChain;

    #[test]
    fn a_chain_without_time_between_has_the_same_product_form() {
        let network = RepeatContacts {
            phone_cases_per_second: 20.0 / 3600.0,
            chat_cases_per_second: 4.0 / 3600.0,
            phone_talk: 240.0,
            phone_agents: 3,
            chat_talk: 300.0,
            slowdown: vec![1.0, 1.25, 1.6],
            from_phone: [0.08, 0.12],
            from_chat: [0.15, 0.05],
        };
        let most = 90;
        let chain = MarkovChain::solve((0_usize, 0_usize), |&(phone, chat)| {
            let mut moves = Vec::new();
            let mut push = |state: (usize, usize), rate| {
                if state.0 <= most && state.1 <= most {
                    moves.push((state, rate));
                }
            };
            push((phone + 1, chat), network.phone_cases_per_second);
            push((phone, chat + 1), network.chat_cases_per_second);
            if phone > 0 {
                let ended = phone.min(3) as f64 / 240.0;
                push((phone - 1, chat + 1), ended * 0.12);
                push((phone - 1, chat), ended * 0.8);
            }
            if chat > 0 {
                let ended = network.ended(chat);
                push((phone + 1, chat - 1), ended * 0.15);
                push((phone, chat - 1), ended * 0.8);
            }
            moves
        });
        let [phone, chat] = network.offered_per_second();
        close(chain.mean(|&(here, _)| here.min(3) as f64), phone * 240.0);
        close(chain.mean(|&(_, here)| if here > 0 { network.ended(here) } else { 0.0 }), chat);
        close(chain.mean(|&(here, _)| here.saturating_sub(3) as f64), network.phone().queue());
        close(chain.share(|&(here, _)| here >= 3), network.phone().delayed());
        let chats = network.chats(most);
        close(chain.mean(|&(_, here)| network.waiting(here)), chats.mean(|here| network.waiting(here)));
        for here in 0..4 {
            close(chain.share(|&(_, other)| other == here), chats.shares()[here]);
        }
    }
}
