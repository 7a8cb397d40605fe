//! The words of DOT: names, numbers, texts in quotes or in angle brackets, and marks.

use super::parts::Broken;

/// A word of DOT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, a number or a text; whether it stands in quotes, so that it is no keyword.
    Id(String, bool),
    /// `{ } [ ] ; , : = -> --`
    Mark(&'static str),
}

/// Longest first.
const MARKS: [&str; 10] = ["->", "--", "{", "}", "[", "]", ";", ",", ":", "="];

/// The words of a text, one after the other.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: text.len() - text.trim_start_matches('\u{feff}').len() }
    }

    /// The next word and where it stands, without going on.
    pub(super) fn peek(&mut self) -> Result<Option<(Token, &'a str)>, Broken> {
        let before = self.at;
        let found = self.next();
        self.at = before;
        found
    }

    /// Whether a mark follows the next word.
    pub(super) fn is_followed_by(&mut self, mark: &str) -> Result<bool, Broken> {
        let before = self.at;
        self.next()?;
        let found = self.next();
        self.at = before;
        Ok(matches!(found?, Some((Token::Mark(found), _)) if found == mark))
    }

    /// The next word and where it stands.
    pub(super) fn next(&mut self) -> Result<Option<(Token, &'a str)>, Broken> {
        self.skip()?;
        let start = self.at;
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else { return Ok(None) };
        // `-` begins a number where a digit or a point follows.
        let is_number = first.is_ascii_digit()
            || first == '.'
            || (first == '-' && rest[1..].starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        let token = if let (Some(mark), false) =
            (MARKS.iter().find(|mark| rest.starts_with(**mark)), is_number)
        {
            self.at += mark.len();
            Token::Mark(mark)
        } else if first == '"' {
            Token::Id(self.quoted()?, true)
        } else if first == '<' {
            Token::Id(self.html()?, true)
        } else if is_number {
            let end =
                rest[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |end| end + 1);
            self.at += end;
            Token::Id(rest[..end].to_owned(), true)
        } else if first.is_alphanumeric() || first == '_' || !first.is_ascii() {
            let end = rest
                .find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            self.at += end;
            Token::Id(rest[..end].to_owned(), false)
        } else {
            return Err((
                format!("`{first}` is no part of DOT; texts with such signs stand in double quotes"),
                start,
            ));
        };
        Ok(Some((token, &self.text[start..self.at])))
    }

    /// Passes blanks, comments and lines of a preprocessor.
    fn skip(&mut self) -> Result<(), Broken> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            let begins_line =
                self.text[..self.at].trim_end_matches([' ', '\t']).ends_with('\n') || self.at == 0;
            if rest.starts_with("//") || (rest.starts_with('#') && begins_line) {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let end =
                    rest.find("*/").ok_or_else(|| ("a comment that does not close".to_owned(), self.at))?;
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    /// A text in quotes, and those that `+` adds to it.
    fn quoted(&mut self) -> Result<String, Broken> {
        let mut text = String::new();
        loop {
            let start = self.at;
            let mut escaped = false;
            let end = self.text[start + 1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            let end = end.ok_or_else(|| ("a text whose quotes do not close".to_owned(), start))?;
            let inner = &self.text[start + 1..start + 1 + end];
            // Only quotes and broken lines are escaped; what else stands after `\` is for the one who draws.
            text.push_str(&inner.replace("\\\"", "\"").replace("\\\r\n", "").replace("\\\n", ""));
            self.at = start + end + 2;
            let before = self.at;
            self.skip()?;
            let rest = &self.text[self.at..];
            let more = rest.strip_prefix('+').map(str::trim_start).filter(|more| more.starts_with('"'));
            let Some(more) = more else {
                self.at = before;
                return Ok(text);
            };
            self.at = self.text.len() - more.len();
        }
    }

    /// A text in angle brackets, which may hold more of them in pairs.
    fn html(&mut self) -> Result<String, Broken> {
        let start = self.at;
        let mut depth = 0_usize;
        for (at, c) in self.text[start..].char_indices() {
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = start + at + 1;
                return Ok(self.text[start + 1..start + at].to_owned());
            }
        }
        Err(("a text whose angle brackets do not close".to_owned(), start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_graphviz_reads() {
        let text = "a->\"b \\\"c\\\"\" /* x */ + \"d\" -1.5 <<b>x</b>> 蒙古 // end\n# line\n\"\\\\\"--;";
        let mut tokens = Tokens::of(text);
        let mut words = Vec::new();
        while let Some((token, _)) = tokens.next().unwrap() {
            words.push(match token {
                Token::Id(id, _) => id,
                Token::Mark(mark) => mark.to_owned(),
            });
        }
        assert_eq!(words, ["a", "->", "b \"c\"d", "-1.5", "<b>x</b>", "蒙古", "\\\\", "--", ";"]);
        for (broken, at) in [("a \"b", 2), ("/* a", 0), ("<a", 0), ("a ?", 2)] {
            let mut tokens = Tokens::of(broken);
            let error = std::iter::from_fn(|| tokens.next().transpose()).find_map(Result::err);
            assert_eq!(error.map(|(_, at)| at), Some(at), "{broken}");
        }
    }
}
