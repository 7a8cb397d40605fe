//! Faults, power loss, flipped bits, cut files, killed processes.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread::sleep,
    time::{Duration, Instant},
};

use chancery::archive::{Archive, ArchiveError, Disk, History, Position, Verified, Writer};

use super::{
    FOLDER, dataset,
    disk::{Fault, MemoryDisk, State},
    hash, load, story, writer,
};

/// How many ways of losing what was not synced are tried at each point.
const SEEDS: u64 = 4;

/// The datasets that stand after each step, and how many calls had been made by then.
fn steps(disk: &Arc<MemoryDisk>) -> Vec<(u128, usize)> {
    let mut steps = Vec::new();
    let on: Arc<dyn Disk> = disk.clone();
    story(&on, |hash| steps.push((hash, disk.calls()))).expect("a disk without faults");
    steps
}

/// An archive after a mishap: it opens, and is what stood before the step under way or after it.
fn survives(state: State, steps: &[(u128, usize)], call: usize, what: &str) {
    let done = steps.iter().filter(|(_, calls)| *calls <= call).count();
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state));
    match hash(disk.clone()) {
        Ok(found) => {
            let allowed = &steps[done.saturating_sub(1)..steps.len().min(done + 1)];
            assert!(allowed.iter().any(|(hash, _)| *hash == found), "{what}: another dataset");
        }
        // An archive that was not made yet.
        Err(ArchiveError::NoArchive(_)) => assert_eq!(done, 0, "{what}: the archive is gone"),
        Err(error) => panic!("{what}: {error}"),
    }
    if done > 0 {
        let verified = Verified::on(&disk, Path::new(FOLDER)).unwrap();
        assert!(!verified.is_damaged(), "{what}: {:#?}", verified.findings);
    }
    // Whoever comes next can go on.
    let before = hash(disk.clone()).unwrap_or(0);
    let mut next = writer(disk.clone()).unwrap_or_else(|error| panic!("{what}: {error}"));
    load(&mut next, "next", 10, 20).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_ne!(hash(disk.clone()).unwrap(), before, "{what}: nothing was added");
    next.compact(History::Kept, None).unwrap();
    let verified = Verified::on(&disk, Path::new(FOLDER)).unwrap();
    assert!(
        verified.findings.iter().all(|found| found.what.contains("log.new")),
        "{what}: {:#?}",
        verified.findings
    );
}

#[test]
fn whatever_call_fails_the_last_commit_stands() {
    let steps = steps(&Arc::new(MemoryDisk::default()));
    let calls = steps.last().unwrap().1;
    assert!(calls > 40, "the story has {calls} calls");
    for call in 0..calls {
        for fault in [Fault::Once(call), Fault::Forever(call)] {
            let disk = Arc::new(MemoryDisk::failing(fault));
            let on: Arc<dyn Disk> = disk.clone();
            let mut done = 0;
            let told = story(&on, |hash| {
                assert_eq!(hash, steps[done].0, "{fault:?}: after step {done}");
                done += 1;
            });
            // A head that could not be written is no failure of a commit, nor a leftover that stays.
            if told.is_err() {
                let what = format!("{fault:?}, after {done} steps");
                let acknowledged = done.checked_sub(1).map_or(0, |last| steps[last].1);
                survives(disk.state(), &steps, acknowledged, &what);
            }
        }
    }
}

#[test]
fn when_the_power_goes_the_last_commit_stands() {
    let disk = Arc::new(MemoryDisk::recording());
    let steps = steps(&disk);
    for (call, state) in disk.past().into_iter().enumerate() {
        for seed in 0..SEEDS {
            let what = format!("power lost before call {call}, seed {seed}");
            survives(state.after_power_loss(seed + 10 * call as u64), &steps, call, &what);
        }
    }
}

/// A small archive with commits in frames and in a segment, and something retracted.
fn small() -> (State, u128) {
    let disk = Arc::new(MemoryDisk::default());
    let on: Arc<dyn Disk> = disk.clone();
    let mut writer = writer(on.clone()).unwrap();
    load(&mut writer, "one", 10, 1).unwrap();
    load(&mut writer, "two", 2_000, 2).unwrap();
    super::add_tie(&mut writer, "two", 2).unwrap();
    super::retract(&mut writer, "one-tie", 3).unwrap();
    (disk.state(), hash(on).unwrap())
}

