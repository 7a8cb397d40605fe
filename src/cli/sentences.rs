//! The options by which ties are told in sentences, and in which language names and pictures are.

use clap::Args;

use chancery::{
    diagram::{Language, Languages},
    report::Lang,
};

/// Whether ties are told in sentences, and in which language.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Sentences")]
pub(super) struct SentenceArgs {
    /// Tell each tie in a sentence, its doubt in words, and not in short
    #[arg(long)]
    sentences: bool,
    /// The language of the answer, its names and its sentences: en, zh-Hant, zh-Hans; asks for sentences
    ///
    /// Names and pictures know ko too, and pictures two at once: --lang zh-Hant,en sets the second smaller, under the first.
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Languages>,
}

impl SentenceArgs {
    /// The language of sentences, when they are asked for; there are none in Korean.
    pub(super) fn lang(&self) -> Option<Lang> {
        match self.lang.map(|languages| languages.first) {
            Some(Language::English) => Some(Lang::English),
            Some(Language::TraditionalChinese) => Some(Lang::Traditional),
            Some(Language::SimplifiedChinese) => Some(Lang::Simplified),
            Some(Language::Korean) | None => self.sentences.then(Lang::default),
        }
    }

    /// The languages of names and pictures, when they are asked for.
    pub(super) fn languages(&self) -> Option<Languages> {
        self.lang
    }
}

/// In which language names and pictures are, for answers that have no sentences.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct LangArgs {
    /// The language of names, relations and pictures: en, zh-Hant, zh-Hans, ko
    ///
    /// Two at once, as in --lang zh-Hant,en: pictures set the second smaller, under the first.
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Languages>,
}
