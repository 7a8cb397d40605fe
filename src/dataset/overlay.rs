//! A dataset of columns with a few later ties among theirs: what a reader joins until a writer makes the columns anew.
//!
//! Rows stand where they would stand if all had been built together, so that nobody above sees that they were not.
//! What is large stays in its file.

use std::sync::{Arc, OnceLock};

use crate::{
    date::Day,
    model::{Channel, Severity, Vocabulary},
};

use super::{
    ActorIndex, Builder, Dataset, Origin, Problem, ReferenceIndex, SourceFile, TieIndex,
    column::{self, Column, number},
    gazetteer,
    joined::Moved,
    lists::Lists,
    row_id::RowId,
    sayings::Said,
    sink::{ActorRow, NameRow, Sink},
    source_file::Span,
    ties::{DayBounds, Summary, Ties},
};

/// Where the later ties stand.
pub(super) struct Places {
    /// The rows that they have among all, in order.
    pub(super) at: Arc<[u32]>,
    /// How many of the others stand before each.
    before: Vec<u32>,
}

impl Places {
    /// The row of one of the others among all.
    pub(super) fn moved(&self, row: u32) -> u32 {
        row + number(self.before.partition_point(|before| *before <= row))
    }
}

/// A dataset with later ties among its own.
pub(crate) struct WithLater {
    pub(crate) dataset: Dataset,
    /// What is wrong with the later ties, but for what they say of others.
    pub(crate) problems: Vec<Problem>,
    /// How many of these have no id and say what another says already.
    pub(crate) repeated: usize,
    /// The number of the first of their files.
    pub(crate) first_file: u32,
    /// Their rows.
    pub(crate) rows: Arc<[u32]>,
}

/// A later tie on its way to its place.
struct Later<'b> {
    /// How many of the others stand before it.
    before: u32,
    place: [i32; 3],
    id: RowId<'b>,
    row: TieIndex,
    /// Whether one of the others says the same.
    is_repeated: bool,
}

impl Dataset {
    /// The dataset with the ties of later files among its own; `None` where these say more than ties between actors
    /// that are there, or where that would change what others say.
    ///
    /// # Complexity
    /// Time O(k log E + r), for E ties, k later ones and r references: what stands in columns stays there, and lists and
    /// stretches among which later ones stand are put together when they are asked for.
    pub(crate) fn with_later(self, mut later: Builder) -> Option<WithLater> {
        let only_ties = later.references.is_empty() && later.actors.is_empty() && later.same.is_empty();
        let are_told = later.ties.more.iter().all(|more| more.event.is_none());
        if !only_ties || !are_told || !self.aliases.is_empty() || !self.actors.merged.is_empty() {
            return None;
        }
        let hash = self.hash.wrapping_add(later.hash);
        let files = std::mem::take(&mut later.files);
        let (later, problems) = self.completed(later, &files)?;
        let actor = |row| self.actors.find(later.actors.id(row));
        let actors: Vec<ActorIndex> = later.actors.all().map(actor).collect::<Option<_>>()?;
        let reference =
            |(_, reference): (_, &crate::model::Reference)| self.find_reference(reference.id().as_str());
        let references: Vec<ReferenceIndex> = later.references().map(reference).collect::<Option<_>>()?;

        let mut rows: Vec<Later<'_>> = later.ties.all().map(|row| self.place_of(&later.ties, row)).collect();
        rows.sort_by(|a, b| (a.before, a.place).cmp(&(b.before, b.place)).then_with(|| a.id.order(&b.id)));
        let at = rows.iter().zip(0..).map(|(row, earlier): (_, u32)| row.before + earlier).collect();
        let places = Arc::new(Places { at, before: rows.iter().map(|row| row.before).collect() });

        let old_files = self.files.len();
        // The gazetteer is the last of all files.
        let has_gazetteer = self.files.last().is_some_and(|file| &*file.name == gazetteer::NAME);
        let first_new = number(old_files - usize::from(has_gazetteer));
        let shift = number(files.len());
        let moved = move |origin: Origin| {
            let file = if origin.file >= first_new { origin.file + shift } else { origin.file };
            Origin { file, ..origin }
        };
        let ties = self.joined(&later.ties, &rows, &places, (&actors, &references), first_new);
        let ends: Vec<(ActorIndex, ActorIndex, TieIndex)> = (places.at.iter())
            .map(|row| (ties.source(TieIndex(*row)), ties.target(TieIndex(*row)), TieIndex(*row)))
            .collect();
        let dyads = self.dyads.with_later(&ends, &places);
        let acts = rows.iter().any(|row| later.relation(row.row).channel == Channel::Agency);
        let agencies = self.agencies.get().filter(|_| !acts).map(|known| {
            let places = places.clone();
            let moved = Moved::by(move |(a, b, tie): (_, _, TieIndex)| (a, b, TieIndex(places.moved(tie.0))));
            known.moved(&Arc::default(), Vec::new(), moved)
        });
        let newest: Option<Day> = self.newest_day().max(later.newest_day());
        let mut all = self.files;
        let tail = all.split_off(first_new as usize);
        all.extend(files);
        all.extend(tail);
        let mut actors = self.actors;
        if has_gazetteer {
            let moved = Moved::by(move |span: Span| Span::from(moved(span.into())));
            actors.origins = actors.origins.moved(&Arc::default(), Vec::new(), moved);
        }
        let references = self.references.into_iter().map(|(reference, origin)| (reference, moved(origin)));
        let dataset = Self {
            files: all,
            references: references.collect(),
            hash,
            actors,
            ties,
            dyads,
            agencies: agencies.map_or_else(OnceLock::new, OnceLock::from),
            newest_day: OnceLock::from(newest),
            vocabulary: self.vocabulary,
            lookup: self.lookup,
            aliases: self.aliases,
            notes: self.notes,
            blocks: self.blocks,
        };
        let repeated = rows.iter().filter(|row| row.is_repeated).count();
        Some(WithLater { dataset, problems, repeated, first_file: first_new, rows: places.at.clone() })
    }

