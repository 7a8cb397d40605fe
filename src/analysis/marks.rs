//! Values by row that are forgotten all at once: what a search knows of actors, without clearing between searches.

/// A value for some rows of the current round.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Marks {
    round: u32,
    /// By row: the round, and below it the value.
    marks: Vec<u64>,
}

impl Marks {
    /// Room for so many rows, none of them marked.
    pub(in crate::analysis) fn new(row_count: usize) -> Self {
        Self { round: 0, marks: vec![0; row_count] }
    }

    /// Forgets all values.
    pub(in crate::analysis) fn forget(&mut self) {
        if self.round == u32::MAX {
            self.round = 0;
            self.marks.fill(0);
        }
        self.round += 1;
    }

    /// The value of a row in this round.
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a mark are 32 bits each")]
    pub(in crate::analysis) fn get(&self, row: usize) -> Option<u32> {
        let mark = self.marks[row];
        ((mark >> 32) as u32 == self.round).then_some(mark as u32)
    }

    /// Gives a row a value.
    pub(in crate::analysis) fn set(&mut self, row: usize, value: u32) {
        self.marks[row] = u64::from(self.round) << 32 | u64::from(value);
    }
}
