//! Puts the stages together: read → extract → map → store, on several threads, in the order of the
//! input.
//!
//! | function | takes | gives |
//! |---|---|---|
//! | [`each_facts`] | inputs | the facts of each article |
//! | [`add`] | inputs and a store | the articles in the store |
//! | [`Memory::read`] | inputs | an index in memory, for questions without a store |
//! | [`derived`], [`refresh`], [`rebuild`] | a store | its derived graphs |
//! | [`open_index`] | a store | the index that questions are asked of |
//!
//! An article that fails, by its content, by a panic or by the time that it takes, is one [`PipelineError`] that names its
//! input; the rest goes on. Memory is bounded: at most 16 articles a job are under way.

mod add;
mod derive;
mod memory;
mod ordered;
mod prepare;
mod watch;

use std::ops::ControlFlow;
use std::time::Duration;

use crate::facts::{Article, Facts};
use crate::fusion::DigestError;
use crate::graph::GraphError;
use crate::input::{Finished, InputError, Item, Place};
use crate::patience::TimeOver;
use crate::store::StoreError;

pub use add::{Adding, Note, Summary, Target, Way, add, forget_id, remap};
pub use derive::{derived, open_index, rebuild, refresh, stale, supersessions};
pub use memory::Memory;
pub use ordered::WORKER;
pub use watch::Watch;

/// Makes facts of an article. Handed in, so that who brings facts needs no engine.
pub type Extract<'a> = &'a (dyn Fn(Article) -> Facts + Sync);

/// Why an article did not come through, and on which side.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// It could not be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Its facts could not be mapped.
    #[error("{at}: {cause}")]
    Map {
        /// Where it was read.
        at: Place,
        /// What the mapper says.
        cause: GraphError,
    },
    /// Its graph has no digest.
    #[error("{at}: {cause}")]
    Digest {
        /// Where it was read.
        at: Place,
        /// What fusion says.
        cause: DigestError,
    },
    /// A stage panicked.
    #[error(
        "{at}: this article makes newsgraph itself fail: {message} (please report it with the \
         article; all others are done)"
    )]
    Panic {
        /// Where it was read.
        at: Place,
        /// What the stage said.
        message: String,
    },
    /// The work on it took too long.
    #[error(
        "{at}: not done within {} s (shorten the article, or raise --timeout-per-article)",
        .limit.as_secs_f64()
    )]
    Time {
        /// Where it was read.
        at: Place,
        /// The time that it had.
        limit: Duration,
    },
    /// Reading itself panicked: what was not read yet is not read.
    #[error("reading the inputs fails: {message} (please report it; what follows was not read)")]
    Reader {
        /// What the reader said.
        message: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PipelineError {
    /// The language of an article that is not asked for: it is skipped, and nothing has failed.
    pub fn skipped(&self) -> Option<&'static str> {
        match self {
            Self::Input(InputError::OtherLanguage { language, .. }) => Some(language),
            _ => None,
        }
    }

    /// A short name of what is wrong, which does not change from version to version.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(error) => error.code(),
            Self::Map { .. } => "map",
            Self::Digest { .. } => "digest",
            Self::Panic { .. } => "panic",
            Self::Time { .. } => "time",
            Self::Reader { .. } => "reader",
            Self::Store(_) => "store",
        }
    }

    /// Where it is wrong, if that is a place in an input.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Input(error) => error.place(),
            Self::Map { at, .. }
            | Self::Digest { at, .. }
            | Self::Panic { at, .. }
            | Self::Time { at, .. } => Some(at),
            Self::Reader { .. } | Self::Store(_) => None,
        }
    }

    /// The name of the input that it is about.
    pub fn input(&self) -> Option<&str> {
        match self {
            Self::Input(error) => error.input(),
            _ => self.place().map(|place| &*place.input),
        }
    }
}

/// Reads inputs and hands the facts of each article to `sink`, in the order of the inputs: those
/// that came as facts as they are, the others through `extract`, on `jobs` threads. Who takes longer
/// than `watch` allows is an error.
pub fn each_facts(
    items: impl Iterator<Item = Result<Item, InputError>> + Send,
    extract: Extract<'_>,
    watch: &Watch,
    jobs: usize,
    mut sink: impl FnMut(Result<Facts, PipelineError>) -> ControlFlow<()>,
) {
    let work = |item: Result<Item, InputError>| {
        in_time(watch, item?, |item| Ok(facts_of(item.finish()?.1, extract)))
    };
    ordered::map_in_order(
        items,
        jobs,
        place,
        work,
        |at, m| Err(panicked(at, m)),
        |batch| batch.into_iter().try_for_each(&mut sink),
    );
}

/// Works on an item for as long as it may take.
fn in_time<R>(
    watch: &Watch,
    item: Item,
    work: impl FnOnce(Item) -> Result<R, PipelineError>,
) -> Result<R, PipelineError> {
    let at = item.place.clone();
    let done = watch.over(|| work(item));
    done.unwrap_or_else(|TimeOver| {
        Err(PipelineError::Time { at, limit: watch.limit().unwrap_or_default() })
    })
}

fn facts_of(finished: Finished, extract: Extract<'_>) -> Facts {
    match finished {
        Finished::Facts(facts) => *facts,
        Finished::Article(article) => extract(article),
    }
}

fn place(item: &Result<Item, InputError>) -> Option<Place> {
    item.as_ref().ok().map(|item| item.place.clone())
}

fn panicked(at: Option<Place>, message: String) -> PipelineError {
    match at {
        Some(at) => PipelineError::Panic { at, message },
        None => PipelineError::Reader { message },
    }
}
