//! Makes the columns from rows that come in any order.
//!
//! Rows are kept as they come, with names turned into numbers once. When all are there, actors are
//! sorted by id and ties by time, what one row says of another is checked, and the days that each
//! claim allows are worked out, which need the existence of actors and the dates of references.

use rustc_hash::FxHashMap;

use crate::{
    date::{Dating, Day, Status, Window},
    model::{Channel, Citation, Fault, Reference, Relation, RelationId, Same, Severity, Vocabulary},
};

use super::{
    Dataset,
    actors::NameEntry,
    agree::{self, SUCCEEDS},
    bare::{BareRow, BareTies},
    bare_columns::contents,
    check,
    column::number,
    complete::{Aliases, complete},
    content::content_hash,
    coverage,
    dyads::Dyads,
    interner::{Datings, Interner, LastCites},
    pending::{Cited, More, PendingActor, PendingClaim, PendingTies, Row, actor_columns},
    problem::{Faults, Problem},
    resolver::Resolver,
    same::{self, Merged},
    sink::{
        ActorNumber, ActorRow, CitesNumber, ClaimNumber, DatingNumber, NameRow, PlainRow, RelationNumber,
        Sink, TieRow,
    },
    sort::sort_by_text,
    source_file::{Origin, Places, SourceFile},
};

/// What a [check](Builder::check) finds.
#[derive(Debug)]
pub struct Checked {
    /// The files that were read.
    pub files: Vec<SourceFile>,
    /// What they hold, as one number; that of the [dataset](Dataset::hash).
    pub hash: u128,
    /// What a reader must know of how they were read.
    pub notes: Vec<String>,
    /// How many actors could be read.
    pub actor_count: usize,
    /// How many ties could be read.
    pub tie_count: usize,
    /// How many references could be read.
    pub reference_count: usize,
    /// Everything wrong, in the order of the files.
    pub problems: Vec<Problem>,
}

/// Gathers rows and makes a [`Dataset`] of them.
pub struct Builder {
    pub(super) vocabulary: Vocabulary,
    pub(super) files: Vec<SourceFile>,
    pub(super) references: Vec<(Reference, Origin)>,
    pub(super) actors: Vec<PendingActor>,
    pub(super) ties: PendingTies,
    pub(super) same: Vec<(Same, Origin)>,
    /// Ids of actors and references that rows name.
    pub(super) named: Interner,
    /// Ids of relations that ties name.
    pub(super) relations_named: Interner,
    pub(super) names: Interner,
    pub(super) langs: Interner,
    pub(super) codes: Interner,
    pub(super) datings: Datings,
    last_cites: LastCites,
    /// Relations that files declare.
    own_relations: Vec<(RelationId, Origin)>,
    faults: Faults,
    pub(super) hash: u128,
    /// What a reader of every answer must know.
    pub(super) notes: Vec<String>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            vocabulary: Vocabulary::shipped(),
            files: Vec::new(),
            references: Vec::new(),
            actors: Vec::new(),
            ties: PendingTies::default(),
            same: Vec::new(),
            named: Interner::default(),
            relations_named: Interner::default(),
            names: Interner::default(),
            langs: Interner::default(),
            codes: Interner::default(),
            datings: Datings::default(),
            last_cites: LastCites::default(),
            own_relations: Vec::new(),
            faults: Faults::default(),
            hash: 0,
            notes: Vec::new(),
        }
    }
}

impl Sink for Builder {
    fn file(&mut self, file: SourceFile) -> u32 {
        for coverage in &file.coverage {
            self.hash = self.hash.wrapping_add(content_hash(coverage));
        }
        self.files.push(file);
        number(self.files.len() - 1)
    }

    fn default_cites(&self, file: u32) -> &[Citation] {
        &self.files[file as usize].cites
    }

