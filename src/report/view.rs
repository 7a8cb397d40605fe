//! Actors and ties as answers show them: with names, dates as written, and numbered sources.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    figure_words,
    lang::Lang,
    naming::{label, named},
    sentence::{name_of, sentence},
    sources::Sources,
};
use crate::{
    dataset::{ActorIndex, Dataset, TieIndex},
    date::{Certainty, Dating, Status},
    diagram::{Language, Languages},
    lens::Predicate,
    model::{ActorKind, Channel, Claim, Polarity},
};

/// An actor as answers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActorView {
    /// Its id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Its name in a second language, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_also: Option<String>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
}

impl ActorView {
    /// An actor of a dataset.
    pub fn of(dataset: &Dataset, actor: ActorIndex) -> Self {
        let actors = dataset.actors();
        let name = actors.label(actor).to_owned();
        let also = actors.label_in(actor, "zh-Hant").filter(|also| *also != name).map(str::to_owned);
        Self { actor: actors.id(actor).to_owned(), name, name_also: also, kind: actors.kind(actor) }
    }
}

impl ActorView {
    /// An actor as pictures name it: in the first language, where it has a name there, and in the second.
    fn in_languages(dataset: &Dataset, actor: ActorIndex, languages: Languages) -> Self {
        let name = named(dataset, actor, languages.first).unwrap_or_else(|| dataset.actors().label(actor));
        let also = languages.second.and_then(|second| named(dataset, actor, second));
        let name_also = also.filter(|also| *also != name).map(str::to_owned);
        Self { name: name.to_owned(), name_also, ..Self::of(dataset, actor) }
    }

    /// The name in the second language, else the only one.
    pub(super) fn second_name(&self) -> &str {
        self.name_also.as_deref().unwrap_or(&self.name)
    }
}

/// What a tie and its ends are called in a second language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TieAlso {
    /// The name of the actor that acts.
    pub source_name: String,
    /// The name of the actor that is acted on.
    pub target_name: String,
    /// The relation's name, with level and role where they apply.
    pub label: String,
}

/// A citation as answers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CiteView {
    /// The number of the reference in this answer.
    pub number: usize,
    /// Its id.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The words themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The reference through which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_in: Option<String>,
}

/// A tie as answers show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TieView {
    /// Its id.
    pub id: String,
    /// The id of the actor that acts.
    pub source: String,
    /// Its name.
    pub source_name: String,
    /// The id of the actor that is acted on.
    pub target: String,
    /// Its name.
    pub target_name: String,
    /// The relation's id.
    pub relation: String,
    /// The relation's name, with level and role where they apply.
    pub label: String,
    /// The names and the label in a second language, when two are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<TieAlso>,
    /// The date as written; the dates of several claims are parted by ` | `.
    pub when: String,
    /// How surely it was in force in the window.
    pub certainty: Certainty,
    /// The status of its claims; disputed where they differ.
    pub status: Status,
    /// What it carries.
    pub channel: Channel,
    /// Friendly, neutral or hostile.
    pub polarity: Polarity,
    /// Whether both ends stand in it alike.
    pub symmetric: bool,
    /// The happening that it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The actor who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub according_to: Option<String>,
    /// A remark of the one who recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The tie as a sentence, when sentences are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// Where it is said.
    pub cites: Vec<CiteView>,
}

impl TieView {
    /// The numbers of its sources, as `[1][2]`.
    pub fn marks(&self) -> String {
        let mut numbers: Vec<usize> = self.cites.iter().map(|cite| cite.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
    }

    /// The doubt in words, for lines of text; empty for an asserted tie that is certain.
    pub fn doubt(&self) -> String {
        match (self.status, self.certainty) {
            (Status::Asserted, Certainty::Certainly) => String::new(),
            (Status::Asserted, certainty) => certainty.as_str().to_owned(),
            (status, _) => status.as_str().to_owned(),
        }
    }

    /// The doubt in the words of a picture.
    pub(super) fn doubt_in(&self, language: Language) -> &'static str {
        figure_words::doubt(language, self.status, self.certainty)
    }

