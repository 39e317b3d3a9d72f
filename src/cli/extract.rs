//! `newsgraph extract INPUT…`.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueHint};

use super::inputs::Skips;
use super::work::{self, Jobs, LazyExtractor, Progress, count};
use super::{Exit, Global, Reading};
use crate::export::AtomicFile;
use crate::facts::write_facts;
use crate::pipeline::{PipelineError, each_facts};

/// Extracts facts from articles, without a store: one JSON object of the facts contract a line.
///
/// The lines come in the order of the inputs, at any number of jobs. Inputs that are facts already
/// are checked and written anew.
#[derive(Debug, Args)]
pub struct Extract {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    jobs: Jobs,
    /// The file to write, which appears whole or not at all; without it, standard output.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

impl Extract {
    /// Writes the facts; inputs that fail are reported, the rest is written.
    ///
    /// # Errors
    ///
    /// A model that cannot be read; whatever hinders writing, and then an output file stays as it
    /// was.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let extractor = LazyExtractor::new(global)?;
        let Some(path) = &self.output else {
            return Ok(self.write(global, &extractor, &mut BufWriter::new(io::stdout().lock()))?);
        };
        let cannot = || format!("{}: cannot be written", path.display());
        let mut file = AtomicFile::create(path).with_context(cannot)?;
        let exit = self.write(global, &extractor, &mut file).with_context(cannot)?;
        file.commit().with_context(cannot)?;
        Ok(exit)
    }

    fn write(
        &self,
        global: &Global,
        extractor: &LazyExtractor,
        out: &mut dyn Write,
    ) -> io::Result<Exit> {
        work::hush_workers();
        let mut progress = Progress::new(global);
        let (mut done, mut failed) = (0, 0_u64);
        let mut written = Ok(());
        let mut skips = Skips::default();
        let sink = |facts: Result<_, PipelineError>| {
            match facts {
                Ok(facts) => {
                    written = writeln!(out, "{}", write_facts(&facts).trim_end());
                    done += 1;
                }
                Err(error) if skips.take(&error) => {}
                Err(error) => {
                    progress.say(&format!("newsgraph: {error}"));
                    failed += 1;
                }
            }
            progress.show(|| count(done, "article"));
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let extract = |article| extractor.facts(article);
        let (items, watch) = (self.reading.open(&self.inputs), self.reading.watch());
        each_facts(items, &extract, &watch, self.jobs.number(), sink);
        progress.end();
        skips.report(global);
        written?;
        out.flush()?;
        Ok(if failed == 0 { Exit::Done } else { Exit::SomeFailed })
    }
}