    fn relation(&mut self, relation: Relation, origin: Origin) {
        let known = self.vocabulary.find(relation.id.as_str()).map(|number| self.vocabulary.relation(number));
        if known == Some(&relation) {
            return;
        }
        let content = content_hash(&relation);
        if let Some(at) = self.own_relations.iter().position(|(id, _)| *id == relation.id) {
            // What a reader makes of a word of its file gives way to what a file declares.
            if is_made(&relation) {
                return;
            }
            if let Some(made) = known.filter(|known| is_made(known)) {
                self.hash = self.hash.wrapping_sub(content_hash(made)).wrapping_add(content);
                self.own_relations[at].1 = origin;
                self.vocabulary.extend(relation);
                return;
            }
            let first = &self.own_relations[at].1;
            let place = Places::of(&self.files).place(*first);
            let fault = Fault::error(
                &["id".into()],
                format!("relation `{}` is declared twice, and differently", relation.id),
            )
            .code("duplicate-relation");
            self.fault(fault.hint(format!("the first stands at {place}")), origin);
            return;
        }
        self.hash = self.hash.wrapping_add(content);
        self.own_relations.push((relation.id.clone(), origin));
        if self.vocabulary.extend(relation).is_none() {
            self.fault(
                Fault::error(&[], "there are more than 65,535 relations").code("too-many-relations"),
                origin,
            );
        }
    }

    fn reference(&mut self, reference: Reference, origin: Origin) {
        self.hash = self.hash.wrapping_add(content_hash(&reference));
        self.references.push((reference, origin));
    }

    fn actor(&mut self, row: ActorRow<'_>, origin: Origin) {
        self.hash = self.hash.wrapping_add(row.content);
        let (first, last) = row.existence.unwrap_or((Day::MIN, Day::MAX));
        let names = row.names.iter().map(|name| self.name_entry(name)).collect();
        let codes = row
            .codes
            .iter()
            .map(|(scheme, code)| (self.codes.number(scheme), self.codes.number(code)))
            .collect();
        self.actors.push(PendingActor {
            named: self.named.number(row.id),
            kind: row.kind,
            names,
            codes,
            existence: Window::new(first, last).unwrap_or(Window::ALL),
            same_day: row.same_day,
            organ_of: row.organ_of.map(|id| self.named.number(id)),
            citizen_of: row.citizen_of.map(|id| self.named.number(id)),
            is_mention: row.is_mention,
            content: row.content,
            cites: row.cites.iter().map(|cite| cited(&mut self.named, cite)).collect(),
            origin,
        });
    }

    fn same(&mut self, same: Same, origin: Origin) {
        self.hash = self.hash.wrapping_add(content_hash(&same));
        self.same.push((same, origin));
    }

    fn tie(&mut self, row: TieRow<'_>, origin: Origin) {
        self.hash = self.hash.wrapping_add(row.content);
        let said = match row.claims.as_slice() {
            [claim] => self.claim(claim).0,
            claims => {
                let claims = claims.iter().map(|claim| PendingClaim {
                    dating: self.dating_number(claim.dating).0,
                    status: claim.status,
                    cites: self.cites_number(claim.cites).0,
                });
                let claims: Vec<PendingClaim> = claims.collect();
                self.ties.sayings.several(&claims)
            }
        };
        let mut mentions = Vec::new();
        for (path, id) in row.mentions {
            mentions.push((path, self.named.number(id)));
        }
        let more = More {
            event: row.event.map(|event| self.named.number(event)),
            source_for: row.source_for.map(|id| self.named.number(id)),
            target_for: row.target_for.map(|id| self.named.number(id)),
            words: [row.level, row.trend, row.mode].map(|word| word.map(Into::into)),
            mentions,
            about: row.about.map(Into::into),
            count: row.count,
            is_whole: row.is_whole,
        };
        let ends = [row.source, row.target].map(|id| self.named.number(id));
        let relation = self.relations_named.number(row.relation);
        self.ties.push((ends[0], ends[1], relation, said), (row.id, Some(more)), row.content, origin);
    }

    fn actor_number(&mut self, id: &str) -> ActorNumber {
        ActorNumber(self.named.number(id))
    }

