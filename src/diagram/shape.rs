//! The outlines of nodes: how large around a text, where their sides run, how they are drawn.

use super::look::Shape;

const HEX: f64 = 12.0;
const SKEW: f64 = 12.0;
const ROOF: f64 = 9.0;
const FOLD: f64 = 9.0;
const CUT: f64 = 9.0;
pub(super) const DEPTH: f64 = 6.0;
/// From the outer to the inner line of a double frame.
pub(super) const FRAME: f64 = 3.5;

/// How much of each corner an octagon of a height lacks.
fn cut(h: f64) -> f64 {
    CUT.min(h * 0.3)
}

impl Shape {
    /// The width and height of the outline around a block of text.
    pub(super) fn around(self, text_width: f64, text_height: f64) -> (f64, f64) {
        let (w, h) = (text_width + 22.0, text_height + 14.0);
        let (w, h) = match self {
            Self::Rounded | Self::Rectangle => (w, h),
            Self::Pill => (w + 14.0, h),
            Self::Hexagon => (w + 2.0 * HEX - 6.0, h),
            Self::Ellipse => (text_width * 1.18 + 20.0, text_height * 1.45 + 9.0),
            Self::DoubleRectangle => (w + 2.0 * FRAME, h + 2.0 * FRAME),
            Self::House => (w, h + ROOF),
            Self::Parallelogram => (w + 2.0 * SKEW, h),
            Self::Note => (w + FOLD, h),
            Self::Octagon => (w + CUT, h + 4.0),
            Self::Box3d => (w + DEPTH, h + DEPTH),
        };
        (w.max(58.0).ceil(), h.max(30.0).ceil())
    }

    /// How far the middle of the text lies from the middle of the outline.
    pub(super) fn text_offset(self) -> (f64, f64) {
        match self {
            Self::House => (0.0, ROOF / 2.0),
            Self::Note => (-FOLD / 2.0, 0.0),
            Self::Box3d => (-DEPTH / 2.0, DEPTH / 2.0),
            Self::Rounded
            | Self::Pill
            | Self::Hexagon
            | Self::Rectangle
            | Self::Ellipse
            | Self::DoubleRectangle
            | Self::Parallelogram
            | Self::Octagon => (0.0, 0.0),
        }
    }

    /// How far left and right of the middle the outline runs, `dy` below the middle.
    pub(super) fn sides(self, w: f64, h: f64, dy: f64) -> (f64, f64) {
        let half = w / 2.0;
        let inset = |depth: f64| (depth, depth);
        let (left, right) = match self {
            Self::Rounded | Self::Rectangle | Self::DoubleRectangle => inset(0.0),
            Self::Pill => inset(h / 2.0 - (h * h / 4.0 - dy * dy).max(0.0).sqrt()),
            Self::Hexagon => inset(HEX * (2.0 * dy.abs() / h)),
            Self::Ellipse => inset(half * (1.0 - (1.0 - (2.0 * dy / h).powi(2)).max(0.0).sqrt())),
            Self::House => {
                inset(if dy < ROOF - h / 2.0 { half * (1.0 - (dy + h / 2.0) / ROOF) } else { 0.0 })
            }
            Self::Parallelogram => (SKEW * (0.5 - dy / h), SKEW * (0.5 + dy / h)),
            Self::Note => (0.0, (FOLD - (dy + h / 2.0)).max(0.0)),
            Self::Octagon => inset((dy.abs() - (h / 2.0 - cut(h))).max(0.0)),
            Self::Box3d => ((DEPTH - (dy + h / 2.0)).max(0.0), (DEPTH - (h / 2.0 - dy)).max(0.0)),
        };
        (half - left, half - right)
    }

    /// The corners of an outline made of straight lines, as offsets from its top left; none for one
    /// that is round or square.
    pub(super) fn corners(self, w: f64, h: f64) -> Vec<(f64, f64)> {
        match self {
            Self::Rounded | Self::Pill | Self::Rectangle | Self::Ellipse | Self::DoubleRectangle => {
                Vec::new()
            }
            Self::Hexagon => {
                vec![(HEX, 0.), (w - HEX, 0.), (w, h / 2.), (w - HEX, h), (HEX, h), (0., h / 2.)]
            }
            Self::House => vec![(w / 2., 0.), (w, ROOF), (w, h), (0., h), (0., ROOF)],
            Self::Parallelogram => vec![(SKEW, 0.), (w, 0.), (w - SKEW, h), (0., h)],
            Self::Note => vec![(0., 0.), (w - FOLD, 0.), (w, FOLD), (w, h), (0., h)],
            Self::Octagon => vec![
                (cut(h), 0.),
                (w - cut(h), 0.),
                (w, cut(h)),
                (w, h - cut(h)),
                (w - cut(h), h),
                (cut(h), h),
                (0., h - cut(h)),
                (0., cut(h)),
            ],
            Self::Box3d => vec![(DEPTH, 0.), (w, 0.), (w, h - DEPTH), (w - DEPTH, h), (0., h), (0., DEPTH)],
        }
    }

    /// Lines inside the outline, as offsets from its top left: the fold of a note, the edges of a box.
    pub(super) fn folds(self, w: f64, h: f64) -> Vec<Vec<(f64, f64)>> {
        match self {
            Self::Note => vec![vec![(w - FOLD, 0.), (w - FOLD, FOLD), (w, FOLD)]],
            Self::Box3d => {
                vec![vec![(0., DEPTH), (w - DEPTH, DEPTH), (w - DEPTH, h)], vec![(w - DEPTH, DEPTH), (w, 0.)]]
            }
            Self::Rounded
            | Self::Pill
            | Self::Hexagon
            | Self::Rectangle
            | Self::Ellipse
            | Self::DoubleRectangle
            | Self::House
            | Self::Parallelogram
            | Self::Octagon => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Shape; 11] = [
        Shape::Rounded,
        Shape::Hexagon,
        Shape::Rectangle,
        Shape::Ellipse,
        Shape::DoubleRectangle,
        Shape::House,
        Shape::Parallelogram,
        Shape::Note,
        Shape::Octagon,
        Shape::Box3d,
        Shape::Pill,
    ];

    #[test]
    fn the_corners_of_the_text_lie_inside_every_outline() {
        for shape in ALL {
            for (tw, th) in [(20.0, 14.0), (120.0, 16.0), (140.0, 60.0)] {
                let (w, h) = shape.around(tw, th);
                let (dx, dy) = shape.text_offset();
                for y in [dy - th / 2.0, dy + th / 2.0] {
                    let (left, right) = shape.sides(w, h, y);
                    assert!(
                        tw / 2.0 - dx <= left + 0.5 && tw / 2.0 + dx <= right + 0.5,
                        "{shape:?} {tw}×{th}"
                    );
                }
            }
        }
    }
}
