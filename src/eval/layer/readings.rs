//! How many, as the quantity sets themselves read it: another reading of an item may be as good
//! (10.4 cents are 0.104 USD), a length of time counts where the gold has one, and where a set
//! annotates one family of units, figures of other families are left out.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::eval::items::{Article, Span, list, overlap, pair, span, text};
use crate::eval::tally::Tally;

/// A number or its bounds, with its unit.
#[derive(Clone, Debug, PartialEq)]
struct Reading {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: String,
}

/// Adds `number_read` and `number_and_unit_read`.
pub(super) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let family = article.scope.and_then(|s| text(s, "unit_family"));
    let wanted: Vec<(Option<Span>, Vec<Reading>)> =
        gold.iter().map(|g| (span(g.get("span")), readings(g))).collect();
    let meets = |at: Span| wanted.iter().any(|(s, _)| s.is_some_and(|s| overlap(s, at) > 0));
    let mut given: Vec<(Span, Reading)> = article
        .array("quantities")
        .iter()
        .filter_map(|q| Some((span(q.get("span"))?, reading(q))))
        .filter(|(at, q)| family.is_none_or(|f| of_family(&q.unit, f) || meets(*at)))
        .collect();
    let figures = given.len();
    for time in article.array("times") {
        if text(time, "type") == Some("duration")
            && let (Some(at), Some(length)) = (span(time.get("span")), length(time))
            && given[..figures].iter().all(|(other, _)| overlap(*other, at) <= 0)
        {
            given.push((at, length));
        }
    }
    let pairs = pair(wanted.len(), given.len(), |g, p| {
        let ((at, readings), (place, found)) = (&wanted[g], &given[p]);
        if at.is_some_and(|at| overlap(at, *place) <= 0) {
            return None;
        }
        let fit = |r: &Reading| if same_unit(&r.unit, &found.unit) { 3.0 } else { 1.0 };
        let best = readings.iter().filter(|r| same_number(r, found)).map(fit);
        let best = best.max_by(f64::total_cmp)?;
        Some([best + if *at == Some(*place) { 0.5 } else { 0.0 }, 0.0, 0.0])
    });
    let lengths = pairs.iter().filter(|p| p.1 >= figures).count();
    let with_unit = pairs.iter().filter(|(g, p, _)| {
        let found = &given[*p].1;
        wanted[*g].1.iter().any(|r| same_number(r, found) && same_unit(&r.unit, &found.unit))
    });
    tally.add("number_read", pairs.len(), figures + lengths, gold.len());
    tally.add("number_and_unit_read", with_unit.count(), figures + lengths, gold.len());
}

fn readings(item: &Value) -> Vec<Reading> {
    std::iter::once(item).chain(list(item.get("alt"))).map(reading).collect()
}

fn reading(item: &Value) -> Reading {
    let number = |member: &str| item.get(member).and_then(Value::as_f64);
    Reading {
        value: number("value"),
        low: number("low"),
        high: number("high"),
        unit: normal(text(item, "unit").unwrap_or("")),
    }
}

/// One spelling of a unit.
fn normal(unit: &str) -> String {
    let unit = unit.trim();
    let code = match unit.to_lowercase().as_str() {
        "%" | "percentage" | "percent" => "percent",
        "$" | "us$" | "usd" => "USD",
        "€" | "eur" => "EUR",
        "£" | "gbp" => "GBP",
        "¥" | "jpy" => "JPY",
        "1" | "" | "count" | "{count}" => "count",
        _ => unit,
    };
    code.to_owned()
}

static MONEY: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:[A-Z]{3}(/.*)?|cent|pence|penny|sen|satoshi)$"));
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^P(?:(\d+(?:\.\d+)?)([YMWD]))?(?:T(\d+(?:\.\d+)?)([HMS]))?$"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant that compiles")
}

fn of_family(unit: &str, family: &str) -> bool {
    let families: &[&str] = match unit {
        "percent" => &["percent"],
        "count" => &[],
        unit if MONEY.is_match(unit) => &["currency"],
        "a" | "mo" | "wk" | "d" | "h" | "min" | "s" => &["age"],
        "deg" => &["temperature", "dimension"],
        "Cel" | "[degF]" | "K" => &["temperature"],
        _ => &["dimension"],
    };
    families.contains(&family)
}

/// A length of time in one unit, as a quantity.
fn length(time: &Value) -> Option<Reading> {
    let parts = LENGTH.captures(text(time, "value")?)?;
    let (number, unit) = match (parts.get(1), parts.get(3)) {
        (Some(number), None) => (number, &parts[2]),
        (None, Some(number)) => (number, if &parts[4] == "M" { "min" } else { &parts[4] }),
        _ => return None,
    };
    let unit = match unit {
        "Y" => "a",
        "M" => "mo",
        "W" => "wk",
        "D" => "d",
        "H" => "h",
        "S" => "s",
        other => other,
    };
    let value = number.as_str().parse().ok();
    Some(Reading { value, low: None, high: None, unit: unit.to_owned() })
}

fn close(x: Option<f64>, y: Option<f64>) -> bool {
    let near =
        |(x, y): (f64, f64)| (x - y).abs() <= 1e-4 * 1e-9_f64.max(x.abs()).max(y.abs()) + 1e-12;
    x.zip(y).is_some_and(near)
}

fn same_number(gold: &Reading, given: &Reading) -> bool {
    let (low, high) = (given.low, given.high);
    if gold.value.is_some() {
        return close(gold.value, given.value)
            || close(gold.value, low) && high.is_none()
            || close(gold.value, high) && low.is_none();
    }
    close(gold.low, low) && close(gold.high, high)
        || close(gold.low, high) && close(gold.high, low)
        || gold.high.is_none() && close(gold.low, given.value)
        || gold.low.is_none() && close(gold.high, given.value)
}

/// Equal, or a currency with and without what it is paid for.
fn same_unit(gold: &str, given: &str) -> bool {
    let main = |unit: &'_ str| unit.split('/').next().unwrap_or("").to_owned();
    gold == given
        || main(gold) == main(given)
            && (!gold.contains('/') || !given.contains('/'))
            && main(gold).chars().count() == 3
}
