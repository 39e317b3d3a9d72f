//! Near-copies: which article gives an earlier one's text again, and so is no further source.
//!
//! Texts are compared by MinHash over their runs of three words, and found by locality-sensitive
//! hashing, so that an article that comes is held against the few that resemble it.
//!
//! # Source
//!
//! Broder, *On the resemblance and containment of documents* (1997); Leskovec, Rajaraman and
//! Ullman, *Mining of Massive Datasets*, 3rd ed. (2020), section 3.4, for the banding.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::graph::Hash;

/// Words in a run.
const RUN: usize = 3;
/// Numbers of one band: texts that share a band are held against one another.
const ROWS: usize = 3;
const BANDS: usize = 42;
/// Numbers of a sketch: each is the least hash of all runs under one of as many hash functions.
const SKETCH: usize = ROWS * BANDS;
/// Words without which a text is too short to tell a copy by.
const SHORTEST: usize = 30;
/// Of a hundred numbers so many are equal in a copy. A third of its sentences may be new: then
/// about 54 of a hundred runs are shared.
const ALIKE: usize = 40;

/// The sketch of a text; `None` for one that is too short.
pub(super) fn sketch(text: &str) -> Option<Vec<u32>> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash).collect();
    if words.len() < SHORTEST {
        return None;
    }
    let mut least = vec![u32::MAX; SKETCH];
    for run in words.windows(RUN) {
        let run = run.iter().fold(0, |whole, &word| mix(whole ^ word));
        let mut next = run;
        for least in &mut least {
            next = mix(next.wrapping_add(0x9E37_79B9_7F4A_7C15));
            *least = (*least).min(u32::try_from(next >> 32).unwrap_or(u32::MAX));
        }
    }
    Some(least)
}

/// How many numbers of two sketches are equal.
fn equal(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

/// FNV-1a of the lower-case word.
fn hash(word: &str) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for c in word.chars().flat_map(char::to_lowercase) {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3);
    }
    hash
}

/// The finalizer of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The texts of a store and which are copies of which.
#[derive(Default)]
pub(super) struct Reprints {
    texts: BTreeMap<Hash, Text>,
    /// Band, its numbers hashed, article.
    bands: BTreeSet<(usize, u64, Hash)>,
    /// The earliest article of which an article is a copy.
    original: BTreeMap<Hash, Hash>,
    /// The same, turned round.
    copies: BTreeSet<(Hash, Hash)>,
    /// The publication of originals that need not be there themselves.
    outside: BTreeMap<Hash, Option<Date>>,
    /// How much of the texts of a copy and its original is in both, in hundredths.
    shares: BTreeMap<Hash, u8>,
}

/// The original of an article, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Original {
    pub(super) article: Hash,
    published: Option<Date>,
    share: u8,
}

struct Text {
    published: Option<Date>,
    /// Versions of one article are no copies of one another.
    address: Option<String>,
    sketch: Vec<u32>,
}

impl Reprints {
    /// Adds an article's text. Returns the articles whose original may have changed, but for the
    /// copies of these.
    pub(super) fn add(&mut self, digest: &Digest) -> BTreeSet<Hash> {
        let article = digest.article;
        if !self.insert(digest) {
            return BTreeSet::new();
        }
        let mut touched = BTreeSet::from([article]);
        for other in self.alike(article) {
            let (early, late) = if self.order(other) < self.order(article) {
                (other, article)
            } else {
                (article, other)
            };
            self.offer(early, late);
            touched.insert(late);
        }
        touched
    }

    fn insert(&mut self, digest: &Digest) -> bool {
        let Some(sketch) = digest.sketch.clone() else { return false };
        let article = digest.article;
        self.bands.extend(bands(&sketch).map(|(band, hash)| (band, hash, article)));
        let address = digest.url.clone();
        self.texts.insert(article, Text { published: digest.published, address, sketch });
        true
    }

    /// Adds an article's text with its original as it was found before.
    pub(super) fn restore(&mut self, digest: &Digest, original: Option<Original>) {
        self.insert(digest);
        if let Some(Original { article, published, share }) = original {
            self.shares.insert(digest.article, share);
            self.original.insert(digest.article, article);
            self.copies.insert((article, digest.article));
            self.outside.insert(article, published);
        }
    }

    /// Takes an article's text out; its copies get other originals.
    pub(super) fn remove(&mut self, article: Hash) {
        let Some(text) = self.texts.remove(&article) else { return };
        for (band, hash) in bands(&text.sketch) {
            self.bands.remove(&(band, hash, article));
        }
        self.shares.remove(&article);
        if let Some(original) = self.original.remove(&article) {
            self.copies.remove(&(original, article));
        }
        for copy in self.copies_of(article) {
            self.copies.remove(&(article, copy));
            self.original.remove(&copy);
            self.shares.remove(&copy);
            for other in self.alike(copy) {
                if self.order(other) < self.order(copy) {
                    self.offer(other, copy);
                }
            }
        }
    }

