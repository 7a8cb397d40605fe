//! How far a load is, on the terminal: after half a second a line that is written over and over, and gone at the end.

use std::{
    io::{self, IsTerminal},
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use chancery::archive::Step;

use super::output;

/// What takes no longer is not told.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many characters the bar has.
const WIDTH: usize = 24;

static BEGUN: OnceLock<Instant> = OnceLock::new();
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// Draws a step, where somebody looks and has waited.
pub(super) fn watch(step: Step<'_>) {
    let begun = *BEGUN.get_or_init(Instant::now);
    if begun.elapsed() >= PATIENCE && io::stderr().is_terminal() {
        IS_SHOWN.store(true, Ordering::Relaxed);
        output::rewrite_line(&line(step));
    }
}

/// Takes the line away, before anything else is said.
pub(super) fn clear() {
    if IS_SHOWN.swap(false, Ordering::Relaxed) {
        output::rewrite_line("");
    }
}

fn line(step: Step<'_>) -> String {
    let (what, share) = match step {
        Step::Reading { file, done, total } => {
            (format!("reading {file}"), done.min(total) * 1000 / total.max(1))
        }
        Step::Checking => ("checking all data".to_owned(), 1000),
        Step::Writing { done, total } => ("writing rows".to_owned(), done.min(total) * 1000 / total.max(1)),
        Step::Deriving => ("making columns".to_owned(), 1000),
    };
    let full = WIDTH * usize::try_from(share).unwrap_or(1000) / 1000;
    format!("  [{}{}] {:>3} %  {what}", "#".repeat(full), " ".repeat(WIDTH - full), share / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_share_that_is_done() {
        let reading = |done| line(Step::Reading { file: "蒙古.csv", done, total: 200 });
        assert_eq!(reading(50), format!("  [{}{}]  25 %  reading 蒙古.csv", "#".repeat(6), " ".repeat(18)));
        assert_eq!(reading(900), format!("  [{}] 100 %  reading 蒙古.csv", "#".repeat(24)));
        assert!(line(Step::Writing { done: 0, total: 0 }).contains("  0 %  writing rows"));
        assert!(line(Step::Deriving).ends_with("100 %  making columns"));
    }
}
