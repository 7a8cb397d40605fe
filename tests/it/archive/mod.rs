//! Archives: what was committed stands, whatever happens, and answers as the files that were loaded do.

#![expect(
    clippy::unwrap_used,
    reason = "what these tests share is asked for in tests only, and a failure there is one of the test"
)]

mod bare;
mod damaged;
mod derived;
mod disk;
mod overlay;
mod sessions;
mod trust;

use std::{path::Path, sync::Arc};

use chancery::{
    archive::{Archive, ArchiveError, Change, Disk, History, Kind, Load, Stamp, Writer},
    dataset::Dataset,
    model::Severity,
};

/// Where the archives of these tests stand on disks in memory.
const FOLDER: &str = "/data/a.chancery";

fn stamp(day: u32) -> Stamp {
    let time = format!("2026-01-{day:02}T12:00:00Z").parse().unwrap();
    Stamp { time, author: "a tester".to_owned(), message: format!("day {day}") }
}

/// A native text of two persons and a tie; the note is as long as asked.
fn text(name: &str, note: usize) -> String {
    let note = "n".repeat(note);
    format!(
        r#"{{"graph": {{"title": "{name}", "references": [{{"id": "{name}-memo", "type": "report", "issued": {{"date-parts": [[2001]]}}}}]}},
 "nodes": [{{"id": "{name}-a", "kind": "person", "names": [{{"text": "Ann {name}"}}]}}, {{"id": "{name}-b", "kind": "person", "names": [{{"text": "蒙古 {name}"}}]}}],
 "edges": [{{"id": "{name}-tie", "source": "{name}-a", "target": "{name}-b", "relation": "meeting", "when": "1999-05", "note": "{note}", "cites": [{{"ref": "{name}-memo"}}]}},
           {{"source": "{name}-b", "target": "{name}-a", "relation": "visit", "cites": [{{"ref": "{name}-memo"}}]}},
           {{"source": "{name}-b", "target": "{name}-a", "relation": "visit", "cites": [{{"ref": "{name}-memo"}}]}}]}}"#
    )
}

fn load(writer: &mut Writer, name: &str, note: usize, day: u32) -> Result<(), ArchiveError> {
    let load = Load { text: Some((format!("{name}.json"), text(name, note))), ..Load::default() };
    let loading = writer.archive().prepare(&load)?;
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    writer.load(&loading, &stamp(day)).map(|_| ())
}

/// Adds a tie among actors that are there: readers join it with the columns.
fn add_tie(writer: &mut Writer, name: &str, day: u32) -> Result<(), ArchiveError> {
    let text = format!(
        r#"{{"nodes": [], "edges": [{{"source": "{name}-a", "target": "{name}-b", "relation": "visit", "when": "2000-01-{day:02}", "cites": [{{"ref": "{name}-memo"}}]}}]}}"#
    );
    let load = Load { text: Some((format!("{name}-{day}.json"), text)), ..Load::default() };
    let loading = writer.archive().prepare(&load)?;
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    writer.load(&loading, &stamp(day)).map(|_| ())
}

fn retract(writer: &mut Writer, id: &str, day: u32) -> Result<(), ArchiveError> {
    let (dataset, _, _) = writer.archive().dataset()?;
    let tie = dataset.ties().find(id).unwrap();
    let removal = writer.archive().removal(dataset.ties().origin(tie), Kind::Tie, id, "an error")?.unwrap();
    change(writer, Change { removed: vec![removal], restored: Vec::new() }, day)
}

fn restore(writer: &mut Writer, id: &str, day: u32) -> Result<(), ArchiveError> {
    let restored =
        writer.archive().removals().iter().filter(|removal| removal.id == id).map(|r| r.undone()).collect();
    change(writer, Change { removed: Vec::new(), restored }, day)
}

fn change(writer: &mut Writer, change: Change, day: u32) -> Result<(), ArchiveError> {
    let changed = writer.archive().changed(change)?;
    writer.change(&changed, &stamp(day)).map(|_| ())
}

/// What a disk holds, which must be sound.
fn dataset(disk: Arc<dyn Disk>) -> Result<Dataset, ArchiveError> {
    let (dataset, problems, _) = Archive::open_on(disk, Path::new(FOLDER))?.dataset()?;
    assert!(problems.iter().all(|problem| problem.severity != Severity::Error), "{problems:#?}");
    Ok(dataset)
}

fn hash(disk: Arc<dyn Disk>) -> Result<u128, ArchiveError> {
    dataset(disk).map(|dataset| dataset.hash())
}

fn writer(disk: Arc<dyn Disk>) -> Result<Writer, ArchiveError> {
    let mut writer = Writer::open_on(disk, Path::new(FOLDER), "a test")?;
    writer.set_inline_bytes(2_000);
    Ok(writer)
}

/// Everything that is done to an archive, a step at a time; after each the dataset that must stand is told.
fn story(disk: &Arc<dyn Disk>, mut acknowledged: impl FnMut(u128)) -> Result<(), ArchiveError> {
    let mut done = |writer: &Writer| acknowledged(writer.archive().dataset().unwrap().0.hash());
    let mut first = writer(disk.clone())?;
    done(&first);
    load(&mut first, "one", 10, 1)?;
    done(&first);
    add_tie(&mut first, "one", 1)?;
    done(&first);
    load(&mut first, "two", 3_000, 2)?;
    done(&first);
    retract(&mut first, "one-tie", 3)?;
    done(&first);
    drop(first);
    let mut second = writer(disk.clone())?;
    load(&mut second, "three", 3_000, 4)?;
    done(&second);
    add_tie(&mut second, "two", 4)?;
    done(&second);
    second.compact(History::Kept, None)?;
    done(&second);
    restore(&mut second, "one-tie", 5)?;
    done(&second);
    retract(&mut second, "two-tie", 6)?;
    done(&second);
    second.compact(History::Forgotten, None)?;
    done(&second);
    load(&mut second, "four", 10, 7)?;
    done(&second);
    Ok(())
}
