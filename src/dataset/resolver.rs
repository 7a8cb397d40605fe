//! Makes the columns of ties: which rows the ends are, which days each claim allows, and the order in
//! time.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::date::{Bounds, Dating, Day, Extent, Setting, Window};

use super::{
    actors::Actors,
    bare::{Writing, Written},
    builder::Builder,
    column::number,
    index::{ActorIndex, ReferenceIndex},
    lists::Lists,
    pending::{PendingClaim, Row},
    row_id::{Ids, RowId},
    sayings::Said,
    source_file::Span,
    ties::{ClaimEntry, DayBounds, Ties, duration},
};

pub(super) struct Resolver<'b> {
    builder: &'b Builder,
    actors: &'b Actors,
    /// For each text that rows name: the actor with that id, and the reference.
    actor_named: Vec<Option<ActorIndex>>,
    reference_named: Vec<Option<ReferenceIndex>>,
    known: Vec<Option<Day>>,
    /// By relation of the vocabulary: whether it lasts.
    lasting: Vec<bool>,
    /// Whether no actor has a beginning or an end.
    are_timeless: bool,
}

/// What ties say, with the days that it allows them: relations that last and actors that end allow other days.
#[derive(Default)]
struct Resolved {
    /// Where actors have neither beginning nor end: by saying, for instants and for what lasts; from 1.
    timeless: Vec<[u32; 2]>,
    others: FxHashMap<(u32, bool, Window), u32>,
    all: Vec<(u32, Vec<Extent>)>,
    order: Vec<(i32, Day, Day)>,
}

/// The place of a tie in time: the year under which it is filed, then its first possible day, then its
/// last.
///
/// Ties of exact days come in the order of these days.
fn place_in_time<'e>(claims: impl Iterator<Item = (&'e Dating, &'e Extent)>) -> (i32, Day, Day) {
    let mut place: Option<(Day, Day, Day)> = None;
    for (dating, extent) in claims {
        let (first, last) = extent.hull();
        let begun = extent.bounds().iter().map(|bounds| begun(dating, extent, bounds)).min().unwrap_or(first);
        let known = place.unwrap_or((begun, first, last));
        place = Some((known.0.min(begun), known.1.min(first), known.2.max(last)));
    }
    let (begun, first, last) = place.unwrap_or((Day::MAX, Day::MIN, Day::MAX));
    (if begun.is_bounded() { begun.ymd().0 } else { i32::MAX }, first, last)
}

/// The day under which a reader would file bounds: the first that is written, the middle of an
/// approximate beginning, and for a beginning that nobody gives the day by which it is over, since
/// that may be unknown by centuries.
fn begun(dating: &Dating, extent: &Extent, bounds: &Bounds) -> Day {
    let written = dating.start().or(dating.when()).is_some_and(|date| date.span().0.is_bounded());
    if !written || !bounds.start_min.is_bounded() {
        return bounds.start_max;
    }
    if !extent.is_approximate() || !bounds.start_max.is_bounded() {
        return bounds.start_min;
    }
    Day::from_number(i32::midpoint(bounds.start_min.number(), bounds.start_max.number()))
}

/// How many bytes all texts begin with alike: `3` for `tie-1` and `tie2`.
fn shared_start<'t>(mut texts: impl Iterator<Item = &'t str>) -> usize {
    let first = texts.next().unwrap_or("").as_bytes();
    texts.fold(first.len(), |shared, text| {
        let is_alike = |(a, b): &(&u8, &u8)| a == b;
        first[..shared].iter().zip(text.as_bytes()).take_while(is_alike).count()
    })
}

