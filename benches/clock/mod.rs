//! The clock of the benchmarks: seconds of the processor, the median of five runs.

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

/// Seconds of a run, the median of five.
pub(crate) fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let before = now();
            run();
            now() - before
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}