    /// The original of an article, as it is kept.
    pub(super) fn kept(&self, article: Hash) -> Option<Original> {
        let original = self.original(article)?;
        let (published, share) = (self.published(original), self.share(article)?);
        Some(Original { article: original, published, share })
    }

    /// The earlier article of which `article` is a near-copy.
    pub(super) fn original(&self, article: Hash) -> Option<Hash> {
        self.original.get(&article).copied()
    }

    /// How much of the texts of a copy and its original is in both, in hundredths: so many of their
    /// sketches' numbers are equal.
    pub(super) fn share(&self, copy: Hash) -> Option<u8> {
        self.shares.get(&copy).copied()
    }

    /// The article at the end of all copying: itself where it is no copy.
    pub(super) fn origin(&self, article: Hash) -> Hash {
        let mut at = article;
        while let Some(&original) = self.original.get(&at) {
            at = original;
        }
        at
    }

    /// Makes `early` the original of `late`, unless it has an earlier one.
    fn offer(&mut self, early: Hash, late: Hash) {
        if let Some(&original) = self.original.get(&late) {
            if self.order(original) <= self.order(early) {
                return;
            }
            self.copies.remove(&(original, late));
        }
        self.original.insert(late, early);
        self.copies.insert((early, late));
        if let (Some(early), Some(text)) = (self.texts.get(&early), self.texts.get(&late)) {
            let share = 100 * equal(&early.sketch, &text.sketch) / SKETCH;
            self.shares.insert(late, u8::try_from(share).unwrap_or(100));
        }
    }

    /// The fixed order: publication day, the unknown last, then hash.
    fn order(&self, article: Hash) -> (Date, Hash) {
        (self.published(article).unwrap_or(Date::MAX), article)
    }

    fn published(&self, article: Hash) -> Option<Date> {
        match self.texts.get(&article) {
            Some(text) => text.published,
            None => self.outside.get(&article).copied().flatten(),
        }
    }

    /// The articles whose text is alike.
    fn alike(&self, article: Hash) -> BTreeSet<Hash> {
        let Some(text) = self.texts.get(&article) else { return BTreeSet::new() };
        let mut found = BTreeSet::new();
        for (band, hash) in bands(&text.sketch) {
            let range = (band, hash, Hash::LEAST)..=(band, hash, Hash::GREATEST);
            found.extend(self.bands.range(range).map(|entry| entry.2));
        }
        found.remove(&article);
        found.retain(|other| {
            self.texts.get(other).is_some_and(|other| {
                let version = text.address.is_some() && text.address == other.address;
                !version && 100 * equal(&text.sketch, &other.sketch) >= ALIKE * SKETCH
            })
        });
        found
    }

    /// The articles that are copies of `article` itself.
    pub(super) fn copies_of(&self, article: Hash) -> Vec<Hash> {
        let range = (article, Hash::LEAST)..=(article, Hash::GREATEST);
        self.copies.range(range).map(|pair| pair.1).collect()
    }
}

/// The bands of a sketch: their numbers, and the hashes of what they hold.
pub(super) fn bands(sketch: &[u32]) -> impl Iterator<Item = (usize, u64)> {
    let hash = |rows: &[u32]| rows.iter().fold(0, |whole, &row| mix(whole ^ u64::from(row)));
    sketch.chunks_exact(ROWS).map(hash).enumerate()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` sentences of eleven words; those whose number `changed` holds are others.
    fn text(count: u32, changed: impl Fn(u32) -> bool) -> String {
        let sentence = |i: u32| {
            let salt = if changed(i) { 7919 } else { 0 };
            let word = |j: u32| format!("w{}", mix(u64::from((i + salt) * 31 + j)) % 900);
            (0..11).map(word).collect::<Vec<_>>().join(" ") + ". "
        };
        (0..count).map(sentence).collect()
    }

    #[test]
    fn copies_are_alike_and_others_are_not() {
        let share = |a: &str, b: &str| {
            let (a, b) = (sketch(a).unwrap(), sketch(b).unwrap());
            100 * a.iter().zip(&b).filter(|(a, b)| a == b).count() / SKETCH
        };
        let whole = text(20, |_| false);
        assert_eq!(share(&whole, &whole.to_uppercase()), 100);
        let third = share(&whole, &text(20, |i| i % 10 < 3));
        assert!(third >= ALIKE, "{third}");
        let other = share(&whole, &text(20, |_| true));
        assert!(other < ALIKE / 4, "{other}");
        assert_eq!(sketch("Too short to tell."), None);
    }
}
