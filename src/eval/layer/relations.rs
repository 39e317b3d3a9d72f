//! What is so: predicate and both ends, by name or by place in the text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::eval::items::{
    Article, Span, any_overlap, by_id, count, id, left, list, mention_spans, optional, pair, span,
    spans, text,
};
use crate::eval::tally::Tally;
use crate::eval::words::likeness;

struct End {
    names: Vec<String>,
    spans: Vec<Span>,
}

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let entities = by_id(article.array("entities"));
    let given: Vec<(&Value, End, End)> = article
        .array("relations")
        .iter()
        .filter(|r| text(r, "polarity").unwrap_or("positive") == "positive")
        .map(|r| {
            let at = |member| end(r.get(member), &entities, article);
            (r, at("subject"), at("object"))
        })
        .collect();
    let predicate = |v: &Value| text(v, "predicate").unwrap_or("").to_owned();
    let pairs = pair(gold.len(), given.len(), |g, p| {
        if predicate(&gold[g]) != predicate(given[p].0) {
            return None;
        }
        let a = fit(gold[g].get("subject"), &given[p].1);
        let b = fit(gold[g].get("object"), &given[p].2);
        (a >= 0.5 && b >= 0.5).then_some([a + b, 0.0, 0.0])
    });
    let spare: Vec<bool> = gold.iter().map(optional).collect();
    let hits: Vec<(usize, usize)> = pairs.iter().map(|&(g, p, _)| (g, p)).collect();
    count(tally, "soft", &spare, given.len(), &hits);
    let strict: Vec<(usize, usize)> =
        pairs.iter().filter(|x| x.2[0] >= 2.0).map(|&(g, p, _)| (g, p)).collect();
    count(tally, "strict", &spare, given.len(), &strict);
    let kinds: BTreeSet<String> = gold.iter().map(&predicate).collect();
    for kind in kinds {
        let found = hits.iter().filter(|h| predicate(&gold[h.0]) == kind && !spare[h.0]).count();
        let found_spare =
            hits.iter().filter(|h| predicate(&gold[h.0]) == kind && spare[h.0]).count();
        let of_predicted = given.iter().filter(|x| predicate(x.0) == kind).count();
        let of_gold = gold.iter().filter(|g| predicate(g) == kind).count();
        tally.add(&format!("soft_{kind}"), found + found_spare, of_predicted, of_gold);
    }
    let (missed, false_alarms) = left(&hits, &spare, given.len());
    for g in missed {
        tally.miss(None, predicate(&gold[g]));
    }
    for p in false_alarms {
        tally.false_alarm(span(given[p].0.get("span")), predicate(given[p].0));
    }
}

fn end(value: Option<&Value>, entities: &BTreeMap<String, &Value>, article: &Article<'_>) -> End {
    if let Some(literal) = value.filter(|v| v.is_object()) {
        let words = text(literal, "value").unwrap_or("").to_owned();
        return End { names: vec![words], spans: Vec::new() };
    }
    let Some(entity) = entities.get(&id(value)) else {
        return End { names: vec![id(value)], spans: Vec::new() };
    };
    let mut names = vec![text(entity, "name").unwrap_or("").to_owned()];
    if article.text.is_some() {
        let forms = list(entity.get("mentions"))
            .iter()
            .filter(|m| text(m, "form").unwrap_or("name") != "pronoun")
            .filter_map(|m| span(m.get("span")));
        names.extend(forms.map(|s| article.words(s).to_owned()));
    }
    End { names, spans: mention_spans(entity) }
}

/// A gold end is a name, several names, a span or several spans.
fn fit(gold: Option<&Value>, given: &End) -> f64 {
    let items = list(gold);
    let by_place = items.first().is_some_and(|x| x.is_u64() || x.is_array());
    if by_place {
        return f64::from(u8::from(any_overlap(&spans(gold), &given.spans)));
    }
    let names: Vec<&str> = match gold.and_then(Value::as_str) {
        Some(one) => vec![one],
        None => items.iter().filter_map(Value::as_str).collect(),
    };
    names.iter().map(|n| likeness(n, &given.names)).fold(0.0, f64::max)
}
