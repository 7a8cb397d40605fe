//! Makes the columns from rows that come in any order.
//!
//! Rows are kept as they come, with names turned into numbers once. When all are there, actors are
//! sorted by id and ties by time, what one row says of another is checked, and the days that each
//! claim allows are worked out, which need the existence of actors and the dates of references.

use std::rc::Rc;

use crate::{
    date::{Day, Status, Window},
    model::{ActorKind, Citation, Fault, Reference, Relation, RelationId, Vocabulary, fault::Step},
};

use super::{
    Dataset,
    actors::{Actors, NameEntry},
    check,
    column::number,
    content_hash,
    dyads::Dyads,
    index::{ActorIndex, ReferenceIndex},
    interner::{Datings, Interner, LastCites},
    problem::Problem,
    resolver::Resolver,
    sink::{ActorRow, Sink, TieRow},
    source_file::{Lines, Origin, SourceFile, line_and_column, locate, place},
};

pub(super) struct PendingActor {
    pub(super) id: Box<str>,
    kind: Option<ActorKind>,
    names: Vec<NameEntry>,
    codes: Vec<(u32, u32)>,
    existence: Window,
    same_day: bool,
    pub(super) cites: Vec<Cited>,
    pub(super) origin: Origin,
}

/// A citation of a claim or an actor: the reference, and the one through which it is known.
pub(super) struct Cited {
    pub(super) reference: u32,
    pub(super) cited_in: Option<u32>,
}

pub(super) struct PendingClaim {
    /// The number of the dating among those of the builder.
    pub(super) dating: u32,
    pub(super) status: Status,
    pub(super) cites: Rc<[Cited]>,
}

pub(super) struct PendingTie {
    pub(super) id: Option<Box<str>>,
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) relation: Option<u16>,
    pub(super) claims: Vec<PendingClaim>,
    pub(super) event: Option<u32>,
    pub(super) source_for: Option<u32>,
    pub(super) target_for: Option<u32>,
    pub(super) words: [Option<Box<str>>; 3],
    pub(super) mentions: Vec<(Vec<Step>, u32)>,
    pub(super) about: Option<Box<str>>,
    pub(super) count: u32,
    pub(super) is_whole: bool,
    pub(super) content: u128,
    pub(super) origin: Origin,
}

/// Gathers rows and makes a [`Dataset`] of them.
pub struct Builder {
    pub(super) vocabulary: Vocabulary,
    pub(super) files: Vec<SourceFile>,
    pub(super) references: Vec<(Reference, Origin)>,
    pub(super) actors: Vec<PendingActor>,
    pub(super) ties: Vec<PendingTie>,
    /// Ids of actors, references and relations that rows name.
    pub(super) named: Interner,
    names: Interner,
    langs: Interner,
    codes: Interner,
    pub(super) datings: Datings,
    last_cites: LastCites,
    /// Relations that files declare.
    own_relations: Vec<(RelationId, Origin)>,
    faults: Vec<(Fault, Origin)>,
    problems: Vec<Problem>,
    hash: u128,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            vocabulary: Vocabulary::shipped(),
            files: Vec::new(),
            references: Vec::new(),
            actors: Vec::new(),
            ties: Vec::new(),
            named: Interner::default(),
            names: Interner::default(),
            langs: Interner::default(),
            codes: Interner::default(),
            datings: Datings::default(),
            last_cites: LastCites::default(),
            own_relations: Vec::new(),
            faults: Vec::new(),
            problems: Vec::new(),
            hash: 0,
        }
    }
}

impl Sink for Builder {
    fn file(&mut self, file: SourceFile) -> u32 {
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
        if let Some((_, first)) = self.own_relations.iter().find(|(id, _)| *id == relation.id) {
            let place = place(&self.files, *first);
            let fault = Fault::error(
                &["id".into()],
                format!("relation `{}` is declared twice, and differently", relation.id),
            );
            self.fault(fault.hint(format!("the first stands at {place}")), origin);
            return;
        }
        self.hash = self.hash.wrapping_add(content);
        self.own_relations.push((relation.id.clone(), origin));
        if self.vocabulary.extend(relation).is_none() {
            self.fault(Fault::error(&[], "there are more than 65,535 relations"), origin);
        }
    }

    fn reference(&mut self, reference: Reference, origin: Origin) {
        self.hash = self.hash.wrapping_add(content_hash(&reference));
        self.references.push((reference, origin));
    }

    fn actor(&mut self, row: ActorRow<'_>, origin: Origin) {
        self.hash = self.hash.wrapping_add(row.content);
        let (first, last) = row.existence.unwrap_or((Day::MIN, Day::MAX));
        let mut names = Vec::with_capacity(row.names.len());
        for name in &row.names {
            names.push(NameEntry {
                text: self.names.number(name.text),
                lang: u16::try_from(self.langs.number(name.lang)).unwrap_or(0),
                shown: name.shown,
                preferred: name.preferred,
            });
        }
        let codes = row
            .codes
            .iter()
            .map(|(scheme, code)| (self.codes.number(scheme), self.codes.number(code)))
            .collect();
        self.actors.push(PendingActor {
            id: row.id.into(),
            kind: row.kind,
            names,
            codes,
            existence: Window::new(first, last).unwrap_or(Window::ALL),
            same_day: row.same_day,
            cites: row.cites.iter().map(|cite| cited(&mut self.named, cite)).collect(),
            origin,
        });
    }

