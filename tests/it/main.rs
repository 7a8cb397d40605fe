//! The integration tests, in one binary.

mod architecture;
mod dates;
mod diagram;
