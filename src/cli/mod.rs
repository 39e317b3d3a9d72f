//! The command line: one file a command. Only this module prints, reads the environment and the
//! clock, and decides the exit code.

mod add;
mod articles;
mod check;
mod completions;
mod entities;
mod eval;
mod events;
mod exit;
mod explain;
mod export;
mod extract;
mod index;
mod inputs;
mod limits;
mod man;
mod map;
pub mod model;
mod queries;
mod query;
mod remove;
mod serve;
mod settings;
mod source;
mod style;
mod why_not;
mod work;
mod writing;

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use exit::{Exit, Failure};
pub use inputs::Reading;
pub use settings::parse;

/// Builds a knowledge graph from news articles and answers questions from it.
#[derive(Debug, Parser)]
#[command(name = "newsgraph", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// Which command.
    #[command(subcommand)]
    pub command: Command,
}

/// The options that every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The store's folder.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "NEWSGRAPH_STORE",
        default_value = "newsgraph-store"
    )]
    pub store: PathBuf,
    /// The language model: a packed file or a spaCy package folder. One is built in.
    #[arg(long, global = true, value_name = "PATH", env = "NEWSGRAPH_MODEL")]
    pub model: Option<PathBuf>,
    /// When to colour.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        env = "NEWSGRAPH_COLOR",
        default_value_t = ColorChoice::Auto
    )]
    pub color: ColorChoice,
    /// Prints nothing but data and errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Says more; repeat it for still more.
    #[arg(long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Writes summaries as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Adds articles to the store.
    Add(add::Add),
    /// Lists the articles of the store.
    Articles(articles::Articles),
    /// Proves that the store is sound.
    Check(check::Check),
    /// Prints the completions of a shell.
    Completions(completions::Completions),
    /// Lists who and what the store knows.
    Entities(entities::Entities),
    /// Lists what is told to happen.
    Events(events::Events),
    /// Scores facts against a gold set.
    Eval(eval::Eval),
    /// Leads from a fact back to its words.
    Explain(explain::Explain),
    /// Writes the store, or a part of it, for linked-data tools.
    Export(export::Export),
    /// Extracts facts from articles, without a store.
    Extract(extract::Extract),
    /// Rebuilds the index and what is derived.
    Index(index::Index),
    /// Prints the manual page.
    Man(man::Manual),
    /// Maps facts to a graph, without a store: the facts contract in, TriG out.
    Map(map::Map),
    /// Packs models and says what is in them.
    Model(model::ModelCommand),
    /// Lists the saved questions.
    Queries(queries::Queries),
    /// Answers a question.
    Query(query::Query),
    /// Takes articles out of the store.
    Remove(remove::Remove),
    /// Answers questions over HTTP.
    Serve(serve::Serve),
    /// Says at which step an expected fact was lost.
    WhyNot(why_not::WhyNot),
}

/// Runs a parsed command line and says how it ended. An error is printed to standard error with
/// its causes; a closed pipe ends quietly.
pub fn run(cli: &Cli) -> Exit {
    let result: anyhow::Result<Exit> = match &cli.command {
        Command::Add(command) => command.run(&cli.global),
        Command::Articles(command) => command.run(&cli.global),
        Command::Check(command) => command.run(&cli.global),
        Command::Completions(command) => Ok(command.run()),
        Command::Entities(command) => command.run(&cli.global),
        Command::Events(command) => command.run(&cli.global),
        Command::Eval(command) => command.run(&cli.global),
        Command::Explain(command) => command.run(&cli.global),
        Command::Export(command) => command.run(&cli.global),
        Command::Extract(command) => command.run(&cli.global),
        Command::Index(command) => command.run(&cli.global),
        Command::Man(command) => command.run(),
        Command::Map(command) => command.run(),
        Command::Model(command) => command.run(&cli.global),
        Command::Queries(command) => command.run(&cli.global),
        Command::Query(command) => command.run(&cli.global),
        Command::Remove(command) => command.run(&cli.global),
        Command::Serve(command) => command.run(&cli.global),
        Command::WhyNot(command) => command.run(&cli.global),
    };
    match result {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        Err(error) => {
            // Nobody is left to tell where standard error is closed.
            drop(writeln!(io::stderr().lock(), "newsgraph: {error:#}"));
            Exit::of(&error)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}
