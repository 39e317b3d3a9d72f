//! What all articles together tell of an individual, counted, so that one article more or less
//! changes it without a look at the others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::digest::Entity;
use super::individual::{Change, Individual};
use crate::graph::Hash;

/// An individual that entities of several articles can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Profile {
    /// Its entities.
    members: u32,
    /// Those of them that are mentioned by name.
    named: u32,
    labels: Counts,
    keys: Counts,
    links: Counts,
    /// Entities with links that a person verified.
    verified: BTreeSet<Hash>,
}

/// Texts with how often each is there, sorted; none is there no times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts(Vec<(String, u32)>);

impl Counts {
    fn change(&mut self, text: &str, change: Change) {
        match (self.0.binary_search_by(|(known, _)| known.as_str().cmp(text)), change) {
            (Ok(at), Change::Add) => self.0[at].1 += 1,
            (Err(at), Change::Add) => self.0.insert(at, (text.to_owned(), 1)),
            (Ok(at), Change::Remove) => {
                self.0[at].1 -= 1;
                if self.0[at].1 == 0 {
                    self.0.remove(at);
                }
            }
            (Err(_), Change::Remove) => {}
        }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(text, _)| text.as_str())
    }
}

impl Profile {
    /// The profile of an individual that has one entity.
    pub(super) fn of(entity: &Entity, individual: &Individual, verified: bool) -> Self {
        let mut profile = Self::default();
        profile.change(entity, individual, verified, Change::Add);
        profile
    }

    /// Adds or removes an entity.
    pub(super) fn change(
        &mut self,
        entity: &Entity,
        individual: &Individual,
        verified: bool,
        change: Change,
    ) {
        let step = |count: &mut u32| match change {
            Change::Add => *count += 1,
            Change::Remove => *count = count.saturating_sub(1),
        };
        step(&mut self.members);
        if entity.named {
            step(&mut self.named);
        }
        self.labels.change(&entity.label, change);
        if let Some(key) = &entity.key {
            self.keys.change(key, change);
        }
        if let Some(link) = &individual.link {
            self.links.change(link, change);
        }
        match change {
            Change::Add if verified => drop(self.verified.insert(entity.id)),
            Change::Add => {}
            Change::Remove => drop(self.verified.remove(&entity.id)),
        }
    }

    /// Whether it has no entity any more.
    pub(super) fn is_empty(&self) -> bool {
        self.members == 0
    }

    /// Whether it is mentioned by name somewhere.
    pub(super) fn is_named(&self) -> bool {
        self.named > 0
    }

    /// The label that occurs most often; of several the least.
    pub(super) fn label(&self) -> Option<&str> {
        let commonest = self.labels.0.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        commonest.map(|(label, _)| label.as_str())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.texts()
    }

    pub(super) fn links(&self) -> impl Iterator<Item = &str> {
        self.links.texts()
    }

    /// Its entities with links that a person verified.
    pub(super) fn verified(&self) -> impl Iterator<Item = Hash> {
        self.verified.iter().copied()
    }
}
