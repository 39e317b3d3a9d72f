//! The prefixes that every question may use undeclared.

/// `(prefix, namespace)`, sorted by prefix.
pub const PREFIXES: &[(&str, &str)] = &[
    ("cameo", "https://w3id.org/newsgraph/cameo#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("et", "https://w3id.org/newsgraph/event-type#"),
    ("gaf", "http://groundedannotationframework.org/gaf#"),
    ("ng", "https://w3id.org/newsgraph/ns#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The IRI as prefix and local name, where one of [`PREFIXES`] fits and the rest is a plain name.
pub fn shorten(iri: &str) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace)?;
        let plain = !local.is_empty()
            && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        plain.then(|| format!("{prefix}:{local}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_namespaces_are_iris() {
        assert!(PREFIXES.is_sorted());
        assert!(PREFIXES.iter().all(|(_, iri)| oxrdf::NamedNode::new(*iri).is_ok()));
    }

    #[test]
    fn only_plain_local_names_are_shortened() {
        assert_eq!(shorten("https://schema.org/Person").as_deref(), Some("schema:Person"));
        assert_eq!(shorten("https://schema.org/a/b"), None);
        assert_eq!(shorten("https://schema.org/"), None);
        assert_eq!(shorten("urn:x:y"), None);
    }
}
