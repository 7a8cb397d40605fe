//! The command line of Chancery.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
