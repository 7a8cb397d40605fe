//! Searches give the same answers at the same cost whether they ask the lens at each dyad or walk what passes.

use chancery::{
    analysis::{
        connect::{Connections, Options, Ranking},
        meter::Meter,
        paths::{Pathfinder, Simple, Without},
    },
    dataset::{ActorIndex, Dataset, TieIndex},
    lens::{Direction, Lens},
    network::Network,
};

use crate::{order::Draw, support::dataset};

const ACTOR_COUNT: u32 = 24;

/// Visits and meetings of some years among some actors, of whom the first know many.
fn drawn(draw: &mut Draw) -> Dataset {
    let edges: Vec<String> = (0..70)
        .map(|_| {
            let source = draw.below(ACTOR_COUNT) * draw.below(ACTOR_COUNT) / ACTOR_COUNT;
            let target = (source + 1 + draw.below(ACTOR_COUNT - 1)) % ACTOR_COUNT;
            let relation = if draw.below(2) == 0 { "meeting" } else { "visit" };
            let year = 1990 + draw.below(6);
            format!(
                r#"{{"source": "n{source:02}", "target": "n{target:02}", "relation": "{relation}", "when": "{year}"}}"#
            )
        })
        .collect();
    let nodes: Vec<String> = (0..ACTOR_COUNT).map(|at| format!(r#"{{"id": "n{at:02}"}}"#)).collect();
    dataset(&format!(r#"{{"nodes": [{}], "edges": [{}]}}"#, nodes.join(", "), edges.join(", ")))
}

fn lenses() -> [Lens; 5] {
    let visits = Lens { relations: vec!["visit".to_owned()], ..Lens::default() };
    let whole = Lens::default;
    [
        Lens { during: "1991/1993".parse().expect("it is a window"), ..visits.clone() },
        Lens { direction: Direction::Forward, ..visits.clone() },
        Lens { avoid: vec!["n00".to_owned()], max_degree: Some(9), ..whole() },
        Lens { direction: Direction::Forward, ..whole() },
        visits,
    ]
}

#[test]
fn all_ties_that_pass_are_those_of_which_each_passes() {
    let mut draw = Draw(1_990);
    for _ in 0..20 {
        let built = drawn(&mut draw);
        for lens in lenses() {
            let network = Network::project(&built, &lens).expect("the lens names what is there");
            let each = built.ties().all().filter(|tie| network.predicate().passes(&built, *tie));
            let each: Vec<TieIndex> = each.collect();
            assert!(!each.is_empty());
            assert_eq!(network.passing().collect::<Vec<_>>(), each);
            let live: Vec<_> = built.dyads().all().filter(|dyad| network.is_live(*dyad)).collect();
            assert_eq!(network.compact().dyads(), live);
            for actor in built.actors().all() {
                let neighbours: Vec<ActorIndex> = network.neighbours(actor).map(|(other, _)| other).collect();
                assert_eq!(network.compact().neighbours(actor), neighbours);
                assert_eq!(network.degree(actor), neighbours.len());
            }
        }
    }
}

#[test]
fn an_answer_does_not_show_how_it_was_searched() {
    let mut draw = Draw(1_991);
    for _ in 0..6 {
        let built = drawn(&mut draw);
        for lens in lenses() {
            let fresh = || Network::project(&built, &lens).expect("the lens names what is there");
            let walked = fresh();
            walked.compact();
            let mut walking = Connections::new(&walked);
            for _ in 0..30 {
                let (a, b) = (ActorIndex(draw.below(ACTOR_COUNT)), ActorIndex(draw.below(ACTOR_COUNT)));
                if a == b {
                    continue;
                }
                let asked = fresh();
                let ranking = if a < b { Ranking::Interesting } else { Ranking::Short };
                let options = Options { ranking, ..Options::default() };
                let answer = Connections::new(&asked).between(a, b, &options);
                assert_eq!(answer, walking.between(a, b, &options));
                let without = Without { actors: &[], dyad: built.dyads().between(a, b) };
                let paths = |network: &Network<'_>| {
                    let mut finder = Pathfinder::new(network).with_meter(Meter::default());
                    let one = finder.shortest(a, b, &without);
                    let count = finder.count(a, b, &without);
                    let bounded = Simple { longest: 6, work: 500, ..Simple::default() };
                    let simple = [Simple::default(), bounded]
                        .map(|wanted| finder.simple_paths(a, b, &without, &wanted));
                    let region = finder.region(a, b, &without, 4);
                    (one, count, simple, region, finder.meter().taken())
                };
                assert_eq!(paths(&fresh()), paths(&walked));
            }
        }
    }
}
