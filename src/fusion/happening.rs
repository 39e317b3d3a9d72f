//! Which happening an event is a telling of.
//!
//! Within an article only `ng:retells` joins tellings. Across articles every group of tellings
//! looks for its best partner among those that stand before it in one fixed order (publication
//! day, then hash), and the groups that hang together are one happening. So the result is a
//! function of the set of articles, and an article that comes or goes moves only those groups
//! whose best partner it is or was.
//!
//! # Source
//!
//! That most of cross-document coreference of events is to find the articles about one thing, and
//! that one word then mostly means one happening: Cybulska and Vossen, *"Bag of Events" Approach to
//! Event Coreference Resolution* (2015); Upadhyay et al., *Revisiting the Evaluation for Cross
//! Document Event Coreference* (2016).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::context::{Term, is_name, likeness};
use super::digest::Digest;
use super::telling::{Fit, LONGEST, Node, days, entries, fit, window};
use super::term::Name;
use crate::graph::Hash;

/// The tellings of one happening in one article, by the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Telling {
    pub(super) article: Hash,
    pub(super) first: u32,
}

/// What an article is about.
struct Context {
    terms: Vec<Term>,
    published: Option<Date>,
    tellings: Vec<u32>,
}

impl Context {
    /// The day under which it is found: that of its publication, the last where that is not known.
    fn day(&self) -> Date {
        self.published.unwrap_or(Date::MAX)
    }
}

/// The tellings of a store, their partners, and the indexes that find these.
#[derive(Default)]
pub(super) struct Happenings {
    nodes: BTreeMap<Telling, Node>,
    contexts: BTreeMap<Hash, Context>,
    /// Type group, individual, publication day.
    by_published: BTreeSet<(Name, Hash, Date, Telling)>,
    /// Type group, individual, first day of the happening.
    by_day: BTreeSet<(Name, Hash, Date, Telling)>,
    /// Word of a name, publication day (the last for an unknown one), article.
    by_name: BTreeSet<(u32, Date, Hash)>,
    /// The best partner before a telling.
    partner: BTreeMap<Telling, (Fit, Telling)>,
    /// The same, turned round.
    followers: BTreeSet<(Telling, Telling)>,
    /// The publication of articles that have partners of tellings that were restored, and need
    /// not be there themselves.
    outside: BTreeMap<Hash, Option<Date>>,
}

/// The partner of a telling, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Partner {
    first: u32,
    fit: Fit,
    pub(super) article: Hash,
    to: u32,
    published: Option<Date>,
}

impl Happenings {
    /// Adds an article's tellings, without their partners.
    pub(super) fn insert(&mut self, digest: &Digest, nodes: BTreeMap<u32, Node>) {
        let context = Context {
            terms: digest.terms.clone(),
            published: digest.published,
            tellings: nodes.keys().copied().collect(),
        };
        let names = context.terms.iter().filter(|&&term| is_name(term));
        self.by_name.extend(names.map(|term| (term.0, context.day(), digest.article)));
        self.contexts.insert(digest.article, context);
        for (first, node) in nodes {
            let telling = Telling { article: digest.article, first };
            for entry in entries(&node) {
                if let Some(day) = node.published {
                    self.by_published.insert((entry.0, entry.1, day, telling));
                }
                if let Some((begin, _)) = node.short_bounds() {
                    self.by_day.insert((entry.0, entry.1, begin, telling));
                }
            }
            self.nodes.insert(telling, node);
        }
    }

    /// Finds the partners of an article's tellings, and offers these to others; `touched` gets all
    /// whose happening may have changed.
    pub(super) fn join(&mut self, article: Hash, touched: &mut BTreeSet<Telling>) {
        let near = self.near(article);
        let tellings: Vec<Telling> = self.of_article(article).collect();
        for telling in tellings {
            touched.insert(telling);
            for (other, fit) in self.candidates(telling, &near) {
                let (early, late) = if self.order(other) < self.order(telling) {
                    (other, telling)
                } else {
                    (telling, other)
                };
                self.offer(early, late, fit, touched);
            }
        }
    }

