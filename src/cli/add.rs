//! `newsgraph add INPUT…`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, ValueHint};
use jiff::Timestamp;
use serde_json::json;

use super::inputs::Skips;
use super::work::{self, Jobs, LazyExtractor, Progress, count, grouped, store_failure};
use super::{Exit, Global, Reading};
use crate::graph::Base;
use crate::pipeline::{self, Adding, Extract, Note, PipelineError, Summary, Target, Watch, Way};
use crate::store::{Run, Store, StoreError, Writer};

/// Reads articles, extracts their facts and adds them to the store.
///
/// Folders are walked; `-` is standard input. An article that is there already is left as it is.
/// One with the same id or url and another text is a new version, which supersedes the old one.
#[derive(Debug, Args)]
pub struct Add {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    jobs: Jobs,
    /// Extracts and maps articles that are there already once more.
    #[arg(long)]
    refresh: bool,
    /// Writes nothing, only tells what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Lists what failed in this file: a JSON object a line, with file, line, column, code and
    /// message.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    errors: Option<PathBuf>,
    #[command(flatten)]
    waiting: Waiting,
}

/// How long to wait for the right to write.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Waiting {
    /// How many seconds to wait where another newsgraph is writing to the store.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    wait: u32,
}

impl Waiting {
    /// Opens the store for writing, making it where there is none.
    pub(super) fn writer(self, root: &Path) -> anyhow::Result<Writer> {
        Writer::open(root, Base::default().as_str(), self.patience()).map_err(store_failure)
    }

    /// The time to wait.
    pub(super) fn patience(self) -> Duration {
        Duration::from_secs(self.wait.into())
    }
}

/// What became of the inputs.
struct Added {
    summary: Summary,
    /// How many of those added supersede an older version.
    newer: u64,
    ended: Result<(), StoreError>,
}

