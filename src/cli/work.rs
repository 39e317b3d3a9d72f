//! What the commands that work on many articles share: jobs, the extractor, progress, panics.

use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Failure, Global, model};
use crate::extract::Extractor;
use crate::facts::{Article, Facts};
use crate::lang::Pack;
use crate::pipeline::WORKER;
use crate::store::StoreError;

/// How many articles are worked on at once.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Jobs {
    /// How many articles are worked on at once; as many as there are processors by default.
    #[arg(
        long,
        value_name = "N",
        env = "NEWSGRAPH_JOBS",
        value_parser = clap::value_parser!(u16).range(1..=256)
    )]
    jobs: Option<u16>,
}

impl Jobs {
    /// The number.
    pub(super) fn number(self) -> usize {
        self.jobs.map_or_else(
            || std::thread::available_parallelism().map_or(1, NonZero::get),
            usize::from,
        )
    }
}

/// The extractor of a command: the model is read when the first article that needs it comes.
pub(super) struct LazyExtractor {
    model: Option<PathBuf>,
    extractor: OnceLock<Extractor>,
}

impl LazyExtractor {
    /// The extractor that `global` asks for. A model of the user's is read at once, so that a
    /// broken one is an error before any work; the embedded one when it is needed.
    pub(super) fn new(global: &Global) -> anyhow::Result<Self> {
        let lazy = Self { model: global.model.clone(), extractor: OnceLock::new() };
        if lazy.model.is_some() {
            let extractor = lazy.build()?;
            lazy.extractor.get_or_init(|| extractor);
        }
        Ok(lazy)
    }

    /// The extractor, built where it is not.
    pub(super) fn get(&self) -> &Extractor {
        let build = || self.build().expect("the embedded model and tables are sound");
        self.extractor.get_or_init(build)
    }

    /// Makes facts of an article.
    pub(super) fn facts(&self, article: Article) -> Facts {
        self.get().extract(article).facts
    }

    fn build(&self) -> anyhow::Result<Extractor> {
        let engine = model::engine(self.model.as_deref())?;
        let pack = Pack::find("en").context("this build has no English")?;
        Ok(Extractor::new(pack, engine)?)
    }
}

/// Keeps quiet about panics that the pipeline catches and reports as one article's error.
pub(super) fn hush_workers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(WORKER) {
            usual(panic);
        }
    }));
}

/// A failure of the store, with its causes, as the command line ends on it.
pub(super) fn store_failure(error: StoreError) -> anyhow::Error {
    Failure::store(format!("{:#}", anyhow::Error::from(error))).into()
}

/// Time since the command began, and a line of progress on a terminal when it lasts.
pub(super) struct Progress {
    began: Instant,
    bar: Option<ProgressBar>,
    wanted: bool,
}

/// Work that ends sooner shows no progress.
const SHORT: Duration = Duration::from_secs(1);

impl Progress {
    /// Begins to count the time.
    #[expect(clippy::disallowed_methods, reason = "the command line reads the clock")]
    pub(super) fn new(global: &Global) -> Self {
        let wanted = !global.quiet && io::stderr().is_terminal();
        Self { began: Instant::now(), bar: None, wanted }
    }

    /// Seconds since the beginning.
    pub(super) fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Shows how far it is, once the work has lasted a second.
    pub(super) fn show(&mut self, message: impl FnOnce() -> String) {
        if !self.wanted || self.began.elapsed() < SHORT {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            let target = ProgressDrawTarget::stderr();
            ProgressBar::with_draw_target(None, target).with_style(style)
        });
        bar.set_message(message());
        bar.tick();
    }

    /// Prints a line on standard error, above the line of progress.
    pub(super) fn say(&self, line: &str) {
        let print = || drop(writeln!(io::stderr().lock(), "{line}"));
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the line of progress away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A number with its thousands set apart: `12,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 article`, `2 articles`.
pub(super) fn count(number: u64, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let words: Vec<String> = [0, 12, 999, 1000, 12_345_678].map(grouped).to_vec();
        assert_eq!(words, ["0", "12", "999", "1,000", "12,345,678"]);
        assert_eq!(count(1, "claim"), "1 claim");
        assert_eq!(count(1_000, "claim"), "1,000 claims");
    }
}
