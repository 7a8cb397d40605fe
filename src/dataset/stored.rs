//! A dataset in a file of columns, and back: what is read is what was written, and only what is asked for is read.
//!
//! `docs/archive-format.md` names each column. What is small, or of no fixed form, stands as JSON in one of them.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use twox_hash::XxHash3_128;

use crate::{
    date::Day,
    model::{Citation, Coverage, Reference, Relation, Vocabulary, record::CitationRecord},
};

use super::{
    Dataset,
    actors::Actors,
    bare::Written,
    bare_columns::{BarePlaces, contents},
    blocks::{Blocks, Columns},
    column::{Column, Texts},
    dyads::Dyads,
    file_text::{FileText, StoredTexts, feeds_of},
    fold, gazetteer,
    index::ActorIndex,
    keys::Keys,
    lists::Lists,
    lookup,
    placed::Placed,
    row_id::Ids,
    same::Merged,
    sayings::{SayingColumns, Sayings},
    shortened::{self, ActorPlaces, Shortened, unless_all},
    source_file::{Origin, Rows, SourceFile},
    ties::{Summary, Ties},
};

/// What stands as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest<'r> {
    hash: String,
    newest_day: Option<i32>,
    summary: Summary,
    warning_count: usize,
    #[serde(borrow)]
    relations: Vec<Cow<'r, RawValue>>,
    #[serde(borrow)]
    files: Vec<FileRest<'r>>,
    #[serde(borrow)]
    references: Vec<(Cow<'r, RawValue>, [u64; 3])>,
    merged: Vec<MergedRest>,
    aliases: BTreeMap<String, String>,
    notes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRest<'r> {
    name: String,
    bytes: u64,
    is_native: bool,
    title: Option<String>,
    license: Option<String>,
    #[serde(borrow)]
    cites: Cow<'r, RawValue>,
    #[serde(borrow)]
    coverage: Cow<'r, RawValue>,
    #[serde(borrow)]
    retracted: Vec<Cow<'r, RawValue>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MergedRest {
    id: String,
    into: u32,
    why: Option<String>,
    record: [u64; 3],
    said: [u64; 3],
}

/// What made a file of columns: the program with its data, of which names and relations in the columns are.
pub fn made_by() -> String {
    let shipped = [Vocabulary::SHIPPED, gazetteer::TEXT, fold::SIMPLIFIED];
    let hashes = shipped.map(|text| format!("{:08x}", XxHash3_128::oneshot(text.as_bytes()) >> 96));
    format!("chancery {} with {}", env!("CARGO_PKG_VERSION"), hashes.join("-"))
}

fn flat(origin: Origin) -> [u64; 3] {
    [u64::from(origin.file), origin.start, origin.end]
}

fn origin([file, start, end]: [u64; 3]) -> Option<Origin> {
    Some(Origin { file: u32::try_from(file).ok()?, start, end })
}

fn raw(value: &impl Serialize) -> Cow<'static, RawValue> {
    Cow::Owned(serde_json::value::to_raw_value(value).expect("it has string keys"))
}

impl<'r> Rest<'r> {
    fn of(dataset: &'r Dataset, placed: &'r Placed, warning_count: usize) -> Self {
        let shipped = Vocabulary::shipped();
        let own = dataset.vocabulary.relations();
        let own = own.filter(|(_, relation)| {
            shipped.find(relation.id.as_str()).is_none_or(|number| shipped.relation(number) != *relation)
        });
        let file = |file: &'r SourceFile| FileRest {
            name: file.name.to_string(),
            bytes: file.text.len() as u64,
            is_native: file.rows.is_none(),
            title: file.title.clone(),
            license: file.license.clone(),
            cites: raw(&file.cites),
            coverage: raw(&file.coverage),
            retracted: file.retracted.iter().map(|record| Cow::Borrowed(&**record)).collect(),
        };
        let merged = |(merged, [record, said]): (&Merged, &[Origin; 2])| MergedRest {
            id: merged.id.to_string(),
            into: merged.into.0,
            why: merged.why.clone(),
            record: flat(*record),
            said: flat(*said),
        };
        let references = dataset.references.iter().zip(&placed.references);
        Self {
            hash: format!("{:032x}", dataset.hash),
            newest_day: dataset.newest_day().map(Day::number),
            summary: dataset.ties.summary().clone(),
            warning_count,
            relations: own.map(|(_, relation)| raw(relation)).collect(),
            files: placed.files.iter().map(file).collect(),
            references: references.map(|((reference, _), at)| (raw(reference.item()), flat(*at))).collect(),
            merged: dataset.actors.merged.iter().zip(&placed.merged).map(merged).collect(),
            aliases: dataset.aliases.iter().map(|(code, id)| (code.to_string(), id.to_string())).collect(),
            notes: dataset.notes.clone(),
        }
    }
}

