//! Dyads by periods: what regressions on pairs of states and years are run on.
//!
//! A cell is one pair in one period: how many events, how friendly, how surely; and where there are none, whether
//! that is an observed zero, or nobody looked, or one of the two did not exist.

mod contacts;
mod observed;

use std::collections::BTreeSet;

use thiserror::Error;

pub use observed::Observed;

use contacts::{Contact, contacts};
use observed::Observers;

use crate::{
    dataset::{ActorIndex, Dataset, ReferenceIndex, TieIndex},
    date::{Certainty, Window},
    lens::{Lens, LensError, Predicate},
};

/// Which pairs have rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Universe {
    /// Those who have a tie that passes the lens, in whatever period.
    #[default]
    Tied,
    /// All pairs of actors that the lens admits.
    All,
    /// All pairs of actors that have a code in a scheme: `cow` and `gw` list the states.
    Listed(String),
}

/// What a panel is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelTerms {
    /// The periods, in order.
    pub periods: Vec<Window>,
    /// Whether a pair has a row for each way.
    pub is_directed: bool,
    /// Which pairs have rows.
    pub universe: Universe,
    /// Only pairs among these actors, or with it if it is one; all when empty.
    pub among: Vec<ActorIndex>,
    /// Whether all that has no tie counts as observed.
    pub assumes_observed: bool,
}

/// Why there is no panel.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PanelError {
    /// The lens does not fit the dataset.
    #[error(transparent)]
    Lens(#[from] LensError),
    /// There are too many rows.
    #[error(
        "{pair_count} pairs in {period_count} periods make more than {MOST_ROWS} rows; take longer periods, or \
        narrow --during, --kind or --universe"
    )]
    TooLarge {
        /// How many pairs.
        pair_count: usize,
        /// How many periods.
        period_count: usize,
    },
}

/// The most rows of a panel.
pub const MOST_ROWS: usize = 20_000_000;

/// One pair in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The actor that acts; the one of the lower row where direction is ignored.
    pub a: ActorIndex,
    /// The other.
    pub b: ActorIndex,
    /// The number of the period.
    pub period: usize,
    /// How many happenings there certainly were.
    pub certain_count: u32,
    /// How many there may have been.
    pub possible_count: u32,
    /// How many of those that may have been are lasting: relations in force, not events.
    pub lasting_count: u32,
    /// For how many reports they stand.
    pub report_count: u32,
    /// The sum of their Goldstein weights, and how many have one.
    pub goldstein: (f64, u32),
    /// How many are of each quad class: verbal and material cooperation, verbal and material conflict.
    pub quads: [u32; 4],
    /// The highest level of missions that may have been in force, by its place in the vocabulary's list.
    pub level: Option<usize>,
    /// What is known of the pair in the period.
    pub observed: Observed,
    /// What its ties cite, in order.
    pub references: Vec<ReferenceIndex>,
}

/// The cells of all pairs in all periods: by pair, then by period.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The cells.
    pub cells: Vec<Cell>,
    /// How many pairs there are.
    pub pair_count: usize,
    /// How many actors they are of.
    pub actor_count: usize,
    /// The levels of missions, the highest first.
    pub levels: Vec<String>,
}

/// The relation of which levels are told.
const MISSION: &str = "mission";

/// Makes a panel of the ties that pass a lens.
///
/// A tie counts for its two ends, and for those on whose behalf they act: by the record, or else by the offices held on
/// its days. Kinds in the lens choose the pairs, and not the ties. A happening counts once for a pair and period,
/// however many ties tell of it; its Goldstein weight is the mean of theirs.
///
/// # Errors
/// When the lens does not fit the dataset, or there would be too many rows.
///
/// # Complexity
/// Time O(E log E + R + C), for E ties, R rows, and C the sum over all ties of the periods that each may touch.
///
/// # References
/// Goldstein, J. S. (1992). A conflict–cooperation scale for WEIS events data. *Journal of Conflict Resolution* 36(2),
/// 369–385. <https://doi.org/10.1177/0022002792036002007>
pub fn panel(dataset: &Dataset, lens: &Lens, terms: &PanelTerms) -> Result<Panel, PanelError> {
    let chooser = Predicate::compile(dataset, lens, &terms.among)?;
    let predicate = Predicate::compile(dataset, &Lens { kinds: Vec::new(), ..lens.clone() }, &[])?;
    let actors = candidates(dataset, &chooser, terms);
    let contacts = contacts(dataset, &predicate, &actors, terms);
    let pairs = pairs(&contacts, &actors, terms)?;
    let observers = Observers::of(dataset, &predicate, terms);
    let mut cells = Vec::with_capacity(pairs.len() * terms.periods.len());
    let mut rest = contacts.as_slice();
    let levels = dataset
        .vocabulary()
        .find(MISSION)
        .map_or_else(Vec::new, |mission| dataset.vocabulary().relation(mission).levels.clone());
    for (a, b) in &pairs {
        let skipped = rest.partition_point(|contact| (contact.a, contact.b) < (*a, *b));
        let own = &rest[skipped..];
        let own = &own[..own.partition_point(|contact| (contact.a, contact.b) == (*a, *b))];
        rest = &rest[skipped + own.len()..];
        let known: Vec<Known<'_>> = own.iter().map(|contact| Known::of(dataset, contact, &levels)).collect();
        for (period, window) in terms.periods.iter().enumerate() {
            let mut cell = cell(dataset, &predicate, (*a, *b, period), *window, &known);
            cell.observed = observers.of_cell(dataset, &cell, *window);
            cells.push(cell);
        }
    }
    let tied: BTreeSet<ActorIndex> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    Ok(Panel { cells, pair_count: pairs.len(), actor_count: tied.len(), levels })
}

