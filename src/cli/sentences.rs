//! The options by which ties are told in sentences.

use clap::Args;

use chancery::report::Lang;

/// Whether ties are told in sentences, and in which language.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Sentences")]
pub(super) struct SentenceArgs {
    /// Tell each tie in a sentence, its doubt in words, and not in short
    #[arg(long)]
    sentences: bool,
    /// The language of the answer, its names and its sentences: en, zh-Hant, zh-Hans; asks for sentences
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Lang>,
}

impl SentenceArgs {
    /// The language of sentences, when they are asked for.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.lang.or_else(|| self.sentences.then(Lang::default))
    }
}
