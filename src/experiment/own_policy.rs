//! A policy of one's own, made anew for each replication.

use std::fmt;
use std::sync::Arc;

use crate::model::Model;
use crate::routing::Policy;

/// Makes a policy for a compiled centre, whose `routing.parameters` it may read.
#[derive(Clone)]
pub struct OwnPolicy(Arc<Make>);

type Make = dyn Fn(&Model) -> Box<dyn Policy> + Send + Sync;

impl OwnPolicy {
    /// From what makes it; called once for each replication.
    pub fn new<P: Policy + 'static>(make: impl Fn(&Model) -> P + Send + Sync + 'static) -> OwnPolicy {
        OwnPolicy(Arc::new(move |model| Box::new(make(model))))
    }

    /// A new one.
    #[must_use]
    pub fn make(&self, model: &Model) -> Box<dyn Policy> {
        (self.0)(model)
    }
}

impl fmt::Debug for OwnPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnPolicy")
    }
}