/// The actors of whom pairs are made, by row: whether each is one.
fn candidates(dataset: &Dataset, chooser: &Predicate, terms: &PanelTerms) -> Vec<bool> {
    let actors = dataset.actors();
    let suits = |actor: ActorIndex| {
        let is_listed = match &terms.universe {
            Universe::Tied | Universe::All => true,
            Universe::Listed(scheme) => actors.codes(actor).any(|(known, _)| known == scheme),
        };
        let is_asked = terms.among.len() < 2 || terms.among.contains(&actor);
        chooser.admits(actor) && is_listed && is_asked
    };
    actors.all().map(suits).collect()
}

/// The pairs that have rows, in order.
fn pairs(
    contacts: &[Contact],
    actors: &[bool],
    terms: &PanelTerms,
) -> Result<Vec<(ActorIndex, ActorIndex)>, PanelError> {
    let period_count = terms.periods.len();
    let fits = |pair_count: usize| {
        let rows = pair_count.saturating_mul(period_count);
        if rows <= MOST_ROWS { Ok(()) } else { Err(PanelError::TooLarge { pair_count, period_count }) }
    };
    let is_asked = |a: ActorIndex, b: ActorIndex| match terms.among[..] {
        [one] => a == one || b == one,
        _ => true,
    };
    if terms.universe == Universe::Tied {
        let mut pairs: Vec<_> = contacts.iter().map(|contact| (contact.a, contact.b)).collect();
        pairs.dedup();
        pairs.retain(|(a, b)| is_asked(*a, *b));
        return fits(pairs.len()).map(|()| pairs);
    }
    let all: Vec<ActorIndex> =
        (0..).map(ActorIndex).zip(actors).filter(|(_, is)| **is).map(|(a, _)| a).collect();
    let ways = if terms.is_directed { 1 } else { 2 };
    let count = match terms.among.len() {
        1 => 2 * all.len().saturating_sub(1) / ways,
        _ => all.len().saturating_mul(all.len().saturating_sub(1)) / ways,
    };
    fits(count)?;
    let mut pairs = Vec::with_capacity(count);
    for a in &all {
        let others = all.iter().filter(|b| if terms.is_directed { *b != a } else { *b > a });
        pairs.extend(others.filter(|b| is_asked(*a, **b)).map(|b| (*a, *b)));
    }
    Ok(pairs)
}

/// A contact with what is read of its tie once.
struct Known<'c> {
    contact: &'c Contact,
    days: Window,
    level: Option<usize>,
}

impl<'c> Known<'c> {
    fn of(dataset: &Dataset, contact: &'c Contact, levels: &[String]) -> Self {
        let (first, last) = dataset.ties().hull(contact.tie);
        let relation = dataset.relation(contact.tie);
        let level = (relation.id.as_str() == MISSION).then(|| dataset.tie(contact.tie).level).flatten();
        Self {
            contact,
            days: Window::new(first, last).unwrap_or(Window::ALL),
            level: level.and_then(|level| levels.iter().position(|known| *known == level)),
        }
    }
}

/// A tie that counts in a cell.
struct Counted {
    happening: u32,
    certainty: Certainty,
    tie: TieIndex,
}

fn cell(
    dataset: &Dataset,
    predicate: &Predicate,
    (a, b, period): (ActorIndex, ActorIndex, usize),
    window: Window,
    known: &[Known<'_>],
) -> Cell {
    let mut cell = Cell {
        a,
        b,
        period,
        certain_count: 0,
        possible_count: 0,
        lasting_count: 0,
        report_count: 0,
        goldstein: (0.0, 0),
        quads: [0; 4],
        level: None,
        observed: Observed::Missing,
        references: Vec::new(),
    };
    let mut counted: Vec<Counted> = Vec::new();
    for known in known.iter().filter(|known| known.days.intersects(window)) {
        let tie = known.contact.tie;
        let certainty = predicate.certainty_in(dataset, tie, window).min(known.contact.certainty);
        if certainty < predicate.lens().certainty {
            continue;
        }
        counted.push(Counted { happening: dataset.ties().happening(tie), certainty, tie });
        if let Some(level) = known.level {
            cell.level = Some(cell.level.map_or(level, |highest| highest.min(level)));
        }
        let claims = dataset.ties().claims(tie);
        let cited = claims.filter(|(claim, _, cited)| predicate.looks_at(claim.status, cited));
        cell.references.extend(cited.flat_map(|(_, _, cited)| cited.iter().copied()));
    }
    cell.references.sort_unstable();
    cell.references.dedup();
    counted.sort_by_key(|counted| (counted.happening, counted.tie));
    for ties in counted.chunk_by(|one, next| one.happening == next.happening) {
        add(dataset, &mut cell, ties);
    }
    cell
}

/// Counts one happening, by its ties.
fn add(dataset: &Dataset, cell: &mut Cell, ties: &[Counted]) {
    let relations = || ties.iter().map(|counted| dataset.relation(counted.tie));
    cell.possible_count += 1;
    cell.certain_count += u32::from(ties.iter().any(|counted| counted.certainty == Certainty::Certainly));
    cell.lasting_count += u32::from(relations().all(|relation| relation.lasting));
    let reports = ties.iter().map(|counted| dataset.ties().report_count(counted.tie));
    cell.report_count = cell.report_count.saturating_add(reports.fold(0, u32::saturating_add));
    let weights: Vec<f64> = relations().filter_map(|relation| relation.goldstein).collect();
    if !weights.is_empty() {
        let count = f64::from(crate::dataset::number(weights.len()));
        cell.goldstein.0 += weights.iter().sum::<f64>() / count;
        cell.goldstein.1 += 1;
    }
    for (class, count) in (1..).zip(&mut cell.quads) {
        *count += u32::from(relations().any(|relation| relation.quad == Some(class)));
    }
}
