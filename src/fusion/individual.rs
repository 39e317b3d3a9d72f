//! Which individual an entity is.
//!
//! By an accepted link; or else by class and normal form of its name, together with the one link
//! that entities of that name have, if it is one; or else it is an individual of its own.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::decision::{Decisions, Node};
use super::digest::{Digest, Entity};
use super::term::Name;
use crate::graph::{Base, Hash, Hasher};

/// Class and normal form of a name.
pub(super) type NameKey = (Name, String);

/// The names of a store and the links that entities of each have, with their number.
#[derive(Default)]
pub(super) struct Names {
    links: BTreeMap<NameKey, BTreeMap<String, usize>>,
    /// The articles that have an entity of the name without a link.
    unlinked: BTreeMap<NameKey, BTreeMap<Hash, usize>>,
}

/// A change of the names of one article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

impl Names {
    /// Adds or removes an article's names. Returns those of which entities without a link may now
    /// be another individual.
    pub(super) fn change(
        &mut self,
        digest: &Digest,
        decisions: &Decisions,
        change: Change,
    ) -> BTreeSet<NameKey> {
        let keyed = digest.entities.iter().filter_map(|e| Some((e, name_key(e)?)));
        let mut before: BTreeMap<NameKey, Option<String>> = BTreeMap::new();
        for (entity, key) in keyed {
            let link = link(entity, decisions).map(str::to_owned);
            if let Some(link) = link {
                let now = self.one_link(&key).map(str::to_owned);
                before.entry(key.clone()).or_insert(now);
                count(&mut self.links, key, link, change);
            } else {
                count(&mut self.unlinked, key, digest.article, change);
            }
        }
        let changed =
            before.into_iter().filter(|(key, link)| self.one_link(key) != link.as_deref());
        changed.map(|(key, _)| key).collect()
    }

    /// The articles that have an entity of one of the names without a link.
    pub(super) fn unlinked(&self, keys: &BTreeSet<NameKey>) -> BTreeSet<Hash> {
        let articles = keys.iter().filter_map(|key| self.unlinked.get(key));
        articles.flat_map(|articles| articles.keys().copied()).collect()
    }

    /// Notes the names without a link of an article whose links are counted already.
    pub(super) fn restore(&mut self, digest: &Digest, decisions: &Decisions) {
        for key in unlinked_keys(digest, decisions) {
            count(&mut self.unlinked, key, digest.article, Change::Add);
        }
    }

    /// The names that have links, and these with their number.
    pub(super) fn links(&self) -> impl Iterator<Item = (&NameKey, &BTreeMap<String, usize>)> {
        self.links.iter()
    }

    /// Sets the links of a name, with their number.
    pub(super) fn restore_links(&mut self, key: NameKey, links: BTreeMap<String, usize>) {
        self.links.insert(key, links);
    }

    /// The link of a name, where its entities have exactly one.
    fn one_link(&self, key: &NameKey) -> Option<&str> {
        let links = self.links.get(key)?;
        links.keys().next().filter(|_| links.len() == 1).map(String::as_str)
    }
}

/// Counts `item` under a name; a name without items is not kept.
fn count<K: Ord>(
    counts: &mut BTreeMap<NameKey, BTreeMap<K, usize>>,
    key: NameKey,
    item: K,
    change: Change,
) {
    match change {
        Change::Add => *counts.entry(key).or_default().entry(item).or_default() += 1,
        Change::Remove => {
            let Entry::Occupied(mut items) = counts.entry(key) else { return };
            if let Entry::Occupied(mut number) = items.get_mut().entry(item) {
                *number.get_mut() -= 1;
                if *number.get() == 0 {
                    number.remove();
                }
            }
            if items.get().is_empty() {
                items.remove();
            }
        }
    }
}

/// The names that an article has without a link, as often as it has them.
pub(super) fn unlinked_keys(
    digest: &Digest,
    decisions: &Decisions,
) -> impl Iterator<Item = NameKey> {
    let entities = digest.entities.iter().filter(|entity| link(entity, decisions).is_none());
    entities.filter_map(name_key)
}

pub(super) fn name_key(entity: &Entity) -> Option<NameKey> {
    Some((entity.class, entity.key.clone()?))
}

