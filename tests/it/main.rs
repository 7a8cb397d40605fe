//! The integration tests, in one binary.

mod dates;
mod diagram;
