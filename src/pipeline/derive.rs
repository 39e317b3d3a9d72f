//! What is derived across the articles of a store.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use oxrdf::{GraphName, Quad};

use crate::fusion::{Decisions, Digest, Fusion, GRAPHS, Recorded};
use crate::graph::{Base, ontology_quads};
use crate::store::{
    Canonical, Derived, Head, Index, Selection, Store, StoreError, Writer, canonical, parse,
};
use crate::vocab::ng;

use super::ordered::map_in_order;

/// The derived graphs of a store: those on disk where they are of this set of articles, else
/// derived anew. Writes nothing.
///
/// # Errors
///
/// A segment that cannot be read, a decision that cannot be understood.
pub fn derived(store: &Store, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    match store.derived(&of(store)?)? {
        Some(graphs) => Ok(graphs),
        None => derive(store, jobs),
    }
}

/// The index that questions are asked of: articles, what is derived from all of them, and the
/// ontology; not the runs.
///
/// # Errors
///
/// A segment that cannot be read or is damaged, a decision that cannot be understood.
pub fn open_index(store: &Store, what: Selection<'_>, jobs: usize) -> Result<Index, StoreError> {
    let mut graphs = derived(store, jobs)?;
    graphs.push(ontology(&base_of(store)));
    match Index::open(store, &graphs, jobs)? {
        Some(index) => Ok(index),
        None => Index::load(store, what, &graphs, jobs),
    }
}

/// Brings what is derived from the articles in step with them, on disk: the derived graphs, which
/// it returns, and the index where this program has one.
///
/// # Errors
///
/// A segment that cannot be read, a file that cannot be written, a decision that cannot be
/// understood.
pub fn refresh(writer: &mut Writer, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    let of = of(writer.store())?;
    let graphs = match writer.store().derived(&of)? {
        Some(graphs) => graphs,
        None => derive_into(writer, &of, jobs)?,
    };
    step_index(writer, &graphs, jobs, false)?;
    Ok(graphs)
}

/// As [`refresh`], but makes all anew.
///
/// # Errors
///
/// As [`refresh`].
pub fn rebuild(writer: &mut Writer, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    let of = of(writer.store())?;
    let graphs = derive_into(writer, &of, jobs)?;
    step_index(writer, &graphs, jobs, true)?;
    Ok(graphs)
}

/// The names of the derived graphs on disk that do not follow from the articles.
///
/// # Errors
///
/// A segment that cannot be read, a decision that cannot be understood.
pub fn stale(store: &Store, jobs: usize) -> Result<Vec<String>, StoreError> {
    let Some(kept) = store.derived(&of(store)?)? else { return Ok(Vec::new()) };
    let anew = derive(store, jobs)?;
    let kept = kept.iter().filter(|graph| !anew.contains(graph));
    let mut names: Vec<String> = kept.map(|graph| graph.name.clone()).collect();
    names.sort();
    Ok(names)
}

/// The pairs (newer, older) of keys of articles that derived graphs tell: which article supersedes
/// which.
pub fn supersessions(store: &Store, graphs: &[Derived]) -> Vec<(String, String)> {
    let between = format!("> <{}> <", ng::SUPERSEDES.as_str());
    let article = format!("{}a/", store.base());
    let lines = graphs.iter().flat_map(|graph| graph.nquads.lines());
    let pairs = lines.filter_map(|line| {
        let (newer, rest) = line.strip_prefix('<')?.split_once(&between)?;
        let (older, _) = rest.split_once('>')?;
        Some((newer.strip_prefix(&article)?.to_owned(), older.strip_prefix(&article)?.to_owned()))
    });
    pairs.collect()
}

/// The vocabulary and the event types, as they belong to every index.
fn ontology(base: &Base) -> Derived {
    let quads = ontology_quads(base);
    Derived { name: "ontology".to_owned(), nquads: canonical(quads.iter().map(Quad::as_ref)) }
}

fn base_of(store: &Store) -> Base {
    Base::new(store.base()).unwrap_or_default()
}

/// The set, the decisions and the program that derived graphs follow from.
fn of(store: &Store) -> Result<String, StoreError> {
    let besides = format!("{}\n{}", env!("CARGO_PKG_VERSION"), store.decisions()?);
    Ok(store.digest(&besides))
}

fn derive_into(writer: &mut Writer, of: &str, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    let graphs = derive(writer.store(), jobs)?;
    writer.write_derived(of, &graphs)?;
    Ok(graphs)
}

fn step_index(
    writer: &Writer,
    graphs: &[Derived],
    jobs: usize,
    anew: bool,
) -> Result<(), StoreError> {
    let mut graphs = graphs.to_vec();
    graphs.push(ontology(&base_of(writer.store())));
    writer.bring_index_in_step(&graphs, jobs, anew)
}

fn derive(store: &Store, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    let base = base_of(store);
    let decisions = Decisions::parse(&store.decisions()?, &base).map_err(|error| {
        StoreError::Decisions { path: decisions_file(store), what: error.to_string() }
    })?;
    let mut fusion = Fusion::new(decisions, store.recorded().into_iter().collect(), &base);
    let mut ended = Ok(());
    let panicked = |key: Option<String>, what: String| {
        Err(StoreError::Graph { key: key.unwrap_or_default(), what })
    };
    map_in_order(
        store.heads(),
        jobs,
        |head: &&Head| Some(head.key.clone()),
        |head: &Head| digest(store, head),
        panicked,
        |batch| {
            for digest in batch {
                match digest {
                    Ok(digest) => digest.into_iter().for_each(|digest| fusion.add(digest)),
                    Err(error) => {
                        ended = Err(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            ControlFlow::Continue(())
        },
    );
    ended?;
    Ok(graphs(&fusion, &base))
}

/// What fusion needs of an article; `None` where it has been taken out since.
fn digest(store: &Store, head: &Head) -> Result<Option<Digest>, StoreError> {
    let failed = |what: String| StoreError::Graph { key: head.key.clone(), what };
    let Some(nquads) = store.nquads(head)? else { return Ok(None) };
    let quads: Result<Vec<Quad>, _> = parse(&nquads).collect();
    let quads = quads.map_err(|error| failed(error.to_string()))?;
    Digest::of(&quads).map(Some).map_err(|error| failed(error.to_string()))
}

/// The derived graphs that have quads, each canonical.
fn graphs(fusion: &Fusion, base: &Base) -> Vec<Derived> {
    let mut lines: BTreeMap<String, Canonical> = BTreeMap::new();
    fusion.for_each(|quad| {
        if let GraphName::NamedNode(graph) = &quad.graph_name {
            let local = graph.as_str().strip_prefix(base.as_str()).unwrap_or(graph.as_str());
            match lines.get_mut(local) {
                Some(lines) => lines.push(quad.as_ref()),
                None => lines.entry(local.to_owned()).or_default().push(quad.as_ref()),
            }
        }
    });
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let found = GRAPHS.iter().filter_map(|name| Some((*name, lines.remove(*name)?)));
    found.map(|(name, lines)| Derived { name: last(name), nquads: lines.finish() }).collect()
}

fn decisions_file(store: &Store) -> PathBuf {
    store.root().join("decisions.tsv")
}

/// The order of versions in an input that is not stored: the later one comes later.
pub(super) fn in_order<'a>(keys: impl Iterator<Item = &'a str>) -> Recorded {
    keys.zip(1..).collect()
}
