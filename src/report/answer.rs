//! One answer value: a header, and what was found.

use serde::Serialize;

use super::{
    document::{Document, Table},
    figure_words,
    lang::Lang,
    naming::told,
    sources::SourceView,
    words,
};
use crate::{
    dataset::{Checked, Dataset, TieIndex},
    diagram::{Chart, Languages, Scene},
    lens::{LeftOut, Lens, Narrowed, Predicate},
};

/// What a question may cost and show; the answer's `truncated` says which of these bit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bounds {
    /// The most steps from an actor to a neighbour; no bound when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// How many were taken.
    pub steps_taken: u64,
    /// The most seconds; no bound when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// The most actors that are shown; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<usize>,
}

/// How the answer was come by.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Header {
    /// The program and its version.
    pub program: String,
    /// The hash of the dataset: the same for the same records; empty where no dataset was read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dataset: String,
    /// What was looked at; absent where no lens applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lens: Option<Lens>,
    /// Whether the verb lists ties, so that all channels are its default.
    #[serde(skip)]
    pub is_list: bool,
    /// The language in which it is told.
    #[serde(skip)]
    pub lang: Lang,
    /// The languages of its pictures.
    #[serde(skip)]
    pub languages: Languages,
    /// The bounds in force, where the question is searched under bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
    /// What defaults left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// What options on polarity, references, reports and degree left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrowed: Vec<Narrowed>,
    /// What else the reader must know: bounds that bit, orders in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Header {
    /// The header of an answer about a whole dataset.
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            dataset: format!("{:032x}", dataset.hash()),
            notes: dataset.notes().to_vec(),
            ..Self::without_dataset()
        }
    }

    /// The header of what is wrong in a dataset.
    pub fn of_check(checked: &Checked) -> Self {
        Self {
            dataset: format!("{:032x}", checked.hash),
            notes: checked.notes.clone(),
            ..Self::without_dataset()
        }
    }

    /// The header of an answer for which no dataset was read.
    pub fn without_dataset() -> Self {
        Self {
            program: concat!("chancery ", env!("CARGO_PKG_VERSION")).to_owned(),
            dataset: String::new(),
            lens: None,
            is_list: false,
            languages: Languages::default(),
            lang: Lang::default(),
            bounds: None,
            left_out: Vec::new(),
            narrowed: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The header of an answer through a lens; `among` are the ties that defaults may have left out.
    pub fn through(
        dataset: &Dataset,
        predicate: &Predicate,
        among: impl Iterator<Item = TieIndex> + Clone,
    ) -> Self {
        let mut header = Self {
            lens: Some(predicate.lens().clone()),
            narrowed: predicate.narrowed(dataset, &among),
            left_out: predicate.left_out(dataset, among),
            ..Self::of(dataset)
        };
        header.notes.extend(no_kind(dataset, predicate));
        header
    }

    /// What was asked beside the defaults, in one line: `Lens: during 1960; certainly in force.`
    pub fn asked(&self) -> Option<String> {
        words::asked(self.lang, self.lens.as_ref()?, self.is_list)
    }

    /// What stands under a picture: the program and, by the beginning of its hash, the dataset.
    pub fn origin(&self) -> String {
        let word = figure_words::dataset(self.languages.first);
        format!("{} · {word} {}", self.program, self.dataset.get(..12).unwrap_or_default())
    }

    /// What stands under a picture, in its languages: what was asked, what was left out; in English where there are
    /// no such words in a language.
    pub fn caption(&self) -> (Vec<String>, Vec<String>) {
        let (mut asked, mut left_out) = (Vec::new(), Vec::new());
        for language in self.languages.all() {
            let header = Self { lang: told(language).unwrap_or_default(), ..self.clone() };
            asked.extend(header.asked());
            left_out.extend(header.left_out_lines());
        }
        // Two languages without words say the same in English.
        asked.dedup();
        left_out.dedup();
        (asked, left_out)
    }

    /// What stands at the end of a text: left out, notes.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.left_out_lines();
        lines.extend(self.notes.iter().cloned());
        lines
    }

    /// What defaults and options left out.
    pub fn left_out_lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = words::left_out(self.lang, &self.left_out).into_iter().collect();
        lines.extend(self.narrowed.iter().map(|narrowed| words::narrowed(self.lang, narrowed)));
        lines
    }
}

/// That no actor is of a kind that a lens asks for, where that is so.
pub fn no_kind(dataset: &Dataset, predicate: &Predicate) -> Option<String> {
    let actors = dataset.actors();
    predicate.finds_no_kind().then(|| {
        let without = actors.all().filter(|actor| actors.kind(*actor).is_none()).count();
        format!(
            "No actor of this dataset is of a kind that --kind asks for; {without} of {} have none.",
            actors.count()
        )
    })
}

/// What a verb found: the value that every rendering is made of.
pub trait Report: Serialize {
    /// The name and version of its JSON form, such as `chancery/connect/1`.
    const SCHEMA: &'static str;

    /// The answer in words and tables, without the header.
    fn document(&self) -> Document;

    /// The answer as one table, for CSV.
    fn table(&self) -> Table;

    /// The answer as a picture, if it can be drawn; names are in the languages of the viewer that made it.
    fn scene(&self, languages: Languages) -> Option<Scene> {
        let _ = languages;
        None
    }

    /// The answer as a chart, if that is how it is drawn: over time, over periods.
    fn chart(&self, languages: Languages) -> Option<Chart> {
        let _ = languages;
        None
    }

    /// The numbered sources.
    fn sources(&self) -> &[SourceView] {
        &[]
    }
}

/// A header and what was found.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer<T> {
    schema: &'static str,
    /// How it was come by.
    pub header: Header,
    /// What was found.
    pub answer: T,
}

impl<T: Report> Answer<T> {
    /// Puts a header and what was found together.
    pub fn new(header: Header, answer: T) -> Self {
        Self { schema: T::SCHEMA, header, answer }
    }

    /// The whole answer as a document.
    pub fn document(&self) -> Document {
        let mut document = Document { lang: self.header.lang, ..self.answer.document() };
        if let Some(asked) = self.header.asked() {
            document.blocks.insert(0, super::document::Block::Paragraph(asked));
        }
        document.sources(self.answer.sources().iter().map(|source| source.text.clone()).collect());
        let lines = self.header.lines();
        if !lines.is_empty() {
            document.paragraph(lines.join(self.header.lang.of([" ", "", ""])));
        }
        document
    }
}
