//! What ties say, each saying once: the claims made of a tie, with the days that they allow it.
//!
//! Those that stand in a file become values block by block, when one of a block is first asked for.

use std::sync::{Arc, OnceLock};

use crate::date::{Bounds, Day, Reading, Status};

use super::{
    blocks::{Blocks, Columns},
    column::{Column, number},
    index::ReferenceIndex,
    lists::Lists,
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
    /// The place in time of a tie that says it: the year under which it is filed, or [`NO_YEAR`], and its first and last
    /// possible day.
    pub(super) places: Column<[i32; 3]>,
}

/// All sayings.
#[derive(Clone, Debug, Default)]
pub(super) struct Sayings {
    count: usize,
    shift: u32,
    blocks: Box<[OnceLock<Box<Said>>]>,
    stored: Option<StoredSayings>,
    /// Sayings behind the others, with the number of the first.
    later: Option<(u32, Box<Said>)>,
}

impl From<Said> for Sayings {
    fn from(said: Said) -> Self {
        let (count, blocks) = (said.places.len(), Box::new([OnceLock::from(Box::new(said))]));
        Self { count, shift: u32::BITS, blocks, stored: None, later: None }
    }
}

impl Sayings {
    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        number(self.count)
    }

    fn block(&self, said: u32) -> (&Said, u32) {
        if let Some((first, later)) = &self.later
            && said >= *first
        {
            return (later, said - first);
        }
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
        self.place(said)[0]
    }

    /// The place in time of a tie that says it.
    pub(super) fn place(&self, said: u32) -> [i32; 3] {
        let (block, at) = self.block(said);
        block.places.at(at as usize)
    }

    /// These sayings, and others behind them.
    pub(super) fn with_later(&self, said: Said) -> Self {
        Self {
            count: self.count + said.places.len(),
            shift: self.shift,
            blocks: self.blocks.clone(),
            stored: self.stored.clone(),
            later: Some((self.count(), Box::new(said))),
        }
    }
}

/// Sayings as they stand in a file.
#[derive(Clone, Debug)]
struct StoredSayings {
    claims: Lists<u32>,
    bounds: Lists<[i32; 5]>,
    references: Lists<ReferenceIndex>,
    places: Column<[i32; 3]>,
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
        let end = number(self.places.len()).min(first + (1 << SHIFT));
        let day = Day::from_number;
        let bounds_of = |&[start_min, start_max, end_min, end_max, doubtful]: &[i32; 5]| {
            let [start_min, start_max, end_min, end_max] = [start_min, start_max, end_min, end_max].map(day);
            (Bounds { start_min, start_max, end_min, end_max }, doubtful != 0)
        };
        let claims = || (first..end).flat_map(|said| self.claims.range(said)).map(number);
        Said {
            claims: (first..end)
                .map(|said| self.claims.row(said).iter().map(|claim| unpacked(*claim)).collect::<Vec<_>>())
                .collect(),
            bounds: claims()
                .map(|claim| self.bounds.row(claim).iter().map(bounds_of).collect::<Vec<_>>())
                .collect(),
            references: claims().map(|claim| self.references.row(claim).to_vec()).collect(),
            places: self.places.slice(first as usize..end as usize).to_vec().into(),
        }
    }
}

/// Sayings as a file has them.
#[derive(Debug)]
pub(super) struct SayingColumns {
    claims: Lists<u32>,
    bounds: Lists<[i32; 5]>,
    references: Lists<ReferenceIndex>,
    places: Vec<[i32; 3]>,
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
            claims: all()
                .map(|said| sayings.entries(said).iter().copied().map(packed).collect::<Vec<_>>())
                .collect(),
            bounds: claims().map(|(_, bounds, _)| bounds.iter().map(flat).collect::<Vec<_>>()).collect(),
            references: claims().map(|(_, _, cited)| cited.to_vec()).collect(),
            places: all().map(|said| sayings.place(said)).collect(),
        }
    }

    pub(super) fn store<'c>(&'c self, columns: &mut Columns<'c>) {
        columns.lists(["said.claims.offsets", "said.claims"], &self.claims);
        columns.lists(["said.bounds.offsets", "said.bounds"], &self.bounds);
        columns.lists(["said.references.offsets", "said.references"], &self.references);
        columns.push("said.places", &self.places);
    }
}

impl Sayings {
    /// The sayings of a file; `None` where a column is missing.
    pub(super) fn stored(blocks: &Arc<Blocks>) -> Option<Self> {
        let stored = StoredSayings {
            claims: Lists::stored(blocks, "said.claims.offsets", "said.claims")?,
            bounds: Lists::stored(blocks, "said.bounds.offsets", "said.bounds")?,
            references: Lists::stored(blocks, "said.references.offsets", "said.references")?,
            places: Column::stored(blocks, "said.places")?,
        };
        let count = stored.places.len();
        let blocks = (0..count.div_ceil(1 << SHIFT)).map(|_| OnceLock::new()).collect();
        Some(Self { count, shift: SHIFT, blocks, stored: Some(stored), later: None })
    }
}
