//! The options that bound a question: how much is searched, how long, and how much is shown.

use std::time::{Duration, Instant};

use chancery::{analysis::meter::STEPS, report::Bounds};
use clap::Args;

/// Bounds of a question. None of them bites in silence: the answer says which did, and what is known all the same.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Bounds")]
pub(super) struct BoundArgs {
    /// Search at most so many steps from an actor to a neighbour; 0 for no bound
    #[arg(long, value_name = "COUNT", default_value_t = STEPS)]
    steps: u64,
    /// Search at most so many seconds; an answer that this cuts off may differ from run to run
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    seconds: Option<f64>,
}

impl Default for BoundArgs {
    fn default() -> Self {
        Self { steps: STEPS, seconds: None }
    }
}

fn parse_seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if Duration::try_from_secs_f64(seconds).is_ok() => Ok(seconds),
        _ => Err("it is a number of seconds, such as 2 or 0.5".to_owned()),
    }
}

impl BoundArgs {
    /// The most steps.
    pub(super) fn steps(&self) -> u64 {
        if self.steps == 0 { u64::MAX } else { self.steps }
    }

    /// Says whether time is up, counted from now on; nothing where there is no bound on time.
    pub(super) fn deadline(&self) -> Option<impl Fn() -> bool + use<>> {
        let allowed = Duration::try_from_secs_f64(self.seconds?).ok()?;
        let begun = Instant::now();
        Some(move || begun.elapsed() >= allowed)
    }

    /// The bounds in force, for the header.
    pub(super) fn in_force(&self, steps_taken: u64, budget: Option<usize>) -> Bounds {
        let steps = Some(self.steps).filter(|steps| *steps > 0);
        Bounds { steps, steps_taken, seconds: self.seconds, budget }
    }
}

/// How many actors are shown, both ends among them.
pub(super) fn parse_budget(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(count) if count >= 3 => Ok(count),
        _ => Err("it is a number of actors, at least 3: the two ends and one between them".to_owned()),
    }
}
