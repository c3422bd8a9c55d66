//! What waits in a deferred queue at the start.

use crate::reading::fields::Written;
use crate::reading::kinds::{Count, Declares, Reads};
use crate::reading::shape::{Kind, word};
use crate::reading::tree::Data;
use crate::vocabulary::Backlog;

impl Declares for Backlog {
    const KIND: Kind = Kind::Either(&[Count::<0>::KIND, word(&["unlimited"])]);
}

impl Reads for Backlog {
    type Value = Backlog;

    fn read(written: &Written<'_>) -> Option<Backlog> {
        match &written.node.data {
            Data::Integer(_) => Count::<0>::read(written).map(Backlog::Contacts),
            Data::Text(text) if text == "unlimited" => Some(Backlog::Unlimited),
            _ => written.is_none_of("a whole number, and \"unlimited\"", "a whole number, or \"unlimited\""),
        }
    }
}
