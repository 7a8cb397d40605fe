//! The integration tests, in one binary.

mod architecture;
mod checks;
mod cli;
mod dates;
mod connect;
mod diagram;
mod exports;
mod paths;
mod support;
