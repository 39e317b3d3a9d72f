//! Small questions to a store, answered in a fixed order.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::{StorageError, Store};

/// Reads the union of a store's graphs.
pub(super) struct Reader<'s> {
    store: &'s Store,
}

type Result<T> = std::result::Result<T, StorageError>;

impl<'s> Reader<'s> {
    pub(super) fn new(store: &'s Store) -> Self {
        Self { store }
    }

    /// What stands at the end of a property, sorted, each once.
    pub(super) fn objects(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>> {
        let quads = self.store.quads_for_pattern(Some(subject.into()), Some(property), None, None);
        let mut found: Vec<Term> =
            quads.map(|quad| Ok(quad?.object)).collect::<Result<Vec<_>>>()?;
        found.sort_by_cached_key(ToString::to_string);
        found.dedup();
        Ok(found)
    }

    /// The IRIs at the end of a property.
    pub(super) fn nodes(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>> {
        let objects = self.objects(subject, property)?;
        Ok(objects
            .into_iter()
            .filter_map(|term| match term {
                Term::NamedNode(node) => Some(node),
                Term::BlankNode(_) | Term::Literal(_) => None,
            })
            .collect())
    }

    /// The first IRI at the end of a property.
    pub(super) fn node(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<NamedNode>> {
        Ok(self.nodes(subject, property)?.into_iter().next())
    }

    /// The first literal at the end of a property.
    pub(super) fn text(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>> {
        let objects = self.objects(subject, property)?;
        Ok(objects.into_iter().find_map(|term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::BlankNode(_) | Term::NamedNode(_) => None,
        }))
    }

    /// The local name of the concept at the end of a property.
    pub(super) fn concept(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>> {
        Ok(self.node(subject, property)?.map(|node| local_name(&node).to_owned()))
    }

    /// The nodes that have this property with this value, sorted, each once.
    pub(super) fn subjects(
        &self,
        property: NamedNodeRef<'_>,
        object: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>> {
        self.matching(Some(property), Some(object))
    }

    /// The nodes that have this property, or where it is `None` any, sorted, each once.
    pub(super) fn matching(
        &self,
        property: Option<NamedNodeRef<'_>>,
        object: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<NamedNode>> {
        let quads = self.store.quads_for_pattern(None, property, object.map(Into::into), None);
        let mut found = Vec::new();
        for quad in quads {
            if let oxigraph::model::NamedOrBlankNode::NamedNode(node) = quad?.subject {
                found.push(node);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Whether the store says anything of a node.
    pub(super) fn knows(&self, node: NamedNodeRef<'_>) -> Result<bool> {
        let mut quads = self.store.quads_for_pattern(Some(node.into()), None, None, None);
        Ok(quads.next().transpose()?.is_some())
    }

    /// Whether a node is of a class.
    pub(super) fn is_a(
        &self,
        node: NamedNodeRef<'_>,
        classes: &[NamedNodeRef<'_>],
    ) -> Result<bool> {
        let types = self.nodes(node, crate::vocab::rdf::TYPE)?;
        Ok(types.iter().any(|t| classes.contains(&t.as_ref())))
    }
}

/// What stands after the last `#` or `/`.
pub(super) fn local_name(node: &NamedNode) -> &str {
    node.as_str().rsplit(['#', '/']).next().unwrap_or(node.as_str())
}

/// The article and the offsets of a span's IRI.
pub(super) fn offsets(span: NamedNodeRef<'_>) -> Option<(NamedNode, usize, usize)> {
    let (article, range) = span.as_str().split_once("#char=")?;
    let (begin, end) = range.split_once(',')?;
    Some((NamedNode::new_unchecked(article), begin.parse().ok()?, end.parse().ok()?))
}
