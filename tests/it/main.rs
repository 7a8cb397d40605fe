//! The integration tests, in one binary.

mod architecture;
mod dates;
mod connect;
mod diagram;
mod exports;
mod paths;
mod support;
