//! Clocks of places: from moments to local time, and the hours that come twice or never.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// A time zone by its IANA name, out of the bundled database, so that every machine reads alike.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// How often a local time happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// As usual.
    Once,
    /// The clock is put back over it.
    Twice,
    /// The clock is put forward over it.
    Never,
}

impl Zone {
    /// The zone of this name, if there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Zone> {
        TimeZoneDatabase::bundled().get(name).ok().map(Zone)
    }

    /// What the clock there shows at a moment.
    #[must_use]
    pub fn local(&self, moment: Timestamp) -> DateTime {
        self.0.to_datetime(moment)
    }

    /// The moment at which the clock there shows this; the first of two.
    #[must_use]
    pub fn moment(&self, local: DateTime) -> Option<Timestamp> {
        self.0.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// How often the clock there shows this.
    #[must_use]
    pub fn happens(&self, local: DateTime) -> Happens {
        match self.0.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { .. } => Happens::Once,
            AmbiguousOffset::Fold { .. } => Happens::Twice,
            AmbiguousOffset::Gap { .. } => Happens::Never,
        }
    }
}