    /// `Kim Dae-jung → Mongolia: visit`.
    pub fn line_without_date(&self) -> String {
        let arrow = if self.symmetric { "—" } else { "→" };
        format!("{} {arrow} {}: {}", self.source_name, self.target_name, self.label)
    }

    /// `Kim Dae-jung → Mongolia: visit, 1999 [3]`; the sentence, when sentences are asked for.
    pub fn line(&self) -> String {
        if let Some(sentence) = &self.sentence {
            return sentence.clone();
        }
        let mut line = self.line_without_date();
        for part in [self.when.clone(), self.doubt()] {
            if !part.is_empty() {
                line.push_str(", ");
                line.push_str(&part);
            }
        }
        if let Some(speaker) = &self.according_to {
            line.push_str(&format!(", according to {speaker}"));
        }
        let marks = self.marks();
        if !marks.is_empty() {
            line.push(' ');
            line.push_str(&marks);
        }
        line
    }
}

/// Makes views, and numbers what they cite.
#[derive(Debug)]
pub struct Viewer<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) predicate: &'a Predicate,
    /// The language of sentences, when ties are told in sentences.
    pub(super) telling: Option<Lang>,
    /// Actors that stand for a group: what the group is called, by id and by name.
    groups: BTreeMap<ActorIndex, (String, String)>,
    /// The languages of names and labels, when they are asked for.
    pub(super) languages: Option<Languages>,
    /// The references cited so far.
    pub sources: Sources,
}

impl<'a> Viewer<'a> {
    /// A viewer that has cited nothing yet; the predicate says how sure ties are.
    pub fn new(dataset: &'a Dataset, predicate: &'a Predicate) -> Self {
        Self {
            dataset,
            predicate,
            telling: None,
            groups: BTreeMap::new(),
            languages: None,
            sources: Sources::default(),
        }
    }

    /// Tells ties in sentences, and names actors in their language; `None` shows ties in short.
    #[must_use]
    pub fn telling(self, lang: Option<Lang>) -> Self {
        Self { telling: lang, ..self }
    }

    /// Calls an actor by the id and name of a group that it stands for.
    #[must_use]
    pub fn calling(mut self, actor: ActorIndex, called: (String, String)) -> Self {
        self.groups.insert(actor, called);
        self
    }

    /// Whether an actor stands for a group.
    pub(super) fn is_group(&self, actor: ActorIndex) -> bool {
        self.groups.contains_key(&actor)
    }

    /// The id of an actor, or of the group that it stands for.
    pub fn id(&self, actor: ActorIndex) -> String {
        let own = || self.dataset.actors().id(actor).to_owned();
        self.groups.get(&actor).map_or_else(own, |(id, _)| id.clone())
    }

    /// Names actors and relations in languages; `None` names them as sentences do.
    #[must_use]
    pub fn naming(self, languages: Option<Languages>) -> Self {
        Self { languages, ..self }
    }

    /// The language in which the answer is told.
    pub fn lang(&self) -> Lang {
        self.telling.unwrap_or_default()
    }

    /// The name of an actor, in the language asked for where it has one.
    pub fn name(&self, actor: ActorIndex) -> String {
        match self.groups.get(&actor) {
            Some((_, name)) => name.clone(),
            None => self.own_name(actor),
        }
    }

    pub(super) fn own_name(&self, actor: ActorIndex) -> String {
        let actors = self.dataset.actors();
        if let Some(languages) = self.languages {
            return ActorView::in_languages(self.dataset, actor, languages).name;
        }
        match self.telling {
            Some(lang) => name_of(self.dataset, lang, actors.id(actor)),
            None => actors.label(actor).to_owned(),
        }
    }

    /// The name of the actor with an id; the id, if there is no such actor.
    pub fn name_by_id(&self, id: &str) -> String {
        self.dataset.actors().find(id).map_or_else(|| id.to_owned(), |actor| self.name(actor))
    }

