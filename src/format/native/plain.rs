//! Reads the ties of a native file that say what most say: ends, relation, one date, and where it is written.
//!
//! This is the short way of a file of a million ties, whose texts are looked up and hashed once. It takes a record
//! whole or not at all: what it does not expect, or what could be wrong, it leaves to the [`Reader`](super::Reader), which
//! reads it the same and says what is wrong and where. Nothing is pushed before the whole file is known to be JSON.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::{
    dataset::{
        ActorNumber, CitesNumber, DatingNumber, FieldKey, Origin, PlainCites, PlainRow, RelationNumber, Sink,
        TextMap, field_hash, hash_of_fields,
    },
    date::{Dating, Status},
    format::flat_json::{Flat, Scalar},
    model::{Citation, ReferenceId, RelationId, check_id},
};

/// How many references a tie may cite here.
const MOST: usize = 3;

/// A tie as it waits for the whole file to be read.
struct Row {
    start: usize,
    length: u32,
    /// Where its id stands, from its start; no length for none.
    id: (u32, u32),
    source: u32,
    target: u32,
    relation: u32,
    date: u32,
    cites: u32,
    status: Status,
    /// The two halves of the sum of its fields; as one number they would make the row longer.
    content: [u64; 2],
}

/// Texts that ties share, each with its place in a list; nothing for those that are not what they should be.
type Known<'t> = TextMap<&'t str, Option<u32>>;

/// The plain ties of one file, and what they share.
pub(super) struct PlainTies<'t> {
    keys: Keys,
    rows: Vec<Row>,
    /// The ids of actors, with what each adds to the content of a tie at either end.
    ends: Vec<(&'t str, [u128; 2])>,
    end_of: Known<'t>,
    relations: Vec<(&'t str, u128)>,
    relation_of: Known<'t>,
    /// The first is that of ties without a date.
    dates: Vec<(Dating, u128)>,
    date_of: Known<'t>,
    /// The references, with what each adds to the content of its citation.
    references: Vec<(ReferenceId, u128)>,
    reference_of: Known<'t>,
    /// Lists of references, each from 1, and 0 for none; the first is that of ties that cite nothing.
    cites: Vec<[u32; MOST]>,
    cites_of: FxHashMap<[u32; MOST], u32>,
}

/// The keys of a tie whose values hardly repeat.
struct Keys {
    id: FieldKey,
    cites: FieldKey,
    reference: FieldKey,
    locator: FieldKey,
    note: FieldKey,
}

impl Default for PlainTies<'_> {
    fn default() -> Self {
        let keys = Keys {
            id: FieldKey::new("id"),
            cites: FieldKey::new("cites"),
            reference: FieldKey::new("ref"),
            locator: FieldKey::new("locator"),
            note: FieldKey::new("note"),
        };
        Self {
            keys,
            rows: Vec::new(),
            ends: Vec::new(),
            end_of: Known::default(),
            relations: Vec::new(),
            relation_of: Known::default(),
            dates: vec![(Dating::default(), 0)],
            date_of: Known::default(),
            references: Vec::new(),
            reference_of: Known::default(),
            cites: vec![[0; MOST]],
            cites_of: FxHashMap::from_iter([([0; MOST], 0)]),
        }
    }
}

/// What a record says, before its texts are looked up.
#[derive(Default)]
struct Fields<'t> {
    id: Option<&'t str>,
    source: Option<&'t str>,
    target: Option<&'t str>,
    relation: Option<&'t str>,
    when: Option<&'t str>,
    status: Status,
    /// The references, each with its locator.
    cites: [(&'t str, Option<Cow<'t, str>>); MOST],
    cite_count: usize,
    note: Option<Cow<'t, str>>,
}

/// Looks a text up, and adds it if it is what it should be.
fn place<'t, T>(
    known: &mut Known<'t>,
    list: &mut Vec<T>,
    text: &'t str,
    make: impl FnOnce() -> Option<T>,
) -> Option<u32> {
    known.get_or_insert_with(text, || {
        list.push(make()?);
        u32::try_from(list.len() - 1).ok()
    })
}