impl Add {
    /// Adds the inputs and prints one line about it.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        work::hush_workers();
        let mut progress = Progress::new(global);
        let mut errors = match &self.errors {
            Some(path) => Some(BufWriter::new(create(path)?)),
            None => None,
        };
        let mut unwritten = Ok(());
        let mut skips = Skips::default();
        let mut note = |note: Note<'_>| match note {
            Note::Failed(error) => {
                if !skips.take(error) || global.verbose > 0 {
                    progress.say(&format!("newsgraph: {error}"));
                }
                if let (Some(file), Ok(())) = (&mut errors, &unwritten) {
                    unwritten = writeln!(file, "{}", failure(error));
                }
            }
            Note::Stored(head, way) if global.verbose > 0 => {
                progress.say(&format!("{} {} {}", word(way), head.key, head.ids.join(" ")));
            }
            Note::Stored(..) => {}
            Note::Progress(summary) => {
                let rate = summary.read as f64 / progress.seconds().max(1e-9);
                let (read, claims) =
                    (count(summary.read, "article"), count(summary.claims, "claim"));
                progress.show(|| format!("{read}, {claims}, {rate:.1} articles/s"));
            }
        };
        let extractor = LazyExtractor::new(global)?;
        let added = if self.dry_run {
            self.add_nowhere(global, &|article| extractor.facts(article), &mut note)?
        } else {
            self.add_to_store(global, extractor, &mut note)?
        };
        progress.end();
        unwritten
            .and_then(|()| errors.as_mut().map_or(Ok(()), BufWriter::flush))
            .context("the file of errors cannot be written")?;
        skips.report(global);
        self.report(global, &added, progress.seconds())?;
        added.ended.map_err(store_failure)?;
        Ok(if added.summary.failed > 0 { Exit::SomeFailed } else { Exit::Done })
    }

    fn add_to_store(
        &self,
        global: &Global,
        extractor: LazyExtractor,
        note: &mut dyn FnMut(Note<'_>),
    ) -> anyhow::Result<Added> {
        let mut writer = self.waiting.writer(&global.store)?;
        let run = this_run();
        let target = Target::Store(&mut writer);
        let mut new = BTreeSet::new();
        let mut noting = |told: Note<'_>| {
            if let Note::Stored(head, Way::Added) = &told {
                new.insert(head.key.clone());
            }
            note(told);
        };
        let items = self.reading.open(&self.inputs);
        let watch = self.reading.watch();
        let extract = |article| extractor.facts(article);
        let (summary, added) =
            pipeline::add(items, target, self.adding(&extract, &watch, &run), &mut noting);
        // Deriving needs the room that the model has.
        drop(extractor);
        let mut added = Added { summary, newer: 0, ended: added };
        if added.ended.is_ok() {
            added.ended = pipeline::refresh(&mut writer, self.jobs.number()).and_then(|newer| {
                added.newer = newer.intersection(&new).count() as u64;
                writer.close().map(drop)
            });
        }
        Ok(added)
    }

    fn add_nowhere(
        &self,
        global: &Global,
        extract: Extract<'_>,
        note: &mut dyn FnMut(Note<'_>),
    ) -> anyhow::Result<Added> {
        let store = match Store::open(&global.store) {
            Ok(store) => Some(store),
            Err(StoreError::Missing(_)) => None,
            Err(error) => return Err(store_failure(error)),
        };
        let base = Base::default();
        let run = this_run();
        let target = Target::Nowhere(store.as_ref(), &base);
        let items = self.reading.open(&self.inputs);
        let watch = self.reading.watch();
        let (summary, ended) =
            pipeline::add(items, target, self.adding(extract, &watch, &run), note);
        Ok(Added { summary, newer: 0, ended })
    }

    fn adding<'a>(&self, extract: Extract<'a>, watch: &'a Watch, run: &'a Run) -> Adding<'a> {
        Adding { extract, watch, jobs: self.jobs.number(), run, refresh: self.refresh }
    }

    fn report(&self, global: &Global, added: &Added, seconds: f64) -> anyhow::Result<()> {
        let Added { summary, newer, ended: _ } = added;
        let Summary { read, added, replaced, unchanged, skipped, failed, claims, quads } = *summary;
        let rate = read as f64 / seconds.max(1e-9);
        if global.json {
            let line = json!({
                "read": read, "added": added, "replaced": replaced, "unchanged": unchanged,
                "skipped": skipped, "failed": failed, "newer_versions": newer, "claims": claims, "quads": quads,
                "seconds": (seconds * 1000.0).round() / 1000.0,
                "articles_per_second": (rate * 10.0).round() / 10.0,
                "dry_run": self.dry_run,
            });
            writeln!(io::stdout().lock(), "{line}")?;
        } else if !global.quiet {
            let mut parts = vec![format!("{} added", grouped(added))];
            for (number, words) in [
                (*newer, "of them newer versions"),
                (replaced, "replaced"),
                (unchanged, "unchanged"),
                (skipped, "skipped"),
                (failed, "failed"),
            ] {
                if number > 0 {
                    parts.push(format!("{} {words}", grouped(number)));
                }
            }
            let dry = if self.dry_run { " (dry run: nothing is written)" } else { "" };
            let digits = if rate < 1.0 { 3 } else { 1 };
            let line = format!(
                "{}: {}; {}, {}; {rate:.digits$} articles/s{dry}",
                count(read, "article"),
                parts.join(", "),
                count(claims, "claim"),
                count(quads, "quad"),
            );
            writeln!(io::stderr().lock(), "{line}")?;
        }
        Ok(())
    }
}

/// Describes this run of the program.
pub(super) fn this_run() -> Run {
    let settings = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    Run::new(&Timestamp::now().to_string(), std::process::id(), settings)
}

#[expect(clippy::disallowed_methods, reason = "the command line writes what it is told to write")]
fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("the file of errors {}", path.display()))
}

/// An error as an object of the file of errors.
fn failure(error: &PipelineError) -> serde_json::Value {
    let place = error.place();
    json!({
        "file": error.input(),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "code": error.code(),
        "message": error.to_string(),
    })
}

fn word(way: Way) -> &'static str {
    match way {
        Way::Added => "added",
        Way::Replaced => "replaced",
        Way::Unchanged => "unchanged",
    }
}