    fn look_ahead<'a>(&self, ids: impl Iterator<Item = &'a str>) {
        self.named.look_ahead(ids);
    }

    fn relation_number(&mut self, id: &str) -> RelationNumber {
        RelationNumber(self.relations_named.number(id))
    }

    fn dating_number(&mut self, dating: &Dating) -> DatingNumber {
        DatingNumber(self.datings.number(dating))
    }

    fn cites_number(&mut self, cites: &[Citation]) -> CitesNumber {
        CitesNumber(self.last_cites.of(cites, &mut self.named, &mut self.ties.sayings))
    }

    fn claim_number(&mut self, dating: DatingNumber, status: Status, cites: CitesNumber) -> ClaimNumber {
        let claim = PendingClaim { dating: dating.0, status, cites: cites.0 };
        ClaimNumber(self.ties.sayings.single(claim))
    }

    fn plain_tie(&mut self, row: PlainRow<'_>, origin: Origin) {
        self.hash = self.hash.wrapping_add(row.content);
        let (source, target, relation, said) = (row.source.0, row.target.0, row.relation.0, row.claim.0);
        match origin.bare_row().filter(|_| row.is_bare) {
            Some((line, number)) => {
                let bare = BareRow { line, source, target, relation, day: said };
                self.ties.push_bare(bare, row.content, (origin.file, number));
            }
            None => self.ties.push((source, target, relation, said), (row.id, None), row.content, origin),
        }
    }

    fn fault(&mut self, fault: Fault, origin: Origin) {
        self.faults.push(fault, origin);
    }

    fn fault_at(&mut self, fault: Fault, file: u32, byte: usize) {
        self.faults.push_at(fault, file, byte);
    }
}

/// Whether a relation says no more than its id, as readers declare those that they meet.
fn is_made(relation: &Relation) -> bool {
    let bare = Relation::named(relation.id.clone(), relation.id.as_str(), Channel::Interaction);
    *relation == Relation { symmetric: relation.symmetric, ..bare }
}

pub(super) fn cited(named: &mut Interner, cite: &Citation) -> Cited {
    Cited {
        reference: named.number(cite.reference.as_str()),
        cited_in: cite.cited_in.as_ref().map(|id| named.number(id.as_str())),
    }
}

impl Builder {
    pub(super) fn name_entry(&mut self, name: &NameRow<'_>) -> NameEntry {
        let lang = u16::try_from(self.langs.number(name.lang)).unwrap_or(0);
        NameEntry::new(self.names.number(name.text), lang, name.shown, name.preferred)
    }

    /// The ids that ties give, and the contents of all; nothing where one says more than what it is by itself: that it
    /// belongs to an event, is about something, or follows.
    pub(crate) fn ties_by_themselves(&self) -> Option<Vec<(Option<&str>, u128)>> {
        let is_by_itself = |row: &Row| {
            let more = self.ties.more(row);
            let relation = self.relations_named.text(row.relation);
            row.source != row.target && more.event.is_none() && more.about.is_none() && relation != SUCCEEDS
        };
        let contents = self.bare_contents();
        let told =
            |(at, row): (u32, Row)| is_by_itself(&row).then(|| (self.ties.id(&row), contents.of_tie(at)));
        self.ties.rows().map(told).collect()
    }

    /// The id of an actor.
    pub(super) fn actor_id(&self, actor: &PendingActor) -> &str {
        self.named.text(actor.named)
    }

    /// The ids of all actors.
    pub(super) fn actor_ids(&self) -> impl Iterator<Item = &str> {
        self.actors.iter().map(|actor| self.actor_id(actor))
    }

    /// The place of an actor with an id; actors are sorted.
    pub(super) fn find_actor(&self, id: &str) -> Option<usize> {
        self.actors.binary_search_by(|actor| self.actor_id(actor).cmp(id)).ok()
    }

    /// Leaves one record of each actor that tables name: its definition if there is one, else the first.
    fn drop_mentions(&mut self) {
        let hash = &mut self.hash;
        self.actors.dedup_by(|second, first| {
            let is_dropped = second.named == first.named && second.is_mention;
            if is_dropped {
                *hash = hash.wrapping_sub(second.content);
            }
            is_dropped
        });
    }

    /// Leaves one record of each reference of which some files know no more than the id.
    fn drop_bare_references(&mut self) {
        let is_bare = |reference: &Reference| reference.item().len() == 1;
        self.references.sort_by(|(a, x), (b, y)| (a.id(), is_bare(a), x).cmp(&(b.id(), is_bare(b), y)));
        let hash = &mut self.hash;
        self.references.dedup_by(|(second, place), (first, first_place)| {
            let is_same = second.id() == first.id() && place.file != first_place.file;
            let is_dropped = is_same && is_bare(second);
            if is_dropped {
                *hash = hash.wrapping_sub(content_hash(second));
            }
            is_dropped
        });
    }

