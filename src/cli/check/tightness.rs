//! Where the work is more than the agents who can do it.

use crate::model::Model;
use crate::units::QueueId;

/// Up to so many queues every set of them is looked at; beyond, each queue and all together.
const MOST_QUEUES: usize = 12;

/// Queues whose agents have the most to do, in one interval.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tight {
    /// The queues, by id.
    pub(super) queues: Vec<usize>,
    /// Their load in Erlangs.
    pub(super) load: f64,
    /// All agents who can serve at least one of them.
    pub(super) agents: f64,
}

impl Tight {
    /// Load by agent; infinite where there is work and nobody.
    pub(super) fn ratio(&self) -> f64 {
        if self.load <= 0.0 {
            return 0.0;
        }
        self.load / self.agents.max(1e-9)
    }

    /// How pressing it is: the ratio if one more agent came, so that a call in the middle of the
    /// night with nobody there does not outweigh the day.
    pub(super) fn pressure(&self) -> f64 {
        self.load / (self.agents + 1.0)
    }
}

/// The set of queues whose work is most for the agents who can do it. Work can be shared out among
/// the agents if and only if no set of queues has more of it than agents able to serve it (Hall 1935).
pub(super) fn tightest(model: &Model, load: &[f64], agents: &[f64]) -> Tight {
    let queues = load.len();
    let everything = (0..queues).collect::<Vec<_>>();
    let sets: Vec<Vec<usize>> = if queues <= MOST_QUEUES {
        (1..1_u32 << queues).map(|set| (0..queues).filter(|queue| set >> queue & 1 == 1).collect()).collect()
    } else {
        (0..queues).map(|queue| vec![queue]).chain([everything]).collect()
    };
    let mut tightest = Tight { queues: Vec::new(), load: 0.0, agents: 0.0 };
    for set in sets {
        if set.iter().any(|queue| load[*queue] <= 0.0) {
            continue;
        }
        let able = |group: &usize| {
            set.iter().any(|queue| {
                model.abilities.served_by(QueueId::at(*queue)).iter().any(|id| id.index() == *group)
            })
        };
        let heads = (0..agents.len()).filter(able).map(|group| agents[group]).sum();
        let work = set.iter().map(|queue| load[*queue]).sum();
        let candidate = Tight { queues: set, load: work, agents: heads };
        if candidate.ratio() > tightest.ratio() + 1e-9 {
            tightest = candidate;
        }
    }
    tightest
}