impl<'b> Resolver<'b> {
    pub(super) fn of(builder: &'b Builder, actors: &'b Actors) -> Self {
        let mut actor_named = vec![None; builder.named.texts.len()];
        let mut reference_named = vec![None; builder.named.texts.len()];
        let merged = actors.merged.iter().map(|merged| (&*merged.id, merged.into));
        for (id, row) in merged.chain(actors.all().map(|row| (actors.id(row), row))) {
            if let Some(named) = builder.named.find(id) {
                actor_named[named as usize] = Some(row);
            }
        }
        for (at, (reference, _)) in builder.references.iter().enumerate() {
            if let Some(named) = builder.named.find(reference.id().as_str()) {
                reference_named[named as usize] = Some(ReferenceIndex::of(at));
            }
        }
        Self {
            builder,
            actors,
            actor_named,
            reference_named,
            known: builder.references.iter().map(|(reference, _)| reference.known_until()).collect(),
            lasting: builder.vocabulary.relations().map(|(_, relation)| relation.lasting).collect(),
            are_timeless: actors.all().all(|actor| actors.existence(actor) == Window::ALL),
        }
    }

    /// How many ties there are: those that are whole, with both ends and a relation.
    pub(super) fn tie_count(&self) -> usize {
        self.builder.ties.rows.iter().filter(|row| self.stands(row).is_some()).count()
    }

    /// Ends and relation of a row that is a tie.
    fn stands(&self, row: &Row) -> Option<(ActorIndex, ActorIndex, u16)> {
        self.ends(row).filter(|_| row.is_plain() || self.builder.ties.more(row).is_whole)
    }

    pub(super) fn ties(&self) -> Ties {
        let pending = &self.builder.ties;
        let mut resolved = Resolved::default();
        // The rows of ties whose ends and relation are there, each with what it says.
        let mut rows: Vec<(u32, u32)> = Vec::with_capacity(pending.rows.len());
        for (at, row) in (0..).zip(&pending.rows) {
            if let Some((source, target, relation)) = self.stands(row) {
                let exists = if self.are_timeless {
                    Window::ALL
                } else {
                    self.actors.common_existence(source, target)
                };
                rows.push((
                    at,
                    self.said(row.said, self.lasting[usize::from(relation)], exists, &mut resolved),
                ));
            }
        }
        let occurrences = self.sort(&mut rows, &resolved.order);
        self.columns(&rows, occurrences, &resolved)
    }

    fn ends(&self, row: &Row) -> Option<(ActorIndex, ActorIndex, u16)> {
        let actor = |named: u32| self.actor_named[named as usize];
        Some((actor(row.source)?, actor(row.target)?, self.builder.ties.relations[row.relation as usize]?))
    }

    /// The number of a saying with its days, which are worked out once.
    fn said(&self, said: u32, lasting: bool, exists: Window, resolved: &mut Resolved) -> u32 {
        let new = number(resolved.all.len());
        let known = if exists == Window::ALL {
            if resolved.timeless.len() <= said as usize {
                resolved.timeless.resize(said as usize + 1, [0; 2]);
            }
            let known = &mut resolved.timeless[said as usize][usize::from(lasting)];
            if *known == 0 {
                *known = new + 1;
            }
            *known - 1
        } else {
            *resolved.others.entry((said, lasting, exists)).or_insert(new)
        };
        if known == new {
            let claims = self.builder.ties.sayings.of(said);
            let datings = &self.builder.datings;
            let extents: Vec<Extent> = claims
                .iter()
                .map(|claim| {
                    let setting = Setting { exists, known_until: self.known_until(claim) };
                    datings.of(claim.dating).resolve(duration(lasting), &setting)
                })
                .collect();
            let dated = claims.iter().map(|claim| datings.of(claim.dating));
            resolved.order.push(place_in_time(dated.zip(&extents)));
            resolved.all.push((said, extents));
        }
        known
    }

    /// The newest day on which a reference of a claim was issued.
    fn known_until(&self, claim: &PendingClaim) -> Option<Day> {
        let reference = |cited: u32| self.reference_named[cited as usize];
        let list = self.builder.ties.sayings.cited(claim);
        let cited = list.iter().filter_map(|cite| reference(cite.reference));
        cited.filter_map(|reference| self.known[reference.at()]).max()
    }

