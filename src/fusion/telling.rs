//! The tellings of one happening in one article, and how well two of them fit together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use oxrdf::NamedNodeRef;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::individual::Individual;
use super::term::Name;
use crate::graph::{Hash, name_key};
use crate::vocab::{et, ng};

/// Days between publications within which tellings without overlapping days can be one.
const WINDOW: i32 = 14;
/// Days beyond which bounds say too little to join by.
pub(super) const LONGEST: i32 = 31;
/// Letters of a trigger that make its stem.
const STEM: usize = 5;
/// How alike two articles have to be for one word to mean one happening in both.
const ALIKE: i32 = 20;
/// As [`ALIKE`], where a day of publication is not known.
const ALIKE_UNDATED: i32 = 25;
/// What more it takes where only the type is one.
const BY_TYPE: i32 = 5;
/// How alike articles have to be at the least, who and when may agree as they will.
const RELATED: i32 = 10;

/// Types of which an article's subject has one happening, by whatever word: who died in the
/// accident that two articles are about "was killed" in one and "lost his life" in the other.
const SINGULAR: [NamedNodeRef<'static>; 7] =
    [et::DIE, et::INJURE, et::ACCIDENT, et::DISASTER, et::ARREST, et::RESIGN, et::ELECT];

/// Whether an article's subject has one happening of this type.
pub(super) fn is_singular(kind: Name) -> bool {
    SINGULAR.iter().any(|&singular| kind == singular)
}

/// What is known of the tellings of one happening in one article. Its sets are sorted slices: a
/// store has very many of these.
pub(super) struct Node {
    pub(super) events: Box<[u32]>,
    pub(super) kinds: Box<[Name]>,
    stems: Box<[Box<str>]>,
    /// Agents, patients and places that are known across articles.
    pub(super) core: Box<[Hash]>,
    agents: Box<[Hash]>,
    patients: Box<[Hash]>,
    recipients: Box<[Hash]>,
    places: Box<[Hash]>,
    /// Origins and destinations.
    ends: Box<[Hash]>,
    bounds: Option<(Date, Date)>,
    pub(super) published: Option<Date>,
}

/// How well two tellings fit one happening, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Fit {
    /// From 0 to [`Fit::MOST`].
    pub(super) points: i32,
    /// Places in [`REASONS`], as bits.
    reasons: u8,
}

/// Why two tellings are taken for one, in the order of their bits.
const REASONS: [NamedNodeRef<'static>; 5] =
    [ng::SAME_SUBJECT, ng::SAME_WORDS, ng::SAME_TYPE, ng::SAME_ACTORS, ng::OVERLAPPING_DAYS];

impl Fit {
    pub(super) const MOST: i32 = 190;

    /// The reasons, as concepts.
    pub(super) fn reasons(self) -> impl Iterator<Item = NamedNodeRef<'static>> {
        let bits = self.reasons;
        REASONS.into_iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1).map(|(_, r)| r)
    }
}

impl Node {
    /// The days of the happening, where they say enough to join by.
    pub(super) fn short_bounds(&self) -> Option<(Date, Date)> {
        self.bounds.filter(|&(begin, end)| end <= days(begin, LONGEST))
    }
}

/// A node that is being gathered.
#[derive(Default)]
struct Gathered {
    events: Vec<u32>,
    kinds: BTreeSet<Name>,
    stems: BTreeSet<String>,
    core: BTreeSet<Hash>,
    agents: BTreeSet<Hash>,
    patients: BTreeSet<Hash>,
    recipients: BTreeSet<Hash>,
    places: BTreeSet<Hash>,
    ends: BTreeSet<Hash>,
    bounds: Option<(Date, Date)>,
}

