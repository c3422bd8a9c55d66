//! Queueing theory: closed forms and small chains solved to machine precision, each with its source.
//!
//! They answer in microseconds what a simulation answers in seconds, for the centres that are simple
//! enough, and they are what the simulation is tested against. Times are in seconds, rates per second,
//! agents may be any positive number where the formula has a continuous extension. Pure `f64`
//! mathematics on `libm`: the same bits on every machine.
//!
//! | model | file | what it answers |
//! |---|---|---|
//! | M/M/n/n | [`erlang_b`](ErlangB) | the share that finds all lines busy |
//! | M/M/n | [`erlang_c`](ErlangC) | waits when nobody ever abandons |
//! | M/M/n+M | [`erlang_a`](ErlangA) | waits and abandonment |
//! | M/M/n+D | [`deterministic_patience`](DeterministicPatience) | everyone abandons after the same time |
//! | M/M/n+G | [`offered_wait`](OfferedWait) | any distribution of patience; the two above stand on it |
//! | M/M/n/K+M | [`finite_room`](FiniteRoom) | lines are few |
//! | M/M/n, classes | [`cobham`](Cobham) | who waits how long under priorities |
//! | M/M/n, blending | [`blending`](Blending) | calls first, deferred work in the time left |
//! | M/G/1 | [`pollaczek_khinchine`](PollaczekKhinchine) | one agent, any service time |
//! | M/G/infinity | [`infinite_server`] | the offered load of a volume that moves |
//! | birth-death | [`birth_death`](BirthDeath) | any one-dimensional chain |
//! | M_t/M/n_t+M | [`kolmogorov`] | a day of changing volume and staff |
//! | B, C and A | [`side_by_side`] | what they say of one centre |
//! | B, C or A | [`staffing`] | the fewest agents that keep a target |
//! | M/M/n+M, orbit | [`retrial`](Retrial) | customers who come back |
//! | any chain | [`markov_chain`](MarkovChain) | agents who differ, chats |

mod birth_death;
mod blending;
mod cobham;
mod deterministic_patience;
mod erlang_a;
mod erlang_b;
mod erlang_c;
mod finite_room;
pub mod infinite_server;
pub mod kolmogorov;
mod markov_chain;
mod offered_wait;
mod patience;
mod pollaczek_khinchine;
mod quadrature;
mod retrial;
mod service_level;
pub mod side_by_side;
pub mod staffing;

pub use birth_death::BirthDeath;
pub use blending::Blending;
pub use cobham::Cobham;
pub use deterministic_patience::DeterministicPatience;
pub use erlang_a::ErlangA;
pub use erlang_b::{ErlangB, inverse_erlang_b};
pub use erlang_c::ErlangC;
pub use finite_room::{FiniteRoom, FiniteRoomSolved};
pub use markov_chain::MarkovChain;
pub use offered_wait::OfferedWait;
pub use patience::{ConstantPatience, ExponentialPatience, Patience};
pub use pollaczek_khinchine::PollaczekKhinchine;
pub use retrial::{Retrial, RetrialSolved};
pub use service_level::ServiceLevels;
