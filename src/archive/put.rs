//! Commits what a load found to be new.

use std::{path::Path, thread};

use crate::{dataset::LineCounter, format::native::record_line};

use super::{
    ArchiveError, Commit, Kind, Loading, Stamp, Writer,
    draft::Draft,
    intake::Kept,
    moves::{Moved, Moves},
    row::{Row, plain_json},
};

/// With so many new rows, work is shared between threads.
const MANY: u64 = 1 << 16;

impl Loading {
    fn row(&self, file: u32, lines: &mut LineCounter, kept: &Kept) -> Result<Row, ArchiveError> {
        let source = &self.dataset.files()[kept.origin.file as usize];
        let damaged =
            |error: serde_json::Error| ArchiveError::damaged(Path::new(&*source.name), error.to_string());
        let line = lines.line(kept.origin.start);
        let text = kept.origin.text(self.dataset.files());
        let record = match (&source.rows, &kept.made, kept.kind) {
            (Some(rows), _, Kind::Tie) => {
                let tie = rows.tie(text);
                let ends = [tie.source.as_str(), tie.target.as_str(), tie.relation.as_str()];
                let when = match tie.claims() {
                    [claim] => claim.dating.when().map(ToString::to_string),
                    _ => None,
                };
                let json = serde_json::to_string(&tie).map_err(damaged)?;
                if json == plain_json(ends, when.as_deref()) {
                    return Ok(Row::plain(file, line, ends, when.as_deref()));
                }
                json
            }
            (Some(rows), Some(id), Kind::Actor) => {
                serde_json::to_string(&rows.actor(id, text)).map_err(damaged)?
            }
            (_, Some(made), _) => made.clone(),
            (_, None, Kind::Relation) => record_line("relations", text).map_err(damaged)?,
            (_, None, Kind::Reference) => record_line("references", text).map_err(damaged)?,
            (_, None, Kind::Actor) => record_line("nodes", text).map_err(damaged)?,
            (_, None, Kind::Same) => record_line("same", text).map_err(damaged)?,
            (_, None, Kind::Tie) => record_line("edges", text).map_err(damaged)?,
        };
        Ok(Row::record(file, line, kept.kind, record))
    }

    /// Puts all new rows into a commit; gives what those that are not bare are called there.
    fn push_rows(&self, draft: &mut Draft) -> Result<Moves<'_>, ArchiveError> {
        let mut moves = Moves::default();
        let mut runs = self.bare_runs.iter().peekable();
        for (place, (number, file)) in (0..).zip(&self.files) {
            draft.files.push(file.clone());
            let mut lines = LineCounter::of(&self.dataset.files()[*number as usize].text);
            for (line, name) in
                self.named.iter().filter(|named| named.file == *number).flat_map(|named| &named.actors)
            {
                draft.push_named(place, *line, self.bare.actor(*name))?;
            }
            let mut at = self.kept.partition_point(|kept| kept.origin.file < *number);
            let end = self.kept.partition_point(|kept| kept.origin.file <= *number);
            loop {
                let run = runs.next_if(|run| run.file == *number);
                let before = run.map_or(end, |run| run.before);
                for kept in &self.kept[at..before] {
                    let row = self.row(place, &mut lines, kept)?;
                    let later = Moved::of(&row);
                    let number = draft.push(row)?;
                    moves.push(kept, later, number);
                }
                at = before;
                let Some(run) = run else { break };
                draft.push_bare(place, &self.bare, run.ties.start as usize..run.ties.end as usize)?;
            }
        }
        Ok(moves)
    }
}

impl Writer {
    /// Commits what a load found to be new; `None` when nothing is.
    ///
    /// # Errors
    /// When the disk refuses. Then the archive is as it was.
    ///
    /// # Panics
    /// When the load has errors: whoever loads must look at them.
    pub fn load(&mut self, loading: &Loading, stamp: &Stamp) -> Result<Option<&Commit>, ArchiveError> {
        assert!(!loading.has_errors(), "a load with errors is not committed");
        if loading.new_counts().total() == 0 {
            return Ok(None);
        }
        let mut draft = self.draft()?;
        draft.watch = loading.watch.map(|watch| (watch, loading.new_counts().total()));
        let warnings = loading.earlier_warnings.unwrap_or(0) + loading.problems.len();
        draft.warnings = (!loading.is_partial).then_some(warnings as u64);
        let is_derived = !loading.is_partial && !loading.is_joined();
        let moves = thread::scope(|scope| {
            if is_derived && loading.new_counts().total() >= MANY {
                // What columns need beside rows is made meanwhile; where no thread is to be had, later.
                let ready = || loading.dataset.get_ready();
                let _ = thread::Builder::new().spawn_scoped(scope, ready);
            }
            loading.push_rows(&mut draft)
        })?;
        let made = (is_derived && draft.has_segments())
            .then(|| moves.placed(&loading.dataset, &loading.files, &loading.bare_runs))
            .flatten()
            .map(|placed| (&loading.dataset, loading.problems.len(), placed));
        self.commit(draft, stamp, made.as_ref()).map(Some)
    }
}
