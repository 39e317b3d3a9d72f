//! The order in which a store came to know its articles.
//!
//! Which of two versions of a piece is the later one is told by their publication; where that does
//! not tell, by their retrieval, and last by when they came in. That is kept with each article
//! ([`Ingest`](super::Ingest)), so that what is derived stays a function of the set of segments.

use super::segment::Head;

/// A number for each article, by key: greater for what was retrieved, else came in, later.
pub(super) fn recorded<'a>(heads: impl Iterator<Item = &'a Head>) -> Vec<(&'a str, u64)> {
    let mut heads: Vec<&Head> = heads.collect();
    heads.sort_by(|a, b| order(a).cmp(&order(b)));
    heads.into_iter().map(|head| head.key.as_str()).zip(1..).collect()
}

fn order(head: &Head) -> impl Ord + '_ {
    let ingest = &head.ingest;
    (head.retrieved.as_ref().unwrap_or(&ingest.at), &ingest.at, ingest.nth, &head.key)
}
