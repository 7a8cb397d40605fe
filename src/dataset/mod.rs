//! The columns that everything reads.
//!
//! A dataset is made by a [`Builder`], into which readers push rows through a [`Sink`]. Ends, relations
//! and days stand in columns; a whole [`Tie`] or [`Actor`] is read from its record's text only when it
//! is shown.

mod mapped;
mod blocks;
mod column;
mod joined_lists;
mod lists;
mod sort;
mod content;
mod text_map;
mod index;
mod file_text;
mod source_file;
mod problem;
mod reading;
mod sink;
mod actors;
mod pending;
mod row_id;
mod sayings;
mod ties;
mod shortened;
mod bundles;
mod triples;
mod dyads;
mod check;
mod agree;
mod asked;
mod interner;
mod resolver;
mod gazetteer;
mod complete;
mod coverage;
mod builder;
mod bare;
mod plain;
mod mirrors;
mod same;
mod fold;
mod near;
mod keys;
mod lookup;
mod lineage;
mod derive;
mod acting;
mod placed;
mod joined;
mod made;
mod overlay;
mod bare_columns;
mod stored;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

pub use acting::Agency;
pub use actors::Actors;
pub(crate) use bare::is_day;
pub use bare::{BareRow, BareTies};
pub use blocks::{Alarm, Blocks};
pub use builder::{Builder, Checked};
pub(crate) use column::number;
pub use column::{Column, Texts};
pub use content::{FieldKey, content_hash, field_hash, hash_of_fields};
pub use derive::Place;
pub use dyads::{Dyads, Neighbours};
pub use file_text::FileText;
pub(crate) use file_text::LineCounter;
pub use fold::fold;
pub use gazetteer::{Gazetteer, State};
pub use index::{ActorIndex, DyadIndex, ReferenceIndex, TieIndex};
pub(crate) use interner::Interner;
pub use lineage::Lineage;
pub use lists::Lists;
pub use lookup::{Found, Lookup};
pub use mapped::{FileBytes, Plain};
pub use mirrors::Mirrored;
pub(crate) use overlay::WithLater;
pub(crate) use placed::{Placed, Standing};
pub use plain::{PlainCites, PlainEnd, PlainEnds, PlainRelation, PlainSaid};
pub use problem::Problem;
pub use same::Merged;
pub use sink::{
    ActorNumber, ActorRow, CitesNumber, ClaimNumber, ClaimRow, DatingNumber, NameRow, PlainRow,
    RelationNumber, Sink, TieRow,
};
pub use source_file::{Origin, Rows, SourceFile, locate};
pub use stored::made_by;
pub use text_map::TextMap;
pub use ties::{ClaimEntry, DayBounds, Summary, Ties};

use crate::{
    date::Day,
    model::{
        Actor, Coverage, Reference, Relation, Same, Tie, TieId, Vocabulary,
        record::{ActorRecord, IdText, Text, TieRecord},
    },
};

/// Actors, ties and references, as columns.
#[derive(Clone, Debug)]
pub struct Dataset {
    vocabulary: Vocabulary,
    files: Vec<SourceFile>,
    references: Vec<(Reference, Origin)>,
    hash: u128,
    actors: Actors,
    ties: Ties,
    dyads: Dyads,
    lookup: OnceLock<lookup::Index>,
    /// Who acts for whom by which tie, found when it is first asked.
    agencies: OnceLock<Column<(ActorIndex, ActorIndex, TieIndex)>>,
    /// What ties call actors by other words than their ids.
    aliases: complete::Aliases,
    notes: Vec<String>,
    newest_day: OnceLock<Option<Day>>,
    /// The file that its columns stand in.
    blocks: Option<Arc<Blocks>>,
}

/// A tie of which ends, relation, a day and the citations of its file are all there is.
#[derive(Clone, Debug)]
pub struct PlainTie<'d> {
    /// The id of the actor that acts.
    pub source: &'d str,
    /// The id of the actor that is acted on.
    pub target: &'d str,
    /// The day.
    pub when: Cow<'d, str>,
    /// The number of its relation in the vocabulary.
    pub relation: u16,
    /// The number of its file, whose citations are its own.
    pub file: u32,
}

