//! The few words a picture says of its own: the legend's, in the languages of the vocabulary.

/// A language that the legend can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese in traditional characters.
    TraditionalChinese,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Korean.
    Korean,
}

impl Language {
    /// The language for a BCP 47 tag, English where we have no words.
    pub fn from_tag(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next() {
            Some("ko") => Self::Korean,
            Some("zh") if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => {
                Self::TraditionalChinese
            }
            Some("zh") => Self::SimplifiedChinese,
            _ => Self::English,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::TraditionalChinese => "zh-Hant",
            Self::SimplifiedChinese => "zh-Hans",
            Self::Korean => "ko",
        }
    }
}
