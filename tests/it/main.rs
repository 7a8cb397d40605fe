//! The integration tests, in one binary.

mod architecture;
mod cli;
mod dates;
mod connect;
mod diagram;
mod paths;
mod support;
