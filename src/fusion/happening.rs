//! Which happening an event is a telling of.
//!
//! Within an article only `ng:retells` joins tellings. Across articles every group of tellings
//! looks for its best partner among those that stand before it in one fixed order (publication
//! day, then hash), and the groups that hang together are one happening. So the result is a
//! function of the set of articles, and an article that comes or goes moves only those groups
//! whose best partner it is or was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::digest::Digest;
use super::individual::Individual;
use super::term::Name;
use crate::graph::{Hash, name_key};
use crate::vocab::{et, ng};

/// Days between publications within which tellings without overlapping days can be one.
const WINDOW: i32 = 14;
/// Days beyond which bounds say too little to join by.
const LONGEST: i32 = 31;
/// The least score of partners.
const ENOUGH: i32 = 4;
/// Letters of a trigger that make its stem.
const STEM: usize = 5;
/// Individuals that two articles share, at the least, to be about one thing.
const SHARED: usize = 3;

/// The tellings of one happening in one article, by the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Telling {
    pub(super) article: Hash,
    pub(super) first: u32,
}

/// What is known of the tellings of one happening in one article.
struct Node {
    events: Vec<u32>,
    kinds: Vec<Name>,
    stems: BTreeSet<String>,
    /// Agents, patients and places that are known across articles.
    core: BTreeSet<Hash>,
    patients: BTreeSet<Hash>,
    recipients: BTreeSet<Hash>,
    places: BTreeSet<Hash>,
    bounds: Option<(Date, Date)>,
    published: Option<Date>,
}

/// What an article is about: individuals known across articles.
struct Context {
    individuals: Vec<Hash>,
    published: Option<Date>,
    /// Groups of tellings without such an individual, which the context has to join.
    bare: Vec<u32>,
    tellings: Vec<u32>,
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
    by_context: BTreeSet<(Hash, Date, Hash)>,
    /// The best partner before a telling.
    partner: BTreeMap<Telling, (i32, Telling)>,
    /// The same, turned round.
    followers: BTreeSet<(Telling, Telling)>,
}