/// The existence of an actor that has neither beginning nor end.
const ALWAYS: [i32; 2] = [i32::MIN, i32::MAX];
const FOLDED: [&str; 4] = ["names.folded", "names.folded.ends", "names.folded.offsets", "names.folded.rows"];
const CODES: [&str; 4] = ["codes.keys", "codes.keys.ends", "codes.keys.offsets", "codes.keys.rows"];

impl Dataset {
    /// Gives the bytes of a file of columns that has all of the dataset to `write`, in pieces.
    ///
    /// # Complexity
    /// Time O(n + N log N), for n bytes and N names; space O(s + N) beside the dataset, for s sayings.
    pub fn store<R>(&self, of: String, warning_count: usize, write: impl FnOnce(&[&[u8]]) -> R) -> R {
        self.store_placed(&self.places(), of, warning_count, write)
    }

    /// The same with records at other places.
    pub(crate) fn store_placed<R>(
        &self,
        placed: &Placed,
        of: String,
        warning_count: usize,
        write: impl FnOnce(&[&[u8]]) -> R,
    ) -> R {
        let Self { actors, ties, dyads, .. } = self;
        let rest = serde_json::to_vec(&Rest::of(self, placed, warning_count)).expect("it has string keys");
        let sayings = SayingColumns::of(&ties.sayings);
        let texts: Vec<&[u8]> = placed.files.iter().map(|file| file.text.as_bytes()).collect();
        let feeds = feeds_of(&texts);
        let index = self.index();
        let has_contents = !ties.ids.are_given() && self.aliases.is_empty();
        let known = ties.bare.as_deref().filter(|_| has_contents && placed.ties.is_none());
        let spans = || placed.ties.as_deref().unwrap_or_else(|| ties.spans.whole());
        let of_spans = || BarePlaces::of(spans().iter().map(|span| Origin::from(*span)));
        let made = if known.is_none() && has_contents { of_spans() } else { None };
        let bare = known.or(made.as_ref());
        let shortened = Shortened::of(ties, bare);
        let actor_places = ActorPlaces::of(&placed.actors);
        let mut columns = Columns::default();
        columns.push("rest", &rest);
        columns.pieces("text", texts);
        columns.push("text.feeds", &feeds);

        columns.texts(["actors.ids", "actors.ids.ends"], &actors.ids);
        columns.push("actors.kinds", actors.kinds.whole());
        columns.push("actors.existence", unless_all(actors.existence.whole(), ALWAYS));
        columns.push("actors.same_day", unless_all(actors.same_day.whole(), 0));
        columns.push("actors.organ_of", actors.organ_of.whole());
        columns.push("actors.citizen_of", actors.citizen_of.whole());
        actor_places.store(&placed.actors, &mut columns);
        columns.lists_if_any(["actors.names.offsets", "actors.names"], &actors.names);
        columns.lists_if_any(["actors.codes.offsets", "actors.codes"], &actors.codes);
        columns.texts(["names", "names.ends"], &actors.name_texts);
        columns.texts(["langs", "langs.ends"], &actors.langs);
        columns.texts(["codes", "codes.ends"], &actors.code_texts);
        index.folded.store(FOLDED, &mut columns);
        index.codes.store(CODES, &mut columns);

        ties.ids.store(&mut columns, bare.is_some());
        if ties.ids.are_given() {
            columns.push("ties.by_id", ties.by_id().whole());
        }
        shortened.store(ties, bare, &mut columns);
        columns.push("ties.happenings", ties.happenings.whole());
        columns.push("ties.events", ties.events.whole());
        columns.push("ties.source_for", ties.source_for.whole());
        columns.push("ties.target_for", ties.target_for.whole());
        columns.push("ties.counts", ties.counts.whole());
        columns.push("ties.spans", if bare.is_some() { &[] } else { spans() });
        BarePlaces::store(bare, &mut columns);
        columns.push("written.ties", ties.written.ties.whole());
        columns.texts(["written", "written.ends"], &ties.written.ends);
        sayings.store(&mut columns);
        dyads.store(&mut columns);
        columns.push("agencies", self.agencies().whole());
        columns.write(of, write)
    }

