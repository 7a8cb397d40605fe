//! The structure of a network as a whole: how dense it is, where it would break, what its core is.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    view::ActorView,
};
use crate::{
    analysis::{
        Direction, Partition, Sociomatrix, TRIADS, bridges,
        cohesion::{degree_assortativity, density, group_assortativity, reciprocity, transitivity},
        components, core_number, core_periphery, triad_census,
    },
    dataset::ActorIndex,
    model::ActorKind,
    network::Network,
};

/// A dyad without which its component falls into two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BridgeView {
    /// One end.
    pub a: ActorView,
    /// The other.
    pub b: ActorView,
    /// How many actors hang on each side, the ends among them.
    pub sides: [usize; 2],
    /// How many ties the dyad holds.
    pub tie_count: usize,
}

/// An actor without which its component falls into parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CutActorView {
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// How many actors each part has, the largest first.
    pub parts: Vec<usize>,
}

/// How many actors have at least a core number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CoreView {
    /// The number.
    pub k: usize,
    /// How many have it or a greater.
    pub actor_count: usize,
}

/// The best parting into core and periphery.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CorePeripheryView {
    /// Who is in the core, those of most neighbours first.
    pub core: Vec<ActorView>,
    /// How many pairs of the core are not tied.
    pub missing_count: u64,
    /// How many dyads join two of the periphery.
    pub outside_count: u64,
    /// The correlation of what is with the ideal; absent where it is not defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<f64>,
    /// How many outside could stand for the last of the core.
    pub tied_count: usize,
}

/// How often a type of triad occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TriadView {
    /// The type.
    pub triad: &'static str,
    /// In how many sets of three actors.
    pub count: u64,
}

/// The structure of a network.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StructureReport {
    /// How many actors it has.
    pub actor_count: usize,
    /// How many dyads.
    pub dyad_count: usize,
    /// How many ties.
    pub tie_count: usize,
    /// How many arcs: dyads one way, those of symmetric ties both ways.
    pub arc_count: usize,
    /// The share of pairs that are tied.
    pub density: Option<f64>,
    /// The share of ordered pairs that have an arc.
    pub arc_density: Option<f64>,
    /// The share of paths of two dyads that are closed.
    pub transitivity: Option<f64>,
    /// The share of arcs that are answered.
    pub reciprocity: Option<f64>,
    /// The correlation of degrees at both ends of dyads.
    pub degree_assortativity: Option<f64>,
    /// Whether actors are tied to those of their kind.
    pub kind_assortativity: Option<f64>,
    /// How many actors each component has, the largest first.
    pub components: Vec<usize>,
    /// The dyads without which a component falls apart, those that part most first.
    pub bridges: Vec<BridgeView>,
    /// The actors without whom one falls apart, those that part most first.
    pub cut_actors: Vec<CutActorView>,
    /// How many actors stand in each k-core.
    pub cores: Vec<CoreView>,
    /// Who stands in the innermost core.
    pub innermost: Vec<ActorView>,
    /// Core and periphery.
    pub core_periphery: CorePeripheryView,
    /// The triad census.
    pub triads: Vec<TriadView>,
    #[serde(skip)]
    limit: usize,
}

