//! The SVG writer, which needs no other program.
//!
//! The picture is a page: title, drawing, legend, sources, caption, one under the other. It holds its
//! data (`data-actor`, `data-ties`), refers to nothing outside itself, and prints numbers with one
//! decimal, so that the same scene gives the same bytes.

mod crowd;
mod drawing;
mod heat;
mod lanes;
mod matrix;
mod page;
mod panels;
mod series;
mod sheets;
mod table;
mod xml;

pub(super) use heat::heat;
pub use lanes::{lanes, lanes_in};
pub(super) use panels::panels;
pub(super) use series::series;
pub use sheets::{Finished, Paper, Setting, Sheets};
pub(super) use xml::{data, escape, id_list};

use super::DiagramError;
use super::error::{BOX_LIMIT, NODE_LIMIT};
use super::figure::Figure;
use super::frame::{Frame, Layout};
use super::layout::{Point, Rect};
use super::scene::Scene;
use super::theme::Theme;

/// Writes a scene as a self-contained SVG picture.
///
/// A scene of more than 60 nodes or 120 edges carries no tie labels: a number on a line counts its
/// ties, and the caption says so.
///
/// `data-ties` lists the ids of an edge's ties, separated by spaces; white space and percent signs
/// inside an id are percent-encoded (`%20`, `%25`).
///
/// # Errors
/// A scene that does not [`check`](Scene::check), or one of more than
/// [`NODE_LIMIT`](super::NODE_LIMIT) nodes.
pub fn svg(scene: &Scene) -> Result<String, DiagramError> {
    svg_in(scene, &Theme::REPORT)
}

/// Writes a scene as [`svg`] does, in the colours of a theme.
///
/// # Errors
/// As for [`svg`].
pub fn svg_in(scene: &Scene, theme: &Theme) -> Result<String, DiagramError> {
    svg_framed(scene, theme, Frame::ALONE)
}

/// Writes a scene as [`svg`] does, in the colours of a theme and with what a frame brings along.
///
/// # Errors
/// As for [`svg`].
pub fn svg_framed(scene: &Scene, theme: &Theme, frame: Frame) -> Result<String, DiagramError> {
    let is_crowd = scene.nodes.len() > BOX_LIMIT && frame.layout != Layout::Matrix;
    if is_crowd || frame.layout == Layout::Matrix {
        scene.check()?;
        if scene.nodes.len() > NODE_LIMIT {
            return Err(DiagramError::TooManyNodes { node_count: scene.nodes.len() });
        }
        let write = if is_crowd { crowd::write } else { matrix::write };
        return Ok(write(scene, theme, frame));
    }
    Ok(page::write(&Figure::framed(scene, theme, frame)?))
}

/// Writes a scene as [`svg_framed`] does, its nodes where another program placed their middles: in pixels, y downwards;
/// boxes that overlap there are pushed apart.
///
/// # Errors
/// As for [`svg`], and a number of points that is not that of the nodes.
pub fn svg_placed(
    scene: &Scene,
    theme: &Theme,
    frame: Frame,
    places: &[(f64, f64)],
) -> Result<String, DiagramError> {
    if places.len() != scene.nodes.len() {
        return Err(DiagramError::NotPlaced { point_count: places.len(), node_count: scene.nodes.len() });
    }
    let points: Vec<Point> = places.iter().map(|&(x, y)| Point { x, y }).collect();
    Ok(page::write(&Figure::placed(scene, theme, frame, Some(&points))?))
}

/// The places that a picture of a scene gives its actors: boxes, or the squares around dots where they are a crowd. `points`
/// are their middles where another program placed them.
pub(super) fn places(
    scene: &Scene,
    theme: &Theme,
    frame: Frame,
    points: Option<&[(f64, f64)]>,
) -> Result<Vec<Rect>, DiagramError> {
    if let Some(points) = points.filter(|points| points.len() != scene.nodes.len()) {
        return Err(DiagramError::NotPlaced { point_count: points.len(), node_count: scene.nodes.len() });
    }
    if points.is_none() && scene.nodes.len() > BOX_LIMIT {
        scene.check()?;
        if scene.nodes.len() > NODE_LIMIT {
            return Err(DiagramError::TooManyNodes { node_count: scene.nodes.len() });
        }
        return Ok(crowd::places(scene));
    }
    let points: Option<Vec<Point>> =
        points.map(|points| points.iter().map(|&(x, y)| Point { x, y }).collect());
    Ok(Figure::placed(scene, theme, frame, points.as_deref())?.placement.nodes)
}
