//! The languages in which answers are told.

use std::{fmt::Display, str::FromStr};

/// A language in which answers are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    English,
    /// Chinese in traditional characters.
    Traditional,
    /// Chinese in simplified characters.
    Simplified,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Traditional, Self::Simplified];

    /// The language tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Traditional => "zh-Hant",
            Self::Simplified => "zh-Hans",
        }
    }

    /// Of three texts the one in this language.
    pub const fn of(self, [english, traditional, simplified]: [&str; 3]) -> &str {
        match self {
            Self::English => english,
            Self::Traditional => traditional,
            Self::Simplified => simplified,
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(text));
        found.ok_or_else(|| format!("no sentences in `{text}`: it is one of en, zh-Hant, zh-Hans"))
    }
}

/// A text in a language with `{0}`, `{1}` … taken by others, which are not read again.
pub(super) fn say(lang: Lang, texts: [&str; 3], with: &[&dyn Display]) -> String {
    let mut out = String::new();
    let mut rest = lang.of(texts);
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let slot = rest[at + 1..].split('}').next().unwrap_or_default();
        let value = slot.parse::<usize>().ok().and_then(|number| with.get(number));
        out.push_str(&value.map(ToString::to_string).unwrap_or_default());
        rest = &rest[at + slot.len() + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_a_place_is_not_read_again() {
        let told = say(Lang::English, ["{1} and {0}, {1}", "", ""], &[&"{1}", &2]);
        assert_eq!(told, "2 and {1}, 2");
    }
}
