//! Whether two figures for one thing can both be right.

use super::digest::Figure;
use super::telling::same_head;
use crate::vocab::ng;

/// How far an "about" reaches: a tenth to each side.
const ABOUT: f64 = 0.1;
/// How many times its least number a range has at the most if it is more than an order of magnitude,
/// as "hundreds" is; and how many times as much as another a figure for the same can be.
const MAGNITUDE: f64 = 10.0;

/// The units of what is counted and of shares.
pub(super) const COUNT: &str = "count";
pub(super) const PERCENT: &str = "percent";

impl Figure {
    /// The figure in the one form that all who say the same share: "about 12000 count".
    pub(super) fn text(&self) -> String {
        let mut parts = vec![self.modifier.local().to_owned()];
        let numbers = [self.value, self.low, self.high];
        parts.extend(numbers.into_iter().flatten().map(|number| number.to_string()));
        parts.extend(self.unit.clone());
        if self.increment {
            parts.push(ng::INCREMENT.as_str().trim_start_matches(ng::NAMESPACE).to_owned());
        }
        parts.join(" ")
    }
}

/// The numbers that a figure allows: from, whether from itself; to, whether to itself.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Interval {
    from: f64,
    from_open: bool,
    to: f64,
    to_open: bool,
}

fn interval(figure: &Figure) -> Option<Interval> {
    let closed = |from, to| Interval { from, from_open: false, to, to_open: false };
    if figure.modifier == ng::BETWEEN {
        return Some(closed(figure.low?, figure.high?));
    }
    let value = figure.value?;
    let all = closed(f64::NEG_INFINITY, f64::INFINITY);
    Some(if figure.modifier == ng::ABOUT {
        let reach = value.abs() * ABOUT;
        closed(value - reach, value + reach)
    } else if figure.modifier == ng::AT_LEAST {
        Interval { from: value, ..all }
    } else if figure.modifier == ng::MORE_THAN {
        Interval { from: value, from_open: true, ..all }
    } else if figure.modifier == ng::AT_MOST {
        Interval { to: value, ..all }
    } else if figure.modifier == ng::LESS_THAN {
        Interval { to: value, to_open: true, ..all }
    } else {
        closed(value, value)
    })
}

/// Whether two figures meet: whether a number exists that both allow. `None` where one of them
/// lacks its number.
pub(super) fn meet(a: &Figure, b: &Figure) -> Option<bool> {
    Some(intersect(interval(a)?, interval(b)?))
}

fn intersect(a: Interval, b: Interval) -> bool {
    let reaches = |x: Interval, y: Interval| {
        if x.to_open || y.from_open { x.to > y.from } else { x.to >= y.from }
    };
    reaches(a, b) && reaches(b, a)
}

/// Whether two figures meet where an order of magnitude ("hundreds") is only a lower bound.
pub(super) fn meet_loosely(a: &Figure, b: &Figure) -> bool {
    let loose = |figure: &Figure| {
        let of = interval(figure)?;
        let is_magnitude = figure.modifier == ng::BETWEEN && of.to >= MAGNITUDE * of.from;
        Some(if is_magnitude { Interval { to: f64::INFINITY, ..of } } else { of })
    };
    match (loose(a), loose(b)) {
        (Some(a), Some(b)) => intersect(a, b),
        _ => true,
    }
}

/// Whether neither figure is more than an order of magnitude beyond the other.
pub(super) fn are_of_one_size(a: &Figure, b: &Figure) -> bool {
    let size = |figure: &Figure| figure.value.or(figure.low).map(f64::abs);
    match (size(a), size(b)) {
        (Some(a), Some(b)) => a.max(b) <= MAGNITUDE * a.min(b),
        _ => false,
    }
}

/// Whether all numbers that `a` allows are greater than those that `b` does.
pub(super) fn exceeds(a: &Figure, b: &Figure) -> bool {
    matches!((interval(a), interval(b)), (Some(a), Some(b)) if a.from >= b.to)
}

/// Whether two figures say the same number in the same way.
pub(super) fn is_same(a: &Figure, b: &Figure) -> bool {
    (a.value, a.low, a.high, a.modifier) == (b.value, b.low, b.high, b.modifier)
}