    /// Whether an actor or a tie has this id.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.actors.find(id).is_some() || self.ties.find(id).is_some()
    }

    /// The dataset of later ties alone, with the actors, references and relations that they name.
    fn completed(&self, mut later: Builder, files: &[SourceFile]) -> Option<(Self, Vec<Problem>)> {
        let nowhere = Origin::default();
        let shipped = Vocabulary::shipped();
        for (_, relation) in self.vocabulary.relations() {
            if shipped.find(relation.id.as_str()).is_none_or(|known| shipped.relation(known) != relation) {
                later.relation(relation.clone(), nowhere);
            }
        }
        let mut count = 0;
        for text in later.named.texts().clone().iter() {
            if let Some(actor) = self.actors.find(text) {
                let existence = self.actors.existence(actor);
                let existence = Some((existence.first(), existence.last()));
                let (id, kind) = (text, self.actors.kind(actor));
                // With a name of its own it is not looked for in the gazetteer.
                let names = vec![NameRow { text: id, lang: "", shown: false, preferred: false }];
                later.actor(ActorRow { id, kind, names, existence, ..ActorRow::default() }, nowhere);
                count += 1;
            }
            if let Some(reference) = self.find_reference(text) {
                later.reference(self.reference(reference).clone(), nowhere);
            }
        }
        later.files = files.to_vec();
        let row_count = later.ties.count() as usize;
        let (later, problems) = later.finish();
        let is_sound = problems.iter().all(|problem| problem.severity != Severity::Error)
            && later.actors.count() == count
            && later.ties.count() == row_count
            && later.vocabulary.relations().count() == self.vocabulary.relations().count()
            && later.aliases.is_empty();
        is_sound.then_some((later, problems))
    }

    /// Where a later tie stands among the ties of the dataset.
    fn place_of<'l>(&self, ties: &'l Ties, row: TieIndex) -> Later<'l> {
        let place = ties.place(row);
        let mine = &self.ties;
        let first = partition(mine.count(), |row| mine.place(TieIndex(row)) < place);
        let count = partition(mine.count(), |row| mine.place(TieIndex(row)) <= place);
        let rank = |id: &RowId<'_>| {
            first + partition((count - first) as usize, |row| mine.ids.row(first + row).order(id).is_lt())
        };
        let mut is_repeated = false;
        let id = match ties.ids.row(row.0) {
            RowId::Content(content, occurrence) => {
                let before = rank(&RowId::Content(content, 1));
                let alike = (before..count).take_while(
                    |row| matches!(mine.ids.row(*row), RowId::Content(other, _) if other == content),
                );
                let alike = number(alike.count());
                is_repeated = alike > 0;
                RowId::Content(content, occurrence + alike)
            }
            given @ RowId::Given(_) => given,
        };
        Later { before: rank(&id), place, id, row, is_repeated }
    }

    fn joined(
        &self,
        later: &Ties,
        rows: &[Later<'_>],
        places: &Arc<Places>,
        (actors, references): (&[ActorIndex], &[ReferenceIndex]),
        first_file: u32,
    ) -> Ties {
        let mine = &self.ties;
        let count = mine.count();
        let each = || rows.iter().map(|row| row.row);
        let somebody =
            |actor: Option<ActorIndex>| ActorIndex::or_nobody(actor.map(|actor| actors[actor.at()]));
        let nobody = ActorIndex::or_nobody(None);
        let at = &places.at;
        let said_before = mine.sayings.count();
        let spans = each().map(|row| {
            let origin = later.origin(row);
            Span::from(Origin { file: origin.file + first_file, ..origin })
        });
        let happenings = if mine.happenings.is_empty() {
            Column::default()
        } else {
            let places = places.clone();
            mine.happenings.moved(at, at.to_vec(), Moved::by(move |row| places.moved(row)))
        };
        let ids = mine.ids.joined(places, rows.iter().map(|row| row.id), count);
        let mut ties = Ties {
            by_id: OnceLock::new(),
            sources: mine.sources.joined(
                at,
                each().map(|row| actors[later.source(row).at()]).collect(),
                (nobody, count),
            ),
            targets: mine.targets.joined(
                at,
                each().map(|row| actors[later.target(row).at()]).collect(),
                (nobody, count),
            ),
            relations: mine.relations.joined(at, each().map(|row| later.relation(row)).collect(), (0, count)),
            said: mine.said.joined(
                at,
                each().map(|row| said_before + later.said.at(row.at())).collect(),
                (0, count),
            ),
            sayings: mine.sayings.with_later(said_of(later, references)),
            happenings,
            events: mine.events.joined(at, each().map(|_| nobody).collect(), (nobody, count)),
            source_for: mine.source_for.joined(
                at,
                each().map(|row| somebody(later.source_for(row))).collect(),
                (nobody, count),
            ),
            target_for: mine.target_for.joined(
                at,
                each().map(|row| somebody(later.target_for(row))).collect(),
                (nobody, count),
            ),
            counts: mine.counts.joined(at, each().map(|row| later.report_count(row)).collect(), (1, count)),
            bare: None,
            spans: mine.spans.joined(at, spans.collect(), (Span::default(), count)),
            written: mine.written.clone(),
            summary: OnceLock::from(summary(mine.summary(), later.summary())),
            ids,
        };
        if let Some(known) = mine.by_id.get() {
            ties.by_id = OnceLock::from(by_id(mine, &ties, known, places));
        }
        ties
    }
}

