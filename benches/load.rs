//! What loading costs: ICEWS18 and an answer, a node-link JSON of a million edges, the check of a million native
//! ties, and names among 100,000 actors.
//!
//! `CHANCERY_TEST_DATA=FOLDER cargo bench --bench load [-- FOLDER]`. Times are of the processor, the median of five
//! runs; files are read from the disk each time. The made files are always the same; with a folder they are kept there.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what is not there")]

mod clock;
mod draw;

use std::{
    env,
    fmt::Write,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
};

use draw::Draw;

use chancery::{
    analysis::connect::{Options, connect},
    dataset::{Builder, Dataset, Lookup},
    format::{self, read_path},
    lens::Lens,
    model::Channel,
};

const EDGE_COUNT: usize = 1_000_000;
const NODE_COUNT: u64 = 100_000;

/// Seconds, the median of five runs.
fn measure(what: &str, run: impl FnMut()) {
    println!("{what:>44} {:>10.6} s", clock::median(run));
}

/// An actor; some have many more ties than others.
fn actor(draw: &mut Draw) -> u64 {
    let bound = draw.below(NODE_COUNT) + 1;
    draw.below(bound)
}

fn date(draw: &mut Draw) -> String {
    format!("{}-{:02}-{:02}", 1945 + draw.below(80), 1 + draw.below(12), 1 + draw.below(28))
}

/// A graph as networkx writes it, of 84 MB: a date, a weight, ends, a key.
fn node_link() -> String {
    let mut draw = Draw::new(18);
    let mut json = String::from("{\"directed\": true, \"multigraph\": true, \"graph\": {}, \"nodes\": [");
    for id in 0..NODE_COUNT {
        write!(json, "{}{{\"id\": {id}}}", if id == 0 { "" } else { ", " }).unwrap();
    }
    json.push_str("], \"edges\": [");
    for at in 0..EDGE_COUNT {
        let comma = if at == 0 { "" } else { ", " };
        let (date, weight) = (date(&mut draw), draw.below(100));
        let (source, target) = (actor(&mut draw), actor(&mut draw));
        write!(json, "{comma}{{\"date\": \"{date}\", \"weight\": {weight}, \"source\": {source}, \"target\": {target}, \"key\": {}}}", at % 3).unwrap();
    }
    json.push_str("]}");
    json
}

/// A graph of ours: a million visits, meetings and the like, each cited.
fn native() -> String {
    let mut draw = Draw::new(19);
    let relations = ["visit", "meeting", "agreement", "negotiation", "economic-aid", "attack"];
    let mut json = String::from(
        "{\"graph\": {\"references\": [{\"id\": \"r\", \"type\": \"book\", \"title\": \"A book\"}]},\n\"nodes\": [\n",
    );
    for id in 0..NODE_COUNT {
        let comma = if id == 0 { "" } else { ",\n" };
        write!(
            json,
            "{comma}{{\"id\": \"actor-{id}\", \"names\": [{{\"text\": \"Actor {id}\", \"lang\": \"en\"}}]}}"
        )
        .unwrap();
    }
    json.push_str("],\n\"edges\": [\n");
    for at in 0..EDGE_COUNT {
        let comma = if at == 0 { "" } else { ",\n" };
        let relation = relations[usize::try_from(draw.below(6)).unwrap()];
        let (source, target, date) = (actor(&mut draw), actor(&mut draw), date(&mut draw));
        write!(json, "{comma}{{\"id\": \"tie-{at}\", \"source\": \"actor-{source}\", \"target\": \"actor-{target}\", \"relation\": \"{relation}\", \"when\": \"{date}\", \"cites\": [{{\"ref\": \"r\", \"locator\": \"p. {}\"}}]}}", at % 700).unwrap();
    }
    json.push_str("]}\n");
    json
}

/// The dataset of a file, and how many problems it has.
fn load(path: &Path) -> (Dataset, usize) {
    let mut builder = Builder::default();
    read_path(path, &format::Options::default(), &mut builder).unwrap();
    let (dataset, problems) = builder.finish();
    (dataset, problems.len())
}

/// Makes a file once.
fn made(folder: &Path, name: &str, text: impl Fn() -> String) -> PathBuf {
    let path = folder.join(name);
    if !path.exists() {
        fs::write(&path, text()).unwrap();
    }
    path
}

fn main() {
    let kept = env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    let folder = kept.clone().unwrap_or_else(|| env::temp_dir().join("chancery-bench-load"));
    fs::create_dir_all(&folder).unwrap();
    let all = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    match env::var_os("CHANCERY_TEST_DATA").map(PathBuf::from) {
        Some(data) => measure("ICEWS18 read, Mongolia and South Korea asked", || {
            let (dataset, _) = load(&data.join("icews/icews18.tsv.gz"));
            let find = |id| dataset.actors().find(id).unwrap();
            let (a, b) = (find("Mongolia"), find("South Korea"));
            black_box(connect(&dataset, &all, a, b, &Options::default()).unwrap());
        }),
        None => println!("no $CHANCERY_TEST_DATA/icews/icews18.tsv.gz"),
    }
    let edges = made(&folder, "node-link.json", node_link);
    measure("node-link JSON of a million edges read", || {
        black_box(load(&edges));
    });
    let ties = made(&folder, "native.json", native);
    measure("native JSON of a million ties checked", || {
        black_box(load(&ties).1);
    });
    let (dataset, _) = load(&ties);
    black_box(dataset.lookup("Acter 7777"));
    measure("a name among 100,000", || {
        assert!(matches!(black_box(dataset.lookup("ACTOR 77777")), Lookup::One(..)));
    });
    measure("a misspelt name among 100,000", || {
        assert!(matches!(black_box(dataset.lookup("Acter 7777")), Lookup::None(_)));
    });
    if kept.is_none() {
        fs::remove_dir_all(&folder).unwrap();
    }
}
