//! Makes the columns of ties: which rows the ends are, which days each claim allows, and the order in
//! time.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::date::{Bounds, Dating, Day, Extent, Setting, Window};

use super::{
    actors::Actors,
    bare::{Writing, Written},
    bare_columns::BarePlaces,
    builder::Builder,
    column::{Column, number},
    index::{ActorIndex, ReferenceIndex},
    pending::{PendingClaim, Row},
    row_id::{Ids, RowId, prefix_of_made},
    sayings::Said,
    ties::{ClaimEntry, DayBounds, Ties, duration},
};

pub(super) struct Resolver<'b> {
    builder: &'b Builder,
    actors: &'b Actors,
    /// For each text that rows name: the actor with that id, and the reference.
    /// Nobody where a name is no actor's.
    actor_named: Vec<ActorIndex>,
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

/// A tie on its way to its row.
#[derive(Clone, Copy, Default)]
struct Placed<P> {
    prefix: P,
    /// Its number among those that came.
    at: u32,
    said: u32,
    source: ActorIndex,
    target: ActorIndex,
    relation: u16,
}

/// What a tie says that does not stand.
const NOTHING: u32 = u32::MAX;

impl Resolved {
    /// Numbers the sayings in order of time: few sayings are sorted instead of many ties. Gives the new number of each.
    fn sort(&mut self) -> Vec<u32> {
        let mut sayings: Vec<usize> = (0..self.order.len()).collect();
        sayings.sort_by_key(|said| self.order[*said]);
        let mut numbers = vec![0; sayings.len()];
        for (number, said) in (0..).zip(&sayings) {
            numbers[*said] = number;
        }
        self.order = sayings.iter().map(|said| self.order[*said]).collect();
        self.all = sayings.iter().map(|said| std::mem::take(&mut self.all[*said])).collect();
        numbers
    }

