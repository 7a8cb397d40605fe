//! What a terminal shows while an answer takes long: which verb is at work, how far it has come, or for how long.
//!
//! It begins after half a second, stands on one line of stderr, and is taken away before anything else is said. Where stderr is no
//! terminal nothing is shown. Ctrl-C ends the program at any time: files are written beside their place and moved there when whole.

use std::{
    io::{self, IsTerminal, Write},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use chancery::analysis::Progress;

/// How far the work of this process has come.
static TOLD: Progress = Progress::new();

/// What stands on the line.
static LINE: Mutex<Line> = Mutex::new(Line { is_shown: false, is_over: false });

struct Line {
    is_shown: bool,
    is_over: bool,
}

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(500);

/// So often it changes.
const BEAT: Duration = Duration::from_millis(150);

/// Takes the line away, as long as the terminal is.
const CLEAR: &str = "\r\x1b[K";

/// So many marks are a whole bar.
const MARKS: usize = 30;

/// To whom work tells how far it has come.
pub(super) fn told() -> &'static Progress {
    &TOLD
}

/// Begins to watch a verb.
pub(super) fn watch(verb: &str) {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if !io::stderr().is_terminal() || dumb {
        return;
    }
    let (verb, begun) = (verb.to_owned(), Instant::now());
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        loop {
            let mut line = line();
            if line.is_over {
                return;
            }
            let text = said(&verb, TOLD.share(), begun.elapsed());
            let mut stderr = io::stderr().lock();
            // Nothing can be said of a stderr that is closed.
            let _ = write!(stderr, "{CLEAR}{text}").and_then(|()| stderr.flush());
            line.is_shown = true;
            drop((stderr, line));
            thread::sleep(BEAT);
        }
    });
}

/// What the line says: a bar where the work knows how much there is, else the seconds.
fn said(verb: &str, share: Option<f64>, elapsed: Duration) -> String {
    let Some(share) = share else { return format!("{verb}: {} s", elapsed.as_secs()) };
    let percent =
        (0..=100_u8).rev().find(|percent| f64::from(*percent) <= share * 100.0).map_or(0, usize::from);
    let marks = (1..=MARKS).filter(|mark| *mark * 100 <= percent * MARKS).count();
    format!("{verb}: {}{} {percent:3} %", "█".repeat(marks), "░".repeat(MARKS - marks))
}

/// Takes the line away for something else to be said on stderr while the lock is held; `is_over` for good.
pub(super) fn pause(is_over: bool) -> impl Drop {
    let mut line = line();
    if std::mem::take(&mut line.is_shown) {
        let _ = write!(io::stderr().lock(), "{CLEAR}");
    }
    line.is_over |= is_over;
    Paused(line)
}

struct Paused(#[expect(dead_code, reason = "it is held, not read")] MutexGuard<'static, Line>);

impl Drop for Paused {
    fn drop(&mut self) {}
}

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_where_the_share_is_known_and_seconds_where_not() {
        let second = Duration::from_secs(3);
        assert_eq!(said("rank", None, second), "rank: 3 s");
        let bar = said("rank", Some(0.5), second);
        assert_eq!(bar, format!("rank: {}{}  50 %", "█".repeat(15), "░".repeat(15)));
        assert!(said("rank", Some(1.0), second).ends_with("█ 100 %"));
    }
}