    /// The dataset of a file of columns, and how many warnings it was made with; `rows` makes records of the rows of
    /// files that are not native. `None` when something is missing or does not fit.
    ///
    /// # Complexity
    /// Time and space O(f + r), for f files and r references: rows are read when they are asked for.
    pub fn stored(blocks: &Arc<Blocks>, rows: &Arc<dyn Rows>) -> Option<(Self, usize)> {
        let whole: Column<u8> = Column::stored(blocks, "rest")?;
        let rest: Rest<'_> = serde_json::from_slice(whole.whole()).ok()?;
        let mut vocabulary = Vocabulary::shipped();
        for relation in &rest.relations {
            vocabulary.extend(serde_json::from_str::<Relation>(relation.get()).ok()?)?;
        }
        let files = files(&rest, blocks, rows)?;
        let references = rest.references.iter().map(|(item, at)| {
            let item = serde_json::from_str(item.get()).ok()?;
            Some((Reference::from_item(item).ok()?, origin(*at)?))
        });
        let references = references.collect::<Option<Vec<_>>>()?;
        let mut ties = ties(blocks, rest.summary)?;
        let merged = rest.merged.into_iter().map(|merged| {
            let into = ActorIndex(merged.into);
            let (record, said) = (origin(merged.record)?, origin(merged.said)?);
            Some(Merged { id: merged.id.into(), into, why: merged.why, record, said })
        });
        let actors = actors(blocks, merged.collect::<Option<_>>()?)?;
        if ties.bare.is_some() {
            let contents = contents(&ties, &actors.ids, &vocabulary, &files);
            ties.ids = std::mem::take(&mut ties.ids).with_contents(contents);
        }
        let dyads = Dyads::stored(blocks)?;
        let folded = Keys::stored(blocks, FOLDED)?;
        let aliases = rest.aliases.into_iter().map(|(code, id)| Some((code.into(), id.parse().ok()?)));
        let dataset = Self {
            vocabulary,
            files,
            references,
            hash: u128::from_str_radix(&rest.hash, 16).ok()?,
            actors,
            ties,
            dyads,
            lookup: OnceLock::from(lookup::Index::of(folded, Keys::stored(blocks, CODES)?)),
            agencies: OnceLock::from(Column::stored(blocks, "agencies")?),
            aliases: aliases.collect::<Option<_>>()?,
            notes: rest.notes,
            newest_day: OnceLock::from(rest.newest_day.map(Day::from_number)),
            blocks: Some(blocks.clone()),
        };
        Some((dataset, rest.warning_count))
    }
}

