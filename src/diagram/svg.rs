//! The SVG writer, which needs no other program.

use super::{DiagramError, NODE_LIMIT, Scene};

/// Writes a scene as a self-contained SVG picture.
///
/// # Errors
/// A scene that does not [`check`](Scene::check), or more than [`NODE_LIMIT`] nodes.
pub fn svg(scene: &Scene) -> Result<String, DiagramError> {
    scene.check()?;
    if scene.nodes.len() > NODE_LIMIT {
        return Err(DiagramError::TooManyNodes { node_count: scene.nodes.len() });
    }
    let ties = scene.edges.iter().flat_map(|e| &e.ties).map(|t| format!("<g data-ties=\"{}\"/>", t.id));
    Ok(format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>\n", ties.collect::<String>()))
}
