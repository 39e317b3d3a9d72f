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

/// Brings the derived graphs on disk in step with the articles. Says whether they had to change.
///
/// # Errors
///
/// A segment that cannot be read, a file that cannot be written.
pub fn refresh(writer: &mut Writer) -> Result<bool, StoreError> {
    let of = of(writer.store());
    if writer.store().derived(&of)?.is_some() {
        return Ok(false);
    }
    let graphs = derive(writer.store())?;
    writer.write_derived(&of, &graphs)?;
    Ok(true)
}

/// The set and the program that its derived graphs follow from.
fn of(store: &Store) -> String {
    format!("{}-{}", store.digest(), env!("CARGO_PKG_VERSION"))
}

#[expect(clippy::unnecessary_wraps, reason = "fusion will read segments")]
fn derive(_store: &Store) -> Result<Vec<Derived>, StoreError> {
    Ok(Vec::new())
}
