//! Reads the ties of a native file that say what most say: ends, relation, one date, and where it is written.
//!
//! This is the short way of a file of a million ties, whose texts are looked up and hashed once. It takes a record
//! whole or not at all: what it does not expect, or what could be wrong, it leaves to the [`Reader`](super::Reader), which reads it
//! the same and says what is wrong and where.

use rustc_hash::FxHashMap;

use crate::{
    dataset::{
        ActorNumber, ClaimNumber, ClaimRow, Origin, PlainRow, RelationNumber, Sink, field_hash,
        hash_of_fields, list_hash,
    },
    date::{Dating, Status},
    format::flat_json::{Flat, Scalar},
    model::{Citation, ReferenceId, RelationId, check_id},
};

/// An end of ties, with what it adds to the content of a tie at either.
#[derive(Clone, Copy)]
struct End {
    number: ActorNumber,
    as_source: u128,
    as_target: u128,
}

/// A text that ties share, by its place in a list, with what it adds to their content.
type Shared = (u32, u128);

/// What ties of one file were seen to share.
pub(super) struct PlainTies<'t> {
    ends: FxHashMap<&'t str, Option<End>>,
    relations: FxHashMap<&'t str, Option<(RelationNumber, u128)>>,
    datings: Vec<Dating>,
    dates: FxHashMap<&'t str, Option<Shared>>,
    references: Vec<ReferenceId>,
    cited: FxHashMap<&'t str, Option<Shared>>,
    /// By date, status and the references that are cited.
    claims: FxHashMap<(u32, Status, Cites), ClaimNumber>,
    /// What the default citations of the file add to a tie that gives none.
    default_cites: u128,
}

/// How many references a tie may cite here.
const MOST: usize = 3;

/// The references that a tie cites, each by its place from 1; 0 for none.
type Cites = [u32; MOST];

