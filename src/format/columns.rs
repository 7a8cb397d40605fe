//! The columns of a table: how rows and cells are told apart, and what each column says.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::model::Fault;

use super::{
    roles::{NAMES, PARTS, Role, Unit, WORDS, keys},
    sheet::{CellType, ESCAPED, unescaped},
};

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    separator: u8,
    quoted: bool,
    pub(super) has_header: bool,
    pub(super) header: Vec<String>,
    pub(super) roles: Vec<Role>,
    /// Source, relation, target and date are all there is: their columns.
    plain: Option<[usize; 4]>,
    /// Whether breaks in cells are escaped: the text was made of a table that is none.
    pub(super) is_escaped: bool,
    /// The types of its columns, if they are known; else all are text.
    pub(super) types: Vec<CellType>,
}

impl Layout {
    /// Sniffs the layout from the first line, with columns that the user names; nothing when the text is
    /// no table of ties.
    pub(super) fn sniff(text: &str, columns: &[(String, String)]) -> Option<Self> {
        let mut layout = Self::of_header(text).filter(|layout| layout.header.len() > 1)?;
        for (role, name) in columns {
            let at = layout.header.iter().position(|column| column == name)?;
            layout.roles[at] = Role::named(role)?;
        }
        layout.guess();
        let found = [Role::Source, Role::Target].map(|role| layout.column(role).is_some());
        let may_lack_header = columns.is_empty() && !layout.is_escaped;
        if found == [false, false] && may_lack_header && (2..=3).contains(&layout.header.len()) {
            // An edge list without a header.
            layout.has_header = false;
            let names = (1..=layout.header.len()).map(|at| format!("column {at}"));
            layout.header = names.collect();
            layout.roles[..2].copy_from_slice(&[Role::Source, Role::Target]);
            layout.roles[2..].fill(Role::Attribute);
        } else if found != [true, true] {
            return None;
        }
        let role = |role| layout.column(role);
        if let (false, 4, Some(source), Some(relation), Some(target), Some(when)) = (
            layout.is_escaped,
            layout.header.len(),
            role(Role::Source),
            role(Role::Relation),
            role(Role::Target),
            role(Role::When),
        ) {
            layout.plain = Some([source, relation, target, when]);
        }
        Some(layout)
    }

    /// Gives the columns that have none the roles that their heads say.
    fn guess(&mut self) {
        let keys = keys(&self.header);
        let find = |roles: &[Role], words: &[&str]| {
            let named =
                |word: &&str| (0..keys.len()).find(|at| roles[*at] == Role::Attribute && keys[*at] == **word);
            words.iter().find_map(named)
        };
        // Year, month and day are one date, unless the whole date stands in a column as well.
        for (field, [years, months, days]) in PARTS {
            let whole =
                WORDS.iter().find(|(role, _)| *role == Role::of(field)).map_or(&[][..], |(_, words)| words);
            let whole = whole.iter().filter(|word| !years.contains(word) && !days.contains(word));
            let whole: Vec<&str> = whole.copied().collect();
            let parts = Unit::ALL.map(|unit| self.column(Role::Part(field, unit)).is_some());
            if self.column(Role::of(field)).is_some()
                || parts != [false; 3]
                || find(&self.roles, &whole).is_some()
            {
                continue;
            }
            let (Some(year), Some(month)) = (find(&self.roles, years), find(&self.roles, months)) else {
                continue;
            };
            let day = find(&self.roles, days);
            for (at, unit) in [Some(year), Some(month), day].into_iter().zip(Unit::ALL) {
                if let Some(at) = at {
                    self.roles[at] = Role::Part(field, unit);
                }
            }
        }
        for (role, words) in WORDS {
            if self.column(role).is_some() || self.field_parts(role) {
                continue;
            }
            if let Some(at) = find(&self.roles, words) {
                self.roles[at] = role;
            }
        }
    }

    /// Whether a date stands in columns of its parts.
    fn field_parts(&self, role: Role) -> bool {
        let is_part = |known: &Role| matches!(known, Role::Part(field, _) if Role::of(*field) == role);
        self.roles.iter().any(is_part)
    }

    /// The column of a role, or that of the year where its date stands in several.
    pub(super) fn column_or_year(&self, role: Role) -> Option<usize> {
        let year = |known: &Role| matches!(known, Role::Part(field, Unit::Year) if Role::of(*field) == role);
        self.column(role).or_else(|| self.roles.iter().position(year))
    }