    /// Finds the relations that ties name, wherever they are declared.
    fn find_relations(&mut self, faults: &mut Faults) {
        let ids = self.relations_named.texts().iter();
        self.ties.relations = ids.map(|id| self.vocabulary.find(id)).collect();
        if self.ties.relations.iter().all(Option::is_some) {
            return;
        }
        let mut unknown: FxHashMap<u32, Fault> = FxHashMap::default();
        for (at, row) in self.ties.rows() {
            if self.ties.relations[row.relation as usize].is_none() {
                let id = || self.relations_named.text(row.relation);
                let fault = unknown.entry(row.relation);
                let fault = fault.or_insert_with(|| check::unknown_relation(&self.vocabulary, id()));
                faults.push(fault.clone(), self.ties.span(at).into());
            }
        }
    }

    /// Makes the dataset, and the list of everything wrong with the rows, in the order of the files.
    ///
    /// A dataset comes even when there are errors: rows that cannot stand are left out of it. Whether
    /// that may be used is for the caller to say.
    ///
    /// # Complexity
    /// Time O((V + E) log (V + E)), for V actors and E ties.
    pub fn finish(self) -> (Dataset, Vec<Problem>) {
        let (dataset, problems, _) = self.finish_with_bare();
        (dataset, problems)
    }

    /// The same, and the [bare ties](BareTies) that were pushed, as they came.
    pub(crate) fn finish_with_bare(mut self) -> (Dataset, Vec<Problem>, BareTies) {
        let (aliases, merged, problems) = self.settle();
        let actors = actor_columns(&self, merged);
        // What is not needed any more makes room for what millions of ties need.
        let named: Vec<u32> = std::mem::take(&mut self.actors).iter().map(|actor| actor.named).collect();
        let mut ties = Resolver::of(&self, &actors, &named).ties();
        if ties.bare.is_some() && aliases.is_empty() {
            ties.ids = std::mem::take(&mut ties.ids).with_contents(contents(
                &ties,
                &actors.ids,
                &self.vocabulary,
                &self.files,
            ));
        }
        let bare = self.take_bare();
        // Of many ties the rows take as much memory as all columns.
        self.ties = PendingTies::default();
        let dyads = Dyads::group(actors.count(), ties.sources(), ties.targets());
        let dataset =
            Dataset::assemble(self.vocabulary, self.files, self.references, self.hash, actors, ties, dyads);
        (Dataset { aliases, notes: self.notes, ..dataset }, problems, bare)
    }

    /// Finds everything wrong with the rows, and makes no columns of them: what a check needs, in about two
    /// thirds of the time that a dataset takes.
    pub fn check(mut self) -> Checked {
        let (_, merged, problems) = self.settle();
        let actors = actor_columns(&self, merged);
        let named: Vec<u32> = self.actors.iter().map(|actor| actor.named).collect();
        let tie_count = Resolver::of(&self, &actors, &named).tie_count();
        Checked {
            actor_count: actors.count(),
            tie_count,
            reference_count: self.references.len(),
            files: self.files,
            hash: self.hash,
            notes: self.notes,
            problems,
        }
    }

    /// Sorts, completes, checks and merges the rows.
    fn settle(&mut self) -> (Aliases, Vec<Merged>, Vec<Problem>) {
        let Self { actors, named, .. } = self;
        sort_by_text(
            actors,
            |actor| named.text(actor.named),
            |a, b| (a.is_mention, a.origin).cmp(&(b.is_mention, b.origin)),
        );
        self.drop_mentions();
        self.drop_bare_references();
        self.references.sort_by(|(a, x), (b, y)| (a.id(), x).cmp(&(b.id(), y)));
        let mut faults = std::mem::take(&mut self.faults);
        self.find_relations(&mut faults);
        // What records say is held against what records say, before the gazetteer adds to them.
        agree::check(self, &mut faults);
        let aliases = complete(self);
        self.references.sort_by(|(a, x), (b, y)| (a.id(), x).cmp(&(b.id(), y)));
        check::cross_references(self, &mut faults);
        coverage::check(self, &aliases, &mut faults);
        for (fault, origin) in same::check(self) {
            faults.push(fault, origin);
        }
        self.actors.dedup_by(|second, first| second.named == first.named);
        self.references.dedup_by(|(second, _), (first, _)| second.id() == first.id());

        let problems = faults.locate(&self.files);
        let merged = same::merge(self);
        if problems.iter().all(|problem| problem.severity != Severity::Error) {
            self.forget_texts(&merged);
        }
        (aliases, merged, problems)
    }
}
