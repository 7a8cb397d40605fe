//! The first day on which two actors were in contact: directly, and through others.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table},
    lang::{Lang, say},
    sources::SourceView,
    timeline::TimelineReport,
    view::{ActorView, TieView, Viewer},
};
use crate::{
    analysis::temporal::{Goal, Temporal, Terms, first_days},
    dataset::{ActorIndex, TieIndex},
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
    #[serde(skip)]
    lang: Lang,
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
            let lang = viewer.lang();
            let names = on_behalf.iter().map(|on| say(lang, ["for {0}", "代表{0}", "代表{0}"], &[&on.name]));
            let names: Vec<String> = names.collect();
            for (place, day) in [possible, certain.filter(|_| is_sure)].into_iter().enumerate() {
                let Some(day) = day.filter(|day| day.is_bounded()) else { continue };
                if found[place].as_ref().is_none_or(|(known, ..)| day < *known) {
                    found[place] = Some((day, tie, names.join(lang.of([", ", "、", "、"]))));
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
                through.extend(chain(viewer, &temporal, (from, to), &terms));
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
            lang: viewer.lang(),
        }
    }

    /// Whether any contact was found.
    pub fn is_found(&self) -> bool {
        self.direct_count > 0 || !self.through.is_empty()
    }
}

fn chain(
    viewer: &Viewer<'_>,
    temporal: &Temporal<'_>,
    (from, to): (ActorIndex, ActorIndex),
    terms: &Terms,
) -> Option<FirstThrough> {
    let path = temporal.path(from, to, Goal::Earliest, terms)?;
    let actors = viewer.dataset().actors();
    Some(FirstThrough {
        source: actors.id(from).to_owned(),
        target: actors.id(to).to_owned(),
        certainty: temporal.certainty(),
        day: Some(path.arrival()).filter(|day| day.is_bounded()),
        names: path.actors.iter().map(|actor| viewer.name(*actor)).collect(),
        actors: path.actors.iter().map(|actor| actors.id(*actor).to_owned()).collect(),
    })
}

impl FirstDay {
    fn line(&self, lang: Lang, certainty: Certainty) -> String {
        let on_behalf = self
            .on_behalf
            .as_ref()
            .map_or_else(String::new, |text| say(lang, [" ({0})", "（{0}）", "（{0}）"], &[text]));
        let line = ["{0}: {1}{2}", "{0}：{1}{2}", "{0}：{1}{2}"];
        say(lang, line, &[&day_of(lang, certainty, Some(self.day)), &self.tie.line(), &on_behalf])
    }
}

/// `certainly by 1990-03-26`.
fn day_of(lang: Lang, certainty: Certainty, day: Option<Day>) -> String {
    let Some(day) = day else {
        return lang.of(["nothing says how early", "最早何時未有記載", "最早何时未有记载"]).to_owned();
    };
    let words = match certainty {
        Certainty::Certainly => ["certainly by {0}", "最遲{0}必已", "最迟{0}必已"],
        Certainty::Possibly | Certainty::No => ["possibly on {0}", "最早可能在{0}", "最早可能在{0}"],
    };
    say(lang, words, &[&day])
}

impl Report for FirstContactReport {
    const SCHEMA: &'static str = "chancery/first-contact/1";

    fn document(&self) -> Document {
        let lang = self.lang;
        let title = ["First contact of {0} and {1}", "{0}與{1}的首次接觸", "{0}与{1}的首次接触"];
        let mut document = Document::new(say(lang, title, &[&self.a.name, &self.b.name]));
        if !self.is_found() {
            document.paragraph(lang.of([
                "None through this lens, neither directly nor through others; `chancery connect` says why.",
                "在此篩選條件下，直接與間接的接觸都沒有；`chancery connect` 會說明原因。",
                "在此筛选条件下，直接与间接的接触都没有；`chancery connect` 会说明原因。",
            ]));
            return document;
        }
        document.heading(lang.of(["Directly", "直接", "直接"]));
        let days = [(&self.possible, Certainty::Possibly), (&self.certain, Certainty::Certainly)];
        let items: Vec<_> = days
            .into_iter()
            .filter_map(|(first, certainty)| Some((first.as_ref()?.line(lang, certainty), Vec::new())))
            .collect();
        if items.is_empty() {
            document.paragraph(lang.of(if self.direct_count == 0 {
                ["Never, as far as is recorded.", "據所載從未有過。", "据所载从未有过。"]
            } else {
                ["Nothing says when.", "何時未有記載。", "何时未有记载。"]
            }));
        }
        document.list(items);
        if self.is_open {
            document.paragraph(lang.of([
                "Of some direct tie nothing says how early it began; it is not counted.",
                "有的直接關係未載最早始於何時，不計在內。",
                "有的直接关系未载最早始于何时，不计在内。",
            ]));
        }
        document.heading(lang.of(["Through others", "經他人", "经他人"]));
        let line = |first: &FirstThrough| {
            let day = day_of(lang, first.certainty, first.day);
            let told = ["{0}: {1}", "{0}：{1}", "{0}：{1}"];
            (say(lang, told, &[&day, &first.names.join(" → ")]), Vec::new())
        };
        if self.through.is_empty() {
            document.paragraph(lang.of([
                "No chain of contact in order of time.",
                "沒有合乎時序的接觸路徑。",
                "没有合乎时序的接触路径。",
            ]));
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
