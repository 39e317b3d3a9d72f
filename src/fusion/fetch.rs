//! Takes what a change needs from the shelf, before it is needed.
//!
//! [`Fusion`] is then a part of the store's whole: of each article that is there all is there, and
//! whoever looks for others by a key finds all that the store has, since they were fetched by that
//! key first. Without a shelf everything is there from the beginning, and nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};

use super::derive::{Fusion, Object, Touched};
use super::digest::Digest;
use super::happening::Telling;
use super::individual::{Individual, NameKey, name_key};
use super::shelf::{
    Kept, Record, Shelf, ShelfError, copies_key, copy_keys, follower_key, links_key,
    neighbour_keys, profile_key, relation_key, unlinked_key, version_key,
};
use super::telling::nodes;
use crate::graph::Hash;

/// The shelf and what was taken from it.
#[derive(Default)]
pub(super) struct Fetched {
    shelf: Option<Box<dyn Shelf>>,
    /// What was asked for already.
    asked: BTreeSet<u64>,
    /// The articles whose records may have to be written, those gone among them.
    pub(super) changed: BTreeSet<Hash>,
    /// The records of links and individuals, as they were.
    counted: BTreeMap<u64, Vec<u8>>,
    failed: Option<ShelfError>,
}

impl Fetched {
    pub(super) fn new(shelf: Box<dyn Shelf>) -> Self {
        Self { shelf: Some(shelf), ..Self::default() }
    }

    /// The records of a key that was not asked for before.
    fn read_once(&mut self, key: u64) -> Vec<(u64, Vec<u8>)> {
        if self.shelf.is_none() || !self.asked.insert(key) {
            return Vec::new();
        }
        self.read(key)
    }

    fn read(&mut self, key: u64) -> Vec<(u64, Vec<u8>)> {
        let mut found = Vec::new();
        let Some(shelf) = &self.shelf else { return found };
        if let Err(error) = shelf.read(key, &mut |sub, content| found.push((sub, content.to_vec())))
        {
            self.failed.get_or_insert(error);
        }
        found
    }

    fn parse<T: serde::de::DeserializeOwned>(&mut self, content: &[u8]) -> Option<T> {
        match serde_json::from_slice(content) {
            Ok(value) => Some(value),
            Err(error) => {
                self.failed.get_or_insert(ShelfError(error.to_string()));
                None
            }
        }
    }
}

impl Fusion {
    /// Fetches an article.
    pub(super) fn fetch(&mut self, article: Hash) {
        self.fetch_by_half(article.halves().0);
    }

    fn fetch_by_half(&mut self, half: u64) {
        for (_, content) in self.fetched.read_once(half) {
            if let Some(kept) = self.fetched.parse(&content) {
                self.restore(kept);
            }
        }
    }

    /// Fetches the articles filed under a key.
    fn fetch_filed(&mut self, key: u64) {
        for (half, _) in self.fetched.read_once(key) {
            self.fetch_by_half(half);
        }
    }

    fn restore(&mut self, kept: Kept) {
        let Kept { digest, individuals, partners, original } = kept;
        self.names.restore(&digest, self.finder.decisions());
        self.versions.add(&digest);
        self.reprints.restore(&digest, original);
        let article = digest.article;
        self.happenings.insert(&digest, nodes(&digest, &individuals));
        self.happenings.restore(article, &partners);
        self.hold(digest, individuals);
    }

    /// Fetches the links of the names of an article.
    pub(super) fn fetch_links(&mut self, digest: &Digest) {
        for name in digest.entities.iter().filter_map(name_key) {
            for (_, content) in self.fetched.read_once(links_key(&name)) {
                if let Some(links) = self.fetched.parse(&content) {
                    self.names.restore_links(name.clone(), links);
                }
                self.fetched.counted.insert(links_key(&name), content);
            }
        }
    }