    /// The layout of a table whose columns somebody else knows, by its header.
    pub(super) fn of_header(text: &str) -> Option<Self> {
        let is_escaped = text.starts_with(ESCAPED);
        let body = text.trim_start_matches(['\u{feff}', ESCAPED]);
        let first = body.split(['\n', '\r']).find(|line| !line.trim().is_empty())?;
        let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
        let separator = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|separator| (count(*separator), *separator == b'\t'))?;
        let separator = if is_escaped { b'\t' } else { separator };
        let quoted = !is_escaped && (separator != b'\t' || first.contains('"'));
        let (header, roles, types) = (Vec::new(), Vec::new(), Vec::new());
        let mut layout =
            Self { separator, quoted, has_header: true, header, roles, plain: None, is_escaped, types };
        layout.header = heads(&layout.cells(first));
        layout.roles = vec![Role::Attribute; layout.header.len()];
        Some(layout)
    }

    /// The layout of tab-separated rows without a header, whose columns have these names.
    pub(super) fn headless(names: impl IntoIterator<Item = String>) -> Self {
        let header: Vec<String> = names.into_iter().collect();
        let roles = vec![Role::Attribute; header.len()];
        Self {
            separator: b'\t',
            quoted: false,
            has_header: false,
            header,
            roles,
            plain: None,
            is_escaped: false,
            types: Vec::new(),
        }
    }

    /// The layout of a table with this text: where it has no quotes, none are looked for in its rows.
    pub(super) fn of_text(self, text: &str) -> Self {
        let quoted = self.quoted && memchr::memchr(b'"', text.as_bytes()).is_some();
        Self { quoted, ..self }
    }

    /// The column of a name, whatever its case.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == role)
    }

    /// Whether it is the table (subject, relation, object, date) in which ICEWS is passed around.
    pub(super) fn is_icews(&self) -> bool {
        self.header == ["subject", "relation", "object", "date"]
    }

    /// How the columns are read, in a line.
    pub(super) fn describe(&self) -> String {
        let read: Vec<String> = NAMES
            .iter()
            .filter_map(|(name, role)| Some(format!("{name}={}", self.header[self.column(*role)?])))
            .collect();
        let header = if self.has_header { "" } else { "no header; " };
        format!("{header}columns: {} (--columns says otherwise); the rest are attributes", read.join(","))
    }

    /// The rows, without the header and blank lines.
    pub(super) fn rows<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let body = text.trim_start_matches(['\u{feff}', ESCAPED]);
        let mut rest = body;
        let quotes = self.quoted.then_some(self.separator);
        let next = move || {
            if rest.is_empty() {
                return None;
            }
            let end = line_end(rest, quotes);
            let row = &rest[..end];
            let after = &rest[end..];
            rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or("");
            Some(row)
        };
        let rows = std::iter::from_fn(next).filter(|row| !row.trim().is_empty());
        rows.skip(usize::from(self.has_header))
    }

    /// The cells of a row, without their quotes.
    pub(super) fn cells<'r>(&self, row: &'r str) -> Vec<Cow<'r, str>> {
        let mut cells = Vec::with_capacity(self.header.len());
        let mut rest = Some(row);
        while let Some(text) = rest {
            let (cell, after) = self.next_cell(text);
            cells.push(cell);
            rest = after;
        }
        // A row of a sheet ends at its last cell.
        while self.is_escaped && cells.len() < self.header.len() {
            cells.push(Cow::Borrowed(""));
        }
        cells
    }

    /// The value of a cell: a text, unless its column is known to hold others.
    pub(super) fn value(&self, column: usize, cell: &str) -> Value {
        self.types.get(column).map_or_else(|| Value::from(cell), |kind| kind.value(cell))
    }

    /// What is wrong with a row of so many cells, if the header has another number of them.
    pub(super) fn misfit(&self, count: usize) -> Option<Fault> {
        let message = format!("{count} columns, the header has {}", self.header.len());
        let hint = "a separator inside a value needs quotes around the value".to_owned();
        (count != self.header.len()).then(|| Fault::error(&[], message).hint(hint))
    }

    /// The byte at which a cell begins.
    pub(super) fn offset(&self, row: &str, column: usize) -> usize {
        let mut rest = row;
        for _ in 0..column {
            let Some(next) = self.next_cell(rest).1 else { break };
            rest = next;
        }
        row.len() - rest.len()
    }

    fn next_cell<'r>(&self, text: &'r str) -> (Cow<'r, str>, Option<&'r str>) {
        let separator = char::from(self.separator);
        if self.quoted && text.starts_with('"') {
            let mut at = 1;
            let mut doubled = false;
            while let Some(found) = text[at..].find('"') {
                at += found + 1;
                if text[at..].starts_with('"') {
                    doubled = true;
                    at += 1;
                    continue;
                }
                let cell = &text[1..at - 1];
                let cell = if doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) };
                return (cell, text[at..].split_once(separator).map(|(_, rest)| rest));
            }
        }
        match text.split_once(separator) {
            Some((cell, rest)) => (self.unescaped(cell), Some(rest)),
            None => (self.unescaped(text), None),
        }
    }

    fn unescaped<'r>(&self, cell: &'r str) -> Cow<'r, str> {
        if self.is_escaped { unescaped(cell) } else { Cow::Borrowed(cell) }
    }

    /// Source, relation, target and date of a row of one line that has nothing else, and no quotes inside a cell.
    pub(super) fn plain<'r>(&self, row: &'r str) -> Option<[&'r str; 4]> {
        let columns = self.plain?;
        if self.quoted && memchr::memchr(b'"', row.as_bytes()).is_some() {
            let found = self.quoted_cells(row)?;
            return Some(columns.map(|column| found[column]));
        }
        let mut between = memchr::memchr_iter(self.separator, row.as_bytes());
        let [a, b, c] = [between.next()?, between.next()?, between.next()?];
        let found = [&row[..a], &row[a + 1..b], &row[b + 1..c], &row[c + 1..]];
        between.next().is_none().then(|| columns.map(|column| found[column]))
    }

    /// Four cells, of which some stand in quotes.
    fn quoted_cells<'r>(&self, row: &'r str) -> Option<[&'r str; 4]> {
        let mut found = [""; 4];
        let mut rest = row;
        for (at, cell) in found.iter_mut().enumerate() {
            let after = if let Some(inner) = rest.strip_prefix('"') {
                let end = memchr::memchr(b'"', inner.as_bytes())?;
                *cell = &inner[..end];
                &inner[end + 1..]
            } else {
                let end = memchr::memchr2(self.separator, b'"', rest.as_bytes()).unwrap_or(rest.len());
                *cell = &rest[..end];
                &rest[end..]
            };
            rest = if at == 3 { after } else { after.strip_prefix(char::from(self.separator))? };
        }
        let is_whole = rest.is_empty() && memchr::memchr2(b'\n', b'\r', row.as_bytes()).is_none();
        is_whole.then_some(found)
    }
}

