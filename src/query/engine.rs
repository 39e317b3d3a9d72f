//! What answers questions.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store;
use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::error::QueryError;
use super::question::BoundQuestion;
use super::run::run;
use crate::vocab::{dct, rdfs, schema};

/// The properties that name a thing, best first: an article goes by its id, as on the command line.
pub(super) const NAMING: &[NamedNodeRef<'static>] =
    &[rdfs::LABEL, dct::IDENTIFIER, schema::HEADLINE];

/// Whatever answers questions: a store at hand, or an [`Endpoint`](super::Endpoint) elsewhere.
pub trait Engine {
    /// Answers a question over the union of all graphs.
    ///
    /// # Errors
    ///
    /// Whatever hinders the answer; the same may come out of its rows.
    fn answer(&self, question: &BoundQuestion) -> Result<QueryResults<'static>, QueryError>;

    /// What people read in place of IRIs; those that have no name are left out.
    ///
    /// # Errors
    ///
    /// Whatever hinders the answer.
    fn labels(&self, iris: &BTreeSet<NamedNode>)
    -> Result<BTreeMap<NamedNode, String>, QueryError>;
}

impl Engine for Store {
    fn answer(&self, question: &BoundQuestion) -> Result<QueryResults<'static>, QueryError> {
        run(question, self, CancellationToken::new())
    }

    fn labels(
        &self,
        iris: &BTreeSet<NamedNode>,
    ) -> Result<BTreeMap<NamedNode, String>, QueryError> {
        let mut labels = BTreeMap::new();
        for iri in iris {
            for &property in NAMING {
                let quads =
                    self.quads_for_pattern(Some(iri.as_ref().into()), Some(property), None, None);
                let mut found: Option<String> = None;
                for quad in quads {
                    // The least label: the order of a store is not the same in every store.
                    if let Term::Literal(literal) = quad?.object
                        && found.as_deref().is_none_or(|least| literal.value() < least)
                    {
                        found = Some(literal.value().to_owned());
                    }
                }
                if let Some(label) = found {
                    labels.insert(iri.clone(), label);
                    break;
                }
            }
        }
        Ok(labels)
    }
}
