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
        let names: Vec<&str> = self.timeline.actors.iter().map(|actor| actor.name.as_str()).collect();
        let lang = self.timeline.lang();
        let mut document = Document::new(words::and(lang, &names));
        if let Some(connect) = &self.connect {
            let mut blocks = connect.document().blocks.into_iter().peekable();
            // The answer in words, the picture, and then the evidence.
            while let Some(block) = blocks.next_if(|block| !matches!(block, Block::Heading(_))) {
                document.blocks.push(block);
            }
            figure(&mut document, self.connectors.as_ref());
            document.blocks.extend(blocks);
        }
        document.heading(lang.of(["In order of time", "按時間先後", "按时间先后"]));
        figure(&mut document, self.lanes.as_ref());
        document.blocks.extend(self.timeline.document().blocks);
        let doubtful = self.doubtful();
        document.heading(lang.of(["Doubtful or contradictory", "存疑或互相矛盾之處", "存疑或互相矛盾之处"]));
        if doubtful.is_empty() {
            document.paragraph(lang.of([
                "No tie of these routes and of this timeline is alleged, disputed or only possibly in force.",
                "以上路徑與年表中，沒有據稱、有爭議或只是可能有效的關係。",
                "以上路径与年表中，没有据称、有争议或只是可能有效的关系。",
            ]));
        }
        document.list(doubtful.into_iter().map(|line| (line, Vec::new())).collect());
        document.heading(lang.of(["Method", "方法", "方法"]));
        document.list(self.method.iter().map(|line| (line.clone(), Vec::new())).collect());
        document
    }

    fn table(&self) -> Table {
        self.timeline.table()
    }

    fn sources(&self) -> &[SourceView] {
        // The timeline was told after the connection, with the same numbers.
        &self.timeline.sources
    }
}
