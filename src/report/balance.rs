//! Structural balance: signed triads, frustration, and the blocs that frustrate fewest dyads.

use serde::Serialize;

use super::{
    answer::Report,
    document::{Document, Table, counted},
    view::ActorView,
};
use crate::{
    analysis::{Blocs, SignedTriads, Sociomatrix},
    dataset::Dataset,
};

/// Blocs, and how many dyads stand against them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlocsView {
    /// Friendly dyads between blocs and hostile ones within.
    pub frustration: usize,
    /// No partition into so many blocs has fewer.
    pub at_least: usize,
    /// The actors of each bloc that have a sign with anybody, the largest bloc first.
    pub blocs: Vec<Vec<ActorView>>,
}

/// How balanced a signed network is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BalanceReport {
    /// The rule for the sign of a dyad.
    pub rule: &'static str,
    /// How many dyads are friendly.
    pub friendly_count: usize,
    /// How many are hostile.
    pub hostile_count: usize,
    /// Triads by the number of hostile dyads, from 0 to 3.
    pub triads: [u64; 4],
    /// The share of triads that are balanced, if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strong: Option<f64>,
    /// The same where three foes count as balanced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weak: Option<f64>,
    /// The best parting into two blocs.
    pub two: BlocsView,
    /// The best parting into any number of blocs.
    pub any: BlocsView,
}

impl BalanceReport {
    /// Of a signed matrix.
    pub fn new(
        dataset: &Dataset,
        matrix: &Sociomatrix,
        rule: &'static str,
        triads: SignedTriads,
        two: &Blocs,
        any: &Blocs,
    ) -> Self {
        let hostile = |row| matrix.out_cells(row).filter(|(_, value)| *value < 0.0).count();
        let hostile_count = matrix.rows().map(hostile).sum::<usize>() / 2;
        let view = |blocs: &Blocs| {
            let tied = |row: &u32| !matrix.out(*row).is_empty();
            let actor = |row: u32| ActorView::of(dataset, matrix.actors()[row as usize]);
            let members = |group| blocs.partition.members(group).filter(tied).map(actor).collect::<Vec<_>>();
            let groups = 0..u32::try_from(blocs.partition.sizes().len()).unwrap_or(0);
            let mut blocs_of: Vec<Vec<ActorView>> =
                groups.map(members).filter(|bloc| !bloc.is_empty()).collect();
            blocs_of.sort_by_key(|bloc| std::cmp::Reverse(bloc.len()));
            BlocsView { frustration: blocs.frustration, at_least: blocs.at_least, blocs: blocs_of }
        };
        Self {
            rule,
            friendly_count: matrix.cell_count() / 2 - hostile_count,
            hostile_count,
            triads: triads.by_hostile,
            strong: triads.balance(false),
            weak: triads.balance(true),
            two: view(two),
            any: view(any),
        }
    }
}

impl Report for BalanceReport {
    const SCHEMA: &'static str = "chancery/balance/1";

    fn document(&self) -> Document {
        let signed = self.friendly_count + self.hostile_count;
        let mut document = Document::new(format!(
            "{}: {} friendly, {} hostile",
            counted(signed, "signed dyad"),
            self.friendly_count,
            self.hostile_count
        ));
        let share =
            |share: Option<f64>| share.map_or("—".to_owned(), |share| format!("{:.1} %", share * 100.0));
        document.paragraph(format!(
            "Balanced triads: {} (strong: no or two hostile dyads), {} (weak: three too).",
            share(self.strong),
            share(self.weak)
        ));
        let mut table = Table::new(&["triads", "count>"]);
        let kinds =
            ["+++ balanced", "++− not balanced", "+−− balanced", "−−− balanced only in the weak sense"];
        for (kind, count) in kinds.into_iter().zip(self.triads) {
            table.push(vec![kind.to_owned(), count.to_string()]);
        }
        document.table(table);
        for (what, blocs) in [("Two blocs", &self.two), ("Any number of blocs", &self.any)] {
            document.heading(what);
            let least = if blocs.frustration == blocs.at_least {
                "no parting has fewer".to_owned()
            } else {
                format!("found by search; no parting has fewer than {}", blocs.at_least)
            };
            document.paragraph(format!(
                "Frustrated dyads, friendly between blocs or hostile within: {} ({least}).",
                blocs.frustration
            ));
            let line = |bloc: &Vec<ActorView>| {
                let names: Vec<&str> = bloc.iter().map(|actor| actor.name.as_str()).collect();
                (format!("{}: {}", bloc.len(), names.join(", ")), Vec::new())
            };
            document.list(blocs.blocs.iter().map(line).collect());
        }
        document
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["actor", "name", "of two>", "of any>"]);
        let place = |blocs: &BlocsView, id: &str| {
            let at = blocs.blocs.iter().position(|bloc| bloc.iter().any(|actor| actor.actor == id));
            at.map_or_else(String::new, |at| (at + 1).to_string())
        };
        for actor in self.two.blocs.iter().flatten() {
            table.push(vec![
                actor.actor.clone(),
                actor.name.clone(),
                place(&self.two, &actor.actor),
                place(&self.any, &actor.actor),
            ]);
        }
        table
    }
}
