//! What a file for `run` says: outputs, each a question with its options, and lenses that several share.
//!
//! Every fault comes with the line on which it stands. Nothing here reads a dataset or writes a file.

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The verbs that only ask: a file that is run changes no data.
const VERBS: [&str; 27] = [
    "connect",
    "paths",
    "reach",
    "first-contact",
    "timeline",
    "ties",
    "ego",
    "show",
    "find",
    "offices",
    "rank",
    "changes",
    "structure",
    "brokers",
    "groups",
    "balance",
    "alike",
    "shared",
    "panel",
    "export",
    "report",
    "info",
    "check",
    "resolve",
    "diff",
    "cite",
    "compare",
];

/// One output.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// The file to write.
    pub(super) file: String,
    /// The verb and what it is asked, then its options.
    pub(super) arguments: Vec<String>,
    /// The line on which it stands.
    pub(super) line: usize,
}

/// Something wrong in the file, and its line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Options by name, in order of name.
type Options = BTreeMap<String, Vec<String>>;

struct Reader<'t> {
    text: &'t str,
    wrong: Vec<Wrong>,
}

/// Reads the outputs that a file names, or everything that is wrong in it.
pub(super) fn read(text: &str) -> Result<Vec<Wanted>, Vec<Wrong>> {
    let mut reader = Reader { text, wrong: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            return Err(vec![Wrong { line: reader.line(at), message: error.message().to_owned() }]);
        }
    };
    let wanted = reader.file(table.get_ref());
    if reader.wrong.is_empty() { Ok(wanted) } else { Err(reader.wrong) }
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.text.char_indices().take_while(|(place, _)| *place < at).filter(|(_, c)| *c == '\n').count()
    }

    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let line = self.line(at);
        self.wrong.push(Wrong { line, message: message.into() });
    }

    fn file(&mut self, table: &DeTable<'_>) -> Vec<Wanted> {
        let (mut common, mut lenses, mut wanted) = (Options::new(), BTreeMap::new(), Vec::new());
        let mut outputs = None;
        for (key, value) in table {
            let at = key.span().start;
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("graph", _) => {
                    if let Some(words) = self.words(value) {
                        common.insert("graph".to_owned(), words);
                    }
                }
                ("lens", DeValue::Table(named)) => {
                    for (name, lens) in named {
                        let DeValue::Table(lens) = lens.get_ref() else {
                            self.fault(name.span().start, "a lens is a table: [lens.NAME]");
                            continue;
                        };
                        let options = self.options(lens, &[]);
                        lenses.insert(name.get_ref().to_string(), options);
                    }
                }
                ("output", DeValue::Array(list)) => outputs = Some(list),
                ("output", _) => self.fault(at, "outputs are a list of tables: [[output]]"),
                ("lens", _) => self.fault(at, "lenses are tables: [lens.NAME]"),
                (other, _) => {
                    self.fault(at, format!("no key `{other}`: a file has graph, [lens.NAME] and [[output]]"));
                }
            }
        }
        let Some(outputs) = outputs else {
            if self.wrong.is_empty() {
                self.fault(0, "names no output: [[output]] with file and ask");
            }
            return wanted;
        };
        for output in outputs {
            match output.get_ref() {
                DeValue::Table(table) => {
                    wanted.extend(self.output(table, output.span().start, &common, &lenses));
                }
                _ => self.fault(output.span().start, "an output is a table: [[output]]"),
            }
        }
        for (at, output) in wanted.iter().enumerate() {
            if let Some(other) = wanted[..at].iter().find(|other| other.file == output.file) {
                let message = format!("{} is written on line {} already", output.file, other.line);
                self.wrong.push(Wrong { line: output.line, message });
            }
        }
        wanted
    }

    fn output(
        &mut self,
        table: &DeTable<'_>,
        at: usize,
        common: &Options,
        lenses: &BTreeMap<String, Options>,
    ) -> Option<Wanted> {
        let text = |key: &str| match table.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(text)) => Some(text.to_string()),
            _ => None,
        };
        let Some(file) = text("file") else {
            self.fault(at, "an output has a `file`: the name of what is written");
            return None;
        };
        let ask = table.get("ask").and_then(|ask| match ask.get_ref() {
            DeValue::String(text) => Some(split(text)),
            _ => self.words(ask),
        });
        let Some(ask) = ask.filter(|ask| !ask.is_empty()) else {
            self.fault(
                at,
                format!(
                    "{file} has no `ask`: the verb and its names, such as [\"connect\", \"Cuba\", \"China\"]"
                ),
            );
            return None;
        };
        let ask_at = table.get("ask").map_or(at, |ask| ask.span().start);
        if !VERBS.contains(&ask[0].as_str()) {
            self.fault(ask_at, format!("`{}` is no verb that asks: one of {}", ask[0], VERBS.join(", ")));
            return None;
        }
        let mut options = common.clone();
        if let Some(name) = table.get("lens") {
            if let Some(lens) = text("lens").and_then(|name| lenses.get(&name)) {
                options.extend(lens.clone());
            } else {
                let known: Vec<&str> = lenses.keys().map(String::as_str).collect();
                let message = format!("no such lens; the file has: {}", known.join(", "));
                self.fault(name.span().start, message);
            }
        }
        options.extend(self.options(table, &["file", "ask", "lens"]));
        let mut arguments = ask;
        for (name, values) in options {
            if values.is_empty() {
                arguments.push(format!("--{name}"));
            }
            arguments.extend(values.iter().map(|value| format!("--{name}={value}")));
        }
        Some(Wanted { file, arguments, line: self.line(at) })
    }

    /// Options of a table but some keys: `true` stands for an option without a value, `false` for none.
    fn options(&mut self, table: &DeTable<'_>, but: &[&str]) -> Options {
        let mut options = Options::new();
        for (key, value) in table {
            let name = key.get_ref().to_string();
            if but.contains(&name.as_str()) {
                continue;
            }
            if ["output", "format", "force"].contains(&name.as_str()) {
                self.fault(key.span().start, format!("`{name}` is told by `file`"));
                continue;
            }
            match value.get_ref() {
                DeValue::Boolean(true) => {
                    options.insert(name, Vec::new());
                }
                DeValue::Boolean(false) => {}
                _ => {
                    if let Some(words) = self.words(value) {
                        options.insert(name, words);
                    }
                }
            }
        }
        options
    }

    /// A value, or several in a list, as words of a command line.
    fn words(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let word = |value: &DeValue<'_>| match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.to_string()),
            DeValue::Datetime(day) => Some(day.to_string()),
            DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
        };
        let words = match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|value| word(value.get_ref())).collect(),
            other => word(other).map(|word| vec![word]),
        };
        if words.is_none() {
            self.fault(
                value.span().start,
                "a value is a text, a number, a day, true, false, or a list of these",
            );
        }
        words
    }
}