impl Happenings {
    /// Adds an article's tellings; `touched` gets all whose happening may have changed.
    pub(super) fn place(
        &mut self,
        digest: &Digest,
        individuals: &[Individual],
        touched: &mut BTreeSet<Telling>,
    ) {
        let nodes = nodes(digest, individuals);
        let mut about: Vec<Hash> = individuals.iter().filter(|i| i.known).map(|i| i.id).collect();
        about.sort_unstable();
        about.dedup();
        if let Some(day) = digest.published {
            self.by_context.extend(about.iter().map(|&id| (id, day, digest.article)));
        }
        let context = Context {
            individuals: about,
            published: digest.published,
            bare: nodes
                .iter()
                .filter(|(_, n)| n.core.is_empty())
                .map(|(first, _)| *first)
                .collect(),
            tellings: nodes.keys().copied().collect(),
        };
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
            touched.insert(telling);
        }
        let near = self.near(digest.article);
        for &first in &self.contexts[&digest.article].tellings.clone() {
            let telling = Telling { article: digest.article, first };
            for (other, score) in self.candidates(telling, &near) {
                let (early, late) = if self.order(other) < self.order(telling) {
                    (other, telling)
                } else {
                    (telling, other)
                };
                self.offer(early, late, score, touched);
            }
        }
    }

    /// Takes an article's tellings out.
    pub(super) fn unplace(&mut self, article: Hash, touched: &mut BTreeSet<Telling>) {
        let Some(context) = self.contexts.remove(&article) else { return };
        if let Some(day) = context.published {
            for &id in &context.individuals {
                self.by_context.remove(&(id, day, article));
            }
        }
        let mut orphans = BTreeSet::new();
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
        for orphan in orphans {
            if !self.nodes.contains_key(&orphan) {
                continue;
            }
            let near = self.near(orphan.article);
            for (other, score) in self.candidates(orphan, &near) {
                if self.order(other) < self.order(orphan) {
                    self.offer(other, orphan, score, touched);
                }
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

    fn followers_of(&self, telling: Telling) -> Vec<Telling> {
        let least = Telling { article: Hash::LEAST, first: 0 };
        let from = self.followers.range((telling, least)..);
        from.take_while(|pair| pair.0 == telling).map(|pair| pair.1).collect()
    }

    /// The fixed order: publication day, the unknown last, then hash.
    fn order(&self, telling: Telling) -> (Date, Telling) {
        let published = self.nodes.get(&telling).and_then(|node| node.published);
        (published.unwrap_or(Date::MAX), telling)
    }

    /// Makes `early` the partner of `late`, if it is better than the one that it has.
    fn offer(
        &mut self,
        early: Telling,
        late: Telling,
        score: i32,
        touched: &mut BTreeSet<Telling>,
    ) {
        let old = self.partner.get(&late).copied();
        if let Some((least, partner)) = old {
            let better = score > least || score == least && self.order(early) < self.order(partner);
            if !better {
                return;
            }
            self.followers.remove(&(partner, late));
            touched.insert(partner);
        }
        self.partner.insert(late, (score, early));
        self.followers.insert((early, late));
        touched.extend([early, late]);
    }

    /// The articles that are about the same as `article`: published near it, and half of the
    /// individuals of the one with fewer are the other's.
    fn near(&self, article: Hash) -> Vec<Hash> {
        let Some(context) = self.contexts.get(&article) else { return Vec::new() };
        let Some((from, to)) = context.published.map(window) else { return Vec::new() };
        if context.bare.is_empty() {
            return Vec::new();
        }
        let mut shared: BTreeMap<Hash, usize> = BTreeMap::new();
        for &id in &context.individuals {
            let range = (id, from, Hash::LEAST)..=(id, to, Hash::GREATEST);
            for &(_, _, other) in self.by_context.range(range) {
                *shared.entry(other).or_default() += 1;
            }
        }
        let fewer = |other: &Hash| {
            let theirs = self.contexts.get(other).map_or(0, |c| c.individuals.len());
            theirs.min(context.individuals.len())
        };
        shared
            .into_iter()
            .filter(|&(other, count)| {
                other != article && count >= SHARED && 2 * count >= fewer(&other)
            })
            .map(|(other, _)| other)
            .collect()
    }

    /// The tellings of other articles that can be of the same happening, with their scores.
    fn candidates(&self, telling: Telling, near: &[Hash]) -> BTreeMap<Telling, i32> {
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
        if node.core.is_empty() {
            for &other in near {
                let bare = self.contexts.get(&other).into_iter().flat_map(|c| c.bare.iter());
                found.extend(bare.map(|&first| Telling { article: other, first }));
            }
        }
        found
            .into_iter()
            .filter(|other| other.article != telling.article)
            .filter_map(|other| Some((other, score(node, self.nodes.get(&other)?)?)))
            .collect()
    }
}

impl Node {
    /// The days of the happening, where they say enough to join by.
    fn short_bounds(&self) -> Option<(Date, Date)> {
        self.bounds.filter(|&(begin, end)| end <= days(begin, LONGEST))
    }
}

/// The groups of tellings of an article, by their first.
fn nodes(digest: &Digest, individuals: &[Individual]) -> BTreeMap<u32, Node> {
    let mut nodes: BTreeMap<u32, Node> = BTreeMap::new();
    for (i, event) in (0_u32..).zip(&digest.events) {
        let node = nodes.entry(first_of(digest, i)).or_insert_with(|| Node {
            events: Vec::new(),
            kinds: Vec::new(),
            stems: BTreeSet::new(),
            core: BTreeSet::new(),
            patients: BTreeSet::new(),
            recipients: BTreeSet::new(),
            places: BTreeSet::new(),
            bounds: None,
            published: digest.published,
        });
        node.events.push(i);
        node.kinds.push(event.kind);
        node.stems.extend(stem(&event.label));
        for &(role, entity) in &event.roles {
            let Some(individual) = individuals.get(entity as usize).filter(|i| i.known) else {
                continue;
            };
            if role == ng::PATIENT {
                node.patients.insert(individual.id);
            } else if role == ng::RECIPIENT {
                node.recipients.insert(individual.id);
            } else if role == ng::PLACE {
                node.places.insert(individual.id);
            }
            if role == ng::AGENT || role == ng::PATIENT || role == ng::PLACE {
                node.core.insert(individual.id);
            }
        }
        if let Some((begin, end)) = event.bounds {
            let (from, to) = node.bounds.unwrap_or((begin, end));
            node.bounds = Some((from.min(begin), to.max(end)));
        }
    }
    for node in nodes.values_mut() {
        node.kinds.sort_unstable();
        node.kinds.dedup();
    }
    nodes
}

/// The first telling of an event's happening, through all retellings.
fn first_of(digest: &Digest, event: u32) -> u32 {
    let mut at = event;
    // A chain is no longer than there are events, also in a graph that somebody else wrote.
    for _ in 0..digest.events.len() {
        match digest.events.get(at as usize) {
            Some(telling) if telling.first != at => at = telling.first,
            _ => break,
        }
    }
    at
}

/// The keys under which a node is found: each group of types with each individual.
fn entries(node: &Node) -> Vec<(Name, Hash)> {
    let mut groups: Vec<Name> = node.kinds.iter().map(|&kind| group(kind)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.iter().flat_map(|&group| node.core.iter().map(move |&id| (group, id))).collect()
}

/// The type under which compatible types are found.
fn group(kind: Name) -> Name {
    let of = |term: oxrdf::NamedNodeRef<'static>| Name::of(term.as_str());
    if kind == et::RETREAT || kind == et::MOBILIZE {
        of(et::MOVE).unwrap_or(kind)
    } else if kind == et::ARREST {
        of(et::COERCE).unwrap_or(kind)
    } else {
        kind
    }
}

fn compatible(a: Name, b: Name) -> bool {
    let pair = |x, y| a == x && b == y || a == y && b == x;
    a == b
        || pair(et::RETREAT, et::MOVE)
        || pair(et::MOBILIZE, et::MOVE)
        || pair(et::COERCE, et::ARREST)
}

/// How well two groups of tellings fit one happening; `None` where they cannot.
fn score(a: &Node, b: &Node) -> Option<i32> {
    let equal = a.kinds.iter().any(|kind| b.kinds.contains(kind));
    if !equal && !a.kinds.iter().any(|&x| b.kinds.iter().any(|&y| compatible(x, y))) {
        return None;
    }
    let told_alike = !a.stems.is_disjoint(&b.stems);
    if a.kinds.iter().chain(&b.kinds).all(|&kind| kind == et::OTHER) && !told_alike {
        return None;
    }
    let differ =
        |x: &BTreeSet<Hash>, y: &BTreeSet<Hash>| !x.is_empty() && !y.is_empty() && x.is_disjoint(y);
    if differ(&a.patients, &b.patients) || differ(&a.recipients, &b.recipients) {
        return None;
    }
    if let (Some((from, to)), Some((begin, end))) = (a.bounds, b.bounds)
        && (to < begin || end < from)
    {
        return None;
    }
    let dated = a.short_bounds().is_some() && b.short_bounds().is_some();
    if !dated {
        let (from, to) = window(a.published?);
        let other = b.published?;
        if other < from || to < other {
            return None;
        }
    }
    let shared = i32::try_from(a.core.intersection(&b.core).take(3).count()).unwrap_or(3);
    let bare = a.core.is_empty() && b.core.is_empty();
    if shared == 0 && !(bare && equal) {
        return None;
    }
    let score = 2 * shared
        + 3 * i32::from(bare)
        + i32::from(equal)
        + 2 * i32::from(told_alike)
        + 2 * i32::from(dated)
        - i32::from(differ(&a.places, &b.places));
    Some(score).filter(|&score| score >= ENOUGH)
}

/// The first letters of a trigger's last word.
fn stem(trigger: &str) -> Option<String> {
    let key = name_key(trigger);
    let last = key.rsplit(' ').next().filter(|word| !word.is_empty())?;
    Some(last.chars().take(STEM).collect())
}

/// Whether two phrases have one head: their last words begin alike.
pub(super) fn same_head(a: &str, b: &str) -> bool {
    stem(a).is_some_and(|a| stem(b) == Some(a))
}

fn window(day: Date) -> (Date, Date) {
    (days(day, -WINDOW), days(day, WINDOW))
}

/// `day` moved by some days, held inside of the calendar.
fn days(day: Date, by: i32) -> Date {
    let span: Span = by.days();
    day.saturating_add(span)
}