impl Dataset {
    fn assemble(
        vocabulary: Vocabulary,
        files: Vec<SourceFile>,
        references: Vec<(Reference, Origin)>,
        hash: u128,
        actors: Actors,
        ties: Ties,
        dyads: Dyads,
    ) -> Self {
        let (lookup, agencies) = (OnceLock::new(), OnceLock::new());
        let (aliases, notes, newest_day) = (complete::Aliases::new(), Vec::new(), OnceLock::new());
        Self {
            vocabulary,
            files,
            references,
            hash,
            actors,
            ties,
            dyads,
            lookup,
            agencies,
            aliases,
            notes,
            newest_day,
            blocks: None,
        }
    }

    /// The relations that ties name.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What a reader of every answer must know: what was merged when it was read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What of the file that its columns stand in was met and is not what was written: then no answer holds.
    pub fn damage(&self) -> Option<&str> {
        self.blocks.as_ref()?.damage()
    }

    /// Whether its columns stand in a file, of which only what is asked for is read.
    pub fn is_mapped(&self) -> bool {
        self.blocks.is_some()
    }

    /// The columns of actors.
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// The columns of ties.
    pub fn ties(&self) -> &Ties {
        &self.ties
    }

    /// The dyads and the adjacency made of them.
    pub fn dyads(&self) -> &Dyads {
        &self.dyads
    }

    /// The relation of a tie.
    pub fn relation(&self, tie: TieIndex) -> &Relation {
        self.vocabulary.relation(self.ties.relation(tie))
    }

    /// How many references there are.
    pub fn reference_count(&self) -> usize {
        self.references.len()
    }

    /// All references, sorted by id.
    pub fn references(&self) -> impl Iterator<Item = (ReferenceIndex, &Reference)> {
        self.references.iter().enumerate().map(|(at, (reference, _))| (ReferenceIndex::of(at), reference))
    }

    /// The reference in a row.
    pub fn reference(&self, reference: ReferenceIndex) -> &Reference {
        &self.references[reference.at()].0
    }

    /// The reference with an id.
    pub fn find_reference(&self, id: &str) -> Option<ReferenceIndex> {
        let found = self.references.binary_search_by(|(reference, _)| reference.id().as_str().cmp(id));
        found.ok().map(ReferenceIndex::of)
    }

    /// The whole actor, read from its record.
    pub fn actor(&self, actor: ActorIndex) -> Actor {
        self.actor_at(self.actors.origin(actor), self.actors.id(actor))
    }

    /// The actor of its own that was merged into another.
    pub fn merged_actor(&self, merged: &Merged) -> Actor {
        self.actor_at(merged.record, &merged.id)
    }

    /// The record that says so.
    pub fn merge(&self, merged: &Merged) -> Same {
        Same {
            actor: merged.id.parse().expect("the id of an actor is an id"),
            same_as: self.actors.id(merged.into).parse().expect("the id of an actor is an id"),
            why: merged.why.clone(),
        }
    }

    fn actor_at(&self, origin: Origin, id: &str) -> Actor {
        if origin.bare_row().is_some() {
            let record = ActorRecord { id: Some(IdText(id.into())), ..ActorRecord::default() };
            let actor = Actor::from_record(&record, &mut Vec::new());
            return actor.expect("the id was checked when it was loaded");
        }
        let text = origin.text(&self.files);
        if let Some(rows) = &self.files[origin.file as usize].rows {
            return rows.actor(id, text);
        }
        let record: ActorRecord<'_> =
            serde_json::from_str(text).expect("the record was read when it was loaded");
        Actor::from_record(&record, &mut Vec::new()).expect("the record was checked when it was loaded")
    }

    /// The whole tie, read from its record, with its id and the default citations of its file.
    pub fn tie(&self, tie: TieIndex) -> Tie {
        let origin = self.ties.origin(tie);
        let text = origin.text(&self.files);
        let mut whole = if origin.bare_row().is_some() {
            self.bare_tie(tie)
        } else if let Some(rows) = &self.files[origin.file as usize].rows {
            rows.tie(text)
        } else {
            let record: TieRecord<'_> =
                serde_json::from_str(text).expect("the record was read when it was loaded");
            Tie::from_record(&record, &mut Vec::new()).expect("the record was checked when it was loaded")
        };
        self.name_by_id(&mut whole);
        whole.cite_by_default(&self.files[origin.file as usize].cites);
        if whole.id.is_none() {
            let id: Result<TieId, _> = self.ties.id(tie).parse();
            whole.id = id.ok();
        }
        whole
    }