impl<'t> PlainTies<'t> {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Reads the record that comes next, if it is one that is read here; else the place in the text is of no use.
    pub(super) fn read(&mut self, flat: &mut Flat<'t>) -> Option<()> {
        let start = flat.start();
        let fields = Fields::read(flat)?;
        let raw = flat.since(start);
        let id = match fields.id {
            Some(id) if check_id(id).is_err() || may_be_made(id) => return None,
            Some(id) => Origin::of(0, raw, id),
            None => Origin::default(),
        };
        let mut end = |text| {
            place(&mut self.end_of, &mut self.ends, text, || {
                check_id(text).ok()?;
                Some((text, [field_hash("source", &text), field_hash("target", &text)]))
            })
        };
        let (source, target) = (end(fields.source?)?, end(fields.target?)?);
        let relation = fields.relation?;
        let relation = place(&mut self.relation_of, &mut self.relations, relation, || {
            relation.parse::<RelationId>().ok()?;
            Some((relation, field_hash("relation", &relation)))
        })?;
        let date = fields.when.map_or(Some(0), |text| {
            place(&mut self.date_of, &mut self.dates, text, || {
                Some((
                    Dating::new(Some(text.parse().ok()?), None, None, None).ok()?,
                    field_hash("when", &text),
                ))
            })
        })?;
        let (mut cites, mut contents) = ([0; MOST], [0; MOST]);
        let count = fields.cite_count;
        for (at, (text, locator)) in fields.cites[..count].iter().enumerate() {
            let reference = place(&mut self.reference_of, &mut self.references, text, || {
                Some((text.parse().ok()?, self.keys.reference.text(text)))
            })?;
            cites[at] = reference + 1;
            let locator = locator.as_ref().map_or(0, |text| self.keys.locator.text(text));
            contents[at] = hash_of_fields(self.references[reference as usize].1.wrapping_add(locator));
        }
        let new = u32::try_from(self.cites.len()).ok()?;
        let list = *self.cites_of.entry(cites).or_insert(new);
        if list == new {
            self.cites.push(cites);
        }
        let parts = [
            fields.id.map_or(0, |id| self.keys.id.text(id)),
            self.ends[source as usize].1[0],
            self.ends[target as usize].1[1],
            self.relations[relation as usize].1,
            self.dates[date as usize].1,
            if fields.status == Status::Asserted { 0 } else { field_hash("status", &fields.status) },
            if count == 0 { 0 } else { self.keys.cites.list(contents[..count].iter().copied()) },
            fields.note.map_or(0, |note| self.keys.note.text(&note)),
        ];
        let content = parts.into_iter().fold(0, u128::wrapping_add);
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let content = [(content >> 64) as u64, content as u64];
        let length = u32::try_from(raw.len()).ok()?;
        let id = (u32::try_from(id.start).ok()?, u32::try_from(id.end - id.start).ok()?);
        let status = fields.status;
        self.rows.push(Row {
            start,
            length,
            id,
            source,
            target,
            relation,
            date,
            cites: list,
            status,
            content,
        });
        Some(())
    }

    /// The numbers by which a sink knows what the ties of its file share.
    pub(super) fn numbers(&self, file: u32, sink: &mut impl Sink) -> Numbers {
        let default_cites = PlainCites::of(sink.default_cites(file));
        Numbers {
            ends: self.ends.iter().map(|(id, _)| sink.actor_number(id)).collect(),
            relations: self.relations.iter().map(|(id, _)| sink.relation_number(id)).collect(),
            dates: self.dates.iter().map(|(dating, _)| sink.dating_number(dating)).collect(),
            cites: self.cites.iter().map(|cites| self.citations(cites, default_cites.list(), sink)).collect(),
            default_cites: default_cites.content(),
        }
    }

    fn citations(
        &self,
        cites: &[u32; MOST],
        default_cites: &[Citation],
        sink: &mut impl Sink,
    ) -> CitesNumber {
        let citation = |place: &u32| Citation {
            reference: self.references[*place as usize - 1].0.clone(),
            locator: None,
            quote: None,
            translation: None,
            cited_in: None,
            note: None,
        };
        let named: Vec<Citation> = cites.iter().filter(|place| **place > 0).map(citation).collect();
        sink.cites_number(if named.is_empty() { default_cites } else { &named })
    }

