//! What happened: triggers by overlap, and what the matched ones say.

use serde_json::Value;

use crate::eval::items::{
    Article, Span, count, inside, left, lower, optional, overlap, pair, spans, text,
};
use crate::eval::tally::Tally;

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let keep = |items: &'_ [Value]| -> Vec<(usize, Vec<Span>)> {
        items
            .iter()
            .enumerate()
            .map(|(i, v)| (i, spans(v.get("trigger"))))
            .filter(|(_, t)| inside(t, window))
            .collect()
    };
    let given = article.array("events");
    let (g_kept, p_kept) = (keep(gold), keep(given));
    let pairs = pair(g_kept.len(), p_kept.len(), |g, p| {
        let (a, b) = (&g_kept[g].1, &p_kept[p].1);
        let best = a.iter().flat_map(|&x| b.iter().map(move |&y| overlap(x, y))).max().unwrap_or(0);
        let same = |member| gold[g_kept[g].0].get(member) == given[p_kept[p].0].get(member);
        (best > 0)
            .then(|| [f64::from(u8::from(a == b)), f64::from(u8::from(same("type"))), best as f64])
    });
    let item = |g: usize| &gold[g_kept[g].0];
    let other = |p: usize| &given[p_kept[p].0];
    let spare: Vec<bool> = (0..g_kept.len()).map(|g| optional(item(g))).collect();
    let hits: Vec<(usize, usize)> = pairs.iter().map(|&(g, p, _)| (g, p)).collect();
    count(tally, "trigger", &spare, p_kept.len(), &hits);
    let any = |member: &str| (0..g_kept.len()).any(|g| !lower(item(g), member).is_empty());
    if any("type") {
        let typed: Vec<(usize, usize)> = hits
            .iter()
            .copied()
            .filter(|&(g, p)| text(item(g), "type") == text(other(p), "type"))
            .collect();
        count(tally, "trigger_and_type", &spare, p_kept.len(), &typed);
    }
    for member in ["type", "lemma", "polarity", "modality"] {
        if any(member) {
            let both: Vec<_> =
                hits.iter().filter(|h| !lower(item(h.0), member).is_empty()).collect();
            let same =
                both.iter().filter(|h| lower(item(h.0), member) == lower(other(h.1), member));
            tally.rate(&format!("{member}_of_matched"), same.count(), both.len());
        }
    }
    let (missed, false_alarms) = left(&hits, &spare, p_kept.len());
    let label = |v: &Value| {
        format!("{} {}", text(v, "type").unwrap_or("-"), text(v, "lemma").unwrap_or(""))
    };
    for g in missed {
        tally.miss(g_kept[g].1.first().copied(), label(item(g)));
    }
    for p in false_alarms {
        tally.false_alarm(p_kept[p].1.first().copied(), label(other(p)));
    }
}
