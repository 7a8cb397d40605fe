//! Row numbers that cannot be mixed up.

macro_rules! index_type {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as a place in a slice.
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of a place in a slice.
            pub(crate) fn of(at: usize) -> Self {
                Self(super::column::number(at))
            }
        }
    )+};
}

index_type! {
    /// The row of an actor. Rows are sorted by id, so that their order is that of the ids.
    ActorIndex,
    /// The row of a tie. Rows are sorted by time, then id.
    TieIndex,
    /// The row of a dyad. Rows are sorted by their two actors.
    DyadIndex,
    /// The row of a reference. Rows are sorted by id.
    ReferenceIndex,
}
