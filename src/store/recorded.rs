//! The order in which a store came to know its articles.
//!
//! Which of two versions of a piece is the later one is told by their publication; where that does
//! not tell, by their retrieval, and last by when they came in. That is kept with each article
//! ([`Ingest`](super::Ingest)), so that what is derived stays a function of the set of segments.

use super::segment::Head;

/// The heads in the order in which their articles came to be known: by retrieval, else by coming in.
pub(super) fn recorded<'a>(heads: impl Iterator<Item = &'a Head>) -> Vec<&'a Head> {
    let mut heads: Vec<&Head> = heads.collect();
    heads.sort_by(|a, b| order(a).cmp(&order(b)));
    heads
}

/// What the place of an article in the order follows from, besides its key.
pub(super) fn place(head: &Head) -> String {
    let (retrieved, at, nth, _) = order(head);
    format!("{retrieved} {at} {nth}")
}

fn order(head: &Head) -> (&str, &str, u64, &str) {
    let ingest = &head.ingest;
    let retrieved = head.retrieved.as_ref().unwrap_or(&ingest.at);
    (retrieved, &ingest.at, ingest.nth, &head.key)
}
