//! What a command asks: the store in its folder, or inputs that are read for this command alone;
//! and where its saved questions are.

#![expect(clippy::disallowed_methods, reason = "reads the folder of questions")]

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueHint};
use oxigraph::store::Store as Oxigraph;

use super::inputs::Skips;
use super::work::{self, Jobs, LazyExtractor, store_failure};
use super::{Exit, Global, Reading};
use crate::graph::Base;
use crate::pipeline::{self, Memory};
use crate::query::Library;
use crate::store::{Index, Selection, Store, StoreError};

/// What to ask.
#[derive(Clone, Debug, Args)]
pub(super) struct Asked {
    /// Reads these inputs, answers and forgets; no store is opened.
    #[arg(long = "in", value_name = "INPUT", num_args = 1.., value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// How to read them.
    #[command(flatten)]
    reading: Reading,
    /// Asks those articles of the store too that a later version supersedes.
    #[arg(long, conflicts_with = "inputs")]
    all_versions: bool,
    /// How fast to read them.
    #[command(flatten)]
    jobs: Jobs,
}

/// Quads to ask.
pub(super) struct Loaded {
    index: Index,
    /// How many inputs could not be read; each was told.
    failed: usize,
}

/// Where saved questions are.
#[derive(Clone, Debug, Args)]
pub(super) struct Questions {
    /// A folder of saved questions, over those of the program and of queries/ beside the store.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    queries: Option<PathBuf>,
}

impl Questions {
    /// The embedded questions and over them those of the folder, if there is one.
    pub(super) fn library(&self, global: &Global) -> anyhow::Result<Library> {
        let mut library = Library::embedded();
        let beside = global.store.parent().unwrap_or(Path::new("")).join("queries");
        match &self.queries {
            Some(folder) => add_folder(&mut library, folder)?,
            None if beside.is_dir() => add_folder(&mut library, &beside)?,
            None => {}
        }
        Ok(library)
    }
}

fn add_folder(library: &mut Library, folder: &Path) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("the folder of questions {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rq")
            && let Some(name) = path.file_stem().and_then(|s| s.to_str())
        {
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            library.add(name, &text);
        }
    }
    Ok(())
}

impl Asked {
    /// Loads what is to be asked: the inputs where there are any, else the store.
    pub(super) fn load(&self, global: &Global) -> anyhow::Result<Loaded> {
        if self.inputs.is_empty() {
            let store = Store::open(&global.store).map_err(store_failure)?;
            let index = self.open_index(&store).map_err(store_failure)?;
            return Ok(Loaded { index, failed: 0 });
        }
        work::hush_workers();
        let items = self.reading.open(&self.inputs);
        let extractor = LazyExtractor::new(global)?;
        let extract = |article| extractor.facts(article);
        let watch = self.reading.watch();
        let read = Memory::read(items, &extract, &watch, &Base::default(), self.jobs.number());
        let memory = read.map_err(store_failure)?;
        let mut skips = Skips::default();
        let mut failed = 0;
        for error in &memory.failed {
            if !skips.take(error) {
                writeln!(io::stderr(), "newsgraph: {error}")?;
                failed += 1;
            }
        }
        skips.report(global);
        Ok(Loaded { index: memory.index, failed })
    }
}

impl Asked {
    /// The index of the latest versions, or of all.
    fn open_index(&self, store: &Store) -> Result<Index, StoreError> {
        let jobs = self.jobs.number();
        if !self.all_versions {
            let graphs = pipeline::derived(store, jobs)?;
            let pairs = pipeline::supersessions(store, &graphs);
            let older: BTreeSet<&str> = pairs.iter().map(|(_, older)| older.as_str()).collect();
            let keys = store.heads().map(|head| head.key.as_str());
            let latest: Vec<&str> = keys.filter(|key| !older.contains(key)).collect();
            if latest.len() < store.heads().len() {
                return pipeline::open_index(store, Selection::Keys(&latest), jobs);
            }
        }
        pipeline::open_index(store, Selection::All, jobs)
    }
}

impl Loaded {
    /// The quads.
    pub(super) fn store(&self) -> &Oxigraph {
        self.index.oxigraph()
    }

    /// How a command ends that has done all it could with what was read.
    pub(super) fn exit(&self) -> Exit {
        if self.failed == 0 { Exit::Done } else { Exit::SomeFailed }
    }
}