/// Words parted by spaces, those in quotes together.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_become_command_lines() {
        let wanted = read(
            "graph = \"g\"\n[lens.war]\nduring = \"1947/1991\"\ncertain = true\n\n[[output]]\nfile = \"a.svg\"\n\
             ask = \"connect Mongolia 'South Korea'\"\nlens = \"war\"\ntheme = \"print\"\nrelation = [\"visit\", \"war\"]\n\
             \n[[output]]\nfile = \"b.csv\"\nask = [\"rank\"]\nlimit = 5\n",
        );
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let wanted = wanted.expect("it is well formed");
        let mut first = words("connect Mongolia");
        first.push("South Korea".to_owned());
        first.extend(words(
            "--certain --during=1947/1991 --graph=g --relation=visit --relation=war --theme=print",
        ));
        assert_eq!(wanted[0].arguments, first);
        assert_eq!((wanted[1].line, wanted[1].arguments.clone()), (13, words("rank --graph=g --limit=5")));
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let wrong = read(
            "grph = 1\n[[output]]\nask = \"connect\"\n[[output]]\nfile = \"a\"\nask = \"load x\"\n[[output]]\nfile = \"b\"\n\
             ask = \"rank\"\nlens = \"none\"\nforce = true\n[[output]]\nfile = \"b\"\nask = \"rank\"\n",
        );
        let lines: Vec<usize> = wrong.expect_err("six faults").iter().map(|wrong| wrong.line).collect();
        assert_eq!(lines, [1, 2, 6, 10, 11, 12]);
        assert_eq!(read("a = [").expect_err("it is no TOML")[0].line, 1);
        assert!(read("").is_err());
    }
}
