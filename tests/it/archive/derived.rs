//! `derived/`: what is mapped is what would be built, byte for byte, or it is not used.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chancery::{
    archive::{Archive, Disk, History, Load, Verified, Writer},
    dataset::Dataset,
};

use super::{
    FOLDER,
    disk::{Fault, MemoryDisk, State},
    load, retract, stamp, story, writer,
};

/// Everything that can be asked of the columns of a dataset, in words.
fn all(dataset: &Dataset) -> Vec<String> {
    let (actors, ties, dyads) = (dataset.actors(), dataset.ties(), dataset.dyads());
    let mut all = vec![format!("{:032x} {:?} {:?}", dataset.hash(), dataset.newest_day(), dataset.notes())];
    for actor in actors.all() {
        all.push(format!(
            "{:?} {} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?}",
            dataset.actor(actor),
            actors.label(actor),
            actors.names(actor).collect::<Vec<_>>(),
            actors.codes(actor).collect::<Vec<_>>(),
            (actors.kind(actor), actors.existence(actor)),
            actors.is_same_day(actor),
            (actors.organ_of(actor), actors.citizen_of(actor)),
            dataset.place(actors.origin(actor)),
            dyads.neighbours(actor),
            actors.names(actor).map(|(name, _, _)| dataset.lookup(name)).collect::<Vec<_>>(),
            actors
                .codes(actor)
                .map(|(scheme, code)| dataset.lookup(&format!("{scheme}:{code}")))
                .collect::<Vec<_>>(),
        ));
    }
    for tie in ties.all() {
        all.push(format!(
            "{:?} {} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            dataset.tie(tie),
            ties.id(tie),
            dataset.relation(tie).id,
            (ties.source(tie), ties.target(tie)),
            ties.claims(tie).collect::<Vec<_>>(),
            (ties.year(tie), ties.hull(tie), ties.happening(tie), ties.event(tie)),
            (ties.source_for(tie), ties.target_for(tie), ties.report_count(tie)),
            ties.origin(tie),
            dataset.place(ties.origin(tie)),
            ties.find(ties.id(tie)),
            dyads.between(ties.source(tie), ties.target(tie)),
        ));
    }
    all.extend(dyads.all().map(|dyad| format!("{:?} {:?}", dyads.ends(dyad), dyads.ties(dyad))));
    all.extend(
        dataset
            .references()
            .map(|(at, reference)| format!("{reference:?} {:?}", dataset.reference_origin(at))),
    );
    all.extend(
        dataset
            .actors()
            .merged()
            .iter()
            .map(|merged| format!("{merged:?} {:?}", dataset.merged_actor(merged))),
    );
    for file in dataset.files() {
        all.push(format!(
            "{} {:?} {:?} {:?} {:?} {}",
            file.name, file.title, file.license, file.cites, file.retracted, &*file.text
        ));
    }
    all.extend(
        ["nobody at all", "蒙", "memo"]
            .map(|text| format!("{:?} {:?}", dataset.lookup(text), dataset.search(text))),
    );
    all
}

pub(super) fn open(disk: &Arc<dyn Disk>) -> Archive {
    Archive::open_on(disk.clone(), Path::new(FOLDER)).unwrap()
}

/// The archive mapped and built must be the same.
pub(super) fn same(archive: &Archive, what: &str) {
    let (built, problems, _) = archive.dataset().unwrap();
    let (mapped, warning_count) = archive.mapped(|_| ()).unwrap_or_else(|why| panic!("{what}: {why}"));
    assert_eq!(warning_count, problems.len(), "{what}");
    for (mapped, built) in all(&mapped).into_iter().zip(all(&built)) {
        assert_eq!(mapped, built, "{what}");
    }
    assert_eq!((mapped.ties().count(), mapped.damage()), (built.ties().count(), None), "{what}");
}

#[test]
fn after_each_step_what_is_mapped_is_what_would_be_built() {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut step = 0;
    story(&disk, |_| {
        step += 1;
        let archive = open(&disk);
        if archive.last() > 0 {
            same(&archive, &format!("step {step}"));
            assert_eq!(disk.list(&Path::new(FOLDER).join("derived")).unwrap().len(), 1);
            assert_eq!(Verified::on(&disk, Path::new(FOLDER)).unwrap().findings, []);
        }
    })
    .unwrap();
}

#[test]
fn the_shipped_graph_and_a_table_are_mapped_as_they_are_built() {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = writer(disk.clone()).unwrap();
    let table = std::env::temp_dir().join(format!("chancery-derived-{}.csv", std::process::id()));
    let rows = "source,target,relation,when\nMNG,KOR,visit,1990\nMNG,KOR,visit,1990\n7,MNG,cameo:042,1990-05-01\n古巴,7,own thing,\n";
    std::fs::write(&table, rows).unwrap();
    let graph = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph");
    let loading =
        writer.archive().prepare(&Load { paths: vec![graph, table.clone()], ..Load::default() }).unwrap();
    std::fs::remove_file(&table).unwrap();
    assert!(!loading.has_errors(), "{:#?}", loading.problems);
    writer.load(&loading, &stamp(1)).unwrap();
    same(&open(&disk), "the shipped graph");
}

