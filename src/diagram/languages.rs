//! The languages of a picture: one, or a second in smaller type under it.

use std::str::FromStr;

use super::words::Language;

/// One language, or two of which the second is set smaller, under the first or after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// The language of names, legend, headings and caption.
    pub first: Language,
    /// The language that says them again.
    pub second: Option<Language>,
}

impl Languages {
    /// One language alone.
    pub const fn one(first: Language) -> Self {
        Self { first, second: None }
    }

    /// The languages in order.
    pub fn all(self) -> impl Iterator<Item = Language> {
        std::iter::once(self.first).chain(self.second)
    }

    /// The same words in each language; in one only, where the two are alike.
    pub(super) fn say<T: Into<String>>(self, words: impl Fn(Language) -> T) -> Said {
        let first = words(self.first).into();
        let second = self.second.map(|second| words(second).into()).filter(|second| *second != first);
        Said { first, second }
    }
}

/// Words in the languages of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) first: String,
    pub(super) second: Option<String>,
}

impl Said {
    /// Both in one line, for writers whose text has one size.
    pub(super) fn line(self) -> String {
        match self.second {
            None => self.first,
            Some(second) => format!("{} / {second}", self.first),
        }
    }
}

impl FromStr for Languages {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = "it is one of en, zh-Hant, zh-Hans, ko, or two of them parted by a comma";
        let one = |tag: &str| {
            let language = Language::from_tag(tag.trim());
            let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
            let is_known =
                language.tag().split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(primary));
            if is_known { Ok(language) } else { Err(format!("no words in `{}`: {known}", tag.trim())) }
        };
        let tags: Vec<&str> = text.split(',').collect();
        match tags.as_slice() {
            [first] => Ok(Self::one(one(first)?)),
            [first, second] => {
                let (first, second) = (one(first)?, one(second)?);
                Ok(Self { first, second: (second != first).then_some(second) })
            }
            _ => Err(format!("`{text}` are {} languages: {known}", tags.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_or_two_are_read_and_others_refused() {
        let read = |text: &str| text.parse::<Languages>();
        assert_eq!(read("ko"), Ok(Languages::one(Language::Korean)));
        let both = Languages { first: Language::TraditionalChinese, second: Some(Language::English) };
        assert_eq!(read("zh-Hant,en"), Ok(both));
        assert_eq!(read("zh-tw, EN"), Ok(both));
        assert_eq!(read("en,en"), Ok(Languages::default()));
        for wrong in ["fr", "", "en,", "en,ko,zh", "english"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn words_alike_in_both_are_said_once() {
        let both = Languages { first: Language::TraditionalChinese, second: Some(Language::English) };
        assert_eq!(both.say(|_| "[1]").line(), "[1]");
        assert_eq!(both.say(Language::legend).line(), "圖例 / Legend");
    }
}
