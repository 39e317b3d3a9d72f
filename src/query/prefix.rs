//! IRIs as people read them. The prefixes of the vocabulary need no declaration in a question.

use crate::vocab::PREFIXES;

/// The IRI as prefix and local name, where one of the vocabulary's prefixes fits and the rest is a plain name.
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
    fn only_plain_local_names_are_shortened() {
        assert_eq!(shorten("https://schema.org/Person").as_deref(), Some("schema:Person"));
        assert_eq!(shorten("https://schema.org/a/b"), None);
        assert_eq!(shorten("https://schema.org/"), None);
        assert_eq!(shorten("urn:x:y"), None);
    }
}