fn columns(state: &State) -> (PathBuf, Vec<u8>) {
    let mut files = state.files().into_iter();
    files.find(|(path, _)| path.extension().is_some_and(|ending| ending == "columns")).unwrap()
}

#[test]
fn columns_with_a_flipped_bit_or_cut_short_are_not_used() {
    let disk = Arc::new(MemoryDisk::default());
    let on: Arc<dyn Disk> = disk.clone();
    let mut writer = writer(on.clone()).unwrap();
    load(&mut writer, "one", 10, 1).unwrap();
    retract(&mut writer, "one-tie", 3).unwrap();
    let state = disk.state();
    let right = all(&open(&on).dataset().unwrap().0);
    let (path, bytes) = columns(&state);
    let mut unseen = 0;
    let mut look = |bytes: &[u8], what: &str| {
        let on: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state.with(&path, bytes)));
        if let Ok((mapped, _)) = open(&on).mapped(|_| ()) {
            unseen += 1;
            assert_eq!(all(&mapped), right, "{what}");
        }
    };
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        look(&damaged, &format!("byte {at}"));
    }
    for length in (0..bytes.len()).step_by(7) {
        look(&bytes[..length], &format!("cut to {length}"));
    }
    // Only what stands between checksums and columns means nothing.
    assert!(unseen < 700, "{unseen} of {} bytes", bytes.len());
}

#[test]
fn columns_of_another_commit_or_archive_are_not_used() {
    let disk = Arc::new(MemoryDisk::default());
    let on: Arc<dyn Disk> = disk.clone();
    let mut first = writer(on.clone()).unwrap();
    load(&mut first, "one", 10, 1).unwrap();
    let (path, old) = columns(&disk.state());
    load(&mut first, "two", 10, 2).unwrap();
    let state = disk.state();
    let (newer, _) = columns(&state);
    assert_ne!(path, newer);
    // The columns of the commit before under the name of this one.
    let on: Arc<dyn Disk> = Arc::new(MemoryDisk::of(state.with(&newer, &old)));
    let why = open(&on).mapped(|_| ()).map(|_| ()).unwrap_err();
    assert!(why.contains("was made of something else"), "{why}");
    let verified = Verified::on(&on, Path::new(FOLDER)).unwrap();
    assert!(
        !verified.is_damaged() && verified.findings[0].what.contains("built in memory"),
        "{:?}",
        verified.findings
    );
    let mut next = writer(on.clone()).unwrap();
    next.compact(History::Kept, None).unwrap();
    same(&open(&on), "compacted");
}

#[test]
fn an_earlier_day_is_not_answered_from_the_columns_of_a_later_one() {
    let disk: Arc<dyn Disk> = Arc::new(MemoryDisk::default());
    let mut writer = writer(disk.clone()).unwrap();
    load(&mut writer, "one", 10, 1).unwrap();
    load(&mut writer, "two", 10, 5).unwrap();
    let mut archive = open(&disk);
    archive.as_known_on("2026-01-03".parse().unwrap()).unwrap();
    assert!(archive.mapped(|_| ()).is_err());
}

#[test]
fn a_commit_whose_columns_cannot_be_made_stands() {
    let mut told = 0;
    for call in 0..60 {
        let disk = Arc::new(MemoryDisk::failing(Fault::Once(call)));
        let on: Arc<dyn Disk> = disk.clone();
        let Ok(mut writer) = writer(on.clone()) else { continue };
        if load(&mut writer, "one", 10, 1).is_err() {
            continue;
        }
        if let Some(why) = writer.underived() {
            told += 1;
            assert!(why.contains("derived"), "{why}");
            assert!(open(&on).mapped(|_| ()).is_err());
            assert_eq!(open(&on).dataset().unwrap().0.ties().count(), 3);
            writer.compact(History::Kept, None).unwrap();
            assert_eq!(writer.underived(), None);
        }
        same(&open(&on), &format!("call {call}"));
    }
    assert!(told >= 2, "{told} calls of making columns failed");
}

#[test]
fn a_backup_has_the_columns_and_a_mapped_reader_keeps_its_own() {
    let folder = std::env::temp_dir().join(format!("chancery-derived-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (archive, copy) = (folder.join("a.chancery"), folder.join("b.chancery"));
    let mut writer = Writer::open(&archive, "a test").unwrap();
    load(&mut writer, "one", 10, 1).unwrap();
    let reader = Archive::open(&archive).unwrap();
    let (mapped, _) = reader.mapped(|_| ()).unwrap();
    let before = all(&mapped);
    reader.backup(&copy).unwrap();
    load(&mut writer, "two", 10, 2).unwrap();
    assert_eq!(all(&mapped), before);
    let copied = Archive::open(&copy).unwrap();
    same(&copied, "a backup");
    assert_eq!(all(&copied.mapped(|_| ()).unwrap().0), before);
    assert_eq!(Verified::of(&copy).unwrap().findings, []);
    std::fs::remove_dir_all(&folder).unwrap();
}
