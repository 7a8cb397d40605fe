//! Brokers between two blocs as an answer.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    rank::{decimal, decimals, settled},
    view::ActorView,
};
use crate::{
    analysis::{BlocBroker, BlocSide, Sociomatrix},
    dataset::{ActorIndex, Dataset},
};

/// One of the two blocs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlocView {
    /// What it was called.
    pub name: String,
    /// Its members that the lens admits, but for those of both blocs.
    pub members: Vec<ActorView>,
}

/// An actor and what it brokers between the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlocBrokerView {
    /// Who it is.
    #[serde(flatten)]
    pub actor: ActorView,
    /// Where it stands: `first`, `second` or `third`.
    pub side: &'static str,
    /// To how many of the first bloc it is tied.
    pub tied_first: usize,
    /// To how many of the second.
    pub tied_second: usize,
    /// How many pairs of members that are not tied it ties.
    pub pair_count: u64,
    /// How many of these nobody else ties.
    pub alone_count: u64,
    /// The share of shortest paths between members of the two that pass through it, summed over all pairs.
    pub betweenness: f64,
}

/// Who stands between two blocs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlocBrokersReport {
    /// Whether direction was followed, from the first to the second.
    pub directed: bool,
    /// The two.
    pub blocs: [BlocView; 2],
    /// How many pairs of a member of the one and a member of the other there are.
    pub pair_count: usize,
    /// How many of these are tied themselves.
    pub tied_count: usize,
    /// How many actors broker at all.
    pub broker_count: usize,
    /// How many are left away at the end by a limit.
    pub cut_count: usize,
    /// The brokers, those of most pairs first, then by betweenness, then by id.
    pub brokers: Vec<BlocBrokerView>,
}

impl BlocBrokersReport {
    /// The first `limit` brokers between two blocs, each with what it is called and the marks of its rows.
    pub fn new(
        dataset: &Dataset,
        matrix: &Sociomatrix,
        names: [String; 2],
        marks: [&[bool]; 2],
        brokers: &[BlocBroker],
        limit: Option<usize>,
    ) -> Self {
        let rows = |own: &[bool], other: &[bool]| -> Vec<u32> {
            matrix.rows().filter(|row| own[*row as usize] && !other[*row as usize]).collect()
        };
        let rows = [rows(marks[0], marks[1]), rows(marks[1], marks[0])];
        let view = |row: &u32| ActorView::of(dataset, matrix.actors()[*row as usize]);
        let [first, second] = names;
        let bloc = |name, rows: &[u32]| BlocView { name, members: rows.iter().map(view).collect() };
        let tied = |a: &u32| rows[1].iter().filter(|b| matrix.cell(*a, **b).is_some()).count();
        let shown = &brokers[..brokers.len().min(limit.unwrap_or(usize::MAX))];
        let broker = |broker: &BlocBroker| BlocBrokerView {
            actor: view(&broker.row),
            side: match broker.side {
                BlocSide::First => "first",
                BlocSide::Second => "second",
                BlocSide::Third => "third",
            },
            tied_first: broker.tied[0],
            tied_second: broker.tied[1],
            pair_count: broker.pairs,
            alone_count: broker.alone,
            betweenness: settled(broker.betweenness),
        };
        Self {
            directed: matrix.is_directed(),
            blocs: [bloc(first, &rows[0]), bloc(second, &rows[1])],
            pair_count: rows[0].len() * rows[1].len(),
            tied_count: rows[0].iter().map(tied).sum(),
            broker_count: brokers.len(),
            cut_count: brokers.len() - shown.len(),
            brokers: shown.iter().map(broker).collect(),
        }
    }

    /// What the reader must know: what the columns count, and who stands in both blocs.
    pub fn notes(&self, dataset: &Dataset, both: &[ActorIndex]) -> Vec<String> {
        let way = if self.directed {
            "Ties are followed from source to target, from the first bloc to the second"
        } else {
            "Ties are taken as undirected"
        };
        let mut notes = vec![format!(
            "Pairs: a member of each bloc, not tied to one another but both to the broker (Gould and Fernandez 1989; as a third \
             party it is their liaison, in a bloc its representative or gatekeeper). Alone: pairs that nobody else ties so. \
             Betweenness: the share of all shortest paths between members of the two that pass through it, summed over pairs \
             (Brandes 2008), not normalised. {way}; parallel ties count as one."
        )];
        if !both.is_empty() {
            let names: Vec<&str> = both.iter().map(|actor| dataset.actors().label(*actor)).collect();
            notes.push(format!("In both blocs, and so in neither but between them: {}.", names.join(", ")));
        }
        notes
    }
}

/// So many members of a bloc are named in text.
const NAMED: usize = 12;

impl Report for BlocBrokersReport {
    const SCHEMA: &'static str = "chancery/bloc-brokers/1";

    fn document(&self) -> Document {
        let [first, second] = &self.blocs;
        let mut document = Document::new(format!(
            "{} between {} and {}",
            counted(self.broker_count, "broker"),
            first.name,
            second.name
        ));
        for bloc in &self.blocs {
            let mut names: Vec<String> =
                bloc.members.iter().take(NAMED).map(|member| member.name.clone()).collect();
            if bloc.members.len() > NAMED {
                names.push(format!("{} more", bloc.members.len() - NAMED));
            }
            if names != [bloc.name.as_str()] {
                let count = counted(bloc.members.len(), "actor");
                document.paragraph(format!("{}: {count}: {}.", bloc.name, names.join(", ")));
            }
        }
        let are = if self.tied_count == 1 { "is" } else { "are" };
        document.paragraph(format!(
            "Of {} of the two, {} {are} tied directly.",
            counted(self.pair_count, "pair"),
            self.tied_count
        ));
        let (to_first, to_second) = ("tied to first>", "tied to second>");
        let mut table =
            Table::new(&["name", "stands in", to_first, to_second, "pairs>", "alone>", "betweenness>"]);
        let most = self.brokers.iter().map(|broker| broker.betweenness).fold(0.0, f64::max);
        for broker in &self.brokers {
            table.push(vec![
                broker.actor.name.clone(),
                match broker.side {
                    "first" => first.name.clone(),
                    "second" => second.name.clone(),
                    _ => "neither".to_owned(),
                },
                broker.tied_first.to_string(),
                broker.tied_second.to_string(),
                broker.pair_count.to_string(),
                broker.alone_count.to_string(),
                decimal(broker.betweenness, decimals(most)),
            ]);
        }
        document.table(table);
        document.left_away(self.cut_count);
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "actor",
            "name",
            "side",
            "tied_first>",
            "tied_second>",
            "pairs>",
            "alone>",
            "betweenness>",
        ]);
        for broker in &self.brokers {
            table.push(vec![
                broker.actor.actor.clone(),
                broker.actor.name.clone(),
                broker.side.to_owned(),
                broker.tied_first.to_string(),
                broker.tied_second.to_string(),
                broker.pair_count.to_string(),
                broker.alone_count.to_string(),
                broker.betweenness.to_string(),
            ]);
        }
        table
    }
}
