//! What people read in place of an IRI.

use std::collections::BTreeMap;

use oxigraph::store::Store;
use oxrdf::{NamedNode, NamedNodeRef, Term};

use crate::query::prefix::shorten;
use crate::vocab::{dct, et, ng, rdfs, schema};

/// Looks up labels in a store and remembers them.
pub(super) struct Labels<'s> {
    store: &'s Store,
    known: BTreeMap<NamedNode, String>,
}

/// The properties that name a thing, best first: an article goes by its id, as on the command line.
const NAMING: &[NamedNodeRef<'static>] = &[rdfs::LABEL, dct::IDENTIFIER, schema::HEADLINE];

/// Namespaces whose local names are words that people read as they are.
const VALUES: &[&str] = &[ng::NAMESPACE, et::NAMESPACE];

impl<'s> Labels<'s> {
    pub(super) fn new(store: &'s Store) -> Self {
        Self { store, known: BTreeMap::new() }
    }

    /// The words for a term: a literal's value, an IRI's label, else its prefixed name or itself.
    pub(super) fn of(&mut self, term: &Term) -> String {
        match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::NamedNode(iri) => {
                if let Some(words) = self.known.get(iri) {
                    return words.clone();
                }
                let words = self.look_up(iri);
                self.known.insert(iri.clone(), words.clone());
                words
            }
        }
    }

    fn look_up(&self, iri: &NamedNode) -> String {
        if let Some(local) = VALUES.iter().find_map(|ns| iri.as_str().strip_prefix(ns)) {
            return local.to_owned();
        }
        let label = NAMING.iter().find_map(|&property| {
            let quads =
                self.store.quads_for_pattern(Some(iri.as_ref().into()), Some(property), None, None);
            // The least label: the order of a store is not the same in every store.
            quads
                .flatten()
                .filter_map(|quad| match quad.object {
                    Term::Literal(literal) => Some(literal.value().to_owned()),
                    Term::NamedNode(_) | Term::BlankNode(_) => None,
                })
                .min()
        });
        label.or_else(|| shorten(iri.as_str())).unwrap_or_else(|| iri.as_str().to_owned())
    }
}
