//! Who says so: content by overlap of words, source by overlap of spans.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::eval::items::{
    Article, Span, any_overlap, by_id, count, id, inside, jaccard, left, mention_spans, optional,
    pair, spans, text,
};
use crate::eval::tally::Tally;

struct Item<'a> {
    value: &'a Value,
    content: Vec<Span>,
    source: Vec<Span>,
    cue: Vec<Span>,
    tokens: BTreeSet<usize>,
}

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let entities = by_id(article.array("entities"));
    let gold: Vec<Item<'_>> = gold
        .iter()
        .map(|g| item(g, article, None))
        .filter(|g| !g.content.is_empty() && inside(&g.content, window))
        .collect();
    let predicted: Vec<Item<'_>> = article
        .array("statements")
        .iter()
        .map(|p| item(p, article, Some(&entities)))
        .filter(|p| !p.content.is_empty() && inside(&p.content, window))
        .collect();
    let source_right = |g: usize, p: usize| {
        gold[g].source.is_empty() || any_overlap(&gold[g].source, &predicted[p].source)
    };
    let pairs = pair(gold.len(), predicted.len(), |g, p| {
        if !any_overlap(&gold[g].content, &predicted[p].content) {
            return None;
        }
        let share = jaccard(&gold[g].tokens, &predicted[p].tokens);
        (share >= 0.5).then(|| [f64::from(u8::from(source_right(g, p))), share, 0.0])
    });
    let spare: Vec<bool> = gold.iter().map(|g| optional(g.value)).collect();
    let all: Vec<(usize, usize)> = pairs.iter().map(|&(g, p, _)| (g, p)).collect();
    let hits: Vec<(usize, usize)> =
        all.iter().copied().filter(|&(g, p)| source_right(g, p)).collect();
    count(tally, "content_and_source", &spare, predicted.len(), &hits);
    count(tally, "content", &spare, predicted.len(), &all);
    for mode in ["direct", "mixed", "indirect"] {
        let of_gold = |g: usize| text(gold[g].value, "mode") == Some(mode) && !spare[g];
        let of_predicted = |p: usize| text(predicted[p].value, "mode") == Some(mode);
        let size = |n: usize| n as f64;
        tally.split(
            mode,
            size(hits.iter().filter(|h| of_predicted(h.1)).count()),
            size((0..predicted.len()).filter(|&p| of_predicted(p)).count()),
            size(hits.iter().filter(|h| of_gold(h.0)).count()),
            size((0..gold.len()).filter(|&g| of_gold(g)).count()),
        );
    }
    if gold.iter().any(|g| text(g.value, "kind").is_some_and(|k| !k.is_empty())) {
        // What is said; what is only thought, wished or shown is optional here.
        let said: Vec<bool> = gold
            .iter()
            .zip(&spare)
            .map(|(g, s)| *s || text(g.value, "kind") == Some("other"))
            .collect();
        count(tally, "saying_only", &said, predicted.len(), &hits);
    }
    rates(&gold, &predicted, &all, &source_right, tally);
    let (missed, false_alarms) = left(&hits, &spare, predicted.len());
    for g in missed {
        tally.miss(around(&gold[g].content), text(gold[g].value, "mode").unwrap_or("").to_owned());
    }
    for p in false_alarms {
        let mode = text(predicted[p].value, "mode").unwrap_or("").to_owned();
        tally.false_alarm(around(&predicted[p].content), mode);
    }
}

fn rates(
    gold: &[Item<'_>],
    predicted: &[Item<'_>],
    all: &[(usize, usize)],
    source_right: &impl Fn(usize, usize) -> bool,
    tally: &mut Tally,
) {
    let with_source: Vec<_> = all.iter().filter(|h| !gold[h.0].source.is_empty()).collect();
    let right = with_source.iter().filter(|h| source_right(h.0, h.1)).count();
    tally.rate("source_of_matched", right, with_source.len());
    let with_cue: Vec<_> = all.iter().filter(|h| !gold[h.0].cue.is_empty()).collect();
    let right =
        with_cue.iter().filter(|h| any_overlap(&gold[h.0].cue, &predicted[h.1].cue)).count();
    tally.rate("cue_of_matched", right, with_cue.len());
    let with_mode: Vec<_> = all
        .iter()
        .filter(|h| text(gold[h.0].value, "mode").is_some_and(|m| !m.is_empty()))
        .collect();
    let same =
        |h: &&&(usize, usize)| text(gold[h.0].value, "mode") == text(predicted[h.1].value, "mode");
    tally.rate("mode_of_matched", with_mode.iter().filter(same).count(), with_mode.len());
}

fn item<'a>(
    value: &'a Value,
    article: &Article<'_>,
    entities: Option<&BTreeMap<String, &Value>>,
) -> Item<'a> {
    let content = spans(value.get("content"));
    let mut source = spans(value.get("source"));
    if let Some(entities) = entities
        && source.is_empty()
    {
        let speaker = entities.get(&id(value.get("speaker")));
        source = speaker.map(|e| mention_spans(e)).unwrap_or_default();
    }
    let tokens = article.tokens(&content);
    let cue = spans(value.get("cue"));
    Item { value, content, source, cue, tokens }
}

fn around(content: &[Span]) -> Option<Span> {
    Some((content.first()?.0, content.last()?.1))
}
