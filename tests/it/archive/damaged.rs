//! Folders that are damaged at random: what opens answers rightly or is refused, and nothing panics.
//!
//! Several bytes at once, stretches that are copied, cut, swapped or filled, in any file, columns and ties joined with
//! them included. `CHANCERY_DAMAGE_ROUNDS` says how often.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chancery::archive::{Archive, ArchiveError, Disk, Verified, Writer};

use super::{
    FOLDER, add_tie,
    disk::{MemoryDisk, State},
    load, retract, writer,
};

/// Numbers that are always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}

/// A few changes of some bytes.
fn damaged(bytes: &[u8], draw: &mut Draw) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=draw.below(3) {
        let (at, other) = (draw.below(bytes.len()), draw.below(bytes.len()));
        let length = 1 + draw.below(64).min(bytes.len().saturating_sub(at.max(other) + 1));
        if bytes.is_empty() {
            return bytes;
        }
        match draw.below(6) {
            0 => bytes[at] ^= 1 << draw.below(8),
            1 => bytes[at..at + length].fill(if draw.below(2) == 0 { 0 } else { 0xff }),
            2 => bytes.copy_within(other..other + length, at),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..at + length)),
            _ => {
                let copy = bytes[other..other + length].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }
    bytes
}

fn rounds() -> u64 {
    std::env::var("CHANCERY_DAMAGE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(400)
}

/// What the archive answers, by each way of reading it that says something; `None` where it is refused.
fn answers(state: State) -> Option<(u64, [Option<u128>; 2])> {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state));
    let archive = Archive::open_on(disk, Path::new(FOLDER)).ok()?;
    let built = archive.dataset().ok().map(|(dataset, _, _)| dataset.hash());
    let mapped = archive.mapped(|_| ()).ok().and_then(|(dataset, _)| {
        let ids = dataset.ties().all().map(|tie| dataset.ties().id(tie).len()).sum::<usize>();
        std::hint::black_box((ids, dataset.dyads().all().map(|dyad| dataset.dyads().ties(dyad).len()).max()));
        dataset.damage().is_none().then(|| dataset.hash())
    });
    Some((archive.last(), [built, mapped]))
}

#[test]
fn a_folder_that_is_damaged_at_random_answers_rightly_or_not_at_all() {
    let disk = Arc::new(MemoryDisk::default());
    let on: Arc<dyn Disk> = disk.clone();
    let mut first: Writer = writer(on.clone()).unwrap();
    // What each commit left, since a log may lose its end where nothing else remembers it.
    let mut right: Vec<u128> = vec![0];
    let mut done = |result: Result<(), ArchiveError>| {
        result.unwrap();
        right.push(Archive::open_on(on.clone(), Path::new(FOLDER)).unwrap().dataset().unwrap().0.hash());
    };
    done(load(&mut first, "one", 10, 1));
    done(load(&mut first, "two", 3_000, 2));
    done(retract(&mut first, "one-tie", 3));
    done(add_tie(&mut first, "one", 3));
    done(add_tie(&mut first, "two", 4));
    drop(first);
    let whole = disk.state();
    let files: Vec<(PathBuf, Vec<u8>)> = whole.files().into_iter().collect();
    let mut draw = Draw(5);
    let mut refused = 0;
    for round in 0..rounds() {
        let mut state = whole.clone();
        for _ in 0..=draw.below(2) {
            let (path, bytes) = &files[draw.below(files.len())];
            state = state.with(path, &damaged(bytes, &mut draw));
        }
        let what = format!("round {round}");
        match answers(state.clone()) {
            None => refused += 1,
            Some((commit, told)) => {
                for hash in told.into_iter().flatten() {
                    assert_eq!(hash, right[usize::try_from(commit).unwrap()], "{what}: a wrong answer");
                }
            }
        }
        // Neither does a look at everything, nor the next writer, stop at it.
        let on: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state));
        let _ = Verified::on(&on, Path::new(FOLDER));
        if let Ok(mut next) = Writer::open_on(on, Path::new(FOLDER), "a test") {
            let _ = load(&mut next, "next", 10, 20);
        }
    }
    assert!(refused > 0, "nothing was refused in {} rounds", rounds());
}