    /// Sorts rows by time, then id, and numbers those of the same content that have no id, from 1.
    fn sort(&self, rows: &mut Vec<(u32, u32)>, order: &[(i32, Day, Day)]) -> Vec<u32> {
        let pending = &self.builder.ties;
        // Few sayings are sorted instead of many ties; those at one place in time share its number.
        let mut sayings: Vec<u32> = (0..number(order.len())).collect();
        sayings.sort_unstable_by_key(|said| order[*said as usize]);
        let mut rank = vec![0_u32; order.len()];
        for pair in sayings.windows(2) {
            let [before, after] = [pair[0], pair[1]].map(|said| said as usize);
            rank[after] = rank[before] + u32::from(order[before] != order[after]);
        }
        let are_made = !pending.rows.iter().any(Row::has_id);
        let skip = if pending.rows.iter().all(Row::has_id) { shared_start(pending.ids()) } else { 0 };
        let id = |row: &Row, occurrence: u32| {
            let given = if are_made { None } else { pending.id(row) };
            given.map_or_else(|| RowId::Content(row.content(), occurrence), RowId::Given)
        };
        // First by their place in time, of which there are few, then those of each by id.
        let place_count = sayings.last().map_or(0, |last| rank[*last as usize] as usize + 1);
        let mut starts = vec![0_usize; place_count + 1];
        for (_, said) in rows.iter() {
            starts[rank[*said as usize] as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut keys = vec![0_u128; rows.len()];
        let mut next = starts.clone();
        for (at, (row, said)) in (0_u32..).zip(rows.iter()) {
            let prefix = id(&pending.rows[*row as usize], 1).prefix(are_made, skip);
            let place = &mut next[rank[*said as usize] as usize];
            keys[*place] = u128::from(prefix) << 32 | u128::from(at);
            *place += 1;
        }
        for place in starts.windows(2) {
            keys[place[0]..place[1]].sort_unstable();
        }
        #[expect(clippy::cast_possible_truncation, reason = "the lowest 32 bits are the row")]
        let row_of = |key: &u128| rows[*key as u32 as usize];
        let mut sorted: Vec<(u32, u32)> = keys.iter().map(row_of).collect();
        let mut occurrences = Vec::new();
        let mut start = 0;
        let runs =
            starts.windows(2).flat_map(|place| keys[place[0]..place[1]].chunk_by(|a, b| a >> 32 == b >> 32));
        for run in runs {
            let place = start..start + run.len();
            start = place.end;
            if run.len() > 1 {
                let mut seen: FxHashMap<u128, u32> = FxHashMap::default();
                let mut ids: Vec<(RowId<'_>, (u32, u32))> = Vec::with_capacity(run.len());
                for (at, said) in &sorted[place.clone()] {
                    let row = &pending.rows[*at as usize];
                    let occurrence =
                        if row.has_id() { &mut 0 } else { seen.entry(row.content()).or_default() };
                    *occurrence += 1;
                    ids.push((id(row, *occurrence), (*at, *said)));
                }
                ids.sort_by(|(a, _), (b, _)| a.order(b));
                for (at, (id, row)) in place.zip(ids) {
                    sorted[at] = row;
                    if let RowId::Content(_, occurrence @ 2..) = id {
                        occurrences.resize(sorted.len(), 1);
                        occurrences[at] = occurrence;
                    }
                }
            }
        }
        *rows = sorted;
        occurrences
    }

    fn columns(&self, rows: &[(u32, u32)], occurrences: Vec<u32>, resolved: &Resolved) -> Ties {
        let pending = &self.builder.ties;
        let count = rows.len();
        let column = || Vec::with_capacity(count);
        let (mut sources, mut targets, mut relations, mut spans) =
            (column(), column(), Vec::with_capacity(count), Vec::<Span>::with_capacity(count));
        for (at, _) in rows {
            let row = &pending.rows[*at as usize];
            let (source, target, relation) = self.ends(row).expect("rows without ends were left out");
            sources.push(source);
            targets.push(target);
            relations.push(relation);
            spans.push(row.span);
        }
        let pending_row = |at: usize| &pending.rows[rows[at].0 as usize];
        let ids = if pending.rows.iter().any(Row::has_id) {
            Ids::of((0..count).map(|at| {
                let (row, occurrence) = (pending_row(at), occurrences.get(at).copied().unwrap_or(1));
                pending.id(row).map_or_else(|| RowId::Content(row.content(), occurrence), RowId::Given)
            }))
        } else {
            Ids::made((0..count).map(|at| pending_row(at).content()).collect(), occurrences)
        };
        let mut ties = Ties {
            ids,
            by_id: OnceLock::new(),
            sources: sources.into(),
            targets: targets.into(),
            relations: relations.into(),
            said: rows.iter().map(|(_, said)| *said).collect::<Vec<_>>().into(),
            sayings: self.sayings(resolved).into(),
            spans: spans.into(),
            ..Ties::default()
        };
        if !pending.more.is_empty() {
            self.rest(rows, &mut ties);
        }
        if !self.actors.merged.is_empty() {
            ties.written = self.written(rows);
        }
        ties
    }

    /// What ties call actors that were merged into others, where one of their ends is such.
    fn written(&self, rows: &[(u32, u32)]) -> Written {
        let is_merged = |id: &str| self.actors.merged.binary_search_by(|merged| (*merged.id).cmp(id)).is_ok();
        let named = &self.builder.named.texts;
        let mut written = Writing::default();
        for (tie, (at, _)) in (0..).zip(rows) {
            let row = &self.builder.ties.rows[*at as usize];
            let ends = [row.source, row.target].map(|end| &*named[end as usize]);
            if ends.into_iter().any(is_merged) {
                written.push(tie, ends);
            }
        }
        written.into()
    }

    /// The columns of what few ties have.
    fn rest(&self, rows: &[(u32, u32)], ties: &mut Ties) {
        let pending = &self.builder.ties;
        let actor = |named: Option<u32>| {
            ActorIndex::or_nobody(named.and_then(|named| self.actor_named[named as usize]))
        };
        let more = || rows.iter().map(|(at, _)| pending.more(&pending.rows[*at as usize]));
        if more().any(|more| more.event.is_some()) {
            let mut events: FxHashMap<u32, u32> = FxHashMap::default();
            let happening = |(more, at): (&super::pending::More, u32)| match more.event {
                Some(event) => *events.entry(event).or_insert(at),
                None => at,
            };
            ties.happenings = more().zip(0..).map(happening).collect::<Vec<_>>().into();
            ties.events = more().map(|more| actor(more.event)).collect::<Vec<_>>().into();
        }
        if more().any(|more| more.source_for.is_some() || more.target_for.is_some()) {
            ties.source_for = more().map(|more| actor(more.source_for)).collect::<Vec<_>>().into();
            ties.target_for = more().map(|more| actor(more.target_for)).collect::<Vec<_>>().into();
        }
        if more().any(|more| more.count != 1) {
            ties.counts = more().map(|more| more.count).collect::<Vec<_>>().into();
        }
    }

    fn sayings(&self, resolved: &Resolved) -> Said {
        let claims_of = |said: u32| self.builder.ties.sayings.of(said);
        let said = || resolved.all.iter().flat_map(|(said, extents)| claims_of(*said).iter().zip(extents));
        let entry = |(claim, extent): (&PendingClaim, &Extent)| ClaimEntry {
            status: claim.status,
            reading: extent.reading(),
            approximate: extent.is_approximate(),
        };
        let entries =
            |(said, extents): &(u32, Vec<Extent>)| claims_of(*said).iter().zip(extents).map(entry).collect();
        Said {
            claims: resolved.all.iter().map(entries).collect(),
            bounds: said()
                .map(|(_, extent)| {
                    let doubtful = |at| extent.is_doubtful(at);
                    extent.bounds().iter().enumerate().map(|(at, bounds)| (*bounds, doubtful(at))).collect()
                })
                .collect::<Lists<DayBounds>>(),
            references: said()
                .map(|(claim, _)| {
                    let reference = |cited: u32| self.reference_named[cited as usize];
                    let list = self.builder.ties.sayings.cited(claim);
                    let mut cited: Vec<ReferenceIndex> =
                        list.iter().filter_map(|cite| reference(cite.reference)).collect();
                    cited.sort_unstable();
                    cited.dedup();
                    cited
                })
                .collect(),
            places: (resolved.order.iter())
                .map(|(year, first, last)| [*year, first.number(), last.number()])
                .collect::<Vec<_>>()
                .into(),
        }
    }
}
