//! Groups of actors that stand as one in a question: who is between this bloc and that.

use rustc_hash::FxHashMap;

use crate::dataset::{ActorIndex, Dataset, Place};

/// The dataset in which each group stands as one actor, the first of its list: ties of any member are ties of that one,
/// and ties among members join nobody to another.
///
/// An actor of several groups stands for none of them, but by itself.
///
/// # Complexity
/// That of [`Dataset::with_places`].
pub fn gather(dataset: &Dataset, groups: &[&[ActorIndex]]) -> Dataset {
    let mut stands: FxHashMap<ActorIndex, Option<ActorIndex>> = FxHashMap::default();
    for group in groups {
        let Some(first) = group.first() else { continue };
        for member in *group {
            stands.entry(*member).and_modify(|stand| *stand = None).or_insert(Some(*first));
        }
    }
    let ties = dataset.ties();
    let place = |actor: ActorIndex| stands.get(&actor).copied().flatten().unwrap_or(actor);
    dataset.with_places(|tie| {
        let (source, target) = (place(ties.source(tie)), place(ties.target(tie)));
        vec![Place { source, target, is_doubtful: false }]
    })
}
