//! The `newsgraph` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsgraph::cli::parse().map_or_else(Into::into, |cli| newsgraph::cli::run(&cli).into())
}
