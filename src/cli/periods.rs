//! Options that cut time into periods.

use clap::Args;

use chancery::analysis::{
    SeriesError,
    periods::{Cut, Span},
};

use super::failure::Failure;

/// How time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Periods")]
pub(super) struct PeriodArgs {
    /// Once for each period of a length, by the calendar (1y, 6m, 2w, 30d)
    #[arg(long, value_name = "LENGTH", conflicts_with_all = ["window", "step"])]
    every: Option<Span>,
    /// Once for each stretch of a length that moves through time by --step
    #[arg(long, value_name = "LENGTH", requires = "step")]
    window: Option<Span>,
    /// How far a stretch moves; without --window all stretches begin at the beginning
    #[arg(long, value_name = "LENGTH")]
    step: Option<Span>,
    /// All periods begin at the beginning, so that each holds those before it
    #[arg(long, conflicts_with = "window")]
    cumulative: bool,
}

impl PeriodArgs {
    /// How time is cut, if it is.
    pub(super) fn cut(&self) -> Result<Option<Cut>, Failure> {
        let step = self.every.or(self.step);
        match step {
            None if self.cumulative => Err(Failure::Usage(
                "--cumulative needs to know how far its periods grow: give --every 1y too".to_owned(),
            )),
            None => Ok(None),
            Some(step) if self.cumulative || self.every.is_none() => {
                Ok(Some(Cut { length: self.window, step }))
            }
            Some(step) => Ok(Some(Cut { length: Some(step), step })),
        }
    }
}

impl From<SeriesError> for Failure {
    fn from(error: SeriesError) -> Self {
        match error {
            SeriesError::Lens(error) => error.into(),
            // What no period takes is said of none.
            SeriesError::Measure { error: ref why, .. } => match Self::from(why.clone()) {
                Self::NoAnswer(_) => Self::NoAnswer(error.to_string()),
                usage => usage,
            },
            SeriesError::Score(error) => error.into(),
            SeriesError::NoDate => Self::NoAnswer(error.to_string()),
            SeriesError::TooMany => Self::Usage(error.to_string()),
        }
    }
}
