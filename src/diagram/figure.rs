//! A scene measured and laid out, ready for a writer that draws.

use super::blocs::blocs;
use super::error::{BOX_LIMIT, DiagramError};
use super::frame::{Frame, Layout};
use super::label::{self, Label};
use super::layout::{self, Arrangement, Joint, Placement, Plan, Point};
use super::look::{self, NodeLook, Shape};
use super::scene::{Direction, Edge, Node, Role, Scene};
use super::text::Face;
use super::theme::Theme;

/// Beyond this many nodes and edges, edges carry a count in place of their ties, where every node has
/// its column.
const LABELLED_RANKED: (usize, usize) = (60, 120);
/// The same where nodes stand free: such pictures grow faster than a page.
const LABELLED_FREE: (usize, usize) = (40, 80);

/// A node with its text broken and its outline chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NodeBox {
    pub(super) shape: Shape,
    pub(super) look: NodeLook,
    pub(super) size: (f64, f64),
    pub(super) name: Vec<String>,
    pub(super) sublabel: Vec<String>,
}

impl NodeBox {
    fn of(node: &Node, theme: &Theme, frame: Frame) -> Self {
        let shape = look::shape(node.kind);
        let look = look::node(theme, node.role, node.share());
        let limit = frame.name_width * if node.role == Role::Terminal { 1.2 } else { 1.0 };
        let (face, small) = (name_face(&look), sublabel_face(&look));
        let name = face.wrap(node.name(), limit);
        let sublabel = small.wrap(node.sublabel.as_deref().unwrap_or_default(), limit);
        let width =
            |face: Face, lines: &[String]| lines.iter().map(|line| face.width(line)).fold(0.0, f64::max);
        let text_width = width(face, &name).max(width(small, &sublabel));
        let text_height = block_height(face, name.len()) + block_height(small, sublabel.len());
        let margin = if node.role == Role::Terminal { 8.0 } else { 6.0 * node.share() };
        let (w, h) = shape.around(text_width, text_height);
        Self { shape, look, size: (w + 1.5 * margin, h + margin), name, sublabel }
    }
}

/// The type of a node's name.
pub(super) fn name_face(look: &NodeLook) -> Face {
    Face { size: look.size, bold: look.bold }
}

/// The type of a node's second line.
pub(super) fn sublabel_face(look: &NodeLook) -> Face {
    Face::plain((look.size - 2.0).max(10.0))
}

/// The height of some lines set in a face.
#[expect(clippy::cast_precision_loss, reason = "a label has few lines")]
pub(super) fn block_height(face: Face, lines: usize) -> f64 {
    face.leading() * lines as f64
}

/// A scene with sizes and places.
pub(super) struct Figure<'a> {
    pub(super) scene: &'a Scene,
    pub(super) theme: &'a Theme,
    pub(super) nodes: Vec<NodeBox>,
    pub(super) labels: Vec<Option<Label>>,
    pub(super) placement: Placement,
    /// Whether edges carry their ties in words, else a count.
    pub(super) labelled: bool,
    pub(super) frame: Frame,
}

impl<'a> Figure<'a> {
    /// Measures a scene that stands alone, and lays it out.
    #[cfg(test)]
    pub(super) fn of(scene: &'a Scene, theme: &'a Theme) -> Result<Self, DiagramError> {
        Self::framed(scene, theme, Frame::ALONE)
    }

    /// Measures a scene and lays it out.
    pub(super) fn framed(scene: &'a Scene, theme: &'a Theme, frame: Frame) -> Result<Self, DiagramError> {
        Self::placed(scene, theme, frame, None)
    }

