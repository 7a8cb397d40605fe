//! The order of routes in time, against every world that the dates allow.
//!
//! Chains are drawn with dates whose meaning is known here day by day: each claim comes as its text and as
//! the sets of days (bits of a mask) of its worlds. All worlds of a chain are walked, and what they say together
//! must be what the fast rule says.

use std::fmt::Write;

use chancery::{
    analysis::order::{Order, Pace, order},
    dataset::Dataset,
    lens::Lens,
    network::Network,
};

use crate::support::{actor, dataset};

/// Days in the calendar of the drawn chains.
const DAY_COUNT: u32 = 6;

/// Ends that are unknown are tried up to this day: beyond it nothing begins, and contact moves a day a hop.
const HORIZON: u32 = DAY_COUNT + 3;

/// More worlds of one chain are not walked.
const WORLD_LIMIT: usize = 50_000;

pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    /// A number below another.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(bound)).expect("it is below the bound")
    }

    /// Two different days in order.
    fn two_days(&mut self) -> (u32, u32) {
        let first = self.below(DAY_COUNT - 1);
        (first, first + 1 + self.below(DAY_COUNT - 1 - first))
    }
}

/// What one claim says, as text and as worlds.
pub(crate) struct Claim {
    json: String,
    /// The days in force in each of its worlds.
    worlds: Vec<u32>,
    is_one_day: bool,
    /// Whether a `?` lets it be wrong altogether.
    is_doubtful: bool,
    status: &'static str,
}

pub(crate) struct Tie {
    pub(crate) json: String,
    claims: Vec<Claim>,
    pub(crate) shares_its_day: bool,
}

fn day(index: u32) -> String {
    format!("2000-01-{:02}", index + 1)
}

/// The days from one to another, both included.
fn days(first: u32, last: u32) -> u32 {
    (first..=last).map(|day| 1 << day).sum()
}

