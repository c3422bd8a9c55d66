//! Names that must refer to something of the file.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, Reads};
use crate::reading::shape::Kind;
use crate::reading::tree::Data;
use crate::reading::values;

/// A kind of name.
pub(super) trait Names {
    /// What it names.
    const OF: &'static str;
    /// Whether what it names must stand in the file.
    const REFERS: bool = true;
}

/// Declares kinds of values that are the name of something.
macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident = $of:literal;)+) => {
        $(
            $(#[$doc])+
            pub(super) enum $name {}

            impl Names for $name {
                const OF: &'static str = $of;
            }

            impl Declares for $name {
                const KIND: Kind = Kind::Name($of);
            }

            impl Reads for $name {
                type Value = String;

                fn read(written: &Written<'_>) -> Option<String> {
                    let Written { cx, node, path, .. } = written;
                    let name = values::text(cx.log, node, path)?;
                    cx.refer($of, &name, node.place, path.clone());
                    Some(name)
                }
            }
        )+
    };
}

names! {
    /// The name of a queue.
    QueueName = "queue";
    /// The name of a group.
    GroupName = "group";
    /// The name of a channel.
    ChannelName = "channel";
    /// The name of a follow-up.
    FollowUpName = "follow-up";
}

/// Names with a value each.
pub(super) struct Each<N, K>(PhantomData<(N, K)>);

impl<N: Names, K: Declares> Declares for Each<N, K> {
    const KIND: Kind = Kind::Each { of: N::OF, value: &K::KIND };
}

impl<N: Names, K: Reads> Reads for Each<N, K> {
    type Value = Vec<(String, K::Value)>;

    fn read(written: &Written<'_>) -> Option<Vec<(String, K::Value)>> {
        let mut found = Vec::new();
        for value in written.each() {
            if N::REFERS {
                written.cx.refer(N::OF, value.key, value.key_place, written.path.clone());
            }
            found.extend(K::read(&value).map(|read| (value.key.to_owned(), read)));
        }
        Some(found)
    }
}

/// The names of some queues, each once.
pub(super) enum QueueNames {}

impl Declares for QueueNames {
    const KIND: Kind = Kind::List(&QueueName::KIND);
}

impl Reads for QueueNames {
    type Value = Vec<String>;

    fn read(written: &Written<'_>) -> Option<Vec<String>> {
        let (log, path) = (written.cx.log, &written.path);
        let Data::List(items) = &written.node.data else {
            written.wrong("a list");
            return None;
        };
        let mut names: Vec<Option<String>> = Vec::new();
        let mut known = BTreeSet::new();
        for item in items {
            let name = QueueName::read(&Written { node: item, path: path.clone(), ..*written });
            if let Some(twice) = name.as_ref().filter(|name| !known.insert((*name).clone())) {
                log.error(item.place, format!("`{path}` names `{twice}` twice"), "once is enough");
            }
            names.push(name);
        }
        names.into_iter().collect()
    }
}