    /// The dataset it looks at.
    pub fn dataset(&self) -> &'a Dataset {
        self.dataset
    }

    /// An actor.
    pub fn actor(&self, actor: ActorIndex) -> ActorView {
        if let Some((id, name)) = self.groups.get(&actor) {
            let (actor, name) = (id.clone(), name.clone());
            return ActorView { actor, name, name_also: None, kind: None };
        }
        if let Some(languages) = self.languages {
            return ActorView::in_languages(self.dataset, actor, languages);
        }
        let name = self.name(actor);
        let view = ActorView::of(self.dataset, actor);
        ActorView { name_also: view.name_also.filter(|also| *also != name), name, ..view }
    }

    /// A tie, with numbers for its sources.
    pub fn tie(&mut self, tie: TieIndex) -> TieView {
        if let Some(plain) = self.plain(tie) {
            return plain;
        }
        let dataset = self.dataset;
        let whole = dataset.tie(tie);
        let relation = dataset.relation(tie);
        let name = |id: &crate::model::ActorId| match dataset.actors().find(id.as_str()) {
            // A tie is that of its own ends, whomever they stand for.
            Some(actor) => self.own_name(actor),
            None => id.to_string(),
        };
        let names = [name(&whole.source), name(&whole.target)];
        let according_to = whole.according_to.as_ref().map(name);
        let languages = self.languages.unwrap_or_default();
        let also = languages.second.map(|second| {
            let name = |id: &str| match dataset.actors().find(id) {
                Some(actor) => ActorView::in_languages(dataset, actor, Languages::one(second)).name,
                None => id.to_owned(),
            };
            TieAlso {
                source_name: name(whole.source.as_str()),
                target_name: name(whole.target.as_str()),
                label: label(relation, &whole, second),
            }
        });
        let all = whole.claims().iter().flat_map(|claim| &claim.cites);
        let cites: Vec<CiteView> = all.filter_map(|cite| self.cite(cite)).collect();
        let sentence = self.telling.map(|lang| {
            let sources = &self.sources;
            sentence(dataset, lang, &whole, |claim| {
                let found =
                    claim.cites.iter().filter_map(|cite| dataset.find_reference(cite.reference.as_str()));
                let mut numbers: Vec<usize> =
                    found.filter_map(|reference| sources.known(reference)).collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
            })
        });
        let [source_name, target_name] = names;
        let statuses = whole.claims().iter().map(|claim| claim.status);
        TieView {
            id: dataset.ties().id(tie).to_owned(),
            source: whole.source.to_string(),
            source_name,
            target: whole.target.to_string(),
            target_name,
            relation: relation.id.to_string(),
            label: label(relation, &whole, languages.first),
            also,
            when: when_text(whole.claims()),
            certainty: self.predicate.certainty(dataset, tie),
            status: status_of(statuses),
            channel: relation.channel,
            polarity: relation.polarity,
            symmetric: relation.symmetric,
            event: whole.event.clone(),
            according_to,
            note: whole.note.clone(),
            sentence,
            cites,
        }
    }
}

/// The one status of all claims; claims that differ make a tie disputed.
fn status_of(mut statuses: impl Iterator<Item = Status>) -> Status {
    let first = statuses.next().unwrap_or_default();
    if statuses.all(|status| status == first) { first } else { Status::Disputed }
}

fn when_text(claims: &[Claim]) -> String {
    let mut texts: Vec<String> = claims.iter().map(|claim| dating_text(&claim.dating)).collect();
    texts.dedup();
    texts.join(" | ")
}

/// A dating in one line, as written: `1948-10-15/..`, `1960/[1984..1986]`, `attested 1999`; empty when
/// there is no date.
pub fn dating_text(dating: &Dating) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(when) = dating.when() {
        parts.push(when.to_string());
    }
    if dating.start().is_some() || dating.end().is_some() {
        let text = |date: Option<&crate::date::Date>| date.map(ToString::to_string).unwrap_or_default();
        parts.push(format!("{}/{}", text(dating.start()), text(dating.end())));
    }
    if let Some(attested) = dating.attested() {
        parts.push(format!("attested {attested}"));
    }
    parts.join(", ")
}
