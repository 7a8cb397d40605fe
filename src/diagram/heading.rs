//! What stands above and under a picture that is no graph.

use super::languages::Languages;

/// The words above and under a picture, and their languages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// The line above the picture; may be empty.
    pub title: String,
    /// The title in the second language.
    pub title_also: Option<String>,
    /// Small lines under the picture: lens, dataset hash, what was left out.
    pub caption: Vec<String>,
    /// The languages of all its words.
    pub languages: Languages,
}
