//! Centrality by currents in components of any size: estimated from pairs and projections that a seed draws.

use std::num::NonZeroUsize;

use oorandom::Rand64;

use super::{
    MOST_ACTORS, betweenness_of, closeness_of, components, float,
    laplacian::{LANES, Lanes, Laplacian, Scratch, TOLERANCE},
};
use crate::{
    analysis::{Sociomatrix, Work, blocks::in_blocks},
    dataset::number,
};

/// How many partial sums are made, whatever the number of threads.
const BLOCKS: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");

/// How often the bounds may fail.
const RISK: f64 = 0.05;

/// An estimate of a measure of currents.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledCurrents {
    /// The estimate for every actor.
    pub scores: Vec<f64>,
    /// With 95 % probability no score is farther off than this.
    pub error_bound: f64,
    /// From how many draws it was made, in each component that was not solved exactly; 0 where all were.
    pub draw_count: usize,
    /// The greatest rest of the equations, against their right side, where that is above
    /// [`TOLERANCE`].
    pub unsolved: Option<f64>,
}

/// The [current-flow betweenness](super::current_flow_betweenness) of every actor, estimated from the currents between `count`
/// pairs of each component, drawn with replacement; exact for components of no more pairs.
///
/// The bound holds for all actors at once with probability 95 %: for each the smaller of Hoeffding's, which knows only that a pair
/// brings an actor at most one unit, and the empirical Bernstein bound, which knows how much what pairs bring varies. The
/// equations are solved to a rest of 10⁻⁹ of the right side. The same seed gives the same estimate, on any number of threads.
///
/// # Complexity
/// Time O(P·D·√κ), space O(V + D), for P pairs, D dyads, and the condition κ of the equations.
///
/// # Examples
/// In a star every pair that is drawn brings the centre one unit, unless it is one of the pair.
///
/// # References
/// Brandes, U., and Fleischer, D. (2005). Centrality measures based on current flow. *STACS 2005*, LNCS
/// 3404, 533–544, section 4. <https://doi.org/10.1007/978-3-540-31856-9_44>
///
/// Maurer, A., and Pontil, M. (2009). Empirical Bernstein bounds and sample variance penalization. *COLT*.
/// <https://arxiv.org/abs/0907.3740>
pub fn sampled_current_flow_betweenness<'w>(
    matrix: &Sociomatrix,
    count: usize,
    seed: u64,
    work: impl Into<Work<'w>>,
) -> SampledCurrents {
    let work = work.into();
    let mut random = Rand64::new(seed.into());
    let mut sampled = Sampled::of(matrix);
    let log = (2.0 * 2.0 * float(matrix.len()) / RISK).ln();
    for component in components(matrix) {
        let n = component.len();
        let pair_count = float(n) * float(n - 1) / 2.0;
        if pair_count <= float(count) && n <= MOST_ACTORS {
            betweenness_of(matrix, &component, &mut sampled.answer.scores);
            continue;
        }
        let laplacian = sampled.laplacian(&component);
        let pairs: Vec<[usize; 2]> = (0..count).map(|_| pair(&mut random, n)).collect();
        let groups: Vec<&[[usize; 2]]> = pairs.chunks(LANES).collect();
        let mut sums = vec![(0.0_f64, 0.0_f64); n];
        let run = |scratch: &mut Scratch, range: std::ops::Range<usize>| {
            let mut partial = vec![(0.0, 0.0); n];
            let mut rest: f64 = 0.0;
            for group in &groups[range] {
                rest = rest.max(through(&laplacian, scratch, group, &mut partial));
            }
            (partial, rest)
        };
        let answer = &mut sampled.answer;
        in_blocks(
            groups.len(),
            BLOCKS,
            work,
            || Scratch::new(n),
            run,
            |(partial, rest)| {
                answer.told(rest);
                for (sum, part) in sums.iter_mut().zip(partial) {
                    *sum = (sum.0 + part.0, sum.1 + part.1);
                }
            },
        );
        let drawn = float(count);
        for (actor, sums) in component.iter().zip(&sums) {
            answer.scores[*actor as usize] = sums.0 / drawn * pair_count;
            answer.error_bound = answer.error_bound.max(mean_bound(*sums, drawn, log) * pair_count);
        }
        answer.draw_count = count;
    }
    sampled.answer
}

/// Two different places below a count, every pair as likely as any other.
fn pair(random: &mut Rand64, count: usize) -> [usize; 2] {
    let mut below = |most: usize| {
        usize::try_from(random.rand_range(0..u64::from(number(most))))
            .expect("it is less than a count in memory")
    };
    let (first, second) = (below(count), below(count - 1));
    [first, second + usize::from(second >= first)]
}

