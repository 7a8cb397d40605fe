//! Why a text is no date: what was expected, where, and what to write instead.

use std::fmt;

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    text: String,
    column: usize,
    message: String,
    hint: Option<String>,
    meant: Vec<String>,
}

impl DateError {
    /// The refusal of `text` at the byte `offset`, without a hint.
    pub(super) fn new(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.char_indices().take_while(|(index, _)| *index < offset).count();
        Self {
            text: text.to_owned(),
            column: before + 1,
            message: message.into(),
            hint: None,
            meant: Vec::new(),
        }
    }

    /// The same refusal with a word on how to mend it.
    #[must_use]
    pub(super) fn with_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// The same refusal with the dates that were probably meant.
    #[must_use]
    pub(super) fn meaning(mut self, meant: Vec<String>) -> Self {
        self.meant = meant;
        self
    }

    /// The EDTF dates that were probably meant: one if there can be no doubt, two if the text can mean either.
    pub fn meant(&self) -> &[String] {
        &self.meant
    }

    /// The text that was refused, as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the text the trouble was seen, in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What was expected there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead, where the text shows what was meant.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for DateError {
    /// One line, without the hint.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an EDTF date: {} (column {})", self.text, self.message, self.column)
    }
}

impl std::error::Error for DateError {}
