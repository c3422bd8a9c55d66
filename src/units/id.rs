//! Small integers that stand for names, so that nothing past the model looks a name up.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// The id of the `index`-th of its kind; ids follow the order of names.
            ///
            /// # Panics
            /// When there are more than the id can count; the scenario refuses that many.
            #[inline]
            #[must_use]
            pub fn at(index: usize) -> $name {
                $name(<$inner>::try_from(index).expect("the scenario limits how many there are"))
            }

            /// Its place in the model's table.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A channel of the model.
    ChannelId,
    u16
);
id!(
    /// A queue of the model.
    QueueId,
    u16
);
id!(
    /// A group of agents of the model.
    GroupId,
    u16
);
id!(
    /// An agent: ordered by group name, then by number within the group.
    AgentId,
    u32
);
