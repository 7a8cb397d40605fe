//! What contact through time costs: the first day of arrival from one actor everywhere, strictly and within a day.
//!
//! `CHANCERY_TEST_DATA=FOLDER cargo bench --bench times [-- --large]`: ICEWS18 with all its events, and the made graph of a
//! million ties (s1), or also that of ten million (s10). Times are of the processor, the median of five runs over the same actors; `lay out` is what is done once for a
//! network. `tests/oracle/arrivals.py` asks the same of plain Python, for the values.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at what is not there")]

mod clock;
mod draw;
mod made;

use std::{env, hint::black_box, path::PathBuf};

use chancery::{
    analysis::{
        order::Pace,
        temporal::{Flow, Temporal, Terms},
    },
    dataset::{ActorIndex, Builder, Dataset},
    date::Certainty,
    format::{Options, read_path},
    lens::Lens,
    model::Channel,
    network::Network,
};

/// From how many actors contact is followed.
const ACTOR_COUNT: usize = 50;

/// Milliseconds for each of `count`, the median of five runs.
fn measure(count: usize, run: impl FnMut()) -> f64 {
    clock::median(run) * 1e3 / f64::from(u32::try_from(count).unwrap())
}

fn icews18() -> Option<Dataset> {
    let table = PathBuf::from(env::var_os("CHANCERY_TEST_DATA")?).join("icews/icews18.tsv.gz");
    let mut builder = Builder::default();
    read_path(&table, &Options::default(), &mut builder).ok()?;
    Some(builder.finish().0)
}

fn ask(name: &str, dataset: &Dataset) {
    let lens = Lens { channels: Channel::ALL.into_iter().collect(), ..Lens::default() };
    let network = Network::project(dataset, &lens).unwrap();
    let laid_out = measure(1, || {
        black_box(Temporal::new(&network, Certainty::Possibly));
    });
    let temporal = Temporal::new(&network, Certainty::Possibly);
    let count = dataset.actors().count();
    let actors: Vec<ActorIndex> =
        (0..ACTOR_COUNT).map(|at| ActorIndex(u32::try_from(at * (count / ACTOR_COUNT)).unwrap())).collect();
    let ties = dataset.ties().count();
    println!("{name}: {count} actors, {ties} ties; laid out once in {laid_out:.1} ms");
    for (words, pace) in [("strict", Pace::Strict), ("same day", Pace::SameDay)] {
        let terms = Terms { pace, ..Terms::default() };
        let time = measure(actors.len(), || {
            for actor in &actors {
                black_box(temporal.reach(*actor, Flow::Forward, &terms));
            }
        });
        println!("{words:>10} {time:>8.2} ms from one actor to all");
    }
}

fn main() {
    match icews18() {
        Some(dataset) => ask("ICEWS18", &dataset),
        None => println!("no $CHANCERY_TEST_DATA/icews/icews18.tsv.gz"),
    }
    ask("s1", &made::dataset(100_000, made::chung_lu(100_000, 1_000_000)));
    if env::args().any(|argument| argument == "--large") {
        ask("s10", &made::dataset(1_000_000, made::chung_lu(1_000_000, 10_000_000)));
    }
}