/// Adds what passes through each actor, and its square, when one unit runs between each of some pairs; gives the greatest rest.
fn through(
    laplacian: &Laplacian,
    scratch: &mut Scratch,
    pairs: &[[usize; 2]],
    sums: &mut [(f64, f64)],
) -> f64 {
    scratch.residual.fill([0.0; LANES]);
    for (lane, [source, sink]) in pairs.iter().enumerate() {
        scratch.residual[*source][lane] = 1.0;
        scratch.residual[*sink][lane] = -1.0;
    }
    let rest = laplacian.solve(scratch);
    let potentials = &scratch.potentials;
    for (at, sum) in sums.iter_mut().enumerate() {
        let mut passing: Lanes = [0.0; LANES];
        for (other, value) in laplacian.cells(at) {
            for (lane, passing) in passing.iter_mut().enumerate() {
                *passing += value * (potentials[at][lane] - potentials[other][lane]).abs() / 2.0;
            }
        }
        for (lane, ends) in pairs.iter().enumerate() {
            // A unit that begins or ends here does not pass.
            let own = if ends.contains(&at) { 0.5 } else { 0.0 };
            let value = (passing[lane] - own).max(0.0);
            *sum = (sum.0 + value, sum.1 + value * value);
        }
    }
    rest
}

/// How far the mean of draws between 0 and 1 may be off.
fn mean_bound((sum, squares): (f64, f64), drawn: f64, log: f64) -> f64 {
    let hoeffding = (log / (2.0 * drawn)).sqrt();
    if drawn < 2.0 {
        return hoeffding;
    }
    let variance = ((squares - sum * sum / drawn) / (drawn - 1.0)).max(0.0);
    hoeffding.min((2.0 * variance * log / drawn).sqrt() + 7.0 * log / (3.0 * (drawn - 1.0)))
}

/// The [current-flow closeness](super::current_flow_closeness) of every actor, estimated from `count` random projections of each
/// component; exact for components of no more actors.
///
/// The resistances between an actor and all others add up to a part of its own, estimated by projections, and one that is the same
/// for all. The bound holds for all actors at once with probability 95 %: Achlioptas' for the own parts, the standard error for the
/// other, and that nobody is nearer to others than its dyads let it be. The equations are solved to a rest of 10⁻⁹ of the right side. The
/// same seed gives the same estimate, on any number of threads.
///
/// # Complexity
/// Time O(P·D·√κ), space O(V + D), for P projections, D dyads, and the condition κ of the equations.
///
/// # Examples
/// Of actors alike, all of whom are tied to all others, estimates differ from one another by chance alone.
///
/// # References
/// Spielman, D. A., and Srivastava, N. (2011). Graph sparsification by effective resistances. *SIAM Journal on Computing*
/// 40(6), 1913–1926. <https://doi.org/10.1137/080734029>
///
/// Achlioptas, D. (2003). Database-friendly random projections. *Journal of Computer and System Sciences* 66(4),
/// 671–687. <https://doi.org/10.1016/S0022-0000(03)00025-4>
pub fn sampled_current_flow_closeness<'w>(
    matrix: &Sociomatrix,
    count: usize,
    seed: u64,
    work: impl Into<Work<'w>>,
) -> SampledCurrents {
    let work = work.into();
    let mut sampled = Sampled::of(matrix);
    let others = float(matrix.len().saturating_sub(1));
    let spread = spread(float(count), (2.0 * float(matrix.len()) / (0.8 * RISK)).ln());
    for component in components(matrix) {
        let n = component.len();
        if n <= count && n <= MOST_ACTORS {
            closeness_of(matrix, &component, &mut sampled.answer.scores);
            continue;
        }
        let laplacian = sampled.laplacian(&component);
        let mut own = vec![0.0_f64; n];
        let mut all: Vec<f64> = Vec::new();
        let run = |scratch: &mut Scratch, range: std::ops::Range<usize>| {
            let (mut partial, mut traces, mut rest) = (vec![0.0; n], Vec::new(), 0.0_f64);
            for group in range {
                let lanes = (count - group * LANES).min(LANES);
                let state = u128::from(number(group)) << 64 | u128::from(component[0]) << 96;
                let mut random = Rand64::new(u128::from(seed) | state);
                rest = rest.max(project(&laplacian, scratch, lanes, &mut random, &mut partial, &mut traces));
            }
            (partial, traces, rest)
        };
        let answer = &mut sampled.answer;
        in_blocks(
            count.div_ceil(LANES),
            BLOCKS,
            work,
            || Scratch::new(n),
            run,
            |(partial, traces, rest)| {
                answer.told(rest);
                own.iter_mut().zip(partial).for_each(|(own, part)| *own += part);
                all.extend(traces);
            },
        );
        let drawn = float(count);
        let trace = all.iter().sum::<f64>() / drawn;
        let squares: f64 = all.iter().map(|value| (value - trace) * (value - trace)).sum();
        // 99 % of what is normal lies within so many standard errors.
        let trace_error = 2.576 * (squares / (drawn - 1.0).max(1.0) / drawn).sqrt();
        let reached = float(n - 1);
        let score = |resistance: f64| (reached / resistance) * (reached / others);
        for (at, actor) in component.iter().enumerate() {
            let own = float(n) * own[at] / drawn;
            let estimate = score(own + trace);
            // Whoever is left, all current passes the dyads of the actor.
            let nearest = score(reached / laplacian.strength(at));
            let [farthest, nearest] = match spread {
                Some(spread) => [
                    score(own / (1.0 - spread) + trace + trace_error),
                    Some(own / (1.0 + spread) + trace - trace_error)
                        .filter(|resistance| *resistance > 0.0)
                        .map_or(nearest, |resistance| score(resistance).min(nearest)),
                ],
                None => [0.0, nearest],
            };
            answer.scores[*actor as usize] = estimate;
            answer.error_bound =
                answer.error_bound.max(estimate - farthest).max((nearest - estimate).max(0.0));
        }
        answer.draw_count = count;
    }
    sampled.answer
}

