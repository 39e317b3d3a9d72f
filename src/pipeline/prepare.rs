//! Facts become a segment.

use std::collections::BTreeSet;

use crate::facts::{Article, Facts, write_facts};
use crate::graph::{Base, GraphError, article_key, map_facts};
use crate::store::{Canonical, Head, Ingest, Packed, Segment, hash};
use crate::vocab;

/// An article that is ready to be stored, under the id that its facts have.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) facts: Facts,
    pub(super) packed: Packed,
}

impl Prepared {
    /// Maps and packs facts.
    pub(super) fn new(facts: Facts, base: &Base, ingest: Ingest) -> Result<Self, GraphError> {
        let ids = BTreeSet::from([facts.article.id.clone()]);
        let packed = pack(&facts, base, ids, ingest)?;
        Ok(Self { facts, packed })
    }
}

/// Maps and packs facts whose id is the least of `ids`.
pub(super) fn pack(
    facts: &Facts,
    base: &Base,
    ids: BTreeSet<String>,
    ingest: Ingest,
) -> Result<Packed, GraphError> {
    let mut lines = Canonical::default();
    let mut claims = 0;
    let quads = map_facts(facts, base, &mut |quad| {
        // Every claim has exactly one polarity, and nothing else has one.
        claims += u64::from(quad.predicate == vocab::ng::POLARITY);
        lines.push(quad);
    })?;
    let nquads = lines.finish();
    let line = line(facts);
    let Article { id: _, text: _, published, title, url, publisher, language: _, retrieved } =
        facts.article.clone();
    let head = Head {
        key: article_key(&facts.article),
        ids: ids.into_iter().collect(),
        url,
        published,
        retrieved,
        title,
        publisher,
        claims,
        quads: quads as u64,
        digest: hash(&nquads),
        facts: hash(&line),
        ingest,
    };
    Ok(Packed::new(Segment { head, facts: line, nquads }))
}

/// Facts as one line of the facts contract.
pub(super) fn line(facts: &Facts) -> String {
    let mut line = write_facts(facts);
    if !line.ends_with('\n') {
        line.push('\n');
    }
    line
}