/// The link of an entity, unless a person said that it does not hold.
fn link<'e>(entity: &'e Entity, decisions: &Decisions) -> Option<&'e str> {
    let link = entity.link.as_deref()?;
    let refused = decisions.unlinked.get(&entity.id).is_some_and(|links| links.contains(link));
    Some(link).filter(|_| !refused)
}

/// An individual: its hash, the link that makes it, and whether other articles may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Individual {
    pub(super) id: Hash,
    pub(super) link: Option<String>,
    pub(super) known: bool,
}

/// Finds individuals under the decisions of a person.
pub(super) struct Finder {
    base: Base,
    decisions: Decisions,
    /// The individual that stands for one that a person joined with others.
    joined: BTreeMap<Hash, Hash>,
    /// The individuals that a person said entities to be.
    targets: BTreeSet<Hash>,
    /// Entities that a person took apart.
    apart: BTreeSet<Hash>,
    /// Verified links, by entity or individual.
    verified: BTreeMap<Node, BTreeSet<String>>,
}

impl Finder {
    pub(super) fn new(base: &Base, decisions: Decisions) -> Self {
        let mut verified: BTreeMap<Node, BTreeSet<String>> = BTreeMap::new();
        for (node, link) in &decisions.links {
            verified.entry(*node).or_default().insert(link.clone());
        }
        let mut groups: Vec<BTreeSet<Hash>> = Vec::new();
        for &(left, right) in &decisions.same {
            let mut group = BTreeSet::from([left, right]);
            groups.retain(|other| {
                let disjoint = other.is_disjoint(&group);
                if !disjoint {
                    group.extend(other);
                }
                disjoint
            });
            groups.push(group);
        }
        let mut joined = BTreeMap::new();
        for group in groups {
            // The least IRI stands for all; IRIs are compared as they are written.
            let least = group.iter().copied().min_by_key(ToString::to_string);
            let least = least.expect("a group has members");
            joined.extend(group.into_iter().map(|member| (member, least)));
        }
        let apart = decisions.apart.iter().map(|&(_, entity)| entity).collect();
        let named = decisions.moved.values().copied();
        let targets = named.map(|id| joined.get(&id).copied().unwrap_or(id)).collect();
        Self { base: base.clone(), decisions, joined, targets, apart, verified }
    }

    /// Whether entities of several articles can be this individual.
    pub(super) fn is_shared(&self, individual: &Individual) -> bool {
        individual.known || self.targets.contains(&individual.id)
    }

    pub(super) fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The individual of an entity.
    pub(super) fn find(&self, entity: &Entity, names: &Names) -> Individual {
        let joined = |id: Hash| self.joined.get(&id).copied();
        if let Some(&id) = self.decisions.moved.get(&entity.id) {
            return Individual { id: joined(id).unwrap_or(id), link: None, known: true };
        }
        let key = name_key(entity).filter(|_| !self.apart.contains(&entity.id));
        let own_link = link(entity, &self.decisions).filter(|_| !self.apart.contains(&entity.id));
        let link = own_link.or_else(|| names.one_link(key.as_ref()?)).map(str::to_owned);
        let by_link = link.as_deref().map(|link| Hasher::default().part("n").part(link).finish());
        let by_name = key.as_ref().map(|(class, name)| {
            Hasher::default().part("n").part(class.kind()).part(name).finish()
        });
        // A decision about the individual of a name holds on when the name gets a link.
        let known = by_link
            .and_then(joined)
            .or_else(|| by_name.and_then(joined))
            .or(by_link)
            .or(by_name)
            .or_else(|| joined(self.own(entity.id)));
        let id = known.unwrap_or_else(|| self.own(entity.id));
        Individual { id, link, known: known.is_some() }
    }

    /// The individual of an entity that is known in one article alone.
    fn own(&self, entity: Hash) -> Hash {
        let iri = self.base.node("e/", &entity.to_string());
        Hasher::default().part("n").part("local").part(iri.as_str()).finish()
    }

    /// The links that a person verified for an entity or for its individual.
    pub(super) fn verified(&self, node: Node) -> impl Iterator<Item = &str> {
        self.verified.get(&node).into_iter().flatten().map(String::as_str)
    }
}
