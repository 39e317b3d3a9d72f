//! Which thing in the world: the best link of each knowledge base at each name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::eval::items::{
    Article, Span, any_overlap, count, inside, left, list, optional, overlap, pair, span, text,
};
use crate::eval::tally::Tally;

type Keys = BTreeSet<(&'static str, String)>;

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let only = article.scope("links", "only").and_then(Value::as_str);
    let wished: Vec<(Span, Keys, bool)> = gold
        .iter()
        .filter_map(|g| {
            let iris = text(g, "iri").into_iter();
            let alt = list(g.get("alt")).iter().filter_map(Value::as_str);
            let keys = iris.chain(alt).filter(|i| !i.is_empty()).map(key).collect();
            Some((span(g.get("span"))?, keys, optional(g)))
        })
        .filter(|(s, _, _)| inside(&[*s], window))
        .collect();
    let mut seen = BTreeSet::new();
    let mut given: Vec<(Span, Keys)> = Vec::new();
    for entity in article.array("entities") {
        let mut best: BTreeMap<&'static str, (f64, String)> = BTreeMap::new();
        for link in list(entity.get("links")) {
            let (kb, item) = key(text(link, "iri").unwrap_or(""));
            let score = link.get("score").and_then(Value::as_f64).unwrap_or(0.0);
            if best.get(kb).is_none_or(|b| score > b.0) {
                best.insert(kb, (score, item));
            }
        }
        let keys: Keys = best.into_iter().map(|(kb, (_, item))| (kb, item)).collect();
        for mention in list(entity.get("mentions")) {
            let Some(at) = span(mention.get("span")) else { continue };
            let name = text(mention, "form").unwrap_or("name") == "name";
            if !keys.is_empty() && name && inside(&[at], window) && seen.insert(at) {
                given.push((at, keys.clone()));
            }
        }
    }
    if only == Some("gold_spans") {
        let places: Vec<Span> = wished.iter().map(|g| g.0).collect();
        given.retain(|p| any_overlap(&[p.0], &places));
    }
    let linked: Vec<&(Span, Keys, bool)> = wished.iter().filter(|g| !g.1.is_empty()).collect();
    let spare: Vec<bool> = linked.iter().map(|g| g.2).collect();
    let right = |g: usize, p: usize| !linked[g].1.is_disjoint(&given[p].1);
    let flag = |yes: bool| f64::from(u8::from(yes));
    let exact: Vec<(usize, usize)> = pair(linked.len(), given.len(), |g, p| {
        (linked[g].0 == given[p].0).then_some([1.0, 0.0, 0.0])
    })
    .into_iter()
    .map(|(g, p, _)| (g, p))
    .collect();
    let hits: Vec<(usize, usize)> = exact.iter().copied().filter(|&(g, p)| right(g, p)).collect();
    count(tally, "strict_span", &spare, given.len(), &hits);
    let weak: Vec<(usize, usize)> = pair(linked.len(), given.len(), |g, p| {
        let shared = overlap(linked[g].0, given[p].0);
        let same = linked[g].0 == given[p].0;
        (shared > 0).then(|| [flag(right(g, p)), flag(same), shared as f64])
    })
    .into_iter()
    .map(|(g, p, _)| (g, p))
    .filter(|&(g, p)| right(g, p))
    .collect();
    count(tally, "overlap", &spare, given.len(), &weak);
    tally.rate("iri_of_matched_span", hits.len(), exact.len());
    let nil: BTreeSet<Span> = wished.iter().filter(|g| g.1.is_empty()).map(|g| g.0).collect();
    if !nil.is_empty() {
        let free = nil.iter().filter(|s| !seen.contains(s)).count();
        tally.rate("nil_left_unlinked", free, nil.len());
    }
    let (missed, false_alarms) = left(&hits, &spare, given.len());
    let label = |keys: &Keys| {
        keys.iter().map(|(kb, item)| format!("{kb}:{item}")).collect::<Vec<_>>().join(" ")
    };
    for g in missed {
        tally.miss(Some(linked[g].0), label(&linked[g].1));
    }
    for p in false_alarms {
        tally.false_alarm(Some(given[p].0), label(&given[p].1));
    }
}

static WIKIDATA: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?:^|/|:)(Q\d+)$"));
static WIKIPEDIA: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^(?:https?://)?(?:[a-z]+\.)?(?:wikipedia\.org/wiki|dbpedia\.org/(?:resource|page))/(.+)$",
    )
});
static GEONAMES: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^https?://(?:sws|www)\.geonames\.org/(\d+)"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that compiles")
}

/// An IRI as knowledge base and key; DBpedia uses Wikipedia's titles.
fn key(iri: &str) -> (&'static str, String) {
    let first = |m: &regex::Captures<'_>| m.get(1).map_or("", |g| g.as_str()).to_owned();
    if let Some(m) = WIKIDATA.captures(iri) {
        return ("wd", first(&m));
    }
    if let Some(m) = WIKIPEDIA.captures(iri) {
        let title = unescape(&first(&m)).replace(' ', "_");
        let mut letters = title.chars();
        let upper: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        return ("wp", upper + letters.as_str());
    }
    if let Some(m) = GEONAMES.captures(iri) {
        return ("gn", first(&m));
    }
    ("iri", iri.to_owned())
}

/// Undoes percent signs.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let code = text.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
        match code {
            Some(byte) if bytes[i] == b'%' => {
                out.push(byte);
                i += 3;
            }
            _ => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
