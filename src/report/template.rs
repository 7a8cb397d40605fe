//! Templates of briefs: a text of one's own, in which words in double braces stand for parts of the answer.
//!
//! A template is a little Markdown, which becomes a document, so that one template serves every form of a brief. It
//! decides what stands where; how it looks belongs to the form.

use thiserror::Error;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The first line of the brief.
    Title(String),
    /// The head of a section.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// One line of a list.
    Item(String),
    /// A part of the answer.
    Section(Section),
}

/// A part of the answer that a template places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Who connects the two, in sentences.
    Answer,
    /// The picture of the connection.
    Figure,
    /// Connectors, routes and what else shows the connection, with their headings.
    Evidence,
    /// The picture of the timeline.
    TimelineFigure,
    /// What happened in order of time.
    Timeline,
    /// What is doubtful or contradictory.
    Doubtful,
    /// How the answers were come by.
    Method,
    /// The numbered sources.
    Sources,
}

const SECTIONS: [(&str, Section); 8] = [
    ("answer", Section::Answer),
    ("figure", Section::Figure),
    ("evidence", Section::Evidence),
    ("timeline-figure", Section::TimelineFigure),
    ("timeline", Section::Timeline),
    ("doubtful", Section::Doubtful),
    ("method", Section::Method),
    ("sources", Section::Sources),
];

/// Words that stand for a name in running text.
const NAMES: [&str; 3] = ["title", "a", "b"];

/// A template of a brief.
///
/// `# ` begins the title, `## ` the head of a section, `- ` a line of a list; lines that follow one another are one
/// paragraph, and a comment (`<!-- … -->` on a line) is left out. `{{answer}}`, `{{figure}}`, `{{evidence}}`,
/// `{{timeline-figure}}`, `{{timeline}}`, `{{doubtful}}`, `{{method}}` and `{{sources}}`, alone on a line, place parts of the
/// answer; sources that are not placed stand at the end. `{{title}}`, `{{a}}` and `{{b}}` in a text are the names of the
/// actors.
///
/// # Examples
/// ```
/// use chancery::report::Template;
///
/// assert!(Template::parse("# On {{a}}\n\n{{timeline}}\n").is_ok());
/// let wrong = Template::parse("# On {{a}}\n\n{{figures}}\n").unwrap_err();
/// assert_eq!((wrong.line, wrong.word.as_str()), (3, "figures"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub(super) parts: Vec<Part>,
}

/// A word in braces that stands for nothing, or not where it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: `{{{{{word}}}}}` {}", reason(word))]
pub struct TemplateError {
    /// The line, from 1.
    pub line: usize,
    /// The word.
    pub word: String,
}

fn reason(word: &str) -> String {
    if SECTIONS.iter().any(|(name, _)| *name == word) {
        return "stands alone on its line".to_owned();
    }
    let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).chain(NAMES).collect();
    format!("stands for nothing; there are {}", names.join(", "))
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A word in braces that stands for nothing, or for a part of the answer in the middle of a line.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts: Vec<Part> = Vec::new();
        let mut is_open = false;
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || (line.starts_with("<!--") && line.ends_with("-->")) {
                is_open = false;
                continue;
            }
            let alone = line.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
            let section = alone.and_then(|word| SECTIONS.iter().find(|(name, _)| *name == word));
            if let Some((_, section)) = section {
                parts.push(Part::Section(*section));
                is_open = false;
                continue;
            }
            if let Some(word) = words(line).find(|word| !NAMES.contains(word)) {
                return Err(TemplateError { line: at + 1, word: word.to_owned() });
            }
            let goes_on = is_open;
            is_open = false;
            let part = if let Some(title) = line.strip_prefix("# ") {
                Part::Title(title.trim().to_owned())
            } else if let Some(heading) = line.strip_prefix("## ") {
                Part::Heading(heading.trim().to_owned())
            } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
                Part::Item(item.trim().to_owned())
            } else {
                is_open = true;
                if let (true, Some(Part::Paragraph(paragraph))) = (goes_on, parts.last_mut()) {
                    paragraph.push(' ');
                    paragraph.push_str(line);
                    continue;
                }
                Part::Paragraph(line.to_owned())
            };
            parts.push(part);
        }
        Ok(Self { parts })
    }

    /// Whether it places the sources.
    pub(super) fn has_sources(&self) -> bool {
        self.parts.contains(&Part::Section(Section::Sources))
    }
}

/// The words in double braces of a line.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(word, _)| word.trim())
}

/// A text with the names of the actors in place of their words.
pub(super) fn filled(text: &str, title: &str, names: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((word, behind)) = after.split_once("}}") else { break };
        out.push_str(before);
        out.push_str(match word.trim() {
            "title" => title,
            "a" => names.first().copied().unwrap_or_default(),
            "b" => names.get(1).copied().unwrap_or_default(),
            _ => "",
        });
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_read_line_by_line_and_lines_that_follow_are_one_paragraph() {
        let template =
            Template::parse("# On {{ a }}\n<!-- ours -->\none\ntwo\n\nthree\n- x\n{{ sources }}\n").unwrap();
        assert_eq!(
            template.parts,
            [
                Part::Title("On {{ a }}".into()),
                Part::Paragraph("one two".into()),
                Part::Paragraph("three".into()),
                Part::Item("x".into()),
                Part::Section(Section::Sources),
            ]
        );
        assert!(template.has_sources());
    }

    #[test]
    fn a_name_that_looks_like_a_word_is_not_filled_again() {
        assert_eq!(filled("{{a}} and {{b}}, {{open", "t", &["{{b}}", "B"]), "{{b}} and B, {{open");
    }

    #[test]
    fn a_part_of_the_answer_within_a_line_is_told() {
        let wrong = Template::parse("see {{timeline}}").unwrap_err();
        assert_eq!(wrong.to_string(), "line 1: `{{timeline}}` stands alone on its line");
        assert!(Template::parse("{{x}}").unwrap_err().to_string().contains("there are answer, figure,"));
    }
}