/// Whether two figures of one happening count one thing: none is an increment, the units are one,
/// and the counted words have one head, or one of them counts the happening itself by its own
/// noun ("the number of arrests"), which `triggers` are the words of.
pub(super) fn comparable(a: &Figure, b: &Figure, triggers: &[&str]) -> bool {
    if a.increment || b.increment || a.unit != b.unit {
        return false;
    }
    let own = |counts: &str| triggers.iter().any(|trigger| same_head(trigger, counts));
    match (a.counts.as_deref(), b.counts.as_deref()) {
        (Some(x), Some(y)) => same_head(x, y) || own(x) || own(y),
        (Some(x), None) | (None, Some(x)) => own(x),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fusion::term::Name;
    use crate::graph::Hash;

    fn figure(modifier: &str, value: f64, high: Option<f64>) -> Figure {
        Figure {
            id: Hash::LEAST,
            value: high.is_none().then_some(value),
            low: high.map(|_| value),
            high,
            modifier: Name::of(&format!("{}{modifier}", ng::NAMESPACE)).unwrap(),
            increment: false,
            unit: Some("count".to_owned()),
            counts: Some("pickets".to_owned()),
        }
    }

    #[test]
    fn figures_meet_where_a_number_fits_both() {
        for (a, b, want) in [
            (figure("exact", 40.0, None), figure("exact", 40.0, None), true),
            (figure("exact", 40.0, None), figure("exact", 41.0, None), false),
            (figure("about", 12000.0, None), figure("more_than", 11500.0, None), true),
            (figure("about", 12000.0, None), figure("exact", 9800.0, None), false),
            (figure("at_least", 40.0, None), figure("exact", 40.0, None), true),
            (figure("more_than", 40.0, None), figure("exact", 40.0, None), false),
            (figure("at_most", 40.0, None), figure("less_than", 90.0, None), true),
            (figure("less_than", 40.0, None), figure("at_least", 40.0, None), false),
            (figure("between", 30.0, Some(50.0)), figure("exact", 50.0, None), true),
            (figure("between", 30.0, Some(50.0)), figure("more_than", 50.0, None), false),
        ] {
            assert_eq!(meet(&a, &b), Some(want), "{a:?} {b:?}");
            assert_eq!(meet(&b, &a), Some(want), "{b:?} {a:?}");
        }
        let unknown = Figure { value: None, ..figure("exact", 1.0, None) };
        assert_eq!(meet(&unknown, &unknown), None);
    }

    #[test]
    fn an_order_of_magnitude_is_a_lower_bound() {
        let hundreds = figure("between", 100.0, Some(1000.0));
        let thirty_or_so = figure("between", 30.0, Some(50.0));
        assert!(meet_loosely(&hundreds, &figure("exact", 4300.0, None)));
        assert!(!meet_loosely(&hundreds, &figure("exact", 99.0, None)));
        assert!(!meet_loosely(&thirty_or_so, &figure("exact", 51.0, None)));
        assert!(are_of_one_size(&figure("exact", 40.0, None), &figure("exact", 400.0, None)));
        assert!(!are_of_one_size(&figure("exact", 40.0, None), &figure("exact", 401.0, None)));
        assert!(exceeds(&figure("exact", 41.0, None), &figure("exact", 40.0, None)));
        assert!(!exceeds(&figure("at_least", 41.0, None), &figure("at_least", 40.0, None)));
    }

    #[test]
    fn increments_and_other_things_are_not_compared() {
        let total = figure("exact", 40.0, None);
        let more = Figure { increment: true, ..total.clone() };
        let other = Figure { counts: Some("stewards".to_owned()), ..total.clone() };
        let own = Figure { counts: Some("arrests".to_owned()), ..total.clone() };
        assert!(comparable(&total, &total, &[]));
        assert!(!comparable(&total, &more, &[]));
        assert!(!comparable(&total, &other, &["arrested"]));
        assert!(comparable(&other, &own, &["arrested"]));
    }
}
