//! Betweenness estimated from some sources, with a bound on the error.

use super::{
    brandes::{Search, Tally},
    halve,
};
use crate::{
    analysis::{Sociomatrix, Work, blocks::in_blocks, sample::without_replacement},
    dataset::number,
};

/// An estimate of betweenness.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// The estimate for every actor.
    pub scores: Vec<f64>,
    /// With 95 % probability no score is farther off than this.
    pub error_bound: f64,
    /// From how many sources it was made.
    pub source_count: usize,
}

/// The betweenness of every actor, estimated from `count` sources drawn without replacement; exact when
/// that is all of them.
///
/// The bound holds for all actors at once with probability 95 %: the smaller of Hoeffding's, which knows
/// only that a source brings an actor at most n − 2, and for each actor the empirical Bernstein bound,
/// which knows how much what sources bring varies. Drawing without replacement makes neither worse.
///
/// # Complexity
/// Time O(S·D), O(S·D·log V) where valued, for S sources, D dyads and V actors.
///
/// # Examples
/// In a star every source but the centre brings the centre the same, so that few suffice.
///
/// # References
/// Brandes, U., and Pich, C. (2007). Centrality estimation in large networks. *International Journal of
/// Bifurcation and Chaos* 17(7), 2303–2318. <https://doi.org/10.1142/S0218127407018403>
///
/// Maurer, A., and Pontil, M. (2009). Empirical Bernstein bounds and sample variance penalization. *COLT*.
/// <https://arxiv.org/abs/0907.3740>
pub fn sampled_betweenness<'w>(
    matrix: &Sociomatrix,
    count: usize,
    seed: u64,
    work: impl Into<Work<'w>>,
) -> Sampled {
    let actors = matrix.len();
    let sources = without_replacement(actors, count, seed);
    let mut sums = vec![(0.0_f64, 0.0_f64); actors];
    in_blocks(
        sources.len(),
        super::BLOCKS,
        work,
        || (Search::new(actors), vec![0.0; actors]),
        |(search, one), range| {
            let mut partial = vec![(0.0, 0.0); actors];
            for source in &sources[range] {
                search.from(matrix, *source, None, &mut Tally::Actors(one));
                for (part, value) in partial.iter_mut().zip(one.iter_mut()) {
                    part.0 += *value;
                    part.1 += *value * *value;
                    *value = 0.0;
                }
            }
            partial
        },
        |partial: Vec<(f64, f64)>| {
            for (sum, part) in sums.iter_mut().zip(partial) {
                sum.0 += part.0;
                sum.1 += part.1;
            }
        },
    );
    let (drawn, all) = (float(sources.len()), float(actors));
    let mut scores: Vec<f64> = sums.iter().map(|(sum, _)| sum / drawn.max(1.0) * all).collect();
    halve(matrix, &mut scores);
    let error_bound =
        if sources.len() == actors { 0.0 } else { bound(&sums, drawn, all, matrix.is_directed()) };
    Sampled { scores, error_bound, source_count: sources.len() }
}

/// How far the estimates may be off, each failing with a share of 5 %.
fn bound(sums: &[(f64, f64)], drawn: f64, all: f64, is_directed: bool) -> f64 {
    let most = (all - 2.0).max(0.0);
    let log = (2.0 * 2.0 * all / 0.05).ln();
    let hoeffding = most * (log / (2.0 * drawn)).sqrt();
    let bernstein = |(sum, squares): &(f64, f64)| {
        let variance = ((squares - sum * sum / drawn) / (drawn - 1.0)).max(0.0);
        (2.0 * variance * log / drawn).sqrt() + 7.0 * most * log / (3.0 * (drawn - 1.0))
    };
    let of_mean = if drawn < 2.0 {
        hoeffding
    } else {
        sums.iter().map(|sums| bernstein(sums).min(hoeffding)).fold(0.0, f64::max)
    };
    of_mean * all / if is_directed { 1.0 } else { 2.0 }
}

fn float(value: usize) -> f64 {
    f64::from(number(value))
}
