//! What routes cost: one shortest path, the number of all, ten simple ones, a whole answer. On ICEWS18, on a made graph of
//! a million ties (s1) and one of ten million (s10, with `--large`), on s1 through a narrow lens, and on a grid.
//!
//! `CHANCERY_TEST_DATA=FOLDER cargo bench --bench paths [-- --peers FOLDER]`. Times are of the processor, the
//! median of five runs over the same seeded pairs of the largest component. With `--peers` the dyads, the pairs and
//! these times are written for `benches/peers/paths.py`, which asks the same of other programs.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what is not there")]

mod clock;
mod draw;
mod made;

use std::{
    collections::BTreeSet,
    env,
    fmt::Write,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use draw::Draw;

use chancery::{
    analysis::{
        components,
        connect::{Connections, Options},
        paths::{Pathfinder, Simple, Without},
    },
    dataset::{
        ActorIndex, ActorRow, Builder, ClaimRow, Dataset, Origin, Sink, SourceFile, TieRow, content_hash,
    },
    date::{Dating, Status},
    lens::Lens,
    network::Network,
};

/// How many pairs are asked about.
const PAIR_COUNT: usize = 2000;

/// How many of them are asked for whole answers.
const ANSWER_COUNT: usize = 200;

/// Microseconds for each of `count`, the median of five runs.
fn measure(count: usize, run: impl FnMut()) -> f64 {
    clock::median(run) * 1e6 / f64::from(u32::try_from(count).unwrap())
}

fn icews18() -> Option<Dataset> {
    let table = PathBuf::from(env::var_os("CHANCERY_TEST_DATA")?).join("icews/icews18.tsv.gz");
    let output = Command::new("zcat").arg(table).output().ok()?;
    let text: Arc<String> = String::from_utf8(output.stdout).ok()?.into();
    let mut builder = Builder::default();
    let file = builder.file(SourceFile::new("icews18.tsv", text.clone()));
    let mut actors = BTreeSet::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let origin = Origin::of(file, &text, line);
        for id in [fields[0], fields[2]] {
            if actors.insert(id) {
                builder.actor(ActorRow { id, content: content_hash(&id), ..ActorRow::default() }, origin);
            }
        }
        let dating = Dating::new(fields[3].parse().ok(), None, None, None).ok()?;
        let claims = vec![ClaimRow { dating: &dating, status: Status::Asserted, cites: &[] }];
        let row = TieRow::plain(fields[0], fields[2], "related", claims, content_hash(&line));
        builder.tie(row, origin);
    }
    Some(builder.finish().0)
}

/// A grid of so many actors each way, every one tied to its neighbours.
fn grid(side: u64) -> impl Iterator<Item = made::Made> {
    (0..side * side).flat_map(move |at| {
        let right = (at % side + 1 < side).then_some(at + 1);
        let below = (at / side + 1 < side).then_some(at + side);
        right.into_iter().chain(below).map(move |to| (at, to, "visit", (1990, 1, 1)))
    })
}

/// Pairs of different actors of the largest component, always the same.
fn pairs(network: &Network<'_>) -> Vec<(ActorIndex, ActorIndex)> {
    let components = components(network);
    let largest = (0..).zip(components.sizes()).max_by_key(|(_, size)| **size).map_or(0, |(at, _)| at);
    let all: Vec<ActorIndex> =
        network.dataset().actors().all().filter(|actor| components.of(*actor) == Some(largest)).collect();
    let mut draw = Draw::new(18);
    let mut draw = || all[usize::try_from(draw.below(all.len() as u64)).unwrap()];
    let mut pairs = Vec::new();
    while pairs.len() < PAIR_COUNT {
        let (a, b) = (draw(), draw());
        if a != b {
            pairs.push((a, b));
        }
    }
    pairs
}

