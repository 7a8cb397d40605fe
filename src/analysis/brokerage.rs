//! Brokerage roles: between which groups an actor stands, as one who ties two that are not tied.

use super::{Partition, Sociomatrix};
use crate::dataset::number;

/// The five roles of a broker b in an open triad a → b → c, by the groups of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokerRole {
    /// All three are of one group.
    Coordinator,
    /// The two are of one group, the broker of another.
    Itinerant,
    /// The broker takes in for its own group what comes from another.
    Gatekeeper,
    /// The broker carries out of its own group.
    Representative,
    /// All three are of different groups.
    Liaison,
}

impl BrokerRole {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Coordinator, Self::Itinerant, Self::Gatekeeper, Self::Representative, Self::Liaison];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Itinerant => "itinerant",
            Self::Gatekeeper => "gatekeeper",
            Self::Representative => "representative",
            Self::Liaison => "liaison",
        }
    }

    const fn of(a: u32, b: u32, c: u32) -> Self {
        match (a == b, b == c, a == c) {
            (true, true, _) => Self::Coordinator,
            (false, true, _) => Self::Gatekeeper,
            (true, false, _) => Self::Representative,
            (false, false, true) => Self::Itinerant,
            (false, false, false) => Self::Liaison,
        }
    }
}

/// How often an actor brokers in each role.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Roles {
    /// By role: the number of open triads.
    pub counts: [u64; 5],
    /// By role: how many are expected, were the same number of arcs laid at random.
    pub expected: [f64; 5],
    /// By role: by how many standard deviations the count is above that; `None` where it cannot vary.
    pub scores: [Option<f64>; 5],
}

/// The roles in which every actor brokers: for each ordered pair of others a, c with arcs a → b and b → c
/// but none a → c. Where direction is ignored each unordered pair counts twice, once each way, so that
/// gatekeeper and representative are equal.
///
/// Expectation and variance are those of arcs laid independently with the density of the network,
/// given the groups: a triad is open with probability p²(1 − p), and triads of one broker that share an arc vary
/// together.
///
/// # Complexity
/// Time O(Σ d² log d) over the degrees d of all actors, space O(V), for V actors.
///
/// # Examples
/// In `a → b → c` with `a` and `b` in one group and `c` in another, `b` is once a representative.
///
/// # References
/// Gould, R. V., and Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
/// transaction networks. *Sociological Methodology* 19, 89–126. <https://doi.org/10.2307/270949>
pub fn brokerage(matrix: &Sociomatrix, groups: &Partition) -> Vec<Roles> {
    let count = matrix.len();
    let pairs = float(count) * (float(count) - 1.0);
    let density = if pairs > 0.0 { float(matrix.cell_count()) / pairs } else { 0.0 };
    let of = |row: u32| groups.groups()[row as usize];
    matrix
        .rows()
        .map(|broker| {
            let mut roles = Roles::default();
            for from in matrix.into(broker) {
                for to in matrix.out(broker) {
                    if from != to && matrix.cell(*from, *to).is_none() {
                        roles.counts[BrokerRole::of(of(*from), of(broker), of(*to)) as usize] += 1;
                    }
                }
            }
            let own = of(broker);
            for role in BrokerRole::ALL {
                let triads = Triads::of(role, own, groups.sizes());
                let (mean, variance) = triads.moments(density, matrix.is_directed());
                roles.expected[role as usize] = mean;
                if variance > 1e-12 {
                    let counted = wide(roles.counts[role as usize]);
                    roles.scores[role as usize] = Some((counted - mean) / variance.sqrt());
                }
            }
            roles
        })
        .collect()
}

/// How many ordered pairs (a, c) of others could make an actor a broker in a role, and how they share ends.
#[derive(Clone, Copy)]
struct Triads {
    /// Ordered pairs.
    pairs: f64,
    /// Ordered pairs of different such pairs with the same first, and with the same last actor.
    same_first: f64,
    same_last: f64,
    /// Ordered pairs of such pairs where the last of one is the first of the other.
    chained: f64,
    /// Pairs whose reverse is such a pair too.
    reversed: f64,
}

impl Triads {
    fn of(role: BrokerRole, own: u32, sizes: &[usize]) -> Self {
        let mates = float(sizes[own as usize]) - 1.0;
        let others: Vec<f64> = sizes
            .iter()
            .enumerate()
            .filter(|(group, _)| *group != own as usize)
            .map(|(_, size)| float(*size))
            .collect();
        let strangers: f64 = others.iter().sum();
        let within = |size: f64| Self {
            pairs: size * (size - 1.0),
            same_first: size * (size - 1.0) * (size - 2.0).max(0.0),
            same_last: size * (size - 1.0) * (size - 2.0).max(0.0),
            chained: size * (size - 1.0) * (size - 2.0).max(0.0),
            reversed: size * (size - 1.0),
        };
        let across = |firsts: f64, lasts: f64| Self {
            pairs: firsts * lasts,
            same_first: firsts * lasts * (lasts - 1.0).max(0.0),
            same_last: lasts * firsts * (firsts - 1.0).max(0.0),
            chained: 0.0,
            reversed: 0.0,
        };
        match role {
            BrokerRole::Coordinator => within(mates),
            BrokerRole::Itinerant => others.iter().map(|size| within(*size)).fold(within(0.0), Self::plus),
            BrokerRole::Gatekeeper => across(strangers, mates),
            BrokerRole::Representative => across(mates, strangers),
            BrokerRole::Liaison => {
                let lasts = |size: &f64| strangers - size;
                let pairs = others.iter().map(|size| size * lasts(size)).sum();
                let fans: f64 =
                    others.iter().map(|size| size * lasts(size) * (lasts(size) - 1.0).max(0.0)).sum();
                // a → b of different groups, then b → c with c of another group than b, and not a.
                let chained =
                    others.iter().map(|size| size * lasts(size) * (lasts(size) - 1.0).max(0.0)).sum();
                Self { pairs, same_first: fans, same_last: fans, chained, reversed: pairs }
            }
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            pairs: self.pairs + other.pairs,
            same_first: self.same_first + other.same_first,
            same_last: self.same_last + other.same_last,
            chained: self.chained + other.chained,
            reversed: self.reversed + other.reversed,
        }
    }

    /// Mean and variance of the number of open triads when each arc (or dyad) is there with probability p.
    fn moments(&self, p: f64, is_directed: bool) -> (f64, f64) {
        let open = p * p * (1.0 - p);
        let mean = self.pairs * open;
        let own = self.pairs * (open - open * open);
        if is_directed {
            // Two triads share the arc a → b or b → c; the missing arcs differ.
            let shared = (self.same_first + self.same_last) * (p.powi(3) * (1.0 - p).powi(2) - open * open);
            return (mean, own + shared);
        }
        // Of dyads, a triad is the same as its reverse, and two triads share a dyad whenever they share an actor.
        let reversed = self.reversed * (open - open * open);
        let touching = self.same_first + self.same_last + 2.0 * self.chained;
        (mean, own + reversed + touching * (p.powi(3) * (1.0 - p).powi(2) - open * open))
    }
}

fn float(value: usize) -> f64 {
    f64::from(number(value))
}

#[expect(clippy::cast_precision_loss, reason = "triads beyond 2^53 would need 10^8 neighbours")]
fn wide(value: u64) -> f64 {
    value as f64
}
