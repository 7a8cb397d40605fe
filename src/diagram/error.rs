//! Why a scene could not be drawn.

/// The most actors that one picture can hold.
pub const NODE_LIMIT: usize = 6_000;

/// The most actors whose boxes are laid out; more are drawn as a crowd of dots.
pub(super) const BOX_LIMIT: usize = 300;

/// Why a scene could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiagramError {
    /// An edge names a node that the scene does not have.
    #[error("edge {edge} ends at node {node}, but the scene has {node_count} nodes")]
    NoSuchNode {
        /// The index of the edge.
        edge: usize,
        /// The index of the node that is missing.
        node: usize,
        /// How many nodes there are.
        node_count: usize,
    },
    /// A tie cites a source that the scene does not list.
    #[error("tie `{tie}` cites source [{source_number}], but the scene lists {source_count}")]
    NoSuchSource {
        /// The tie's id.
        tie: String,
        /// The number it cites.
        source_number: usize,
        /// How many sources there are.
        source_count: usize,
    },
    /// Another program placed more nodes or fewer than there are.
    #[error("{point_count} places for {node_count} nodes")]
    NotPlaced {
        /// How many places there are.
        point_count: usize,
        /// How many nodes there are.
        node_count: usize,
    },
    /// More actors than a picture can show.
    #[error(
        "{node_count} actors are too many for one picture, which holds {NODE_LIMIT} (and {BOX_LIMIT} in boxes): narrow the lens \
         (a shorter window, fewer relations or kinds)"
    )]
    TooManyNodes {
        /// How many there are.
        node_count: usize,
    },
}