impl StructureReport {
    /// The structure of a network; text shows at most `limit` bridges, cut actors and members of cores.
    pub fn new(network: &Network<'_>, limit: Option<usize>) -> Self {
        let dataset = network.dataset();
        let loose = Sociomatrix::of(network, Direction::Ignored, None);
        let arrows = Sociomatrix::of(network, Direction::Followed, None);
        let actor = |row: u32| loose.actors()[row as usize];
        let view = |row: u32| ActorView::of(dataset, actor(row));
        let kind = |actor: &ActorIndex| dataset.actors().kind(*actor);
        let kinds = Partition::of(&loose.actors().iter().map(kind).collect::<Vec<Option<ActorKind>>>());
        let mut sizes = components(network).sizes().to_vec();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let (mut links, mut cuts) = bridges(&loose);
        links.sort_by_key(|link| (std::cmp::Reverse(link.a_side.min(link.b_side)), link.a, link.b));
        let lost = |parts: &[usize]| parts.iter().skip(1).sum::<usize>();
        cuts.sort_by_key(|cut| (std::cmp::Reverse(lost(&cut.parts)), cut.row));
        let numbers = core_number::core_numbers(&loose);
        let deepest = numbers.iter().max().copied().unwrap_or(0);
        let fit = core_periphery(&loose);
        let bridge = |link: &crate::analysis::Bridge| BridgeView {
            a: view(link.a),
            b: view(link.b),
            sides: [link.a_side, link.b_side],
            tie_count: network.ties_between(actor(link.a), actor(link.b)).count(),
        };
        Self {
            actor_count: loose.len(),
            dyad_count: network.compact().dyads().len(),
            tie_count: network.compact().dyads().iter().map(|dyad| network.ties(*dyad).count()).sum(),
            arc_count: arrows.cell_count(),
            density: density(&loose),
            arc_density: density(&arrows),
            transitivity: transitivity(&loose),
            reciprocity: reciprocity(&arrows),
            degree_assortativity: degree_assortativity(&loose),
            kind_assortativity: group_assortativity(&loose, &kinds),
            components: sizes,
            bridges: links.iter().map(bridge).collect(),
            cut_actors: cuts
                .into_iter()
                .map(|cut| CutActorView { actor: view(cut.row), parts: cut.parts })
                .collect(),
            cores: (1..=deepest)
                .map(|k| CoreView {
                    k: k as usize,
                    actor_count: numbers.iter().filter(|number| **number >= k).count(),
                })
                .collect(),
            innermost: loose
                .rows()
                .filter(|row| deepest > 0 && numbers[*row as usize] == deepest)
                .map(view)
                .collect(),
            core_periphery: CorePeripheryView {
                core: fit.core.iter().map(|row| view(*row)).collect(),
                missing_count: fit.missing_count,
                outside_count: fit.outside_count,
                fit: fit.fit,
                tied_count: fit.tied_count,
            },
            triads: TRIADS
                .into_iter()
                .zip(triad_census(&arrows))
                .map(|(triad, count)| TriadView { triad, count })
                .collect(),
            limit: limit.unwrap_or(usize::MAX),
        }
    }

    /// What the reader must know: the definitions in force.
    pub fn notes() -> Vec<String> {
        vec![
            "Ties are taken as undirected and parallel ties count as one; for arcs, reciprocity and triads they are \
             followed from source to target, symmetric ones both ways."
                .to_owned(),
            "Transitivity: the share of paths of two dyads whose ends are tied. Assortativity: the correlation of \
             degrees at both ends of dyads, and Newman's r (2003) for kinds. Core and periphery: the parting with the \
             fewest pairs untied in the core and dyads within the periphery, dyads between the two counting for \
             neither (Borgatti and Everett 1999; exact after Lip 2011). Triads after Holland and Leinhardt (1970)."
                .to_owned(),
        ]
    }

    fn summary(&self) -> Vec<(&'static str, String)> {
        let share = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.4}"));
        let isolates = self.components.iter().filter(|size| **size == 1).count();
        vec![
            ("actors", self.actor_count.to_string()),
            ("dyads", self.dyad_count.to_string()),
            ("ties", self.tie_count.to_string()),
            ("arcs", self.arc_count.to_string()),
            ("density", share(self.density)),
            ("density of arcs", share(self.arc_density)),
            ("transitivity", share(self.transitivity)),
            ("reciprocity", share(self.reciprocity)),
            ("assortativity by degree", share(self.degree_assortativity)),
            ("assortativity by kind", share(self.kind_assortativity)),
            ("components", self.components.len().to_string()),
            ("largest component", self.components.first().copied().unwrap_or(0).to_string()),
            ("actors without a tie", isolates.to_string()),
        ]
    }
}

/// Some names of a list, and how many more there are.
fn names(actors: &[ActorView], limit: usize) -> String {
    let mut names: Vec<&str> = actors.iter().take(limit).map(|actor| actor.name.as_str()).collect();
    let more = format!("{} more", actors.len().saturating_sub(limit));
    if actors.len() > limit {
        names.push(&more);
    }
    names.join(", ")
}

/// `12 + 3 + 1`, the smallest parts together.
fn sizes(parts: &[usize]) -> String {
    let mut shown: Vec<String> = parts.iter().take(6).map(ToString::to_string).collect();
    if parts.len() > 6 {
        shown.push(format!("{} in {} parts", parts[6..].iter().sum::<usize>(), parts.len() - 6));
    }
    shown.join(" + ")
}

