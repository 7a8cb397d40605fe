//! Makes the columns from rows that come in any order.
//!
//! Rows are kept as they come, with names turned into numbers once. When all are there, actors are
//! sorted by id and ties by time, what one row says of another is checked, and the days that each
//! claim allows are worked out, which need the existence of actors and the dates of references.

use rustc_hash::FxHashMap;

use crate::{
    date::{Dating, Day, Extent, Setting, Status, Window},
    model::{Citation, Fault, Reference, Relation, RelationId, Vocabulary, fault::Step},
};

use super::{
    Dataset,
    actors::{Actors, NameEntry},
    check,
    column::{Lists, number},
    complete::complete,
    content_hash,
    dyads::Dyads,
    index::{ActorIndex, ReferenceIndex, TieIndex},
    interner::Interner,
    pending::{PendingActor, actor_columns},
    problem::Problem,
    sink::{ActorRow, NameRow, Sink, TieRow},
    source_file::{Lines, Origin, SourceFile, line_and_column, locate, place},
    ties::{ClaimEntry, DayBounds, Ties, duration},
};

/// A citation of a claim or an actor: the reference, and the one through which it is known.
pub(super) struct Cited {
    pub(super) reference: u32,
    pub(super) cited_in: Option<u32>,
}

pub(super) struct PendingClaim {
    pub(super) dating: Dating,
    pub(super) status: Status,
    pub(super) cites: Vec<Cited>,
}

pub(super) struct PendingTie {
    pub(super) id: Option<Box<str>>,
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) relation: Option<u16>,
    pub(super) claims: Vec<PendingClaim>,
    event: Option<u32>,
    pub(super) source_for: Option<u32>,
    pub(super) target_for: Option<u32>,
    pub(super) words: [Option<Box<str>>; 3],
    pub(super) mentions: Vec<(Vec<Step>, u32)>,
    pub(super) about: Option<Box<str>>,
    count: u32,
    pub(super) is_whole: bool,
    content: u128,
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
    pub(super) names: Interner,
    pub(super) langs: Interner,
    pub(super) codes: Interner,
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
        let names = row.names.iter().map(|name| self.name_entry(name)).collect();
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
                dating: claim.dating.clone(),
                status: claim.status,
                cites: claim.cites.iter().map(|cite| cited(&mut self.named, cite)).collect(),
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

fn cited(named: &mut Interner, cite: &Citation) -> Cited {
    Cited {
        reference: named.number(cite.reference.as_str()),
        cited_in: cite.cited_in.as_ref().map(|id| named.number(id.as_str())),
    }
}

impl Builder {
    pub(super) fn name_entry(&mut self, name: &NameRow<'_>) -> NameEntry {
        NameEntry {
            text: self.names.number(name.text),
            lang: u16::try_from(self.langs.number(name.lang)).unwrap_or(0),
            shown: name.shown,
            preferred: name.preferred,
        }
    }

    /// Makes the dataset, and the list of everything wrong with the rows, in the order of the files.
    ///
    /// A dataset comes even when there are errors: rows that cannot stand are left out of it. Whether
    /// that may be used is for the caller to say.
    ///
    /// # Complexity
    /// Time O((V + E) log (V + E)), for V actors and E ties.
    pub fn finish(mut self) -> (Dataset, Vec<Problem>) {
        self.actors.sort_by(|a, b| (&a.id, a.origin).cmp(&(&b.id, b.origin)));
        let aliases = complete(&mut self);
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
        (Dataset { aliases, ..dataset }, problems)
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

struct Resolver<'b> {
    builder: &'b Builder,
    actors: &'b Actors,
    actor_named: Vec<Option<ActorIndex>>,
    reference_named: Vec<Option<ReferenceIndex>>,
    known: Vec<Option<Day>>,
}

/// A tie whose ends and relation are there.
struct Row<'b> {
    pending: &'b PendingTie,
    id: Box<str>,
    ends: (ActorIndex, ActorIndex),
    relation: u16,
    extents: Vec<Extent>,
    order: (i32, Day, Day),
}

/// The place of a tie in time: the year in which it had begun at the latest, then its first possible
/// day, then its last.
///
/// A beginning may be unknown by centuries; the year by which it is over is what a reader would file
/// it under. Ties of exact days come in the order of these days.
fn place_in_time(extents: &[Extent]) -> (i32, Day, Day) {
    let bounds = || extents.iter().flat_map(Extent::bounds);
    let begun = bounds().map(|bounds| bounds.start_max).min().unwrap_or(Day::MAX);
    let first = bounds().map(|bounds| bounds.start_min).min().unwrap_or(Day::MIN);
    let last = bounds().map(|bounds| bounds.end_max).max().unwrap_or(Day::MAX);
    (if begun.is_bounded() { begun.ymd().0 } else { i32::MAX }, first, last)
}

