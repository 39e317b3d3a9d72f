//! `newsgraph serve`.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::num::NonZero;

use anyhow::anyhow;
use clap::Args;
use oxigraph::sparql::CancellationToken;
use tiny_http::Server;

use super::limits::Limits;
use super::source::{Asked, Questions};
use super::{Exit, Failure, Global};
use crate::serve::{Service, serve};

/// Answers SPARQL 1.1 queries over HTTP: /sparql; and the saved questions: /questions.
///
/// Read-only: SPARQL Update is refused, SERVICE and LOAD reach nothing. The store is read once, as
/// it is when the command begins. An answer is JSON, XML, CSV or TSV, a graph Turtle or N-Triples,
/// as the request's Accept wishes. The limits hold for each question; one that is stopped is
/// answered with 503.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; the default is reached from this machine alone.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Questions that are answered at once.
    #[arg(long, value_name = "N", default_value = "4")]
    threads: NonZero<usize>,
    /// How long and how much a question may take.
    #[command(flatten)]
    limits: Limits,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
    /// Where else saved questions are.
    #[command(flatten)]
    questions: Questions,
}

impl Serve {
    /// Answers until the process ends.
    ///
    /// # Errors
    ///
    /// A store or inputs that cannot be read, an address where it cannot listen.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let library = self.questions.library(global)?;
        let loaded = self.asked.load(global)?;
        let server = Server::http(self.bind).map_err(|error| {
            anyhow!("{}: cannot listen there: {error} (--bind takes another)", self.bind)
        })?;
        if !global.quiet
            && let Some(address) = server.server_addr().to_ip()
        {
            writeln!(
                io::stderr(),
                "http://{address}/sparql answers SPARQL, http://{address}/questions the saved questions"
            )?;
        }
        let watch = |cancel: &CancellationToken| self.limits.watch_one_of_many(cancel);
        let service = Service {
            store: loaded.store(),
            library: &library,
            max_rows: self.limits.max_rows,
            watch: &watch,
        };
        serve(&server, &service, self.threads).map_err(|error| Failure {
            exit: Exit::Store,
            message: format!("{}: {error}", self.bind),
        })?;
        Ok(Exit::Done)
    }
}
