//! What measures cost: betweenness of ICEWS18 and of 5,000 actors, closeness of these, sweeps over ten million ties, and writing a million.
//!
//! `CHANCERY_TEST_DATA=FOLDER cargo bench --bench measures -- [--large] [--peers FOLDER] [NAME …]`. Times are of the processor, of one
//! thread, the median of five runs (of three above a second); the matrix is made before. `--large` asks ten million ties among a
//! million actors (`s10`). Names of graphs or questions ask these alone. With `--peers` the graphs and these times are written for
//! `benches/peers/measures.py`, which asks the same of other programs.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what is not there")]

mod clock;
mod draw;
mod made;

use std::{
    collections::BTreeMap,
    env,
    fmt::Write,
    fs,
    hint::black_box,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Instant,
};

use chancery::{
    analysis::{
        Direction, Method, Sociomatrix, betweenness, closeness, communities, components,
        core_number::core_numbers,
        pagerank::pagerank,
        periods::{Cut, periods},
        tallies,
    },
    dataset::{Builder, Dataset},
    diagram::{Languages, dot},
    format::{
        self,
        native::Part,
        read_path,
        write::{Form, write},
    },
    lens::Lens,
    model::Channel,
    network::Network,
    report::{ExportReport, Report},
};

/// What is asked, and the times of a graph, by question.
struct Times {
    /// Questions or graphs that were named; all where none is.
    names: Vec<String>,
    spent: BTreeMap<&'static str, f64>,
}

impl Times {
    /// Of a graph, whose name asks all of its questions.
    fn of(graph: &str, names: &[String]) -> Self {
        let is_all = names.iter().any(|name| name == graph);
        Self { names: if is_all { Vec::new() } else { names.to_vec() }, spent: BTreeMap::new() }
    }

    fn asks(&self, question: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|name| name == question)
    }

    fn measure(&mut self, question: &'static str, run: impl FnMut()) {
        if !self.asks(question) {
            return;
        }
        let spent = clock::median(run);
        println!("{question:>16} {spent:>10.4} s");
        self.spent.insert(question, spent);
    }
}

fn lens() -> Lens {
    Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() }
}

/// Dyads as pairs of whole numbers of 32 bits, least byte first; years of ties beside them.
fn keep(folder: Option<&Path>, name: &str, network: &Network<'_>, matrix: &Sociomatrix, times: &Times) {
    let Some(folder) = folder.map(|folder| folder.join(name)) else { return };
    fs::create_dir_all(&folder).unwrap();
    let mut dyads = Vec::new();
    for row in matrix.rows() {
        for other in matrix.out(row).iter().filter(|other| **other > row) {
            dyads.extend([row, *other].into_iter().flat_map(u32::to_le_bytes));
        }
    }
    fs::write(folder.join("dyads.u32"), dyads).unwrap();
    let dataset = network.dataset();
    let row = |actor| matrix.row_of(actor).unwrap();
    let mut rows = Vec::new();
    for tie in dataset.ties().all() {
        let (_, bounds, _) = dataset.ties().claims(tie).next().unwrap();
        let year = bounds[0].0.start_min.ymd().0;
        let ends = [row(dataset.ties().source(tie)), row(dataset.ties().target(tie))];
        rows.extend(ends.into_iter().chain([u32::try_from(year).unwrap_or(0)]).flat_map(u32::to_le_bytes));
    }
    fs::write(folder.join("ties.u32"), rows).unwrap();
    fs::write(folder.join("ours.json"), serde_json::to_string(&times.spent).unwrap()).unwrap();
}

fn small(name: &str, dataset: &Dataset, names: &[String], peers: Option<&Path>) {
    let one = NonZeroUsize::MIN;
    let network = Network::project(dataset, &lens()).unwrap();
    let matrix = Sociomatrix::of(&network, Direction::Ignored, None);
    println!("{name}: {} actors, {} dyads", matrix.len(), matrix.cell_count() / 2);
    let mut times = Times::of(name, names);
    times.measure("betweenness", || {
        black_box(betweenness(&matrix, one));
    });
    times.measure("closeness", || {
        black_box(closeness(&matrix, one));
    });
    if times.asks("threads") {
        let wall = |threads: usize| {
            let before = Instant::now();
            let scores = betweenness(&matrix, NonZeroUsize::new(threads).unwrap());
            (before.elapsed().as_secs_f64(), scores)
        };
        let ((single, alone), (double, together)) = (wall(1), wall(2));
        assert!(alone.iter().zip(&together).all(|(a, b)| a.to_bits() == b.to_bits()), "threads change bits");
        println!("{:>16} {:>10.2} times faster by the clock, the same bits", "two threads", single / double);
    }
    keep(peers, name, &network, &matrix, &times);
}

