//! Good and bad days: the factor by which a day's volume is more or less than expected.

use crate::estimate::{Place, Sampling};
use crate::model::Busyness;
use crate::random::{Key, Law, normal_cdf, normal_quantile, unit};

/// Where a queue's days take their uniforms from in one replication.
#[derive(Clone, Debug)]
pub(super) struct Days {
    shared: Uniforms,
    own: Uniforms,
}

/// A uniform for each day.
#[derive(Clone, Copy, Debug)]
struct Uniforms {
    /// Within the replication.
    name: Key,
    /// Where replications are stratified: this one's place, and the name of the shuffle that all of its set have in
    /// common.
    dealt: Option<(Place, Key)>,
}

impl Days {
    /// Of a replication: `stream` is the queue's, `shared` whose factor it is.
    pub(super) fn new(seed: u64, replication: u64, sampling: Sampling, stream: &str, shared: &str) -> Days {
        let seed = Key::seed(seed);
        let within = seed.child(replication).named("busyness");
        let place = sampling.place(replication);
        let dealt = |path: [&str; 2]| {
            place.map(|place| {
                let set = seed.named("strata").child(place.set);
                (place, path.iter().fold(set, |key, part| key.named(part)))
            })
        };
        Days {
            shared: Uniforms { name: within.named(shared), dealt: dealt(["shared", shared]) },
            own: Uniforms { name: within.named("own").named(stream), dealt: dealt(["own", stream]) },
        }
    }

    /// The gamma factor of a day: of the shared name, or of a mixture of the shared and the own
    /// normal score (a Gaussian copula: Nelsen 2006) where the correlation is below 1.
    pub(super) fn factor(&self, busyness: &Busyness, day: u64) -> f64 {
        if busyness.cv == 0.0 {
            return 1.0;
        }
        let gamma = Law::gamma(1.0, busyness.cv).expect("a positive cv makes a valid gamma law");
        let u = self.shared.of(day);
        if busyness.correlation >= 1.0 {
            return gamma.quantile(u);
        }
        let rho = busyness.correlation;
        let score = rho.sqrt() * normal_quantile(u) + (1.0 - rho).sqrt() * normal_quantile(self.own.of(day));
        gamma.quantile(normal_cdf(score))
    }
}

impl Uniforms {
    /// The uniform of a day; of stratified replications, within the stratum that falls to this one.
    fn of(self, day: u64) -> f64 {
        let u = unit(self.name.nth(day));
        match self.dealt {
            None => u,
            Some((place, shuffle)) => {
                let day = shuffle.child(day);
                let stratum = place.stratum(|hand| day.nth(hand));
                (stratum as f64 + u) / place.of as f64
            }
        }
    }
}