    /// Measures a scene and lays it out; `points` are the middles of its nodes where another program placed them.
    pub(super) fn placed(
        scene: &'a Scene,
        theme: &'a Theme,
        frame: Frame,
        points: Option<&[Point]>,
    ) -> Result<Self, DiagramError> {
        scene.check()?;
        if scene.nodes.len() > BOX_LIMIT {
            return Err(DiagramError::TooManyNodes { node_count: scene.nodes.len() });
        }
        let is_in_columns = points.is_none() && matches!(frame.layout, Layout::Fitting | Layout::Layered);
        let labelled = is_labelled(scene) && is_in_columns;
        let mut nodes: Vec<NodeBox> =
            scene.nodes.iter().map(|node| NodeBox::of(node, theme, frame)).collect();
        let write =
            |edge| if labelled { label::full(scene, edge, frame.label_width) } else { label::count(edge) };
        let labels: Vec<Option<Label>> = scene.edges.iter().map(write).collect();
        let (columns, groups) = layout::columns(scene);
        let is_ranked = scene.nodes.iter().all(|node| node.rank.is_some());
        let arrangement = match (points, frame.layout) {
            (Some(points), _) => Arrangement::Given(points.to_vec()),
            (None, Layout::Circular) => Arrangement::Oval(blocs(scene).order),
            (None, Layout::Stress) => Arrangement::Free,
            (None, Layout::Fitting) if !labelled && !is_ranked => Arrangement::Free,
            (None, Layout::Fitting | Layout::Layered | Layout::Matrix) => Arrangement::Columns,
        };
        let free = arrangement != Arrangement::Columns;
        for (node, count) in nodes.iter_mut().zip(fullest_sides(scene, &columns)) {
            if !free {
                node.size.1 = node.size.1.max(15.0 * f64::from(count.min(12)));
            }
        }
        let joint = |(edge, label): (&Edge, &Option<Label>)| {
            let (source_arrow, target_arrow) = arrows(edge);
            Joint {
                source: edge.source,
                target: edge.target,
                label: label.as_ref().map(|label| (label.width, label.height)),
                source_arrow,
                target_arrow,
            }
        };
        let plan = Plan {
            nodes: nodes.iter().map(|node| (node.shape, node.size)).collect(),
            edges: scene.edges.iter().zip(&labels).map(joint).collect(),
            columns,
            groups,
            labelled,
            arrangement,
        };
        let placement = layout::place(&plan);
        Ok(Self { scene, theme, nodes, labels, placement, labelled, frame })
    }
}

/// How many edges each node carries on its fuller side, so that it can be tall enough for them.
fn fullest_sides(scene: &Scene, columns: &[usize]) -> Vec<u32> {
    let mut sides = vec![(0_u32, 0_u32); columns.len()];
    for edge in &scene.edges {
        for (end, other) in [(edge.source, edge.target), (edge.target, edge.source)] {
            if columns[other] < columns[end] {
                sides[end].0 += 1;
            } else {
                sides[end].1 += 1;
            }
        }
    }
    sides.into_iter().map(|(left, right)| left.max(right)).collect()
}

/// Whether a scene is small enough for its ties to be written out.
pub(super) fn is_labelled(scene: &Scene) -> bool {
    let is_ranked = scene.nodes.iter().all(|node| node.rank.is_some());
    let (nodes, edges) = if is_ranked { LABELLED_RANKED } else { LABELLED_FREE };
    scene.nodes.len() <= nodes && scene.edges.len() <= edges
}

