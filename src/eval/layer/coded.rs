//! PLOVER coding of a sentence: the set of its types, and who did it to whom.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::eval::items::{Article, Span, any_overlap, id, list, mention_spans, span, spans, text};
use crate::eval::tally::Tally;
use crate::eval::words;

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let events = article.array("events");
    let types: BTreeSet<&str> = events.iter().filter_map(plover).collect();
    let wished: Vec<BTreeSet<&str>> = gold
        .iter()
        .map(|g| list(g.get("types")).iter().filter_map(Value::as_str).collect())
        .collect();
    let right = wished.iter().filter(|w| !w.is_disjoint(&types)).count();
    tally.add("type", right, types.len().max(right), gold.len());
    tally.rate("type_found", right, gold.len());
    for (g, want) in gold.iter().zip(&wished) {
        let cue = spans(g.get("cue"));
        let at_cue = |e: &Value| span(e.get("trigger")).is_some_and(|t| any_overlap(&[t], &cue));
        tally.rate("cue_found", usize::from(events.iter().any(at_cue)), 1);
        let of_type: Vec<&Value> =
            events.iter().filter(|e| plover(e).is_some_and(|t| want.contains(t))).collect();
        let both: Vec<&Value> = of_type.iter().copied().filter(|e| at_cue(e)).collect();
        let chosen = if !both.is_empty() {
            both
        } else if !of_type.is_empty() {
            of_type
        } else {
            events.iter().filter(|e| at_cue(e)).collect()
        };
        if want.is_disjoint(&types) {
            tally.miss(cue.first().copied(), text(g, "native").unwrap_or("").to_owned());
        }
        actors(g, &chosen, article, tally);
    }
}

/// A contract's type as one of PLOVER's sixteen; an arrest is a kind of coercion.
fn plover(event: &Value) -> Option<&str> {
    const SIXTEEN: [&str; 16] = [
        "Agree",
        "Consult",
        "Support",
        "Concede",
        "Cooperate",
        "Aid",
        "Retreat",
        "Request",
        "Accuse",
        "Reject",
        "Threaten",
        "Protest",
        "Sanction",
        "Mobilize",
        "Coerce",
        "Assault",
    ];
    match text(event, "type")? {
        "Arrest" => Some("Coerce"),
        other => SIXTEEN.contains(&other).then_some(other),
    }
}

fn actors(gold: &Value, chosen: &[&Value], article: &Article<'_>, tally: &mut Tally) {
    let symmetric = gold.get("symmetric").and_then(Value::as_bool).unwrap_or(false);
    let sides: [(&str, &[&str]); 2] =
        [("source", &["agent"]), ("target", &["patient", "recipient", "topic"])];
    for (side, roles) in sides {
        let mut fillers: Vec<String> = Vec::new();
        for event in chosen {
            for role in list(event.get("roles")) {
                let name = text(role, "role").unwrap_or("");
                let either = symmetric && ["agent", "patient", "recipient"].contains(&name);
                if roles.contains(&name) || either {
                    fillers.push(id(role.get("ref")));
                }
            }
            if side == "target"
                && let Some(place) = event.get("place").filter(|p| !p.is_null())
            {
                // PLOVER codes a place acted upon or in as the target.
                fillers.push(id(Some(place)));
            }
        }
        for actor in list(gold.get(side)) {
            let wanted = spans(actor.get("spans"));
            let found = fillers.iter().any(|filler| {
                let (places, names) = filled(filler, article);
                any_overlap(&places, &wanted)
                    || wanted.is_empty()
                        && names.iter().any(|n| alike(text(actor, "text").unwrap_or(""), n))
            });
            tally.rate(&format!("{side}_found"), usize::from(found), 1);
        }
    }
}

/// Where a filler stands and what it is called.
fn filled(filler: &str, article: &Article<'_>) -> (Vec<Span>, Vec<String>) {
    let find = |array: &str| article.array(array).iter().find(|item| id(item.get("id")) == filler);
    let mut names = Vec::new();
    let places = if let Some(entity) = find("entities") {
        names.extend(text(entity, "name").map(str::to_owned));
        mention_spans(entity)
    } else if let Some(time) = find("times") {
        spans(time.get("span"))
    } else if let Some(quantity) = find("quantities") {
        spans(quantity.get("span")).into_iter().chain(spans(quantity.get("of"))).collect()
    } else if let Some(event) = find("events") {
        spans(event.get("trigger"))
    } else {
        Vec::new()
    };
    names.extend(places.iter().map(|&p| article.words(p).to_owned()));
    (places, names)
}

/// Equal but for case and small words; or the words of one contain the other's; or half are shared.
fn alike(a: &str, b: &str) -> bool {
    const SMALL: [&str; 18] = [
        "the", "a", "an", "of", "and", "in", "at", "on", "for", "to", "its", "his", "her", "their",
        "mr", "mrs", "ms", "dr",
    ];
    let bag = |s: &str| -> BTreeSet<String> {
        words::words(&s.to_lowercase())
            .into_iter()
            .filter(|w| !SMALL.contains(&w.as_str()))
            .collect()
    };
    let (x, y) = (bag(a), bag(b));
    if x.is_empty() || y.is_empty() {
        return !b.trim().is_empty() && a.trim().eq_ignore_ascii_case(b.trim());
    }
    let both = x.intersection(&y).count();
    x.is_subset(&y) || y.is_subset(&x) || both * 2 >= x.len() + y.len() - both
}