/// Asks the questions of a network; `most` bounds how many pairs are asked each.
fn ask(name: &str, network: &Network<'_>, most: usize) -> Vec<(&'static str, f64)> {
    let all = pairs(network);
    let pairs = &all[..most.min(all.len())];
    let mut finder = Pathfinder::new(network);
    let none = Without::default();
    let mut results = Vec::new();
    results.push((
        "shortest",
        measure(pairs.len(), || {
            for (a, b) in pairs {
                black_box(finder.shortest(*a, *b, &none));
            }
        }),
    ));
    results.push((
        "count",
        measure(pairs.len(), || {
            for (a, b) in pairs {
                black_box(finder.count(*a, *b, &none));
            }
        }),
    ));
    let few = &pairs[..ANSWER_COUNT.min(most)];
    results.push((
        "simple10",
        measure(few.len(), || {
            for (a, b) in few {
                black_box(finder.simple_paths(*a, *b, &none, &Simple::default()));
            }
        }),
    ));
    let mut connections = Connections::new(network);
    results.push((
        "connect",
        measure(few.len(), || {
            for (a, b) in few {
                black_box(connections.between(*a, *b, &Options::default()).unwrap());
            }
        }),
    ));
    println!(
        "{name}: {} actors, {} dyads",
        network.dataset().actors().count(),
        network.compact().dyads().len()
    );
    for (what, time) in &results {
        println!("{what:>10} {time:>12.2} µs a pair");
    }
    results
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let folder =
        arguments.iter().position(|argument| argument == "--peers").map(|at| Path::new(&arguments[at + 1]));
    let write = |name: &str, network: &Network<'_>, most: usize| {
        let results = ask(name, network, most);
        if let Some(folder) = folder {
            let pairs = pairs(network);
            write_for_peers(&folder.join(name), network, &pairs[..most.min(pairs.len())], &results);
        }
    };
    let whole = Lens::default();
    match icews18() {
        Some(dataset) => write("icews18", &Network::project(&dataset, &whole).unwrap(), PAIR_COUNT),
        None => println!("no $CHANCERY_TEST_DATA/icews/icews18.tsv.gz"),
    }
    {
        let dataset = made::dataset(100_000, made::chung_lu(100_000, 1_000_000));
        let narrow = Lens {
            relations: vec!["visit".to_owned()],
            during: "1990/1995".parse().unwrap(),
            ..Lens::default()
        };
        write("s1", &Network::project(&dataset, &whole).unwrap(), PAIR_COUNT);
        write("s1-visits", &Network::project(&dataset, &narrow).unwrap(), PAIR_COUNT);
    }
    {
        let dataset = made::dataset(707 * 707, grid(707));
        write("grid", &Network::project(&dataset, &whole).unwrap(), 20);
    }
    if arguments.iter().any(|argument| argument == "--large") {
        let dataset = made::dataset(1_000_000, made::chung_lu(1_000_000, 10_000_000));
        write("s10", &Network::project(&dataset, &whole).unwrap(), PAIR_COUNT);
    }
}

fn write_for_peers(
    folder: &Path,
    network: &Network<'_>,
    pairs: &[(ActorIndex, ActorIndex)],
    results: &[(&str, f64)],
) {
    let lines = |rows: &mut dyn Iterator<Item = (u32, u32)>| {
        let mut text = String::new();
        for (a, b) in rows {
            writeln!(text, "{a}\t{b}").unwrap();
        }
        text
    };
    let dyads = network.dataset().dyads();
    let ends = network.compact().dyads().iter().map(|dyad| dyads.ends(*dyad));
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("dyads.tsv"), lines(&mut ends.map(|(a, b)| (a.0, b.0)))).unwrap();
    fs::write(folder.join("pairs.tsv"), lines(&mut pairs.iter().map(|(a, b)| (a.0, b.0)))).unwrap();
    let ours: serde_json::Map<String, serde_json::Value> =
        results.iter().map(|(what, time)| ((*what).to_owned(), (*time).into())).collect();
    fs::write(folder.join("ours.json"), serde_json::to_string(&ours).unwrap()).unwrap();
}
