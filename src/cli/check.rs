//! `newsgraph check`.

use std::io::{self, BufWriter, Write as _};

use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use super::work::{Jobs, Progress, count, store_failure};
use super::{Exit, Global};
use crate::check::{Violation, check_article, check_graphs, check_questions};
use crate::pipeline;
use crate::query::Library;
use crate::store::{Head, Selection, Store, StoreError};

/// Proves that the store is sound: every claim has its words, every offset slices the text,
/// nothing dangles, what is derived follows from the articles. Ends with 1 where it is not.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    jobs: Jobs,
    /// Checks the articles alone, one by one, and not the graph as a whole.
    #[arg(long)]
    articles_only: bool,
}

impl Check {
    /// Prints one line a violation.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let mut progress = Progress::new(global);
        let store = Store::open(&global.store).map_err(store_failure)?;
        let mut found: Vec<Violation> = Vec::new();
        for (path, what) in store.damaged() {
            let what = format!("{what} (add the article again, or newsgraph index --drop-damaged)");
            found.push(Violation {
                defect: "damaged".to_owned(),
                at: path.display().to_string(),
                what,
            });
        }
        progress.show(|| format!("{} to check", count(store.heads().len() as u64, "article")));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs.number()).build()?;
        let heads: Vec<&Head> = store.heads().collect();
        let articles: Vec<Vec<Violation>> =
            pool.install(|| heads.par_iter().map(|head| check_one(&store, head)).collect());
        found.extend(articles.into_iter().flatten());
        // A graph of damaged articles cannot be asked, and what is wrong has been told.
        let damaged = found.iter().any(|violation| violation.defect == "damaged");
        if !self.articles_only && !damaged {
            found.extend(check_whole(&store, self.jobs.number())?);
        }
        found.extend(check_questions(&Library::embedded()));
        progress.end();
        report(global, &store, &found)?;
        Ok(if found.is_empty() { Exit::Done } else { Exit::No })
    }
}

/// An article by itself, and against its facts.
fn check_one(store: &Store, head: &Head) -> Vec<Violation> {
    let mut found = check_article(store, head);
    let stale = |what: String| Violation {
        defect: "stale-graph".to_owned(),
        at: head.id().to_owned(),
        what,
    };
    if found.iter().any(|violation| violation.defect == "damaged") {
        return found;
    }
    match pipeline::remap(store, head) {
        Ok(packed) if packed.head.digest != head.digest => found.push(stale(
            "its graph is not what its facts map to now (newsgraph index --upgrade)".to_owned(),
        )),
        Ok(_) | Err(StoreError::Gone(_)) => {}
        Err(error) => found.push(stale(error.to_string())),
    }
    found
}

/// What follows across articles, and what questions find.
fn check_whole(store: &Store, jobs: usize) -> anyhow::Result<Vec<Violation>> {
    let mut found: Vec<Violation> = pipeline::stale(store, jobs)
        .map_err(store_failure)?
        .into_iter()
        .map(|graph| Violation {
            defect: "stale-derivation".to_owned(),
            at: graph,
            what: "it is not what follows from the articles (newsgraph index)".to_owned(),
        })
        .collect();
    let index = pipeline::open_index(store, Selection::All, jobs).map_err(store_failure)?;
    found.extend(check_graphs(index.oxigraph())?);
    Ok(found)
}

fn report(global: &Global, store: &Store, found: &[Violation]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for Violation { defect, at, what } in found {
        if global.json {
            writeln!(out, "{}", json!({ "defect": defect, "at": at, "what": what }))?;
        } else {
            writeln!(out, "{at}: {what} [{defect}]")?;
        }
    }
    out.flush()?;
    if !global.quiet {
        let claims: u64 = store.heads().map(|head| head.claims).sum();
        let quads: u64 = store.heads().map(|head| head.quads).sum();
        let line = format!(
            "{}, {}, {}: {}",
            count(store.heads().len() as u64, "article"),
            count(claims, "claim"),
            count(quads, "quad"),
            match found.len() {
                0 => "sound".to_owned(),
                n => count(n as u64, "violation"),
            }
        );
        writeln!(io::stderr().lock(), "{line}")?;
    }
    Ok(())
}
