//! What a derivation leaves for the next one, so that a change costs what it touches.
//!
//! Records are filed under numbers: each article with what was found about it, the links of each
//! name, what is known of each individual that several articles share, and, without content, which
//! articles have something to do with which key. The keys are hashes of what articles can share:
//! where two things have one key by accident, an article more is read, and nothing else happens.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::context::{Term, is_name};
use super::decision::Decisions;
use super::derive::{Object, Relation, relations};
use super::digest::Digest;
use super::happening::Partner;
use super::individual::{Individual, NameKey, unlinked_keys};
use super::reprint::{Original, bands};
use super::telling::{LONGEST, Node, days, entries, nodes, window};
use super::version;
use crate::graph::Hash;

/// Where the records of an earlier derivation are read.
pub trait Shelf {
    /// Hands each record filed under `key` to `each`: the second part of its key and its content.
    ///
    /// # Errors
    ///
    /// [`ShelfError`] where the records cannot be read.
    fn read(&self, key: u64, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ShelfError>;
}

/// Why what was kept cannot be used: then all has to be derived anew.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what is kept of the last derivation cannot be used: {0} (newsgraph index makes it anew)")]
pub struct ShelfError(pub String);

/// A record to be filed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// What it is filed under.
    pub key: u64,
    /// Tells the records of one key apart.
    pub sub: u64,
    /// The content; `None` for a record that is to go.
    pub content: Option<Vec<u8>>,
}

/// An article as it is kept, with what was found about it.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) digest: Digest,
    pub(super) individuals: Vec<Individual>,
    pub(super) partners: Vec<Partner>,
    pub(super) original: Option<Original>,
}

impl Kept {
    /// The keys under which an article can be found.
    pub(super) fn keys(&self, decisions: &Decisions) -> BTreeSet<u64> {
        let Self { digest, individuals, partners, original } = self;
        let mut keys = BTreeSet::new();
        let day = digest.published.map_or(UNKNOWN, bucket);
        for &(term, _) in digest.terms.iter().filter(|&&term| is_name(term)) {
            keys.extend([term_key(term, day), term_key(term, ANY)]);
        }
        for node in nodes(digest, individuals).values() {
            for (group, id) in entries(node) {
                if let Some(day) = node.published {
                    keys.insert(entry_key(PUBLISHED, group.iri().as_str(), id, bucket(day)));
                }
                if let Some((begin, _)) = node.short_bounds() {
                    keys.insert(entry_key(BEGINS, group.iri().as_str(), id, bucket(begin)));
                }
            }
        }
        keys.extend(copy_keys(digest));
        keys.extend(version_key(digest));
        keys.extend(unlinked_keys(digest, decisions).map(|name| name_key(UNLINKED, &name)));
        keys.extend(relations(digest, individuals).map(|(_, relation)| relation_key(&relation)));
        keys.extend(partners.iter().map(|partner| hash_key(FOLLOWS, partner.article)));
        keys.extend(original.map(|original| hash_key(COPIES, original.article)));
        keys
    }
}

/// The keys of the articles that may tell what an article tells: by words of names, and by who and
/// when.
pub(super) fn neighbour_keys(
    terms: &[Term],
    published: Option<Date>,
    nodes: &BTreeMap<u32, Node>,
) -> BTreeSet<u64> {
    let mut keys = BTreeSet::new();
    let around = published.map(window);
    for &(term, _) in terms.iter().filter(|&&term| is_name(term)) {
        match around {
            Some(around) => keys.extend(buckets(around).map(|day| term_key(term, day))),
            None => drop(keys.insert(term_key(term, ANY))),
        }
        keys.insert(term_key(term, UNKNOWN));
    }
    for node in nodes.values() {
        for (group, id) in entries(node) {
            let group = group.iri().as_str();
            if let Some(around) = around {
                keys.extend(buckets(around).map(|day| entry_key(PUBLISHED, group, id, day)));
            }
            if let Some((begin, end)) = node.short_bounds() {
                let around = (days(begin, -LONGEST), end);
                keys.extend(buckets(around).map(|day| entry_key(BEGINS, group, id, day)));
            }
        }
    }
    keys
}