impl Resolver<'_> {
    fn ties(&self) -> Ties {
        let mut rows: Vec<Row<'_>> = Vec::with_capacity(self.builder.ties.len());
        let mut seen: FxHashMap<u128, u32> = FxHashMap::default();
        for pending in self.builder.ties.iter().filter(|pending| pending.is_whole) {
            let actor = |named: u32| self.actor_named[named as usize];
            let (Some(source), Some(target), Some(relation)) =
                (actor(pending.source), actor(pending.target), pending.relation)
            else {
                continue;
            };
            let id = pending.id.clone().unwrap_or_else(|| {
                let occurrence = seen.entry(pending.content).or_insert(0);
                *occurrence += 1;
                format!("{:032x}-{occurrence}", pending.content).into()
            });
            let extents = self.extents(pending, (source, target), relation);
            let order = place_in_time(&extents);
            rows.push(Row { pending, id, ends: (source, target), relation, extents, order });
        }
        rows.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
        let mut by_id: Vec<TieIndex> = (0..rows.len()).map(TieIndex::of).collect();
        by_id.sort_by_key(|tie| &rows[tie.at()].id);
        self.columns(&rows, by_id)
    }

    fn extents(&self, pending: &PendingTie, ends: (ActorIndex, ActorIndex), relation: u16) -> Vec<Extent> {
        let exists = self.actors.common_existence(ends.0, ends.1);
        let lasting = self.builder.vocabulary.relation(relation).lasting;
        let known = |cites: &[Cited]| {
            let reference = |cite: &Cited| self.reference_named[cite.reference as usize];
            cites.iter().filter_map(reference).filter_map(|reference| self.known[reference.at()]).max()
        };
        pending
            .claims
            .iter()
            .map(|claim| {
                let setting = Setting { exists, known_until: known(&claim.cites) };
                claim.dating.resolve(duration(lasting), &setting)
            })
            .collect()
    }

    fn columns(&self, rows: &[Row<'_>], by_id: Vec<TieIndex>) -> Ties {
        let actor = |named: Option<u32>| named.and_then(|named| self.actor_named[named as usize]);
        let mut events: FxHashMap<u32, u32> = FxHashMap::default();
        let mut happenings = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            happenings.push(match row.pending.event {
                Some(event) => *events.entry(event).or_insert_with(|| number(at)),
                None => number(at),
            });
        }
        let entry = |(pending, extent): (&PendingClaim, &Extent)| ClaimEntry {
            status: pending.status,
            reading: extent.reading(),
            approximate: extent.is_approximate(),
        };
        let claims = rows.iter().flat_map(|row| row.pending.claims.iter());
        Ties {
            ids: rows.iter().map(|row| row.id.as_ref()).collect(),
            by_id: by_id.into(),
            sources: rows.iter().map(|row| row.ends.0).collect::<Vec<_>>().into(),
            targets: rows.iter().map(|row| row.ends.1).collect::<Vec<_>>().into(),
            relations: rows.iter().map(|row| row.relation).collect::<Vec<_>>().into(),
            claims: rows
                .iter()
                .map(|row| row.pending.claims.iter().zip(&row.extents).map(entry).collect())
                .collect(),
            bounds: rows
                .iter()
                .flat_map(|row| &row.extents)
                .map(|extent| {
                    let doubtful = |at| extent.is_doubtful(at);
                    extent.bounds().iter().enumerate().map(|(at, bounds)| (*bounds, doubtful(at))).collect()
                })
                .collect::<Lists<DayBounds>>(),
            references: claims
                .map(|claim| {
                    let mut cited: Vec<ReferenceIndex> = {
                        let reference = |cite: &Cited| self.reference_named[cite.reference as usize];
                        claim.cites.iter().filter_map(reference).collect()
                    };
                    cited.sort_unstable();
                    cited.dedup();
                    cited
                })
                .collect(),
            happenings: happenings.into(),
            events: rows.iter().map(|row| actor(row.pending.event)).collect::<Vec<_>>().into(),
            source_for: rows.iter().map(|row| actor(row.pending.source_for)).collect::<Vec<_>>().into(),
            target_for: rows.iter().map(|row| actor(row.pending.target_for)).collect::<Vec<_>>().into(),
            counts: rows.iter().map(|row| row.pending.count).collect::<Vec<_>>().into(),
            origins: rows.iter().map(|row| row.pending.origin).collect::<Vec<_>>().into(),
        }
    }
}