    /// A tie in the text of its file, and where it stands.
    pub(super) fn row(
        &self,
        at: usize,
        numbers: &Numbers,
        text: &'t str,
        (file, sink): (u32, &mut impl Sink),
    ) -> (PlainRow<'t>, Origin) {
        let row = &self.rows[at];
        let given = u128::from(row.content[0]) << 64 | u128::from(row.content[1]);
        let sum = given.wrapping_add(if row.cites == 0 { numbers.default_cites } else { 0 });
        let (date, cites) = (numbers.dates[row.date as usize], numbers.cites[row.cites as usize]);
        let id = row.start + row.id.0 as usize;
        let plain = PlainRow {
            id: (row.id.1 > 0).then(|| &text[id..id + row.id.1 as usize]),
            source: numbers.ends[row.source as usize],
            target: numbers.ends[row.target as usize],
            relation: numbers.relations[row.relation as usize],
            claim: sink.claim_number(date, row.status, cites),
            content: hash_of_fields(sum),
            is_bare: false,
        };
        let start = row.start as u64;
        (plain, Origin { file, start, end: start + u64::from(row.length) })
    }
}

/// The numbers by which a sink knows what ties share, each in the place of what it is the number of.
pub(super) struct Numbers {
    ends: Vec<ActorNumber>,
    relations: Vec<RelationNumber>,
    dates: Vec<DatingNumber>,
    cites: Vec<CitesNumber>,
    /// What the default citations of the file add to a tie that gives none.
    default_cites: u128,
}

impl<'t> Fields<'t> {
    /// The fields of the record that comes next; nothing when one is not expected.
    fn read(flat: &mut Flat<'t>) -> Option<Self> {
        let mut fields = Self::default();
        let mut has_status = false;
        flat.open(b'{')?;
        while flat.has_field()? {
            let key = flat.key()?;
            let place = match key {
                "id" => &mut fields.id,
                "source" => &mut fields.source,
                "target" => &mut fields.target,
                "relation" => &mut fields.relation,
                "when" => &mut fields.when,
                // The number by which networkx tells parallel edges apart is part of its form.
                "key" => {
                    flat.scalar()?.whole()?;
                    continue;
                }
                "cites" if fields.cite_count == 0 => {
                    fields.cites(flat)?;
                    continue;
                }
                "note" if fields.note.is_none() => {
                    fields.note = Some(flat.scalar()?.text()?);
                    continue;
                }
                "status" if !has_status => {
                    fields.status = text(flat.scalar()?)?.parse().ok()?;
                    has_status = true;
                    continue;
                }
                _ => return None,
            };
            // Of a key that comes twice there is something to say.
            if place.replace(text(flat.scalar()?)?).is_some() {
                return None;
            }
        }
        Some(fields)
    }

    fn cites(&mut self, flat: &mut Flat<'t>) -> Option<()> {
        flat.open(b'[')?;
        while flat.has_item()? {
            flat.open(b'{')?;
            let (mut reference, mut locator) = (None, None);
            while flat.has_field()? {
                let key = flat.key()?;
                let value = flat.scalar()?;
                match key {
                    "ref" if reference.is_none() => reference = Some(text(value)?),
                    "locator" if locator.is_none() => locator = Some(value.text()?),
                    _ => return None,
                }
            }
            *self.cites.get_mut(self.cite_count)? = (reference?, locator);
            self.cite_count += 1;
        }
        // An empty list is written by nobody, and no reason to cite the file's defaults.
        (self.cite_count > 0).then_some(())
    }
}

/// A text without escapes.
fn text(value: Scalar<'_>) -> Option<&str> {
    match value {
        Scalar::Text(text) => Some(text),
        Scalar::Escaped(_) | Scalar::Number(_) | Scalar::Word(_) => None,
    }
}

/// Whether an id looks like one that was made from the content of its tie: 32 digits and a number.
fn may_be_made(id: &str) -> bool {
    id.len() > 33 && id.as_bytes()[32] == b'-'
}

#[cfg(test)]
mod tests {
    use super::{super::read_text, Flat, PlainTies};
    use crate::dataset::{Builder, Dataset, Problem};

    const HEAD: &str = r#""nodes": [{"id": "a"}, {"id": "b", "kind": "country", "existence": ["1990/2000"]}],
"graph": {"references": [{"id": "r", "type": "book", "title": "R"}, {"id": "s", "type": "book"}]DEFAULT},"#;

