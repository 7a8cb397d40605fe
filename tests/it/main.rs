//! The integration tests, in one binary.

mod architecture;
mod dates;
mod connect;
mod diagram;
mod paths;
mod support;
