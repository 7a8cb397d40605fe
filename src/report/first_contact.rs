//! The first day on which two actors were in contact: directly, and through others.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    sources::SourceView,
    timeline::TimelineReport,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::temporal::{Goal, Temporal, Terms, first_days},
    dataset::{ActorIndex, Dataset, TieIndex},
    date::{Certainty, Day},
    network::Network,
};

/// A day, and the tie by which it is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FirstDay {
    /// The day.
    pub day: Day,
    /// For whom its ends act, where the tie is not between the two themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<String>,
    /// The tie.
    pub tie: TieView,
}

/// The first day on which contact came through others.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FirstThrough {
    /// The id of the actor from which it came.
    pub source: String,
    /// The id of the actor to which it came.
    pub target: String,
    /// In some world that the dates allow, or in all.
    pub certainty: Certainty,
    /// The day of arrival; absent where nothing says how early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The names of the actors on the chain, both ends included.
    pub names: Vec<String>,
    /// Their ids.
    pub actors: Vec<String>,
}

/// The first contact of two actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FirstContactReport {
    /// The first actor.
    pub a: ActorView,
    /// The second actor.
    pub b: ActorView,
    /// How many ties are direct contact of the two, those of their agents too.
    pub direct_count: usize,
    /// Whether nothing says how early some direct tie began.
    pub is_open: bool,
    /// The first day on which they may have been in direct contact.
    pub possible: Option<FirstDay>,
    /// The first day by which they certainly have.
    pub certain: Option<FirstDay>,
    /// The first chains through others, either way.
    pub through: Vec<FirstThrough>,
    /// What the ties cite.
    pub sources: Vec<SourceView>,
}

impl FirstContactReport {
    /// The first day on which a direct tie of two actors, or of those who act for them, may have been in force: of
    /// the ties that pass the lens and say how early they began.
    pub fn first_direct_day(network: &Network<'_>, a: ActorIndex, b: ActorIndex) -> Option<Day> {
        let dataset = network.dataset();
        let passes = |tie: &TieIndex| network.predicate().passes(dataset, *tie);
        let ties = TimelineReport::among(dataset, &[a, b]).into_iter().map(|(tie, _)| tie).filter(passes);
        ties.filter_map(|tie| first_days(network, tie).0).filter(|day| day.is_bounded()).min()
    }

    /// The first contact of two actors in a network.
    pub fn new(
        viewer: &mut Viewer<'_>,
        network: &Network<'_>,
        (a, b): (ActorIndex, ActorIndex),
        terms: &Terms,
    ) -> Self {
        let dataset = viewer.dataset();
        let mut found: [Option<(Day, TieIndex, String)>; 2] = [None, None];
        let (mut direct_count, mut is_open) = (0, false);
        for (tie, on_behalf) in TimelineReport::among(dataset, &[a, b]) {
            if !network.predicate().passes(dataset, tie) {
                continue;
            }
            direct_count += 1;
            let (possible, certain) = first_days(network, tie);
            is_open |= possible == Some(Day::MIN);
            let is_sure = on_behalf.iter().all(|on| on.certainty == Certainty::Certainly);
            let names: Vec<String> = on_behalf.iter().map(|on| format!("for {}", on.name)).collect();
            for (place, day) in [possible, certain.filter(|_| is_sure)].into_iter().enumerate() {
                let Some(day) = day.filter(|day| day.is_bounded()) else { continue };
                if found[place].as_ref().is_none_or(|(known, ..)| day < *known) {
                    found[place] = Some((day, tie, names.join(", ")));
                }
            }
        }
        let [possible, certain] = found.map(|found| {
            found.map(|(day, tie, on_behalf)| FirstDay {
                day,
                on_behalf: Some(on_behalf).filter(|text| !text.is_empty()),
                tie: viewer.tie(tie),
            })
        });
        let terms = Terms { without: Some((a, b)), ..*terms };
        let mut through = Vec::new();
        for certainty in [Certainty::Possibly, Certainty::Certainly] {
            let temporal = Temporal::new(network, certainty);
            for (from, to) in [(a, b), (b, a)] {
                through.extend(chain(dataset, &temporal, (from, to), &terms));
            }
        }
        Self {
            a: viewer.actor(a),
            b: viewer.actor(b),
            direct_count,
            is_open,
            possible,
            certain,
            through,
            sources: viewer.sources.list(dataset),
        }
    }