    fn read(ties: &[String], default: &str) -> (Dataset, Vec<Problem>) {
        let head = HEAD.replace("DEFAULT", default);
        let text = format!("{{{head}\n\"edges\": [\n{}]}}", ties.join(",\n"));
        let mut builder = Builder::default();
        read_text("g.json", text.into(), &mut builder);
        builder.finish()
    }

    #[test]
    fn the_short_way_reads_what_the_long_way_reads() {
        let choices: [(&str, &[&str]); 7] = [
            ("id", &["t", "u", "", "a", "0123456789abcdef0123456789abcdef-1", "é", "e\u{301}"]),
            ("target", &["a", "b", "c", "b", "b", ""]),
            ("relation", &["visit", "embargo", "cameo:042", "vist", "own", ""]),
            ("when", &["1990-01-01", "1985~", "1999", "1990/1991", "..", "mid-1980s", "[1990,1992]", ""]),
            ("status", &["asserted", "alleged", "refuted", "sure"]),
            ("note", &["n", "", "蒙\\n古"]),
            ("key", &["0", "0", "x"]),
        ];
        let cites = [
            "[]",
            r#"[{"ref": "r"}]"#,
            r#"[{"ref": "r", "locator": "p. 5"}]"#,
            r#"[{"locator": "", "ref": "s"}, {"ref": "r"}]"#,
            r#"[{"ref": "r"}, {"ref": "r"}, {"ref": "s"}, {"ref": "q"}]"#,
            r#"[{"ref": "q"}]"#,
            r#"[{"ref": "r", "quote": "q"}]"#,
            r#"[{"locator": "p. 5"}]"#,
            r#"[{"ref": "r", "ref": "s"}]"#,
            "null",
        ];
        let mut state = 11_u64;
        let mut draw = |count: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("a usize has 32 bits") % count
        };
        let mut taken = 0;
        for round in 0..400 {
            let (mut short, mut long) = (Vec::new(), Vec::new());
            for _ in 0..=draw(4) {
                let mut fields = Vec::new();
                for (key, values) in choices {
                    // Most values are good ones, so that whole files are.
                    let value =
                        values[if draw(6) > 0 { draw(2.min(values.len())) } else { draw(values.len()) }];
                    if draw(3) > 0 && (key != "key" || draw(9) == 0) {
                        fields.push(format!("\"{key}\": \"{value}\""));
                    }
                }
                if draw(2) == 0 {
                    fields.push(format!(
                        "\"cites\" :{}",
                        cites[if draw(2) == 0 { 1 } else { draw(cites.len()) }]
                    ));
                }
                if draw(2) == 0 {
                    fields.push(r#""key": 0"#.to_owned());
                }
                if draw(9) == 0 {
                    fields.push(r#""attributes": {"x": 1}"#.to_owned());
                }
                let rest = fields.join(", ");
                let comma = if rest.is_empty() { "" } else { ", " };
                short.push(format!("{{{rest}{comma}\"source\": \"a\"}}"));
                // A key that is written with an escape is left to the long way.
                long.push(format!("{{{rest}{comma}\"s\\u006furce\": \"a\"}}"));
            }
            let default = if round % 2 == 0 { r#", "cites": [{"ref": "s", "locator": "p. 1"}]"# } else { "" };
            let ((a, problems), (b, others)) = (read(&short, default), read(&long, default));
            let told = |problems: &[Problem]| -> Vec<(usize, String, Option<String>)> {
                problems.iter().map(|one| (one.line, one.message.clone(), one.hint.clone())).collect()
            };
            assert_eq!(told(&problems), told(&others), "{short:?}");
            assert_eq!((a.hash(), a.ties().count()), (b.hash(), b.ties().count()), "{short:?}");
            for tie in a.ties().all() {
                assert_eq!(a.tie(tie), b.tie(tie), "{short:?}");
                assert_eq!(a.ties().id(tie), b.ties().id(tie), "{short:?}");
                assert_eq!(a.ties().hull(tie), b.ties().hull(tie), "{short:?}");
            }
            taken +=
                short.iter().filter(|tie| PlainTies::default().read(&mut Flat::at(tie, 0)).is_some()).count();
        }
        assert!(taken > 200, "{taken}");
    }
}