/// The keys under which near-copies of an article are found.
pub(super) fn copy_keys(digest: &Digest) -> Vec<u64> {
    let sketch = digest.sketch.as_deref().unwrap_or_default();
    let key = |(band, hash): (usize, u64)| Key::new(BAND).number(band as u64).number(hash).finish();
    bands(sketch).map(key).collect()
}

/// The key of the articles of which an article may be a version.
pub(super) fn version_key(digest: &Digest) -> Option<u64> {
    version::key(digest).map(|key| Key::new(VERSION).text(&key).finish())
}

/// The key of the articles that claim a relation.
pub(super) fn relation_key(relation: &Relation) -> u64 {
    let key = Key::new(RELATION).hash(relation.subject).text(relation.predicate.iri().as_str());
    match &relation.object {
        Object::Individual(id) => key.hash(*id).finish(),
        Object::Literal(value, datatype) => key.text(value).text(datatype).finish(),
    }
}

/// The key of the articles whose tellings have partners in an article.
pub(super) fn follower_key(article: Hash) -> u64 {
    hash_key(FOLLOWS, article)
}

/// The key of the articles that are copies of an article.
pub(super) fn copies_key(article: Hash) -> u64 {
    hash_key(COPIES, article)
}

/// The key of what is known of an individual.
pub(super) fn profile_key(individual: Hash) -> u64 {
    hash_key(PROFILE, individual)
}

/// The key of the links of a name.
pub(super) fn links_key(name: &NameKey) -> u64 {
    name_key(LINKS, name)
}

/// The key of the articles that have an entity of a name without a link.
pub(super) fn unlinked_key(name: &NameKey) -> u64 {
    name_key(UNLINKED, name)
}

const TERM: u8 = 1;
const PUBLISHED: u8 = 2;
const BEGINS: u8 = 3;
const BAND: u8 = 4;
const VERSION: u8 = 5;
const RELATION: u8 = 6;
const FOLLOWS: u8 = 7;
const COPIES: u8 = 8;
const PROFILE: u8 = 9;
const LINKS: u8 = 10;
const UNLINKED: u8 = 11;

/// In the stead of a half of a month: that of no date, and all.
const UNKNOWN: i32 = i32::MAX;
const ANY: i32 = i32::MIN;

/// The half of a month in which a day lies, counted on.
fn bucket(day: Date) -> i32 {
    i32::from(day.year()) * 24 + i32::from(day.month() - 1) * 2 + i32::from(day.day() > 15)
}

fn buckets((from, to): (Date, Date)) -> impl Iterator<Item = i32> {
    bucket(from)..=bucket(to)
}

fn term_key(term: u32, day: i32) -> u64 {
    Key::new(TERM).number(term.into()).number(day.cast_unsigned().into()).finish()
}

fn entry_key(kind: u8, group: &str, individual: Hash, day: i32) -> u64 {
    Key::new(kind).text(group).hash(individual).number(day.cast_unsigned().into()).finish()
}

fn name_key(kind: u8, name: &NameKey) -> u64 {
    Key::new(kind).text(name.0.iri().as_str()).text(&name.1).finish()
}

fn hash_key(kind: u8, hash: Hash) -> u64 {
    Key::new(kind).hash(hash).finish()
}

/// Makes a key of parts: FNV-1a over them and their lengths, finished as SplitMix64 does, so that
/// keys spread evenly.
struct Key(u64);

impl Key {
    fn new(kind: u8) -> Self {
        Self(0xCBF2_9CE4_8422_2325).bytes(&[kind])
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        self
    }

    fn number(self, number: u64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn text(self, text: &str) -> Self {
        self.number(text.len() as u64).bytes(text.as_bytes())
    }

    fn hash(self, hash: Hash) -> Self {
        let (first, second) = hash.halves();
        self.number(first).number(second)
    }

    fn finish(self) -> u64 {
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }
}
