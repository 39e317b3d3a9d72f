//! `newsgraph man [COMMAND]`.

use std::io::{self, Write as _};

use anyhow::{Context as _, bail};
use clap::{Args, CommandFactory as _};
use clap_mangen::Man;

use super::{Cli, Exit};

/// Prints the manual page of newsgraph, or of one of its commands.
#[derive(Debug, Args)]
pub struct Manual {
    /// Which command.
    command: Option<String>,
}

impl Manual {
    /// Writes the page to standard output, as roff: `newsgraph man query | man -l -`.
    ///
    /// # Errors
    ///
    /// An unknown command; standard output that takes no more.
    pub fn run(&self) -> anyhow::Result<Exit> {
        let mut program = Cli::command();
        program.build();
        let man = match self.command.as_deref() {
            None => Man::new(program),
            Some(name) => match program.find_subcommand(name) {
                Some(command) => Man::new(command.clone()).title(format!("newsgraph-{name}")),
                None => bail!("there is no command `{name}`; `newsgraph help` lists them"),
            },
        };
        let mut out = io::stdout().lock();
        man.render(&mut out).context("standard output")?;
        Ok(out.flush().map(|()| Exit::Done)?)
    }
}