    /// Sets the partners of an article's tellings as they were found before.
    pub(super) fn restore(&mut self, article: Hash, partners: &[Partner]) {
        for partner in partners {
            let telling = Telling { article, first: partner.first };
            let other = Telling { article: partner.article, first: partner.to };
            self.partner.insert(telling, (partner.fit, other));
            self.followers.insert((other, telling));
            self.outside.insert(partner.article, partner.published);
        }
    }

    /// The partners of an article's tellings.
    pub(super) fn partners(&self, article: Hash) -> Vec<Partner> {
        let found = self.of_article(article).filter_map(|telling| {
            let (fit, other) = self.partner(telling)?;
            Some(Partner {
                first: telling.first,
                fit,
                article: other.article,
                to: other.first,
                published: self.published(other),
            })
        });
        found.collect()
    }

    /// Takes an article's tellings out. Returns the tellings that have lost their partner by it,
    /// to be given to [`Happenings::rematch`].
    pub(super) fn unplace(
        &mut self,
        article: Hash,
        touched: &mut BTreeSet<Telling>,
    ) -> BTreeSet<Telling> {
        let mut orphans = BTreeSet::new();
        let Some(context) = self.contexts.remove(&article) else { return orphans };
        for term in context.terms.iter().filter(|&&term| is_name(term)) {
            self.by_name.remove(&(term.0, context.day(), article));
        }
        for first in context.tellings {
            let telling = Telling { article, first };
            touched.insert(telling);
            if let Some((_, partner)) = self.partner.remove(&telling) {
                self.followers.remove(&(partner, telling));
                touched.insert(partner);
            }
            for follower in self.followers_of(telling) {
                self.followers.remove(&(telling, follower));
                self.partner.remove(&follower);
                touched.insert(follower);
                orphans.insert(follower);
            }
            let Some(node) = self.nodes.remove(&telling) else { continue };
            for (group, id) in entries(&node) {
                if let Some(day) = node.published {
                    self.by_published.remove(&(group, id, day, telling));
                }
                if let Some((begin, _)) = node.short_bounds() {
                    self.by_day.remove(&(group, id, begin, telling));
                }
            }
        }
        orphans.retain(|orphan| self.nodes.contains_key(orphan));
        orphans
    }

    /// Finds a partner for a telling that has none.
    pub(super) fn rematch(&mut self, orphan: Telling, touched: &mut BTreeSet<Telling>) {
        let near = self.near(orphan.article);
        for (other, fit) in self.candidates(orphan, &near) {
            if self.order(other) < self.order(orphan) {
                self.offer(other, orphan, fit, touched);
            }
        }
    }

    /// All tellings.
    pub(super) fn tellings(&self) -> impl Iterator<Item = Telling> {
        self.nodes.keys().copied()
    }

    /// The tellings of an article.
    pub(super) fn of_article(&self, article: Hash) -> impl Iterator<Item = Telling> {
        let context = self.contexts.get(&article);
        let firsts = context.into_iter().flat_map(|context| context.tellings.iter());
        firsts.map(move |&first| Telling { article, first })
    }

    /// The positions of the events of a telling.
    pub(super) fn events(&self, telling: Telling) -> &[u32] {
        self.nodes.get(&telling).map_or(&[], |node| &node.events)
    }

    /// The first telling of the happening of `telling`.
    pub(super) fn root(&self, telling: Telling) -> Telling {
        let mut at = telling;
        while let Some(&(_, partner)) = self.partner.get(&at) {
            at = partner;
        }
        at
    }

    /// The tellings of the happening whose first telling is `root`, sorted.
    pub(super) fn members(&self, root: Telling) -> Vec<Telling> {
        let mut members = vec![root];
        let mut next = 0;
        while let Some(&telling) = members.get(next) {
            members.extend(self.followers_of(telling));
            next += 1;
        }
        members.sort_unstable();
        members
    }

