//! When: overlapping span and the same TIMEX3 value.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::eval::items::{
    Article, Span, count, inside, left, list, lower, optional, overlap, pair, span, text,
};
use crate::eval::tally::Tally;

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
    let given = article.array("times");
    let (g_kept, p_kept) = (keep(gold), keep(given));
    let item = |g: usize| &gold[g_kept[g].0];
    let other = |p: usize| &given[p_kept[p].0];
    let flag = |yes: bool| f64::from(u8::from(yes));
    let pairs = pair(g_kept.len(), p_kept.len(), |g, p| {
        let shared = overlap(g_kept[g].1, p_kept[p].1);
        (shared > 0).then(|| {
            [flag(same(item(g), other(p))), flag(g_kept[g].1 == p_kept[p].1), shared as f64]
        })
    });
    let spare: Vec<bool> = (0..g_kept.len()).map(|g| optional(item(g))).collect();
    let all: Vec<(usize, usize)> = pairs.iter().map(|&(g, p, _)| (g, p)).collect();
    let only = |keep: &dyn Fn(usize, usize) -> bool| -> Vec<(usize, usize)> {
        all.iter().copied().filter(|&(g, p)| keep(g, p)).collect()
    };
    let hits = only(&|g, p| same(item(g), other(p)));
    count(tally, "value", &spare, p_kept.len(), &hits);
    count(tally, "overlap", &spare, p_kept.len(), &all);
    let exact = only(&|g, p| g_kept[g].1 == p_kept[p].1);
    count(tally, "strict_span", &spare, p_kept.len(), &exact);
    let with_type: Vec<_> = all.iter().filter(|h| !lower(item(h.0), "type").is_empty()).collect();
    let right = with_type.iter().filter(|h| lower(item(h.0), "type") == lower(other(h.1), "type"));
    tally.rate("type_of_matched", right.count(), with_type.len());
    tally.rate("value_of_matched", hits.len(), all.len());
    if (0..g_kept.len()).any(|g| day(item(g), "begin").is_some()) {
        let dated: Vec<_> = all.iter().filter(|h| day(item(h.0), "begin").is_some()).collect();
        let right = dated
            .iter()
            .filter(|h| ["begin", "end"].iter().all(|m| day(item(h.0), m) == day(other(h.1), m)));
        tally.rate("first_and_last_day_of_matched", right.count(), dated.len());
    }
    for kind in ["date", "time", "duration", "set"] {
        let of_gold = |g: usize| lower(item(g), "type") == kind && !spare[g];
        let of_predicted = |p: usize| lower(other(p), "type") == kind;
        let size = |n: usize| n as f64;
        tally.split(
            &format!("value_{kind}"),
            size(hits.iter().filter(|h| of_predicted(h.1)).count()),
            size((0..p_kept.len()).filter(|&p| of_predicted(p)).count()),
            size(hits.iter().filter(|h| of_gold(h.0)).count()),
            size((0..g_kept.len()).filter(|&g| of_gold(g)).count()),
        );
    }
    let (missed, false_alarms) = left(&hits, &spare, p_kept.len());
    let label = |v: &Value| {
        format!("{} {}", text(v, "type").unwrap_or("-"), text(v, "value").unwrap_or("-"))
    };
    for g in missed {
        tally.miss(Some(g_kept[g].1), label(item(g)));
    }
    for p in false_alarms {
        tally.false_alarm(Some(p_kept[p].1), label(other(p)));
    }
}

fn day<'a>(item: &'a Value, member: &str) -> Option<&'a str> {
    text(item, member).filter(|d| !d.is_empty()).map(|d| d.get(..10).unwrap_or(d))
}

/// One of the gold values; a range that has none: the same first and last day.
fn same(gold: &Value, predicted: &Value) -> bool {
    let values: Vec<String> = text(gold, "value")
        .into_iter()
        .chain(list(gold.get("alt")).iter().filter_map(Value::as_str))
        .filter(|v| !v.is_empty())
        .map(normal)
        .collect();
    if values.is_empty() {
        let begin = day(gold, "begin");
        return begin.is_some()
            && begin == day(predicted, "begin")
            && day(gold, "end") == day(predicted, "end");
    }
    values.contains(&normal(text(predicted, "value").unwrap_or("")))
}

static PADDED: LazyLock<Regex> = LazyLock::new(|| compiled(r"^P(T?)0+(\d)"));
static OPEN: LazyLock<Regex> = LazyLock::new(|| compiled(r"(-XX)+$"));
static DECADE: LazyLock<Regex> = LazyLock::new(|| compiled(r"^(\d\d\d?)X+$"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| compiled(r"^\d{2}"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that compiles")
}

/// Two spellings of one value: upper case, P01Y as P1Y, 1952-XX-XX as 1952, 199X as 199.
fn normal(value: &str) -> String {
    let upper = value.trim().to_uppercase();
    let upper = upper.strip_suffix('Z').unwrap_or(&upper);
    let mut value = PADDED.replace(upper, "P$1$2").into_owned();
    if YEAR.is_match(&value) {
        value = OPEN.replace(&value, "").into_owned();
        value = DECADE.replace(&value, "$1").into_owned();
    }
    match value.strip_suffix("T00:00:00") {
        Some(day) => format!("{day}T00:00"),
        None => value,
    }
}
