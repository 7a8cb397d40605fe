//! What an archive costs: a load, an open, a lookup, a window, a path, a tie that is added.
//!
//! `CHANCERY_TEST_DATA=FOLDER cargo bench --bench archive [-- --large] [-- --strings]`: a made table of a million ties among
//! 100,000 actors (s1), with `--large` one of ten million among a million (s10), and ICEWS18. Times are of the processor, the
//! median of five runs; what is read is in the memory of the system already. `peers/archive.py` asks the same of other
//! stores, and of this one as a program.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what is not there")]

mod clock;
mod draw;
#[expect(dead_code, reason = "other benchmarks ask for the rest of it")]
mod made;

use std::{
    env,
    fmt::Write,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
};

use chancery::{
    analysis::paths::{Pathfinder, Without},
    archive::{Archive, Load, Stamp, Writer},
    dataset::Dataset,
    lens::Lens,
    model::Channel,
    network::Network,
};

fn told(what: &str, seconds: f64) {
    println!("{what:>28} {:>12.3} ms", seconds * 1e3);
}

fn load(load: &Load, archive: &Path) {
    let mut writer = Writer::open(archive, "a benchmark").unwrap();
    let loading = writer.archive().prepare(load).unwrap();
    assert!(!loading.has_errors());
    let time = "2026-01-01T00:00:00Z".parse().unwrap();
    let stamp = Stamp { time, author: "a benchmark".to_owned(), message: "made".to_owned() };
    writer.load(&loading, &stamp).unwrap();
    assert_eq!(writer.underived(), None);
}

fn open(archive: &Path) -> Dataset {
    Archive::open(archive).unwrap().mapped(|damage| panic!("{damage}")).unwrap().0
}

fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { bytes(&path) } else { path.metadata().unwrap().len() }).sum()
}

/// Loads a table into an archive and asks it.
fn ask(name: &str, table: &Path, folder: &Path) {
    let archive = folder.join("bench.chancery");
    let files = Load { paths: vec![table.to_owned()], ..Load::default() };
    println!("{name}");
    let seconds = clock::median(|| {
        if archive.exists() {
            fs::remove_dir_all(&archive).unwrap();
        }
        load(&files, &archive);
    });
    told("load", seconds);
    told("open", clock::median(|| drop(black_box(open(&archive)))));
    let dataset = open(&archive);
    let ties = dataset.ties();
    let size = bytes(&archive);
    println!("{:>28} {:>12} bytes for {} ties", "size", size, ties.count());
    // The ends of a tie in the middle, and those of one near the end.
    let [first, second] = [ties.count() / 2, ties.count() - 2].map(|at| ties.all().nth(at).unwrap());
    let (a, b) = (ties.source(first), ties.target(second));
    let id = dataset.actors().id(a).to_owned();
    told("lookup", clock::median(|| drop(black_box(open(&archive).lookup(&id)))));
    let all = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    let narrow =
        Lens { relations: vec!["visit".to_owned()], during: "1990/1995".parse().unwrap(), ..all.clone() };
    let window = || {
        let dataset = open(&archive);
        let network = Network::between(&dataset, &narrow, &[a]).unwrap();
        black_box(network.neighbours(a).map(|(_, dyad)| network.ties(dyad).count()).sum::<usize>());
    };
    told("window of one actor", clock::median(window));
    for (what, lens) in [("path", &all), ("path of visits, 1990/1995", &narrow)] {
        let path = || {
            let dataset = open(&archive);
            let network = Network::between(&dataset, lens, &[a, b]).unwrap();
            black_box(Pathfinder::new(&network).shortest(a, b, &Without::default()));
        };
        told(what, clock::median(path));
    }
    let mut year = 1000;
    let add = || {
        year += 1;
        let [source, target] = [a, b].map(|end| dataset.actors().id(end));
        let text = format!(
            "{{\"nodes\": [], \"edges\": [{{\"source\": \"{source}\", \"target\": \"{target}\", \"relation\": \"visit\", \
             \"when\": \"{year}-01-02\"}}]}}"
        );
        load(&Load { text: Some(("added".to_owned(), text)), ..Load::default() }, &archive);
    };
    told("a tie added", clock::median(add));
    told("open, with ties joined", clock::median(|| drop(black_box(open(&archive)))));
    fs::remove_dir_all(&archive).unwrap();
}

/// A table of made ties.
fn table(folder: &Path, (actors, ties): (u64, usize), strings: bool) -> PathBuf {
    let path = folder.join(format!("made-{ties}.csv"));
    let mut text = String::from("source,relation,target,date\n");
    for (a, b, relation, (year, month, day)) in made::chung_lu(actors, ties).filter(|(a, b, ..)| a != b) {
        let (width, prefix) = if strings { (7, "n") } else { (0, "") };
        writeln!(text, "{prefix}{a:0width$},{relation},{prefix}{b:0width$},{year}-{month:02}-{day:02}")
            .unwrap();
    }
    fs::write(&path, text).unwrap();
    path
}

fn main() {
    let has = |asked: &str| env::args().any(|argument| argument == asked);
    let folder = env::temp_dir().join(format!("chancery-bench-archive-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    match env::var_os("CHANCERY_TEST_DATA").map(PathBuf::from) {
        Some(data) => ask("icews18", &data.join("icews/icews18.tsv.gz"), &folder),
        None => println!("no $CHANCERY_TEST_DATA/icews/icews18.tsv.gz"),
    }
    let strings = has("--strings");
    ask("s1", &table(&folder, (100_000, 1_000_000), strings), &folder);
    if has("--large") {
        ask("s10", &table(&folder, (1_000_000, 10_000_000), strings), &folder);
    }
    fs::remove_dir_all(&folder).unwrap();
}
