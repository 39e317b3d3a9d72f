//! How many: overlapping span and the same number.

use serde_json::Value;

use crate::eval::items::{
    Article, Span, count, inside, left, lower, optional, overlap, pair, span, text,
};
use crate::eval::tally::Tally;

use super::readings;

type Bounds = (Option<f64>, Option<f64>);

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let keep = |items: &'_ [Value]| -> Vec<(usize, Span)> {
        items
            .iter()
            .enumerate()
            .filter_map(|(i, v)| Some((i, span(v.get("span"))?)))
            .filter(|(_, s)| inside(&[*s], window))
            .collect()
    };
    let given = article.array("quantities");
    let (g_kept, p_kept) = (keep(gold), keep(given));
    let item = |g: usize| &gold[g_kept[g].0];
    let other = |p: usize| &given[p_kept[p].0];
    let flag = |yes: bool| f64::from(u8::from(yes));
    let pairs = pair(g_kept.len(), p_kept.len(), |g, p| {
        let shared = overlap(g_kept[g].1, p_kept[p].1);
        let unit = item(g).get("unit") == other(p).get("unit");
        (shared > 0).then(|| [flag(same(item(g), other(p))), flag(unit), shared as f64])
    });
    let spare: Vec<bool> = (0..g_kept.len()).map(|g| optional(item(g))).collect();
    let all: Vec<(usize, usize)> = pairs.iter().map(|&(g, p, _)| (g, p)).collect();
    let hits: Vec<(usize, usize)> =
        all.iter().copied().filter(|&(g, p)| same(item(g), other(p))).collect();
    count(tally, "number", &spare, p_kept.len(), &hits);
    count(tally, "overlap", &spare, p_kept.len(), &all);
    let with_unit: Vec<(usize, usize)> = hits
        .iter()
        .copied()
        .filter(|&(g, p)| {
            let unit = item(g).get("unit").filter(|u| !u.is_null());
            unit.is_none() || lower(item(g), "unit") == lower(other(p), "unit")
        })
        .collect();
    count(tally, "number_and_unit", &spare, p_kept.len(), &with_unit);
    for member in ["unit", "modifier", "change"] {
        if (0..g_kept.len()).any(|g| !lower(item(g), member).is_empty()) {
            let both: Vec<_> =
                hits.iter().filter(|h| !lower(item(h.0), member).is_empty()).collect();
            let right =
                both.iter().filter(|h| lower(item(h.0), member) == lower(other(h.1), member));
            tally.rate(&format!("{member}_of_matched"), right.count(), both.len());
        }
    }
    readings::score(gold, article, tally);
    let (missed, false_alarms) = left(&hits, &spare, p_kept.len());
    let label = |v: &Value| {
        let shown = |x: Option<f64>| x.map_or(String::new(), |x| x.to_string());
        let number = match bounds(v) {
            (low, high) if low == high => shown(low),
            (low, high) => format!("{}..{}", shown(low), shown(high)),
        };
        format!("{number} {}", text(v, "unit").unwrap_or("-"))
    };
    for g in missed {
        tally.miss(Some(g_kept[g].1), label(item(g)));
    }
    for p in false_alarms {
        tally.false_alarm(Some(p_kept[p].1), label(other(p)));
    }
}

fn bounds(item: &Value) -> Bounds {
    let number = |member: &str| item.get(member).and_then(Value::as_f64);
    match number("value") {
        Some(value) => (Some(value), Some(value)),
        None => (number("low"), number("high")),
    }
}

fn same(gold: &Value, predicted: &Value) -> bool {
    let wished = bounds(gold);
    let given = bounds(predicted);
    let close = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (None, None) => true,
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9 * 1.0_f64.max(x.abs()).max(y.abs()),
        _ => false,
    };
    (wished.0.is_some() || wished.1.is_some())
        && close(wished.0, given.0)
        && close(wished.1, given.1)
}
