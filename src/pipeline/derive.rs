//! What is derived across the articles of a store.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use oxrdf::{GraphName, NamedOrBlankNode, Quad};

use crate::fusion::{self, Decisions, Digest, Fusion, GRAPHS, Record, Recorded, ShelfError};
use crate::graph::{Base, ontology_quads};
use crate::store::{
    self, Basis, Changes, Derived, Filed, Head, Index, Selection, Sorted, Stamp, Store, StoreError,
    Writer, canonical, hash, parse,
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

/// Brings what is derived from the articles in step with them, on disk: the derived graphs, and
/// the index where this program has one. Returns the keys of articles of which it is new that they
/// supersede another.
///
/// # Errors
///
/// A segment that cannot be read, a file that cannot be written, a decision that cannot be
/// understood.
///
/// # Cost
///
/// Where few articles came or went since the last time, what these touch; else all articles are
/// looked at.
pub fn refresh(writer: &mut Writer, jobs: usize) -> Result<BTreeSet<String>, StoreError> {
    let basis = basis(writer.store())?;
    let superseding = if writer.store().is_derived(&basis.of) {
        BTreeSet::new()
    } else if let Some(superseding) = step(writer, &basis)? {
        superseding
    } else {
        derive_into(writer, &basis, jobs)?
    };
    step_index(writer, &basis, jobs, false)?;
    Ok(superseding)
}

/// As [`refresh`], but makes all anew.
///
/// # Errors
///
/// As [`refresh`].
pub fn rebuild(writer: &mut Writer, jobs: usize) -> Result<(), StoreError> {
    let basis = basis(writer.store())?;
    derive_into(writer, &basis, jobs)?;
    step_index(writer, &basis, jobs, true)
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
    Ok(store.digest(&besides(store)?))
}

fn besides(store: &Store) -> Result<String, StoreError> {
    Ok(format!("{}\n{}", env!("CARGO_PKG_VERSION"), store.decisions()?))
}

fn basis(store: &Store) -> Result<Basis, StoreError> {
    let besides = besides(store)?;
    let of = store.digest(&besides);
    Ok(Basis { of, besides: hash(&besides), articles: store.stamps() })
}

fn step_index(writer: &Writer, basis: &Basis, jobs: usize, anew: bool) -> Result<(), StoreError> {
    if !Writer::HAS_INDEX {
        return Ok(());
    }
    let mut graphs = writer.store().derived(&basis.of)?.unwrap_or_default();
    graphs.push(ontology(&base_of(writer.store())));
    writer.bring_index_in_step(&graphs, jobs, anew)
}

/// Derives what has changed since the last derivation; `None` where that is not there, or where
/// so much has changed that all is as soon derived anew.
fn step(writer: &mut Writer, basis: &Basis) -> Result<Option<BTreeSet<String>>, StoreError> {
    let store = writer.store();
    // What cannot be read of it is derived anew.
    let Some(mut last) = store.last_derivation(&basis.besides).ok().flatten() else {
        return Ok(None);
    };
    let shelf = Shelved(last.take_shelf());
    let [before, now] = [&last.articles, &basis.articles]
        .map(|stamps| -> BTreeSet<&Stamp> { stamps.iter().collect() });
    let added: Vec<&str> = now.difference(&before).map(|stamp| stamp.key.as_str()).collect();
    let gone: Vec<&str> = before.difference(&now).map(|stamp| stamp.key.as_str()).collect();
    if (added.len() + gone.len()) * WORTH > now.len() {
        return Ok(None);
    }
    let base = base_of(store);
    let heads = added.iter().filter_map(|key| store.get(key));
    let digests: Vec<Digest> = heads
        .map(|head| digest(store, head))
        .filter_map(Result::transpose)
        .collect::<Result<_, StoreError>>()?;
    let former: Recorded = last.articles.iter().map(|stamp| stamp.key.as_str()).zip(1..).collect();
    let recorded = store.recorded().into_iter().collect();
    let mut fusion =
        Fusion::new(decisions(store, &base)?, recorded, &base).on_shelf(Box::new(shelf), former);
    let delta = fusion.update(digests, &gone);
    let Ok(records) = fusion.into_changes() else { return Ok(None) };
    let superseding = delta.added.iter().filter_map(|quad| superseding(quad, &base)).collect();
    let mut changes: BTreeMap<String, Changes> = BTreeMap::new();
    for (quads, holds) in [(&delta.removed, false), (&delta.added, true)] {
        for quad in quads {
            let Some(name) = graph_of(quad, &base) else { continue };
            let graph = changes
                .entry(name.to_owned())
                .or_insert_with(|| Changes { name: name.to_owned(), ..Changes::default() });
            let line = canonical([quad.as_ref()]).trim_end().to_owned();
            if holds { &mut graph.added } else { &mut graph.removed }.push(line);
        }
    }
    let records = records.into_iter().map(filed).collect();
    writer.change_derived(basis, last, changes.into_values().collect(), records)?;
    Ok(Some(superseding))
}

/// Stepping from the last derivation is worth it where at most one article of so many is another.
const WORTH: usize = 8;

/// What the last derivation left, as fusion reads it.
struct Shelved(store::Shelf);

impl fusion::Shelf for Shelved {
    fn read(&self, key: u64, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ShelfError> {
        self.0.read(key, each).map_err(|error| ShelfError(error.to_string()))
    }
}

fn filed(record: Record) -> Filed {
    let Record { key, sub, content } = record;
    Filed { key, sub, content }
}

fn derive_into(
    writer: &mut Writer,
    basis: &Basis,
    jobs: usize,
) -> Result<BTreeSet<String>, StoreError> {
    let fusion = fuse(writer.store(), jobs)?;
    let base = base_of(writer.store());
    let mut found = BTreeSet::new();
    let graphs = graphs(&fusion, &base, |quad| found.extend(superseding(quad, &base)));
    writer.write_derived(basis, graphs, |put| {
        fusion.for_each_record(&mut |record| put(filed(record)));
    })?;
    Ok(found)
}

fn decisions(store: &Store, base: &Base) -> Result<Decisions, StoreError> {
    Decisions::parse(&store.decisions()?, base).map_err(|error| StoreError::Decisions {
        path: decisions_file(store),
        what: error.to_string(),
    })
}

fn derive(store: &Store, jobs: usize) -> Result<Vec<Derived>, StoreError> {
    let graphs = graphs(&fuse(store, jobs)?, &base_of(store), |_| ());
    let derived = graphs.into_iter().map(|(name, lines)| {
        let mut nquads = Vec::new();
        lines.write(&mut nquads).expect("a vector takes every write");
        Derived { name, nquads: String::from_utf8(nquads).expect("quads are written as text") }
    });
    Ok(derived.collect())
}

/// Looks at all articles of a store.
fn fuse(store: &Store, jobs: usize) -> Result<Fusion, StoreError> {
    let base = base_of(store);
    let decisions = decisions(store, &base)?;
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
    Ok(fusion)
}

/// What fusion needs of an article; `None` where it has been taken out since.
fn digest(store: &Store, head: &Head) -> Result<Option<Digest>, StoreError> {
    let failed = |what: String| StoreError::Graph { key: head.key.clone(), what };
    let Some(nquads) = store.nquads(head)? else { return Ok(None) };
    let quads: Result<Vec<Quad>, _> = parse(&nquads).collect();
    let quads = quads.map_err(|error| failed(error.to_string()))?;
    Digest::of(&quads).map(Some).map_err(|error| failed(error.to_string()))
}

/// The derived graphs that have quads, by the last part of their names; `each` sees each quad.
fn graphs(fusion: &Fusion, base: &Base, mut each: impl FnMut(&Quad)) -> Vec<(String, Sorted)> {
    let mut lines: BTreeMap<String, Sorted> = BTreeMap::new();
    fusion.for_each(|quad| {
        each(&quad);
        if let Some(name) = graph_of(&quad, base) {
            match lines.get_mut(name) {
                Some(lines) => lines.push(quad.as_ref()),
                None => lines
                    .entry(name.to_owned())
                    .or_insert_with(|| Sorted::new(base.as_str()))
                    .push(quad.as_ref()),
            }
        }
    });
    let names = GRAPHS.iter().map(|name| name.rsplit('/').next().unwrap_or(name));
    names.filter_map(|name| Some((name.to_owned(), lines.remove(name)?))).collect()
}

/// The last part of the name of the derived graph that a quad is in.
fn graph_of<'q>(quad: &'q Quad, base: &Base) -> Option<&'q str> {
    let GraphName::NamedNode(graph) = &quad.graph_name else { return None };
    let local = graph.as_str().strip_prefix(base.as_str())?;
    GRAPHS.contains(&local).then(|| local.rsplit('/').next().unwrap_or(local))
}

/// The key of the article of which a quad says that it supersedes another.
fn superseding(quad: &Quad, base: &Base) -> Option<String> {
    let NamedOrBlankNode::NamedNode(newer) = &quad.subject else { return None };
    let key = newer.as_str().strip_prefix(base.as_str())?.strip_prefix("a/")?;
    (quad.predicate == ng::SUPERSEDES).then(|| key.to_owned())
}

fn decisions_file(store: &Store) -> PathBuf {
    store.root().join("decisions.tsv")
}

/// The order of versions in an input that is not stored: the later one comes later.
pub(super) fn in_order<'a>(keys: impl Iterator<Item = &'a str>) -> Recorded {
    keys.zip(1..).collect()
}