/// Whether arrows point at the source and at the target of an edge.
pub(super) fn arrows(edge: &Edge) -> (bool, bool) {
    let any = |direction| edge.ties.iter().any(|tie| tie.direction == direction);
    (any(Direction::Backward), any(Direction::Forward))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::EdgeTie;
    use crate::diagram::layout::Rect;
    use crate::diagram::scene::Doubt;
    use crate::model::{ActorKind, Polarity};
    use proptest::prelude::*;

    const KINDS: [ActorKind; 5] =
        [ActorKind::Country, ActorKind::Person, ActorKind::Territory, ActorKind::Event, ActorKind::Place];

    fn scene(nodes: usize, ends: &[(usize, usize, usize)], ranks: &[u32], ranked: bool) -> Scene {
        let names = ["Cuba", "朝鮮民主主義人民共和國", "Ministry of Foreign Affairs of Mongolia", "김대중"];
        let node = |i: usize| Node {
            id: format!("n{i}"),
            label: names[i % names.len()].into(),
            sublabel: i.is_multiple_of(3).then(|| "蒙古國".into()),
            kind: Some(KINDS[i % KINDS.len()]),
            role: [Role::Terminal, Role::Connector, Role::Agent, Role::Ordinary][i % 4],
            rank: ranked.then(|| ranks[i % ranks.len()]),
            weight: 0.5,
        };
        let tie = |k: usize| EdgeTie {
            id: format!("t{k}"),
            label: "diplomatic relations at the level of embassies".into(),
            label_also: k.is_multiple_of(3).then(|| "大使級外交關係".into()),
            date: "1990-03-26/".into(),
            sources: vec![],
            direction: [Direction::Forward, Direction::Backward, Direction::Mutual][k % 3],
            polarity: Polarity::Positive,
            doubt: Doubt::Asserted,
        };
        let edge = |&(source, target, ties): &(usize, usize, usize)| Edge {
            source: source % nodes,
            target: target % nodes,
            ties: (0..ties).map(tie).collect(),
        };
        Scene {
            nodes: (0..nodes).map(node).collect(),
            edges: ends.iter().map(edge).collect(),
            ..Scene::default()
        }
    }

    /// All boxes of a figure, and whether any two overlap or any leaves the sheet.
    fn fault(figure: &Figure) -> Option<String> {
        let labels = figure.placement.routes.iter().filter_map(|route| route.label);
        let boxes: Vec<Rect> = figure.placement.nodes.iter().copied().chain(labels).collect();
        let (width, height) = (figure.placement.width, figure.placement.height);
        for (i, a) in boxes.iter().enumerate() {
            if a.x < -0.1 || a.y < -0.1 || a.x + a.w > width + 0.1 || a.y + a.h > height + 0.1 {
                return Some(format!("{a:?} leaves the sheet of {width} × {height}"));
            }
            if let Some(b) = boxes[..i].iter().find(|b| a.overlaps(**b)) {
                return Some(format!("{a:?} overlaps {b:?}"));
            }
        }
        None
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_two_boxes_overlap_up_to_forty_actors(
            nodes in 1usize..=40,
            ends in prop::collection::vec((0usize..40, 0usize..40, 0usize..7), 0..80),
            ranks in prop::collection::vec(0u32..5, 1..40),
            ranked: bool,
        ) {
            let scene = scene(nodes, &ends, &ranks, ranked);
            let figure = Figure::of(&scene, &Theme::REPORT).unwrap();
            prop_assert!(figure.labelled);
            prop_assert_eq!(figure.labels.iter().flatten().count(), figure.placement.routes.iter().filter(|r| r.label.is_some()).count());
            prop_assert_eq!(fault(&figure), None);
        }

        #[test]
        fn no_two_boxes_overlap_from_forty_one_to_sixty_actors_in_columns(
            nodes in 41usize..=60,
            ends in prop::collection::vec((0usize..60, 0usize..60, 0usize..4), 20..90),
            ranks in prop::collection::vec(0u32..5, 1..40),
        ) {
            let scene = scene(nodes, &ends, &ranks, true);
            let figure = Figure::of(&scene, &Theme::REPORT).unwrap();
            prop_assert!(figure.labelled);
            prop_assert_eq!(fault(&figure), None);
        }

        #[test]
        fn no_two_boxes_overlap_from_forty_one_to_sixty_actors_that_stand_free(
            nodes in 41usize..=60,
            ends in prop::collection::vec((0usize..60, 0usize..60, 0usize..4), 20..110),
        ) {
            let scene = scene(nodes, &ends, &[0], false);
            let figure = Figure::of(&scene, &Theme::REPORT).unwrap();
            prop_assert!(!figure.labelled);
            prop_assert_eq!(fault(&figure), None);
        }

        #[test]
        fn no_two_boxes_overlap_on_an_oval(
            nodes in 1usize..=60,
            ends in prop::collection::vec((0usize..60, 0usize..60, 0usize..4), 0..90),
        ) {
            let scene = scene(nodes, &ends, &[0], false);
            let frame = Frame { layout: Layout::Circular, ..Frame::ALONE };
            let figure = Figure::framed(&scene, &Theme::REPORT, frame).unwrap();
            let nodes = figure.placement.nodes.clone();
            for (i, a) in nodes.iter().enumerate() {
                prop_assert!(nodes[..i].iter().all(|b| !a.overlaps(*b)));
                prop_assert!(a.x >= -0.1 && a.x + a.w <= figure.placement.width + 0.1);
            }
            let labels: Vec<Rect> = figure.placement.routes.iter().filter_map(|route| route.label).collect();
            let loops = scene.edges.iter().filter(|edge| edge.source == edge.target).count();
            let over = labels.iter().enumerate().filter(|(i, a)| labels[..*i].iter().any(|b| a.overlaps(*b))).count();
            prop_assert!(over <= loops, "{over} labels lie on others");
        }

        #[test]
        fn no_two_nodes_overlap_in_a_full_picture(
            nodes in 61usize..=120,
            ends in prop::collection::vec((0usize..120, 0usize..120, 0usize..3), 60..200),
            ranks in prop::collection::vec(0u32..5, 1..40),
            ranked: bool,
        ) {
            let scene = scene(nodes, &ends, &ranks, ranked);
            let mut figure = Figure::of(&scene, &Theme::REPORT).unwrap();
            figure.placement.routes.iter_mut().for_each(|route| route.label = None);
            prop_assert_eq!(fault(&figure), None);
        }
    }

    #[test]
    fn ranks_run_from_left_to_right() {
        let scene = scene(6, &[(0, 1, 1), (1, 2, 1), (3, 4, 1), (2, 5, 2)], &[0, 1, 2, 1, 0, 3], true);
        let figure = Figure::of(&scene, &Theme::REPORT).unwrap();
        let x = |node: usize| figure.placement.nodes[node].middle().x;
        assert!(x(0) < x(1) && x(1) < x(2) && x(2) < x(5));
        assert!((x(1) - x(3)).abs() < 0.1 && (x(0) - x(4)).abs() < 0.1);
    }
}
