//! Places for the parts of a scene: boxes for nodes and labels, paths for edges.
//!
//! A layout knows sizes and who is tied to whom, nothing of meaning: in layers from left to right, with room for
//! labels; free, for what is too full for that; on an oval; where another program says; and as a crowd of dots.

mod bow;
mod circular;
mod columns;
mod crowd;
mod forces;
mod layered;
mod pack;
mod route;
mod stress;

use super::look::Shape;

pub(super) use bow::Bow;
pub(super) use columns::columns;
pub(super) use crowd::crowd;
pub(super) use pack::place;

/// A point on the paper, in pixels, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Directions of length one, each turned from the one before by the golden angle, as a sunflower's seeds are: no two alike,
/// none on a line.
fn sunflower() -> impl Iterator<Item = (f64, f64)> {
    let turned =
        |&(x, y): &(f64, f64)| Some((-0.737_368_9 * x - 0.675_490_3 * y, 0.675_490_3 * x - 0.737_368_9 * y));
    std::iter::successors(Some((1.0, 0.0)), turned)
}

/// A box by its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Rect {
    /// The box of a size around a middle.
    fn around(x: f64, y: f64, (w, h): (f64, f64)) -> Self {
        Self { x: x - w / 2.0, y: y - h / 2.0, w, h }
    }

    /// The middle.
    pub(super) fn middle(self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Whether two boxes share more than a border.
    pub(super) fn overlaps(self, other: Self) -> bool {
        let apart = |a: f64, length_a: f64, b: f64, length_b: f64| {
            a + length_a <= b + 0.01 || b + length_b <= a + 0.01
        };
        !apart(self.x, self.w, other.x, other.w) && !apart(self.y, self.h, other.y, other.h)
    }
}

/// What a layout has to place.
pub(super) struct Plan {
    /// Outline and size of each node.
    pub(super) nodes: Vec<(Shape, (f64, f64))>,
    /// Ends of each edge and the size of its label.
    pub(super) edges: Vec<Joint>,
    /// The column of each node.
    pub(super) columns: Vec<usize>,
    /// Nodes that share columns, each group a block of its own.
    pub(super) groups: Vec<Vec<usize>>,
    /// Whether labels are long enough to need columns of their own.
    pub(super) labelled: bool,
    /// How the nodes are arranged.
    pub(super) arrangement: Arrangement,
}

/// How the nodes of a plan are arranged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Arrangement {
    /// In columns, with room for labels between them.
    Columns,
    /// Free, near to those to whom they are tied.
    Free,
    /// On an oval, in an order.
    Oval(Vec<usize>),
    /// Where another program put their middles.
    Given(Vec<Point>),
}

impl Plan {
    /// Whether columns are given up.
    pub(super) fn is_free(&self) -> bool {
        self.arrangement != Arrangement::Columns
    }
}

/// An edge as a layout sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joint {
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) label: Option<(f64, f64)>,
    /// Whether an arrow points at the source.
    pub(super) source_arrow: bool,
    /// Whether an arrow points at the target.
    pub(super) target_arrow: bool,
}

/// A stroke of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stroke {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
}

/// An arrowhead: its tip, and the direction it points in, of length one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrow {
    pub(super) tip: Point,
    pub(super) along: (f64, f64),
}

/// Where an edge runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Route {
    pub(super) strokes: Vec<Stroke>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) label: Option<Rect>,
    /// How its source lies to its target.
    pub(super) lie: Lie,
}

/// How the source of an edge lies to its target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lie {
    #[default]
    Left,
    Right,
    Above,
    Below,
}

/// The places of everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Placement {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) nodes: Vec<Rect>,
    pub(super) routes: Vec<Route>,
}

impl Route {
    fn moved(mut self, dx: f64, dy: f64) -> Self {
        let at = |p: Point| Point { x: p.x + dx, y: p.y + dy };
        for stroke in &mut self.strokes {
            *stroke = match *stroke {
                Stroke::Move(p) => Stroke::Move(at(p)),
                Stroke::Line(p) => Stroke::Line(at(p)),
                Stroke::Curve(a, b, p) => Stroke::Curve(at(a), at(b), at(p)),
            };
        }
        for arrow in &mut self.arrows {
            arrow.tip = at(arrow.tip);
        }
        self.label = self.label.map(|label| label.moved(dx, dy));
        self
    }
}
