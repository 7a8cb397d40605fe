//! A brief on two actors, or on one: the answers that a report is made of, in one document.
//!
//! It asks nothing of its own. Who connects the two and what happened in order of time share one list of
//! sources; pictures come drawn, since themes belong to whoever asks.

use serde::Serialize;

use super::{
    answer::Report,
    connect::ConnectReport,
    document::{Block, Document, Table},
    sources::SourceView,
    template::{Part, Section, Template, filled},
    timeline::TimelineReport,
    words,
};

/// A drawn picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The file that holds it, where the brief cannot.
    pub name: String,
    /// What stands under it.
    pub title: String,
    /// The picture.
    pub svg: String,
}

/// The answers of a brief.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BriefReport {
    /// Who connects the two; absent for one actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect: Option<ConnectReport>,
    /// What happened in order of time.
    pub timeline: TimelineReport,
    /// The picture of the connection.
    #[serde(skip)]
    pub connectors: Option<Figure>,
    /// The picture of the timeline.
    #[serde(skip)]
    pub lanes: Option<Figure>,
    /// How the answers were come by, a line each.
    pub method: Vec<String>,
    /// What stands where; as usual when absent.
    #[serde(skip)]
    pub template: Option<Template>,
}

impl BriefReport {
    /// The lines of ties that are not certain, or of which references disagree, each once.
    fn doubtful(&self) -> Vec<String> {
        let routes = self.connect.iter().flat_map(|connect| &connect.routes);
        let hops = routes.flat_map(|route| &route.hops).flat_map(|hop| &hop.ties);
        let mut lines: Vec<String> = Vec::new();
        for tie in self.timeline.rows.iter().map(|row| &row.tie).chain(hops) {
            let line = tie.line();
            if (!tie.doubt().is_empty() || tie.when.contains(" | ")) && !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}

impl BriefReport {
    /// What stands where without a template.
    fn usual(&self) -> Vec<Part> {
        let lang = self.timeline.lang();
        let heading = |texts: [&str; 3]| Part::Heading(lang.of(texts).to_owned());
        let mut parts = [Section::Answer, Section::Figure, Section::Evidence].map(Part::Section).to_vec();
        parts.extend([
            heading(["In order of time", "按時間先後", "按时间先后"]),
            Part::Section(Section::TimelineFigure),
            Part::Section(Section::Timeline),
            heading(["Doubtful or contradictory", "存疑或互相矛盾之處", "存疑或互相矛盾之处"]),
            Part::Section(Section::Doubtful),
            heading(["Method", "方法", "方法"]),
            Part::Section(Section::Method),
        ]);
        parts
    }

    /// Adds a part of the answer; what there is not adds nothing.
    fn section(&self, section: Section, document: &mut Document) {
        let lang = self.timeline.lang();
        // The answer in words comes before the first heading, the evidence from there on.
        let connection = |is_wanted: fn(usize, usize) -> bool| {
            let blocks = self.connect.as_ref().map(|connect| connect.document().blocks).unwrap_or_default();
            let evidence = blocks.iter().position(|block| matches!(block, Block::Heading(_)));
            let evidence = evidence.unwrap_or(blocks.len());
            let wanted = move |(at, block): (usize, Block)| is_wanted(at, evidence).then_some(block);
            blocks.into_iter().enumerate().filter_map(wanted).collect::<Vec<Block>>()
        };
        match section {
            Section::Answer => document.blocks.extend(connection(|at, evidence| at < evidence)),
            Section::Evidence => document.blocks.extend(connection(|at, evidence| at >= evidence)),
            Section::Figure => figure(document, self.connectors.as_ref()),
            Section::TimelineFigure => figure(document, self.lanes.as_ref()),
            Section::Timeline => document.blocks.extend(self.timeline.document().blocks),
            Section::Doubtful => {
                let doubtful = self.doubtful();
                if doubtful.is_empty() {
                    document.paragraph(lang.of([
                        "No tie of these routes and of this timeline is alleged, disputed or only possibly in force.",
                        "以上路徑與年表中，沒有據稱、有爭議或只是可能有效的關係。",
                        "以上路径与年表中，没有据称、有争议或只是可能有效的关系。",
                    ]));
                }
                document.list(doubtful.into_iter().map(|line| (line, Vec::new())).collect());
            }
            Section::Method => {
                document.list(self.method.iter().map(|line| (line.clone(), Vec::new())).collect());
            }
            Section::Sources => {
                let lines = self.timeline.sources.iter().map(|source| source.text.clone());
                document.sources(lines.collect());
            }
        }
    }
}

fn figure(document: &mut Document, figure: Option<&Figure>) {
    document.blocks.extend(figure.map(|figure| Block::Figure {
        name: figure.name.clone(),
        title: figure.title.clone(),
        svg: figure.svg.clone(),
    }));
}

impl Report for BriefReport {
    const SCHEMA: &'static str = "chancery/report/1";

    fn document(&self) -> Document {
        let usual = Template { parts: self.usual() };
        let template = self.template.as_ref().unwrap_or(&usual);
        let names: Vec<&str> = self.timeline.actors.iter().map(|actor| actor.name.as_str()).collect();
        let title = words::and(self.timeline.lang(), &names);
        let filled = |text: &str| filled(text, &title, &names);
        let mut document = Document::new(title.clone());
        let mut items: Vec<(String, Vec<String>)> = Vec::new();
        for part in &template.parts {
            if !matches!(part, Part::Item(_)) {
                document.list(std::mem::take(&mut items));
            }
            match part {
                Part::Title(text) => document.title = filled(text),
                Part::Heading(text) => document.heading(filled(text)),
                Part::Paragraph(text) => document.paragraph(filled(text)),
                Part::Item(text) => items.push((filled(text), Vec::new())),
                Part::Section(section) => self.section(*section, &mut document),
            }
        }
        document.list(items);
        document
    }

    fn table(&self) -> Table {
        self.timeline.table()
    }

    fn sources(&self) -> &[SourceView] {
        // A template may have placed them.
        if self.template.as_ref().is_some_and(Template::has_sources) {
            return &[];
        }
        // The timeline was told after the connection, with the same numbers.
        &self.timeline.sources
    }
}
