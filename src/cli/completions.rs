//! `newsgraph completions SHELL`.

use std::io;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Exit};

/// Prints the completions of a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell.
    shell: Shell,
}

impl Completions {
    /// Writes the script to standard output.
    pub fn run(&self) -> Exit {
        let mut command = Cli::command();
        clap_complete::generate(self.shell, &mut command, "newsgraph", &mut io::stdout().lock());
        Exit::Done
    }
}
