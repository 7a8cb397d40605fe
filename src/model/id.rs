//! Identifiers of actors, ties, references and relations.
//!
//! Ids from other programs are kept as they are: any text in Unicode normal form C without control
//! characters is one. Ours are slugs (`north-korea`).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::fault::{Fault, Fix, Step};

/// Why a text is not an identifier.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdError {
    /// The text is empty or blank.
    #[error("an id cannot be empty")]
    Empty,
    /// The text holds a control character, such as a line break.
    #[error("an id cannot hold a control character (U+{:04X})", u32::from(*.0))]
    Control(char),
    /// The text is not in normal form C, so that two ids that look the same could differ.
    #[error("an id must be in Unicode normal form C")]
    NotNormal,
}

impl IdError {
    /// The fault of a record that has such a text under `key`, inside `path`; one that is only not normal is mended.
    pub(crate) fn fault(&self, text: &str, key: &'static str, path: &[Step]) -> Fault {
        let path = [path, &[key.into()]].concat();
        let fault = Fault::error(&path, format!("`{key}`: {self}")).code("bad-id");
        match self {
            Self::NotNormal => fault
                .hint(
                    "some letters are written as a letter and a mark; `chancery check --fix` joins them"
                        .to_owned(),
                )
                .fix(Some(Fix::Value(text.nfc().collect::<String>().into()))),
            Self::Empty | Self::Control(_) => fault,
        }
    }
}

/// Tells whether a text may be an identifier.
///
/// # Errors
/// See [`IdError`].
pub fn check_id(text: &str) -> Result<(), IdError> {
    if text.trim().is_empty() {
        return Err(IdError::Empty);
    }
    if text.is_ascii() {
        return match text.bytes().find(u8::is_ascii_control) {
            Some(byte) => Err(IdError::Control(char::from(byte))),
            None => Ok(()),
        };
    }
    if let Some(control) = text.chars().find(|c| c.is_control()) {
        return Err(IdError::Control(control));
    }
    if is_nfc(text) { Ok(()) } else { Err(IdError::NotNormal) }
}

macro_rules! id_type {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The text of the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check_id(text)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                check_id(&text)?;
                Ok(Self(text.into()))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id_type! {
    /// The identifier of an [`Actor`](crate::model::Actor).
    ActorId,
    /// The identifier of a [`Tie`](crate::model::Tie).
    TieId,
    /// The identifier of a [`Reference`](crate::model::Reference).
    ReferenceId,
    /// The identifier of a [`Relation`](crate::model::Relation).
    RelationId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_and_a_foreign_id_are_ids() {
        for text in ["north-korea", "Korea, North", "蒙古國", "0", "Citizen (Mongolia)"] {
            assert_eq!(text.parse::<ActorId>().map(|id| id.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn blanks_controls_and_decomposed_letters_are_not() {
        assert_eq!("  ".parse::<ActorId>(), Err(IdError::Empty));
        assert_eq!("a\nb".parse::<ActorId>(), Err(IdError::Control('\n')));
        assert_eq!("蒙\u{85}古".parse::<ActorId>(), Err(IdError::Control('\u{85}')));
        assert_eq!("e\u{301}".parse::<ActorId>(), Err(IdError::NotNormal));
    }
}
