//! The order of what is written.

use std::cmp::Reverse;

use oxrdf::{NamedOrBlankNode, Term, Triple};

/// Sorts triples as their N-Triples lines are, and drops doubles.
pub(super) fn sort(triples: &mut Vec<Triple>) {
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
}

/// The parts of a graph in the order in which one reads them, each with its heading: from the
/// article over what is said to what it rests on.
const PARTS: [(&str, &str); 14] = [
    ("s/", "statements: who says so"),
    ("c/", "claims: what is said to be so"),
    ("v/", "events"),
    ("f/", "figures"),
    ("t/", "times"),
    ("e/", "entities"),
    ("l/", "links"),
    ("n/", "individuals: entities across articles"),
    ("h/", "happenings: events across articles"),
    ("p/", "propositions: what claims say alike"),
    ("graph/", "graphs"),
    ("g/", "graphs"),
    ("r/", "runs"),
    ("", "others"),
];
const ARTICLE: usize = 0;
const OTHERS: usize = PARTS.len();
const EVIDENCE: usize = PARTS.len() + 1;

/// Where a subject stands: its part; in the text, by begin and the longer first; its IRI.
type Key<'a> = (usize, u32, Reverse<u32>, &'a str);

/// The triples of each subject, in reading order, with the number of their part.
pub(super) fn blocks<'t>(base: &str, triples: &'t [Triple]) -> Vec<(usize, &'t [Triple])> {
    let blocks = triples.chunk_by(|a, b| a.subject == b.subject);
    let mut blocks: Vec<_> = blocks.map(|block| (key(base, block), block)).collect();
    blocks.sort_by_key(|(key, _)| *key);
    blocks.into_iter().map(|((part, ..), block)| (part, block)).collect()
}

/// The heading of a part.
pub(super) fn heading(part: usize) -> &'static str {
    match part {
        ARTICLE => "article",
        EVIDENCE => "evidence: sentences and spans",
        _ => PARTS.get(part - 1).map_or("", |(_, heading)| heading),
    }
}

/// The key of the subject of `triples`, which all have the same.
fn key<'a>(base: &str, triples: &'a [Triple]) -> Key<'a> {
    let iri = match triples.first().map(|triple| &triple.subject) {
        Some(NamedOrBlankNode::NamedNode(node)) => node.as_str(),
        Some(NamedOrBlankNode::BlankNode(node)) => node.as_str(),
        None => "",
    };
    let Some(local) = iri.strip_prefix(base) else { return (OTHERS, 0, Reverse(0), iri) };
    if let Some((begin, end)) = chars(iri) {
        return (EVIDENCE, begin, Reverse(end), iri);
    }
    if local.starts_with("a/") {
        return (ARTICLE, 0, Reverse(0), iri);
    }
    let part =
        PARTS.iter().position(|(start, _)| local.starts_with(start)).map_or(OTHERS, |i| i + 1);
    let spans = triples.iter().filter_map(|triple| match &triple.object {
        Term::NamedNode(node) => chars(node.as_str()),
        _ => None,
    });
    let (begin, end) = spans.min_by_key(|&(begin, end)| (begin, Reverse(end))).unwrap_or((0, 0));
    (part, begin, Reverse(end), iri)
}

/// The offsets of an RFC 5147 fragment `#char=begin,end`.
fn chars(iri: &str) -> Option<(u32, u32)> {
    let (_, fragment) = iri.split_once("#char=")?;
    let (begin, end) = fragment.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use oxrdf::NamedNode;

    use super::*;

    #[test]
    fn subjects_stand_in_reading_order() {
        let base = "https://x.example/d/";
        let node = |local: &str| NamedNode::new_unchecked(format!("{base}{local}"));
        let about =
            |subject: &str, object: &str| vec![Triple::new(node(subject), node("p"), node(object))];
        let groups = [
            about("a/k", "g/k"),
            about("s/own", "c/1"),
            about("s/b", "a/k#char=9,12"),
            about("s/a", "a/k#char=10,12"),
            about("c/1", "a/k#char=2,3"),
            about("a/k#char=0,40", "a/k"),
            about("a/k#char=0,4", "a/k#char=0,40"),
            about("a/k#char=9,12", "a/k#char=0,40"),
            about("a/k#char=10,12", "a/k#char=0,40"),
        ];
        let keys: Vec<_> = groups.iter().map(|group| key(base, group)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(heading(keys[0].0), "article");
        assert_eq!(heading(keys[8].0), "evidence: sentences and spans");
    }
}
