//! What is asked of a comparison: which centres, which figures, and which one is the best.

use crate::model::Model;
use crate::routing::Policy;
use crate::scenario::Scenario;

use super::budget::Budget;
use super::contest::Contest;
use super::own_policy::OwnPolicy;

/// One of the centres that are compared.
#[derive(Clone, Debug)]
pub struct Contender<'a> {
    /// What the report calls it.
    pub name: String,
    /// The centre.
    pub scenario: &'a Scenario,
    /// Who gets whom there; `None`: the scenario's own rules.
    pub policy: Option<OwnPolicy>,
}

impl<'a> Contender<'a> {
    /// A centre under its own rules.
    #[must_use]
    pub fn new(name: &str, scenario: &'a Scenario) -> Contender<'a> {
        Contender { name: name.to_owned(), scenario, policy: None }
    }

    /// A centre under a policy of one's own; `make` makes one for each replication.
    #[must_use]
    pub fn under<P: Policy + 'static>(
        name: &str,
        scenario: &'a Scenario,
        make: impl Fn(&Model) -> P + Send + Sync + 'static,
    ) -> Contender<'a> {
        Contender { policy: Some(OwnPolicy::new(make)), ..Contender::new(name, scenario) }
    }
}

/// What a comparison is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// Figures by their dotted names; none are [`super::USUAL_FIGURES`], as far as all centres have them.
    pub figures: Vec<String>,
    /// (figure, the smallest difference that matters, in its unit); zero for the others.
    pub deltas: Vec<(String, f64)>,
    /// Which one is the best?
    pub contest: Option<Contest>,
    /// The same with a budget of replications: it is spent where it tells most.
    pub budget: Option<Budget>,
    /// Many against one: the intervals of all differences of a figure hold together (Bonferroni's inequality, Dunn
    /// 1961), and how probably each is the best is told. None of its figures are [`super::LEAGUE_FIGURES`].
    pub together: bool,
}
