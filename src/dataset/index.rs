//! Row numbers that cannot be mixed up.

macro_rules! index_type {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
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

/// The number of no actor, where columns have room for one.
const NOBODY: u32 = u32::MAX;

impl ActorIndex {
    /// The actor, unless it is nobody.
    pub(super) fn known(self) -> Option<Self> {
        (self.0 != NOBODY).then_some(self)
    }

    /// An actor or nobody as columns hold it.
    pub(super) fn or_nobody(actor: Option<Self>) -> Self {
        actor.unwrap_or(Self(NOBODY))
    }
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
