//! Brokers between two blocs: who ties members of the one to members of the other that are not tied themselves.

use super::{Sociomatrix, Work, betweenness::betweenness_between};

/// On which side of two blocs an actor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In the first bloc.
    First,
    /// In the second.
    Second,
    /// In neither.
    Third,
}

/// What an actor brokers between two blocs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlocBroker {
    /// Its row.
    pub row: u32,
    /// Where it stands.
    pub side: Side,
    /// To how many of each bloc it is tied: of the first those from whom arcs come, of the second those to whom they go.
    pub tied: [usize; 2],
    /// Pairs of a member of the first and one of the second that are not tied and to both of which it is: the open triads
    /// of Gould and Fernandez, in which it is a liaison as a third, a representative in the first bloc, a gatekeeper in the
    /// second.
    pub pairs: u64,
    /// Those of these pairs that nobody else ties.
    pub alone: u64,
    /// The share of shortest paths of any length between members of the two that pass through it, summed over all pairs.
    pub betweenness: f64,
}

/// The brokers between two blocs: everyone on a shortest path between members of the two, or in an open triad of theirs;
/// those of most pairs first, then by betweenness, then by row.
///
/// `first` and `second` mark rows; whoever is in both stands in neither. Where direction is followed, from the first bloc to the second.
///
/// # Complexity
/// Time O(S·D) for D dyads and the smaller of the blocs, O(S·D·log V) where valued, and O(Σ d²) over the degrees of those
/// tied to the first; space O(V).
///
/// # Examples
/// In `a – b – c` between the blocs `{a}` and `{c}`, `b` stands alone for one pair, and has betweenness 1.
///
/// # References
/// Gould, R. V., and Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
/// transaction networks. *Sociological Methodology* 19, 89–126. <https://doi.org/10.2307/270949>
///
/// Brandes, U. (2008). On variants of shortest-path betweenness centrality and their generic computation.
/// *Social Networks* 30(2), 136–145. <https://doi.org/10.1016/j.socnet.2007.11.001>
pub fn bloc_brokers<'w>(
    matrix: &Sociomatrix,
    first: &[bool],
    second: &[bool],
    work: impl Into<Work<'w>>,
) -> Vec<BlocBroker> {
    let only = |own: &[bool], other: &[bool]| -> Vec<bool> {
        own.iter().zip(other).map(|(own, other)| *own && !*other).collect()
    };
    let (first, second) = (&only(first, second), &only(second, first));
    let betweenness = betweenness_between(matrix, first, second, work);
    let side = |row: u32| match (first[row as usize], second[row as usize]) {
        (true, _) => Side::First,
        (_, true) => Side::Second,
        (false, false) => Side::Third,
    };
    let among = |rows: &[u32], marks: &[bool]| rows.iter().filter(|row| marks[**row as usize]).count();
    let mut brokers: Vec<BlocBroker> = matrix
        .rows()
        .map(|row| BlocBroker {
            row,
            side: side(row),
            tied: [among(matrix.into(row), first), among(matrix.out(row), second)],
            pairs: 0,
            alone: 0,
            betweenness: betweenness[row as usize],
        })
        .collect();
    // By member of the second: how many tie the source to it, and the last of them.
    let mut ways = vec![(0_u32, 0_u32); matrix.len()];
    let mut met: Vec<u32> = Vec::new();
    for source in matrix.rows().filter(|row| first[*row as usize]) {
        for broker in matrix.out(source) {
            let open = |end: &&u32| second[**end as usize] && matrix.cell(source, **end).is_none();
            for end in matrix.out(*broker).iter().filter(open) {
                brokers[*broker as usize].pairs += 1;
                let way = &mut ways[*end as usize];
                if way.0 == 0 {
                    met.push(*end);
                }
                *way = (way.0 + 1, *broker);
            }
        }
        for end in met.drain(..) {
            let (count, broker) = std::mem::take(&mut ways[end as usize]);
            brokers[broker as usize].alone += u64::from(count == 1);
        }
    }
    brokers.retain(|broker| broker.pairs > 0 || broker.betweenness > 0.0);
    brokers.sort_by(|a, b| {
        b.pairs.cmp(&a.pairs).then(b.betweenness.total_cmp(&a.betweenness)).then(a.row.cmp(&b.row))
    });
    brokers
}
