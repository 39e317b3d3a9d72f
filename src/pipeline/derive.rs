//! What is derived across the articles of a store.

use oxrdf::Quad;

use crate::graph::{Base, ontology_quads};
use crate::store::{Derived, Index, Selection, Store, StoreError, Writer, canonical};

/// The derived graphs of a store: those on disk where they are of this set of articles, else
/// derived anew. Writes nothing.
///
/// # Errors
///
/// A segment that cannot be read.
pub fn derived(store: &Store) -> Result<Vec<Derived>, StoreError> {
    let of = of(store);
    match store.derived(&of)? {
        Some(graphs) => Ok(graphs),
        None => derive(store),
    }
}

/// The index that questions are asked of: articles, what is derived from all of them, and the
/// ontology; not the runs.
///
/// # Errors
///
/// A segment that cannot be read or is damaged.
pub fn open_index(store: &Store, what: Selection<'_>, jobs: usize) -> Result<Index, StoreError> {
    let mut graphs = derived(store)?;
    graphs.push(ontology(&Base::new(store.base()).unwrap_or_default()));
    Index::load(store, what, &graphs, jobs)
}

/// The vocabulary and the event types, as they belong to every index.
pub(super) fn ontology(base: &Base) -> Derived {
    let quads = ontology_quads(base);
    Derived { name: "ontology".to_owned(), nquads: canonical(quads.iter().map(Quad::as_ref)) }
}

/// Brings what is derived from the articles in step with them, on disk: the derived graphs, and
/// the index where this program has one. Says whether the graphs had to change.
///
/// # Errors
///
/// A segment that cannot be read, a file that cannot be written.
pub fn refresh(writer: &mut Writer, jobs: usize) -> Result<bool, StoreError> {
    let of = of(writer.store());
    let kept = writer.store().derived(&of)?;
    let changed = kept.is_none();
    let mut graphs = match kept {
        Some(graphs) => graphs,
        None => derive_into(writer, &of)?,
    };
    graphs.push(ontology(&Base::new(writer.store().base()).unwrap_or_default()));
    writer.bring_index_in_step(&graphs, jobs, false)?;
    Ok(changed)
}

/// As [`refresh`], but makes all anew.
///
/// # Errors
///
/// As [`refresh`].
pub fn rebuild(writer: &mut Writer, jobs: usize) -> Result<(), StoreError> {
    let of = of(writer.store());
    let mut graphs = derive_into(writer, &of)?;
    graphs.push(ontology(&Base::new(writer.store().base()).unwrap_or_default()));
    writer.bring_index_in_step(&graphs, jobs, true)
}

/// The names of the derived graphs on disk that do not follow from the articles.
///
/// # Errors
///
/// A segment that cannot be read.
pub fn stale(store: &Store) -> Result<Vec<String>, StoreError> {
    let Some(kept) = store.derived(&of(store))? else { return Ok(Vec::new()) };
    let anew = derive(store)?;
    let differs = |graph: &&Derived| !anew.contains(graph);
    Ok(kept.iter().filter(differs).map(|graph| graph.name.clone()).collect())
}

fn derive_into(writer: &mut Writer, of: &str) -> Result<Vec<Derived>, StoreError> {
    let graphs = derive(writer.store())?;
    writer.write_derived(of, &graphs)?;
    Ok(graphs)
}

/// The set and the program that its derived graphs follow from.
fn of(store: &Store) -> String {
    format!("{}-{}", store.digest(), env!("CARGO_PKG_VERSION"))
}

#[expect(clippy::unnecessary_wraps, reason = "fusion will read segments")]
fn derive(_store: &Store) -> Result<Vec<Derived>, StoreError> {
    Ok(Vec::new())
}