/// What only mapped reading looks at: see `derived.rs`.
fn is_derived(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "columns")
}

/// Either the damage is seen, or the answer is the right one.
fn seen_or_harmless(state: State, right: u128, what: &str) -> bool {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state));
    // What reads all rows first is quicker than making columns of them.
    let read = || -> Result<u128, ArchiveError> {
        let archive = Archive::open_on(disk.clone(), Path::new(FOLDER))?;
        for commit in archive.commits() {
            archive.record(Position(commit.number, 0))?;
        }
        hash(disk.clone())
    };
    match read() {
        Ok(found) => {
            assert_eq!(found, right, "{what}: a wrong answer");
            false
        }
        Err(_) => true,
    }
}

#[test]
fn every_flipped_bit_is_seen_or_harmless() {
    let (state, right) = small();
    for (path, bytes) in state.files().into_iter().filter(|(path, _)| !is_derived(path)) {
        let mut seen = 0;
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            let what = format!("{} byte {at}", path.display());
            seen += usize::from(seen_or_harmless(state.with(&path, &damaged), right, &what));
        }
        if path.ends_with("log") || path.to_string_lossy().contains("segments") {
            assert_eq!(seen, bytes.len(), "{}", path.display());
        }
    }
}

#[test]
fn every_truncation_is_seen_or_harmless() {
    let (state, right) = small();
    for (path, bytes) in state.files().into_iter().filter(|(path, _)| !is_derived(path)) {
        for length in 0..bytes.len() {
            let what = format!("{} cut to {length}", path.display());
            let cut = state.with(&path, &bytes[..length]);
            let seen = seen_or_harmless(cut, right, &what);
            assert!(seen || path.ends_with("head") || path.ends_with("lock"), "{what}: not seen");
        }
    }
}

#[test]
fn damage_is_told_with_its_file_and_what_to_do() {
    let (state, _) = small();
    let (path, bytes) =
        state.files().into_iter().find(|(path, _)| path.to_string_lossy().contains(".arrow")).unwrap();
    let mut damaged = bytes;
    damaged[500] ^= 1;
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state.with(&path, &damaged)));
    let error = dataset(disk.clone()).map(|_| ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{} is damaged: its bytes are not those that were written", path.display())
    );
    assert!(error.hint().unwrap().contains("backup"));
    assert!(Verified::on(&disk, Path::new(FOLDER)).unwrap().is_damaged());
    assert!(
        Archive::open_on(disk.clone(), Path::new(FOLDER))
            .unwrap()
            .backup(Path::new("/data/b.chancery"))
            .is_err()
    );
    assert!(
        disk.list(Path::new("/data/b.chancery")).is_err()
            && disk.list(Path::new("/data/b.chancery.part")).is_err()
    );
}

#[test]
fn a_log_that_lost_its_last_commit_is_not_taken_for_an_older_one() {
    let (state, _) = small();
    let log = Path::new(FOLDER).join("log");
    let bytes = &state.files()[&log];
    // The log as it was after the second commit.
    let disk = Arc::new(MemoryDisk::default());
    let on: Arc<dyn Disk> = disk.clone();
    let mut writer = writer(on.clone()).unwrap();
    load(&mut writer, "one", 10, 1).unwrap();
    load(&mut writer, "two", 2_000, 2).unwrap();
    let older = disk.state().files()[&log].clone();
    assert!(bytes.starts_with(&older) && older.len() < bytes.len());
    let error = hash(Arc::new(MemoryDisk::of(state.with(&log, &older)))).unwrap_err();
    assert!(error.to_string().contains("it ends after commit 2, and commit 4 was made"), "{error}");
}

#[test]
fn a_reader_keeps_its_snapshot_while_the_archive_is_compacted() {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = writer(disk.clone()).unwrap();
    load(&mut writer, "one", 3_000, 1).unwrap();
    load(&mut writer, "two", 3_000, 2).unwrap();
    let reader = Archive::open_on(disk.clone(), Path::new(FOLDER)).unwrap();
    let before = hash(disk.clone()).unwrap();
    load(&mut writer, "three", 3_000, 3).unwrap();
    writer.compact(History::Kept, None).unwrap();
    assert_eq!(disk.list(&Path::new(FOLDER).join("segments")).unwrap().len(), 1);
    assert_eq!(reader.dataset().unwrap().0.hash(), before);
    assert_eq!(reader.last(), 2);
    writer.compact(History::Forgotten, None).unwrap();
    assert!(matches!(reader.dataset(), Err(ArchiveError::Gone(_))));
}