    fn tie(&mut self, row: TieRow<'_>, origin: Origin) {
        self.hash = self.hash.wrapping_add(row.content);
        let relation = self.vocabulary.find(row.relation);
        if relation.is_none() {
            self.faults.push((check::unknown_relation(&self.vocabulary, row.relation), origin));
        }
        let claims = row
            .claims
            .iter()
            .map(|claim| PendingClaim {
                dating: self.datings.number(claim.dating),
                status: claim.status,
                cites: self.last_cites.of(claim.cites, &mut self.named),
            })
            .collect();
        let mut mentions = Vec::new();
        for (path, id) in row.mentions {
            mentions.push((path, self.named.number(id)));
        }
        self.ties.push(PendingTie {
            id: row.id.map(Into::into),
            source: self.named.number(row.source),
            target: self.named.number(row.target),
            relation,
            claims,
            event: row.event.map(|event| self.named.number(event)),
            source_for: row.source_for.map(|id| self.named.number(id)),
            target_for: row.target_for.map(|id| self.named.number(id)),
            words: [row.level, row.trend, row.mode].map(|word| word.map(Into::into)),
            mentions,
            about: row.about.map(Into::into),
            count: row.count,
            is_whole: row.is_whole,
            content: row.content,
            origin,
        });
    }

    fn fault(&mut self, fault: Fault, origin: Origin) {
        self.faults.push((fault, origin));
    }

    fn fault_at(&mut self, fault: Fault, file: u32, byte: usize) {
        let source = &self.files[file as usize];
        let (line, column) = line_and_column(&source.text, byte);
        let file = source.name.clone();
        let Fault { severity, message, hint, .. } = fault;
        self.problems.push(Problem { file, line, column, severity, message, hint });
    }
}

impl PendingActor {
    pub(super) fn kind(&self) -> Option<ActorKind> {
        self.kind
    }

    pub(super) fn existence(&self) -> Window {
        self.existence
    }
}

pub(super) fn cited(named: &mut Interner, cite: &Citation) -> Cited {
    Cited {
        reference: named.number(cite.reference.as_str()),
        cited_in: cite.cited_in.as_ref().map(|id| named.number(id.as_str())),
    }
}

impl Builder {
    /// Makes the dataset, and the list of everything wrong with the rows, in the order of the files.
    ///
    /// A dataset comes even when there are errors: rows that cannot stand are left out of it. Whether
    /// that may be used is for the caller to say.
    ///
    /// # Complexity
    /// Time O((V + E) log (V + E)), for V actors and E ties.
    pub fn finish(mut self) -> (Dataset, Vec<Problem>) {
        self.actors.sort_by(|a, b| (&a.id, a.origin).cmp(&(&b.id, b.origin)));
        self.references.sort_by(|(a, x), (b, y)| (a.id(), x).cmp(&(b.id(), y)));
        let found = check::cross_references(&self);
        self.faults.extend(found);
        self.actors.dedup_by(|second, first| second.id == first.id);
        self.references.dedup_by(|(second, _), (first, _)| second.id() == first.id());

        let problems = self.locate_faults();
        let actor_of = |id: &str| {
            self.actors.binary_search_by(|actor| actor.id.as_ref().cmp(id)).ok().map(ActorIndex::of)
        };
        // For each text that rows name: the actor with that id, and the reference with that id.
        let actor_named: Vec<Option<ActorIndex>> = self.named.texts.iter().map(|id| actor_of(id)).collect();
        let reference_named: Vec<Option<ReferenceIndex>> = self
            .named
            .texts
            .iter()
            .map(|id| {
                self.references
                    .binary_search_by(|(reference, _)| reference.id().as_str().cmp(id))
                    .ok()
                    .map(ReferenceIndex::of)
            })
            .collect();
        let actors = actor_columns(&self);
        let known: Vec<Option<Day>> =
            self.references.iter().map(|(reference, _)| reference.known_until()).collect();
        let resolve = Resolver { builder: &self, actors: &actors, actor_named, reference_named, known };
        let ties = resolve.ties();
        let dyads = Dyads::group(actors.count(), ties.all().map(|tie| (ties.source(tie), ties.target(tie))));
        let dataset =
            Dataset::assemble(self.vocabulary, self.files, self.references, self.hash, actors, ties, dyads);
        (dataset, problems)
    }

    fn locate_faults(&mut self) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        // A large plain file has a warning on every tie: its lines are counted once.
        let mut lines: Vec<Option<Lines>> = self.files.iter().map(|_| None).collect();
        for (fault, origin) in std::mem::take(&mut self.faults) {
            let file = &self.files[origin.file as usize];
            let inside = locate(origin.text(&self.files), &fault.path);
            let start = usize::try_from(origin.start).unwrap_or(usize::MAX);
            let lines = lines[origin.file as usize].get_or_insert_with(|| Lines::of(&file.text));
            let (line, column) = lines.line_and_column(&file.text, start.saturating_add(inside));
            let Fault { severity, message, hint, .. } = fault;
            problems.push(Problem { file: file.name.clone(), line, column, severity, message, hint });
        }
        problems.sort();
        problems.dedup();
        problems
    }
}

fn actor_columns(builder: &Builder) -> Actors {
    let rows = &builder.actors;
    Actors {
        ids: rows.iter().map(|row| row.id.as_ref()).collect(),
        kinds: rows.iter().map(|row| row.kind).collect::<Vec<_>>().into(),
        names: rows.iter().map(|row| row.names.clone()).collect(),
        name_texts: builder.names.texts(),
        langs: builder.langs.texts(),
        codes: rows.iter().map(|row| row.codes.clone()).collect(),
        code_texts: builder.codes.texts(),
        existence: rows.iter().map(|row| row.existence).collect::<Vec<_>>().into(),
        same_day: rows.iter().map(|row| row.same_day).collect::<Vec<_>>().into(),
        origins: rows.iter().map(|row| row.origin).collect::<Vec<_>>().into(),
    }
}