/// The heads of columns: blank ones by their number, those given twice told apart.
fn heads(cells: &[Cow<'_, str>]) -> Vec<String> {
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut heads = Vec::with_capacity(cells.len());
    for (at, cell) in cells.iter().enumerate() {
        let head = match cell.trim() {
            "" => format!("column {}", at + 1),
            head => head.to_owned(),
        };
        let count = seen.entry(head.clone()).or_insert(0);
        *count += 1;
        heads.push(if *count == 1 { head } else { format!("{head}.{count}") });
    }
    heads
}

/// Where the first row ends: at a line break that stands in no quotes, which open where a cell begins.
fn line_end(text: &str, quotes: Option<u8>) -> usize {
    let end = memchr::memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
    let Some(separator) = quotes.filter(|_| memchr::memchr(b'"', &text.as_bytes()[..end]).is_some()) else {
        return end;
    };
    let (mut is_inside, mut may_open) = (false, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // A quote that follows the closing one is part of the cell.
            b'"' if is_inside || may_open => {
                may_open = is_inside;
                is_inside = !is_inside;
            }
            b'\n' | b'\r' if !is_inside => return at,
            _ => may_open = byte == separator,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_cell_may_hold_separators_and_breaks() {
        let text = "from;to;note\r\na;\"b;c\";\"two\nlines \"\"x\"\"\"\r\n";
        let layout = Layout::sniff(text, &[]).unwrap();
        let rows: Vec<&str> = layout.rows(text).collect();
        assert_eq!(rows.len(), 1);
        assert_eq!(layout.cells(rows[0]), ["a", "b;c", "two\nlines \"x\""]);
        assert_eq!(layout.offset(rows[0], 1), 2);
    }

    #[test]
    fn a_plain_row_has_the_cells_that_it_has() {
        let layout =
            Layout::sniff("source,relation,target,date\n\"a, b\",visit,c,2018-01-01\n", &[]).unwrap();
        let rows = [
            "a,visit,b,2018-01-01",
            "\"a, b\",visit,\"c\",\"2018-01-01\"",
            "\"\",visit,\"Côte d'Ivoire, Abidjan\",2018-01-01",
            "a,\"b\"\"c\",d,e",
            "a,b\"c,d,e",
            "\"a\"b,c,d,e",
            "\"a,b,c,d",
            "a,b,c,\"d\",e",
            "a,\"b\",c",
            "a,\"b\",c,",
            "a,\"two\nlines\",c,d",
        ];
        let mut plain_count = 0;
        for row in rows {
            let Some(found) = layout.plain(row) else { continue };
            assert_eq!(layout.cells(row), found, "{row}");
            plain_count += 1;
        }
        assert_eq!(plain_count, 4);
    }

    #[test]
    fn columns_are_guessed_or_given() {
        let guessed = Layout::sniff("Source Name\tTarget Name\tEvent Date\nx\ty\t2018\n", &[]).unwrap();
        assert_eq!(guessed.roles, [Role::Source, Role::Target, Role::When]);
        let columns = [("source".to_owned(), "a".to_owned()), ("target".to_owned(), "b".to_owned())];
        assert_eq!(Layout::sniff("b,a\n", &columns).unwrap().roles, [Role::Target, Role::Source]);
        assert!(Layout::sniff("x,to\n", &[]).is_none());
        assert!(!Layout::sniff("x,y,3\n", &[]).unwrap().has_header);
    }
}
