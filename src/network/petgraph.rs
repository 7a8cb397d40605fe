//! The network as petgraph sees it: its visit traits, so that its algorithms run on a lens without a
//! copy, and a copy with every tie as an edge of its own.

use petgraph::{
    EdgeType, Undirected,
    graph::DiGraph,
    visit::{
        Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
        IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef,
        VisitMap, Visitable,
    },
};

use super::Network;
use crate::{
    dataset::{ActorIndex, DyadIndex},
    model::{Actor, Tie},
};

/// A dyad as an edge of petgraph, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DyadReference {
    source: ActorIndex,
    target: ActorIndex,
    dyad: DyadIndex,
}

impl EdgeRef for DyadReference {
    type NodeId = ActorIndex;
    type EdgeId = DyadIndex;
    type Weight = DyadIndex;

    fn source(&self) -> ActorIndex {
        self.source
    }

    fn target(&self) -> ActorIndex {
        self.target
    }

    fn weight(&self) -> &DyadIndex {
        &self.dyad
    }

    fn id(&self) -> DyadIndex {
        self.dyad
    }
}

/// Which actors a walk has visited.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl VisitMap<ActorIndex> for Visited {
    fn visit(&mut self, actor: ActorIndex) -> bool {
        !std::mem::replace(&mut self.0[actor.at()], true)
    }

    fn is_visited(&self, actor: &ActorIndex) -> bool {
        self.0[actor.at()]
    }

    fn unvisit(&mut self, actor: ActorIndex) -> bool {
        std::mem::replace(&mut self.0[actor.at()], false)
    }
}

impl GraphBase for Network<'_> {
    type NodeId = ActorIndex;
    type EdgeId = DyadIndex;
}

impl GraphProp for Network<'_> {
    type EdgeType = Undirected;

    fn is_directed(&self) -> bool {
        Undirected::is_directed()
    }
}

impl Data for Network<'_> {
    type NodeWeight = ActorIndex;
    type EdgeWeight = DyadIndex;
}

impl Visitable for Network<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.dataset().actors().count()])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.fill(false);
    }
}

/// All actors of the dataset are nodes: one that the lens leaves out is isolated.
impl NodeIndexable for Network<'_> {
    fn node_bound(&self) -> usize {
        self.dataset().actors().count()
    }

    fn to_index(&self, actor: ActorIndex) -> usize {
        actor.at()
    }

    fn from_index(&self, at: usize) -> ActorIndex {
        ActorIndex::of(at)
    }
}

impl NodeCompactIndexable for Network<'_> {}

impl NodeCount for Network<'_> {
    fn node_count(&self) -> usize {
        self.dataset().actors().count()
    }
}

impl EdgeCount for Network<'_> {
    fn edge_count(&self) -> usize {
        self.compact().dyads().len()
    }
}

impl<'n> IntoNeighbors for &'n Network<'_> {
    type Neighbors = Box<dyn Iterator<Item = ActorIndex> + 'n>;

    fn neighbors(self, actor: ActorIndex) -> Self::Neighbors {
        Box::new(self.neighbours(actor).map(|(neighbour, _)| neighbour))
    }
}

impl<'n> IntoEdgeReferences for &'n Network<'_> {
    type EdgeRef = DyadReference;
    type EdgeReferences = Box<dyn Iterator<Item = DyadReference> + 'n>;

    fn edge_references(self) -> Self::EdgeReferences {
        let base = self.dataset().dyads();
        Box::new(base.all().filter(|dyad| self.is_live(*dyad)).map(|dyad| {
            let (source, target) = base.ends(dyad);
            DyadReference { source, target, dyad }
        }))
    }
}

impl<'n> IntoEdges for &'n Network<'_> {
    type Edges = Box<dyn Iterator<Item = DyadReference> + 'n>;

    fn edges(self, source: ActorIndex) -> Self::Edges {
        Box::new(self.neighbours(source).map(move |(target, dyad)| DyadReference { source, target, dyad }))
    }
}

impl<'n> IntoNodeIdentifiers for &'n Network<'_> {
    type NodeIdentifiers = Box<dyn Iterator<Item = ActorIndex> + 'n>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.dataset().actors().all())
    }
}

/// An actor as a node of petgraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActorReference(ActorIndex);

impl NodeRef for ActorReference {
    type NodeId = ActorIndex;
    type Weight = ActorIndex;

    fn id(&self) -> ActorIndex {
        self.0
    }

    fn weight(&self) -> &ActorIndex {
        &self.0
    }
}

impl<'n> IntoNodeReferences for &'n Network<'_> {
    type NodeRef = ActorReference;
    type NodeReferences = Box<dyn Iterator<Item = ActorReference> + 'n>;

    fn node_references(self) -> Self::NodeReferences {
        Box::new(self.dataset().actors().all().map(ActorReference))
    }
}

impl Network<'_> {
    /// A copy in which every actor is a node with its record and every tie that passes an edge of its own.
    ///
    /// Actors that the lens leaves out are not in it. Node numbers follow the order of ids, edge
    /// numbers the order of time.
    ///
    /// # Complexity
    /// Time and space O(V + E) records, each read from its text: about a microsecond a tie. petgraph
    /// walks it several times slower than the network; take the network where a copy is not needed.
    pub fn to_petgraph(&self) -> DiGraph<Actor, Tie> {
        let dataset = self.dataset();
        let mut graph = DiGraph::new();
        let mut nodes = vec![None; dataset.actors().count()];
        for actor in dataset.actors().all().filter(|actor| self.predicate().admits(*actor)) {
            nodes[actor.at()] = Some(graph.add_node(dataset.actor(actor)));
        }
        for tie in dataset.ties().all().filter(|tie| self.passes(*tie)) {
            let (source, target) = (dataset.ties().source(tie), dataset.ties().target(tie));
            if let (Some(source), Some(target)) = (nodes[source.at()], nodes[target.at()]) {
                graph.add_edge(source, target, dataset.tie(tie));
            }
        }
        graph
    }
}