    /// By saying the number of its place in time among those that there are, and how many there are.
    fn places(&self) -> (Vec<u32>, usize) {
        let mut count = 0;
        let alike = self.order.chunk_by(|a, b| a == b);
        let places = alike.flat_map(|alike| {
            count += 1;
            std::iter::repeat_n(count - 1, alike.len())
        });
        (places.collect(), count as usize)
    }
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

/// Parts of rows, each of which may be shorter than its room, one behind another; and where each begins and the last ends.
fn close_up<T: Copy>(rows: &[T], starts: &[usize], ends: &[usize]) -> (Vec<T>, Vec<usize>) {
    let (mut closed, mut bounds) = (Vec::with_capacity(rows.len()), vec![0]);
    for (start, end) in starts.iter().zip(ends) {
        closed.extend_from_slice(&rows[*start..*end]);
        bounds.push(closed.len());
    }
    (closed, bounds)
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
    /// What finds rows of actors and references by what ties call them; actors come with the numbers of their ids.
    pub(super) fn of(builder: &'b Builder, actors: &'b Actors, named: &[u32]) -> Self {
        let mut actor_named = vec![ActorIndex::or_nobody(None); builder.named.len()];
        let mut reference_named = vec![None; builder.named.len()];
        for merged in &actors.merged {
            if let Some(named) = builder.named.find(&merged.id) {
                actor_named[named as usize] = merged.into;
            }
        }
        for (row, named) in actors.all().zip(named) {
            actor_named[*named as usize] = row;
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
        self.builder.ties.rows().filter(|(_, row)| self.stands(row).is_some()).count()
    }

    /// Ends and relation of a row that is a tie.
    fn stands(&self, row: &Row) -> Option<(ActorIndex, ActorIndex, u16)> {
        self.ends(row).filter(|_| row.is_plain() || self.builder.ties.more(row).is_whole)
    }

    pub(super) fn ties(&self) -> Ties {
        let pending = &self.builder.ties;
        let mut resolved = Resolved::default();
        let said = |(_, row): (u32, Row)| {
            if self.are_timeless && row.is_plain() {
                // Its ends are looked up when it comes to its place, and there it is left out if it has none.
                let relation = self.builder.ties.relations[row.relation as usize];
                let lasting = relation.map(|relation| self.lasting[usize::from(relation)]);
                return lasting
                    .map_or(NOTHING, |lasting| self.said(row.said, lasting, Window::ALL, &mut resolved));
            }
            let Some((source, target, relation)) = self.stands(&row) else { return NOTHING };
            let exists =
                if self.are_timeless { Window::ALL } else { self.actors.common_existence(source, target) };
            self.said(row.said, self.lasting[usize::from(relation)], exists, &mut resolved)
        };
        let mut said: Vec<u32> = pending.rows().map(said).collect();
        let numbers = resolved.sort();
        for said in said.iter_mut().filter(|said| **said != NOTHING) {
            *said = numbers[*said as usize];
        }
        if pending.ids().next().is_none() {
            // Ids are all made, and sort as the first bits of contents do.
            return self.sorted(said, &resolved, |at, _| pending.first_of_content(at));
        }
        let are_given = pending.ids().count() == pending.count() as usize;
        let skip = if are_given { shared_start(pending.ids()) } else { 0 };
        self.sorted(said, &resolved, |at, row| match pending.id(row) {
            Some(id) => RowId::Given(id).prefix(skip),
            None => prefix_of_made(pending.first_of_content(at)),
        })
    }

    fn ends(&self, row: &Row) -> Option<(ActorIndex, ActorIndex, u16)> {
        let actor = |named: u32| self.actor_named[named as usize].known();
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

    /// The ties in order of time, then id, of which the prefix sorts as it does.
    fn sorted<P: Ord + Copy + Default>(
        &self,
        said: Vec<u32>,
        resolved: &Resolved,
        prefix: impl Fn(u32, &Row) -> P,
    ) -> Ties {
        let (places, place_count) = resolved.places();
        let place = |said: u32| places[said as usize] as usize;
        // First by their place in time, of which there are few, then those of each by id. Each is moved there with all
        // that columns need of it, so that millions are looked at one behind another.
        let mut starts = vec![0_usize; place_count + 1];
        for said in said.iter().filter(|said| **said != NOTHING) {
            starts[place(*said) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut rows = vec![Placed::default(); starts.last().copied().unwrap_or(0)];
        let mut next = starts[..place_count].to_vec();
        for ((at, row), said) in self.builder.ties.rows().zip(&said) {
            let Some((source, target, relation)) = self.ends(&row).filter(|_| *said != NOTHING) else {
                continue;
            };
            let next = &mut next[place(*said)];
            rows[*next] = Placed { prefix: prefix(at, &row), at, said: *said, source, target, relation };
            *next += 1;
        }
        drop(said);
        if next.iter().ne(&starts[1..]) {
            (rows, starts) = close_up(&rows, &starts, &next);
        }
        let mut again = Vec::new();
        for bounds in starts.windows(2) {
            let here = &mut rows[bounds[0]..bounds[1]];
            here.sort_unstable_by_key(|row| (row.prefix, row.at));
            let mut start = bounds[0];
            for alike in here.chunk_by_mut(|a, b| a.prefix == b.prefix) {
                if alike.len() > 1 {
                    let here = self.sort_by_id(alike).into_iter();
                    again.extend(here.map(|(at, occurrence)| (number(start + at), occurrence)));
                }
                start += alike.len();
            }
        }
        self.columns(rows, again, resolved)
    }

    /// Sorts ties of one day whose ids begin alike, and numbers those of the same content that have no id, from 1; gives
    /// those that are not the first.
    fn sort_by_id<P: Copy>(&self, rows: &mut [Placed<P>]) -> Vec<(usize, u32)> {
        let pending = &self.builder.ties;
        let contents = self.builder.bare_contents();
        let mut seen: FxHashMap<u128, u32> = FxHashMap::default();
        let id = |placed: &Placed<P>| {
            if let Some(id) = pending.id(&pending.row(placed.at)) {
                return (RowId::Given(id), *placed);
            }
            let content = contents.of_tie(placed.at);
            let occurrence = seen.entry(content).or_default();
            *occurrence += 1;
            (RowId::Content(content, *occurrence), *placed)
        };
        let mut ids: Vec<(RowId<'_>, Placed<P>)> = rows.iter().map(id).collect();
        ids.sort_by(|(a, _), (b, _)| a.order(b));
        for (row, (_, placed)) in rows.iter_mut().zip(&ids) {
            *row = *placed;
        }
        let again = |(at, (id, _)): (usize, &(RowId<'_>, _))| match id {
            RowId::Content(_, occurrence @ 2..) => Some((at, *occurrence)),
            _ => None,
        };
        ids.iter().enumerate().filter_map(again).collect()
    }

    fn columns<P>(&self, sorted: Vec<Placed<P>>, again: Vec<(u32, u32)>, resolved: &Resolved) -> Ties {
        let pending = &self.builder.ties;
        let rows: Vec<u32> = sorted.iter().map(|row| row.at).collect();
        let mut ties = Ties {
            sources: Column::shared(sorted.iter().map(|row| row.source).collect()),
            targets: Column::shared(sorted.iter().map(|row| row.target).collect()),
            relations: Column::shared(sorted.iter().map(|row| row.relation).collect()),
            said: Column::shared(sorted.iter().map(|row| row.said).collect()),
            sayings: self.sayings(resolved).into(),
            ..Ties::default()
        };
        drop(sorted);
        let contents = self.builder.bare_contents();
        let bare = pending.are_bare().then(|| BarePlaces::of(pending.bare.origins())).flatten();
        let bare = bare.map(|places| Arc::new(places.of_rows(rows.iter().map(|at| *at as usize))));
        ties.ids = if pending.ids().next().is_some() {
            Ids::of(rows.iter().enumerate().map(|(tie, at)| {
                let row = pending.row(*at);
                let which = || again.binary_search_by_key(&number(tie), |(tie, _)| *tie);
                let made = || RowId::Content(contents.of_tie(*at), which().map_or(1, |at| again[at].1));
                pending.id(&row).map_or_else(made, RowId::Given)
            }))
        } else if bare.is_some() {
            // Contents of bare ties are made when they are asked for.
            Ids::made(Column::default(), again)
        } else {
            Ids::made(rows.iter().map(|at| contents.of_tie(*at)).collect::<Vec<_>>().into(), again)
        };
        ties.spans = match &bare {
            Some(places) => places.spans(),
            None => rows.iter().map(|at| pending.span(*at)).collect::<Vec<_>>().into(),
        };
        ties.bare = bare;
        if !pending.more.is_empty() {
            self.rest(&rows, &mut ties);
        }
        if !self.actors.merged.is_empty() {
            ties.written = self.written(&rows);
        }
        ties
    }

    /// What ties call actors that were merged into others, where one of their ends is such.
    fn written(&self, rows: &[u32]) -> Written {
        let is_merged = |id: &str| self.actors.merged.binary_search_by(|merged| (*merged.id).cmp(id)).is_ok();
        let named = &self.builder.named;
        let mut written = Writing::default();
        for (tie, at) in (0..).zip(rows) {
            let row = self.builder.ties.row(*at);
            let ends = [row.source, row.target].map(|end| named.text(end));
            if ends.into_iter().any(is_merged) {
                written.push(tie, ends);
            }
        }
        written.into()
    }

    /// The columns of what few ties have.
    fn rest(&self, rows: &[u32], ties: &mut Ties) {
        let pending = &self.builder.ties;
        let actor = |named: Option<u32>| {
            named.map_or(ActorIndex::or_nobody(None), |named| self.actor_named[named as usize])
        };
        let more = || rows.iter().map(|at| pending.more(&pending.row(*at)));
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
        let entries = |(said, extents): &(u32, Vec<Extent>)| -> Vec<ClaimEntry> {
            claims_of(*said).iter().zip(extents).map(entry).collect()
        };
        Said {
            claims: resolved.all.iter().map(entries).collect(),
            bounds: said()
                .map(|(_, extent)| -> Vec<DayBounds> {
                    let bounds = extent.bounds().iter().enumerate();
                    bounds.map(|(at, bounds)| (*bounds, extent.is_doubtful(at))).collect()
                })
                .collect(),
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
