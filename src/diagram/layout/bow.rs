//! Lines that go round what they do not tie: straight where the way is free, else the flattest bow that runs behind the
//! fewest boxes.
//!
//! # Complexity
//! Time O(B) a line for B boxes: a fixed number of bows is tried, and looked at in a bounded number of points.

use super::{Arrow, Point, Rect, Stroke};

/// How high a bow stands over the straight line, as a share of its length; the flattest first.
const HEIGHTS: [f64; 11] = [0.0, 0.07, -0.07, 0.12, -0.12, 0.18, -0.18, 0.25, -0.25, 0.34, -0.34];
/// White space between a bow and a box that it goes round.
const CLEAR: f64 = 4.0;

/// A line between two outlines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::diagram) struct Bow {
    start: Point,
    /// What bends it: the middle of a straight line.
    control: Point,
    end: Point,
    is_straight: bool,
}

impl Bow {
    /// Between the middles of two boxes; `rim` says where a line from the middle of the first (0) or second (1) towards
    /// a point leaves its outline.
    pub(in crate::diagram) fn between(
        [from, to]: [Point; 2],
        others: &(impl Iterator<Item = Rect> + Clone),
        rim: impl Fn(usize, Point) -> Point,
    ) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let bow = |height: f64| {
            // A bow's middle stands half as high as what bends it.
            let control = Point {
                x: f64::midpoint(from.x, to.x) - 2.0 * height * dy,
                y: f64::midpoint(from.y, to.y) + 2.0 * height * dx,
            };
            let is_straight = height == 0.0;
            let towards = if is_straight { [to, from] } else { [control, control] };
            Self { start: rim(0, towards[0]), control, end: rim(1, towards[1]), is_straight }
        };
        let mut best: Option<(usize, Self)> = None;
        for height in HEIGHTS {
            let bow = bow(height);
            let hidden = bow.hidden(others.clone());
            if best.is_none_or(|(least, _)| hidden < least) {
                best = Some((hidden, bow));
            }
            if hidden == 0 {
                break;
            }
        }
        best.map_or_else(|| bow(0.0), |(_, bow)| bow)
    }

    /// Behind how many boxes it runs.
    fn hidden(&self, boxes: impl Iterator<Item = Rect>) -> usize {
        let corners = [self.start, self.control, self.end];
        let least =
            |place: fn(&Point) -> f64| corners.iter().map(place).fold(f64::INFINITY, f64::min) - CLEAR;
        let most =
            |place: fn(&Point) -> f64| corners.iter().map(place).fold(f64::NEG_INFINITY, f64::max) + CLEAR;
        let (left, top, right, bottom) = (least(|p| p.x), least(|p| p.y), most(|p| p.x), most(|p| p.y));
        let around = Rect { x: left, y: top, w: right - left, h: bottom - top };
        let steps = ((around.w + around.h) / 5.0).clamp(12.0, 240.0).floor();
        let is_hit = |place: &Rect| {
            let middle = place.middle();
            let (half_width, half_height) = (place.w / 2.0 + CLEAR, place.h / 2.0 + CLEAR);
            let mut step = 0.0;
            while step <= steps {
                let point = self.at(step / steps);
                if (point.x - middle.x).abs() < half_width && (point.y - middle.y).abs() < half_height {
                    return true;
                }
                step += 1.0;
            }
            false
        };
        boxes.filter(|place| place.overlaps(around)).filter(is_hit).count()
    }

    /// A point of it, from 0 at its start to 1 at its end.
    pub(super) fn at(&self, share: f64) -> Point {
        let mix = |a: f64, b: f64, c: f64| {
            let back = 1.0 - share;
            if self.is_straight {
                a + (c - a) * share
            } else {
                back * back * a + 2.0 * back * share * b + share * share * c
            }
        };
        Point {
            x: mix(self.start.x, self.control.x, self.end.x),
            y: mix(self.start.y, self.control.y, self.end.y),
        }
    }

    /// How far its ends are from each other.
    pub(in crate::diagram) fn length(&self) -> f64 {
        let (dx, dy) = (self.end.x - self.start.x, self.end.y - self.start.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// Its path, ending so far before the tip of each arrow, and the arrows.
    pub(in crate::diagram) fn strokes(&self, has_arrow: [bool; 2], back: f64) -> (Vec<Stroke>, Vec<Arrow>) {
        let bends = if self.is_straight { [self.end, self.start] } else { [self.control, self.control] };
        let mut ends = [self.start, self.end];
        let mut arrows = Vec::new();
        for ((tip, bend), _) in ends.iter_mut().zip(bends).zip(has_arrow).filter(|(_, has_arrow)| *has_arrow)
        {
            let (dx, dy) = (tip.x - bend.x, tip.y - bend.y);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            let along = (dx / length, dy / length);
            arrows.push(Arrow { tip: *tip, along });
            *tip = Point { x: tip.x - along.0 * back, y: tip.y - along.1 * back };
        }
        let [first, last] = ends;
        let bent = |p: Point| Point {
            x: p.x + (self.control.x - p.x) * 2.0 / 3.0,
            y: p.y + (self.control.y - p.y) * 2.0 / 3.0,
        };
        let line =
            if self.is_straight { Stroke::Line(last) } else { Stroke::Curve(bent(first), bent(last), last) };
        (vec![Stroke::Move(first), line], arrows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENDS: [Point; 2] = [Point { x: 0.0, y: 0.0 }, Point { x: 300.0, y: 0.0 }];

    fn between(others: &[Rect]) -> Bow {
        Bow::between(ENDS, &others.iter().copied(), |end, _| ENDS[end])
    }

    #[test]
    fn a_line_is_straight_where_its_way_is_free() {
        let (strokes, arrows) =
            between(&[Rect { x: 100.0, y: 20.0, w: 50.0, h: 20.0 }]).strokes([true, true], 7.0);
        assert_eq!(
            strokes,
            [Stroke::Move(Point { x: 7.0, y: 0.0 }), Stroke::Line(Point { x: 293.0, y: 0.0 })]
        );
        assert_eq!(arrows[0], Arrow { tip: ENDS[0], along: (-1.0, 0.0) });
        assert_eq!(arrows[1], Arrow { tip: ENDS[1], along: (1.0, 0.0) });
    }

    #[test]
    fn a_box_in_the_way_is_gone_round_on_its_shorter_side() {
        let bow = between(&[Rect { x: 130.0, y: -30.0, w: 50.0, h: 40.0 }]);
        let top = bow.at(0.5);
        assert!(top.y > 14.0, "{top:?}");
        assert!(top.y < 45.0, "{top:?}");
    }

    proptest! {
        #[test]
        fn a_bow_runs_behind_no_more_boxes_than_the_straight_line(
            boxes in prop::collection::vec((0.0..280.0_f64, -80.0..80.0_f64, 5.0..60.0_f64, 5.0..40.0_f64), 0..8),
        ) {
            let boxes: Vec<Rect> = boxes.into_iter().map(|(x, y, w, h)| Rect { x, y, w, h }).collect();
            let straight = Bow { start: ENDS[0], control: Point { x: 150.0, y: 0.0 }, end: ENDS[1], is_straight: true };
            prop_assert!(between(&boxes).hidden(boxes.iter().copied()) <= straight.hidden(boxes.iter().copied()));
        }
    }
}
