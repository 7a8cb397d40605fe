//! The columns of a table: how rows and cells are told apart, and what each column says.

use std::borrow::Cow;

/// What a column says of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Source,
    Target,
    Relation,
    When,
    Start,
    End,
    Id,
    Attribute,
}

/// The words that headers use, without case and separators.
const WORDS: [(Role, &[&str]); 7] = [
    (
        Role::Source,
        &["source", "from", "subject", "sender", "sourcename", "actor1", "actor1name", "sourceid", "src"],
    ),
    (
        Role::Target,
        &["target", "to", "object", "receiver", "targetname", "actor2", "actor2name", "targetid", "dst"],
    ),
    (Role::Relation, &["relation", "predicate", "eventtext", "relationship", "edgetype", "verb"]),
    (Role::When, &["when", "date", "eventdate", "day", "sqldate", "timestamp", "year"]),
    (Role::Start, &["start", "startdate", "begin", "begindate", "startyear"]),
    (Role::End, &["end", "enddate", "endyear"]),
    (Role::Id, &["id", "edgeid", "eventid"]),
];

impl Role {
    /// The role of a name that `--columns` gives or a fault's path has.
    pub(super) fn named(name: &str) -> Option<Self> {
        let roles = ["source", "target", "relation", "when", "start", "end", "id"]
            .iter()
            .zip(WORDS.map(|(role, _)| role));
        roles.into_iter().find(|(known, _)| **known == name).map(|(_, role)| role)
    }
}

/// How a table is laid out.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    separator: u8,
    quoted: bool,
    has_header: bool,
    pub(super) header: Vec<String>,
    pub(super) roles: Vec<Role>,
    /// Source, relation, target and date are all there is, unquoted: their columns.
    plain: Option<[usize; 4]>,
}

impl Layout {
    /// Sniffs the layout from the first line, with columns that the user names; nothing when the text is
    /// no table of ties.
    pub(super) fn sniff(text: &str, columns: &[(String, String)]) -> Option<Self> {
        let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty())?;
        let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
        let separator = [b'\t', b';', b',']
            .into_iter()
            .max_by_key(|separator| (count(*separator), *separator == b'\t'))?;
        if count(separator) == 0 {
            return None;
        }
        let mut layout = Self {
            separator,
            quoted: separator != b'\t' || first.contains('"'),
            has_header: true,
            header: Vec::new(),
            roles: Vec::new(),
            plain: None,
        };
        layout.header = layout.cells(first).into_iter().map(|cell| cell.trim().to_owned()).collect();
        layout.roles = vec![Role::Attribute; layout.header.len()];
        for (role, name) in columns {
            let at = layout.header.iter().position(|column| column == name)?;
            layout.roles[at] = Role::named(role)?;
        }
        for (role, words) in WORDS {
            if layout.column(role).is_some() {
                continue;
            }
            let key = |column: &String| -> String {
                column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
            };
            let named = |word: &&str| {
                let free = |at: &usize| layout.roles[*at] == Role::Attribute;
                (0..layout.header.len()).filter(free).find(|at| key(&layout.header[*at]) == **word)
            };
            if let Some(at) = words.iter().find_map(named) {
                layout.roles[at] = role;
            }
        }
        let found = [Role::Source, Role::Target].map(|role| layout.column(role).is_some());
        if found == [false, false] && columns.is_empty() && (2..=3).contains(&layout.header.len()) {
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
            layout.quoted,
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

    /// The layout of a table whose columns somebody else knows, by its header.
    pub(super) fn of_header(text: &str) -> Option<Self> {
        let first =
            text.trim_start_matches('\u{feff}').split(['\n', '\r']).find(|line| !line.trim().is_empty())?;
        let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
        let separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator))?;
        let quoted = separator != b'\t' || first.contains('"');
        let (header, roles) = (Vec::new(), Vec::new());
        let mut layout = Self { separator, quoted, has_header: true, header, roles, plain: None };
        layout.header = layout.cells(first).into_iter().map(|cell| cell.trim().to_owned()).collect();
        layout.roles = vec![Role::Attribute; layout.header.len()];
        Some(layout)
    }

    /// The layout of tab-separated rows without a header, whose columns have these names.
    pub(super) fn headless(names: impl IntoIterator<Item = String>) -> Self {
        let header: Vec<String> = names.into_iter().collect();
        let roles = vec![Role::Attribute; header.len()];
        Self { separator: b'\t', quoted: false, has_header: false, header, roles, plain: None }
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
        let all = ["source", "target", "relation", "when", "start", "end", "id"];
        let read: Vec<String> = all
            .iter()
            .filter_map(|name| {
                let column = self.column(Role::named(name)?)?;
                Some(format!("{name}={}", self.header[column]))
            })
            .collect();
        let header = if self.has_header { "" } else { "no header; " };
        format!("{header}columns: {} (--columns says otherwise); the rest are attributes", read.join(","))
    }

    /// The rows, without the header and blank lines.
    pub(super) fn rows<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let body = text.trim_start_matches('\u{feff}');
        let mut rest = body;
        let quoted = self.quoted;
        let next = move || {
            if rest.is_empty() {
                return None;
            }
            let end = line_end(rest, quoted);
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
        cells
    }

    pub(super) fn cell<'r>(&self, row: &'r str, column: usize) -> Option<Cow<'r, str>> {
        let mut rest = Some(row);
        for _ in 0..column {
            rest = self.next_cell(rest?).1;
        }
        Some(self.next_cell(rest?).0)
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
            Some((cell, rest)) => (Cow::Borrowed(cell), Some(rest)),
            None => (Cow::Borrowed(text), None),
        }
    }

    /// Source, relation, target and date of a row that has nothing else.
    pub(super) fn plain<'r>(&self, row: &'r str) -> Option<[&'r str; 4]> {
        let columns = self.plain?;
        let mut cells = row.split('\t');
        let found = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
        cells.next().is_none().then(|| columns.map(|column| found[column]))
    }
}

/// Where the first row ends: at a line break that stands in no quotes.
fn line_end(text: &str, quoted: bool) -> usize {
    let mut inside = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if quoted => inside = !inside,
            b'\n' | b'\r' if !inside => return at,
            _ => {}
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
    fn columns_are_guessed_or_given() {
        let guessed = Layout::sniff("Source Name\tTarget Name\tEvent Date\nx\ty\t2018\n", &[]).unwrap();
        assert_eq!(guessed.roles, [Role::Source, Role::Target, Role::When]);
        let columns = [("source".to_owned(), "a".to_owned()), ("target".to_owned(), "b".to_owned())];
        assert_eq!(Layout::sniff("b,a\n", &columns).unwrap().roles, [Role::Target, Role::Source]);
        assert!(Layout::sniff("x,to\n", &[]).is_none());
        assert!(!Layout::sniff("x,y,3\n", &[]).unwrap().has_header);
    }
}