    /// A tie of which ends, relation, day and the citations of its file are all, without making its record; nothing for
    /// others, and where ends stand under other ids than their own.
    pub fn plain_tie(&self, tie: TieIndex) -> Option<PlainTie<'_>> {
        if !self.aliases.is_empty() || !self.actors.merged().is_empty() {
            return None;
        }
        let origin = self.ties.origin(tie);
        let file = &self.files[origin.file as usize];
        if origin.bare_row().is_some() {
            let when = Cow::Owned(self.ties.bare_day(tie));
            let [source, target] =
                [self.ties.source(tie), self.ties.target(tie)].map(|end| self.actors.id(end));
            return Some(PlainTie {
                source,
                target,
                when,
                relation: self.ties.relation(tie),
                file: origin.file,
            });
        }
        let [source, target, when] = file.rows.as_ref()?.plain(origin.text(&self.files))?;
        let when = Cow::Borrowed(when);
        Some(PlainTie { source, target, when, relation: self.ties.relation(tie), file: origin.file })
    }

    /// A bare tie, made of columns.
    fn bare_tie(&self, tie: TieIndex) -> Tie {
        let day = self.ties.bare_day(tie);
        let ends = [self.ties.source(tie), self.ties.target(tie)];
        let [source, target] = self.ties.written.ends(tie).unwrap_or(ends.map(|end| self.actors.id(end)));
        let record = TieRecord {
            source: Some(IdText(source.into())),
            target: Some(IdText(target.into())),
            relation: Some(Text(self.relation(tie).id.as_str().into())),
            when: Some(Text(day.as_str().into())),
            ..TieRecord::default()
        };
        Tie::from_record(&record, &mut Vec::new()).expect("a bare tie has ends, a relation and a day")
    }

    /// Puts ids in the place of the codes by which a tie names actors.
    fn name_by_id(&self, tie: &mut Tie) {
        if self.aliases.is_empty() {
            return;
        }
        let others =
            [&mut tie.source_for, &mut tie.target_for, &mut tie.via, &mut tie.place, &mut tie.according_to];
        let ends = [&mut tie.source, &mut tie.target];
        for actor in ends.into_iter().chain(others.into_iter().flatten()) {
            if let Some(id) = self.aliases.get(actor.as_str()) {
                *actor = id.clone();
            }
        }
    }

    /// Where a record stands: `file:line`.
    pub fn place(&self, origin: Origin) -> String {
        source_file::Places::of(&self.files).place(origin)
    }

    /// Where the record of a reference stands.
    pub fn reference_origin(&self, reference: ReferenceIndex) -> Origin {
        self.references[reference.at()].1
    }

    /// The files it was read from.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The actor that files name so: by its id, or by a code that ties or coverage use for it.
    pub fn named(&self, name: &str) -> Option<ActorIndex> {
        self.actors.find(name).or_else(|| self.actors.find(self.aliases.get(name)?.as_str()))
    }

    /// What the references of its files observe.
    pub fn coverage(&self) -> impl Iterator<Item = &Coverage> {
        self.files.iter().flat_map(|file| &file.coverage)
    }

    /// What the dataset holds, as one number: the same for the same records, in whatever files and
    /// order they stand.
    pub fn hash(&self) -> u128 {
        self.hash
    }

    /// The newest day that a tie or reference names: "today", since nothing reads the clock.
    pub fn newest_day(&self) -> Option<Day> {
        let bounded = |day: &Day| *day != Day::MIN && *day != Day::MAX;
        *self.newest_day.get_or_init(|| {
            let sayings = &self.ties.sayings;
            let said = (0..sayings.count()).flat_map(|said| sayings.claims(said));
            let ties = said.flat_map(|(_, bounds, _)| {
                bounds.iter().flat_map(|(bounds, _)| [bounds.start_max, bounds.end_min])
            });
            let references = self.references.iter().filter_map(|(reference, _)| reference.known_until());
            ties.chain(references).filter(bounded).max()
        })
    }

    fn agencies(&self) -> &Column<(ActorIndex, ActorIndex, TieIndex)> {
        self.agencies.get_or_init(|| Agency::of(self).standing().into())
    }

    /// Makes what else is made when it is first asked for, and stands in columns.
    pub(crate) fn get_ready(&self) {
        self.index();
        self.agencies();
        self.ties.summary();
    }

    fn index(&self) -> &lookup::Index {
        self.lookup.get_or_init(|| lookup::Index::new(&self.actors))
    }
}