fn large(dataset: &Dataset, names: &[String], peers: Option<&Path>) {
    let network = Network::project(dataset, &lens()).unwrap();
    let matrix = Sociomatrix::of(&network, Direction::Ignored, None);
    println!("s10: {} actors, {} dyads", matrix.len(), matrix.cell_count() / 2);
    let mut times = Times::of("s10", names);
    times.measure("pagerank", || {
        black_box(pagerank(&matrix, 1e-8));
    });
    times.measure("components", || {
        black_box(components(&network));
    });
    times.measure("cores", || {
        black_box(core_numbers(&matrix));
    });
    let mut found = 0.0;
    times.measure("leiden", || {
        found = communities(&matrix, Method::Leiden, 1.0, 1, 1).modularity;
    });
    if times.asks("leiden") {
        println!("{:>16} {found:>10.4}", "its modularity");
    }
    let year: Cut = Cut { length: Some("1y".parse().unwrap()), step: "1y".parse().unwrap() };
    let years = periods("1945/2025".parse().unwrap(), year);
    times.measure("years", || {
        let mut first = Vec::new();
        tallies(dataset, &lens(), &years, |_, tally| first.push(tally.first(10))).unwrap();
        assert!(first.len() == 81 && first.iter().all(|first| first.len() == 10));
    });
    keep(peers, "s10", &network, &matrix, &times);
}

/// A million ties, read from a table, as what is written is read from there.
fn written(names: &[String], peers: Option<&Path>) {
    let mut table = String::from("source,target,relation,date\n");
    for (source, target, relation, (year, month, day)) in made::chung_lu(100_000, 1_000_000) {
        writeln!(table, "{source},{target},{relation},{year}-{month:02}-{day:02}").unwrap();
    }
    let path = env::temp_dir().join(format!("chancery-written-{}.csv", std::process::id()));
    fs::write(&path, table).unwrap();
    let mut builder = Builder::default();
    read_path(&path, &format::Options::default(), &mut builder).unwrap();
    fs::remove_file(&path).unwrap();
    let dataset = &builder.finish().0;
    let (actors, all): (Vec<_>, Vec<_>) = (dataset.actors().all().collect(), dataset.ties().all().collect());
    println!("written: {} actors, {} ties", actors.len(), all.len());
    let part = Part { actors: &actors, ties: &all, ..Part::default() };
    let mut times = Times::of("written", names);
    for (question, form) in [("graphml", Form::GraphMl), ("gexf", Form::Gexf), ("jgf", Form::Jgf)] {
        times.measure(question, || {
            let mut text = Vec::new();
            write(dataset, &part, form, &mut text).unwrap();
            black_box(text);
        });
    }
    let network = Network::project(dataset, &lens()).unwrap();
    times.measure("dot", || {
        let languages = Languages::default();
        let scene = ExportReport::new(&network, String::new(), None).scene(languages).unwrap();
        black_box(dot(&scene).unwrap());
    });
    let matrix = Sociomatrix::of(&network, Direction::Ignored, None);
    keep(peers, "written", &network, &matrix, &times);
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let peers = arguments.iter().position(|argument| argument == "--peers");
    let folder = peers.map(|at| PathBuf::from(&arguments[at + 1]));
    let is_name = |at: usize| !arguments[at].starts_with("--") && peers.is_none_or(|peers| at != peers + 1);
    let names: Vec<String> =
        (0..arguments.len()).filter(|at| is_name(*at)).map(|at| arguments[at].clone()).collect();
    let asks = |graph: &str, questions: &[&str]| {
        names.is_empty() || names.iter().any(|name| name == graph || questions.contains(&name.as_str()))
    };
    let paths = ["betweenness", "closeness", "threads"];
    if let Some(data) = env::var_os("CHANCERY_TEST_DATA").map(PathBuf::from)
        && asks("icews18", &paths)
    {
        let mut builder = Builder::default();
        read_path(&data.join("icews/icews18.tsv.gz"), &format::Options::default(), &mut builder).unwrap();
        small("icews18", &builder.finish().0, &names, folder.as_deref());
    }
    if asks("5k", &paths) {
        small("5k", &made::dataset(5_000, made::chung_lu(5_000, 50_000)), &names, folder.as_deref());
    }
    if asks("written", &["graphml", "gexf", "jgf", "dot"]) {
        written(&names, folder.as_deref());
    }
    let is_large = arguments.iter().any(|argument| argument == "--large");
    if is_large && asks("s10", &["pagerank", "components", "cores", "leiden", "years"]) {
        let dataset = made::dataset(1_000_000, made::chung_lu(1_000_000, 10_000_000));
        large(&dataset, &names, folder.as_deref());
    }
}
