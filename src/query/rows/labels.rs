//! What people read in place of an IRI.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, Term};

use crate::query::engine::Engine;
use crate::query::error::QueryError;
use crate::query::prefix::shorten;
use crate::vocab::{et, ng};

/// The labels of the terms of an answer.
pub(super) struct Labels(BTreeMap<NamedNode, String>);

/// Namespaces whose local names are words that people read as they are.
const VALUES: &[&str] = &[ng::NAMESPACE, et::NAMESPACE];

fn value(iri: &NamedNode) -> Option<&str> {
    VALUES.iter().find_map(|namespace| iri.as_str().strip_prefix(namespace))
}

impl Labels {
    /// Looks the labels of terms up, each once.
    pub(super) fn of_all<'t>(
        terms: impl Iterator<Item = &'t Term>,
        engine: &dyn Engine,
    ) -> Result<Self, QueryError> {
        let iris: BTreeSet<NamedNode> = terms
            .filter_map(|term| match term {
                Term::NamedNode(iri) if value(iri).is_none() => Some(iri.clone()),
                _ => None,
            })
            .collect();
        engine.labels(&iris).map(Self)
    }

    /// The words for a term: a literal's value, an IRI's label, else its prefixed name or itself.
    pub(super) fn of(&self, term: &Term) -> String {
        match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::NamedNode(iri) => {
                let words = value(iri).or_else(|| self.0.get(iri).map(String::as_str));
                let words = words.map(str::to_owned).or_else(|| shorten(iri.as_str()));
                words.unwrap_or_else(|| iri.as_str().to_owned())
            }
        }
    }
}