    /// Fetches the articles that have an entity of one of the names without a link.
    pub(super) fn fetch_unlinked<'n>(&mut self, names: impl Iterator<Item = &'n NameKey>) {
        names.for_each(|name| self.fetch_filed(unlinked_key(name)));
    }

    /// Fetches what is known of an individual.
    pub(super) fn fetch_profile(&mut self, individual: Hash) {
        for (_, content) in self.fetched.read_once(profile_key(individual)) {
            if let Some(profile) = self.fetched.parse(&content) {
                self.profiles.insert(individual, profile);
            }
            self.fetched.counted.insert(profile_key(individual), content);
        }
    }

    /// Fetches the articles whose tellings have partners in an article.
    pub(super) fn fetch_followers(&mut self, article: Hash) {
        self.fetch_filed(follower_key(article));
    }

    /// Fetches the articles that may tell what an article tells.
    pub(super) fn fetch_neighbours(&mut self, digest: &Digest, individuals: &[Individual]) {
        if self.fetched.shelf.is_none() {
            return;
        }
        let nodes = nodes(digest, individuals);
        for key in neighbour_keys(&digest.terms, digest.published, &nodes) {
            self.fetch_filed(key);
        }
    }

    /// Fetches the articles that may tell what an article tells that is there.
    pub(super) fn fetch_neighbours_of(&mut self, article: Hash) {
        if self.fetched.shelf.is_none() {
            return;
        }
        let Some(placed) = self.articles.get(&article) else { return };
        let nodes = nodes(&placed.digest, &placed.individuals);
        for key in neighbour_keys(&placed.digest.terms, placed.digest.published, &nodes) {
            self.fetch_filed(key);
        }
    }

    /// Fetches the articles of which an article may be a version.
    pub(super) fn fetch_versions(&mut self, digest: &Digest) {
        if let Some(key) = version_key(digest) {
            self.fetch_filed(key);
        }
    }

    /// Fetches the near-copies of an article's text.
    pub(super) fn fetch_alike(&mut self, digest: &Digest) {
        if self.fetched.shelf.is_some() {
            for key in copy_keys(digest) {
                self.fetch_filed(key);
            }
        }
    }

    /// Fetches the copies of an article, and what they are alike to, for when it goes.
    pub(super) fn fetch_for_leaving(&mut self, article: Hash) {
        self.fetch_filed(copies_key(article));
        for copy in self.reprints.copies_of(article) {
            if let Some(placed) = self.articles.get(&copy) {
                for key in copy_keys(&placed.digest) {
                    self.fetch_filed(key);
                }
            }
        }
    }

    /// The articles and all that are copied from them.
    pub(super) fn with_copies(&mut self, mut articles: BTreeSet<Hash>) -> BTreeSet<Hash> {
        let mut next: Vec<Hash> = articles.iter().copied().collect();
        while let Some(article) = next.pop() {
            self.fetch_filed(copies_key(article));
            let copies = self.reprints.copies_of(article);
            next.extend(copies.into_iter().filter(|&copy| articles.insert(copy)));
        }
        articles
    }

    /// Fetches what has to be known to write what was touched.
    pub(super) fn fetch_for_writing(&mut self, touched: &Touched) {
        if self.fetched.shelf.is_none() {
            return;
        }
        for &individual in &touched.individuals {
            self.fetch_profile(individual);
        }
        let mut told: BTreeSet<Hash> = touched.versions.clone();
        for &telling in &touched.tellings {
            self.fetch(telling.article);
        }
        let mut next: Vec<Telling> = touched.tellings.iter().copied().collect();
        let mut seen: BTreeSet<Telling> = touched.tellings.clone();
        while let Some(telling) = next.pop() {
            told.insert(telling.article);
            self.fetch_followers(telling.article);
            let mut others = self.happenings.followers_of(telling);
            if let Some((_, partner)) = self.happenings.partner(telling) {
                self.fetch(partner.article);
                others.push(partner);
            }
            next.extend(others.into_iter().filter(|&other| seen.insert(other)));
        }
        for relation in &touched.relations {
            self.fetch_filed(relation_key(relation));
            self.fetch_profile(relation.subject);
            if let Object::Individual(id) = relation.object {
                self.fetch_profile(id);
            }
            let claims = self.relations.get(relation).into_iter().flatten();
            told.extend(claims.map(|claim| claim.0));
        }
        for article in told {
            self.fetch_standing(article);
        }
    }

    /// Fetches what tells whether an article is superseded, and whose voice it has.
    fn fetch_standing(&mut self, article: Hash) {
        let Some(key) = self.articles.get(&article).map(|placed| version_key(&placed.digest))
        else {
            return;
        };
        if let Some(key) = key {
            self.fetch_filed(key);
        }
        let mut at = article;
        while let Some(original) = self.reprints.original(at) {
            self.fetch(original);
            at = original;
        }
    }

    /// The records that have changed since they were fetched, sorted.
    ///
    /// # Errors
    ///
    /// [`ShelfError`] where something could not be read: then nothing that was said holds.
    pub fn into_changes(mut self) -> Result<Vec<Record>, ShelfError> {
        let mut changes = Vec::new();
        for article in std::mem::take(&mut self.fetched.changed) {
            self.fetch(article);
            let (half, sub) = article.halves();
            let before = self.fetched.read(half).into_iter().find(|(other, _)| *other == sub);
            let old: Option<Kept> = match &before {
                Some((_, content)) => self.fetched.parse(content),
                None => None,
            };
            let new = self.kept(article);
            let keys = |kept: &Option<Kept>| {
                kept.as_ref().map(|kept| kept.keys(self.finder.decisions())).unwrap_or_default()
            };
            let (left, right) = (keys(&old), keys(&new));
            let filed = |key: &u64, content| Record { key: *key, sub: half, content };
            changes.extend(left.difference(&right).map(|key| filed(key, None)));
            changes.extend(right.difference(&left).map(|key| filed(key, Some(Vec::new()))));
            let content = new.as_ref().map(json);
            if content != before.map(|(_, content)| content) {
                changes.push(Record { key: half, sub, content });
            }
        }
        let mut before = std::mem::take(&mut self.fetched.counted);
        for record in self.counted() {
            let old = before.remove(&record.key);
            if old != record.content {
                changes.push(record);
            }
        }
        changes.extend(before.into_keys().map(|key| Record { key, sub: 0, content: None }));
        changes.sort_unstable();
        self.fetched.failed.map_or(Ok(changes), Err)
    }

    /// Hands all records of a whole store to `sink`, sorted.
    pub fn for_each_record(&self, sink: &mut dyn FnMut(Record)) {
        let mut small = self.counted();
        let mut filed: Vec<(u64, u64)> = Vec::with_capacity(self.articles.len() * KEYS);
        for &article in self.articles.keys() {
            let half = article.halves().0;
            let Some(kept) = self.kept(article) else { continue };
            filed.extend(kept.keys(self.finder.decisions()).into_iter().map(|key| (key, half)));
        }
        filed.sort_unstable();
        small.sort_unstable();
        let mut filed = filed.into_iter().peekable();
        let mut small = small.into_iter().peekable();
        let mut articles = self.articles.keys().copied().peekable();
        // The three come sorted; the least goes first.
        loop {
            let next = [
                filed.peek().copied(),
                small.peek().map(|record| (record.key, record.sub)),
                articles.peek().map(|article| article.halves()),
            ];
            let Some(least) = next.iter().flatten().min().copied() else { return };
            if next[0] == Some(least) {
                filed.next();
                sink(Record { key: least.0, sub: least.1, content: Some(Vec::new()) });
            } else if next[1] == Some(least) {
                small.next().into_iter().for_each(&mut *sink);
            } else if let Some(kept) = articles.next().and_then(|article| self.kept(article)) {
                sink(Record { key: least.0, sub: least.1, content: Some(json(&kept)) });
            }
        }
    }

    fn kept(&self, article: Hash) -> Option<Kept> {
        let placed = self.articles.get(&article)?;
        Some(Kept {
            digest: placed.digest.clone(),
            individuals: placed.individuals.clone(),
            partners: self.happenings.partners(article),
            original: self.reprints.kept(article),
        })
    }

    /// The records of links and individuals that are there.
    fn counted(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for (name, links) in self.names.links() {
            records.push(Record { key: links_key(name), sub: 0, content: Some(json(links)) });
        }
        for (&individual, profile) in &self.profiles {
            let content = Some(json(profile));
            records.push(Record { key: profile_key(individual), sub: 0, content });
        }
        records
    }
}

/// Keys under which an article is filed, about.
const KEYS: usize = 192;

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("what is kept has only texts and numbers")
}
