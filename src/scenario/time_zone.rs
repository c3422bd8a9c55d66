//! Time zones, by their names.

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, Reads};
use crate::reading::shape::Kind;
use crate::reading::values;
use crate::tables::Zone;

/// The name of a time zone that there is.
pub(super) enum TimeZone {}

impl Declares for TimeZone {
    const KIND: Kind = Kind::Text;
}

impl Reads for TimeZone {
    type Value = String;

    fn read(written: &Written<'_>) -> Option<String> {
        let name = values::text(written.cx.log, written.node, &written.path)?;
        zone(written, &name).map(|_| name)
    }
}

/// The zone that a value names.
pub(super) fn zone(written: &Written<'_>, name: &str) -> Option<Zone> {
    let zone = Zone::named(name);
    if zone.is_none() {
        let title = format!("`{}` must be a time zone", written.path);
        let logged = written.cx.log.error(written.node.place, title, format!("there is no zone `{name}`"));
        logged.help("write it like \"Europe/Berlin\", \"America/New_York\" or \"UTC\"");
    }
    zone
}
