//! Segments into Oxigraph, parsed on several threads.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{BulkLoader, Store as Oxigraph};
use rustc_hash::FxHashSet;

use crate::store::derived::Derived;
use crate::store::error::{Result, StoreError};
use crate::store::segment::Head;
use crate::store::{Store, parse};

/// Quads for Oxigraph's loader at once, in its own rough measure: enough to be quick, few enough
/// to stay in the processor's cache.
const BATCH_MEGABYTES: usize = 4;

/// A loader into memory. (One onto disk wants large batches: each becomes files.)
pub(super) fn loader(oxigraph: &Oxigraph) -> BulkLoader<'_> {
    oxigraph.bulk_loader().with_num_threads(1).with_max_memory_size_in_megabytes(BATCH_MEGABYTES)
}

/// Loads the segments of `heads`, in their order, then `graphs`, in one bulk load.
pub(super) fn load(
    mut loader: BulkLoader<'_>,
    store: &Store,
    heads: &[&Head],
    graphs: &[Derived],
    jobs: usize,
) -> Result<()> {
    let parsers = jobs.saturating_sub(1).clamp(1, 4).min(heads.len().max(1));
    thread::scope(|scope| {
        // Parser n takes every n-th segment and hands it over through its own short channel: taken
        // in turn, they come in order, and none runs far ahead.
        let channels: Vec<Receiver<Result<Vec<Quad>>>> = (0..parsers)
            .map(|nth| {
                let (sender, receiver) = sync_channel(4);
                scope.spawn(move || {
                    for head in heads.iter().skip(nth).step_by(parsers) {
                        if sender.send(quads(store, head)).is_err() {
                            break;
                        }
                    }
                });
                receiver
            })
            .collect();
        let articles = (0..heads.len()).map(|i| {
            channels
                .get(i % parsers)
                .and_then(|channel| channel.recv().ok())
                .expect("each parser sends each of its segments")
        });
        let quads = articles.chain(graphs.iter().map(graph_quads)).flat_map(|quads| match quads {
            Ok(quads) => Flat::Quads(quads.into_iter()),
            Err(error) => Flat::Error(Some(error)),
        });
        loader.load_ok_quads::<StoreError, StoreError>(quads)?;
        loader.commit()?;
        Ok(())
    })
}

/// Loads what `graphs` say of the nodes that are there already: the quads that name one of them,
/// and those about what these lead to (individuals, happenings, propositions, concepts).
pub(super) fn load_about(oxigraph: &Oxigraph, graphs: &[Derived]) -> Result<()> {
    let mut known: FxHashSet<NamedNode> = FxHashSet::default();
    for quad in oxigraph {
        let quad = quad?;
        known.extend(subject(&quad).cloned());
        known.extend(object(&quad).cloned());
    }
    let quads: Vec<Quad> =
        graphs.iter().map(graph_quads).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let mut reached = FxHashSet::default();
    for quad in &quads {
        if object(quad).is_some_and(|node| known.contains(node)) {
            reached.extend(subject(quad).cloned());
        }
        if subject(quad).is_some_and(|node| known.contains(node)) {
            reached.extend(object(quad).cloned());
        }
    }
    let about = quads.into_iter().filter(|quad| {
        subject(quad).is_some_and(|node| known.contains(node) || reached.contains(node))
    });
    let mut loader = loader(oxigraph);
    loader.load_quads(about)?;
    loader.commit()?;
    Ok(())
}

fn subject(quad: &Quad) -> Option<&NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn object(quad: &Quad) -> Option<&NamedNode> {
    match &quad.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

/// The quads of a segment, or the error instead of them.
enum Flat {
    Quads(std::vec::IntoIter<Quad>),
    Error(Option<StoreError>),
}

impl Iterator for Flat {
    type Item = Result<Quad>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Quads(quads) => quads.next().map(Ok),
            Self::Error(error) => error.take().map(Err),
        }
    }
}

/// The quads of an article; none where it has been taken out since the store was listed.
fn quads(store: &Store, head: &Head) -> Result<Vec<Quad>> {
    let Some(text) = store.nquads(head)? else { return Ok(Vec::new()) };
    parsed(&text, usize::try_from(head.quads).unwrap_or(0), |what| StoreError::Damaged {
        path: store.layout.segment(&head.key),
        key: head.key.clone(),
        what,
    })
}

fn graph_quads(graph: &Derived) -> Result<Vec<Quad>> {
    parsed(&graph.nquads, 0, |what| StoreError::Derived { name: graph.name.clone(), what })
}

fn parsed(text: &str, expected: usize, error: impl Fn(String) -> StoreError) -> Result<Vec<Quad>> {
    let mut quads = Vec::with_capacity(expected);
    for quad in parse(text) {
        quads.push(quad.map_err(|e| error(e.to_string()))?);
    }
    Ok(quads)
}