/// The first row below a count that does not fit, where those that fit come first.
fn partition(count: usize, fits: impl Fn(u32) -> bool) -> u32 {
    number(column::partition(0..count, |row| fits(number(row))))
}

/// All sayings of some ties, with the references that these are elsewhere.
fn said_of(ties: &Ties, references: &[ReferenceIndex]) -> Said {
    let all = || 0..ties.sayings.count();
    let claims = || all().flat_map(|said| ties.sayings.claims(said));
    let cited = |cited: &[ReferenceIndex]| {
        let mut cited: Vec<ReferenceIndex> =
            cited.iter().map(|reference| references[reference.at()]).collect();
        cited.sort_unstable();
        cited
    };
    Said {
        claims: all().map(|said| ties.sayings.entries(said).to_vec()).collect(),
        bounds: claims().map(|(_, bounds, _)| bounds.to_vec()).collect::<Lists<DayBounds>>(),
        references: claims().map(|(_, _, references)| cited(references)).collect(),
        places: all().map(|said| ties.sayings.place(said)).collect::<Vec<_>>().into(),
    }
}

fn summary(mine: &Summary, later: &Summary) -> Summary {
    let mut summary = mine.clone();
    let length = summary.relation_counts.len().max(later.relation_counts.len());
    summary.relation_counts.resize(length, 0);
    for (count, more) in summary.relation_counts.iter_mut().zip(&later.relation_counts) {
        *count += more;
    }
    summary.statuses.extend(&later.statuses);
    summary.statuses.sort_unstable();
    summary.statuses.dedup();
    summary.has_empty |= later.has_empty;
    summary
}

/// All rows in the order of their ids: those whose order is known, and the others at their places.
fn by_id(mine: &Ties, ties: &Ties, known: &Column<TieIndex>, places: &Arc<Places>) -> Column<TieIndex> {
    let mut new: Vec<TieIndex> = places.at.iter().map(|row| TieIndex(*row)).collect();
    new.sort_by(|a, b| ties.ids.row(a.0).order(&ties.ids.row(b.0)));
    let place = |(earlier, row): (u32, &TieIndex)| {
        let id = ties.ids.row(row.0);
        earlier + number(known.partition_point(|other| mine.ids.row(other.0).order(&id).is_lt()))
    };
    let at: Arc<[u32]> = (0..).zip(&new).map(place).collect();
    let places = places.clone();
    known.moved(&at, new, Moved::by(move |row: TieIndex| TieIndex(places.moved(row.0))))
}