fn files(rest: &Rest<'_>, blocks: &Arc<Blocks>, rows: &Arc<dyn Rows>) -> Option<Vec<SourceFile>> {
    let texts =
        StoredTexts { bytes: Column::stored(blocks, "text")?, feeds: Column::stored(blocks, "text.feeds")? };
    let mut start = 0_usize;
    let file = |file: &FileRest<'_>| {
        let end =
            start.checked_add(usize::try_from(file.bytes).ok()?).filter(|end| *end <= texts.bytes.len())?;
        let text = FileText::stored(texts.clone(), start..end);
        start = end;
        let records: Vec<CitationRecord<'_>> = serde_json::from_str(file.cites.get()).ok()?;
        let mut faults = Vec::new();
        let cites: Option<Vec<Citation>> =
            records.iter().map(|record| Citation::from_record(record, &[], &mut faults)).collect();
        let mut errors = Vec::new();
        let coverage = Coverage::read(&file.coverage, &mut faults, &mut errors);
        Some(SourceFile {
            name: file.name.as_str().into(),
            text,
            cites: cites?,
            title: file.title.clone(),
            license: file.license.clone(),
            coverage,
            rows: (!file.is_native).then(|| rows.clone()),
            retracted: file.retracted.iter().map(|record| record.clone().into_owned()).collect(),
        })
    };
    rest.files.iter().map(file).collect()
}

fn actors(blocks: &Arc<Blocks>, merged: Vec<Merged>) -> Option<Actors> {
    let ids = Texts::stored(blocks, "actors.ids", "actors.ids.ends")?;
    let count = ids.len();
    let actors = Actors {
        ids,
        kinds: Column::stored(blocks, "actors.kinds")?,
        names: Lists::stored_if_any(blocks, ["actors.names.offsets", "actors.names"], count)?,
        name_texts: Texts::stored(blocks, "names", "names.ends")?,
        langs: Texts::stored(blocks, "langs", "langs.ends")?,
        codes: Lists::stored_if_any(blocks, ["actors.codes.offsets", "actors.codes"], count)?,
        code_texts: Texts::stored(blocks, "codes", "codes.ends")?,
        existence: Column::stored_or(blocks, "actors.existence", (ALWAYS, count))?,
        same_day: Column::stored_or(blocks, "actors.same_day", (0, count))?,
        organ_of: Column::stored(blocks, "actors.organ_of")?,
        citizen_of: Column::stored(blocks, "actors.citizen_of")?,
        origins: shortened::actor_spans(blocks)?,
        merged,
    };
    let lengths = [actors.kinds.len(), actors.existence.len(), actors.same_day.len(), actors.origins.len()];
    let is_whole = |length: usize| length == count || length == 0;
    (lengths.iter().all(|length| *length == count)
        && is_whole(actors.organ_of.len())
        && is_whole(actors.citizen_of.len()))
    .then_some(actors)
}

/// The ties of a file; where they are all bare, without contents.
fn ties(blocks: &Arc<Blocks>, summary: Summary) -> Option<Ties> {
    let bare = Some(BarePlaces::stored(blocks)?).filter(|places| !places.is_empty()).map(Arc::new);
    let by_id = Column::stored(blocks, "ties.by_id");
    let [sources, targets] = shortened::ends(blocks)?;
    let count = sources.len();
    let ties = Ties {
        ids: Ids::stored(blocks)?,
        by_id: by_id.map_or_else(OnceLock::new, OnceLock::from),
        sources,
        targets,
        relations: shortened::relations(blocks)?,
        said: shortened::said(blocks, count)?,
        sayings: Sayings::stored(blocks)?,
        happenings: Column::stored(blocks, "ties.happenings")?,
        events: Column::stored(blocks, "ties.events")?,
        source_for: Column::stored(blocks, "ties.source_for")?,
        target_for: Column::stored(blocks, "ties.target_for")?,
        counts: Column::stored(blocks, "ties.counts")?,
        spans: match &bare {
            Some(places) => places.spans(),
            None => Column::stored(blocks, "ties.spans")?,
        },
        bare,
        written: Written {
            ties: Column::stored(blocks, "written.ties")?,
            ends: Texts::stored(blocks, "written", "written.ends")?,
        },
        summary: OnceLock::from(summary),
    };
    let whole = [ties.targets.len(), ties.relations.len(), ties.said.len(), ties.spans.len()];
    let rare = [
        ties.happenings.len(),
        ties.events.len(),
        ties.source_for.len(),
        ties.target_for.len(),
        ties.counts.len(),
    ];
    let fits =
        whole.iter().all(|length| *length == count) && rare.iter().all(|length| [0, count].contains(length));
    fits.then_some(ties)
}
