//! Oxigraph over the segments, in memory.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use oxigraph::model::Quad;
use oxigraph::store::Store as Oxigraph;

use super::derived::Derived;
use super::error::{Result, StoreError};
use super::segment::Head;
use super::{Store, parse};

/// Which articles a question needs.
#[derive(Clone, Copy, Debug, Default)]
pub enum Selection<'a> {
    /// All.
    #[default]
    All,
    /// Those with these keys.
    Keys(&'a [&'a str]),
}

/// The quads of a store, ready for questions.
pub struct Index {
    oxigraph: Oxigraph,
}

/// How many quads go into Oxigraph's loader at once: enough to be quick, few enough to stay in the
/// processor's cache.
const BATCH_MEGABYTES: usize = 4;

impl Index {
    /// Loads articles and graphs into memory: the segments are unpacked and parsed by `jobs` − 1
    /// threads, at least one, while this one inserts. The same selection gives the same order of
    /// quads at any number of jobs.
    ///
    /// # Errors
    ///
    /// A segment that cannot be read or is damaged.
    ///
    /// # Cost
    ///
    /// About 370 bytes and 4 µs a quad.
    pub fn load(
        store: &Store,
        what: Selection<'_>,
        graphs: &[Derived],
        jobs: usize,
    ) -> Result<Self> {
        let heads: Vec<&Head> = match what {
            Selection::All => store.heads().collect(),
            Selection::Keys(keys) => keys.iter().filter_map(|key| store.get(key)).collect(),
        };
        let oxigraph = Oxigraph::new()?;
        load(&oxigraph, store, &heads, graphs, jobs)?;
        Ok(Self { oxigraph })
    }

    /// An index of quads that no store holds.
    ///
    /// # Errors
    ///
    /// Oxigraph's.
    pub fn of(quads: impl IntoIterator<Item = Quad>) -> Result<Self> {
        let oxigraph = Oxigraph::new()?;
        let mut loader = oxigraph
            .bulk_loader()
            .with_num_threads(1)
            .with_max_memory_size_in_megabytes(BATCH_MEGABYTES);
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(Self { oxigraph })
    }

    /// Oxigraph, to ask.
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.oxigraph
    }
}

/// Loads the segments of `heads`, in their order, then `graphs`, in one bulk load.
fn load(
    oxigraph: &Oxigraph,
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
        let derived = graphs.iter().map(|graph| {
            parsed(&graph.nquads, |what| StoreError::Schema {
                path: store.layout.derived().join(&graph.name),
                what,
            })
        });
        let quads = articles.chain(derived).flat_map(|quads| match quads {
            Ok(quads) => Flat::Quads(quads.into_iter()),
            Err(error) => Flat::Error(Some(error)),
        });
        let mut loader = oxigraph
            .bulk_loader()
            .with_num_threads(1)
            .with_max_memory_size_in_megabytes(BATCH_MEGABYTES);
        loader.load_ok_quads::<StoreError, StoreError>(quads)?;
        loader.commit()?;
        Ok(())
    })
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
    parsed(&text, |what| StoreError::Damaged {
        path: store.layout.segment(&head.key),
        key: head.key.clone(),
        what,
    })
}

fn parsed(text: &str, error: impl Fn(String) -> StoreError) -> Result<Vec<Quad>> {
    parse(text).map(|quad| quad.map_err(|e| error(e.to_string()))).collect()
}