    /// Whether any contact was found.
    pub fn is_found(&self) -> bool {
        self.direct_count > 0 || !self.through.is_empty()
    }
}

fn chain(
    dataset: &Dataset,
    temporal: &Temporal<'_>,
    (from, to): (ActorIndex, ActorIndex),
    terms: &Terms,
) -> Option<FirstThrough> {
    let path = temporal.path(from, to, Goal::Earliest, terms)?;
    let actors = dataset.actors();
    Some(FirstThrough {
        source: actors.id(from).to_owned(),
        target: actors.id(to).to_owned(),
        certainty: temporal.certainty(),
        day: Some(path.arrival()).filter(|day| day.is_bounded()),
        names: path.actors.iter().map(|actor| actors.label(*actor).to_owned()).collect(),
        actors: path.actors.iter().map(|actor| actors.id(*actor).to_owned()).collect(),
    })
}

impl FirstDay {
    fn line(&self, what: &str) -> String {
        let on_behalf = self.on_behalf.as_ref().map_or_else(String::new, |text| format!(" ({text})"));
        format!("{what} {}: {}{on_behalf}", self.day, self.tie.line())
    }
}

impl Report for FirstContactReport {
    const SCHEMA: &'static str = "chancery/first-contact/1";

    fn document(&self) -> Document {
        let mut document = Document::new(format!("First contact of {} and {}", self.a.name, self.b.name));
        if !self.is_found() {
            document.paragraph(
                "None through this lens, neither directly nor through others; `chancery connect` says why.",
            );
            return document;
        }
        document.heading("Directly");
        let mut items = Vec::new();
        if let Some(first) = &self.possible {
            items.push((first.line("possibly on"), Vec::new()));
        }
        if let Some(first) = &self.certain {
            items.push((first.line("certainly by"), Vec::new()));
        }
        if items.is_empty() {
            document.paragraph(if self.direct_count == 0 {
                "Never, as far as is recorded."
            } else {
                "Nothing says when."
            });
        }
        document.list(items);
        if self.is_open {
            document.paragraph("Of some direct tie nothing says how early it began; it is not counted.");
        }
        document.heading("Through others");
        let line = |first: &FirstThrough| {
            let day = first.day.map_or_else(|| "nothing says how early".to_owned(), |day| day.to_string());
            let how = match (first.day, first.certainty) {
                (None, _) => "",
                (Some(_), Certainty::Certainly) => "certainly by ",
                (Some(_), Certainty::Possibly | Certainty::No) => "possibly on ",
            };
            (format!("{how}{day}: {}", first.names.join(" → ")), Vec::new())
        };
        if self.through.is_empty() {
            document.paragraph("No chain of contact in order of time.");
        }
        document.list(self.through.iter().map(line).collect());
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["contact", "certainty", "day", "actors", "tie"]);
        let direct = [(&self.possible, Certainty::Possibly), (&self.certain, Certainty::Certainly)];
        for (first, certainty) in direct {
            let Some(first) = first else { continue };
            table.push(vec![
                "direct".to_owned(),
                certainty.as_str().to_owned(),
                first.day.to_string(),
                format!("{} {}", first.tie.source, first.tie.target),
                first.tie.id.clone(),
            ]);
        }
        for first in &self.through {
            table.push(vec![
                "through".to_owned(),
                first.certainty.as_str().to_owned(),
                first.day.map(|day| day.to_string()).unwrap_or_default(),
                first.actors.join(" "),
                String::new(),
            ]);
        }
        table
    }

    fn sources(&self) -> &[SourceView] {
        &self.sources
    }
}