/// The groups of tellings of an article, by their first.
pub(super) fn nodes(digest: &Digest, individuals: &[Individual]) -> BTreeMap<u32, Node> {
    let mut nodes: BTreeMap<u32, Gathered> = BTreeMap::new();
    for (i, event) in (0_u32..).zip(&digest.events) {
        let node = nodes.entry(first_of(digest, i)).or_default();
        node.events.push(i);
        node.kinds.insert(event.kind);
        node.stems.extend(stem(&event.label));
        for &(role, entity) in &event.roles {
            let Some(individual) = individuals.get(entity as usize).filter(|i| i.known) else {
                continue;
            };
            if role == ng::AGENT {
                node.agents.insert(individual.id);
            } else if role == ng::PATIENT {
                node.patients.insert(individual.id);
            } else if role == ng::RECIPIENT {
                node.recipients.insert(individual.id);
            } else if role == ng::PLACE {
                node.places.insert(individual.id);
            } else if role == ng::ORIGIN || role == ng::DESTINATION {
                node.ends.insert(individual.id);
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
    let slices = |(first, gathered): (u32, Gathered)| {
        let node = Node {
            events: gathered.events.into(),
            kinds: gathered.kinds.into_iter().collect(),
            stems: gathered.stems.into_iter().map(String::into_boxed_str).collect(),
            core: gathered.core.into_iter().collect(),
            agents: gathered.agents.into_iter().collect(),
            patients: gathered.patients.into_iter().collect(),
            recipients: gathered.recipients.into_iter().collect(),
            places: gathered.places.into_iter().collect(),
            ends: gathered.ends.into_iter().collect(),
            bounds: gathered.bounds,
            published: digest.published,
        };
        (first, node)
    };
    nodes.into_iter().map(slices).collect()
}

/// How many members two sorted slices share.
fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().filter(|member| b.binary_search(member).is_ok()).count()
}

/// Whether two sorted slices share no member.
fn disjoint<T: Ord>(a: &[T], b: &[T]) -> bool {
    shared(a, b) == 0
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
pub(super) fn entries(node: &Node) -> Vec<(Name, Hash)> {
    let mut groups: Vec<Name> = node.kinds.iter().map(|&kind| group(kind)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.iter().flat_map(|&group| node.core.iter().map(move |&id| (group, id))).collect()
}

/// The type under which compatible types are found.
fn group(kind: Name) -> Name {
    let of = |term: NamedNodeRef<'static>| Name::of(term.as_str());
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

/// How well two tellings of articles that are `alike` (0 to 100) fit one happening; `None` where
/// they do not.
///
/// Four ways lead there: articles about one thing that use one word; such articles with one type
/// of which a subject has one happening; such articles with one type on the same days, from
/// or to the same place; and who, what and when of related articles.
pub(super) fn fit(a: &Node, b: &Node, alike: i32) -> Option<Fit> {
    let equal = a.kinds.iter().any(|kind| b.kinds.contains(kind));
    let related = equal || a.kinds.iter().any(|&x| b.kinds.iter().any(|&y| compatible(x, y)));
    let told_alike = !disjoint(&a.stems, &b.stems);
    if alike < RELATED || !related && !told_alike {
        return None;
    }
    let differ = |x: &[Hash], y: &[Hash]| !x.is_empty() && !y.is_empty() && disjoint(x, y);
    if differ(&a.patients, &b.patients) || differ(&a.recipients, &b.recipients) {
        return None;
    }
    if let (Some((from, to)), Some((begin, end))) = (a.bounds, b.bounds)
        && (to < begin || end < from)
    {
        return None;
    }
    let dated = a.short_bounds().is_some() && b.short_bounds().is_some();
    let published = a.published.zip(b.published);
    let in_window = published.map(|(day, other)| {
        let (from, to) = window(day);
        from <= other && other <= to
    });
    if !dated && in_window == Some(false) {
        return None;
    }
    let enough = if in_window == Some(true) { ALIKE } else { ALIKE_UNDATED };
    let shared = i32::try_from(shared(&a.core, &b.core).min(3)).unwrap_or(3);
    let singular = a.kinds.iter().any(|&kind| b.kinds.contains(&kind) && is_singular(kind));
    let apart = i32::from(differ(&a.places, &b.places));
    let typed = a.kinds.iter().any(|kind| b.kinds.contains(kind) && *kind != et::OTHER);
    let one_way = !disjoint(&a.ends, &b.ends);
    // Who acts may be told as a whole or by a part ("the police", "Velm Police") where who, what and
    // when agree; of alike articles with one word it is the other company's profit.
    let by_subject = !differ(&a.agents, &b.agents)
        && (alike >= enough && (told_alike || dated && typed && one_way)
            || alike >= enough + BY_TYPE && singular);
    // Two of: one more individual, one word, known days.
    let by_actors = related
        && shared > 0
        && (dated || in_window == Some(true))
        && 2 * shared + i32::from(equal) + 2 * i32::from(told_alike) + 2 * i32::from(dated) - apart
            >= 4;
    if !by_subject && !by_actors {
        return None;
    }
    let reasons = [alike >= enough, told_alike, equal, shared > 0, dated];
    let points = alike
        + 30 * i32::from(told_alike)
        + 10 * i32::from(equal)
        + 10 * shared
        + 20 * i32::from(dated)
        - 10 * apart;
    let reasons = reasons.iter().rev().fold(0, |bits, &holds| bits << 1 | u8::from(holds));
    Some(Fit { points, reasons })
}

/// The first letters of a trigger's last word.
pub(super) fn stem(trigger: &str) -> Option<String> {
    let key = name_key(trigger);
    let last = key.rsplit(' ').next().filter(|word| !word.is_empty())?;
    Some(last.chars().take(STEM).collect())
}

/// Whether two phrases have one head: their last words begin alike.
pub(super) fn same_head(a: &str, b: &str) -> bool {
    stem(a).is_some_and(|a| stem(b) == Some(a))
}

/// The days of publication around `day` within which tellings without days can be one.
pub(super) fn window(day: Date) -> (Date, Date) {
    (days(day, -WINDOW), days(day, WINDOW))
}

/// `day` moved by some days, held inside of the calendar.
pub(super) fn days(day: Date, by: i32) -> Date {
    let span: Span = by.days();
    day.saturating_add(span)
}