    /// The tellings whose partner is `telling`.
    pub(super) fn followers_of(&self, telling: Telling) -> Vec<Telling> {
        let least = Telling { article: Hash::LEAST, first: 0 };
        let from = self.followers.range((telling, least)..);
        from.take_while(|pair| pair.0 == telling).map(|pair| pair.1).collect()
    }

    /// The fixed order: publication day, the unknown last, then hash.
    fn order(&self, telling: Telling) -> (Date, Telling) {
        (self.published(telling).unwrap_or(Date::MAX), telling)
    }

    fn published(&self, telling: Telling) -> Option<Date> {
        match self.nodes.get(&telling) {
            Some(node) => node.published,
            None => self.outside.get(&telling.article).copied().flatten(),
        }
    }

    /// The partner of a telling, and why it is.
    pub(super) fn partner(&self, telling: Telling) -> Option<(Fit, Telling)> {
        self.partner.get(&telling).copied()
    }

    /// Makes `early` the partner of `late`, if it is better than the one that it has.
    fn offer(&mut self, early: Telling, late: Telling, fit: Fit, touched: &mut BTreeSet<Telling>) {
        if let Some((best, partner)) = self.partner(late) {
            let better = (fit.points, self.order(partner)) > (best.points, self.order(early));
            if !better {
                return;
            }
            self.followers.remove(&(partner, late));
            touched.insert(partner);
        }
        self.partner.insert(late, (fit, early));
        self.followers.insert((early, late));
        touched.extend([early, late]);
    }

    /// The articles that share a word of a name with `article` and were published near it, or
    /// nobody knows when; with their likeness.
    fn near(&self, article: Hash) -> BTreeMap<Hash, i32> {
        let Some(context) = self.contexts.get(&article) else { return BTreeMap::new() };
        let mut found = BTreeSet::new();
        let unknown = (Date::MAX, Date::MAX);
        let (from, to) = context.published.map_or((Date::MIN, Date::MAX), window);
        for &(name, _) in context.terms.iter().filter(|&&term| is_name(term)) {
            for (from, to) in [(from, to), unknown] {
                let range = (name, from, Hash::LEAST)..=(name, to, Hash::GREATEST);
                found.extend(self.by_name.range(range).map(|entry| entry.2));
            }
        }
        found.remove(&article);
        found.into_iter().map(|other| (other, self.likeness(article, other))).collect()
    }

    fn likeness(&self, a: Hash, b: Hash) -> i32 {
        match (self.contexts.get(&a), self.contexts.get(&b)) {
            (Some(a), Some(b)) => likeness(&a.terms, &b.terms),
            _ => 0,
        }
    }

    /// The tellings of other articles that can be of the same happening, with how well they fit.
    fn candidates(&self, telling: Telling, near: &BTreeMap<Hash, i32>) -> BTreeMap<Telling, Fit> {
        let Some(node) = self.nodes.get(&telling) else { return BTreeMap::new() };
        let mut found = BTreeSet::new();
        let least = Telling { article: Hash::LEAST, first: 0 };
        let most = Telling { article: Hash::GREATEST, first: u32::MAX };
        for (group, id) in entries(node) {
            let mut take = |index: &BTreeSet<(Name, Hash, Date, Telling)>, from, to| {
                let range = (group, id, from, least)..=(group, id, to, most);
                found.extend(index.range(range).map(|entry| entry.3));
            };
            if let Some((from, to)) = node.published.map(window) {
                take(&self.by_published, from, to);
            }
            if let Some((begin, end)) = node.short_bounds() {
                take(&self.by_day, days(begin, -LONGEST), end);
            }
        }
        for &other in near.keys() {
            found.extend(self.of_article(other));
        }
        let other_articles = found.into_iter().filter(|other| other.article != telling.article);
        let fits = other_articles.filter_map(|other| {
            let known = near.get(&other.article).copied();
            let alike = known.unwrap_or_else(|| self.likeness(telling.article, other.article));
            Some((other, fit(node, self.nodes.get(&other)?, alike)?))
        });
        fits.collect()
    }
}
