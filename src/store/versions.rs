//! Which article is a later version of which.
//!
//! Articles of one address are versions of one piece; so are articles of one id, unless their
//! addresses differ. The later publication supersedes the earlier, then the later retrieval, and
//! where neither tells, the one that came in later: that decision is kept with each article
//! ([`Ingest`](super::Ingest)), so that the order is a function of the set of segments.

use std::collections::{BTreeMap, BTreeSet};

use super::segment::Head;

/// The pairs (newer, older) of keys, sorted: each version and the one before it.
pub fn supersessions<'a>(heads: impl Iterator<Item = &'a Head> + Clone) -> Vec<(&'a str, &'a str)> {
    let mut pairs = BTreeSet::new();
    let mut by_url: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
    let mut by_id: BTreeMap<&str, Vec<&Head>> = BTreeMap::new();
    for head in heads {
        if let Some(url) = &head.url {
            by_url.entry(url).or_default().push(head);
        }
        for id in &head.ids {
            by_id.entry(id).or_default().push(head);
        }
    }
    for group in by_url.values_mut() {
        chain(group, &mut pairs);
    }
    for group in by_id.values_mut() {
        // A stem such as `001` names other articles in other folders: addresses tell them apart.
        let urls: BTreeSet<&str> = group.iter().filter_map(|head| head.url.as_deref()).collect();
        if urls.len() < 2 {
            chain(group, &mut pairs);
        }
    }
    pairs.into_iter().collect()
}

fn chain<'a>(group: &mut [&'a Head], pairs: &mut BTreeSet<(&'a str, &'a str)>) {
    group.sort_by(|a, b| order(a).cmp(&order(b)));
    for pair in group.windows(2) {
        if let [older, newer] = pair {
            pairs.insert((&newer.key, &older.key));
        }
    }
}

fn order(head: &Head) -> impl Ord + '_ {
    (&head.published, &head.retrieved, &head.ingest.at, head.ingest.nth, &head.key)
}