impl Report for StructureReport {
    const SCHEMA: &'static str = "chancery/structure/1";

    fn document(&self) -> Document {
        let mut document = Document::new("The structure of the network");
        let mut table = Table::new(&["", "value>"]);
        for (name, value) in self.summary() {
            table.push(vec![name.to_owned(), value]);
        }
        document.table(table);
        let cut =
            |document: &mut Document, count: usize| document.left_away(count.saturating_sub(self.limit));
        if !self.cut_actors.is_empty() {
            document.heading(format!("Cut actors ({})", self.cut_actors.len()));
            let mut table = Table::new(&["without", "their component falls into"]);
            for actor in self.cut_actors.iter().take(self.limit) {
                table.push(vec![actor.actor.name.clone(), sizes(&actor.parts)]);
            }
            document.table(table);
            cut(&mut document, self.cut_actors.len());
        }
        if !self.bridges.is_empty() {
            document.heading(format!("Bridges ({})", self.bridges.len()));
            let mut table = Table::new(&["dyad", "sides", "ties>"]);
            for bridge in self.bridges.iter().take(self.limit) {
                table.push(vec![
                    format!("{} — {}", bridge.a.name, bridge.b.name),
                    format!("{} + {}", bridge.sides[0], bridge.sides[1]),
                    bridge.tie_count.to_string(),
                ]);
            }
            document.table(table);
            cut(&mut document, self.bridges.len());
        }
        document.heading("Cores");
        let mut table = Table::new(&["k>", "actors>"]);
        for core in &self.cores {
            table.push(vec![core.k.to_string(), core.actor_count.to_string()]);
        }
        document.table(table);
        if let Some(deepest) = self.cores.last() {
            document.paragraph(format!(
                "The innermost, of {} neighbours each at least: {}.",
                deepest.k,
                names(&self.innermost, self.limit)
            ));
        }
        document.heading("Core and periphery");
        document.paragraph(core_line(&self.core_periphery, self.limit));
        document.heading("Triads");
        let mut table = Table::new(&["type", "count>"]);
        for triad in &self.triads {
            table.push(vec![triad.triad.to_owned(), triad.count.to_string()]);
        }
        document.table(table);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["part", "what", "value"]);
        let mut push =
            |part: &str, what: String, value: String| table.push(vec![part.to_owned(), what, value]);
        let exact = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        for (name, value) in self.summary() {
            let value = match name {
                "density" => exact(self.density),
                "density of arcs" => exact(self.arc_density),
                "transitivity" => exact(self.transitivity),
                "reciprocity" => exact(self.reciprocity),
                "assortativity by degree" => exact(self.degree_assortativity),
                "assortativity by kind" => exact(self.kind_assortativity),
                _ => value,
            };
            push("network", name.to_owned(), value);
        }
        for actor in &self.cut_actors {
            let parts: Vec<String> = actor.parts.iter().map(ToString::to_string).collect();
            push("cut actor", actor.actor.actor.clone(), parts.join(" "));
        }
        for bridge in &self.bridges {
            let ends = format!("{} {}", bridge.a.actor, bridge.b.actor);
            push("bridge", ends, format!("{} {}", bridge.sides[0], bridge.sides[1]));
        }
        for core in &self.cores {
            push("k-core", core.k.to_string(), core.actor_count.to_string());
        }
        for actor in &self.innermost {
            push("innermost core", actor.actor.clone(), self.cores.len().to_string());
        }
        for actor in &self.core_periphery.core {
            push("core of core and periphery", actor.actor.clone(), exact(self.core_periphery.fit));
        }
        for triad in &self.triads {
            push("triad", triad.triad.to_owned(), triad.count.to_string());
        }
        table
    }
}

fn core_line(view: &CorePeripheryView, limit: usize) -> String {
    let fit = view.fit.map_or_else(|| "not defined".to_owned(), |fit| format!("{fit:.4}"));
    let mut line = format!(
        "Fit {fit}. The core, of {}: {}. Faults: {} of the core without a tie, {} within the periphery.",
        view.core.len(),
        names(&view.core, limit),
        counted(view.missing_count, "pair"),
        counted(view.outside_count, "dyad")
    );
    if view.tied_count > 0 {
        line.push_str(&format!(
            " {} outside have as many neighbours as the last of the core, and could take its place.",
            view.tied_count
        ));
    }
    line
}
