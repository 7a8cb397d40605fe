//! What a picture brings along beside its drawing, how wide it may become, and how its actors are arranged.

/// How actors are arranged on the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// In layers while labels find room, then free, then as a crowd of dots.
    #[default]
    Fitting,
    /// In layers from left to right.
    Layered,
    /// Free: distances on paper follow distances in the graph.
    Stress,
    /// On an oval, blocs side by side.
    Circular,
    /// As a matrix of who acts on whom, blocs side by side.
    Matrix,
}

/// What stands around a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Whether it has its title.
    pub title: bool,
    /// Whether it lists the sources that it cites.
    pub sources: bool,
    /// How the actors are arranged.
    pub layout: Layout,
    /// White on all sides.
    pub margin: f64,
    /// The least width of what stands under the drawing.
    pub(super) least_width: f64,
    /// Where words beside lines are broken.
    pub(super) label_width: f64,
    /// Where names are broken.
    pub(super) name_width: f64,
    /// How wide a timeline is, where it is not as wide as it needs.
    pub(super) lanes_width: Option<f64>,
}

impl Frame {
    /// The same, its actors arranged so.
    #[must_use]
    pub const fn arranged(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// A picture that stands alone.
    pub const ALONE: Self = Self {
        title: true,
        sources: true,
        layout: Layout::Fitting,
        margin: 30.0,
        least_width: 640.0,
        label_width: 204.0,
        name_width: 140.0,
        lanes_width: None,
    };

    /// A picture within a document, which has title and sources of its own; narrow, so that it can be read on a page.
    pub const INSET: Self = Self {
        title: false,
        sources: false,
        layout: Layout::Fitting,
        margin: 2.0,
        least_width: 560.0,
        label_width: 148.0,
        name_width: 112.0,
        lanes_width: Some(650.0),
    };
}
