//! Where the records of a load will stand in the archive, so that its columns are made without reading it back.

use rustc_hash::FxHashMap;

use crate::dataset::{Dataset, Origin, Placed, Standing, is_day};

use super::{
    Kind, LoadedFile,
    intake::{BareRun, Kept},
    read::{archived, laid_out, plain_text},
    row::Row,
};

/// A row as it will be read again.
pub(super) enum Moved {
    /// As a text on a line.
    Text(u32, String),
    /// As numbers.
    Bare(u32),
}

impl Moved {
    pub(super) fn of(row: &Row) -> Self {
        match (&row.record, &row.ends) {
            (None, Some(ends)) => match row.when.as_deref() {
                Some(when) if is_day(when) => Self::Bare(row.line),
                when => Self::Text(row.line, plain_text(ends.each_ref().map(String::as_str), when)),
            },
            (record, _) => Self::Text(row.line, record.clone().unwrap_or_default()),
        }
    }
}

/// The rows of a load that are no bare ties already, in their order.
#[derive(Default)]
pub(super) struct Moves<'l>(Vec<(&'l Kept, Moved, u64)>);

impl<'l> Moves<'l> {
    /// Adds a row with its number among those of the commit.
    pub(super) fn push(&mut self, kept: &'l Kept, moved: Moved, row: u64) {
        self.0.push((kept, moved, row));
    }

    /// The places of all records of the dataset of the load, when the archive has it; `None` where one is not known.
    pub(super) fn placed(
        self,
        dataset: &Dataset,
        loaded: &[(u32, LoadedFile)],
        runs: &[BareRun],
    ) -> Option<Placed> {
        let mut files = dataset.files().to_vec();
        let mut places: FxHashMap<(Standing, u32, u64, &str), Origin> = FxHashMap::default();
        for (number, file) in loaded {
            let first = self.0.partition_point(|(kept, _, _)| kept.origin.file < *number);
            let end = self.0.partition_point(|(kept, _, _)| kept.origin.file <= *number);
            let rows = &self.0[first..end];
            let bare: usize = runs.iter().filter(|run| run.file == *number).map(|run| run.ties.len()).sum();
            let bare = bare + rows.iter().filter(|(_, moved, _)| matches!(moved, Moved::Bare(_))).count();
            let texts = rows.iter().filter_map(|(_, moved, _)| match moved {
                Moved::Text(line, text) => Some((*line, text.as_str())),
                Moved::Bare(_) => None,
            });
            let texts: Vec<(u32, &str)> = texts.collect();
            let (text, starts) = laid_out(&texts, bare);
            let mut starts = starts.into_iter();
            files[*number as usize] = archived(file, text).ok()?;
            for (kept, moved, row) in rows {
                let origin = match moved {
                    Moved::Text(_, text) => {
                        let start = starts.next()?;
                        Origin { file: *number, start: start as u64, end: (start + text.len()) as u64 }
                    }
                    Moved::Bare(line) => Origin::bare(*number, *line, u32::try_from(*row).ok()?),
                };
                let standing = match kept.kind {
                    Kind::Relation => continue,
                    Kind::Reference => Standing::Reference,
                    Kind::Same => Standing::Same,
                    Kind::Actor => Standing::Actor,
                    Kind::Tie => Standing::Tie,
                };
                let id = kept.made.as_deref().filter(|_| kept.kind == Kind::Actor).unwrap_or_default();
                places.insert((standing, *number, kept.origin.start, id), origin);
            }
        }
        let is_new = |file: u32| loaded.iter().any(|(number, _)| *number == file);
        dataset.placed(files, |standing, id, origin| {
            if origin.bare_row().is_some() || !is_new(origin.file) {
                return Some(origin);
            }
            let place = |id| places.get(&(standing, origin.file, origin.start, id)).copied();
            place(id).or_else(|| place(""))
        })
    }
}
