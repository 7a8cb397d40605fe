//! Events told from both sides: a visit made and the same visit hosted, a consultation coded once for each
//! who took part.
//!
//! Event coders write such an event twice, once in each direction. Whoever counts events counts it
//! double, so it can be merged; whoever asks who acted keeps both.

use rustc_hash::FxHashMap;

use super::{Dataset, builder::Builder, index::TieIndex, pending::Row};
use crate::date::Status;

/// How many ties tell of the same as others, from the other side: those that [`Builder::merge_mirrors`] merges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mirrored {
    /// Visits that were hosted the same day.
    pub visit_count: usize,
    /// Consultations, negotiations, meetings and agreements that stand in both directions.
    pub mutual_count: usize,
}

impl Mirrored {
    /// What a reader must know of it.
    pub fn describe(self) -> String {
        let Self { visit_count, mutual_count } = self;
        format!(
            "Mirrored events count once (--merge-mirrors): {visit_count} visits hosted the same day, and \
             {mutual_count} consultations, negotiations, meetings and agreements told from both sides."
        )
    }
}

/// What is done by one side and told by the other under another name.
const HOSTED: [[&str; 2]; 2] = [["cameo:042", "cameo:043"], ["visit", "host"]];

/// What two do together, and coders write once in each direction.
const MUTUAL: [&str; 5] = ["cameo:040", "cameo:041", "cameo:044", "cameo:046", "cameo:057"];

/// How ties mirror one another.
#[derive(Clone, Copy)]
enum Side {
    /// The visit that stays.
    Visit,
    /// The hosting that goes into it.
    Host,
    /// The first of two stays.
    Mutual,
}

/// Who does it to whom, what, and on which day, by their numbers.
type Deed = (u32, u32, u32, u32);

impl Builder {
    /// Merges mirrored events of the same two actors and the same date, so that each counts once.
    ///
    /// A hosted visit goes into the visit; of what two do together the tie that was read first stays. Each
    /// tie has one mirror at most: two visits and one hosting leave two visits. Ties with several claims, of
    /// an actor with itself, or without a date stay as they are.
    ///
    /// # Complexity
    /// Time O(E), space O(E), for E ties.
    pub fn merge_mirrors(&mut self) -> Mirrored {
        let sides = sides(|id| self.relations_named.find(id));
        let part = |row: &Row| {
            let (side, relation) = *sides.get(&row.relation)?;
            let [claim] = self.ties.sayings.of(row.said) else { return None };
            let is_dated = !self.datings.of(claim.dating).is_empty();
            let stands =
                self.ties.more(row).is_whole && claim.status == Status::Asserted && row.source != row.target;
            (is_dated && stands).then_some((side, (row.source, row.target, relation, claim.dating)))
        };
        let parts: Vec<Option<(Side, Deed)>> = self.ties.rows().map(|(_, row)| part(&row)).collect();
        let (keeps, merged) = merge(&parts);
        self.spell_out_bare();
        let (hash, mut keeps) = (&mut self.hash, keeps.into_iter());
        self.ties.retain(|content| {
            let keep = keeps.next().unwrap_or(true);
            if !keep {
                *hash = hash.wrapping_sub(content);
            }
            keep
        });
        self.notes.push(merged.describe());
        merged
    }
}

impl Dataset {
    /// How many of some ties tell of the same as another of them, from the other side.
    ///
    /// # Complexity
    /// Time and space O(n) for n ties.
    pub fn mirrored(&self, ties: impl Iterator<Item = TieIndex>) -> Mirrored {
        let sides = sides(|id| self.vocabulary().find(id).map(u32::from));
        let columns = self.ties();
        let part = |tie: TieIndex| {
            let (side, relation) = *sides.get(&u32::from(columns.relation(tie)))?;
            let (source, target) = (columns.source(tie), columns.target(tie));
            let mut claims = columns.claims(tie);
            let (Some((claim, days, _)), None) = (claims.next(), claims.next()) else { return None };
            let stands = claim.status == Status::Asserted && source != target;
            let is_dated = days.iter().any(|(days, _)| days.start_min.is_bounded());
            (stands && is_dated).then_some((side, (source.0, target.0, relation, columns.saying(tie))))
        };
        let parts: Vec<Option<(Side, Deed)>> = ties.map(part).collect();
        merge(&parts).1
    }
}

/// By the number of a relation: how its ties mirror others, and the number under which both are known.
fn sides(find: impl Fn(&str) -> Option<u32>) -> FxHashMap<u32, (Side, u32)> {
    let mut sides: FxHashMap<u32, (Side, u32)> = FxHashMap::default();
    for [visit, host] in HOSTED {
        if let (Some(visit), Some(host)) = (find(visit), find(host)) {
            sides.insert(visit, (Side::Visit, visit));
            sides.insert(host, (Side::Host, visit));
        }
    }
    sides.extend(MUTUAL.iter().filter_map(|id| find(id)).map(|number| (number, (Side::Mutual, number))));
    sides
}

/// Which of some deeds are not merged into others, and how many are.
fn merge(parts: &[Option<(Side, Deed)>]) -> (Vec<bool>, Mirrored) {
    let mut open: FxHashMap<Deed, u32> = FxHashMap::default();
    for (side, deed) in parts.iter().flatten() {
        if matches!(side, Side::Visit) {
            *open.entry(*deed).or_insert(0) += 1;
        }
    }
    let mut merged = Mirrored::default();
    let mut keeps = Vec::with_capacity(parts.len());
    for part in parts {
        let mut meets = |(source, target, relation, dating): Deed| match open
            .get_mut(&(target, source, relation, dating))
        {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        let goes = match part {
            Some((Side::Host, deed)) => {
                let goes = meets(*deed);
                merged.visit_count += usize::from(goes);
                goes
            }
            Some((Side::Mutual, deed)) => {
                let goes = meets(*deed);
                merged.mutual_count += usize::from(goes);
                if !goes {
                    *open.entry(*deed).or_insert(0) += 1;
                }
                goes
            }
            Some((Side::Visit, _)) | None => false,
        };
        keeps.push(!goes);
    }
    (keeps, merged)
}
