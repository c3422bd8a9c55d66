//! Names that must refer to something of the file.

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, Reads};
use crate::reading::shape::Kind;
use crate::reading::values;

/// Declares kinds of values that are the name of something.
macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident = $of:literal;)+) => {
        $(
            $(#[$doc])+
            pub(crate) enum $name {}

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
}