#[test]
fn of_killed_processes_nothing_is_half_done_and_nothing_acknowledged_is_lost() {
    let rounds =
        std::env::var("CHANCERY_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(30_u32);
    let folder = std::env::temp_dir().join(format!("chancery-kill-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let archive = folder.join("k.chancery");
    let (mut acknowledged, mut late, mut killed, mut usual) = (Vec::new(), Vec::new(), 0, Duration::ZERO);
    for round in 0..rounds {
        let name = format!("r{round}");
        let file = folder.join(format!("{name}.json"));
        // Some are large enough for a segment of its own.
        let text = super::text(&name, if round % 9 == 3 { 1_100_000 } else { 10 });
        // Some are ties among actors that are there, which readers join with the columns.
        let known: Option<&String> = acknowledged.last().filter(|_| round % 3 == 2);
        let text = known.map_or(text, |known| {
            format!(
                r#"{{"nodes": [], "edges": [{{"id": "{name}-late", "source": "{known}-a", "target": "{known}-b", "cites": [{{"ref": "{known}-memo"}}]}}]}}"#
            )
        });
        let is_late = known.is_some();
        std::fs::write(&file, text).unwrap();
        let verb: &[&str] = if round % 5 == 4 { &["compact"] } else { &["load"] };
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(verb).stdout(Stdio::null()).stderr(Stdio::null());
        if verb == ["load"] {
            command.arg(&file).arg("--into").arg(&archive);
        } else {
            command.arg(&archive);
        }
        let begun = Instant::now();
        let mut child = command.spawn().unwrap();
        // Some are left alone, so that there is something to lose.
        if round >= 2 && round % 4 != 1 {
            // The moments are spread over what such a command took, and beyond.
            sleep(usual * ((round * 37) % 100) / 75);
            let _ = child.kill();
        }
        let is_done = child.wait().unwrap().success();
        usual = if round < 2 { begun.elapsed() } else { usual };
        killed += usize::from(!is_done);
        if is_done && verb == ["load"] {
            let list = if is_late { &mut late } else { &mut acknowledged };
            list.push(name);
        }
        if !archive.join("log").exists() {
            assert!(acknowledged.is_empty());
            continue;
        }
        let verified = Verified::of(&archive).unwrap();
        assert!(!verified.is_damaged(), "round {round}: {:#?}", verified.findings);
        let (dataset, _, _) = Archive::open(&archive).unwrap().dataset().unwrap();
        for name in &late {
            let tie = dataset.ties().find(&format!("{name}-late"));
            assert!(tie.is_some(), "round {round}: {name} is lost");
        }
        for past in 0..=round {
            let name = format!("r{past}");
            let there = dataset.ties().find(&format!("{name}-tie")).is_some();
            let actors = ["a", "b"].map(|end| dataset.actors().find(&format!("{name}-{end}")).is_some());
            assert_eq!(actors, [there, there], "round {round}: {name} is half there");
            assert!(there || !acknowledged.contains(&name), "round {round}: {name} is lost");
        }
    }
    assert!(
        rounds < 10 || killed > 0 && acknowledged.len() > 2,
        "{killed} killed, {} done",
        acknowledged.len()
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_second_writer_is_told_who_the_first_is() {
    let folder = std::env::temp_dir().join(format!("chancery-two-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let archive = folder.join("t.chancery");
    let mut first = Writer::open(&archive, "process 12 on a desk since noon").unwrap();
    load(&mut first, "one", 10, 1).unwrap();
    let second = Writer::open(&archive, "another").map(|_| ()).unwrap_err();
    assert_eq!(
        second.to_string(),
        format!("{} is being written to by process 12 on a desk since noon", archive.display())
    );
    // A reader need not wait.
    assert_eq!(Archive::open(&archive).unwrap().dataset().unwrap().0.ties().count(), 3);
    let file = folder.join("two.json");
    std::fs::write(&file, super::text("two", 10)).unwrap();
    let load = |expected: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        let output = command.arg("load").arg(&file).arg("--into").arg(&archive).output().unwrap();
        assert_eq!(output.status.success(), expected);
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(load(false).contains("process 12 on a desk since noon"));
    drop(first);
    load(true);
    std::fs::remove_dir_all(&folder).unwrap();
}