fn draw_claim(draw: &mut Draw, lasting: bool) -> Claim {
    let (first, last) = draw.two_days();
    let (from, to) = (day(first), day(last));
    let (json, worlds, is_one_day, is_doubtful) = if lasting {
        match draw.below(3) {
            0 => (format!(r#""when": "{from}/{to}""#), vec![days(first, last)], false, false),
            1 => {
                // Begins on one of two days; when it ends is unknown.
                let worlds =
                    [first, last].into_iter().flat_map(|day| (day..HORIZON).map(move |end| days(day, end)));
                (format!(r#""when": "[{from},{to}]""#), worlds.collect(), false, false)
            }
            _ => {
                let end = last + draw.below(DAY_COUNT - last);
                let starts = first..=last;
                let worlds = starts.flat_map(|start| (last..=end).map(move |end| days(start, end)));
                let json = format!(r#""start": "[{from}..{to}]", "end": "[{to}..{}]""#, day(end));
                (json, worlds.collect(), false, false)
            }
        }
    } else {
        let day_by_day = || (first..=last).map(|day| 1 << day).collect::<Vec<u32>>();
        let both = 1 << first | 1 << last;
        match draw.below(7) {
            0 | 1 => (format!(r#""when": "{from}""#), vec![1 << first], true, false),
            2 => (format!(r#""when": "[{from}..{to}]""#), day_by_day(), true, false),
            3 => (format!(r#""when": "[{from},{to}]""#), vec![1 << first, 1 << last], true, false),
            4 => (format!(r#""when": "{{{from},{to}}}""#), vec![both], false, false),
            5 => (format!(r#""when": "{from}/{to}""#), vec![days(first, last)], false, false),
            _ => (format!(r#""when": "{from}?""#), vec![1 << first], true, true),
        }
    };
    let status =
        ["asserted", "asserted", "asserted", "asserted", "alleged", "refuted"][draw.below(6) as usize];
    Claim { json: format!(r#"{{{json}, "status": "{status}"}}"#), worlds, is_one_day, is_doubtful, status }
}

/// A tie between two actors of a chain, which has two events.
pub(crate) fn draw_tie(draw: &mut Draw, chain: usize, (source, target): (usize, usize)) -> Tie {
    let lasting = draw.below(3) == 0;
    let claims: Vec<Claim> = (0..=draw.below(5) / 3).map(|_| draw_claim(draw, lasting)).collect();
    let event = (draw.below(3) == 0).then(|| draw.below(2));
    let relation = if lasting { "mission" } else { "visit" };
    let texts: Vec<&str> = claims.iter().map(|claim| claim.json.as_str()).collect();
    let of_event = event.map_or_else(String::new, |event| format!(r#", "event": "c{chain}e{event}""#));
    let json = format!(
        r#"{{"source": "c{chain}n{source}", "target": "c{chain}n{target}", "relation": "{relation}", "claims": [{}]{of_event}}}"#,
        texts.join(", ")
    );
    let positive = |claim: &&Claim| claim.status != "refuted";
    let shares_its_day =
        event.is_some() && !lasting && claims.iter().filter(positive).all(|claim| claim.is_one_day);
    Tie { json, claims, shares_its_day }
}

impl Tie {
    fn event(&self) -> Option<char> {
        let at = self.json.find(r#""event": ""#)?;
        self.shares_its_day.then(|| self.json[at..].trim_end_matches("\"}").chars().last()).flatten()
    }

    fn is_sure(&self) -> bool {
        let mut asserted = self.claims.iter().filter(|claim| claim.status == "asserted").peekable();
        asserted.peek().is_some()
            && asserted.all(|claim| !claim.is_doubtful)
            && self.claims.iter().all(|claim| claim.status != "refuted")
    }

    /// Its worlds: what may be (all claims that are not denials), or what must be faced (the asserted ones).
    fn worlds(&self, all: bool) -> Vec<u32> {
        let counted = |claim: &&Claim| claim.status == "asserted" || (!all && claim.status == "alleged");
        let mut worlds: Vec<u32> =
            self.claims.iter().filter(counted).flat_map(|claim| claim.worlds.clone()).collect();
        if !self.is_sure() {
            if all {
                worlds.clear();
            }
            worlds.push(0);
        }
        worlds.sort_unstable();
        worlds.dedup();
        worlds
    }
}

/// The day on which contact has passed in one world, waiting between hops no longer than `gap` days: the days in force
/// of each tie, hop by hop.
fn arrival(world: &[(usize, u32)], hop_count: usize, pace: Pace, gap: Option<u32>) -> Option<u32> {
    let mut here: Vec<u32> = Vec::new();
    for hop in 0..hop_count {
        let in_force = world.iter().filter(|(of, _)| *of == hop).fold(0, |all, (_, days)| all | days);
        let follows = |day: u32| {
            let least = u32::from(pace == Pace::Strict);
            here.iter().any(|before| before + least <= day && gap.is_none_or(|gap| day <= before + gap))
        };
        here = (0..HORIZON).filter(|day| in_force & (1 << day) != 0 && (hop == 0 || follows(*day))).collect();
    }
    here.first().copied()
}

/// The day on which contact has passed a chain in each world, unless they are too many: of those that may be when `all` is false, of those that must be faced when it is true.
pub(crate) fn answers(
    chain: &[Vec<&Tie>],
    all: bool,
    (pace, gap): (Pace, Option<u32>),
    limit: usize,
) -> Option<Vec<Option<u32>>> {
    let ties: Vec<(usize, &Tie, Vec<u32>)> = chain
        .iter()
        .enumerate()
        .flat_map(|(hop, ties)| ties.iter().map(move |tie| (hop, *tie, tie.worlds(all))))
        .collect();
    if ties.iter().map(|(_, _, worlds)| worlds.len()).product::<usize>() > limit {
        return None;
    }
    // An event whose surely recorded ties have no day in common has none.
    let common = |event: char| {
        let sure = ties.iter().filter(|(_, tie, _)| tie.event() == Some(event) && tie.is_sure());
        sure.map(|(_, _, worlds)| worlds.iter().fold(0, |union, days| union | days))
            .fold(u32::MAX, |x, y| x & y)
            != 0
    };
    let events: Vec<char> = ['0', '1'].into_iter().filter(|event| common(*event)).collect();
    let mut answers = Vec::new();
    let mut digits = vec![0; ties.len()];
    loop {
        let world: Vec<(usize, u32)> =
            ties.iter().zip(&digits).map(|((hop, _, worlds), digit)| (*hop, worlds[*digit])).collect();
        let agree = events.iter().all(|event| {
            let of_event = ties.iter().zip(&world).filter(|((_, tie, _), _)| tie.event() == Some(*event));
            let mut days: Vec<u32> = of_event.map(|(_, (_, days))| *days).filter(|days| *days != 0).collect();
            days.dedup();
            days.len() <= 1
        });
        if agree {
            answers.push(arrival(&world, chain.len(), pace, gap));
        }
        let Some(at) = (0..ties.len()).find(|at| digits[*at] + 1 < ties[*at].2.len()) else {
            return Some(answers);
        };
        digits[at] += 1;
        digits[..at].fill(0);
    }
}

fn by_enumeration(chain: &[Vec<Tie>], pace: Pace) -> Option<Order> {
    let chain: Vec<Vec<&Tie>> = chain.iter().map(|ties| ties.iter().collect()).collect();
    let [some, all] = [false, true].map(|all| answers(&chain, all, (pace, None), WORLD_LIMIT));
    let (some, all) = (some?, all?);
    Some(match (some.iter().any(Option::is_some), all.contains(&None)) {
        (false, _) => Order::AgainstTime,
        (true, true) => Order::Possible,
        (true, false) => Order::Certain,
    })
}

#[test]
fn the_fast_rule_says_what_all_worlds_say() {
    let mut draw = Draw(20_260);
    let mut seen = [0; 3];
    let mut shared = 0;
    for _ in 0..5 {
        let chains: Vec<Vec<Vec<Tie>>> = (0..1000)
            .map(|chain| {
                let hops = 2 + draw.below(2) as usize;
                (0..hops)
                    .map(|hop| {
                        (0..=draw.below(2)).map(|_| draw_tie(&mut draw, chain, (hop, hop + 1))).collect()
                    })
                    .collect()
            })
            .collect();
        let graph = graph(&chains);
        let network = Network::project(&graph, &Lens::default()).unwrap();
        for (number, chain) in chains.iter().enumerate() {
            let route: Vec<_> =
                (0..=chain.len()).map(|hop| actor(&graph, &format!("c{number}n{hop}"))).collect();
            for pace in [Pace::SameDay, Pace::Strict] {
                let Some(expected) = by_enumeration(chain, pace) else { continue };
                let texts: Vec<&str> = chain.iter().flatten().map(|tie| tie.json.as_str()).collect();
                assert_eq!(order(&network, &route, pace), expected, "{pace:?}\n{}", texts.join("\n"));
                seen[expected as usize] += 1;
                shared += usize::from(chain.iter().flatten().filter(|tie| tie.shares_its_day).count() > 1);
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 500) && shared > 500, "{seen:?} {shared}");
}

fn graph(chains: &[Vec<Vec<Tie>>]) -> Dataset {
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for (number, chain) in chains.iter().enumerate() {
        for hop in 0..=chain.len() {
            nodes.push(format!(r#"{{"id": "c{number}n{hop}"}}"#));
        }
        for event in 0..2 {
            nodes.push(format!(r#"{{"id": "c{number}e{event}", "kind": "event", "same_day": true}}"#));
        }
        edges.extend(chain.iter().flatten().map(|tie| tie.json.clone()));
    }
    let mut json = String::new();
    write!(json, r#"{{"nodes": [{}], "edges": [{}]}}"#, nodes.join(", "), edges.join(", "))
        .expect("a string takes it");
    dataset(&json)
}

/// What two hops a–b and b–c, given as the fields of their ties, are in time.
fn two_hops(first: &str, second: &str, pace: Pace) -> Order {
    let graph = dataset(&format!(
        r#"{{"graph": {{"references": [{{"id": "book", "issued": {{"date-parts": [[2020]]}}}}], "cites": [{{"ref": "book"}}]}},
            "nodes": [{{"id": "a"}}, {{"id": "b"}}, {{"id": "c"}}, {{"id": "flight", "kind": "event", "same_day": true}}],
            "edges": [{{"source": "b", "target": "a", {first}}}, {{"source": "b", "target": "c", {second}}}]}}"#
    ));
    let network = Network::project(&graph, &Lens::default()).expect("the default lens fits any graph");
    order(&network, &["a", "b", "c"].map(|id| actor(&graph, id)), pace)
}

#[test]
fn vague_dates_make_routes_possible_and_not_certain() {
    let visit = |when: &str| format!(r#""relation": "visit", "when": "{when}""#);
    let embassy = |when: &str| format!(r#""relation": "mission", "when": "{when}""#);
    for (first, second, expected) in [
        (visit("1990"), visit("1991"), Order::Certain),
        (visit("1990"), visit("1990"), Order::Possible),
        (visit("1991"), visit("1990"), Order::AgainstTime),
        (visit("1991~"), visit("1991"), Order::Possible),
        // An embassy in force throughout passes contact on any day.
        (visit("1991"), embassy("1980/.."), Order::Certain),
        (embassy("1995/.."), visit("1991"), Order::AgainstTime),
        // Open ends are certain as far as the references know: 2020.
        (visit("2021"), embassy("1980/.."), Order::Possible),
    ] {
        assert_eq!(two_hops(&first, &second, Pace::SameDay), expected, "{first} {second}");
    }
}

#[test]
fn contact_on_one_day_passes_unless_it_must_be_strictly_later() {
    let day = r#""relation": "visit", "when": "1990-05-05""#;
    assert_eq!(two_hops(day, day, Pace::SameDay), Order::Certain);
    assert_eq!(two_hops(day, day, Pace::Strict), Order::AgainstTime);
}

#[test]
fn the_ties_of_an_event_share_its_day() {
    let vague = r#""relation": "visit", "when": "1990", "event": "flight""#;
    assert_eq!(two_hops(vague, vague, Pace::SameDay), Order::Certain);
    assert_eq!(two_hops(vague, vague, Pace::Strict), Order::AgainstTime);
}
