//! What a picture says, before anything is decided about how it looks.
//!
//! A scene knows actors, dyads and their ties by meaning: role, doubt, polarity, rank. It holds no
//! colour, no coordinate and no font; the layout and the writers add those.

use super::error::DiagramError;
use super::languages::Languages;
use crate::model::{ActorKind, Polarity};

/// A picture by its meaning: who stands in it, what ties them, and what it cites.
///
/// # Examples
/// ```
/// use chancery::diagram::{Direction, Doubt, Edge, EdgeTie, Node, Role, Scene, svg};
/// use chancery::model::{ActorKind, Polarity};
///
/// let node = |id: &str, rank| Node {
///     id: id.into(),
///     label: id.into(),
///     sublabel: None,
///     kind: Some(ActorKind::Country),
///     role: Role::Terminal,
///     rank: Some(rank),
///     weight: 0.0,
/// };
/// let tie = EdgeTie {
///     id: "mn-kr-relations".into(),
///     label: "diplomatic relations".into(),
///     label_also: None,
///     date: "1990-03-26/".into(),
///     sources: vec![1],
///     direction: Direction::Mutual,
///     polarity: Polarity::Positive,
///     doubt: Doubt::Asserted,
/// };
/// let scene = Scene {
///     title: "Mongolia and South Korea".into(),
///     nodes: vec![node("Mongolia", 0), node("South Korea", 1)],
///     edges: vec![Edge { source: 0, target: 1, ties: vec![tie] }],
///     sources: vec!["A source".into()],
///     ..Scene::default()
/// };
/// assert!(svg(&scene)?.contains("data-ties=\"mn-kr-relations\""));
/// # Ok::<(), chancery::diagram::DiagramError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The line above the picture; may be empty.
    pub title: String,
    /// Small lines under the picture: lens, dataset hash, what was left out.
    pub caption: Vec<String>,
    /// The actors, each once.
    pub nodes: Vec<Node>,
    /// The dyads, each once; ends are indices into `nodes`.
    pub edges: Vec<Edge>,
    /// The references, numbered from 1, printed as `[1]` and so on.
    pub sources: Vec<String>,
    /// The title in the second language.
    pub title_also: Option<String>,
    /// The languages of the legend and of our own words in the caption.
    pub languages: Languages,
    /// How many ties of one edge are written out before `+3 more`; at least 1.
    pub label_lines: usize,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            title: String::new(),
            caption: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            sources: Vec::new(),
            title_also: None,
            languages: Languages::default(),
            label_lines: 4,
        }
    }
}

/// One actor in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The actor's id, written into the picture so that it can be traced back.
    pub id: String,
    /// The name; where it is empty the id is shown.
    pub label: String,
    /// A second line: the name in another script, or the role.
    pub sublabel: Option<String>,
    /// What kind of thing the actor is: the shape. `None` where nobody says.
    pub kind: Option<ActorKind>,
    /// What part it plays in the answer: the fill.
    pub role: Role,
    /// Hops from the left terminal. Honoured when every node has one.
    pub rank: Option<u32>,
    /// From 0 to 1, the size of a connector or a ranked actor; what lies outside is clamped.
    pub weight: f64,
}

/// The part an actor plays in the answer that the picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An actor that was asked about.
    Terminal,
    /// A third party between the terminals.
    Connector,
    /// One side's own organ or official.
    Agent,
    /// An actor with a score, where no pair was asked about: sized by it.
    Ranked,
    /// Anyone else.
    #[default]
    Ordinary,
}

impl Role {
    /// Its name in files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Connector => "connector",
            Self::Agent => "agent",
            Self::Ranked => "ranked",
            Self::Ordinary => "ordinary",
        }
    }
}

/// A dyad with all its ties in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The index of one actor.
    pub source: usize,
    /// The index of the other.
    pub target: usize,
    /// The ties, in the order in which they are to be written.
    pub ties: Vec<EdgeTie>,
}

/// One tie of a dyad.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeTie {
    /// The tie's id, written into the picture so that it can be traced back.
    pub id: String,
    /// The relation, in the reader's language.
    pub label: String,
    /// The relation in the second language.
    pub label_also: Option<String>,
    /// The date as the source gives it; may be empty.
    pub date: String,
    /// Numbers into [`Scene::sources`], from 1.
    pub sources: Vec<usize>,
    /// Which way the tie points, seen from the edge's source.
    pub direction: Direction,
    /// Friendly, neutral or hostile: colour and form of the line.
    pub polarity: Polarity,
    /// How sure it is: solid, dashed, dotted.
    pub doubt: Doubt,
}

/// Which way a tie points, seen from the edge that holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the edge's source to its target.
    Forward,
    /// From the edge's target to its source.
    Backward,
    /// Both ways at once: a treaty, a meeting.
    #[default]
    Mutual,
}

/// How sure a tie is, surest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// A source asserts it.
    #[default]
    Asserted,
    /// It is alleged or disputed, or its date only possibly fits.
    Doubtful,
    /// Nobody says that it was so.
    Hypothetical,
}

impl Scene {
    /// Takes the numbers of a longer list of sources, in which its own stand: the figure of a document cites as the
    /// document does. A source that the list lacks keeps its text at the end.
    pub fn number_as(&mut self, sources: &[String]) {
        let mut all = sources.to_vec();
        let numbers: Vec<usize> = self
            .sources
            .iter()
            .map(|own| {
                let at = all.iter().position(|source| source == own);
                at.unwrap_or_else(|| {
                    all.push(own.clone());
                    all.len() - 1
                }) + 1
            })
            .collect();
        for tie in self.edges.iter_mut().flat_map(|edge| &mut edge.ties) {
            for number in &mut tie.sources {
                *number = numbers.get(*number - 1).copied().unwrap_or(*number);
            }
            tie.sources.sort_unstable();
        }
        self.sources = all;
    }

    /// Checks that every index and number points at something.
    ///
    /// The writers call this first, so that a scene never fails half way.
    ///
    /// # Errors
    /// An edge whose end is no node, or a tie that cites a source the scene does not list.
    pub fn check(&self) -> Result<(), DiagramError> {
        for (index, edge) in self.edges.iter().enumerate() {
            if let Some(node) = [edge.source, edge.target].into_iter().find(|&end| end >= self.nodes.len()) {
                return Err(DiagramError::NoSuchNode { edge: index, node, node_count: self.nodes.len() });
            }
            for tie in &edge.ties {
                if let Some(&source) = tie.sources.iter().find(|&&n| n == 0 || n > self.sources.len()) {
                    return Err(DiagramError::NoSuchSource {
                        tie: tie.id.clone(),
                        source_number: source,
                        source_count: self.sources.len(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl Node {
    /// The name to write: the label, or the id where there is none.
    pub(super) fn name(&self) -> &str {
        if self.label.trim().is_empty() { &self.id } else { &self.label }
    }

    /// The weight as a number from 0 to 1.
    pub(super) fn share(&self) -> f64 {
        if self.weight.is_finite() { self.weight.clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl Direction {
    /// The same tie seen from the other end.
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
            Self::Mutual => Self::Mutual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_that_ends_nowhere_is_an_error() {
        let scene = Scene { edges: vec![Edge { source: 0, target: 1, ties: vec![] }], ..Scene::default() };
        assert_eq!(scene.check(), Err(DiagramError::NoSuchNode { edge: 0, node: 0, node_count: 0 }));
    }

    #[test]
    fn a_direction_reversed_twice_is_itself() {
        for direction in [Direction::Forward, Direction::Backward, Direction::Mutual] {
            assert_eq!(direction.reversed().reversed(), direction);
        }
    }
}
