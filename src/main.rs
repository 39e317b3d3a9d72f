//! The `newsgraph` command.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    newsgraph::cli::run(&newsgraph::cli::Cli::parse()).into()
}