/// By what share all of the estimates from so many projections may be off; `None` where that is all of them.
fn spread(drawn: f64, log: f64) -> Option<f64> {
    let is_enough = |share: f64| drawn * (share * share / 4.0 - share * share * share / 6.0) >= log;
    let (mut low, mut high) = (0.0, 1.0);
    if !is_enough(high) {
        return None;
    }
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if is_enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high).filter(|share| *share < 1.0)
}

/// Sends a current into every dyad, one way or the other, and adds the squares of the potentials; tells the sum of each lane, and gives
/// the greatest rest.
fn project(
    laplacian: &Laplacian,
    scratch: &mut Scratch,
    lane_count: usize,
    random: &mut Rand64,
    sums: &mut [f64],
    traces: &mut Vec<f64>,
) -> f64 {
    scratch.residual.fill([0.0; LANES]);
    let (mut bits, mut left) = (0_u64, 0);
    for at in 0..laplacian.len() {
        for (other, value) in laplacian.cells(at).filter(|(other, _)| *other > at) {
            if left == 0 {
                (bits, left) = (random.rand_u64(), 64 / LANES);
            }
            let current = value.sqrt();
            for lane in 0..lane_count {
                let signed = if bits >> lane & 1 == 1 { current } else { -current };
                scratch.residual[at][lane] += signed;
                scratch.residual[other][lane] -= signed;
            }
            bits >>= LANES;
            left -= 1;
        }
    }
    let rest = laplacian.solve(scratch);
    let mut means = [0.0; LANES];
    for lanes in &scratch.potentials {
        means.iter_mut().zip(lanes).for_each(|(mean, value)| *mean += value / float(laplacian.len()));
    }
    let mut all = [0.0; LANES];
    for (sum, lanes) in sums.iter_mut().zip(&scratch.potentials) {
        for ((value, mean), all) in lanes.iter().zip(&means).zip(&mut all) {
            let square = (value - mean) * (value - mean);
            *sum += square;
            *all += square;
        }
    }
    traces.extend(&all[..lane_count]);
    rest
}

/// An estimate that is being made.
struct Sampled<'m> {
    matrix: &'m Sociomatrix,
    places: Vec<u32>,
    answer: SampledCurrents,
}

impl<'m> Sampled<'m> {
    fn of(matrix: &'m Sociomatrix) -> Self {
        let answer = SampledCurrents {
            scores: vec![0.0; matrix.len()],
            error_bound: 0.0,
            draw_count: 0,
            unsolved: None,
        };
        Self { matrix, places: vec![0; matrix.len()], answer }
    }

    fn laplacian(&mut self, component: &[u32]) -> Laplacian {
        for (place, actor) in (0..).zip(component) {
            self.places[*actor as usize] = place;
        }
        Laplacian::of(self.matrix, component, &self.places)
    }
}

impl SampledCurrents {
    /// Takes note of what equations were left with.
    fn told(&mut self, rest: f64) {
        if rest > TOLERANCE {
            self.unsolved = Some(self.unsolved.unwrap_or(0.0).max(rest));
        }
    }
}
