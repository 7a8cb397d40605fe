//! The clock of the benchmarks: seconds of the processor, the median of five runs, of three above a second.

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

/// Seconds of a run, the median of five, or of three where the first takes more than one.
pub(crate) fn median(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = Vec::new();
    while times.len() < times.first().map_or(5, |first| if *first > 1.0 { 3 } else { 5 }) {
        let before = now();
        run();
        times.push(now() - before);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
