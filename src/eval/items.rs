//! Spans, matching and look-ups that every layer needs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::tally::Tally;
use super::words;

/// First and one past the last scalar value.
pub(super) type Span = (usize, usize);

/// One article's prediction with what the gold says of its scope.
#[derive(Debug)]
pub(super) struct Article<'a> {
    pub(super) text: Option<&'a str>,
    pub(super) facts: &'a Value,
    pub(super) scope: Option<&'a Value>,
    /// Byte offset of each scalar value of the text.
    starts: Vec<usize>,
}

impl<'a> Article<'a> {
    pub(super) fn new(
        _id: &str,
        text: Option<&'a str>,
        facts: &'a Value,
        scope: Option<&'a Value>,
    ) -> Self {
        let starts = text
            .map(|t| t.char_indices().map(|(i, _)| i).chain([t.len()]).collect())
            .unwrap_or_default();
        Self { text, facts, scope, starts }
    }

    /// The words of a span.
    pub(super) fn words(&self, span: Span) -> &'a str {
        let last = self.starts.len().saturating_sub(1);
        let at = |i: usize| self.starts.get(i.min(last)).copied().unwrap_or(0);
        self.text.and_then(|t| t.get(at(span.0)..at(span.1).max(at(span.0)))).unwrap_or("")
    }

    /// The items of one of the arrays of the facts.
    pub(super) fn array(&self, name: &str) -> &'a [Value] {
        list(self.facts.get(name))
    }

    /// The window that alone was annotated.
    pub(super) fn window(&self) -> Option<Span> {
        self.scope.and_then(|s| span(s.get("span")))
    }

    /// A member of the scope.
    pub(super) fn scope(&self, layer: &str, member: &str) -> Option<&'a Value> {
        self.scope?.get(layer)?.get(member)
    }

    /// The word tokens under spans, by their first scalar; without a text, the scalars.
    pub(super) fn tokens(&self, spans: &[Span]) -> BTreeSet<usize> {
        let mut out = BTreeSet::new();
        for &(from, to) in spans {
            if self.text.is_some() {
                out.extend(words::starts(self.words((from, to))).map(|i| from + i));
            } else {
                out.extend(from..to);
            }
        }
        out
    }
}

pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
}

/// An id, which may be a number.
pub(super) fn id(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(s)) => s.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The id of the article of a facts object.
pub(super) fn facts_id(facts: &Value) -> Option<String> {
    let article = facts.get("article").and_then(|a| a.get("id"));
    article.or_else(|| facts.get("id")).map(|v| id(Some(v)))
}

pub(super) fn span(value: Option<&Value>) -> Option<Span> {
    let pair = value?.as_array()?;
    let at = |i: usize| usize::try_from(pair.get(i)?.as_u64()?).ok();
    Some((at(0)?, at(1)?))
}

/// A span, a list of spans, or nothing, as a list.
pub(super) fn spans(value: Option<&Value>) -> Vec<Span> {
    match span(value) {
        Some(one) => vec![one],
        None => list(value).iter().filter_map(|s| span(Some(s))).collect(),
    }
}

pub(super) fn text<'a>(item: &'a Value, member: &str) -> Option<&'a str> {
    item.get(member).and_then(Value::as_str)
}

/// The letters of a member in lower case; nothing for a missing one.
pub(super) fn lower(item: &Value, member: &str) -> String {
    text(item, member).unwrap_or("").to_lowercase()
}

pub(super) fn optional(item: &Value) -> bool {
    item.get("optional").and_then(Value::as_bool).unwrap_or(false)
}

/// Scalars that two spans share; negative for a gap.
pub(super) fn overlap(a: Span, b: Span) -> i64 {
    let signed = |x: usize| i64::try_from(x).unwrap_or(i64::MAX);
    signed(a.1.min(b.1)) - signed(a.0.max(b.0))
}

pub(super) fn any_overlap(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|&x| b.iter().any(|&y| overlap(x, y) > 0))
}

pub(super) fn inside(spans: &[Span], window: Option<Span>) -> bool {
    window.is_none_or(|w| spans.iter().all(|s| w.0 <= s.0 && s.1 <= w.1))
}

/// The share of equal elements.
pub(super) fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

/// How well a pair fits, the most important part first.
pub(super) type Fit = [f64; 3];

/// One-to-one pairs, the best first; ties in text order.
pub(super) fn pair(
    gold: usize,
    predicted: usize,
    fit: impl Fn(usize, usize) -> Option<Fit>,
) -> Vec<(usize, usize, Fit)> {
    let mut all: Vec<(Fit, usize, usize)> = Vec::new();
    for g in 0..gold {
        for p in 0..predicted {
            if let Some(fit) = fit(g, p) {
                all.push((fit, g, p));
            }
        }
    }
    all.sort_by(|a, b| {
        let by_fit = b.0.iter().zip(&a.0).map(|(x, y)| x.total_cmp(y));
        by_fit
            .fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
            .then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut used_g, mut used_p) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (fit, g, p) in all {
        if !used_g.contains(&g) && !used_p.contains(&p) {
            used_g.insert(g);
            used_p.insert(p);
            out.push((g, p, fit));
        }
    }
    out
}

/// Counts pairs, leaving optional gold items out on both sides; the result are the hits.
pub(super) fn count(
    tally: &mut Tally,
    name: &str,
    optional: &[bool],
    predicted: usize,
    hits: &[(usize, usize)],
) {
    let spare = hits.iter().filter(|h| optional.get(h.0).copied().unwrap_or(false)).count();
    let wanted = optional.iter().filter(|o| !**o).count();
    tally.add(name, hits.len() - spare, predicted - spare, wanted);
}

/// The gold and predicted items that are in no hit.
pub(super) fn left(
    hits: &[(usize, usize)],
    optional: &[bool],
    predicted: usize,
) -> (Vec<usize>, Vec<usize>) {
    let found: BTreeSet<usize> = hits.iter().map(|h| h.0).collect();
    let right: BTreeSet<usize> = hits.iter().map(|h| h.1).collect();
    let missed = (0..optional.len()).filter(|g| !found.contains(g) && !optional[*g]).collect();
    (missed, (0..predicted).filter(|p| !right.contains(p)).collect())
}

/// The entities of a prediction by id.
pub(super) fn by_id(items: &[Value]) -> BTreeMap<String, &Value> {
    items.iter().map(|item| (id(item.get("id")), item)).collect()
}

/// The spans of an entity's mentions.
pub(super) fn mention_spans(entity: &Value) -> Vec<Span> {
    list(entity.get("mentions")).iter().filter_map(|m| span(m.get("span"))).collect()
}
