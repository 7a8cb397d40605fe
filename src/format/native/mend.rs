//! Changes of a file's text that mend what can be mended without a doubt.
//!
//! Only values that are strings and keys are changed, at their places; everything else of the text stays as it is.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{dataset::Problem, model::Fix};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The line that it stands in, from 1.
    pub line: usize,
    /// The code of the problem.
    pub code: &'static str,
    /// The JSON text before.
    pub before: String,
    /// The JSON text after.
    pub after: String,
}

/// Mends a text where its problems say how; gives the text and what was changed, in order.
///
/// A key is not renamed where the record has the other key already.
pub fn mend<'p>(text: &str, problems: impl IntoIterator<Item = &'p Problem>) -> (String, Vec<Mended>) {
    let mut keys: Option<Keys> = None;
    let mut edits: Vec<(usize, usize, Mended)> = Vec::new();
    for problem in problems {
        let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        let (start, end) = (at(problem.origin.start), at(problem.origin.end));
        let (start, end, word) = match &problem.fix {
            None => continue,
            Some(Fix::Value(word)) => (start, end, word),
            Some(Fix::Key(word)) => {
                let keys = keys.get_or_insert_with(|| Keys::of(text));
                let Some((object, start, end)) = keys.before.get(&start).copied() else { continue };
                if !keys.known.insert((object, word.to_string())) {
                    continue;
                }
                (start, end, word)
            }
        };
        let Some(before) =
            text.get(start..end).filter(|before| before.starts_with('"') && before.ends_with('"'))
        else {
            continue;
        };
        let after = serde_json::to_string(&**word).expect("a text is JSON");
        let mended = Mended { line: problem.line, code: problem.code, before: before.to_owned(), after };
        edits.push((start, end, mended));
    }
    edits.sort_by_key(|(start, ..)| *start);
    edits.dedup_by_key(|(start, ..)| *start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end, mended) in &edits {
        out.push_str(&text[done..*start]);
        out.push_str(&mended.after);
        done = *end;
    }
    out.push_str(&text[done..]);
    (out, edits.into_iter().map(|(.., mended)| mended).collect())
}

/// Where the keys of a JSON text stand.
#[derive(Default)]
struct Keys {
    /// For the first byte of a value: the number of its object, and its key from quote to quote.
    before: FxHashMap<usize, (usize, usize, usize)>,
    /// The keys that an object has.
    known: FxHashSet<(usize, String)>,
}

impl Keys {
    fn of(text: &str) -> Self {
        let mut keys = Self::default();
        let bytes = text.as_bytes();
        let mut objects: Vec<Option<usize>> = Vec::new();
        let mut object_count = 0;
        let mut key: Option<(usize, usize)> = None;
        let mut awaits_value = false;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_whitespace() {
                at += 1;
                continue;
            }
            let starts_value = !matches!(byte, b',' | b':' | b'}' | b']');
            if awaits_value && starts_value {
                awaits_value = false;
                if let (Some(Some(object)), Some((start, end))) = (objects.last(), key.take()) {
                    keys.before.insert(at, (*object, start, end));
                }
            }
            match byte {
                b'{' => {
                    objects.push(Some(object_count));
                    object_count += 1;
                }
                b'[' => objects.push(None),
                b'}' | b']' => {
                    objects.pop();
                }
                b':' => {
                    awaits_value = true;
                    if let (Some(Some(object)), Some((start, end))) = (objects.last(), key) {
                        let name: Option<String> = serde_json::from_str(&text[start..end]).ok();
                        keys.known.extend(name.map(|name| (*object, name)));
                    }
                }
                b'"' => {
                    let start = at;
                    at += 1;
                    while at < bytes.len() && bytes[at] != b'"' {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                    }
                    key = Some((start, (at + 1).min(bytes.len())));
                }
                _ => {}
            }
            at += 1;
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Builder;

    fn mended(text: &str) -> (String, usize) {
        let mut builder = Builder::default();
        super::super::read_text("f.json", text.to_owned().into(), &mut builder);
        let (text, changes) = mend(text, &builder.finish().1);
        (text, changes.len())
    }

    #[test]
    fn slips_with_one_meaning_are_mended_where_they_stand() {
        let text = r#"{"nodes": [{"id": "a", "kimd": "country"}, {"id": "b", "kind": "contry"}],
  "edges": [{"source": "a", "target": "b", "relation": "vist", "whem":  "July 2016", "note": "a \"whem\": b"}]}"#;
        let (once, count) = mended(text);
        assert_eq!(count, 4);
        assert!(once.contains(r#""kind": "country"}, {"id": "b", "kind": "country"}"#), "{once}");
        assert!(
            once.contains(r#""relation": "visit", "when":  "July 2016", "note": "a \"whem\": b"}"#),
            "{once}"
        );
        let (twice, count) = mended(&once);
        assert!(count == 1 && twice.contains(r#""when":  "2016-07""#), "{twice}");
    }

    #[test]
    fn ids_in_letters_and_marks_are_joined_wherever_they_stand() {
        let text = "{\"graph\": {\"references\": [{\"id\": \"me\u{301}mo\"}]}, \"nodes\": [{\"id\": \"pe\u{301}rou\"}, {\"id\": \"b\"}],
  \"edges\": [{\"id\": \"e\u{301}1\", \"source\": \"pe\u{301}rou\", \"target\": \"b\", \"relation\": \"visit\", \"cites\": [{\"ref\": \"me\u{301}mo\"}]}]}";
        let (once, _) = mended(text);
        let (twice, _) = mended(&once);
        let normal = text.replace("e\u{301}", "é");
        assert_eq!(twice, normal);
    }

    #[test]
    fn a_key_that_is_there_already_is_not_written_twice() {
        let text = r#"{"nodes": [{"id": "a", "kimd": "x", "kind": "country", "note": "n", "noet": "m"}], "edges": []}"#;
        assert_eq!(mended(text), (text.to_owned(), 0));
    }

    #[test]
    fn what_may_mean_two_things_is_left() {
        let text = r#"{"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "a", "relation": "visit", "when": "03/04/1990"}]}"#;
        assert_eq!(mended(text), (text.to_owned(), 0));
    }
}
