//! What ties say, each saying once: the claims made of a tie, with the days that they allow it.
//!
//! Those that stand in a file become values block by block, when one of a block is first asked for.

use std::sync::{Arc, OnceLock};

use crate::date::{Bounds, Day, Reading, Status};

use super::{
    blocks::{Blocks, Columns},
    column::{Column, Lists, number},
    index::ReferenceIndex,
    ties::{ClaimEntry, DayBounds},
};

/// The year of what has none.
pub(super) const NO_YEAR: i32 = i32::MAX;

/// Sayings of a file are made by so many, as a power of two.
const SHIFT: u32 = 6;

/// Some sayings, one row a saying.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) claims: Lists<ClaimEntry>,
    /// The days that each claim allows, by the claim's place among all claims.
    pub(super) bounds: Lists<DayBounds>,
    /// The references of each claim, by the claim's place among all claims.
    pub(super) references: Lists<ReferenceIndex>,
    /// The year under which a tie that says it is filed, or [`NO_YEAR`].
    pub(super) years: Column<i32>,
}

/// All sayings.
#[derive(Clone, Debug, Default)]
pub(super) struct Sayings {
    count: usize,
    shift: u32,
    blocks: Box<[OnceLock<Box<Said>>]>,
    stored: Option<StoredSayings>,
}

impl From<Said> for Sayings {
    fn from(said: Said) -> Self {
        let (count, blocks) = (said.years.len(), Box::new([OnceLock::from(Box::new(said))]));
        Self { count, shift: u32::BITS, blocks, stored: None }
    }
}

impl Sayings {
    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        number(self.count)
    }

    fn block(&self, said: u32) -> (&Said, u32) {
        let block = u64::from(said) >> self.shift;
        let first = u32::try_from(block << self.shift).unwrap_or(0);
        let said_by = &self.blocks[usize::try_from(block).unwrap_or(usize::MAX)];
        (
            said_by.get_or_init(|| {
                Box::new(self.stored.as_ref().map_or_else(Said::default, |stored| stored.read(first)))
            }),
            said - first,
        )
    }

    /// The claims of a saying: what each says, the days it allows, and its references.
    pub(super) fn claims(
        &self,
        said: u32,
    ) -> impl Iterator<Item = (&ClaimEntry, &[DayBounds], &[ReferenceIndex])> {
        let (block, at) = self.block(said);
        block.claims.range(at).map(|claim| {
            let row = number(claim);
            (&block.claims.values()[claim], block.bounds.row(row), block.references.row(row))
        })
    }

    /// What each claim of a saying says.
    pub(super) fn entries(&self, said: u32) -> &[ClaimEntry] {
        let (block, at) = self.block(said);
        block.claims.row(at)
    }

    /// The year under which a tie that says it is filed.
    pub(super) fn year(&self, said: u32) -> i32 {
        let (block, at) = self.block(said);
        block.years.at(at as usize)
    }
}

/// Sayings as they stand in a file.
#[derive(Clone, Debug)]
struct StoredSayings {
    claims: Lists<u32>,
    bounds: Lists<[i32; 5]>,
    references: Lists<ReferenceIndex>,
    years: Column<i32>,
}

/// A claim as one number: its status, how its days are read, and whether a `~` widened it.
fn packed(claim: ClaimEntry) -> u32 {
    let reading = match claim.reading {
        Reading::Alternatives => 0,
        Reading::Occurrences => 1,
    };
    claim.status as u32 | reading << 8 | u32::from(claim.approximate) << 16
}

fn unpacked(claim: u32) -> ClaimEntry {
    let status = Status::ALL.get((claim & 0xff) as usize).copied().unwrap_or_default();
    let reading = if claim >> 8 & 1 == 0 { Reading::Alternatives } else { Reading::Occurrences };
    ClaimEntry { status, reading, approximate: claim >> 16 & 1 == 1 }
}

impl StoredSayings {
    /// The block that begins with a saying.
    fn read(&self, first: u32) -> Said {
        let end = number(self.years.len()).min(first + (1 << SHIFT));
        let day = Day::from_number;
        let bounds_of = |&[start_min, start_max, end_min, end_max, doubtful]: &[i32; 5]| {
            let [start_min, start_max, end_min, end_max] = [start_min, start_max, end_min, end_max].map(day);
            (Bounds { start_min, start_max, end_min, end_max }, doubtful != 0)
        };
        let claims = || (first..end).flat_map(|said| self.claims.range(said)).map(number);
        Said {
            claims: (first..end)
                .map(|said| self.claims.row(said).iter().map(|claim| unpacked(*claim)).collect())
                .collect(),
            bounds: claims().map(|claim| self.bounds.row(claim).iter().map(bounds_of).collect()).collect(),
            references: claims().map(|claim| self.references.row(claim).to_vec()).collect(),
            years: self.years.slice(first as usize..end as usize).to_vec().into(),
        }
    }
}

/// Sayings as a file has them.
#[derive(Debug)]
pub(super) struct SayingColumns {
    claims: Lists<u32>,
    bounds: Lists<[i32; 5]>,
    references: Lists<ReferenceIndex>,
    years: Vec<i32>,
}

impl SayingColumns {
    pub(super) fn of(sayings: &Sayings) -> Self {
        let all = || 0..sayings.count();
        let claims = || all().flat_map(|said| sayings.claims(said));
        let flat = |(bounds, doubtful): &DayBounds| {
            let [a, b, c, d] =
                [bounds.start_min, bounds.start_max, bounds.end_min, bounds.end_max].map(Day::number);
            [a, b, c, d, i32::from(*doubtful)]
        };
        Self {
            claims: all().map(|said| sayings.entries(said).iter().copied().map(packed).collect()).collect(),
            bounds: claims().map(|(_, bounds, _)| bounds.iter().map(flat).collect()).collect(),
            references: claims().map(|(_, _, cited)| cited.to_vec()).collect(),
            years: all().map(|said| sayings.year(said)).collect(),
        }
    }

    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>) {
        columns.lists(["said.claims.offsets", "said.claims"], &self.claims);
        columns.lists(["said.bounds.offsets", "said.bounds"], &self.bounds);
        columns.lists(["said.references.offsets", "said.references"], &self.references);
        columns.push("said.years", &self.years);
    }
}

impl Sayings {
    /// The sayings of a file; `None` where a column is missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        let stored = StoredSayings {
            claims: Lists::stored(blocks, "said.claims.offsets", "said.claims")?,
            bounds: Lists::stored(blocks, "said.bounds.offsets", "said.bounds")?,
            references: Lists::stored(blocks, "said.references.offsets", "said.references")?,
            years: Column::stored(blocks, "said.years")?,
        };
        let count = stored.years.len();
        let blocks = (0..count.div_ceil(1 << SHIFT)).map(|_| OnceLock::new()).collect();
        Some(Self { count, shift: SHIFT, blocks, stored: Some(stored) })
    }
}
