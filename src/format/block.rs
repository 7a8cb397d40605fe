//! The rows of a table of which two ends, a relation and an exact day are all, some at a time.
//!
//! Their ends are looked up together, before anything else is done with them: among millions of actors each stands
//! somewhere else in memory, and a processor waits for many of these places as long as for one.

use crate::{
    dataset::{Origin, PlainCites, PlainEnd, PlainRelation, PlainRow, PlainSaid, Sink, TextMap, is_day},
    date::Dating,
};

/// So many rows are looked up together.
pub(super) const ROWS: usize = 256;

/// An exact day that plain rows name, and whether its digits are all known.
#[derive(Clone, Copy)]
struct Day {
    said: PlainSaid,
    is_bare: bool,
}

/// The place of an exact day among those that were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayPlace(u32);

/// A row whose ends are texts.
#[derive(Clone, Copy)]
pub(super) struct Cells<'t> {
    pub(super) ends: [&'t str; 2],
    pub(super) relation: &'t str,
    pub(super) day: DayPlace,
    pub(super) origin: Origin,
}

/// How many numbers of days there are.
const NUMBERS: usize = 10_000 * 12 * 31;

/// The claims that dates make which are exact days.
pub(super) struct Days<'t> {
    /// By the number of a day of digits: its place among those that were met, from 1; 0 for none, [`NEVER`](Self::NEVER)
    /// for a day that no month has.
    places: Vec<u32>,
    met: Vec<Day>,
    /// By the text of any other date.
    others: TextMap<&'t str, Option<DayPlace>>,
}

impl Default for Days<'_> {
    fn default() -> Self {
        // Only what is asked for of it takes memory.
        Self { places: vec![0; NUMBERS], met: Vec::new(), others: TextMap::default() }
    }
}

impl<'t> Days<'t> {
    const NEVER: u32 = u32::MAX;

    /// The place of a date, if it is an exact day.
    pub(super) fn place(
        &mut self,
        date: &'t str,
        cites: &PlainCites,
        sink: &mut impl Sink,
    ) -> Option<DayPlace> {
        let Self { places, met, others } = self;
        let mut new = || {
            let exact = is_exact(date);
            let dating = Dating::new(Some(date.parse().ok().filter(|_| exact)?), None, None, None).ok()?;
            met.push(Day { said: PlainSaid::of(&dating, cites, sink), is_bare: is_day(date) });
            Some(DayPlace(u32::try_from(met.len()).expect("there are fewer days than numbers")))
        };
        let Some(number) = number(date) else { return others.get_or_insert_with(date, new) };
        if places[number] == 0 {
            places[number] = new().map_or(Self::NEVER, |place| place.0);
        }
        Some(DayPlace(places[number])).filter(|place| place.0 != Self::NEVER)
    }

    /// Looks at what the days of some rows say, and does nothing else: rows that are pushed next do not wait for memory one
    /// after another.
    pub(super) fn look_ahead(&self, rows: &[Cells<'_>]) {
        let is_bare = |cells: &Cells<'_>| self.met[cells.day.0 as usize - 1].is_bare;
        std::hint::black_box(rows.iter().fold(false, |seen, cells| seen ^ is_bare(cells)));
    }

    /// Pushes a row.
    pub(super) fn push(
        &self,
        cells: &Cells<'_>,
        ends: [PlainEnd; 2],
        relation: PlainRelation,
        sink: &mut impl Sink,
    ) {
        let day = self.met[cells.day.0 as usize - 1];
        let plain = PlainRow::of(ends, relation, day.said, 0);
        sink.plain_tie(PlainRow { is_bare: day.is_bare, ..plain }, cells.origin);
    }
}

/// Whether a text is as long as a day and has its hyphens.
pub(super) fn is_exact(date: &str) -> bool {
    date.len() == 10 && date.as_bytes()[4] == b'-' && date.as_bytes()[7] == b'-'
}

/// A number of its own for a day that is written in digits: `2018-01-31`.
fn number(date: &str) -> Option<usize> {
    let bytes: &[u8; 10] = date.as_bytes().try_into().ok()?;
    let digits = [0, 1, 2, 3, 5, 6, 8, 9].map(|at| bytes[at].wrapping_sub(b'0'));
    if bytes[4] != b'-' || bytes[7] != b'-' || digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let value = |digits: &[u8]| digits.iter().fold(0, |value, digit| 10 * value + usize::from(*digit));
    let [year, month, day] = [&digits[..4], &digits[4..6], &digits[6..]].map(value);
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| (year * 12 + month - 1) * 31 + day - 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_day_has_a_number_of_its_own() {
        let mut numbers = BTreeSet::new();
        for year in [0, 1, 1899, 1900, 9999] {
            for (month, day) in (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))) {
                let number = number(&format!("{year:04}-{month:02}-{day:02}")).unwrap();
                assert!(number < NUMBERS && numbers.insert(number));
            }
        }
        for other in [
            "",
            "2018-1-31",
            "2018-13-01",
            "2018-00-01",
            "2018-01-32",
            "2018-01-00",
            "201X-01-01",
            "2018/01/01",
        ] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
