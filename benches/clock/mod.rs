//! The clock of the benchmarks: seconds of the processor, the median of five runs, of three above a second; short runs many
//! times over.

use std::{fs, time::Instant};

thread_local! {
    static START: Instant = Instant::now();
}

/// Seconds of the processor, or of the clock where the system does not say.
fn now() -> f64 {
    let spent = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.with(Instant::elapsed).as_secs_f64(), |spent| spent / 1e9)
}

/// The clock moves in ticks of a few thousandths of a second: less than this is asked several times at once.
const LEAST: f64 = 0.1;

/// Seconds of a run, the median of five, or of three where the first takes more than one. A short run is repeated until
/// the clock sees it.
pub(crate) fn median(mut run: impl FnMut()) -> f64 {
    let mut spent = |repeats: u32| {
        let before = now();
        (0..repeats).for_each(|_| run());
        now() - before
    };
    let (mut repeats, mut first) = (1, spent(1));
    while first < LEAST && repeats < 1 << 20 {
        repeats *= if first < LEAST / 16.0 { 8 } else { 2 };
        first = spent(repeats);
    }
    let mut times = vec![first];
    while times.len() < if first > 1.0 { 3 } else { 5 } {
        times.push(spent(repeats));
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2] / f64::from(repeats)
}
