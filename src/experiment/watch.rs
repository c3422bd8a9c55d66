//! Who looks on while an experiment runs.

/// Sees progress, may stop the run.
pub trait Watch: Sync {
    /// So many replications are planned now (more, when a precision asks for it).
    fn planned(&self, replications: u64);

    /// One more replication is done.
    fn done(&self);

    /// Whether to stop. The longest complete prefix of replications is kept.
    fn stopped(&self) -> bool;
}

/// Sees nothing, stops nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Watch for Silent {
    fn planned(&self, _replications: u64) {}

    fn done(&self) {}

    fn stopped(&self) -> bool {
        false
    }
}
