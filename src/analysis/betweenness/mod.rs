//! Betweenness: on how many shortest paths between others an actor, or a dyad, stands.

mod brandes;
mod folded;
mod levels;
mod restricted;
mod sampled;

use std::num::NonZeroUsize;

use super::{Sociomatrix, Work, blocks::in_blocks};
use brandes::{Search, Tally};
pub(crate) use restricted::pair_count;
pub use restricted::{Pairs, betweenness_between};
pub use sampled::{Sampled, sampled_betweenness};

/// How many partial sums are made, whatever the number of threads.
const BLOCKS: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

/// The betweenness of every actor: for each pair of other actors, the share of the shortest paths between
/// the two that pass through it, summed. Each unordered pair counts once; where direction counts, each
/// ordered pair.
///
/// Not normalised. A dyad has length 1, or where the matrix is valued the inverse of its value; lengths
/// that differ by less than 10⁻¹² of themselves are equal. Exact but for the rounding of floats: numbers
/// of shortest paths are floats too, exact up to 2⁵³ for a pair.
///
/// Where direction is ignored and nothing is valued, actors with one neighbour are folded into it, again
/// and again: what they bring is counted in whole numbers, so that the result stays exact.
///
/// Sources are cut into blocks that do not depend on threads, and the sums of blocks are added in
/// their order, so that the number of threads changes no bit.
///
/// # Complexity
/// Time O(V·D), O(V·D·log V) where valued; space O(V + D) and O(V) for each thread, for V actors that have
/// a tie and D dyads.
///
/// # Examples
/// In the path `a – b – c – d`, `b` stands between (a, c) and (a, d) and has 2, as has `c`. In the
/// square `a – b – c – d – a` each has ½: one of two paths between its neighbours.
///
/// # References
/// Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40(1),
/// 35–41. <https://doi.org/10.2307/3033543>
///
/// Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical
/// Sociology* 25(2), 163–177. <https://doi.org/10.1080/0022250X.2001.9990249>
///
/// Sarıyüce, A. E., Kaya, K., Saule, E., and Çatalyürek, Ü. V. (2017). Graph manipulations for fast
/// centrality computation. *ACM TKDD* 11(3), 26. <https://doi.org/10.1145/3022668>
///
/// Beamer, S., Asanović, K., and Patterson, D. (2013). Direction-optimizing breadth-first search.
/// *Scientific Programming* 21(3–4), 137–148. <https://doi.org/10.1155/2013/702694>
pub fn betweenness<'w>(matrix: &Sociomatrix, work: impl Into<Work<'w>>) -> Vec<f64> {
    if !matrix.is_directed() && !matrix.is_valued() {
        return folded::betweenness(matrix, work.into());
    }
    let all: Vec<u32> = matrix.rows().collect();
    let mut scores = sum_over(matrix, &all, matrix.len(), work.into(), |search, source, sums| {
        search.from(matrix, source, None, &mut Tally::Actors(sums));
    });
    halve(matrix, &mut scores);
    scores
}

/// The betweenness of every cell of the matrix, row after row: the share of the shortest paths between each
/// pair of actors that run along it. Of an undirected matrix each unordered pair counts once, and both
/// cells of a dyad have the dyad's value.
///
/// # Complexity
/// As [`betweenness`], without folding.
///
/// # Examples
/// In the path `a – b – c` each dyad has 2: its own two actors, and `a` and `c`.
///
/// # References
/// Girvan, M., and Newman, M. E. J. (2002). Community structure in social and biological networks. *PNAS*
/// 99(12), 7821–7826. <https://doi.org/10.1073/pnas.122653799>
pub fn dyad_betweenness<'w>(matrix: &Sociomatrix, work: impl Into<Work<'w>>) -> Vec<f64> {
    let all: Vec<u32> = matrix.rows().collect();
    let mut sums = sum_over(matrix, &all, matrix.cell_count(), work.into(), |search, source, sums| {
        search.from(matrix, source, None, &mut Tally::Cells(sums));
    });
    if !matrix.is_directed() {
        // From one end a path runs along the cell of the one way, from the other along that of the other.
        let single = sums.clone();
        for row in matrix.rows() {
            for at in matrix.cells_of(row) {
                let column = matrix.column(at);
                let back = matrix.cell(column, row).expect("an undirected matrix has both cells");
                sums[at] = f64::midpoint(single[at], single[back]);
            }
        }
    }
    sums
}

/// Runs a search from each source, in blocks, and adds up what they tally.
fn sum_over(
    matrix: &Sociomatrix,
    sources: &[u32],
    size: usize,
    work: Work<'_>,
    run: impl Fn(&mut Search, u32, &mut [f64]) + Sync,
) -> Vec<f64> {
    let mut sums = vec![0.0; size];
    in_blocks(
        sources.len(),
        BLOCKS,
        work,
        || Search::new(matrix.len()),
        |search, range| {
            let mut partial = vec![0.0; size];
            for source in &sources[range] {
                run(search, *source, &mut partial);
            }
            partial
        },
        |partial| sums.iter_mut().zip(partial).for_each(|(sum, part)| *sum += part),
    );
    sums
}

/// Where direction is ignored every pair was met from both of its ends.
fn halve(matrix: &Sociomatrix, scores: &mut [f64]) {
    if !matrix.is_directed() {
        for score in scores {
            *score /= 2.0;
        }
    }
}
