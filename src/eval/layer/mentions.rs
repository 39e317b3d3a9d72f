//! Names: exact spans, with and without their coarse type.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::eval::items::{
    Article, Span, count, inside, left, list, optional, overlap, pair, span, text,
};
use crate::eval::tally::Tally;

struct Item {
    span: Span,
    kind: &'static str,
    group: bool,
}

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let types: Option<Vec<&str>> = article
        .scope("mentions", "types")
        .map(|t| list(Some(t)).iter().filter_map(Value::as_str).collect());
    let wanted = |kind: &str| types.as_ref().is_none_or(|t| t.is_empty() || t.contains(&kind));
    let mut spare = Vec::new();
    let mut wished: Vec<Item> = Vec::new();
    for g in gold {
        let Some(at) = span(g.get("span")) else { continue };
        let kind = coarse_gold(text(g, "type").unwrap_or("MISC"));
        if inside(&[at], window) && wanted(kind) {
            wished.push(Item { span: at, kind, group: false });
            spare.push(optional(g));
        }
    }
    let mut given: Vec<Item> = Vec::new();
    for entity in article.array("entities") {
        let native = text(entity, "type").unwrap_or("");
        let kind = coarse(native);
        for mention in list(entity.get("mentions")) {
            let Some(at) = span(mention.get("span")) else { continue };
            let name = text(mention, "form").unwrap_or("name") == "name";
            let known = given.iter().any(|p| p.span == at && p.kind == kind);
            if name && !known && inside(&[at], window) && wanted(kind) {
                given.push(Item { span: at, kind, group: native == "Group" });
            }
        }
    }
    // A span under two types is one span.
    let mut firsts: BTreeMap<Span, usize> = BTreeMap::new();
    let mut once: Vec<usize> = Vec::new();
    for (i, p) in given.iter().enumerate() {
        firsts.entry(p.span).or_insert_with(|| {
            once.push(i);
            i
        });
    }
    let fit = |yes: bool| yes.then_some([1.0, 0.0, 0.0]);
    let hits = |pairs: Vec<(usize, usize, _)>| -> Vec<(usize, usize)> {
        pairs.into_iter().map(|(g, p, _): (usize, usize, [f64; 3])| (g, p)).collect()
    };
    let exact =
        hits(pair(wished.len(), once.len(), |g, p| fit(wished[g].span == given[once[p]].span)));
    count(tally, "strict_span", &spare, once.len(), &exact);
    let typed = |free: bool| {
        hits(pair(wished.len(), given.len(), |g, p| {
            let same = wished[g].kind == given[p].kind || free && given[p].group;
            fit(wished[g].span == given[p].span && same)
        }))
    };
    count(tally, "typed", &spare, given.len(), &typed(false));
    count(tally, "typed_group_free", &spare, given.len(), &typed(true));
    let over = hits(pair(wished.len(), once.len(), |g, p| {
        let shared = overlap(wished[g].span, given[once[p]].span);
        (shared > 0).then_some([shared as f64, 0.0, 0.0])
    }));
    count(tally, "overlap", &spare, once.len(), &over);
    for kind in ["PER", "ORG", "LOC", "MISC"] {
        if types.as_ref().is_some_and(|t| !t.is_empty() && !t.contains(&kind)) {
            continue;
        }
        let g: Vec<usize> = (0..wished.len()).filter(|&i| wished[i].kind == kind).collect();
        let p: Vec<usize> = (0..given.len()).filter(|&i| given[i].kind == kind).collect();
        let of_kind: Vec<bool> = g.iter().map(|&i| spare[i]).collect();
        let found = hits(pair(g.len(), p.len(), |a, b| fit(wished[g[a]].span == given[p[b]].span)));
        count(tally, &format!("typed_{kind}"), &of_kind, p.len(), &found);
    }
    let (missed, false_alarms) = left(&exact, &spare, once.len());
    for g in missed {
        tally.miss(Some(wished[g].span), wished[g].kind.to_owned());
    }
    for p in false_alarms {
        tally.false_alarm(Some(given[once[p]].span), given[once[p]].kind.to_owned());
    }
}

/// The coarse class of a contract's type.
fn coarse(kind: &str) -> &'static str {
    match kind {
        "Person" => "PER",
        "Organization" | "Group" => "ORG",
        "Place" | "Facility" => "LOC",
        _ => "MISC",
    }
}

fn coarse_gold(kind: &str) -> &'static str {
    match kind.to_uppercase().as_str() {
        "PER" | "PERSON" => "PER",
        "ORG" | "ORGANIZATION" | "GROUP" | "NORP" => "ORG",
        "LOC" | "LOCATION" | "PLACE" | "GPE" | "FAC" | "FACILITY" => "LOC",
        _ => "MISC",
    }
}
