//! Which article is a later version of which.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::digest::Digest;
use crate::graph::Hash;

/// The order in which a store came to know versions: a number for each article, by the last part
/// of its IRI. It decides only between versions that the publication does not order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded(BTreeMap<Hash, u64>);

impl Recorded {
    /// Records that the article whose IRI ends in `article` has the number `order`; a name that is
    /// no article's is left out and reported with `false`.
    pub fn insert(&mut self, article: &str, order: u64) -> bool {
        Hash::parse(article).is_some_and(|article| {
            self.0.insert(article, order);
            true
        })
    }
}

impl<'a> FromIterator<(&'a str, u64)> for Recorded {
    fn from_iter<T: IntoIterator<Item = (&'a str, u64)>>(pairs: T) -> Self {
        let mut recorded = Self::default();
        for (article, order) in pairs {
            recorded.insert(article, order);
        }
        recorded
    }
}

/// The versions of a store's articles.
#[derive(Default)]
pub(super) struct Versions {
    recorded: Recorded,
    groups: BTreeMap<String, BTreeSet<Hash>>,
    keys: BTreeMap<Hash, (String, Published)>,
}

/// When an article came out, as exactly as it says.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Published {
    day: Option<Date>,
    moment: Option<DateTime>,
}

impl Versions {
    pub(super) fn new(recorded: Recorded) -> Self {
        Self { recorded, ..Self::default() }
    }

    /// Exchanges the recorded order for another.
    pub(super) fn exchange(&mut self, recorded: &mut Recorded) {
        std::mem::swap(&mut self.recorded, recorded);
    }

    /// Adds an article. Returns those that it shares versions with, itself among them.
    pub(super) fn add(&mut self, digest: &Digest) -> BTreeSet<Hash> {
        let Some(key) = key(digest) else { return BTreeSet::new() };
        let moment = digest.moment.as_deref().and_then(utc);
        let published = Published { day: digest.published, moment };
        self.keys.insert(digest.article, (key.clone(), published));
        let group = self.groups.entry(key).or_default();
        group.insert(digest.article);
        group.clone()
    }

    /// Removes an article. Returns those that it shared versions with, itself among them.
    pub(super) fn remove(&mut self, article: Hash) -> BTreeSet<Hash> {
        let Some((key, _)) = self.keys.remove(&article) else { return BTreeSet::new() };
        let Some(group) = self.groups.get_mut(&key) else { return BTreeSet::new() };
        let touched = group.clone();
        group.remove(&article);
        if group.is_empty() {
            self.groups.remove(&key);
        }
        touched
    }

    /// The articles that `article` supersedes directly: the latest of those before it.
    pub(super) fn superseded_by(&self, article: Hash) -> Vec<Hash> {
        let others = self.others(article);
        let before: Vec<Hash> = others.filter(|&other| self.is_later(article, other)).collect();
        let latest = |&one: &Hash| !before.iter().any(|&other| self.is_later(other, one));
        before.iter().copied().filter(latest).collect()
    }

    /// Whether no later version of the article is there.
    pub(super) fn is_live(&self, article: Hash) -> bool {
        !self.others(article).any(|other| self.is_later(other, article))
    }

    fn others(&self, article: Hash) -> impl Iterator<Item = Hash> {
        let group = self.keys.get(&article).and_then(|(key, _)| self.groups.get(key));
        group.into_iter().flatten().copied().filter(move |&other| other != article)
    }

    /// Whether `a`, a version of the same article as `b`, is the later one: published on a later
    /// day, at a later moment, or recorded later. A clock decides only where all versions that it
    /// has to order have it, so that the order has no circles; where nothing decides, none is later.
    fn is_later(&self, a: Hash, b: Hash) -> bool {
        let (Some((key, x)), Some((_, y))) = (self.keys.get(&a), self.keys.get(&b)) else {
            return false;
        };
        let versions = || {
            let group = self.groups.get(key).into_iter().flatten();
            group.filter_map(|version| self.keys.get(version)).map(|(_, published)| published)
        };
        if versions().all(|p| p.day.is_some()) && x.day != y.day {
            return x.day > y.day;
        }
        let clocks = versions().filter(|p| p.day == x.day).all(|p| p.moment.is_some());
        if clocks && x.day == y.day && x.moment != y.moment {
            return x.moment > y.moment;
        }
        match (self.recorded.0.get(&a), self.recorded.0.get(&b)) {
            (Some(x), Some(y)) => x > y,
            _ => false,
        }
    }
}

/// What versions of one article share: the address, or, without one, the name.
pub(super) fn key(digest: &Digest) -> Option<String> {
    let url = digest.url.as_ref().map(|url| format!("url {url}"));
    url.or_else(|| digest.id.as_ref().map(|id| format!("id {id}")))
}

/// A moment with offset in UTC; one without offset as it stands.
fn utc(moment: &str) -> Option<DateTime> {
    if let Ok(timestamp) = moment.parse::<jiff::Timestamp>() {
        return Some(timestamp.to_zoned(jiff::tz::TimeZone::UTC).datetime());
    }
    moment.parse().ok()
}
