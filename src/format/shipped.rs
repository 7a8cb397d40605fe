//! The graph that the program ships, so that it answers before there is any file.

use crate::dataset::Sink;

use super::native;

/// Name and text of each file of `graph/`.
const FILES: [(&str, &str); 5] = [
    ("graph/actors.json", include_str!("../../graph/actors.json")),
    ("graph/context.json", include_str!("../../graph/context.json")),
    ("graph/cuba-north-korea.json", include_str!("../../graph/cuba-north-korea.json")),
    ("graph/hong-kong-north-korea.json", include_str!("../../graph/hong-kong-north-korea.json")),
    ("graph/mongolia-north-korea.json", include_str!("../../graph/mongolia-north-korea.json")),
];

/// Reads the shipped graph.
pub fn read(sink: &mut impl Sink) {
    for (name, text) in FILES {
        native::read_text(name, text.to_string().into(), sink);
    }
}