/// What a record says, before its texts are looked up.
#[derive(Default)]
struct Fields<'t> {
    id: Option<&'t str>,
    source: Option<&'t str>,
    target: Option<&'t str>,
    relation: Option<&'t str>,
    when: Option<&'t str>,
    status: Status,
    /// The references, with the hash of each citation.
    cites: [(&'t str, u128); MOST],
    cite_count: usize,
    note: Option<u128>,
}

impl<'t> PlainTies<'t> {
    /// Nothing seen yet; `default_cites` are those of the file.
    pub(super) fn new(default_cites: &[Citation]) -> Self {
        Self {
            ends: FxHashMap::default(),
            relations: FxHashMap::default(),
            // The first is that of ties without a date.
            datings: vec![Dating::default()],
            dates: FxHashMap::default(),
            references: Vec::new(),
            cited: FxHashMap::default(),
            claims: FxHashMap::default(),
            default_cites: if default_cites.is_empty() { 0 } else { field_hash("cites", &default_cites) },
        }
    }

    /// Pushes the tie of a record; tells whether it was one that is read here.
    pub(super) fn push(&mut self, raw: &'t str, origin: Origin, sink: &mut impl Sink) -> bool {
        let row = Fields::read(raw).and_then(|fields| self.row(&fields, origin.file, sink));
        row.map(|row| sink.plain_tie(row, origin)).is_some()
    }

    fn row(&mut self, fields: &Fields<'t>, file: u32, sink: &mut impl Sink) -> Option<PlainRow<'t>> {
        let id = match fields.id {
            Some(id) if check_id(id).is_err() || may_be_made(id) => return None,
            id => id,
        };
        let (source, target) = (self.end(fields.source?, sink)?, self.end(fields.target?, sink)?);
        let (relation, related) = *self
            .relations
            .entry(fields.relation?)
            .or_insert_with_key(|text| {
                text.parse::<RelationId>().ok()?;
                Some((sink.relation_number(text), field_hash("relation", text)))
            })
            .as_ref()?;
        let (date, when) = match fields.when {
            Some(text) => self.date(text)?,
            None => (0, 0),
        };
        let mut cites = [0; MOST];
        for (place, (reference, _)) in cites.iter_mut().zip(&fields.cites[..fields.cite_count]) {
            *place = self.reference(reference)?;
        }
        let claim = match self.claims.get(&(date, fields.status, cites)) {
            Some(claim) => *claim,
            None => self.claim(date, fields.status, cites, file, sink),
        };
        let parts = [
            id.map_or(0, |id| field_hash("id", &id)),
            source.as_source,
            target.as_target,
            related,
            when,
            if fields.status == Status::Asserted { 0 } else { field_hash("status", &fields.status) },
            match &fields.cites[..fields.cite_count] {
                [] => self.default_cites,
                cites => list_hash("cites", cites.iter().map(|(_, content)| *content)),
            },
            fields.note.unwrap_or(0),
        ];
        let content = hash_of_fields(parts.into_iter().fold(0, u128::wrapping_add));
        Some(PlainRow { id, source: source.number, target: target.number, relation, claim, content })
    }

    fn end(&mut self, text: &'t str, sink: &mut impl Sink) -> Option<End> {
        *self.ends.entry(text).or_insert_with(|| {
            check_id(text).ok()?;
            let (as_source, as_target) = (field_hash("source", &text), field_hash("target", &text));
            Some(End { number: sink.actor_number(text), as_source, as_target })
        })
    }

    fn date(&mut self, text: &'t str) -> Option<Shared> {
        let datings = &mut self.datings;
        *self.dates.entry(text).or_insert_with(|| {
            datings.push(Dating::new(Some(text.parse().ok()?), None, None, None).ok()?);
            Some((u32::try_from(datings.len() - 1).ok()?, field_hash("when", &text)))
        })
    }

    /// The place of a reference, from 1.
    fn reference(&mut self, text: &'t str) -> Option<u32> {
        let references = &mut self.references;
        let known = *self.cited.entry(text).or_insert_with(|| {
            references.push(text.parse().ok()?);
            Some((u32::try_from(references.len()).ok()?, 0))
        });
        known.map(|(place, _)| place)
    }

    fn claim(
        &mut self,
        date: u32,
        status: Status,
        cites: Cites,
        file: u32,
        sink: &mut impl Sink,
    ) -> ClaimNumber {
        let citation = |place: &u32| Citation {
            reference: self.references[*place as usize - 1].clone(),
            locator: None,
            quote: None,
            translation: None,
            cited_in: None,
            note: None,
        };
        let named: Vec<Citation> = cites.iter().filter(|place| **place > 0).map(citation).collect();
        let all = if named.is_empty() { sink.default_cites(file).to_vec() } else { named };
        let row = ClaimRow { dating: &self.datings[date as usize], status, cites: &all };
        let claim = sink.claim(&row);
        self.claims.insert((date, status, cites), claim);
        claim
    }
}

impl<'t> Fields<'t> {
    /// The fields of a record; nothing when one is not expected.
    fn read(raw: &'t str) -> Option<Self> {
        let mut flat = Flat::at(raw, 0);
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
                "cites" if fields.cite_count == 0 => {
                    fields.cites(&mut flat)?;
                    continue;
                }
                "note" if fields.note.is_none() => {
                    fields.note = Some(field_hash("note", &flat.scalar()?.text()?));
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
            let reference = reference?;
            let content = field_hash("ref", &reference);
            let content = locator.map_or(content, |text| content.wrapping_add(field_hash("locator", &text)));
            *self.cites.get_mut(self.cite_count)? = (reference, hash_of_fields(content));
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
    use super::{super::read_text, Fields};
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
            ("key", &["0"]),
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
                        values[if draw(3) > 0 { draw(2.min(values.len())) } else { draw(values.len()) }];
                    if draw(3) > 0 {
                        fields.push(format!("\"{key}\": \"{value}\""));
                    }
                }
                if draw(2) == 0 {
                    fields.push(format!(
                        "\"cites\" :{}",
                        cites[if draw(2) == 0 { 1 } else { draw(cites.len()) }]
                    ));
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
            taken += short.iter().filter(|tie| Fields::read(tie).is_some()).count();
        }
        assert!(taken > 200, "{taken}");
    }
}
