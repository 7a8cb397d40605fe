//! Dates as sources give them, the days they allow, and how surely a tie held in a window.
//!
//! A [`Date`] keeps its EDTF text as written. A [`Dating`] is how one claim is dated; resolved against what is
//! known of its actors and references (a [`Setting`]) it becomes an [`Extent`]: alternatives or occurrences, each of
//! four days ([`Bounds`]). An extent asked about a [`Window`] answers with a [`Certainty`]; the claims of one tie
//! are put together by [`verdict`].
//!
//! Nothing here reads the clock, and nothing here reads prose: "July 2016" is refused, with the
//! EDTF that was probably meant.

mod day;
mod certainty;
mod status;
mod error;
mod friendly;
mod hint;
mod calendar;
mod shape;
mod parse;
mod written;
mod window;
mod bounds;
mod extent;
mod dating;
mod resolve;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod worlds;
#[cfg(test)]
mod laws;

pub use bounds::Bounds;
pub use certainty::Certainty;
pub use dating::{Dating, DatingError};
pub use day::Day;
pub use error::DateError;
pub use extent::{Extent, Reading};
pub use resolve::{Duration, Setting};
pub use status::{Status, StatusError, verdict};
pub use window::Window;
pub use written::Date;
