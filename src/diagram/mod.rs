//! Scenes, layouts and writers of diagrams.
